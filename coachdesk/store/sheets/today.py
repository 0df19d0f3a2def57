"""The SELECTs of the first page: what asks for attention, the next appointments, what waits to be sent.

Attention is for a coach's own trainees and for those whose coach, if any, has no way into this desk; each
kind is sought by its index.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select

from coachdesk.domain import phases as phase_rules
from coachdesk.domain.appointments import Appointment
from coachdesk.domain.notes import FIELDS_AFTER, Draft
from coachdesk.domain.region_letters import RegionLetter
from coachdesk.domain.today import (
    CONSENT_WARNED_DAYS,
    DECISION_WARNED_DAYS,
    UNEXPLAINED_LOOKED_BACK_DAYS,
    Attention,
    Coming,
    Unfinished,
)
from coachdesk.store import appointments, letters, phases, tables
from coachdesk.store.rows import Opened

# those of another coach who opens this desk are told to that coach; nobody else's are told to nobody
_MINE = "coalesce(t.responsible_coach_id, 0) NOT IN (SELECT value FROM json_each(:others))"
_NAME = "t.id, t.given_names, t.family_name"

STEPS = f"""
SELECT {_NAME}, s.text, s.due FROM next_step s INDEXED BY ix_next_step_due
  JOIN trainee t ON t.id = s.trainee_id
WHERE s.due < :today AND s.done IS NULL AND {_MINE} ORDER BY s.due, t.name_sort
"""
FOLLOW_UPS = f"""
SELECT {_NAME}, n.follow_up FROM note n INDEXED BY ix_note_follow_up JOIN trainee t ON t.id = n.trainee_id
WHERE n.follow_up IS NOT NULL AND n.follow_up <= :today AND n.followed_up IS NULL AND n.deleted = 0
  AND {_MINE} ORDER BY n.follow_up, t.name_sort
"""
UNEXPLAINED = f"""
SELECT {_NAME}, d.day FROM attended_day d INDEXED BY ix_attended_day_day_kind
  JOIN trainee t ON t.id = d.trainee_id
WHERE d.day BETWEEN :back AND :today AND d.kind = 'unnotified' AND {_MINE} ORDER BY d.day, t.name_sort
"""
CONSENTS = f"""
SELECT {_NAME}, c.recipient, c.valid_to FROM consent c INDEXED BY ix_consent_valid_to
  JOIN trainee t ON t.id = c.trainee_id
WHERE c.valid_to BETWEEN :today AND :consent_until AND c.withdrawn IS NULL AND {_MINE}
  AND NOT EXISTS (SELECT 1 FROM consent n WHERE n.replaces_id = c.id) ORDER BY c.valid_to, t.name_sort
"""
DECISIONS = f"""
SELECT {_NAME}, min(coalesce(p.granted_to, '9999'), coalesce(p.voucher_expires, '9999'),
  coalesce(p.ends, '9999')) AS near
FROM period p INDEXED BY ix_period_last JOIN trainee t ON t.id = p.trainee_id
WHERE coalesce(p.ended, p.ends, '9999-12-31') >= :today AND p.begins <= :today AND p.ended IS NULL
  AND near BETWEEN :today AND :decision_until AND {_MINE} ORDER BY near, t.name_sort
"""
OPEN_PHASES = f"""
SELECT {_NAME}, o.phase, max(o.opened) AS opened FROM opening o JOIN trainee t ON t.id = o.trainee_id
WHERE o.closed IS NULL AND o.opened <= :today AND {_MINE} GROUP BY t.id, o.phase
"""
_PHASES_OF = """
SELECT trainee_id, phase, max(CASE WHEN closed IS NULL THEN 1 ELSE 0 END) FROM opening
WHERE trainee_id IN ({}) GROUP BY trainee_id, phase
"""


def attention(unit: Opened, on: date, others: Iterable[int]) -> tuple[Attention, ...]:
    """What asks for attention, what is late first; not of trainees whose coach is among ``others``."""
    asked = {
        "today": on.isoformat(),
        "others": json.dumps(sorted(others)),
        "back": (on - timedelta(days=UNEXPLAINED_LOOKED_BACK_DAYS)).isoformat(),
        "consent_until": (on + timedelta(days=CONSENT_WARNED_DAYS)).isoformat(),
        "decision_until": (on + timedelta(days=DECISION_WARNED_DAYS)).isoformat(),
    }

    def run(sql: str) -> Iterable[Any]:
        return unit.connection.exec_driver_sql(sql, asked)

    return (
        *_steps(run(STEPS), on),
        *_follow_ups(run(FOLLOW_UPS), on),
        *_unexplained(run(UNEXPLAINED)),
        *_ending("consent_ends", run(CONSENTS), on),
        *_ending("decision_ends", ((*row[:3], "", row[3]) for row in run(DECISIONS)), on),
        *_norms(run(OPEN_PHASES), phases.norms(unit), on),
    )


def _steps(rows: Iterable[Any], on: date) -> Iterable[Attention]:
    for who, given, family, text, due in rows:
        day = date.fromisoformat(due)
        yield Attention(
            kind="step_late", trainee_id=who, name=_name(given, family), text=text, dates=(day,),
            days=(on - day).days,
        )  # fmt: skip


def _follow_ups(rows: Iterable[Any], on: date) -> Iterable[Attention]:
    for who, given, family, due in rows:
        day = date.fromisoformat(due)
        yield Attention(
            kind="follow_up", trainee_id=who, name=_name(given, family), dates=(day,), days=(on - day).days
        )


def _unexplained(rows: Iterable[Any]) -> Iterable[Attention]:
    found: dict[int, tuple[str, list[date]]] = {}
    for who, given, family, day in rows:
        found.setdefault(who, (_name(given, family), []))[1].append(date.fromisoformat(day))
    for who, (name, days) in found.items():
        yield Attention(kind="unexplained", trainee_id=who, name=name, days=len(days), dates=tuple(days))


def _ending(kind: str, rows: Iterable[Any], on: date) -> Iterable[Attention]:
    for who, given, family, text, last in rows:
        day = date.fromisoformat(last)
        yield Attention(
            kind=kind, trainee_id=who, name=_name(given, family), text=text, dates=(day,),
            days=(day - on).days,
        )  # fmt: skip


def _norms(rows: Iterable[Any], norms: tuple[phase_rules.PhaseNorm, ...], on: date) -> Iterable[Attention]:
    limits = {phase: phase_rules.norm_on(norms, phase, on) for phase in phase_rules.PHASES}
    if not any(limits.values()):
        return
    for who, given, family, phase, opened in rows:
        days, norm = (on - date.fromisoformat(opened)).days, limits.get(phase)
        if norm is not None and days > norm:
            yield Attention(
                kind="norm_passed", trainee_id=who, name=_name(given, family), text=str(phase), days=days,
                norm=norm,
            )  # fmt: skip


def phases_of(unit: Opened, trainee_ids: Sequence[int]) -> dict[int, str]:
    """How the phases of people stand: five letters each, n not started, o open, d done."""
    states: dict[int, dict[int, str]] = defaultdict(dict)
    for at in range(0, len(trainee_ids), 500):
        part = tuple(trainee_ids[at : at + 500])
        sql = _PHASES_OF.format(",".join("?" * len(part)))
        for who, phase, is_open in unit.connection.exec_driver_sql(sql, part):
            states[who][phase] = "o" if is_open else "d"
    return {who: "".join(states[who].get(phase, "n") for phase in phase_rules.PHASES) for who in trainee_ids}


def coming(
    unit: Opened, at: datetime, limit: int, others: frozenset[int] = frozenset()
) -> tuple[Coming, ...]:
    """The next appointments with the names of their trainees; none of the coaches ``others``."""
    a, t = tables.appointment.c, tables.trainee.c
    until = at + timedelta(days=7)
    statement = (
        select(tables.appointment, t.given_names, t.family_name)
        .join(tables.trainee, t.id == a.trainee_id)
        .where(a.at >= at, a.at <= until, a.outcome == "")
        .where(or_(t.responsible_coach_id.is_(None), t.responsible_coach_id.not_in(sorted(others))))
        .order_by(a.at)
        .limit(limit)
    )
    rows: Iterable[Any] = unit.connection.execute(statement).mappings()
    return tuple(
        Coming(
            appointment=_appointment(row),
            name=_name(row["given_names"], row["family_name"]),
        )
        for row in rows
    )


def _appointment(row: Any) -> Appointment:
    return appointments.APPOINTMENTS.read(row)


def unfinished(unit: Opened, drafts: Sequence[Draft]) -> tuple[Unfinished, ...]:
    """Drafts with the names of the people they are about; a subject begins with trainee: or letter:number."""
    found = []
    for draft in drafts:
        words = replace(draft, text=draft.text.partition(FIELDS_AFTER)[0])
        letter = _letter_of(unit, draft)
        if letter is not None and letter.trainee_id is None:
            nobodys = letter.person_name or letter.sender
            found.append(Unfinished(draft=words, trainee_id=None, name=nobodys, letter_id=letter.id))
            continue
        who = letter.trainee_id if letter else _number(draft.subject, "trainee")
        t = tables.trainee.c
        row = None
        if who is not None:
            row = unit.connection.execute(select(t.given_names, t.family_name).where(t.id == who)).first()
        name = _name(row[0], row[1]) if row else ""
        at = letter.id if letter else None
        found.append(Unfinished(draft=words, trainee_id=who if row else None, name=name, letter_id=at))
    return tuple(found)


def _number(subject: str, word: str) -> int | None:
    parts = subject.split(":")
    return int(parts[1]) if len(parts) > 1 and parts[0] == word and parts[1].isdigit() else None


def _letter_of(unit: Opened, draft: Draft) -> RegionLetter | None:
    number = _number(draft.subject, "letter")
    found = letters.LETTERS.find(unit, tables.region_letter.c.id == number, limit=1) if number else ()
    return found[0] if found else None


def _name(given: str, family: str) -> str:
    return f"{given} {family}".strip()
