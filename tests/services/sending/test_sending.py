"""Sending by network, from the consent to the receipt, over a real port to a real region."""

import threading
from datetime import date

from coachdesk.exchange.line import Wire
from coachdesk.region import devices
from coachdesk.region import letters as region_letters
from coachdesk.services import consents, line, sending, sync
from coachdesk.store import enrolments, letters, outbox
from tests.served import BODY
from tests.services.sending.sent import states


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


def test_a_consent_that_ran_out_in_a_drawer_never_leaves(desk, enrolled, give, clock):
    give("Aho", goal="Puutyöt")
    sync.seal(desk)
    clock.at = clock.at.replace(year=2028)
    (done,) = sending.send(desk)

    assert (done.problem, done.delivered) == (None, 0)
    assert enrolled.fields == []


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
