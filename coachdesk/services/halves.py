"""What a kill or a lock leaves of handovers: files half written on a stick, remembered by name at the desk.

One that the log does not know of yet is taken away.  One that is logged as given out is put in its place
after all, so that the log is true; where it is gone, the log says that it was not found.  Three steps, since
a stick may be slow: ``left`` and ``note`` touch the desk, ``settle`` only the stick.
"""

import contextlib
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path

from coachdesk.domain.handover import UNFINISHED, WAITS, Handover
from coachdesk.errors import Trouble
from coachdesk.exchange.handover_file import Half
from coachdesk.services.desk import Desk
from coachdesk.store import handover, meta
from coachdesk.store.rows import Opened
from coachdesk.store.unit import Unit

_KEPT = "handover.halves"
_MOST = 100
UNDER_WAY: dict[Path, Callable[[], bool]] = {}  # written by this very program: whether still


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Files that may lie half written: those nobody knows of, and by uid each that was logged as given."""

    unknown: tuple[Path, ...] = ()
    logged: tuple[tuple[str, Path], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.unknown or self.logged)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of them; a stick that is not there settles nothing."""

    gone: tuple[Path, ...] = ()
    finished: tuple[tuple[str, Path], ...] = ()
    lost: tuple[tuple[str, Path], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.gone or self.finished or self.lost)


def remember(unit: Unit, half: Half, still: Callable[[], bool]) -> tuple[Path, ...]:
    """Remember a file before it is begun; ``still`` says whether it is being written.  What a kill left."""
    halves = _halves(unit)
    _keep(unit, (*halves, half.path))
    UNDER_WAY[half.path] = still
    return _split(unit, halves).unknown


def left(desk: Desk) -> Left:
    """What may lie on sticks since the program was killed, or the desk was locked."""
    with desk.reading() as unit:
        return _split(unit, _halves(unit))


def settle(found: Left) -> Settled:
    """Look at the sticks that are here, with no hand at the desk."""
    finished: list[tuple[str, Path]] = []
    lost: list[tuple[str, Path]] = []
    for uid, path in found.logged:
        if (there := _is_placed(path)) is not None:
            (finished if there else lost).append((uid, path))
    return Settled(gone=take_away(found.unknown), finished=tuple(finished), lost=tuple(lost))


def take_away(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """Take away what nobody knows of; what is gone for certain."""
    gone = []
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
            if path.parent.is_dir():  # a stick that is not here keeps its half until it is
                gone.append(path)
    return tuple(gone)


def note(desk: Desk, settled: Settled) -> tuple[Handover, ...]:
    """Write down what became of them and look for them no more; the handovers whose files were not found."""
    with desk.writing() as unit:
        for uid, _path in settled.finished:
            if (one := _set(unit, uid, WAITS)) is not None:
                unit.log("handover.finish", trainee_id=one.trainee_id, subject=f"desk:{one.desk_id}")
        lost = []
        for uid, _path in settled.lost:
            if (one := handover.by_uid(unit, uid)) is not None and one.state == UNFINISHED:
                unit.log("handover.not_found", trainee_id=one.trainee_id, subject=f"desk:{one.desk_id}")
                lost.append(one)
        _forget(unit, (*settled.gone, *(path for _uid, path in (*settled.finished, *settled.lost))))
        unit.commit()
    return tuple(lost)


def placed(unit: Unit, uid: str, half: Half) -> Handover:
    """The file of a handover stands in its place: it waits for its answer.

    Raises:
        LookupError: the trainee was removed in the meantime.
    """
    _set(unit, uid, WAITS)
    _forget(unit, (half.path,))
    found = handover.by_uid(unit, uid)
    if found is None:
        raise LookupError(uid)
    return found


def _split(unit: Opened, halves: tuple[Path, ...]) -> Left:
    logged = {one.file: one.uid for one in handover.in_state(unit, UNFINISHED)}
    killed = [path for path in halves if not UNDER_WAY.get(path, bool)()]
    names = {path: Half.at(path).target.name for path in killed}
    return Left(
        unknown=tuple(path for path in killed if names[path] not in logged),
        logged=tuple((logged[names[path]], path) for path in killed if names[path] in logged),
    )


def _is_placed(path: Path) -> bool | None:
    """Put it in its place where it lies beside it; None where its stick is not here or takes nothing."""
    half = Half.at(path)
    with contextlib.suppress(OSError, Trouble):
        if path.exists():
            half.place()
        if half.target.exists():
            return True
        return False if path.parent.is_dir() else None
    return None


def _set(unit: Unit, uid: str, state: str) -> Handover | None:
    one = handover.by_uid(unit, uid)
    if one is None or one.state != UNFINISHED:
        return None
    handover.HANDOVERS.put(unit, replace(one, state=state))
    return one


def _halves(unit: Opened) -> tuple[Path, ...]:
    return tuple(map(Path, json.loads(meta.get(unit, _KEPT, "[]"))))


def _forget(unit: Unit, gone: Collection[Path]) -> None:
    _keep(unit, tuple(path for path in _halves(unit) if path not in gone))


def _keep(unit: Unit, halves: tuple[Path, ...]) -> None:
    meta.put(unit, _KEPT, json.dumps([str(path) for path in halves[-_MOST:]]))
