"""The identity code beside the title: never a window of its own, whatever comes first."""

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from coachdesk.ui.trainees.code_chip import CodeChip


@pytest.mark.parametrize("told", [(True,), (False,), (False, True), (True, False)])
def test_a_chip_that_is_told_before_it_has_a_place_is_no_window_and_is_seen_in_its_place(qtbot, shell, told):
    head = QWidget()
    qtbot.addWidget(head)
    box = QHBoxLayout(head)
    head.show()
    chip = CodeChip(shell)
    for has_code in told:
        chip.show_trainee(1, has_code)
    assert chip not in [one for one in QApplication.topLevelWidgets() if one.isVisible()]

    box.addWidget(chip)
    QApplication.processEvents()
    assert chip.isVisible() is told[-1]
    chip.show_trainee(2, not told[-1])
    assert chip.isVisible() is not told[-1]
