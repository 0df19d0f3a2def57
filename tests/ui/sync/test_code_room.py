"""A sentence of trouble takes no room of the fields of the enrolment by a code."""

import pytest
from PySide6.QtWidgets import QLabel

from coachdesk.ui.sync.code import CodeDialog


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_no_words_lie_over_a_field_when_nobody_answers(shell, qtbot, speak, language):
    speak(language)
    dialog = CodeDialog(shell)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.address.setText("http://127.0.0.1:9")
    dialog.code.setText("7K3M-9QWX-2B4C")
    dialog.next()

    assert dialog.problem.isVisible()
    for shown in dialog.findChildren(QLabel):
        if shown.isVisible() and shown.text():
            needed = shown.heightForWidth(shown.width()) if shown.wordWrap() else shown.sizeHint().height()
            assert shown.height() >= needed - 1, shown.text()
    for entry in (dialog.address, dialog.code):
        assert entry.height() >= entry.minimumSizeHint().height()
