"""The pages of Sync: what leaves is there from the start, each other is made when it is asked for first."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from coachdesk.domain.sending import HeldLine, Offer, Outbox
from coachdesk.ui.shell import Shell
from coachdesk.ui.sync.review import ReviewPage
from coachdesk.ui.widgets.layout import scrolled

if TYPE_CHECKING:
    from coachdesk.domain.line import SendResult
    from coachdesk.services.line import LineSheet
    from coachdesk.services.sync_sheets import KeySheet
    from coachdesk.ui.letters.page import LettersPage
    from coachdesk.ui.sync.connection import ConnectionPage
    from coachdesk.ui.sync.files import Asks
    from coachdesk.ui.sync.held import HeldPage
    from coachdesk.ui.sync.outbox import OutboxPage

REVIEW, OUTBOX, HELD, LETTERS, CONNECTION = "review", "outbox", "held", "letters", "connection"
MODULES = {
    OUTBOX: ("sync.outbox", "OutboxPage"),
    HELD: ("sync.held", "HeldPage"),
    LETTERS: ("letters.page", "LettersPage"),
    CONNECTION: ("sync.connection", "ConnectionPage"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All that the pages show, read at once."""

    offers: tuple[Offer, ...] = ()
    outbox: Outbox = field(default_factory=Outbox)
    keys: tuple[KeySheet, ...] = ()
    each: bool = False
    lines: tuple[LineSheet, ...] = ()
    held: tuple[HeldLine, ...] = ()


class SyncPages(QStackedWidget):
    """The pages by their tabs; a page made later shows what was read before."""

    reread = Signal()  # something was written or read: read all again
    outbox_changed = Signal()  # only what waits
    keys_asked = Signal()
    code_asked = Signal()
    practice_asked = Signal()

    def __init__(self, shell: Shell, asks: Asks) -> None:
        super().__init__()
        self.shell, self._asks = shell, asks
        self.found, self._sent, self._size = Found(), cast("tuple[SendResult, ...]", ()), "wide"
        self.made: dict[str, Any] = {}
        self.review = ReviewPage(shell)
        self.review.opened.connect(self._open)

    @property
    def outbox(self) -> OutboxPage:
        """What waits and what was acknowledged."""
        return cast("OutboxPage", self._page(OUTBOX))

    @property
    def held(self) -> HeldPage:
        """What the region has."""
        return cast("HeldPage", self._page(HELD))

    @property
    def letters(self) -> LettersPage:
        """The region's letters."""
        return cast("LettersPage", self._page(LETTERS))

    @property
    def connection(self) -> ConnectionPage:
        """The way to the region, and the keys."""
        return cast("ConnectionPage", self._page(CONNECTION))

    def turn_to(self, tab: str) -> None:
        """Bring a page to the front."""
        page = self.review if tab == REVIEW else self._page(tab)
        at = next(at for at in range(self.count()) if _is_in(page, self.widget(at)))
        self.setCurrentIndex(at)

    def show_found(self, found: Found) -> None:
        """Show what was read on every page that is there."""
        self.found = found
        self.review.blockSignals(True)
        self.review.show_offers(found.offers, found.keys, found.each)
        self.review.blockSignals(False)
        for tab in self.made:
            self._fill(tab)

    def show_outbox(self, outbox: Outbox, ready: tuple[Offer, ...]) -> None:
        """Show what waits now."""
        self.found = replace(self.found, outbox=outbox)
        if OUTBOX in self.made:
            self.outbox.show_outbox(outbox, ready)

    def tell_sent(self, results: tuple[SendResult, ...]) -> None:
        """What came of the last run, told on the outbox now or when it is shown."""
        self._sent = results
        if OUTBOX in self.made:
            self.outbox.tell_sent(results)

    def look_at_line(self) -> None:
        """A run began: the outbox, where it is there, shows what can be done meanwhile."""
        if OUTBOX in self.made:
            self.outbox.show_lines(self.outbox.lines)

    def retranslate(self) -> None:
        """Set every word again."""
        for page in (self.review, *self.made.values()):
            page.retranslate()

    def fit(self, size_class: str) -> None:
        """Lay out every page that is there for the window's width."""
        self._size = size_class
        for page in (self.review, *self.made.values()):
            if hasattr(page, "fit"):
                page.fit(size_class)

    def _page(self, tab: str) -> Any:
        if tab not in self.made:
            module, name = MODULES[tab]
            kind = getattr(import_module(f"coachdesk.ui.{module}"), name)
            page = kind(self.shell, self._asks) if tab in (OUTBOX, LETTERS) else kind(self.shell)
            self.made[tab] = page
            self.addWidget(scrolled(page) if tab == CONNECTION else page)
            self._connect(tab, page)
            page.retranslate()
            if hasattr(page, "fit"):
                page.fit(self._size)
            self._fill(tab)
            if tab == OUTBOX and self._sent:
                page.tell_sent(self._sent)
            self.shell.grown.emit()
        return self.made[tab]

    def _connect(self, tab: str, page: Any) -> None:
        if tab in (OUTBOX, HELD):
            page.opened.connect(self._open)
        if tab in (OUTBOX, CONNECTION):
            page.changed.connect(self.reread)
            page.keys_asked.connect(self.keys_asked)
        if tab == LETTERS:
            page.changed.connect(self.outbox_changed)
        if tab == CONNECTION:
            page.code_asked.connect(self.code_asked)
            page.practice_asked.connect(self.practice_asked)

    def _fill(self, tab: str) -> None:
        """Show on a page what was read."""
        page, found = self.made[tab], self.found
        if tab == OUTBOX:
            page.show_outbox(found.outbox, self.review.ready)
        if tab in (OUTBOX, CONNECTION):
            page.show_lines(found.lines)
        if tab == HELD:
            page.show_held(found.held)
        if tab == LETTERS and self.shell.is_open:
            page.refresh()

    def _open(self, trainee_id: int) -> None:
        self.shell.go("trainees", trainee_id=trainee_id, tab="overview")


def _is_in(page: QWidget, area: QWidget | None) -> bool:
    return area is not None and (page is area or area.isAncestorOf(page))
