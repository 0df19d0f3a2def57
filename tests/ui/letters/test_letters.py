"""A letter from the region, from Today to the answer, as a coach meets it."""

from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from coachdesk.domain.identity_code import MASKED
from coachdesk.domain.period import Period
from coachdesk.domain.trainee import Trainee
from coachdesk.services import letter_answers, letter_lists, offering, periods, plan_sheets, trainees
from coachdesk.services.plans_by_others import record_others_plan
from coachdesk.ui.letters.answer import AnswerForm
from coachdesk.ui.letters.dialog import LetterDialog
from coachdesk.ui.letters.grant import GrantForm
from coachdesk.ui.letters.page import LettersPage, open_letter
from coachdesk.ui.letters.whose import WhoseForm
from coachdesk.ui.plans.words import approval
from coachdesk.ui.settings.card_form import CardForm
from coachdesk.ui.settings.figures_dialog import FiguresDialog
from coachdesk.ui.settings.offering import OfferingSection
from coachdesk.ui.today.screen import TodayScreen
from coachdesk.ui.trainees import facts
from tests.services.letters import PERSON, Pair, paired, ref_of


@pytest.fixture
def pair(desk, tmp_path: Path) -> Pair:
    return paired(desk, tmp_path)


@pytest.fixture
def referral(pair: Pair) -> int:
    pair.write(
        "referral", person=PERSON, service="work_tryout", words="Tule tutustumaan", reply_by="2026-12-22"
    )
    pair.deliver()
    return letter_lists.card(pair.desk).lines[0].letter_id


@pytest.fixture
def opened(shell, qtbot):
    def opened(letter_id: int) -> LetterDialog:
        dialog = LetterDialog(shell, letter_id)
        qtbot.addWidget(dialog)
        dialog.did.connect(lambda text, undo, redo: shell.undo.did(text, undo, redo) if undo else None)
        dialog.show()
        return dialog

    return opened


def words(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_today_tells_what_came_from_whom_and_by_when_it_is_answered(shell, qtbot, referral) -> None:
    screen = TodayScreen(shell)
    qtbot.addWidget(screen)
    screen._read_letters()
    told = words(screen.letters)
    assert not screen.letters.isHidden()
    assert "Siv Sjöblom" in told
    assert "Åström, Mio" in told and screen.letters.lines[0].button.text() == "Referral"
    assert not screen.letters.lines[1].isVisibleTo(screen.letters)


def test_identity_code_of_a_letter_is_dots_until_somebody_asks(shell, opened, pair) -> None:
    code = "150385Y9024"
    pair.write("referral", person=PERSON | {"personal_identity_code": code}, service="work_tryout")
    pair.deliver()
    dialog = opened(letter_lists.card(pair.desk).lines[0].letter_id)
    at_first = words(dialog)
    dialog.eye.click()
    asked, text = words(dialog), dialog.eye.text()
    dialog.hiding.timeout.emit()
    later = words(dialog)
    dialog.eye.click()
    shell.keeping.emit()

    assert code not in at_first and MASKED in at_first
    assert code in asked and text == "Hide the identity code"
    assert code not in later
    assert code not in words(dialog)
    with shell.desk.reading() as unit:
        acts = list(unit.connection.exec_driver_sql("SELECT act FROM log").scalars())
    assert acts.count("letter.show_code") == 2


def test_card_is_not_there_when_nothing_waits(shell, qtbot, pair) -> None:
    screen = TodayScreen(shell)
    qtbot.addWidget(screen)
    screen._read_letters()
    assert screen.letters.isHidden()


def test_letter_says_all_it_holds_and_whose_it_is(opened, referral) -> None:
    dialog = opened(referral)
    assert "Tule tutustumaan" in words(dialog) and "Joined to no trainee yet" in words(dialog)
    assert dialog.answer.isVisibleTo(dialog) and not dialog.take.isVisibleTo(dialog)


def test_new_trainee_of_a_referral_with_the_fields_that_are_ticked(shell, opened, qtbot, referral) -> None:
    dialog = opened(referral)
    form = WhoseForm(shell, dialog.sheet, dialog)
    form.did.connect(dialog._told)
    assert form.who.key == "new"
    form.rows.ticks["phone"].setChecked(False)
    form.try_to_keep()
    person = dialog.sheet.trainee
    assert (person.family_name, person.phone) == ("Åström", "")
    shell.undo.undo()
    assert letter_lists.open_letter(shell.desk, referral).trainee is None


@pytest.fixture
def kept_back(shell):
    """Work is kept back until it is let go: what is done meanwhile was done on the window's thread."""
    waiting = []
    run = shell.jobs.run
    shell.jobs.run = lambda work, **more: waiting.append(lambda: run(work, **more))

    def let_go() -> None:
        shell.jobs.run = run
        for one in waiting:
            one()

    return let_go


@pytest.mark.parametrize("page", [TodayScreen, LettersPage])
def test_what_was_done_in_a_letter_is_taken_back_on_the_saving_lane(
    shell, qtbot, referral, page, request
) -> None:
    front = page(shell) if page is TodayScreen else page(shell, None)
    qtbot.addWidget(front)
    dialog = open_letter(shell, referral, front)
    form = WhoseForm(shell, dialog.sheet, dialog)
    form.did.connect(dialog._told)
    form.try_to_keep()
    dialog.reject()
    let_go = request.getfixturevalue("kept_back")

    shell.undo.undo()
    before = letter_lists.open_letter(shell.desk, referral).trainee
    let_go()

    assert before is not None
    assert letter_lists.open_letter(shell.desk, referral).trainee is None


def test_a_refusal_of_taking_an_answer_back_is_told_and_no_mistake(
    shell, qtbot, referral, notices, pair
) -> None:
    front = LettersPage(shell, None)
    qtbot.addWidget(front)
    dialog = open_letter(shell, referral, front)
    dialog.did.emit("Answered", partial(letter_answers.take_back, shell.desk, referral), None)

    shell.undo.undo()  # nothing is answered, so nothing can be taken back

    assert notices.sentences == ["The answer has left already. It cannot be taken back."]
    dialog.reject()


def test_known_trainee_keeps_what_is_not_ticked(shell, opened, referral) -> None:
    known = trainees.register(shell.desk, Trainee(family_name="Åström", given_names="Mio", phone="050 1"))
    dialog = opened(referral)
    form = WhoseForm(shell, dialog.sheet, dialog)
    assert form.who.key == str(known.id)
    assert not form.rows.ticks["phone"].isChecked() and form.rows.ticks["birth_date"].isChecked()
    assert not form.rows.ticks["family_name"].isEnabled()  # both say the same
    form.try_to_keep()
    kept = trainees.get(shell.desk, known.id)
    assert (kept.phone, kept.birth_date) == ("050 1", date(2001, 5, 4))


def test_draft_of_an_answer_stands_on_today_and_is_gone_on_with(shell, opened, qtbot, referral) -> None:
    dialog = opened(referral)
    form = AnswerForm(shell, dialog.sheet, dialog)
    form.words.setPlainText("Tervetuloa")
    form.draft.keep_now()
    form.reject()
    dialog.reject()
    screen = TodayScreen(shell)
    qtbot.addWidget(screen)
    screen.show()
    screen.refresh()
    assert not screen.drafts.isHidden()
    assert "Answer to the region unfinished" in words(screen.drafts) and "Åström" in words(screen.drafts)
    screen.drafts.button.click()

    again = next(w for w in screen.window().findChildren(AnswerForm) if w.isVisible())
    again.draft.go_on.click()
    assert again.words.toPlainText() == "Tervetuloa"
    again.reject()


def test_what_leaves_with_an_answer_is_shown_before_it_is_accepted(shell, opened, referral) -> None:
    form = AnswerForm(shell, opened(referral).sheet)
    form.words.setPlainText("Tervetuloa")
    told = words(form.leaves)
    assert "Exactly this leaves" in told and "Tervetuloa" in told and "Pohjanmaan hyvinvointialue" in told
    assert "the numbers of the letter and of this answer" in told


def test_new_worker_goes_into_the_record_by_one_button_and_back(shell, opened, pair, a_trainee) -> None:
    person = a_trainee("Aho", "Väinö")
    member = {"name": "Bo Ek", "phone": "06 111"}
    pair.write("worker_changed", ref=ref_of(pair, person.id), worker=member, from_day="2027-01-01")
    pair.deliver()
    dialog = opened(letter_lists.card(pair.desk).lines[0].letter_id)
    assert dialog.carry.isVisibleTo(dialog) and dialog.record.text().endswith("–")
    dialog.carry.click()
    assert "Bo Ek, 06 111" in dialog.record.text() and not dialog.carry.isVisibleTo(dialog)
    page = trainees.page(shell.desk, person.id)
    assert "Bo Ek" in facts.reach(page, shell.clock.today())["worker"]
    shell.undo.undo()
    assert trainees.page(shell.desk, person.id).worker is None


def test_approval_is_marked_on_the_plan_by_one_button(shell, opened, pair, a_trainee) -> None:
    person = a_trainee("Aho", "Väinö")
    plan = {"kind": "activation_plan", "made": "2026-12-01"}
    pair.write("plan_approved", ref=ref_of(pair, person.id), plan=plan, approved="2026-12-10")
    pair.deliver()
    letter_id = letter_lists.card(pair.desk).lines[0].letter_id
    assert "No plan of this kind" in opened(letter_id).record.text()
    record_others_plan(shell.desk, person.id, kind="activation_plan", maker="Alue", made=date(2026, 12, 1))
    dialog = opened(letter_id)
    dialog.carry.click()
    assert "In the record as approved: Activation plan" in dialog.record.text()
    (row,) = plan_sheets.sheet(shell.desk, person.id).rows
    assert approval(row).startswith("approved by the region")


def test_ticks_of_a_draft_come_back(shell, opened, referral) -> None:
    dialog = opened(referral)
    form = WhoseForm(shell, dialog.sheet, dialog)
    form.rows.ticks["phone"].setChecked(False)
    form.draft.keep_now()
    form.reject()
    again = WhoseForm(shell, dialog.sheet, dialog)
    assert again.rows.ticks["phone"].isChecked()
    again.draft.take()
    assert not again.rows.ticks["phone"].isChecked()


def test_answer_shows_exactly_what_leaves_before_it_is_accepted(shell, opened, referral) -> None:
    dialog = opened(referral)
    form = AnswerForm(shell, dialog.sheet, dialog)
    form.did.connect(dialog._told)
    form.show()
    form.outcome.choose("declined")
    form.outcome.chosen.emit("declined")
    assert "Choose why" in words(form.leaves)
    form.reason.choose("no_free_place")
    form.words.setPlainText("Jonossa on viisi.")
    assert "no free place" in words(form.leaves) and "Jonossa on viisi." in words(form.leaves)
    form.try_to_keep()
    assert "Jonossa on viisi." in words(dialog.answered)
    assert not dialog.answer.isVisibleTo(dialog)
    assert letter_lists.card(shell.desk).lines == ()
    shell.undo.undo()
    assert len(letter_lists.card(shell.desk).lines) == 1


def test_answer_of_501_letters_is_refused_at_its_field(shell, opened, referral) -> None:
    form = AnswerForm(shell, opened(referral).sheet)
    form.words.setPlainText("x" * 501)
    form.try_to_keep()
    assert "500" in form.fields["words"].error
    assert len(letter_lists.card(shell.desk).lines) == 1
    form.deleteLater()


def test_decision_is_taken_over_only_where_it_is_ticked(shell, opened, pair) -> None:
    person = trainees.register(shell.desk, Trainee(family_name="Haapala"))
    begun = Period(
        trainee_id=person.id,
        workshop_id=1,
        service_kind="work_tryout",
        begins=date(2026, 11, 2),
        granted_days=20,
    )
    period = periods.add(shell.desk, begun)
    pair.write("decision", about="decision", number="P-9", days=40, service="work_tryout")
    pair.deliver()
    letter_id = letter_lists.card(shell.desk).lines[0].letter_id
    letter_lists.join(shell.desk, letter_id, person.id)
    dialog = opened(letter_id)
    form = GrantForm(shell, dialog.sheet, dialog)
    form.did.connect(dialog._told)
    assert form.period.key == str(period.id)
    assert not form.rows.ticks["granted_days"].isChecked()
    form.try_to_keep()
    kept = periods.of_trainee(shell.desk, person.id)[0].period
    assert (kept.decision_number, kept.granted_days) == ("P-9", 20)
    shell.undo.undo()
    assert periods.of_trainee(shell.desk, person.id)[0].period == period


@pytest.fixture
def page(shell, qtbot, pair, tmp_path):
    """The list; asked for a file it is given the letter on the stick.  A fixture holds it to the end."""
    from coachdesk.region import letters

    class Asks:
        def file(self, _title: str, _kind: str) -> Path:
            return letters.write_out(pair.region, pair.device, tmp_path / "stick")[0]

        def folder(self, _title: str) -> Path:
            return tmp_path

    page = LettersPage(shell, Asks())
    qtbot.addWidget(page)
    page.retranslate()
    return page


def test_list_in_sync_reads_a_carried_file_and_opens_a_letter(page, notices, pair) -> None:
    pair.write("question", words="Miten sujuu?")
    page.read_file()
    assert [line.kind for line in page.model.rows] == ["question"]
    assert any("new letter" in text for text in notices.told)
    dialog = page.open_letter(page.model.rows[0].letter_id)
    assert "Miten sujuu?" in words(dialog)
    dialog.reject()


def test_service_card_shows_exactly_what_leaves(shell, qtbot, pair) -> None:
    form = CardForm(shell, offering.cards(shell.desk)[0])
    qtbot.addWidget(form)
    tick, free, _queue, _start = form.services.rows["work_tryout"]
    tick.setChecked(True)
    free.setValue(4)
    assert "Nothing leaves" in words(form.leaves)
    form.told.setChecked(True)
    assert "4 free" in words(form.leaves)
    form.try_to_keep()
    assert offering.cards(shell.desk)[0].places[0].free == 4
    pair.send()
    assert pair.cards()[0].item["services"][0]["free"] == 4


def test_a_card_changed_in_the_settings_is_taken_back_on_the_saving_lane(shell, qtbot, pair, request) -> None:
    section = OfferingSection(shell)
    qtbot.addWidget(section)
    form = CardForm(shell, offering.cards(shell.desk)[0])
    section._open(form)
    tick, free, _queue, _start = form.services.rows["work_tryout"]
    tick.setChecked(True)
    free.setValue(4)
    form.told.setChecked(True)
    form.try_to_keep()
    let_go = request.getfixturevalue("kept_back")

    shell.undo.undo()
    before = offering.cards(shell.desk)[0].places
    let_go()

    assert before[0].free == 4
    assert [one.free for one in offering.cards(shell.desk)[0].places if one.free] == []


def test_settings_say_how_each_card_and_the_figures_stand(shell, qtbot, pair) -> None:
    section = OfferingSection(shell)
    qtbot.addWidget(section)
    section.refresh()
    assert "No card yet." in words(section) and "Turned off." in words(section)
    section.on.click()
    assert offering.is_on(shell.desk) and "Fewer than twenty" in words(section)


def test_figures_are_looked_at_and_accepted_in_one_place(shell, qtbot, pair) -> None:
    for n in range(25):
        one = trainees.register(shell.desk, Trainee(family_name=f"Mallinen{n}"))
        began = Period(trainee_id=one.id, workshop_id=1, service_kind="work_tryout", begins=date(2026, 5, 1))
        periods.add(shell.desk, began)
    offering.turn(shell.desk, True)
    dialog = FiguresDialog(shell, offering.figures(shell.desk)[0])
    qtbot.addWidget(dialog)
    assert "<5" in words(dialog) and "25" in words(dialog)
    dialog.let_go()
    assert offering.figures(shell.desk)[0].state == "ready"
