"""The tab Plan of a trainee's page: the list of plans, and the editor of one.

The editor is made when a plan is opened first: many a coach only looks at the list.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from coachdesk.domain.plan import PlanVersion
from coachdesk.domain.plan_sheet import PlanRow, PlansSheet, VersionSheet
from coachdesk.i18n import N_, _, current
from coachdesk.ui.plans.asking import PlanDialogs
from coachdesk.ui.plans.list_page import PlansPage
from coachdesk.ui.plans.words import called
from coachdesk.ui.screen import Screen

if TYPE_CHECKING:
    from coachdesk.services.forms import Printed
    from coachdesk.ui.plans.editor import PlanEditor

Work = Callable[[], object]
OF_PLAN = ("others", "replaces", "end")  # the forms that a draft's subject names
OF_VERSION = {"people": "people", "sign": "sign"}


class PlanTab(Screen):
    """Plans of the trainee on the page."""

    keys = (
        ("Ctrl+PgDown", N_("write the item and go to the next")),
        ("Ctrl+PgUp", N_("write the item and go to the one before")),
        ("Ctrl+Space", N_("choose a phrase for the text")),
        ("Ctrl+Enter", N_("make what is typed part of the plan")),
        ("Alt+Up", N_("move the item up in its list")),
        ("Alt+Down", N_("move the item down in its list")),
        ("Delete", N_("remove the item in its list")),
        ("Ctrl+P", N_("print")),
    )

    def build(self) -> None:
        """The list, with room behind it for the editor."""
        self.trainee_id = 0
        self._sheet: PlansSheet | None = None
        self._size, self._writing = "wide", True
        self.made_editor: PlanEditor | None = None
        self.dialogs = PlanDialogs(self.shell, self)
        self.dialogs.did.connect(self.can_be_undone)
        self.stack = QStackedWidget()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.stack)
        self.list = PlansPage(self.shell.clock.today())
        self.stack.addWidget(self.list)
        self.list.begun.connect(self.begin)
        self.list.opened.connect(self.open_row)
        self.list.asked.connect(self.ask)

    @property
    def editor(self) -> "PlanEditor":
        """The editor of a version; made when it is asked for first."""
        if self.made_editor is None:
            self.made_editor = self._make_editor()
            self.shell.grown.emit()
        return self.made_editor

    def _make_editor(self) -> "PlanEditor":
        from coachdesk.ui.plans.editor import PlanEditor

        editor = PlanEditor(self.shell, self.stack)
        self.stack.addWidget(editor)
        editor.fit(self._size)
        editor.allow(writing=self._writing)
        editor.closed.connect(self.show_list)
        editor.changed.connect(self.read)
        editor.opened.connect(editor.open)
        editor.asked.connect(self.ask_of_version)
        return editor

    def title(self) -> str:
        return _("Plan")

    def show_trainee(self, trainee_id: int) -> None:
        """Show another person's plans, beginning with the list."""
        if trainee_id != self.trainee_id:
            self.leave()
            self.trainee_id = trainee_id
            if self.made_editor is not None:
                self.made_editor.sheet = None
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
        self.leave()
        self.stack.setCurrentWidget(self.list)
        self.read()
        self.list.table.setFocus()

    def begin(self, kind: str) -> None:
        """Begin a plan of our own and open it."""
        from coachdesk.services import plans

        desk, trainee_id = self.shell.desk, self.trainee_id

        def begun(version: PlanVersion) -> None:
            self.shell.saved()
            self.shell.undo.did(N_("The plan was begun."), undo=lambda: self._remove(version.plan_id))
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
        editor = self.editor
        self.stack.setCurrentWidget(editor)
        editor.begin(version_id)

    def ask(self, what: str, row: PlanRow | None) -> None:
        """What the list was asked for."""
        if what == "paper" and row is not None:
            self._print_sheet(row)
        elif what == "remove" and row is not None:
            self.remove(row)
        elif self._sheet is not None:
            self.dialogs.ask_of_plan(what, self._sheet, row)

    def ask_of_version(self, what: str) -> None:
        """What the editor was asked for."""
        if (shown := self._version_shown()) is not None:
            self.dialogs.ask_of_version(what, shown, self._sheet.rows if self._sheet else ())

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
            shown = self._version_shown()
            if self.made_editor is not None and shown is not None and shown.plan.id == plan_id:
                self.made_editor.sheet = None
                self.stack.setCurrentWidget(self.list)
            self.read()

        self.shell.jobs.run(lambda: plans.remove(desk, plan_id), then=removed, owner=self)

    def acted(self, _result: object = None) -> None:
        """What a dialog did stands in the list and in the editor."""
        self.shell.saved()
        self._read_all()

    def _read_all(self) -> None:
        self.read()
        shown = self._version_shown()
        if self.in_editor and shown is not None:
            self.editor.open(shown.version.id)

    def _version_shown(self) -> VersionSheet | None:
        """What the editor shows, if it was ever opened."""
        return self.made_editor.sheet if self.made_editor is not None else None

    def _print_sheet(self, row: PlanRow) -> None:
        from coachdesk.services import forms

        desk, plan = self.shell.desk, row.plan

        def show(drawn: "Printed") -> None:
            from coachdesk.ui.paper import PaperDialog

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
        return self.made_editor is not None and self.stack.currentWidget() is self.made_editor

    def arrive(self, hint: Any) -> None:
        """A hint is the id of a version to open, or the subject of a draft to go on with."""
        if isinstance(hint, int):
            self.open_version(hint)
        elif isinstance(hint, str):
            self.go_on_with(hint)

    def go_on_with(self, subject: str) -> None:
        """Open what a draft was typed into: the editor, or the form that offers it."""
        from coachdesk.services import plan_sheets

        desk, trainee_id = self.shell.desk, self.trainee_id
        _trainee, _id, _plan, plan_id, *rest = subject.split(":")

        def open_(sheet: PlansSheet) -> None:
            self._show(sheet)
            row = next((one for one in sheet.rows if str(one.plan.id) == plan_id), None)
            if rest[0] in OF_PLAN:
                self.dialogs.ask_of_plan(rest[0], sheet, row)
            elif row is not None and row.newest is not None:
                self.open_version(row.newest.id)
                self._ask_again(row.newest.id, OF_VERSION.get(rest[0], "view" if len(rest) == 1 else ""))

        self.shell.jobs.run(lambda: plan_sheets.sheet(desk, trainee_id), then=open_, owner=self)

    def _ask_again(self, version_id: int, what: str) -> None:
        """Open the form of a version that a draft waits in."""
        from coachdesk.services import plan_sheets

        if not what:
            return
        desk = self.shell.desk
        self.shell.jobs.run(
            lambda: plan_sheets.version(desk, version_id),
            then=lambda sheet: self.dialogs.ask_of_version(what, sheet, ()),
            owner=self,
        )

    def leave(self) -> None:
        """Keep what is typed."""
        if self.made_editor is not None:
            self.made_editor.leave()

    def print_(self) -> None:
        """The plan, or the sheet for the maker of another's."""
        row = self.list.row
        if self.in_editor:
            self.editor.print_()
        elif row is not None and not row.plan.ours:
            self._print_sheet(row)

    def fit(self, size_class: str) -> None:
        """Both pages."""
        self._size = size_class
        if self.made_editor is not None:
            self.made_editor.fit(size_class)
        self.list.fit(size_class)

    def allow(self, *, writing: bool) -> None:
        """Let nothing be typed while the trainee is archived."""
        self._writing = writing
        if self.made_editor is not None:
            self.made_editor.allow(writing=writing)

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
