"""Handing a trainee over to another desk: what leaves is shown, sealed into one file, and answered.

The file goes as the bundles do: signed by this desk, sealed for the other.  Writing it is logged as a
disclosure with its ground; the other desk's signed answer says whether it was accepted.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from coachdesk import i18n
from coachdesk.domain import handover as rules
from coachdesk.domain.handover import ACCEPTED, OUT, REFUSED, Handover, Leaving
from coachdesk.errors import Refused, Unreadable
from coachdesk.exchange import desk_letter, export_file, handover_file
from coachdesk.i18n import N_
from coachdesk.services import enrolment, other_desks, rights
from coachdesk.services.desk import Desk
from coachdesk.store import attachments, handover, joining, outbox, trainees, workshops
from coachdesk.store.attachments import ATTACHMENTS
from coachdesk.store.unit import Unit

ALL = ""  # of every controller
STAYING = ("consent", "permission")
FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A handover that was written: its file and its record."""

    file: Path
    handover: Handover


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What the other desk answered, in words."""

    handover: Handover
    line: str
    news: bool = True


def leaving(desk: Desk, trainee_id: int, controller: str = ALL) -> Leaving:
    """What would leave of a trainee, and what stays; the look is logged.

    Raises:
        ReasonNeeded: the trainee is another coach's.
    """
    with desk.writing() as unit:
        rights.see_to(desk, unit, trainee_id)
        whole = everything(unit, trainee_id)
        goes = of_controller(whole, controller)
        found = Leaving(
            counts={name: len(rows) for name, rows in goes.items() if name != "trainee"},
            tasks=rules.tasks(goes, unit.at.isoformat()),
            stays=_staying(unit, trainee_id, whole, goes),
            controllers=_controllers(whole),
            earlier=handover.of_trainee(unit, trainee_id),
        )
        unit.log("handover.prepare", trainee_id=trainee_id)
        unit.commit()
    return found


def hand_over(
    desk: Desk, trainee_id: int, desk_id: str, folder: Path, *, ground: str, controller: str = ALL
) -> Written:
    """Seal everything that goes into one file for another desk.

    Args:
        desk: the open desk.
        trainee_id: who is handed over.
        desk_id: a desk whose public file was taken in.
        folder: where the file is put.
        ground: a key of ``GROUNDS``; the log keeps it.
        controller: on whose behalf, a key of ``Leaving.controllers``; all where there is one.

    Raises:
        Refused: no ground, the desk is not known, there are too many papers, or nothing was ever recorded.
        ReasonNeeded: the trainee is another coach's.
        Unreadable: an attached paper is missing or damaged.
        DiskFull, Trouble: the folder does not take the file; nothing is logged as given out.
    """
    rules.must_have_ground(ground)
    folder = Path(folder)
    export_file.must_take_files(folder)
    with desk.writing() as unit:
        rights.see_to(desk, unit, trainee_id)
        row = handover.known(unit, desk_id)
        if row is None:
            raise Refused(N_("Read in the public file of the other desk first."), field="desk")
        to, own, device = other_desks.card_of(row), other_desks.own_card(desk, unit), outbox.device(unit)
        assert device is not None
        goes = of_controller(everything(unit, trainee_id), controller)
        papers = _number_papers(goes)
        made = Handover(
            trainee_id=trainee_id,
            uid=secrets.token_hex(16),
            way=OUT,
            desk_id=to.id,
            desk_name=_name(to),
            ground=ground,
            at=unit.at,
            coach_id=desk.coach_id or None,
            rows=goes,
        )
        with handover_file.written(
            folder,
            made.uid,
            _record(unit, made, goes),
            (_paper(desk, unit, one) for one in papers),
            own=own,
            signing_key=enrolment.signing_key(desk, device),
            to=to,
            iat=int(unit.at.timestamp()),
            sizes=tuple(int(row["size"]) for row in goes.get("attachment", ())),
        ) as target:
            kept = handover.HANDOVERS.add(unit, replace(made, file=target.name))
            unit.log(
                "handover.write",
                trainee_id=trainee_id,
                subject=f"desk:{to.id}",
                after={"to": made.desk_name, **{name: len(rows) for name, rows in goes.items()}},
                why=rules.GROUNDS[ground],
            )
            unit.commit()
    return Written(file=target, handover=kept)


def read_answer(desk: Desk, file: Path) -> Answered:
    """Read the other desk's answer; reading it twice does no harm.

    Raises:
        Unreadable: it is none, was changed, is for another desk, or from a desk that got nothing from here.
    """
    content = export_file.read(Path(file))
    with desk.writing() as unit:
        card, key = other_desks.own_for(desk, unit, desk_letter.sealed_for(content))
        letter = desk_letter.opened(desk_letter.ANSWER, content, own=card, own_key=key)
        found = handover.by_uid(unit, _uid(letter.value))
        if found is None or found.way != OUT or found.desk_id != letter.card.id:
            raise Unreadable(N_("The answer is about nothing that was handed over from here."))
        after = _answered(unit, found, letter.value)
        news = (after.state, after.reason) != (found.state, found.reason)
        if news:
            handover.HANDOVERS.put(unit, after)
            unit.log(
                "handover.answer",
                trainee_id=found.trainee_id,
                subject=f"desk:{found.desk_id}",
                after={"result": after.state, "reason": after.reason, "words": after.words},
                why=rules.GROUNDS.get(found.ground, ""),
            )
        name = trainees.TRAINEES.get(unit, found.trainee_id).spoken_name
        unit.commit()
    return Answered(handover=after, line=answer_line(after, name), news=news)


def of_trainee(desk: Desk, trainee_id: int) -> tuple[Handover, ...]:
    """The handovers of a trainee, out and in, the newest first; the page has logged the look."""
    with desk.reading() as unit:
        return handover.of_trainee(unit, trainee_id)


def answer_line(one: Handover, name: str) -> str:
    """An answer in words of the screen."""
    words = i18n.current()
    if one.state == ACCEPTED:
        return words.fill(N_("{name}: accepted by {desk}."), name=name, desk=one.desk_name)
    why = one.words if one.reason == "other" else words._(rules.REASONS.get(one.reason, one.reason))
    if one.words and one.reason != "other":
        why = f"{why}: {one.words}"
    return words.fill(N_("{name}: refused by {desk}. {why}"), name=name, desk=one.desk_name, why=why)


def everything(unit: Unit, trainee_id: int) -> dict[str, list[dict[str, Any]]]:
    """What may go of a trainee, whoever the controller is."""
    coaches = {coach.id: coach.name for coach in workshops.COACHES.find(unit)}
    shops = {shop.id: shop.name_fi or shop.name_sv for shop in workshops.WORKSHOPS.find(unit)}
    return handover.gathered(unit, trainee_id, coaches, shops)


def of_controller(
    whole: Mapping[str, list[dict[str, Any]]], controller: str
) -> dict[str, list[dict[str, Any]]]:
    """Only the periods of one controller, with their days; the papers of consents stay in any case."""
    found = {name: list(rows) for name, rows in whole.items()}
    papers = [row for row in found.pop("attachment", ()) if not row["about"].startswith("consent:")]
    if papers:
        found["attachment"] = papers
    if controller == ALL:
        return found
    periods = [row for row in found.pop("period", ()) if _controller(row) == controller]
    ids = {row["id"] for row in periods}
    if periods:
        found["period"] = periods
    for name in ("agreed_day", "attended_day"):
        rows = [row for row in found.pop(name, ()) if row["period_id"] in ids]
        if rows:
            found[name] = rows
    return {name: found[name] for name in rules.SAME_BY if name in found}


def _controller(row: Mapping[str, Any]) -> str:
    return f"{row['controller']}:{row['controller_name']}"


def _controllers(whole: Mapping[str, list[dict[str, Any]]]) -> tuple[tuple[str, str], ...]:
    found = {_controller(row): row["controller_name"] for row in whole.get("period", ())}
    return tuple(found.items())


def _staying(
    unit: Unit, trainee_id: int, whole: Mapping[str, Any], goes: Mapping[str, Any]
) -> dict[str, int]:
    found = {
        name: len(whole.get(name, ())) - len(goes.get(name, ()))
        for name in ("period", "attended_day", "attachment")
    }
    found |= _counts(unit, trainee_id, STAYING)
    return {name: count for name, count in found.items() if count}


def _number_papers(goes: Mapping[str, list[dict[str, Any]]]) -> list[int]:
    rows = goes.get("attachment", ())
    if len(rows) > handover_file.MOST_PARTS:
        raise Refused(
            N_("There are more than {most} files. Remove some first."), most=handover_file.MOST_PARTS
        )
    for number, row in enumerate(rows, 1):
        row["part"] = number
    return [int(row["id"]) for row in rows]


def _paper(desk: Desk, unit: Unit, attachment_id: int) -> bytes:
    found = ATTACHMENTS.get(unit, attachment_id)
    return attachments.read(desk.folder, found, attachments.key_of(unit, attachment_id))


def _record(unit: Unit, made: Handover, goes: Mapping[str, Any]) -> dict[str, Any]:
    coach = workshops.COACHES.get(unit, unit.coach_id).name if unit.coach_id else ""
    return {
        "format": FORMAT,
        "uid": made.uid,
        "made": made.at.isoformat(),
        "ground": made.ground,
        "coach": coach,
        "consents": sum(_counts(unit, made.trainee_id, STAYING).values()),
        "tables": goes,
    }


def _counts(unit: Unit, trainee_id: int, names: Iterable[str]) -> dict[str, int]:
    return {name: len(joining.rows(unit, name, trainee_id=trainee_id)) for name in names}


def _uid(value: Mapping[str, Any]) -> str:
    uid = value.get("uid")
    if not isinstance(uid, str):
        raise Unreadable(N_("The file is damaged or has been changed."))
    return uid


def _answered(unit: Unit, found: Handover, value: Mapping[str, Any]) -> Handover:
    result, reason, words = (value.get(name) for name in ("result", "reason", "words"))
    texts = isinstance(reason, str) and isinstance(words, str)
    if value.get("answer") != 1 or result not in (ACCEPTED, REFUSED) or not texts:
        raise Unreadable(N_("The file is damaged or has been changed."))
    return replace(found, state=result, reason=str(reason)[:40], words=str(words)[:500], answered=unit.at)


def _name(card: desk_letter.DeskCard) -> str:
    return card.name_fi or card.name_sv
