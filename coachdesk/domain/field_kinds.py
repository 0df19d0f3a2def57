"""Kinds of value that a summary may hold: each checks a value, describes it as JSON Schema and shows it.

Nothing passes that its kind does not know: codes stand in a closed list or fit a whole pattern, days are
real days, numbers are whole.  Only ``Words`` lets free text through.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from coachdesk.domain.codes import codes

Said = tuple[str, Mapping[str, Any]]

_DAY, _MONTH = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), re.compile(r"[0-9]{4}-[0-9]{2}")


class Speech(Protocol):
    """What showing a value needs of a language (``i18n.Words``)."""

    @property
    def language(self) -> str:
        """fi, sv or en."""
        ...

    def _(self, message: str) -> str: ...

    def fill(self, message: str, /, **values: object) -> str:
        """The translated message with its fields filled."""
        ...

    def day(self, value: date | None) -> str:
        """A date as it is written."""
        ...


class Kind(Protocol):
    """One kind of value."""

    @property
    def free(self) -> bool:
        """Whether free words pass."""
        ...

    def fits(self, value: Any) -> bool:
        """Whether the value may leave."""
        ...

    def schema(self) -> dict[str, Any]:
        """The kind as JSON Schema 2020-12."""
        ...

    def show(self, value: Any, words: Speech) -> str:
        """The value as a person reads it."""
        ...


@dataclass(frozen=True)
class Words:
    """Free text in NFC without control symbols; line ends are kept."""

    longest: int = 500
    free: bool = True

    def fits(self, value: Any) -> bool:
        """Whether it is composed text of a right length."""
        return (
            isinstance(value, str)
            and 0 < len(value) <= self.longest
            and unicodedata.is_normalized("NFC", value)
            and not any(unicodedata.category(c) in ("Cc", "Cs") and c != "\n" for c in value)
        )

    def schema(self) -> dict[str, Any]:
        """Text of a length."""
        return {"type": "string", "minLength": 1, "maxLength": self.longest}

    def show(self, value: Any, words: Speech) -> str:
        """Word for word."""
        return str(value)


@dataclass(frozen=True)
class Pattern:
    """Text that fits a pattern whole; ``pattern`` is both a Python and an ECMA 262 expression."""

    pattern: str
    longest: int
    shows: Callable[[str, Speech], str] | None = None
    free: bool = False

    def fits(self, value: Any) -> bool:
        """Whether the whole text fits."""
        return (
            isinstance(value, str) and len(value) <= self.longest and self._form.fullmatch(value) is not None
        )

    @cached_property
    def _form(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def schema(self) -> dict[str, Any]:
        """Text with the pattern."""
        return {"type": "string", "pattern": f"^(?:{self.pattern})$", "maxLength": self.longest}

    def show(self, value: Any, words: Speech) -> str:
        """As it stands, or by its name."""
        return self.shows(value, words) if self.shows else str(value)


@dataclass(frozen=True)
class Chosen:
    """A key of a closed list."""

    keys: tuple[str, ...]
    shows: Callable[[str, Speech], str]
    free: bool = False

    def fits(self, value: Any) -> bool:
        """Whether the list has it."""
        return isinstance(value, str) and value in self.keys

    def schema(self) -> dict[str, Any]:
        """The closed list."""
        return {"enum": list(self.keys)}

    def show(self, value: Any, words: Speech) -> str:
        """The official name."""
        return self.shows(value, words)


def of_codes(title: str) -> Chosen:
    """A key of ``resources/codes/<title>.toml``."""
    keys = tuple(dict.fromkeys(code.key for code in codes(title)))
    return Chosen(keys=keys, shows=lambda key, words: codes(title).name(key, words.language))


@dataclass(frozen=True)
class Day:
    """A calendar day, or with ``month`` the month it stands for, as ISO text."""

    month: bool = False
    free: bool = False

    def fits(self, value: Any) -> bool:
        """Whether there is such a day."""
        form = _MONTH if self.month else _DAY
        if not isinstance(value, str) or form.fullmatch(value) is None:
            return False
        try:
            date.fromisoformat(f"{value}-01" if self.month else value)
        except ValueError:
            return False
        return True

    def schema(self) -> dict[str, Any]:
        """Text of the form of a day."""
        if self.month:
            return {"type": "string", "pattern": "^[0-9]{4}-(?:0[1-9]|1[0-2])$"}
        pattern = "^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$"
        return {"type": "string", "format": "date", "pattern": pattern}

    def show(self, value: Any, words: Speech) -> str:
        """The day as the language writes it; a month by its number."""
        if self.month:
            return f"{int(value[5:])}/{value[:4]}"
        return words.day(date.fromisoformat(value))


@dataclass(frozen=True)
class Whole:
    """A whole number between two, both included."""

    least: int
    most: int
    shows: Callable[[int, Speech], str] | None = None
    free: bool = False

    def fits(self, value: Any) -> bool:
        """Whether it is whole and between them; true and false are no numbers."""
        return type(value) is int and self.least <= value <= self.most

    def schema(self) -> dict[str, Any]:
        """A bounded integer."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def show(self, value: Any, words: Speech) -> str:
        """The digits, or the name."""
        return self.shows(value, words) if self.shows else str(value)


@dataclass(frozen=True)
class Table:
    """Rows with the same columns; ``sentence`` says one row.  A column named in ``may_lack`` may be null."""

    columns: Mapping[str, Kind]
    sentence: Callable[[Mapping[str, Any]], str] = field(compare=False)
    most: int = 20
    may_lack: tuple[str, ...] = ()

    @property
    def free(self) -> bool:
        """Whether free words pass in a column."""
        return any(kind.free for kind in self.columns.values())

    def fits(self, value: Any) -> bool:
        """Whether each row has each column and no other."""
        return isinstance(value, list) and len(value) <= self.most and all(self._row_fits(r) for r in value)

    def _row_fits(self, row: Any) -> bool:
        if not isinstance(row, dict) or row.keys() != self.columns.keys():
            return False
        for name, kind in self.columns.items():
            if not kind.fits(row[name]) and (row[name] is not None or name not in self.may_lack):
                return False
        return True

    def schema(self) -> dict[str, Any]:
        """A bounded list of closed objects."""
        properties = {
            name: or_null(kind.schema()) if name in self.may_lack else kind.schema()
            for name, kind in self.columns.items()
        }
        return {"type": "array", "maxItems": self.most, "items": closed(properties)}

    def show(self, value: Any, words: Speech) -> str:
        """A line for each row."""
        return "\n".join(self._say(row, words) for row in value)

    def _say(self, row: Mapping[str, Any], words: Speech) -> str:
        said = {
            name: kind.show(row[name], words) for name, kind in self.columns.items() if row[name] is not None
        }
        return words.fill(self.sentence(row), **said)


def or_null(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def closed(properties: dict[str, Any], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """An object with these members and no other."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [name for name in properties if name not in optional],
        "properties": properties,
    }
