"""The tab Plan of a trainee's page: the list of plans, and the editor of one."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from coachdesk.domain.plan import PlanVersion
from coachdesk.domain.plan_sheet import PlanRow, PlansSheet, VersionSheet
from coachdesk.i18n import N_, _, current
from coachdesk.ui.paper import PaperDialog
from coachdesk.ui.plans.dialogs import OthersPlanDialog, PeopleDialog, ReplacesDialog, SignDialog
from coachdesk.ui.plans.editor import PlanEditor
from coachdesk.ui.plans.list_page import PlansPage
from coachdesk.ui.plans.words import called
from coachdesk.ui.screen import Screen


class PlanTab(Screen):
    """Plans of the trainee on the page."""

    keys = (
        ("Ctrl+PgDown", N_("write the item and go to the next")),
        ("Ctrl+PgUp", N_("write the item and go to the one before")),
        ("Ctrl+Enter", N_("make what is typed part of the plan")),
        ("Ctrl+P", N_("print")),
    )

    def build(self) -> None:
        """Both pages; the list is shown first."""
        self.trainee_id = 0
        self._sheet: PlansSheet | None = None
        self.list = PlansPage(self.shell.clock.today())
        self.editor = PlanEditor(self.shell)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.editor)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.stack)
        self.list.begun.connect(self.begin)
        self.list.opened.connect(self.open_row)
        self.list.asked.connect(self.ask)
        self.editor.closed.connect(self.show_list)
        self.editor.changed.connect(self.read)
        self.editor.opened.connect(self.editor.open)
        self.editor.asked.connect(self.ask_of_version)

    def title(self) -> str:
        return _("Plan")

    def show_trainee(self, trainee_id: int) -> None:
        """Show another person's plans, beginning with the list."""
        if trainee_id != self.trainee_id:
            self.editor.leave()
            self.trainee_id = trainee_id
            self.editor.sheet = None
            self.stack.setCurrentWidget(self.list)
        self.refresh()

    def refresh(self) -> None:
        """Read the plans again."""
        if self.trainee_id:
            self.read()

    def read(self) -> None:
        """Read the list; the editor stays as it is."""
        from coachdesk.services import plan_sheets

        desk, trainee_id = self.shell.desk, self.trainee_id
        self.shell.jobs.run(lambda: plan_sheets.sheet(desk, trainee_id), then=self._show, owner=self)

    def _show(self, sheet: PlansSheet) -> None:
        if sheet.trainee_id == self.trainee_id:
            self._sheet = sheet
            self.list.show_sheet(sheet)

    def show_list(self) -> None:
        """Back from the editor; what is typed stays a draft."""
        self.editor.leave()
        self.stack.setCurrentWidget(self.list)
        self.read()
        self.list.table.setFocus()

    def begin(self, kind: str) -> None:
        """Begin a plan of our own and open it."""
        from coachdesk.services import plans

        desk, trainee_id = self.shell.desk, self.trainee_id

        def begun(version: PlanVersion) -> None:
            self.shell.saved()
            self.shell.undo.did(_("The plan was begun."), undo=lambda: self._remove(version.plan_id))
            self.read()
            self.open_version(version.id)

        self.shell.jobs.run(lambda: plans.begin(desk, trainee_id, kind), then=begun, owner=self)

    def open_row(self, row: PlanRow) -> None:
        """Open one of ours in the editor, another's in its form."""
        if row.newest is not None:
            self.open_version(row.newest.id)
        else:
            self.ask("others", row)

    def open_version(self, version_id: int) -> None:
        """Show a version in the editor."""
        self.editor.sheet = None
        self.stack.setCurrentWidget(self.editor)
        self.editor.open(version_id)
        self.editor.form.text.setFocus()

    def ask(self, what: str, row: PlanRow | None) -> None:
        """What the list was asked for."""
        rows = self._sheet.rows if self._sheet else ()
        if what == "paper" and row is not None:
            self._print_sheet(row)
            return
        if what == "remove" and row is not None:
            self.remove(row)
            return
        dialog: OthersPlanDialog | ReplacesDialog
        if what == "replaces" and row is not None:
            language = row.newest.language if row.newest else "fi"
            dialog = ReplacesDialog(self.shell, row.plan, rows, language, self.window())
        else:
            plan = row.plan if row else None
            dialog = OthersPlanDialog(self.shell, self.trainee_id, rows, plan, self.window())
        dialog.did.connect(self._did)
        dialog.accepted.connect(self.read)
        dialog.exec()

    def ask_of_version(self, what: str) -> None:
        """What the editor was asked for."""
        sheet: VersionSheet | None = self.editor.sheet
        assert sheet is not None
        rows = self._sheet.rows if self._sheet else ()
        dialog: SignDialog | PeopleDialog | ReplacesDialog
        if what == "sign":
            dialog = SignDialog(self.shell, sheet, parent=self.window())
        elif what == "people":
            dialog = PeopleDialog(self.shell, sheet.version, self.window())
        else:
            dialog = ReplacesDialog(self.shell, sheet.plan, rows, sheet.version.language, self.window())
        dialog.accepted.connect(self.read)
        dialog.did.connect(self._did)
        dialog.accepted.connect(lambda: self.editor.open(sheet.version.id))
        dialog.exec()

    def remove(self, row: PlanRow) -> None:
        """Take a plan away that was begun or recorded by mistake."""
        name = called(row.plan, self.shell.clock.today())
        question = current().fill("Remove the plan {plan}?", plan=name)
        if self.shell.notices.confirm(question, _("Remove"), _("Keep")):
            self._remove(row.plan.id)

    def _remove(self, plan_id: int) -> None:
        from coachdesk.services import plans

        desk = self.shell.desk

        def removed(_plan: object) -> None:
            self.shell.saved()
            if self.editor.sheet is not None and self.editor.sheet.plan.id == plan_id:
                self.editor.sheet = None
                self.stack.setCurrentWidget(self.list)
            self.read()

        self.shell.jobs.run(lambda: plans.remove(desk, plan_id), then=removed, owner=self)

    def _did(self, words: str, work: Callable[[], object]) -> None:
        """What a dialog did is taken back by a new act; ``work`` runs on the saving lane."""

        def undo() -> None:
            self.shell.jobs.run(work, then=lambda _none: self._read_all(), owner=self)

        self.shell.undo.did(words, undo=undo)

    def _read_all(self) -> None:
        self.read()
        if self.in_editor and self.editor.sheet is not None:
            self.editor.open(self.editor.sheet.version.id)

    def _print_sheet(self, row: PlanRow) -> None:
        from coachdesk.services import forms

        desk, plan = self.shell.desk, row.plan

        def show(drawn: forms.Printed) -> None:
            PaperDialog(self.shell, drawn.pdf, drawn.title, drawn.file_name, parent=self.window()).exec()

        self.shell.jobs.run(lambda: forms.replacement(desk, plan.id), then=show, owner=self)

    def retranslate(self) -> None:
        super().retranslate()
        self.list.retranslate()

    def first_focus(self) -> QWidget | None:
        """The words of the plan, or the list."""
        return self.editor.form.text if self.in_editor else self.list.table

    @property
    def in_editor(self) -> bool:
        """Whether a plan is open."""
        return self.stack.currentWidget() is self.editor

    def arrive(self, hint: Any) -> None:
        """A hint is the id of a version to open."""
        if isinstance(hint, int):
            self.open_version(hint)

    def leave(self) -> None:
        """Keep what is typed."""
        self.editor.leave()

    def print_(self) -> None:
        """The plan, or the sheet for the maker of another's."""
        row = self.list.row
        if self.in_editor:
            self.editor.print_()
        elif row is not None and not row.plan.ours:
            self._print_sheet(row)

    def fit(self, size_class: str) -> None:
        """Both pages."""
        self.editor.fit(size_class)
        self.list.fit(size_class)

    def step(self, by: int) -> bool:
        """Ctrl+PgDn and Ctrl+PgUp: write the item and go to the one beside; False in the list."""
        if self.in_editor:
            (self.editor.next if by > 0 else self.editor.previous)()
        return self.in_editor

    def hasHeightForWidth(self) -> bool:
        """The tab takes the height there is: wrapped words inside do not make the page scroll."""
        return False

    def main_action(self) -> None:
        """Make what is typed part of the plan."""
        if self.in_editor:
            self.editor.record()
