"""A scanned paper that came back: which version of a plan, or which consent, by its printed or typed code."""

from collections.abc import Iterable
from dataclasses import dataclass

from coachdesk.domain.attachment import consent_number
from coachdesk.domain.consent import Consent
from coachdesk.domain.plan_returned import ReturnedPaper
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services import plan_returned
from coachdesk.services.desk import Desk
from coachdesk.store import consents, trainees


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a scanned paper is of, by its printed code: a version of a plan, or a consent."""

    about: str
    paper: ReturnedPaper | None = None
    consent: Consent | None = None
    newer: Consent | None = None  # the consent that replaced it

    @property
    def older(self) -> bool:
        """Whether a newer version is in force than the one on the paper."""
        return self.newer is not None or (self.paper is not None and self.paper.older)


def match(desk: Desk, trainee_id: int, codes: Iterable[str]) -> Match | None:
    """What a paper of this trainee is of, by the codes seen on it; None where no code is one of ours.

    Raises:
        Refused: the paper is somebody else's, or its code is not that of any version.
    """
    for code in codes:
        number = consent_number(code)
        if number:
            return _consent(desk, trainee_id, number)
        if code.strip().upper().startswith("CDP1"):
            return _plan(desk, trainee_id, code)
    return None


def match_typed(desk: Desk, trainee_id: int, typed: str) -> Match:
    """The same by the code typed from the foot of the paper.

    Raises:
        Refused: as ``match``, or it is no code.
    """
    number = consent_number(typed)
    return _consent(desk, trainee_id, number) if number else _plan(desk, trainee_id, typed)


def _plan(desk: Desk, trainee_id: int, code: str) -> Match:
    paper = plan_returned.find_paper(desk, code)
    if paper.plan.trainee_id != trainee_id:
        raise Refused(
            N_("The code is that of a plan of {name}. Add the paper on that person's page."),
            field="code",
            name=paper.name,
        )
    return Match(about=f"plan:{paper.plan.id}:{paper.version.version}", paper=paper)


def _consent(desk: Desk, trainee_id: int, number: str) -> Match:
    with desk.reading() as unit:
        c = consents.CONSENTS.table.c
        found = consents.CONSENTS.find(unit, c.number == number)
        if not found:
            raise Refused(N_("There is no consent {number} on this desk."), field="code", number=number)
        consent = found[0]
        if consent.trainee_id != trainee_id:
            raise Refused(
                N_("The code is that of a consent of {name}. Add the paper on that person's page."),
                field="code",
                name=trainees.TRAINEES.get(unit, consent.trainee_id).spoken_name,
            )
        newer = consents.CONSENTS.find(unit, c.replaces_id == consent.id, limit=1)
    return Match(about=f"consent:{consent.id}", consent=consent, newer=newer[0] if newer else None)
