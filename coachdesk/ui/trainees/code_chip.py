"""The identity code as dots, shown whole for fifteen seconds to whoever asks; each look is logged."""

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from coachdesk.domain.identity_code import MASKED
from coachdesk.i18n import _
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import ToolButton
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.pictures import Chip

SHOWN = 15_000  # ms
COPIED = 20_000  # ms until the clipboard is emptied


class CodeChip(QWidget):
    """Dots and an eye; nothing for a person without a code."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.trainee_id: int | None = None
        self.chip = Chip(MASKED, "neutral", "eye-off")
        self.eye = ToolButton("eye", size=16)
        self.copy = ToolButton("copy", size=16)
        self.eye.clicked.connect(self.ask)
        self.copy.clicked.connect(self._copy)
        self.setLayout(row_of(self.chip, self.eye, self.copy, spacing=6))
        self.hiding = QTimer(self, singleShot=True, interval=SHOWN)
        self.hiding.timeout.connect(self.hide_code)
        self.copy.hide()
        self.emptying = QTimer(self, singleShot=True, interval=COPIED)
        self.emptying.timeout.connect(self._empty)
        self._copied = ""
        self.retranslate()

    def wait(self) -> None:
        """Dots of nobody while another page is read: there is nothing to ask for."""
        self.trainee_id = None
        self.hide_code()

    def show_trainee(self, trainee_id: int, has_code: bool) -> None:
        """Dots for somebody."""
        self.trainee_id = trainee_id
        self.hide_code()
        if self.parentWidget() is None:  # not in the head yet: told to be seen, it would be a window
            self.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, not has_code)
        elif self.isHidden() == has_code:  # each change lays the head of the window out anew
            self.setVisible(has_code)

    def retranslate(self) -> None:
        """Write the words in the screen's language."""
        self.eye.set_words(_("Show the identity code"))
        self.copy.set_words(_("Copy the identity code"))

    def ask(self) -> None:
        """Read and show the code; hide it when it is shown already."""
        from coachdesk.services import trainees

        if self.hiding.isActive():
            self.hide_code()
        elif self.trainee_id is not None:
            work = partial(trainees.show_code, self.shell.desk, self.trainee_id)
            asked = self.trainee_id
            self.shell.jobs.run(work, then=lambda code: self._show(asked, code), owner=self)

    def _show(self, asked: int, code: str) -> None:
        if asked == self.trainee_id:
            self.chip.set_state(code, "warn", "eye")
            self.copy.show()
            self.hiding.start()

    def hide_code(self) -> None:
        """Dots again."""
        if self.chip.text() == MASKED:  # hidden at each leaving: nothing is drawn anew for nothing
            return
        self.hiding.stop()
        self.chip.set_state(MASKED, "neutral", "eye-off")
        self.copy.hide()

    def _copy(self) -> None:
        self._copied = self.chip.text()
        QGuiApplication.clipboard().setText(self._copied)
        self.emptying.start()
        self.shell.notices.say(_("Copied. The clipboard is emptied in 20 seconds."))

    def _empty(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if self._copied and clipboard.text() == self._copied:
            clipboard.clear()
        self._copied = ""
