"""Below the form: that the encryption was checked, when the desk was last used, the version."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from coachdesk import __version__
from coachdesk.i18n import N_, _, current
from coachdesk.ui.widgets.layout import column_of, row_of, rule
from coachdesk.ui.widgets.pictures import Picture
from coachdesk.ui.widgets.words import label

if TYPE_CHECKING:
    from coachdesk.services.door import Door


class Foot(QWidget):
    """One quiet line under a hairline."""

    def __init__(self) -> None:
        super().__init__()
        self._door: Door | None = None
        self._checked_picture, self.checked = Picture("shield-check", 16, "text2"), label("", "secondary")
        self._last_picture, self.last = Picture("clock", 16, "text2"), label("", "secondary")
        self.version = label("", "secondary")
        line = row_of(self._checked_picture, self.checked, 14, self._last_picture, self.last, None, spacing=4)
        line.addWidget(self.version)
        self.setLayout(column_of(rule(), line))
        self.retranslate()

    def show_door(self, door: "Door") -> None:
        """Tell what looking at the desk from outside found."""
        self._door = door
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        closed = self._door.closed if self._door else None
        self.version.setText(current().fill(N_("Version {version}"), version=__version__))
        self.checked.setText(_("Encryption checked at start"))
        self.last.setText(current().fill(N_("Last used {moment}"), moment=closed) if closed else "")
        for widget in (self._checked_picture, self.checked):
            widget.setVisible(self._door is not None)
        for widget in (self._last_picture, self.last):
            widget.setVisible(closed is not None)
