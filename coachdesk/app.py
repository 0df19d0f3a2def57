"""The window's life: settings, clock, lanes and the window joined; unlock, inside, lock.

What is imported above is what the unlock window needs; all else comes in a thread after its first
paint.  Until then nothing names ``QtCore.Qt``: that makes all its enumerations, an eighth of the start.
Everything that goes wrong unseen ends at the one door, ``notices``.
"""

# ruff: noqa: E402
from __future__ import annotations

import gc

gc.disable()  # the window collects at its own hours (``Tidying``), and nothing made by the start is rubbish

import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

from coachdesk import settings as settings_file
from coachdesk.clock import Clock, SystemClock
from coachdesk.settings import Settings
from coachdesk.ui import icons, theme
from coachdesk.ui.backups.watch import Watch
from coachdesk.ui.jobs import InlineJobs, Jobs
from coachdesk.ui.language import begin, use_language
from coachdesk.ui.main_window import MainWindow
from coachdesk.ui.notices import WindowNotices
from coachdesk.ui.shell import Shell
from coachdesk.ui.tidying import Tidying
from coachdesk.ui.unlock.screen import UnlockScreen

if TYPE_CHECKING:
    from coachdesk.domain.notes import Draft
    from coachdesk.services.desk import Desk
    from coachdesk.ui.guard import Guard
    from coachdesk.ui.inside import Inside
    from coachdesk.ui.sync.line_watch import LineWatch

ERROR_LOG, ERROR_LOG_BYTES = "errors.log", 256_000
_MODULES = ("coachdesk.ui.inside", "coachdesk.services.today", "coachdesk.ui.today.screen")


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
        theme.apply(application, self.settings, door=True)
        begin(self.settings.language)
        self.notices = WindowNotices(error_log=settings_file.config_folder() / ERROR_LOG)
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
        application.styleHints().colorSchemeChanged.connect(lambda _scheme: self._dress())
        self._broke.connect(lambda error: self.notices.show(error))
        self.guard: Guard | None = None  # from the first opening on
        self._coach_id = 0
        self._untold: list[Exception] = []  # what went wrong while the desk was locked
        self._waiting: list[tuple[QDialog, QWidget | None, int]] = []
        self._drafts: tuple[Draft, ...] = ()  # of the coach who locked, the newest first
        self._whole = False
        Tidying(self)

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

        self.shell.desk = desk
        self.shell.clock = desk.clock
        if first_run.first_run_step(desk):
            self._show_first_run(desk)
        else:
            self._show_inside()

    def lock(self) -> None:
        """Keep what is typed, finish saving, close the desk, show the door; the same page comes back."""
        if self.shell.is_open:
            self.close_desk()
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
        self._forget_dialogs()
        self._coach_id = 0
        self._show_unlock(None)

    def _finished_restoring(self) -> bool:
        """Whether a restored desk waited for its last step, which is made now."""
        if not any(self.folder.parent.glob(f".{self.folder.name}.restored-*")):
            return False
        from coachdesk.services import restore

        restore.finish_restoring(self.folder)
        return self.folder.exists()

    def close_desk(self) -> None:
        """Keep what is typed, finish saving, let go of the keys."""
        if not self.shell.is_open:
            return
        from coachdesk.services import backups, drafts, names
        from coachdesk.ui import viewer

        if self.guard is not None:
            self.guard.end()
        self._close_dialogs()
        inside, desk = self.window.inside, self.shell.desk
        if inside is not None and inside.screen_shown is not None:
            inside.screen_shown.leave()
        self.shell.keeping.emit()
        self.jobs.drain("desk")
        self.jobs.drain("reading")
        self._drafts = drafts.all_of_coach(desk)
        self.shell.desk = None
        self.shell.undo.clear()
        names.forget(desk)
        viewer.wipe()
        backup = backups.at_lock(desk)
        desk.close()
        if backup is not None:  # it has no key of the desk: carried out while the door is shown
            self.jobs.run(backup, failed=self._untold.append, lane="outside")

    def broke(self, error: BaseException) -> None:
        """A mistake that nobody took, from any thread."""
        self._broke.emit(error)

    def _show_unlock(self, passphrase: str | None) -> None:
        door = UnlockScreen(self.shell, self.folder, opener=self._opener())
        door.opened.connect(self.open)
        door.painted.connect(self._after_paint)
        if self._drafts:
            door.remember_kept(len(self._drafts), self._drafts[0].at)
        self.window.show_door(door)
        if passphrase is not None:
            door.passphrase.setText(passphrase)
            QTimer.singleShot(0, door, door.open_desk)

    def _show_first_run(self, desk: Desk | None) -> None:
        from coachdesk.ui.first_run.screen import FirstRunScreen

        self._complete()
        screen = FirstRunScreen(self.shell, self.folder, desk=desk)
        screen.finished.connect(self._finish_first_run)
        self.window.show_door(screen)

    def _finish_first_run(self, desk: Desk) -> None:
        self.shell.desk = desk
        self._show_inside()

    def _show_inside(self) -> None:
        from coachdesk.services import workshops

        self._complete()
        desk = self.shell.desk
        if desk.coach_id != self._coach_id:
            self.window.forget_inside()
            self._forget_dialogs()
            self._coach_id = desk.coach_id
        names = [shop.name(self.shell.settings.language) for shop in workshops.all_workshops(desk)]
        inside = self.window.show_inside(names[0] if names else "")
        inside.nav.show_coach(workshops.coach(desk).name)
        if inside.now is None:
            self.shell.go("today")
            inside.show_health()
        else:
            inside.return_()
        self._show_dialogs()
        self.watch.start()
        self._line().start()
        self._tell_what_was(inside)
        self._guarded().begin(self.settings)
        self.opened.emit()

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
        from coachdesk.errors import Problem
        from coachdesk.i18n import say

        untold, self._untold = self._untold, []
        for problem in untold:
            self.notices.show(problem)
        told = [problem for problem in untold if isinstance(problem, Problem)]
        said = [self._failed_tries(), *map(say, (*told, *self.shell.desk.take_odd()))]
        if any(said):
            inside.show_notice("warn", " ".join(filter(None, said)))

    def _failed_tries(self) -> str:
        """That somebody tried in vain to open the desk."""
        failed = self.shell.desk.take_failed()
        if not failed.wrong:
            return ""
        from datetime import datetime

        from coachdesk.i18n import current, ngettext

        sentence = ngettext(
            "One try to open the desk failed before you, {moment}. It is in the log.",
            "{count} tries to open the desk failed before you, the last {moment}. They are in the log.",
            failed.wrong,
        )
        moment = current().moment(datetime.fromisoformat(failed.last[-1].at)) if failed.last else ""
        return sentence.format(count=failed.wrong, moment=moment)

    def _opener(self) -> Callable[[Path, str], Desk]:
        clock = self.clock

        def opener(folder: Path, passphrase: str, coach_id: int | None = None) -> Desk:
            from coachdesk.services.opening import open_desk

            return open_desk(folder, passphrase=passphrase, clock=clock, coach_id=coach_id)

        return opener

    def _after_paint(self) -> None:
        self._complete()
        self._fetch()

    def _complete(self) -> None:
        """What the unlock window does without is made after its first paint.

        That is the rest of the style sheet, the computer's own wish of contrast, Qt's own words and the
        program's picture.
        """
        if not self._whole:
            self._whole = True
            theme.apply(self.application, self.settings)
            use_language(self.application, self.settings.language)
            self.application.setWindowIcon(icons.icon("briefcase", 32, "primary"))

    def _fetch(self) -> None:
        """Import what the inside needs while the coach types."""

        day, language = self.clock.today(), self.settings.language

        def fetch() -> None:
            from importlib import import_module

            from coachdesk.ui import viewer

            viewer.wipe()  # what a killed program left

            for name in _MODULES:
                import_module(name)
            from coachdesk.services import today

            today.read_ahead(day, language)

        self.jobs.run(fetch, lane="outside")

    def _follow(self, settings: Settings) -> None:
        if settings.language != self.settings.language:
            use_language(self.application, settings.language)
        self.settings = settings
        self._dress()

    def _dress(self) -> None:
        wanted = (
            "dark" if theme.wants_dark(self.application, self.settings) else "light",
            self.settings.text_size / 100,
        )
        if wanted != theme.look() or not theme.is_dressed():
            theme.apply(self.application, self.settings)

    def _close_dialogs(self) -> None:
        """A form waits unseen, with what it stands on; every other dialog is closed."""
        shown = [w for w in self.application.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
        staying = {w for form in shown if getattr(form, "stays", False) for w in (form, *_under(form))}
        for widget in shown:
            if widget in staying:
                self._waiting.append((widget, *_caret(widget)))
                widget.hide()
            else:
                widget.reject()

    def _show_dialogs(self) -> None:
        waiting, self._waiting = sorted(self._waiting, key=lambda kept: len(_under(kept[0]))), []
        for dialog, focus, caret in waiting:
            dialog.open()
            if isinstance(focus, QLineEdit):  # Qt chooses the whole text when a dialog is shown again
                focus.setCursorPosition(caret)

    def _forget_dialogs(self) -> None:
        waiting, self._waiting = self._waiting, []
        for kept in waiting:
            kept[0].deleteLater()


def _caret(dialog: QDialog) -> tuple[QWidget | None, int]:
    """What has the focus in a dialog, and where its caret is."""
    focus = dialog.focusWidget()
    return focus, focus.cursorPosition() if isinstance(focus, QLineEdit) else 0


def _under(dialog: QDialog) -> list[QDialog]:
    """The dialogs that a dialog stands on."""
    found, parent = [], dialog.parent()
    while parent is not None:
        if isinstance(parent, QDialog):
            found.append(parent)
        parent = parent.parent()
    return found


def run_window(
    desk_folder: Path | None = None, clock: Clock | None = None, passphrase: str | None = None
) -> int:
    """Open the window and stay until it is closed; the exit code."""
    keep_error_log()
    application = make_application()
    settings = settings_file.load()
    folder = desk_folder or Path(settings.desk or settings_file.default_desk())
    app = App(application, Path(folder).absolute(), clock=clock, settings=settings)
    watch_for_mistakes(app)
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
        application = QApplication([sys.argv[0], "-style", theme.STYLE])
        application.setProperty("born", theme.STYLE)
    application.setApplicationName("CoachDesk")
    application.setDesktopFileName("coachdesk")
    return application


def keep_error_log() -> None:
    """Errors and troubles go to a small file of this computer, without anything personal."""
    folder = settings_file.config_folder()
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / ERROR_LOG
    if kept.exists() and kept.stat().st_size > ERROR_LOG_BYTES:
        kept.replace(kept.with_suffix(".old.log"))
    handler = logging.FileHandler(kept, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger("coachdesk")
    logger.addHandler(handler)
    logger.propagate = False


def watch_for_mistakes(app: App) -> None:
    """Whatever is raised and taken by nobody ends at the one door."""

    def unseen(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        app.broke(error)

    sys.excepthook = unseen
    threading.excepthook = lambda told: app.broke(told.exc_value or RuntimeError())
