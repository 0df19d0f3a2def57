from collections.abc import Callable
from datetime import date, time

import pytest
from pytestqt.qtbot import QtBot

from coachdesk.domain.period import AgreedDay, Period
from coachdesk.domain.trainee import Trainee
from coachdesk.services import periods
from coachdesk.services.desk import Desk
from coachdesk.ui.attendance.screen import AttendanceScreen
from coachdesk.ui.shell import Shell

BEGINS = date(2026, 9, 1)
NAMES = (
    "Aho", "Björklund", "Ehrström", "Hassan", "Hautamäki", "Häggblom", "Jääskeläinen", "Kärkkäinen",
    "Lindström", "Mäkelä", "Nguyễn", "Norrgård", "Rintamäki", "Sjöholm", "Yli-Hietanen",
)  # fmt: skip


@pytest.fixture
def join(desk: Desk, a_trainee: Callable[..., Trainee]) -> Callable[..., Period]:
    """``join("Aho", (2, 4))`` puts a made-up person with agreed weekdays into the workshop."""

    def join(name: str, weekdays: tuple[int, ...] = (1, 2, 3, 4), **more: object) -> Period:
        person = a_trainee(name, "Malli")
        period = Period(
            trainee_id=person.id, workshop_id=1, service_kind="rehabilitative_work_activity", begins=BEGINS,
            **more,
        )  # type: ignore[arg-type]  # fmt: skip
        agreed = [
            AgreedDay(period_id=0, weekday=day, starts_at=time(9), minutes=300, valid_from=BEGINS)
            for day in weekdays
        ]
        return periods.add(desk, period, agreed=agreed)

    return join


@pytest.fixture
def fifteen(join: Callable[..., Period]) -> list[Period]:
    """Fifteen people, all planned on Tuesdays."""
    return [join(name) for name in NAMES]


@pytest.fixture
def people(join: Callable[..., Period]) -> list[Period]:
    """Three on Tuesdays, one on Mondays only."""
    return [join("Aho"), join("Björklund", (1,)), join("Ehrström", (2, 4)), join("Hassan", (2, 3))]


@pytest.fixture
def screen(shell: Shell, qtbot: QtBot, people: list[Period]) -> AttendanceScreen:
    """The grid of the four, with the focus on it."""
    screen = AttendanceScreen(shell)
    qtbot.addWidget(screen)
    screen.resize(1118, 586)
    screen.show()
    screen.refresh()
    screen.activateWindow()
    screen.view.setFocus()
    return screen
