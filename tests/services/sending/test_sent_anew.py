"""What a restored side or new keys ask for: all is sent once more, and only once."""

import shutil

from coachdesk.errors import NoLine
from coachdesk.exchange.line import Wire
from coachdesk.region import key_changes
from coachdesk.services import enrolment_by_code, line, sending, sync, sync_sheets
from coachdesk.store import enrolments
from tests.served import Served


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
    assert "Compare the fingerprints" in str(line.sheets(desk)[0].problem)
    assert [one.strange for one in sync_sheets.key_sheets(desk)] == [True]
    line.pause(desk, False)  # a person has compared them
    assert line.sheets(desk)[0].problem is None
    assert [one.strange for one in sync_sheets.key_sheets(desk)] == [False]


def test_a_pause_of_ones_own_is_never_said_to_be_for_other_keys(desk, enrolled, tmp_path):
    line.pause(desk, True)
    done = sync.enrol(desk, enrolled.card, tmp_path / "out")
    assert not any("Compare" in said for said in done.lines)
    assert not sync_sheets.key_sheets(desk)[0].strange


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
