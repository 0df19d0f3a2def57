import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from coachdesk.clock import HELSINKI
from coachdesk.domain import letter_kinds
from coachdesk.domain.appointments import Appointment
from coachdesk.domain.attachment import LookedAt
from coachdesk.domain.comparing import How
from coachdesk.domain.handover import ACCEPTED, GROUNDS, REFUSED, WAITS, Arrived
from coachdesk.domain.notes import Note
from coachdesk.domain.period import Period
from coachdesk.domain.region_letters import RegionLetter
from coachdesk.domain.trainee import OwnView, Trainee
from coachdesk.errors import Problem, Refused, Unreadable
from coachdesk.i18n import say
from coachdesk.services import (
    access_log,
    appointments,
    arriving,
    attachments,
    attendance,
    coaching,
    consents,
    giving,
    handing_over,
    letter_lists,
    notes,
    other_desks,
    periods,
    phases,
    plan_sheets,
    plans,
    taking_over,
    trainees,
    workshops,
)
from coachdesk.services.arriving import Opened
from coachdesk.services.desk import Desk
from coachdesk.store import letters as kept_letters
from coachdesk.store import plans as kept_plans
from coachdesk.store.unit import Unit

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


def test_everything_open_and_every_paper_arrives(two: Two):
    arrived = looked(two.taker, two.file())

    assert (arrived.name, arrived.onto, arrived.papers) == ("Malla Mallinen", None, 1)
    assert {task.kind for task in arrived.tasks} == {"next_step", "appointment"}
    assert arrived.met.new["attended_day"] == 3
    assert not arrived.desk.known
    assert arrived.desk.fingerprint == other_desks.own(two.giver).fingerprint


def test_accepted_trainee_is_whole_under_numbers_of_the_new_desk(two: Two):
    taken = two.accept(two.file())
    who = taken.trainee_id

    assert trainees.show_code(two.taker, who) == CODE
    [note] = notes.of_trainee(two.taker, who)
    assert note.note.text == "Puhuttiin työstä"
    [view] = trainees.own_views(two.taker, who)
    assert view.subject == f"note:{note.note.id}"
    [paper] = attachments.page(two.taker, who).sheets
    assert attachments.open_(two.taker, paper.attachment.id) == PDF
    assert paper.number
    [agreement] = periods.of_trainee(two.taker, who)
    shops = {shop.id: shop.name_fi for shop in workshops.all_workshops(two.taker)}
    assert shops[agreement.period.workshop_id] == "Mallipaja"
    shown = attendance.history(two.taker, who)
    assert sum(len(row.marks) for row in shown.rows) == 3


def test_open_tasks_stand_on_today_of_the_receiver(two: Two):
    who = two.accept(two.file()).trainee_id

    assert phases.next_step(two.taker, who).text == "Soitetaan"
    assert [one.where for one in appointments.of_trainee(two.taker, who)] == ["Paja"]
    assert trainees.get(two.taker, who).responsible_coach_id == two.taker.coach_id


def test_consents_and_permissions_stay_with_whom_they_were_given_to(two: Two):
    consents.give(two.giver, two.person.id, recipient=BODY, scopes=("basic",), valid_to=date(2027, 6, 1))
    leaving = handing_over.leaving(two.giver, two.person.id)
    arrived = looked(two.taker, two.file())

    assert leaving.stays == {"consent": 1}
    assert arrived.consents == 1
    assert "consent" not in arrived.met.new


def test_only_the_periods_of_one_controller_go_where_there_are_two(two: Two):
    other = periods.add(
        two.giver,
        Period(
            trainee_id=two.person.id, workshop_id=1, service_kind="work_try_out", controller="kela",
            purchaser="kela", ground="agreement", begins=date(2026, 12, 1),
        ),
    )  # fmt: skip
    attendance.record_day(two.giver, other.id, date(2026, 12, 9), "present", minutes=60)
    leaving = handing_over.leaving(two.giver, two.person.id, f"{BODY}:")
    arrived = looked(two.taker, two.file(controller=f"{BODY}:"))

    assert len(leaving.controllers) == 2
    assert leaving.stays == {"period": 1, "attended_day": 1}
    assert (arrived.met.new["period"], arrived.met.new["attended_day"]) == (1, 3)


def test_answer_says_that_it_was_accepted_and_both_logs_say_to_whom_and_why(two: Two):
    taken = two.accept(two.file())
    answered = handing_over.read_answer(two.giver, taken.answer.read_bytes())
    again = handing_over.read_answer(two.giver, taken.answer.read_bytes())

    assert answered.handover.state == ACCEPTED
    assert answered.line == "Malla Mallinen: accepted by Toinen paja."
    assert (answered.news, again.news) == (True, False)
    given = {row.line.act: row.line for row in access_log.of_trainee(two.giver, two.person.id).rows}
    got = {row.line.act: row.line for row in access_log.of_trainee(two.taker, taken.trainee_id).rows}
    assert given["handover.write"].why == GROUNDS["ended"]
    assert got["handover.accept"].why == GROUNDS["ended"]


def test_refused_handover_keeps_nothing_and_says_why(two: Two):
    file = two.file()
    taken = taking_over.refuse(two.taker, two.read(file), reason="other", words="Ei sovittu")
    answered = handing_over.read_answer(two.giver, taken.answer)

    assert taken.trainee_id is None
    assert answered.line == "Malla Mallinen: refused by Toinen paja. Ei sovittu"
    assert handing_over.of_trainee(two.giver, two.person.id)[0].state == REFUSED
    assert len(trainees.listing(two.taker)) == 3


def test_handover_is_taken_over_once(two: Two):
    file = two.file()
    first = two.accept(file)

    with pytest.raises(Refused, match="taken over on"):
        two.accept(file)
    first.answer.unlink()
    again = taking_over.answered(two.taker, two.read(file).file.uid)
    assert taking_over.carry(again, two.folder) == first.answer
    assert looked(two.taker, file).answered == ACCEPTED


def test_desk_that_is_not_known_is_compared_first(two: Two):
    file = two.file()

    with pytest.raises(Refused, match="Compare its fingerprint") as refused:
        taken(two.taker, file, two.folder)
    assert other_desks.own(two.giver).fingerprint in say(refused.value)
    assert len(trainees.listing(two.taker)) == 3


def test_file_for_somebody_else_is_one_sentence_in_both_languages(
    two: Two, tmp_path: Path, made_desk: Any, reopen: Any, language: Any
):
    third = reopen(Path(shutil.copytree(made_desk[0], tmp_path / "third")))
    other_desks.own(third)

    with pytest.raises(Unreadable) as refused:
        looked(third, two.file())
    said = set()
    for code in ("en", "fi", "sv"):
        language(code)
        said.add(say(refused.value))
    assert len(said) == 3  # the sentence stands in each language


@pytest.mark.parametrize("cut", [0, 1, 30, 300, -1, -40])
def test_cut_file_is_refused_and_nothing_is_kept(two: Two, cut: int):
    file = two.file()
    file.write_bytes(file.read_bytes()[:cut])

    with pytest.raises(Unreadable):
        two.accept(file)
    assert len(trainees.listing(two.taker)) == 3
    assert not list((two.taker.folder / "files").glob("*"))


def test_each_changed_byte_is_refused(two: Two):
    whole = (file := two.file()).read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 60)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(Problem):
            two.accept(file)
    assert len(trainees.listing(two.taker)) == 3
    assert not list((two.taker.folder / "files").glob("*"))


def test_file_of_a_newer_program_is_told_so(two: Two):
    file = two.file()
    file.write_bytes(file.read_bytes().replace(b"coachdesk-handover 1 ", b"coachdesk-handover 2 ", 1))

    with pytest.raises(Unreadable, match="newer version"):
        looked(two.taker, file)


def test_newer_rows_are_told_so(two: Two, monkeypatch: pytest.MonkeyPatch):
    real = handing_over.everything

    def newer(unit: Any, trainee_id: int) -> Any:
        found = real(unit, trainee_id)
        found["note"][0]["mood"] = "good"
        return found

    monkeypatch.setattr(giving, "everything", newer)
    with pytest.raises(Unreadable, match="Update CoachDesk"):
        looked(two.taker, two.file())


def test_paper_that_lies_about_its_kind_stops_the_whole_handover(two: Two, monkeypatch: pytest.MonkeyPatch):
    real = handing_over.everything

    def lying(unit: Any, trainee_id: int) -> Any:
        found = real(unit, trainee_id)
        found["attachment"][0]["kind"] = "png"
        return found

    monkeypatch.setattr(giving, "everything", lying)
    with pytest.raises(Unreadable, match="not what it says"):
        two.accept(two.file())
    assert len(trainees.listing(two.taker)) == 3


def test_existing_person_is_met_by_code_and_compared_value_by_value(two: Two):
    here = trainees.register(
        two.taker,
        Trainee(family_name="Mallinen", given_names="Malla", personal_identity_code=CODE, phone="050 2"),
    )
    arrived = looked(two.taker, file := two.file())

    assert (arrived.onto, arrived.by_code) == (here.id, True)
    [phone] = [value for value in arrived.met.values if value.name.endswith("\nphone")]
    assert (phone.mine, phone.theirs, phone.how) == ("050 2", "040 1", How.BOTH)
    with pytest.raises(Refused, match="Choose one of the two"):
        two.accept(file, onto=here.id)
    taken = two.accept(file, onto=here.id, theirs=[phone.name])
    assert taken.trainee_id == here.id
    assert trainees.get(two.taker, here.id).phone == "040 1"
    assert len(notes.of_trainee(two.taker, here.id)) == 1


def test_protected_address_is_compared_behind_dots(two: Two):
    here = trainees.register(
        two.taker,
        Trainee(
            family_name="Mallinen", given_names="Malla", personal_identity_code=CODE,
            street_address="Salakuja 7", non_disclosure=True,
        ),
    )  # fmt: skip
    trainees.edit(two.giver, replace(trainees.get(two.giver, two.person.id), street_address="Piilotie 9"))
    arrived = looked(two.taker, file := two.file(), onto=here.id)

    assert "Salakuja" not in repr(arrived) and "Piilotie" not in repr(arrived)
    [value] = [value for value in arrived.met.values if value.name.endswith("\nstreet_address")]
    assert value.how is How.BOTH and value.mine != value.theirs
    two.accept(file, onto=here.id, theirs=[value.name])
    assert trainees.get(two.taker, here.id).street_address == "Piilotie 9"


def test_next_handover_knows_what_went_before_and_asks_only_where_both_changed(two: Two):
    who = two.accept(two.file()).trainee_id
    trainees.edit(two.taker, replace(trainees.get(two.taker, who), email="uusi@esimerkki.fi"))
    trainees.edit(two.giver, replace(trainees.get(two.giver, two.person.id), phone="040 9"))
    attendance.record_day(
        two.giver, periods.of_trainee(two.giver, two.person.id)[0].period.id, date(2026, 12, 10), "present",
        minutes=240,
    )  # fmt: skip
    arrived = looked(two.taker, file := two.file())

    assert arrived.met.new == {"attended_day": 1}
    hows = {value.name.split("\n")[2]: value.how for value in arrived.met.values}
    assert hows == {"phone": How.ONLY_THEIRS, "email": How.ONLY_MINE}
    two.accept(file, onto=who)
    after = trainees.get(two.taker, who)
    assert (after.phone, after.email) == ("040 9", "uusi@esimerkki.fi")
    assert len(attachments.page(two.taker, who).sheets) == 1


def test_what_was_removed_here_since_stays_removed(two: Two):
    who = two.accept(two.file()).trainee_id
    notes.remove(two.taker, notes.of_trainee(two.taker, who)[0].note.id)
    two.accept(file := two.file(), onto=who)

    assert file
    assert notes.of_trainee(two.taker, who) == ()


def test_number_of_a_plan_that_is_given_here_already_is_told_apart(two: Two):
    other = trainees.register(two.taker, Trainee(family_name="Toinen"))
    own = _plan_of(two.taker, plans.begin(two.taker, other.id, "coaching_plan").plan_id)
    who = two.accept(two.file()).trainee_id
    [row] = plan_sheets.sheet(two.taker, who).rows

    assert row.plan.number.endswith(f"/{own}")
    assert _plan_of(two.taker, plans.begin(two.taker, who, "coaching_plan").plan_id) not in (
        own,
        row.plan.number,
    )


def _plan_of(desk: Desk, plan_id: int) -> str:
    with desk.reading() as unit:
        return kept_plans.PLANS.get(unit, plan_id).number


def test_stick_that_takes_nothing_gives_nothing_out(two: Two):
    with pytest.raises(Problem):
        giving.hand_over(two.giver, two.person.id, two.to, Path("/proc/nowhere"), ground="ended")
    assert handing_over.of_trainee(two.giver, two.person.id) == ()


def test_nothing_is_given_without_a_ground_or_to_an_unknown_desk(two: Two):
    with pytest.raises(Refused, match="on what ground"):
        two.file(ground="")
    with pytest.raises(Refused, match="public file"):
        giving.hand_over(two.giver, two.person.id, "x" * 43, two.folder, ground="ended")


def test_file_says_nothing_of_the_person(two: Two):
    file = two.file()

    assert b"Mallinen" not in file.read_bytes()
    assert "allinen" not in file.name
    assert handing_over.of_trainee(two.giver, two.person.id)[0].state == WAITS


def test_own_card_and_a_broken_one_are_refused(two: Two):
    own = other_desks.write_card(other_desks.give_card(two.giver), two.folder)
    with pytest.raises(Refused, match="this very desk"):
        other_desks.take_in(two.giver, other_desks.read_card(own))
    value = json.loads(own.read_text())
    own.write_text(json.dumps({**value, "desk": 2}))
    with pytest.raises(Unreadable, match="newer"):
        other_desks.look_at_card(two.taker, other_desks.read_card(own))
    own.write_text("[]")
    with pytest.raises(Unreadable, match="not the public file"):
        other_desks.look_at_card(two.taker, other_desks.read_card(own))


def test_answer_of_another_desk_about_ours_is_refused(two: Two, tmp_path: Path, made_desk: Any, reopen: Any):
    taken = two.accept(two.file())
    with pytest.raises(Unreadable, match="another desk"):
        handing_over.read_answer(two.taker, taken.answer.read_bytes())
    content = taken.answer.read_bytes()
    taken.answer.write_bytes(content[:-6] + b"AAAAAA")
    with pytest.raises(Unreadable):
        handing_over.read_answer(two.giver, taken.answer.read_bytes())
    assert coaching.of_trainee(two.taker, taken.trainee_id) == ()


def test_a_public_file_exchanged_since_its_fingerprint_was_compared_is_not_taken_in(two: Two) -> None:
    file = other_desks.write_card(other_desks.give_card(two.taker), two.folder)
    card = other_desks.read_card(file)
    found = other_desks.look_at_card(two.giver, card)
    file.write_bytes(b"another desk")
    assert other_desks.take_in(two.giver, card).fingerprint == found.fingerprint


def test_file_exchanged_since_it_was_looked_at_is_not_taken_over(two: Two) -> None:
    file = two.file()
    opened = two.read(file)
    file.write_bytes(two.file().read_bytes())
    with pytest.raises(Unreadable, match="changed"):
        arriving.fetch(two.taker.folder, opened)
    assert not list((two.taker.folder / "files").glob("*"))


def test_nobody_waits_to_save_while_a_stick_is_slow(two: Two) -> None:
    saved: list[int] = []

    def save(desk: Desk) -> Callable[[int, int], None]:
        return lambda done, whole: saved.append(
            trainees.register(desk, Trainee(family_name=f"{done} of {whole}")).id
        )

    file = giving.hand_over(
        two.giver, two.person.id, two.to, two.folder, ground="ended", progress=save(two.giver)
    ).file
    written = len(saved)
    opened = two.read(file)
    papers = arriving.fetch(two.taker.folder, opened, progress=save(two.taker))
    assert 2 <= written < len(saved)
    assert taking_over.accept(two.taker, opened, papers, compared=True).trainee_id


def test_share_gone_at_the_last_moment_is_told_and_the_log_says_that_nothing_was_given(two: Two) -> None:
    share = two.folder / "share"
    share.mkdir()
    with pytest.raises(Problem, match="cannot write"):
        giving.hand_over(
            two.giver,
            two.person.id,
            two.to,
            share,
            ground="ended",
            progress=lambda done, whole: shutil.rmtree(share) if done == whole else None,
        )
    assert handing_over.of_trainee(two.giver, two.person.id) == ()
    acts = [row.line.act for row in access_log.of_trainee(two.giver, two.person.id).rows]
    assert acts[:2] == ["handover.not_written", "handover.write"]
    day = two.giver.clock.today()
    assert access_log.report(two.giver, two.person.id, day, day)[0].given == ()


def test_the_trainees_report_of_the_log_names_the_desk_that_it_was_given_to(two: Two) -> None:
    two.file()
    day = two.giver.clock.today()
    [given] = access_log.report(two.giver, two.person.id, day, day)[0].given
    assert given.recipient.fi == handing_over.of_trainee(two.giver, two.person.id)[0].desk_name


def test_stopped_handover_leaves_nothing_on_the_stick_and_nothing_in_the_log(two: Two) -> None:
    told: list[int] = []
    with pytest.raises(Refused, match="Stopped"):
        giving.hand_over(
            two.giver,
            two.person.id,
            two.to,
            two.folder,
            ground="ended",
            progress=lambda done, _whole: told.append(done),
            cancelled=lambda: bool(told),
        )
    assert [one.name for one in two.folder.iterdir() if "handover" in one.name] == []
    assert handing_over.of_trainee(two.giver, two.person.id) == ()


def test_stopped_taking_over_keeps_no_paper(two: Two) -> None:
    with pytest.raises(Refused, match="Stopped"):
        arriving.fetch(two.taker.folder, two.read(two.file()), cancelled=lambda: True)
    assert not list((two.taker.folder / "files").glob("*"))


def test_paper_fetched_for_a_refused_taking_over_is_destroyed(two: Two) -> None:
    opened = two.read(two.file())
    papers = arriving.fetch(two.taker.folder, opened)
    with pytest.raises(Refused, match="fingerprint"):
        taking_over.accept(two.taker, opened, papers)
    assert not list((two.taker.folder / "files").glob("*"))


def test_interrupt_right_after_the_commit_leaves_every_paper_that_a_row_names(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = arrived_at(two.taker, two.file())
    papers = arriving.fetch(two.taker.folder, opened)
    commit = Unit.commit

    def interrupted(unit: Unit) -> None:
        commit(unit)
        raise KeyboardInterrupt

    monkeypatch.setattr(Unit, "commit", interrupted)
    with pytest.raises(KeyboardInterrupt):
        taking_over.accept(two.taker, opened, papers, compared=True)
    monkeypatch.undo()
    assert attachments.verify(two.taker) == ()
    assert len(list((two.taker.folder / "files").glob("*"))) == 1


def tell_worker(desk: Desk, person: Trainee, name: str, day: str, *, carried: bool = True) -> None:
    """A letter of a region about a new worker, put into the record or only read."""
    item = letter_kinds.made(
        "worker_changed", "c" * 32, "d" * 32, worker={"name": name, "phone": "06 1"}, from_day=day,
        words="Salaista", written="2026-12-01", **{"from": {"name": "Aino Esimerkki"}},
    )  # fmt: skip
    letter = RegionLetter(
        region_id="pohjanmaa", uid=name.lower(), kind="worker_changed", ref="d" * 32, content=item,
        received=NOON, state="done", trainee_id=person.id, taken_over=NOON if carried else None,
    )  # fmt: skip
    with desk.writing() as unit:
        kept_letters.LETTERS.add(unit, letter)
        unit.commit()


def test_the_regions_worker_is_known_at_the_new_desk_and_nothing_else_of_the_letter(two: Two):
    tell_worker(two.giver, two.person, "Bo Ek", "2026-11-01")
    tell_worker(two.giver, two.person, "Vain luettu", "2026-12-01", carried=False)
    file = two.file()
    assert two.read(file).rows["region_letter"][0].keys() == {"id", "kind", "content", "received", "body"}
    assert looked(two.taker, file).met.new["region_letter"] == 1
    done = two.accept(file)

    worker = trainees.page(two.taker, done.trainee_id).worker
    assert worker is not None and (worker.worker["name"], worker.worker["phone"]) == ("Bo Ek", "06 1")
    assert worker.ref == "" and "Salaista" not in str(worker.content) and "d" * 32 not in str(worker.content)
    assert letter_lists.listing(two.taker) == ()  # it is no letter to this desk
    assert looked(two.taker, two.file(), onto=done.trainee_id).met.new == {}


def test_the_regions_worker_goes_with_no_other_controller(two: Two):
    tell_worker(two.giver, two.person, "Bo Ek", "2026-11-01")
    goes = handing_over.leaving(two.giver, two.person.id, f"{BODY}:")
    assert "region_letter" not in goes.counts  # the region of the letter is not enrolled for this body


@pytest.mark.parametrize(
    "wrong", ["[]", '{"kind": "worker_changed"}', '{"kind": "question"}', '"worker_changed"']
)
def test_a_worker_that_is_none_is_refused(two: Two, monkeypatch: pytest.MonkeyPatch, wrong: str):
    tell_worker(two.giver, two.person, "Bo Ek", "2026-11-01")
    with monkeypatch.context() as lies:
        lies.setattr(letter_kinds, "worker_alone", lambda _item: json.loads(wrong))
        file = two.file()
    with pytest.raises(Unreadable):
        two.read(file)
