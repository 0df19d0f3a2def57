"""Whose numbers are gone for good, kept outside the store: an older copy of it does not know them.

A small list of numbers beside the store and beside the backups, nothing else: a number says nothing without
a store that holds it.  It only grows.  Who can write there can add to it; it deletes nothing by itself.
"""

import contextlib
import json
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import select

from coachdesk import whole_file
from coachdesk.store import meta, tables
from coachdesk.store.rows import Opened

AGAIN = "gone_again"  # in the restored store: who was removed after the backup was made
NUMBERS_UP_TO = "numbers_up_to"  # numbers that the desk gave before it was restored are not given again
_LONGEST = 1 << 20


def place(folder: Path, desk_id: str) -> Path:
    """The list of a desk in a folder."""
    return folder / f"coachdesk-{desk_id[:8]}-gone.json"


def read(folder: Path, desk_id: str) -> frozenset[int]:
    """The numbers on the list; none where there is no list, or none that can be read."""
    with contextlib.suppress(OSError, ValueError, RecursionError), place(folder, desk_id).open("rb") as file:
        found = json.loads(file.read(_LONGEST))
        if isinstance(found, dict) and found.get("desk") == desk_id and isinstance(found.get("gone"), list):
            return frozenset(one for one in found["gone"] if type(one) is int and 0 < one < 2**53)
    return frozenset()


def add(folder: Path, desk_id: str, numbers: Iterable[int]) -> None:
    """Put numbers on the list, whole or not at all; a folder that takes no file is passed over."""
    known = read(folder, desk_id)
    whole = known | frozenset(numbers)
    if whole == known:
        return
    target = place(folder, desk_id)
    text = json.dumps({"desk": desk_id, "gone": sorted(whole)})
    with contextlib.suppress(OSError):
        whole_file.write(target, text.encode("ascii"), half=whole_file.hidden_half(target))


def remember(unit: Opened, numbers: Iterable[int]) -> int:
    """Remember in a restored store who of these stands in it again; how many."""
    t = tables.trainee.c
    wanted = sorted(numbers)
    found = [
        number
        for at in range(0, len(wanted), 500)
        for number in unit.connection.execute(select(t.id).where(t.id.in_(wanted[at : at + 500]))).scalars()
    ]
    if wanted:
        meta.put(unit, NUMBERS_UP_TO, str(wanted[-1]))
    if found:
        meta.put(unit, AGAIN, json.dumps(found))
    return len(found)


def again(unit: Opened) -> frozenset[int]:
    """Who was removed once, and stands here again since an older backup was restored."""
    kept = meta.get(unit, AGAIN)
    if not kept:
        return frozenset()
    t = tables.trainee.c
    return frozenset(unit.connection.execute(select(t.id).where(t.id.in_(json.loads(kept)))).scalars())
