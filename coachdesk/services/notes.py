"""Contact notes: add, edit, follow up, mark as recorded elsewhere, copy as plain structured text."""

from dataclasses import asdict, dataclass, replace
from datetime import date

from coachdesk.domain import notes as rules
from coachdesk.domain.codes import codes
from coachdesk.domain.letters import nfc
from coachdesk.domain.notes import Note, RecordedElsewhere
from coachdesk.domain.trainee import OwnView
from coachdesk.errors import Refused
from coachdesk.i18n import N_, words
from coachdesk.services.desk import Desk
from coachdesk.services.trainees import changed
from coachdesk.store import meta, notes, removed, trainees, workshops
from coachdesk.store.unit import Unit

MOST_LISTED = 500  # notes not yet recorded elsewhere; the next come as these are marked


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSheet:
    """A note as read: with its writer, its marks of recording elsewhere and the trainee's own views."""

    note: Note
    coach: str = ""
    marks: tuple[RecordedElsewhere, ...] = ()
    views: tuple[OwnView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRecorded:
    """A note that is not yet recorded in the other system, and whose it is."""

    note: Note
    trainee: str


def add(desk: Desk, note: Note) -> Note:
    """Keep a note; without a coach it is of the one who is at the desk.

    Raises:
        Refused: no text, or a moment to come.
    """
    with desk.writing() as unit:
        kept = add_in(unit, note)
        unit.commit()
    return kept


def add_in(unit: Unit, note: Note) -> Note:
    """Keep a note in a unit that others also write to: an import, the demo."""
    note = rules.checked(replace(note, coach_id=note.coach_id or unit.coach_id or None), unit.at)
    kept = notes.NOTES.add(unit, note)
    unit.log("note.add", trainee_id=kept.trainee_id, subject=f"note:{kept.id}", after=asdict(kept))
    return kept


def edit(desk: Desk, note: Note, *, why: str = "") -> Note:
    """Write a changed note; returns the one before, for undo."""
    with desk.writing() as unit:
        before = _put(unit, "note.edit", rules.checked(note, unit.at), why)
        unit.commit()
    return before


def remove(desk: Desk, note_id: int, *, why: str = "") -> Note:
    """Put a note out of sight; it can be brought back for 30 days. Returns it as it was."""
    return _mark(desk, "note.remove", note_id, deleted=True, why=why)


def restore(desk: Desk, note_id: int) -> Note:
    """Bring a removed note back; returns it as it was."""
    return _mark(desk, "note.restore", note_id, deleted=False)


def follow_up(desk: Desk, note_id: int, *, done: date | None) -> Note:
    """Mark the follow-up of a note done on a day, or not done; returns it as it was, for undo."""
    with desk.writing() as unit:
        note = notes.NOTES.get(unit, note_id)
        before = _put(unit, "note.follow_up", replace(note, followed_up=done))
        unit.commit()
    return before


def of_trainee(desk: Desk, trainee_id: int) -> tuple[NoteSheet, ...]:
    """A trainee's notes, the newest first; the opening of the list is logged."""
    with desk.writing() as unit:
        found = sheets_in(unit, trainee_id)
        unit.log("note.list", trainee_id=trainee_id)
        unit.commit()
    return found


def sheets_in(unit: Unit, trainee_id: int, limit: int | None = None) -> tuple[NoteSheet, ...]:
    """Notes with their writers, marks and views, within a unit."""
    found = notes.of_trainee(unit, trainee_id, limit)
    marks = notes.marks(unit, tuple(note.id for note in found))
    views = trainees.own_views(unit, trainee_id)
    names = {coach.id: coach.name for coach in workshops.COACHES.find(unit)}
    return tuple(
        NoteSheet(
            note=note,
            coach=names.get(note.coach_id or 0, ""),
            marks=tuple(mark for mark in marks if mark.note_id == note.id),
            views=tuple(view for view in views if view.subject == f"note:{note.id}"),
        )
        for note in found
    )


def record_elsewhere(desk: Desk, mark: RecordedElsewhere) -> RecordedElsewhere:
    """Mark that a note was also recorded in another system: which, when, by whom.

    Raises:
        Refused: no system is named.
    """
    mark = replace(mark, system=nfc(mark.system), by_whom=nfc(mark.by_whom))
    if not mark.system:
        raise Refused(N_("Name the system in which it was recorded."), field="system")
    with desk.writing() as unit:
        note = notes.NOTES.get(unit, mark.note_id)
        kept = notes.ELSEWHERE.add(unit, mark)
        if mark.id:  # removed and undone
            removed.forget(unit, note.trainee_id, f"elsewhere:{mark.id}")
        subject = f"note:{note.id}"
        unit.log("note.record_elsewhere", trainee_id=note.trainee_id, subject=subject, after=asdict(kept))
        meta.put(unit, "other_system", kept.system)
        unit.commit()
    return kept


def unmark_elsewhere(desk: Desk, mark_id: int) -> RecordedElsewhere:
    """Take a mark of recording elsewhere back; returns it, for redo."""
    with desk.writing() as unit:
        before = notes.ELSEWHERE.get(unit, mark_id)
        note = notes.NOTES.get(unit, before.note_id)
        removed.take(unit, note.trainee_id, f"elsewhere:{mark_id}", notes.ELSEWHERE, mark_id)
        subject = f"note:{note.id}"
        unit.log("note.unmark_elsewhere", trainee_id=note.trainee_id, subject=subject, before=asdict(before))
        unit.commit()
    return before


def other_system(desk: Desk) -> str:
    """The system that was named last: the proposal for the next mark."""
    with desk.reading() as unit:
        return meta.get(unit, "other_system")


def not_recorded(
    desk: Desk, *, own: bool = False, since: date | None = None, limit: int = MOST_LISTED
) -> tuple[NotRecorded, ...]:
    """Notes not yet recorded in the other system, the oldest first; the opening of the list is logged."""
    with desk.writing() as unit:
        found = notes.not_recorded(unit, unit.coach_id if own else None, since, limit)
        names = trainees.names_of(unit, {note.trainee_id for note in found})
        unit.log("note.list_not_recorded")
        unit.commit()
    return tuple(NotRecorded(note=note, trainee=names.get(note.trainee_id, "")) for note in found)


def copy_text(desk: Desk, note_id: int, language: str) -> str:
    """The note as plain structured text for the other system: no identity code, one fact a line."""
    with desk.writing() as unit:
        note = notes.NOTES.get(unit, note_id)
        trainee = trainees.TRAINEES.get(unit, note.trainee_id)
        coach = workshops.COACHES.get(unit, note.coach_id).name if note.coach_id else ""
        views = [v for v in trainees.own_views(unit, trainee.id) if v.subject == f"note:{note_id}"]
        unit.log("note.copy", trainee_id=trainee.id, subject=f"note:{note_id}")
        unit.commit()
    return text_of(note, trainee.spoken_name, coach, tuple(views), language)


def text_of(note: Note, person: str, coach: str, views: tuple[OwnView, ...], language: str) -> str:
    """The lines of a note in a language; what is empty has no line."""
    say = words(language)
    kind, place = codes("note_kinds").name(note.kind, language), codes("places").name(note.place, language)
    lines = [
        say.fill(N_("Person: {name}"), name=person),
        say.fill(N_("Time: {at}"), at=note.at),
        say.fill(N_("Kind: {kind}"), kind=kind),
        say.fill(N_("Place: {place}"), place=place) if place else "",
        say.fill(N_("Length: {minutes} min"), minutes=note.minutes) if note.minutes else "",
        say.fill(N_("Recorded by: {name}"), name=coach) if coach else "",
        say.fill(N_("Follow-up: {day}"), day=note.follow_up) if note.follow_up else "",
        "",
        note.text,
    ]
    for view in views:
        said = N_("The trainee disagrees: {text}") if view.disagrees else N_("The trainee's own view: {text}")
        lines += ["", say.fill(said, text=view.text)]
    return "\n".join(line for i, line in enumerate(lines) if line or i >= 7) + "\n"


def follow_ups(desk: Desk, until: date) -> tuple[Note, ...]:
    """Notes whose follow-up is due by a day, the oldest first."""
    with desk.reading() as unit:
        return notes.follow_ups(unit, until)


def _mark(desk: Desk, act: str, note_id: int, *, deleted: bool, why: str = "") -> Note:
    with desk.writing() as unit:
        before = _put(unit, act, replace(notes.NOTES.get(unit, note_id), deleted=deleted), why)
        subject = f"note:{note_id}"
        if deleted and not before.deleted:
            removed.keep(unit, before.trainee_id, subject)
        elif not deleted:
            removed.forget(unit, before.trainee_id, subject)
        unit.commit()
    return before


def _put(unit: Unit, act: str, note: Note, why: str = "") -> Note:
    before = notes.NOTES.get(unit, note.id)
    notes.NOTES.put(unit, note)
    old, new = changed(before, note)
    subject = f"note:{note.id}"
    unit.log(act, trainee_id=note.trainee_id, subject=subject, before=old, after=new, why=why)
    return before
