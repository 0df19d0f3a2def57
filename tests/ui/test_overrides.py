"""An error in what Qt calls is told by the one door for errors; the program goes on."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QObject, Signal

from coachdesk.ui import overrides

_RAISE = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
import coachdesk.ui
import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
sys.excepthook = lambda kind, error, trace: print(kind.__name__, flush=True)
application = QApplication([])
gone = QWidget()
shiboken6.delete(gone)
class Window(QWidget):
    def paintEvent(self, event):
        {mistake}
window = Window()
QTimer.singleShot(0, window.show)
QTimer.singleShot(50, window.grab)  # called by Qt, which was called by a slot
QTimer.singleShot(200, application.quit)
application.exec()
print("goes on")
"""
MISTAKES = {
    "len(3)": "TypeError", "[][1]": "IndexError", "a, b = (1,)": "ValueError", "gone.width()": "RuntimeError",
    "self.nowhere": "AttributeError", "raise KeyError": "KeyError",
}  # fmt: skip


@pytest.mark.parametrize("mistake", sorted(MISTAKES))
def test_a_mistake_in_what_qt_calls_is_told_and_the_program_goes_on(mistake):
    run = [sys.executable, "-c", _RAISE.format(mistake=mistake)]
    done = subprocess.run(run, capture_output=True, text=True, check=False, timeout=60)

    told = done.stdout.split("\n")
    assert done.returncode == 0, done.stderr
    assert MISTAKES[mistake] in told
    assert "goes on" in told


@pytest.mark.parametrize("given", [0, 1, 2, 3, 4, 5])
def test_a_guarded_function_takes_and_gives_what_it_did(given):
    functions = (
        lambda self: (),
        lambda self, a=1: (a,),
        lambda self, a, b: (a, b),
        lambda self, a, b, c=3: (a, b, c),
        lambda self, *rest: rest,
        lambda self, a, b, c, d, e: (a, b, c, d, e),
    )
    whole = tuple(range(given))

    assert overrides.passing(functions[given])(self := object(), *whole) == whole, self


def test_a_guarded_slot_gets_no_more_of_a_signal_than_it_takes(qapp):
    class Sends(QObject):
        sent = Signal(bool)

    class Takes(QObject):
        got = 0

        def deleteLater(self):
            self.got += 1

    sends, takes = Sends(), Takes()
    sends.sent.connect(takes.deleteLater)
    sends.sent.emit(True)

    assert takes.got == 1
