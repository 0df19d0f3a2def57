"""What the page of a trainee's consents shows, gathered in one look."""

from dataclasses import dataclass

from coachdesk.domain.information import InformationGiven, is_current
from coachdesk.domain.notes import Draft
from coachdesk.domain.trainee import Trainee
from coachdesk.services import consents, drafts, information
from coachdesk.services.consents import ConsentSheet
from coachdesk.services.desk import Desk
from coachdesk.services.plan_papers import coach_name
from coachdesk.store import trainees

FORM = "consent"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentsPage:
    """The consents of a trainee with the information given, an unfinished form, and who asks."""

    sheet: ConsentSheet
    name: str
    language: str  # of service: fi or sv
    coach: str
    information: tuple[InformationGiven, ...] = ()
    informed: bool = False  # the text in force was given
    draft: Draft | None = None


def subject_of(trainee_id: int) -> str:
    """The subject of a draft of a consent form."""
    return f"trainee:{trainee_id}"


def page(desk: Desk, trainee_id: int) -> ConsentsPage:
    """All that the page shows; the look at the person is logged by the trainee's page."""
    sheet = consents.sheet(desk, trainee_id)
    given = information.given_to(desk, trainee_id)
    with desk.reading() as unit:
        person: Trainee = trainees.TRAINEES.get(unit, trainee_id)
        coach = coach_name(unit)
    return ConsentsPage(
        sheet=sheet,
        name=person.spoken_name,
        language=person.service_language or "fi",
        coach=coach,
        information=given,
        informed=is_current(given, sheet.on),
        draft=drafts.find(desk, FORM, subject_of(trainee_id)),
    )
