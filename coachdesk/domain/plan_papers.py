"""What a plan on paper needs: its parts and items as they were written, who signs, and its square code."""

from dataclasses import dataclass
from datetime import date

from coachdesk.domain.papers import NO_NAME, Both, Sender, Signer


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
    proposal: Both = NO_NAME  # whose proposal it is
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

    title: Both = NO_NAME
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
class PlanPaper:
    """A version of a plan of our own."""

    kind: Both
    law: Both = NO_NAME
    secret_under: str = ""  # the act under which the paper is secret, as it is cited
    number: str
    version: int
    check_code: str
    state: str  # draft, final, printed, signed
    on: date
    replaces_version: int = 0
    replaces_version_on: date | None = None
    workshop: Sender
    organiser: Both = NO_NAME
    trainee: str
    personal_identity_code: str = ""  # only where the form asks for it
    asks_identity_code: bool = False
    municipality: Both = NO_NAME
    service_language: Both = NO_NAME
    support_person: str = ""
    parts: tuple[PlanPart, ...] = ()
    replaces: tuple[Replaced, ...] = ()
    views: tuple[SaidOfPlan, ...] = ()  # what the trainee says of the whole plan
    participants: tuple[str, ...] = ()
    explained_language: Both = NO_NAME
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


def paper_code(number: str, version: int, check_code: str) -> str:
    """The text of a plan's square code: number, version and check code, no personal data."""
    return f"CDP1 {number} {version} {check_code.lower()}"
