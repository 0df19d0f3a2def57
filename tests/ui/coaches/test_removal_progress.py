"""While the desk is encrypted anew its progress is shown and the window lives."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from coachdesk.domain.workshop import Coach
from coachdesk.services import coaches, workshops
from coachdesk.services.desk import Desk
from coachdesk.store import rotation
from coachdesk.ui.coaches.forms import RemovalForm
from coachdesk.ui.jobs import Jobs
from coachdesk.ui.shell import Shell
from tests.conftest import CHEAP, PASSPHRASE

OTHER = "harmaa kivi laulaa syksyisin hiljaa"


@pytest.fixture
def lanes(shell: Shell) -> Iterator[Jobs]:
    shell.jobs = found = Jobs(shell.notices)
    yield found
    found.stop()


@pytest.fixture
def form(qtbot: QtBot, shell: Shell, desk: Desk, lanes: Jobs) -> RemovalForm:
    added = workshops.add_coach(desk, Coach(name="Jukka Esimerkki"))
    coaches.let_in(desk, added.id, OTHER, cost=CHEAP)
    made = RemovalForm(shell, added)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.open()
    return made


def test_progress_is_told_to_the_end_while_the_window_goes_on(
    form: RemovalForm, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "PAGES", 8)  # a small desk, yet told of more than once
    told: list[tuple[int, int]] = []
    alive: list[int] = []
    form.progressed.connect(lambda done, total: told.append((done, total)))
    beat = QTimer(interval=0)
    beat.timeout.connect(lambda: alive.append(1))
    beat.start()

    form.own.setText(PASSPHRASE)
    form.try_to_keep()
    form.reject()  # Esc
    working = (form.isVisible(), form.bar.isVisible(), form.leave_button.isEnabled())
    qtbot.waitUntil(lambda: not form.isVisible(), timeout=20_000)

    assert working == (True, True, False)
    assert len(told) > 3
    shares = [done / total for done, total in told]
    assert shares == sorted(shares) and shares[-1] == 1
    assert alive


def test_a_refusal_gives_the_form_back(form: RemovalForm, lanes: Jobs) -> None:
    form.own.setText("not the passphrase at all")
    form.try_to_keep()
    lanes.drain()

    shown: Any = form.fields["old"]
    assert form.isVisible() and not form.bar.isVisible() and form.leave_button.isEnabled()
    assert shown.control.isEnabled()
