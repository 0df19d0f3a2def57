"""The log as people read it: of a trainee, of the desk, and as the report that a trainee may ask for.

Reading the log is itself an act and stands in it.  A disclosure names to whom data went and on what
ground: the consent's number, or the sentence of law that the act was logged with.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from coachdesk.clock import HELSINKI
from coachdesk.domain.access_log import EVERY_LINE, Given, LogFilter, LogLine, Used, used
from coachdesk.domain.acts import ACTS, Act, ActKind, act_of
from coachdesk.domain.codes import codes
from coachdesk.domain.papers import Both, GivenRow, LogPaper, UsedRow
from coachdesk.domain.permissions import Right
from coachdesk.domain.trainee import ADDRESS
from coachdesk.services import rights
from coachdesk.services.desk import Desk
from coachdesk.services.plan_papers import running_period, sender_of
from coachdesk.store import access_log, consents, trainees, workshops
from coachdesk.store.unit import Unit

MOST = 2_000  # lines shown at once; narrower filters show older ones
_ALL = 1_000_000
_LISTED = ("payers", "bodies")
_COACH = "responsible_coach_id"
_GIVEN, _NOT_GIVEN = "handover.write", "handover.not_written"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    """One line with the names that its numbers stand for; ``trainee`` is "" when it is of nobody."""

    line: LogLine
    act: Act
    coach: str
    trainee: str

    @property
    def at(self) -> datetime:
        """When, in Helsinki."""
        return self.line.at.astimezone(HELSINKI)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSheet:
    """Lines newest first; ``more`` when older ones fit the filter too.  ``coaches`` are id and name."""

    rows: tuple[LogRow, ...]
    coaches: tuple[tuple[int, str], ...]
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One value that an act changed: its name, what was there, what is there after; None is nothing."""

    name: str
    before: Any
    after: Any
    hidden: bool = False  # neither is shown: the address of who is protected


def of_trainee(desk: Desk, trainee_id: int, wanted: LogFilter = EVERY_LINE) -> LogSheet:
    """Who has done what with a trainee's data."""
    with desk.writing() as unit:
        sheet = _sheet(unit, replace(wanted, trainee_id=trainee_id))
        unit.log("access_log.of_trainee", trainee_id=trainee_id)
        unit.commit()
    return sheet


def of_desk(desk: Desk, wanted: LogFilter = EVERY_LINE) -> LogSheet:
    """What has been done at the desk, narrowed by days, coach, trainee and acts.

    Raises:
        Refused: only a lead coach may read the log of everybody.
    """
    rights.require(desk, Right.LOG)
    with desk.writing() as unit:
        sheet = _sheet(unit, wanted)
        unit.log("access_log.open")
        unit.commit()
    return sheet


def acts_of(kind: ActKind) -> frozenset[str]:
    """The acts of a kind, for a filter."""
    return frozenset(key for key, act in ACTS.items() if act.kind is kind)


def changes(desk: Desk, seq: int) -> tuple[Change, ...] | None:
    """What a line says was there before and after; None when the person was removed for good.

    Under a non-disclosure, now or at the time of the line, no address is told.
    """
    with desk.reading() as unit:
        detail = access_log.detail_of(unit.connection, seq)
        if detail is None:
            return None
        before, after = detail.get("before") or {}, detail.get("after") or {}
        hidden = ADDRESS if access_log.protected(unit.connection, seq, before, after) else ()
        coaches = _coaches(unit)
    before, after = _with_names(before, coaches), _with_names(after, coaches)
    names = dict.fromkeys([*before, *after])
    differing = (name for name in names if before.get(name) != after.get(name))
    return tuple(
        Change(name=name, before=None, after=None, hidden=True)
        if name in hidden
        else Change(name=name, before=before.get(name), after=after.get(name))
        for name in differing
    )


def _with_names(values: Mapping[str, Any], coaches: Mapping[int, str]) -> dict[str, Any]:
    """A coach by name, not by the store's number."""
    number, told = values.get(_COACH), dict(values)
    if isinstance(number, int) and number in coaches:
        told[_COACH] = coaches[number]
    return told


def report(desk: Desk, trainee_id: int, begins: date, ends: date, why: str = "") -> tuple[LogPaper, str]:
    """Who has used a trainee's data and to whom it was given in a span, and the paper's language.

    The print is logged with the reason for which it was asked.  Source: Act 703/2023, section 11.
    """
    with desk.writing() as unit:
        person = trainees.TRAINEES.get(unit, trainee_id)
        wanted = LogFilter(trainee_id=trainee_id, begins=begins, ends=ends)
        lines = access_log.lines(unit.connection, wanted, most=_ALL)
        names = _coaches(unit)
        paper = LogPaper(
            on=unit.on,
            workshop=sender_of(unit, running_period(unit, trainee_id)),
            trainee=person.spoken_name,
            begins=begins,
            ends=ends,
            used=tuple(_used_row(row, names) for row in used(lines, HELSINKI)),
            given=tuple(_given_row(row, names) for row in _given(unit, lines)),
        )
        unit.log("access_log.print", trainee_id=trainee_id, why=why)
        unit.commit()
    return paper, person.service_language


def first_day(desk: Desk, trainee_id: int) -> date:
    """The first day that the log knows of a trainee; today when it knows none."""
    with desk.reading() as unit:
        return access_log.first_day(unit.connection, trainee_id) or unit.on


def _sheet(unit: Unit, wanted: LogFilter) -> LogSheet:
    lines = access_log.lines(unit.connection, wanted, most=MOST + 1)
    shown, coaches = lines[:MOST], _coaches(unit)
    people = trainees.names_of(unit, {line.trainee_id for line in shown if line.trainee_id})
    rows = (
        LogRow(
            line=line,
            act=act_of(line.act),
            coach=coaches.get(line.coach_id or 0, ""),
            trainee=people.get(line.trainee_id or 0, ""),
        )
        for line in shown
    )
    return LogSheet(rows=tuple(rows), coaches=tuple(coaches.items()), more=len(lines) > MOST)


def _coaches(unit: Unit) -> Mapping[int, str]:
    return {coach.id: coach.name for coach in workshops.COACHES.find(unit)}


def _given(unit: Unit, lines: Iterable[LogLine]) -> Iterable[Given]:
    failed: set[str] = set()  # files of handing over that were not saved after all: the newest line is first
    for line in lines:
        if line.act == _NOT_GIVEN:
            failed.add(line.subject)
        if act_of(line.act).kind is not ActKind.DISCLOSURE:
            continue
        if line.act == _GIVEN and line.subject in failed:
            failed.discard(line.subject)
            continue
        after = (access_log.detail_of(unit.connection, line.seq) or {}).get("after") or {}
        by = consents.by_uid(unit, [after.get("consent", "")])
        yield Given(
            at=line.at,
            coach_id=line.coach_id,
            act=line.act,
            recipient=after.get("recipient") or after.get("to") or _second(line.subject),
            ground=line.why,
            consent=by[0].number if by else "",
        )


def _second(subject: str) -> str:
    """The payer in "absence report:kela:2026-12-01"."""
    parts = subject.split(":")
    return parts[1] if len(parts) > 2 else ""


def _used_row(row: Used, coaches: Mapping[int, str]) -> UsedRow:
    return UsedRow(
        day=row.day,
        coach=coaches.get(row.coach_id or 0, ""),
        act=act_of(row.act).words,
        times=row.times,
        why=row.why,
    )


def _given_row(row: Given, coaches: Mapping[int, str]) -> GivenRow:
    return GivenRow(
        day=row.at.astimezone(HELSINKI).date(),
        coach=coaches.get(row.coach_id or 0, ""),
        act=act_of(row.act).words,
        recipient=_named(row.recipient),
        ground=row.ground,
        consent=row.consent,
    )


def _named(key: str) -> Both:
    for title in _LISTED:
        if key in codes(title):
            code = codes(title)[key]
            return Both(code.fi, code.sv, code.en)
    return Both(key, key, key)
