"""A storm over the real window, to be run as a program of its own: it ends with 0 or the program crashed.

``python -X faulthandler -m tests.ui.storm FOLDER SEED TURNS`` goes from page to page, presses what it finds,
opens and closes forms, locks and opens, changes language, look, text size and width, with real lanes, and
lets the collector run between the acts.  What Qt warns of is told; memory that is freed is overwritten when
``MALLOC_PERTURB_`` asks for it.
"""

import gc
import random
import sys
from datetime import datetime
from pathlib import Path

import shiboken6
from PySide6.QtCore import QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QLineEdit, QPlainTextEdit

from coachdesk.app import App, make_application
from coachdesk.clock import HELSINKI, FixedClock
from coachdesk.services.demo import make_demo
from coachdesk.services.opening import open_desk
from coachdesk.settings import Settings
from coachdesk.ui import navigation
from coachdesk.ui.trainees.page import TABS
from tests.conftest import CHEAP, PASSPHRASE

LANGUAGES, LOOKS, SIZES = ("fi", "sv", "en"), ("light", "dark"), (100, 115, 130, 150)
WIDTHS = ((1366, 688), (683, 304), (1000, 600))
SILENT = ("propagateSizeHints",)


def say(*words: object) -> None:
    """Tell what is done now: the last words say where it crashed."""
    sys.stderr.write(" ".join(map(str, words)) + "\n")


class Storm:
    """The acts, each chosen by chance from a seed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.clock = FixedClock(datetime(2026, 12, 15, 9, 14, tzinfo=HELSINKI))
        self.folder = folder
        self.mistakes: list[BaseException] = []
        if not folder.exists():
            make_demo(folder, trainees=8, passphrase=PASSPHRASE, clock=self.clock, cost=CHEAP, floor=CHEAP)
        self.app = App(make_application(), folder, clock=self.clock, settings=Settings(language="fi"))
        self.app.shell.save_settings = lambda _settings: None
        self.app.window.show()
        self.unlock()
        self.closer = QTimer()  # a dialog that is run waits for somebody: after some time it is closed
        self.closer.timeout.connect(self.close_dialog)
        self.closer.start(20)

    def blow(self, turns: int) -> None:
        """Do so many acts."""
        acts = (
            self.page,
            self.person,
            self.page,
            self.person,
            self.press,
            self.press,
            self.press,
            self.write,
        )
        acts += (
            self.choose,
            self.language,
            self.look,
            self.text,
            self.width,
            self.back,
            self.relock,
            self.storm,
        )
        for turn in range(turns):
            act = self.chance.choice(acts)
            if not self.app.shell.is_open and self.chance.random() < 0.5:
                act = self.relock
            say(turn, act.__name__)
            act()
            QApplication.processEvents()
            if self.chance.random() < 0.3:
                gc.collect()
        self.app.close_desk()
        self.app.jobs.stop()

    def unlock(self) -> None:
        self.app.open(open_desk(self.folder, passphrase=PASSPHRASE, clock=self.clock, floor=CHEAP))

    def page(self) -> None:
        if not self.app.shell.is_open:
            return
        self.app.shell.go(self.chance.choice(navigation.PLACES).word)

    def person(self) -> None:
        if not self.app.shell.is_open:
            return
        tab = self.chance.choice(TABS).word
        self.app.shell.go("trainees", trainee_id=self.chance.randint(1, 8), tab=tab)

    def press(self) -> None:
        """Press something that is seen, in the page or the dialog above it."""
        if (button := self._one(QAbstractButton)) is not None:
            say("   ", button.text() or button.accessibleName())
            button.click()

    def write(self) -> None:
        if (field := self._one((QLineEdit, QPlainTextEdit))) is not None:
            field.setFocus()
            set_text = getattr(field, "setPlainText", None) or field.setText
            set_text("Åsa 7.12.2026")

    def choose(self) -> None:
        if (box := self._one(QComboBox)) is not None and box.count():
            box.setCurrentIndex(self.chance.randrange(box.count()))

    def language(self) -> None:
        self.app.shell.change_settings(language=self.chance.choice(LANGUAGES))

    def look(self) -> None:
        self.app.shell.change_settings(theme=self.chance.choice(LOOKS))

    def text(self) -> None:
        self.app.shell.change_settings(text_size=self.chance.choice(SIZES))

    def width(self) -> None:
        self.app.window.resize(*self.chance.choice(WIDTHS))

    def back(self) -> None:
        if self.app.shell.is_open:
            self.app.shell.back()

    def relock(self) -> None:
        self.app.lock()
        QApplication.processEvents()
        self.unlock()

    def storm(self) -> None:
        """Languages and looks one after the other, over a page just made."""
        for _time in range(3):
            self.page()
            self.language()
            self.look()

    def close_dialog(self) -> None:
        dialog = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        if dialog is not None and self.chance.random() < 0.3:
            dialog.close() if not isinstance(dialog, QDialog) else dialog.reject()

    def _one(self, kind):
        above = QApplication.activeModalWidget() or self.app.window
        kinds = kind if isinstance(kind, tuple) else (kind,)
        seen = [found for one in kinds for found in above.findChildren(one)]
        seen = [found for found in seen if found.isVisible() and found.isEnabled()]
        return self.chance.choice(seen) if seen else None


def main(folder: str, seed: str, turns: str) -> int:
    """Blow; what was raised or warned of is told and counts."""
    told: list[str] = []

    def tell(kind: QtMsgType, _where: object, text: str) -> None:
        if not any(word in text for word in SILENT):
            told.append(text)
            say("Qt:", text)

    qInstallMessageHandler(tell)
    storm = Storm(Path(folder), int(seed))
    sys.excepthook = lambda _kind, error, trace: (
        storm.mistakes.append(error),
        sys.__excepthook__(_kind, error, trace),
    )
    storm.blow(int(turns))
    shiboken6.delete(storm.app.window)
    gc.collect()
    return 1 if storm.mistakes else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
