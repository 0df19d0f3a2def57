"""The desk that the bench measures on: made once for a run, with a cheap key derivation."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from coachdesk.clock import HELSINKI, FixedClock

PHRASE = "saunan lauteilla sataa lunta"
NOW = datetime(2026, 12, 15, 9, 14, tzinfo=HELSINKI)


@dataclass(frozen=True)
class Place:
    """Where the desk lies, with the file of its passphrase."""

    folder: Path
    words: Path

    @property
    def clock(self) -> FixedClock:
        """The day that the desk was made for."""
        return FixedClock(NOW)


def make_desk(folder: Path, trainees: int, days: int, notes: int, tell: Callable[[str], None]) -> Place:
    """Make and fill a desk of that size."""
    from coachdesk.services.demo import stand_at
    from coachdesk.services.demo_bulk import fill_at_once
    from coachdesk.services.first_run import remember_first_run
    from coachdesk.services.opening import create_desk
    from coachdesk.store.argon import FLOOR

    place = Place(folder / "desk", folder / "passphrase.txt")
    place.words.write_text(PHRASE + "\n", "utf-8")
    told = [-1]

    def progress(done: int, total: int) -> None:
        tenth = 10 * done // total if total else 10
        if tenth > told[0]:
            told[0] = tenth
            tell(f"  {10 * tenth} %")

    desk, _groups = create_desk(
        place.folder, passphrase=PHRASE, coach_name="Marika Sandberg", language="fi",
        workshop_name="Merenkurkun työpaja", clock=place.clock, cost=FLOOR,
    )  # fmt: skip
    try:
        remember_first_run(desk, "")
        stand_at(desk, NOW)
        fill_at_once(desk, trainees=trainees, days=days, notes=notes, progress=progress)
    finally:
        desk.close()
    return place
