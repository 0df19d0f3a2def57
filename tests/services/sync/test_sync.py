"""What leaves, from the consent to the region and back, with a real desk and a real region."""

from datetime import date, timedelta

import pytest

from coachdesk.domain.phases import NextStep
from coachdesk.errors import Refused, Trouble
from coachdesk.services import consents, phases, sync, trainees
from coachdesk.store import outbox, tables
from coachdesk.store.phases import NEXT_STEPS
from tests.services.carried import BODY, offers, open_phase


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


def test_what_waits_or_was_set_aside_stands_in_the_outbox_however_much_was_settled_since(
    desk, enrolled, carry, a_trainee, give, tmp_path, monkeypatch
):
    monkeypatch.setattr(sync, "SHOWN", 1)
    for name in ("Aho", "Berg", "Ceder"):
        give(a_trainee(name, "Malli"))
    sync.export(desk, tmp_path / "stick")

    assert len(sync.outbox_sheet(desk).lines) == sync.outbox_sheet(desk).waiting == 3
    carry()
    with desk.writing() as unit:
        aside = min(outbox.ITEMS.find(unit), key=lambda item: item.id)
        outbox.judge(unit, aside, outbox.SET_ASIDE)
        unit.commit()
    assert [line.state for line in sync.outbox_sheet(desk).lines] == ["aside", "acknowledged"]
