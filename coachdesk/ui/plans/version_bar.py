"""The row above the editor: which version this is, and what may be done with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QMenu, QWidget

from coachdesk.domain.plan import DRAFT, FINAL, PRINTED, SIGNED
from coachdesk.domain.plan_sheet import VersionSheet
from coachdesk.i18n import _, current
from coachdesk.ui.plans.words import version_words
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.pictures import Chip

CHIPS = {DRAFT: "neutral", FINAL: "info", PRINTED: "info", SIGNED: "ok"}


class VersionBar(QWidget):
    """The buttons of a version; ``step`` is what comes next, ``step_back`` the way back."""

    opened = Signal(int)  # another version
    asked = Signal(str)  # replaces, people, view

    def __init__(self) -> None:
        super().__init__()
        self.back = Button(kind="flat", icon="arrow-left")
        self.state = Chip()
        self.versions = Button(icon="list")
        self.versions.setMenu(QMenu(self.versions))
        self.replaces, self.people = Button(icon="copy"), Button(icon="users-group")
        self.view = Button(icon="note")
        self.step_back = Button(icon="arrow-back-up")
        self.step = Button(kind="primary")
        self.paper = Button(icon="printer", key="Ctrl+P")
        self.paper.hide()
        self._row = row_of(
            row_of(self.back, self.state, self.versions, None),
            row_of(self.paper, self.replaces, self.people, self.view, self.step_back, self.step),
        )
        self.setLayout(self._row)
        for button, what in ((self.replaces, "replaces"), (self.people, "people"), (self.view, "view")):
            button.clicked.connect(lambda _checked=False, what=what: self.asked.emit(what))

    def fit(self, *, wide: bool) -> None:
        """One row, or two where there is little room; the paper's button stands where no page does."""
        self.paper.setVisible(not wide)
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def set_ready(self, ready: bool) -> None:
        """While a version is still being read only the way back is open."""
        for button in (
            self.versions,
            self.paper,
            self.replaces,
            self.people,
            self.view,
            self.step_back,
            self.step,
        ):
            button.setEnabled(ready)

    def show_sheet(self, sheet: VersionSheet) -> None:
        """Show another version, or the same one again."""
        version = sheet.version
        self.state.set_state(version_words(version), CHIPS[version.state])
        self.versions.setText(current().fill("Version {version}", version=version.version))
        self.versions.setVisible(len(sheet.versions) > 1)
        menu = self.versions.menu()
        menu.clear()
        for one in sheet.versions:
            menu.addAction(version_words(one)).triggered.connect(
                lambda _checked=False, found=one.id: self.opened.emit(found)
            )

    def allow(self, sheet: VersionSheet, hindrance: str) -> None:
        """Allow what the version's state allows; ``hindrance`` is why the next step may not be taken."""
        version, newest = sheet.version, sheet.version.id == sheet.versions[0].id
        steps = {
            DRAFT: _("Mark final"),
            FINAL: _("Record signatures…"),
            PRINTED: _("Record signatures…"),
            SIGNED: _("New version"),
        }
        self.step.setText(steps[version.state])
        self.step.setEnabled(newest and not hindrance)
        self.step.setToolTip(hindrance)
        self.step_back.setText(_("Back to a draft") if version.state == FINAL else _("New version"))
        self.step_back.setVisible(newest and version.state in (FINAL, PRINTED))
        self.replaces.setVisible(version.open)
        self.view.setVisible(not version.open)

    def retranslate(self) -> None:
        """Set the words that do not change with the version."""
        self.back.setText(_("All plans"))
        self.replaces.setText(_("Replaces…"))
        self.people.setText(_("Who took part…"))
        self.view.setText(_("Own view…"))
        self.paper.setText(_("Print"))
