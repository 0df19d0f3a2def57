"""The phrase bank in Settings: found, added, worded anew, hidden, removed, all taken back."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from coachdesk import i18n
from coachdesk.domain.phrases import Phrase, shipped
from coachdesk.services import phrases
from coachdesk.services.desk import Desk
from coachdesk.ui.notices import Recorder
from coachdesk.ui.phrases.form import PhraseForm
from coachdesk.ui.settings.phrases import PhrasesSection
from coachdesk.ui.shell import Shell

ILL = "tells_if_ill"
NEW = Phrase(fi="Käymme kalassa.", sv="Vi går och fiskar.", note_kinds=("group",))


@pytest.fixture
def section(qtbot: QtBot, shell: Shell) -> PhrasesSection:
    found = PhrasesSection(shell)
    qtbot.addWidget(found)
    found.show()
    found.refresh()
    return found


def keys(section: PhrasesSection) -> list[str]:
    return [row.phrase.key for row in section.list.lines.rows]


def form(section: PhrasesSection) -> PhraseForm:
    (found,) = (dialog for dialog in section.findChildren(PhraseForm) if dialog.isVisible())
    return found


def test_whole_bank_is_listed_with_what_each_phrase_is_for(section: PhrasesSection, desk: Desk) -> None:
    assert keys(section) == [phrase.key for phrase in phrases.bank(desk)]
    row = next(row for row in section.list.lines.rows if row.phrase.key == ILL)
    assert row.said == shipped(ILL).fi and row.pair == shipped(ILL).sv
    assert "goals" in row.below and "Phase 1, 4, 5" in row.below
    assert section.count.text() == f"{len(keys(section))} phrases"


def test_words_and_purpose_narrow_the_list(section: PhrasesSection) -> None:
    section.search.setText("sjuk")
    assert keys(section) == [ILL]
    section.search.clear()
    section.purpose.choose("note:group")
    section.purpose.chosen.emit("note:group")
    assert "group_took_part" in keys(section) and ILL not in keys(section)


def test_phrase_added_for_what_the_list_shows_is_chosen_and_taken_back(
    section: PhrasesSection, desk: Desk, shell: Shell
) -> None:
    section.purpose.choose("note:group")
    section.add_button.click()
    dialog = form(section)
    assert dialog.note_kinds.typed_value == ["group"]
    dialog.fi.setPlainText(NEW.fi)
    dialog.sv.setPlainText(NEW.sv)
    dialog.keep_button.click()
    kept = phrases.bank(desk)[0]
    assert kept == replace(NEW, key=kept.key) and section.list.phrase == kept
    shell.undo.undo()
    assert all(phrase.fi != NEW.fi for phrase in phrases.bank(desk))
    shell.undo.redo()
    assert phrases.bank(desk)[0] == kept


def test_refusal_is_told_at_the_language_that_lacks(section: PhrasesSection) -> None:
    section.add_button.click()
    dialog = form(section)
    dialog.fi.setPlainText(NEW.fi)
    dialog.keep_button.click()
    assert dialog.fields["sv"].error.startswith("Write the phrase in both languages")
    assert dialog.isVisible()


def test_form_asks_for_no_names_of_people(section: PhrasesSection) -> None:
    section.add_button.click()
    assert "no names" in form(section).hint.text()


def test_shipped_phrase_is_hidden_and_shown_again(section: PhrasesSection, desk: Desk, shell: Shell) -> None:
    section.search.setText("sjuk")
    assert section.remove_button.isHidden() and section.back_button.isHidden()
    section.hide_button.click()
    assert section.list.phrase == replace(shipped(ILL), hidden=True)
    assert section.hide_button.text() == "Show again"
    assert section.list.lines.rows[0].below.startswith("Hidden")
    shell.undo.undo()
    assert section.list.phrase == shipped(ILL)


def test_shipped_phrase_is_worded_anew_and_given_its_own_words_back(
    section: PhrasesSection, desk: Desk, shell: Shell
) -> None:
    section.search.setText("sjuk")
    section.edit_button.click()
    dialog = form(section)
    dialog.fi.setPlainText("Soitan itse, jos olen sairas.")
    dialog.keep_button.click()
    assert section.list.phrase.fi == "Soitan itse, jos olen sairas."
    section.back_button.click()
    assert section.list.phrase == shipped(ILL)
    shell.undo.undo()
    assert section.list.phrase.fi == "Soitan itse, jos olen sairas."


def test_own_phrase_is_removed_and_put_back(section: PhrasesSection, desk: Desk, shell: Shell) -> None:
    kept = phrases.add(desk, NEW)
    section.refresh()
    section.list.choose_key(kept.key)
    section.remove_button.click()
    assert kept.key not in keys(section)
    shell.undo.undo()
    assert kept in phrases.bank(desk)


def test_list_speaks_the_screens_language(section: PhrasesSection, speak: Callable[..., None]) -> None:
    section.search.setText("sjuk")
    speak("sv")
    assert section.list.lines.rows[0].said == shipped(ILL).sv
    assert section.count.text() == "1 fras"
    assert section.narrow.caption.text() == "Till vad"


def test_another_workshops_file_is_taken_in_and_taken_back_as_one(
    section: PhrasesSection, desk: Desk, shell: Shell, notices: Recorder, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    path = tmp_path / "a.csv"
    path.write_text("suomi;svenska\nHei.;Hej.\nMoi.;Tjena.\n", "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked: (str(path), ""))
    section.bring_button.click()
    assert {"Hei.", "Moi."} <= {row.said for row in section.list.lines.rows}
    assert own(desk) == 2
    shell.undo.undo()
    assert own(desk) == 0
    shell.undo.redo()
    assert own(desk) == 2
    section.bring_button.click()
    assert notices.told[-1] == "The bank has these phrases already."


def test_file_that_cannot_be_taken_in_is_told_and_changes_nothing(
    section: PhrasesSection, desk: Desk, notices: Recorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Hei.;\n", "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked: (str(path), ""))
    section.bring_button.click()
    assert i18n.say(notices.problems[-1]).startswith("Row 1 cannot be taken in.")
    assert own(desk) == 0


def test_own_phrases_are_saved_where_the_coach_says(
    section: PhrasesSection, desk: Desk, notices: Recorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lauseet.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(path), ""))
    section.save_button.click()
    assert not path.exists() and "no phrases of its own" in i18n.say(notices.problems[-1])
    phrases.add(desk, NEW)
    section.save_button.click()
    assert NEW.fi in path.read_text("utf-8-sig")
    assert notices.told[-1] == "The phrases are in lauseet.csv."


def own(desk: Desk) -> int:
    return sum(phrase.own for phrase in phrases.bank(desk))
