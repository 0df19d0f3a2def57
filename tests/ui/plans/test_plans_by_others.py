"""Plans that others made, and what replaces what."""

from datetime import date

from pytestqt.qtbot import QtBot

from coachdesk.domain.trainee import Trainee
from coachdesk.services import plan_sheets, plans
from coachdesk.services.desk import Desk
from coachdesk.ui.plans.others_form import OthersPlanForm
from coachdesk.ui.plans.people_form import PeopleForm
from coachdesk.ui.plans.replaces_form import ReplacesForm
from coachdesk.ui.plans.screen import PlanTab
from coachdesk.ui.shell import Shell

TODAY = date(2026, 12, 15)


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
