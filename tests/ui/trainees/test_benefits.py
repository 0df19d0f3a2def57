"""Benefits of a trainee: one recorded by mistake is removed, and comes back by undo."""

from datetime import date

import pytest

from coachdesk.domain.trainee import Benefit
from coachdesk.services import trainees
from coachdesk.ui.trainees.benefits import BenefitsDialog
from coachdesk.ui.undo import Undo


@pytest.fixture
def person(a_trainee, desk):
    person = a_trainee("Lindström", "Göran")
    one = Benefit(trainee_id=person.id, benefit="general_support", payer="kela", begins=date(2026, 6, 1))
    trainees.add_benefit(desk, one)
    return person


@pytest.fixture
def dialog(qtbot, shell, person):
    found = BenefitsDialog(shell, person.id)
    qtbot.addWidget(found)
    found.did.connect(lambda label, undo, redo: shell.undo.did(label, undo=undo, redo=redo))
    found.open()
    return found


def test_a_benefit_is_removed_by_its_button_and_comes_back_as_it_was(dialog, shell, desk, person):
    before = trainees.benefits(desk, person.id)
    assert isinstance(shell.undo, Undo)

    dialog.remove.click()
    assert trainees.benefits(desk, person.id) == ()
    assert not dialog.remove.isEnabled()

    shell.undo.undo()
    assert trainees.benefits(desk, person.id) == before
    shell.undo.redo()
    assert trainees.benefits(desk, person.id) == ()


def test_with_no_benefit_there_is_nothing_to_remove(qtbot, shell, a_trainee):
    dialog = BenefitsDialog(shell, a_trainee("Aho", "Onni").id)
    qtbot.addWidget(dialog)
    dialog.open()
    assert not dialog.remove.isEnabled()
