"""What leaves, as people see it: offers to look at, what was sent and what became of it.

Frozen sheets; the sealed bytes themselves never come here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from coachdesk.domain import summary
from coachdesk.domain.consent import CONSENT_SCOPES, Consent, known_scopes
from coachdesk.domain.field_kinds import Speech
from coachdesk.errors import Refused

PUT, WITHDRAW = "put", "withdraw"
FIRST, WORDS, ASKED, ITSELF = "first", "words", "asked", "itself"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One trainee's next item for one region.

    ``why`` says why the coach must look first: it is the ``first`` summary, its ``words`` changed, the
    coach ``asked`` to see each; ``itself`` travels by itself.  ``had`` is what the region was last sent.
    """

    trainee_id: int
    name: str
    recipient: str
    region_id: str
    ref: str
    kind: str
    why: str = ITSELF
    accepted: bool = False
    fields: Mapping[str, Any] = field(default_factory=dict)
    had: Mapping[str, Any] | None = None
    had_on: date | None = None
    had_version: int = 0
    had_consent: str = ""
    had_digest: str = ""
    had_valid_to: date | None = None
    consent: Consent | None = None
    problem: Refused | None = None
    since: datetime | None = None  # when it began to wait; None where the log does not tell

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical bytes that leave: what is accepted."""
        return summary.digest(self.fields)

    @property
    def may_leave(self) -> bool:
        """Whether nothing more is asked of the coach."""
        return self.problem is None and (self.kind == WITHDRAW or self.why == ITSELF or self.accepted)

    @property
    def waits_for_coach(self) -> bool:
        """Whether the coach has still to look at it."""
        return not self.may_leave

    @property
    def narrows(self) -> bool:
        """Whether the region holds fields under an older consent that the one in force does not cover."""
        if self.had is None or self.consent is None or self.consent.uid == self.had_consent:
            return False
        covered = {name for scope in known_scopes(self.consent) for name in scope.fields}
        return not covered.issuperset(self.had)

    @property
    def changes(self) -> int:
        """How many fields differ from what the region was last sent."""
        had = self.had or {}
        alike = {name for name in self.fields if name in had and self.fields[name] == had[name]}
        return len({*self.fields, *had} - alike)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the preview; ``change`` is "", "new", "changed" or "gone"."""

    scope: str
    field: str
    title: str
    had: str
    goes: str
    change: str


def rows(offer: Offer, words: Speech) -> tuple[Row, ...]:
    """What leaves beside what the region was last sent, drawn from the canonical bytes."""
    goes = {line.field: line for line in summary.lines(offer.fields, words)}
    had = {line.field: line for line in summary.lines(offer.had or {}, words)}
    order = [name for scope in CONSENT_SCOPES for name in scope.fields if name in goes or name in had]
    return tuple(_row(name, goes.get(name), had.get(name), offer) for name in order)


def _row(name: str, goes: summary.Line | None, had: summary.Line | None, offer: Offer) -> Row:
    known = goes or had
    assert known is not None
    if had is None:
        change = "new"
    elif goes is None:
        change = "gone"
    else:
        change = "" if offer.fields[name] == (offer.had or {})[name] else "changed"
    return Row(
        scope=known.scope,
        field=name,
        title=known.title,
        had=had.text if had else summary.NONE,
        goes=goes.text if goes else summary.NONE,
        change=change,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxLine:
    """One item that was sealed, and how it stands.

    ``state``: aside, waiting, handed, acknowledged, withdrawn_there, late, refused, superseded.
    """

    item_id: int
    trainee_id: int | None
    name: str
    kind: str
    version: int
    made: datetime
    state: str
    since: datetime | None = None  # of what waits unsealed: since when
    receipt_at: datetime | None = None
    sha256: str = ""
    way: str = ""  # "net", "file", "both", or nothing where it was not handed over yet
    receipt: int = 0  # the number of the receipt that named it
    problem: Mapping[str, Any] | None = None  # why the region did not take its bundle
    item: Mapping[str, Any] = field(default_factory=dict)  # all that leaves, of what rests on no consent


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLine:
    """What a region has of one trainee, by its own receipts: a summary, or the word that it was deleted.

    ``state``: held, deleted, changing (something newer is under way) or past (its last day is over).
    """

    trainee_id: int | None
    name: str
    region_id: str
    state: str
    version: int
    fields: Mapping[str, Any]
    valid_to: date | None
    receipt: int
    receipt_at: datetime | None
    way: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    """The outbox as its page shows it: lines, and the numbers that a region misses."""

    lines: tuple[OutboxLine, ...] = ()
    to_look_at: int = 0
    ready: int = 0  # accepted or travelling by themselves, not sealed yet
    enrolled: bool = False
    missing: tuple[int, ...] = ()
    receipt_at: datetime | None = None

    @property
    def waiting(self) -> int:
        """Items that no receipt has named."""
        return sum(line.state in ("waiting", "handed") for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportResult:
    """What was written; ``preview`` says what leaves, in the language of the screen."""

    preview: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptResult:
    """What a receipt told, in words and in numbers."""

    lines: tuple[str, ...] = ()
    delivered: int = 0
    refused: int = 0
    missing: tuple[int, ...] = ()
    begun_anew: bool = False
    revoked: bool = False
    letters: int = 0  # letters of the region that wait to be fetched


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """A region taken in: the file to carry back, and both fingerprints to compare."""

    lines: tuple[str, ...]
    file: Path
    region_id: str
    region_fingerprint: str
    device_fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolledByCode:
    """A region that took this desk in over the network, and both fingerprints to compare."""

    region_id: str
    region_fingerprint: str
    device_fingerprint: str
