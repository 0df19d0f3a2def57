"""Before a service is ended everything that is still open is told, and nothing is barred."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from coachdesk.clock import HELSINKI
from coachdesk.domain.appointments import Appointment
from coachdesk.domain.ending import KINDS
from coachdesk.domain.period import Period
from coachdesk.domain.phases import Coaching
from coachdesk.domain.rights_request import RightsRequest
from coachdesk.domain.trainee import Benefit, Trainee
from coachdesk.errors import Refused
from coachdesk.i18n import words
from coachdesk.services import (
    appointments,
    archive,
    attendance,
    coaching,
    drafts,
    ending,
    names,
    periods,
    phases,
    plans,
    rights_requests,
    sync,
    trainees,
)
from coachdesk.services.desk import Desk
from tests.services.carried import enrolled, give, offers, open_phase, region  # noqa: F401 - fixtures


def a_period(desk: Desk, trainee: Trainee) -> Period:
    return periods.add(
        desk,
        Period(
            trainee_id=trainee.id, workshop_id=1, service_kind="rehabilitative_work_activity",
            begins=date(2026, 11, 2), ends=date(2027, 1, 31),
        ),
    )  # fmt: skip


def kinds(desk: Desk, period: Period) -> list[str]:
    return [one.kind for one in ending.undone(desk, period.id)]


def test_nothing_is_told_where_nothing_is_open(desk: Desk, a_trainee: Callable[..., Trainee]) -> None:
    assert kinds(desk, a_period(desk, a_trainee())) == []


def test_what_is_open_of_the_person_is_told(desk: Desk, a_trainee: Callable[..., Trainee]) -> None:
    person, other = a_trainee(), a_trainee("Toinen")
    period = a_period(desk, person)
    open_phase(desk, person, 2)
    open_phase(desk, other, 3)
    phases.set_next_step(desk, person.id, "Käynti", due=date(2026, 12, 21))
    plans.begin(desk, person.id, "coaching_plan")
    drafts.keep(desk, "note", f"trainee:{person.id}", "Kesken", caret=1)
    drafts.keep(desk, "period_end", f"trainee:{person.id}:period:{period.id}", "Tämä", caret=1)
    asked = RightsRequest(trainee_id=person.id, kind="access", asked=date(2026, 12, 14), what="Kaikki")
    rights_requests.record(desk, asked)

    found = ending.undone(desk, period.id)

    told = ["plan_unfinished", "phase_open", "step_open", "request_open", "draft_left"]
    assert [one.kind for one in found] == told
    assert found[1].text == "2" and found[2].text == "Käynti"
    assert found[3].day == date(2027, 1, 14)


def test_open_coaching_and_an_agreed_appointment_are_told(
    desk: Desk, a_trainee: Callable[..., Trainee]
) -> None:
    person = a_trainee()
    period = a_period(desk, person)
    coaching.begin(desk, Coaching(trainee_id=person.id, begins=date(2026, 11, 2)))
    at = datetime(2026, 12, 21, 10, tzinfo=HELSINKI)
    appointments.add(desk, Appointment(trainee_id=person.id, at=at, kind="visit"))
    assert kinds(desk, period) == ["coaching_open", "appointment_ahead"]


def test_archiving_says_that_it_is_the_coaching_which_still_runs(
    desk: Desk, a_trainee: Callable[..., Trainee]
) -> None:
    person = a_trainee()
    period = a_period(desk, person)
    coaching.begin(desk, Coaching(trainee_id=person.id, begins=date(2026, 11, 2)))
    with pytest.raises(Refused, match="service has not ended"):
        archive.archive(desk, person.id)
    periods.end(desk, period.id, day=date(2026, 12, 14), reason="as_agreed")
    with pytest.raises(Refused, match="Job coaching"):
        archive.archive(desk, person.id)


def test_summary_that_waits_or_is_not_sent_is_told(
    desk: Desk,
    enrolled,  # noqa: F811
    a_trainee: Callable[..., Trainee],
    give,  # noqa: F811
    tmp_path,
) -> None:
    person = a_trainee("Mäkelä")
    period = a_period(desk, person)
    give(person)
    assert kinds(desk, period) == ["summary_unaccepted", "consent_running"]

    sync.accept(desk, offers(desk)["Mäkelä"])
    assert kinds(desk, period) == ["summary_unsent", "consent_running"]

    sync.export(desk, tmp_path / "stick")
    assert kinds(desk, period) == ["consent_running"]


def test_absence_report_that_is_not_made_is_told(desk: Desk, a_trainee: Callable[..., Trainee]) -> None:
    person = a_trainee()
    period = a_period(desk, person)
    trainees.add_benefit(
        desk,
        Benefit(trainee_id=person.id, benefit="general_support", payer="kela", begins=date(2026, 11, 1)),
    )
    attendance.record_day(desk, period.id, date(2026, 11, 18), "own_illness")

    found = [one for one in ending.undone(desk, period.id) if one.kind == "report_undone"]

    assert found and all(one.day and one.last and one.last < date(2026, 12, 15) for one in found)


def test_a_period_ends_whatever_is_open(desk: Desk, a_trainee: Callable[..., Trainee]) -> None:
    person = a_trainee()
    period = a_period(desk, person)
    open_phase(desk, person, 2)

    periods.end(desk, period.id, day=date(2026, 12, 14), reason="as_agreed")

    page = trainees.page(desk, person.id)
    assert page.keeping is not None and page.keeping.due == date(2036, 12, 14)


def test_ended_trainee_is_not_among_the_active_and_is_found_all_the_same(
    desk: Desk, a_trainee: Callable[..., Trainee]
) -> None:
    person = a_trainee("Päättynyt")
    periods.end(desk, a_period(desk, person).id, day=date(2026, 12, 14), reason="as_agreed")

    assert [row.ended for row in trainees.listing(desk)] == [date(2026, 12, 14)]
    assert [hit.trainee_id for hit in names.find(desk, "paattynyt")] == [person.id]


def test_every_kind_has_its_sentence_in_both_languages() -> None:
    for sentence in KINDS.values():
        for language in ("fi", "sv"):
            assert words(language)._(sentence) != sentence
