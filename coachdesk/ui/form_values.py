"""What stands in a control, put back into it, and told when it changes: for drafts.

A control of several parts takes part by three members: ``typed_value`` (plain values that JSON knows),
``put_typed(value)`` and the signal ``typed``.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from coachdesk.ui.day_edit import ChoiceBox


def value_of(control: QWidget) -> Any:
    """What stands in the control."""
    match control:
        case QPlainTextEdit():
            return control.toPlainText()
        case QCheckBox():
            return control.isChecked()
        case QLineEdit():
            return control.text()
        case QSpinBox():
            return control.value()
        case ChoiceBox():
            return control.key
        case QComboBox() if not hasattr(control, "typed"):
            return control.currentIndex()
    return control.typed_value  # type: ignore[attr-defined]


def put_value(control: QWidget, value: Any) -> None:
    """Put a value into the control, and tell those who follow what is chosen in it."""
    match control:
        case QPlainTextEdit():
            control.setPlainText(value)
        case QCheckBox():
            control.setChecked(value)
        case QLineEdit():
            control.setText(value)
        case QSpinBox():
            control.setValue(value)
        case ChoiceBox():
            control.choose(value)
            control.chosen.emit(control.key)
        case QComboBox() if not hasattr(control, "typed"):
            control.setCurrentIndex(value)
        case _:
            control.put_typed(value)  # type: ignore[attr-defined]


def listen(control: QWidget, typed: Callable[..., object]) -> None:
    """Call ``typed`` at each change."""
    match control:
        case QPlainTextEdit() | QLineEdit():
            control.textChanged.connect(typed)
        case QCheckBox():
            control.toggled.connect(typed)
        case QSpinBox():
            control.valueChanged.connect(typed)
        case QComboBox() if not hasattr(control, "typed"):
            control.currentIndexChanged.connect(typed)
        case _:
            control.typed.connect(typed)  # type: ignore[attr-defined]


def caret_of(control: QWidget | None) -> int:
    """Where the caret stands in a text."""
    if isinstance(control, QPlainTextEdit):
        return control.textCursor().position()
    return control.cursorPosition() if isinstance(control, QLineEdit) else 0


def put_caret(control: QWidget | None, caret: int) -> None:
    """Give the control the focus, its caret where it stood."""
    if control is None:
        return
    control.setFocus()
    if isinstance(control, QPlainTextEdit):
        cursor = control.textCursor()
        cursor.setPosition(min(caret, len(control.toPlainText())))
        control.setTextCursor(cursor)
    elif isinstance(control, QLineEdit):
        control.setCursorPosition(caret)
