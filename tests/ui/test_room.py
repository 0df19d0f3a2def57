"""Room in the window: what is told lies over no button, small windows give it to what matters."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QComboBox, QWidget

from tests.ui import walking
from tests.ui.test_every_screen import app, demo, see  # noqa: F401 - fixtures


@pytest.fixture
def size(app):  # noqa: F811
    """``size(683, 304)`` is a window of that size, as at 200 % on a small laptop."""
    least = app.window.minimumSize()

    def size(width: int, height: int) -> None:
        app.window.setMinimumSize(1, 1)
        app.window.resize(width, height)
        walking.settle(app.window)

    yield size
    app.window.setMinimumSize(least)
    app.window.resize(1366, 688)


def place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


@pytest.mark.parametrize("width", [1366, 683])
@pytest.mark.parametrize("tab", ["plan", "consents"])
def test_what_can_be_undone_is_told_over_no_control(app, see, size, tab, width):  # noqa: F811
    size(width, 688)
    window, inside = see("trainee", tab, "fi"), app.window.inside
    app.shell.undo.did("Uusi suunnitelma " * 9, lambda: None)
    walking.settle(window)

    told = place(inside.undo_bar, window)
    assert inside.undo_bar.isVisible() and inside.undo_bar.bar.width() <= told.width()
    for part in (inside.head, inside.stack, inside.health, inside.nav):
        assert not told.intersects(place(part, window))
    assert window.width() == width
    inside.undo_bar.hide()


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_in_a_small_window_nothing_lies_over_the_grid(app, see, size, language):  # noqa: F811
    size(683, 304)
    window = see("attendance", "", language)
    pane = app.window.inside.screen_shown.pane

    assert pane.legend.isHidden()
    grid = place(pane.grid, window)
    for part in (pane.line, *pane.chips, pane.more):
        assert part.isHidden() or not grid.intersects(place(part, window))
    size(1366, 688)
    assert not pane.legend.isHidden()


def test_in_a_small_window_the_line_of_the_cursor_is_seen(app, see, size):  # noqa: F811
    size(683, 304)
    window = see("attendance", "", "fi")
    view = app.window.inside.screen_shown.view
    view.setFocus()
    view.go_to((9, 3))
    walking.settle(window)

    at = view.viewport().mapTo(window, view.visualRect(view.model_.index_of(view.here)).center())
    assert place(app.window.inside.stack, window).contains(at)


def test_in_a_small_window_another_tab_begins_at_its_top(app, see, size):  # noqa: F811
    size(683, 304)
    window = see("trainee", "overview", "fi")
    bar = app.window.inside.body.verticalScrollBar()
    bar.setValue(bar.maximum())

    app.window.inside.screen_shown.show_tab("consents")
    walking.settle(window)
    assert bar.value() == 0


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_filters_of_trainees_say_their_choice_whole(app, see, language):  # noqa: F811
    see("trainees", "", language)
    screen = app.window.inside.screen_shown
    for box in (screen.phase, screen.whose, screen.running, screen.workshop):
        if not box.isHidden():
            assert _room(box) >= box.fontMetrics().horizontalAdvance(box.currentText())


def _room(box: QComboBox) -> int:
    from PySide6.QtWidgets import QStyle, QStyleOptionComboBox

    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    style = box.style()
    control, field = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    return style.subControlRect(control, option, field, box).width()


def test_a_search_without_a_hit_shows_no_empty_card(app, see):  # noqa: F811
    see("trainees", "", "en")
    screen = app.window.inside.screen_shown
    assert screen.preview.isVisible()

    screen.search.setText("nobody is called so")

    assert screen.preview.isHidden()
    assert screen.none.button.text() == "Clear the search"
    screen.none.button.click()
    assert screen.search.text() == "" and screen.preview.isVisible()
