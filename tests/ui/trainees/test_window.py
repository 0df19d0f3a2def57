"""The list and the page inside the real window: keys that the window has too, sizes, the code."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.clock import FixedClock
from coachdesk.domain.identity_code import MASKED
from coachdesk.domain.trainee import Trainee
from coachdesk.services import phases, trainees
from coachdesk.services.desk import Desk
from coachdesk.settings import Settings
from coachdesk.ui.jobs import InlineJobs
from coachdesk.ui.main_window import MainWindow
from coachdesk.ui.notices import WindowNotices
from coachdesk.ui.shell import Shell


@pytest.fixture
def person(desk: Desk) -> int:
    kept = trainees.register(
        desk,
        Trainee(
            family_name="Lindström",
            given_names="Göran",
            personal_identity_code="150385Y9024",
            goal="Jag vill arbeta utomhus.",
            phone="050 000 0000",
        ),
    )
    phases.open_phase(desk, kept.id, 2, opened=date(2026, 7, 25))
    phases.set_next_step(desk, kept.id, "Trepartssamtal", due=date(2026, 12, 21))
    return kept.id


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, clock: FixedClock, person: int) -> Iterator[MainWindow]:
    notices = WindowNotices()
    shell = Shell(
        desk=desk,
        jobs=InlineJobs(notices),
        notices=notices,
        clock=clock,
        settings=Settings(theme="light"),
        save_settings=lambda _settings: None,
    )
    window = MainWindow(shell)
    qtbot.addWidget(window)
    window.resize(1366, 688)
    window.show_inside("Mallipaja")
    window.show()
    qtbot.waitExposed(window)
    yield window


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, control: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(window.focusWidget() or window, key, modifier)


@pytest.mark.parametrize("tab", ["overview", "notes"])
def test_nothing_scrolls_at_the_size_of_the_design(window: MainWindow, person: int, tab: str) -> None:
    window.shell.go("trainee", trainee_id=person, tab=tab)
    QApplication.processEvents()
    area = window.inside.stack.currentWidget()
    assert (area.verticalScrollBar().maximum(), area.horizontalScrollBar().maximum()) == (0, 0)


@pytest.mark.parametrize("width", [1366, 1000, 683])
def test_nothing_scrolls_sideways_in_any_size(window: MainWindow, person: int, width: int) -> None:
    window.resize(width, 560)
    for going in ({"place": "trainees"}, {"place": "trainee", "trainee_id": person, "tab": "overview"}):
        window.shell.go(**going)
        QApplication.processEvents()
        assert window.inside.stack.currentWidget().horizontalScrollBar().maximum() == 0


def test_escape_empties_the_search_before_the_window_takes_it(qtbot: QtBot, window: MainWindow) -> None:
    window.shell.go("trainees")
    screen = window.inside.screens["trainees"]
    screen.search.setFocus()
    screen.search.setText("lind")
    press(qtbot, window, Qt.Key.Key_Escape)
    assert screen.search.text() == ""


def test_note_of_a_phone_call_takes_few_keys(
    qtbot: QtBot, window: MainWindow, person: int, desk: Desk
) -> None:
    from coachdesk.services import drafts, notes

    window.shell.go("trainee", trainee_id=person)
    page = window.inside.screens["trainee"]
    page.step.note.setFocus()
    press(qtbot, window, Qt.Key.Key_N, control=True)
    editor = page.tab_shown.editor
    assert editor.isVisible()
    editor.text.setFocus()
    qtbot.keyClicks(editor.text, "Soitettu")
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not editor.isVisible()
    assert drafts.find(desk, "note", f"trainee:{person}").text == "Soitettu"
    press(qtbot, window, Qt.Key.Key_N, control=True)
    editor.go_on.click()
    press(qtbot, window, Qt.Key.Key_Return, control=True)
    assert [sheet.note.text for sheet in notes.of_trainee(desk, person)] == ["Soitettu"]


def test_new_note_again_does_not_begin_it_anew(qtbot: QtBot, window: MainWindow, person: int) -> None:
    window.shell.go("trainee", trainee_id=person, tab="notes")
    page = window.inside.screens["trainee"]
    page.new()
    page.tab_shown.editor.text.setPlainText("Kesken")
    page.new()
    assert page.tab_shown.editor.text.toPlainText() == "Kesken"


def test_code_is_nowhere_in_the_window_until_asked_for(window: MainWindow, person: int) -> None:
    from PySide6.QtWidgets import QLabel, QLineEdit

    window.shell.go("trainees")
    window.shell.go("trainee", trainee_id=person)
    texts = [w.text() for kind in (QLabel, QLineEdit) for w in window.findChildren(kind)]
    texts += [
        w.toolTip() + w.accessibleName() + w.accessibleDescription() for w in window.findChildren(QLabel)
    ]
    assert not any("9024" in text for text in [*texts, window.windowTitle()])
    assert MASKED in texts
    page = window.inside.screens["trainee"]
    page.code.eye.click()
    assert page.code.chip.text() == "150385Y9024"
    window.shell.go("trainees")
    assert page.code.chip.text() == MASKED
