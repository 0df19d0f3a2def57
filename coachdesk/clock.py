"""The only place that knows what time it is."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from typing import Protocol

HELSINKI: tzinfo


def __getattr__(name: str) -> tzinfo:
    """``HELSINKI`` is read when first asked for: the unlock window is painted before that."""
    if name == "HELSINKI":
        return _helsinki()
    raise AttributeError(name)


def _helsinki() -> tzinfo:
    found: tzinfo | None = globals().get("HELSINKI")
    if found is None:
        from zoneinfo import ZoneInfo

        found = globals()["HELSINKI"] = ZoneInfo("Europe/Helsinki")
    return found


class Clock(Protocol):
    """Tells the time; every moment is aware, every day is Helsinki's."""

    def now(self) -> datetime:
        """The moment, with the zone Europe/Helsinki."""
        ...

    def today(self) -> date:
        """The calendar day in Helsinki."""
        ...


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """The moment, with the zone Europe/Helsinki."""
        return datetime.now(_helsinki())

    def today(self) -> date:
        """The calendar day in Helsinki."""
        return self.now().date()


class FixedClock:
    """A clock that stands still until it is set: for tests, the demo and the tour."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """The moment it was set to, with the zone Europe/Helsinki."""
        return self.at.astimezone(_helsinki())

    def today(self) -> date:
        """The calendar day in Helsinki."""
        return self.now().date()


class MovedClock:
    """A clock that runs ``by`` another time than ``clock``: the demo desk lives on its own days."""

    def __init__(self, clock: Clock, by: timedelta) -> None:
        self.clock, self.by = clock, by

    def now(self) -> datetime:
        """The moved moment, with the zone Europe/Helsinki."""
        return (self.clock.now() + self.by).astimezone(_helsinki())

    def today(self) -> date:
        """The moved calendar day in Helsinki."""
        return self.now().date()
