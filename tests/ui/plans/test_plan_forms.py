"""Every form of the plan tab: what is typed survives a lock and a kill, wrong days are told in words."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from coachdesk.clock import FixedClock
from coachdesk.domain.plan import Plan, Signature
from coachdesk.domain.trainee import Trainee
from coachdesk.services import drafts, plan_sheets, plans, plans_by_others
from coachdesk.services.desk import Desk
from coachdesk.services.plan_sheets import view_subject
from coachdesk.settings import Settings
from coachdesk.ui.finder import Finder
from coachdesk.ui.form import FormDialog
from coachdesk.ui.jobs import InlineJobs
from coachdesk.ui.notes.forms import OwnViewForm
from coachdesk.ui.notices import Recorder
from coachdesk.ui.plans.end_form import EndForm
from coachdesk.ui.plans.find_paper import FindPaperForm
from coachdesk.ui.plans.others_form import OthersPlanForm
from coachdesk.ui.plans.people_form import PeopleForm
from coachdesk.ui.plans.replaces_form import ReplacesForm
from coachdesk.ui.plans.screen import PlanTab
from coachdesk.ui.plans.sign_form import SignForm
from coachdesk.ui.shell import Shell
from coachdesk.ui.trainees.page import TraineePage
from tests.plans import a_whole_plan

TODAY = date(2026, 12, 15)
WHO = [Signature(role="trainee", name="Göran Lindström", on_day=TODAY)]


@pytest.fixture
def goran(a_trainee: Callable[..., Trainee]) -> Trainee:
    return a_trainee("Lindström", "Göran", service_language="sv", first_contact=date(2026, 9, 1))


def others(desk: Desk, trainee_id: int, **more: object) -> Plan:
    return plans_by_others.record_others_plan(
        desk, trainee_id, kind="client_plan", maker="HVA", made=date(2026, 10, 1), **more
    )


FORMS: dict[str, tuple[Callable[[Shell, Desk, int], FormDialog], str]] = {
    "others": (lambda shell, desk, who: OthersPlanForm(shell, who, ()), "maker"),
    "others again": (lambda shell, desk, who: _change(shell, desk, who), "our_goals"),
    "people": (lambda shell, desk, who: _people(shell, desk, who), "participants"),
    "sign": (lambda shell, desk, who: SignForm(shell, _sheet(desk, who)), "name_trainee"),
    "replaces": (lambda shell, desk, who: _replaces(shell, desk, who), "stands_for"),
    "end": (lambda shell, desk, who: EndForm(shell, _plan(desk, who)), "valid_to"),
    "view": (lambda shell, desk, who: OwnViewForm(shell, who, view_subject(2, 1)), "text"),
}
TYPED = {"stands_for": "client_plan", "valid_to": "1.2.2027"}


def _plan(desk: Desk, who: int) -> Plan:
    return next(row.plan for row in plan_sheets.sheet(desk, who).rows if not row.plan.ours)


def _sheet(desk: Desk, who: int):
    newest = next(row.newest for row in plan_sheets.sheet(desk, who).rows if row.newest)
    return plan_sheets.version(desk, newest.id)


def _change(shell: Shell, desk: Desk, who: int) -> FormDialog:
    return OthersPlanForm(shell, who, (), _plan(desk, who))


def _people(shell: Shell, desk: Desk, who: int) -> FormDialog:
    sheet = _sheet(desk, who)
    return PeopleForm(shell, sheet.plan, sheet.version)


def _replaces(shell: Shell, desk: Desk, who: int) -> FormDialog:
    return ReplacesForm(shell, _sheet(desk, who).plan, (), (None, ""), "sv")


def value(form: FormDialog, name: str) -> str:
    control = form.draft.controls[name]
    for read in ("toPlainText", "text"):
        if hasattr(control, read):
            return str(getattr(control, read)())
    return str(control.key)


def put(form: FormDialog, name: str, text: str) -> None:
    control = form.draft.controls[name]
    for write in ("setPlainText", "setText", "choose"):
        if hasattr(control, write):
            getattr(control, write)(text)
            return


@pytest.mark.parametrize("which", FORMS)
def test_what_is_typed_survives_a_kill_and_is_offered_when_the_form_is_opened_again(
    qtbot: QtBot,
    qapp: QApplication,
    shell: Shell,
    desk: Desk,
    desk_folder: Path,
    reopen: Callable[..., Desk],
    clock: FixedClock,
    goran: Trainee,
    which: str,
) -> None:
    others(desk, goran.id)
    version = a_whole_plan(desk, goran.id)
    make, name = FORMS[which]
    typed = TYPED.get(name, "Vill ha arbete utomhus")
    form = make(shell, desk, goran.id)
    qtbot.addWidget(form)
    form.show()
    put(form, name, typed)
    assert len(drafts.all_of_coach(desk)) == 1
    desk.close()  # nothing is said to the form: as when the program is killed

    opened = reopen(desk_folder)
    notices = Recorder()
    again = Shell(
        desk=opened,
        jobs=InlineJobs(notices),
        notices=notices,
        clock=clock,
        settings=Settings(theme="light"),
        save_settings=lambda _settings: None,
    )
    after = make(again, opened, goran.id)
    qtbot.addWidget(after)
    after.show()
    assert after.draft.offer.isVisible()
    assert value(after, name) != typed
    after.draft.go_on.click()
    assert value(after, name) == typed
    assert plan_sheets.version(opened, version.id).version == version  # a draft is not a record


@pytest.mark.parametrize("which", ["others", "people", "sign", "replaces", "end", "view"])
def test_today_goes_on_with_the_form_that_a_draft_was_typed_into(
    qtbot: QtBot, shell: Shell, desk: Desk, goran: Trainee, which: str
) -> None:
    others(desk, goran.id)
    plans.finish(desk, a_whole_plan(desk, goran.id).id)
    make, name = FORMS[which]
    form = make(shell, desk, goran.id)
    qtbot.addWidget(form)
    put(form, name, TYPED.get(name, "Utomhus"))
    (draft,) = drafts.all_of_coach(desk)
    tab = PlanTab(shell)
    qtbot.addWidget(tab)
    tab.show()
    tab.show_trainee(goran.id)
    tab.arrive(draft.subject)

    opened = [one for one in tab.window().findChildren(FormDialog) if one.isVisible()]
    assert [type(one) for one in opened] == [type(form)]
    assert opened[0].draft.offer.isVisible()


def test_a_recorded_form_leaves_no_draft(qtbot: QtBot, shell: Shell, desk: Desk, goran: Trainee) -> None:
    form = OthersPlanForm(shell, goran.id, ())
    qtbot.addWidget(form)
    form.kind.choose("client_plan")
    form.maker.setText("HVA")
    form.days["made"].setText("1.10.2026")
    assert len(drafts.all_of_coach(desk)) == 1
    form.try_to_keep()

    assert drafts.all_of_coach(desk) == ()
    assert [row.plan.maker for row in plan_sheets.sheet(desk, goran.id).rows] == ["HVA"]


@pytest.mark.parametrize(
    ("day", "text", "told"),
    [
        ("made", "1.2.2027", "future"),
        ("valid_to", "1.9.2026", "before the start"),
        ("review", "1.9.2026", "before the day the plan was made"),
        ("permission_given", "1.2.2027", "permission is dated in the future"),
        ("valid_from", "31.2.2027", "no such day"),
    ],
)
def test_a_wrong_day_of_anothers_plan_is_told_at_its_field(
    qtbot: QtBot, shell: Shell, goran: Trainee, day: str, text: str, told: str
) -> None:
    form = OthersPlanForm(shell, goran.id, ())
    qtbot.addWidget(form)
    form.kind.choose("client_plan")
    form.days["made"].setText("1.10.2026")
    form.days[day].setText(text)
    form.try_to_keep()

    assert told in form.fields[day].error


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ({"made": "1.8.2026", "review": "1.2.2027"}, "older than the first contact"),
        ({"made": "1.10.2026"}, "no day of review"),
        ({"made": "1.10.2026", "review": "1.11.2026"}, "was due on"),
        ({"made": "1.10.2026", "review": "1.2.2027", "valid_to": "1.12.2026"}, "no longer in force"),
        ({"made": "1.10.2026", "review": "1.2.2027"}, ""),
    ],
)
def test_odd_days_are_told_while_they_are_typed_and_bar_nothing(
    qtbot: QtBot, shell: Shell, desk: Desk, goran: Trainee, days: dict[str, str], told: str
) -> None:
    form = OthersPlanForm(shell, goran.id, (), first_contact=goran.first_contact)
    qtbot.addWidget(form)
    form.show()
    form.kind.choose("client_plan")
    for name, text in days.items():
        form.days[name].setText(text)

    assert told in form.caution.text
    assert form.caution.isVisible() == bool(told)
    form.try_to_keep()
    assert len(plan_sheets.sheet(desk, goran.id).rows) == 1


def test_the_kind_of_anothers_plan_is_chosen_never_guessed(
    qtbot: QtBot, shell: Shell, desk: Desk, goran: Trainee
) -> None:
    form = OthersPlanForm(shell, goran.id, ())
    qtbot.addWidget(form)
    form.days["made"].setText("1.10.2026")
    form.try_to_keep()

    assert form.fields["kind"].error == "Choose the kind of plan."


def test_a_plan_is_ended_and_the_end_taken_back(
    qtbot: QtBot, shell: Shell, desk: Desk, goran: Trainee
) -> None:
    others(desk, goran.id)
    tab = PlanTab(shell)
    qtbot.addWidget(tab)
    tab.show()
    tab.show_trainee(goran.id)
    form = tab.dialogs.ask_of_plan("end", tab._sheet, tab.list.row)
    form.valid_to.setText("1.12.2026")
    form.try_to_keep()

    assert "until" in str(tab.list.model.index(0, 5).data())
    assert tab.list.sheet.valid == ()
    shell.undo.undo()
    assert len(tab.list.sheet.valid) == 1


def test_the_end_before_the_beginning_is_told(qtbot: QtBot, shell: Shell, desk: Desk, goran: Trainee) -> None:
    form = EndForm(shell, others(desk, goran.id))
    qtbot.addWidget(form)
    form.valid_to.setText("1.9.2026")
    form.try_to_keep()

    assert form.fields["valid_to"].error == "The end is before the start."


def test_signing_in_the_future_or_without_a_day_is_told(
    qtbot: QtBot, shell: Shell, desk: Desk, goran: Trainee
) -> None:
    plans.finish(desk, a_whole_plan(desk, goran.id).id)
    form = SignForm(shell, _sheet(desk, goran.id))
    qtbot.addWidget(form)
    form.on.setText("")
    form.try_to_keep()
    assert form.fields["on"].error == "Write the day of signing."
    form.on.setText("1.2.2027")
    form.rows["trainee"][0].setChecked(True)
    form.try_to_keep()

    assert form.fields["on"].error == "The day of signing is in the future."


def test_a_paper_is_found_and_its_plan_opened(qtbot: QtBot, shell: Shell, desk: Desk, goran: Trainee) -> None:
    version = a_whole_plan(desk, goran.id)
    done = plans.finish(desk, version.id)
    plans.sign(desk, version.id, on=TODAY, signatures=WHO)
    form = FindPaperForm(shell)
    qtbot.addWidget(form)
    form.show()
    form.code.setText(f"CDP1 V-2026-0001 1 {done.check_code}")
    form.try_to_keep()

    assert form.which.text().replace("\xa0", " ") == (
        "Coaching plan V-2026-0001. Version 1, signed 15 Dec 2026."
    )
    assert form.chip.text() == "Valid today"
    form.open_button.click()
    going = shell.gone[-1]
    assert (going.trainee_id, going.tab, going.hint) == (goran.id, "plan", {"plan": version.id})


def test_a_paper_older_than_the_one_in_force_is_told_in_words(
    qtbot: QtBot, shell: Shell, desk: Desk, goran: Trainee
) -> None:
    version = a_whole_plan(desk, goran.id)
    done = plans.finish(desk, version.id)
    plans.sign(desk, version.id, on=TODAY, signatures=WHO)
    second = plans.new_version(desk, version.plan_id)
    plans.finish(desk, second.id)
    plans.sign(desk, second.id, on=TODAY, signatures=WHO)
    form = FindPaperForm(shell, text=done.check_code.upper())
    qtbot.addWidget(form)
    form.show()

    assert form.chip.text() == "Older version"
    assert "older than the version in force: version 2" in form.more.text()


def test_a_mistyped_or_unknown_code_is_told_and_what_stood_before_is_gone(
    qtbot: QtBot, shell: Shell, desk: Desk, goran: Trainee
) -> None:
    done = plans.finish(desk, a_whole_plan(desk, goran.id).id)
    form = FindPaperForm(shell, text=done.check_code)
    qtbot.addWidget(form)
    form.show()
    assert form.answer.isVisible()
    form.code.setText("V-2026-0001 1 1234 5678")
    form.try_to_keep()

    assert "Check what you typed" in form.fields["code"].error
    assert not form.answer.isVisible()
    form.code.setText("B-2026-0009 1 1234 5678")
    form.try_to_keep()
    assert form.fields["code"].error == "There is no plan B-2026-0009 on this desk."


def test_the_whole_plans_own_view_is_written_as_an_item_and_printed(
    qtbot: QtBot, shell: Shell, desk: Desk, goran: Trainee
) -> None:
    from coachdesk.services import plan_papers

    version = a_whole_plan(desk, goran.id)
    tab = PlanTab(shell)
    qtbot.addWidget(tab)
    tab.show()
    tab.show_trainee(goran.id)
    tab.open_version(version.id)
    tab.editor.show_section("own_view")
    assert not tab.editor.form.view_field.isVisible()
    tab.editor.form.text.setPlainText("Jag vill ha det så här.")
    tab.editor.form.disagrees.setChecked(True)
    tab.main_action()

    (said,) = plan_papers.plan_paper(desk, version.id).views
    assert (said.text, said.disagrees, said.on) == ("Jag vill ha det så här.", True, None)


def test_an_own_view_of_a_signed_plan_stands_beside_it_and_changes_nothing_in_it(
    qtbot: QtBot, shell: Shell, desk: Desk, goran: Trainee
) -> None:
    from coachdesk.services import plan_papers

    version = a_whole_plan(desk, goran.id)
    plans.finish(desk, version.id)
    signed = plans.sign(desk, version.id, on=TODAY, signatures=WHO)
    tab = PlanTab(shell)
    qtbot.addWidget(tab)
    tab.show()
    tab.show_trainee(goran.id)
    tab.open_version(version.id)
    form = tab.dialogs.ask_of_version("view", tab.editor.sheet, ())
    form.text.setPlainText("För många timmar")
    form.disagrees.setChecked(True)
    form.try_to_keep()

    assert tab.editor.views.isVisible()
    assert "disagrees: För många timmar" in tab.editor.views.words.text()
    paper = plan_papers.plan_paper(desk, version.id)
    assert [(said.text, said.on) for said in paper.views] == [("För många timmar", TODAY)]
    assert paper.check_code == signed.check_code
    shell.undo.undo()
    assert not tab.editor.views.isVisible()


def test_a_paper_found_anywhere_opens_its_version_on_the_persons_page(
    qtbot: QtBot, shell: Shell, desk: Desk, goran: Trainee
) -> None:
    version = a_whole_plan(desk, goran.id)
    page = TraineePage(shell)
    qtbot.addWidget(page)
    page.show()
    page.show_trainee(goran.id, "plan")
    page.arrive({"plan": version.id})
    page.refresh()

    assert page.tabs["plan"].in_editor
    assert page.tabs["plan"].editor.sheet.version.id == version.id


def test_a_code_scanned_into_the_find_field_opens_the_paper(
    qtbot: QtBot, shell: Shell, desk: Desk, goran: Trainee
) -> None:
    done = plans.finish(desk, a_whole_plan(desk, goran.id).id)
    window = QWidget()
    qtbot.addWidget(window)
    finder = Finder(shell)
    finder.setParent(window)
    window.show()
    finder.setText(f"CDP1 V-2026-0001 1 {done.check_code}")
    finder.open_current()

    (form,) = window.findChildren(FindPaperForm)
    assert form.name.text() == "Göran Lindström"
    assert finder.text() == ""
