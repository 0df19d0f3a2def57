"""The recovery sheet in the safe is proved without a new one."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coachdesk.services import keys
from coachdesk.store import recovery
from coachdesk.ui.coaches.prove import ProveForm
from coachdesk.ui.shell import Shell


@pytest.fixture
def form(qtbot: QtBot, shell: Shell) -> ProveForm:
    made = ProveForm(shell)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.open()
    return made


def fill(form: ProveForm, groups: tuple[str, ...]) -> None:
    for edit, group in zip(form.groups.edits, groups, strict=True):
        edit.setText(group)
        edit.typed.emit(group)


def test_sheet_typed_back_is_dated(form: ProveForm, shell: Shell, recovery_groups: tuple[str, ...]) -> None:
    assert not form.keep_button.isEnabled()
    fill(form, recovery_groups)
    form.try_to_keep()
    assert keys.recovery_proved(shell.desk) == shell.clock.now()


def test_wrong_symbol_is_told_with_its_group(form: ProveForm, recovery_groups: tuple[str, ...]) -> None:
    third = recovery_groups[2]
    wrong = ("7" if third[0] != "7" else "8") + third[1:]
    fill(form, (*recovery_groups[:2], wrong, *recovery_groups[3:]))
    form.groups._left(2)
    assert form.groups.fields[2].error and not form.groups.fields[3].error
    assert not form.keep_button.isEnabled()


def test_sheet_of_another_desk_is_told(form: ProveForm, shell: Shell) -> None:
    fill(form, recovery.groups_of(bytes(20)))
    form.try_to_keep()
    assert "does not open this desk" in form.problem.text()
    assert keys.recovery_proved(shell.desk) is None
