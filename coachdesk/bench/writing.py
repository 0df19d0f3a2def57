"""A key press committed, against the same row in a raw encrypted commit."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import count

from coachdesk.bench.desk import PHRASE, Place
from coachdesk.bench.row import Row, taking_turns

PRESSES = 300
_RAW = (
    "INSERT INTO attended_day (period_id, day, trainee_id, kind, minutes) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (period_id, day) DO UPDATE SET kind = excluded.kind, minutes = excluded.minutes"
)


def rows(place: Place, tell: Callable[[str], None]) -> Iterator[Row]:
    """The row of the key press."""
    from coachdesk.services import attendance
    from coachdesk.services.opening import open_desk

    desk = open_desk(place.folder, passphrase=PHRASE, clock=place.clock)
    raw = desk.driver()
    try:
        on = place.clock.today()
        sheet = attendance.sheet(desk, on)
        periods = [row.period_id for row in sheet.rows]
        trainee_of = {row.period_id: row.trainee_id for row in sheet.rows}
        chance = random.Random(1)  # the same presses in every run
        minutes = count(random.randrange(600))  # a mark that changes nothing would not be written

        def somewhere() -> tuple[int, date]:
            return chance.choice(periods), on - timedelta(days=chance.randrange(10))

        def press() -> None:
            period_id, day = somewhere()
            attendance.record_day(desk, period_id, day, "present", next(minutes) % 600)

        def raw_commit() -> None:
            period_id, day = somewhere()
            raw.execute("BEGIN IMMEDIATE")
            values = (period_id, day.isoformat(), trainee_of[period_id], "present", next(minutes) % 600)
            raw.execute(_RAW, values)
            raw.execute("COMMIT")

        measured, baseline = taking_turns(PRESSES, press, raw_commit)
    finally:
        raw.close()
        desk.close()
    yield Row(
        what="key press in the grid, committed (FULL)", measured=measured, baseline=baseline,
        baseline_is="a raw encrypted commit", most=2.5, samples=PRESSES,
    )  # fmt: skip
