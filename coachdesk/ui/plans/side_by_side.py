"""Fields of a form beside one another, and the trainee's other plans to choose from."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from coachdesk.domain.plan_sheet import PlanRow
from coachdesk.ui.day_edit import ChoiceBox
from coachdesk.ui.form import FormDialog
from coachdesk.ui.plans.words import called
from coachdesk.ui.widgets.layout import row_of


def side_by_side(form: FormDialog, **controls: QWidget) -> None:
    """Put fields in one row of the form, as wide as one another; a word below one moves no other."""
    row = row_of(spacing=12)
    for name, control in controls.items():
        field = form.put(name, control, into=row)
        row.setStretchFactor(field, 1)
        row.setAlignment(field, Qt.AlignmentFlag.AlignTop)
    form.body.addLayout(row)


def other_plans(rows: Sequence[PlanRow], own: int, chosen: int | None, on: date) -> ChoiceBox:
    """The trainee's other plans, to be named as replaced; none is chosen where none is replaced."""
    box = ChoiceBox()
    others = [(str(row.plan.id), called(row.plan, on)) for row in rows if row.plan.id != own]
    box.offer([("", "–"), *others])
    box.choose(str(chosen) if chosen else "")
    return box
