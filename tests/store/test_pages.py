"""Each page of a store that lies still: found damaged by the same rule as SQLCipher's own."""

import secrets
from pathlib import Path

import pytest

from coachdesk.errors import Refused
from coachdesk.store import engine, pages
from coachdesk.store.engine import PAGE

KEY = bytearray(range(32))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "desk.db"
    raw = engine.connect(path, KEY, new=True)
    raw.execute("CREATE TABLE t (a)")
    raw.executemany("INSERT INTO t VALUES (?)", [(secrets.token_bytes(3000),) for _row in range(30)])
    raw.execute("PRAGMA journal_mode = DELETE")
    raw.close()
    return path


def said_by_sqlcipher(path: Path) -> list[int]:
    from sqlcipher3 import dbapi2

    raw = dbapi2.connect(str(path))
    raw.execute("PRAGMA cipher_log = off")
    raw.set_key(bytearray(b"x'" + bytes(KEY).hex().encode() + b"'"))
    said = [str(row[0]) for row in raw.execute("PRAGMA cipher_integrity_check").fetchall()]
    raw.close()
    return [int(one.rpartition(" ")[2]) for one in said]


def test_whole_store_has_no_damaged_page(store: Path) -> None:
    assert pages.damaged(store, KEY) == said_by_sqlcipher(store) == []


@pytest.mark.parametrize("at", [PAGE, 2 * PAGE - 1, 2 * PAGE - 64, 3 * PAGE - 80, 5 * PAGE + 77])
def test_each_changed_byte_is_found_in_its_page(store: Path, at: int) -> None:
    content = bytearray(store.read_bytes())
    content[at] ^= 1
    store.write_bytes(content)
    assert pages.damaged(store, KEY) == said_by_sqlcipher(store) == [1 + at // PAGE]


def test_page_put_in_the_place_of_another_and_one_cut_off_are_found(store: Path) -> None:
    content = store.read_bytes()
    store.write_bytes(content[:PAGE] + content[2 * PAGE : 3 * PAGE] + content[2 * PAGE : -100])
    assert pages.damaged(store, KEY) == [2, len(content) // PAGE]


def test_page_that_sqlite_keeps_for_its_locks_and_never_writes_is_passed_over(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pages.LOCKS == 262_145  # the page at a gigabyte
    content = bytearray(store.read_bytes())
    content[4 * PAGE : 5 * PAGE] = bytes(PAGE)
    store.write_bytes(content)
    assert pages.damaged(store, KEY) == [5]
    monkeypatch.setattr(pages, "LOCKS", 5)
    assert pages.damaged(store, KEY) == []


def test_looking_stops_when_asked_to(store: Path) -> None:
    with pytest.raises(Refused):
        pages.damaged(store, KEY, lambda: True)
