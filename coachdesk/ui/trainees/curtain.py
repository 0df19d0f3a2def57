"""A page behind its curtain: laid out while its line of the log is written, seen when that is on the disk."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

PATIENCE = 150  # ms that the page before stands still while another is read; then it is taken away


class Curtain(QObject):
    """Holds the painting of a page back; ``emptied`` is called when the reading takes long."""

    def __init__(self, page: QWidget, emptied: Callable[[], object]) -> None:
        super().__init__(page)
        self._page, self._emptied = page, emptied
        self.closed = False
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self.give_up)

    def close(self, *, waiting: bool = False) -> None:
        """Paint nothing of the page from now on; ``waiting`` for what it shows is not endless."""
        if waiting:
            self._patience.start()
        else:
            self._patience.stop()
        if not self.closed:
            self.closed = True
            self._page.setUpdatesEnabled(False)

    def open(self) -> None:
        """Paint the page as it is now."""
        self._patience.stop()
        if self.closed:
            self.closed = False
            self._page.setUpdatesEnabled(True)

    def give_up(self) -> None:
        """What is waited for does not come soon or not at all: nothing of the page before stays in sight."""
        self._emptied()
        self.open()
