"""Who is behind a number: a list that stays open beside the figures."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.domain.codes import codes
from coachdesk.domain.indicators import Answer, Coached, FirstPlan
from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.ui import theme
from coachdesk.ui.columns import Column, ColumnModel, collate, column, table_of
from coachdesk.ui.day_edit import upper
from coachdesk.ui.screen import Dialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.words import heading, label


class RowsDialog(Dialog):
    """The rows behind a number; Enter opens the person."""

    def __init__(
        self, shell: Shell, title: str, rows: Sequence[Any], ends: Any = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(shell, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setWindowTitle(title)
        self.model = ColumnModel(columns_of(rows))
        self.table = table_of(self.model)
        self.table.setAccessibleName(title)
        self.model.show_rows(rows)
        self.table.activated.connect(self.open_person)
        self.count = label(
            ngettext("{count} row", "{count} rows", len(rows)).format(count=len(rows)), "secondary"
        )
        self.open_button, self.close_button = Button(kind="primary", key="Enter"), Button(key="Esc")
        self.open_button.clicked.connect(lambda: self.open_person(self.table.currentIndex()))
        self.close_button.clicked.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(10)
        box.addWidget(heading(title, wrap=True))
        box.addWidget(self.table, 1)
        box.addLayout(row_of(self.count, None, self.close_button, self.open_button))
        self.resize(theme.px(820), theme.px(480))
        self.retranslate()
        if rows:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.table.setFocus()

    def retranslate(self) -> None:
        """Set the words."""
        super().retranslate()
        self.open_button.setText(_("Open the person"))
        self.close_button.setText(_("Close"))
        self.model.retranslate()

    def open_person(self, index: QModelIndex) -> None:
        """Go to the person's page."""
        row = self.model.row(index)
        if row is not None:
            self.shell.go("trainees", trainee_id=row.trainee_id)
            self.close()


def columns_of(rows: Sequence[Any]) -> tuple[Column, ...]:
    """What is written of rows of one kind."""
    name = column(N_("Name"), lambda row: row.name, width=0, bold=True, sort=lambda row: collate(row.name))
    match rows[0] if rows else None:
        case Coached():
            return (name, *_COACHED)
        case Answer():
            return (name, *_ANSWERS)
        case FirstPlan():
            return (name, *_PLANS)
    return (name, *_PEOPLE)


def _day(value: Any) -> str:
    return current().day(value)


def _code(title: str, key: str) -> str:
    return upper(codes(title).name(key, current().language))


_COACHED = (
    column(N_("Began"), lambda row: _day(row.begins), width=100, sort=lambda row: row.begins),
    column(
        N_("Ended"),
        lambda row: _day(row.ends),
        width=100,
        sort=lambda row: (row.ends is None, row.ends or row.begins),
    ),
    column(N_("Outcome"), lambda row: _code("outcomes", row.outcome), width=220),
)
_ANSWERS = (
    column(N_("Grade"), lambda row: str(row.grade), width=90, sort=lambda row: row.grade, right=True),
    column(N_("Day"), lambda row: _day(row.on_day), width=120),
)
_PLANS = (
    column(N_("Plan"), lambda row: _code("plan_kinds", row.kind), width=270),
    column(N_("Made"), lambda row: _day(row.made), width=100, sort=lambda row: row.made),
    column(
        N_("Days"),
        lambda row: "" if row.days is None else current().count(row.days),
        width=80,
        sort=lambda row: row.days or 0,
        right=True,
    ),
    column(N_("Three months"), lambda row: _("later") if row.late else _("in time"), width=140),
)
_PEOPLE = (
    column(N_("First contact"), lambda row: _day(row.first_contact), width=130),
    column(N_("Mother tongue"), lambda row: _code("languages", row.mother_tongue), width=160),
)
