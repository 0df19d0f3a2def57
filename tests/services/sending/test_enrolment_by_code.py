"""A desk and a region come to know each other by a one-time code."""

from datetime import date, timedelta

import pytest

from coachdesk.errors import NoLine, Trouble
from coachdesk.exchange.keys import SIGN
from coachdesk.exchange.line import Wire
from coachdesk.region import letters as region_letters
from coachdesk.services import consents, enrolment_by_code, line, sending, sync_sheets
from coachdesk.services.enrolment import own_keys
from coachdesk.store import enrolments, letters
from tests.served import Served
from tests.services.sending.sent import accept_all


def test_a_one_time_code_enrols_the_desk_and_both_sides_show_the_same_fingerprints(desk, region):
    seen = enrolment_by_code.look(desk, region.address)
    done = enrolment_by_code.enrol(desk, seen, region.code().lower().replace("-", " "))

    assert done.region_fingerprint == region.region.card.fingerprint
    (sheet,) = line.sheets(desk)
    assert (sheet.region_id, sheet.line.address) == ("pohjanmaa", region.address)


def test_two_regions_know_a_desk_by_different_keys_and_each_has_its_own_row(
    desk, enrolled, give, tmp_path, clock
):
    other = Served(tmp_path / "other", clock, "uusimaa", body="employment_area").start()
    try:
        seen = enrolment_by_code.look(desk, other.address)
        done = enrolment_by_code.enrol(desk, seen, other.code())
        person, _first = give("Aho", goal="Puutyöt")
        last = date(2027, 6, 30)
        consents.give(desk, person.id, recipient="employment_area", scopes=("goals",), valid_to=last)
        accept_all(desk)
        results = sending.send(desk)
        assert [one.problem for one in results] == [None, None]
        assert len(other.fields) == len(enrolled.fields) == 1

        known = [known_keys(region) for region in (enrolled, other)]
        assert known[0] and known[1] and not known[0] & known[1]
        sheets = sync_sheets.key_sheets(desk)
        assert len({sheet.desk_fingerprint for sheet in sheets}) == 2
        assert done.device_fingerprint in {sheet.desk_fingerprint for sheet in sheets}
        files = sync_sheets.write_own_keys(desk, tmp_path, [sheet.region_id for sheet in sheets])
        assert len(files) == 2
        with desk.writing() as unit:  # nor by the key that other desks are shown
            shown = own_keys(desk, unit)
        assert {shown.id, shown.enc_public["kid"]}.isdisjoint(known[0] | known[1])

        asked = {"from": {"name": "Siv Sjöblom"}, "words": "Hur går det?"}
        with desk.reading() as unit:
            device = enrolments.device_of(unit, "uusimaa").id
        region_letters.send(other.region, device, "question", asked, clock.now())
        assert [one.problem for one in sending.send(desk)] == [None, None]
        with desk.reading() as unit:
            assert [one.region_id for one in letters.LETTERS.find(unit)] == ["uusimaa"]
    finally:
        other.close()


def known_keys(region):
    """The ids of all keys that a region knows of desks."""
    from coachdesk.region import tables

    with region.region.reading() as connection:
        rows = connection.execute(tables.device.select()).mappings().all()
    return {row["id"] for row in rows} | {row["seal_key"]["kid"] for row in rows}


def test_a_desk_locked_while_it_is_enrolled_says_so_and_the_same_code_enrols_it_after(
    desk, region, reopen, monkeypatch
):
    seen, code = enrolment_by_code.look(desk, region.address), region.code()

    class Locks(Wire):
        def ask(self, method, path, **more):
            answer = super().ask(method, path, **more)
            desk.close()
            return answer

    with monkeypatch.context() as patched:
        patched.setattr(enrolment_by_code, "Wire", Locks)
        with pytest.raises(Trouble, match="locked in the middle"):
            enrolment_by_code.enrol(desk, seen, code)
    again = reopen(desk.folder)
    enrolment_by_code.enrol(again, seen, code)
    assert line.sheets(again)[0].line.may_send


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda region, code: "0000-0000-0000", "does not know the code"),
        (lambda region, code: _used(region, code), "has been used already"),
        (lambda region, code: _old(region, code), "too old"),
    ],
)
def test_a_code_that_is_not_good_has_its_own_words(desk, region, spoil, words):
    code = spoil(region, region.code())
    with pytest.raises(NoLine) as found:
        enrolment_by_code.enrol(desk, enrolment_by_code.look(desk, region.address), code)

    assert words in str(found.value)
    assert line.sheets(desk) == ()


def _used(region, code):
    from coachdesk.exchange import joining_region
    from coachdesk.exchange.keys import ENCRYPT, new_key

    with Wire(region.address) as wire:
        card = joining_region.ask_card(wire)
        own, other = new_key(SIGN), new_key(ENCRYPT)
        joining_region.enrol(
            wire, card, joining_region.checked_code(code), signing_key=own, letter_key=other, iat=0
        )
    return code


def _old(region, code):
    region.clock.at += timedelta(hours=25)
    return code


def test_the_answer_to_an_enrolment_may_be_lost(desk, region):
    code, seen = region.code(), enrolment_by_code.look(desk, region.address)
    enrolment_by_code.enrol(desk, seen, code)
    enrolment_by_code.enrol(desk, seen, code)

    assert len(line.sheets(desk)) == 1
