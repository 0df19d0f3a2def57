"""Backups: how they are called, when one is due, which are kept, and what is told of them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from coachdesk.errors import Problem

DAILY, WEEKLY, MONTHLY = 12, 10, 9
AT_MOST_EVERY = timedelta(minutes=30)
PROVED_EVERY = timedelta(days=7)
LATE = timedelta(days=14)  # red on the health line
SUFFIX = ".backup"

_NAME = re.compile(r"coachdesk-(?P<desk>[0-9a-f]{8})-(?P<at>\d{4}-\d\d-\d\dT\d{6}Z)(-\d+)?\.backup")
_STAMP = "%Y-%m-%dT%H%M%SZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupState:
    """What the desk knows of its backups; every moment is in Helsinki's time.

    ``unproved`` says why the newest could not be proved, ``trouble`` why the last one could not be made;
    ``absent`` since when the coach's own folder is not there.
    """

    made: datetime | None = None
    proved: datetime | None = None
    folder: Path | None = None  # the coach's own: a stick, a share
    carried: datetime | None = None  # the newest that lies there
    absent: datetime | None = None
    unproved: Problem | None = None
    trouble: Problem | None = None
    restored: datetime | None = None

    def proof_is_due(self, now: datetime) -> bool:
        """Whether a week has gone since the newest was restored for proof, or the clock was set back."""
        return self.proved is None or not timedelta(0) <= now - self.proved < PROVED_EVERY

    def alarm(self, now: datetime) -> str:
        """How loudly it is told: ``danger``, ``warn`` or nothing; a desk without a backup is warned of."""
        if self.unproved or self.trouble:
            return "danger"
        if self.proved is None:
            return "warn"
        since = now - self.proved
        if since > LATE:
            return "danger"
        return "warn" if since > PROVED_EVERY + timedelta(days=1) or self.absent else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvedBackup:
    """What a trial restore found: how many lines the log has and how many rows all tables together."""

    name: str
    made: datetime
    lines: int
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupSheet:
    """What may be known of a backup before anything opens it: nothing of any trainee."""

    path: Path
    made: datetime
    workshop: str
    coaches: tuple[str, ...]
    size: int  # bytes of the store inside


def is_due(changed: bool, made: datetime | None, now: datetime) -> bool:
    """Whether an automatic backup is made now; a clock that was set back does not put it off."""
    return changed and (made is None or not timedelta(0) <= now - made < AT_MOST_EVERY)


def name_of(desk_id: str, made: datetime, number: int = 1) -> str:
    """The name of the file: a part of the desk's random id and the moment in UTC, nothing of a person."""
    more = "" if number == 1 else f"-{number}"
    return f"coachdesk-{desk_id[:8]}-{made.astimezone(UTC).strftime(_STAMP)}{more}{SUFFIX}"


def moment_of(name: str, desk_id: str = "") -> datetime | None:
    """The moment in a name, in UTC; None for another file, or the backup of another desk."""
    found = _NAME.fullmatch(name)
    if found is None or (desk_id and found["desk"] != desk_id[:8]):
        return None
    return datetime.strptime(found["at"], _STAMP).replace(tzinfo=UTC)


def kept(made: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """Which backups stay: the newest of each of 12 days, 10 weeks and 9 months that have one.

    What lies after ``now`` was made while the clock was wrong: it stays and takes no place.
    """
    past = sorted((one for one in made if one <= now), reverse=True)
    found = {one for one in made if one > now}
    spans: tuple[tuple[int, Callable[[datetime], object]], ...] = (
        (DAILY, lambda one: one.date()),
        (WEEKLY, lambda one: one.isocalendar()[:2]),
        (MONTHLY, lambda one: (one.year, one.month)),
    )
    for count, span in spans:
        newest: dict[object, datetime] = {}
        for one in past:
            newest.setdefault(span(one), one)
        found.update(list(newest.values())[:count])
    return frozenset(found)
