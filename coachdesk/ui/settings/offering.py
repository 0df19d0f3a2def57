"""What the workshops offer to the region: service cards with free places, and figures without names."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from coachdesk.domain.permissions import Right
from coachdesk.i18n import N_, _, current
from coachdesk.services.offering import CardSheet, FiguresSheet
from coachdesk.ui.day_edit import upper
from coachdesk.ui.settings.card_form import CardForm
from coachdesk.ui.settings.figures_dialog import FiguresDialog
from coachdesk.ui.settings.page import Section
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.words import label

STATES = {
    "": N_("Waits to leave with the next bundle."),
    "ready": N_("Accepted, waits to leave with the next bundle."),
    "waiting": N_("Sealed, waits to leave."),
    "handed": N_("Sent, not acknowledged yet."),
    "delivered": N_("The region has it."),
    "turned_away": N_("The region refused it."),
    "off": N_("Turned off."),
    "few": N_("Fewer than twenty people: nothing leaves."),
    "open": N_("Waits for you to look at it."),
}
Read = tuple[tuple[CardSheet, ...], tuple[FiguresSheet, ...], bool, bool]


class OfferingSection(Section):
    """A line for each workshop with its card; below it the figures, if a region is there."""

    name = N_("What the workshop offers")

    def build(self) -> None:
        self.read: Read = ((), (), False, False)
        self.cards, self.figures = Card(), Card()
        self.lead, self.about = label("", "secondary", wrap=True), label("", "secondary", wrap=True)
        self.on = QCheckBox()
        self.on.clicked.connect(self.turn)
        self.cards.add(self.lead)
        self.figures.add(self.about)
        self.figures.add(self.on)
        self.card_rows = _Rows(self.edit)
        self.figure_rows = _Rows(self.look)
        self.cards.add(self.card_rows)
        self.figures.add(self.figure_rows)
        self.body.addWidget(self.cards)
        self.body.addWidget(self.figures)

    def refresh(self) -> None:
        from coachdesk.services import offering, rights

        desk = self.shell.desk
        self.run(
            lambda: (
                offering.cards(desk),
                offering.figures(desk),
                offering.is_on(desk),
                rights.may(desk, Right.AGGREGATE),
            ),
            self.show_read,
        )

    def show_read(self, read: Read) -> None:
        """Show what was read."""
        self.read = read
        cards, figures, on, may = read
        self.on.setChecked(on)
        self.on.setEnabled(may)
        self.figures.setVisible(bool(figures))
        self.card_rows.set_count(len(cards))
        self.figure_rows.set_count(len(figures))
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        words = current()
        self.cards.set_title(_("Service cards and free places"))
        self.lead.setText(_("A worker at the region finds the workshop by its card. It names no trainee."))
        self.figures.set_title(_("Figures without names"))
        self.about.setText(
            _(
                "Of trainees who have not consented the region gets only rounded numbers of a finished "
                "quarter, once, and nothing of fewer than twenty people."
            )
        )
        self.on.setText(_("Such figures may be sent (the lead coach decides)"))
        cards, figures, _on, may = self.read
        for at, card in enumerate(cards):
            self.card_rows.tell(at, card.shop.name(words.language), self._card_state(card), _("Edit…"))
        for at, one in enumerate(figures):
            message = N_("{quarter}, {workshop}, to {region}")
            region = one.region[1 if words.language == "sv" else 0]
            quarter, workshop = one.quarter.said(words), one.shop.name(words.language)
            said = {"quarter": quarter, "workshop": workshop, "region": region}
            looks = one.item is not None and may
            self.figure_rows.tell(
                at, upper(words.fill(message, **said)), _(STATES[one.state]), _("Look…") if looks else ""
            )

    def _card_state(self, card: CardSheet) -> str:
        if not card.card.uid:
            return _("No card yet.")
        if not card.card.told:
            return _("Kept here, the region is not told.")
        if not card.enrolled:
            return _("No region is enrolled yet.")
        return _(STATES[card.state])

    def edit(self, at: int) -> None:
        """Edit the card of a workshop."""
        self._open(CardForm(self.shell, self.read[0][at], self))

    def look(self, at: int) -> None:
        """Look at the figures as they leave."""
        dialog = FiguresDialog(self.shell, self.read[1][at], self)
        dialog.settled.connect(self.refresh)
        dialog.open()

    def turn(self) -> None:
        """Turn the figures on or off."""
        from coachdesk.services import offering

        self.run(partial(offering.turn, self.shell.desk, self.on.isChecked()), lambda _none: self.refresh())

    def _open(self, form: CardForm) -> None:
        form.did.connect(self.can_be_undone)
        form.open()


class _Rows(QWidget):
    """Lines of a name, how it stands and a button; made as many as there are."""

    def __init__(self, asked: Any) -> None:
        super().__init__()
        self.asked = asked
        self.rows: list[tuple[QWidget, Any, Any, Button]] = []
        self.box = column_of(spacing=8)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self.box)

    def set_count(self, count: int) -> None:
        """Make as many lines as are asked for, hide the rest."""
        while len(self.rows) < count:
            name, state, button = label("", "strong", wrap=True), label("", "secondary", wrap=True), Button()
            button.clicked.connect(partial(self._ask, len(self.rows)))
            holder = QWidget()
            row = row_of(column_of(name, state, spacing=1), button, spacing=12)
            row.setContentsMargins(0, 0, 0, 0)
            row.setStretch(0, 1)
            holder.setLayout(row)
            self.rows.append((holder, name, state, button))
            self.box.addWidget(holder)
        for at, (holder, *_parts) in enumerate(self.rows):
            holder.setVisible(at < count)

    def tell(self, at: int, name: str, state: str, button: str) -> None:
        """Set the words of one line."""
        _holder, name_, state_, button_ = self.rows[at]
        name_.setText(name)
        state_.setText(state)
        button_.setText(button)
        button_.setVisible(bool(button))
        button_.setAccessibleDescription(name)

    def _ask(self, at: int) -> None:
        self.asked(at)
