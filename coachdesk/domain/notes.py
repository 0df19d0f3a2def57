"""Contact note (muistiinpano, anteckning): what was agreed, when and where."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from coachdesk.domain.letters import nfc_lines
from coachdesk.errors import Refused
from coachdesk.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A contact note; ``kind`` and ``place`` are codes of note_kinds and places."""

    id: int = 0
    trainee_id: int
    at: datetime
    minutes: int | None = None
    kind: str
    place: str = ""
    text: str
    follow_up: date | None = None
    followed_up: date | None = None
    coach_id: int | None = None
    deleted: bool = False
    batch_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedElsewhere:
    """A mark that a note was also recorded in another system: which, when, by whom."""

    id: int = 0
    note_id: int
    system: str
    on_day: date
    by_whom: str


FIELDS_AFTER = "\x1e"  # in a draft: after it stand the form's other fields, not for reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Text as typed that is not yet a record: one for a coach, form and subject."""

    coach_id: int
    form: str
    subject: str
    text: str
    caret: int = 0
    at: datetime


def checked(note: Note, at: datetime) -> Note:
    """The note as it may be kept.

    Raises:
        Refused: no text, a moment to come, or minutes below zero.
    """
    text = nfc_lines(note.text)
    if not text:
        raise Refused(N_("A note needs words."), field="text")
    if note.at > at:
        raise Refused(N_("The moment {at} is still to come."), field="at", at=note.at)
    if note.minutes is not None and not 0 <= note.minutes <= 24 * 60:
        raise Refused(N_("Minutes are counted from 0 to a whole day."), field="minutes")
    return replace(note, text=text)
