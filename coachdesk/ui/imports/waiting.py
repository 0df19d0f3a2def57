"""What is shown while a file is read for longer than a moment: how far it is, and a way to stop."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from coachdesk.i18n import N_
from coachdesk.ui.screen import Spoken
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.words import label

PATIENCE_MS = 1000


class Waiting(QWidget, Spoken):
    """Unseen for the first second; ``stopped`` is the coach's wish."""

    stopped = Signal()

    def __init__(
        self,
        said: str = N_("Reading the file. The desk stays as it is."),
        far: str = N_("How much is read"),
        stop: str = N_("Stop reading"),
    ) -> None:
        super().__init__()
        self.said, self.cancel = label("", "secondary"), Button(kind="flat")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(8)
        self.word(self.said.setText, said)
        self.word(self.bar.setAccessibleName, far)
        self.word(self.cancel.setText, stop)
        self.cancel.clicked.connect(self.stopped)
        row = row_of(self.said, self.bar, self.cancel, spacing=12)
        row.setStretch(1, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(row)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self.show)
        self.hide()

    def begin(self) -> None:
        """A file is being read from now on."""
        self._patience.start()

    def end(self) -> None:
        """It was read, or cannot be."""
        self._patience.stop()
        self.hide()

    def show_progress(self, done: int, total: int) -> None:
        """How far it is."""
        self.bar.setMaximum(total)
        self.bar.setValue(done)
