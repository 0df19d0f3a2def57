"""The list of a trainee's plans."""

from collections.abc import Callable
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from coachdesk.domain.plan import Signature
from coachdesk.domain.plan_content import writable_kinds
from coachdesk.domain.trainee import Trainee
from coachdesk.services import drafts, plan_sheets, plans, plans_by_others
from coachdesk.services.desk import Desk
from coachdesk.ui import theme
from coachdesk.ui.notices import Recorder
from coachdesk.ui.plans.screen import PlanTab
from coachdesk.ui.shell import Shell
from tests.plans import a_whole_plan

TODAY = date(2026, 12, 15)


def test_a_trainee_without_plans_is_told_that_most_are_made_by_others(tab: PlanTab) -> None:
    assert tab.list.stack.currentWidget() is tab.list.empty
    assert tab.list.waiting.text().replace("\xa0", " ") == (
        "First contact 1 Sept 2026. A plan should have been made by 1 Dec 2026."
    )


def test_the_kinds_that_are_written_here_are_offered(tab: PlanTab) -> None:
    names = [action.text() for action in tab.list.kinds().actions()]

    assert names == [
        "Activation plan",
        "Multidisciplinary employment plan",
        "Work ability support plan",
        "Coaching plan",
    ]


def column(tab: PlanTab, at: int) -> list[str]:
    return [str(tab.list.model.index(row, at).data()) for row in range(tab.list.model.rowCount())]


def test_the_list_says_which_version_is_valid_while_a_newer_one_is_written(
    tab: PlanTab, desk: Desk, goran: Trainee
) -> None:
    version = a_whole_plan(desk, goran.id)
    plans.finish(desk, version.id)
    tab.refresh()
    assert column(tab, 5) == ["Not yet signed"]

    plans.sign(desk, version.id, on=TODAY, signatures=[Signature(role="trainee", name="Göran", on_day=TODAY)])
    tab.refresh()
    assert column(tab, 5) == ["Valid today"]

    plans.new_version(desk, version.plan_id)
    tab.refresh()
    assert (column(tab, 4), column(tab, 5)) == (["Version 2, draft"], ["Version 1 is valid"])


def test_no_plan_is_cut_short_in_the_list_of_a_full_window(
    tab: PlanTab, desk: Desk, goran: Trainee, speak: Callable[[str], None]
) -> None:
    for code in writable_kinds(TODAY):
        plans.begin(desk, goran.id, code.key)
    for language in ("fi", "sv"):
        speak(language)
        tab.refresh()
        bold = theme.metrics("dense", bold=True)
        room = tab.list.table.columnWidth(0)
        assert [name for name in column(tab, 0) if bold.horizontalAdvance(name) + theme.px(16) > room] == []


def test_the_plan_valid_today_stands_on_top_in_words(tab: PlanTab, desk: Desk, goran: Trainee) -> None:
    plans_by_others.record_others_plan(
        desk, goran.id, kind="client_plan", maker="HVA", made=date(2026, 10, 1)
    )
    tab.refresh()

    assert column(tab, 0) == ["Client plan"]
    assert column(tab, 5) == ["Valid today"]
    assert tab.list.waiting.text() == "From first contact to plan 30 days, within three months."
    assert not tab.list.several.isVisible()


def test_two_valid_plans_ask_which_replaces_which(tab: PlanTab, desk: Desk, goran: Trainee) -> None:
    plans_by_others.record_others_plan(
        desk, goran.id, kind="client_plan", maker="HVA", made=date(2026, 10, 1)
    )
    plans_by_others.record_others_plan(
        desk, goran.id, kind="service_plan", maker="HVA", made=date(2026, 11, 1)
    )
    tab.refresh()

    assert tab.list.several.isVisible()


def test_another_persons_plans_are_shown_alone(
    tab: PlanTab, desk: Desk, goran: Trainee, a_trainee: Callable[..., Trainee]
) -> None:
    plans.begin(desk, goran.id, "coaching_plan")
    other = a_trainee("Toinen", "Tiina")
    tab.show_trainee(goran.id)
    tab.show_trainee(other.id)

    assert tab.list.model.rowCount() == 0
    assert not tab.in_editor


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_word_changes_with_the_language(
    tab: PlanTab, speak: Callable[..., None], language: str
) -> None:
    tab.begin("activation_plan")
    before = {
        button.text() for button in (tab.editor.bar.back, tab.editor.bar.step, tab.editor.pane.following)
    }
    speak(language, tab)
    after = {
        button.text() for button in (tab.editor.bar.back, tab.editor.bar.step, tab.editor.pane.following)
    }

    assert not before & after
    assert tab.editor.left.name.text() in ("Aktivointisuunnitelma", "Aktiveringsplan")


def test_a_refusal_is_told_at_the_door(tab: PlanTab, notices: Recorder, desk: Desk, goran: Trainee) -> None:
    plan = plans_by_others.record_others_plan(
        desk, goran.id, kind="client_plan", maker="HVA", made=date(2026, 10, 1)
    )
    tab.refresh()
    tab.list.asked.emit("paper", tab.list.sheet.rows[0])

    assert plan.permission is False
    assert notices.sentences == ["The trainee has not yet permitted that we take part in this plan."]


def test_a_plan_begun_by_mistake_is_taken_back(
    qtbot: QtBot, tab: PlanTab, shell: Shell, desk: Desk, goran: Trainee
) -> None:
    tab.begin("coaching_plan")
    qtbot.keyClicks(tab.editor.form.text, "x")
    shell.undo.undo()

    assert drafts.all_of_coach(desk) == ()
    assert plan_sheets.sheet(desk, goran.id).rows == ()
    assert not tab.in_editor


def test_a_plan_recorded_by_mistake_is_removed_after_a_question(
    tab: PlanTab, desk: Desk, goran: Trainee, notices: Recorder
) -> None:
    plans_by_others.record_others_plan(
        desk, goran.id, kind="client_plan", maker="HVA", made=date(2026, 10, 1)
    )
    tab.refresh()
    notices.answer = False
    tab.list.remove.click()
    assert tab.list.model.rowCount() == 1
    notices.answer = True
    tab.list.remove.click()

    assert tab.list.model.rowCount() == 0
    assert notices.questions[0].replace("\xa0", " ") == "Remove the plan Client plan, HVA, 1 Oct 2026?"


def test_a_plan_older_than_the_first_contact_is_told_in_words(
    tab: PlanTab, desk: Desk, goran: Trainee
) -> None:
    plans_by_others.record_others_plan(desk, goran.id, kind="client_plan", maker="HVA", made=date(2026, 8, 1))
    tab.refresh()

    assert tab.list.waiting.text().replace("\xa0", " ") == (
        "The first plan was made before the first contact (1 Sept 2026)."
    )
    assert "no day of review" in tab.list._valid[0].more.text()
