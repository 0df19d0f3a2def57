"""The log as people read it: nothing done with a trainee's data is left out, and reading it is an act."""

from dataclasses import replace
from datetime import date

import pytest

from coachdesk.domain.access_log import LogFilter
from coachdesk.domain.acts import ActKind
from coachdesk.domain.notes import Note
from coachdesk.domain.trainee import Trainee
from coachdesk.errors import Refused
from coachdesk.services import access_log, forms, notes, trainees
from coachdesk.services.desk import Desk
from tests.printing import reading


def a_person(desk: Desk, name: str = "Yli-Rantala") -> Trainee:
    return trainees.register(desk, Trainee(family_name=name, given_names="Tero", service_language="sv"))


def acts(sheet: access_log.LogSheet) -> list[str]:
    return [row.line.act for row in sheet.rows]


def test_a_trainees_log_tells_every_act_newest_first_and_of_nobody_else(desk: Desk) -> None:
    person, other = a_person(desk), a_person(desk, "Åbacka")
    trainees.page(desk, person.id)
    trainees.page(desk, other.id)
    trainees.edit(desk, replace(person, phone="000 1234"))

    assert acts(access_log.of_trainee(desk, person.id)) == [
        "trainee.edit",
        "trainee.open",
        "trainee.register",
    ]


def test_address_under_a_non_disclosure_is_not_told_even_where_it_was_changed(desk: Desk) -> None:
    person = a_person(desk)
    trainees.edit(desk, replace(person, street_address="Gamla vägen 1"))
    trainees.edit(desk, replace(person, street_address="Ny väg 2", phone="000 1", non_disclosure=True))
    edits = [
        row.line.seq for row in access_log.of_trainee(desk, person.id).rows if row.line.act == "trainee.edit"
    ]

    told = [one for seq in edits for one in access_log.changes(desk, seq) or ()]

    assert "väg" not in repr(told).casefold()
    assert [one.hidden for one in told if one.name == "street_address"] == [True, True]
    assert any(one.name == "phone" and one.after == "000 1" for one in told)


def test_reading_the_log_stands_in_the_log(desk: Desk) -> None:
    person = a_person(desk)
    access_log.of_trainee(desk, person.id)

    assert acts(access_log.of_trainee(desk, person.id))[0] == "access_log.of_trainee"
    access_log.of_desk(desk)
    assert acts(access_log.of_desk(desk))[0] == "access_log.open"


def test_a_line_names_the_coach_and_the_person(desk: Desk) -> None:
    a_person(desk)
    row = access_log.of_desk(desk).rows[0]

    assert (row.trainee, bool(row.coach)) == ("Yli-Rantala, Tero", True)


def test_the_desks_log_is_narrowed_by_days_coach_and_kind(desk: Desk) -> None:
    a_person(desk)
    looks = access_log.acts_of(ActKind.LOOK)
    today = desk.clock.today()

    assert "trainee.register" in acts(access_log.of_desk(desk, LogFilter(begins=today, ends=today)))
    assert acts(access_log.of_desk(desk, LogFilter(ends=date(2020, 1, 1)))) == []
    assert acts(access_log.of_desk(desk, LogFilter(coach_id=99))) == []
    assert set(acts(access_log.of_desk(desk, LogFilter(acts=looks)))) <= looks


def test_only_a_lead_coach_reads_the_log_of_everybody(desk: Desk) -> None:
    from coachdesk.store import workshops

    person = a_person(desk)
    with desk.writing() as unit:
        me = workshops.COACHES.get(unit, desk.coach_id)
        workshops.COACHES.put(unit, replace(me, role="coach"))
        unit.commit()

    with pytest.raises(Refused):
        access_log.of_desk(desk)
    assert acts(access_log.of_trainee(desk, person.id))  # of one's own trainee everybody may


def test_a_changed_value_is_told_before_and_after(desk: Desk) -> None:
    person = a_person(desk)
    trainees.edit(desk, replace(person, phone="000 1234"))
    row = access_log.of_trainee(desk, person.id).rows[0]

    found = access_log.changes(desk, row.line.seq)

    assert found is not None
    assert [(one.name, one.before, one.after) for one in found if one.name == "phone"] == [
        ("phone", "", "000 1234")
    ]


def test_values_of_a_person_whose_key_is_destroyed_are_gone_and_said_to_be(desk: Desk) -> None:
    from coachdesk.store import access_log as store

    person = a_person(desk)
    seq = access_log.of_trainee(desk, person.id).rows[-1].line.seq
    with desk.writing() as unit:
        store.destroy_key(unit.connection, person.id)
        unit.commit()

    assert access_log.changes(desk, seq) is None


def test_the_report_tells_who_looked_in_the_trainees_language_and_is_logged_with_its_reason(
    desk: Desk,
) -> None:
    person = a_person(desk)
    trainees.page(desk, person.id)
    trainees.page(desk, person.id)

    printed = forms.log_report(desk, person.id, why="asked at the desk")
    text = reading.text(printed.pdf)

    assert printed.language == "sv"
    assert "Deltagarens sida öppnad" in text
    assert "Deltagaren registrerad" in text
    row = access_log.of_trainee(desk, person.id).rows[0]
    assert (row.line.act, row.line.why) == ("access_log.print", "asked at the desk")


def test_a_note_copied_out_is_told_as_given_out(desk: Desk) -> None:
    person = a_person(desk)
    kept = notes.add(desk, Note(trainee_id=person.id, at=desk.clock.now(), kind="conversation", text="Talk."))
    notes.copy_text(desk, kept.id, "fi")

    paper, _language = access_log.report(desk, person.id, desk.clock.today(), desk.clock.today())

    assert [row.act for row in paper.given] == ["Note copied as text"]
