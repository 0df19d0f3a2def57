"""What each printed form needs: plain values, frozen, gathered before anything is drawn.

The papers of plans and of attendance have rooms of their own, ``plan_papers`` and ``attendance_papers``.

An official name is a ``Both``, since some papers show it in both languages; all other words are
already in the language of the paper.  Minutes are whole, days are calendar days in Helsinki.
"""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Both:
    """An official name in Finnish and Swedish."""

    fi: str = ""
    sv: str = ""
    en: str = ""

    def name(self, language: str) -> str:
        """The name in a language, another one where it lacks."""
        first = {"fi": self.fi, "sv": self.sv}.get(language, self.en)
        return first or self.fi or self.sv

    def both(self, language: str) -> tuple[str, ...]:
        """Both official names, the paper's language first; one where they are the same."""
        names = (self.sv, self.fi) if language == "sv" else (self.fi, self.sv)
        return tuple(dict.fromkeys(name for name in names if name))

    def __bool__(self) -> bool:
        return bool(self.fi or self.sv)


NO_NAME = Both()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The workshop as papers show it."""

    name: Both
    organisation: str = ""
    address: str = ""  # one line
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs; ``body`` is the authority behind the role."""

    role: Both
    name: str = ""
    body: Both = NO_NAME
    signed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeOnPaper:
    """One scope of a consent: its title, its sentence to the trainee, and each field it lets out."""

    title: str
    sentence: str
    fields: tuple[str, ...] = ()
    plain: str = ""  # the sentence in plain language


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentPaper:
    """A consent to be read, explained and signed."""

    number: str
    on: date
    workshop: Sender
    trainee: str
    recipient: Both
    purpose: str = ""
    ground: str = ""
    scopes: tuple[ScopeOnPaper, ...] = ()
    not_given: tuple[str, ...] = ()  # titles of the scopes that stay home
    valid_from: date | None = None
    valid_to: date | None = None
    replaces: str = ""  # number of the consent that this one replaces
    spoken_before: str = ""  # given aloud, before whom
    representative: str = ""  # who gives it for the trainee by law
    given: date | None = None
    explained_language: Both = NO_NAME
    explained_by: str = ""
    coach: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationSection:
    """A heading of the information text with its paragraphs, parted by a blank line."""

    title: str
    text: str
    lists_services: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationPaper:
    """The information text for a trainee; ``services`` pairs a service with its controller."""

    on: date
    workshop: Sender
    version: str = ""
    sections: tuple[InformationSection, ...] = ()
    plain: bool = False  # selkokieli, lättläst: large type
    trainee: str = ""  # empty: a text for anybody
    services: tuple[tuple[Both, Both], ...] = ()
    given: date | None = None
    coach: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipPaper:
    """An appointment for the trainee to take home."""

    on: date
    workshop: Sender
    trainee: str
    at: datetime
    minutes: int = 60
    kind: Both
    place: Both = NO_NAME
    where: str = ""
    with_whom: str = ""
    bring: str = ""
    coach: str = ""
    coach_phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryPaper:
    """The recovery key: eight groups on paper, nowhere else."""

    on: date
    workshop: Both
    groups: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryRow:
    """One item that leaves: what the recipient has now, what goes, what changes, in words."""

    title: str
    now: str = ""
    goes: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryGroup:
    """The items of one scope."""

    title: str
    rows: tuple[SummaryRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryPaper:
    """Exactly what leaves about one trainee, made from the very bytes."""

    on: date
    workshop: Sender
    trainee: str
    recipient: Both
    consent: str = ""  # number of the consent
    consent_valid_to: date | None = None
    withdrawal: bool = False
    last_sent: date | None = None
    groups: tuple[SummaryGroup, ...] = ()
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedRow:
    """What one coach did on one day, and how many times; ``act`` and ``why`` are message ids."""

    day: date
    coach: str
    act: str
    times: int
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenRow:
    """What was given to whom: by a consent of that number, or on a ground of law (a message id)."""

    day: date
    coach: str
    act: str
    recipient: Both
    ground: str = ""
    consent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPaper:
    """Who has looked at a trainee's data and to whom it was given, in a span of days."""

    on: date
    workshop: Sender
    trainee: str
    begins: date
    ends: date
    used: tuple[UsedRow, ...] = ()
    given: tuple[GivenRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPaper:
    """The figures of a period, small numbers already in words.

    A row is the figure, its number, how it is counted.
    """

    on: date
    workshop: Sender
    period: str  # the days in words, "" for everything recorded
    rows: tuple[tuple[str, str, str], ...]
