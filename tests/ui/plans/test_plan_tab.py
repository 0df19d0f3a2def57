from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot

from coachdesk.domain.plan import PlanItem, Signature
from coachdesk.domain.plan_content import writable_kinds
from coachdesk.domain.trainee import Trainee
from coachdesk.services import drafts, plan_items, plan_sheets, plans, plans_by_others
from coachdesk.services.desk import Desk
from coachdesk.ui import paper, theme
from coachdesk.ui.day_edit import CodeBox
from coachdesk.ui.notices import Recorder
from coachdesk.ui.plans.others_form import OthersPlanForm
from coachdesk.ui.plans.people_form import PeopleForm
from coachdesk.ui.plans.replaces_form import ReplacesForm
from coachdesk.ui.plans.screen import PlanTab
from coachdesk.ui.plans.sign_form import SignForm
from coachdesk.ui.shell import Shell
from coachdesk.ui.trainees.page import TraineePage
from tests.plans import a_whole_plan
from tests.ui import walking

TODAY = date(2026, 12, 15)


@pytest.fixture
def goran(a_trainee: Callable[..., Trainee]) -> Trainee:
    return a_trainee("Lindström", "Göran", service_language="sv", first_contact=date(2026, 9, 1))


@pytest.fixture
def tab(qtbot: QtBot, shell: Shell, goran: Trainee) -> PlanTab:
    found = PlanTab(shell)
    qtbot.addWidget(found)
    found.resize(1118, 536)
    found.show()
    found.show_trainee(goran.id)
    return found


def column(tab: PlanTab, at: int) -> list[str]:
    return [str(tab.list.model.index(row, at).data()) for row in range(tab.list.model.rowCount())]


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


def test_a_new_plan_opens_in_the_editor_with_its_items_missing(tab: PlanTab) -> None:
    tab.list.begun.emit("activation_plan")

    assert tab.in_editor
    assert tab.editor.left.progress.text() == "0 of 11 items"
    assert [row.state for row in tab.editor.sections.lines.rows] == ["missing"] * 11 + ["optional"]
    assert tab.editor.pane.language.chosen == "sv"


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


def test_next_writes_the_item_and_shows_the_following_one(qtbot: QtBot, tab: PlanTab, desk: Desk) -> None:
    tab.begin("activation_plan")
    qtbot.keyClicks(tab.editor.form.text, "Grundskola")
    assert tab.step(1)

    assert tab.editor.sections.key == "earlier_services"
    assert tab.editor.form.text.toPlainText() == ""
    assert plan_sheets.version(desk, tab.editor.sheet.version.id).done == 1
    assert tab.step(-1)
    assert tab.editor.form.text.toPlainText() == "Grundskola"


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


def test_a_plan_with_items_missing_cannot_be_marked_final(tab: PlanTab) -> None:
    tab.begin("activation_plan")

    assert not tab.editor.bar.step.isEnabled()
    assert tab.editor.bar.step.toolTip() == "Some items are still missing."


def test_a_whole_plan_is_marked_final_printed_and_signed(
    tab: PlanTab, desk: Desk, goran: Trainee, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = a_whole_plan(desk, goran.id)
    tab.open_version(version.id)
    tab.editor.take_step()
    assert tab.editor.bar.state.text() == "Version 1, final"
    shown: list[str] = []

    class Paper:
        """Stands for the printer's side of the paper."""

        def __init__(self, _shell: Shell, pdf: bytes, _title: str, name: str, **more: object) -> None:
            assert pdf.startswith(b"%PDF")
            shown.append(name)
            self.printed = more["printed"]

        def exec(self) -> None:
            self.printed()

    monkeypatch.setattr(paper, "PaperDialog", Paper)
    tab.print_()
    assert len(shown) == 1
    assert "v-2026-0001" in shown[0].lower()
    assert "Lindstr" not in shown[0]
    assert tab.editor.bar.state.text() == "Version 1, printed"
    plans.sign(desk, version.id, on=TODAY, signatures=[Signature(role="trainee", name="Göran", on_day=TODAY)])
    tab.editor.open(version.id)
    assert tab.editor.form.text.isReadOnly()
    assert "signed" in tab.editor.pane.locked.text
    assert not tab.editor.bar.replaces.isVisible()


def test_a_new_version_begins_from_a_signed_one_and_both_can_be_read(
    tab: PlanTab, desk: Desk, goran: Trainee
) -> None:
    version = a_whole_plan(desk, goran.id)
    plans.finish(desk, version.id)
    plans.sign(desk, version.id, on=TODAY, signatures=[Signature(role="trainee", name="Göran", on_day=TODAY)])
    tab.open_version(version.id)
    tab.editor.take_step()
    tab.show_list()
    tab.open_row(tab.list.sheet.rows[0])

    assert tab.editor.bar.state.text() == "Version 2, draft"
    assert "Replaces version 1 (15 Dec 2026)" in tab.editor.left.replaced.text().replace("\xa0", " ")
    assert [action.text().replace("\xa0", " ") for action in tab.editor.bar.versions.menu().actions()] == [
        "Version 2, draft",
        "Version 1, signed 15 Dec 2026",
    ]
    tab.editor.bar.versions.menu().actions()[1].trigger()
    assert tab.editor.sheet.version.version == 1


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


def test_another_plan_is_recorded_with_its_permission_and_our_goals(
    qtbot: QtBot, shell: Shell, desk: Desk, goran: Trainee
) -> None:
    form = OthersPlanForm(shell, goran.id, ())
    qtbot.addWidget(form)
    form.kind.choose("client_plan")
    qtbot.keyClicks(form.maker, "Pohjanmaan hyvinvointialue")
    qtbot.keyClicks(form.fields["made"].control, "1.12.2026")
    form.our_goals.setPlainText("Tre dagar i veckan")
    form.try_to_keep()
    assert "permits" in form.problem.text()
    form.permission.setChecked(True)
    form.try_to_keep()

    (row,) = plan_sheets.sheet(desk, goran.id).rows
    assert row.plan.our_goals == "Tre dagar i veckan"
    assert row.plan.permission_given == TODAY


def test_a_wrong_day_of_anothers_plan_is_said_beside_it(
    qtbot: QtBot, shell: Shell, desk: Desk, goran: Trainee
) -> None:
    form = OthersPlanForm(shell, goran.id, ())
    qtbot.addWidget(form)
    form.kind.choose("client_plan")
    qtbot.keyClicks(form.fields["made"].control, "x")
    form.try_to_keep()

    assert form.fields["made"].error
    assert plan_sheets.sheet(desk, goran.id).rows == ()


def test_signatures_are_those_ticked(qtbot: QtBot, shell: Shell, desk: Desk, goran: Trainee) -> None:
    version = a_whole_plan(desk, goran.id)
    plans.finish(desk, version.id)
    form = SignForm(shell, plan_sheets.version(desk, version.id))
    qtbot.addWidget(form)
    form.try_to_keep()
    assert form.problem.text() == "Write who signed."
    form.rows["trainee"][0].setChecked(True)
    form.try_to_keep()

    signed = plan_sheets.version(desk, version.id).version
    assert [(one.role, one.name) for one in signed.signatures] == [("trainee", "Göran Lindström")]


def test_who_took_part_and_how_it_was_explained_is_kept(
    qtbot: QtBot, shell: Shell, desk: Desk, goran: Trainee
) -> None:
    version = plans.begin(desk, goran.id, "coaching_plan")
    form = PeopleForm(shell, plan_sheets.version(desk, version.id).plan, version)
    qtbot.addWidget(form)
    form.participants.setPlainText("Göran Lindström\n\nMaria Bäckström")
    form.support_person.setText("Kaj Lindström")
    form.language.choose("sv")
    form.by.setText("Maria Bäckström")
    form.try_to_keep()

    kept = plan_sheets.version(desk, version.id).version
    assert kept.participants == ("Göran Lindström", "Maria Bäckström")
    assert (kept.support_person, kept.explained_language, kept.explained_by) == (
        "Kaj Lindström",
        "sv",
        "Maria Bäckström",
    )


def test_the_fixed_sentence_is_shown_before_it_is_chosen(
    qtbot: QtBot, shell: Shell, desk: Desk, goran: Trainee
) -> None:
    version = plans.begin(desk, goran.id, "activation_plan")
    sheet = plan_sheets.version(desk, version.id)
    form = ReplacesForm(shell, sheet.plan, (), (None, ""), "fi")
    qtbot.addWidget(form)
    form.stands_for.choose("work_ability_support_plan")
    assert "Tämä suunnitelma korvaa työkyvyn tuen suunnitelman" in form.sentence.text()
    form.try_to_keep()

    assert plan_sheets.version(desk, version.id).stands_for == "work_ability_support_plan"


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


def test_the_items_are_told_to_readers_with_their_state(tab: PlanTab) -> None:
    tab.begin("activation_plan")
    index = tab.editor.sections.lines.index(0)

    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Education and career, missing"


def test_a_refusal_is_told_at_the_door(tab: PlanTab, notices: Recorder, desk: Desk, goran: Trainee) -> None:
    plan = plans_by_others.record_others_plan(
        desk, goran.id, kind="client_plan", maker="HVA", made=date(2026, 10, 1)
    )
    tab.refresh()
    tab.list.asked.emit("paper", tab.list.sheet.rows[0])

    assert plan.permission is False
    assert notices.sentences == ["The trainee has not yet permitted that we take part in this plan."]


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


def test_what_a_dialog_did_is_undone_by_a_new_act(
    qtbot: QtBot, tab: PlanTab, shell: Shell, desk: Desk, goran: Trainee
) -> None:
    version = plans.begin(desk, goran.id, "activation_plan")
    form = PeopleForm(shell, plan_sheets.version(desk, version.id).plan, version)
    qtbot.addWidget(form)
    form.did.connect(tab.can_be_undone)
    form.participants.setPlainText("Maria")
    form.try_to_keep()
    assert plan_sheets.version(desk, version.id).version.participants == ("Maria",)
    shell.undo.undo()

    assert plan_sheets.version(desk, version.id).version.participants == ()


def test_a_plan_is_not_marked_final_while_items_are_only_typed(
    qtbot: QtBot, tab: PlanTab, desk: Desk, goran: Trainee
) -> None:
    version = a_whole_plan(desk, goran.id)
    tab.open_version(version.id)
    assert tab.editor.bar.step.isEnabled()
    tab.editor.show_section("goals")
    qtbot.keyClicks(tab.editor.form.text, "x")
    tab.editor.show_section("review")

    assert not tab.editor.bar.step.isEnabled()
    assert tab.editor.bar.step.toolTip() == "Some items are typed but not yet part of the plan."


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


def test_a_plan_older_than_the_first_contact_is_told_in_words(
    tab: PlanTab, desk: Desk, goran: Trainee
) -> None:
    plans_by_others.record_others_plan(desk, goran.id, kind="client_plan", maker="HVA", made=date(2026, 8, 1))
    tab.refresh()

    assert tab.list.waiting.text().replace("\xa0", " ") == (
        "The first plan was made before the first contact (1 Sept 2026)."
    )
    assert "no day of review" in tab.list._valid[0].more.text()


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
