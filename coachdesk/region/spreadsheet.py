"""Summaries as CSV for a spreadsheet program of this country: semicolons, UTF-8 with its mark, a row each.

Values stand as people read them.  A cell that a spreadsheet program would take for a formula gets an
apostrophe before it (OWASP, CSV injection): free words come from people and phone numbers begin with a plus.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from coachdesk.domain import summary
from coachdesk.domain.consent import CONSENT_SCOPES
from coachdesk.i18n import N_, Words

# what begins a formula in one program or another, in its full-width form too
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
_FIELDS = tuple(name for scope in CONSENT_SCOPES for name in scope.fields)
_HEAD = (N_("Reference"), N_("Desk"), N_("Version"), N_("Consent"), N_("Kept until"), N_("Same person as"))


def as_csv(summaries: Iterable[dict[str, Any]], words: Words) -> Iterator[str]:
    """A heading, then one row for each summary; a field that no consent lets out is an empty cell."""
    titles = [*_HEAD, *(summary.FIELDS[name].title for name in _FIELDS)]
    yield "\ufeff" + _line([words._(title) for title in titles])
    for one in summaries:
        yield _line([harmless(cell) for cell in _row(one, words)])


def _line(cells: list[str]) -> str:
    found = io.StringIO()
    csv.writer(found, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(cells)
    return found.getvalue()


def harmless(text: str) -> str:
    """The text, never a formula."""
    return f"'{text}" if text.lstrip(" \u00a0\u200b\ufeff").startswith(_FORMULA) else text


def _row(one: dict[str, Any], words: Words) -> list[str]:
    kept = words.day(date.fromisoformat(one["valid_to"]))
    head = [one["ref"], one["device"], str(one["version"]), one["consent"], kept, ", ".join(one["joined"])]
    return head + [_cell(one["fields"], name, words) for name in _FIELDS]


def _cell(fields: dict[str, Any], name: str, words: Words) -> str:
    value = fields.get(name)
    return "" if value is None or value == [] else summary.shown(name, value, words)
