"""Everything that a folder can be instead of a sound desk: one clear sentence each, nothing changed."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from coachdesk import i18n
from coachdesk.clock import FixedClock
from coachdesk.errors import DeskBusy, DeskDamaged, NewerDesk, Problem, Refused, Trouble, WrongPassphrase
from coachdesk.services.desk import Desk
from coachdesk.services.opening import create_desk, open_desk, open_desk_with_recovery
from coachdesk.store import engine, keyfile, keys, migration
from coachdesk.store.argon import KdfCost
from tests.conftest import CHEAP, PASSPHRASE

Opener = Callable[..., Desk]


def content(folder: Path) -> dict[str, str]:
    """What lies in the folder, but for the lock and the tries that each opening writes."""
    return {
        path.name: sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name not in ("desk.lock", "desk.tries")
    }


def refused(folder: Path, opener: Opener, kind: type[Problem], passphrase: str = PASSPHRASE) -> str:
    """Open, be refused, find everything as it was; the sentence exists in both languages."""
    before = content(folder)
    with pytest.raises(kind) as problem:
        opener(folder, passphrase)
    assert content(folder) == before
    english = str(problem.value)
    for language in ("fi", "sv"):
        said = i18n.words(language).say(problem.value)
        assert said and said != english, f"no sentence in {language}: {english}"
    return english


def test_wrong_passphrase(desk_folder: Path, reopen: Opener) -> None:
    said = refused(desk_folder, reopen, WrongPassphrase, "another one altogether")
    assert said == "The passphrase does not open this desk."
    reopen(desk_folder)


def test_folder_without_a_desk(tmp_path: Path, reopen: Opener) -> None:
    assert "There is no desk" in refused(tmp_path, reopen, DeskDamaged)


def test_key_file_and_copy_torn(desk_folder: Path, reopen: Opener) -> None:
    for name in (keyfile.NAME, keyfile.COPY):
        (desk_folder / name).write_bytes((desk_folder / name).read_bytes()[:200])
    assert "and its copy are damaged" in refused(desk_folder, reopen, DeskDamaged)


def test_key_file_missing_altogether(desk_folder: Path, reopen: Opener) -> None:
    for name in (keyfile.NAME, keyfile.COPY):
        (desk_folder / name).unlink()
    assert "is missing" in refused(desk_folder, reopen, DeskDamaged)


@pytest.mark.parametrize("name", [keyfile.NAME, keyfile.COPY])
def test_one_torn_key_file_is_healed_by_the_other(desk_folder: Path, reopen: Opener, name: str) -> None:
    whole = (desk_folder / name).read_bytes()
    (desk_folder / name).write_bytes(whole[:200])
    reopen(desk_folder)
    assert (desk_folder / name).read_bytes() == whole


def other_desk(tmp_path: Path, clock: FixedClock, passphrase: str = PASSPHRASE) -> Path:
    desk, _groups = create_desk(
        tmp_path / "other",
        passphrase=passphrase,
        coach_name="Eetu Esimerkki",
        language="sv",
        workshop_name="Exempelverkstaden",
        clock=clock,
        cost=CHEAP,
        floor=CHEAP,
    )
    desk.close()
    return tmp_path / "other"


def test_key_files_of_another_desk(
    desk_folder: Path, tmp_path: Path, clock: FixedClock, reopen: Opener
) -> None:
    other = other_desk(tmp_path, clock)
    for name in (keyfile.NAME, keyfile.COPY):
        (desk_folder / name).write_bytes((other / name).read_bytes())
    assert "does not open with this key" in refused(desk_folder, reopen, DeskDamaged)


@pytest.mark.parametrize("passphrase", [PASSPHRASE, "toinen aivan eri lause täällä"])
def test_key_file_of_another_desk_is_passed_over_for_the_copy(
    desk_folder: Path, tmp_path: Path, clock: FixedClock, reopen: Opener, passphrase: str
) -> None:
    other = other_desk(tmp_path, clock, passphrase)
    (desk_folder / keyfile.NAME).write_bytes((other / keyfile.NAME).read_bytes())
    reopen(desk_folder)
    assert (desk_folder / keyfile.NAME).read_bytes() == (desk_folder / keyfile.COPY).read_bytes()


def with_slots_changed(folder: Path, name: str, change: Callable[[list[dict[str, object]]], None]) -> None:
    """Change the slots and the plain sum, as somebody without the key could."""
    whole = json.loads((folder / name).read_text())
    change(whole["slots"])
    whole["sum"] = keyfile._sum(whole)
    (folder / name).write_text(json.dumps(whole))


def test_slot_taken_away_by_somebody(desk_folder: Path, reopen: Opener) -> None:
    for name in (keyfile.NAME, keyfile.COPY):
        with_slots_changed(desk_folder, name, lambda slots: slots.pop())
    assert "Somebody changed the key file" in refused(desk_folder, reopen, DeskDamaged)


def test_tampered_key_file_is_passed_over_for_the_copy(desk_folder: Path, reopen: Opener) -> None:
    with_slots_changed(desk_folder, keyfile.NAME, lambda slots: slots.pop())
    reopen(desk_folder)


def test_key_file_that_asks_for_too_much_memory(desk_folder: Path, reopen: Opener) -> None:
    for name in (keyfile.NAME, keyfile.COPY):
        with_slots_changed(
            desk_folder,
            name,
            lambda slots: slots[0].update(argon2id={"memory_kib": 2**30, "passes": 3, "lanes": 4}),
        )
    assert "more memory or time" in refused(desk_folder, reopen, DeskDamaged)


def test_key_file_weaker_than_the_floor(desk_folder: Path, clock: FixedClock) -> None:
    with pytest.raises(DeskDamaged, match="more weakly"):
        open_desk(desk_folder, passphrase=PASSPHRASE, clock=clock)


def test_plain_sqlite_file_as_store(desk_folder: Path, reopen: Opener) -> None:
    (desk_folder / engine.NAME).unlink()
    plain = sqlite3.connect(desk_folder / engine.NAME)
    plain.execute("CREATE TABLE t (x)")
    plain.commit()
    plain.close()
    assert "is not encrypted" in refused(desk_folder, reopen, DeskDamaged)


@pytest.mark.parametrize("foreign", [b"%PDF-1.7\n" * 1000, b"x", os.urandom(8192)])
def test_foreign_file_as_store(desk_folder: Path, reopen: Opener, foreign: bytes) -> None:
    (desk_folder / engine.NAME).write_bytes(foreign)
    assert "does not open with this key" in refused(desk_folder, reopen, DeskDamaged)


def test_empty_file_as_store(desk_folder: Path, reopen: Opener) -> None:
    (desk_folder / engine.NAME).write_bytes(b"")
    assert "is an empty file" in refused(desk_folder, reopen, DeskDamaged)


def test_store_missing(desk_folder: Path, reopen: Opener) -> None:
    (desk_folder / engine.NAME).unlink()
    assert "There is no store" in refused(desk_folder, reopen, DeskDamaged)


def test_store_cut_short(desk_folder: Path, reopen: Opener) -> None:
    path = desk_folder / engine.NAME
    path.write_bytes(path.read_bytes()[: 4096 * 3])
    refused(desk_folder, reopen, DeskDamaged)


def test_desk_of_a_newer_program(desk_folder: Path, reopen: Opener) -> None:
    desk = reopen(desk_folder)
    with desk.writing() as unit:
        unit.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        unit.commit()
    desk.close()
    assert "newer CoachDesk" in refused(desk_folder, reopen, NewerDesk)


def test_key_file_of_a_newer_program(desk_folder: Path, reopen: Opener) -> None:
    for name in (keyfile.NAME, keyfile.COPY):
        whole = json.loads((desk_folder / name).read_text()) | {"version": 99}
        whole["sum"] = keyfile._sum(whole)
        (desk_folder / name).write_text(json.dumps(whole))
    assert "newer CoachDesk" in refused(desk_folder, reopen, NewerDesk)


def test_desk_open_in_this_process(desk: Desk, reopen: Opener) -> None:
    with pytest.raises(DeskBusy, match="already open"):
        reopen(desk.folder)


_OPEN_ELSEWHERE = """
import sys
from coachdesk.clock import SystemClock
from coachdesk.errors import DeskBusy
from coachdesk.services.opening import open_desk
try:
    open_desk(sys.argv[1], passphrase="whatever it is", clock=SystemClock())
except DeskBusy:
    print("busy")
"""


def test_desk_open_in_another_process(desk: Desk) -> None:
    run = [sys.executable, "-c", _OPEN_ELSEWHERE, str(desk.folder)]
    done = subprocess.run(run, capture_output=True, text=True, timeout=30, check=False)
    assert done.stdout == "busy\n", done.stderr


def test_closed_desk_can_be_opened_again(desk: Desk, reopen: Opener) -> None:
    desk.close()
    desk.close()
    reopen(desk.folder)


@contextmanager
def without_the_right_to_write(folder: Path) -> Iterator[None]:
    """The folder as one that may only be read, also when the tests run as root."""
    for path in (folder, *folder.iterdir()):
        path.chmod(0o555 if path.is_dir() else 0o444)
    above = [path for path in folder.parents if path.owner() == folder.owner() and len(path.parts) > 2]
    modes = [(path, path.stat().st_mode) for path in above]
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    try:
        if root:
            for path, mode in modes:
                path.chmod(mode | 0o055)
            os.seteuid(65534)
        yield
    finally:
        if root:
            os.seteuid(0)
        for path, mode in modes:
            path.chmod(mode)
        for path in (folder, *folder.iterdir()):
            path.chmod(0o755 if path.is_dir() else 0o644)


def test_folder_that_may_only_be_read(desk_folder: Path, reopen: Opener) -> None:
    with without_the_right_to_write(desk_folder):
        said = refused(desk_folder, reopen, Trouble)
    assert "cannot be written" in said and str(desk_folder) in said
    reopen(desk_folder)


def test_mistyped_recovery_key(
    desk_folder: Path, recovery_groups: tuple[str, ...], clock: FixedClock
) -> None:
    with pytest.raises(Refused) as problem:
        open_desk_with_recovery(desk_folder, ("00000", *recovery_groups[1:]), clock=clock, floor=CHEAP)
    assert problem.value.field == "group1"
    assert i18n.words("fi").say(problem.value) != i18n.words("sv").say(problem.value)


def test_recovery_sheet_of_another_desk(desk_folder: Path, clock: FixedClock, reopen: Opener) -> None:
    from coachdesk.store import recovery

    groups = recovery.groups_of(recovery.new_key())

    def opener(folder: Path, _passphrase: str) -> Desk:
        return open_desk_with_recovery(folder, groups, clock=clock, floor=CHEAP)

    assert "recovery key does not open" in refused(desk_folder, opener, WrongPassphrase)


def test_every_test_desk_would_be_refused_by_the_program(desk_folder: Path) -> None:
    """The floor that these tests lower is honest: the slots say what they cost."""
    slots = keyfile.read(desk_folder)[0].of_kind(keys.PASSPHRASE)
    assert [slot.cost for slot in slots] == [KdfCost(memory_kib=8, passes=1, lanes=1)]


def test_known_revisions_are_those_of_the_program() -> None:
    assert migration.REVISIONS[-1] == migration.HEAD
