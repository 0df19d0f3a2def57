"""What is typed into a section of Settings is a draft until its button is pressed."""

import pytest

from coachdesk.services import drafts, phases, workshops
from coachdesk.ui.settings.norms import NormsSection
from coachdesk.ui.settings.own import OwnSection


def opened(kind, shell, qtbot):
    found = kind(shell)
    qtbot.addWidget(found)
    found.show()
    found.refresh()
    return found


def type_into(section):
    if isinstance(section, OwnSection):
        section.edit("title").setText("Vastaava valmentaja")
    else:
        section.days[2].setValue(45)


def typed(section):
    return section.edit("title").text() if isinstance(section, OwnSection) else section.days[2].value()


WANTED = {OwnSection: "Vastaava valmentaja", NormsSection: 45}
EACH = pytest.mark.parametrize("kind", [OwnSection, NormsSection])


@EACH
def test_it_is_offered_after_the_program_was_killed(shell, qtbot, kind):
    type_into(opened(kind, shell, qtbot))

    again = opened(kind, shell, qtbot)
    assert not again.draft.offer.isHidden() and typed(again) != WANTED[kind]
    again.draft.go_on.click()
    assert typed(again) == WANTED[kind]


@EACH
def test_it_stands_in_its_field_after_a_lock_and_can_be_thrown_away(shell, desk, qtbot, kind):
    section = opened(kind, shell, qtbot)
    before = typed(section)
    type_into(section)
    shell.keeping.emit()
    section.refresh()  # the desk is open again

    assert typed(section) == WANTED[kind]
    section.draft.throw.click()
    assert typed(section) == before
    assert drafts.all_of_coach(desk) == ()


@EACH
def test_the_button_keeps_it_and_forgets_the_draft(shell, desk, qtbot, kind):
    section = opened(kind, shell, qtbot)
    type_into(section)
    section.keep_button.click()

    assert drafts.all_of_coach(desk) == ()
    kept = workshops.coach(desk).title if kind is OwnSection else phases.norms(desk)[-1].days
    assert kept == WANTED[kind]
    type_into(section)
    assert drafts.all_of_coach(desk) == ()
