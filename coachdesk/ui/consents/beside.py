"""What stands beside consents and is never mixed with them: permissions, prohibitions, information given."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from coachdesk.domain.consent import Permission, Prohibition
from coachdesk.domain.information import InformationGiven
from coachdesk.i18n import N_, _, current
from coachdesk.services.consent_sheets import ConsentsPage
from coachdesk.ui.columns import Column, ColumnModel, column, table_of
from coachdesk.ui.consents import wording
from coachdesk.ui.consents.wording import State
from coachdesk.ui.screen import Spoken
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.empty import EmptyState
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.words import label


class BesidePage(Card, Spoken):
    """A heading, what it is, a table, and what can be done with the row chosen."""

    added = Signal()
    ended = Signal(object)  # the row

    what: str = ""
    nothing: str = ""
    add_words: str = ""
    end_words: str = ""
    title_words: str = ""
    picture = "list"

    def __init__(self) -> None:
        super().__init__(margins=(18, 10, 18, 12))
        self.today = date.min
        self.explained = label("", "secondary", wrap=True)
        self.model = ColumnModel(self.columns(), self)
        self.table = table_of(self.model, row_height=44)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._allow())
        self.none = EmptyState(self.picture)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.none)
        self.add_button = Button(icon="plus")
        self.end_button = Button()
        self.add_button.clicked.connect(self.added)
        self.end_button.clicked.connect(lambda: self.ended.emit(self.row))
        self.foot = row_of(self.add_button, self.end_button, None)
        self.add(self.explained)
        self.add(self.stack, 1)
        self.body.addLayout(self.foot)
        self.retranslate()

    def columns(self) -> tuple[Column, ...]:
        """The columns of the table."""
        raise NotImplementedError

    def rows_of(self, page: ConsentsPage) -> tuple[Any, ...]:
        """What the table shows."""
        raise NotImplementedError

    def may_end(self, row: Any) -> bool:
        """Whether the row chosen can be ended."""
        return row is not None

    @property
    def row(self) -> Any:
        """The row chosen."""
        return self.model.row(self.table.currentIndex())

    def show_page(self, page: ConsentsPage) -> None:
        """Show what was read."""
        self.today = page.sheet.on
        rows = self.rows_of(page)
        self.model.show_rows(rows)
        self.stack.setCurrentIndex(0 if rows else 1)
        if rows:
            self.table.selectRow(0)
        self._allow()

    def retranslate(self) -> None:
        """Set the words again."""
        self.speak()
        self.set_title(_(self.title_words))
        self.explained.setText(_(self.what))
        self.none.set_words(_(self.nothing))
        self.add_button.setText(_(self.add_words))
        self.end_button.setText(_(self.end_words))
        self.table.setAccessibleName(_(self.title_words))
        self.model.retranslate()

    def _allow(self) -> None:
        row = self.row
        self.end_button.setVisible(bool(self.end_words) and row is not None)
        self.end_button.setEnabled(self.may_end(row))

    def state_column(self, state: Callable[[Any], State]) -> Column:
        """The column that tells how a row stands."""
        return column(N_("State"), lambda row: state(row).text, width=196)


class PermissionsPage(BesidePage):
    """Permissions to disclose given under law; they let nothing out by themselves."""

    title_words = N_("Permissions to disclose")
    what = N_(
        "A permission to disclose is given under law, to other providers of social welfare. It is recorded "
        "here so that you know of it. It lets nothing out of CoachDesk."
    )
    nothing = N_("No permissions recorded.")
    add_words = N_("Record a permission…")
    end_words = N_("Withdraw the permission…")

    def columns(self) -> tuple[Column, ...]:
        words = current
        return (
            column(N_("To whom"), lambda r: r.to_whom, width=0, bold=True, tip=lambda r: r.to_whom),
            column(N_("What it covers"), lambda r: r.covers or "–", width=190, tip=lambda r: r.covers),
            column(N_("Given"), lambda r: words().day(r.given), width=100),
            self.state_column(lambda r: wording.permission_state(r, self.today)),
        )

    def rows_of(self, page: ConsentsPage) -> tuple[Permission, ...]:
        return page.sheet.permissions

    def may_end(self, row: Permission | None) -> bool:
        return row is not None and row.withdrawn is None


class ProhibitionsPage(BesidePage):
    """Prohibitions: one in force wins over every consent."""

    title_words = N_("Prohibitions")
    what = N_("A prohibition in force wins over every consent: nothing leaves to those whom it covers.")
    nothing = N_("No prohibitions recorded.")
    add_words = N_("Record a prohibition…")
    end_words = N_("Lift the prohibition…")
    picture = "ban"

    def columns(self) -> tuple[Column, ...]:
        words = current
        return (
            column(N_("Forbidden to"), _forbidden, width=0, bold=True, tip=_forbidden),
            column(N_("What it covers"), lambda r: r.covers or "–", width=190, tip=lambda r: r.covers),
            column(N_("Given"), lambda r: words().day(r.given), width=100),
            self.state_column(lambda r: wording.prohibition_state(r)),
        )

    def rows_of(self, page: ConsentsPage) -> tuple[Prohibition, ...]:
        return page.sheet.prohibitions

    def may_end(self, row: Prohibition | None) -> bool:
        return row is not None and row.lifted is None


def _forbidden(row: Prohibition) -> str:
    return wording.recipient_name(row.recipient) if row.recipient else _("Everybody")


class InformationPage(BesidePage):
    """Which information text was given, when, in which language, by whom; and its print."""

    printed = Signal(bool)  # in plain language

    title_words = N_("Information about personal data")
    what = N_(
        "What the trainee has been told about personal data: which text, when, in which language, by whom."
    )
    nothing = N_("The information text has not been given yet.")
    add_words = N_("Record that it was given…")
    picture = "info-circle"

    def __init__(self) -> None:
        self.paper, self.plain = Button(icon="printer", key="Ctrl+P"), Button()
        super().__init__()
        self.paper.clicked.connect(lambda: self.printed.emit(False))
        self.plain.clicked.connect(lambda: self.printed.emit(True))
        self.foot.insertWidget(1, self.paper)
        self.foot.insertWidget(2, self.plain)

    def columns(self) -> tuple[Column, ...]:
        words = current
        return (
            column(N_("Given"), lambda r: words().day(r.given), width=110),
            column(N_("Language"), _language, width=0, tip=_language),
            column(N_("Given by"), lambda r: r.given_by, width=200, tip=lambda r: r.given_by),
            column(N_("Text"), lambda r: r.text_version, width=130),
        )

    def rows_of(self, page: ConsentsPage) -> tuple[InformationGiven, ...]:
        return page.information

    def retranslate(self) -> None:
        super().retranslate()
        self.paper.setText(_("Print the text"))
        self.plain.setText(_("In plain language"))


def _language(row: InformationGiven) -> str:
    name = _("Swedish") if row.language.startswith("sv") else _("Finnish")
    return current().fill(N_("{language}, plain language"), language=name) if row.plain else name
