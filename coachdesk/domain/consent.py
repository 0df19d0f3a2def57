"""Consent (suostumus, samtycke) to disclose, permission to disclose and prohibition, kept apart.

A consent lets named scopes out to one recipient until a day.  A permission (luovutuslupa, tillstånd för
utlämnande) is of law, to other providers, and lets nothing out of this program by itself.  A prohibition
(luovutuskielto, förbud mot utlämnande) in force wins over every consent.  What law orders to be told
(absence report, invoice basis, papers to the controller) needs none of them and is no summary.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coachdesk.errors import Refused
from coachdesk.i18n import N_

WARNED_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A part of the summary that a trainee may let out; ``fields`` are named in ``domain.summary``.

    ``words`` tells that free words leave, and then ``sentence`` says so to the trainee.
    """

    key: str
    title: str
    sentence: str
    plain: str
    fields: tuple[str, ...]
    words: bool = False


CONSENT_SCOPES = (
    Scope(
        key="basic",
        title=N_("Basic details"),
        sentence=N_(
            "Your name, personal identity code, date of birth, home municipality, language of service, "
            "phone number and e-mail address."
        ),
        plain=N_("Your name, identity code, date of birth, home municipality, language, phone and e-mail."),
        fields=(
            "family_name", "given_names", "personal_identity_code", "birth_date", "municipality",
            "service_language", "phone", "email",
        ),
    ),
    Scope(
        key="phases",
        title=N_("Phase and days in it"),
        sentence=N_(
            "Which phases of coaching you are or have been in, and the days on which each was opened and "
            "closed. The days in a phase are counted from them."
        ),
        plain=N_("Which phases you are or have been in, and when."),
        fields=("phases",),
    ),
    Scope(
        key="goals",
        title=N_("Goals and next step"),
        sentence=N_("Your goal, and your next step with its date, word for word as they are written here."),
        plain=N_("What you aim for and what you do next. These words leave as they are written."),
        fields=("goal", "next_step", "next_step_due"),
        words=True,
    ),
    Scope(
        key="attended",
        title=N_("Attended days a month"),
        sentence=N_(
            "On how many days you took part in each of the last twelve finished months. "
            "Never why you were away."
        ),
        plain=N_("How many days you were here each month. Never why you were away."),
        fields=("attended_months",),
    ),
    Scope(
        key="plan",
        title=N_("Plan: kind, version, dates, signatures"),
        sentence=N_(
            "Which plan is in force, its version and its dates, and on which day and in which role it was "
            "signed. Never what the plan says."
        ),
        plain=N_("Which plan you have, its days and its signatures. Never what it says."),
        fields=("plans",),
    ),
    Scope(
        key="job_search",
        title=N_("Job search and job start"),
        sentence=N_(
            "The days on which your job coaching began and ended, and whether it ended in work, a work "
            "try-out, studies or otherwise. Never a matter of health."
        ),
        plain=N_("When you looked for work with us and how that ended. Never your health."),
        fields=("job_coaching",),
    ),
    Scope(
        key="self_assessment",
        title=N_("Self-assessment results"),
        sentence=N_("The results of your self-assessments as numbers, with their days. Never your answers."),
        plain=N_("The numbers of your own assessments. Never your answers."),
        fields=("self_assessments",),
    ),
    Scope(
        key="support",
        title=N_("Support needed at work"),
        sentence=N_("What support you need at work, word for word as it is written here."),
        plain=N_("What help you need at work. These words leave as they are written."),
        fields=("support_needed",),
        words=True,
    ),
)  # fmt: skip
SCOPES = {scope.key: scope for scope in CONSENT_SCOPES}

HOW_GIVEN = {
    "signed": N_("in writing, signed"),
    "spoken": N_("aloud, before a witness"),
    "representative": N_("by a legal representative"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What a trainee lets out to one recipient; a change or renewal is a new one that names the old.

    ``recipient`` is a code of bodies, or a name in words.  ``uid`` is 128 random bits in hex: the only
    name of the consent that leaves.  ``witness`` is who heard it, or the legal representative.
    """

    id: int = 0
    trainee_id: int
    uid: str = ""
    number: str = ""  # on paper: S-0147
    recipient: str
    scopes: tuple[str, ...]
    purpose: str = ""
    ground: str = ""  # in words, where it is another than the consent itself
    given_how: str = "signed"
    witness: str = ""
    given: date
    valid_to: date  # last day included
    withdrawn: datetime | None = None
    replaces_id: int | None = None
    explained_language: str = ""
    explained_by: str = ""

    def in_force(self, on: date) -> bool:
        """Whether its own days cover that day and it is not withdrawn; a newer one may stand in its place."""
        return self.withdrawn is None and self.given <= on <= self.valid_to

    def ends_soon(self, on: date) -> bool:
        """Whether it ends within thirty days."""
        return self.in_force(on) and self.valid_to - on <= timedelta(days=WARNED_DAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """Permission to disclose given under law to other providers of social welfare; recorded, not acted on."""

    id: int = 0
    trainee_id: int
    to_whom: str
    covers: str = ""
    ground: str = ""
    given: date
    valid_to: date | None = None
    withdrawn: datetime | None = None

    def in_force(self, on: date) -> bool:
        """Whether it holds on that day."""
        started = self.withdrawn is None and self.given <= on
        return started and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prohibition:
    """A prohibition to disclose; without a recipient it covers everybody."""

    id: int = 0
    trainee_id: int
    recipient: str = ""
    covers: str = ""
    given: date
    lifted: datetime | None = None

    def in_force(self, on: date) -> bool:
        """Whether it holds on that day."""
        return self.lifted is None and self.given <= on

    def bars(self, recipient: str, on: date) -> bool:
        """Whether it stands in the way of that recipient on that day."""
        return self.in_force(on) and self.recipient in ("", recipient)


def in_force(consents: Iterable[Consent], recipient: str, on: date) -> Consent | None:
    """The one consent in force to a recipient on a day.

    A consent that another replaces ends on the day the other is given, and does not come back when the
    other is withdrawn.
    """
    own = [consent for consent in consents if consent.recipient == recipient]
    replaced = {consent.replaces_id for consent in own if consent.given <= on}
    found = [consent for consent in own if consent.in_force(on) and consent.id not in replaced]
    return max(found, key=lambda consent: (consent.given, consent.id), default=None)


def may_disclose(
    consents: Iterable[Consent], prohibitions: Iterable[Prohibition], recipient: str, on: date
) -> Consent | None:
    """The consent under which something may leave to a recipient on a day; a prohibition wins."""
    if any(prohibition.bars(recipient, on) for prohibition in prohibitions):
        return None
    return in_force(consents, recipient, on)


def known_scopes(consent: Consent) -> tuple[Scope, ...]:
    """The scopes it lets out, in the order of the form; an unknown key counts as not given."""
    return tuple(scope for scope in CONSENT_SCOPES if scope.key in consent.scopes)


def checked(consent: Consent, on: date) -> Consent:
    """The consent as it may be kept: its scopes in the order of the form.

    Raises:
        Refused: no recipient, no scope, no end, an end before the start, a start to come, or nobody
            who heard it.
    """
    if not consent.recipient.strip():
        raise Refused(N_("Choose who may have the details."), field="recipient")
    if not known_scopes(consent):
        raise Refused(N_("Choose at least one thing that may be let out."), field="scopes")
    _check_days(consent, on)
    if consent.given_how not in HOW_GIVEN:
        raise Refused(N_("Choose how the consent was given."), field="given_how")
    if consent.given_how != "signed" and not consent.witness.strip():
        message = {
            "spoken": N_("Write before whom the consent was given."),
            "representative": N_("Write who gave the consent for the trainee."),
        }
        raise Refused(message[consent.given_how], field="witness")
    return consent


def _check_days(consent: Consent, on: date) -> None:
    if consent.given > on:
        raise Refused(N_("The day {day} is still to come."), field="given", day=consent.given)
    if consent.valid_to < consent.given:
        raise Refused(N_("The consent ends before it begins."), field="valid_to")
    if consent.valid_to < on:
        raise Refused(N_("The consent would have ended on {day}."), field="valid_to", day=consent.valid_to)


def ending_soon(consents: Sequence[Consent], on: date) -> tuple[Consent, ...]:
    """The consents in force that end within thirty days, the first to end first; replaced ones are left."""
    replaced = {consent.replaces_id for consent in consents if consent.given <= on}
    found = [consent for consent in consents if consent.ends_soon(on) and consent.id not in replaced]
    return tuple(sorted(found, key=lambda consent: (consent.valid_to, consent.id)))
