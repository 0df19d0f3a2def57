"""Handing a trainee over to another desk: what would leave, and what the other desk answered.

The file goes as the bundles do: signed by this desk, sealed for the other (``giving``).  Writing it is
logged as a disclosure with its ground; the other desk's signed answer says whether it was accepted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from coachdesk import i18n
from coachdesk.domain import handover as rules
from coachdesk.domain.handover import ACCEPTED, OUT, REFUSED, Handover, Leaving
from coachdesk.errors import Unreadable
from coachdesk.exchange import desk_letter, export_file
from coachdesk.i18n import N_
from coachdesk.services import other_desks, rights
from coachdesk.services.desk import Desk
from coachdesk.store import handover, joining, trainees, workshops
from coachdesk.store.unit import Unit

ALL = ""  # of every controller
STAYING = ("consent", "permission")


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


def fetch_answer(file: Path) -> bytes:
    """The bytes of an answer's file, read on any thread.

    Raises:
        Unreadable: it cannot be read, or is far too big.
    """
    return export_file.read(Path(file))


def read_answer(desk: Desk, content: bytes) -> Answered:
    """Read the other desk's answer, the bytes of its file; reading it twice does no harm.

    Raises:
        Unreadable: it is none, was changed, is for another desk, or from a desk that got nothing from here.
    """
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
    """Only the periods of one controller with their days, and its worker; papers of consents stay always."""
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
    workers = [row for row in found.pop("region_letter", ()) if controller == f"{row['body']}:"]
    if workers:
        found["region_letter"] = workers
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
    found |= counts(unit, trainee_id, STAYING)
    return {name: count for name, count in found.items() if count}


def counts(unit: Unit, trainee_id: int, names: Iterable[str]) -> dict[str, int]:
    """How many rows of a trainee there are in some tables."""
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
