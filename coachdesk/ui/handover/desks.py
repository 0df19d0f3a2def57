"""Taking in the public file of another desk: its fingerprint is compared aloud before it is kept."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from coachdesk.domain.handover import OtherDesk
from coachdesk.i18n import N_, _, current
from coachdesk.ui.shell import Shell
from coachdesk.ui.sync.files import Asks


def ask_card(shell: Shell, asks: Asks, owner: QWidget, *, then: Callable[[OtherDesk], object]) -> None:
    """Choose a public file, compare its fingerprint, and keep it."""
    file = asks.file(_("The public file of the other desk"), _("Public file of a desk (*.json)"))
    if file is not None:
        from coachdesk.services import other_desks

        work = partial(other_desks.read_card, file)
        shell.jobs.run(work, then=partial(_look, shell, owner, then), lane="outside", owner=owner)


def _look(shell: Shell, owner: QWidget, then: Callable[[OtherDesk], object], card: Any) -> None:
    from coachdesk.services import other_desks

    work = partial(other_desks.look_at_card, shell.desk, card)
    shell.jobs.run(work, then=partial(_compare, shell, card, owner, then), owner=owner)


def _compare(
    shell: Shell, card: Any, owner: QWidget, then: Callable[[OtherDesk], object], found: OtherDesk
) -> None:
    from coachdesk.services import other_desks

    words = current()
    if found.known or shell.notices.confirm(
        words.fill(N_("Is this the fingerprint of {name}?"), name=found.name(words.language)),
        _("It is the same"),
        _("It is another one"),
        words.fill(
            N_("{fingerprint}\n\nRead it aloud with the other desk, by phone or face to face."),
            fingerprint=found.fingerprint,
        ),
        danger=False,
    ):
        work = partial(other_desks.take_in, shell.desk, card)
        shell.jobs.run(work, then=then, owner=owner)
