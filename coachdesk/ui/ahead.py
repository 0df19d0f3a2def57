"""What was read ahead: the page of the person chosen in a list, until it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from coachdesk.services.trainees import Ahead
    from coachdesk.ui.shell import Shell


class ReadAhead(QObject):
    """Keeps one page; none of somebody who was removed, and none when the desk is locked."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._kept: Ahead | None = None
        shell.keeping.connect(self.forget)
        shell.removed.connect(self.take)

    def keep(self, ahead: Ahead) -> None:
        """Keep what was read, in place of what was kept before."""
        if self._shell.is_open:
            self._kept = ahead

    def take(self, trainee_id: int) -> Ahead | None:
        """What was read of somebody, once; whether it holds still is for the service to say."""
        if self._kept is None or self._kept.page.trainee.id != trainee_id:
            return None
        found, self._kept = self._kept, None
        return found

    def forget(self) -> None:
        """Keep nothing."""
        self._kept = None
