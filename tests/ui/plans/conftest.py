"""A Swedish-speaking trainee, and the tab of his plans."""

from collections.abc import Callable
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from coachdesk.domain.trainee import Trainee
from coachdesk.ui.plans.screen import PlanTab
from coachdesk.ui.shell import Shell


@pytest.fixture
def goran(a_trainee: Callable[..., Trainee]) -> Trainee:
    return a_trainee("Lindström", "Göran", service_language="sv", first_contact=date(2026, 9, 1))


@pytest.fixture
def tab(qtbot: QtBot, shell: Shell, goran: Trainee) -> PlanTab:
    found = PlanTab(shell)
    qtbot.addWidget(found)
    found.resize(1118, 536)
    found.show()
    found.show_trainee(goran.id)
    return found
