"""Figures of a period: read in one look, which is logged."""

from datetime import date
from typing import Any

from coachdesk.domain.indicators import Figures, as_numbers
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services.desk import Desk
from coachdesk.store.sheets import figures as sheets


def figures(desk: Desk, begins: date | None = None, ends: date | None = None) -> Figures:
    """The figures between two days, both included; without them of everything recorded.

    Raises:
        Refused: the end is before the start.
    """
    if begins and ends and ends < begins:
        raise Refused(N_("The end is before the start."), field="ends")
    with desk.reading() as unit:
        found = Figures(
            begins=begins,
            ends=ends,
            people=sheets.people(unit, begins, ends),
            coached=sheets.coached(unit, begins, ends),
            answers=sheets.answers(unit, begins, ends),
            plans=sheets.first_plans(unit, begins, ends),
        )
    with desk.writing() as unit:  # short: saving goes on while the long read runs
        unit.log("figures.read", subject=f"figures:{begins or ''}:{ends or ''}")
        unit.commit()
    return found.reckoned()


def as_table(found: Figures) -> dict[str, Any]:
    """The figures as plain numbers by name, as the command line writes them."""
    return as_numbers(found)
