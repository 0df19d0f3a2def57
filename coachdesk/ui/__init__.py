"""The window: screens, one way off the interface thread, one door for errors.

Nothing here reads the store: a screen asks ``services`` through ``shell.jobs``.
"""

import sys

import PySide6.QtCore  # noqa: F401 - so that what follows finds its part


def _spare_the_search() -> None:
    """PySide6 reads the source of each module imported after it, looking for ``from __feature__ import``.

    No module here uses that, and the search is a twelfth of the time to the unlock window.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda module: False  # type: ignore[union-attr]


_spare_the_search()

from coachdesk.ui import overrides  # noqa: E402 - the search is over

overrides.guard()  # before the first class of ours
