"""Files of a desk stale, missing, empty, exchanged, older or cut: told, or known not to be detectable.

Each test says which of the two it is; ``docs/reliability.md`` says why what is not detectable is not.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from coachdesk import i18n
from coachdesk.errors import DeskDamaged, Problem, WrongPassphrase
from coachdesk.services import backups, checks
from coachdesk.services.checks import check_desk
from coachdesk.services.desk import Desk
from coachdesk.services.opening import create_desk, open_desk
from coachdesk.store import access_log, engine, keyfile, meta
from tests.conftest import CHEAP, PASSPHRASE

Opener = Callable[..., Desk]
WAL = f"{engine.NAME}-wal"


def write(desk: Desk, count: int, first: int = 0) -> None:
    for number in range(first, first + count):
        with desk.writing() as unit:
            meta.put(unit, f"number {number}", "x" * 700)
            unit.log("trainee.edit", subject=f"number {number}")
            unit.commit()


def numbers(desk: Desk) -> int:
    with desk.reading() as unit:
        found = unit.connection.exec_driver_sql(
            "SELECT count(*) FROM meta WHERE key LIKE 'number %'"
        ).scalar()
    return int(found)


def said(desk: Desk) -> str:
    """What checking the whole desk finds, in words."""
    return " ".join(str(problem) for step in check_desk(desk) for problem in step.found)


def copied_while_open(desk: Desk, to: Path) -> Path:
    """As a copy program or a synced folder takes it: every file, in the middle of the work."""
    return Path(shutil.copytree(desk.folder, to))


@pytest.mark.faults("files", told=True)
def test_store_without_its_wal_is_told_by_the_head_of_the_log(
    desk: Desk, tmp_path: Path, reopen: Opener
) -> None:
    """SQLite opens it without a word: what was not yet in the store is missing."""
    write(desk, 5)
    desk.keep_head()
    copy = copied_while_open(desk, tmp_path / "copy")
    (copy / WAL).unlink()
    found = reopen(copy)
    assert numbers(found) < 5
    assert "The last lines of the log are missing" in said(found)


@pytest.mark.faults("files", told=True)
def test_stale_wal_beside_another_state_of_the_store_is_told(
    desk: Desk, tmp_path: Path, clock, reopen: Opener
) -> None:
    """The wal of one day beside the store of a later: SQLite would mix the two."""
    write(desk, 60)
    stale = copied_while_open(desk, tmp_path / "stale")
    assert (stale / WAL).stat().st_size > 0
    write(desk, 400, first=60)
    desk.close()
    shutil.copy(stale / WAL, desk.folder / WAL)
    try:
        found = reopen(desk.folder)
    except Problem as problem:
        assert isinstance(problem, DeskDamaged)
        return
    assert said(found)


@pytest.mark.faults("files")
def test_restoring_never_puts_a_store_beside_an_old_wal(desk: Desk, clock) -> None:
    from coachdesk.services import restore
    from coachdesk.services.restore import Secret

    write(desk, 5)
    made = backups.make(desk)
    write(desk, 50, first=5)
    aside = copied_while_open(desk, desk.folder.with_name("with-wal"))
    secret = Secret(passphrase=PASSPHRASE)
    restore.restore(made, aside, secret, clock=clock, floor=CHEAP)
    with open_desk(aside, passphrase=PASSPHRASE, clock=clock, floor=CHEAP) as found:
        assert numbers(found) == 5
        assert said(found) == ""


@pytest.mark.faults("files", told=True)
@pytest.mark.parametrize("size", [0, 1, 100, 4095])
def test_empty_or_nearly_empty_store_is_told_and_not_made_anew(
    desk_folder: Path, reopen: Opener, size: int
) -> None:
    path = desk_folder / engine.NAME
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(DeskDamaged) as problem:
        reopen(desk_folder)
    assert path.stat().st_size == size
    assert len({i18n.words(language).say(problem.value) for language in ("en", "fi", "sv")}) == 3


@pytest.mark.faults("files", told=True)
def test_missing_store_is_told_and_not_made_anew(desk_folder: Path, reopen: Opener) -> None:
    (desk_folder / engine.NAME).unlink()
    with pytest.raises(DeskDamaged, match="There is no store"):
        reopen(desk_folder)
    assert not (desk_folder / engine.NAME).exists()


@pytest.mark.faults("files", told=True)
def test_shortened_store_is_told(desk_folder: Path, reopen: Opener) -> None:
    path = desk_folder / engine.NAME
    path.write_bytes(path.read_bytes()[: -3 * engine.PAGE])
    try:
        found = reopen(desk_folder)
    except DeskDamaged:
        return
    assert said(found)


@pytest.fixture
def other_folder(tmp_path: Path, clock) -> Path:
    made, _groups = create_desk(
        tmp_path / "other", passphrase=PASSPHRASE, coach_name="Veera", language="sv", workshop_name="Annan",
        clock=clock, cost=CHEAP, floor=CHEAP,
    )  # fmt: skip
    made.close()
    return tmp_path / "other"


@pytest.mark.faults("files", told=True)
def test_key_file_of_another_desk_is_told_and_the_own_copy_is_taken(
    desk_folder: Path, other_folder: Path, reopen: Opener
) -> None:
    shutil.copy(other_folder / keyfile.NAME, desk_folder / keyfile.NAME)
    desk = reopen(desk_folder)
    assert said(desk) == ""  # the copy was good, and healed the exchanged one


@pytest.mark.faults("files", told=True)
def test_both_key_files_of_another_desk_are_told(
    desk_folder: Path, other_folder: Path, reopen: Opener
) -> None:
    for name in (keyfile.NAME, keyfile.COPY):
        shutil.copy(other_folder / name, desk_folder / name)
    with pytest.raises(DeskDamaged, match="does not open with this key"):
        reopen(desk_folder)
    for name in (keyfile.NAME, keyfile.COPY):
        (desk_folder / name).unlink()
    with pytest.raises(DeskDamaged, match="key file of the desk is missing"):
        reopen(desk_folder)


@pytest.mark.faults("files")
def test_older_key_file_put_back_opens_with_what_it_wraps(desk_folder: Path, reopen: Opener) -> None:
    """Not detectable: with both copies exchanged for older ones the old passphrase opens the same desk."""
    from coachdesk.services import keys

    older = {name: (desk_folder / name).read_bytes() for name in (keyfile.NAME, keyfile.COPY)}
    desk = reopen(desk_folder)
    keys.change_passphrase(desk, PASSPHRASE, "neljä harmaata varista autossa", cost=CHEAP)
    desk.close()
    with pytest.raises(WrongPassphrase):
        reopen(desk_folder)
    for name, content in older.items():
        (desk_folder / name).write_bytes(content)
    assert said(reopen(desk_folder)) == ""


def older_page(desk: Desk, statement: str, change: Callable[[], None]) -> Path:
    """Put one page back as it was before a change; the rest of the store stays new."""
    raw = desk.driver()
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    raw.close()
    path = desk.folder / engine.NAME
    before = Path(shutil.copy(path, desk.folder.parent / "before.db")).read_bytes()
    change()
    desk.close()
    after = bytearray(path.read_bytes())
    size = engine.PAGE
    changed = [at for at in range(size, min(len(before), len(after)), size)
               if before[at : at + size] != after[at : at + size]]  # fmt: skip
    assert changed, statement
    for at in changed:
        if statement == "all":
            after[at : at + size] = before[at : at + size]
    if statement != "all":
        at = changed[0]
        after[at : at + size] = before[at : at + size]
    path.write_bytes(after)
    return path


@pytest.mark.faults("files")
def test_one_older_page_of_records_is_not_found_by_any_check_of_pages(desk: Desk, reopen: Opener) -> None:
    """Not detectable by its pages: each is whole and of this key."""
    write(desk, 3)

    def change() -> None:
        raw = desk.driver()
        raw.execute("UPDATE meta SET value = replace(value, 'x', 'y') WHERE key = 'number 1'")
        raw.close()

    older_page(desk, "one", change)
    found = reopen(desk.folder)
    with found.reading() as unit:
        assert meta.get(unit, "number 1").startswith("x")
    assert said(found) == ""


@pytest.mark.faults("files", told=True)
def test_older_store_put_back_whole_is_told_by_the_head_of_the_log(desk: Desk, reopen: Opener) -> None:
    write(desk, 3)
    desk.close()
    older = (desk.folder / engine.NAME).read_bytes()
    again = reopen(desk.folder)
    write(again, 3, first=3)
    again.close()
    (desk.folder / engine.NAME).write_bytes(older)
    assert "The last lines of the log are missing" in said(reopen(desk.folder))


@pytest.mark.faults("files", told=True)
def test_older_store_and_head_put_back_are_told_by_the_backup(
    desk: Desk, tmp_path: Path, reopen: Opener
) -> None:
    write(desk, 3)
    desk.close()
    older = Path(shutil.copytree(desk.folder, tmp_path / "older"))
    again = reopen(desk.folder)
    write(again, 3, first=3)
    backups.make(again)
    again.close()
    for name in (engine.NAME, access_log.HEAD):
        shutil.copy(older / name, desk.folder / name)
    assert "The last lines of the log are missing" in said(reopen(desk.folder))


@pytest.mark.faults("files")
def test_older_folder_put_back_with_no_backup_in_reach_is_a_desk_like_any_other(
    desk: Desk, tmp_path: Path, reopen: Opener
) -> None:
    """Not detectable here: nothing that is newer lies anywhere.  A region would know more of our numbers."""
    write(desk, 3)
    desk.close()
    older = Path(shutil.copytree(desk.folder, tmp_path / "older"))
    again = reopen(desk.folder)
    write(again, 3, first=3)
    again.close()
    assert said(reopen(older)) == ""


@pytest.mark.faults("files", told=True)
def test_cut_tail_of_the_log_is_told(desk: Desk) -> None:
    write(desk, 5)
    desk.keep_head()
    raw = desk.driver()
    raw.execute("DROP TRIGGER log_is_never_shortened")
    raw.execute("DELETE FROM log WHERE seq > (SELECT max(seq) - 2 FROM log)")
    raw.close()
    assert "The last lines of the log are missing" in said(desk)


@pytest.mark.parametrize("grown", [0, 5])
def test_cut_tail_is_told_also_when_the_desk_was_locked_before_anybody_looked(
    desk: Desk, reopen: Callable[..., Desk], grown: int
) -> None:
    for _line in range(3):
        add_line(desk)
    desk.close()
    opened = reopen(desk.folder)
    raw = opened.driver()
    raw.execute("DROP TRIGGER log_is_never_shortened")
    raw.execute("DELETE FROM log WHERE seq > (SELECT max(seq) - 2 FROM log)")
    raw.close()
    for _line in range(grown):
        add_line(opened, "figures.read")  # grown past the old length: only the line itself differs
    opened.close()  # at once, as one who only looked something up
    again = reopen(desk.folder)
    told = checks.look_through_log(again)
    assert len(told) == 1
    again.close()
    assert checks.look_through_log(reopen(desk.folder)) == ()  # told once


def add_line(desk: Desk, act: str = "access_log.open") -> None:
    with desk.writing() as unit:
        unit.log(act)
        unit.commit()


@pytest.mark.faults("files")
def test_tail_written_since_the_last_head_can_be_cut_unseen(desk: Desk) -> None:
    """Not detectable: the head is kept at lock, backup and seal, not at each commit."""
    desk.keep_head()
    write(desk, 2)
    raw = desk.driver()
    raw.execute("DROP TRIGGER log_is_never_shortened")
    raw.execute("DELETE FROM log WHERE seq > (SELECT max(seq) - 2 FROM log)")
    raw.close()
    assert said(desk) == ""
