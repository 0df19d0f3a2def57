"""More than thirty acts of one session, made on many pages, taken back one by one from wherever one is."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from coachdesk.clock import FixedClock
from coachdesk.domain.period import AgreedDay, Period
from coachdesk.domain.trainee import Trainee
from coachdesk.services import periods, workshops
from coachdesk.services.desk import Desk
from coachdesk.settings import Settings
from coachdesk.ui.form import FormDialog
from coachdesk.ui.inside import Inside
from coachdesk.ui.jobs import InlineJobs
from coachdesk.ui.notices import WindowNotices
from coachdesk.ui.settings.screen import SECTIONS
from coachdesk.ui.shell import Shell
from tests.services.filling import everything

BEGINS = date(2026, 11, 2)


@pytest.fixture
def person(desk: Desk, a_trainee: Callable[..., Trainee]) -> Trainee:
    made = a_trainee("Mäkelä", "Säde", responsible_coach_id=1)
    agreed = [
        AgreedDay(period_id=0, weekday=day, starts_at=time(9), minutes=300, valid_from=BEGINS)
        for day in range(1, 6)
    ]
    periods.add(
        desk,
        Period(trainee_id=made.id, workshop_id=1, service_kind="rehabilitative_work_activity", begins=BEGINS),
        agreed=agreed,
    )
    return made


@pytest.fixture
def shell(desk: Desk, clock: FixedClock) -> Shell:
    notices = WindowNotices()
    look = Settings(theme="light", language="en")
    return Shell(
        desk=desk,
        jobs=InlineJobs(notices),
        notices=notices,
        clock=clock,
        settings=look,
        save_settings=lambda _settings: None,
    )


@pytest.fixture
def inside(qtbot: QtBot, shell: Shell, person: Trainee) -> Inside:
    window = Inside(shell)
    qtbot.addWidget(window)
    window.resize(1366, 688)
    window.show()
    return window


def form() -> Any:
    """The form just opened."""
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog) and w.isVisible())


def held(desk: Desk) -> dict[str, Any]:
    """What the desk holds, without what is out of sight for 30 days and what is half typed."""
    found = {name: rows for name, rows in everything(desk).items() if name not in ("removed", "draft")}
    with desk.reading() as unit:
        found["note"] = unit.connection.exec_driver_sql("SELECT * FROM note WHERE NOT deleted").all()
        for name in ("phase_norm", "workshop", "workshop_group", "coach"):
            found[name] = unit.connection.exec_driver_sql(f'SELECT * FROM "{name}"').all()
    return found


def of_the_trainee(inside: Inside, shell: Shell, person: Trainee, number: int) -> None:
    shell.go("trainees", trainee_id=person.id, tab="overview")
    page: Any = inside.screen_shown
    page.step.ask(page.step.step)
    form().text.setText(f"Askel {number}")
    form().try_to_keep()
    page.edit()
    form().fields["phone"].control.setText(f"050 {number}")
    form().try_to_keep()
    page.ask_phase(number)
    form().try_to_keep()
    page._open_appointment(None)
    form().try_to_keep()
    shell.go("trainees", trainee_id=person.id, tab="notes")
    notes: Any = page.tab_shown
    notes.new()
    notes.editor.text.setPlainText(f"Muistiinpano {number}")
    QTest.keyClick(notes.editor.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def of_the_days(inside: Inside, shell: Shell, days: range) -> None:
    shell.go("attendance")
    view: QWidget = inside.screen_shown.pane.view  # type: ignore[union-attr]
    for day in days:
        view.go_to((0, day))  # type: ignore[attr-defined]
        QTest.keyClick(view, Qt.Key.Key_L)


def of_the_desk(inside: Inside, shell: Shell, number: int) -> None:
    def section(name: str) -> Any:
        shell.go("settings", hint=name)
        return inside.screen_shown.sections[[one.__name__ for one in SECTIONS].index(name)]  # type: ignore[union-attr]

    places = section("PlacesSection")
    places.add_group()
    form().edit.setText(f"Ryhmä {number}")
    form().try_to_keep()
    places.edit()
    form().fields["phone"].control.setText(f"06 {number}")
    form().try_to_keep()
    norms = section("NormsSection")
    norms.days[number].setValue(30 + number)
    norms.keep_button.click()
    own = section("OwnSection")
    own.edit("title").setText(f"Valmentaja {number}")
    own._judge()
    own.keep_button.click()


def test_more_than_thirty_five_mixed_acts_are_taken_back_one_by_one_from_another_page(
    inside: Inside, shell: Shell, desk: Desk, person: Trainee
) -> None:
    before, steps = held(desk), 0
    count: list[str] = []
    shell.undo.changed.connect(lambda: count.append(""))
    for number in (1, 2, 3):
        of_the_trainee(inside, shell, person, number)
        of_the_days(inside, shell, range(number * 3 - 3, number * 3 + 3))
        of_the_desk(inside, shell, number)
    steps = len(count)
    after = held(desk)
    assert steps > 35 and after != before
    assert workshops.coach(desk).title == "Valmentaja 3"
    shell.go("today")

    while shell.undo.can_undo:
        assert shell.undo.undo()

    assert {name: rows for name, rows in held(desk).items() if rows != before[name]} == {}
    assert len(count) == 2 * steps
