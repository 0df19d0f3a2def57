"""Numbers as people read them: in groups of three by the language, whatever sentence they stand in."""

import pytest
from babel.numbers import format_decimal

from coachdesk import i18n

LOCALES = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_GB"}


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("number", [0, 7, 999, 1000, 10_000, 402_117, 2_000_000, -1500])
def test_a_count_is_written_as_the_language_writes_it(language: str, number: int) -> None:
    assert i18n.words(language).count(number) == format_decimal(number, locale=LOCALES[language])


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("number", [0.5, 12.25, 1234.5, 10_000.0, 99_999.9])
def test_a_number_with_decimals_too(language: str, number: float) -> None:
    assert i18n.words(language).number(number, 2) == format_decimal(number, locale=LOCALES[language])


def test_every_way_to_fill_a_sentence_groups_its_numbers() -> None:
    words = i18n.words("fi")

    assert words.fill("{count} of {all}", count=10_000, all=12_500) == "10\u00a0000 / 12\u00a0500"
    assert words.ngettext("{count} trainee", "{count} trainees", 10_000).format(count=10_000) == (
        "10\u00a0000 valmentautujaa"
    )
    i18n.use_language("sv")
    assert i18n.ngettext("{count} trainee", "{count} trainees", 1402).format(count=1402) == (
        "1\u00a0402 deltagare"
    )


def test_a_number_that_is_a_name_stays_as_it_is() -> None:
    words = i18n.words("sv")

    said = words.fill("Quarter {number}/{year}", number=4, year=2026)
    assert "2026" in said
    assert "4321" in words.fill("Row {row}: {told}", row=4321, told="x")
    assert "1045" in words.fill("Version {version}", version=1045)


def test_a_truth_and_a_word_are_no_numbers() -> None:
    words = i18n.words("fi")

    assert words.text(True) == "True" and words.text("10000") == "10000"


def test_a_sentence_is_text_to_whoever_takes_it() -> None:
    said = i18n.words("fi").ngettext("person", "people", 2)

    assert isinstance(said, str) and said == str(said) and {said: 1}[str(said)] == 1
