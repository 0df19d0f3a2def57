import subprocess
import sys

import pytest

from coachdesk.errors import DeskDamaged
from coachdesk.store import argon
from coachdesk.store.argon import CEILING, FLOOR, MIB, KdfCost


def at_speed(monkeypatch: pytest.MonkeyPatch, seconds_for_floor: float) -> KdfCost:
    """Calibrate as on a computer where the floor takes so many seconds."""
    now = [0.0]

    def derive(_secret: bytearray, _salt: bytes, cost: KdfCost, _out: bytearray) -> None:
        work = cost.memory_kib * cost.passes / (FLOOR.memory_kib * FLOOR.passes)
        now[0] += work * seconds_for_floor

    monkeypatch.setattr(argon, "derive_into", derive)
    return argon.calibrated(timer=lambda: now[0])


def test_slow_computer_stays_at_the_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    assert at_speed(monkeypatch, 3.0) == FLOOR


def test_memory_is_raised_before_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    cost = at_speed(monkeypatch, 0.2)
    assert cost.passes == FLOOR.passes and 200 * MIB < cost.memory_kib < 300 * MIB


def test_fast_computer_gets_more_passes_over_half_a_gibibyte(monkeypatch: pytest.MonkeyPatch) -> None:
    cost = at_speed(monkeypatch, 0.02)
    assert cost.memory_kib == 512 * MIB and cost.passes > FLOOR.passes


@pytest.mark.parametrize(
    "cost",
    [
        KdfCost(memory_kib=1024 * MIB + 1, passes=3, lanes=4),
        KdfCost(memory_kib=64 * MIB, passes=10_000, lanes=4),
        KdfCost(memory_kib=64 * MIB, passes=3, lanes=1000),
    ],
)
def test_cost_beyond_the_ceiling_is_refused(cost: KdfCost) -> None:
    with pytest.raises(DeskDamaged, match="more memory or time"):
        argon.check(cost)


@pytest.mark.parametrize(
    "cost",
    [
        KdfCost(memory_kib=63 * MIB, passes=3, lanes=4),
        KdfCost(memory_kib=64 * MIB, passes=2, lanes=4),
        KdfCost(memory_kib=64 * MIB, passes=3, lanes=3),
    ],
)
def test_cost_below_the_floor_is_refused(cost: KdfCost) -> None:
    with pytest.raises(DeskDamaged, match="more weakly"):
        argon.check(cost)


def test_floor_and_ceiling_themselves_are_taken() -> None:
    argon.check(FLOOR)
    argon.check(CEILING)


_TWO_AT_ONCE = """
import threading
from coachdesk.store.argon import KdfCost, derive_into

def derive():
    for _time in range(20):
        out = bytearray(32)
        derive_into(bytearray(b"secret"), b"0" * 16, KdfCost(memory_kib=8192, passes=3, lanes=4), out)
        found.append(bytes(out))

found = []
both = [threading.Thread(target=derive) for _thread in range(2)]
for one in both:
    one.start()
for one in both:
    one.join()
assert len(found) == 40 and len(set(found)) == 1
"""


def test_two_threads_that_derive_at_once_both_end() -> None:
    """In a process of its own: where they wait for each other, no thread of it ever ends."""
    subprocess.run([sys.executable, "-c", _TWO_AT_ONCE], check=True, timeout=60)
