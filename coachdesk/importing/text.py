"""CSV text as records: its letters, its delimiter, its quotation marks."""

import csv
import io
import re
import unicodedata

from coachdesk.errors import Unreadable
from coachdesk.i18n import N_

DELIMITERS = (";", "\t", ",", "|")
MOST_LETTERS = csv.field_size_limit()  # of a cell
_BEGUN_BY_WEB = re.compile(r"\s*<(?:!doctype|html|head|body|table|\?xml|meta)\b", re.I)
_IN_A_WORD = re.compile(r"[^\W\d_][„”†][^\W\d_]")  # ä, ö and å of old DOS programs, read as Windows'
_DAMAGED = N_("Letters such as ä and ö are damaged in the file. Save it again as CSV UTF-8 or as XLSX.")
_NOT_TEXT = N_("The file is not a spreadsheet. Save it in your spreadsheet program as CSV or XLSX.")
_KNOWN = {
    b"%PDF": N_("The file is a PDF. Save the spreadsheet itself as CSV or XLSX."),
    b"\xd0\xcf\x11\xe0": N_(
        "The file is an old Excel file or locked with a password. Save it as XLSX without a password."
    ),
}


def records(content: bytes, *, most_rows: int, most_columns: int) -> list[tuple[str, ...]]:
    """The records of a CSV file, blank ones as empty tuples so that numbers stay.

    Raises:
        Unreadable: not text, an open quotation mark, or too many rows or columns.
    """
    words = _decoded(content)
    first, _, rest = words.partition("\n")
    delimiter = None
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        delimiter, words = first.strip()[-1], "\n" + rest
    found = _parsed(words, delimiter or _delimiter(words))
    if len(found) > most_rows + 1:
        raise Unreadable(N_("The sheet has more than {rows} rows. Divide it."), rows=most_rows)
    if any(len(record) > most_columns for record in found):
        raise Unreadable(N_("The sheet has more than {columns} columns."), columns=most_columns)
    return [tuple(record) for record in found]


def _decoded(content: bytes) -> str:
    """The text of a file.

    Raises:
        Unreadable: it is something else, or its letters are damaged: not one name is read wrong in silence.
    """
    for mark, sentence in _KNOWN.items():
        if content.startswith(mark):
            raise Unreadable(sentence)
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for name in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            words = content.decode(name)
        except UnicodeDecodeError:
            continue
        words = words.removesuffix("\x1a").replace("\v", " ")  # old ends of files, and lines within a cell
        if _BEGUN_BY_WEB.match(words):
            raise Unreadable(_NOT_TEXT)
        if _is_text(words):
            if _is_damaged(content, words, name):
                raise Unreadable(_DAMAGED)
            return unicodedata.normalize("NFC", words)
    raise Unreadable(_NOT_TEXT)


def _is_text(words: str) -> bool:
    """Control characters that no spreadsheet writes tell a binary file."""
    return not any(
        unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\t\r\n\f" for letter in set(words)
    )


def _is_damaged(content: bytes, words: str, encoding: str) -> bool:
    """Whether letters were lost before: UTF-8 that was cut, changed or made twice, or DOS's own."""
    if encoding == "cp1252":
        whole = content.decode("utf-8", errors="replace")
        lost = whole.count("\ufffd")
        return sum(letter > "\x7f" for letter in whole) > 2 * lost or bool(_IN_A_WORD.search(words))
    try:
        return not words.isascii() and not words.encode("cp1252").decode("utf-8").isascii()
    except UnicodeError:
        return False


def _delimiter(words: str) -> str:
    """The delimiter that divides the first records most and most evenly; a lone column has none."""
    best, chosen = (0.0, 0), ";"
    beginning = "\n".join(words[:200_000].splitlines()[:50])
    for delimiter in DELIMITERS:
        widths = [len(record) for record in _parsed(beginning, delimiter, quotes_may_be_open=True) if record]
        usual = max(set(widths), key=widths.count, default=1)
        if usual > 1:
            score = (widths.count(usual) / len(widths), usual)
            best, chosen = max((best, chosen), (score, delimiter), key=lambda pair: pair[0])
    return chosen


def _parsed(words: str, delimiter: str, *, quotes_may_be_open: bool = False) -> list[list[str]]:
    strict = csv.reader(io.StringIO(words, newline=""), delimiter=delimiter, strict=True)
    try:
        return list(strict)
    except csv.Error as error:
        if "field larger" in str(error):
            raise Unreadable(
                N_("Row {row} has a cell of more than {most} characters. Shorten it."),
                row=strict.line_num,
                most=MOST_LETTERS,
            ) from error
        if "unexpected end" in str(error) and not quotes_may_be_open:
            raise Unreadable(
                N_("A quotation mark is opened and never closed after row {row}."), row=strict.line_num
            ) from error
    # WORKAROUND: a stray mark inside a word ("Anna "Annu" Aho") is read as it stands, as spreadsheets do.
    try:
        return list(csv.reader(io.StringIO(words, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Unreadable(_NOT_TEXT) from error
