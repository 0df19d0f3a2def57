"""A note's small lines in words: when and by whom, where it is recorded, whose own view stands beside."""

from typing import Any

from coachdesk.domain.codes import codes
from coachdesk.domain.notes import RecordedElsewhere
from coachdesk.i18n import N_, current
from coachdesk.ui.day_edit import upper


def where_words(note: Any, coach: str) -> str:
    """When, at which place and by whom, a line each."""
    place = codes("places").name(note.place, current().language) if note.place else ""
    return "\n".join(filter(None, (current().moment(note.at), upper(place), coach)))


def mark_words(mark: RecordedElsewhere) -> str:
    """In which system, when and by whom."""
    return current().fill(
        N_("{system} {day}, {name}"), system=mark.system, day=mark.on_day, name=mark.by_whom
    )


def below(sheet: Any) -> str:
    """The small line under a note: own views, writer, whether it is recorded elsewhere."""
    parts = [view_words(view) for view in sheet.views]
    if sheet.note.place not in ("", "workshop"):  # where else than usual
        parts.append(upper(codes("places").name(sheet.note.place, current().language)))
    parts.append(sheet.coach)
    parts += [m.system for m in sheet.marks]
    if sheet.note.follow_up is not None and sheet.note.followed_up is None:
        parts.append(current().fill(N_("Follow-up {day}"), day=sheet.note.follow_up))
    return " · ".join(filter(None, parts))


def view_words(view: Any) -> str:
    """An own view with whose it is."""
    message = N_("The trainee disagrees: {text}") if view.disagrees else N_("The trainee's own view: {text}")
    return current().fill(message, text=view.text)
