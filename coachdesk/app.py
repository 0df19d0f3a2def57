"""The window's life: settings, clock, lanes and the window joined; unlock, inside, lock.

What is imported above is what the unlock window needs; all else comes in a thread after its first
paint.  Until then nothing names ``QtCore.Qt``: that makes all its enumerations, an eighth of the start.
Everything that goes wrong unseen ends at the one door, ``notices``.
"""

# ruff: noqa: E402
from __future__ import annotations

import gc

gc.disable()  # the window collects at its own hours (``Tidying``), and nothing made by the start is rubbish

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from coachdesk import settings as settings_file
from coachdesk.clock import Clock, SystemClock
from coachdesk.settings import Settings
from coachdesk.ui import theme
from coachdesk.ui.asked_to_end import end_when_asked
from coachdesk.ui.backups.watch import Watch
from coachdesk.ui.dressing import Dressing
from coachdesk.ui.jobs import InlineJobs, Jobs
from coachdesk.ui.kept_dialogs import KeptDialogs
from coachdesk.ui.main_window import MainWindow
from coachdesk.ui.mistakes import error_log, keep_error_log, watch_for_mistakes
from coachdesk.ui.notices import WindowNotices
from coachdesk.ui.shell import Shell
from coachdesk.ui.tidying import Tidying, keep
from coachdesk.ui.unlock.screen import UnlockScreen

if TYPE_CHECKING:
    from datetime import datetime

    from coachdesk.services.desk import Desk
    from coachdesk.ui.guard import Guard
    from coachdesk.ui.inside import Inside
    from coachdesk.ui.sync.line_watch import LineWatch


TYPING = 0.5  # seconds after a key in which another is expected


class App(QObject):
    """One run of the window; the tour and the bench drive it too.

    ``opened`` tells that Today is shown, ``locked`` that the unlock screen is.
    """

    opened = Signal()
    locked = Signal()
    _broke = Signal(object)

    def __init__(
        self,
        application: QApplication,
        folder: Path,
        *,
        clock: Clock | None = None,
        settings: Settings | None = None,
        jobs: Jobs | InlineJobs | None = None,
    ) -> None:
        super().__init__()
        self.application, self.folder = application, folder
        self.clock = clock or SystemClock()
        self.settings = settings or settings_file.load()
        self._dressing = Dressing(application, self.settings)
        self.notices = WindowNotices(error_log=error_log())
        self.jobs = jobs or Jobs(self.notices, self)
        self.shell = Shell(
            jobs=self.jobs, notices=self.notices, clock=self.clock, settings=self.settings, parent=self
        )
        self.window = MainWindow(self.shell)
        self.notices.window = self.window
        self.window.locking.connect(self.lock)
        self.shell.locking.connect(self.lock)
        self.shell.restoring.connect(self.restore)
        self.watch = Watch(self.shell, self)
        self.window.closing.connect(self.close_desk)
        self.shell.settings_changed.connect(self._follow)
        application.styleHints().colorSchemeChanged.connect(lambda _scheme: self._dressing.renew())
        self._broke.connect(lambda error: self.notices.show(error))
        self.guard: Guard | None = None  # from the first opening on
        self._coach_id = 0
        self._was_open = False  # ever: what is there then is more than modules
        self._untold: list[Exception] = []  # what went wrong while the desk was locked
        self._dialogs = KeptDialogs(application)
        self._kept: tuple[int, datetime, int] | None = None  # drafts of who locked: how many, when, whose
        Tidying(self, self._is_typing)

    def start(self, passphrase: str | None = None) -> None:
        """Show the door of the desk, or the first run where there is no desk; ``passphrase`` opens it."""
        there = any((self.folder / name).exists() for name in ("desk.db", "desk.keys"))
        if there or self._finished_restoring():
            self._show_unlock(passphrase)
        else:
            self._show_first_run(None)
        self.window.show()

    def open(self, desk: Desk) -> None:
        """Let the coach in; where the first run was left, go on with it."""
        from coachdesk.services import first_run

        self._was_open = True
        self.shell.desk = desk
        self.shell.clock = desk.clock
        if first_run.first_run_step(desk):
            self._show_first_run(desk)
        else:
            self._show_inside()

    def lock(self) -> None:
        """Keep what is typed, finish saving, close the desk, show the door; the same page comes back."""
        if self.shell.is_open:
            self.window.cover()
            self.notices.holding = True
            try:
                self.close_desk()
            finally:
                self.notices.holding = False
                self._show_unlock(None)
                self.locked.emit()

    def restore(self) -> None:
        """Lock, and let a backup take the place of the desk, which is set aside."""
        from coachdesk.ui.backups.restore import RestoreDialog

        self.lock()
        dialog = RestoreDialog(self.shell, self.folder, self.window)
        dialog.restored.connect(lambda _done: self._take_restored())
        dialog.open()

    def _take_restored(self) -> None:
        """Another desk stands in the folder: nothing of the former one is shown again."""
        self.window.forget_inside()
        self._dialogs.forget()
        self._coach_id, self._kept = 0, None
        self._show_unlock(None)

    def _finished_restoring(self) -> bool:
        """Whether a restored desk waited for its last step, which is made now."""
        if not any(self.folder.parent.glob(f".{self.folder.name}.restored-*")):
            return False
        from coachdesk.services import restore

        restore.finish_restoring(self.folder)
        return self.folder.exists()

    def close_desk(self) -> None:
        """Keep what is typed, finish saving, let go of the keys: that too where the rest goes wrong."""
        if self.shell.is_open:
            desk = self.shell.desk
            try:
                self._finish(desk)
            finally:
                self.shell.closing = False
                self._let_go(desk)

    def _finish(self, desk: Desk) -> None:
        from coachdesk.services import drafts

        if self.guard is not None:
            self.guard.end()
        self._dialogs.close()
        self.shell.closing = True
        self._kept, inside = None, self.window.inside
        if inside is not None and inside.screen_shown is not None:
            inside.screen_shown.leave()
        self.shell.keeping.emit()
        self.jobs.drain("desk")
        self.jobs.drain("reading")
        kept = drafts.all_of_coach(desk)  # the newest first
        self._kept = (len(kept), kept[0].at, desk.coach_id) if kept else None

    def _let_go(self, desk: Desk) -> None:
        from coachdesk.services import backups, names, open_offers
        from coachdesk.ui import viewer

        self.shell.desk = None
        self.shell.ahead.forget()  # once more: what was being read came when the lanes were drained
        try:
            self.shell.undo.clear()
            names.forget(desk)
            open_offers.forget(desk)
            viewer.wipe()
            backup = backups.at_lock(desk)
        finally:
            desk.close()
        if backup is not None:  # it has no key of the desk: carried out while the door is shown
            self.jobs.run(backup, failed=self._untold.append, lane="outside")

    def _is_typing(self) -> bool:
        return self.guard is not None and self.guard.idle.touched_within(TYPING)

    def broke(self, error: BaseException) -> None:
        """A mistake that nobody took, from any thread."""
        self._broke.emit(error)

    def _show_unlock(self, passphrase: str | None) -> None:
        door = UnlockScreen(self.shell, self.folder, opener=self._opener())
        door.opened.connect(self.open)
        door.painted.connect(self._after_paint)
        if self._kept is not None:
            door.remember_kept(*self._kept)
        self.window.show_door(door)
        if passphrase is not None:
            door.passphrase.setText(passphrase)
            QTimer.singleShot(0, door, door.open_desk)

    def _show_first_run(self, desk: Desk | None) -> None:
        from coachdesk.ui.first_run.screen import FirstRunScreen

        self._dressing.complete()
        screen = FirstRunScreen(self.shell, self.folder, desk=desk)
        screen.finished.connect(self._finish_first_run)
        self.window.show_door(screen)

    def _finish_first_run(self, desk: Desk) -> None:
        self._was_open = True
        self.shell.desk = desk
        self._show_inside()

    def _show_inside(self) -> None:
        from coachdesk.services import workshops

        self._dressing.complete()
        desk = self.shell.desk
        if desk.coach_id != self._coach_id:
            self.window.forget_inside()
            self._dialogs.forget()
            self._coach_id = desk.coach_id
        names = [shop.name(self.shell.settings.language) for shop in workshops.all_workshops(desk)]
        inside = self.window.show_inside(names[0] if names else "")
        inside.nav.show_coach(workshops.coach(desk).name)
        if inside.now is None:
            self.shell.go("today")
            inside.show_health()
        else:
            inside.return_()
        self._dialogs.show()
        self.watch.start()
        self._line().start()
        self._tell_what_was(inside)
        self._guarded().begin(self.settings)
        self.opened.emit()
        self.notices.tell_held()

    def _line(self) -> LineWatch:
        if self.shell.line is None:
            from coachdesk.ui.sync.line_watch import LineWatch

            self.shell.line = LineWatch(self.shell, self)
        return self.shell.line

    def _guarded(self) -> Guard:
        if self.guard is None:
            from coachdesk.ui.guard import Guard

            self.guard = Guard(self.application, self.shell, self.window, self)
            self.guard.locking.connect(self.lock_from_outside)
        return self.guard

    def lock_from_outside(self) -> None:
        """Nobody is there: lock, or where it is locked forget what is half typed."""
        if self.shell.is_open:
            self.lock()
        else:
            self.window.forget_typed()

    def _tell_what_was(self, inside: Inside) -> None:
        """Say once what came while the desk was shut, and what is odd around it."""
        from coachdesk.ui.what_was import what_was

        untold, self._untold = self._untold, []
        for problem in untold:
            self.notices.show(problem)
        if said := what_was(self.shell.desk, untold):
            inside.show_notice("warn", said)

    def _opener(self) -> Callable[[Path, str], Desk]:
        clock = self.clock

        def opener(folder: Path, passphrase: str, coach_id: int | None = None) -> Desk:
            from coachdesk.services.opening import open_desk

            return open_desk(folder, passphrase=passphrase, clock=clock, coach_id=coach_id)

        return opener

    def _after_paint(self) -> None:
        self._dressing.complete()
        self._fetch()

    def _fetch(self) -> None:
        """Import what the inside needs while the coach types."""

        day, language = self.clock.today(), self.settings.language

        def fetch() -> None:
            from coachdesk.ui import beforehand, viewer

            viewer.wipe()  # what a killed program left

            beforehand.first()
            from coachdesk.services import today

            today.read_ahead(day, language)

        self.jobs.run(fetch, then=lambda _done: self._fetch_rest(), lane="outside")

    def _fetch_rest(self) -> None:
        from coachdesk.ui import beforehand

        self._keep()
        rest = partial(beforehand.rest, lambda: not self._was_open)
        self.jobs.run(rest, then=lambda new: self._keep(again=new), lane="outside")

    def _keep(self, *, again: bool = False) -> None:
        """Never once a desk was open: nothing of it would be collected any more."""
        if not self._was_open and not self.shell.is_open:
            keep(again=again)

    def _follow(self, settings: Settings) -> None:
        self.settings = settings
        self._dressing.follow(settings)


def run_window(
    desk_folder: Path | None = None, clock: Clock | None = None, passphrase: str | None = None
) -> int:
    """Open the window and stay until it is closed; the exit code."""
    keep_error_log()
    application = make_application()
    settings = settings_file.load()
    folder = desk_folder or Path(settings.desk or settings_file.default_desk())
    app = App(application, Path(folder).absolute(), clock=clock, settings=settings)
    watch_for_mistakes(app.broke)
    end_when_asked(application)
    app.window.restore_place_on_screen()
    app.start(passphrase)
    code = application.exec()
    app.close_desk()
    app.jobs.stop()
    return code


def make_application() -> QApplication:
    """The one application, with its name and picture."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        application = found
    else:
        before = qInstallMessageHandler(_end_without_display)
        application = QApplication([sys.argv[0], "-style", theme.STYLE])
        qInstallMessageHandler(before)
        application.setProperty("born", theme.STYLE)
    application.setApplicationName("CoachDesk")
    application.setDesktopFileName("coachdesk")
    return application


def _end_without_display(kind: object, _context: object, _message: str) -> None:
    """What Qt says while the application is made: it would abort where the display does not answer."""
    from PySide6.QtCore import QtMsgType

    if kind == QtMsgType.QtFatalMsg:
        from coachdesk import i18n

        message = i18n.N_("The display for the window does not answer. Use one of the commands.")
        sys.stderr.write(i18n.current()._(message) + "\n")
        sys.stderr.flush()
        os._exit(1)
