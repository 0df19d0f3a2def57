"""What stands beside a summary that is looked at: its basis, what never leaves, the package."""

from PySide6.QtWidgets import QCheckBox, QWidget

from coachdesk.domain.consent import CONSENT_SCOPES, known_scopes
from coachdesk.domain.sending import PUT, Offer
from coachdesk.i18n import N_, _, current
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.pictures import Picture
from coachdesk.ui.widgets.words import label

NEVER = (N_("Notes"), N_("Reasons of absence"), N_("Matters of health"))


class BesideOffer(QWidget):
    """Three cards; ``each`` asks to see every change before it leaves."""

    def __init__(self) -> None:
        super().__init__()
        self.basis, self.never, self.packet = Card(), Card(), Card()
        self.basis_text = label("", wrap=True)
        self.basis.add(self.basis_text)
        self.never.body.setSpacing(4)
        self.never_words = [label("", wrap=True) for _what in NEVER]
        for words in self.never_words:
            row = row_of(Picture("ban", 16, "text"), words, spacing=8)
            row.setStretch(1, 1)
            self.never.body.addLayout(row)
        self.not_given = label("", "secondary", wrap=True)
        self.never.add(self.not_given)
        for card in (self.basis, self.never):
            card.body.addStretch(1)
        self.packet_text = label("", "secondary", wrap=True)
        self.packet.add(self.packet_text)
        self.packet.body.addStretch(1)
        self.each = QCheckBox()
        self.packet.add(self.each)
        self.cards = column_of(self.basis, self.never, self.packet, spacing=12)
        self.cards.setStretch(2, 1)
        self.setLayout(self.cards)

    def retranslate(self) -> None:
        """Set the words that stay the same for every summary."""
        self.basis.set_title(_("Basis"))
        self.never.set_title(_("Never leaves"))
        for words, message in zip(self.never_words, NEVER, strict=True):
            words.setText(_(message))
        self.packet.set_title(_("Package"))
        self.each.setText(_("Ask me each time"))
        hint = _("Else changed dates, codes and numbers go by themselves.")
        self.each.setToolTip(hint)
        self.each.setAccessibleDescription(hint)

    def show_offer(self, offer: Offer | None) -> None:
        """Tell of one summary, or of none."""
        self.basis.setVisible(offer is not None)
        if offer is not None:
            self._show_basis(offer)
        self._show_never(offer)
        self._show_packet(offer)

    def _show_basis(self, offer: Offer) -> None:
        words = current()
        if offer.consent is None:
            self.basis_text.setText(_("No consent is in force."))
            return
        consent = offer.consent
        count = len(known_scopes(consent))
        lines = (
            words.fill(N_("Consent {paper}"), paper=consent.number),
            words.fill(N_("In force to {day}"), day=consent.valid_to),
            words.fill(N_("{count} of {all} parts"), count=count, all=len(CONSENT_SCOPES)),
        )
        self.basis_text.setText("\n".join(lines))

    def _show_never(self, offer: Offer | None) -> None:
        consent = offer.consent if offer is not None else None
        out = known_scopes(consent) if consent is not None else CONSENT_SCOPES
        rest = "; ".join(_(scope.title) for scope in CONSENT_SCOPES if scope not in out)
        self.not_given.setVisible(bool(rest))
        self.not_given.setText(current().fill(N_("No consent: {scopes}."), scopes=rest))

    def _show_packet(self, offer: Offer | None) -> None:
        words = current()
        parts = [_("Encrypted with the region's key. Sent twice it is still one.")]
        if offer is not None and offer.kind == PUT and offer.problem is None:
            mark = offer.digest[:8].upper()
            parts.insert(0, words.fill(N_("Mark {mark}"), mark=f"{mark[:4]} {mark[4:]}"))
        self.packet_text.setText("\n".join(parts))
