from datetime import date

import pytest

from coachdesk.domain.codes import codes
from coachdesk.domain.information import InformationGiven, checked, is_current, text_on, version_on
from coachdesk.errors import Refused

DAY = date(2026, 12, 15)
ONE = InformationGiven(trainee_id=1, text_version="2026-1", language="fi-plain", given=DAY, given_by="Maria")


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("plain", [False, True])
def test_the_text_is_whole_in_both_languages_and_kinds(language: str, plain: bool) -> None:
    fields = {"workshop": "Mallipaja", "phone": "000 0000000", "email": "paja@example.org", "region": "X"}
    found = text_on(DAY, language, plain=plain, fields=fields)

    assert [section.key for section in found] == [code.key for code in codes("information_text").on(DAY)]
    assert all(part and "{" not in part for section in found for part in section.paragraphs)
    assert "Mallipaja" in found[0].paragraphs[0]


def test_the_text_names_the_articles_that_must_be_told() -> None:
    told = {article for section in text_on(DAY, "fi") for article in section.articles}

    assert {"13(1)(a)", "13(1)(c)", "13(1)(e)", "13(2)(a)", "13(2)(b)", "13(2)(d)", "14(2)(f)", "77"} <= told


def test_plain_language_keeps_to_short_sentences() -> None:
    for language in ("fi", "sv"):
        for section in text_on(DAY, language, plain=True):
            for part in section.paragraphs:
                assert all(len(sentence.split()) <= 20 for sentence in part.split(". "))


def test_the_newest_text_counts_as_given() -> None:
    assert version_on(DAY) == "2026-1"
    assert is_current([ONE], DAY)
    assert ONE.plain
    assert not is_current([], DAY)


def test_information_is_not_given_tomorrow_nor_by_nobody() -> None:
    with pytest.raises(Refused):
        checked(ONE, date(2026, 12, 14))
    with pytest.raises(Refused):
        checked(InformationGiven(**{**{n: getattr(ONE, n) for n in ONE.__slots__}, "given_by": " "}), DAY)
