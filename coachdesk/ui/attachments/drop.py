"""Where files are dropped, with a button for those who use no mouse."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame

from coachdesk.i18n import _
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.pictures import Picture
from coachdesk.ui.widgets.words import label

ENDINGS = "*.pdf *.jpg *.jpeg *.png *.PDF *.JPG *.JPEG *.PNG"


class DropArea(QFrame):
    """Takes local files; tells their paths."""

    chosen = Signal(list)  # of Path

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.setProperty("drop", True)
        self.words = label("", "secondary", wrap=True)
        self.button = Button(kind="primary", icon="plus", key="Ctrl+N")
        self.button.clicked.connect(self.ask)
        row = row_of(Picture("file-import", 24, "control"), self.words, self.button, spacing=12)
        row.setStretch(1, 1)
        row.setContentsMargins(14, 10, 14, 10)
        self.setLayout(row)

    def retranslate(self) -> None:
        """Set the words."""
        self.words.setText(
            _("Drop scanned papers here: PDF, JPEG or PNG, 10 MB at most. They are kept encrypted.")
        )
        self.button.setText(_("Add a file…"))

    def ask(self) -> None:
        """Choose files in the system's dialog."""
        kinds = _("Papers and pictures")
        found, _kind = QFileDialog.getOpenFileNames(
            self, _("Add files"), str(Path.home()), f"{kinds} ({ENDINGS})"
        )
        if found:
            self.chosen.emit([Path(name) for name in found])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _local(event):
            self._mark(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark(False)
        if paths := _local(event):
            event.acceptProposedAction()
            self.chosen.emit(paths)

    def _mark(self, over: bool) -> None:
        self.setProperty("over", over)
        self.style().unpolish(self)
        self.style().polish(self)


def _local(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
