"""What may go wrong on the way to a region: it is told in words, and nothing is lost."""

from datetime import timedelta

from coachdesk import i18n
from coachdesk.clock import FixedClock
from coachdesk.exchange.refusals import Unaccepted
from coachdesk.region import key_changes, receive
from coachdesk.services import line, send_wording, sending, sync
from coachdesk.store import enrolments
from tests.services.sending.sent import states
from tests.services.sending.wires import lossy


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


def test_a_region_of_an_older_program_is_told_and_nothing_is_sent_to_it(desk, enrolled, give, monkeypatch):
    give("Aho", goal="Puutyöt")
    monkeypatch.setattr("coachdesk.exchange.statements.PROTOCOLS", (1,))
    (done,) = sending.send(desk)

    assert "must update it" in str(done.problem) and not done.problem.stops and not enrolled.fields
    monkeypatch.undo()
    assert sending.send(desk)[0].delivered == 1


def test_a_region_that_gave_up_its_keys_is_told_apart_from_any_stranger(desk, enrolled, give):
    give("Aho", goal="Puutyöt")
    key_changes.rotate(enrolled.region, enrolled.clock.now(), who="it", at_once=True)
    (done,) = sending.send(desk)

    assert "given up its old keys" in str(done.problem) and not done.problem.stops
    assert enrolled.fields == []


def test_what_the_region_does_not_take_is_not_said_to_be_sent_again(desk, enrolled, give, monkeypatch):
    give("Aho", goal="Puutyöt")

    def too_big(*_what):
        raise Unaccepted("too_big_inside", device=enrolments_of(desk))

    monkeypatch.setattr(receive, "_opened", too_big)
    (done,) = sending.send(desk)

    assert (done.waiting, done.stuck, done.refused) == (1, 1, 1)
    assert [one.text for one in send_wording.of_result(done)] == [
        "The bundle is far bigger inside than it may be."
    ]


def enrolments_of(desk):
    with desk.reading() as unit:
        (region,) = enrolments.regions(unit)
        return region.device
