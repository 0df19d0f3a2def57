"""Personal identity code: the official rule, every intermediate character, never shown by itself."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fi import hetu

from coachdesk.domain.identity_code import CENTURIES, CHECK_SYMBOLS, check_symbol, is_valid, parse
from coachdesk.errors import Refused

DAYS = st.dates(date(1850, 1, 1), date(2026, 12, 15))
NUMBERS = st.integers(2, 999).map("{:03d}".format)


def code(born: date, between: str, number: str) -> str:
    day = born.strftime("%d%m%y")
    return f"{day}{between}{number}{check_symbol(day, number)}"


def betweens(born: date) -> list[str]:
    return [sign for sign, century in CENTURIES.items() if century == born.year // 100 * 100]


def test_official_example_is_right() -> None:
    assert parse("131052-308T").birth_date == date(1952, 10, 13)


@pytest.mark.parametrize(
    "text",
    ["010190-900P", "010190-901R", "150385Y9024", "290200A903E", "311299X977R", "070705B998M", "241278-9553"],
)
def test_temporary_codes_with_old_and_new_characters_are_right(text: str) -> None:
    found = parse(text)
    assert found.code == text and found.temporary


@given(DAYS, NUMBERS, st.data())
def test_each_character_of_the_century_is_right_and_the_standard_library_of_numbers_agrees(
    born: date, number: str, data: st.DataObject
) -> None:
    text = code(born, data.draw(st.sampled_from(betweens(born))), number)
    assert parse(text).birth_date == born
    assert hetu.is_valid(text, allow_temporary=True)


@given(DAYS, NUMBERS, st.data())
def test_one_wrong_sign_is_noticed(born: date, number: str, data: st.DataObject) -> None:
    text = code(born, data.draw(st.sampled_from(betweens(born))), number)
    wrong = data.draw(st.sampled_from([s for s in CHECK_SYMBOLS if s != text[-1]]))
    assert not is_valid(text[:-1] + wrong)
    place = data.draw(st.sampled_from([7, 8, 9]))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != text[place]]))
    assert not is_valid(text[:place] + digit + text[place + 1 :])


@given(st.text(max_size=14))
def test_anything_else_is_refused_with_a_sentence_and_never_an_accident(text: str) -> None:
    assert is_valid(text) <= hetu.is_valid(text.upper(), allow_temporary=True)


def test_small_letters_are_raised_and_the_character_between_is_never_changed() -> None:
    assert parse(" 290200a903e ").code == "290200A903E"
    assert parse("150385Y9024").code != parse("150385-9024").code


@pytest.mark.parametrize(
    "text", ["", "131052-308", "131052-308TT", "1310S2-308T", "131052G308T", "131052-308O"]
)
def test_other_forms_are_refused(text: str) -> None:
    with pytest.raises(Refused) as caught:
        parse(text)
    assert caught.value.field == "personal_identity_code"


def test_day_that_does_not_exist_is_refused() -> None:
    assert not is_valid("310299-900" + check_symbol("310299", "900"))
    assert not is_valid("290299-900" + check_symbol("290299", "900"))


def test_code_is_dots_unless_asked_for_by_name() -> None:
    found = parse("131052-308T")
    assert str(found) == "••••••-••••"


def test_the_days_of_a_century_go_with_its_characters() -> None:
    start = date(1899, 12, 31)
    assert parse(code(start, "+", "900")).birth_date == start
    assert parse(code(start + timedelta(days=1), "-", "900")).birth_date == date(1900, 1, 1)
