"""Drafts: text as typed, one for a coach, form and subject; no record, so not logged."""

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from coachdesk.domain.notes import Draft
from coachdesk.store import tables
from coachdesk.store.rows import Rows
from coachdesk.store.unit import Unit

DRAFTS = Rows(tables.draft, Draft)


def keep(unit: Unit, draft: Draft) -> None:
    """Write a draft over the one before."""
    values = DRAFTS.values(draft)
    keys = ("coach_id", "form", "subject")
    statement = insert(tables.draft).values(**values)
    unit.connection.execute(
        statement.on_conflict_do_update(
            index_elements=list(keys), set_={name: values[name] for name in values if name not in keys}
        )
    )


def find(unit: Unit, coach_id: int, form: str, subject: str) -> Draft | None:
    """The draft of a coach, form and subject, or None."""
    d = tables.draft.c
    found = DRAFTS.find(unit, d.coach_id == coach_id, d.form == form, d.subject == subject)
    return found[0] if found else None


def of_coach(unit: Unit, coach_id: int) -> tuple[Draft, ...]:
    """A coach's drafts, the newest first."""
    d = tables.draft.c
    return DRAFTS.find(unit, d.coach_id == coach_id, order=d.at.desc())


def count(unit: Unit, coach_id: int) -> int:
    """How many drafts a coach has."""
    d = tables.draft.c
    return len(unit.connection.execute(select(d.form).where(d.coach_id == coach_id)).all())


def discard(unit: Unit, coach_id: int, form: str, subject: str) -> None:
    """Take a draft away; none is no mistake."""
    d = tables.draft.c
    unit.connection.execute(
        delete(tables.draft).where(d.coach_id == coach_id, d.form == form, d.subject == subject)
    )
