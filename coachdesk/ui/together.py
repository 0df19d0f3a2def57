"""Many changes of a page laid out once.

Qt lays out the page at each widget that is shown; where a dozen words and buttons change for another
person, that is a dozen times for nothing.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QWidget


@contextmanager
def laid_out_once(widgets: Iterable[QWidget]) -> Iterator[None]:
    """Within it the layouts of these widgets rest; all that changed is laid out with the next events."""
    layouts = [layout for widget in widgets if (layout := widget.layout()) is not None]
    for layout in layouts:
        layout.setEnabled(False)
    try:
        yield
    finally:
        for layout in layouts:
            layout.setEnabled(True)
