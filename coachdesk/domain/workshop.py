"""Workshop (työpaja, verkstad), its groups and its coaches (valmentaja, handledare)."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """A workshop with its names in both languages and what papers say of it."""

    id: int = 0
    name_fi: str
    name_sv: str = ""
    organisation: str = ""
    street_address: str = ""
    postal_code: str = ""
    post_office: str = ""
    phone: str = ""
    email: str = ""

    def name(self, language: str) -> str:
        """The name in a language, the other one where there is none."""
        return (self.name_sv if language == "sv" else self.name_fi) or self.name_fi or self.name_sv


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of one workshop."""

    id: int = 0
    workshop_id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A period's place in a group between two days, both included."""

    id: int = 0
    period_id: int
    group_id: int
    begins: date
    ends: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coach:
    """A coach of the desk; one may lack a key slot.

    ``removed`` tells when the way in was taken away; the name stays for what was done before.
    """

    id: int = 0
    name: str
    title: str = ""
    phone: str = ""
    email: str = ""
    language: str = "fi"
    role: str = "coach"  # coach, lead
    added: datetime | None = None
    removed: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """Why a coach sees to another coach's trainee, from a day to a day, both included."""

    coach_id: int
    trainee_id: int
    reason: str
    valid_from: date
    valid_to: date
