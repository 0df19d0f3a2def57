"""The item chosen in the outbox: how it stands, what leaves of it, and what to do where it was set aside."""

from datetime import date

from PySide6.QtCore import Qt

from coachdesk.domain.sending import OutboxLine
from coachdesk.i18n import N_, _, current
from coachdesk.ui.sync import wording
from coachdesk.ui.sync.outbox_table import name_of
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.layout import scrolled
from coachdesk.ui.widgets.pictures import Chip
from coachdesk.ui.widgets.words import label

_WIDTH, _ANY = 284, 16_777_215  # pixels; the second is Qt's own word for no limit


class OutboxSide(Card):
    """The side of one item; the page says what its buttons do."""

    def __init__(self) -> None:
        super().__init__(margins=(16, 12, 16, 14))
        self.chip = Chip()
        self.name = label("", "person", wrap=True)
        self.about = label("", "secondary", wrap=True)
        self.sentence = label("", wrap=True)
        self.steps_caption = label("", "label")
        self.steps = label("", wrap=True)
        self.answer = label("", "secondary", wrap=True)
        self.leaves = label("", "label")
        self.said = label("", wrap=True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.said_area = scrolled(self.said)
        self.open_button, self.back_button = Button(kind="primary"), Button()
        for part in (self.chip, self.name, self.about, self.sentence, self.steps_caption, self.steps):
            self.add(part)
        self.add(self.answer)
        self.add(self.leaves)
        self.add(self.said_area, 100)
        self.body.addStretch(1)
        self.add(self.open_button)
        self.add(self.back_button)
        self.setFixedWidth(_WIDTH)

    def retranslate(self) -> None:
        """Set the words that stay; those of the item come with ``show_line``."""
        self.steps_caption.setText(_("What to do"))
        self.leaves.setText(_("Exactly this leaves"))
        self.open_button.setText(_("Open the details"))
        self.back_button.setText(_("Put back into the queue"))

    def show_line(self, line: OutboxLine, today: date) -> None:
        """Show an item."""
        state = wording.line_state(line, today)
        aside = line.state == "aside"
        self.chip.set_state(state.text, state.kind, state.picture)
        self.name.setText(wording.spoken(name_of(line)))
        self.said.setText(_said(line))
        for leaving in (self.leaves, self.said_area):
            leaving.setVisible(bool(self.said.text()))
        self.about.setText(wording.content(line))
        self.sentence.setText(wording.explained(line))
        for part in (self.steps_caption, self.steps, self.back_button):
            part.setVisible(aside)
        self.steps.setText("1. {}\n2. {}".format(_("Correct the details."), _("Put it back into the queue.")))
        self._show_answer(line)
        self.open_button.setVisible(line.trainee_id is not None)
        self.open_button.set_kind("primary" if aside else "")

    def _show_answer(self, line: OutboxLine) -> None:
        self.answer.setVisible(line.receipt_at is not None)
        if line.receipt_at is not None:
            at = current().moment(line.receipt_at)
            said = current().fill(N_("Answer of the region: {at}"), at=at)
            number = current().fill(N_("Receipt {number}"), number=wording.receipt(line))
            self.answer.setText("\n".join((said, number)) if line.receipt else said)

    def fit(self, size_class: str) -> None:
        """Stand beside the table, or below it where there is little room."""
        wide = size_class == "wide"
        self.setMinimumWidth(_WIDTH if wide else 0)
        self.setMaximumWidth(_WIDTH if wide else _ANY)


def _said(line: OutboxLine) -> str:
    """All that leaves, or has left, of what rests on no consent."""
    from coachdesk.services import without_consent

    found = without_consent.told(line.item, current())[1] if line.item else ()
    return "\n\n".join(f"{title}\n{text}" for title, text in found)
