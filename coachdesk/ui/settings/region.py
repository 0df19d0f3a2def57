"""The region that summaries go to: whose keys are known, and taking in its public file."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from coachdesk.i18n import N_, _, current
from coachdesk.ui.settings.page import COLUMN, Section
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.words import label


class RegionSection(Section):
    """The regions known, and a button."""

    name = N_("The region")

    def build(self) -> None:
        card = Card()
        card.setMaximumWidth(COLUMN)
        self.known = QVBoxLayout()
        self.none = label("", "secondary", wrap=True)
        self.choose = Button(icon="folder-open")
        self.choose.clicked.connect(self.ask)
        self.done = Notice("ok")
        self.done.hide()
        card.body.addLayout(self.known)
        card.add(self.none)
        card.body.addLayout(row_of(self.choose, None))
        card.add(self.done)
        self.body.addWidget(card)
        self._names: tuple[tuple[str, str], ...] = ()
        self.word(card.set_title, N_("The region"))
        self.word(
            self.none.setText, N_("No region is known. Ask the wellbeing services county for region.json.")
        )
        self.word(self.choose.setText, N_("Choose the file"))

    def refresh(self) -> None:
        from coachdesk.services import sync

        desk = self.shell.desk
        self.run(lambda: tuple(sync.region_names(desk).values()), self.show_names)

    def show_names(self, names: tuple[tuple[str, str], ...]) -> None:
        """Show the regions whose keys are known."""
        self._names = names
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        while (item := self.known.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for finnish, swedish in self._names:
            self.known.addWidget(label(swedish if current().language == "sv" else finnish, "strong"))
        self.none.setVisible(not self._names)

    def ask(self) -> None:
        """Choose the region's public file."""
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose the file"), "", "region.json (*.json)")
        if name:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        """Take it in, and write our own public file beside it."""
        from coachdesk.services import enrolment

        desk = self.shell.desk
        self.run(lambda: enrolment.enrol(desk, path, path.parent), lambda kept: self._taken(path, kept))

    def _taken(self, path: Path, kept: Any) -> None:
        beside = current().fill(
            N_("Your own public file was written in {folder}. Take it to the county."), folder=path.parent
        )
        lines = getattr(kept, "lines", ())
        self.done.set_state("ok", "\n".join((*lines, beside)), _("The county's keys are known"))
        self.done.show()
        self.shell.saved()
        self.shell.health_changed.emit()
        self.refresh()
