"""A row of the bench, and how two things are measured taking turns."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measured thing in milliseconds (or ``unit``), with its baseline and the most it may be.

    ``most`` is a ratio where there is a baseline, else a number in ``unit``.
    """

    what: str
    measured: float
    baseline_is: str = ""
    baseline: float | None = None
    most: float
    unit: str = "ms"
    samples: int = 0

    @property
    def ratio(self) -> float | None:
        """Measured against baseline."""
        return None if self.baseline is None else self.measured / self.baseline

    @property
    def holds(self) -> bool:
        """Whether the row is within its limit."""
        return (self.measured if self.ratio is None else self.ratio) <= self.most

    def as_table(self) -> dict[str, Any]:
        """The row for JSON."""
        return {**asdict(self), "ratio": self.ratio, "holds": self.holds}

    def line(self) -> str:
        """The row for a reader."""
        verdict = "ok  " if self.holds else "OVER"
        if self.ratio is None:
            return (
                f"{verdict} {self.what}: {self.measured:.2f} {self.unit} (at most {self.most:g} {self.unit})"
            )
        return (
            f"{verdict} {self.what}: {self.measured:.2f} {self.unit}, {self.ratio:.2f} times "
            f"{self.baseline_is} ({self.baseline:.2f} {self.unit}; at most {self.most:g} times)"
        )


def milliseconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def taking_turns(count: int, *works: Callable[[], object]) -> list[float]:
    """The median of each, measured in turns so that a busy moment hits them alike."""
    for work in works:
        work()
    gc.collect()
    found: list[list[float]] = [[] for _ in works]
    for _ in range(count):
        for times, work in zip(found, works, strict=True):
            times.append(milliseconds(work))
    return [statistics.median(times) for times in found]
