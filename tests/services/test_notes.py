"""Contact notes: kept, edited, put away, recorded elsewhere, copied."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from coachdesk.clock import HELSINKI
from coachdesk.domain.notes import Note, RecordedElsewhere
from coachdesk.domain.trainee import OwnView, Trainee
from coachdesk.errors import Refused
from coachdesk.services import notes, trainees
from coachdesk.services.desk import Desk


@pytest.fixture
def note(desk: Desk) -> Note:
    person = trainees.register(
        desk, Trainee(family_name="Mäkelä", given_names="Säde", personal_identity_code="241278-9553")
    )
    return Note(
        trainee_id=person.id,
        at=datetime(2026, 12, 14, 13, 5, tzinfo=HELSINKI),
        minutes=12,
        kind="phone_call",
        place="phone",
        text="Puutarhalta hyvä palaute.\r\nSovittiin tutustumisesta.  ",
        follow_up=date(2026, 12, 17),
    )


def test_note_is_kept_with_its_lines_and_its_writer(desk: Desk, note: Note) -> None:
    kept = notes.add(desk, note)
    (sheet,) = notes.of_trainee(desk, note.trainee_id)
    assert sheet.note.text == "Puutarhalta hyvä palaute.\nSovittiin tutustumisesta."
    assert sheet.note.at == note.at
    assert (sheet.note.id, sheet.coach) == (kept.id, "Aino Mallikas")


def test_empty_note_and_one_from_the_future_are_refused(desk: Desk, note: Note) -> None:
    with pytest.raises(Refused):
        notes.add(desk, replace(note, text="  \n"))
    with pytest.raises(Refused):
        notes.add(desk, replace(note, at=datetime(2026, 12, 15, 9, 15, tzinfo=HELSINKI)))


def test_removed_note_is_out_of_sight_and_comes_back(desk: Desk, note: Note) -> None:
    kept = notes.add(desk, note)
    notes.remove(desk, kept.id)
    assert notes.of_trainee(desk, note.trainee_id) == ()
    notes.restore(desk, kept.id)
    assert len(notes.of_trainee(desk, note.trainee_id)) == 1


def test_list_of_not_recorded_shrinks_by_each_mark(desk: Desk, note: Note) -> None:
    one, two = notes.add(desk, note), notes.add(desk, replace(note, text="Toinen."))
    assert [n.note.id for n in notes.not_recorded(desk)] == [one.id, two.id]
    mark = notes.record_elsewhere(
        desk,
        RecordedElsewhere(note_id=one.id, system="TYPPI", on_day=date(2026, 12, 15), by_whom="Aino Mallikas"),
    )
    assert [n.note.id for n in notes.not_recorded(desk)] == [two.id]
    assert notes.not_recorded(desk)[0].trainee == "Mäkelä, Säde"
    assert notes.other_system(desk) == "TYPPI"
    notes.unmark_elsewhere(desk, mark.id)
    assert len(notes.not_recorded(desk)) == 2


def test_copy_is_plain_structured_text_in_either_language_without_the_code(desk: Desk, note: Note) -> None:
    kept = notes.add(desk, note)
    view = OwnView(
        trainee_id=note.trainee_id,
        subject=f"note:{kept.id}",
        disagrees=True,
        text="En sanonut niin.",
        on_day=date(2026, 12, 14),
    )
    trainees.add_own_view(desk, view)
    text = notes.copy_text(desk, kept.id, "en")
    assert text.splitlines() == [
        "Person: Säde Mäkelä",
        "Time: 14\u00a0Dec\u00a02026 13:05",
        "Kind: phone call",
        "Place: by phone",
        "Length: 12 min",
        "Recorded by: Aino Mallikas",
        "Follow-up: 17\u00a0Dec\u00a02026",
        "",
        "Puutarhalta hyvä palaute.",
        "Sovittiin tutustumisesta.",
        "",
        "The trainee disagrees: En sanonut niin.",
    ]
    assert "241278" not in text
    assert "telefonsamtal" in notes.copy_text(desk, kept.id, "sv")


def test_follow_up_is_due_until_it_is_done(desk: Desk, note: Note) -> None:
    kept = notes.add(desk, note)
    assert [n.id for n in notes.follow_ups(desk, date(2026, 12, 17))] == [kept.id]
    assert notes.follow_ups(desk, date(2026, 12, 16)) == ()
    notes.follow_up(desk, kept.id, done=date(2026, 12, 15))
    assert notes.follow_ups(desk, date(2026, 12, 17)) == ()
