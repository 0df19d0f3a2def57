"""Words of a plan that are typed and not kept yet."""

from pytestqt.qtbot import QtBot

from coachdesk.domain.trainee import Trainee
from coachdesk.services import drafts, plan_sheets
from coachdesk.services.desk import Desk
from coachdesk.ui.plans.screen import PlanTab
from coachdesk.ui.shell import Shell


def test_typing_is_a_draft_and_ctrl_enter_makes_it_part_of_the_plan(
    qtbot: QtBot, tab: PlanTab, desk: Desk
) -> None:
    tab.begin("activation_plan")
    qtbot.keyClicks(tab.editor.form.text, "Grundskola")

    assert tab.editor.sections.lines.rows[0].state == "writing"
    assert plan_sheets.version(desk, tab.editor.sheet.version.id).version.items == ()
    assert [draft.text.partition("\x1e")[0] for draft in drafts.all_of_coach(desk)] == ["Grundskola"]
    tab.main_action()
    assert tab.editor.sections.lines.rows[0].state == "done"
    assert drafts.all_of_coach(desk) == ()


def test_choosing_another_item_keeps_what_is_typed_as_a_draft(qtbot: QtBot, tab: PlanTab) -> None:
    tab.begin("activation_plan")
    qtbot.keyClicks(tab.editor.form.text, "Grundskola")
    tab.editor.sections.picked.emit("review")
    tab.editor.sections.picked.emit("education_and_career")

    assert tab.editor.form.text.toPlainText() == "Grundskola"
    assert tab.editor.sheet.version.items == ()


def test_a_draft_left_before_is_offered_once_and_returns_with_its_fields(
    qtbot: QtBot, tab: PlanTab, shell: Shell, goran: Trainee
) -> None:
    tab.begin("activation_plan")
    tab.editor.show_section("activity")
    qtbot.keyClicks(tab.editor.form.text, "Fastighetsgruppen")
    qtbot.keyClicks(tab.editor.form.place, "Malax")
    version_id = tab.editor.sheet.version.id
    again = PlanTab(shell)
    qtbot.addWidget(again)
    again.show()
    again.show_trainee(goran.id)
    again.open_version(version_id)

    assert again.editor.offer.isVisible()
    assert "9:14" in again.editor.offer.text
    again.editor.offer.go_on.click()
    assert again.editor.sections.key == "activity"
    assert (again.editor.form.text.toPlainText(), again.editor.form.place.text()) == (
        "Fastighetsgruppen",
        "Malax",
    )
    assert not again.editor.offer.isVisible()


def test_a_draft_thrown_away_is_gone(qtbot: QtBot, tab: PlanTab, desk: Desk) -> None:
    tab.begin("activation_plan")
    qtbot.keyClicks(tab.editor.form.text, "Grundskola")
    version_id = tab.editor.sheet.version.id
    tab.show_list()
    tab.open_version(version_id)
    tab.editor.offer.throw.click()

    assert drafts.all_of_coach(desk) == ()
    assert tab.editor.form.text.toPlainText() == ""


def test_the_real_page_shows_words_that_are_not_kept_yet(qtbot: QtBot, tab: PlanTab) -> None:
    tab.begin("coaching_plan")
    qtbot.keyClicks(tab.editor.form.text, "Vill ha ett arbete utomhus")
    tab.editor.draw()

    assert "arbete utomhus" in " ".join(page.text for page in tab.editor.right.pages.shown)
    assert tab.editor.right.pages.shown[0].mark is not None


def test_the_page_waits_for_a_pause_in_the_typing(qtbot: QtBot, tab: PlanTab) -> None:
    tab.begin("coaching_plan")
    qtbot.keyClicks(tab.editor.form.text, "abc")

    assert tab.editor.right.pause.isActive()
    assert tab.editor.right.pause.interval() == 400
