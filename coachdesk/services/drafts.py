"""Drafts: what is typed is kept at once and encrypted, and becomes a record only when the coach says so.

A draft is no record: it is of one coach, form and subject, and no line of the log is written for it.
"""

from coachdesk.domain.notes import Draft
from coachdesk.services.desk import Desk
from coachdesk.store import drafts


def keep(desk: Desk, form: str, subject: str, text: str, caret: int = 0) -> Draft | None:
    """Keep what is typed over what was typed before; an empty text is no draft."""
    with desk.writing() as unit:
        if text:
            kept = Draft(
                coach_id=desk.coach_id, form=form, subject=subject, text=text, caret=caret, at=unit.at
            )
            drafts.keep(unit, kept)
        else:
            kept = None
            drafts.discard(unit, desk.coach_id, form, subject)
        unit.commit()
    return kept


def find(desk: Desk, form: str, subject: str) -> Draft | None:
    """The draft of this coach for a form and subject, or None."""
    with desk.reading() as unit:
        return drafts.find(unit, desk.coach_id, form, subject)


def discard(desk: Desk, form: str, subject: str) -> None:
    """Take a draft away: its text became a record, or the coach does not want it."""
    with desk.writing() as unit:
        drafts.discard(unit, desk.coach_id, form, subject)
        unit.commit()


def all_of_coach(desk: Desk) -> tuple[Draft, ...]:
    """This coach's drafts, the newest first."""
    with desk.reading() as unit:
        return drafts.of_coach(unit, desk.coach_id)
