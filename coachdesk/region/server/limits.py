"""What the receiver takes at most: bytes, seconds, requests a minute, work in the queue."""

from dataclasses import dataclass

from coachdesk.region.receive import BIGGEST

BIGGEST_BODY = BIGGEST
BIGGEST_HEADERS = 16 << 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of one receiver; nought requests a minute means any number."""

    address_a_minute: int = 600
    device_a_minute: int = 240
    bundles_a_day: int = 2000  # of one desk: each leaves a row for ever
    codes_an_hour: int = 30  # wrong codes from one address
    pages_a_minute: int = 1200  # of the staff from one address: a whole office may stand behind it
    person_a_minute: int = 240  # pages that one person opens
    health_a_minute: int = 120  # questions after the health from one address
    body_seconds: float = 60.0
    header_seconds: float = 15.0
    queue: int = 64
    connections: int = 500
    stop_seconds: int = 20
