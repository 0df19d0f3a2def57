"""On a new desk the keys stand where the first task is, not where they were left over."""

import pytest
from PySide6.QtWidgets import QApplication


def settle() -> None:
    for _round in range(3):
        QApplication.processEvents()


@pytest.mark.parametrize(("place", "words"), [("today", "New trainee"), ("attendance", "Open trainees")])
def test_the_focus_is_on_the_button_that_begins(app, place, words):
    app.window.activateWindow()
    app.shell.go("reports")
    settle()
    app.shell.go(place)
    settle()

    focused = QApplication.focusWidget()
    assert focused is not None and focused.text() == words


def test_the_focus_comes_back_to_the_grid_when_somebody_comes(app, a_trainee):
    app.window.activateWindow()
    app.shell.go("attendance")
    settle()
    screen = app.window.inside.screen_shown
    assert screen.first_focus() is screen.none.button
    screen.pane.show()

    assert screen.first_focus() is screen.view


def test_what_takes_long_to_read_leaves_the_focus_nowhere_else(app):
    app.window.activateWindow()
    app.shell.go("attendance")
    grid = app.window.inside.screen_shown
    grid.none.hide()
    grid.pane.show()
    grid.view.setFocus()  # as it is until the month has been read
    grid.refresh()
    assert QApplication.focusWidget() is grid.none.button

    app.shell.go("today")
    today = app.window.inside.screen_shown
    today.expected.nobody.hide()
    today.table.show()
    today.table.setFocus()
    today.refresh()
    assert QApplication.focusWidget() is today.expected.nobody.button
