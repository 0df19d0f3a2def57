"""Trainee (valmentautuja, deltagare): the person, and how he or she can be reached."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Trainee:
    """A person in the workshop's coaching.

    ``family_name`` and ``given_names`` are as the person writes them (NFC).  ``personal_identity_code``
    is empty where the person has none; its intermediate character is never changed.  Language codes
    are ISO 639-1; ``municipality`` is the three-digit code of Statistics Finland.
    """

    id: int = 0
    family_name: str
    given_names: str
    former_names: str = ""
    personal_identity_code: str = ""
    birth_date: date | None = None
    phone: str = ""
    email: str = ""
    street_address: str = ""
    postal_code: str = ""
    post_office: str = ""
    non_disclosure: bool = False  # turvakielto: the address is never shown or printed
    municipality: str = ""
    mother_tongue: str = ""
    service_language: str = "fi"  # fi or sv: the language of papers
    interpreter_language: str = ""  # empty: no interpreter needed
    language_level: str = ""
    reached_how: str = ""  # how and when the person can be reached
    devices: str = ""  # with what devices
    responsible_coach_id: int | None = None
    referred_by: str = ""  # code of referrers
    referred_by_whom: str = ""
    first_contact: date | None = None
    goal: str = ""  # in the trainee's own words
    support_needed: str = ""  # what helps at work, in words the trainee accepts
    other_system_id: str = ""
    batch_id: int | None = None  # the import that brought the person

    @property
    def name(self) -> str:
        """Family name first, as lists show it."""
        return f"{self.family_name}, {self.given_names}" if self.given_names else self.family_name

    @property
    def spoken_name(self) -> str:
        """Given names first, as the person's own papers show it."""
        return f"{self.given_names} {self.family_name}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefit:
    """A benefit and who pays it, with its days, both included."""

    id: int = 0
    trainee_id: int
    benefit: str  # code of benefits
    payer: str  # code of payers
    payer_name: str = ""  # name of the fund, where the payer is one
    begins: date
    ends: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnView:
    """The trainee's own view or disagreement, in own words, beside a note or a plan item."""

    id: int = 0
    trainee_id: int
    subject: str  # "note:12", "plan:3:2:item 4"
    disagrees: bool = False
    text: str
    on_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """A satisfaction grade from 4 to 10."""

    id: int = 0
    trainee_id: int
    grade: int
    on_day: date | None = None
    batch_id: int | None = None
