from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.errors import Refused
from coachdesk.importing.dates import MonthFirst, month_number, read_day

TODAY = date(2026, 12, 15)
FIRST = date(2026, 2, 1)


@pytest.mark.parametrize(
    "cell",
    [
        "1.2.2026", "01.02.2026", "1.2.26", "01.02.26.", "1. 2. 2026", "2026-02-01", "2026-02-01T00:00:00",
        "2026-02-01 00:00:00", "2026/02/01", "1/2/2026", "01-02-2026", "20260201", "1.2.2026 klo 9.15",
        "1. helmikuuta 2026", "1 februari 2026", "1 feb. 2026", 46054, 46054.0, "46054", FIRST,
        datetime(2026, 2, 1, 12, 0),  # noqa: DTZ001 - a workbook's moments have no zone
    ],
)  # fmt: skip
def test_days_of_both_habits(cell):
    assert read_day(cell, on=TODAY).day == FIRST


def test_day_that_could_be_two_is_doubtful():
    assert read_day("1/2/2026", on=TODAY).doubtful
    assert not read_day("1.2.2026", on=TODAY).doubtful
    assert not read_day("13/2/2026", on=TODAY).doubtful
    assert not read_day("2/2/2026", on=TODAY).doubtful


def test_day_with_the_month_first_is_refused_by_its_own_name():
    with pytest.raises(MonthFirst):
        read_day("12/31/2026", on=TODAY)


@pytest.mark.parametrize(
    "cell",
    ["31.2.2026", "0.1.2026", "1.2.", "helmikuu", "x", "99", 12, -5, float("nan"), float("inf"), True, None,
     "1.2.3026", "1.2.1700", "9" * 5000, 10**400],
)  # fmt: skip
def test_what_is_no_day_is_refused(cell):
    with pytest.raises(Refused):
        read_day(cell, on=TODAY)


def test_year_of_two_digits_is_near_and_of_a_birth_past():
    assert read_day("1.2.36", on=TODAY).day.year == 2036
    assert read_day("1.2.37", on=TODAY).day.year == 1937
    assert read_day("1.2.36", on=TODAY, past=True).day.year == 1936


@given(st.dates(date(1900, 1, 1), date(2056, 12, 31)))
def test_every_day_written_the_finnish_way_is_read_back(day):
    assert read_day(f"{day.day}.{day.month}.{day.year}", on=TODAY).day == day
    assert read_day(day.isoformat(), on=TODAY).day == day


@given(st.text(max_size=30))
def test_random_text_is_a_day_or_refused(text):
    try:
        read_day(text, on=TODAY)
    except Refused as refused:
        assert refused.message


@pytest.mark.parametrize(("word", "month"), [("joulukuu", 12), ("maaliskuussa", 3), ("maj", 5), ("x", None)])
def test_months_by_their_names(word, month):
    assert month_number(word) == month
