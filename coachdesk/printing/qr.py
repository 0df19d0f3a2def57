"""Square codes drawn as vectors."""

from functools import lru_cache

import segno

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


def draw_qr(canvas: TaggedCanvas, text: str, x: float, y: float, side: float) -> None:
    """Draw a code in a square of ``side`` points, its quiet zone left to the form."""
    size, runs = _runs(text)
    module = side / size
    canvas.saveState()
    canvas.setFillColor(BLACK)
    canvas.addLiteral(f"{module:.5f} 0 0 {-module:.5f} {x:.3f} {y + side:.3f} cm")
    canvas.addLiteral(" ".join(f"{column} {row} {length} 1 re" for column, row, length in runs) + " f")
    canvas.restoreState()
