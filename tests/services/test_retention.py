"""What is kept is removed by the lead coach's decision alone, and then nothing of the person is left."""

import json
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import select

from coachdesk.clock import HELSINKI, FixedClock
from coachdesk.domain.attachment import LookedAt
from coachdesk.domain.notes import Note
from coachdesk.domain.period import Period
from coachdesk.domain.retention import AGAIN, ASKED, CONTROLLER, DUE
from coachdesk.domain.rights_request import RightsRequest
from coachdesk.domain.trainee import Benefit, OwnView, Trainee
from coachdesk.errors import Refused
from coachdesk.services import (
    access_log,
    attachments,
    attendance,
    backups,
    drafts,
    joining,
    names,
    notes,
    periods,
    phases,
    plans,
    restore,
    restore_wording,
    retention,
    rights_requests,
    today,
    trainees,
)
from coachdesk.services.desk import Desk
from coachdesk.services.opening import open_desk
from coachdesk.services.restore import Secret
from coachdesk.store import access_log as log_store
from coachdesk.store import connections, dossier, engine, gone, removal, tables
from tests import pictures
from tests.conftest import CHEAP, PASSPHRASE
from tests.services import filling

MARK = "Kvittrarmärke"
"""Stands in every word about the person, so that it can be searched for."""


def a_life(desk: Desk, mark: str = MARK, *, begins: date = date(2014, 1, 7), kind: str = "") -> Trainee:
    """Somebody with something in as many tables as the services fill, ended in 2015."""
    person = trainees.register(
        desk, Trainee(family_name=mark, given_names="Göran", goal=f"{mark} goal", phone="040 000")
    )
    who = person.id
    period = periods.add(
        desk,
        Period(
            trainee_id=who, workshop_id=1, service_kind=kind or "rehabilitative_work_activity",
            begins=begins, ends=date(2015, 6, 30), decision_number=f"{mark} 1",
        ),
    )  # fmt: skip
    trainees.add_benefit(
        desk, Benefit(trainee_id=who, benefit="x", payer="kela", payer_name=mark, begins=begins)
    )
    trainees.add_own_view(desk, OwnView(trainee_id=who, subject="goal", text=f"{mark} view", on_day=begins))
    at = datetime(2015, 2, 3, 10, tzinfo=HELSINKI)
    notes.add(desk, Note(trainee_id=who, at=at, kind="conversation", text=f"{mark} note"))
    attendance.record_day(desk, period.id, date(2015, 2, 3), "present", word=mark)
    phases.set_next_step(desk, who, f"{mark} step")
    plans.begin(desk, who, "coaching_plan")
    drafts.keep(desk, "note", f"trainee:{who}", f"{mark} draft", caret=3)
    rights_requests.record(
        desk,
        RightsRequest(trainee_id=who, kind="rectification", asked=date(2015, 3, 1), what=f"{mark} wrong"),
    )
    trainees.edit(desk, trainees.get(desk, who), why=f"{mark} why")
    return person


def every_page(desk: Desk) -> bytes:
    """Each page of the store, free ones too, and each frame of its write-ahead file, decrypted.

    SQLCipher 4: AES-256-CBC, the last 80 bytes of a page are its IV (16) and its HMAC (64).
    """
    store, wal = desk.folder / engine.NAME, desk.folder / f"{engine.NAME}-wal"
    content = store.read_bytes()
    pages = [_plain(desk, page, content[:16]) for page in _cut(content, 0, engine.PAGE)]
    if wal.exists():
        pages += [
            _plain(desk, frame[24:], content[:16]) for frame in _cut(wal.read_bytes(), 32, engine.PAGE + 24)
        ]
    return b"".join(pages)


def _cut(content: bytes, begins: int, size: int) -> list[bytes]:
    return [content[at : at + size] for at in range(begins, len(content) - size + 1, size)]


def _plain(desk: Desk, page: bytes, salt: bytes) -> bytes:
    key, iv, body = desk.subkey("store"), page[-80:-64], page[:-80].removeprefix(salt)
    cipher = Cipher(algorithms.AES256(bytes(key)), modes.CBC(iv)).decryptor()
    return cipher.update(body) + cipher.finalize()


def test_time_runs_from_the_end_of_the_service_and_is_due_on_its_day(desk: Desk) -> None:
    person = a_life(desk)

    row = next(one for one in retention.sheet(desk) if one.trainee_id == person.id)

    assert row.keeping is not None
    assert (row.keeping.ended, row.keeping.due) == (date(2015, 6, 30), date(2025, 6, 30))
    assert row.due and row.keeping.review and "703/2023" in row.keeping.source


def test_only_the_lead_coach_sees_the_list_and_removes(desk: Desk) -> None:
    person = a_life(desk)
    with desk.writing() as unit:
        unit.connection.exec_driver_sql("UPDATE coach SET role = 'coach'")
        unit.commit()

    for act in (
        lambda: retention.sheet(desk),
        lambda: retention.what_goes(desk, person.id),
        lambda: retention.remove(desk, person.id, ground=DUE),
    ):
        with pytest.raises(Refused):
            act()
    assert trainees.get(desk, person.id).family_name == MARK


def test_what_goes_is_told_before(desk: Desk) -> None:
    person = a_life(desk)

    found = retention.what_goes(desk, person.id)

    assert found.name == f"Göran {MARK}"
    assert found.counts["note"] == 1 and found.counts["draft"] == 1 and found.counts["attended_day"] == 1
    assert found.grounds == (DUE, CONTROLLER)


def test_removal_leaves_no_row_in_any_table_of_trainees(desk: Desk) -> None:
    person, other = a_life(desk), a_life(desk, "Annanen")
    before = retention.what_goes(desk, other.id).counts

    retention.remove(desk, person.id, ground=DUE)

    with desk.reading() as unit:
        for table in dossier.tables_of_trainees():
            left = unit.connection.execute(select(table).where(dossier.rows_of(table, person.id))).all()
            assert left == [], table.name
        for name, table in tables.metadata.tables.items():
            if "trainee_id" in table.c and name != "log":
                found = unit.connection.execute(select(table).where(table.c.trainee_id == person.id)).all()
                assert found == [], name
        assert drafts.all_of_coach(desk)[0].subject == f"trainee:{other.id}"
    assert retention.what_goes(desk, other.id).counts == before


def test_no_word_of_the_person_is_left_in_the_store_or_its_write_ahead_file(
    desk: Desk,
) -> None:
    person = a_life(desk)
    words = MARK.encode()

    gone = retention.remove(desk, person.id, ground=DUE)

    assert gone.problem is None and gone.rows > 8
    assert (desk.folder / f"{engine.NAME}-wal").stat().st_size < 64 * 1024
    assert words not in every_page(desk)
    assert names.find(desk, MARK) == ()


def test_the_search_of_pages_finds_what_is_there(desk: Desk) -> None:
    a_life(desk)

    assert MARK.encode() in every_page(desk)


def test_log_keeps_that_it_happened_and_its_chain_verifies(desk: Desk) -> None:
    person = a_life(desk)
    with desk.reading() as unit:
        lines = log_store.head(unit.connection).seq

    retention.remove(desk, person.id, ground=DUE)

    with desk.reading() as unit:
        verdict = log_store.verify(unit.connection, desk.log_key)
        assert verdict.good and verdict.lines > lines
        seen = unit.connection.exec_driver_sql("SELECT act, subject, why FROM log").all()
        told = unit.connection.exec_driver_sql(
            "SELECT seq FROM log WHERE trainee_id = ? AND detail IS NOT NULL", (person.id,)
        ).scalars()
        assert {log_store.detail_of(unit.connection, seq) for seq in told} == {None}
    assert ("retention.remove", f"trainee:{person.id}", "") in [tuple(row) for row in seen]
    assert not any(MARK in "".join(row) for row in seen)
    rows = access_log.of_desk(desk).rows
    assert any(row.act.key == "retention.remove" and row.trainee == "" for row in rows)


def test_a_number_is_never_given_twice(desk: Desk) -> None:
    person = a_life(desk)
    retention.remove(desk, person.id, ground=DUE)

    fresh = trainees.register(desk, Trainee(family_name="Uusi", given_names="Urho"))

    assert fresh.id > person.id
    assert [row.line.act for row in access_log.of_trainee(desk, fresh.id).rows] == ["trainee.register"]


def test_new_backup_has_nothing_of_the_person(desk: Desk, clock: FixedClock, tmp_path: Path) -> None:
    person, other = a_life(desk), a_life(desk, "Annanen")
    retention.remove(desk, person.id, ground=DUE)

    made = backups.make(desk, tmp_path / "stick")
    place = tmp_path / "laptop" / "desk"
    restore.restore(made, place, restore.Secret(passphrase=PASSPHRASE), clock=clock, floor=CHEAP)

    with open_desk(place, passphrase=PASSPHRASE, clock=clock, floor=CHEAP) as found:
        assert [row.trainee_id for row in trainees.listing(found)] == [other.id]
        assert MARK.encode() not in every_page(found)


def test_store_that_could_not_be_built_anew_is_swept_before_the_next_backup(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = a_life(desk)
    monkeypatch.setattr(connections, "STILL_WITHIN", 0.05)
    with desk.reading():  # somebody reads all the while
        held = retention.remove(desk, person.id, ground=DUE)
    assert held.problem is not None and retention.sheet(desk) == ()

    backups.make(desk, tmp_path / "stick")

    assert MARK.encode() not in every_page(desk)
    assert retention.sweep(desk) is False


def test_a_row_in_every_table_goes_and_the_other_persons_stay(desk: Desk) -> None:
    person, other = a_life(desk), a_life(desk, "Annanen")
    for table in filling.fillable():
        filling.fill(desk, table, person.id, 1)
        filling.fill(desk, table, other.id, 2)
    with desk.reading() as unit:
        held, others = removal.counts(unit, person.id), removal.counts(unit, other.id)
    assert set(held) == {*filling.fillable(), "trainee", "draft"}
    with desk.writing() as unit:
        gone = removal.remove(unit, person.id)
        unit.commit()

    assert gone == held | {"bundle_item": gone["bundle_item"]}
    with desk.reading() as unit:
        assert removal.counts(unit, person.id) == {}
        assert removal.counts(unit, other.id) == others
        assert unit.connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def test_files_of_the_person_go_with_their_keys(desk: Desk, tmp_path: Path) -> None:
    person, other = a_life(desk), a_life(desk, "Annanen")
    for one in (person, other):
        scan = tmp_path / f"{one.id}.pdf"
        scan.write_bytes(pictures.pdf(f"{one.family_name} scan"))
        attachments.add(desk, one.id, attachments.read_file(scan), LookedAt(pages=1), title="Scan")
    assert len(list((desk.folder / "files").iterdir())) == 2

    retention.remove(desk, person.id, ground=DUE)

    (left,) = (desk.folder / "files").iterdir()
    assert left.name == attachments.page(desk, other.id).sheets[0].attachment.file


def test_the_log_of_a_record_that_was_joined_becomes_unreadable_too(desk: Desk) -> None:
    person, twin = a_life(desk), a_life(desk, "Kaksoinen")
    joining.join(desk, person.id, twin.id, mine=("family_name", "goal"))

    retention.remove(desk, person.id, ground=DUE)

    with desk.reading() as unit:
        keys = unit.connection.exec_driver_sql("SELECT trainee_id FROM trainee_key").all()
    assert keys == [] and b"Kaksoinen" not in every_page(desk)


def test_nobody_is_removed_before_the_time_or_while_a_service_runs(desk: Desk) -> None:
    young = a_life(desk, "Nuorenen")
    period = periods.of_trainee(desk, young.id)[0].period
    periods.end(desk, period.id, day=date(2020, 5, 31), reason="as_agreed")
    with pytest.raises(Refused, match="is over on"):
        retention.remove(desk, young.id, ground=DUE)

    periods.add(
        desk,
        Period(trainee_id=young.id, workshop_id=1, service_kind="youth_workshop", begins=date(2026, 1, 7)),
    )
    for ground in (DUE, CONTROLLER):
        with pytest.raises(Refused, match="has not ended"):
            retention.remove(desk, young.id, ground=ground)
    with pytest.raises(Refused, match="Record the trainee's request first"):
        retention.remove(desk, young.id, ground=ASKED)


def test_service_without_a_known_time_waits_for_the_controller(desk: Desk) -> None:
    person = a_life(desk, kind="youth_workshop")

    row = retention.sheet(desk)[0]
    assert row.keeping is not None and row.keeping.due is None and not row.due
    with pytest.raises(Refused, match="No time of keeping is known"):
        retention.remove(desk, person.id, ground=DUE)

    retention.remove(desk, person.id, ground=CONTROLLER)
    assert retention.sheet(desk) == ()


def test_who_never_began_a_service_is_put_before_the_controller_after_a_year(desk: Desk) -> None:
    old = trainees.register(
        desk, Trainee(family_name="Aloittamaton", given_names="Aki", first_contact=date(2025, 12, 1))
    )
    trainees.register(desk, Trainee(family_name="Uusi", given_names="Urho", first_contact=date(2026, 2, 1)))

    (row,) = retention.sheet(desk)
    assert (row.trainee_id, row.due) == (old.id, False)
    assert row.keeping is not None and row.keeping.kind == ""
    retention.remove(desk, old.id, ground=CONTROLLER)
    assert retention.sheet(desk) == ()


def test_own_request_puts_a_trainee_on_the_list_and_lets_the_lead_remove(desk: Desk) -> None:
    person = a_life(desk, "Pyytäjä")
    period = periods.of_trainee(desk, person.id)[0].period
    periods.end(desk, period.id, day=date(2026, 11, 30), reason="as_agreed")
    assert not retention.sheet(desk)[0].due

    asked = RightsRequest(trainee_id=person.id, kind="erasure", asked=date(2026, 12, 14), what="Allt")
    rights_requests.record(desk, asked)

    assert retention.sheet(desk)[0].due
    retention.remove(desk, person.id, ground=ASKED)
    assert retention.sheet(desk) == ()


def test_lead_needs_no_reason_for_another_coachs_trainee(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    person = a_life(desk)
    with desk.writing() as unit:
        unit.connection.exec_driver_sql("INSERT INTO coach (id, name, role) VALUES (7, 'Toinen', 'coach')")
        unit.connection.exec_driver_sql("UPDATE trainee SET responsible_coach_id = 7")
        unit.commit()
    monkeypatch.setattr(Desk, "openers", frozenset({1, 7}))

    retention.what_goes(desk, person.id)
    retention.remove(desk, person.id, ground=DUE)

    assert retention.sheet(desk) == ()


def ended(desk: Desk, person: Trainee) -> None:
    """Somebody whose service is over."""
    begins, ends = date(2015, 1, 7), date(2015, 6, 30)
    new = Period(trainee_id=person.id, workshop_id=1, service_kind="other", begins=begins, ends=ends)
    periods.add(desk, new)


def test_restored_older_backup_tells_whom_to_remove_once_more(
    desk: Desk, clock: FixedClock, a_trainee: Callable[..., Trainee], tmp_path: Path
) -> None:
    stays, goes = a_trainee("Jäävä"), a_trainee("Poistuva")
    ended(desk, goes)
    stick = tmp_path / "stick"
    stick.mkdir()
    backups.choose_folder(desk, stick)
    made = backups.make(desk)
    retention.remove(desk, goes.id, ground=CONTROLLER)
    desk.close()

    for place in (desk.folder, tmp_path / "new laptop" / "desk"):  # beside the desk, and by the stick alone
        source = made if place == desk.folder else Path(shutil.copy(made, stick))
        done = restore.restore(source, place, Secret(passphrase=PASSPHRASE), clock=clock, floor=CHEAP)
        assert done.back == 1
        assert any("remove once more" in line for line in restore_wording.lines(done))
        with open_desk(place, passphrase=PASSPHRASE, clock=clock, floor=CHEAP) as again:
            assert [one.days for one in today.sheet(again).attention if one.kind == "gone_again"] == [1]
            assert [(row.name, row.due) for row in retention.sheet(again) if row.again] == [
                ("Poistuva, Elli", True)
            ]
            with pytest.raises(Refused, match="not removed before"):
                retention.remove(again, stays.id, ground=AGAIN)
            new = trainees.register(again, Trainee(family_name="Uusi"))
            assert new.id > goes.id
            retention.remove(again, goes.id, ground=AGAIN)
            assert not [one for one in today.sheet(again).attention if one.kind == "gone_again"]


def test_list_of_removed_numbers_says_nothing_of_a_person_and_a_broken_one_is_none(
    desk: Desk, a_trainee: Callable[..., Trainee]
) -> None:
    goes = a_trainee("Poistuva")
    ended(desk, goes)
    retention.remove(desk, goes.id, ground=CONTROLLER)
    place = gone.place(desk.folder, desk.keyfile.desk_id)
    assert json.loads(place.read_text()) == {"desk": desk.keyfile.desk_id, "gone": [goes.id]}
    for broken in (b"", b"[]", b'{"desk": 1}', b"\xff", b"[" * 100_000):
        place.write_bytes(broken)
        assert gone.read(desk.folder, desk.keyfile.desk_id) == frozenset()
