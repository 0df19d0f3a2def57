"""Made-up laptops for the load: each with its trainees, its key and its row of numbers, week after week.

A week changes what a week changes: a month's attended days in its first week, now and then a phase, now and
then a consent that is withdrawn and another one given later.  Everything follows from one seed.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from coachdesk.exchange import bundle, keys
from coachdesk.exchange.seal import Label, seal

BEGINS = date(2026, 1, 5)
VALID_TO = date(2099, 12, 31)
PHASE_CHANGES, WITHDRAWS, RETURNS = 0.05, 0.002, 0.05  # of each trainee in each week


@dataclass(slots=True)
class Trainee:
    """What the region is to hold of one trainee."""

    ref: str
    phase: int
    version: int = 0
    consent: str = ""
    months: dict[str, int] = field(default_factory=dict)
    opened: str = ""


@dataclass(slots=True)
class Letter:
    """One bundle that is ready to be sent."""

    content: bytes
    sha256: str
    summaries: int
    device: int = 0


class Laptop:
    """One laptop's year."""

    def __init__(self, number: int, trainees: int, region_id: str, region_key: keys.Jwk) -> None:
        self.number = number
        self.chance = random.Random(number)
        self.key = keys.new_key(keys.SIGN)
        self._region_id, self._region_key = region_id, region_key
        self._seq, self._prev = 0, ""
        self.trainees = [
            Trainee(ref=self._hex(), phase=self.chance.randint(1, 5), consent=self._hex())
            for _ in range(trainees)
        ]

    def week(self, week: int) -> Letter | None:
        """What this week brings, sealed; None where nothing changed."""
        day = BEGINS + timedelta(weeks=week)
        items = [item for one in self.trainees if (item := self._item(one, week, day)) is not None]
        if not items:
            return None
        packed = bundle.packed(items)
        assert packed is not None
        self._seq += 1
        place = {"epoch": 1, "seq": self._seq, "prev": self._prev, "iat": 0}
        label = Label(aud=self._region_id, iss=self.key["kid"], **place)  # type: ignore[arg-type]
        sealed = seal(packed, label, self.key, self._region_key)
        self._prev = sealed.sha256
        return Letter(sealed.content, sealed.sha256, len(items), self.number)

    @property
    def held(self) -> dict[str, int]:
        """What the region is to hold now: version by ref."""
        return {one.ref: one.version for one in self.trainees if one.consent}

    def _item(self, one: Trainee, week: int, day: date) -> dict[str, Any] | None:
        if not one.consent:
            if self.chance.random() >= RETURNS:
                return None
            one.consent = self._hex()
            return self._put(one, day)
        if week and self.chance.random() < WITHDRAWS:
            one.version += 1
            consent, one.consent = one.consent, ""
            return bundle.withdraw(ref=one.ref, version=one.version, consent=consent)
        return self._put(one, day) if self._changed(one, week, day) else None

    def _changed(self, one: Trainee, week: int, day: date) -> bool:
        changed = week == 0
        if day.day <= 7:
            last = day.replace(day=1) - timedelta(days=1)
            one.months[f"{last:%Y-%m}"] = self.chance.randint(1, 20)
            changed = True
        if self.chance.random() < PHASE_CHANGES:
            one.phase, changed = one.phase % 5 + 1, True
            one.opened = day.isoformat()
        return changed

    def _put(self, one: Trainee, day: date) -> dict[str, Any]:
        one.version += 1
        opened = one.opened or BEGINS.isoformat()
        months = [{"month": month, "days": days} for month, days in sorted(one.months.items())[-12:]]
        phases = [{"phase": one.phase, "opened": opened, "closed": None, "open": 1}]
        fields = {"phases": phases, "attended_months": months}
        named = {"ref": one.ref, "version": one.version, "consent": one.consent, "valid_to": VALID_TO}
        return bundle.put(**named, fields=fields)  # type: ignore[arg-type]

    def _hex(self) -> str:
        return f"{self.chance.getrandbits(128):032x}"
