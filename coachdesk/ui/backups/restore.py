"""Restoring a backup: which one, what opens it, and what then stands where.

Opened where no desk is open: over the unlock window, or over the first run of a new computer.
"""

import threading
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QListWidget,
    QProgressBar,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coachdesk.errors import Problem, Refused
from coachdesk.i18n import N_, _, current, say
from coachdesk.ui import theme
from coachdesk.ui.screen import Dialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.unlock.groups import GroupFields
from coachdesk.ui.unlock.passphrase import PassphraseEdit
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.field import Field
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.segmented import Segmented
from coachdesk.ui.widgets.words import heading, label

WAYS = {"passphrase": N_("Passphrase"), "sheet": N_("Recovery sheet")}
MEGABYTE = 1_000_000


class RestoreDialog(Dialog):
    """``restored`` tells that a desk stands in the folder now."""

    restored = Signal(object)  # services.restore.Restored
    progressed = Signal(int, int)  # from the lane to this thread

    def __init__(self, shell: Shell, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.folder = folder
        self.sheets: list[Any] = []
        self.known: Any = None
        self._problem: Exception | None = None
        self._stop = threading.Event()
        self._working = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle("CoachDesk")
        self.heading, self.lead = heading(wrap=True), label("", "secondary", wrap=True)
        self.problem = Notice("danger")
        self.problem.hide()
        self.pages = QStackedWidget()
        self.pages.addWidget(self._build_choice())
        self.outcome = label("", "body", wrap=True)
        self.pages.addWidget(self.outcome)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.go_on, self.back = Button(kind="primary", icon="archive"), Button()
        self.go_on.clicked.connect(self.restore)
        self.back.clicked.connect(self.reject)
        self.progressed.connect(self._show_progress)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(10)
        for part in (self.heading, self.lead):
            box.addWidget(part)
        box.addWidget(self._scrolled(self.pages), 1)
        box.addWidget(self.problem)
        box.addWidget(self.bar)
        box.addLayout(row_of(None, self.back, self.go_on, spacing=12))
        self.resize(620, 560)
        self.retranslate()
        self._look()

    def _build_choice(self) -> QWidget:
        page = QWidget()
        page.setProperty("screen", True)
        self.list = QListWidget()
        self.list.setTabKeyNavigation(False)
        self.list.setFixedHeight(theme.px(106))
        self.list_field = Field(self.list)
        self.none = label("", "secondary", wrap=True)
        self.file_button = Button(icon="folder-open")
        self.file_button.clicked.connect(self.ask)
        self.way = Segmented(tuple(WAYS))
        self.way.choose("passphrase")
        self.way.picked.connect(self._show_way)
        self.passphrase = PassphraseEdit()
        self.passphrase.returnPressed.connect(self.restore)
        self.phrase_field = Field(self.passphrase)
        self.groups = GroupFields(columns=4)
        self.secrets = QStackedWidget()
        holder = QWidget()
        holder.setLayout(column_of(self.phrase_field, None))
        self.secrets.addWidget(holder)
        self.secrets.addWidget(self.groups)
        for signal in (self.passphrase.textChanged, self.groups.changed, self.list.currentRowChanged):
            signal.connect(lambda *_told: self._show_state())
        page.setLayout(
            column_of(
                self.list_field,
                self.none,
                row_of(self.file_button, None),
                8,
                row_of(self.way, None),
                self.secrets,
                None,
            )
        )
        self.word(self.list_field.set_caption, N_("Which backup"))
        self.word(
            self.none.setText, N_("None lies beside the desk. Choose the file from a stick or a share.")
        )
        self.word(self.file_button.setText, N_("Choose the file…"))
        self.word(self.phrase_field.set_caption, N_("Passphrase of the day it was made"))
        return page

    def retranslate(self) -> None:
        super().retranslate()
        self.way.set_words({key: _(name) for key, name in WAYS.items()})
        self.way.setAccessibleName(_("What opens the backup"))
        self.bar.setAccessibleName(_("Progress of restoring"))
        for row, sheet in enumerate(self.sheets):
            self.list.item(row).setText(_words_of(sheet))
        self.problem.set_text(say(self._problem) if isinstance(self._problem, Problem) else "")
        self.problem.setVisible(self._problem is not None)
        self._show_state()

    def _look(self) -> None:
        from coachdesk.services import backups_found

        folder = self.folder
        self.shell.jobs.run(
            lambda: backups_found.backups_of(folder), then=self.show_backups, lane="outside", owner=self
        )

    def show_backups(self, sheets: tuple[Any, ...]) -> None:
        """Show what was found beside the desk, after a file that was chosen meanwhile."""
        for sheet in sheets:
            self._add(sheet)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self._show_state()
        if self.sheets:
            self._secret_widget().setFocus()

    def ask(self) -> None:
        """Choose a file."""
        kind = f"{_('Backups')} (*.backup)"
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose the file…"), "", f"{kind};;* (*)")
        if name:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        """Look at a file and choose it; what is no backup is told at once."""
        from coachdesk.services import backups_found

        folder = self.folder

        def look() -> Any:
            sheet = backups_found.look_at(path)
            backups_found.refuse_wrong_place(path, folder)
            return sheet

        self._tell(None)
        self.shell.jobs.run(look, then=self._taken, failed=self._tell, lane="outside", owner=self)

    def _taken(self, sheet: Any) -> None:
        self._add(sheet, first=True)
        self.list.setCurrentRow(0)
        self._secret_widget().setFocus()

    def restore(self) -> None:
        """Restore the chosen backup; after that, close."""
        if self.known is not None:
            self.accept()
            return
        if not self.go_on.isEnabled():
            return
        from coachdesk.services import restore

        sheet, folder, clock = self.sheets[self.list.currentRow()], self.folder, self.shell.clock
        if self.way.chosen == "sheet":
            secret = restore.Secret(groups=self.groups.groups)
        else:
            secret = restore.Secret(passphrase=self.passphrase.take())
        self._stop = threading.Event()
        told, stopped = self.progressed.emit, self._stop.is_set
        self._tell(None)
        self._show_working(True)
        self.shell.jobs.run(
            lambda: restore.restore(
                sheet.path, folder, secret, clock=clock, progress=told, cancelled=stopped, **self.more
            ),
            then=self._restored,
            failed=self._refused,
            lane="outside",
            owner=self,
        )

    more: dict[str, Any] = {}  # only tests lower the floor of keys

    def _restored(self, done: Any) -> None:
        from coachdesk.services import restore_wording

        self.known = done
        self.groups.forget()
        self._show_working(False)
        self.outcome.setText("\n\n".join(restore_wording.lines(done)))
        self.pages.setCurrentWidget(self.outcome)
        self._show_state()
        self.go_on.setFocus()
        self.restored.emit(done)

    def _refused(self, problem: Exception) -> None:
        self._show_working(False)
        field = getattr(problem, "field", None) or ""
        if field.startswith("group") and isinstance(problem, Refused):
            self.groups.blame(int(field.removeprefix("group")), say(problem))
            problem_ = None
        else:
            problem_ = problem
        self._tell(problem_)
        self._secret_widget().setFocus()

    def reject(self) -> None:
        """Stop what runs; else leave all as it was."""
        if self._working:
            self._stop.set()
            return
        self.passphrase.forget()
        self.groups.forget()
        super().reject()

    def _tell(self, problem: Exception | None) -> None:
        self._problem = problem
        self.problem.set_text(say(problem) if isinstance(problem, Problem) else "")
        self.problem.setVisible(problem is not None)

    def _add(self, sheet: Any, *, first: bool = False) -> None:
        if any(other.path == sheet.path for other in self.sheets):
            return
        at = 0 if first else len(self.sheets)
        self.sheets.insert(at, sheet)
        self.list.insertItem(at, _words_of(sheet))

    def _secret_widget(self) -> QWidget:
        return self.groups.first_open if self.way.chosen == "sheet" else self.passphrase

    def _show_way(self, _way: str) -> None:
        self.secrets.setCurrentIndex(int(self.way.chosen == "sheet"))
        self._show_state()
        self._secret_widget().setFocus()

    def _show_state(self) -> None:
        done = self.known is not None
        self.heading.setText(_("The backup is restored") if done else _("Restore from a backup"))
        self.lead.setText(
            ""
            if done
            else _("Nothing is overwritten: data that lie here now are set aside in a folder of their own.")
        )
        self.lead.setVisible(not done)
        self.list_field.setVisible(bool(self.sheets))
        self.none.setVisible(not self.sheets)
        typed = self.groups.complete if self.way.chosen == "sheet" else bool(self.passphrase.text())
        ready = bool(self.sheets) and self.list.currentRow() >= 0 and typed
        self.go_on.setEnabled(done or (ready and not self._working))
        self.go_on.setText(_("Go on") if done else _("Restore"))
        self.back.setText(_("Stop") if self._working else _("Leave"))
        self.back.setVisible(not done)

    def _show_working(self, working: bool) -> None:
        self._working = working
        self.bar.setRange(0, 0)
        self.bar.setVisible(working)
        self.pages.setEnabled(not working)
        self._show_state()
        if working:
            self.back.setFocus()

    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _scrolled(self, inner: QWidget) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        return area


def _words_of(sheet: Any) -> str:
    """15.12.2026 klo 9.14 · Mallipaja · 0,8 Mt."""
    words = current()
    made: datetime = sheet.made
    size = words.fill(N_("{size} MB"), size=words.number(round(max(sheet.size / MEGABYTE, 0.1), 1)))
    return " · ".join(filter(None, (words.moment(made), sheet.workshop, size)))
