"""Coaches in Settings: a passphrase of their own, the lead, the removal."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.domain.workshop import Coach
from coachdesk.services import coaches, workshops
from coachdesk.store import argon
from coachdesk.ui.coaches.forms import LetInForm, RemovalForm
from coachdesk.ui.settings.coaches import CoachesSection
from coachdesk.ui.shell import Shell
from tests.conftest import CHEAP, PASSPHRASE

OTHER = "harmaa kivi laulaa syksyisin hiljaa"


@pytest.fixture
def section(qtbot: QtBot, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> CoachesSection:
    monkeypatch.setattr(argon, "calibrated", lambda: CHEAP)
    workshops.add_coach(shell.desk, Coach(name="Jukka Esimerkki"))
    made = CoachesSection(shell)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    made.refresh()
    return made


def lines(section: CoachesSection) -> list[str]:
    return [section.list.item(at).text() for at in range(section.list.count())]


def test_coach_types_a_passphrase_of_the_own(qtbot: QtBot, section: CoachesSection) -> None:
    assert lines(section) == ["Aino Mallikas, lead coach", "Jukka Esimerkki"]
    section.list.setCurrentRow(0)
    assert not section.let_in_button.isEnabled() and not section.remove_button.isEnabled()
    section.list.setCurrentRow(1)
    section.let_in()
    (form,) = section.findChildren(LetInForm)
    assert not form.keep_button.isEnabled()
    for edit in (form.fresh.first, form.fresh.again):
        edit.setText(OTHER)
        edit.textEdited.emit(OTHER)
    form.fresh.judge()
    assert form.keep_button.isEnabled()
    form.try_to_keep()
    assert lines(section)[1] == "Jukka Esimerkki, opens the desk"
    assert section.shell.desk.openers == {1, 2}


def test_removal_asks_for_the_own_passphrase(qtbot: QtBot, section: CoachesSection) -> None:
    coaches.let_in(section.shell.desk, 2, OTHER, cost=CHEAP)
    section.refresh()
    section.list.setCurrentRow(1)
    section.remove()
    (form,) = section.findChildren(RemovalForm)
    form.own.setText("not mine")
    form.try_to_keep()
    assert "not right" in form.fields["old"].error
    assert not form.own.text()
    form.own.setText(PASSPHRASE)
    form.try_to_keep()
    QApplication.processEvents()
    assert lines(section)[1] == "Jukka Esimerkki, removed"
    assert section.shell.desk.openers == {1}


def test_lead_is_given_and_taken(section: CoachesSection) -> None:
    coaches.let_in(section.shell.desk, 2, OTHER, cost=CHEAP)
    section.refresh()
    section.list.setCurrentRow(1)
    section.role_button.click()
    assert lines(section)[1] == "Jukka Esimerkki, lead coach"
    section.role_button.click()
    assert lines(section)[1] == "Jukka Esimerkki, opens the desk"


def test_who_does_not_lead_gives_and_removes_nothing(section: CoachesSection) -> None:
    section.show_coaches(section.coaches, frozenset({1, 2}), False)
    for row in range(2):
        section.list.setCurrentRow(row)
        for button in (section.let_in_button, section.role_button, section.remove_button):
            assert not button.isEnabled()
