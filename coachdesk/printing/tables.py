"""Tables with their structure: rows of cells, heads, and the boxes of a form that are read as lists.

A row that falls on two pages stays one row; a head repeated on the next page is an ornament there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from reportlab.platypus import Flowable, Table

from coachdesk.printing.flow import Words
from coachdesk.printing.fonts import REGULAR
from coachdesk.printing.structure import Element
from coachdesk.printing.styles import RULE, SMALL
from coachdesk.printing.tagged import TaggedCanvas

Cell = str | Sequence[Flowable]
Look = Sequence[tuple[Any, ...]]
LIST = ("L", "", "LI")  # the elements of a box of facts, instead of table, row and cell

_PLAIN: Look = (
    ("FONT", (0, 0), (-1, -1), REGULAR, SMALL),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 5),
    ("RIGHTPADDING", (0, 0), (-1, -1), 5),
    ("TOPPADDING", (0, 0), (-1, -1), 2.5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
)


class Grid(Table):
    """A table that keeps its indent when it is split; made by ``grid``."""

    left = 0.0

    def drawOn(self, canvas: TaggedCanvas, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803 - ReportLab's
        """Draw with the indent that the form gives."""
        super().drawOn(canvas, x + self.left, y, 0)

    def onSplit(self, piece: Grid, byRow: int = 1) -> None:  # noqa: N802, N803 - ReportLab's
        """ReportLab tells of each piece it makes."""
        piece.left = self.left


def grid(
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    look: Look = (),
    *,
    heads: int = 1,
    tags: tuple[str, str, str] = ("Table", "TR", "TD"),
    row_heads: bool = False,
    style: str = "cell",
    head_style: str = "head",
    left: float = 0.0,
    around: tuple[float, float] = (0.0, 0.0),
) -> Grid:
    """A table of words or flowables; the first ``heads`` rows are repeated on each page.

    ``row_heads`` makes the first column the heads of the rows.  ``left`` is the indent, ``around`` the
    space before and after, in points.
    """
    cells = [
        [_cell(cell, head_style if at < heads else style) for cell in row] for at, row in enumerate(rows)
    ]
    made = Grid(
        cells,
        colWidths=list(widths),
        repeatRows=heads,
        hAlign="LEFT",
        splitByRow=1,
        splitInRow=1,
        style=[*_PLAIN, *look],
        renderCB=Tagging(tags, heads, row_heads),
    )
    made.left = left
    made.spaceBefore, made.spaceAfter = around
    return made


def lined(colour: Any = RULE, width: float = 0.5) -> Look:
    """Thin lines round every cell."""
    return [("GRID", (0, 0), (-1, -1), width, colour)]


def _cell(cell: Cell, style: str) -> list[Flowable]:
    if isinstance(cell, str):
        return [Words(cell, style)] if cell else []
    return list(cell)


class Tagging:
    """Told by ReportLab what of a table is being drawn; opens and closes its elements."""

    def __init__(self, tags: tuple[str, str, str], heads: int, row_heads: bool) -> None:
        self.row, self.cell = tags[1:]
        self.heads, self.row_heads = heads, row_heads
        self.element = Element(tags[0])
        self.current: Element | None = None
        self.drawn = False  # some of it stands on a page before
        self.going_on = False  # the row began on the page before
        self.steps: dict[str, Callable[..., None]] = {
            "startTable": lambda table: table.canv.tree.place(self.element),
            "endTable": self._end_table,
            "startBG": lambda table: table.canv.ornament(),
            "endBG": lambda table: table.canv.ornament_end(),
            "startLines": lambda table: table.canv.ornament(),
            "endLines": lambda table: table.canv.ornament_end(),
            "startRow": self._start_row,
            "endRow": self._end_row,
            "startCell": self._start_cell,
            "endCell": self._end_cell,
        }

    def __call__(self, table: Grid, step: str, *where: Any) -> None:
        """One step of the drawing."""
        if table.canv.tree is not None:
            self.steps[step](table, *where)

    def _end_table(self, table: Grid) -> None:
        self.drawn = True

    def _start_row(self, table: Grid, row: int) -> None:
        self.going_on = any(map(_known_cell, table._cellvalues[row]))
        self.current = Element(self.row, home=self.element) if self.row else self.element
        if self.drawn and row < self.heads:
            table.canv.ornament("Pagination")

    def _end_row(self, table: Grid) -> None:
        if table.canv.silent:
            table.canv.ornament_end()

    def _start_cell(self, table: Grid, row: int, column: int, words: Any, *_place: Any) -> None:
        if not table.canv.silent:
            known = _known_cell(words) or (self.element if self.going_on else None)
            table.canv.tree.open.append(known or self._new_cell(table, row, column, bool(words)))

    def _end_cell(self, table: Grid) -> None:
        if not table.canv.silent:
            table.canv.tree.open.pop()

    def _new_cell(self, table: Grid, row: int, column: int, filled: bool) -> Element:
        cell = Element(self.cell, home=self.current)
        if self.row and (row < self.heads or (self.row_heads and column == 0)):
            cell.tag = "TH"
            cell.attributes = f"<</O/Table/Scope/{'Column' if row < self.heads else 'Row'}>>"
        if filled or self.row:
            table.canv.tree.place(cell)
        return cell


def _known_cell(words: Any) -> Element | None:
    """The cell of words whose first part stands on the page before."""
    first = words[0] if isinstance(words, (list, tuple)) and words else None
    element = getattr(first, "element", None)
    return element.parent if element is not None else None
