"""The items of a plan in the editor: read, written, moved, and what warns beside them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot

from coachdesk.domain.plan import PlanItem
from coachdesk.domain.trainee import Trainee
from coachdesk.services import plan_items, plan_sheets, plans
from coachdesk.services.desk import Desk
from coachdesk.ui.day_edit import CodeBox
from coachdesk.ui.plans.screen import PlanTab
from coachdesk.ui.shell import Shell
from coachdesk.ui.trainees.page import TraineePage
from tests.plans import a_whole_plan
from tests.ui import walking


def test_a_new_plan_opens_in_the_editor_with_its_items_missing(tab: PlanTab) -> None:
    tab.list.begun.emit("activation_plan")

    assert tab.in_editor
    assert tab.editor.left.progress.text() == "0 of 11 items"
    assert [row.state for row in tab.editor.sections.lines.rows] == ["missing"] * 11 + ["optional"]
    assert tab.editor.pane.language.chosen == "sv"


def test_next_writes_the_item_and_shows_the_following_one(qtbot: QtBot, tab: PlanTab, desk: Desk) -> None:
    tab.begin("activation_plan")
    qtbot.keyClicks(tab.editor.form.text, "Grundskola")
    assert tab.step(1)

    assert tab.editor.sections.key == "earlier_services"
    assert tab.editor.form.text.toPlainText() == ""
    assert plan_sheets.version(desk, tab.editor.sheet.version.id).done == 1
    assert tab.step(-1)
    assert tab.editor.form.text.toPlainText() == "Grundskola"


def test_undo_writes_the_items_as_they_were(qtbot: QtBot, tab: PlanTab, shell: Shell, desk: Desk) -> None:
    tab.begin("coaching_plan")
    qtbot.keyClicks(tab.editor.form.text, "Teksti")
    tab.main_action()
    shell.undo.undo()
    assert tab.editor.sheet.version.items == ()
    shell.undo.redo()
    assert [item.text for item in tab.editor.sheet.version.items] == ["Teksti"]


def test_measures_stand_one_below_the_other_and_move(qtbot: QtBot, tab: PlanTab) -> None:
    tab.begin("activation_plan")
    tab.editor.show_section("measures")
    for text in ("Arbete", "Kurs"):
        qtbot.keyClicks(tab.editor.form.text, text)
        qtbot.keyClicks(tab.editor.form.who, "Nina")
        tab.editor.add_item()
    tab.editor.show_item("measures-2")
    tab.editor.items.moved.emit("measures-2", 0)

    assert [item.text for item in tab.editor.sheet.version.items] == ["Kurs", "Arbete"]
    tab.editor.items.removed.emit("measures")
    assert [item.text for item in tab.editor.sheet.version.items] == ["Kurs"]


def test_a_day_that_is_no_day_is_said_beside_its_field(qtbot: QtBot, tab: PlanTab) -> None:
    tab.begin("activation_plan")
    tab.editor.show_section("review")
    qtbot.keyClicks(tab.editor.form.by_when, "31.2.2027")
    tab.main_action()

    assert "31.2.2027" in tab.editor.form.fields["by_when"].error
    assert tab.editor.sheet.version.items == ()


def test_the_end_before_the_start_is_said_beside_the_end(qtbot: QtBot, tab: PlanTab) -> None:
    tab.begin("activation_plan")
    tab.editor.show_section("activity_period")
    qtbot.keyClicks(tab.editor.form.begins, "4.1.2027")
    qtbot.keyClicks(tab.editor.form.ends, "3.1.2027")
    tab.main_action()

    assert tab.editor.form.fields["ends"].error == "The end is before the start."


def test_limits_of_law_warn_beside_the_hours_and_do_not_block(qtbot: QtBot, tab: PlanTab) -> None:
    tab.begin("activation_plan")
    tab.editor.show_section("duration")
    tab.editor.form.minutes_a_day.setValue(5)
    tab.editor.form.days_a_week.setValue(5)
    tab.main_action()

    assert tab.editor.pane.caution.isVisible()
    assert "189/2001" in tab.editor.pane.caution.text
    assert tab.editor.sections.lines.rows[5].state == "done"


def test_the_items_are_told_to_readers_with_their_state(tab: PlanTab) -> None:
    tab.begin("activation_plan")
    index = tab.editor.sections.lines.index(0)

    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Education and career, missing"


def test_ctrl_page_down_on_the_persons_page_steps_through_the_items(
    qtbot: QtBot, shell: Shell, goran: Trainee
) -> None:
    page = TraineePage(shell)
    qtbot.addWidget(page)
    page.resize(1158, 640)
    page.show()
    page.show_trainee(goran.id, "plan")
    tab = page.tabs["plan"]
    tab.begin("activation_plan")
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    tab.editor.form.text.setFocus()
    qtbot.keyClicks(tab.editor.form.text, "Grundskola")
    qtbot.keyClick(tab.editor.form.text, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)

    assert tab.editor.sections.key == "earlier_services"
    assert tab.editor.left.progress.text() == "1 of 11 items"
    qtbot.keyClick(tab.editor.form.text, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert tab.editor.sections.key == "education_and_career"


def measures(tab: PlanTab, desk: Desk, *texts: str) -> None:
    version = plans.begin(desk, tab.trainee_id, "activation_plan")
    for text in texts:
        item = PlanItem(key="", kind="measures", text=text, who="Nina")
        version = plan_items.write_item(desk, version.id, item)
    tab.open_version(version.id)
    tab.editor.show_section("measures")


def said(tab: PlanTab) -> list[str]:
    return [item.text for item in tab.editor.sheet.version.items]


@pytest.mark.parametrize(
    ("key", "modifier", "after"),
    [
        (Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier, ["Kurs", "Arbete"]),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, ["Arbete"]),
    ],
)
def test_items_are_moved_and_removed_by_keys_and_taken_back(
    qtbot: QtBot,
    tab: PlanTab,
    shell: Shell,
    desk: Desk,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier,
    after: list[str],
) -> None:
    measures(tab, desk, "Arbete", "Kurs")
    tab.activateWindow()
    tab.editor.items.list.setFocus()
    tab.editor.items.list.setCurrentRow(1)
    qtbot.keyClick(tab.editor.items.list, key, modifier)

    assert said(tab) == after
    shell.undo.undo()
    assert said(tab) == ["Arbete", "Kurs"]
    shell.undo.redo()
    assert said(tab) == after


def test_another_item_begun_is_taken_back_with_its_words(
    qtbot: QtBot, tab: PlanTab, shell: Shell, desk: Desk
) -> None:
    measures(tab, desk, "Arbete")
    tab.editor.items.add.click()
    qtbot.keyClicks(tab.editor.form.text, "Kurs")
    tab.main_action()
    assert said(tab) == ["Arbete", "Kurs"]
    shell.undo.undo()

    assert said(tab) == ["Arbete"]


def test_nothing_is_typed_before_the_version_is_there(tab: PlanTab, desk: Desk, goran: Trainee) -> None:
    version = plans.begin(desk, goran.id, "coaching_plan")
    assert not tab.editor.form.isEnabled()
    tab.open_version(version.id)

    assert tab.editor.form.isEnabled()
    assert tab.editor.bar.back.isEnabled()


@pytest.mark.parametrize(
    ("kind", "days", "told"),
    [
        ("review", {"by_when": "1.12.2026"}, "has already passed"),
        ("measures", {"by_when": "1.12.2026"}, "has already passed"),
        ("review", {"by_when": "1.2.2027"}, ""),
    ],
)
def test_a_day_that_has_passed_is_told_beside_its_item(
    tab: PlanTab, kind: str, days: dict[str, str], told: str
) -> None:
    tab.begin("activation_plan")
    tab.editor.show_section(kind)
    tab.editor.form.text.setPlainText("Text")
    tab.editor.form.who.setText("Nina")
    for name, text in days.items():
        getattr(tab.editor.form, name).setText(text)
    tab.editor.record()
    tab.editor.show_section(kind)

    assert told in tab.editor.pane.caution.text
    assert tab.editor.pane.caution.isVisible() == bool(told)


def test_no_part_of_the_form_opens_a_window_of_its_own(tab: PlanTab, desk: Desk, qapp: QApplication) -> None:
    """A field shown before it has its place would take the focus from the window."""
    shown: list[QWidget] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(watched)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    tab.begin("activation_plan")
    for row in tab.editor.sections.lines.rows:
        tab.editor.show_section(row.key)
    qapp.removeEventFilter(watch)

    assert shown == []


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_whose_proposal_an_item_is_can_be_read_whole(
    tab: PlanTab, desk: Desk, goran: Trainee, speak: Callable[[str], None], language: str
) -> None:
    speak(language)
    tab.open_version(a_whole_plan(desk, goran.id).id)
    sections, box = tab.editor.left.findChild(QAbstractItemView), tab.editor.findChild(CodeBox)
    for row in range(sections.model().rowCount()):
        sections.setCurrentIndex(sections.model().index(row, 0))
        QApplication.processEvents()
        for at in range(box.count()):
            box.setCurrentIndex(at)
            assert list(walking.cut_choices(tab)) == []
