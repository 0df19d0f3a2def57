"""Phrases carried from one workshop to another as a spreadsheet: all or none, never twice."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from coachdesk import i18n
from coachdesk.domain.phrases import Phrase, shipped
from coachdesk.errors import Refused, Trouble, Unreadable
from coachdesk.services import phrase_files, phrases
from coachdesk.services.desk import Desk

FISH = Phrase(
    fi="Käymme kalassa ___.", sv="Vi går och fiskar ___.", plain=True,
    plan_items=("goals", "measures"), note_kinds=("group",), phases=(2, 3),
)  # fmt: skip
BALL = Phrase(fi="Pelaamme; ”palloa”.", sv="Vi spelar; ”boll”.")


@pytest.fixture
def file(desk: Desk, tmp_path: Path) -> Path:
    """What a desk with two phrases of its own writes; they are taken away after."""
    added = phrases.add_all(desk, (FISH, BALL))
    path = tmp_path / "lauseet.csv"
    assert phrase_files.write_own(desk, path) == 2
    phrases.remove_all(desk, added)
    return path


def own(desk: Desk) -> list[Phrase]:
    found = [replace(phrase, key="") for phrase in phrases.bank(desk) if phrase.own]
    return sorted(found, key=lambda phrase: phrase.fi)


def written(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines), "utf-8")
    return path


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_what_one_desk_writes_another_takes_in_whole_in_every_language(
    desk: Desk, tmp_path: Path, language: str
) -> None:
    i18n.use_language(language)
    try:
        added = phrases.add_all(desk, (FISH, BALL))
        phrase_files.write_own(desk, tmp_path / "a.csv")
        phrases.remove_all(desk, added)
        i18n.use_language("sv")
        found = phrase_files.take_in(desk, tmp_path / "a.csv")
    finally:
        i18n.use_language("en")
    assert (len(found.added), found.known) == (2, 0)
    assert own(desk) == [FISH, BALL]


def test_file_opens_in_a_spreadsheet_program_with_its_letters(file: Path) -> None:
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and b"\r\n" in content
    assert '"Käymme kalassa ___.";"Vi går och fiskar ___."' in content.decode("utf-8-sig")


def test_same_file_twice_adds_nothing(desk: Desk, file: Path) -> None:
    phrase_files.take_in(desk, file)
    found = phrase_files.take_in(desk, file)
    assert (found.added, found.known) == ((), 2)
    assert own(desk) == [FISH, BALL]


def test_what_was_taken_in_is_taken_back_and_done_again_as_one(desk: Desk, file: Path) -> None:
    found = phrase_files.take_in(desk, file)
    phrases.remove_all(desk, found.added)
    assert own(desk) == []
    assert phrases.add_all(desk, found.added) == found.added


def test_one_bad_row_keeps_all_out_and_is_named(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "suomi;svenska", "Hei.;Hej.", "Moi ___.;Hej.")
    with pytest.raises(Refused) as refused:
        phrase_files.take_in(desk, path)
    assert i18n.say(refused.value).startswith("Row 3 cannot be taken in.")
    assert own(desk) == []


def test_two_columns_without_a_heading_are_enough(desk: Desk, tmp_path: Path) -> None:
    phrase_files.take_in(desk, written(tmp_path / "a.csv", "Hei.,Hej.", "Moi.,Tjena."))
    assert own(desk) == [Phrase(fi="Hei.", sv="Hej."), Phrase(fi="Moi.", sv="Tjena.")]


def test_workbook_is_read_with_names_of_either_language(desk: Desk, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Suomi", "Svenska", "", "", "", ""])
    book.active.append(["Hei.", "Hej.", "mål, toimenpiteet, jotain muuta", "telefonsamtal", 3, "X"])
    book.save(tmp_path / "a.xlsx")
    phrase_files.take_in(desk, tmp_path / "a.xlsx")
    assert own(desk) == [
        Phrase(
            fi="Hei.", sv="Hej.", plain=True, plan_items=("goals", "measures"),
            note_kinds=("phone_call",), phases=(3,),
        )
    ]  # fmt: skip


def test_phrase_worded_anew_goes_along(desk: Desk, tmp_path: Path) -> None:
    phrases.write(desk, replace(shipped("tells_if_ill"), fi="Soitan, jos olen sairas."))
    assert phrase_files.write_own(desk, tmp_path / "a.csv") == 1


def test_desk_without_own_phrases_writes_no_file(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no phrases of its own"):
        phrase_files.write_own(desk, tmp_path / "a.csv")
    assert not list(tmp_path.glob("*.csv"))


def test_folder_that_cannot_be_written_is_told(desk: Desk, tmp_path: Path) -> None:
    phrases.add(desk, FISH)
    with pytest.raises(Trouble):
        phrase_files.write_own(desk, tmp_path / "none" / "a.csv")


def test_what_is_no_spreadsheet_is_told(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"%PDF-1.7")
    with pytest.raises(Unreadable):
        phrase_files.take_in(desk, tmp_path / "a.csv")


def test_file_with_the_same_phrase_twice_brings_it_once(desk: Desk, tmp_path: Path) -> None:
    found = phrase_files.take_in(desk, written(tmp_path / "a.csv", "Hei.;Hej.", "Hei. ;Hej."))
    assert (len(found.added), found.known) == (1, 1)


def test_file_with_more_phrases_than_anybody_chooses_from_is_refused(desk: Desk, tmp_path: Path) -> None:
    lines = (f"Hei {number}.;Hej {number}." for number in range(phrase_files.MOST + 1))
    with pytest.raises(Refused, match="more than"):
        phrase_files.take_in(desk, written(tmp_path / "a.csv", *lines))
    assert own(desk) == []
