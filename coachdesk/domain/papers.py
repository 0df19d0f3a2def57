"""What each printed form needs: plain values, frozen, gathered before anything is drawn.

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The workshop as papers show it."""

    name: Both
    organisation: str = ""
    address: str = ""  # one line
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanText:
    """One written item of a plan."""

    text: str = ""
    who: str = ""
    by_when: date | None = None
    place: str = ""
    minutes_a_day: int | None = None
    days_a_week: int | None = None
    begins: date | None = None
    ends: date | None = None
    proposal: Both = Both()  # whose proposal it is
    own_view: str = ""
    disagrees: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """One numbered item of the form with what was written; ``table`` has who and by when in columns."""

    title: Both
    texts: tuple[PlanText, ...] = ()
    table: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPart:
    """A part of the form; ``section`` is of the law.  Without a title its items stand on their own."""

    title: Both = Both()
    section: str = ""
    lines: tuple[PlanLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """A plan that this one replaces, with the fixed sentence that says so."""

    sentence: Both
    maker: str = ""
    made: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOfPlan:
    """The trainee's own view of the whole plan; ``on`` where it was said after the plan was finished."""

    text: str
    disagrees: bool = False
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs; ``body`` is the authority behind the role."""

    role: Both
    name: str = ""
    body: Both = Both()
    signed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPaper:
    """A version of a plan of our own."""

    kind: Both
    law: Both = Both()
    secret_under: str = ""  # the act under which the paper is secret, as it is cited
    number: str
    version: int
    check_code: str
    state: str  # draft, final, printed, signed
    on: date
    replaces_version: int = 0
    replaces_version_on: date | None = None
    workshop: Sender
    organiser: Both = Both()
    trainee: str
    personal_identity_code: str = ""  # only where the form asks for it
    asks_identity_code: bool = False
    municipality: Both = Both()
    service_language: Both = Both()
    support_person: str = ""
    parts: tuple[PlanPart, ...] = ()
    replaces: tuple[Replaced, ...] = ()
    views: tuple[SaidOfPlan, ...] = ()  # what the trainee says of the whole plan
    participants: tuple[str, ...] = ()
    explained_language: Both = Both()
    explained_by: str = ""
    signers: tuple[Signer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacementPaper:
    """The sheet that the maker of another's plan gets: the fixed sentence and our key points."""

    on: date
    workshop: Sender
    trainee: str
    birth_date: date | None = None
    plan_kind: Both
    plan_maker: str = ""
    plan_made: date | None = None
    sentence: Both
    goals: str = ""
    points: tuple[str, ...] = ()
    permission_given: date | None = None
    coach: str = ""


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
    explained_language: Both = Both()
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
class MonthDay:
    """A column of the month list."""

    day: date
    holiday: str = ""
    not_held: str = ""  # the reason, where the day was not arranged for the whole group


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """A person on the month list: a mark for each day, never the reason of an absence.

    Marks: ``present``, ``absent``, ``not_arranged``, ``planned`` or empty.
    """

    name: str
    marks: tuple[str, ...]
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthListPaper:
    """The attendance list of a group's month, to be signed; ``present`` is the letter of presence."""

    on: date
    workshop: Sender
    group: str = ""
    month: date  # any day of it
    present: str = "L"
    days: tuple[MonthDay, ...]
    rows: tuple[MonthRow, ...]
    coach: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsentDay:
    """A day of absence with its kind; ``certificate`` is none where the kind asks for no certificate."""

    day: date
    kind: Both
    certificate: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayNotArranged:
    """A day on which the service was not arranged: no absence."""

    day: date
    reason: Both


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceReportPaper:
    """The report of absences to the payer of the benefit, for one person and two weeks."""

    on: date
    workshop: Sender
    payer: Both
    trainee: str
    personal_identity_code: str = ""
    service: Both
    service_begins: date | None = None
    service_ends: date | None = None
    begins: date
    ends: date
    absences: tuple[AbsentDay, ...] = ()
    not_arranged: tuple[DayNotArranged, ...] = ()
    signer: str = ""
    signer_title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipPaper:
    """An appointment for the trainee to take home."""

    on: date
    workshop: Sender
    trainee: str
    at: datetime
    minutes: int = 60
    kind: Both
    place: Both = Both()
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


def paper_code(number: str, version: int, check_code: str) -> str:
    """The text of a plan's square code: number, version and check code, no personal data."""
    return f"CDP1 {number} {version} {check_code.lower()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPaper:
    """The figures of a period, small numbers already in words.

    A row is the figure, its number, how it is counted.
    """

    on: date
    workshop: Sender
    period: str  # the days in words, "" for everything recorded
    rows: tuple[tuple[str, str, str], ...]
