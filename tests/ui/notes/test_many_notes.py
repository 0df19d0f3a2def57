"""A person of whom very much is written: the page is there at once, and every note is reached."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.domain.notes import Note
from coachdesk.services import notes, trainees
from coachdesk.services.desk import Desk
from coachdesk.store.notes import NOTES
from coachdesk.ui.notes.not_recorded import NotRecordedDialog
from coachdesk.ui.notes.screen import NotesTab
from coachdesk.ui.notes.timeline import AT_ONCE
from coachdesk.ui.shell import Shell
from tests.ui.notes.test_notes import person, tab  # noqa: F401 - fixtures

MANY = 2 * AT_ONCE + 30


@pytest.fixture
def filled(desk: Desk, person: int) -> int:  # noqa: F811
    """The person with many notes, the newest of which is 0."""
    now = desk.clock.now()
    with desk.writing() as unit:
        for number in range(MANY):
            at = now - timedelta(hours=number + 1)
            NOTES.add(
                unit,
                Note(trainee_id=person, at=at, kind="conversation", text=f"Puhuttu {number}.", coach_id=1),
            )
        unit.commit()
    return person


def test_only_the_first_rows_are_measured_until_it_is_scrolled(tab: NotesTab, filled: int) -> None:  # noqa: F811
    tab.refresh()
    assert tab.list.notes.rowCount() == AT_ONCE

    bar = tab.list.verticalScrollBar()
    while tab.list.notes.rowCount() < MANY:
        before = bar.maximum()
        bar.setValue(bar.maximum())
        QApplication.processEvents()
        assert bar.maximum() > before  # further down there is always more
    bar.setValue(bar.maximum())
    assert tab.list.indexAt(tab.list.viewport().rect().bottomLeft()).row() in (-1, MANY - 1)


def test_end_goes_to_the_oldest_note(tab: NotesTab, filled: int, qtbot: QtBot) -> None:  # noqa: F811
    tab.refresh()
    qtbot.keyClick(tab.list, Qt.Key.Key_End)

    assert tab.chosen.note.text == f"Puhuttu {MANY - 1}."


def test_an_old_note_stays_chosen_when_the_list_is_read_again(tab: NotesTab, filled: int) -> None:  # noqa: F811
    tab.refresh()
    tab.list.choose(MANY - 5)
    tab.refresh()

    assert tab.chosen.note.text == f"Puhuttu {MANY - 5}."
    assert tab.list.viewport().rect().intersects(tab.list.visualRect(tab.list.currentIndex()))


def test_the_search_finds_a_note_that_was_not_seen_yet(tab: NotesTab, filled: int) -> None:  # noqa: F811
    tab.refresh()
    tab.search.setText(f"Puhuttu {MANY - 1}")

    assert [sheet.note.text for sheet in tab.list.notes.rows] == [f"Puhuttu {MANY - 1}."]
    tab.search.setText("")
    assert tab.list.notes.rowCount() == AT_ONCE


def test_a_list_of_what_is_not_recorded_says_that_it_is_not_all(
    qtbot: QtBot, shell: Shell, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notes, "MOST_LISTED", 2)
    one = trainees.register(desk, trainees.Trainee(family_name="Aho", given_names="Elli"))
    for text in ("Yksi.", "Kaksi."):
        notes.add(desk, Note(trainee_id=one.id, at=desk.clock.now(), kind="conversation", text=text))
    dialog = NotRecordedDialog(shell)
    qtbot.addWidget(dialog)

    assert dialog.count.text() == "The oldest 2; more come as these are marked."
