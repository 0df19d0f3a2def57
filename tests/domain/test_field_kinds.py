"""What a value of a summary may be: what fits the kind fits its published schema too, and nothing else."""

from collections.abc import Callable
from typing import Any

import jsonschema_rs
import pytest

from coachdesk import i18n
from coachdesk.domain.field_kinds import Chosen, Day, Kind, Pattern, Table, Whole, Words, of_codes

PARTS = Table(
    columns={"part": Whole(1, 5), "said": Words(longest=4)},
    sentence=lambda _row: "{part}: {said}",
    most=2,
    may_lack=("said",),
)
COLOUR = Chosen(keys=("red", "blue"), shows=lambda key, words: f"{key} ({words.language})")

FITTING: list[tuple[Kind, Any]] = [
    (Words(longest=5), "Åsa\nÖ"),
    (Pattern("[0-9]{3}", 3), "905"),
    (COLOUR, "blue"),
    (Day(), "2028-02-29"),
    (Day(month=True), "2026-12"),
    (Whole(0, 3), 0),
    (PARTS, []),
    (PARTS, [{"part": 5, "said": "abcd"}, {"part": 1, "said": None}]),
]
NOT_FITTING: list[tuple[Kind, Any]] = [
    (Words(longest=5), ""),
    (Words(longest=5), "abcdef"),
    (Words(), 7),
    (Pattern("[0-9]{3}", 3), "9055"),
    (Pattern("[0-9]{3}", 3), "90\n"),
    (COLOUR, "green"),
    (COLOUR, None),
    (Day(), "2026-13-01"),
    (Day(), "2026-12"),
    (Day(month=True), "2026-00"),
    (Whole(0, 3), 4),
    (Whole(0, 3), "1"),
    (PARTS, [{"part": 1, "said": "a"}] * 3),
    (PARTS, [{"part": None, "said": "a"}]),
    (PARTS, [{"part": 1}]),
    (PARTS, [{"part": 1, "said": "a", "more": 1}]),
    (PARTS, {"part": 1, "said": "a"}),
]


def published(kind: Kind) -> Callable[[Any], bool]:
    return jsonschema_rs.Draft202012Validator(kind.schema(), validate_formats=True).is_valid


@pytest.mark.parametrize(("kind", "value"), FITTING)
def test_what_fits_is_as_its_schema_says(kind: Kind, value: Any) -> None:
    assert kind.fits(value) and published(kind)(value)


@pytest.mark.parametrize(("kind", "value"), NOT_FITTING)
def test_what_does_not_fit_is_refused_by_both(kind: Kind, value: Any) -> None:
    assert not kind.fits(value) and not published(kind)(value)


@pytest.mark.parametrize("value", ["A\u030a", "a\x00", "a\tb", "\ud800"])
def test_text_is_composed_and_has_no_control_symbols(value: str) -> None:
    """A schema cannot say so: the program alone looks."""
    assert not Words().fits(value)


@pytest.mark.parametrize("value", [True, 1.0])
def test_only_whole_numbers_are_numbers(value: Any) -> None:
    assert not Whole(0, 3).fits(value)


def test_a_day_that_no_calendar_has_does_not_fit() -> None:
    assert not Day().fits("2026-02-29")


def test_each_kind_is_said_in_the_language_of_the_reader() -> None:
    words = i18n.words("sv")

    assert Day().show("2026-12-15", words) == "15.12.2026"
    assert Day(month=True).show("2026-09", words) == "9/2026"
    assert COLOUR.show("red", words) == "red (sv)"
    assert of_codes("payers").show("kela", words) == "FPA"
    assert Whole(1, 5, shows=lambda number, _words: "x" * number).show(3, words) == "xxx"


def test_words_are_free_in_a_table_where_a_column_is() -> None:
    assert PARTS.free and not Table(columns={"day": Day()}, sentence=lambda _row: "{day}").free
