"""A process of its own for one start: says "painted" at the first painted window, then its numbers.

python -m coachdesk.bench.probe bare|unlock|today DESK PASSPHRASE_FILE
"""

import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class FirstPaint(QObject):
    """Calls ``then`` once, after a window was painted; watches that window only, so as not to slow it."""

    def __init__(self, window: QWidget, then: Any) -> None:
        super().__init__()
        self._window, self._then, self._done = window, then, False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._done:
            self._done = True
            QTimer.singleShot(0, self._ready)
        return False

    def _ready(self) -> None:
        self._window.removeEventFilter(self)
        self._then()


def resident() -> float:
    """Resident memory of this process in MB, now."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def tell(*numbers: float) -> None:
    """The line of numbers; then wait for the one who measures to let go."""
    sys.stdout.write(" ".join(f"{number:.3f}" for number in numbers) + "\n")
    sys.stdout.flush()
    sys.stdin.read()


def bare(application: QApplication) -> None:
    """An empty window."""
    window = QWidget()
    window.resize(1366, 688)

    def painted() -> None:
        sys.stdout.write("painted\n")
        tell(resident())
        application.quit()

    watch = FirstPaint(window, painted)
    window.show()
    application.exec()
    del watch


def ours(application: QApplication, folder: Path, words: Path, *, inside: bool) -> None:
    """The unlock window; then, with ``inside``, Today, its time without the key's derivation."""
    from coachdesk import settings
    from coachdesk.app import App

    app = App(application, folder, settings=settings.Settings())

    def unlock_painted() -> None:
        sys.stdout.write("painted\n")
        sys.stdout.flush()
        if not inside:
            tell(resident())
            application.quit()
            return
        # what the window fetches while the coach types is there before a passphrase is
        QTimer.singleShot(1500, lambda: _unlock(app, application, words))

    watch = FirstPaint(app.window, unlock_painted)
    app.start()
    application.exec()
    app.close_desk()
    app.jobs.stop()
    del watch


def _unlock(app: Any, application: QApplication, words: Path) -> None:
    from coachdesk.store import argon

    spent = [0.0]
    derive = argon.derive_into

    def timed(*arguments: Any, **named: Any) -> None:
        began = time.perf_counter()
        derive(*arguments, **named)
        spent[0] += time.perf_counter() - began

    argon.derive_into = timed
    began = time.perf_counter()

    def today_painted() -> None:
        taken = (time.perf_counter() - began - spent[0]) * 1000

        def rested() -> None:
            tell(taken, resident())
            application.quit()

        QTimer.singleShot(500, rested)

    def shown() -> None:
        app.today_watch = FirstPaint(app.window, today_painted)
        app.window.update()

    app.opened.connect(shown)
    door = app.window.centralWidget().currentWidget()
    door.passphrase.setText(words.read_text("utf-8").split("\n")[0])
    door.open_desk()


def main(probe: str, folder: Path, words: Path) -> None:
    """Run one probe."""
    if probe == "bare":
        bare(QApplication([]))
    else:
        from coachdesk.app import make_application

        ours(make_application(), folder, words, inside=probe == "today")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
