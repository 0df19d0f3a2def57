"""The tab Consents of a trainee's page: recipients on the left, one consent on the right.

The form of a consent and the pages beside it are made when they are shown first.
"""

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from coachdesk.domain.consent import Consent
from coachdesk.i18n import N_, _
from coachdesk.ui import theme
from coachdesk.ui.consents.acts import ConsentActs
from coachdesk.ui.consents.list_card import DRAFT, ConsentList
from coachdesk.ui.consents.view import ConsentView
from coachdesk.ui.consents.wording import RecipientRow
from coachdesk.ui.screen import Screen
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from coachdesk.services.consent_sheets import ConsentsPage
    from coachdesk.ui.consents.beside import BesidePage
    from coachdesk.ui.consents.form import ConsentForm

LIST = 290
FORMS = {  # those beside the consents, by the names of their drafts
    "permission": "PermissionForm",
    "prohibition": "ProhibitionForm",
    "information": "InformationForm",
}
PAGES = {  # the pages beside the consents, each with the form that it opens
    "permissions": ("PermissionsPage", "permission"),
    "prohibitions": ("ProhibitionsPage", "prohibition"),
    "information": ("InformationPage", "information"),
}


class ConsentsTab(Screen):
    """A tab of the trainee's page; Ctrl+N begins a consent here, not a note."""

    takes_new = True
    told = Signal(str, object, object)
    keys = (
        (N_("Ctrl+N"), N_("new consent")),
        (N_("Ctrl+P"), N_("print the form")),
        (N_("Ctrl+Enter"), N_("record the consent")),
    )

    def build(self) -> None:
        self.trainee_id = 0
        self.page: ConsentsPage | None = None
        self._wanted = self._unfinished = ""
        self._size = "wide"
        self.made_form: ConsentForm | None = None
        self.pages: dict[str, BesidePage] = {}  # those that were shown
        self.show_paper = self._show_paper
        self.acts = ConsentActs(self.shell, self)
        self.acts.done.connect(lambda: self.acted())
        self.acts.drawn.connect(lambda printed: self.show_paper(printed))
        self.stack = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)
        both = QWidget()
        self.stack.addWidget(both)
        self.columns = QHBoxLayout(both)
        self.columns.setContentsMargins(0, 0, 0, 0)
        self.columns.setSpacing(14)
        self._build_list()
        self._build_right()
        self.columns.addWidget(self.list_card)
        self.columns.addWidget(self.right, 1)
        self._fill_right()

    @property
    def form(self) -> "ConsentForm":
        """The form of a consent; made when it is asked for first."""
        if self.made_form is None:
            from coachdesk.ui.consents.form import ConsentForm

            self.made_form = ConsentForm(self.shell, self.stack)
            self.stack.addWidget(self.made_form)
            self._fit_form(self.made_form)
            self.made_form.recorded.connect(self._recorded)
            self.made_form.printed.connect(self.acts.print_form)
            self.made_form.left.connect(self._left_form)
            self.shell.grown.emit()
        return self.made_form

    def beside(self, key: str) -> "BesidePage":
        """A page beside the consents: "permissions", "prohibitions" or "information"."""
        if key not in self.pages:
            name, form = PAGES[key]
            page: BesidePage = getattr(import_module("coachdesk.ui.consents.beside"), name)()
            self.pages[key] = page
            self.right.addWidget(page)
            page.added.connect(partial(self._open, form))
            if key == "permissions":
                page.ended.connect(self.acts.end_permission)
            elif key == "prohibitions":
                page.ended.connect(self.acts.lift)
            else:
                page.printed.connect(self._print_information)  # type: ignore[attr-defined]
            if self.page is not None:
                page.show_page(self.page)
            self.shell.grown.emit()
        return self.pages[key]

    def _build_list(self) -> None:
        self.list_card = ConsentList()
        self.list, self.others = self.list_card.list, self.list_card.others
        self.new_button = self.list_card.new_button
        self.list_card.asked.connect(self.new)
        self.list_card.chosen.connect(self._chose)
        self.list_card.beside.connect(lambda row: self.right.setCurrentWidget(self.beside(row.key)))
        self.list_card.emptied.connect(lambda: self.right.setCurrentIndex(1))

    def _build_right(self) -> None:
        self.view = ConsentView()
        self.view.renewed.connect(self.renew)
        self.view.withdrawn.connect(self._withdraw)
        self.view.printed.connect(self.acts.print_form)
        self.view.begun.connect(self.begin)
        self.none = EmptyState("circle-dashed", button=True)
        self.none.asked.connect(self.new)
        self.right = QStackedWidget()

    def _fill_right(self) -> None:
        """Last: with each move of what they stand in, all that is in them would be dressed anew."""
        empty = Card()
        for part in (self.view, empty):
            self.right.addWidget(part)
        empty.add(self.none, 1)

    def hasHeightForWidth(self) -> bool:
        return False  # long words scroll inside; the page itself keeps to the window

    def sizeHint(self) -> QSize:
        return QSize(800, 420)

    def title(self) -> str:
        return _("Consents")

    def retranslate(self) -> None:
        super().retranslate()
        self.list_card.retranslate()
        self.none.set_words(
            _("No consents yet."), _("Without a consent nothing about the trainee leaves."), _("New consent")
        )
        self.view.retranslate()
        for part in (self.made_form, *self.pages.values()):
            if part is not None:
                part.retranslate()
        if self.page is not None:
            self._show_lists()

    @property
    def in_form(self) -> bool:
        """Whether the form of a consent is open."""
        return self.made_form is not None and self.stack.currentWidget() is self.made_form

    def first_focus(self) -> QWidget | None:
        if self.in_form:
            return self.form.recipient
        ends_soon = self.view.standing and self.view.consent is not None and self._soon(self.view.consent)
        return self.view.renew if ends_soon else self.list

    def _soon(self, consent: Consent) -> bool:
        return self.page is not None and consent.ends_soon(self.page.sheet.on)

    def show_trainee(self, trainee_id: int) -> None:
        """Show the consents of somebody."""
        if trainee_id != self.trainee_id:
            self.leave()
            self.trainee_id, self.page, self._wanted = trainee_id, None, ""
            self._unfinished = ""
            self.stack.setCurrentIndex(0)
        self.refresh()

    def refresh(self) -> None:
        if self.trainee_id and self.shell.is_open:
            desk, trainee_id = self.shell.desk, self.trainee_id

            def read() -> "ConsentsPage":
                from coachdesk.services import consent_sheets

                return consent_sheets.page(desk, trainee_id)

            self.shell.jobs.run(read, then=self.show_page, owner=self)

    def arrive(self, hint: Any) -> None:
        """Open the form of a draft, at once or when the page is read."""
        self._unfinished = str((hint or {}).get("form", "")) if isinstance(hint, dict) else ""
        self._go_on()

    def _go_on(self) -> None:
        if self._unfinished in FORMS and self.page is not None:
            kind, self._unfinished = self._unfinished, ""
            self._open(kind)

    def show_page(self, page: "ConsentsPage") -> None:
        """Show what was read, keeping the choice."""
        if page.sheet.trainee_id != self.trainee_id:
            return
        first, self.page = self.page is None, page
        for part in self.pages.values():
            part.show_page(page)
        self._show_lists()
        wanted = self.first_focus()
        if first and self.list.hasFocus() and wanted is not None and wanted.isVisible():
            wanted.setFocus()
        self._go_on()

    def _show_lists(self) -> None:
        assert self.page is not None
        wanted, self._wanted = self._wanted, ""
        self.list_card.show_page(self.page, wanted)

    def _chose(self, row: RecipientRow) -> None:
        if self.page is None:
            return
        if row.recipient == DRAFT:
            self._open_form()
            self.form.go_on_with(self.page)
            return
        self.view.show_row(self.page.sheet, row)
        self.right.setCurrentWidget(self.view)

    def new(self) -> None:
        self.begin("")

    def begin(self, recipient: str) -> None:
        """Begin a consent, to a recipient if one is named."""
        if self.page is not None:
            if not self.in_form:
                self._open_form()
                self.form.begin(self.page, recipient=recipient)
            self.form.recipient.setFocus()

    def renew(self, consent: Consent) -> None:
        """A new version with the same scopes and new dates; of a withdrawn one a consent anew."""
        if self.page is None:
            return
        if consent.withdrawn is not None:
            self.begin(consent.recipient)
            return
        self._open_form()
        self.form.begin(self.page, replaces=consent)
        self.form.valid_to.setFocus()

    def _open_form(self) -> None:
        self.stack.setCurrentWidget(self.form)

    def _left_form(self) -> None:
        self.stack.setCurrentIndex(0)
        self.list.setFocus()
        self.refresh()

    def _recorded(self, kept: Consent, _old: Consent | None) -> None:
        from coachdesk.services import consent_corrections

        self._wanted = kept.recipient
        self.stack.setCurrentIndex(0)
        undo = partial(consent_corrections.take_back, self.shell.desk, kept.id)
        self.can_be_undone(N_("Consent recorded"), undo)
        self.list.setFocus()

    def _withdraw(self, consent: Consent) -> None:
        if self.page is not None:
            self.acts.withdraw(self.page, consent)

    def _print_information(self, plain: bool) -> None:
        self.acts.print_information(self.trainee_id, plain)

    def _open(self, kind: str) -> None:
        if self.page is not None:
            made = getattr(import_module("coachdesk.ui.consents.dialogs"), FORMS[kind])
            form = made(self.shell, self.page, parent=self.window())
            form.did.connect(lambda label, undo, _redo: self.can_be_undone(label, undo))
            form.open()

    def acted(self, _result: object = None) -> None:
        """What was done may change what waits to leave."""
        self.shell.health_changed.emit()
        self.shell.queued.emit()
        super().acted()
        self.told.emit("", None, None)

    def print_(self) -> None:
        if self.in_form:
            self.form.print_()
        elif "information" in self.pages and self.right.currentWidget() is self.pages["information"]:
            self._print_information(False)
        elif self.right.currentWidget() is self.view and self.view.consent is not None:
            self.acts.print_form(self.view.consent, False)

    def _show_paper(self, printed: Any) -> None:
        from coachdesk.ui.paper import PaperDialog

        PaperDialog(self.shell, printed.pdf, printed.title, printed.file_name, parent=self.window()).exec()

    def main_action(self) -> None:
        if self.in_form:
            self.form.record()
        elif self.view.renew.isVisible() and self.view.consent is not None:
            self.renew(self.view.consent)
        else:
            self.new()

    def leave(self) -> None:
        if self.in_form:
            self.form.draft.keep_now()

    def fit(self, size_class: str) -> None:
        narrow = size_class == "narrow"
        direction = QHBoxLayout.Direction.TopToBottom if narrow else QHBoxLayout.Direction.LeftToRight
        self.columns.setDirection(direction)
        width = LIST if size_class == "wide" else LIST - 20
        self.list_card.setMinimumWidth(0 if narrow else width)
        self.list_card.setMaximumWidth(16_777_215 if narrow else width)
        self.list_card.setMinimumHeight(theme.px(380) if narrow else 0)
        self.right.setMinimumHeight(theme.px(480) if narrow else 0)
        self.view.fit(size_class)
        self._size = size_class
        if self.made_form is not None:
            self._fit_form(self.made_form)

    def _fit_form(self, form: "ConsentForm") -> None:
        form.setMinimumHeight(theme.px(480) if self._size == "narrow" else 0)
        form.fit(self._size)
