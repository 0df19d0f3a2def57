"""Dated codes: what law or an authority may change, with its source.

One TOML file for a list in ``resources/codes``::

    [[code]]
    key = "own_illness"
    fi = "oma sairaus"
    sv = "egen sjukdom"
    en = "own illness"          # optional, else the key in words
    valid_from = 2015-01-01     # optional: from the beginning
    valid_to = 2026-04-30       # optional: still valid; last day included
    source = "189/2001 § 13"
    review = true               # optional: a native user has still to read the name
    # anything else is kept in ``more``; ``also`` lists other names that spreadsheets use

A ``source`` at the top of the file stands for each entry without its own.  A key may stand several
times with different dates; the entry in force on a day is asked by ``on``.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from coachdesk.domain.letters import fold

_INSIDE = Path(__file__).parent.parent / "_resources" / "codes"
_FOLDER = _INSIDE if _INSIDE.is_dir() else Path(__file__).parent.parent.parent / "resources" / "codes"
_FIRST, _LAST = date.min, date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One official name with the days it is in force, both included."""

    key: str
    fi: str
    sv: str
    en: str
    source: str
    valid_from: date = _FIRST
    valid_to: date = _LAST
    review: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)

    def name(self, language: str) -> str:
        """The official name in ``fi``, ``sv`` or ``en``."""
        return {"fi": self.fi, "sv": self.sv}.get(language, self.en)

    def in_force(self, on: date) -> bool:
        """Whether the code may be chosen on that day."""
        return self.valid_from <= on <= self.valid_to


@dataclass(frozen=True)
class CodeList:
    """The codes of one list in the order of the file."""

    title: str
    codes: tuple[Code, ...]

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    @cached_property
    def _newest(self) -> dict[str, Code]:
        found: dict[str, Code] = {}
        for code in self.codes:
            if code.key not in found or code.valid_from > found[code.key].valid_from:
                found[code.key] = code
        return found

    def __contains__(self, key: object) -> bool:
        return key in self._newest

    def __getitem__(self, key: str) -> Code:
        """The newest entry of a key; an unknown key answers a code whose name is the key itself."""
        found = self._newest.get(key)
        return found or Code(key=key, fi=key, sv=key, en=key, source="", review=True)

    def at(self, key: str, on: date) -> Code:
        """The entry of a key in force on a day, else the newest: old records keep the old name."""
        for code in self.codes:
            if code.key == key and code.in_force(on):
                return code
        return self[key]

    def on(self, day: date) -> tuple[Code, ...]:
        """The codes that may be chosen on that day."""
        return tuple(code for code in self.codes if code.in_force(day))

    def name(self, key: str, language: str) -> str:
        """The name of a key, empty for an empty key."""
        return self[key].name(language) if key else ""

    def called(self, text: str) -> Code | None:
        """The code that a person means by ``text``: its key, a name in any language, or one of ``also``.

        Letters are compared folded; None where no code, or codes with different keys, answer.
        """
        found = self._by_name.get(fold(text), {})
        return next(iter(found.values())) if len(found) == 1 else None

    @cached_property
    def _by_name(self) -> dict[str, dict[str, Code]]:
        """Each folded name with the codes that answer to it: folded once, since forms ask at each key."""
        found: dict[str, dict[str, Code]] = {}
        for code in self.codes:
            for name in _names(code) - {""}:
                found.setdefault(name, {})[code.key] = code
        return found


def _names(code: Code) -> set[str]:
    return {fold(name) for name in (code.key, code.fi, code.sv, code.en, *code.more.get("also", ()))}


@cache
def codes(title: str) -> CodeList:
    """The list kept in ``resources/codes/<title>.toml``."""
    with (_FOLDER / f"{title}.toml").open("rb") as file:
        return read(title, tomllib.load(file))


def titles() -> tuple[str, ...]:
    """Every table that is kept; one without codes makes an empty list."""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.toml")))


@cache
def attended_kinds() -> tuple[str, ...]:
    """The kinds of mark that count as an attended day."""
    return tuple(dict.fromkeys(code.key for code in codes("attendance_kinds") if code.more.get("attended")))


def read(title: str, table: Mapping[str, Any]) -> CodeList:
    """A list from its TOML table; a code without fi, sv and source is a mistake of ours.

    Raises:
        ValueError: an entry lacks its key, its Finnish or Swedish name or its source.
    """
    own = {"key", "fi", "sv", "en", "source", "valid_from", "valid_to", "review"}
    found = []
    for written in table.get("code", []):
        entry = {"source": table.get("source", "")} | written
        for name in ("key", "fi", "sv", "source"):
            if not entry.get(name):
                raise ValueError(f"{title}: {entry.get('key', '?')} has no {name}")
        found.append(
            Code(
                key=entry["key"],
                fi=entry["fi"],
                sv=entry["sv"],
                en=entry.get("en", entry["key"].replace("_", " ")),
                source=entry["source"],
                valid_from=entry.get("valid_from", _FIRST),
                valid_to=entry.get("valid_to", _LAST),
                review=entry.get("review", False),
                more={name: value for name, value in entry.items() if name not in own},
            )
        )
    return CodeList(title, tuple(found))
