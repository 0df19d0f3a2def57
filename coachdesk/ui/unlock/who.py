"""Who opens the desk, where several coaches can: chosen by a short name, remembered on this computer."""

from collections.abc import Mapping

from PySide6.QtWidgets import QComboBox

from coachdesk.i18n import N_
from coachdesk.ui.screen import Spoken
from coachdesk.ui.widgets.field import Field


class WhoField(Field, Spoken):
    """The coaches by name."""

    def __init__(self, coaches: Mapping[int, str], last: int) -> None:
        self.box = QComboBox()
        super().__init__(self.box)
        for coach_id, name in coaches.items():
            self.box.addItem(name, coach_id)
        self.box.setCurrentIndex(max(0, self.box.findData(last)))
        self.word(self.set_caption, N_("Coach"))

    @property
    def coach_id(self) -> int:
        """The coach chosen."""
        return int(self.box.currentData())
