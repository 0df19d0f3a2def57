"""A spreadsheet file as plain rows: CSV of any habit, or XLSX; told apart by content, never by name.

What is not a spreadsheet is answered with ``Unreadable`` and one sentence; nothing else is ever raised.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from coachdesk.errors import Unreadable
from coachdesk.i18n import N_
from coachdesk.importing import text, workbook
from coachdesk.importing.dates import DAY_ZERO

Cell = str | int | float | bool | date | datetime | time | timedelta | None

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A row that is not blank; ``number`` is what the spreadsheet program shows at its left, from 1."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        """The cell of a column from 0; a short row answers None."""
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet of a file; a CSV file is one sheet without a name.

    ``day_zero`` is the day from which its bare numbers count where they are days.
    """

    name: str
    rows: tuple[SheetRow, ...]
    day_zero: date = DAY_ZERO


def read_file(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a file that have something in them.

    Args:
        path: a CSV file (``;`` ``,`` tab or ``|``; UTF-8 with or without its mark, UTF-16 with its mark,
            Windows-1252) or an XLSX workbook, at most 20 MB, 20,000 rows and 256 columns.

    Raises:
        Unreadable: the file cannot be opened, is something else, is broken, too large or empty.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise Unreadable(N_("There is no file {name}."), name=path.name) from error
    except IsADirectoryError as error:
        raise Unreadable(N_("{name} is a folder. Choose the file in it."), name=path.name) from error
    except OSError as error:
        raise Unreadable(N_("The file cannot be opened. Check that it is not open elsewhere.")) from error
    if len(content) > MOST_BYTES:
        raise Unreadable(N_("The file is larger than 20 MB. Divide it into smaller files."))
    return read_content(content)


def read_content(content: bytes) -> tuple[Sheet, ...]:
    """The sheets in the bytes of a file, as ``read_file``.

    Raises:
        Unreadable: as ``read_file``.
    """
    if not content.strip(b"\0\r\n\t \xef\xbb\xbf"):
        raise Unreadable(N_("The file is empty."))
    found: list[tuple[str, list[tuple[Cell, ...]], date]]
    if workbook.is_workbook(content):
        found = workbook.sheets(content, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)
    else:
        plain = text.records(content, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)
        found = [("", [*plain], DAY_ZERO)]
    kept = tuple(
        Sheet(name=name, rows=tuple(_rows(records)), day_zero=zero)
        for name, records, zero in found
        if any(map(_filled, records))
    )
    if not kept:
        raise Unreadable(N_("The file is empty."))
    return kept


def _rows(records: list[tuple[Cell, ...]]) -> list[SheetRow]:
    return [SheetRow(number=number, cells=cells) for number, cells in enumerate(records, 1) if _filled(cells)]


def _filled(cells: tuple[Cell, ...]) -> bool:
    return any(cell is not None and str(cell).strip() for cell in cells)
