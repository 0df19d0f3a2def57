"""Step 4: what was done, and its undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.i18n import N_, _
from coachdesk.ui.screen import Spoken
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.pictures import Picture
from coachdesk.ui.widgets.words import label

if TYPE_CHECKING:
    from coachdesk.services.imports import ImportResult


class DonePage(QWidget, Spoken):
    """One sentence of what was done, and the button that takes it back."""

    def __init__(self) -> None:
        super().__init__()
        self.result: ImportResult | None = None
        self._undone = False
        self.sentence = label("", "strong", wrap=True)
        self.later = label("", "secondary", wrap=True)
        self.undo = Button(icon="arrow-back-up")
        self.word(self.undo.setText, N_("Undo the import"))
        card = Card()
        line = row_of(Picture("circle-check", 24, "ok"), self.sentence, spacing=12)
        line.setStretch(1, 1)
        card.body.addLayout(line)
        card.add(self.later)
        card.body.addLayout(row_of(self.undo, None))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)
        outer.addStretch(1)

    def show_result(self, result: ImportResult) -> None:
        """Show what an import did."""
        self.result, self._undone = result, False
        self.retranslate()

    def show_undone(self) -> None:
        """Show that it was taken back."""
        self._undone = True
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self.speak()
        if self.result is None:
            return
        from coachdesk.services.imports import result_line

        brought = bool(self.result.batch_id)
        undone = _("The import was undone. The desk is as it was before.")
        self.sentence.setText(undone if self._undone else result_line(self.result))
        self.later.setText(
            _("You can undo the import as a whole until something it brought is changed, also later here.")
        )
        self.later.setVisible(brought and not self._undone)
        self.undo.setVisible(brought and not self._undone)
