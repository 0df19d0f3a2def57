"""The tour: the real window driven through the main job by keys and clicks, with pictures on the way.

What it leaves in its folder: ``pictures/``, ``plan.pdf``, ``letters/`` (the export file), ``receipts/``
(the region's answer), the demo ``desk`` and the practice ``region`` themselves.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt

from coachdesk.clock import Clock
from coachdesk.errors import Trouble
from coachdesk.i18n import N_, words
from coachdesk.settings import resource_folder
from coachdesk.tour_hand import Answers, Hand

PHRASE = "saunan lauteilla sataa lunta"
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
    tour = Tour(out, language, clock)
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


class Tour(Hand):
    """The main job, driven by the hand."""

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
        from coachdesk.ui.trainees.preview import PreviewCard

        self.key(Qt.Key.Key_2, CONTROL)
        (card,) = self.window.findChildren(PreviewCard)
        self.until(lambda: not card.resting.isActive())  # the choice has rested: the card is read
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
        from coachdesk.ui.imports.dialog import ImportDialog
        from coachdesk.ui.imports.pages import COLUMNS, PREVIEW

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
        from coachdesk.ui.settings.screen import SECTIONS, SettingsScreen

        self.key(Qt.Key.Key_Comma, CONTROL)
        (screen,) = self.window.findChildren(SettingsScreen)
        for row, section in enumerate(SECTIONS):
            screen.list.setCurrentRow(row)
            self.picture(f"settings-{section.__name__.removesuffix('Section').lower()}")
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
