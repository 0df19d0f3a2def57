"""A control with its caption, its help and what is wrong in it."""

from PySide6.QtWidgets import QSizePolicy, QWidget

from coachdesk.ui.theme import swap
from coachdesk.ui.widgets.layout import column_of
from coachdesk.ui.widgets.words import label


class Field(QWidget):
    """A control with its caption above (its buddy), help beside and an error sentence below."""

    def __init__(self, control: QWidget, caption: str = "") -> None:
        super().__init__()
        self.control = control
        self.caption = label(caption, "label")
        self.caption.setBuddy(control)
        self._help = label("", "secondary", wrap=True)
        self._error = label("", "error", wrap=True)
        self._help.hide()
        self._error.hide()
        self._box = column_of(self.caption, control, self._help, self._error, spacing=3)
        self.setLayout(self._box)
        if control.sizePolicy().verticalPolicy() in (QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred):
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def put_beside_caption(self, part: QWidget) -> None:
        """Put a control at the right of the caption, below it where there is no room."""
        from coachdesk.ui.flow import FlowLayout

        row = FlowLayout()
        self._box.removeWidget(self.caption)
        self._box.insertLayout(0, row)
        row.addWidget(self.caption)
        row.add_right(part)

    def set_caption(self, text: str) -> None:
        """Change the caption."""
        self.caption.setText(text)

    def set_help(self, text: str) -> None:
        """Say more below the control."""
        self._help.setText(text)
        self._help.setVisible(bool(text))

    def set_error(self, text: str) -> None:
        """Say what is wrong below the control; "" takes it away.  Call after leaving the field."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self.control.setAccessibleDescription(text)
        swap(self.control, "wrong", bool(text))

    @property
    def error(self) -> str:
        """The error shown."""
        return self._error.text()
