"""Notes on screen: a draft from the first key, a record by its button, the other system."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from coachdesk.clock import HELSINKI
from coachdesk.domain.notes import Note, RecordedElsewhere
from coachdesk.domain.trainee import Trainee
from coachdesk.services import drafts, notes, trainees
from coachdesk.services.desk import Desk
from coachdesk.ui.notes.forms import ElsewhereForm, OwnViewForm
from coachdesk.ui.notes.not_recorded import NotRecordedDialog
from coachdesk.ui.notes.screen import NotesTab
from coachdesk.ui.shell import Shell


@pytest.fixture
def person(desk: Desk) -> int:
    return trainees.register(desk, Trainee(family_name="Mäkelä", given_names="Säde")).id


@pytest.fixture
def tab(qtbot: QtBot, shell: Shell, person: int) -> NotesTab:
    tab = NotesTab(shell)
    qtbot.addWidget(tab)
    tab.resize(1118, 540)
    tab.show()
    tab.show_trainee(person)
    return tab


def kept(desk: Desk, person: int, text: str = "Puutarhalta hyvä palaute.") -> Note:
    at = datetime(2026, 12, 14, 13, 5, tzinfo=HELSINKI)
    return notes.add(
        desk, Note(trainee_id=person, at=at, kind="phone_call", text=text, follow_up=date(2026, 12, 17))
    )


def test_note_is_a_draft_from_the_first_key_and_a_record_by_ctrl_enter(
    qtbot: QtBot, tab: NotesTab, desk: Desk, person: int
) -> None:
    tab.new()
    qtbot.keyClicks(tab.editor.text, "Soitettu")
    assert drafts.find(desk, "note", f"trainee:{person}").text == "Soitettu"
    assert notes.of_trainee(desk, person) == ()
    tab.editor.kind.choose("phone_call")
    tab.editor.minutes.setText("12")
    qtbot.keyClick(tab.editor.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (sheet,) = notes.of_trainee(desk, person)
    assert (sheet.note.text, sheet.note.kind, sheet.note.minutes) == ("Soitettu", "phone_call", 12)
    assert drafts.find(desk, "note", f"trainee:{person}") is None
    assert not tab.editor.isVisible()


def test_escape_leaves_the_draft_and_opening_again_offers_it_once(
    qtbot: QtBot, tab: NotesTab, desk: Desk, person: int
) -> None:
    tab.new()
    qtbot.keyClicks(tab.editor.text, "Kesken")
    qtbot.keyClick(tab.editor.text, Qt.Key.Key_Escape)
    assert not tab.editor.isVisible() and notes.of_trainee(desk, person) == ()
    tab.new()
    assert tab.editor.found.isVisible() and tab.editor.text.toPlainText() == ""
    tab.editor.go_on.click()
    assert tab.editor.text.toPlainText() == "Kesken"
    assert tab.editor.text.textCursor().position() == len("Kesken")


def test_draft_thrown_away_is_gone(qtbot: QtBot, tab: NotesTab, desk: Desk, person: int) -> None:
    drafts.keep(desk, "note", f"trainee:{person}", "Vanha")
    tab.new()
    tab.editor.throw.click()
    assert drafts.find(desk, "note", f"trainee:{person}") is None
    assert not tab.editor.found.isVisible()


def test_draft_of_one_person_never_shows_at_another(
    qtbot: QtBot, tab: NotesTab, desk: Desk, person: int
) -> None:
    other = trainees.register(desk, Trainee(family_name="Åberg")).id
    tab.new()
    tab.editor.text.insertPlainText("Säteestä")
    tab.show_trainee(other)
    tab.new()
    assert tab.editor.text.toPlainText() == "" and not tab.editor.found.isVisible()
    assert drafts.find(desk, "note", f"trainee:{person}").text == "Säteestä"


def test_empty_note_is_refused_at_its_field(tab: NotesTab) -> None:
    tab.new()
    tab.editor.keep()
    assert tab.editor.fields["text"].error == "A note needs words."
    tab.editor.text.setPlainText("Sovittu.")
    tab.editor.minutes.setText("kaksi")
    tab.editor.keep()
    assert tab.editor.fields["minutes"].error


def test_note_kept_is_taken_back_by_undo_and_comes_again_by_redo(
    tab: NotesTab, shell: Shell, desk: Desk, person: int
) -> None:
    tab.new()
    tab.editor.text.setPlainText("Sovittu.")
    tab.editor.keep()
    shell.undo.undo()
    assert notes.of_trainee(desk, person) == () and not tab.list.isVisible()
    shell.undo.redo()
    assert len(notes.of_trainee(desk, person)) == 1


def test_note_just_kept_is_the_one_that_is_copied_and_marked(tab: NotesTab, desk: Desk, person: int) -> None:
    for words in ("Ensimmäinen.", "Toinen."):
        tab.new()
        tab.editor.text.setPlainText(words)
        tab.editor.keep()
        assert tab.chosen.note.text == words
    tab.copy_chosen()
    assert "Toinen." in QGuiApplication.clipboard().text()


def test_place_and_hour_stand_beside_the_note(tab: NotesTab, desk: Desk, person: int) -> None:
    tab.new()
    tab.editor.text.setPlainText("Käynti.")
    tab.editor.place.choose("home")
    tab.editor.keep()
    when, place, writer = tab.side.writer.text().split("\n")
    assert "9:14" in when
    assert (place, writer) == ("At home", "Aino Mallikas")


def test_edit_keeps_the_moment_unless_it_is_changed(tab: NotesTab, desk: Desk, person: int) -> None:
    note = kept(desk, person)
    tab.refresh()
    tab.edit_chosen()
    tab.editor.text.setPlainText("Korjattu.")
    tab.editor.keep()
    (sheet,) = notes.of_trainee(desk, person)
    assert (sheet.note.text, sheet.note.at) == ("Korjattu.", note.at)


def test_search_finds_words_with_and_without_dots(tab: NotesTab, desk: Desk, person: int) -> None:
    kept(desk, person)
    kept(desk, person, "Kävely metsässä.")
    tab.refresh()
    tab.search.setText("metsassa")
    assert [s.note.text for s in tab.list.notes.rows] == ["Kävely metsässä."]


def test_mark_of_another_system_names_it_and_is_proposed_next_time(
    qtbot: QtBot, tab: NotesTab, desk: Desk, person: int
) -> None:
    kept(desk, person)
    tab.refresh()
    tab.mark_chosen()
    form = tab.window().findChild(ElsewhereForm)
    assert form.whom.text() == "Aino Mallikas"
    form.try_to_keep()
    assert form.fields["system"].error
    form.system.setText("TYPPI")
    form.try_to_keep()
    (sheet,) = notes.of_trainee(desk, person)
    assert [(m.system, m.on_day, m.by_whom) for m in sheet.marks] == [
        ("TYPPI", date(2026, 12, 15), "Aino Mallikas")
    ]
    assert "TYPPI" in tab.side.marks.text()
    assert notes.other_system(desk) == "TYPPI"


def test_copy_goes_to_the_clipboard_as_plain_text(tab: NotesTab, desk: Desk, person: int) -> None:
    kept(desk, person)
    tab.refresh()
    tab.copy_chosen()
    assert QGuiApplication.clipboard().text().splitlines()[0] == "Person: Säde Mäkelä"


def test_own_view_stands_beside_the_note(tab: NotesTab, desk: Desk, person: int) -> None:
    kept(desk, person)
    tab.refresh()
    tab.write_view()
    form = tab.window().findChild(OwnViewForm)
    form.text.setPlainText("En sanonut niin.")
    form.disagrees.setChecked(True)
    form.try_to_keep()
    assert tab.side.views.text() == "The trainee disagrees: En sanonut niin."


def test_follow_up_done_is_an_act_with_undo(tab: NotesTab, shell: Shell, desk: Desk, person: int) -> None:
    kept(desk, person)
    tab.refresh()
    tab.side.follow_done.click()
    assert notes.of_trainee(desk, person)[0].note.followed_up == date(2026, 12, 15)
    shell.undo.undo()
    assert notes.of_trainee(desk, person)[0].note.followed_up is None


def test_list_of_not_recorded_empties_mark_by_mark(
    qtbot: QtBot, shell: Shell, desk: Desk, person: int
) -> None:
    for text in ("Yksi.", "Kaksi."):
        kept(desk, person, text)
    dialog = NotRecordedDialog(shell)
    qtbot.addWidget(dialog)
    assert [row.note.text for row in dialog.model.rows] == ["Yksi.", "Kaksi."]
    dialog.mark_chosen()
    form = dialog.findChild(ElsewhereForm)
    form.system.setText("TYPPI")
    form.try_to_keep()
    assert [row.note.text for row in dialog.model.rows] == ["Kaksi."]


def test_every_word_follows_the_language(tab: NotesTab, speak: Callable[..., None]) -> None:
    tab.new()
    speak("fi", tab)
    assert tab.editor.keep_button.text() == "Tallenna muistiinpano"
    assert tab.editor.fields["text"].caption.text() == "Mitä sovittiin?"
    speak("sv", tab)
    assert tab.editor.fields["text"].caption.text() == "Vad kom ni överens om?"


def test_wrong_mark_is_taken_off_from_the_note_itself_and_can_be_put_back(
    tab: NotesTab, desk: Desk, shell: Shell, person: int
) -> None:
    note = kept(desk, person)
    tab.refresh()
    assert not tab.side.unmark.isVisible()
    first = RecordedElsewhere(note_id=note.id, system="TYPPI", on_day=date(2026, 12, 14), by_whom="Marika")
    mark = notes.record_elsewhere(desk, first)
    tab.refresh()
    tab.side.unmark.click()
    (sheet,) = notes.of_trainee(desk, person)
    assert sheet.marks == () and not tab.side.unmark.isVisible()
    shell.undo.undo()
    (sheet,) = notes.of_trainee(desk, person)
    assert sheet.marks == (mark,) and "TYPPI" in tab.side.marks.text()
