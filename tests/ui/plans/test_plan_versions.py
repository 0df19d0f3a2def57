"""A version of a plan: final, printed, signed, and the next one."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from coachdesk.domain.plan import Signature
from coachdesk.domain.trainee import Trainee
from coachdesk.services import plan_sheets, plans
from coachdesk.services.desk import Desk
from coachdesk.ui import paper
from coachdesk.ui.plans.people_form import PeopleForm
from coachdesk.ui.plans.screen import PlanTab
from coachdesk.ui.plans.sign_form import SignForm
from coachdesk.ui.shell import Shell
from tests.plans import a_whole_plan

TODAY = date(2026, 12, 15)


def test_a_plan_with_items_missing_cannot_be_marked_final(tab: PlanTab) -> None:
    tab.begin("activation_plan")

    assert not tab.editor.bar.step.isEnabled()
    assert tab.editor.bar.step.toolTip() == "Some items are still missing."


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
