"""What a cell means: codes by their names in both languages, identity codes, grades, phases.

A reader returns the value and a notice for the coach, or None; it raises ``Refused`` with one sentence.
An empty cell never comes here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING

from coachdesk.domain import identity_code
from coachdesk.domain.codes import codes
from coachdesk.domain.letters import fold
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.importing.columns import words

if TYPE_CHECKING:
    from coachdesk.importing.reading import Cell

LONGEST_LINE, LONGEST_WORDS = 300, 20_000
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_CLOCK = re.compile(r"(?:klo|kl\.?)?\s*(\d{1,2})(?:[.:](\d{2}))?(?:[.:]\d{2})?")
_NO_WEEKDAYS = N_("“{cell}” does not name weekdays. Write them as ma–to, or as ma, ke, pe.")
_HOURS = re.compile(
    r"(?:(\d{1,2})[:.](\d{2})|(\d{1,2}(?:[.,]\d{1,2})?))\s*"
    r"(?:h|t|tim|tuntia|timmar|hours)?\.?(?:\s*/\s*(?:pv|dag|day|d))?"
)
_DAYS = {
    "ma": 1, "mo": 1, "ti": 2, "tu": 2, "ke": 3, "on": 3, "we": 3, "to": 4, "th": 4, "pe": 5, "fr": 5,
    "la": 6, "lo": 6, "sa": 6, "su": 7, "so": 7,
}  # fmt: skip
_WEEKS = {
    **dict.fromkeys(("arkisin", "arkipaivat", "vardagar", "weekdays"), (1, 5)),
    **dict.fromkeys(("paivittain", "dagligen", "daily"), (1, 7)),
}
_AND = {"", "ja", "sekä", "och", "and", "&"}
_NUMBER_WITH_WORD = re.compile(
    r"(?:vaihe|fas|skede|phase|stage)?\s*([1-5]|i{1,3}|iv|v)\s*\.?(?:\s*[-–:].*|\s+\D.*)?", re.I
)


_WRONG = re.compile(r"#(?:[A-ZÅÄÖ]{2,15}(?:/0)?[!?]|[A-Z]/[A-Z])")
_UNSEEN = dict.fromkeys((0xAD, 0x200B, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def sound(cell: Cell) -> Cell:
    """The cell, unless a formula in it ended in an error: #N/A, #REF!, #JAKO/0!, #SAKNAS!

    Raises:
        Refused: it did.
    """
    if isinstance(cell, str) and cell.startswith("#") and _WRONG.fullmatch(cell.strip()):
        raise Refused(N_("The formula of the cell ended in the error {cell}."), cell=cell.strip())
    return cell


def text_of(cell: object) -> str:
    """The cell as typed: NFC, a whole number without its .0, no control characters."""
    match cell:
        case None:
            return ""
        case bool():
            return "1" if cell else "0"
        case int() if abs(cell) > 10**18:
            return "∞"  # no field holds such a number
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime():
            return cell.isoformat(sep=" ", timespec="minutes")
    composed = unicodedata.normalize("NFC", str(cell)).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        c for c in composed if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn")
    )


def read_line(cell: object) -> tuple[str, str | None]:
    """One line of text with single spaces, without soft hyphens, unseen joints and turned directions."""
    line = " ".join(text_of(cell).translate(_UNSEEN).split())
    if len(line) > LONGEST_LINE:
        raise Refused(N_("The text is longer than {most} characters."), most=LONGEST_LINE)
    return line, None


def read_words(cell: object) -> tuple[str, str | None]:
    """Text of many lines, as written."""
    found = "\n".join(line.rstrip() for line in text_of(cell).split("\n")).strip()
    if len(found) > LONGEST_WORDS:
        raise Refused(N_("The text is longer than {most} characters."), most=LONGEST_WORDS)
    return found, None


def read_phone(cell: object) -> tuple[str, str | None]:
    """A phone number as written; a spreadsheet that made it a number has lost its first zero."""
    line, _ = read_line(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool) and line[:1] not in ("0", "-"):
        if line.startswith("358") and len(line) > 10:
            return f"+{line}", N_("The plus sign that the spreadsheet dropped was put back.")
        return f"0{line}", N_("The first zero that the spreadsheet dropped was put back.")
    return line, None


def read_postal_code(cell: object) -> tuple[str, str | None]:
    """A Finnish postal code has five digits; one kept as a number has lost its zeros."""
    line, _ = read_line(cell)
    return (line.zfill(5) if line.isascii() and line.isdigit() else line), None


def read_identity_code(cell: object) -> tuple[str, str | None]:
    """A whole, right code.  Small letters are raised with a notice; the intermediate character stays."""
    line, _ = read_line(cell)
    found = identity_code.parse(line)
    raised = found.code != line and found.code == line.upper()
    return found.code, N_(
        "The identity code was written in small letters; they were raised."
    ) if raised else None


def read_municipality(cell: object) -> tuple[str, str | None]:
    """A municipality by its Finnish or Swedish name, or both, or its three digits."""
    line, _ = read_line(cell)
    known = _by_name("municipalities")
    if line.isascii() and line.isdigit() and line.zfill(3) in codes("municipalities"):
        return line.zfill(3), None
    for part in (line, *re.split(r"[/,(|]| - ", line)):
        if found := known.get(fold(part.strip(" )"))):
            return found, None
    raise Refused(N_("“{cell}” is not the name of a municipality."), cell=line)


def read_language(cell: object) -> tuple[str, str | None]:
    """A language by its name in Finnish, Swedish or English, or its code of two or three letters."""
    line, _ = read_line(cell)
    plain = fold(line)
    if plain in codes("languages"):
        return plain, None
    found = _language_words().get(plain) or _by_name("languages").get(plain)
    found = found or _by_name("languages").get(plain.removesuffix("n kieli").removesuffix(" kieli"))
    if not found:
        raise Refused(N_("“{cell}” is not a known language."), cell=line)
    return found, None


def read_service_language(cell: object) -> tuple[str, str | None]:
    """Finnish or Swedish; another language is a matter for an interpreter."""
    found, _ = read_language(cell)
    if found not in ("fi", "sv"):
        raise Refused(N_("The language of service is Finnish or Swedish. Others belong to the interpreter."))
    return found, None


def read_code(cell: object, title: str) -> tuple[str, str | None]:
    """A code of a list by its name in either language, by its key, or by a word that spreadsheets use."""
    line, _ = read_line(cell)
    plain = fold(line.replace(":", " "))
    found = _by_name(title).get(plain)
    if not found:
        raise Refused(N_("“{cell}” is not a word that the desk knows."), cell=line)
    return found, None


def read_phase(cell: object) -> tuple[int, str | None]:
    """A phase from 1 to 5: 3, Vaihe 3, Fas III, “3. Työn etsintä”."""
    line, _ = read_line(cell)
    if not (found := _NUMBER_WITH_WORD.fullmatch(line)):
        raise Refused(N_("“{cell}” is not a phase. Phases are 1, 2, 3, 4 and 5."), cell=line)
    word = found[1].casefold()
    return _ROMAN.get(word) or int(word), None


def read_grade(cell: object) -> tuple[int, str | None]:
    """A whole grade from 4 to 10."""
    line, _ = read_line(cell)
    plain = line.replace(",", ".").removesuffix(".0").removesuffix(".00")
    if not (plain.isascii() and plain.isdigit() and len(plain) < 3 and 4 <= int(plain) <= 10):
        raise Refused(N_("“{cell}” is not a grade. Grades are whole numbers from 4 to 10."), cell=line)
    return int(plain), None


def read_whole(cell: object) -> tuple[int, str | None]:
    """A whole number from 0 to 9999."""
    line, _ = read_line(cell)
    plain = line.replace(" ", "")
    if not (plain.isascii() and plain.isdigit() and len(plain) < 5):
        raise Refused(N_("“{cell}” is not a whole number."), cell=line)
    return int(plain), None


def read_yes_no(cell: object) -> tuple[bool, str | None]:
    """Yes or no in any of the languages, or a cross."""
    line, _ = read_line(cell)
    said: Mapping[str, list[str]] = words()["yes_no"]
    for answer, names in said.items():
        if line.casefold() in {name.casefold() for name in names}:
            return answer == "yes", None
    raise Refused(N_("“{cell}” is neither yes nor no."), cell=line)


def read_time(cell: object) -> tuple[time, str | None]:
    """A time of day: 9.15, 9:15, klo 9, or typed."""
    if isinstance(cell, datetime):
        return cell.time().replace(second=0, microsecond=0), None
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0, tzinfo=None), None
    line, _ = read_line(cell)
    found = _CLOCK.fullmatch(line.casefold())
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise Refused(N_("“{cell}” is not a time of day. Write it as 9.15."), cell=line)
    return time(int(found[1]), int(found[2] or 0)), None


def read_weekdays(cell: object) -> tuple[str, str | None]:
    """Weekdays as digits from Monday 1: “ma–to” and “mån-tors” are 1234, “ma, ke, pe” is 135."""
    line, _ = read_line(cell)
    plain = re.sub(r"\s*[-–—]\s*", "-", line.casefold())
    found: set[int] = set()
    for part in (part for part in re.split(r"[\s,;/+&.]+", plain) if part not in _AND):
        whole = _WEEKS.get(fold(part))
        first, dash, last = part.partition("-")
        since, till = whole or (_weekday(first), _weekday(last if dash else first))
        if not 0 < since <= till:
            raise Refused(_NO_WEEKDAYS, cell=line)
        found.update(range(since, till + 1))
    if not found:
        raise Refused(_NO_WEEKDAYS, cell=line)
    return "".join(map(str, sorted(found))), None


def read_hours(cell: object) -> tuple[int, str | None]:
    """Hours of a day in minutes: 5, 4,5, “5 h”, 4.30 t; at most 12 hours."""
    if isinstance(cell, time):
        minutes: float = cell.hour * 60 + cell.minute
    elif isinstance(cell, timedelta):
        minutes = cell.total_seconds() / 60
    elif isinstance(cell, int | float):
        minutes = cell * 60
    else:
        line, _ = read_line(cell)
        said = _HOURS.fullmatch(line.casefold())
        minutes = 0.0
        if said and said[2]:
            minutes = int(said[1]) * 60 + int(said[2]) if int(said[2]) < 60 else 0
        elif said:
            minutes = float(said[3].replace(",", ".")) * 60
    if not 0 < minutes <= 12 * 60 or minutes != int(minutes):
        raise Refused(N_("“{cell}” is not the hours of a day. Write them as 5 or 4,5."), cell=text_of(cell))
    return int(minutes), None


def _weekday(word: str) -> int:
    """The number of a weekday by the beginning of its name in any of the languages; 0 for another word."""
    plain = fold(word)
    return _DAYS.get(plain[:2], 0) if word.isalpha() and len(plain) > 1 else 0


@cache
def _by_name(title: str) -> Mapping[str, str]:
    """Folded name, key or word of a code list to its key; what means two keys means none."""
    found: dict[str, set[str]] = {}
    for code in codes(title):
        for name in (code.key, code.fi, code.sv, code.en):
            found.setdefault(fold(name.split(" (")[0].replace(":", " ")), set()).add(code.key)
            found.setdefault(fold(name.replace(":", " ")), set()).add(code.key)
    sure = {name: min(keys) for name, keys in found.items() if len(keys) == 1}
    extra: Mapping[str, list[str]] = words()["codes"].get(title, {})
    for key, names in extra.items():
        for name in names:
            sure.setdefault(fold(name.replace(":", " ")), key)
    return sure


@cache
def _language_words() -> Mapping[str, str]:
    table: Mapping[str, list[str]] = words()["languages"]
    return {fold(name): key for key, names in table.items() for name in names}
