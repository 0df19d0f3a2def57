"""A backup is made whole, proved by a trial restore, thinned, and gives the whole desk back."""

from datetime import timedelta

import pytest

from coachdesk.domain import backups as rules
from coachdesk.domain.workshop import Coach
from coachdesk.errors import DeskBusy, Refused, Trouble, Unreadable, WrongPassphrase
from coachdesk.services import backup_state, backups, coaches, keys, restore, workshops
from coachdesk.services.checks import check_desk
from coachdesk.services.opening import open_desk, open_desk_with_recovery
from coachdesk.services.restore import Secret
from coachdesk.store import access_log, copying, engine, kept_files, meta, proof
from tests.conftest import CHEAP, PASSPHRASE

RIGHT = Secret(passphrase=PASSPHRASE)


def lines_of(desk, act):
    with desk.reading() as unit:
        rows = unit.connection.exec_driver_sql("SELECT subject, coach_id FROM log WHERE act = ?", (act,))
        return [tuple(row) for row in rows]


def people(desk):
    with desk.reading() as unit:
        rows = unit.connection.exec_driver_sql("SELECT family_name FROM trainee ORDER BY id")
        return [name for (name,) in rows]


def files_in(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != "desk.lock")


@pytest.fixture
def made(desk, a_trainee):
    a_trainee("Aho", "Elli-Merkillinen")
    return backups.make(desk)


def test_backup_lies_beside_the_desk_in_one_file_that_says_nothing_of_a_person(desk, made):
    assert made.parent == desk.folder.with_name("desk-backups")
    assert files_in(made.parent) == [made.name]
    assert rules.moment_of(made.name, desk.keyfile.desk_id)
    content = made.read_bytes()
    assert b"SQLite format 3" not in content
    assert b"Merkillinen" not in content  # long enough never to stand in noise by chance


def test_making_a_backup_is_logged_with_its_name(desk, made):
    assert lines_of(desk, "backup.made") == [(made.name, 1)]


def test_restored_desk_has_everything_and_knows_that_it_is_one(desk, made, clock, tmp_path):
    place = tmp_path / "new laptop" / "desk"
    done = restore.restore(made, place, RIGHT, clock=clock, floor=CHEAP)
    assert (done.aside, done.newer, done.lost) == (None, 0, 0)
    with open_desk(place, passphrase=PASSPHRASE, clock=clock, floor=CHEAP) as other:
        assert people(other) == ["Aho"]
        assert backup_state.of(other).restored == clock.now()
        assert lines_of(other, "backup.restored") == [(made.name, 1)]
        assert [step.found for step in check_desk(other) if not step.good] == []


def test_new_laptop_with_only_the_recovery_sheet(desk, made, recovery_groups, clock, tmp_path):
    place = tmp_path / "laptop" / "desk"
    restore.restore(made, place, Secret(groups=recovery_groups), clock=clock, floor=CHEAP)
    with open_desk_with_recovery(place, recovery_groups, clock=clock, floor=CHEAP) as other:
        keys.set_passphrase(other, "neljä harmaata varista autossa", cost=CHEAP)
        assert people(other) == ["Aho"]


def test_desk_that_stands_there_is_set_aside_and_never_overwritten(desk, made, a_trainee, clock):
    a_trainee("Björk")
    with desk.writing() as unit:
        unit.log("trainee.add")
        unit.commit()
    folder = desk.folder
    desk.close()
    done = restore.restore(made, folder, RIGHT, clock=clock, floor=CHEAP)
    assert done.aside == folder.with_name("desk-set-aside-2026-12-15T0914")
    assert done.newer == 2  # the line of the backup itself, and of Björk
    with open_desk(folder, passphrase=PASSPHRASE, clock=clock, floor=CHEAP) as now:
        assert people(now) == ["Aho"]
    with open_desk(done.aside, passphrase=PASSPHRASE, clock=clock, floor=CHEAP) as before:
        assert people(before) == ["Aho", "Björk"]


def test_open_desk_is_not_restored_over(desk, made, clock):
    with pytest.raises(DeskBusy):
        restore.restore(made, desk.folder, RIGHT, clock=clock, floor=CHEAP)
    assert people(desk) == ["Aho"]


def test_wrong_passphrase_and_wrong_sheet_restore_nothing(made, clock, tmp_path):
    from coachdesk.store import recovery

    place = tmp_path / "elsewhere" / "desk"
    other_sheet = recovery.groups_of(recovery.new_key())
    for secret in (Secret(passphrase="väärä lause kokonaan"), Secret(groups=other_sheet)):
        with pytest.raises(WrongPassphrase):
            restore.restore(made, place, secret, clock=clock, floor=CHEAP)
    assert not place.exists() and not list(tmp_path.joinpath("elsewhere").glob("*"))


def test_backup_of_another_desk_is_refused(made, clock, tmp_path):
    from coachdesk.services.opening import create_desk

    other, _groups = create_desk(
        tmp_path / "other", passphrase=PASSPHRASE, coach_name="B", language="fi", workshop_name="Toinen",
        clock=clock, cost=CHEAP, floor=CHEAP,
    )  # fmt: skip
    other.close()
    with pytest.raises(Refused, match="of another desk"):
        restore.restore(made, tmp_path / "other", RIGHT, clock=clock, floor=CHEAP)
    assert not list(tmp_path.glob("other-set-aside*"))


def test_folder_with_something_else_is_refused(made, clock, tmp_path):
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "letter.txt").write_text("x")
    with pytest.raises(Refused, match="not empty"):
        restore.restore(made, tmp_path / "papers", RIGHT, clock=clock, floor=CHEAP)


def test_newest_backup_is_proved_and_its_day_is_kept(desk, made, clock):
    proved = backups.prove_newest(desk)
    assert proved.name == made.name and proved.lines > 0 and proved.rows > proved.lines
    assert backup_state.of(desk).proved == clock.now()
    assert lines_of(desk, "backup.proved") == [(made.name, 1)]
    assert files_in(made.parent) == [made.name]  # the scratch is gone


def test_backup_that_cannot_be_proved_is_kept_in_mind_until_one_can(desk, made):
    content = bytearray(made.read_bytes())
    content[-5000] ^= 1
    made.write_bytes(content)
    with pytest.raises(Unreadable, match="is damaged in part 1 of 1"):
        backups.prove_newest(desk)
    told = backup_state.of(desk)
    assert "is damaged in part 1" in str(told.unproved) and told.alarm(desk.clock.now()) == "danger"
    assert len(lines_of(desk, "backup.not_proved")) == 1
    made.unlink()
    backups.make(desk)
    backups.prove_newest(desk)
    assert backup_state.of(desk).unproved is None


def test_damaged_backup_is_followed_by_a_new_one_that_is_proved(desk, made, clock):
    made.write_bytes(made.read_bytes()[:-1])
    backups.tend(desk)
    assert "ends too early" in str(backup_state.of(desk).unproved)
    clock.at += timedelta(minutes=31)
    backups.tend(desk)
    assert backup_state.of(desk).unproved is None and backup_state.of(desk).proved == clock.now()


def test_new_backup_is_made_at_once_when_the_keys_of_the_desk_were_changed(desk, made, clock):
    workshop_coach = workshops.add_coach(desk, Coach(name="Bo Modell", language="sv"))
    coaches.let_in(desk, workshop_coach.id, "neljä harmaata varista autossa", cost=CHEAP)
    keys.new_recovery_key(desk)
    coaches.remove(desk, workshop_coach.id, passphrase=PASSPHRASE)
    clock.at += timedelta(minutes=2)
    backups.tend(desk)
    told = backup_state.of(desk)
    assert told.made == clock.now() == told.proved and told.unproved is None


def test_proof_finds_rows_and_log_lines_that_went_missing_before_the_backup(desk, a_trainee):
    raw = desk.driver()
    raw.execute("DROP TRIGGER log_is_never_changed")
    raw.execute("UPDATE log SET act = 'x' WHERE seq = 1")
    raw.close()
    backups.make(desk)
    with pytest.raises(Trouble, match="does not hold together"):
        backups.prove_newest(desk)


def test_backup_is_made_by_itself_when_something_changed_at_most_each_half_hour(desk, clock, a_trainee):
    backups.tend(desk)
    first = backup_state.of(desk).made
    clock.at += timedelta(hours=1)
    backups.tend(desk)  # the proof left a line of its own
    second = backup_state.of(desk).made
    clock.at += timedelta(hours=1)
    backups.tend(desk)
    assert backup_state.of(desk).made == second and first != second
    with desk.writing() as unit:
        unit.log("trainee.open")
        unit.commit()
    clock.at += timedelta(minutes=1)
    backups.tend(desk)
    made = backup_state.of(desk).made
    with desk.writing() as unit:
        unit.log("trainee.open")
        unit.commit()
    clock.at += timedelta(minutes=29)
    backups.tend(desk)
    assert backup_state.of(desk).made == made


def test_backup_at_lock_goes_on_after_the_keys_are_gone_and_is_noted_when_opened(desk, reopen, clock):
    with desk.writing() as unit:
        unit.log("trainee.open")
        unit.commit()
    work = backups.at_lock(desk)
    desk.close()
    assert work is not None
    again = reopen(desk.folder)  # while the copy has still to be made
    work()
    backups.tend(again)
    (line,) = lines_of(again, "backup.made")
    assert (backups.local_folder(desk.folder) / line[0]).exists()
    assert not engine.BEING_COPIED


def test_backup_that_failed_at_lock_is_told_and_made_at_the_next_opening(desk, reopen, clock, a_trainee):
    a_trainee("Aho")
    local = backups.local_folder(desk.folder)
    local.write_text("a file in the way")
    work = backups.at_lock(desk)
    desk.close()
    with pytest.raises(Trouble):
        work()
    local.unlink()

    again = reopen(desk.folder)
    backup_state.note_untold(again)
    assert backup_state.of(again).trouble is not None
    assert lines_of(again, "backup.not_made") == [("", 1)]
    backups.tend(again)
    assert backup_state.of(again).made is not None
    assert backup_state.of(again).trouble is None
    assert not (again.folder / backup_state.UNTOLD).exists()


def test_note_of_a_failed_backup_that_is_damaged_itself_is_told_all_the_same(desk):
    (desk.folder / backup_state.UNTOLD).write_bytes(b"\xff{")
    backup_state.note_untold(desk)
    assert "last lock" in str(backup_state.of(desk).trouble)


def test_long_look_through_a_backup_ends_at_once_when_the_desk_is_locked(desk, made, monkeypatch):
    asked = []

    def locked():
        asked.append(1)
        return len(asked) > 4  # while the pages are looked through

    monkeypatch.setattr(proof, "STEPS", 1)
    with pytest.raises(Refused):
        backups.prove_newest(desk, cancelled=locked)
    assert backup_state.of(desk).unproved is None


def test_nothing_is_made_at_lock_when_nothing_changed(desk):
    backups.make(desk)
    assert backups.at_lock(desk) is None


def test_backup_is_carried_to_the_folder_of_the_coachs_choice(desk, made, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    backups.choose_folder(desk, stick)
    carrying = backups.tend(desk)
    backup_state.note_carried(desk, carrying.carry())
    newest = sorted(files_in(stick))[-1]
    assert (stick / newest).read_bytes() == (made.parent / newest).read_bytes()
    assert backup_state.of(desk).carried == rules.moment_of(newest)


def test_absent_folder_is_told_and_stops_nothing(desk, made, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    backups.choose_folder(desk, stick)
    stick.rmdir()
    backup_state.note_carried(desk, backups.tend(desk).carry())
    assert backup_state.of(desk).absent == desk.clock.now()
    assert not stick.exists()  # nothing is written where the stick would be
    stick.mkdir()
    backup_state.note_carried(desk, backups.tend(desk).carry())
    assert backup_state.of(desk).absent is None


def test_damaged_copy_on_the_stick_is_told(desk, made, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    backups.choose_folder(desk, stick)
    carrying = backups.tend(desk)
    carrying.carry()
    (there,) = stick.iterdir()
    content = bytearray(there.read_bytes())
    content[-1] ^= 1
    there.write_bytes(content)
    backup_state.note_carried(desk, carrying.carry())
    assert "is damaged" in str(backup_state.of(desk).trouble)


def test_backup_made_elsewhere_does_not_stand_for_the_one_of_this_computer(desk, tmp_path):
    backups.make(desk, tmp_path / "stick")
    backups.tend(desk)
    assert len(list(backups.local_folder(desk.folder).glob("*.backup"))) == 1
    assert backup_state.of(desk).proved == desk.clock.now()


def test_only_the_lead_coach_says_where_backups_go(desk, tmp_path):
    other = workshops.add_coach(desk, Coach(name="Bo Modell", language="sv"))
    desk.coach_id = other.id
    for act in (lambda: backups.choose_folder(desk, tmp_path), lambda: backups.make(desk, tmp_path)):
        with pytest.raises(Refused, match="lead coach"):
            act()
    backups.make(desk)


def test_folder_inside_the_desk_is_refused(desk):
    with pytest.raises(Refused, match="another disk"):
        backups.choose_folder(desk, desk.folder / "files")


def test_own_folder_is_thinned(desk, clock):
    for _day in range(40):
        clock.at += timedelta(days=1)
        with desk.writing() as unit:
            unit.log("trainee.open")
            unit.commit()
        backups.make(desk)
    made = copying.made_in(backups.local_folder(desk.folder), desk.keyfile.desk_id)
    days = {moment.date() for moment in made.values()}
    assert len(made) < 20 and {clock.today() - timedelta(days=ago) for ago in range(12)} <= days


def test_cancelled_backup_leaves_nothing(desk, made):
    with pytest.raises(Refused, match="Stopped"):
        backups.make(desk, cancelled=lambda: True)
    assert files_in(made.parent) == [made.name]


def test_what_is_saved_while_a_store_is_copied_neither_waits_nor_begins_the_copy_anew(
    desk, a_trainee, clock, monkeypatch, tmp_path
):
    monkeypatch.setattr(copying, "AT_ONCE", 4)
    asked = []

    def saved_meanwhile():
        asked.append(a_trainee(f"Uusi{len(asked)}"))
        return False

    pages = (desk.folder / "desk.db").stat().st_size // engine.PAGE  # read while nothing is saved
    made = backups.make(desk, cancelled=saved_meanwhile)
    assert pages / 4 <= len(asked) < pages  # once a step, and a few for the rest
    place = tmp_path / "restored"
    restore.restore(made, place, RIGHT, clock=clock, floor=CHEAP)
    with open_desk(place, passphrase=PASSPHRASE, clock=clock, floor=CHEAP) as other:
        assert people(other) == people(desk)[: len(people(other))]  # as it was at one moment
        assert len(people(other)) < 5


@pytest.mark.parametrize("after", [0, 1, 2, 5, 20, 60])
def test_copying_ends_at_the_next_step_when_the_desk_is_locked(desk, after, monkeypatch):
    monkeypatch.setattr(copying, "AT_ONCE", 4)
    monkeypatch.setattr(copying, "_STEPS", 100)
    asked = []

    def stopped():
        asked.append(True)
        return len(asked) > after

    with pytest.raises(Refused, match="Stopped"):
        backups.make(desk, cancelled=stopped)
    assert len(asked) <= after + 2  # told once, and asked again where SQLite was interrupted
    assert files_in(backups.local_folder(desk.folder)) == []
    assert backups.make(desk).exists()


def test_proof_that_is_stopped_in_the_log_says_nothing_of_it(desk, made, monkeypatch):
    verify = access_log.verify
    told = []

    def stopped_there(*args, cancelled=None):
        told.append(cancelled is not None)
        return verify(*args, cancelled=lambda: True)

    monkeypatch.setattr(proof.access_log, "verify", stopped_there)
    with pytest.raises(Refused, match="Stopped"):
        backups.prove_newest(desk, cancelled=lambda: bool(told))
    assert told == [True]


def test_cut_tail_of_the_log_is_found_also_when_its_own_head_was_cut_too(desk, made, clock):
    clock.at += timedelta(days=1)
    backups.make(desk)
    raw = desk.driver()
    raw.execute("DROP TRIGGER log_is_never_shortened")
    raw.execute("DELETE FROM log WHERE seq > 1")
    raw.close()
    with desk.reading() as unit:
        access_log.write_head(desk.folder, access_log.head(unit.connection))
    found = [problem for step in check_desk(desk) for problem in step.found]
    assert [str(problem) for problem in found] == ["The last lines of the log are missing."]


def test_backups_of_the_time_before_restoring_do_not_accuse_the_restored_desk(desk, made, clock, reopen):
    clock.at += timedelta(days=1)
    with desk.writing() as unit:
        unit.log("trainee.open")
        unit.commit()
    backups.make(desk)
    folder = desk.folder
    desk.close()
    clock.at += timedelta(hours=1)
    restore.restore(made, folder, RIGHT, clock=clock, floor=CHEAP)
    now = reopen(folder)
    assert [step.found for step in check_desk(now) if not step.good] == []
    backups.tend(now)
    assert backup_state.of(now).made == clock.now()


def test_restored_desk_begins_a_new_row_towards_each_region(desk, clock, tmp_path):
    from coachdesk.store import enrolments

    region = {"id": "alue", "recipient": "x", "name_fi": "Alue", "name_sv": "Området", "keys": ()}
    with desk.writing() as unit:
        enrolments.REGIONS.add(unit, enrolments.RegionRow(**region, enrolled=unit.at, epoch=3))
        unit.commit()
    made = backups.make(desk)
    restore.restore(made, tmp_path / "d" / "desk", RIGHT, clock=clock, floor=CHEAP)
    with (
        open_desk(tmp_path / "d" / "desk", passphrase=PASSPHRASE, clock=clock, floor=CHEAP) as other,
        other.reading() as unit,
    ):
        assert [row.epoch for row in enrolments.REGIONS.find(unit)] == [4]


def test_changed_meta_is_not_needed_to_prove_a_file(made):
    proved = restore.prove(made, RIGHT, floor=CHEAP)
    assert proved.name == made.name


def test_attachments_are_kept_once_and_given_back(desk, clock, tmp_path):
    name = "0123456789abcdef"
    (desk.folder / "files" / name).write_bytes(b"sealed paper")
    first = backups.make(desk)
    clock.at += timedelta(days=1)
    second = backups.make(desk)
    side = kept_files.folder_of(first.parent, desk.keyfile.desk_id)
    assert len(list(side.iterdir())) == 1
    backups.prove_newest(desk)
    done = restore.restore(second, tmp_path / "d" / "desk", RIGHT, clock=clock, floor=CHEAP)
    assert (tmp_path / "d" / "desk" / "files" / name).read_bytes() == b"sealed paper" and done.lost == 0
    next(side.iterdir()).write_bytes(b"another")
    (side / f"{name}.bak").write_bytes(b"not ours")
    with pytest.raises(Unreadable, match="attachment"):
        backups.prove_newest(desk)
    clock.at += timedelta(days=1)
    backups.make(desk)  # takes the desk's own for the damaged one
    assert backups.prove_newest(desk)


def test_deleted_attachment_is_gone_from_new_backups(desk, clock):
    name = "0123456789abcdef"
    (desk.folder / "files" / name).write_bytes(b"sealed paper")
    first = backups.make(desk)
    (desk.folder / "files" / name).unlink()
    for _day in range(700):
        clock.at += timedelta(days=30)
        backups.make(desk)
        if not first.exists():
            break
    assert list(kept_files.folder_of(first.parent, desk.keyfile.desk_id).iterdir()) == []


def test_state_of_a_new_desk_is_empty(desk):
    told = backup_state.of(desk)
    assert (told.made, told.proved, told.folder, told.absent, told.restored) == (None,) * 5
    with desk.reading() as unit:
        assert meta.get(unit, "backup_made") == ""
