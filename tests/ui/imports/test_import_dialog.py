from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QTableView, QWidget

from coachdesk.services import drafts, imports, trainees
from coachdesk.settings import resource_folder
from coachdesk.ui.imports.dialog import ImportDialog
from coachdesk.ui.imports.pages import COLUMNS, DONE, FILE, PREVIEW

PILOT = resource_folder() / "demo" / "vaasa-pilot.csv"


@pytest.fixture
def dialog(qtbot, shell):
    found = ImportDialog(shell)
    qtbot.addWidget(found)
    found.show()
    return found


def written(folder: Path, text: str) -> Path:
    file = folder / "sheet.csv"
    file.write_text(text, "utf-8")
    return file


def test_pilot_goes_in_by_the_main_button_alone(dialog, shell):
    dialog.load(PILOT)
    assert dialog.step == COLUMNS
    dialog.step_on()
    assert dialog.step == PREVIEW
    dialog.step_on()

    assert dialog.step == DONE
    assert len(trainees.listing(shell.desk)) == 38
    assert shell.undo.can_undo


def test_steps_are_made_when_there_is_something_to_show_in_them(dialog, speak):
    assert [dialog.pages.widget(at) for at in range(dialog.pages.count())] == [dialog.pages.file]
    speak("sv")
    dialog.load(PILOT)

    assert dialog.pages.currentWidget() is dialog.pages.columns
    assert dialog.next.text() == "Visa vad som skulle hända"
    assert "done" not in vars(dialog.pages)
    speak("fi")
    dialog.step_on()
    dialog.step_on()
    assert dialog.pages.done.undo.text() == "Kumoa tuonti"


def test_undo_at_the_end_takes_it_back(dialog, shell):
    dialog.load(PILOT)
    dialog.step_on()
    dialog.step_on()

    dialog.pages.done.undo.click()

    assert trainees.listing(shell.desk) == ()
    assert "undone" in dialog.pages.done.sentence.text()


def test_earlier_import_can_be_undone_from_the_first_step(qtbot, shell):
    imports.carry_out(shell.desk, imports.preview(shell.desk, PILOT))
    dialog = ImportDialog(shell)
    qtbot.addWidget(dialog)
    dialog.show()

    dialog.pages.file.back.click()

    assert trainees.listing(shell.desk) == ()
    assert dialog.pages.file.model.rows[0].undone


def test_file_that_is_no_spreadsheet_is_told_in_one_sentence(dialog, tmp_path):
    file = tmp_path / "picture.csv"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))

    dialog.load(file)

    assert dialog.step == FILE
    assert dialog.pages.file.problem.isVisible()
    assert "not a spreadsheet" in dialog.pages.file.problem.text


def test_column_guessed_wrong_is_corrected(dialog, tmp_path):
    dialog.load(written(tmp_path, "Sukunimi;Outo otsikko\nAho;040 1\n"))
    box = dialog.pages.columns.boxes[1]
    assert box.key == ""

    box.choose("phone")
    box.chosen.emit("phone")
    dialog.step_on()

    assert dialog.found.plans[0].person.phone == "040 1"


def test_words_of_a_file_are_never_read_as_html(dialog, tmp_path):
    dialog.load(written(tmp_path, 'Sukunimi;<img src="//elsewhere/x.png">\nAho;<b>040</b>\n'))

    tips = [label.toolTip() for label in dialog.pages.columns.findChildren(QLabel) if label.toolTip()]

    assert any("&lt;img" in words for words in tips)
    assert not any("<img" in words or "<b>" in words for words in tips)


def test_errors_stop_until_their_rows_are_left_out(dialog, shell, tmp_path):
    dialog.load(written(tmp_path, "Sukunimi;Ensikontakti\nAho;31.2.2026\nBerg;1.2.2026\n"))
    dialog.step_on()
    assert not dialog.next.isEnabled()
    assert dialog.pages.preview.problems.rows[0].row == 2

    dialog.pages.preview.leave_out.click()
    dialog.step_on()

    assert dialog.step == DONE
    assert [row.name for row in trainees.listing(shell.desk)] == ["Berg"]


def test_unknown_word_is_given_a_meaning(dialog, shell, tmp_path):
    text = "Sukunimi;Työhönvalmennus alkoi;Päättymisen syy\nAho;1.2.2026;Lähti kurssille\n"
    dialog.load(written(tmp_path, text))
    dialog.step_on()
    assert dialog.pages.preview.codes.isVisible()

    dialog.pages.preview.codes.choose("studies")
    dialog.pages.preview.codes.chosen.emit("studies")

    assert dialog.next.isEnabled()
    assert dialog.found.plans[0].adds[0].outcome == "studies"


def test_values_of_both_stand_side_by_side_and_space_takes_the_files(dialog, qtbot, shell, tmp_path):
    imports.carry_out(shell.desk, imports.preview(shell.desk, PILOT))
    dialog.load(written(tmp_path, "Sukunimi;Henkilötunnus;Puhelin\nNiemi;100290V940L;040 1\n"))
    dialog.step_on()
    table, model = dialog.pages.preview.value_table, dialog.pages.preview.values
    cells = [model.data(model.index(0, at)) for at in range(model.columnCount())]
    assert cells == ["2", "Niemi, Päivi", "Phone", "000 0000000", "040 1", "keep the desk's"]

    qtbot.keyClick(table, Qt.Key.Key_Space)
    dialog.step_on()

    assert next(t for t in _all(shell) if t.family_name == "Niemi" and t.phone == "040 1")


def _all(shell):
    return [trainees.get(shell.desk, row.trainee_id) for row in trainees.listing(shell.desk)]


def test_dropped_file_is_read(dialog, qtbot):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(PILOT))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )

    dialog.dropEvent(event)

    assert dialog.step == COLUMNS


def test_no_identity_code_stands_in_any_word(dialog):
    import re

    code = re.compile(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]")
    dialog.load(PILOT)
    for step in (COLUMNS, PREVIEW):
        dialog.go_to(step)
        for widget in dialog.findChildren(QWidget):
            text = getattr(widget, "text", "")
            for words in (widget.toolTip(), widget.accessibleName(), text() if callable(text) else text):
                assert not code.search(words)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_visible_word_follows_the_language(dialog, speak, language):
    dialog.load(PILOT)
    dialog.step_on()

    speak(language)

    words = {label.text() for label in dialog.findChildren(QLabel)}
    words |= {button.text() for button in dialog.findChildren(QAbstractButton)}
    assert not words & {"Back", "Cancel", "Import", "1 new person", "38 new people", "Problems 1"}
    model = dialog.pages.preview.problem_table.model()
    assert model.headerData(0, Qt.Orientation.Horizontal) == {"fi": "Rivi", "sv": "Rad"}[language]


def test_every_control_has_a_name(dialog):
    dialog.load(PILOT)
    dialog.step_on()

    for widget in [*dialog.findChildren(QComboBox), *dialog.findChildren(QTableView)]:
        named = widget.accessibleName() or any(
            label.buddy() is widget for label in dialog.findChildren(QLabel) if label.text()
        )
        assert named or not widget.isVisibleTo(dialog), widget


def test_cancel_before_the_import_changes_nothing(dialog, shell):
    dialog.load(PILOT)
    dialog.step_on()

    dialog.leave.click()

    assert trainees.listing(shell.desk) == ()
    assert not shell.undo.can_undo


def test_reading_can_be_stopped(dialog):
    dialog.reader.told.connect(lambda _done, _total: dialog.waiting.cancel.click())

    dialog.load(PILOT)

    assert dialog.step == FILE
    assert dialog.found is None
    assert not dialog.pages.file.problem.isVisible()


def test_settings_tell_of_the_last_import_and_open_the_next(qtbot, shell):
    from coachdesk.ui.settings.bringing import ImportSection

    imports.carry_out(shell.desk, imports.preview(shell.desk, PILOT))
    section = ImportSection(shell)
    qtbot.addWidget(section)
    section.refresh()
    assert "vaasa-pilot.csv" in section.last.text()

    section.bring.click()

    (opened,) = section.findChildren(ImportDialog)
    assert opened.isVisible()
    opened.reject()


def test_list_of_trainees_shows_what_was_imported(qtbot, shell):
    from coachdesk.ui.trainees.screen import TraineesScreen

    screen = TraineesScreen(shell)
    qtbot.addWidget(screen)
    screen.show()
    screen.refresh()
    screen.bring.click()
    (opened,) = screen.findChildren(ImportDialog)

    opened.load(PILOT)
    opened.step_on()
    opened.step_on()

    assert len(screen.rows) == 38
    opened.accept()


def corrected(dialog):
    """The pilot's file with its first column left out by the coach, at the preview."""
    dialog.load(PILOT)
    box = dialog.pages.columns.boxes[0]
    box.choose("")
    box.chosen.emit("")
    dialog.step_on()
    assert dialog.step == PREVIEW and dialog.pages.columns.mapping[0] == ""
    return dialog.pages.columns.mapping


def test_corrections_survive_the_program_and_are_offered_once(dialog, qtbot, shell):
    mapping = corrected(dialog)
    dialog.reject()  # Esc, or the program is killed

    again = ImportDialog(shell)
    qtbot.addWidget(again)
    again.show()
    assert again.step == FILE and not again.draft.offer.isHidden()
    again.draft.go_on.click()

    assert (again.step, again.pages.columns.mapping) == (PREVIEW, mapping)
    assert again.draft.offer.isHidden()


def test_a_draft_of_an_import_is_gone_when_it_was_carried_out_left_or_thrown_away(dialog, qtbot, shell):
    def offered() -> bool:
        found = ImportDialog(shell)
        qtbot.addWidget(found)
        return not found.draft.offer.isHidden()

    corrected(dialog)
    assert offered()
    dialog.leave.click()
    assert not offered()

    corrected(dialog)
    found = ImportDialog(shell)
    qtbot.addWidget(found)
    found.draft.throw.click()
    assert not offered()

    dialog.load(PILOT)
    dialog.step_on()
    dialog.step_on()
    assert dialog.step == DONE and not offered()


def test_a_draft_whose_file_is_gone_is_not_offered(dialog, qtbot, shell, tmp_path):
    file = written(tmp_path, "Sukunimi;Etunimi\nMallinen;Maija\n")
    dialog.load(file)
    dialog.reject()
    file.unlink()

    again = ImportDialog(shell)
    qtbot.addWidget(again)
    assert again.draft.offer.isHidden()


def test_a_file_with_other_columns_since_is_read_as_it_is_now(dialog, qtbot, shell, tmp_path):
    file = written(tmp_path, "Sukunimi;Etunimi;Puhelin\nMallinen;Maija;050\n")
    dialog.load(file)
    dialog.reject()
    written(tmp_path, "Sukunimi;Etunimi\nMallinen;Maija\n")

    again = ImportDialog(shell)
    qtbot.addWidget(again)
    again.draft.go_on.click()
    assert again.step in (FILE, COLUMNS)


def test_a_file_with_other_letters_in_its_draft_is_no_mistake(qtbot, shell):
    drafts.keep(shell.desk, "import", "import", "broken")
    again = ImportDialog(shell)
    qtbot.addWidget(again)
    assert again.draft.offer.isHidden()
