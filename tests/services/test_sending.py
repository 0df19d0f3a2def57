"""Sending by network, from the consent to the receipt, over a real port to a real region."""

import shutil
import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest

from coachdesk import i18n
from coachdesk.clock import FixedClock
from coachdesk.errors import NoLine, Trouble
from coachdesk.exchange import incoming
from coachdesk.exchange.keys import SIGN
from coachdesk.exchange.line import Wire
from coachdesk.region import devices, key_changes
from coachdesk.region import letters as region_letters
from coachdesk.services import consents, enrolment_by_code, line, sending, sync, sync_sheets
from coachdesk.services.enrolment import card_of, own_keys
from coachdesk.store import enrolments, letters, lines, outbox
from coachdesk.store.trainees import TRAINEES
from tests.served import BODY, Served


@pytest.fixture
def give(desk, a_trainee):
    """``give("Aho", goal="Puutyöt")`` is somebody whose goal was accepted for the region."""

    def give(family, *scopes, **more):
        person = a_trainee(family, "Elli", **more)
        found = consents.give(
            desk, person.id, recipient=BODY, scopes=scopes or ("goals",), valid_to=date(2027, 6, 30)
        )
        accept_all(desk)
        return person, found

    return give


def accept_all(desk):
    for offer in sync.review(desk):
        if offer.waits_for_coach and offer.problem is None:
            sync.accept(desk, offer)


def put_goal(desk, person, goal):
    with desk.writing() as unit:
        TRAINEES.put(unit, replace(TRAINEES.get(unit, person.id), goal=goal))
        unit.commit()


def states(desk):
    return sorted(one.state for one in sync.outbox_sheet(desk).lines)


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


def test_what_was_accepted_is_sent_and_turns_green_by_the_receipt(desk, enrolled, give):
    give("Aho", goal="Puutyöt")
    (done,) = sending.send(desk)

    assert done.problem is None
    assert (done.delivered, done.waiting) == (1, 0)
    assert [one["goal"] for one in enrolled.fields] == ["Puutyöt"]
    assert states(desk) == ["acknowledged"]
    with desk.reading() as unit:
        (bundle,) = outbox.BUNDLES.find(unit)
    assert (bundle.ways, bundle.receipt_id is not None) == ("net", True)


def test_what_waits_for_the_coach_is_not_sent(desk, enrolled, a_trainee):
    person = a_trainee("Aho", "Elli", goal="Puutyöt")
    consents.give(desk, person.id, recipient=BODY, scopes=("goals",), valid_to=date(2027, 6, 30))
    sending.send(desk)

    assert enrolled.fields == []


def lossy(loses=(), sees=None):
    """A wire that loses the answers to these requests, counted from 0, and notes what was asked."""
    counted = iter(range(10_000))

    class Lossy(Wire):
        def ask(self, method, path, **more):
            number = next(counted)
            if sees is not None:
                sees.append((method, path, more.get("content")))
            found = super().ask(method, path, **more)
            if number in loses:
                raise NoLine("The answer never came.")
            return found

    return Lossy


def between(changed):
    """A wire on which who breaks TLS gives ``changed(method, path, answer)`` in place of each answer."""

    class Between(Wire):
        def ask(self, method, path, **more):
            return changed(method, path, super().ask(method, path, **more))

    return Between


def of_now(desk):
    with desk.reading() as unit:
        (region,) = enrolments.regions(unit)
        return region.receipt_number, region.epoch


@pytest.fixture
def old_state(desk, enrolled):
    """An answer to ``state`` that was given before."""
    kept = []

    def keeps(_method, path, answer):
        if path.endswith("/state"):
            kept.append(answer)
        return answer

    sending.Sender(desk, wires=between(keeps)).send()
    return kept[0]


@pytest.mark.parametrize("of_it", ["whole", "without its header", "with the header of another"])
def test_an_older_state_played_again_is_refused_in_words_and_changes_nothing(
    desk, enrolled, give, old_state, of_it
):
    give("Aho", goal="Puutyöt")
    sending.send(desk)
    before = of_now(desk)

    def plays(_method, path, answer):
        if not path.endswith("/state"):
            return answer
        heads = {"whole": old_state.headers, "without its header": {}}.get(of_it, answer.headers)
        return replace(old_state, headers=heads)

    give("Eero", goal="Metalli")
    (done,) = sending.Sender(desk, wires=between(plays)).send()

    assert done.problem is not None and "an old answer sent once more" in str(done.problem)
    assert not done.problem.stops and of_now(desk) == before and len(enrolled.fields) == 1
    assert sending.send(desk)[0].delivered == 1 and len(enrolled.fields) == 2


def test_a_word_that_no_letter_waits_is_not_believed_when_it_is_an_old_one(desk, enrolled):
    kept = []

    def keeps(_method, path, answer):
        if path.endswith("/letters"):
            kept.append(answer)
        return kept[0] if kept and path.endswith("/letters") else answer

    with desk.reading() as unit:
        device = enrolments.device_of(unit, "pohjanmaa").id
    members = {"from": {"name": "Aino"}, "words": "Miten sujuu?"}
    region_letters.send(enrolled.region, device, "question", members, desk.clock.now())
    first = sending.Sender(desk, wires=between(keeps)).send()
    assert first[0].problem is not None  # asked for what follows, it was given the same once more

    with desk.reading() as unit:
        assert len(letters.LETTERS.find(unit)) == 1
    assert sending.send(desk)[0].problem is None


def test_a_region_of_an_older_program_is_told_and_nothing_is_sent_to_it(desk, enrolled, give, monkeypatch):
    give("Aho", goal="Puutyöt")
    monkeypatch.setattr("coachdesk.exchange.statements.PROTOCOLS", (1,))
    (done,) = sending.send(desk)

    assert "must update it" in str(done.problem) and not done.problem.stops and not enrolled.fields
    monkeypatch.undo()
    assert sending.send(desk)[0].delivered == 1


def test_an_older_receipt_given_for_a_bundle_begins_no_new_row(desk, enrolled, give):
    """Who breaks TLS keeps the receipt of a bundle and gives it again for the same bundle."""
    give("Aho", goal="Puutyöt")
    kept = []

    def keeps(method, _path, answer):
        if method == "PUT":
            kept.append(answer)
            raise NoLine("The answer never came.")
        return answer

    sending.Sender(desk, wires=between(keeps)).send()
    again = between(lambda method, _path, answer: kept[0] if method == "PUT" else answer)
    (done,) = sending.Sender(desk, wires=again).send()

    assert done.problem is None and of_now(desk)[1] == 1 and states(desk) == ["acknowledged"]


def test_a_lost_answer_is_asked_for_with_the_same_bytes(desk, enrolled, give):
    give("Aho", goal="Puutyöt")
    seen = []
    (first,) = sending.Sender(desk, wires=lossy({2}, seen)).send()
    assert first.problem is not None
    assert states(desk) == ["handed"]

    (second,) = sending.Sender(desk, wires=lossy((), seen)).send()
    assert (second.problem, second.waiting) == (None, 0)
    assert states(desk) == ["acknowledged"]
    assert len({content for method, _path, content in seen if method == "PUT"}) == 1


def test_network_and_carried_file_may_both_deliver_and_once_is_once(desk, enrolled, give, tmp_path):
    give("Aho", goal="Puutyöt")
    done = sync.export(desk, tmp_path / "stick", accepted_only=True)
    sending.send(desk)
    answers = enrolled.take(*done.files)
    found = sync.read_receipt(desk, answers[-1])

    assert found.delivered == 0
    assert len(enrolled.fields) == 1
    (line_,) = sync.outbox_sheet(desk).lines
    assert (line_.way, line_.state) == ("both", "acknowledged")


def test_a_withdrawal_goes_before_everything_else(desk, enrolled, give):
    _person, consent = give("Aho", goal="Puutyöt")
    sending.send(desk)
    enrolled.stop()
    give("Björk", goal="Metallityöt")
    sending.send(desk)  # sealed and tried, and nothing came through
    sync.export(desk, enrolled.at.parent / "stick", accepted_only=True)
    consents.withdraw(desk, consent.id)
    enrolled.start()
    seen = []
    sending.Sender(desk, wires=lossy((), seen)).send()

    with desk.reading() as unit:
        kinds = {
            row.sha256: {i.kind for i in outbox.items_of(unit, row)} for row in outbox.BUNDLES.find(unit)
        }
    puts = [kinds[path.rpartition("/")[2]] for method, path, _content in seen if method == "PUT"]
    assert "withdraw" in puts[0]
    assert {"put"} in puts[1:]
    assert [one["goal"] for one in enrolled.fields] == ["Metallityöt"]


def test_a_consent_that_ran_out_in_a_drawer_never_leaves(desk, enrolled, give, clock):
    give("Aho", goal="Puutyöt")
    sync.seal(desk)
    clock.at = clock.at.replace(year=2028)
    (done,) = sending.send(desk)

    assert (done.problem, done.delivered) == (None, 0)
    assert enrolled.fields == []


def test_the_receipt_of_a_withdrawal_is_kept_as_it_was_signed(desk, enrolled, give):
    _person, consent = give("Aho", goal="Puutyöt")
    sending.send(desk)
    consents.withdraw(desk, consent.id)
    sending.send(desk)

    with desk.reading() as unit:
        rows = outbox.BUNDLES.find(unit)
        kept = {row.id: row for row in lines.RECEIPTS.find(unit)}
        region, device = enrolments.regions(unit)[0], enrolments.device_of(unit, "pohjanmaa")
    proof = kept[rows[-1].receipt_id]
    found = incoming.read(
        proof.content, region_id=region.id, device=device.id, region_keys=card_of(region).of_use(SIGN)
    )
    assert rows[-1].sha256 in {one.sha256 for one in found.receipts[0].bundles}
    (held,) = sync.held_sheet(desk)
    assert (held.state, held.receipt) == ("deleted", proof.number)


def test_paused_nothing_is_sent_and_it_stays_so(desk, enrolled, give, reopen):
    give("Aho", goal="Puutyöt")
    line.pause(desk, True)

    assert sending.send(desk) == ()
    desk.close()
    again = reopen(desk.folder)
    assert line.sheets(again)[0].line.state == "paused"
    line.pause(again, False)
    assert sending.send(again)[0].delivered == 1


def test_without_an_address_files_are_carried(desk, enrolled, give):
    give("Aho", goal="Puutyöt")
    line.move(desk, "pohjanmaa", "")

    assert sending.send(desk) == ()
    assert line.sheets(desk)[0].line.state == "file"


def test_a_revoked_desk_is_told_stops_and_keeps_its_data(desk, enrolled, give):
    give("Aho", goal="Puutyöt")
    with desk.reading() as unit:
        enrolled.revoke(enrolments.device_of(unit, "pohjanmaa").id)
    (done,) = sending.send(desk)

    assert done.revoked and not done.delivered
    assert line.sheets(desk)[0].line.state == "stopped"
    assert "revoked this desk" in str(line.sheets(desk)[0].problem)
    assert sending.Sender(desk).send() == ()  # nothing is tried by itself any more
    assert [offer.name for offer in sync.review(desk)] == ["Aho, Elli"]


def test_a_revoked_desk_is_enrolled_anew_with_a_new_key_and_sends_all_once_more(desk, enrolled, give):
    give("Aho", goal="Puutyöt")
    sending.send(desk)
    with desk.reading() as unit:
        old = enrolments.device_of(unit, "pohjanmaa").id
    enrolled.revoke(old)
    sending.send(desk)
    enrolment_by_code.enrol(desk, enrolment_by_code.look(desk, enrolled.address), enrolled.code())
    (done,) = sending.send(desk)

    with desk.reading() as unit:
        assert enrolments.device_of(unit, "pohjanmaa").id != old
    assert (done.problem, done.delivered) == (None, 1)
    assert [one["goal"] for one in enrolled.fields][-1] == "Puutyöt"


def revoke(desk, region):
    with desk.reading() as unit:
        region.revoke(enrolments.device_of(unit, "pohjanmaa").id)
    sending.send(desk)


class NoNetwork(Wire):
    def ask(self, _method, _path, **_more):
        raise NoLine("There is no network.")


def test_a_try_without_network_does_not_forget_that_the_desk_was_revoked(desk, enrolled, give):
    give("Aho", goal="Puutyöt")
    revoke(desk, enrolled)
    (done,) = sending.Sender(desk, wires=NoNetwork).send(by_hand=True)

    assert done.problem is not None
    assert line.sheets(desk)[0].line.revoked and not line.sheets(desk)[0].line.may_send
    (done,) = sending.send(desk)
    assert done.revoked and line.sheets(desk)[0].line.revoked


def test_a_desk_that_is_the_regions_own_again_goes_on_when_it_is_tried(desk, enrolled, give):
    give("Aho", goal="Puutyöt")
    with desk.reading() as unit:
        device = enrolments.device_of(unit, "pohjanmaa").id
    revoke(desk, enrolled)
    with enrolled.region.writing() as connection:
        connection.exec_driver_sql("UPDATE device SET state = 'enrolled' WHERE id = ?", (device,))
    (done,) = sending.send(desk)

    assert (done.revoked, done.delivered) == (False, 1)
    assert line.sheets(desk)[0].line.state == "online"


def test_a_revoked_desk_asks_again_with_the_same_key_where_the_answer_was_lost(
    desk, enrolled, give, monkeypatch
):
    give("Aho", goal="Puutyöt")
    revoke(desk, enrolled)
    seen, code = enrolment_by_code.look(desk, enrolled.address), enrolled.code()
    with monkeypatch.context() as patched:
        patched.setattr(enrolment_by_code, "Wire", lossy({0}))
        with pytest.raises(NoLine):
            enrolment_by_code.enrol(desk, seen, code)
    enrolment_by_code.enrol(desk, seen, code)
    (done,) = sending.send(desk)

    assert (done.problem, done.delivered) == (None, 1)
    with desk.reading() as unit:
        assert len(enrolments.DEVICES.find(unit)) == 2


def test_new_keys_that_were_revoked_before_they_were_taken_are_made_anew(desk, enrolled, give, monkeypatch):
    give("Aho", goal="Puutyöt")
    revoke(desk, enrolled)
    seen = enrolment_by_code.look(desk, enrolled.address)
    with monkeypatch.context() as patched:
        patched.setattr(enrolment_by_code, "Wire", lossy({0}))
        with pytest.raises(NoLine):
            enrolment_by_code.enrol(desk, seen, enrolled.code())
    with desk.reading() as unit:
        old = enrolments.device_of(unit, "pohjanmaa").id
        (fresh,) = (one.id for one in enrolments.DEVICES.find(unit) if one.id != old)
    enrolled.revoke(fresh)
    code = enrolled.code()
    with pytest.raises(NoLine):
        enrolment_by_code.enrol(desk, seen, code)
    enrolment_by_code.enrol(desk, seen, code)
    assert sending.send(desk)[0].delivered == 1


def test_a_region_that_has_lost_its_key_is_sent_anew_to_once_in_a_run(desk, enrolled, give):
    give("Aho", goal="Puutyöt")
    tried = []

    class WrongKey(Wire):
        def ask(self, method, path, **more):
            if method == "PUT":
                tried.append(path)
                raise NoLine("The bundle is sealed for another key.", stops=True, reason="wrong_key")
            return super().ask(method, path, **more)

    (done,) = sending.Sender(desk, wires=WrongKey).send()

    assert (len(tried), done.refused, done.waiting) == (2, 1, 1)
    assert sending.send(desk)[0].delivered == 1  # by hand, once the region has its key again


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


def test_the_regions_new_keys_are_taken_over_from_its_receipt(desk, enrolled, give):
    give("Aho", goal="Puutyöt")
    sending.send(desk)
    card = key_changes.rotate(enrolled.region, enrolled.clock.now(), who="")
    sending.send(desk)

    with desk.reading() as unit:
        (region,) = enrolments.regions(unit)
    assert [key["kid"] for key in region.keys] == [key["kid"] for key in card.keys]


def test_a_file_with_other_keys_of_a_known_region_sends_nothing_before_a_person_lets_it(
    desk, enrolled, give, tmp_path, clock
):
    give("Aho", goal="Puutyöt")
    sync.enrol(desk, enrolled.card, tmp_path / "out")  # the same keys change nothing
    assert not line.sheets(desk)[0].line.paused
    other = Served(tmp_path / "other", clock)  # of the same name, by whomever
    try:
        done = sync.enrol(desk, other.card, tmp_path / "out")
    finally:
        other.close()

    assert sending.send(desk) == () and "Compare the fingerprints" in done.lines[-1]
    assert line.sheets(desk)[0].line.state == "paused"


def test_a_restored_desk_sends_all_once_more_in_a_new_row(desk, enrolled, give, reopen, tmp_path):
    give("Aho", goal="Puutyöt")
    desk.close()
    shutil.copytree(desk.folder, tmp_path / "copy")
    first = reopen(desk.folder)
    sending.send(first)
    first.close()
    shutil.rmtree(desk.folder)
    shutil.copytree(tmp_path / "copy", desk.folder)
    again = reopen(desk.folder)
    (done,) = sending.send(again)

    assert (done.problem, done.waiting) == (None, 0)
    with again.reading() as unit:
        assert enrolments.regions(unit)[0].epoch == 2
    assert len(enrolled.fields) == 1


def test_a_region_restored_from_a_backup_gets_all_once_more(desk, region, give):
    store = region.at / "region.db"
    enrolment_by_code.enrol(desk, enrolment_by_code.look(desk, region.address), region.code())
    region.close()
    shutil.copy(store, region.at.parent / "old.db")
    served = Served(region.at, region.clock)
    served.port = region.port
    served.start()
    give("Aho", goal="Puutyöt")
    assert sending.send(desk)[0].delivered == 1
    served.close()
    for name in ("region.db", "region.db-wal", "region.db-shm"):
        (region.at / name).unlink(missing_ok=True)
    shutil.copy(region.at.parent / "old.db", store)
    back = Served(region.at, region.clock)
    back.port = region.port
    back.start()
    (done,) = sending.send(desk)
    held = back.fields
    back.close()

    assert (done.problem, done.waiting) == (None, 0)
    assert [one["goal"] for one in held] == ["Puutyöt"]


def test_what_the_region_does_not_take_waits_for_a_person_and_the_others_go_on(desk, enrolled, give):
    give("Aho", goal="Puutyöt")
    sync.seal(desk)
    give("Björk", goal="Metallityöt")

    class Spoils(Wire):
        """The first bundle comes as something that the region does not take."""

        spoilt = ""

        def ask(self, method, path, **more):
            if method == "PUT" and Spoils.spoilt in ("", path):
                Spoils.spoilt = path
                more["headers"] = {**more["headers"], "content-type": "text/plain"}
            return super().ask(method, path, **more)

    (done,) = sending.Sender(desk, wires=Spoils).send()

    assert (done.problem, done.delivered, done.refused) == (None, 1, 1)
    assert states(desk) == ["acknowledged", "stuck"]
    (again,) = sending.Sender(desk).send()
    assert again.delivered == 0  # not by itself
    assert sending.send(desk)[0].delivered == 1
    assert states(desk) == ["acknowledged", "acknowledged"]


def test_what_was_withdrawn_is_not_sent_while_its_withdrawal_is_not_taken(desk, enrolled, give):
    _person, consent = give("Aho", goal="Puutyöt")
    tried = []

    class Never(Wire):
        def ask(self, method, path, **more):
            if method == "PUT":
                raise NoLine("It broke on the way there.")
            return super().ask(method, path, **more)

    class FirstSpoilt(Wire):
        def ask(self, method, path, **more):
            if method == "PUT":
                tried.append(path)
                if len(tried) == 1:
                    more["headers"] = {**more["headers"], "content-type": "text/plain"}
            return super().ask(method, path, **more)

    sending.Sender(desk, wires=Never).send()  # tried: from now on it cannot be taken back
    consents.withdraw(desk, consent.id)
    sync.seal(desk)
    give("Björk", goal="Metallityöt")
    (done,) = sending.Sender(desk, wires=FirstSpoilt).send()

    assert (done.refused, done.waiting) == (1, 2)
    assert [one["goal"] for one in enrolled.fields] == ["Metallityöt"]  # the others went on
    sending.Sender(desk).send()
    assert [one["goal"] for one in enrolled.fields] == ["Metallityöt"]
    (done,) = sending.send(desk)  # by hand the withdrawal goes, and what it follows after it
    assert (done.problem, done.waiting) == (None, 0)
    assert [one["goal"] for one in enrolled.fields] == ["Metallityöt"]


def test_a_desk_that_the_region_does_not_know_is_told_and_stops(desk, region, give, tmp_path):
    sync.enrol(desk, region.card, tmp_path / "out")  # the file was never carried there
    line.move(desk, "pohjanmaa", region.address)
    give("Aho", goal="Puutyöt")
    (done,) = sending.send(desk)

    assert done.problem.stops
    assert "not enrolled" in str(line.sheets(desk)[0].problem)
    assert line.sheets(desk)[0].line.state == "stopped"


def test_the_region_away_is_told_in_both_languages_and_tried_again(desk, enrolled, give, language):
    give("Aho", goal="Puutyöt")
    enrolled.stop()
    (done,) = sending.send(desk)

    assert not done.problem.stops
    language("fi")
    assert "ei ota juuri nyt yhteyksiä" in i18n.say(line.sheets(desk)[0].problem)
    language("sv")
    assert "tar inte emot förbindelser" in i18n.say(line.sheets(desk)[0].problem)
    assert line.sheets(desk)[0].line.state == "offline"
    enrolled.start()
    assert sending.send(desk)[0].delivered == 1
    assert line.sheets(desk)[0].line.state == "online"


def test_a_wrong_clock_is_told_and_stops_nothing(desk, enrolled, give, clock):
    give("Aho", goal="Puutyöt")
    desk.clock = FixedClock(clock.at + timedelta(minutes=47))
    (done,) = sending.send(desk)

    assert done.delivered == 1
    assert any("47 minutes" in text for text in done.lines)


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


def test_stopping_leaves_the_desk_alone_and_the_same_bytes_for_later(desk, enrolled, give):
    give("Aho", goal="Puutyöt")
    sender = None

    class Locks(Wire):
        def ask(self, method, path, **more):
            if method == "PUT":
                threading.Thread(target=sender.stop).start()
                stopped.wait(5)
            return super().ask(method, path, **more)

    stopped = threading.Event()
    sender = sending.Sender(desk, wires=Locks)
    whole = sender.stop

    def stop():
        sender._stopped.set()
        stopped.set()
        whole()

    sender.stop = stop
    assert sender.send() == ()
    assert states(desk) == ["handed"]
    assert sending.send(desk)[0].waiting == 0
    assert len(enrolled.fields) == 1


def test_the_command_sends_and_says_a_line_for_each_result(
    desk, enrolled, give, tmp_path, capsys, monkeypatch, reopen
):
    from coachdesk.cli import region as commands

    give("Aho", goal="Puutyöt")
    folder = desk.folder
    desk.close()
    monkeypatch.setattr(commands, "opened", lambda _asked: reopen(folder))
    assert commands.send_summaries(None) == 0
    assert "Delivered" in capsys.readouterr().out
    enrolled.stop()
    assert commands.send_summaries(None) == 1
    assert "takes no connections" in capsys.readouterr().err


def test_letters_of_the_region_are_fetched_and_told_of_in_the_same_run(desk, enrolled):
    with desk.reading() as unit:
        device = enrolments.device_of(unit, "pohjanmaa").id
    worker = {"name": "Siv Sjöblom", "title": None, "phone": None, "email": None}
    asked = {"from": worker, "words": "Miten menee?"}
    region_letters.send(enrolled.region, device, "question", asked, enrolled.clock.now())
    (done,) = sending.send(desk)

    assert (done.problem, done.letters) == (None, 1)
    with desk.reading() as unit:
        (kept,) = letters.LETTERS.find(unit)
    assert kept.kind == "question"
    with enrolled.region.writing() as connection:
        row = devices.find(connection, device)
        assert region_letters.waiting(connection, row)["waiting"] == 0
    assert sending.send(desk)[0].letters == 0
