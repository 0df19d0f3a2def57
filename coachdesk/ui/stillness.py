"""Keeps Python's collector quiet while Qt walks over every widget.

A change of language or look asks each widget in turn; a widget that the collector takes away in the
middle of that walk would leave Qt with a dead one in its hand.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nobody_leaves() -> Iterator[None]:
    """Nothing is collected inside the block."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
