"""The tab Files of a trainee's page: scanned papers dropped, matched, listed, opened and removed."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from coachdesk.domain.attachment import PDF, Attachment
from coachdesk.domain.plan import FINAL, PRINTED
from coachdesk.i18n import N_, _
from coachdesk.services.attachments import AttachmentSheet, AttachmentsPage
from coachdesk.services.papers_matched import Match
from coachdesk.ui.attachments import wording
from coachdesk.ui.attachments.drop import DropArea
from coachdesk.ui.columns import ColumnModel, column, table_of
from coachdesk.ui.screen import Screen
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.empty import EmptyState
from coachdesk.ui.widgets.layout import row_of

COLUMNS = (
    column(N_("Title of the file"), wording.title, width=0, bold=True, tip=wording.title, sort=wording.title),
    column(N_("Paper of"), wording.about, width=240, tip=wording.about),
    column(N_("Original paper"), wording.original, width=170, tip=wording.original),
    column(
        N_("Added"),
        wording.added,
        width=110,
        tip=wording.added_told,
        spoken=wording.added_told,
        sort=lambda sheet: sheet.attachment.added,
    ),
    column(N_("Kind and size"), wording.size, width=170, tip=wording.size),
)
ORIGINAL, SIZE = 2, 4  # columns that give way in a narrow window
LONGEST = 2400  # dots of a picture shown


class FilesTab(Screen):
    """A tab of the trainee's page; Ctrl+N adds a file here, not a note."""

    takes_new = True
    keys = (
        (N_("Ctrl+N"), N_("add a file")),
        (N_("Enter"), N_("open the file chosen")),
        (N_("F2"), N_("change its details")),
        (N_("Delete"), N_("remove the file chosen")),
    )

    def build(self) -> None:
        self.trainee_id = 0
        self.page = AttachmentsPage()
        self._waiting: list[Path] = []
        self.drop = DropArea()
        self.drop.chosen.connect(self.take)
        self.model = ColumnModel(COLUMNS, self)
        self.table = table_of(self.model)
        self.table.doubleClicked.connect(lambda _index: self.open_chosen())
        self.open_button, self.edit_button = Button(icon="eye"), Button(icon="pencil", key="F2")
        self.remove_button = Button(icon="trash")
        self.open_button.clicked.connect(self.open_chosen)
        self.edit_button.clicked.connect(self.edit_chosen)
        self.remove_button.clicked.connect(self.remove)
        for keys, do in (("Return", self.open_chosen), ("Enter", self.open_chosen), ("Delete", self.remove)):
            QShortcut(QKeySequence(keys), self.table, do)
        listed = Card(margins=(14, 10, 14, 12))
        listed.add(self.table, 1)
        listed.body.addLayout(row_of(self.open_button, self.edit_button, self.remove_button, None))
        self.none = EmptyState("folder-open")
        empty = Card()
        empty.add(self.none, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(listed)
        self.stack.addWidget(empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(10)
        outer.addWidget(self.drop)
        outer.addWidget(self.stack, 1)
        self.show_page(self.page)

    def title(self) -> str:
        return _("Files")

    def retranslate(self) -> None:
        super().retranslate()
        self.drop.retranslate()
        self.table.setAccessibleName(_("Files"))
        self.open_button.setText(_("Open"))
        self.edit_button.setText(_("Change…"))
        self.remove_button.setText(_("Remove"))
        self.none.set_words(
            _("No files yet."),
            _("A signed plan or consent finds its version by the square code on the paper."),
        )
        self.model.retranslate()

    def fit(self, size_class: str) -> None:
        """Title and paper stay where there is no room for all."""
        self.table.setColumnHidden(SIZE, size_class != "wide")
        self.table.setColumnHidden(ORIGINAL, size_class == "narrow")

    def first_focus(self) -> QWidget | None:
        return self.table if self.page.sheets else self.drop.button

    def show_trainee(self, trainee_id: int) -> None:
        """Show the files of somebody."""
        if trainee_id != self.trainee_id:
            self.trainee_id, self._waiting = trainee_id, []
            self.show_page(AttachmentsPage())
        self.refresh()

    def refresh(self) -> None:
        from coachdesk.services import attachments

        trainee_id = self.trainee_id
        if trainee_id and self.shell.is_open:
            work = partial(attachments.page, self.shell.desk, trainee_id)
            self.shell.jobs.run(work, then=partial(self._show_of, trainee_id), owner=self)

    def _show_of(self, trainee_id: int, page: AttachmentsPage) -> None:
        if trainee_id == self.trainee_id:
            self.show_page(page)

    def show_page(self, page: AttachmentsPage) -> None:
        """Show what was read, keeping the place in the list."""
        at = max(0, self.table.currentIndex().row())
        self.page = page
        self.model.show_rows(page.sheets)
        if page.sheets:
            self.table.selectRow(min(at, len(page.sheets) - 1))
        self.stack.setCurrentIndex(0 if page.sheets else 1)

    @property
    def chosen(self) -> Attachment | None:
        """The file chosen."""
        found: AttachmentSheet | None = self.model.row(self.table.currentIndex())
        return found.attachment if found else None

    def new(self) -> None:
        self.drop.ask()

    def take(self, paths: list[Path]) -> None:
        """Take files from outside, one after another."""
        self._waiting += paths
        if len(self._waiting) == len(paths):
            self._next()

    def _next(self) -> None:
        if not self._waiting or not self.trainee_id:
            return
        path, trainee_id = self._waiting[0], self.trainee_id

        def read() -> tuple[Any, Any]:
            from coachdesk.services import attachments
            from coachdesk.ui.attachments import looking

            file = attachments.read_file(path)
            return file, looking.look(file)

        self.shell.jobs.run(
            read, then=partial(self._looked, trainee_id), failed=self._refused, lane="outside", owner=self
        )

    def _looked(self, trainee_id: int, found: tuple[Any, Any]) -> None:
        from coachdesk.services import papers_matched

        file, looked = found
        if trainee_id != self.trainee_id or not self.shell.is_open:
            return
        work = partial(papers_matched.match, self.shell.desk, trainee_id, looked.codes)
        show = partial(self._ask, trainee_id, file, looked)
        self.shell.jobs.run(work, then=show, failed=self._refused, owner=self)

    def _ask(self, trainee_id: int, file: Any, looked: Any, match: Match | None) -> None:
        from coachdesk.ui.attachments.form import Arrived, AttachmentForm

        arrived = Arrived(file=file, looked=looked, match=match)
        form = AttachmentForm(
            self.shell, trainee_id, arrived, original_at=self.page.original_at, parent=self.window()
        )
        form.did.connect(self.can_be_undone)
        form.kept.connect(self._ask_who_signed)
        form.finished.connect(self._go_on)
        form.open()

    def _refused(self, problem: Exception) -> None:
        self.shell.notices.show(problem)
        self._go_on()

    def _go_on(self, _result: int = 0) -> None:
        del self._waiting[:1]
        self._next()

    def _ask_who_signed(self, match: Match | None) -> None:
        """The paper of a version whose signing is not recorded: record it now."""
        if match is None or match.paper is None or match.paper.version.state not in (FINAL, PRINTED):
            return
        from coachdesk.services import plan_sheets
        from coachdesk.ui.plans.sign_form import SignForm

        def show(sheet: Any) -> None:
            form = SignForm(self.shell, sheet, parent=self.window())
            form.did.connect(self.can_be_undone)
            form.open()

        work = partial(plan_sheets.version, self.shell.desk, match.paper.version.id)
        self.shell.jobs.run(work, then=show, owner=self)

    def open_chosen(self) -> None:
        """Show the file chosen; it is read into memory only."""
        attachment, desk = self.chosen, self.shell.desk
        if attachment is None:
            return

        def read() -> tuple[bytes, QImage | None]:
            from coachdesk.services import attachments
            from coachdesk.ui.attachments import looking

            content = attachments.open_(desk, attachment.id)
            return content, None if attachment.kind == PDF else looking.picture(content, LONGEST)

        self.shell.jobs.run(read, then=partial(self._show, attachment), owner=self)

    def _show(self, attachment: Attachment, found: tuple[bytes, QImage | None]) -> None:
        from coachdesk.ui.attachments.viewer import AttachmentViewer

        AttachmentViewer(self.shell, attachment, *found, parent=self.window()).open()

    def edit_chosen(self) -> None:
        """Change title and place of the file chosen."""
        from coachdesk.ui.attachments.form import AttachmentForm

        if self.chosen is not None:
            form = AttachmentForm(self.shell, self.trainee_id, self.chosen, parent=self.window())
            form.did.connect(self.can_be_undone)
            form.open()

    def remove(self) -> None:
        """Remove the file chosen; it can be undone, and brought back for 30 days."""
        from coachdesk.services import attachments

        attachment, desk = self.chosen, self.shell.desk
        if attachment is not None:
            redo = partial(attachments.remove, desk, attachment.id)
            undo = partial(attachments.restore, desk, attachment.id)
            done = partial(self.can_be_undone, N_("File removed"), undo, redo)
            self.shell.jobs.run(redo, then=lambda _old: done(), owner=self)
