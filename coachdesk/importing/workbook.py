"""XLSX workbooks as records: values of formulas, typed dates, no macros, no surprises inside the zip."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

from coachdesk.errors import Unreadable
from coachdesk.i18n import N_

if TYPE_CHECKING:
    from coachdesk.importing.reading import Cell

MOST_UNPACKED = 300 * 1024 * 1024
MOST_RATIO = 200
_LAST_ROW = 1_048_576  # of any sheet
_BROKEN = N_("The workbook is broken. Open it in your spreadsheet program and save it again as XLSX.")
_UNCOUNTED = N_(
    "The workbook has formulas without values. Open it in your spreadsheet program and save it again."
)
_NO_VALUE = re.compile(
    rb"""<c (?![^>]*t="str")[^>]*><f[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>"""
)  # an empty text is a value; a program that counts nothing leaves the value out
_HIDDEN = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))


def is_workbook(content: bytes) -> bool:
    """Whether the file begins as a zip, as every XLSX does."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def sheets(
    content: bytes, *, most_rows: int, most_columns: int
) -> list[tuple[str, list[tuple[Cell, ...]], date]]:
    """Name, records and day zero of each visible sheet: books made on a Mac may count from 1904.

    Raises:
        Unreadable: broken, not a workbook, unpacks to far more than it should, too many rows or columns.
    """
    import openpyxl

    _inspect(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and drawings that it leaves out
            book = openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=True, keep_links=False
            )
            try:
                return [
                    (str(sheet.title), _records(sheet, most_rows, most_columns), book.epoch.date())
                    for sheet in book.worksheets
                    if getattr(sheet, "sheet_state", "visible") == "visible"
                ]
            finally:
                book.close()
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises a dozen kinds on broken parts
        raise Unreadable(_BROKEN) from error


def _inspect(content: bytes) -> None:
    """Look into the zip before anything is unpacked: sizes, encryption, document type declarations."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            unpacked = sum(part.file_size for part in parts)
            if unpacked > MOST_UNPACKED or (unpacked > 2**24 and unpacked > MOST_RATIO * len(content)):
                raise Unreadable(N_("The workbook unpacks to far more than it should. It was not opened."))
            if "xl/workbook.xml" not in packed.namelist():
                raise Unreadable(N_("The file is not an XLSX workbook. Save it as XLSX or CSV."))
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _plain(packed, part)
    except Unreadable:
        raise
    except Exception as error:  # zipfile raises its own, zlib's, struct's, NotImplementedError, ...
        raise Unreadable(_BROKEN) from error


def _plain(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No part of a workbook declares a document type; one that does hides entities that swell."""
    tail, read = b"", 0
    sheet = part.filename.startswith("xl/worksheets/")
    with packed.open(part) as stream:
        while block := stream.read(1 << 20):
            read += len(block)
            if read > part.file_size or any(word in tail + block for word in _HIDDEN):
                raise Unreadable(_BROKEN)
            if sheet and _NO_VALUE.search(tail + block):
                raise Unreadable(_UNCOUNTED)
            tail = block[-1024:]


def _records(sheet: Any, most_rows: int, most_columns: int) -> list[tuple[Cell, ...]]:
    sheet.reset_dimensions()  # the size that a file states of itself is often wrong
    found: list[tuple[Cell, ...]] = []
    for number, row in enumerate(sheet.iter_rows(max_row=_LAST_ROW, values_only=True), 1):
        beyond = row[most_columns:]
        if beyond.count(None) + beyond.count("") < len(beyond):
            raise Unreadable(N_("The sheet has more than {columns} columns."), columns=most_columns)
        width = next(
            (at for at in range(min(len(row), most_columns), 0, -1) if row[at - 1] not in (None, "")), 0
        )
        if number <= most_rows + 1:
            found.append(tuple(row[:width]))
        elif width:
            raise Unreadable(N_("The sheet has more than {rows} rows. Divide it."), rows=most_rows)
    return found
