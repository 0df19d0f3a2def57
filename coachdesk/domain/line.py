"""The line to a region: how it stands, when it is tried again, what it told last.

A wait is measured in seconds that pass, never by the day's clock: a clock set wrong changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coachdesk.errors import NoLine
from coachdesk.i18n import N_

FIRST_WAIT, WAIT_GROWS, LONGEST_WAIT = 5.0, 2.0, 30 * 60.0
LONGEST_ASKED = 24 * 3600.0  # a region may ask for a day of patience, not for more
NET, FILE = "net", "file"

UNTRIED, ONLINE, OFFLINE = "untried", "online", "offline"
PAUSED, STOPPED, BY_FILE = "paused", "stopped", "file"
WORST_FIRST = (STOPPED, PAUSED, OFFLINE, UNTRIED, ONLINE, BY_FILE)

REVOKED = N_("The region has revoked this desk. Nothing is sent any more, and everything stays here.")
STRANGE_KEYS = N_(
    "Sending waits: the region's keys are not those that were known here. Compare the fingerprints, then let "
    "it go on."
)


def wait_after(failures: int, chance: float, asked: float | None = None) -> float:
    """Seconds until the next try after so many failures in a row (full jitter, AWS Builders' Library).

    ``chance`` lies in [0, 1).  What the region asked for (Retry-After) is the least that is waited.
    """
    steps = min(max(failures, 1) - 1, 20)
    wait = chance * min(LONGEST_WAIT, FIRST_WAIT * WAIT_GROWS**steps)
    return wait if asked is None else max(wait, min(max(asked, 0.0), LONGEST_ASKED))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How the line to one region stands.

    ``stopped``: a region answered so that trying again is of no use before a person did something;
    ``problem`` is what the last try met, as a sentence's id and values.  ``online`` is the last moment at
    which the region itself answered.
    """

    region_id: str
    address: str = ""
    paused: bool = False
    metered: bool = False
    stopped: bool = False
    problem: Mapping[str, Any] | None = None
    tried: datetime | None = None
    online: datetime | None = None
    key_told: str = ""  # our key for letters that the region knows, by its id

    @property
    def state(self) -> str:
        """One word: file, paused, stopped, offline, online or untried."""
        if not self.address:
            return BY_FILE
        if self.paused:
            return PAUSED
        if self.stopped:
            return STOPPED
        if self.problem is not None:
            return OFFLINE
        return ONLINE if self.online is not None else UNTRIED

    @property
    def revoked(self) -> bool:
        """Whether the region has revoked this desk."""
        return self.stopped and self.problem is not None and self.problem.get("message") == REVOKED

    @property
    def has_strange_keys(self) -> bool:
        """Whether it is paused since a file told keys that no receipt of the region had told."""
        return self.paused and self.problem is not None and self.problem.get("message") == STRANGE_KEYS

    @property
    def may_send(self) -> bool:
        """Whether anything may be tried on it by itself."""
        return bool(self.address) and not self.paused and not self.stopped


@dataclass(frozen=True, slots=True, kw_only=True)
class SendResult:
    """What one run over one line did; ``problem`` is what ended it, ``lines`` what there is to tell."""

    region_id: str
    name_fi: str
    name_sv: str
    delivered: int = 0
    refused: int = 0
    waiting: int = 0  # bundles without a receipt
    stuck: int = 0  # of those that the region does not take: they wait for a person
    letters: int = 0
    lines: tuple[str, ...] = ()
    problem: NoLine | None = None
    revoked: bool = False

    def name(self, language: str) -> str:
        """The region's name in a language."""
        return self.name_sv if language == "sv" else self.name_fi
