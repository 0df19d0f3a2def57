from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel

from coachdesk.services import consents, drafts, information
from coachdesk.ui.consents.dialogs import InformationForm, PermissionForm, ProhibitionForm
from coachdesk.ui.consents.form import OTHER, ConsentForm
from coachdesk.ui.consents.screen import ConsentsTab
from tests.ui import walking

TO = "wellbeing_area_ostrobothnia"


@pytest.fixture
def trainee(a_trainee):
    return a_trainee("Lindström", "Göran", service_language="sv")


@pytest.fixture
def tab(qtbot, shell):
    found = ConsentsTab(shell)
    qtbot.addWidget(found)
    found.resize(1118, 560)
    found.show()
    return found


@pytest.fixture
def papers(tab):
    """What was shown on paper."""
    shown = []
    tab.show_paper = shown.append
    return shown


def give(shell, trainee, **more):
    values = {"recipient": TO, "scopes": ("basic", "phases"), "valid_to": date(2027, 6, 30)} | more
    return consents.give(shell.desk, trainee.id, **values)


def chips(tab):
    return {row.name: row.state.text for row in tab.list.rows.rows}


def fill(form, recipient=TO, valid_to="30.6.2027", scopes=("basic", "plan")):
    form.recipient.choose(recipient)
    form.recipient.chosen.emit(recipient)
    for key in scopes:
        form.boxes[key].tick.click()
    form.valid_to.setText(valid_to)
    form.valid_to.textEdited.emit(valid_to)


def test_without_consents_one_button_begins(tab, trainee):
    tab.show_trainee(trainee.id)
    assert tab.none.isVisible()

    tab.none.button.click()

    assert tab.in_form


def test_no_scope_is_ticked_beforehand(tab, trainee):
    tab.show_trainee(trainee.id)
    tab.new()

    assert not any(box.tick.isChecked() for box in tab.form.boxes.values())
    assert tab.form.valid_to.text() == ""


@pytest.mark.parametrize(("service", "told"), [("fi", "Write it in Finnish"), ("sv", "Write it in Swedish")])
def test_the_form_says_in_which_language_the_purpose_is_printed(tab, a_trainee, service, told):
    tab.show_trainee(a_trainee("Ström", "Ida", service_language=service).id)
    tab.new()

    assert tab.form.purpose.placeholderText() == told


def test_each_scope_has_its_sentence_in_the_screens_language(tab, trainee, speak):
    from coachdesk.domain.consent import CONSENT_SCOPES
    from coachdesk.i18n import words

    tab.show_trainee(trainee.id)
    tab.new()
    for language in ("fi", "sv"):
        speak(language)
        for scope in CONSENT_SCOPES:
            assert tab.form.boxes[scope.key].sentence.text() == words(language)._(scope.sentence)


def test_new_consent_is_recorded_with_all_that_was_said(tab, trainee, shell):
    tab.show_trainee(trainee.id)
    tab.new()
    fill(tab.form)
    tab.form.purpose.setText("Gemensam uppföljning")
    tab.main_action()

    (one,) = consents.sheet(shell.desk, trainee.id).consents
    assert not tab.in_form
    assert (one.recipient, one.scopes, one.purpose) == (TO, ("basic", "plan"), "Gemensam uppföljning")
    assert (one.given, one.valid_to) == (date(2026, 12, 15), date(2027, 6, 30))
    assert (one.explained_language, one.explained_by) == ("sv", "Aino Mallikas")
    assert tab.view.consent == one


def test_a_recipient_named_in_words_is_kept_as_written(tab, trainee, shell):
    tab.show_trainee(trainee.id)
    tab.new()
    fill(tab.form, recipient=OTHER)
    tab.form.other.setText("Bror")
    tab.main_action()

    assert consents.sheet(shell.desk, trainee.id).recipients == ("Bror",)


def test_new_consent_can_be_undone_until_something_leaves(tab, trainee, shell):
    tab.show_trainee(trainee.id)
    tab.new()
    fill(tab.form)
    tab.main_action()

    shell.undo.undo()

    assert consents.sheet(shell.desk, trainee.id).consents == ()
    assert tab.none.isVisible()


@pytest.mark.parametrize(
    ("spoil", "field"),
    [
        (lambda form: form.recipient.choose(""), "recipient"),
        (lambda form: form.valid_to.setText(""), "valid_to"),
        (lambda form: form.valid_to.setText("1.1.2020"), "valid_to"),
        (lambda form: form.valid_to.setText("jossain"), "valid_to"),
        (lambda form: form.given.setText("24.12.2026"), "given"),
        (lambda form: form.hows["spoken"].click(), "witness"),
        (lambda form: form.hows["representative"].click(), "witness"),
    ],
)
def test_what_is_missing_is_told_at_its_field(tab, trainee, shell, spoil, field):
    tab.show_trainee(trainee.id)
    tab.new()
    fill(tab.form)
    spoil(tab.form)
    tab.main_action()

    assert tab.in_form
    assert tab.form.fields[field].error
    assert consents.sheet(shell.desk, trainee.id).consents == ()


def test_consent_without_a_scope_is_refused_beside_the_scopes(tab, trainee):
    tab.show_trainee(trainee.id)
    tab.new()
    fill(tab.form, scopes=())
    tab.main_action()

    assert tab.form.scopes_error.isVisible()


def test_spoken_consent_names_who_heard_it(tab, trainee, shell):
    tab.show_trainee(trainee.id)
    tab.new()
    fill(tab.form)
    tab.form.hows["spoken"].click()
    tab.form.witness.setText("Berit Exempel")
    tab.main_action()

    (one,) = consents.sheet(shell.desk, trainee.id).consents
    assert (one.given_how, one.witness) == ("spoken", "Berit Exempel")


def test_states_of_recipients_are_told_in_words(tab, trainee, shell, clock):
    give(shell, trainee)
    give(shell, trainee, recipient="Solglimt Ab", valid_to=date(2026, 12, 31))
    gone = give(shell, trainee, recipient="kela")
    consents.withdraw(shell.desk, gone.id)
    tab.show_trainee(trainee.id)

    found = chips(tab)
    assert found["Wellbeing services county of Ostrobothnia"].startswith("In force to")
    assert "16 days" in found["Solglimt Ab"]
    assert found["Kela"].startswith("Withdrawn")


def test_consent_that_ends_soon_is_chosen_and_renewing_has_the_focus(tab, trainee, shell):
    give(shell, trainee)
    give(shell, trainee, recipient="Solglimt Ab", valid_to=date(2026, 12, 31))
    tab.show_trainee(trainee.id)

    assert tab.view.recipient == "Solglimt Ab"
    assert tab.first_focus() is tab.view.renew


def test_renewal_copies_scopes_with_new_dates_and_makes_a_new_version(tab, trainee, shell):
    old = give(shell, trainee, valid_to=date(2026, 12, 31), scopes=("phases", "plan"))
    tab.show_trainee(trainee.id)
    tab.view.renew.click()
    assert tab.form.values["scopes"] == ["phases", "plan"]
    assert tab.form.given.day == date(2026, 12, 15)
    assert tab.form.valid_to.day == date(2026, 12, 31)

    tab.form.valid_to.setText("30.6.2027")
    tab.form.boxes["goals"].tick.click()
    tab.main_action()

    new = consents.sheet(shell.desk, trainee.id).in_force(TO)
    assert new.replaces_id == old.id
    assert new.scopes == ("phases", "goals", "plan")
    assert "Version 2" in tab.view.version.text()


def test_older_version_is_read_only(tab, trainee, shell):
    old = give(shell, trainee)
    consents.change(shell.desk, old.id, scopes=("plan",))
    tab.show_trainee(trainee.id)
    menu = tab.view.versions_menu()
    assert len(menu.actions()) == 2

    menu.actions()[1].trigger()

    assert tab.view.consent.id == old.id
    assert tab.view.chip.text() == "Replaced"
    assert not tab.view.withdraw_box.isVisible()
    assert not tab.view.renew.isVisible()


def test_withdrawing_asks_and_the_safe_answer_withdraws_nothing(tab, trainee, shell, notices):
    give(shell, trainee)
    tab.show_trainee(trainee.id)
    notices.answer = False
    tab.view.withdraw.click()

    assert "Göran Lindström" in notices.questions[0]
    assert consents.sheet(shell.desk, trainee.id).in_force(TO)


def test_withdrawn_consent_cannot_be_undone(tab, trainee, shell):
    give(shell, trainee)
    tab.show_trainee(trainee.id)
    shell.undo.did("something before", undo=lambda: None)
    tab.view.withdraw.click()

    assert consents.sheet(shell.desk, trainee.id).in_force(TO) is None
    assert tab.view.chip.text().startswith("Withdrawn")
    assert not shell.undo.can_undo


def test_what_is_typed_is_a_draft_and_comes_back(qtbot, tab, trainee, shell):
    tab.show_trainee(trainee.id)
    tab.new()
    fill(tab.form)
    tab.form.purpose.setText("Kesken")
    tab.form.purpose.textEdited.emit("Kesken")
    tab.form.leave()
    assert "Unfinished consent" in chips(tab)
    assert consents.sheet(shell.desk, trainee.id).consents == ()

    other = ConsentsTab(shell)
    qtbot.addWidget(other)
    other.show()
    other.show_trainee(trainee.id)
    other.new()
    assert other.form.found.isVisible()
    other.form.go_on.click()

    assert other.form.values["scopes"] == ["basic", "plan"]
    assert other.form.purpose.text() == "Kesken"
    assert other.form.recipient.key == TO


def test_draft_is_gone_once_it_is_recorded(tab, trainee, shell):
    tab.show_trainee(trainee.id)
    tab.new()
    fill(tab.form)
    tab.main_action()

    assert drafts.all_of_coach(shell.desk) == ()
    assert "Unfinished consent" not in chips(tab)


def test_draft_of_one_trainee_is_not_offered_for_another(tab, trainee, a_trainee, shell):
    tab.show_trainee(trainee.id)
    tab.new()
    fill(tab.form)
    tab.show_trainee(a_trainee("Toinen", "Taina").id)
    tab.new()

    assert not tab.form.found.isVisible()
    assert tab.form.values["scopes"] == []


def test_draft_lists_choose_the_form_with_what_was_typed(tab, trainee):
    tab.show_trainee(trainee.id)
    tab.new()
    fill(tab.form)
    tab.form.leave()
    tab.list.choose(len(tab.list.rows.rows) - 1)

    assert tab.in_form
    assert tab.form.values["scopes"] == ["basic", "plan"]


def test_form_is_printed_in_the_trainees_language_before_it_is_kept(tab, trainee, shell, papers):
    tab.show_trainee(trainee.id)
    tab.new()
    fill(tab.form)
    tab.print_()
    tab.form.plain.click()

    assert [paper.language for paper in papers] == ["sv", "sv"]
    assert all(paper.pdf.startswith(b"%PDF") for paper in papers)
    assert papers[0].file_name != papers[1].file_name
    assert not any("lindstr" in paper.file_name for paper in papers)
    assert consents.sheet(shell.desk, trainee.id).consents == ()


def test_unfinished_form_is_not_printed(tab, trainee, papers):
    tab.show_trainee(trainee.id)
    tab.new()
    tab.print_()

    assert papers == []
    assert tab.form.fields["recipient"].error


def test_kept_consent_is_printed_in_both_ways(tab, trainee, shell, papers):
    give(shell, trainee)
    tab.show_trainee(trainee.id)
    tab.print_()
    tab.view.plain.click()

    assert len(papers) == 2


def test_prohibition_withdraws_the_consents_it_covers(qtbot, tab, trainee, shell, notices):
    give(shell, trainee)
    tab.show_trainee(trainee.id)
    form = ProhibitionForm(shell, tab.page)
    qtbot.addWidget(form)
    form.did.connect(lambda label, undo, _redo: tab.can_be_undone(label, undo))
    form.try_to_keep()

    assert len(notices.questions) == 1
    assert consents.sheet(shell.desk, trainee.id).in_force(TO) is None
    assert chips(tab)["Wellbeing services county of Ostrobothnia"].startswith("Forbidden")
    assert "forbidden" in tab.view.note.text


def test_prohibition_is_lifted_after_asking(tab, trainee, shell, notices):
    consents.forbid(shell.desk, trainee.id, recipient=TO)
    tab.show_trainee(trainee.id)
    tab.others.choose(1)
    tab.beside("prohibitions").end_button.click()

    assert notices.questions
    assert consents.sheet(shell.desk, trainee.id).barred(TO) is None


def test_permission_is_recorded_apart_and_undone(qtbot, tab, trainee, shell):
    tab.show_trainee(trainee.id)
    form = PermissionForm(shell, tab.page)
    qtbot.addWidget(form)
    form.did.connect(lambda label, undo, _redo: tab.can_be_undone(label, undo))
    form.to_whom.setText("Vasa mentalvårdscentral")
    form.try_to_keep()
    assert tab.beside("permissions").model.rows[0].to_whom == "Vasa mentalvårdscentral"
    assert tab.list.rows.rows == []

    shell.undo.undo()

    assert consents.sheet(shell.desk, trainee.id).permissions == ()


def test_permission_is_withdrawn_after_asking(tab, trainee, shell, notices):
    consents.permit(shell.desk, trainee.id, to_whom="Vasa mentalvårdscentral")
    tab.show_trainee(trainee.id)
    tab.others.choose(0)
    tab.beside("permissions").end_button.click()

    assert notices.questions
    assert consents.sheet(shell.desk, trainee.id).permissions[0].withdrawn


def test_information_given_is_recorded_printed_and_undone(qtbot, tab, trainee, shell, papers):
    tab.show_trainee(trainee.id)
    form = InformationForm(shell, tab.page)
    qtbot.addWidget(form)
    form.did.connect(lambda label, undo, _redo: tab.can_be_undone(label, undo))
    form.plain.setChecked(True)
    form.try_to_keep()
    (given,) = information.given_to(shell.desk, trainee.id)
    assert (given.language, given.given_by) == ("sv-plain", "Aino Mallikas")

    tab.others.choose(2)
    tab.print_()
    tab.beside("information").plain.click()
    assert [paper.language for paper in papers] == ["sv", "sv"]

    shell.undo.undo()
    assert information.given_to(shell.desk, trainee.id) == ()


def test_many_unsent_items_are_told_before_a_withdrawal():
    from coachdesk.ui.consents.view import withdrawal_words

    assert "3 items" in withdrawal_words(3, told=True)
    assert "delete" in withdrawal_words(0, told=True)
    assert "delete" not in withdrawal_words(0, told=False)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_long_names_widen_nothing(tab, trainee, shell, speak, language):
    speak(language)
    long = "Kuntoutuksen ja työllistymisen tukiyhdistyksen paikallisosasto " * 3
    give(shell, trainee, recipient=long.strip(), scopes=tuple(tab.form.boxes))
    tab.show_trainee(trainee.id)

    assert tab.width() == 1118
    assert tab.minimumSizeHint().width() <= 1118


def test_every_control_of_the_form_has_a_name(tab, trainee):
    tab.show_trainee(trainee.id)
    tab.new()
    for box in tab.form.findChildren(QCheckBox):
        assert box.text() and box.accessibleDescription()
    for field in tab.form.fields.values():
        assert field.caption.text() and field.caption.buddy() is field.control


def test_space_ticks_and_the_sentence_under_a_box_does_too(tab, trainee):
    tab.show_trainee(trainee.id)
    tab.new()
    box = tab.form.boxes["goals"]
    QTest.keyClick(box.tick, Qt.Key.Key_Space)
    assert box.tick.isChecked()

    QTest.mouseClick(box.sentence, Qt.MouseButton.LeftButton)
    assert not box.tick.isChecked()


def test_escape_leaves_the_form_with_a_draft(tab, trainee, shell):
    tab.show_trainee(trainee.id)
    tab.new()
    fill(tab.form)
    QTest.keyClick(tab.form.purpose, Qt.Key.Key_Escape)

    assert not tab.in_form
    assert drafts.all_of_coach(shell.desk)


def test_new_on_the_trainees_page_begins_a_consent_on_this_tab(qtbot, shell, trainee):
    from coachdesk.ui.trainees.page import TraineePage

    page = TraineePage(shell)
    qtbot.addWidget(page)
    page.show()
    page.show_trainee(trainee.id, "consents")
    page.refresh()
    page.new()

    assert page.tab == "consents"
    assert isinstance(page.tab_shown, ConsentsTab) and page.tab_shown.in_form


def test_no_identity_code_is_ever_on_the_tab(qtbot, tab, a_trainee, shell):
    person = a_trainee("Koodi", "Kaisa", personal_identity_code="010190-999W")
    consents.give(shell.desk, person.id, recipient=TO, scopes=("basic",), valid_to=date(2027, 6, 30))
    tab.show_trainee(person.id)
    tab.new()
    for words in tab.findChildren(QLabel):
        assert "999W" not in words.text() + words.toolTip()


def test_form_keeps_quiet_while_it_is_filled_by_the_program(qtbot, shell, trainee):
    from coachdesk.services import consent_sheets

    form = ConsentForm(shell)
    qtbot.addWidget(form)
    form.begin(consent_sheets.page(shell.desk, trainee.id), recipient=TO)

    assert drafts.all_of_coach(shell.desk) == ()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_page_of_the_tab_has_names_and_room_for_its_words(tab, trainee, shell, speak, language):
    speak(language)
    give(shell, trainee, scopes=tuple(tab.form.boxes), purpose="Gemensam uppföljning av handledningen")
    give(shell, trainee, recipient="Solglimt Ab", valid_to=date(2026, 12, 31))
    consents.permit(shell.desk, trainee.id, to_whom="Vasa mentalvårdscentral")
    consents.forbid(shell.desk, trainee.id, recipient="kela")
    information.give(shell.desk, trainee.id, language="sv", given=date(2026, 9, 1), given_by="Aino Mallikas")
    tab.show_trainee(trainee.id)
    for at in range(len(tab.list.rows.rows)):
        tab.list.choose(at)
        walked(tab)
    for at in range(3):
        tab.others.choose(at)
        walked(tab)
    tab.new()
    tab.form.hows["representative"].click()
    walked(tab)


def walked(window):
    from PySide6.QtWidgets import QApplication

    for _time in range(4):
        QApplication.processEvents()
    assert [walking.told(one) for one in walking.controls(window) if not walking.name_of(one)] == []
    assert list(walking.cut(window)) == []


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("kind", [PermissionForm, ProhibitionForm, InformationForm])
def test_small_forms_have_names_and_room_for_their_words(qtbot, tab, trainee, shell, speak, language, kind):
    speak(language)
    give(shell, trainee)
    tab.show_trainee(trainee.id)
    form = kind(shell, tab.page)
    qtbot.addWidget(form)
    form.show()
    walked(form)


def test_the_number_on_the_tab_follows_a_withdrawal(qtbot, shell, notices, trainee):
    from coachdesk.ui.trainees.page import TABS, TraineePage

    give(shell, trainee)
    page = TraineePage(shell)
    qtbot.addWidget(page)
    page.resize(1118, 600)
    page.show()
    page.show_trainee(trainee.id, "consents")
    page.refresh()
    at = next(at for at, tab in enumerate(TABS) if tab.word == "consents")
    assert page.bar.tabText(at).endswith("1")

    page.tab_shown.view.withdraw.click()

    assert not page.bar.tabText(at).endswith("1")
