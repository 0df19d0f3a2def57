"""Importing: a spreadsheet in, and what was imported earlier."""

from typing import Any

from coachdesk.i18n import N_, current
from coachdesk.ui.settings.page import Section
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.words import label


class ImportSection(Section):
    """A button that opens the import, and the last import in words."""

    name = N_("Import")

    def build(self) -> None:
        card = Card()
        what, self.last = label(wrap=True), label("", "secondary", wrap=True)
        self.bring = Button(kind="primary", icon="file-import")
        self.bring.clicked.connect(self.open_import)
        card.add(what)
        card.add(self.last)
        card.body.addLayout(row_of(self.bring, None))
        self.body.addWidget(card)
        self._batch: Any = None
        self.word(card.set_title, N_("Import a spreadsheet"))
        self.word(
            what.setText,
            N_("CSV or XLSX: people with their periods, phases and plans, an attendance month, or notes."),
        )
        self.word(self.bring.setText, N_("Choose a file or undo an import"))

    def refresh(self) -> None:
        from coachdesk.services import imports

        desk = self.shell.desk
        self.run(lambda: imports.batches(desk)[:1], then=self._show_last, lane="reading")

    def open_import(self) -> None:
        """Open the import over the window."""
        from coachdesk.ui.imports.dialog import open_import

        open_import(self.shell, self, then=self.refresh)

    def retranslate(self) -> None:
        super().retranslate()
        self._say_last()

    def _show_last(self, found: tuple[Any, ...]) -> None:
        self._batch = found[0] if found else None
        self._say_last()

    def _say_last(self) -> None:
        batch = getattr(self, "_batch", None)
        self.last.setVisible(batch is not None)
        if batch is not None:
            message = N_("Last import: {file}, {at}. It was undone.") if batch.undone else _LAST
            self.last.setText(current().fill(message, file=batch.file_name, at=batch.at))


_LAST = N_("Last import: {file}, {at}.")
