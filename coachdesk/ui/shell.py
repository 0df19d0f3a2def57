"""What a screen may reach: the open desk, the lanes, the door for notices, undo, and the way elsewhere.

Usage::

    self.shell.go("trainees", trainee_id=12, tab="notes")   # a place of navigation.PLACES
    self.shell.saved()                                        # health line: Saved 9.14
    self.shell.change_settings(language="sv")                 # saved, announced, window follows

Tests build one with ``Shell(desk=desk, jobs=InlineJobs(recorder), notices=recorder, clock=clock)`` and
read where a screen went from ``shell.gone``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from coachdesk import settings as settings_file
from coachdesk.clock import Clock, SystemClock
from coachdesk.errors import Trouble
from coachdesk.i18n import N_
from coachdesk.settings import Settings
from coachdesk.ui import theme
from coachdesk.ui.ahead import ReadAhead
from coachdesk.ui.undo import Undo

if TYPE_CHECKING:
    from coachdesk.services.desk import Desk
    from coachdesk.ui.going import Going
    from coachdesk.ui.jobs import InlineJobs, Jobs
    from coachdesk.ui.notices import Notices
    from coachdesk.ui.sync.line_watch import LineWatch

BACKUPS = "backups"  # a section of Settings that is gone to from everywhere


@cache
def _going() -> type[Going]:
    """Imported at the first step and asked for once: even an import that is done takes a while."""
    from coachdesk.ui.going import Going

    return Going


class Shell(QObject):
    """The part of the window that screens know."""

    going = Signal(object)  # Going
    going_back = Signal()
    saved_at = Signal(object)  # datetime
    settings_changed = Signal(object)  # Settings
    locking = Signal()  # the coach wants to lock, from wherever the keys are
    restoring = Signal()  # the coach wants to restore a backup: the desk is locked first
    keeping = Signal()  # the desk will be locked: hand what is typed to the saving lane
    removed = Signal(int)  # a trainee is no longer on the desk: no way leads there
    health_changed = Signal()  # something was queued, sent or acknowledged
    queued = Signal()  # something more may leave now, or must be withdrawn
    sending_asked = Signal()  # a person wants it sent now
    titled = Signal()  # the title or subtitle of the page changed
    grown = Signal()  # a part of the page shown was made just now

    def __init__(
        self,
        *,
        desk: Desk | None = None,
        jobs: Jobs | InlineJobs,
        notices: Notices,
        clock: Clock | None = None,
        settings: Settings | None = None,
        save_settings: Callable[[Settings], None] = settings_file.save,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.jobs = jobs
        self.notices = notices
        self.clock = clock or SystemClock()
        self.settings = settings or Settings()
        self.undo = Undo(self)
        self.ahead = ReadAhead(self)
        self.line: LineWatch | None = None  # sends by network while the desk is open
        self.theme = theme
        self.gone: list[Going] = []
        self.closing = False  # the desk is being locked: what comes now opens no dialog over the door
        self._save_settings = save_settings

    @property
    def desk(self) -> Desk:
        """The open desk; only while it is unlocked."""
        assert self._desk is not None, "the desk is locked"
        return self._desk

    @desk.setter
    def desk(self, desk: Desk | None) -> None:
        self._desk = desk

    @property
    def is_open(self) -> bool:
        """Whether the desk is unlocked."""
        return self._desk is not None

    def go(self, place: str, trainee_id: int | None = None, tab: str | None = None, hint: Any = None) -> None:
        """Go to a place, or with a trainee to that person's page."""
        if place == "trainees" and trainee_id is not None:
            place = "trainee"
        elif place == BACKUPS:
            place, hint = "settings", "BackupsSection"
        self.gone.append(_going()(place=place, trainee_id=trainee_id, tab=tab, hint=hint))
        del self.gone[:-50]
        self.going.emit(self.gone[-1])

    def back(self) -> None:
        """Go back to the former place as it was."""
        self.going_back.emit()

    def saved(self, at: datetime | None = None) -> None:
        """Tell that the last act lies on the disk."""
        self.saved_at.emit(at or self.clock.now())

    def change_settings(self, **changes: Any) -> None:
        """Change settings of this computer, keep them and say so; those that find no room hold for now."""
        self.settings = self.settings.with_(**changes)
        try:
            self._save_settings(self.settings)
        except OSError:
            unkept = N_(
                "The settings could not be kept on this computer. They hold until you close CoachDesk."
            )
            self.notices.show(Trouble(unkept))
        self.settings_changed.emit(self.settings)
