"""Exactly this leaves: who waits, what would go of whom, and letting it go."""

from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from coachdesk.domain.sending import WITHDRAW, Offer
from coachdesk.i18n import N_, _, current, say
from coachdesk.services.sync_sheets import KeySheet
from coachdesk.ui.announce import announce
from coachdesk.ui.flow import FlowLayout
from coachdesk.ui.screen import Spoken
from coachdesk.ui.shell import Shell
from coachdesk.ui.sync import wording
from coachdesk.ui.sync.beside import BesideOffer
from coachdesk.ui.sync.preview import PreviewTable
from coachdesk.ui.sync.waiting import WaitingList
from coachdesk.ui.widgets.buttons import Button, ToolButton
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.empty import EmptyState
from coachdesk.ui.widgets.layout import column_of, scrolled
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.words import label

LIST, SIDE = 204, 240
SHOWN = 15_000  # ms that an identity code is shown
STOOD = 2000  # ms after which a look at one trainee is logged


class ReviewPage(QWidget, Spoken):
    """The first tab of sending."""

    changed = Signal()  # how many wait
    stale = Signal()  # what leaves must be read again
    printed = Signal(object)  # Offer
    opened = Signal(int)  # trainee_id

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.offers: tuple[Offer, ...] = ()
        self.keys: tuple[KeySheet, ...] = ()
        self._shown = 0
        self.standing = QTimer(self, singleShot=True, interval=STOOD)
        self.standing.timeout.connect(self._log)
        self._build_list()
        self._build_work()
        self.beside = BesideOffer()
        self.beside.each.clicked.connect(self._see_each)
        self.side = scrolled(self.beside)
        self.side.setFixedWidth(SIDE)
        self.columns = QHBoxLayout()
        self.columns.setContentsMargins(0, 0, 0, 0)
        self.columns.setSpacing(14)
        self.columns.addWidget(self.list_card)
        self.middle = column_of(self.work, spacing=12)
        self.middle.setStretch(0, 1)
        self.columns.addLayout(self.middle, 1)
        self.columns.addWidget(self.side)
        self.setLayout(self.columns)
        self.retranslate()

    def _build_list(self) -> None:
        self.list = WaitingList()
        self.list.chosen.connect(self.show_offer)
        self.hint = label("", "secondary", wrap=True)
        self.hint.setContentsMargins(13, 8, 13, 0)
        self.list_card = Card(margins=(1, 10, 1, 12))
        self.list_card.heading.setContentsMargins(13, 0, 0, 0)
        self.list_card.body.setSpacing(0)
        self.list_card.add(self.list, 1)
        self.list_card.add(self.hint)
        self.list_card.setFixedWidth(LIST)

    def _build_work(self) -> None:
        self.to_whom = label("", "secondary", wrap=True)
        self.to_whom.setContentsMargins(13, 0, 13, 0)
        self.problem = Notice("danger")
        self.open_button = Button()
        self.open_button.clicked.connect(self._open)
        self.problem.add_button(self.open_button)
        self.table = PreviewTable()
        self.accept_button = Button(kind="primary", icon="check", key="Ctrl+Enter")
        self.later = Button()
        self.print_button = Button(icon="printer", key="Ctrl+P")
        self.accept_button.clicked.connect(self.accept)
        self.later.clicked.connect(self.next)
        self.print_button.clicked.connect(self.print_)
        self.eye = ToolButton("eye")
        self.eye.clicked.connect(self.show_code)
        self.hiding = QTimer(self, singleShot=True, interval=SHOWN)
        self.hiding.timeout.connect(self.hide_code)
        self.foot = QWidget()
        self.foot.setContentsMargins(13, 10, 13, 0)
        row = FlowLayout(self.foot)
        row.addWidget(self.accept_button)
        row.addWidget(self.later)
        row.add_right(self.eye)
        row.add_right(self.print_button)
        self.card = Card(margins=(1, 10, 1, 12))
        self.card.heading.setContentsMargins(13, 0, 13, 0)
        self.card.wrap_title()
        self.card.body.setSpacing(6)
        self.card.add(self.to_whom)
        self.card.add(self.problem)
        self.card.add(self.table, 1)
        self.card.add(self.foot)
        self.none = EmptyState("circle-check")
        empty = Card()
        empty.add(self.none, 1)
        self.work = QStackedWidget()
        self.work.addWidget(self.card)
        self.work.addWidget(empty)

    def retranslate(self) -> None:
        """Set the words again."""
        self.speak()
        self.list_card.set_title(_("Waits for your look"))
        self.list.setAccessibleName(_("Waits for your look"))
        self.hint.setText(_("A first summary and changed words leave only after you have seen them."))
        self.table.setAccessibleName(_("Exactly this leaves"))
        self.open_button.setText(_("Open the details"))
        self.accept_button.setText(_("Accept for sending"))
        self.later.setText(_("Not yet"))
        self.eye.set_words(_("Show the identity code"))
        self.print_button.setText(_("Print"))
        self.none.set_words(_("Nothing waits for your look."), _("The region is up to date, or will be."))
        self.beside.retranslate()
        self.list.rows.retranslate()
        if self.offers:
            self.show_offer(self.list.row)

    @property
    def waiting(self) -> int:
        """How many wait for the coach."""
        return sum(offer.waits_for_coach for offer in self.offers)

    @property
    def ready(self) -> tuple[Offer, ...]:
        """What leaves with the next file without more being asked."""
        return tuple(offer for offer in self.offers if offer.may_leave)

    def show_offers(self, offers: tuple[Offer, ...], keys: tuple[KeySheet, ...], each: bool) -> None:
        """Show what would leave; the choice stays on the same person, else goes to the first."""
        kept = self.list.row
        self.offers, self.keys = offers, keys
        self.beside.each.setChecked(each)
        self.list.rows.show_rows(offers)
        self.work.setCurrentIndex(0 if offers else 1)
        at = self.list.rows.place_of(lambda one: kept is not None and _same(one, kept))
        if offers:
            self.list.choose(max(at, 0))
        else:
            self.show_offer(None)
        self.changed.emit()

    def show_offer(self, offer: Offer | None) -> None:
        """Show exactly what leaves of somebody."""
        self.standing.stop()
        self.hiding.stop()
        self.table.show_offer(offer)
        self.eye.setVisible(self.table.has_code)
        self.beside.show_offer(offer)
        if offer is None:
            return
        self.standing.start()
        name = wording.spoken(offer.name)
        self.card.set_title(current().fill(N_("Exactly this leaves – {name}"), name=name))
        self.to_whom.setText(current().fill(N_("Recipient: {name}"), name=self._region(offer)))
        self._show_problem(offer)
        self._show_buttons(offer)

    def _region(self, offer: Offer) -> str:
        language = current().language
        found = next((key for key in self.keys if key.region_id == offer.region_id), None)
        return found.name(language) if found else offer.region_id

    def _show_problem(self, offer: Offer) -> None:
        self.problem.setVisible(offer.problem is not None or offer.kind == WITHDRAW)
        self.open_button.setVisible(offer.problem is not None)
        if offer.problem is not None:
            self.problem.set_state("danger", say(offer.problem))
        elif offer.kind == WITHDRAW:
            text = _(
                "The consent no longer stands. The region is told to delete what it has. "
                "It goes first and asks nothing of you."
            )
            self.problem.set_state("info", text)

    def _show_buttons(self, offer: Offer) -> None:
        self.accept_button.setText(_("Accept for sending") if offer.waits_for_coach else _("Go to the next"))
        self.accept_button.setEnabled(offer.problem is None)
        self.accept_button.updateGeometry()
        self.later.setVisible(offer.waits_for_coach)

    def accept(self) -> None:
        """Let exactly what is shown go, and go to the next."""
        from coachdesk.services import sync

        offer = self.table.offer
        if offer is None:
            return
        if not offer.waits_for_coach:
            self.next()
        elif offer.problem is None:
            work = partial(sync.accept, self.shell.desk, offer)
            self.shell.jobs.run(work, then=self._accepted, failed=self._not_accepted, owner=self)

    def _accepted(self, offer: Offer) -> None:
        self.offers = tuple(offer if _same(one, offer) else one for one in self.offers)
        at = self.list.rows.place_of(lambda one: _same(one, offer))
        if at >= 0:
            self.list.rows.change_row(at, offer)
        self.shell.saved()
        self.shell.health_changed.emit()
        self.shell.queued.emit()
        self.changed.emit()
        self.next()
        self._say_next()

    def _say_next(self) -> None:
        """Tell readers that it was accepted and who is shown now."""
        shown = self.table.offer
        if shown is not None and shown.waits_for_coach:
            text = current().fill(N_("Accepted. Next: {name}"), name=wording.spoken(shown.name))
        else:
            text = _("Accepted. Nothing more waits for your look.")
        announce(self.table, text)

    def _not_accepted(self, problem: Exception) -> None:
        self.shell.notices.show(problem)
        self.stale.emit()

    def next(self) -> None:
        """Go to the next that waits for the coach, else to the next of the list."""
        rows, here = self.list.rows.rows, self.list.currentIndex().row()
        order = [*range(here + 1, len(rows)), *range(here)]
        at = next((at for at in order if rows[at].waits_for_coach), None)
        if at is None and self.waiting == 0:
            self.show_offer(self.list.row)
        elif at is not None:
            self.list.choose(at)

    def show_code(self) -> None:
        """Show the identity code that leaves for fifteen seconds; hide it when it is shown."""
        from coachdesk.services import trainees

        offer = self.table.offer
        if self.hiding.isActive() or offer is None:
            self.hide_code()
            return
        work = partial(trainees.show_code, self.shell.desk, offer.trainee_id)
        self.shell.jobs.run(work, then=lambda _code: self._code_asked(offer), owner=self)

    def _code_asked(self, offer: Offer) -> None:
        if self.table.offer is offer:
            self.table.show_codes(True)
            self.hiding.start()

    def hide_code(self) -> None:
        """Dots again."""
        self.hiding.stop()
        self.table.show_codes(False)

    def print_(self) -> None:
        """What leaves, on paper for the trainee."""
        if self.table.offer is not None:
            self.printed.emit(self.table.offer)

    def _open(self) -> None:
        if self.table.offer is not None:
            self.opened.emit(self.table.offer.trainee_id)

    def _see_each(self, each: bool) -> None:
        from coachdesk.services import sync

        work = partial(sync.see_each, self.shell.desk, each)

        def done(_none: Any) -> None:
            self.shell.saved()
            self.stale.emit()

        self.shell.jobs.run(work, then=done, owner=self)

    def _log(self) -> None:
        from coachdesk.services import sync

        offer = self.table.offer
        if offer is not None and self.isVisible() and self.shell.is_open:
            self.shell.jobs.run(partial(sync.look, self.shell.desk, offer.trainee_id, offer.region_id))

    def let_go(self) -> None:
        """The page is left: no look is logged, no code is shown."""
        self.standing.stop()
        if self.hiding.isActive():
            self.hide_code()

    def fit(self, size_class: str) -> None:
        """Columns below each other where there is little room."""
        wide, narrow = size_class == "wide", size_class == "narrow"
        down, across = QHBoxLayout.Direction.TopToBottom, QHBoxLayout.Direction.LeftToRight
        self.columns.setDirection(down if narrow else across)
        self.beside.cards.setDirection(down if wide or narrow else across)
        (self.columns if wide else self.middle).addWidget(self.side)
        for part, width, fixed in ((self.list_card, LIST, not narrow), (self.side, SIDE, wide)):
            part.setMinimumWidth(width if fixed else 0)
            part.setMaximumWidth(width if fixed else 16_777_215)
        self.list_card.setMinimumHeight(220 if narrow else 0)
        self.work.setMinimumHeight(0 if wide else 320)
        self.side.setMinimumHeight({"wide": 0, "medium": 230}.get(size_class, 440))


def _same(one: Offer, other: Offer) -> bool:
    return (one.trainee_id, one.region_id, one.kind, one.ref) == (
        other.trainee_id,
        other.region_id,
        other.kind,
        other.ref,
    )
