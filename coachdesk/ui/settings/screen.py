"""Settings: sections on the left, one of them on the right."""

from typing import Any

from PySide6.QtWidgets import QBoxLayout, QListWidget, QStackedWidget, QWidget

from coachdesk.i18n import _
from coachdesk.ui import theme
from coachdesk.ui.screen import Screen
from coachdesk.ui.settings.about import AboutSection
from coachdesk.ui.settings.backups import BackupsSection
from coachdesk.ui.settings.bringing import ImportSection
from coachdesk.ui.settings.coaches import CoachesSection
from coachdesk.ui.settings.desks import DesksSection
from coachdesk.ui.settings.keys import KeysSection
from coachdesk.ui.settings.log import LogSection
from coachdesk.ui.settings.look import LookSection
from coachdesk.ui.settings.norms import NormsSection
from coachdesk.ui.settings.offering import OfferingSection
from coachdesk.ui.settings.own import OwnSection
from coachdesk.ui.settings.page import Section
from coachdesk.ui.settings.phrases import PhrasesSection
from coachdesk.ui.settings.places import PlacesSection
from coachdesk.ui.settings.region import RegionSection
from coachdesk.ui.settings.retention import RetentionSection
from coachdesk.ui.widgets.layout import scrolled

SECTIONS: tuple[type[Section], ...] = (
    LookSection,
    OwnSection,
    NormsSection,
    PlacesSection,
    PhrasesSection,
    OfferingSection,
    CoachesSection,
    KeysSection,
    BackupsSection,
    RegionSection,
    DesksSection,
    ImportSection,
    RetentionSection,
    LogSection,
    AboutSection,
)


class SettingsScreen(Screen):
    """A list and a stack."""

    def build(self) -> None:
        self.list = QListWidget()
        self.list.setTabKeyNavigation(False)
        self.list.setUniformItemSizes(True)
        self.stack = QStackedWidget()
        self.sections: dict[int, Section] = {}  # those that were shown
        self._areas: dict[int, QWidget] = {}
        self._size = "wide"
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setSpacing(14)
        self._box.addWidget(self.list)
        self._box.addWidget(self.stack, 1)
        self.list.currentRowChanged.connect(self.show_section)
        self._at = 0
        self._bring(0)

    def _bring(self, at: int) -> Section:
        """Put a section in front; it is made when it is shown first, since all take half a second."""
        if at not in self.sections:
            made = self.sections[at] = SECTIONS[at](self.shell)
            made.fit(self._size)
            self._areas[at] = scrolled(made)
            self.stack.addWidget(self._areas[at])
        self.stack.setCurrentWidget(self._areas[at])
        return self.sections[at]

    def title(self) -> str:
        return _("Settings")

    def retranslate(self) -> None:
        super().retranslate()
        at = self._at
        self.list.setAccessibleName(_("Sections of the settings"))
        if self.list.count() != len(SECTIONS):
            self.list.addItems([_(section.name) for section in SECTIONS])
        for row, section in enumerate(SECTIONS):
            self.list.item(row).setText(_(section.name))
        self.list.setCurrentRow(at)

    def fit(self, size_class: str) -> None:
        narrow = size_class == "narrow"
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._box.setDirection(down if narrow else across)
        self.list.setMaximumWidth(16777215 if narrow else theme.px(250))
        self.list.setMinimumWidth(0 if narrow else theme.px(250))
        self.list.setMaximumHeight(theme.px(120) if narrow else 16777215)
        self.stack.setMinimumHeight(theme.px(320) if narrow else 0)
        self._size = size_class
        for section in self.sections.values():
            section.fit(size_class)

    def arrive(self, hint: Any) -> None:
        for at, section in enumerate(SECTIONS):
            if hint == section.__name__:
                self.list.setCurrentRow(at)

    def refresh(self) -> None:
        self.sections[self._at].refresh()

    def show_section(self, at: int) -> None:
        """Show a section and read what it shows."""
        if at < 0 or at == self._at:
            return
        self.sections[self._at].leave()
        self._at, known = at, at in self.sections
        shown = self._bring(at)
        if not known:
            self.shell.grown.emit()
        if self.shell.is_open:
            shown.refresh()

    def first_focus(self) -> QWidget:
        return self.list

    def leave(self) -> None:
        self.sections[self._at].leave()
