"""A trainee handed over from one desk to another: what arrives, what is asked, what stays."""

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coachdesk.domain import letter_kinds
from coachdesk.domain.comparing import How
from coachdesk.domain.handover import ACCEPTED, GROUNDS, REFUSED
from coachdesk.domain.period import Period
from coachdesk.domain.region_letters import RegionLetter
from coachdesk.domain.trainee import Trainee
from coachdesk.errors import Refused, Unreadable
from coachdesk.i18n import say
from coachdesk.services import (
    access_log,
    appointments,
    attachments,
    attendance,
    coaching,
    consents,
    giving,
    handing_over,
    letter_lists,
    notes,
    other_desks,
    periods,
    phases,
    plan_sheets,
    plans,
    taking_over,
    trainees,
    workshops,
)
from coachdesk.services.desk import Desk
from coachdesk.store import letters as kept_letters
from coachdesk.store import plans as kept_plans
from tests.services.handed import BODY, CODE, NOON, PDF, Two, looked, taken
from tests.services.handed import two as two


def test_everything_open_and_every_paper_arrives(two: Two):
    arrived = looked(two.taker, two.file())

    assert (arrived.name, arrived.onto, arrived.papers) == ("Malla Mallinen", None, 1)
    assert {task.kind for task in arrived.tasks} == {"next_step", "appointment"}
    assert arrived.met.new["attended_day"] == 3
    assert not arrived.desk.known
    assert arrived.desk.fingerprint == other_desks.own(two.giver).fingerprint


def test_accepted_trainee_is_whole_under_numbers_of_the_new_desk(two: Two):
    taken = two.accept(two.file())
    who = taken.trainee_id

    assert trainees.show_code(two.taker, who) == CODE
    [note] = notes.of_trainee(two.taker, who)
    assert note.note.text == "Puhuttiin työstä"
    [view] = trainees.own_views(two.taker, who)
    assert view.subject == f"note:{note.note.id}"
    [paper] = attachments.page(two.taker, who).sheets
    assert attachments.open_(two.taker, paper.attachment.id) == PDF
    assert paper.number
    [agreement] = periods.of_trainee(two.taker, who)
    shops = {shop.id: shop.name_fi for shop in workshops.all_workshops(two.taker)}
    assert shops[agreement.period.workshop_id] == "Mallipaja"
    shown = attendance.history(two.taker, who)
    assert sum(len(row.marks) for row in shown.rows) == 3


def test_open_tasks_stand_on_today_of_the_receiver(two: Two):
    who = two.accept(two.file()).trainee_id

    assert phases.next_step(two.taker, who).text == "Soitetaan"
    assert [one.where for one in appointments.of_trainee(two.taker, who)] == ["Paja"]
    assert trainees.get(two.taker, who).responsible_coach_id == two.taker.coach_id


def test_consents_and_permissions_stay_with_whom_they_were_given_to(two: Two):
    consents.give(two.giver, two.person.id, recipient=BODY, scopes=("basic",), valid_to=date(2027, 6, 1))
    leaving = handing_over.leaving(two.giver, two.person.id)
    arrived = looked(two.taker, two.file())

    assert leaving.stays == {"consent": 1}
    assert arrived.consents == 1
    assert "consent" not in arrived.met.new


def test_only_the_periods_of_one_controller_go_where_there_are_two(two: Two):
    other = periods.add(
        two.giver,
        Period(
            trainee_id=two.person.id, workshop_id=1, service_kind="work_try_out", controller="kela",
            purchaser="kela", ground="agreement", begins=date(2026, 12, 1),
        ),
    )  # fmt: skip
    attendance.record_day(two.giver, other.id, date(2026, 12, 9), "present", minutes=60)
    leaving = handing_over.leaving(two.giver, two.person.id, f"{BODY}:")
    arrived = looked(two.taker, two.file(controller=f"{BODY}:"))

    assert len(leaving.controllers) == 2
    assert leaving.stays == {"period": 1, "attended_day": 1}
    assert (arrived.met.new["period"], arrived.met.new["attended_day"]) == (1, 3)


def test_answer_says_that_it_was_accepted_and_both_logs_say_to_whom_and_why(two: Two):
    taken = two.accept(two.file())
    answered = handing_over.read_answer(two.giver, taken.answer.read_bytes())
    again = handing_over.read_answer(two.giver, taken.answer.read_bytes())

    assert answered.handover.state == ACCEPTED
    assert answered.line == "Malla Mallinen: accepted by Toinen paja."
    assert (answered.news, again.news) == (True, False)
    given = {row.line.act: row.line for row in access_log.of_trainee(two.giver, two.person.id).rows}
    got = {row.line.act: row.line for row in access_log.of_trainee(two.taker, taken.trainee_id).rows}
    assert given["handover.write"].why == GROUNDS["ended"]
    assert got["handover.accept"].why == GROUNDS["ended"]


def test_refused_handover_keeps_nothing_and_says_why(two: Two):
    file = two.file()
    taken = taking_over.refuse(two.taker, two.read(file), reason="other", words="Ei sovittu")
    answered = handing_over.read_answer(two.giver, taken.answer)

    assert taken.trainee_id is None
    assert answered.line == "Malla Mallinen: refused by Toinen paja. Ei sovittu"
    assert handing_over.of_trainee(two.giver, two.person.id)[0].state == REFUSED
    assert len(trainees.listing(two.taker)) == 3


def test_handover_is_taken_over_once(two: Two):
    file = two.file()
    first = two.accept(file)

    with pytest.raises(Refused, match="taken over on"):
        two.accept(file)
    first.answer.unlink()
    again = taking_over.answered(two.taker, two.read(file).file.uid)
    assert taking_over.carry(again, two.folder) == first.answer
    assert looked(two.taker, file).answered == ACCEPTED


def test_desk_that_is_not_known_is_compared_first(two: Two):
    file = two.file()

    with pytest.raises(Refused, match="Compare its fingerprint") as refused:
        taken(two.taker, file, two.folder)
    assert other_desks.own(two.giver).fingerprint in say(refused.value)
    assert len(trainees.listing(two.taker)) == 3


def test_file_for_somebody_else_is_one_sentence_in_both_languages(
    two: Two, tmp_path: Path, made_desk: Any, reopen: Any, language: Any
):
    third = reopen(Path(shutil.copytree(made_desk[0], tmp_path / "third")))
    other_desks.own(third)

    with pytest.raises(Unreadable) as refused:
        looked(third, two.file())
    said = set()
    for code in ("en", "fi", "sv"):
        language(code)
        said.add(say(refused.value))
    assert len(said) == 3  # the sentence stands in each language


def test_existing_person_is_met_by_code_and_compared_value_by_value(two: Two):
    here = trainees.register(
        two.taker,
        Trainee(family_name="Mallinen", given_names="Malla", personal_identity_code=CODE, phone="050 2"),
    )
    arrived = looked(two.taker, file := two.file())

    assert (arrived.onto, arrived.by_code) == (here.id, True)
    [phone] = [value for value in arrived.met.values if value.name.endswith("\nphone")]
    assert (phone.mine, phone.theirs, phone.how) == ("050 2", "040 1", How.BOTH)
    with pytest.raises(Refused, match="Choose one of the two"):
        two.accept(file, onto=here.id)
    taken = two.accept(file, onto=here.id, theirs=[phone.name])
    assert taken.trainee_id == here.id
    assert trainees.get(two.taker, here.id).phone == "040 1"
    assert len(notes.of_trainee(two.taker, here.id)) == 1


def test_protected_address_is_compared_behind_dots(two: Two):
    here = trainees.register(
        two.taker,
        Trainee(
            family_name="Mallinen", given_names="Malla", personal_identity_code=CODE,
            street_address="Salakuja 7", non_disclosure=True,
        ),
    )  # fmt: skip
    trainees.edit(two.giver, replace(trainees.get(two.giver, two.person.id), street_address="Piilotie 9"))
    arrived = looked(two.taker, file := two.file(), onto=here.id)

    assert "Salakuja" not in repr(arrived) and "Piilotie" not in repr(arrived)
    [value] = [value for value in arrived.met.values if value.name.endswith("\nstreet_address")]
    assert value.how is How.BOTH and value.mine != value.theirs
    two.accept(file, onto=here.id, theirs=[value.name])
    assert trainees.get(two.taker, here.id).street_address == "Piilotie 9"


def test_next_handover_knows_what_went_before_and_asks_only_where_both_changed(two: Two):
    who = two.accept(two.file()).trainee_id
    trainees.edit(two.taker, replace(trainees.get(two.taker, who), email="uusi@esimerkki.fi"))
    trainees.edit(two.giver, replace(trainees.get(two.giver, two.person.id), phone="040 9"))
    attendance.record_day(
        two.giver, periods.of_trainee(two.giver, two.person.id)[0].period.id, date(2026, 12, 10), "present",
        minutes=240,
    )  # fmt: skip
    arrived = looked(two.taker, file := two.file())

    assert arrived.met.new == {"attended_day": 1}
    hows = {value.name.split("\n")[2]: value.how for value in arrived.met.values}
    assert hows == {"phone": How.ONLY_THEIRS, "email": How.ONLY_MINE}
    two.accept(file, onto=who)
    after = trainees.get(two.taker, who)
    assert (after.phone, after.email) == ("040 9", "uusi@esimerkki.fi")
    assert len(attachments.page(two.taker, who).sheets) == 1


def test_what_was_removed_here_since_stays_removed(two: Two):
    who = two.accept(two.file()).trainee_id
    notes.remove(two.taker, notes.of_trainee(two.taker, who)[0].note.id)
    two.accept(file := two.file(), onto=who)

    assert file
    assert notes.of_trainee(two.taker, who) == ()


def test_number_of_a_plan_that_is_given_here_already_is_told_apart(two: Two):
    other = trainees.register(two.taker, Trainee(family_name="Toinen"))
    own = _plan_of(two.taker, plans.begin(two.taker, other.id, "coaching_plan").plan_id)
    who = two.accept(two.file()).trainee_id
    [row] = plan_sheets.sheet(two.taker, who).rows

    assert row.plan.number.endswith(f"/{own}")
    assert _plan_of(two.taker, plans.begin(two.taker, who, "coaching_plan").plan_id) not in (
        own,
        row.plan.number,
    )


def _plan_of(desk: Desk, plan_id: int) -> str:
    with desk.reading() as unit:
        return kept_plans.PLANS.get(unit, plan_id).number


def test_nothing_is_given_without_a_ground_or_to_an_unknown_desk(two: Two):
    with pytest.raises(Refused, match="on what ground"):
        two.file(ground="")
    with pytest.raises(Refused, match="public file"):
        giving.hand_over(two.giver, two.person.id, "x" * 43, two.folder, ground="ended")


def test_own_card_and_a_broken_one_are_refused(two: Two):
    own = other_desks.write_card(other_desks.give_card(two.giver), two.folder)
    with pytest.raises(Refused, match="this very desk"):
        other_desks.take_in(two.giver, other_desks.read_card(own))
    value = json.loads(own.read_text())
    own.write_text(json.dumps({**value, "desk": 2}))
    with pytest.raises(Unreadable, match="newer"):
        other_desks.look_at_card(two.taker, other_desks.read_card(own))
    own.write_text("[]")
    with pytest.raises(Unreadable, match="not the public file"):
        other_desks.look_at_card(two.taker, other_desks.read_card(own))


def test_answer_of_another_desk_about_ours_is_refused(two: Two, tmp_path: Path, made_desk: Any, reopen: Any):
    taken = two.accept(two.file())
    with pytest.raises(Unreadable, match="another desk"):
        handing_over.read_answer(two.taker, taken.answer.read_bytes())
    content = taken.answer.read_bytes()
    taken.answer.write_bytes(content[:-6] + b"AAAAAA")
    with pytest.raises(Unreadable):
        handing_over.read_answer(two.giver, taken.answer.read_bytes())
    assert coaching.of_trainee(two.taker, taken.trainee_id) == ()


def test_the_trainees_report_of_the_log_names_the_desk_that_it_was_given_to(two: Two) -> None:
    two.file()
    day = two.giver.clock.today()
    [given] = access_log.report(two.giver, two.person.id, day, day)[0].given
    assert given.recipient.fi == handing_over.of_trainee(two.giver, two.person.id)[0].desk_name


def tell_worker(desk: Desk, person: Trainee, name: str, day: str, *, carried: bool = True) -> None:
    """A letter of a region about a new worker, put into the record or only read."""
    item = letter_kinds.made(
        "worker_changed", "c" * 32, "d" * 32, worker={"name": name, "phone": "06 1"}, from_day=day,
        words="Salaista", written="2026-12-01", **{"from": {"name": "Aino Esimerkki"}},
    )  # fmt: skip
    letter = RegionLetter(
        region_id="pohjanmaa", uid=name.lower(), kind="worker_changed", ref="d" * 32, content=item,
        received=NOON, state="done", trainee_id=person.id, taken_over=NOON if carried else None,
    )  # fmt: skip
    with desk.writing() as unit:
        kept_letters.LETTERS.add(unit, letter)
        unit.commit()


def test_the_regions_worker_is_known_at_the_new_desk_and_nothing_else_of_the_letter(two: Two):
    tell_worker(two.giver, two.person, "Bo Ek", "2026-11-01")
    tell_worker(two.giver, two.person, "Vain luettu", "2026-12-01", carried=False)
    file = two.file()
    assert two.read(file).rows["region_letter"][0].keys() == {"id", "kind", "content", "received", "body"}
    assert looked(two.taker, file).met.new["region_letter"] == 1
    done = two.accept(file)

    worker = trainees.page(two.taker, done.trainee_id).worker
    assert worker is not None and (worker.worker["name"], worker.worker["phone"]) == ("Bo Ek", "06 1")
    assert worker.ref == "" and "Salaista" not in str(worker.content) and "d" * 32 not in str(worker.content)
    assert letter_lists.listing(two.taker) == ()  # it is no letter to this desk
    assert looked(two.taker, two.file(), onto=done.trainee_id).met.new == {}


def test_a_worker_with_more_of_the_letter_than_may_go_is_refused(two: Two, monkeypatch: pytest.MonkeyPatch):
    tell_worker(two.giver, two.person, "Bo Ek", "2026-11-01")
    with monkeypatch.context() as lies:
        lies.setattr(letter_kinds, "worker_alone", dict)
        file = two.file()
    with pytest.raises(Unreadable):
        two.read(file)


def test_the_regions_worker_goes_with_no_other_controller(two: Two):
    tell_worker(two.giver, two.person, "Bo Ek", "2026-11-01")
    goes = handing_over.leaving(two.giver, two.person.id, f"{BODY}:")
    assert "region_letter" not in goes.counts  # the region of the letter is not enrolled for this body


@pytest.mark.parametrize(
    "wrong", ["[]", '{"kind": "worker_changed"}', '{"kind": "question"}', '"worker_changed"']
)
def test_a_worker_that_is_none_is_refused(two: Two, monkeypatch: pytest.MonkeyPatch, wrong: str):
    tell_worker(two.giver, two.person, "Bo Ek", "2026-11-01")
    with monkeypatch.context() as lies:
        lies.setattr(letter_kinds, "worker_alone", lambda _item: json.loads(wrong))
        file = two.file()
    with pytest.raises(Unreadable):
        two.read(file)
