"""One bit flipped in the files of a desk and between desk and region: found, named, never shown as right.

Flips in a backup stand in ``test_backup_faults``.
"""

import random
import shutil
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from coachdesk import i18n
from coachdesk.errors import DeskDamaged, Problem
from coachdesk.services import backups, backups_found
from coachdesk.services.checks import check_desk
from coachdesk.services.desk import Desk
from coachdesk.store import backup, engine, keyfile, meta
from tests.exchange import test_incoming as receipts
from tests.exchange.letters import opened, sealed
from tests.faults import held, tries
from tests.services.test_attendance import person

FLIPS = tries(500, 50)
Opener = Callable[..., Desk]


def flipped(content: bytes, place: int, chance: random.Random) -> bytes:
    changed = bytearray(content)
    changed[place] ^= 1 << chance.randrange(8)
    return bytes(changed)


def places(regions: list[range], chance: random.Random) -> Iterator[int]:
    """Places by turns in each region, so that the small ones are met as often as the large."""
    for flip in range(FLIPS):
        yield chance.choice(regions[flip % len(regions)])


def parts(size: int, *bounds: int) -> list[range]:
    """The regions between given bounds, and four equal parts of the rest."""
    edges = [0, *bounds]
    edges += [edges[-1] + (size - edges[-1]) * quarter // 4 for quarter in (1, 2, 3, 4)]
    return [range(begins, ends) for begins, ends in pairwise(edges)]


def rows(desk: Desk) -> dict[str, list[Any]]:
    """Every row of every table; a table that cannot be read is left out."""
    raw, found = desk.driver(), {}
    try:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            try:
                found[name] = raw.execute(f'SELECT * FROM "{name}"').fetchall()
            except engine.dbapi2.Error:
                continue
    finally:
        raw.close()
    return found


def sentences(problem: Problem) -> int:
    return len({i18n.words(language).say(problem) for language in ("en", "fi", "sv")})


@pytest.mark.faults("flip store")
def test_flipped_bit_in_the_store_is_found_and_no_wrong_value_shown(desk: Desk, reopen: Opener) -> None:
    person(desk, "Aho")
    backups.make(desk)
    right = rows(desk)
    desk.close()
    path = desk.folder / engine.NAME
    whole, chance = path.read_bytes(), random.Random(20261122)
    kept = {name: (desk.folder / name).read_bytes() for name in (keyfile.NAME, keyfile.COPY, "head.log")}
    for place in places(parts(len(whole), 16, 100, engine.PAGE), chance):
        path.write_bytes(flipped(whole, place, chance))
        try:
            found = reopen(desk.folder)
        except DeskDamaged as told:
            assert sentences(told) == 3
        else:
            problems = [problem for step in check_desk(found) for problem in step.found]
            assert problems and all(sentences(problem) == 3 for problem in problems), place
            for name, read in rows(found).items():
                assert read[: len(right[name])] == right[name] or name == "meta", (place, name)
            found.close()
        held(told=True)
        for name in (f"{engine.NAME}-wal", f"{engine.NAME}-shm"):
            (desk.folder / name).unlink(missing_ok=True)
        for name, content in kept.items():
            (desk.folder / name).write_bytes(content)
    (newest,) = backups_found.backups_of(desk.folder)  # which the window offers then
    backup.prove_whole(backup.read(newest.path))


@pytest.mark.faults("flip wal")
def test_flipped_bit_in_the_wal_ends_it_there_and_the_head_tells(
    desk: Desk, tmp_path: Path, reopen: Opener
) -> None:
    """SQLite takes what stands before the flip; what is missing is told as far as the head was kept."""

    def write(first: int, last: int) -> None:
        for number in range(first, last):
            with desk.writing() as unit:
                meta.put(unit, f"number {number:03}", f"{number}" * 50)
                unit.log("trainee.edit", subject=f"number {number}")
                unit.commit()

    raw = desk.driver()
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    raw.close()
    write(0, 8)
    desk.keep_head()
    write(8, 12)
    asked = "SELECT key, value FROM meta WHERE key LIKE 'number %' ORDER BY key"
    copy = Path(shutil.copytree(desk.folder, tmp_path / "copy"))
    (copy / f"{engine.NAME}-shm").unlink()
    wal = (copy / f"{engine.NAME}-wal").read_bytes()
    right = [(f"number {number:03}", f"{number}" * 50) for number in range(12)]
    chance = random.Random(20261122)
    for flip, place in enumerate(places(parts(len(wal), 32, 56), chance)):
        folder = Path(shutil.copytree(copy, tmp_path / f"try{flip}"))
        (folder / f"{engine.NAME}-wal").write_bytes(flipped(wal, place, chance))
        found = reopen(folder)
        with found.reading() as unit:
            read = [tuple(row) for row in unit.connection.exec_driver_sql(asked)]
        assert read == right[: len(read)], place
        said = [str(problem) for step in check_desk(found) for problem in step.found]
        assert len(read) >= 8 or said == ["The last lines of the log are missing."]
        held(told=bool(said))
        found.close()
        shutil.rmtree(folder)


@pytest.mark.faults("flip keys")
def test_flipped_bit_in_a_key_file_is_healed_by_its_copy_or_told(desk_folder: Path, reopen: Opener) -> None:
    names = (keyfile.NAME, keyfile.COPY)
    whole, chance = (desk_folder / keyfile.NAME).read_bytes(), random.Random(20261122)
    for flip, place in enumerate(places(parts(len(whole)), chance)):
        torn = names if flip % 10 == 0 else (names[flip % 2],)
        for name in torn:
            (desk_folder / name).write_bytes(flipped(whole, place, chance))
        if len(torn) == 2:
            with pytest.raises(DeskDamaged, match="key file") as told:
                reopen(desk_folder)
            assert sentences(told.value) == 3
        else:
            desk = reopen(desk_folder)
            assert {name: (desk_folder / name).read_bytes() for name in names} == dict.fromkeys(names, whole)
            desk.close()
        held(told=len(torn) == 2)
        for name in names:
            (desk_folder / name).write_bytes(whole)


def flip_through(content: bytes, read: Callable[[bytes], object]) -> None:
    right, chance = read(content), random.Random(20261122)
    for place in places(parts(len(content)), chance):
        try:
            same = read(flipped(content, place, chance))
        except Problem as problem:
            assert sentences(problem) == 3
            held(told=True)
        else:  # the last letter of base64 has bits that mean nothing
            assert same == right
            held()


@pytest.mark.faults("flip bundle")
def test_flipped_bit_in_a_bundle_is_told_by_the_region() -> None:
    def read(content: bytes) -> object:
        found = opened(content)
        return found.label, found.value

    flip_through(sealed().content, read)


@pytest.mark.faults("flip receipt")
def test_flipped_bit_in_a_receipt_is_told_by_the_desk() -> None:
    flip_through(receipts.signed(), receipts.read)
