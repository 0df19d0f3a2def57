"""Two desks, somebody at the first with everything a record may hold, and the way over to the second."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from coachdesk.clock import HELSINKI
from coachdesk.domain.appointments import Appointment
from coachdesk.domain.attachment import LookedAt
from coachdesk.domain.handover import Arrived
from coachdesk.domain.notes import Note
from coachdesk.domain.period import Period
from coachdesk.domain.trainee import OwnView, Trainee
from coachdesk.services import (
    appointments,
    arriving,
    attachments,
    attendance,
    giving,
    notes,
    other_desks,
    periods,
    phases,
    plans,
    taking_over,
    trainees,
    workshops,
)
from coachdesk.services.arriving import Opened
from coachdesk.services.desk import Desk

CODE = "010190-900P"


BODY = "wellbeing_area_ostrobothnia"


NOON = datetime(2026, 12, 10, 12, 0, tzinfo=HELSINKI)


PDF = b"%PDF-1.7\n% a signed plan\n%%EOF\n"


@dataclass(frozen=True)
class Done:
    """A handover that was answered: the answer's file, and who it is here."""

    answer: Path
    trainee_id: int | None


def arrived_at(desk: Desk, file: Path) -> Opened:
    return taking_over.read(file, other_desks.keys_of(desk), desk.clock.today())


def looked(desk: Desk, file: Path, **more: Any) -> Arrived:
    return taking_over.look(desk, arrived_at(desk, file), **more)


def taken(desk: Desk, file: Path, folder: Path, **more: Any) -> Done:
    opened = arrived_at(desk, file)
    done = taking_over.accept(desk, opened, arriving.fetch(desk.folder, opened), **more)
    return Done(answer=taking_over.carry(done, folder), trainee_id=done.trainee_id)


def known_to(desk: Desk, other: Desk, folder: Path) -> str:
    """Carry the public file of a desk to another; its id."""
    card = other_desks.read_card(other_desks.write_card(other_desks.give_card(other), folder))
    return other_desks.take_in(desk, card).id


@dataclass(frozen=True)
class Two:
    """Two desks, the first of which knows the second, and somebody at the first."""

    giver: Desk
    taker: Desk
    person: Trainee
    folder: Path

    @property
    def to(self) -> str:
        return other_desks.known(self.giver)[0].id

    def file(self, **more: Any) -> Path:
        more = {"ground": "ended", **more}
        return giving.hand_over(self.giver, self.person.id, self.to, self.folder, **more).file

    def read(self, file: Path) -> Opened:
        return arrived_at(self.taker, file)

    def accept(self, file: Path, **more: Any) -> Any:
        return taken(self.taker, file, self.folder, compared=True, **more)


def kept_file(folder: Path) -> Any:
    path = folder / "plan.pdf"
    path.write_bytes(PDF)
    return attachments.read_file(path)


def furnish(desk: Desk, person: Trainee, folder: Path) -> None:
    period = periods.add(
        desk,
        Period(
            trainee_id=person.id, workshop_id=1, service_kind="rehabilitative_work_activity", controller=BODY,
            purchaser=BODY, ground="service_decision", begins=date(2026, 11, 2),
        ),
    )  # fmt: skip
    for day in (7, 8, 9):
        attendance.record_day(desk, period.id, date(2026, 12, day), "present", minutes=240)
    note = notes.add(desk, Note(trainee_id=person.id, at=NOON, kind="conversation", text="Puhuttiin työstä"))
    trainees.add_own_view(
        desk, OwnView(trainee_id=person.id, subject=f"note:{note.id}", text="Eri mieltä", on_day=NOON.date())
    )
    phases.set_next_step(desk, person.id, "Soitetaan", due=date(2026, 12, 21))
    appointments.add(
        desk, Appointment(trainee_id=person.id, at=NOON.replace(day=28), kind="conversation", where="Paja")
    )
    plan_id = plans.begin(desk, person.id, "coaching_plan").plan_id
    attachments.add(
        desk, person.id, kept_file(folder), LookedAt(pages=1), title="Suunnitelma", about=f"plan:{plan_id}:1"
    )


@pytest.fixture
def two(
    desk: Desk, made_desk: Any, tmp_path: Path, reopen: Callable[..., Desk], a_trainee: Callable[..., Trainee]
) -> Two:
    taker = reopen(Path(shutil.copytree(made_desk[0], tmp_path / "taker")))
    for number in range(3):  # numbers of its own
        trainees.register(taker, Trainee(family_name=f"Muu{number}"))
    workshops.edit_workshop(taker, replace(workshops.all_workshops(taker)[0], name_fi="Toinen paja"))
    folder = tmp_path / "stick"
    folder.mkdir()
    person = trainees.register(
        desk,
        Trainee(
            family_name="Mallinen", given_names="Malla", personal_identity_code=CODE, phone="040 1",
            responsible_coach_id=1,
        ),
    )  # fmt: skip
    furnish(desk, person, tmp_path)
    known_to(desk, taker, folder)
    return Two(desk, taker, person, folder)
