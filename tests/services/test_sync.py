"""What leaves, from the consent to the region and back, with a real desk and a real region."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from coachdesk.domain.phases import NextStep, Opening
from coachdesk.errors import Refused, Trouble, Unreadable
from coachdesk.region import folder as region_folder
from coachdesk.region import listing, receive
from coachdesk.services import consents, phases, receipts, sync, today, trainees
from coachdesk.store import outbox, tables
from coachdesk.store.phases import NEXT_STEPS, OPENINGS
from coachdesk.store.trainees import TRAINEES

BODY = "wellbeing_area_ostrobothnia"


class PracticeRegion:
    """A region in a folder of its own, driven by its own functions."""

    def __init__(self, at: Path, clock, name: str = "pohjanmaa") -> None:
        region_folder.init(at, region_id=name, name_fi="Alue", name_sv="Området", body=BODY)
        self.at, self.clock = at, clock
        self.answers = at.parent / f"answers-{name}"

    @property
    def card(self) -> Path:
        return self.at / "region.json"

    @property
    def open(self) -> region_folder.Region:
        return region_folder.open_region(self.at)

    def enrol(self, file: Path) -> str:
        return region_folder.enrol(self.open, file, self.clock.now())

    def take(self, *files: Path) -> list[Path]:
        region = self.open
        done = [receive.receive(region, file.read_bytes(), self.clock.now()) for file in files]
        return receive.write_answers(region, done, self.answers, self.clock.now())

    @property
    def held(self) -> dict:
        return listing.listed(self.open, self.clock.today())

    @property
    def fields(self) -> list[dict]:
        return [one["fields"] for one in self.held["summaries"]]


@pytest.fixture
def region(tmp_path, clock) -> PracticeRegion:
    return PracticeRegion(tmp_path / "region", clock)


@pytest.fixture
def enrolled(desk, region, tmp_path) -> PracticeRegion:
    region.enrol(sync.enrol(desk, region.card, tmp_path / "out").file)
    return region


@pytest.fixture
def give(desk) -> Callable:
    def give(trainee, *scopes, valid_to=date(2027, 6, 30), **more):
        return consents.give(
            desk, trainee.id, recipient=BODY, scopes=scopes or ("phases",), valid_to=valid_to, **more
        )

    return give


@pytest.fixture
def carry(desk, enrolled, tmp_path) -> Callable:
    """Export, let the region receive, read its receipt."""

    def carry(accepted_only: bool = False):
        done = sync.export(desk, tmp_path / "stick", accepted_only=accepted_only)
        results = [sync.read_receipt(desk, file) for file in enrolled.take(*done.files)] if done.files else []
        return SimpleNamespace(export=done, receipts=results)

    return carry


def put_goal(desk, trainee, goal):
    with desk.writing() as unit:
        TRAINEES.put(unit, replace(TRAINEES.get(unit, trainee.id), goal=goal))
        unit.commit()


def open_phase(desk, trainee, phase, day=date(2026, 11, 2)):
    with desk.writing() as unit:
        OPENINGS.add(unit, Opening(trainee_id=trainee.id, phase=phase, opened=day))
        unit.commit()


def offers(desk):
    return {offer.name.split(",")[0]: offer for offer in sync.review(desk)}


def test_the_region_holds_exactly_what_was_consented_to(desk, enrolled, carry, a_trainee, give):
    someone = a_trainee("Mäkelä", "Säde", goal="Töihin ulos", phone="050 123 4567")
    a_trainee("Ehrström", "Jörgen")
    give(someone, "phases", "goals")
    open_phase(desk, someone, 3)

    carry()

    assert enrolled.fields == [
        {
            "goal": "Töihin ulos",
            "next_step": None,
            "next_step_due": None,
            "phases": [{"phase": 3, "opened": "2026-11-02", "closed": None, "open": 1}],
        }
    ]


def test_the_outbox_is_cleared_by_the_receipt_and_nothing_is_sent_twice(desk, carry, a_trainee, give):
    give(a_trainee())
    first = carry()

    assert first.receipts[0].delivered == 1
    assert [line.state for line in sync.outbox_sheet(desk).lines] == ["acknowledged"]
    again = carry()
    assert again.export.files == ()
    assert again.export.preview == ()


def test_an_export_without_receipt_is_written_again_with_the_same_bytes(
    desk, enrolled, a_trainee, give, tmp_path
):
    give(a_trainee())
    first = sync.export(desk, tmp_path / "one")
    second = sync.export(desk, tmp_path / "two")

    assert [f.read_bytes() for f in first.files] == [f.read_bytes() for f in second.files]
    assert [f.name for f in first.files] == [f.name for f in second.files]
    assert second.preview == ()


def test_nothing_personal_stands_in_the_name_or_in_the_clear(desk, carry, a_trainee, give):
    give(a_trainee("Mäkelä", "Säde", personal_identity_code="010190-900P"), "basic", "goals")
    (file,) = carry().export.files

    assert file.name.startswith("pohjanmaa-")
    assert file.suffix == ".jwe"
    for secret in ("Mäkelä", "010190", "S-0001"):  # long enough never to stand there by chance
        assert secret.encode() not in file.read_bytes()
        assert secret not in file.name


def test_export_with_nothing_to_send_writes_no_file(desk, enrolled, tmp_path):
    assert sync.export(desk, tmp_path / "empty").files == ()
    assert not (tmp_path / "empty").exists()


def test_export_without_a_region_is_refused_only_when_something_would_leave(desk, a_trainee, give, tmp_path):
    assert sync.export(desk, tmp_path / "empty").files == ()
    give(a_trainee())

    with pytest.raises(Refused):
        sync.export(desk, tmp_path / "empty")


# Acceptance


def test_a_first_summary_waits_until_the_coach_has_accepted_exactly_it(desk, carry, a_trainee, give):
    give(a_trainee("Aho", "Väinö", goal="Puutyöt"), "goals")

    assert carry(accepted_only=True).export.files == ()
    offer = offers(desk)["Aho"]
    assert (offer.why, offer.waits_for_coach) == ("first", True)
    sync.accept(desk, offer)
    assert len(carry(accepted_only=True).export.files) == 1


def test_the_health_line_counts_what_is_not_sealed_yet(desk, enrolled, carry, a_trainee, give, tmp_path):
    def health():
        found = today.whole_health(desk)
        return found.waiting, found.ready, found.unsent

    consent = give(a_trainee("Aho", "Väinö"))
    assert health() == (0, 0, 0)  # it waits for the coach, not for a carrier
    sync.accept(desk, offers(desk)["Aho"])
    assert health() == (0, 1, 1)
    sync.export(desk, tmp_path / "stick", accepted_only=True)
    assert health() == (1, 0, 1)
    carry()
    assert health() == (0, 0, 0)
    consents.withdraw(desk, consent.id)
    assert health() == (0, 1, 1)


def test_what_was_accepted_does_not_leave_when_it_has_changed_since(desk, carry, a_trainee, give):
    someone = a_trainee("Aho", "Väinö", goal="Puutyöt")
    give(someone, "goals")
    sync.accept(desk, offers(desk)["Aho"])
    put_goal(desk, someone, "Metallityöt")

    assert carry(accepted_only=True).export.files == ()
    assert not offers(desk)["Aho"].accepted


def test_an_offer_that_is_no_longer_true_cannot_be_accepted(desk, enrolled, a_trainee, give):
    someone = a_trainee("Aho", "Väinö", goal="Puutyöt")
    give(someone, "goals")
    offer = offers(desk)["Aho"]
    put_goal(desk, someone, "Metallityöt")

    with pytest.raises(Refused):
        sync.accept(desk, offer)


def test_later_days_and_numbers_travel_by_themselves_and_changed_words_wait(desk, carry, a_trainee, give):
    someone = a_trainee("Aho", "Väinö", goal="Puutyöt")
    give(someone, "goals", "phases")
    carry()
    open_phase(desk, someone, 2)

    assert offers(desk)["Aho"].why == "itself"
    assert len(carry(accepted_only=True).export.files) == 1
    put_goal(desk, someone, "Metallityöt")
    assert offers(desk)["Aho"].why == "words"
    assert carry(accepted_only=True).export.files == ()


def test_the_coach_may_ask_to_see_each_change(desk, carry, a_trainee, give):
    someone = a_trainee("Aho", "Väinö")
    give(someone, "phases")
    carry()
    open_phase(desk, someone, 2)
    sync.see_each(desk, True)

    assert offers(desk)["Aho"].why == "asked"
    assert carry(accepted_only=True).export.files == ()


def test_a_wider_consent_is_shown_before_it_leaves(desk, carry, a_trainee, give):
    someone = a_trainee("Aho", "Väinö")
    give(someone, "phases")
    carry()
    give(someone, "phases", "support")

    assert offers(desk)["Aho"].waits_for_coach


def test_words_that_left_once_are_shown_again_when_they_come_back_with_other_days(
    desk, carry, a_trainee, give
):
    someone = a_trainee("Aho", "Väinö", goal="Puutyöt")
    give(someone, "goals", "phases")
    carry()
    put_goal(desk, someone, "Metallityöt")
    carry()
    put_goal(desk, someone, "Puutyöt")
    open_phase(desk, someone, 2)

    assert offers(desk)["Aho"].why == "words"


def test_what_a_narrower_consent_leaves_out_is_withdrawn_while_the_rest_waits_for_the_coach(
    desk, enrolled, carry, a_trainee, give
):
    someone = a_trainee("Aho", "Väinö", goal="Puutyöt", support_needed="Rauhallinen aloitus")
    give(someone, "goals", "support")
    carry()
    give(someone, "support")
    with desk.writing() as unit:
        TRAINEES.put(unit, replace(TRAINEES.get(unit, someone.id), support_needed="Oma työpari"))
        unit.commit()

    carry(accepted_only=True)
    assert enrolled.fields == []
    assert carry(accepted_only=True).export.files == ()  # told once
    carry()
    assert enrolled.fields == [{"support_needed": "Oma työpari"}]


def test_a_renewed_consent_travels_by_itself_under_the_same_version(
    desk, enrolled, carry, a_trainee, give, clock
):
    someone = a_trainee("Aho", "Väinö")
    old = give(someone, "phases", valid_to=date(2026, 12, 31))
    carry()
    new = consents.change(desk, old.id, valid_to=date(2027, 12, 31))

    carry(accepted_only=True)

    (held,) = enrolled.held["summaries"]
    assert (held["version"], held["consent"], held["valid_to"]) == (1, new.uid, "2027-12-31")
    assert new.uid != old.uid  # a last day never moves under the id of a consent


def test_the_version_does_not_rise_when_only_other_fields_change(desk, enrolled, carry, a_trainee, give):
    someone = a_trainee("Aho", "Väinö", goal="Puutyöt")
    give(someone, "phases")
    carry()
    put_goal(desk, someone, "Metallityöt")

    assert carry().export.files == ()
    open_phase(desk, someone, 2)
    carry()
    assert enrolled.held["summaries"][0]["version"] == 2


def test_words_that_are_too_long_stop_their_own_trainee_only(desk, enrolled, carry, a_trainee, give):
    give(a_trainee("Aho", "Väinö", goal="x" * 501), "goals")
    give(a_trainee("Björk", "Åsa", goal="kort"), "goals")

    preview = carry().export.preview

    assert [fields["goal"] for fields in enrolled.fields] == ["kort"]
    assert any("Aho" in line and "500" in line for line in preview)
    assert offers(desk)["Aho"].problem.field == "goal"


# Withdrawal


def test_a_withdrawn_consent_deletes_what_the_region_holds(desk, enrolled, carry, a_trainee, give):
    consent = give(a_trainee("Aho", "Väinö"))
    carry()
    consents.withdraw(desk, consent.id)

    assert offers(desk)["Aho"].kind == "withdraw"
    carry(accepted_only=True)
    assert enrolled.fields == []
    assert [one["consent"] for one in enrolled.held["withdrawn"]] == [consent.uid]


def test_a_withdrawal_destroys_what_was_never_handed_over_and_seals_the_others_anew(
    desk, enrolled, carry, a_trainee, give
):
    consent = give(a_trainee("Aho", "Väinö"))
    give(a_trainee("Björk", "Åsa", goal="kort"), "goals")
    for offer in sync.review(desk):
        sync.accept(desk, offer)
    assert sync.seal(desk) == 2

    consents.withdraw(desk, consent.id)
    with desk.reading() as unit:
        (gone,) = outbox.of_region(unit, "pohjanmaa")
    assert (gone.state, gone.sealed) == ("destroyed", None)

    done = carry(accepted_only=True)
    assert [file.stem.rsplit("-", 1)[1] for file in done.export.files] == ["2"]
    assert enrolled.fields == [{"goal": "kort", "next_step": None, "next_step_due": None}]
    assert enrolled.held["devices"][0]["missing"] == []
    assert enrolled.held["devices"][0]["alarms"] == []


def test_a_bundle_once_exported_stays_and_the_withdrawal_follows_it(
    desk, enrolled, a_trainee, give, tmp_path
):
    """The file on the stick may still be carried in, before or after the withdrawal."""
    consent = give(a_trainee("Aho", "Väinö"))
    (first,) = sync.export(desk, tmp_path / "one").files
    consents.withdraw(desk, consent.id)
    both = sync.export(desk, tmp_path / "two").files

    assert len(both) == 2
    assert both[0].read_bytes() == first.read_bytes()
    enrolled.take(both[1])
    enrolled.take(both[0])
    assert enrolled.fields == []


def test_a_narrower_consent_takes_back_what_was_sealed_under_the_wider(
    desk, enrolled, carry, a_trainee, give
):
    someone = a_trainee("Aho", "Väinö", goal="Puutyöt")
    give(someone, "goals", "phases")
    sync.accept(desk, offers(desk)["Aho"])
    sync.seal(desk)
    give(someone, "phases")

    carry()

    assert [set(fields) for fields in enrolled.fields] == [{"phases"}]


def test_a_narrower_consent_travels_by_itself_and_words_are_gone_there(
    desk, enrolled, carry, a_trainee, give
):
    someone = a_trainee("Aho", "Väinö", goal="Puutyöt", support_needed="rauha")
    give(someone, "goals", "support", "phases")
    carry()
    give(someone, "goals", "phases")

    assert offers(desk)["Aho"].why == "itself"
    carry(accepted_only=True)
    assert [set(fields) for fields in enrolled.fields] == [{"goal", "next_step", "next_step_due", "phases"}]


def test_a_narrower_consent_with_other_words_waits_for_the_coach(desk, enrolled, carry, a_trainee, give):
    someone = a_trainee("Aho", "Väinö", goal="Puutyöt", support_needed="rauha")
    give(someone, "goals", "support")
    carry()
    put_goal(desk, someone, "Metallityöt")
    give(someone, "goals")

    assert offers(desk)["Aho"].why == "words"


def test_the_day_after_the_last_day_the_region_deletes_and_the_desk_withdraws(
    desk, enrolled, carry, a_trainee, give, clock
):
    give(a_trainee("Aho", "Väinö"), valid_to=date(2026, 12, 31))
    carry()
    clock.at += timedelta(days=16)
    assert len(enrolled.fields) == 1  # 31.12. still counts
    clock.at += timedelta(days=1)

    assert enrolled.fields == []
    assert offers(desk)["Aho"].kind == "withdraw"
    carry()
    assert sync.review(desk) == ()


def test_a_prohibition_withdraws_what_the_region_holds(desk, enrolled, carry, a_trainee, give):
    someone = a_trainee("Aho", "Väinö")
    give(someone)
    carry()
    consents.forbid(desk, someone.id, recipient=BODY)
    carry(accepted_only=True)

    assert enrolled.fields == []


# Receipts


def test_a_bundle_the_region_has_not_got_is_named_and_written_again(
    desk, enrolled, a_trainee, give, tmp_path
):
    give(a_trainee("Aho", "Väinö"))
    (first,) = sync.export(desk, tmp_path / "one").files
    give(a_trainee("Björk", "Åsa"))
    second = [file for file in sync.export(desk, tmp_path / "two").files if file.name != first.name]
    (answer,) = enrolled.take(*second)

    told = sync.read_receipt(desk, answer)
    assert told.missing == (1,)
    assert sync.outbox_sheet(desk).missing == (1,)
    assert [file.name for file in sync.export(desk, tmp_path / "three").files] == [first.name]


def test_a_receipt_read_twice_or_late_does_no_harm(desk, enrolled, carry, a_trainee, give, tmp_path):
    give(a_trainee("Aho", "Väinö"))
    (old,) = enrolled.take(*sync.export(desk, tmp_path / "one").files)
    give(a_trainee("Björk", "Åsa"))
    (new,) = enrolled.take(*sync.export(desk, tmp_path / "two").files)

    assert sync.read_receipt(desk, new).delivered == 2  # the newer tells of the older too
    for _ in range(2):
        late = sync.read_receipt(desk, old)
        assert (late.delivered, late.begun_anew) == (0, False)
    assert sync.review(desk) == ()


def test_an_item_the_region_refuses_is_shown_with_its_reason_and_the_others_go_on(
    desk, enrolled, carry, a_trainee, give, clock
):
    bad = give(a_trainee("Aho", "Väinö"), valid_to=date(2026, 12, 15))
    give(a_trainee("Björk", "Åsa"))
    done = sync.export(desk, enrolled.at.parent / "stick")
    clock.at += timedelta(days=1)
    (answer,) = enrolled.take(*done.files)
    told = sync.read_receipt(desk, answer)

    assert (told.delivered, told.refused) == (1, 1)
    assert any("Aho" in line and "last day" in line for line in told.lines)
    assert bad.valid_to == date(2026, 12, 15)


@pytest.mark.parametrize("harm", ["cut", "changed", "empty", "nonsense"])
def test_a_receipt_that_is_not_whole_changes_nothing(desk, enrolled, a_trainee, give, tmp_path, harm):
    give(a_trainee())
    (answer,) = enrolled.take(*sync.export(desk, tmp_path / "one").files)
    whole = answer.read_bytes()
    at = len(whole) // 2
    harmed = {
        "cut": whole[:-9],
        "changed": whole[:at] + (b"A" if whole[at : at + 1] != b"A" else b"B") + whole[at + 1 :],
        "empty": b"",
        "nonsense": b"nonsense",
    }[harm]
    answer.write_bytes(harmed)

    with pytest.raises(Unreadable):
        sync.read_receipt(desk, answer)
    assert sync.outbox_sheet(desk).waiting == 1


def test_a_receipt_of_another_region_is_refused(desk, enrolled, a_trainee, give, tmp_path, clock):
    give(a_trainee())
    sync.export(desk, tmp_path / "one")
    other = PracticeRegion(tmp_path / "other", clock, name="toinen")
    device = next(iter(enrolled.open.devices))
    other.enrol(enrolled.at / "devices" / f"{device}.jwk")
    name, content = receive.answer(other.open, device, [], clock.now())
    (tmp_path / name).write_bytes(content)

    with pytest.raises(Unreadable) as refused:
        sync.read_receipt(desk, tmp_path / name)
    assert "region" in str(refused.value)
    assert sync.outbox_sheet(desk).waiting == 1


def test_a_bundle_for_another_region_is_refused_there(desk, enrolled, a_trainee, give, tmp_path, clock):
    give(a_trainee())
    (file,) = sync.export(desk, tmp_path / "one").files
    other = PracticeRegion(tmp_path / "other", clock, name="toinen")

    with pytest.raises(Unreadable):
        other.take(file)
    assert other.fields == []


# A desk restored from an older copy


def test_a_restored_desk_begins_its_numbers_anew_and_the_region_follows(
    desk, desk_folder, reopen, enrolled, a_trainee, give, tmp_path
):
    import shutil

    one = a_trainee("Aho", "Väinö")
    consent = give(one)
    (answer,) = enrolled.take(*sync.export(desk, tmp_path / "a").files)
    sync.read_receipt(desk, answer)
    desk.close()
    shutil.copytree(desk_folder, tmp_path / "copy")
    desk = reopen(desk_folder)
    consents.withdraw(desk, consent.id)
    enrolled.take(*sync.export(desk, tmp_path / "b").files)
    desk.close()

    old = reopen(tmp_path / "copy")
    open_phase(old, one, 2)
    files = sync.export(old, tmp_path / "c").files
    told = [sync.read_receipt(old, answer) for answer in enrolled.take(*files)]

    assert told[0].begun_anew
    assert enrolled.fields == []
    assert consents.sheet(old, one.id).in_force(BODY) is None  # the region knew it as withdrawn
    with old.reading() as unit:
        sql = "SELECT why FROM log WHERE act = 'consent.withdraw' ORDER BY seq DESC"
        assert "told by" not in str(unit.connection.exec_driver_sql(sql).scalar())
    enrolled.take(*sync.export(old, tmp_path / "d").files)
    assert enrolled.held["devices"][0]["epoch"] == 2
    assert enrolled.fields == []


# Enrolment


def test_both_sides_show_the_same_fingerprints(desk, region, tmp_path):
    done = sync.enrol(desk, region.card, tmp_path / "out")
    device = region.enrol(done.file)

    from coachdesk.exchange import enrolment

    both = enrolment.read_device_keys(done.file.read_bytes())
    assert done.region_fingerprint == region.open.card.fingerprint
    assert done.device_fingerprint == enrolment.device_fingerprint(*both)
    assert done.file.name == f"{device}.jwk"
    assert all("d" not in key for key in json.loads(done.file.read_text())["keys"])
    assert (region.at / "devices" / f"{device}.jwk").is_file()


def test_a_folder_that_cannot_be_written_enrols_nothing(desk, region, tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(Trouble):
        sync.enrol(desk, region.card, tmp_path / "file")
    assert sync.region_names(desk) == {}


def test_enrolling_again_changes_no_key(desk, region, tmp_path):
    first = sync.enrol(desk, region.card, tmp_path / "out")
    second = sync.enrol(desk, region.card, tmp_path / "out")

    assert first.device_fingerprint == second.device_fingerprint


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"id": "x", "jwks": {"keys": []}}', "\x00"])
def test_a_file_that_is_no_region_is_refused(desk, tmp_path, content):
    (tmp_path / "region.json").write_text(content)

    with pytest.raises(Unreadable):
        sync.enrol(desk, tmp_path / "region.json", tmp_path / "out")
    assert sync.region_names(desk) == {}


def test_a_private_key_is_never_taken_in(desk, region, tmp_path):
    card = json.loads(region.card.read_text())
    card["jwks"]["keys"][0] = json.loads((region.at / "keys" / "encrypt.jwk").read_text())
    (tmp_path / "region.json").write_text(json.dumps(card))

    with pytest.raises(Unreadable) as refused:
        sync.enrol(desk, tmp_path / "region.json", tmp_path / "out")
    assert "private" in str(refused.value)


def test_a_second_region_for_the_same_body_is_refused(desk, enrolled, tmp_path, clock):
    other = PracticeRegion(tmp_path / "other", clock, name="toinen")

    with pytest.raises(Refused):
        sync.enrol(desk, other.card, tmp_path / "out")


def test_the_private_key_lies_wrapped_in_the_store(desk, enrolled):
    with desk.reading() as unit:
        device = outbox.device_of(unit, "pohjanmaa")

    assert b'"d"' not in device.wrapped
    assert "d" not in device.public


# The rest


def test_each_summary_that_leaves_has_its_line_in_the_log(desk, carry, a_trainee, give):
    someone = a_trainee("Aho", "Väinö")
    give(someone)
    carry()

    with desk.reading() as unit:
        acts = unit.connection.execute(tables.log.select().where(tables.log.c.trainee_id == someone.id))
        found = [row.act for row in acts]
    assert found == ["consent.give", "summary.accept", "summary.seal"]


def test_a_folder_that_cannot_be_written_leaves_the_bundle_for_next_time(
    desk, enrolled, a_trainee, give, tmp_path
):
    give(a_trainee())
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(Trouble):
        sync.export(desk, tmp_path / "file")
    done = sync.export(desk, tmp_path / "ok")
    assert len(done.files) == 1
    assert done.preview  # what nobody was shown is not taken as accepted
    assert [file.name for file in (tmp_path / "ok").iterdir()] == [done.files[0].name]


def test_a_preview_that_could_not_be_shown_counts_as_nothing_accepted(
    desk, enrolled, a_trainee, give, tmp_path
):
    give(a_trainee("Aho", "Väinö"))

    def no_reader(_lines):
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        sync.export(desk, tmp_path / "out", show=no_reader)
    assert list((tmp_path / "out").glob("*.jwe")) == []
    assert offers(desk)["Aho"].waits_for_coach


def test_another_file_of_the_same_name_is_never_written_over(desk, enrolled, a_trainee, give, tmp_path):
    give(a_trainee())
    (file,) = sync.export(desk, tmp_path / "one").files
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / file.name).write_text("another")

    with pytest.raises(Trouble):
        sync.export(desk, tmp_path / "two")
    assert (tmp_path / "two" / file.name).read_text() == "another"


def test_three_hundred_summaries_become_more_than_one_bundle(desk, enrolled, carry, give, a_trainee):
    for number in range(300):
        give(a_trainee(f"Esimerkki{number:03}", "Elli"))
    done = carry()

    assert len(done.export.files) == 2
    assert len(enrolled.fields) == 300
    assert all(len(file.read_bytes()) < 67_712 for file in done.export.files)


def test_the_next_step_that_is_open_leaves_word_for_word(desk, enrolled, carry, a_trainee, give):
    someone = a_trainee("Aho", "Väinö")
    give(someone, "goals")
    with desk.writing() as unit:
        NEXT_STEPS.add(unit, NextStep(trainee_id=someone.id, text="Käynti", due=date(2026, 12, 17)))
        unit.commit()
    carry()

    assert enrolled.fields == [{"goal": None, "next_step": "Käynti", "next_step_due": "2026-12-17"}]


@pytest.mark.parametrize(
    "content",
    [
        '{"id": "r1", "name": {"fi": "A"}, "jwks": {"keys": [{"use": []}, {"use": {}}]}}',
        '{"id": "r1", "name": {"fi": "A"}, "jwks": {"keys": [{"use": ["sig"]}, {"use": "enc"}]}}',
        '{"id": "r1", "name": {"fi": "A"}, "body": {}, "jwks": {"keys": [null, 7]}}',
        "[" * 100_000,
    ],
)
def test_a_public_file_of_a_strange_make_is_refused_in_one_sentence(desk, tmp_path, content):
    (tmp_path / "strange.json").write_text(content)

    with pytest.raises(Unreadable):
        sync.enrol(desk, tmp_path / "strange.json", tmp_path / "out")
    assert sync.region_names(desk) == {}


def test_the_name_of_a_region_has_no_hidden_letters(desk, region, tmp_path):
    card = json.loads(region.card.read_text("utf-8"))
    card["name"] = {"fi": "\u001b[31mAlue\u202e\ud800\n", "sv": ["list"]}
    (tmp_path / "card.json").write_text(json.dumps(card))

    sync.enrol(desk, tmp_path / "card.json", tmp_path / "out")

    assert sync.region_names(desk) == {"pohjanmaa": ("[31mAlue", "")}


def test_a_receipt_says_what_was_delivered_kind_by_kind():
    kinds = {"put": 2, "withdraw": 1, "answer": 1, "service_card": 1, "aggregate": 1, "letters_received": 3}
    said = ", ".join(receipts.delivered_words(kinds))

    assert said == (
        "2 summaries, one withdrawal, one answer, what the workshop offers, the figures of a quarter"
    )


def test_what_waits_says_since_when(desk, enrolled, carry, a_trainee, give, clock):
    someone, other = a_trainee("Aho", "Väinö", goal="Puutyöt"), a_trainee("Öhman", "Kaj")
    consent = give(someone, "phases")
    give(other, "phases")
    carry()
    clock.at += timedelta(days=2)
    changed = clock.now()
    phases.open_phase(desk, someone.id, 2)
    clock.at += timedelta(days=3)
    trainees.page(desk, someone.id)  # a look is no change
    assert [offer.since for offer in sync.review(desk)] == [changed]
    withdrawn = clock.now()
    consents.withdraw(desk, consent.id)
    clock.at += timedelta(days=1)

    assert [offer.since for offer in sync.review(desk)] == [withdrawn]
