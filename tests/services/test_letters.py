"""The region writes, the coach sees it once, answers, and the answer arrives."""

import gzip
from datetime import date, timedelta
from pathlib import Path

import pytest

from coachdesk import i18n
from coachdesk.domain import letter_kinds
from coachdesk.domain import region_letters as region_answers
from coachdesk.domain.offering import FreePlaces, ServiceCard
from coachdesk.domain.region_letters import ACCEPTED, ANSWERED, DECLINED, SEEN
from coachdesk.domain.trainee import OwnView, Trainee
from coachdesk.errors import Refused, Unreadable
from coachdesk.exchange import bundle, keys
from coachdesk.exchange.outgoing import Sealer
from coachdesk.exchange.seal import Label, seal
from coachdesk.region import letters as region_letters
from coachdesk.region import listing
from coachdesk.services import (
    access_log,
    attendance,
    consents,
    letter_answers,
    letter_lists,
    letter_taking,
    letters,
    offering,
    periods,
    plan_sheets,
    plans_by_others,
    sync,
)
from coachdesk.services import trainees as people
from coachdesk.services.desk import Desk
from coachdesk.store import plans
from tests.services.letters import PERSON, WORKER, Pair, paired, ref_of


@pytest.fixture
def pair(desk: Desk, tmp_path: Path) -> Pair:
    return paired(desk, tmp_path)


def referred(pair: Pair) -> int:
    pair.write(
        "referral",
        person=PERSON,
        service="rehabilitative_work_activity",
        start="2027-01-04",
        words="Vill börja lugnt.",
        reply_by="2026-12-22",
    )
    pair.deliver()
    return letter_lists.card(pair.desk).lines[0].letter_id


def test_referral_is_seen_on_today_with_its_person_and_the_day_of_its_answer(pair: Pair) -> None:
    referred(pair)
    (line,) = letter_lists.card(pair.desk).lines
    assert (line.kind, line.name, line.sender) == ("referral", "Åström, Mio", "Siv Sjöblom")
    assert (line.state, line.reply_by) == ("new", date(2026, 12, 22))


def test_letter_once_opened_is_no_longer_new_and_says_every_member(pair: Pair) -> None:
    sheet = letter_lists.open_letter(pair.desk, referred(pair))
    told = dict(sheet.lines)
    assert told["Family name"] == "Åström" and told["In words"] == "Vill börja lugnt."
    assert told["Service"] == "rehabilitative work activity"
    assert letter_lists.card(pair.desk).lines[0].state == "open"


def test_new_trainee_of_a_referral_gets_only_the_fields_that_were_chosen(pair: Pair) -> None:
    letter_id = referred(pair)
    chosen = {"family_name", "given_names", "birth_date", "service_language"}
    taken = letter_taking.take_person(pair.desk, letter_id, None, chosen)
    kept = people.get(pair.desk, taken.trainee_id)
    assert (kept.family_name, kept.birth_date, kept.service_language) == ("Åström", date(2001, 5, 4), "sv")
    assert kept.phone == "" and kept.municipality == ""
    assert letter_lists.open_letter(pair.desk, letter_id).trainee == kept


def test_what_is_kept_of_a_trainee_is_never_written_over_unasked(pair: Pair, a_trainee) -> None:
    letter_id = referred(pair)
    known = a_trainee(family_name="Åström", given_names="Mio", phone="050 1")
    sheet = letter_lists.open_letter(pair.desk, letter_id)
    assert [one.trainee.id for one in sheet.alike] == [known.id]
    beside = {one.name: one for one in letter_taking.person_beside(pair.desk, letter_id, known.id)}
    assert (beside["phone"].kept, beside["phone"].comes) == ("050 1", "040 000 2233")
    taken = letter_taking.take_person(pair.desk, letter_id, known.id, {"birth_date"})
    kept = people.get(pair.desk, known.id)
    assert (kept.phone, kept.birth_date) == ("050 1", date(2001, 5, 4))
    letter_taking.put_back_person(pair.desk, taken)
    assert people.get(pair.desk, known.id) == known
    assert letter_lists.open_letter(pair.desk, letter_id).trainee is None


def test_undo_of_taking_over_a_new_trainee_that_is_refused_changes_nothing(pair: Pair) -> None:
    letter_id = referred(pair)
    taken = letter_taking.take_person(pair.desk, letter_id, None, {"family_name", "given_names"})
    own = OwnView(
        trainee_id=taken.trainee_id, subject="trainee", text="Olen eri mieltä", on_day=date(2026, 12, 1)
    )
    people.add_own_view(pair.desk, own)
    with pytest.raises(Refused, match="already recorded"):
        letter_taking.put_back_person(pair.desk, taken)
    trainee = letter_lists.open_letter(pair.desk, letter_id).trainee
    assert trainee is not None and trainee.id == taken.trainee_id


def test_taking_over_a_new_trainee_can_be_undone_whole(pair: Pair) -> None:
    letter_id = referred(pair)
    taken = letter_taking.take_person(pair.desk, letter_id, None, {"family_name", "given_names"})
    letter_taking.put_back_person(pair.desk, taken)
    assert letter_lists.open_letter(pair.desk, letter_id).trainee is None
    assert [row.id for row in people.listing(pair.desk)] == []


def test_decision_is_taken_over_into_the_period_field_by_field(pair: Pair) -> None:
    person = people.register(pair.desk, Trainee(family_name="Haapala", given_names="Eino"))
    pair.write(
        "decision", person={"family_name": "Haapala", "given_names": "Eino"}, about="voucher",
        number="PS-77", service="rehabilitative_work_activity", from_day="2026-12-01",
        to_day="2027-03-31", days=40, expires="2027-02-28",
    )  # fmt: skip
    pair.deliver()
    letter_id = letter_lists.card(pair.desk).lines[0].letter_id
    with pytest.raises(Refused, match="whose"):
        letter_taking.take_grant(pair.desk, letter_id, None, {"service_kind"})
    letter_lists.join(pair.desk, letter_id, person.id)
    every = {one.name for one in letter_taking.grant_beside(pair.desk, letter_id, None)}
    taken = letter_taking.take_grant(pair.desk, letter_id, None, every)
    (agreement,) = periods.of_trainee(pair.desk, person.id)
    period = agreement.period
    assert (period.voucher_number, period.granted_days) == ("PS-77", 40)
    assert (period.granted_to, period.voucher_expires) == (date(2027, 3, 31), date(2027, 2, 28))
    assert (period.begins, period.decided_by) == (date(2026, 12, 1), "Siv Sjöblom")
    beside = letter_taking.grant_beside(pair.desk, letter_id, period.id)
    assert all(one.same for one in beside)
    attendance.record_day(pair.desk, period.id, date(2026, 12, 14), "present")
    with pytest.raises(Refused, match="Days are marked"):
        letter_taking.put_back_grant(pair.desk, taken)
    assert letter_lists.open_letter(pair.desk, letter_id).letter.taken_over  # refused in one
    attendance.clear_many(pair.desk, [(period.id, date(2026, 12, 14))])
    letter_taking.put_back_grant(pair.desk, taken)
    assert periods.of_trainee(pair.desk, person.id) == ()
    assert not letter_lists.open_letter(pair.desk, letter_id).letter.taken_over


def test_answer_leaves_as_it_was_shown_and_comes_to_the_region(pair: Pair) -> None:
    letter_id = referred(pair)
    kept = letter_answers.answer(pair.desk, letter_id, ACCEPTED, words="Välkommen", start=date(2027, 1, 4))
    item = region_answers.answer_item(letter_lists.open_letter(pair.desk, letter_id).letter, kept)
    shown = dict(region_answers.answer_preview(item, i18n.current()))
    assert shown["In words"] == "Välkommen" and shown["Can begin"]
    assert letter_lists.card(pair.desk).lines == ()
    assert letter_lists.listing(pair.desk)[0].answer_state == "ready"
    pair.send()
    assert letter_lists.listing(pair.desk)[0].answer_state == "delivered"
    uid = letter_lists.open_letter(pair.desk, letter_id).letter.uid
    at_region = pair.sent(uid)
    assert at_region.state == "stored" and at_region.answer is not None
    assert (at_region.answer["outcome"], at_region.answer["start"]) == ("accepted", "2027-01-04")
    assert at_region.answer["ground"] == "law_189_2001"
    assert at_region.answer == item


def test_preview_of_an_answer_tells_every_member_that_leaves(pair: Pair, a_trainee) -> None:
    """A member that is added to the wire must be told of too: by its words, or as a mark."""
    person = a_trainee(family_name="Lindström")
    pair.write("question", ref=ref_of(pair, person.id), words="Hur går det?")
    pair.deliver()
    (line,) = letter_lists.card(pair.desk).lines
    told = {}
    for outcome, more in ((ANSWERED, {"words": "Bra."}), (DECLINED, {"reason": "wrong_details"})):
        answer = letter_answers.answer(pair.desk, line.letter_id, outcome, **more)
        letter = letter_lists.open_letter(pair.desk, line.letter_id).letter
        item = region_answers.answer_item(letter, answer)
        told |= dict(region_answers.answer_preview(item, i18n.current()))
        letter_answers.take_back(pair.desk, line.letter_id)

    by = {
        "outcome": "Answer", "reason": "Reason", "words": "In words", "written": "Answered on",
        "ground": "Ground of the disclosure", "letter": "Beside it",
        "answers": "Beside it", "ref": "Beside it",
        "start": None,  # of an accepted referral: in the test above
    }  # fmt: skip
    assert item.keys() - {"kind"} == by.keys()
    assert {title for title in by.values() if title} <= told.keys()
    assert "mark by which the region knows the trainee" in told["Beside it"]
    assert "Lindström" not in "".join(told.values())


def test_answer_is_logged_as_a_disclosure_with_its_ground(pair: Pair) -> None:
    letter_id = referred(pair)
    taken = letter_taking.take_person(pair.desk, letter_id, None, {"family_name", "given_names"})
    letter_answers.answer(pair.desk, letter_id, DECLINED, reason="no_free_place")
    pair.send()
    day = pair.desk.clock.today()
    paper, _language = access_log.report(pair.desk, taken.trainee_id, day, day)
    (given,) = paper.given
    assert "189/2001" in given.ground
    assert "hyvinvointialue" in given.recipient.fi


def test_answer_never_shares_a_bundle_with_summaries(pair: Pair, a_trainee) -> None:
    letter_answers.answer(pair.desk, referred(pair), ACCEPTED)
    received = pair.send()
    assert len(received) >= 1
    with pair.desk.reading() as unit:
        rows = unit.connection.exec_driver_sql("SELECT seq, kind FROM bundle_item").all()
    apart = {seq for seq, kind in rows if kind == "answer"}
    assert all(kind == "answer" for seq, kind in rows if seq in apart)


def test_withdrawal_takes_back_what_was_sealed_and_the_answer_still_goes(pair: Pair, a_trainee) -> None:
    person = a_trainee(family_name="Aho", goal="Puutyöt")
    body = pair.region.card.body
    given = consents.give(pair.desk, person.id, recipient=body, scopes=("goals",), valid_to=date(2027, 6, 30))
    for offer in sync.review(pair.desk):
        sync.accept(pair.desk, offer)
    letter_id = referred(pair)
    letter_answers.answer(pair.desk, letter_id, ACCEPTED)
    sync.seal(pair.desk)
    consents.withdraw(pair.desk, given.id)
    pair.send()
    assert listing.listed(pair.region, pair.desk.clock.today())["summaries"] == []
    assert letter_lists.listing(pair.desk)[0].answer_state == "delivered"


def test_refusal_needs_its_reason_and_an_answer_its_words(pair: Pair) -> None:
    letter_id = referred(pair)
    with pytest.raises(Refused) as caught:
        letter_answers.answer(pair.desk, letter_id, DECLINED)
    assert caught.value.field == "reason"
    with pytest.raises(Refused) as caught:
        letter_answers.answer(pair.desk, letter_id, ANSWERED, words="x")
    assert caught.value.field == "outcome"
    pair.write("question", words="Hur går det?")
    pair.deliver()
    question = next(one for one in letter_lists.card(pair.desk).lines if one.kind == "question")
    for words in ("", "x" * 501):
        with pytest.raises(Refused) as caught:
            letter_answers.answer(pair.desk, question.letter_id, ANSWERED, words=words)
        assert caught.value.field == "words"


def test_answer_can_be_taken_back_until_it_is_sealed(pair: Pair) -> None:
    letter_id = referred(pair)
    letter_answers.answer(pair.desk, letter_id, ACCEPTED)
    letter_answers.take_back(pair.desk, letter_id)
    assert letter_lists.card(pair.desk).lines[0].letter_id == letter_id
    letter_answers.answer(pair.desk, letter_id, ACCEPTED)
    sync.seal(pair.desk)
    with pytest.raises(Refused, match="left already"):
        letter_answers.take_back(pair.desk, letter_id)


@pytest.mark.parametrize(
    ("kind", "members"),
    [
        ("worker_changed", {"worker": {"name": "Bo Ek"}, "from_day": "2027-01-01"}),
        ("plan_approved", {"plan": {"kind": "activation_plan", "version": 1}, "approved": "2026-12-10"}),
    ],
)
def test_change_of_worker_and_plan_approved_are_taken_note_of(pair: Pair, kind: str, members: dict) -> None:
    uid = pair.write(kind, **members)
    pair.deliver()
    letter_answers.answer(pair.desk, letter_lists.card(pair.desk).lines[0].letter_id, SEEN)
    pair.send()
    answer = pair.sent(uid).answer
    assert answer is not None and answer["outcome"] == "seen"


def test_new_worker_is_carried_into_the_record_logged_and_undone(pair: Pair, a_trainee) -> None:
    person = a_trainee(family_name="Lindström")
    ref = ref_of(pair, person.id)
    for name, day in (("Bo Ek", "2026-11-01"), ("Åsa Öst", "2026-12-01"), ("Carl Dahl", "2027-03-01")):
        pair.write("worker_changed", ref=ref, worker={"name": name, "phone": "06 1"}, from_day=day)
    pair.deliver()
    lines = letter_lists.card(pair.desk).lines
    assert people.page(pair.desk, person.id).worker is None  # noted is not carried
    taken = [letter_taking.carry(pair.desk, line.letter_id) for line in lines]

    known = people.page(pair.desk, person.id).worker
    assert known is not None and known.worker["name"] == "Åsa Öst"  # the last who has begun
    acts = [row.act.key for row in access_log.of_trainee(pair.desk, person.id).rows]
    assert acts.count("letter.take_over") == 3
    letter_taking.put_back_carried(pair.desk, taken[1])
    known = people.page(pair.desk, person.id).worker
    assert known is not None and known.worker["name"] == "Bo Ek"
    assert letter_lists.open_letter(pair.desk, lines[1].letter_id).carries


def test_approval_is_marked_on_the_plan_of_its_kind_only_and_undone(pair: Pair, a_trainee) -> None:
    person, other = a_trainee(family_name="Lindström"), a_trainee(family_name="Aho")
    plan = made(pair, person.id, "activation_plan")
    made(pair, person.id, "multisectoral_employment_plan")
    strange = made(pair, other.id, "activation_plan")
    approved = {"kind": "activation_plan", "version": 2, "made": "2026-12-01"}
    pair.write("plan_approved", ref=ref_of(pair, person.id), plan=approved, approved="2026-12-10")
    pair.deliver()
    (line,) = letter_lists.card(pair.desk).lines
    sheet = letter_lists.open_letter(pair.desk, line.letter_id)
    assert [one.plan.id for one in sheet.carries if one.plan] == [plan.id]
    for wrong in (None, strange.id):
        with pytest.raises(Refused, match="Choose the plan"):
            letter_taking.carry(pair.desk, line.letter_id, wrong)
    before = letter_taking.carry(pair.desk, line.letter_id, plan.id)

    found = {row.plan.id: row.approved for row in plan_sheets.sheet(pair.desk, person.id).rows}
    assert [key for key, letter in found.items() if letter] == [plan.id]
    assert found[plan.id].day("approved") == date(2026, 12, 10)
    letter_taking.put_back_carried(pair.desk, before)
    assert not any(row.approved for row in plan_sheets.sheet(pair.desk, person.id).rows)
    letter_taking.carry(pair.desk, line.letter_id, plan.id)
    with pair.desk.writing() as unit:  # the plan goes, the letter stays
        plans.remove(unit, plan)
        unit.commit()
    again = made(pair, person.id, "activation_plan")
    assert not any(row.approved for row in plan_sheets.sheet(pair.desk, person.id).rows)
    (offered,) = letter_lists.open_letter(pair.desk, line.letter_id).carries
    assert offered.plan == again


def made(pair: Pair, trainee_id: int, kind: str):
    """A plan that another has made."""
    return plans_by_others.record_others_plan(
        pair.desk, trainee_id, kind=kind, maker="Alue", made=date(2026, 12, 1)
    )


def test_same_letter_again_is_nothing_new(pair: Pair) -> None:
    referred(pair)
    content = pair.bytes_after()
    assert content is not None
    told = letters.take_in(pair.desk, content)
    assert told.again and told.new == 0
    assert len(letter_lists.card(pair.desk).lines) == 1


def test_unknown_kind_is_set_aside_and_the_rest_of_the_file_is_kept(pair: Pair) -> None:
    known = bundle_of(pair, [strange("x"), question("y")])
    told = letters.take_in(pair.desk, known)
    assert (told.new, told.set_aside) == (1, 1)
    assert "set aside" in " ".join(told.lines)
    pair.send()
    assert [line.kind for line in letter_lists.card(pair.desk).lines] == ["question"]


def test_letter_set_aside_is_read_when_the_program_has_learnt_its_kind(pair: Pair, monkeypatch) -> None:
    uid = pair.write("question", words="Miten sujuu?")
    kinds = dict(letter_kinds.KINDS)
    monkeypatch.setattr(letter_kinds, "KINDS", {k: v for k, v in kinds.items() if k != "question"})
    assert pair.deliver().set_aside == 1
    pair.send()
    assert pair.sent(uid).state == "set_aside"
    monkeypatch.setattr(letter_kinds, "KINDS", kinds)
    content = pair.bytes_after()
    assert content is not None and letters.take_in(pair.desk, content).new == 1
    pair.send()
    assert pair.sent(uid).state == "stored"
    assert [line.kind for line in letter_lists.card(pair.desk).lines] == ["question"]


def test_letter_set_aside_is_read_from_what_is_kept_when_the_list_is_opened(pair: Pair, monkeypatch) -> None:
    pair.write("question", words="Miten sujuu?")
    kinds = dict(letter_kinds.KINDS)
    monkeypatch.setattr(letter_kinds, "KINDS", {k: v for k, v in kinds.items() if k != "question"})
    assert pair.deliver().set_aside == 1
    assert [line.state for line in letter_lists.listing(pair.desk)] == ["aside"]
    monkeypatch.setattr(letter_kinds, "KINDS", kinds)

    assert [line.state for line in letter_lists.listing(pair.desk)] == ["new"]
    assert [line.kind for line in letter_lists.card(pair.desk).lines] == ["question"]


def test_bundle_of_a_newer_form_is_told_to_the_coach_and_to_the_region(pair: Pair) -> None:
    packed = bundle.packed([question("x")])
    assert packed is not None
    newer = gzip.compress(gzip.decompress(packed).replace(b'{"bundle":1', b'{"bundle":2'))
    content = bundle_of(pair, [], packed=newer)
    with pytest.raises(Unreadable, match="newer version"):
        letters.take_in(pair.desk, content)
    assert letter_lists.card(pair.desk).lines == ()
    with pair.desk.reading() as unit:
        assert unit.connection.exec_driver_sql("SELECT result FROM letter_bundle").scalar() == "unreadable"


def test_letter_not_as_described_is_set_aside_alone(pair: Pair) -> None:
    wrong = {**question("x"), "words": "x" * 501}
    told = letters.take_in(pair.desk, bundle_of(pair, [wrong, question("y")]))
    assert (told.new, told.set_aside) == (1, 1)


def test_forged_cut_and_changed_letters_are_told_and_nothing_of_them_is_kept(pair: Pair) -> None:
    other = keys.new_key(keys.SIGN)
    forged = bundle_of(pair, [question("x")], key={**other, "kid": pair.region.signing_key["kid"]})
    good = bundle_of(pair, [question("x")])
    changed = good[:-10] + (b"AAAAAAAAAA" if good[-10:] != b"AAAAAAAAAA" else b"BBBBBBBBBB")
    for content in (forged, good[: len(good) // 2], changed, b"", b"{}"):
        with pytest.raises(Unreadable):
            letters.take_in(pair.desk, content)
    assert letter_lists.card(pair.desk).lines == ()
    assert letters.place(pair.desk, pair.region.card.id) == (0, 0)


def test_letter_signed_by_a_key_that_is_not_known_is_told_so(pair: Pair) -> None:
    with pytest.raises(Unreadable, match="key that is not known"):
        letters.take_in(pair.desk, bundle_of(pair, [question("x")], key=keys.new_key(keys.SIGN)))


def test_letter_for_another_desk_is_told_so(pair: Pair) -> None:
    with pytest.raises(Unreadable, match="another desk"):
        letters.take_in(pair.desk, bundle_of(pair, [question("x")], aud="A" * 43))


def test_letter_sealed_for_another_desks_key_is_told_so(pair: Pair) -> None:
    strange_key = keys.public(keys.new_key(keys.ENCRYPT))
    with pytest.raises(Unreadable, match="another desk"):
        letters.take_in(pair.desk, bundle_of(pair, [question("x")], to=strange_key))


def test_another_letter_under_the_same_number_is_not_read_and_the_region_is_told(pair: Pair) -> None:
    letters.take_in(pair.desk, bundle_of(pair, [question("x")]))
    with pytest.raises(Unreadable, match="under a number"):
        letters.take_in(pair.desk, bundle_of(pair, [question("y")]))
    assert len(letter_lists.card(pair.desk).lines) == 1
    with pair.desk.reading() as unit:
        rows = unit.connection.exec_driver_sql("SELECT result FROM letter_bundle ORDER BY received").all()
    assert sorted(row[0] for row in rows) == ["stored", "unreadable"]


def test_hole_is_told_and_asked_for_again(pair: Pair) -> None:
    for words in ("a", "b", "c"):
        pair.write("question", words=words)
    first, second, third = (pair.bytes_after(1, n) for n in range(3))
    assert first and second and third
    letters.take_in(pair.desk, first)
    told = letters.take_in(pair.desk, third)
    assert any("2" in line for line in told.lines) and told.place == (1, 1)
    assert letters.take_in(pair.desk, second).place == (1, 3)


def test_region_is_told_which_letters_came_and_then_keeps_them_no_more_as_waiting(pair: Pair) -> None:
    uid = pair.write("question", words="Hur går det?")
    assert pair.sent(uid).state == region_letters.WAITING
    pair.deliver()
    pair.send()
    assert pair.sent(uid).state == "stored"
    assert pair.send() == []


def test_letters_travel_as_files_too(pair: Pair, tmp_path: Path) -> None:
    pair.write("question", words="Miten sujuu?")
    (file,) = region_letters.write_out(pair.region, pair.device, tmp_path / "stick")
    assert file.name == f"{pair.device}-pohjanmaa-1-1.jwe"
    assert letters.read_file(pair.desk, file).new == 1
    assert letters.read_file(pair.desk, file).again


def test_letter_is_joined_to_the_trainee_whose_ref_it_names(pair: Pair, a_trainee) -> None:
    person = a_trainee(family_name="Lindström")
    with pair.desk.writing() as unit:
        from coachdesk.store import summaries

        ref = summaries.refs(unit, pair.region.card.body, [person.id])[person.id]
        unit.commit()
    pair.write("question", ref=ref, words="Hur går det?")
    pair.write("question", ref="f" * 32, words="Hur går det?")
    pair.deliver()
    names = sorted(line.name for line in letter_lists.card(pair.desk).lines)
    assert names[0] == "" and names[1].startswith("Lindström")


def test_answer_goes_again_after_the_row_of_numbers_began_anew(pair: Pair) -> None:
    letter_id = referred(pair)
    letter_answers.answer(pair.desk, letter_id, ACCEPTED)
    pair.send()
    with pair.desk.writing() as unit:
        from coachdesk.services import receipts
        from coachdesk.store import enrolments

        receipts.begin_anew(unit, enrolments.regions(unit)[0])
        unit.commit()
    pair.send()
    assert letter_lists.listing(pair.desk)[0].answer_state == "delivered"


def test_refused_referral_of_nobody_is_emptied_in_time_and_a_joined_one_kept(pair: Pair, clock) -> None:
    refused = referred(pair)
    letter_answers.answer(pair.desk, refused, DECLINED, reason="no_free_place", words="Jonoa")
    uid = pair.write("question", person=PERSON, words="Miten sujuu?")
    pair.deliver()
    joined = next(line for line in letter_lists.card(pair.desk).lines if line.kind == "question").letter_id
    letter_taking.take_person(pair.desk, joined, None, {"family_name", "given_names"})
    letter_answers.answer(pair.desk, joined, ANSWERED, words="Hyvin")
    pair.send()
    clock.at += timedelta(days=91)
    letter_lists.listing(pair.desk)
    sheet = letter_lists.open_letter(pair.desk, refused)
    assert sheet.lines == () and sheet.letter.person == {} and sheet.answer is not None
    assert sheet.answer.words == ""
    assert dict(letter_lists.open_letter(pair.desk, joined).lines)["In words"] == "Miten sujuu?"
    assert pair.sent(uid).answer is not None
    assert pair.send() == []


def test_region_says_what_it_cannot_write(pair: Pair) -> None:
    with pytest.raises(Refused) as caught:
        pair.write("referral", service="work_tryout")
    assert "person" in i18n.say(caught.value)
    with pytest.raises(Refused):
        pair.write("gossip")
    with pytest.raises(Refused):
        pair.write("question", words="x", gossip="y")


def question(letter: str) -> dict:
    from coachdesk.domain import letter_kinds

    return letter_kinds.made(
        "question", ("0" * 31 + letter.translate(str.maketrans("xyz", "abc"))), words="?",
        written="2026-12-14", **{"from": WORKER},
    )  # fmt: skip


def strange(letter: str) -> dict:
    return {**question(letter), "kind": "party"}


@pytest.mark.parametrize(
    "place",
    [(1, 2**53 - 1), (2**53 - 1, 1), (1, letters.FURTHEST + 1), (letters.MOMENTS + letters.FURTHEST + 1, 1)],
)
def test_a_letter_in_the_last_place_of_all_is_refused_and_the_next_ones_come(
    pair: Pair, place: tuple
) -> None:
    asked = letter_kinds.made("question", "a" * 32, words="?", written="2026-12-15", **{"from": WORKER})
    with pytest.raises(Unreadable):
        letters.take_in(pair.desk, bundle_of(pair, [asked], epoch=place[0], seq=place[1]))
    assert letters.place(pair.desk, "pohjanmaa") == (0, 0)
    assert letters.take_in(pair.desk, bundle_of(pair, [asked])).new == 1


def test_letters_without_end_are_taken_in_so_far_and_no_further(pair: Pair, monkeypatch) -> None:
    monkeypatch.setattr(letters, "MOST_OPEN", 2)
    uids = [letter * 32 for letter in "abc"]
    asked = [
        letter_kinds.made("question", u, words="?", written="2026-12-15", **{"from": WORKER}) for u in uids
    ]
    files = [bundle_of(pair, [one], seq=seq) for seq, one in enumerate(asked, 1)]
    for file in files[:2]:
        letters.take_in(pair.desk, file)
    with pytest.raises(letters.TooMany):
        letters.take_in(pair.desk, files[2])
    letter_answers.answer(pair.desk, letter_lists.card(pair.desk).lines[0].letter_id, ANSWERED, words="Ja.")
    assert letters.take_in(pair.desk, files[2]).new == 1


def bundle_of(
    pair: Pair, items: list, *, key=None, aud: str = "", to=None, packed=None, epoch: int = 1, seq: int = 1
) -> bytes:
    """Bytes as the region would seal them; first of its row."""
    with pair.desk.reading() as unit:
        from coachdesk.store import enrolments

        device = enrolments.device_of(unit, "pohjanmaa")
        assert device is not None
    if packed is not None:
        label = Label(aud=device.id, iss=pair.region.card.id, epoch=1, seq=1, iat=1)
        return seal(packed, label, pair.region.signing_key, device.enc_public).content
    return (
        Sealer(
            region_id=aud or device.id,
            device=pair.region.card.id,
            signing_key=key or pair.region.signing_key,
            region_key=to or device.enc_public,
            epoch=epoch,
            seq=seq - 1,
            prev="",
            iat=1,
        )
        .seal_all(items)[0]
        .sealed.content
    )


def test_an_answer_and_a_card_that_wait_are_listed_whole_with_whom_they_are_about(pair: Pair) -> None:
    letter_id = referred(pair)
    letter_answers.answer(pair.desk, letter_id, ACCEPTED, words="Välkommen")
    counted = pair.desk.clock.today()
    card = ServiceCard(workshop_id=1, uid="", languages=("fi",), days=(1,), told=True, counted=counted)
    places = FreePlaces(workshop_id=1, service_kind="rehabilitative_work_activity", free=2)
    offering.put_card(pair.desk, card, (places,))
    waits = {line.kind: line for line in sync.outbox_sheet(pair.desk).lines}

    assert (waits["answer"].name, waits["answer"].state) == ("Åström, Mio", "ready")
    assert waits["answer"].since == pair.desk.clock.now()
    assert waits["answer"].item["words"] == "Välkommen"
    pair.send()
    sent = {line.kind: line for line in sync.outbox_sheet(pair.desk).lines}
    assert (sent["answer"].name, sent["answer"].state) == ("Åström, Mio", "acknowledged")
    assert sent["answer"].item["words"] == "Välkommen"
    assert all(line.name for line in sent.values())
