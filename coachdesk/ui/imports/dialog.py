"""The import: file, columns, preview, done.  Opened from Trainees and Settings; a file may be dropped on it.

Long work runs on the reading lane and may be cancelled; carrying out is one short act of the saving lane.
Locking waits for no reading: it is stopped, and begun anew when the dialog stands there again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.errors import Problem
from coachdesk.i18n import N_, _, say
from coachdesk.ui.imports.draft import Corrections, ImportDraft
from coachdesk.ui.imports.pages import COLUMNS, DONE, FILE, PREVIEW, STEPS, ImportPages
from coachdesk.ui.imports.reader import Reading, SheetReader
from coachdesk.ui.imports.waiting import Waiting
from coachdesk.ui.screen import Dialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.words import heading, label

if TYPE_CHECKING:
    from coachdesk.services.imports import ImportPreview, ImportResult


class ImportDialog(Dialog):
    """The four steps; ``imported`` tells that the desk has changed."""

    imported = Signal()
    stays = True

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.file: Path | None = None
        self.found: ImportPreview | None = None
        self.outcome: ImportResult | None = None
        self.answers: dict[tuple[str, str], str] = {}
        self._changed = False
        self.reader = SheetReader(shell, self)
        self.draft = ImportDraft(shell, self)
        self.draft.taken.connect(self.go_on_with)
        self.setAcceptDrops(True)
        self.setModal(True)
        self._build_pages()
        self._build_foot()
        self.steps = label("", "secondary")
        self.title = heading(wrap=True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(12)
        outer.addLayout(row_of(self.title, None, self.steps))
        outer.addWidget(self.draft.offer)
        outer.addWidget(self.pages, 1)
        outer.addWidget(self.waiting)
        outer.addLayout(self.foot)
        self.retranslate()
        self.go_to(FILE)
        self._load_batches()
        self._size_to(parent)
        self.draft.look()

    def _build_pages(self) -> None:
        self.pages = ImportPages(self.shell)
        self.pages.file.chosen.connect(self.load)
        self.pages.file.undo.connect(self.undo)
        self.pages.mapped.connect(self._read_anew)
        self.pages.decided.connect(self._decided)
        self.pages.answered.connect(self._answer)
        self.pages.undo_asked.connect(self._undo_last)

    def _build_foot(self) -> None:
        self.problem = label("", "error", wrap=True)
        self.back, self.leave = Button(icon="arrow-left"), Button()
        self.next = Button(kind="primary", key="Ctrl+Enter")
        self.next.setShortcut("Ctrl+Return")
        self.word(self.back.setText, N_("Back"))
        self.back.clicked.connect(self.step_back)
        self.leave.clicked.connect(self.give_up)
        self.next.clicked.connect(self.step_on)
        self.foot = row_of(self.back, self.problem, self.leave, self.next, spacing=12)
        self.foot.setStretch(1, 1)
        self.waiting = Waiting()
        self.waiting.stopped.connect(self.reader.stop)
        self.reader.told.connect(self.waiting.show_progress)

    def retranslate(self) -> None:
        super().retranslate()
        self.setWindowTitle(_("Import a spreadsheet"))
        self.pages.retranslate()
        self.waiting.speak()
        self.draft.retranslate()
        self._name_step()

    @property
    def step(self) -> int:
        """Which of the four steps is shown."""
        return self.pages.step

    def go_to(self, step: int) -> None:
        """Show a step."""
        self.problem.setText("")
        start = self.pages.show_step(step)
        self._name_step()
        start.setFocus()

    def load(self, file: Path) -> None:
        """Read a file and show its columns."""
        self.file, self.answers = file, {}
        self._read(self._show_columns, {})

    def step_on(self) -> None:
        """The main button: on to the next step, and at the preview the import itself."""
        if not self.next.isEnabled():
            return
        if self.step == FILE:
            self.pages.file.ask_for_file()
        elif self.step == COLUMNS:
            self.go_to(PREVIEW)
            self._keep_draft()
        elif self.step == PREVIEW:
            self._carry_out()
        else:
            self.accept()

    def step_back(self) -> None:
        """The step before."""
        if self.step in (COLUMNS, PREVIEW):
            self.go_to(self.step - 1)
            self._keep_draft()

    def undo(self, batch_id: int) -> None:
        """Take an import back."""
        from coachdesk.services import imports

        desk = self.shell.desk
        self.shell.jobs.run(
            lambda: imports.undo(desk, batch_id), then=self._undone, failed=self._refused, owner=self
        )

    def give_up(self) -> None:
        """The button that leaves the import; Esc and locking leave what was corrected as a draft."""
        if self.step in (COLUMNS, PREVIEW):
            self.draft.discard()
        self.reject()

    def go_on_with(self, made: Corrections) -> None:
        """Go on with an import that was left: the same file, as it was corrected."""
        self.file = Path(made.file)
        self.answers = {(name, word): key for name, word, key in made.answers}
        self._read(partial(self._show_again, made.step), _chosen(made))

    def reject(self) -> None:
        self.reader.stop()
        super().reject()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.reader.locked:
            self.reader.go_on()
            self._keep_draft()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        file = _dropped(event)
        if file is not None and self.step != DONE:
            event.acceptProposedAction()
            self.load(file)

    def _read(self, then: Callable[[Any], object], chosen: dict[str, Any]) -> None:
        assert self.file is not None
        self.waiting.begin()
        self.reader.read(
            Reading(
                file=self.file,
                answers=dict(self.answers),
                chosen=chosen,
                then=then,
                failed=self._unreadable,
            )
        )

    def _chosen(self) -> dict[str, Any]:
        """What is chosen on the page of columns; another kind or sheet has other columns."""
        page, found = self.pages.columns, self.found
        kind_changed = found is not None and page.kind.key != found.kind
        sheet_changed = found is not None and page.sheet.key not in ("", str(found.sheet))
        return {
            "kind": None if sheet_changed else page.kind.key,
            "mapping": None if kind_changed or sheet_changed else page.mapping,
            "sheet": int(page.sheet.key) if page.sheet.key else None,
            "month": page.chosen_month,
        }

    def _keep_draft(self) -> None:
        """Keep the file and what is chosen in it, once there is something to lose."""
        found = self.found
        if self.reader.locked or found is None or self.file is None or self.step not in (COLUMNS, PREVIEW):
            return
        self.draft.keep(
            Corrections(
                file=str(self.file),
                kind=found.kind,
                sheet=found.sheet,
                month=found.month.isoformat() if found.month else "",
                mapping=self.pages.columns.mapping,
                answers=tuple((name, word, key) for (name, word), key in self.answers.items()),
                step=self.step,
            )
        )

    def _read_anew(self) -> None:
        self._read(self._show_found, self._chosen())

    def _answer(self, field: str, word: str, key: str) -> None:
        from coachdesk.domain.letters import fold

        self.answers[field, fold(word)] = key
        self._read(self._show_found, self._chosen())

    def _show_columns(self, found: ImportPreview) -> None:
        self._show_again(COLUMNS, found)

    def _show_again(self, step: int, found: ImportPreview) -> None:
        self.pages.file.show_problem("")
        self._show_found(found)
        self.go_to(step)
        self._keep_draft()

    def _show_found(self, found: ImportPreview) -> None:
        self.found = found
        self.waiting.end()
        self.problem.setText("")
        self.pages.columns.show_preview(found)
        self.pages.preview.show_preview(found)
        self._name_step()
        self._keep_draft()

    def _unreadable(self, problem: Problem) -> None:
        from coachdesk.services.imports import Cancelled

        self.waiting.end()
        if self.step == FILE or isinstance(problem, Cancelled):
            words = "" if isinstance(problem, Cancelled) else say(problem)
            self.pages.file.show_problem(words)
            self.go_to(FILE)
        else:
            self._refused(problem)

    def _carry_out(self) -> None:
        from coachdesk.services import imports

        desk, found, choices = self.shell.desk, self.found, self.pages.preview.choices
        assert found is not None
        self.next.setEnabled(False)
        self.shell.jobs.run(
            lambda: imports.carry_out(desk, found, choices),
            then=self._show_done,
            failed=self._refused,
            owner=self,
        )

    def _show_done(self, result: ImportResult) -> None:
        self.outcome = result
        self.draft.discard()
        self.pages.done.show_result(result)
        self.go_to(DONE)
        self._changed = True
        self.imported.emit()
        self.shell.saved()
        if result.batch_id:
            label_, batch = N_("The file was imported"), result.batch_id
            self.shell.undo.did(label_, undo=lambda: self._undo_from_window(batch))

    def _undo_from_window(self, batch_id: int) -> None:
        """Ctrl+Z after the dialog is gone: the owner is the shell."""
        from coachdesk.services import imports

        shell = self.shell
        desk = shell.desk
        shell.jobs.run(lambda: imports.undo(desk, batch_id), then=lambda _ids: shell.saved(), owner=shell)

    def _undo_last(self) -> None:
        if self.outcome is not None and self.outcome.batch_id:
            self.undo(self.outcome.batch_id)

    def _undone(self, _trainees: object) -> None:
        self.problem.setText("")
        self.shell.saved()
        self.imported.emit()
        if self.step == DONE:
            self.pages.done.show_undone()
        self._load_batches()

    def _refused(self, problem: Problem) -> None:
        self.problem.setText(say(problem))
        self._allow()

    def _load_batches(self) -> None:
        desk = self.shell.desk

        def read() -> tuple[Any, ...]:
            from coachdesk.services import imports

            return imports.batches(desk)

        self.shell.jobs.run(read, then=self.pages.file.show_batches, lane="reading", owner=self)

    def _decided(self) -> None:
        self.problem.setText("")
        self._allow()

    def _allow(self) -> None:
        stopped = self.step == PREVIEW and not self.pages.preview.may_go_on
        self.next.setEnabled(not stopped)
        if stopped:
            self.problem.setText(_("Correct the file, or leave the rows with an error out."))

    def _name_step(self) -> None:
        step = self.step
        name = self.found.file_name if self.found and step in (COLUMNS, PREVIEW) else ""
        self.title.setText(name or _("Import a spreadsheet"))
        self.steps.setText(" · ".join(f"▸ {_(s)}" if at == step else _(s) for at, s in enumerate(STEPS)))
        verbs = (_("Choose a file"), _("Show what would happen"), _("Import"), _("Close"))
        self.next.setText(verbs[step])
        self.next.setVisible(step != FILE)
        self.back.setVisible(step in (COLUMNS, PREVIEW))
        self.leave.setVisible(step != DONE)
        self.leave.setText(_("Close") if step == FILE else _("Cancel"))
        self._allow()

    def _size_to(self, parent: QWidget | None) -> None:
        window = parent.window() if parent else None
        room = window.size() if window else self.screen().availableSize()
        self.resize(min(1080, max(560, room.width() - 40)), min(640, max(280, room.height() - 40)))


def _dropped(event: QDropEvent) -> Path | None:
    """The one local file that is dragged."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


def _chosen(made: Corrections) -> dict[str, Any]:
    """What was chosen before, as ``preview`` takes it."""
    month = date.fromisoformat(made.month) if made.month else None
    return {"kind": made.kind, "mapping": made.mapping, "sheet": made.sheet, "month": month}


def open_import(shell: Shell, parent: QWidget, then: Callable[[], object] | None = None) -> ImportDialog:
    """Open the import over a screen; ``then`` is called when the desk has changed."""
    dialog = ImportDialog(shell, parent)
    if then is not None:
        dialog.imported.connect(lambda: then())
    dialog.open()
    return dialog
