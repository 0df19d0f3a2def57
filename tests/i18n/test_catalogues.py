"""Finnish and Swedish are complete, fresh, and have the same fields as their source."""

import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from coachdesk import i18n
from coachdesk.errors import Refused

ROOT = Path(__file__).parent.parent.parent


def test_catalogues_are_fresh_and_whole():
    done = subprocess.run(
        [sys.executable, "i18n/catalogues.py", "check"], cwd=ROOT, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr


def test_no_other_swedish_word_was_broken_where_a_mark_got_its_one_word():
    text = (ROOT / "i18n" / "sv" / "LC_MESSAGES" / "coachdesk.po").read_text("utf-8")

    assert re.findall(r"\w*(?:an|be|upp|ut)marker\w*", text, re.IGNORECASE) == []
    assert "Kräver uppmärksamhet" in text
    assert "Anmärkning" in text


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fi", "15.12.2026 klo 9.14"), ("sv", "15.12.2026 kl. 9.14"), ("en", "15\xa0Dec\xa02026 9:14")],
)
def test_a_moment_is_written_as_the_language_does(language, expected):
    at = datetime(2026, 12, 15, 7, 14, tzinfo=UTC)

    assert i18n.words(language).moment(at) == expected


@pytest.mark.parametrize(
    ("language", "expected"), [("fi", "Tiistai 15. joulukuuta"), ("sv", "Tisdag 15 december")]
)
def test_a_day_heads_a_page(language, expected):
    assert i18n.words(language).long_day(date(2026, 12, 15)) == expected


@pytest.mark.parametrize(("language", "expected"), [("fi", "4,5"), ("sv", "4,5"), ("en", "4.5")])
def test_hours_have_the_decimal_mark_of_the_language(language, expected):
    assert i18n.words(language).hours(270) == expected


def test_an_empty_text_stays_empty():
    """gettext answers an empty message with the catalogue's head."""
    assert i18n.words("fi")._("") == ""


def test_a_problem_is_said_with_dates_of_the_reader():
    problem = Refused("The day {day} is outside the period.", day=date(2026, 12, 5))

    assert "5.12.2026" in i18n.words("fi").say(problem)
    assert str(problem) == "The day 2026-12-05 is outside the period."


def test_an_unknown_language_speaks_english():
    assert i18n.words("de").language == "en"


@pytest.mark.parametrize(("language", "expected"), [("fi", "7.12."), ("sv", "7.12"), ("en", "7\xa0Dec")])
def test_a_day_without_its_year_is_written_one_way_in_a_language(language, expected):
    assert i18n.words(language).short_day(date(2026, 12, 7)) == expected
