"""Sync: exactly what leaves, and the outbox with its receipts; carried as files."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from coachdesk.domain.sending import Enrolled, Offer, Outbox
from coachdesk.i18n import N_, _, current
from coachdesk.ui.flow import FlowLayout
from coachdesk.ui.screen import Screen
from coachdesk.ui.sync.files import Asks, FileDialogs
from coachdesk.ui.sync.pages import CONNECTION, HELD, LETTERS, OUTBOX, REVIEW, Found, SyncPages
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.empty import EmptyState
from coachdesk.ui.widgets.layout import rule
from coachdesk.ui.widgets.stack import Stack

if TYPE_CHECKING:
    from coachdesk.services.desk import Desk
    from coachdesk.services.sync_sheets import KeySheet
    from coachdesk.ui.letters.page import LettersPage
    from coachdesk.ui.sync.connection import ConnectionPage
    from coachdesk.ui.sync.enrol import KeysDialog
    from coachdesk.ui.sync.held import HeldPage
    from coachdesk.ui.sync.outbox import OutboxPage
    from coachdesk.ui.sync.review import ReviewPage

ENROLLED, NONE_YET, UNREAD = range(3)
TABS = (
    (REVIEW, N_("To check")),
    (OUTBOX, N_("Outbox and receipts")),
    (HELD, N_("At the region")),
    (LETTERS, N_("Letters")),
    (CONNECTION, N_("Connection and keys")),
)


class SyncScreen(Screen):
    """The pages of pictures 08 and 09; before a region is enrolled one button takes it in."""

    keys = (
        (N_("Alt+1 … Alt+5"), N_("tabs")),
        (N_("F5"), N_("try to send")),
        (N_("Ctrl+Enter"), N_("accept and go to the next, or save the export file")),
        (N_("Ctrl+P"), N_("print what leaves, for the trainee")),
    )

    def build(self) -> None:
        self.asks: Asks = FileDialogs(self)
        self._asked, self._being_read = 0, False
        self.region_keys: tuple[KeySheet, ...] = ()
        self.show_paper = self._show_paper
        self.bar = QTabBar()
        self.bar.setExpanding(False)
        for _tab in TABS:
            self.bar.addTab("")
        self.pages = SyncPages(self.shell, _Asked(self))
        self.bar.currentChanged.connect(self._turned)
        both = QWidget()
        inner = QVBoxLayout(both)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.bar)
        inner.addWidget(rule())
        inner.addSpacing(12)
        inner.addWidget(self.pages, 1)
        self.none = EmptyState("send", button=True, picture="key")
        self.none.asked.connect(self.enrol)
        self.by_code, self.practise = Button(kind="link"), Button(kind="link")
        self.by_code.clicked.connect(self.enrol_by_code)
        self.practise.clicked.connect(self.open_practice)
        empty = Card()
        empty.add(self.none, 1)
        ways = QWidget()
        flow = FlowLayout(ways)
        flow.setContentsMargins(0, 0, 0, 0)
        for button in (self.by_code, self.practise):
            flow.addWidget(button)
        empty.add(ways)
        self.stack = Stack()
        self.stack.addWidget(both)
        self.stack.addWidget(empty)
        self.stack.addWidget(QWidget())  # until the first look has been read
        self.stack.setCurrentIndex(UNREAD)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 0, 20, 12)
        outer.addWidget(self.stack)
        # last: with each move of what they stand in, all that is in them would be dressed anew
        self.pages.addWidget(self.review)
        self._connect()

    def _connect(self) -> None:
        self.review.changed.connect(self._reread_outbox)
        self.review.stale.connect(self.refresh)
        self.review.printed.connect(self.print_offer)
        self.pages.reread.connect(self.refresh)
        self.pages.outbox_changed.connect(self._reread_outbox)
        self.pages.keys_asked.connect(lambda: self.show_keys().open())
        self.pages.code_asked.connect(self.enrol_by_code)
        self.pages.practice_asked.connect(self.open_practice)
        if self.shell.line is not None:
            self.shell.line.changed.connect(self._line_changed)
        for at in range(len(TABS)):
            shortcut = QShortcut(QKeySequence(f"Alt+{at + 1}"), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.turn_to, TABS[at][0]))
        shortcut = QShortcut(QKeySequence("Ctrl+Tab"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._turn_on)

    @property
    def review(self) -> ReviewPage:
        """The tab of what leaves."""
        return self.pages.review

    @property
    def outbox(self) -> OutboxPage:
        """The tab of the outbox; this and the others are made when they are asked for first."""
        return self.pages.outbox

    @property
    def held(self) -> HeldPage:
        """The tab of what the region has."""
        return self.pages.held

    @property
    def letters(self) -> LettersPage:
        """The tab of the region's letters."""
        return self.pages.letters

    @property
    def connection(self) -> ConnectionPage:
        """The tab of the way to the region."""
        return self.pages.connection

    def hasHeightForWidth(self) -> bool:
        return False  # long words scroll inside; the page itself keeps to the window

    def sizeHint(self) -> QSize:
        return QSize(800, 420)

    def title(self) -> str:
        return _("Sync")

    def retranslate(self) -> None:
        super().retranslate()
        self.bar.setAccessibleName(_("Tabs of sync"))
        self._name_tabs()
        self.pages.retranslate()
        self.by_code.setText(_("Enrol by a one-time code…"))
        self.practise.setText(_("Open the practice region…"))
        self.none.set_words(
            _("No region is enrolled yet."),
            _("Read in the public file that the region has handed out. Nothing is sent by that."),
            _("Read the region's public file…"),
        )

    def _name_tabs(self) -> None:
        for at, (word, name) in enumerate(TABS):
            count = self.review.waiting if word == REVIEW else 0
            self.bar.setTabText(at, f"{_(name)}  {current().count(count)}" if count else _(name))

    def first_focus(self) -> QWidget | None:
        if self.stack.currentIndex() == NONE_YET:
            return self.none.button
        if self.tab == CONNECTION:
            return self.connection.first_focus()
        match self.tab:
            case "outbox":
                return self.outbox.table
            case "held":
                return self.held.table
            case "letters":
                return self.letters.table
        return self.review.table

    @property
    def tab(self) -> str:
        """The word of the tab shown."""
        return TABS[self.bar.currentIndex()][0]

    def turn_to(self, tab: str) -> None:
        """Show a tab."""
        self.bar.setCurrentIndex([word for word, _name in TABS].index(tab))

    def show_trainee(self, _trainee_id: int | None, tab: str | None = None) -> None:
        """Come to a tab by ``shell.go("sync", tab="outbox")``."""
        if tab in (REVIEW, OUTBOX, HELD, LETTERS, CONNECTION):
            self.turn_to(tab)

    def _turn_on(self) -> None:
        self.bar.setCurrentIndex((self.bar.currentIndex() + 1) % len(TABS))

    def _turned(self, at: int) -> None:
        self.pages.turn_to(TABS[at][0])
        focus = self.first_focus()
        if focus is not None and self.isVisible():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        if self.shell.is_open:
            self._asked += 1
            self._being_read = True
            work, show = partial(_read, self.shell.desk), partial(self._show_asked, self._asked)
            self.shell.jobs.run(work, then=show, lane="reading", owner=self)

    def look_again(self) -> None:
        self.refresh()
        self.outbox.send_now()

    def _show_asked(self, asked: int, found: Found) -> None:
        """Show only what was asked for last: what was read before may not know what was accepted since."""
        if asked == self._asked:
            self._being_read = False
            self._show(found)

    def _show(self, found: Found) -> None:
        self.region_keys = found.keys
        before, now = self.stack.currentIndex(), ENROLLED if found.keys else NONE_YET
        self.stack.setCurrentIndex(now)
        self.pages.show_found(found)
        self._name_tabs()
        first = self.first_focus()
        if before != now and first is not None and first.isVisible():
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reread_outbox(self) -> None:
        from coachdesk.services import sync

        self._name_tabs()
        if self._being_read:
            self.refresh()
        elif self.shell.is_open:
            ready = self.review.ready
            work = partial(sync.outbox_sheet, self.shell.desk)
            show = partial(self._show_outbox, ready)
            self.shell.jobs.run(work, then=show, lane="reading", owner=self)

    def _show_outbox(self, ready: tuple[Offer, ...], found: Outbox) -> None:
        self.pages.show_outbox(found, ready)

    def _line_changed(self) -> None:
        """A run began or ended: what it told stands on the page, whether it is shown now or later."""
        watch = self.shell.line
        if watch is not None and not watch.busy and self.shell.is_open:
            self.pages.tell_sent(watch.results)
            self.refresh()
        else:
            self.pages.look_at_line()

    def enrol_by_code(self) -> None:
        """Enrol over the network by a one-time code."""
        from coachdesk.ui.sync.code import CodeDialog

        dialog = CodeDialog(self.shell, self.window())
        dialog.enrolled.connect(lambda _done: self._enrolled(None))
        dialog.open()

    def open_practice(self) -> None:
        """The practice region, in a window of its own."""
        from coachdesk.ui.practice.dialog import PracticeDialog

        PracticeDialog(self.shell, self.window()).open()

    def enrol(self) -> None:
        """Take in a region's public file and save our own to carry back."""
        from coachdesk.services import sync

        file = self.asks.file(_("Which is the region's public file?"), "region.json (*.json)")
        folder = self.asks.folder(_("Where is our public file saved?")) if file is not None else None
        if file is not None and folder is not None:
            work = partial(sync.enrol, self.shell.desk, file, folder)
            self.shell.jobs.run(work, then=self._enrolled, owner=self)

    def _enrolled(self, done: Enrolled | None) -> None:
        self.shell.undo.clear()
        self.shell.saved()
        self.shell.health_changed.emit()
        self.refresh()
        from coachdesk.services import sync_sheets

        written = done.file if done is not None else None

        def show(keys: tuple[KeySheet, ...]) -> None:
            from coachdesk.ui.sync.enrol import KeysDialog

            KeysDialog(self.shell, keys, _Asked(self), written=written, parent=self.window()).open()

        self.shell.jobs.run(partial(sync_sheets.key_sheets, self.shell.desk), then=show, owner=self)

    def show_keys(self) -> KeysDialog:
        """The fingerprints of both sides."""
        from coachdesk.ui.sync.enrol import KeysDialog

        return KeysDialog(self.shell, self.region_keys, _Asked(self), parent=self.window())

    def print_offer(self, offer: Offer) -> None:
        """What leaves, on paper in the trainee's language."""
        from coachdesk.services import forms

        work = partial(
            forms.summary,
            self.shell.desk,
            offer.trainee_id,
            offer.recipient,
            offer.fields,
            had=offer.had,
            had_on=offer.had_on,
            consent=offer.consent,
        )
        self.shell.jobs.run(work, then=lambda printed: self.show_paper(printed), owner=self)

    def _show_paper(self, printed: Any) -> None:
        from coachdesk.ui.paper import PaperDialog  # with the reader of PDF, which the page itself needs not

        PaperDialog(self.shell, printed.pdf, printed.title, printed.file_name, parent=self.window()).exec()

    def print_(self) -> None:
        if self.stack.currentIndex() == ENROLLED and self.tab == REVIEW:
            self.review.print_()

    def main_action(self) -> None:
        match self.stack.currentIndex(), self.tab:
            case (0, "review"):
                self.review.accept()
            case (0, "outbox") if self.outbox.send_button.isVisible():
                self.outbox.send_now()
            case (0, "outbox"):
                self.outbox.save_file()
            case (0, "letters"):
                self.letters.open_chosen()
            case (1, _tab):
                self.enrol()

    def leave(self) -> None:
        self.review.let_go()

    def fit(self, size_class: str) -> None:
        self.pages.fit(size_class)
        for stack in (self.pages, self.stack):  # a stack keeps the size it asked while it was hidden
            pages = [stack.widget(at) for at in range(stack.count())]
            for part in (*pages, stack):
                layout = part.layout() if part is not None else None
                if layout is not None:
                    layout.invalidate()
            stack.updateGeometry()


class _Asked:
    """Asks through the screen, so that whoever answers can be changed."""

    def __init__(self, screen: SyncScreen) -> None:
        self._screen = screen

    def folder(self, title: str) -> Any:
        """A folder."""
        return self._screen.asks.folder(title)

    def file(self, title: str, kind: str) -> Any:
        """A file."""
        return self._screen.asks.file(title, kind)


def _read(desk: Desk) -> Found:
    from coachdesk.services import line, sync, sync_sheets

    keys = sync_sheets.key_sheets(desk)
    if not keys:
        return Found()
    return Found(
        offers=sync.review(desk),
        outbox=sync.outbox_sheet(desk),
        keys=keys,
        each=sync.sees_each(desk),
        lines=line.sheets(desk),
        held=sync.held_sheet(desk),
    )
