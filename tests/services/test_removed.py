"""What a coach removed can be brought back for 30 days, whole, and is then gone for good."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest

from coachdesk.clock import FixedClock
from coachdesk.domain.appointments import Appointment
from coachdesk.domain.assessment import Filling
from coachdesk.domain.notes import Note, RecordedElsewhere
from coachdesk.domain.period import AgreedDay, Period
from coachdesk.domain.removed import KIND_NAMES
from coachdesk.domain.trainee import Benefit, OwnView, Trainee
from coachdesk.errors import Refused
from coachdesk.services import (
    appointments,
    assessments,
    backups,
    notes,
    periods,
    phases,
    plans,
    removed,
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


EACH = pytest.mark.parametrize(
    "make",
    [a_note, an_appointment, a_benefit, an_own_view, a_filling, an_opening, a_period, a_plan],
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
    assert rows(desk, person) == start
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
