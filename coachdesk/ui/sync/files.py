"""The system's own questions for a file or a folder; tests answer in their place."""

from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QFileDialog, QWidget

from coachdesk.i18n import _


class Asks(Protocol):
    """What a page of sending asks of the person."""

    def folder(self, title: str) -> Path | None:
        """A folder to write into; None when nothing was chosen."""
        ...

    def file(self, title: str, kind: str) -> Path | None:
        """A file to read; ``kind`` is its name pattern."""
        ...


class FileDialogs:
    """The system's dialogs; the folder used last is offered first."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent
        self._last = ""

    def folder(self, title: str) -> Path | None:
        """A folder to write into."""
        return self._kept(QFileDialog.getExistingDirectory(self._parent.window(), title, self._last))

    def file(self, title: str, kind: str) -> Path | None:
        """A file to read."""
        kinds = f"{kind};;{_('All files')} (*)"
        name, _kind = QFileDialog.getOpenFileName(self._parent.window(), title, self._last, kinds)
        found = self._kept(name)
        if found is not None:
            self._last = str(found.parent)
        return found

    def _kept(self, name: str) -> Path | None:
        if name:
            self._last = name
        return Path(name) if name else None
