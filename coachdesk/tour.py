"""The tour: the real window driven through the main job by keys and clicks, with pictures on the way.

What it leaves in its folder: ``pictures/``, ``plan.pdf``, ``letters/`` (the export file), ``receipts/``
(the region's answer), the demo ``desk`` and the practice ``region`` themselves.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
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
from coachdesk.i18n import N_, words
from coachdesk.settings import Settings, resource_folder

PHRASE = "saunan lauteilla sataa lunta"
NOISE = "This plugin does not support propagateSizeHints()"
LONGEST_WAIT = 60_000  # milliseconds that any step may take on a slow computer
NO_MODIFIER = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
Tell = Callable[[str], None]


def take_tour(out: Path, language: str, clock: Clock, tell: Tell) -> Iterator[str]:
    """Make a demo desk and a practice region, drive the window, and name what lies where.

    Raises:
        Trouble: a step of the main job did not come to its end.
    """
    out = out.absolute()
    for left in ("desk", "region", "pictures", "letters", "receipts", "home"):
        shutil.rmtree(out / left, ignore_errors=True)
    (out / "pictures").mkdir(parents=True)
    (out / "home").mkdir()
    os.environ["COACHDESK_HOME"] = str(out / "home")
    _make_desk(out, language, clock, tell)
    tour = Tour(out, language, clock, tell)
    try:
        tour.main_job()
    finally:
        tour.end()
    say = words(language)
    yield say.fill(N_("Pictures of the screens: {place}"), place=out / "pictures")
    yield say.fill(N_("Plan on paper: {place}"), place=out / "plan.pdf")
    for file in sorted((out / "letters").iterdir()):
        yield say.fill(N_("Export file: {place}"), place=file)
    for file in sorted((out / "receipts").iterdir()):
        yield say.fill(N_("Receipt of the region: {place}"), place=file)


def _make_desk(out: Path, language: str, clock: Clock, tell: Tell) -> None:
    from coachdesk.region.__main__ import main as region
    from coachdesk.services.demo import make_demo

    tell(words(language)._("The demo desk and the practice region are made."))
    made = make_demo(out / "desk", language=language, passphrase=PHRASE, clock=clock)
    (out / "recovery-groups.json").write_text(json.dumps(made.recovery_groups), "utf-8")
    (out / "passphrase.txt").write_text(PHRASE + "\n", "utf-8")
    if region(["--language", language, "init", str(out / "region")], clock):
        raise Trouble(N_("The practice region could not be made."))


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


class Tour:
    """The window and the hand that drives it."""

    def __init__(self, out: Path, language: str, clock: Clock, tell: Tell) -> None:
        from coachdesk.app import App, make_application

        self.out, self.tell, self.clock, self.language = out, tell, clock, language
        self.told_by_qt = qInstallMessageHandler(_without_noise)
        self.application = make_application()
        self.app = App(
            self.application, out / "desk", clock=clock, settings=Settings(language=language, theme="light")
        )
        self.window = self.app.window
        self.window.resize(1366, 688)
        self.number = 0
        self.strays = Strays(self.application, self.window)

    def main_job(self) -> None:
        """Unlock, Today, a person, a day's marks, consent, plan, import, figures, sync and settings."""
        self.unlock()
        self.picture("today")
        self.people()
        self.attendance()
        self.plan()
        self.spreadsheet()
        self.key(Qt.Key.Key_5, CONTROL)
        self.picture("figures")
        self.sync()
        self.settings()
        self.other_language()
        self.first_run()
        if self.strays.seen:
            names = ", ".join(sorted(self.strays.seen))
            raise Trouble(N_("A part of the window was shown as a window of its own: {names}."), names=names)

    def unlock(self) -> None:
        """Type the passphrase; Today opens."""
        self.app.start()
        self.settle()
        self.picture("unlock")
        opened: list[bool] = []
        self.app.opened.connect(lambda: opened.append(True))
        self.type(PHRASE)
        self.key(Qt.Key.Key_Return)
        self.until(lambda: bool(opened))
        self.settle()

    def people(self) -> None:
        """The list, found as typed, and every tab of one person's page."""
        self.key(Qt.Key.Key_2, CONTROL)
        self.picture("trainees")
        person = self._somebody()
        self.app.shell.go("trainees", trainee_id=person)
        self.settle()
        from coachdesk.ui.trainees.page import TABS

        for tab in TABS:
            self.app.shell.go("trainees", trainee_id=person, tab=tab.word)
            self.picture(f"trainee-{tab.word}")
        from coachdesk.ui.plans.screen import PlanTab
        from coachdesk.ui.trainees.editor import TraineeEditor

        self.dialog("trainee-form", TraineeEditor(self.app.shell, person, self.window))
        self.app.shell.go("trainees", trainee_id=person, tab="plan")
        self.settle()
        self.window.findChildren(PlanTab)[0].open_version(self._our_plans(person)[0])
        self.picture("plan-editor")

    def attendance(self) -> None:
        """Ctrl+3 and one letter a person: fifteen people in sixteen keys."""
        self.key(Qt.Key.Key_3, CONTROL)
        self.picture("attendance-before")
        letters = "LLLLSLLLLLLLLLI" if self.language == "fi" else "NNNNSNNNNNNNNNO"
        for letter in letters:
            self.key(getattr(Qt.Key, f"Key_{letter}"))
        self.picture("attendance")
        from coachdesk.domain.absences import span_of
        from coachdesk.ui.attendance.reports import ReportsDialog

        before = span_of(self.clock.today()).former
        self.dialog("absence-reports", ReportsDialog(self.app.shell, before, self.window))

    def plan(self) -> None:
        """An activation plan of our own on paper, in the trainee's language."""
        from coachdesk.services import forms

        printed = forms.plan(self.app.shell.desk, self._version_for_paper())
        (self.out / "plan.pdf").write_bytes(printed.pdf)

    def spreadsheet(self) -> None:
        """The pilot's spreadsheet as the import shows it before anything is kept."""
        from coachdesk.ui.imports.dialog import COLUMNS, PREVIEW, ImportDialog

        dialog = ImportDialog(self.app.shell, self.window)
        dialog.show()
        dialog.load(resource_folder() / "demo" / "vaasa-pilot.csv")
        for step, name in ((COLUMNS, "import-columns"), (PREVIEW, "import-preview")):
            dialog.go_to(step)
            self.picture(name, dialog)
        dialog.reject()
        self.settle()

    def sync(self) -> None:
        """Exchange keys, see what leaves, export, let the region receive, read its receipt."""
        from coachdesk.region.__main__ import main as region
        from coachdesk.services import sync

        desk = self.app.shell.desk
        sync.enrol(desk, self.out / "region" / "region.json", self.out / "home")
        (public,) = (self.out / "home").glob("*.jwk")
        region(
            ["--language", self.language, "enrol", str(public), "--region", str(self.out / "region")],
            self.clock,
        )
        self.key(Qt.Key.Key_6, CONTROL)
        self.picture("what-leaves")
        done = sync.export(desk, self.out / "letters")
        letters = [str(file) for file in done.files]
        region(
            ["--language", self.language, "receive", *letters, "--region", str(self.out / "region"),
             "--receipts", str(self.out / "receipts")],
            self.clock,
        )  # fmt: skip
        self.key(Qt.Key.Key_1, CONTROL)
        self.key(Qt.Key.Key_6, CONTROL)
        self.key(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
        self.picture("outbox")
        from coachdesk.ui.sync.screen import SyncScreen

        (screen,) = self.window.findChildren(SyncScreen)
        for file in sorted((self.out / "receipts").iterdir()):
            screen.asks = Answers(file)
            screen.outbox.read_receipt()
            self.settle()
        self.picture("receipt-in")

    def settings(self) -> None:
        """Every section of the settings."""
        from coachdesk.ui.settings.screen import SettingsScreen

        self.key(Qt.Key.Key_Comma, CONTROL)
        (screen,) = self.window.findChildren(SettingsScreen)
        for row, section in enumerate(screen.sections):
            screen.list.setCurrentRow(row)
            self.picture(f"settings-{type(section).__name__.removesuffix('Section').lower()}")
        screen.list.setCurrentRow(0)

    def first_run(self) -> None:
        """What a new computer shows first; nothing is made of it."""
        from coachdesk.ui.first_run.screen import FirstRunScreen

        self.window.show_door(FirstRunScreen(self.app.shell, self.out / "new"))
        self.picture("first-run")

    def other_language(self) -> None:
        """The same window in the other language, switched live, then in the dark look, then locked."""
        other = "sv" if self.language == "fi" else "fi"
        self.key(Qt.Key.Key_1, CONTROL)
        self.app.shell.change_settings(language=other)
        self.picture(f"today-{other}")
        self.key(Qt.Key.Key_3, CONTROL)
        self.app.shell.change_settings(theme="dark")
        self.picture(f"attendance-dark-{other}")
        self.app.shell.change_settings(language=self.language, theme="light")
        self.key(Qt.Key.Key_L, CONTROL)
        self.picture("locked")

    def end(self) -> None:
        """Close the desk and the window."""
        self.app.close_desk()
        self.app.jobs.stop()
        self.window.close()
        qInstallMessageHandler(self.told_by_qt)

    def _somebody(self) -> int:
        """A person who is expected today, with a plan of our own, so that every tab has something."""
        people = self._expected()
        return next((person for person in people if self._our_plans(person)), people[0])

    def _version_for_paper(self) -> int:
        for person in self._expected():
            for plan in self._our_plans(person):
                return plan
        raise Trouble(N_("The demo desk has no plan to print."))

    def _expected(self) -> list[int]:
        from coachdesk.services import today

        return [row.trainee_id for row in today.sheet(self.app.shell.desk, language=self.language).expected]

    def _our_plans(self, trainee_id: int) -> list[int]:
        from coachdesk.services import plan_sheets

        rows = plan_sheets.sheet(self.app.shell.desk, trainee_id).rows
        return [row.newest.id for row in rows if row.plan.ours and row.newest]

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
