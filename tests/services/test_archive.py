from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coachdesk.domain.acts import ACTS, ActKind
from coachdesk.domain.appointments import Appointment
from coachdesk.domain.archive import ALWAYS
from coachdesk.domain.notes import Note, RecordedElsewhere
from coachdesk.domain.period import Period
from coachdesk.domain.phases import Coaching
from coachdesk.domain.plan import Plan
from coachdesk.domain.rights_request import RightsRequest
from coachdesk.domain.trainee import Benefit, Feedback, OwnView, Trainee
from coachdesk.errors import Refused
from coachdesk.region import listing
from coachdesk.services import (
    access_log,
    appointments,
    archive,
    attachments,
    attendance,
    coaching,
    consent_corrections,
    consents,
    drafts,
    information,
    notes,
    periods,
    phases,
    plan_items,
    plans,
    plans_by_others,
    removed,
    rights_requests,
    today,
    trainees,
)
from coachdesk.services.desk import Desk
from coachdesk.store import retention as keeping
from tests.services.filling import everything
from tests.services.handed import BODY, NOON, furnish, kept_file
from tests.services.letters import paired

DAY = date(2026, 12, 9)
WRITTEN = sorted(act.key for act in ACTS.values() if act.kind is ActKind.CHANGE and act.key not in ALWAYS)


@pytest.fixture
def person(desk: Desk, tmp_path: Path) -> Trainee:
    """Somebody with one of everything, whose service has ended, and who is archived."""
    found = trainees.register(desk, Trainee(family_name="Mallinen", given_names="Malla"))
    furnish(desk, found, tmp_path)
    coaching.begin(desk, Coaching(trainee_id=found.id, begins=DAY, ends=DAY, outcome="other"))
    coaching.grade(desk, Feedback(trainee_id=found.id, grade=8, on_day=DAY))
    trainees.add_benefit(
        desk, Benefit(trainee_id=found.id, benefit="general_support", payer="kela", begins=DAY)
    )
    phases.open_phase(desk, found.id, 1, opened=DAY)
    consents.give(desk, found.id, recipient=BODY, scopes=("basic",), valid_to=date(2027, 6, 1))
    plans_by_others.record_others(
        desk, Plan(trainee_id=found.id, kind="activation_plan", ours=False, maker="TE", made=DAY)
    )
    gone = notes.add(desk, Note(trainee_id=found.id, at=NOON, kind="phone", text="Poistettava"))
    notes.remove(desk, gone.id)
    periods.end(desk, _period(desk, found), day=date(2026, 12, 10), reason="as_agreed")
    archive.archive(desk, found.id)
    return found


def _period(desk: Desk, person: Trainee) -> int:
    return periods.of_trainee(desk, person.id)[0].period.id


def _first(found: Any) -> Any:
    return found[0]


WRITING: dict[str, Callable[[Desk, Trainee, Path], Any]] = {
    "trainees.edit": lambda d, p, t: trainees.edit(d, replace(p, phone="1")),
    "trainees.add_benefit": lambda d, p, t: trainees.add_benefit(
        d, Benefit(trainee_id=p.id, benefit="general_support", payer="kela", begins=DAY)
    ),
    "trainees.edit_benefit": lambda d, p, t: trainees.edit_benefit(
        d, replace(_first(trainees.benefits(d, p.id)), payer_name="x")
    ),
    "trainees.remove_benefit": lambda d, p, t: trainees.remove_benefit(d, 1),
    "trainees.add_own_view": lambda d, p, t: trainees.add_own_view(
        d, OwnView(trainee_id=p.id, subject="note:1", text="x", on_day=DAY)
    ),
    "trainees.remove_own_view": lambda d, p, t: trainees.remove_own_view(d, 1),
    "periods.add": lambda d, p, t: periods.add(
        d, Period(trainee_id=p.id, workshop_id=1, service_kind="work_try_out", begins=DAY)
    ),
    "periods.edit": lambda d, p, t: periods.edit(
        d, replace(_first(periods.of_trainee(d, p.id)).period, decision_number="1")
    ),
    "periods.end": lambda d, p, t: periods.end(d, _period(d, p), day=DAY, reason="as_agreed"),
    "attendance.record_day": lambda d, p, t: attendance.record_day(d, _period(d, p), DAY, "remote"),
    "attendance.clear_many": lambda d, p, t: attendance.clear_many(d, [(_period(d, p), DAY)]),
    "notes.add": lambda d, p, t: notes.add(
        d, Note(trainee_id=p.id, at=NOON, kind="phone", text="x")
    ),
    "notes.edit": lambda d, p, t: notes.edit(
        d, replace(_first(notes.of_trainee(d, p.id)).note, text="x")
    ),
    "notes.remove": lambda d, p, t: notes.remove(d, 1),
    "notes.restore": lambda d, p, t: notes.restore(d, 2),
    "notes.follow_up": lambda d, p, t: notes.follow_up(d, 1, done=DAY),
    "notes.record_elsewhere": lambda d, p, t: notes.record_elsewhere(
        d, RecordedElsewhere(note_id=1, system="x", on_day=DAY, by_whom="y")
    ),
    "phases.open_phase": lambda d, p, t: phases.open_phase(d, p.id, 2, opened=DAY),
    "phases.close_phase": lambda d, p, t: phases.close_phase(d, 1),
    "phases.remove_opening": lambda d, p, t: phases.remove_opening(d, 1),
    "phases.set_next_step": lambda d, p, t: phases.set_next_step(d, p.id, "x"),
    "phases.edit_next_step": lambda d, p, t: phases.edit_next_step(
        d, replace(phases.next_step(d, p.id), text="x")
    ),
    "appointments.add": lambda d, p, t: appointments.add(
        d, Appointment(trainee_id=p.id, at=NOON.replace(day=29), kind="conversation")
    ),
    "appointments.tell_outcome": lambda d, p, t: appointments.tell_outcome(d, 1, "came"),
    "appointments.remove": lambda d, p, t: appointments.remove(d, 1),
    "coaching.begin": lambda d, p, t: coaching.begin(d, Coaching(trainee_id=p.id, begins=DAY)),
    "coaching.remove": lambda d, p, t: coaching.remove(d, 1),
    "coaching.grade": lambda d, p, t: coaching.grade(
        d, Feedback(trainee_id=p.id, grade=9, on_day=DAY)
    ),
    "coaching.remove_grade": lambda d, p, t: coaching.remove_grade(d, 1),
    "plans.begin": lambda d, p, t: plans.begin(d, p.id, "coaching_plan"),
    "plans.remove": lambda d, p, t: plans.remove(d, 2),
    "plan_items.set_language": lambda d, p, t: plan_items.set_language(d, 1, "sv"),
    "plan_items.explain": lambda d, p, t: plan_items.explain(d, 1, language="fi", by="x"),
    "plans_by_others.record_others": lambda d, p, t: plans_by_others.record_others(
        d, Plan(trainee_id=p.id, kind="activation_plan", ours=False, maker="TE", made=DAY)
    ),
    "attachments.add": lambda d, p, t: attachments.add(
        d, p.id, replace(kept_file(t), content=b"%PDF-1.7\n% other\n%%EOF\n"), _looked(), title="x"
    ),
    "attachments.remove": lambda d, p, t: attachments.remove(d, 1),
    "consents.give": lambda d, p, t: consents.give(
        d, p.id, recipient="kela", scopes=("basic",), valid_to=date(2027, 6, 1)
    ),
    "consents.permit": lambda d, p, t: consents.permit(d, p.id, to_whom="x", covers="y"),
    "consent_corrections.take_back": lambda d, p, t: consent_corrections.take_back(d, 1),
    "information.give": lambda d, p, t: information.give(
        d, p.id, language="fi", given=DAY, given_by="x"
    ),
    "removed.bring_back": lambda d, p, t: removed.bring_back(d, 1),
}  # fmt: skip


def _looked() -> Any:
    from coachdesk.domain.attachment import LookedAt

    return LookedAt(pages=1)


@pytest.mark.parametrize("name", WRITING)
def test_archived_trainee_refuses_every_writing_act(
    desk: Desk, person: Trainee, tmp_path: Path, name: str
) -> None:
    before, files = everything(desk), sorted((desk.folder / "files").iterdir())

    with pytest.raises(Refused, match="Malla Mallinen is archived"):
        WRITING[name](desk, person, tmp_path)
    assert everything(desk) == before
    assert sorted((desk.folder / "files").iterdir()) == files


def test_every_act_that_changes_something_is_refused_at_its_line_of_the_log(
    desk: Desk, person: Trainee
) -> None:
    for act in (*WRITTEN, "handover.accept"):
        with desk.writing() as unit, pytest.raises(Refused, match="archived"):
            unit.log(act, trainee_id=person.id)


def test_what_a_person_may_always_ask_for_stays_possible(desk: Desk, person: Trainee) -> None:
    consents.withdraw(desk, 1)
    consents.forbid(desk, person.id, recipient=BODY)
    rights_requests.record(desk, RightsRequest(trainee_id=person.id, kind="erasure", asked=DAY, what="x"))
    drafts.keep(desk, "note", f"trainee:{person.id}", "x", 1)

    assert trainees.page(desk, person.id).archived == date(2026, 12, 15)


def test_summary_of_an_archived_trainee_is_looked_at_and_stops_nobody_elses(
    desk: Desk, person: Trainee, tmp_path: Path
) -> None:
    pair = paired(desk, tmp_path)
    other = trainees.register(desk, Trainee(family_name="Aho"))
    consents.give(desk, other.id, recipient=BODY, scopes=("basic",), valid_to=date(2027, 6, 1))
    pair.send()

    assert len(listing.listed(pair.region, desk.clock.today())["summaries"]) == 2


def test_only_a_lead_coach_reopens_and_says_why(desk: Desk, person: Trainee) -> None:
    with pytest.raises(Refused, match="State a reason"):
        archive.reopen(desk, person.id, " ")
    archive.reopen(desk, person.id, "Palasi")
    with pytest.raises(Refused, match="not archived"):
        archive.reopen(desk, person.id, "Palasi")
    trainees.edit(desk, replace(trainees.get(desk, person.id), phone="1"))

    rows = access_log.of_trainee(desk, person.id).rows
    assert next(row.line.why for row in rows if row.line.act == "trainee.reopen") == "Palasi"


def test_coach_who_does_not_lead_cannot_reopen(desk: Desk, person: Trainee) -> None:
    from coachdesk.store import workshops

    with desk.writing() as unit:
        workshops.COACHES.put(unit, replace(workshops.COACHES.get(unit, 1), role="coach"))
        unit.commit()

    with pytest.raises(Refused, match="Only the lead coach"):
        archive.reopen(desk, person.id, "Palasi")


def test_running_service_is_not_archived(desk: Desk, tmp_path: Path) -> None:
    runs = trainees.register(desk, Trainee(family_name="Toinen"))
    furnish(desk, runs, tmp_path)

    with pytest.raises(Refused, match="has not ended"):
        archive.archive(desk, runs.id)
    with desk.reading() as unit:
        assert keeping.services_of(unit, runs.id)
    assert archive.since(desk, runs.id) is None


def test_today_asks_for_nothing_that_would_be_refused(desk: Desk, tmp_path: Path) -> None:
    person = trainees.register(desk, Trainee(family_name="Mallinen", responsible_coach_id=1))
    furnish(desk, person, tmp_path)
    step = phases.next_step(desk, person.id)
    phases.edit_next_step(desk, replace(step, due=DAY))
    past = Appointment(trainee_id=person.id, at=NOON, kind="conversation", coach_id=1)
    appointments.add(desk, past)
    appointments.add(desk, replace(past, at=NOON.replace(day=16)))
    periods.end(desk, _period(desk, person), day=date(2026, 12, 10), reason="as_agreed")
    assert [one.kind for one in today.sheet(desk).attention] == ["step_late"]
    assert len(appointments.untold(desk)) == len(today.sheet(desk).coming) == 1

    archive.archive(desk, person.id)
    assert today.sheet(desk).attention == ()
    assert today.sheet(desk).coming == ()
    assert appointments.untold(desk) == ()
