"""Phrases of another workshop's spreadsheet: the two languages first, then what each phrase is for."""

from collections.abc import Iterator
from pathlib import Path

from coachdesk.domain.codes import codes
from coachdesk.domain.letters import fold
from coachdesk.domain.phases import PHASES
from coachdesk.domain.phrases import Phrase
from coachdesk.importing.reading import Cell, SheetRow, read_file

YES = ("x", "1", "kylla", "ja", "yes")
HEADINGS = ("suomi", "suomeksi", "finska", "pa finska", "finnish")  # of the first column, folded


def read_phrases(path: Path) -> tuple[tuple[int, Phrase], ...]:
    """The phrases of the first sheet, each with the number of its row.

    Columns in this order: Finnish, Swedish, items of a plan, kinds of note, phases, plain language (x); the
    last four may be left out, and several stand with commas between them.  A name that is no code is left
    out: the phrase is then for what the others say.

    Raises:
        Unreadable: as ``reading.read_file``.
    """
    return tuple(_read(read_file(path)[0].rows))


def _read(rows: tuple[SheetRow, ...]) -> Iterator[tuple[int, Phrase]]:
    for at, row in enumerate(rows):
        if at == 0 and fold(_text(row.cell(0))) in HEADINGS:
            continue
        yield (
            row.number,
            Phrase(
                fi=_text(row.cell(0)),
                sv=_text(row.cell(1)),
                plan_items=_codes("plan_items", row.cell(2)),
                note_kinds=_codes("note_kinds", row.cell(3)),
                phases=tuple(phase for phase in PHASES if str(phase) in _several(row.cell(4))),
                plain=fold(_text(row.cell(5))) in YES,
            ),
        )


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell).strip()


def _several(cell: Cell) -> list[str]:
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else _text(cell)
    return [part.strip() for part in text.split(",") if part.strip()]


def _codes(title: str, cell: Cell) -> tuple[str, ...]:
    wanted = {code.key for name in _several(cell) if (code := codes(title).called(name))}
    return tuple(code.key for code in codes(title) if code.key in wanted and not code.more.get("own_words"))
