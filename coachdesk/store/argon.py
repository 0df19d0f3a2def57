"""Argon2id: what a passphrase costs to try, measured once on this computer (RFC 9106).

The cost is kept in the key slot and bound to it as associated data, so that a file moved to a
slower computer still opens, and a file whose cost was lowered by somebody does not.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from coachdesk.errors import DeskDamaged, Trouble
from coachdesk.i18n import N_

MIB = 1024
LOWEST_SECONDS, HIGHEST_SECONDS = 0.7, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KdfCost:
    """Parameters of Argon2id: memory in KiB, passes over it, lanes in parallel."""

    memory_kib: int
    passes: int
    lanes: int

    def reaches(self, floor: "KdfCost") -> bool:
        """Whether no parameter is below the floor's."""
        return (
            self.memory_kib >= floor.memory_kib and self.passes >= floor.passes and self.lanes >= floor.lanes
        )


FLOOR = KdfCost(memory_kib=64 * MIB, passes=3, lanes=4)
CEILING = KdfCost(memory_kib=1024 * MIB, passes=64, lanes=16)
MEMORY_CALIBRATED_TO = 512 * MIB

# OpenSSL 3 takes the threads of all lanes from one pool of the process: two that derive at once wait for
# each other's for ever, or fail as if memory had run out. The lanes are part of every slot, so it is the
# deriving that takes turns.
_IN_TURN = threading.Lock()


def check(cost: KdfCost, floor: KdfCost = FLOOR) -> None:
    """Refuse a cost that no program of ours writes, before any memory is taken for it.

    Raises:
        DeskDamaged: the file asks for more than 1 GiB, too many passes or lanes, or less than ``floor``.
    """
    if not CEILING.reaches(cost):
        raise DeskDamaged(
            N_(
                "The key file asks for more memory or time than CoachDesk ever uses. "
                "Somebody may have changed it: take desk.keys from a backup."
            )
        )
    if not cost.reaches(floor):
        raise DeskDamaged(
            N_(
                "The key file protects the desk more weakly than CoachDesk ever does. "
                "Somebody may have changed it: take desk.keys from a backup."
            )
        )


def derive_into(secret: bytearray, salt: bytes, cost: KdfCost, out: bytearray) -> None:
    """Fill ``out`` with the key of a passphrase; one at a time in the whole process.

    Raises:
        Trouble: the computer has not the memory that the slot asks for.
    """
    kdf = Argon2id(
        salt=salt,
        length=len(out),
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    try:
        with _IN_TURN:
            kdf.derive_into(secret, out)  # type: ignore[arg-type]  # takes any buffer; only its stub says bytes
    except MemoryError as error:
        raise Trouble(
            N_("The computer has too little free memory to open the desk. Close other programs.")
        ) from error


def calibrated(timer: Callable[[], float] = time.perf_counter) -> KdfCost:
    """The cost that takes 0.7 to 1.0 s on this computer, never below the floor.

    Memory is raised first, to 512 MiB, then passes: memory is what a guesser's hardware lacks.
    """
    cost, seconds = FLOOR, _measure(FLOOR, timer)
    for _round in range(3):
        if LOWEST_SECONDS <= seconds <= HIGHEST_SECONDS:
            break
        nearer = _scaled(cost, 0.85 / seconds)
        if nearer == cost:
            break
        cost, seconds = nearer, _measure(nearer, timer)
    return cost


def _scaled(cost: KdfCost, factor: float) -> KdfCost:
    wanted = cost.memory_kib * cost.passes * factor
    memory = int(wanted / FLOOR.passes / (8 * MIB)) * 8 * MIB
    memory = min(max(memory, FLOOR.memory_kib), MEMORY_CALIBRATED_TO)
    passes = min(max(round(wanted / memory), FLOOR.passes), CEILING.passes)
    return KdfCost(memory_kib=memory, passes=passes, lanes=FLOOR.lanes)


def _measure(cost: KdfCost, timer: Callable[[], float]) -> float:
    began = timer()
    derive_into(bytearray(b"calibration"), b"0" * 16, cost, bytearray(32))
    return max(timer() - began, 0.001)
