"""Agreed weekdays, hours and groups come with a period; of a workbook one sheet is read at a time."""

from dataclasses import replace
from datetime import date, time

import openpyxl
import pytest

from coachdesk import i18n
from coachdesk.errors import Refused, Unreadable
from coachdesk.services import imports, periods, workshops
from coachdesk.services.import_wording import shown
from coachdesk.store import periods as store

HEAD = "Sukunimi;Etunimet;Jakso alkoi;Viikonpäivät;Tunnit päivässä;Ryhmä\n"


@pytest.fixture
def group(desk):
    shop = workshops.all_workshops(desk)[0]
    return workshops.add_group(desk, shop.id, "Puutyö")


def sheet(folder, rows, head=HEAD):
    file = folder / "weeks.csv"
    file.write_text(head + rows, "utf-8")
    return file


def brought(desk, file):
    return imports.carry_out(desk, imports.preview(desk, file))


def only(desk):
    with desk.reading() as unit:
        (period,) = store.PERIODS.find(unit)
    return periods.of_trainee(desk, period.trainee_id)[0]


def test_a_period_comes_with_its_week_and_its_group(desk, group, tmp_path):
    brought(desk, sheet(tmp_path, "Aho;Anna;2.11.2026;ma–to;5 h;puutyö\n"))

    found = only(desk)
    assert [(d.weekday, d.minutes, d.starts_at, d.valid_from) for d in found.agreed] == [
        (day, 300, time(9), date(2026, 11, 2)) for day in (1, 2, 3, 4)
    ]
    assert [place.group_id for place in found.memberships] == [group.id]


def test_the_same_in_swedish(desk, group, tmp_path):
    head = "Efternamn;Förnamn;Perioden började;Veckodagar;Timmar per dag;Grupp\n"
    brought(desk, sheet(tmp_path, "Ek;Eva;2.11.2026;mån–tors;4,5;Puutyö\n", head))

    found = only(desk)
    assert [(d.weekday, d.minutes) for d in found.agreed] == [(day, 270) for day in (1, 2, 3, 4)]
    assert [place.group_id for place in found.memberships] == [group.id]


def test_taken_in_again_nothing_is_new(desk, group, tmp_path):
    file = sheet(tmp_path, "Aho;Anna;2.11.2026;ma, ke, pe;5;Puutyö\n")
    brought(desk, file)
    again = imports.preview(desk, file)

    assert [plan.state for plan in again.plans] == ["same"]
    assert again.findings == ()
    assert imports.carry_out(desk, again).batch_id == 0


def test_another_week_and_group_of_a_known_period_are_told_and_stay(desk, group, tmp_path):
    other = workshops.add_group(desk, group.workshop_id, "Keittiö")
    brought(desk, sheet(tmp_path, "Aho;Anna;2.11.2026;ma, ke, pe;5;Puutyö\n"))
    again = imports.preview(desk, sheet(tmp_path, f"Aho;Anna;2.11.2026;ma-to;4;{other.name}\n"))

    (said,) = [imports.sentence(finding, "fi") for finding in again.findings]
    assert "Puutyö" in said
    assert "Keittiö" in said
    i18n.use_language("fi")
    (week,) = again.plans[0].differences
    assert shown("people", week.field, week.ours) == "ma 5 h, ke 5 h, pe 5 h"
    assert shown("people", week.field, week.theirs) == "ma 4 h, ti 4 h, ke 4 h, to 4 h"
    assert not again.errors
    imports.carry_out(desk, again)
    assert [day.weekday for day in only(desk).agreed] == [1, 3, 5]


def test_an_unknown_group_is_left_out_and_told(desk, group, tmp_path):
    found = imports.preview(desk, sheet(tmp_path, "Aho;Anna;2.11.2026;;;Navetta\n"))

    assert ["Navetta" in imports.sentence(finding) for finding in found.findings] == [True]
    imports.carry_out(desk, found)
    assert only(desk).memberships == ()


def test_hours_that_are_not_told_are_taken_and_said(desk, tmp_path):
    found = imports.preview(desk, sheet(tmp_path, "Aho;Anna;2.11.2026;ma;;\n"))

    assert [finding.field for finding in found.findings] == ["hours"]
    imports.carry_out(desk, found)
    assert [day.minutes for day in only(desk).agreed] == [240]


def test_it_is_undone_with_its_week_and_group(desk, group, tmp_path):
    done = brought(desk, sheet(tmp_path, "Aho;Anna;2.11.2026;ma-to;5;Puutyö\n"))
    imports.undo(desk, done.batch_id)

    with desk.reading() as unit:
        assert store.PERIODS.find(unit) == store.AGREED.find(unit) == store.MEMBERSHIPS.find(unit) == ()


@pytest.mark.parametrize("act", ["week", "group"])
def test_a_week_or_group_changed_after_it_cannot_be_undone(desk, group, tmp_path, act):
    done = brought(desk, sheet(tmp_path, "Aho;Anna;2.11.2026;ma-to;5;Puutyö\n"))
    found = only(desk)
    if act == "week":
        periods.edit(desk, found.period, agreed=found.agreed[:2])
    else:
        periods.join_group(desk, found.period.id, None, day=date(2026, 12, 1))

    with pytest.raises(Refused):
        imports.undo(desk, done.batch_id)


def test_weekdays_without_a_period_are_an_error_by_row(desk, tmp_path):
    found = imports.preview(desk, sheet(tmp_path, "Aho;Anna;;ma-to;5;\n"))

    assert [(finding.row, finding.field) for finding in found.errors] == [(2, "weekdays")]


def book(folder, **sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        one = made.create_sheet(name)
        for row in rows:
            one.append(row)
    file = folder / "book.xlsx"
    made.save(file)
    return file


def test_a_sheet_is_chosen_by_name_and_the_others_are_told(desk, tmp_path):
    head = ["Sukunimi", "Etunimet"]
    file = book(tmp_path, Talvi=[head, ["Aho", "Anna"]], Kesä=[head, ["Berg", "Bo"], ["Ek", "Eva"]], Tyhjä=[])
    first, second = imports.preview(desk, file), imports.preview(desk, file, sheet="kesä")

    assert (len(first.plans), first.unread) == (1, ("Kesä",))
    assert (len(second.plans), second.unread) == (2, ("Talvi",))
    assert "Talvi" in imports.unread_line(second)
    assert "Kesä" in imports.unread_line(second)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_sheet_that_is_not_there_is_refused_with_the_names_that_are(desk, tmp_path, language):
    file = book(tmp_path, Talvi=[["Sukunimi"], ["Aho"]])
    with pytest.raises(Unreadable) as refused:
        imports.preview(desk, file, sheet="Syksy")

    said = i18n.words(language).say(refused.value)
    assert "Syksy" in said
    assert "Talvi" in said


def test_headings_without_rows_are_told_as_what_they_are(desk, tmp_path):
    with pytest.raises(Unreadable, match="no rows under"):
        imports.preview(desk, sheet(tmp_path, ""))


def test_formulas_that_nothing_has_counted_are_refused(desk, tmp_path):
    with pytest.raises(Unreadable, match="formulas without values"):
        imports.preview(desk, book(tmp_path, A=[["Sukunimi", "Arvosana"], ["Aho", "=4+5"]]))


def test_week_of_the_sheet_is_taken_where_the_coach_says_so_and_undone_with_the_import(desk, group, tmp_path):
    brought(desk, sheet(tmp_path, "Aho;Anna;2.11.2026;ma, ke, pe;5;Puutyö\n"))
    before = only(desk).agreed
    file = sheet(tmp_path, "Aho;Anna;2.11.2026;ma-ti;4,5;\n")
    again = imports.preview(desk, file)
    plan = again.plans[0]
    choices = imports.Choices(take=frozenset({(plan.rows[0], "weekdays")}))
    done = imports.carry_out(desk, again, choices)

    found = only(desk)
    assert [(day.weekday, day.minutes) for day in found.agreed] == [(1, 270), (2, 270)]
    assert [plan.state for plan in imports.preview(desk, file).plans] == ["same"]

    imports.undo(desk, done.batch_id)
    assert [replace(day, id=0) for day in only(desk).agreed] == [replace(day, id=0) for day in before]


def test_hours_that_the_sheet_does_not_tell_stay_as_the_desk_has_them(desk, group, tmp_path):
    brought(desk, sheet(tmp_path, "Aho;Anna;2.11.2026;ma, ke;5;Puutyö\n"))
    again = imports.preview(desk, sheet(tmp_path, "Aho;Anna;2.11.2026;ma, to;;\n"))
    plan = again.plans[0]
    imports.carry_out(desk, again, imports.Choices(take=frozenset({(plan.rows[0], "weekdays")})))
    assert [(day.weekday, day.minutes) for day in only(desk).agreed] == [(1, 300), (4, 300)]
