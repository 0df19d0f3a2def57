"""What a coach removed can be brought back for 30 days, whole, and is then gone for good."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest

from coachdesk.clock import FixedClock
from coachdesk.domain.appointments import Appointment
from coachdesk.domain.assessment import Filling
from coachdesk.domain.attendance import DayRecorded
from coachdesk.domain.notes import Note, RecordedElsewhere
from coachdesk.domain.period import AgreedDay, Period
from coachdesk.domain.phases import Coaching
from coachdesk.domain.removed import KIND_NAMES
from coachdesk.domain.rights_request import RightsRequest
from coachdesk.domain.trainee import Benefit, Feedback, OwnView, Trainee
from coachdesk.errors import Refused
from coachdesk.services import (
    appointments,
    assessments,
    attendance,
    backups,
    coaching,
    consent_corrections,
    consents,
    information,
    notes,
    periods,
    phases,
    plans,
    removed,
    rights_requests,
    trainees,
)
from coachdesk.services.desk import Desk
from coachdesk.store import dossier

Undo = Callable[[], object]
DAY = date(2026, 12, 1)


@pytest.fixture
def person(a_trainee: Callable[..., Trainee]) -> Trainee:
    return a_trainee("Lindström", "Göran")


def a_note(desk: Desk, person: Trainee) -> tuple[Undo, Undo]:
    kept = notes.add(
        desk, Note(trainee_id=person.id, at=desk.clock.now(), kind="conversation", text="Om språk")
    )
    notes.record_elsewhere(
        desk, RecordedElsewhere(note_id=kept.id, system="Effica", on_day=DAY, by_whom="Aino")
    )
    trainees.add_own_view(
        desk, OwnView(trainee_id=person.id, subject=f"note:{kept.id}", text="Nej", on_day=DAY)
    )
    return lambda: notes.remove(desk, kept.id), lambda: notes.restore(desk, kept.id)


def an_appointment(desk: Desk, person: Trainee) -> tuple[Undo, Undo]:
    at = desk.clock.now() + timedelta(days=3)
    kept = appointments.add(
        desk, Appointment(trainee_id=person.id, at=at, kind="conversation", where="Rum 2")
    )
    return lambda: appointments.remove(desk, kept.id), lambda: appointments.add(desk, kept)


def a_benefit(desk: Desk, person: Trainee) -> tuple[Undo, Undo]:
    kept = trainees.add_benefit(
        desk, Benefit(trainee_id=person.id, benefit="general_support", payer="kela", begins=DAY)
    )
    return lambda: trainees.remove_benefit(desk, kept.id), lambda: trainees.add_benefit(desk, kept)


def an_own_view(desk: Desk, person: Trainee) -> tuple[Undo, Undo]:
    kept = trainees.add_own_view(
        desk, OwnView(trainee_id=person.id, subject="note:7", text="Jag vill ut", on_day=DAY)
    )
    return lambda: trainees.remove_own_view(desk, kept.id), lambda: trainees.add_own_view(desk, kept)


def a_filling(desk: Desk, person: Trainee) -> tuple[Undo, Undo]:
    scores = {1: 6, 3: 55}
    new = Filling(
        trainee_id=person.id, instrument="abilitator", on_day=DAY, filled_how="alone", scores=scores
    )
    kept = assessments.record(desk, new)
    return lambda: assessments.remove(desk, kept), lambda: assessments.record(desk, kept)


def an_opening(desk: Desk, person: Trainee) -> tuple[Undo, None]:
    kept = phases.open_phase(desk, person.id, 1, opened=DAY)
    return lambda: phases.remove_opening(desk, kept.id), None


def a_period(desk: Desk, person: Trainee) -> tuple[Undo, None]:
    agreed = AgreedDay(period_id=0, weekday=1, starts_at=time(9), minutes=300, valid_from=DAY)
    body = "wellbeing_area_ostrobothnia"
    new = Period(
        trainee_id=person.id, workshop_id=1, service_kind="rehabilitative_work_activity", controller=body,
        purchaser=body, ground="service_decision", begins=DAY,
    )  # fmt: skip
    kept = periods.add(desk, new, agreed=[agreed])
    return lambda: periods.remove(desk, kept.id), None


def a_plan(desk: Desk, person: Trainee) -> tuple[Undo, None]:
    version = plans.begin(desk, person.id, "coaching_plan")
    return lambda: plans.remove(desk, version.plan_id), None


def a_grade(desk: Desk, person: Trainee) -> tuple[Undo, Undo]:
    kept = coaching.grade(desk, Feedback(trainee_id=person.id, grade=8, on_day=DAY))
    return lambda: coaching.remove_grade(desk, kept.id), lambda: coaching.grade(desk, kept)


def some_coaching(desk: Desk, person: Trainee) -> tuple[Undo, Undo]:
    kept = coaching.begin(desk, Coaching(trainee_id=person.id, begins=DAY))
    return lambda: coaching.remove(desk, kept.id), lambda: coaching.begin(desk, kept)


def a_consent(desk: Desk, person: Trainee) -> tuple[Undo, None]:
    kept = consents.give(
        desk, person.id, recipient="kela", scopes=("basic",), valid_to=date(2027, 6, 1), given=DAY
    )
    return lambda: consent_corrections.take_back(desk, kept.id), None


def a_permission(desk: Desk, person: Trainee) -> tuple[Undo, None]:
    kept = consents.permit(desk, person.id, to_whom="Kela", covers="Allt", given=DAY)
    return lambda: consent_corrections.take_back_permission(desk, kept.id), None


def some_information(desk: Desk, person: Trainee) -> tuple[Undo, None]:
    kept = information.give(desk, person.id, language="sv", given=DAY, given_by="Aino")
    return lambda: information.take_back(desk, kept.id), None


def a_request(desk: Desk, person: Trainee) -> tuple[Undo, None]:
    kept = rights_requests.record(
        desk, RightsRequest(trainee_id=person.id, kind="rectification", asked=DAY, what="Adressen")
    )
    return lambda: rights_requests.remove(desk, kept.id), None


def a_mark_of_recording(desk: Desk, person: Trainee) -> tuple[Undo, Undo]:
    at = desk.clock.now()
    note = notes.add(desk, Note(trainee_id=person.id, at=at, kind="conversation", text="Om språk"))
    kept = notes.record_elsewhere(
        desk, RecordedElsewhere(note_id=note.id, system="Effica", on_day=DAY, by_whom="Aino")
    )
    return lambda: notes.unmark_elsewhere(desk, kept.id), lambda: notes.record_elsewhere(desk, kept)


def a_day(desk: Desk, person: Trainee) -> tuple[Undo, Undo]:
    new = Period(trainee_id=person.id, workshop_id=1, service_kind="work_try_out", begins=DAY)
    kept = periods.add(desk, new)
    attendance.record_day(desk, kept.id, DAY, "present", minutes=240, word="Snickrade")
    cleared: list[DayRecorded] = []
    return (
        lambda: cleared.extend(attendance.clear_many(desk, [(kept.id, DAY)])),
        lambda: attendance.put_back(desk, cleared),
    )


EACH = pytest.mark.parametrize(
    "make",
    [
        a_note,
        an_appointment,
        a_benefit,
        an_own_view,
        a_filling,
        an_opening,
        a_period,
        a_plan,
        a_grade,
        some_coaching,
        a_consent,
        a_permission,
        some_information,
        a_request,
        a_mark_of_recording,
        a_day,
    ],
    ids=lambda make: make.__name__,
)


def rows(desk: Desk, person: Trainee) -> dict[str, list[dict[str, object]]]:
    with desk.reading() as unit:
        return dossier.everything(unit, person.id)


@EACH
def test_it_comes_back_whole_as_it_was(desk: Desk, person: Trainee, make: Callable[..., tuple[Undo, Undo]]):
    remove, _undo = make(desk, person)
    before = rows(desk, person)
    remove()
    assert rows(desk, person) != before
    [sheet] = removed.of_trainee(desk, person.id)
    assert sheet.removed.kind in KIND_NAMES and sheet.coach == "Aino Mallikas"
    assert sheet.when or sheet.removed.kind == "plan"

    removed.bring_back(desk, sheet.removed.id)
    assert rows(desk, person) == before
    assert removed.of_trainee(desk, person.id) == ()
    with pytest.raises(Refused, match="is gone"):
        removed.bring_back(desk, sheet.removed.id)


@EACH
def test_an_undone_removal_is_not_offered_a_second_time(
    desk: Desk, person: Trainee, make: Callable[..., tuple[Undo, Undo | None]]
) -> None:
    remove, undo = make(desk, person)
    if undo is None:  # its undo is the other way round: what was begun is taken away
        return
    before = rows(desk, person)
    remove()
    undo()

    assert rows(desk, person) == before and removed.of_trainee(desk, person.id) == ()


@EACH
def test_after_30_days_it_is_gone_with_a_line_in_the_log(
    desk: Desk, person: Trainee, clock: FixedClock, make: Callable[..., tuple[Undo, Undo]]
) -> None:
    start = rows(desk, person)
    remove, _undo = make(desk, person)
    remove()
    clock.at += timedelta(days=30)
    assert removed.of_trainee(desk, person.id) == ()

    backups.tend(desk)
    beside = {a_mark_of_recording: {"note"}, a_day: {"period"}}.get(make, set())  # what it was removed from
    assert {name: found for name, found in rows(desk, person).items() if name not in beside} == start
    with desk.reading() as unit:
        acts = unit.connection.exec_driver_sql("SELECT act FROM log").scalars().all()
    assert acts.count("removed.purge") == 1


def test_a_number_given_away_meanwhile_brings_it_back_under_a_new_one(desk: Desk, person: Trainee) -> None:
    remove, _undo = an_appointment(desk, person)
    remove()
    an_appointment(desk, person)
    [sheet] = removed.of_trainee(desk, person.id)
    removed.bring_back(desk, sheet.removed.id)

    assert len(appointments.of_trainee(desk, person.id)) == 2


def test_what_no_longer_fits_is_refused_and_stays_among_the_removed(desk: Desk, person: Trainee) -> None:
    remove, _undo = a_filling(desk, person)
    remove()
    assessments.record(
        desk,
        Filling(trainee_id=person.id, instrument="abilitator", on_day=DAY, filled_how="alone", scores={1: 1}),
    )
    remove, _undo = an_opening(desk, person)
    remove()
    an_opening(desk, person)

    for sheet in removed.of_trainee(desk, person.id):
        with pytest.raises(Refused):
            removed.bring_back(desk, sheet.removed.id)
    assert len(removed.of_trainee(desk, person.id)) == 2
    assert len(phases.openings(desk, person.id)) == 1


def test_consent_given_or_forbidden_anew_keeps_the_old_one_away(desk: Desk, person: Trainee) -> None:
    remove, _undo = a_consent(desk, person)
    remove()
    a_consent(desk, person)
    [sheet] = removed.of_trainee(desk, person.id)
    with pytest.raises(Refused):
        removed.bring_back(desk, sheet.removed.id)
    assert len(consents.sheet(desk, person.id).consents) == 1

    consents.withdraw(desk, consents.sheet(desk, person.id).consents[0].id)
    consents.forbid(desk, person.id, recipient="kela")
    with pytest.raises(Refused):
        removed.bring_back(desk, sheet.removed.id)


def test_everything_that_can_be_removed_is_among_these(desk: Desk, person: Trainee) -> None:
    made = {"attachment"}
    for make in EACH.args[1]:
        remove, _undo = make(desk, person)
        remove()
        made.add(removed.of_trainee(desk, person.id)[0].removed.kind)
    assert made == set(KIND_NAMES)


def test_day_marked_anew_is_no_longer_among_the_removed(desk: Desk, person: Trainee) -> None:
    remove, _undo = a_day(desk, person)
    remove()
    attendance.record_day(desk, periods.of_trainee(desk, person.id)[0].period.id, DAY, "remote")

    assert removed.of_trainee(desk, person.id) == ()


def test_an_own_view_never_comes_to_stand_beside_another_note(
    desk: Desk, person: Trainee, clock: FixedClock
) -> None:
    kept = notes.add(
        desk, Note(trainee_id=person.id, at=desk.clock.now(), kind="conversation", text="Om språk")
    )
    view = trainees.add_own_view(
        desk, OwnView(trainee_id=person.id, subject=f"note:{kept.id}", text="Nej", on_day=DAY)
    )
    notes.remove(desk, kept.id)
    clock.at += timedelta(days=20)
    trainees.remove_own_view(desk, view.id)
    clock.at += timedelta(days=10)
    removed.purge(desk)

    assert removed.of_trainee(desk, person.id) == ()


def test_a_note_removed_before_removals_were_dated_has_30_days_from_now(
    desk: Desk, person: Trainee, clock: FixedClock
) -> None:
    remove, _undo = a_note(desk, person)
    remove()
    with desk.writing() as unit:
        unit.connection.exec_driver_sql("DELETE FROM removed")
        unit.commit()
    removed.purge(desk)
    assert len(removed.of_trainee(desk, person.id)) == 1
    clock.at += timedelta(days=30)
    assert removed.purge(desk) == 1


def test_the_copy_of_all_data_tells_what_was_removed(desk: Desk, person: Trainee) -> None:
    from coachdesk.services import dossier as copies

    remove, _undo = an_own_view(desk, person)
    remove()
    made = copies.make(desk, person.id)
    told = [part for part in made.paper.sections if any("Jag vill ut" in " ".join(row) for row in part.rows)]

    assert len(told) == 1 and b"Jag vill ut" in made.data


def test_what_was_begun_by_mistake_is_undone_down_to_the_registration(desk: Desk) -> None:
    person = trainees.register(desk, Trainee(family_name="Lindström", given_names="Göran"))
    remove, _undo = a_benefit(desk, person)
    remove()
    trainees.remove(desk, person.id)

    assert removed.of_trainee(desk, person.id) == ()
