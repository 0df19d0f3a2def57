"""Joining in the real window: from the page and undone there, also when the other record is kept."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.domain.trainee import Trainee
from coachdesk.services import joining, trainees
from coachdesk.services.desk import Desk
from coachdesk.ui.main_window import MainWindow
from coachdesk.ui.trainees.join_form import JoinForm
from coachdesk.ui.trainees.page import TraineePage
from tests.ui.trainees.test_window import person, window

__all__ = ["person", "window"]


def form_on(window: MainWindow, person: int) -> JoinForm:
    window.shell.go("trainee", trainee_id=person)
    page = window.inside.screen_shown
    assert isinstance(page, TraineePage)
    page.overview.choices["join"].trigger()
    form = next(one for one in window.findChildren(JoinForm) if one.isVisible())
    form.other.setCurrentIndex(1)
    form.other.activated.emit(1)
    return form


def shown(window: MainWindow) -> str:
    QApplication.processEvents()
    assert window.inside.screen_shown is not None
    return window.inside.screen_shown.title()


def test_joined_from_the_page_and_undone_there(
    qtbot: QtBot, window: MainWindow, desk: Desk, person: int
) -> None:
    other = trainees.register(desk, Trainee(family_name="Lindstrom", given_names="Göran"))
    form = form_on(window, person)
    form.sides["family_name"][1].button.setChecked(True)
    form.try_to_keep()
    assert shown(window) == "Göran Lindstrom"

    window.shell.undo.undo()

    assert shown(window) == "Göran Lindström"
    assert trainees.get(desk, other.id) == other


def test_when_the_other_record_is_kept_its_page_is_shown(
    qtbot: QtBot, window: MainWindow, desk: Desk, person: int
) -> None:
    other = trainees.register(desk, Trainee(family_name="Lindstrom", given_names="Göran"))
    form = form_on(window, person)
    form.turn.click()
    form.try_to_keep()

    assert shown(window) == "Göran Lindstrom"
    assert [one.gone_id for one in joining.of_trainee(desk, other.id)] == [person]
    window.shell.undo.undo()
    assert trainees.get(desk, person).family_name == "Lindström"
