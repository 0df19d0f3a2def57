"""Square codes drawn as vectors."""

from functools import lru_cache

import segno
from reportlab.platypus import Flowable

from coachdesk.printing.structure import Element
from coachdesk.printing.styles import BLACK
from coachdesk.printing.tagged import TaggedCanvas


@lru_cache(maxsize=64)
def _runs(text: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """Side in modules, and dark runs as (column, row, length)."""
    matrix = segno.make(text, error="m", micro=False, boost_error=False).matrix
    runs = []
    for row, modules in enumerate(matrix):
        start = None
        for column, dark in enumerate((*modules, 0)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                runs.append((start, row, column - start))
                start = None
    return len(matrix), tuple(runs)


class Code(Flowable):
    """A code in the text of a paper, with words for those who cannot see it."""

    canv: TaggedCanvas

    def __init__(self, text: str, words: str, side: float) -> None:
        super().__init__()
        self.text, self.width, self.height = text, side, side
        self.element = Element("Figure", alt=words)

    def draw(self) -> None:
        """Draw as a figure with its words."""
        x, y = self.canv.absolutePosition(0, 0)
        self.element.attributes = figure_box(x, y, self.width)
        self.canv.begin(self.element)
        draw_qr(self.canv, self.text, 0, 0, self.width)
        self.canv.end()


def figure_box(x: float, y: float, side: float) -> str:
    """The attributes of a figure: where it stands on the page."""
    return f"<</O/Layout/Placement/Block/BBox[{x:.2f} {y:.2f} {x + side:.2f} {y + side:.2f}]>>"


def draw_qr(canvas: TaggedCanvas, text: str, x: float, y: float, side: float) -> None:
    """Draw a code in a square of ``side`` points, its quiet zone left to the form."""
    size, runs = _runs(text)
    module = side / size
    canvas.saveState()
    canvas.setFillColor(BLACK)
    canvas.addLiteral(f"{module:.5f} 0 0 {-module:.5f} {x:.3f} {y + side:.3f} cm")
    canvas.addLiteral(" ".join(f"{column} {row} {length} 1 re" for column, row, length in runs) + " f")
    canvas.restoreState()
