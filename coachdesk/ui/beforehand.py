"""What is imported and read behind the door, while the coach types the passphrase.

The inside comes first; then every place, every tab of a trainee's page, the forms of each day and the lists
of codes, so that no key press in the open desk waits for them.  It is done on a lane, one after the other,
and stops with the one in hand when the desk is open: from then on the first opening of a place imports it.
What only prints, sends or reads files (ReportLab, httpx, openpyxl) is left to whoever asks for it.
"""

import sys
from collections.abc import Callable, Iterator
from importlib import import_module

FIRST = ("coachdesk.ui.inside", "coachdesk.services.today", "coachdesk.ui.today.screen")
FORMS = (
    "coachdesk.ui.trainees.editor",
    "coachdesk.ui.plans.editor",
    "coachdesk.ui.consents.form",
    "coachdesk.ui.appointments.editor",
)
SERVICES = (
    "coachdesk.services.notes",
    "coachdesk.services.consent_sheets",
    "coachdesk.services.assessments",
    "coachdesk.services.appointments",
    "coachdesk.services.drafts",
)


def first() -> None:
    """Import what Today needs."""
    for name in FIRST:
        import_module(name)


def rest(wanted: Callable[[], bool]) -> bool:
    """Import the other places and forms and read the codes while ``wanted``; whether a module was new."""
    from coachdesk.domain.codes import codes, titles

    new = False
    for name in _names():
        if not wanted():
            break
        new = new or name not in sys.modules
        import_module(name)
    for title in titles():
        if wanted():
            codes(title)
    return new


def _names() -> Iterator[str]:
    """The most used first."""
    from coachdesk.ui.navigation import PLACES, TRAINEE_PAGE

    places = [f"coachdesk.ui.{place.module}" for place in (TRAINEE_PAGE, *PLACES)]
    yield places[0]
    from coachdesk.ui.trainees.page import TABS

    yield from (f"coachdesk.ui.{tab.module}" for tab in TABS if tab.module)
    yield from SERVICES
    yield from FORMS
    yield from places[1:]
