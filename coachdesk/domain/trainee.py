"""Trainee (valmentautuja, deltagare): the person, and how he or she can be reached."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from coachdesk.domain import identity_code, letters
from coachdesk.errors import Refused
from coachdesk.i18n import N_

SERVICE_LANGUAGES = ("fi", "sv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trainee:
    """A person in the workshop's coaching.

    ``family_name`` and ``given_names`` are as the person writes them (NFC).  ``personal_identity_code``
    is empty where the person has none; its intermediate character is never changed.  Language codes
    are ISO 639-1; ``municipality`` is the three-digit code of Statistics Finland.
    """

    id: int = 0
    family_name: str
    given_names: str = ""
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

    def covers(self, day: date) -> bool:
        """Whether it is paid on that day."""
        return self.begins <= day and (self.ends is None or day <= self.ends)


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


def checked(trainee: Trainee, on: date) -> Trainee:
    """The trainee as it may be kept: names in NFC, a right identity code, the day of birth it tells.

    Raises:
        Refused: no family name, a wrong identity code, or a day that is still to come.
    """
    texts: dict[str, Any] = {
        name: letters.nfc(getattr(trainee, name))
        for name in ("family_name", "given_names", "former_names", "phone", "email", "street_address")
    }
    if not texts["family_name"]:
        raise Refused(N_("A trainee needs a family name."), field="family_name")
    found = identity_code.parse(trainee.personal_identity_code) if trainee.personal_identity_code else None
    born = found.birth_date if found else trainee.birth_date
    for name, day in (("birth_date", born), ("first_contact", trainee.first_contact)):
        if day is not None and day > on:
            raise Refused(N_("The day {day} is still to come."), field=name, day=day)
    if trainee.service_language not in SERVICE_LANGUAGES:
        raise Refused(N_("Papers are written in Finnish or Swedish."), field="service_language")
    return replace(trainee, **texts, personal_identity_code=found.code if found else "", birth_date=born)


GRADES = range(4, 11)


def check_grade(feedback: Feedback, on: date) -> Feedback:
    """The grade when there is such a one and its day is not to come.

    Raises:
        Refused: no whole grade from 4 to 10, or a day that is still to come.
    """
    if feedback.grade not in GRADES:
        raise Refused(N_("Grades are whole numbers from 4 to 10."), field="grade")
    if feedback.on_day is not None and feedback.on_day > on:
        raise Refused(N_("The day {day} is still to come."), field="on_day", day=feedback.on_day)
    return feedback


ADDRESS = ("street_address", "postal_code", "post_office")  # what is never shown under a non-disclosure


def for_reading(trainee: Trainee) -> Trainee:
    """The trainee as a page may show it: no identity code, and no address under a non-disclosure."""
    if trainee.non_disclosure:
        nothing: dict[str, Any] = dict.fromkeys(ADDRESS, "")
        trainee = replace(trainee, **nothing)
    return replace(trainee, personal_identity_code="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Two people who may be one: ``alike`` says by what (code, names, birth_date)."""

    trainee: Trainee
    alike: tuple[str, ...]


def alike(one: Trainee, other: Trainee) -> tuple[str, ...]:
    """By what two records look like one person; empty when they do not.

    A day of birth alone says nothing: it counts with a family or a given name in common.
    """
    found = []
    if one.personal_identity_code and one.personal_identity_code == other.personal_identity_code:
        found.append("code")
    if _same_names(one, other):
        found.append("names")
    if one.birth_date and one.birth_date == other.birth_date and (found or _shares_a_name(one, other)):
        found.append("birth_date")
    return tuple(found)


def _same_names(one: Trainee, other: Trainee) -> bool:
    ours, theirs = _given(one), _given(other)
    if _family(one) & _family(other) and (ours <= theirs or theirs <= ours):
        return True
    return _words(one) == _words(other)


def _shares_a_name(one: Trainee, other: Trainee) -> bool:
    return bool(_family(one) & _family(other) or _given(one) & _given(other))


def _family(trainee: Trainee) -> set[str]:
    names = [trainee.family_name, *trainee.former_names.replace(";", ",").split(",")]
    return {letters.fold(name) for name in names} - {""}


def _given(trainee: Trainee) -> set[str]:
    return set(letters.fold(trainee.given_names).split())


def _words(trainee: Trainee) -> set[str]:
    return set(letters.fold(f"{trainee.family_name} {trainee.given_names}").split())
