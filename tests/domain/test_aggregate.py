"""What is told of those who did not consent tells nobody's class, however it is reckoned with."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk import i18n
from coachdesk.domain import aggregate
from coachdesk.domain.aggregate import FEW, LEAST_PEOPLE, Member, OneWay, Quarter
from coachdesk.exchange import bundle, schemas

CLASSES = aggregate.classes()
MEMBER = st.builds(Member, **{key: st.sampled_from(names[:4]) for key, names in CLASSES.items()})
GROUP = st.lists(MEMBER, max_size=70)
ID = "0" * 32


@settings(max_examples=300, deadline=None)
@given(GROUP)
def test_no_count_below_five_and_no_odd_count_is_ever_told(members: list[Member]) -> None:
    tables = aggregate.tables(members)
    told = [count for table in tables for _key, count in table.cells]
    assert all(count is None or (count >= 5 and count % 5 == 0) for count in told)
    if tables:
        item = aggregate.item(ID, ID, Quarter(year=2026, number=3), len(members), tables)
        shown = [cell["count"] for table in item["tables"] for cell in table["cells"]]
        assert all(count == FEW or (count >= 5 and count % 5 == 0) for count in shown)
        assert item["people"] >= 20 and item["people"] % 5 == 0
        assert schemas.fits(item, bundle.AGGREGATE)


@settings(max_examples=200, deadline=None)
@given(st.lists(MEMBER, max_size=LEAST_PEOPLE - 1))
def test_fewer_than_twenty_people_give_nothing(members: list[Member]) -> None:
    assert aggregate.tables(members) == ()


@settings(max_examples=300, deadline=None)
@given(GROUP)
def test_neither_the_total_nor_a_cell_can_be_reckoned_from_what_is_told(members: list[Member]) -> None:
    """An attacker who knows the rules keeps three whole numbers or more for each number."""
    tables = aggregate.tables(members)
    if not tables:
        return
    totals, cells = reckoned(tables, aggregate.rounded(len(members)) or 0)
    assert len(members) in totals
    assert len(totals) >= 3
    for table in tables:
        for key, _told in table.cells:
            assert len(cells[table.key, key]) >= 3
            true = sum(getattr(member, table.key) == key for member in members)
            assert true in cells[table.key, key]


def test_tables_that_would_pin_the_total_together_are_left_out() -> None:
    """Three cells of 5 to 7 are at most 21 people; 13 and 8 at least 21: together they would tell all."""
    first = OneWay(key="age", cells=(("a", 5), ("b", 5), ("c", 5)))
    second = OneWay(key="language", cells=(("fi", 15), ("sv", 10)))
    assert aggregate.people([first, second]) == (21, 21)
    assert len(aggregate.safe([first, second])) == 1


def test_a_person_who_moves_by_one_is_not_told_apart_within_five() -> None:
    assert {aggregate.rounded(count) for count in range(5)} == {None}
    assert [aggregate.rounded(count) for count in (5, 7, 8, 12, 13)] == [5, 5, 10, 10, 15]


def test_every_class_stands_in_its_table_whoever_is_there() -> None:
    member = Member(**{key: names[0] for key, names in CLASSES.items()})
    tables = aggregate.tables([member] * 40)
    assert {table.key: tuple(key for key, _ in table.cells) for table in tables} == {
        table.key: CLASSES[table.key] for table in tables
    }


@pytest.mark.parametrize(
    ("language", "said"), [("fi", "neljännes 3/2026"), ("sv", "kvartal 3/2026"), ("en", "quarter 3/2026")]
)
def test_a_quarter_is_told_in_the_language_and_never_by_its_key(language: str, said: str) -> None:
    assert aggregate.quarter_of("2026-Q3").said(i18n.words(language)) == said


def test_the_quarter_told_is_the_last_that_is_over() -> None:
    assert aggregate.last_finished(date(2026, 12, 15)).key == "2026-Q3"
    assert aggregate.last_finished(date(2027, 1, 1)).key == "2026-Q4"
    quarter = aggregate.last_finished(date(2027, 3, 31))
    assert (quarter.begins, quarter.ends) == (date(2026, 10, 1), date(2026, 12, 31))


def reckoned(tables: tuple[OneWay, ...], told: int) -> tuple[set[int], dict[tuple[str, str], set[int]]]:
    """What is possible, by trying all sums: no interval rule of the program is used here."""
    possible = {(t.key, key): stands_for(cell) for t in tables for key, cell in t.cells}
    sums = {t.key: spread([possible[t.key, key] for key, _ in t.cells]) for t in tables}
    totals = {n for n in stands_for(told) if n >= LEAST_PEOPLE}
    for found in sums.values():
        totals &= found
    cells: dict[tuple[str, str], set[int]] = {}
    for t in tables:
        for key, _told in t.cells:
            others = spread([possible[t.key, other] for other, _ in t.cells if other != key])
            ways = product(possible[t.key, key], totals)
            cells[t.key, key] = {one for one, total in ways if total - one in others}
    return totals, cells


def stands_for(told: int | None) -> set[int]:
    """Every count that is told so."""
    return {count for count in range(200) if aggregate.rounded(count) == told}


def spread(parts: list[set[int]]) -> set[int]:
    """Every sum of one number of each."""
    found = {0}
    for part in parts:
        found = {one + other for one in found for other in part}
    return found
