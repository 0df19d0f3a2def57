from datetime import date

import pytest

from coachdesk.importing import columns, months
from coachdesk.importing.draft import read_draft
from coachdesk.importing.reading import read_content

TODAY = date(2026, 12, 15)


def sheet_of(text: str):
    return read_content(text.encode())[0]


def marks(text: str, name: str = ""):
    sheet = sheet_of(text)
    heading, found = months.heading_row(sheet).number, months.guess_columns(sheet)
    people = read_draft(sheet, "attendance", found, heading, on=TODAY).rows
    return months.read_marks(sheet, found, heading, people, months.month_of(sheet, name))


MONTH = "Joulukuu 2026;;;;;;\nNimi;1;2;3;4;7;8\nAho, Väinö;L;S;;L 4,5;I;x\nBerg, Åsa;N;B;J;-;O;1\n"


def test_sheet_with_columns_of_days_is_an_attendance_month():
    assert columns.guess_kind(sheet_of(MONTH)) == "attendance"
    assert months.month_of(sheet_of(MONTH)) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Nimi;2.11.;3.11.;4.11.;5.11.\nAho;L;S;x;Q\nBerg;N;O;P;L 4,5\n", "attendance"),
        ("Nimi;2.11.2026\nAho;L\nBerg;N\n", "attendance"),
        ("Nimi;2.11.;3.11.;4.11.;5.11.;6.11.;Ka 7\nAho;L;L;L;L;L;5\n", "attendance"),
        ("Nimi;2;3\nAho;L;L\n", "people"),
        ("Nimi;1.1.2026;Kotikunta\nAho;12 500;Vaasa\nBerg;8 000;Vaasa\n", "people"),
        ("Nimi;2.11.;3.11.\nAho;;\n", "people"),
    ],
)
def test_few_columns_of_days_are_a_month_where_they_hold_marks(text, kind):
    assert columns.guess_kind(sheet_of(text)) == kind


def test_letters_of_both_languages_and_hours_are_read():
    rows, findings = marks(MONTH)

    first, second = (row.marks for row in rows)
    assert not findings
    assert {day.day: mark.kind for day, mark in first.items()} == {
        1: "present", 2: "own_illness", 4: "present", 7: "unnotified", 8: "present",
    }  # fmt: skip
    assert first[date(2026, 12, 4)].minutes == 270
    assert {day.day: mark.kind for day, mark in second.items()} == {
        1: "present", 2: "childs_illness", 3: "interview", 7: "unnotified", 8: "present",
    }  # fmt: skip


def test_digits_alone_are_kinds_and_that_is_told():
    rows, findings = marks("Nimi;1;2;3;4;5\nAho;1;2;1;1;7\n", "lasnaolot 12-2026.csv")

    assert rows[0].marks[date(2026, 12, 2)].kind == "own_illness"
    assert [f.severity for f in findings] == ["notice"]


def test_what_is_no_mark_is_told_by_row_and_column():
    _rows, findings = marks("joulukuu 2026\nNimi;1;2;3;4;5\nAho;L;Q;L;L;L\n")

    assert [(f.row, f.column) for f in findings] == [(3, "2")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nimi;1.12.2026;2.12.2026;3.12.2026;4.12.2026;7.12.2026\nAho;L;L;L;L;L\n", ""),
        ("Närvaro december 2026\nNamn;1;2;3;4;5\nAho;N;N;N;N;N\n", ""),
        ("Nimi;ti 1;ke 2;to 3;pe 4;ma 7\nAho;L;L;L;L;L\n", "läsnäolo_2026-12.csv"),
        ("Nimi;1.12.;2.12.;3.12.;4.12.;7.12.\nAho;L;L;L;L;L\n", "12.2026.csv"),
    ],
)
def test_month_from_headings_title_or_name(text, name):
    rows, _findings = marks(text, name)

    assert min(rows[0].marks) == date(2026, 12, 1)


def test_first_column_is_the_name_where_it_has_no_heading():
    rows, _findings = marks("joulukuu 2026\n;1;2;3;4;5\nAho Väinö;L;L;L;L;L\n")

    assert rows[0].person.text("family_name") == "Aho"


def test_day_that_the_month_has_not_is_an_error():
    heads = ";".join(map(str, range(1, 32)))
    _rows, findings = marks(f"marraskuu 2026\nNimi;{heads}\nAho;L\n")

    assert [f.told for f in findings] == [{"day": "31"}]
