"""The hand of the tour: presses keys in the real window, waits for it, and keeps pictures of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QEventLoop,
    QMessageLogContext,
    QObject,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from coachdesk.clock import Clock
from coachdesk.errors import Trouble
from coachdesk.i18n import N_
from coachdesk.settings import Settings

NOISE = "This plugin does not support propagateSizeHints()"
LONGEST_WAIT = 60_000  # milliseconds that any step may take on a slow computer
NO_MODIFIER = Qt.KeyboardModifier.NoModifier


def _without_noise(_kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
    """What Qt tells on its own, but for what its screen without a display says at every new window."""
    if NOISE not in text:
        sys.stderr.write(text + "\n")


class Strays(QObject):
    """Sees a part of the window that is shown as a window of its own: it would take the keys away."""

    def __init__(self, application: QApplication, window: QWidget) -> None:
        super().__init__()
        self.window, self.seen = window, set[str]()
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102, N802 - Qt's own
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.windowType() == Qt.WindowType.Window
            and watched is not self.window
        ):
            self.seen.add(type(watched).__name__)
        return False


class Answers:
    """Stands for the system's own dialogs, which no picture shows: the file that would be chosen there."""

    def __init__(self, chosen: Path) -> None:
        self.chosen = chosen

    def file(self, _title: str, _kind: str) -> Path:
        """The file."""
        return self.chosen

    def folder(self, _title: str) -> Path:
        """The folder that it is in."""
        return self.chosen.parent


class Hand:
    """The window, and what drives it."""

    def __init__(self, out: Path, language: str, clock: Clock) -> None:
        from coachdesk.app import App, make_application

        self.out, self.clock, self.language = out, clock, language
        self.told_by_qt = qInstallMessageHandler(_without_noise)
        self.application = make_application()
        self.app = App(
            self.application, out / "desk", clock=clock, settings=Settings(language=language, theme="light")
        )
        self.window = self.app.window
        self.window.resize(1366, 688)
        self.number = 0
        self.strays = Strays(self.application, self.window)

    def end(self) -> None:
        """Close the desk and the window."""
        self.app.close_desk()
        self.app.jobs.stop()
        self.window.close()
        qInstallMessageHandler(self.told_by_qt)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """Press a key where the focus is; without a window manager nobody gives it back after a dialog."""
        if self.application.activeWindow() is None:
            self.window.activateWindow()
            self.settle()
        QTest.keyClick(self.application.focusWidget() or self.window, key, modifier)
        self.settle()

    def type(self, text: str) -> None:
        """Type a text where the focus is."""
        QTest.keyClicks(self.application.focusWidget() or self.window, text)

    def picture(self, name: str, widget: QWidget | None = None) -> None:
        """Keep a picture of the window."""
        self.settle()
        self.number += 1
        file = self.out / "pictures" / f"{self.number:02d}-{name}-{self.language}.png"
        dialog = self.application.activeModalWidget()
        shown = widget or (dialog if isinstance(dialog, QDialog) else self.window)
        if not shown.grab().save(str(file)):
            raise Trouble(N_("The picture {name} could not be written."), name=file.name)

    def dialog(self, name: str, dialog: QDialog) -> None:
        """Show a window over the window, keep a picture of it, and leave it."""
        dialog.show()
        self.picture(name, dialog)
        dialog.reject()
        self.settle()

    def settle(self) -> None:
        """Let every lane and every event come to rest."""
        for _round in range(3):
            for lane in ("desk", "reading", "outside"):
                self.app.jobs.drain(lane)
            for _turn in range(3):
                self.application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
                self.application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)

    def until(self, done: Callable[[], bool]) -> None:
        """Wait until something is true.

        Raises:
            Trouble: it took longer than a minute.
        """
        loop, ticks = QEventLoop(), QTimer()
        left = [LONGEST_WAIT // 10]

        def look() -> None:
            left[0] -= 1
            if done() or not left[0]:
                loop.quit()

        ticks.timeout.connect(look)
        ticks.start(10)
        loop.exec()
        if not done():
            raise Trouble(N_("A step of the tour did not come to its end."))
