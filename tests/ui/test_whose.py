"""Whose trainees stand in the lists: own ones by default, everybody's with a reason asked once a session."""

from collections.abc import Callable
from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from coachdesk.domain.period import AgreedDay, Period
from coachdesk.domain.trainee import Trainee
from coachdesk.domain.workshop import Coach
from coachdesk.services import coaches, periods, whose, workshops
from coachdesk.services.desk import Desk
from coachdesk.store import access_log
from coachdesk.ui.attendance.screen import AttendanceScreen
from coachdesk.ui.coaches.everybody import EverybodyForm
from coachdesk.ui.screen import Screen
from coachdesk.ui.shell import Shell
from coachdesk.ui.today.screen import TodayScreen
from coachdesk.ui.trainees.screen import TraineesScreen
from coachdesk.ui.whose import ALL, KEYS, OWN
from tests.conftest import CHEAP

OTHER = "harmaa kivi laulaa syksyisin hiljaa"
BEGAN = date(2026, 9, 1)
LEAD = 1


@pytest.fixture
def people(desk: Desk, a_trainee: Callable[..., Trainee]) -> None:
    """One trainee of the lead, one of Jukka, one of nobody; all are expected today."""
    jukka = workshops.add_coach(desk, Coach(name="Jukka Esimerkki")).id
    for name, coach_id in (("Johtaja", LEAD), ("Jukan", jukka), ("Yhteinen", None)):
        person = a_trainee(name, "Elli", responsible_coach_id=coach_id)
        period = Period(
            trainee_id=person.id, workshop_id=1, service_kind="rehabilitative_work_activity", begins=BEGAN
        )
        agreed = AgreedDay(period_id=0, weekday=2, starts_at=time(9), minutes=300, valid_from=BEGAN)
        periods.add(desk, period, agreed=[agreed])


@pytest.fixture
def jukka(desk: Desk, people: None) -> int:
    """Jukka has a way in too, and sits at the desk."""
    coach_id = workshops.coaches(desk)[-1].id
    coaches.let_in(desk, coach_id, OTHER, cost=CHEAP)
    desk.coach_id = coach_id
    return coach_id


@pytest.fixture
def show(qtbot: QtBot, shell: Shell) -> Callable[[type[Screen]], Screen]:
    def show(kind: type[Screen]) -> Screen:
        made = kind(shell)
        qtbot.addWidget(made)
        made.resize(1118, 580)
        with qtbot.waitActive(made):  # else no key reaches its shortcuts
            made.show()
            made.activateWindow()
        made.refresh()
        return made

    return show


def names(screen: Screen) -> set[str]:
    """The family names in a list."""
    if isinstance(screen, AttendanceScreen):
        assert screen.sheet is not None
        found = [row.name for row in screen.sheet.rows]
    else:
        found = [row.name for row in screen.model.rows]  # type: ignore[attr-defined]
    return {name.partition(",")[0] for name in found}


def box(screen: Screen) -> QWidget:
    return screen.shared_whose if isinstance(screen, TraineesScreen) else screen.whose  # type: ignore[attr-defined]


def form_of(screen: Screen) -> EverybodyForm:
    return next(form for form in screen.window().findChildren(EverybodyForm) if form.isVisible())


SCREENS = (TraineesScreen, AttendanceScreen, TodayScreen)


@pytest.mark.parametrize("kind", SCREENS)
def test_a_coach_sees_the_own_trainees_and_those_of_nobody(
    kind: type[Screen], jukka: int, show: Callable[[type[Screen]], Screen]
) -> None:
    assert names(show(kind)) == {"Jukan", "Yhteinen"}


@pytest.mark.parametrize("kind", SCREENS)
def test_a_lead_coach_sees_everybody_and_may_look_at_the_own_alone(
    kind: type[Screen], jukka: int, desk: Desk, show: Callable[[type[Screen]], Screen], qtbot: QtBot
) -> None:
    desk.coach_id = LEAD
    screen = show(kind)
    everybody = names(screen)

    qtbot.keyClick(
        screen, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )

    assert everybody == {"Johtaja", "Jukan", "Yhteinen"}
    assert KEYS in screen.keys
    assert names(screen) == {"Johtaja", "Yhteinen"}


@pytest.mark.parametrize("kind", SCREENS)
def test_where_one_coach_opens_the_desk_there_is_nothing_to_choose(
    kind: type[Screen], people: None, show: Callable[[type[Screen]], Screen]
) -> None:
    screen = show(kind)

    assert names(screen) == {"Johtaja", "Jukan", "Yhteinen"}
    assert not box(screen).isVisibleTo(screen)
    assert KEYS not in screen.keys


@pytest.mark.parametrize("kind", (AttendanceScreen, TodayScreen))
def test_marking_the_days_of_all_needs_no_reason(
    kind: type[Screen], jukka: int, show: Callable[[type[Screen]], Screen]
) -> None:
    screen = show(kind)

    box(screen).turn()  # type: ignore[attr-defined]

    assert names(screen) == {"Johtaja", "Jukan", "Yhteinen"}


def test_listing_all_trainees_asks_for_the_reason_once_and_the_log_keeps_it(
    jukka: int, desk: Desk, show: Callable[[type[Screen]], Screen]
) -> None:
    screen = show(TraineesScreen)
    screen.shared_whose.turn()  # type: ignore[attr-defined]
    form = form_of(screen)
    meanwhile = names(screen)
    form.try_to_keep()
    refused = form.isVisible()
    form.reason.setText("Aino on lomalla")
    form.try_to_keep()
    with_reason = names(screen)
    screen.shared_whose.turn()  # type: ignore[attr-defined]
    own_again = names(screen)
    screen.shared_whose.turn()  # type: ignore[attr-defined]

    assert (meanwhile, refused) == ({"Jukan", "Yhteinen"}, True)
    assert with_reason == names(screen) == {"Johtaja", "Jukan", "Yhteinen"}
    assert own_again == {"Jukan", "Yhteinen"}
    with desk.reading() as unit:
        rows = unit.connection.exec_driver_sql("SELECT act, why FROM log WHERE why <> '' ORDER BY seq").all()
        assert access_log.head(unit.connection).seq
    assert [tuple(row) for row in rows] == [
        ("trainee.list_all", "Aino on lomalla"),
        ("trainee.list", "Aino on lomalla"),
        ("trainee.list", "Aino on lomalla"),
    ]


def test_leaving_the_reason_unsaid_shows_the_own_trainees(
    jukka: int, show: Callable[[type[Screen]], Screen]
) -> None:
    screen = show(TraineesScreen)
    screen.shared_whose.choose(ALL)  # type: ignore[attr-defined]
    screen.shared_whose.ask(ALL)  # type: ignore[attr-defined]
    form_of(screen).leave()

    assert names(screen) == {"Jukan", "Yhteinen"}
    assert screen.shared_whose.key == OWN  # type: ignore[attr-defined]


def test_each_coachs_choice_is_remembered_and_the_reason_is_not(
    jukka: int, desk: Desk, shell: Shell, show: Callable[[type[Screen]], Screen]
) -> None:
    whose.state_reason(desk, "Aino on lomalla")
    show(TraineesScreen).shared_whose.turn()  # type: ignore[attr-defined]
    kept = shell.settings.lists
    desk.reason_for_lists = ""  # the desk was locked and opened again

    assert kept == f"{jukka}:all"
    assert names(show(AttendanceScreen)) == {"Johtaja", "Jukan", "Yhteinen"}
    assert names(show(TraineesScreen)) == {"Jukan", "Yhteinen"}
