"""What was removed from a trainee's page in the last 30 days: shown, brought back, and then gone for good."""

import contextlib
from collections.abc import Mapping
from typing import Any

from coachdesk.domain import removed as rules
from coachdesk.domain.consent import in_force
from coachdesk.domain.phases import check_opening
from coachdesk.domain.removed import ATTACHMENT, NOTE, Removed, RemovedSheet
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services.desk import Desk
from coachdesk.store import attachments, consents, notes, phases, removed, workshops
from coachdesk.store.attachments import ATTACHMENTS
from coachdesk.store.unit import Unit

# which columns say what a thing was: its words, its day or moment, its code
_TOLD = {
    "appointment": ("where", "at", "kind"),
    "benefit": ("payer_name", "begins", "benefit"),
    "own_view": ("text", "on_day", ""),
    "self_assessment": ("", "on_day", "instrument"),
    "phase": ("reason", "opened", "phase"),
    "plan": ("number", "made", "kind"),
    "period": ("decision_number", "begins", "service_kind"),
    "coaching": ("", "begins", "outcome"),
    "feedback": ("grade", "on_day", ""),
    "consent": ("number", "given", "recipient"),
    "permission": ("to_whom", "given", ""),
    "information": ("given_by", "given", ""),
    "rights_request": ("what", "asked", "kind"),
    "elsewhere": ("system", "on_day", ""),
    "day": ("word", "day", "kind"),
}
_TABLES = {  # where it is not the kind's own name
    "phase": "opening",
    "information": "information_given",
    "elsewhere": "recorded_elsewhere",
    "day": "attended_day",
}


def of_trainee(desk: Desk, trainee_id: int) -> tuple[RemovedSheet, ...]:
    """What can still be brought back, the newest first; the opening of the list is logged."""
    with desk.writing() as unit:
        names = {coach.id: coach.name for coach in workshops.COACHES.find(unit)}
        found = removed.of_trainee(unit, trainee_id, unit.at - rules.KEPT)
        sheets = tuple(_sheet(unit, one, names) for one in found)
        unit.log("removed.list", trainee_id=trainee_id)
        unit.commit()
    return sheets


def bring_back(desk: Desk, removed_id: int) -> Removed:
    """Put a removed thing back in its place; returns it.

    Raises:
        Refused: it is gone for good, or something else stands in its place by now.
    """
    with desk.writing() as unit:
        found = removed.REMOVED.find(unit, removed.REMOVED.table.c.id == removed_id)
        if not found or found[0].until <= unit.at:
            raise Refused(N_("It was removed more than 30 days ago and is gone."))
        one = found[0]
        _put_back(unit, one)
        removed.REMOVED.remove(unit, one.id)
        unit.log("removed.bring_back", trainee_id=one.trainee_id, subject=one.subject)
        unit.commit()
    return one


def purge(desk: Desk) -> int:
    """Let go of what was removed more than 30 days ago, each with a line in the log; how many."""
    gone: list[str] = []
    with desk.reading() as unit:
        due = removed.until(unit, unit.at - rules.KEPT, limit=1) or removed.unmarked_notes(unit)
    if not due:
        return 0
    with desk.writing() as unit:
        for note_id, trainee_id in removed.unmarked_notes(unit):
            removed.keep(unit, trainee_id, f"note:{note_id}")
        old = removed.until(unit, unit.at - rules.KEPT)
        for one in old:
            gone.append(_end(unit, one))
            removed.REMOVED.remove(unit, one.id)
            unit.log("removed.purge", trainee_id=one.trainee_id, subject=one.subject)
        unit.commit()
    for file in filter(None, gone):
        attachments.destroy(desk.folder, file)
    return len(old)


def _put_back(unit: Unit, one: Removed) -> None:
    if one.kind == NOTE:
        notes.set_deleted(unit, one.key, deleted=False)
    elif one.kind == ATTACHMENT:
        attachments.set_deleted(unit, one.key, deleted=False)
    else:
        if not removed.put_back(unit, one):
            raise Refused(N_("Something else stands in its place by now. Change that first."))
        for row in one.rows.get("opening", ()):
            _refuse_overlap(unit, one.trainee_id, row)
        for row in one.rows.get("consent", ()):
            _refuse_second_consent(unit, one.trainee_id, row)


def _refuse_overlap(unit: Unit, trainee_id: int, row: Mapping[str, Any]) -> None:
    """The phase may have been opened again meanwhile."""
    openings = phases.of_trainee(unit, trainee_id)
    for opening in openings:
        if opening.phase == row["phase"] and opening.opened.isoformat() == row["opened"]:
            check_opening(openings, opening, unit.on)


def _refuse_second_consent(unit: Unit, trainee_id: int, row: Mapping[str, Any]) -> None:
    """The person may have consented or forbidden anew meanwhile, or the number be given away."""
    known = consents.of_trainee(unit, trainee_id)
    [back] = [one for one in known if one.uid == row["uid"]]
    others = [one for one in known if one is not back]
    stands = in_force(others, back.recipient, unit.on)
    bars = consents.prohibitions_of(unit, trainee_id)
    if (stands is not None and stands.id != back.replaces_id) or any(
        one.bars(back.recipient, unit.on) for one in bars
    ):
        raise Refused(N_("Something else stands in its place by now. Change that first."))
    if consents.counted(unit, back.number) > 1:
        raise Refused(N_("Its number was given to another by now. Record it anew."))


def _end(unit: Unit, one: Removed) -> str:
    """What is only marked goes from its own table; the name of its file, where it has one."""
    if one.kind == NOTE:
        removed.end_note(unit, one.key, one.trainee_id)
    elif one.kind == ATTACHMENT:
        with contextlib.suppress(LookupError):
            file = ATTACHMENTS.get(unit, one.key).file
            attachments.end(unit, one.key)
            return file
    return ""


def _sheet(unit: Unit, one: Removed, names: Mapping[int, str]) -> RemovedSheet:
    coach = names.get(one.coach_id or 0, "")
    text, when, code = _told(unit, one)
    return RemovedSheet(removed=one, coach=coach, text=text, when=when, code=code)


def _told(unit: Unit, one: Removed) -> tuple[str, str, str]:
    with contextlib.suppress(LookupError):
        if one.kind == NOTE:
            note = notes.NOTES.get(unit, one.key)
            return note.text, note.at.isoformat(), note.kind
        if one.kind == ATTACHMENT:
            found = ATTACHMENTS.get(unit, one.key)
            return found.title, found.added.isoformat(), found.kind
    [row, *_more] = one.rows.get(_TABLES.get(one.kind, one.kind)) or [{}]
    text, when, code = (
        str(row.get(name) or "") if name else "" for name in _TOLD.get(one.kind, ("", "", ""))
    )
    return text, when, code
