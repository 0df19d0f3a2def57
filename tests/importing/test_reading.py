import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from coachdesk.errors import Unreadable
from coachdesk.importing import columns, draft, months, people, workbook
from coachdesk.importing.reading import read_content, read_file

TODAY = date(2026, 12, 15)
MIDNIGHT = datetime(2026, 2, 1)  # noqa: DTZ001 - a workbook's days have no zone


def cells(content: bytes):
    (sheet,) = read_content(content)
    return [row.cells for row in sheet.rows]


def packed(**parts: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return held.getvalue()


def book(fill, sheets=("Taulu1",)) -> bytes:
    made = openpyxl.Workbook()
    made.active.title = sheets[0]
    for name in sheets[1:]:
        made.create_sheet(name)
    fill(made)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_any_delimiter_is_found(delimiter):
    text = f"Sukunimi{delimiter}Etunimet\nAho{delimiter}Väinö\n"

    assert cells(text.encode()) == [("Sukunimi", "Etunimet"), ("Aho", "Väinö")]


def test_semicolon_wins_where_cells_hold_commas():
    assert cells("Nimi;Osoite\nAho, Väinö;Rantatie 1, Vaasa\n".encode())[1] == (
        "Aho, Väinö",
        "Rantatie 1, Vaasa",
    )


@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_letters_of_any_of_its_habits(letters):
    assert cells("Nimi;Kunta\nÅsa Öhberg;Närpiö\n".encode(letters))[1] == ("Åsa Öhberg", "Närpiö")


def test_decomposed_letters_are_composed():
    assert cells("Nimi;X\nHa\u0308gg;1\n".encode())[1][0] == "Hägg"


def test_line_break_inside_quotes_is_part_of_the_cell():
    assert cells(b'Nimi;Teksti\nAho;"one\ntwo"\nBerg;x\n')[1:] == [("Aho", "one\ntwo"), ("Berg", "x")]


def test_stray_quotation_mark_inside_a_word_is_read_as_it_stands():
    assert cells(b'Nimi;X\nAnna "Annu" Aho;1\n')[1] == ('Anna "Annu" Aho', "1")


def test_numbers_of_rows_are_those_of_the_spreadsheet_where_rows_are_blank():
    (sheet,) = read_content(b"Nimi;X\n\n;\nAho;1\n")

    assert [row.number for row in sheet.rows] == [1, 4]


def test_line_that_names_the_delimiter_is_obeyed():
    assert cells(b"sep=|\na;b|c\n") == [("a;b", "c")]


WRONG = {
    "empty": b"",
    "blank": b"\xef\xbb\xbf \r\n;;\n",
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "pdf": b"%PDF-1.7\n",
    "old excel or a password": b"\xd0\xcf\x11\xe0" + bytes(600),
    "cut zip": packed(**{"xl/workbook.xml": b"<x/>"})[:40],
    "other zip": packed(**{"word/document.xml": b"<x/>"}),
    "workbook of nonsense": packed(**{"xl/workbook.xml": b"<x/>"}),
    "open quotation mark": b'Nimi;X\nAho;"open\nBerg;1\n',
    "too many columns": b";".join([b"x"] * 300),
    "too many rows": b"a;b\n" * 20_010,
    "entities": packed(**{"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'}),
    "bomb": packed(**{"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b" " * 60_000_000}),
}


@pytest.mark.parametrize("content", WRONG.values(), ids=WRONG.keys())
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_wrong_file_is_refused_in_one_clear_sentence(content, language):
    from coachdesk import i18n

    with pytest.raises(Unreadable) as refused:
        read_content(content)

    told = i18n.words(language).say(refused.value)
    assert told != str(refused.value)
    assert told.endswith(".")
    assert "\n" not in told


def test_file_that_is_not_there_or_a_folder_is_refused(tmp_path):
    for path in (tmp_path / "nothing.csv", tmp_path):
        with pytest.raises(Unreadable):
            read_file(path)


def test_file_too_large_is_refused_before_it_is_read(tmp_path: Path):
    file = tmp_path / "large.csv"
    with file.open("wb") as made:
        made.truncate(21 * 1024 * 1024)

    with pytest.raises(Unreadable, match="20 MB"):
        read_file(file)


def test_workbook_gives_typed_days_values_of_formulas_and_blank_rows():
    def fill(made):
        sheet = made.active
        sheet.append(["Sukunimi", "Ensikontakti", "Yhteensä"])
        sheet.append(["Aho", MIDNIGHT, 3])
        sheet.append([])
        sheet.append(["Berg", date(2026, 2, 2), 4.5])

    (sheet,) = read_content(book(fill))

    assert [row.number for row in sheet.rows] == [1, 2, 4]
    assert sheet.rows[1].cells == ("Aho", MIDNIGHT, 3)


def test_workbook_of_several_sheets_leaves_out_empty_and_hidden_ones():
    def fill(made):
        made["Henkilöt"].append(["Sukunimi"])
        made["Piilo"].append(["Sukunimi"])
        made["Piilo"].sheet_state = "hidden"

    found = read_content(book(fill, ("Henkilöt", "Tyhjä", "Piilo")))

    assert [sheet.name for sheet in found] == ["Henkilöt"]


def test_merged_title_above_the_headings_does_no_harm():
    def fill(made):
        made.active.append(["Työpajan lista 2026"])
        made.active.merge_cells("A1:C1")
        made.active.append(["Sukunimi", "Etunimet", "Kotikunta"])
        made.active.append(["Aho", "Väinö", "Vöyri"])

    (sheet,) = read_content(book(fill))

    assert columns.heading_row(sheet, "people").number == 2


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes_are_a_sheet_or_unreadable(content):
    try:
        read_content(content)
    except Unreadable as refused:
        assert refused.message


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=20))
def test_workbook_with_changed_bytes_is_a_sheet_or_unreadable(at, bytes_):
    good = book(lambda made: made.active.append(["Sukunimi", 1, date(2026, 1, 1)]))
    at %= len(good)

    try:
        read_content(good[:at] + bytes_ + good[at + len(bytes_) :])
    except Unreadable as refused:
        assert refused.message


CELLS = st.one_of(
    st.none(), st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(),
    st.times(), st.timedeltas(),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=8), min_size=1, max_size=6), st.sampled_from(list(columns.FIELDS)))
def test_random_cells_never_raise(rows, kind):
    from coachdesk.importing.reading import Sheet, SheetRow

    heads = [field.key for field in columns.FIELDS[kind]]
    sheet = Sheet(
        name="",
        rows=(
            SheetRow(number=1, cells=tuple(heads)),
            *(SheetRow(number=n, cells=tuple(row) * 5) for n, row in enumerate(rows, 2)),
        ),
    )
    found = columns.guess_columns(kind, sheet.rows[0], sheet.rows[1:])
    assert [column.field for column in found if column.heading] == heads
    read = draft.read_draft(sheet, kind, found, 1, on=TODAY)
    if kind == "people":
        people.checked(read, on=TODAY)
    months.month_of(sheet)
    months.guess_columns(sheet)
    columns.guess_kind(sheet)


def test_bomb_is_told_from_a_good_workbook_by_its_sizes():
    assert workbook.is_workbook(book(lambda made: made.active.append(["x"])))


NAMES = "Sukunimi;Etunimet\nÅström;Märta\nHäkkinen;Jyrki\n"


@pytest.mark.parametrize(
    "content",
    [
        NAMES.encode().replace("ö".encode(), b"\xc3", 1),  # a byte lost
        NAMES.strip().replace("Jyrki", "Yrjö").encode()[:-1],  # cut within a letter
        NAMES.encode().decode("cp1252").encode(),  # read as Windows-1252 and written as UTF-8
        NAMES.replace("Å", "A").encode("cp850"),  # an old program's letters
    ],
)
def test_a_file_whose_letters_are_damaged_is_refused_and_no_name_is_read_wrong(content):
    with pytest.raises(Unreadable, match="Letters such as"):
        read_content(content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_letters_that_are_whole_are_never_taken_for_damaged(encoding):
    text = NAMES + "Ōé;Šœ „x” †\n" if encoding != "cp1252" else NAMES + "Üé;Šœ „x” † ’ä’\n"

    assert cells(text.encode(encoding))[1] == ("Åström", "Märta")


@pytest.mark.parametrize(
    "page", ["<html><table><tr><td>Nimi</td></tr></table>", '<?xml version="1.0"?><Workbook/>']
)
def test_a_page_that_is_named_as_a_workbook_is_no_spreadsheet(page):
    with pytest.raises(Unreadable, match="not a spreadsheet"):
        read_content(page.encode())


def test_a_cell_longer_than_any_is_told_by_its_row():
    with pytest.raises(Unreadable, match="Row 2 has a cell of more than 131072"):
        read_content(b"Sukunimi;Etunimet\nAho;" + b"x" * 200_000)


def test_an_old_programs_end_of_file_and_lines_within_a_cell_are_no_letters():
    assert cells(b"Nimi;Puhelin\nAho;1\x0b2\n\x1a") == [("Nimi", "Puhelin"), ("Aho", "1 2")]


@pytest.mark.parametrize(("row", "column"), [(1_048_576, 1), (30_000, 2), (2, 16_384), (7, 300)])
def test_a_cell_far_from_the_others_is_never_left_out_in_silence(row, column):
    def fill(made):
        made.active.append(["Sukunimi", "Etunimet"])
        made.active.append(["Aho", "Väinö"])
        made.active.cell(row, column, "kaukana")

    with pytest.raises(Unreadable, match="more than"):
        read_content(book(fill))


@pytest.mark.parametrize("mac", [False, True])
def test_bare_numbers_are_days_by_the_books_own_day_zero(mac):
    def fill(made):
        if mac:
            made.epoch = CALENDAR_MAC_1904
        made.active.append(["Sukunimi", "Ensikontakti"])
        made.active.append(["Aho", 45_000 - (1462 if mac else 0)])

    (sheet,) = read_content(book(fill))
    columns_ = columns.guess_columns("people", sheet.rows[0], sheet.rows[1:])
    read = draft.read_draft(sheet, "people", columns_, 1, on=TODAY)

    assert read.rows[0].day("first_contact") == date(2023, 3, 15)


@pytest.mark.parametrize(
    "wrong", ["#N/A", "#REF!", "#DIV/0!", "#NAME?", "#PUUTTUU!", "#JAKO/0!", "#VÄRDEFEL!"]
)
def test_a_formula_that_ended_in_an_error_is_nobodys_phone_number(wrong):
    (sheet,) = read_content(f"Sukunimi;Puhelin\nAho;{wrong}\n".encode())
    columns_ = columns.guess_columns("people", sheet.rows[0], sheet.rows[1:])
    read = draft.read_draft(sheet, "people", columns_, 1, on=TODAY)

    assert [(f.row, f.column, f.is_error) for f in read.findings] == [(2, "Puhelin", True)]
    assert wrong in str(read.findings[0].told)
