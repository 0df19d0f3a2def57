"""The inside of the window: places on the left, head, the page, the health line; and the way between pages.

A page keeps its state while another is shown, so going back finds it with its scroll and focus.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coachdesk.i18n import _
from coachdesk.ui import navigation
from coachdesk.ui.announce import announce
from coachdesk.ui.commands import Commands, first_stop
from coachdesk.ui.going import Going
from coachdesk.ui.head_bar import HeadBar
from coachdesk.ui.health_line import HealthLine
from coachdesk.ui.nav_bar import NavBar
from coachdesk.ui.screen import Screen
from coachdesk.ui.shell import Shell
from coachdesk.ui.turned import Turned
from coachdesk.ui.undo_bar import UndoBar
from coachdesk.ui.way import Way
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.notice import Notice


class Holder(QWidget):
    """A page in its scroll area, which scrolls only when less than the least height is left.

    A scroll area asks a page with wrapped words for the height it would like, not for the least it needs.
    """

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.totalMinimumHeightForWidth(width) if layout is not None else -1


class Inside(QWidget):
    """Everything that is seen while the desk is open."""

    locking = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.size_class = "wide"
        self.screens: dict[str, Screen] = {}
        self.pages: dict[str, QScrollArea] = {}
        self.now: Going | None = None
        self._busy = 0
        self._pages_known = self._screens_made = 0
        self._way = Way()
        self._build()
        self._connect()
        self.commands = Commands(self)
        self.turned = Turned(self)
        self.retranslate()

    @property
    def screen_shown(self) -> Screen | None:
        """The screen of the page shown."""
        return self.screens.get(self.now.place) if self.now else None

    @property
    def body(self) -> QWidget:
        """The page shown, with its scroll area."""
        return self.pages[self.now.place] if self.now else self.stack

    def go(self, going: Going) -> None:
        """Show a place and remember the one before; Trainees with somebody is that person's page."""
        if going.place == "trainees" and going.trainee_id is not None:
            going = replace(going, place="trainee")
        if self.now is not None and going != self.now:
            self._way.leave(self.now, self.pages[self.now.place], self.window().focusWidget())
        self._show(going)

    def end(self) -> None:
        """Go nowhere any more: another coach or another desk comes."""
        self.shell.going.disconnect(self.go)
        self.shell.going_back.disconnect(self.back)

    def back(self) -> None:
        """Alt+Left: the former page with scroll and focus as they were."""
        stop = self._way.back()
        if stop is not None:
            self._show(stop.place)
            QTimer.singleShot(0, self, stop.restore)

    def forget_way_to(self, trainee_id: int) -> None:
        """Somebody was removed for good: Alt+Left does not lead there."""
        self._way.forget(trainee_id)

    def return_(self) -> None:
        """After unlocking: the same page, told to read again what may have changed."""
        if self.screen_shown is not None:
            self.screen_shown.refresh()
        self.show_health()

    def show_health(self) -> None:
        """Read what waits and what was acknowledged."""
        from coachdesk.services import today

        if self.shell.is_open:
            desk = self.shell.desk
            self.shell.jobs.run(
                lambda: today.whole_health(desk), then=self.health.show_health, lane="reading", owner=self
            )

    def fit(self, size_class: str) -> None:
        """Lay out anew when the window's width passes a step."""
        if size_class != self.size_class:
            self.size_class = size_class
            for part in (self.nav, self.head, self.health, *self.screens.values()):
                part.fit(size_class)  # type: ignore[attr-defined]
            for area in self.pages.values():
                self._leave_edges(area)

    def _leave_edges(self, area: QScrollArea) -> None:
        """The edges of a page: a narrow window spares them for its words."""
        side = 12 if self.size_class == "narrow" else 20
        page = area.widget()
        if page is not None and (layout := page.layout()) is not None:
            layout.setContentsMargins(side, 0, side, 12)

    def retranslate(self) -> None:
        """Set every word again."""
        for part in (self.nav, self.head, self.health, self.turned):
            part.retranslate()
        self.undo_bar.hide()  # its words were put together in the language before
        self._close_notice.setText(_("Close"))
        if hasattr(self.shell.notices, "again"):
            self.notice.set_text(self.shell.notices.again(self.notice.text))
        self._title()

    def put_above(self, strip: QWidget) -> None:
        """Put a strip above everything."""
        self._whole.insertWidget(0, strip)

    def ask(self, what: str) -> None:
        """A part of the health line was pressed."""
        if what == "keys":
            self.commands.keys()
        else:
            self.shell.go(what)

    def show_notice(self, kind: str, sentence: str) -> None:
        """A sentence above the page; Esc or going on takes it away."""
        self.notice.set_state(kind, sentence)
        if not self.turned.waits(self.notice_row):
            self.notice_row.show()
            self.commands.escape.setEnabled(True)
            announce(self, sentence)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "turned"):
            self.retranslate()
        elif event.type() == QEvent.Type.StyleChange and hasattr(self, "commands"):
            for part in (self.nav, self.head, self.health, *self.screens.values()):
                part.fit(self.size_class)  # type: ignore[attr-defined]
        super().changeEvent(event)

    def _build(self) -> None:
        self.nav, self.head = NavBar(), HeadBar(self.shell)
        self.stack = QStackedWidget()
        self.notice = Notice("warn")
        self._close_notice = Button(kind="flat", key="Esc")
        self._close_notice.clicked.connect(self.hide_notice)
        self.notice.add_button(self._close_notice)
        self.notice_row = QWidget()
        above = QVBoxLayout(self.notice_row)
        above.setContentsMargins(20, 0, 20, 8)
        above.addWidget(self.notice)
        self.notice_row.hide()
        content = QWidget()
        column = QVBoxLayout(content)
        right = QHBoxLayout()
        whole = QVBoxLayout(self)
        for box in (column, right, whole):
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.notice_row)
        column.addWidget(self.stack, 1)
        right.addWidget(self.nav)
        right.addWidget(content, 1)
        self.health = HealthLine()
        whole.addLayout(right, 1)
        whole.addWidget(self.health)
        self._whole = whole
        self.undo_bar = UndoBar()
        column.addWidget(self.undo_bar)

    def _connect(self) -> None:
        """Methods only: a lambda would be called after these places are thrown away for another coach."""
        shell = self.shell
        self.nav.chosen.connect(lambda word: shell.go(word))
        self.nav.locking.connect(self.locking)
        self.nav.keys_asked.connect(lambda: self.ask("keys"))
        self.head.locking.connect(self.locking)
        self.health.asked.connect(self.ask)
        shell.going.connect(self.go)
        shell.going_back.connect(self.back)
        shell.removed.connect(self.forget_way_to)
        shell.saved_at.connect(self._saved)
        shell.titled.connect(self._title)
        shell.health_changed.connect(self.show_health)
        shell.grown.connect(self._put_health_last)
        shell.undo.happened.connect(self._did)
        self.undo_bar.undo.connect(shell.undo.undo)
        shell.jobs.busy.connect(self._saving)
        for signal, slot in (("told", self.show_notice), ("said", self._said)):
            if hasattr(shell.notices, signal):
                getattr(shell.notices, signal).connect(slot)

    def _show(self, going: Going) -> None:
        if self.screen_shown is not None:
            self.screen_shown.leave()
        self.hide_notice()
        screen = self.screens.get(going.place) or self._add(going.place)
        before, self.now = self.now, going
        if before is None or before.place != going.place:
            self.stack.setCurrentWidget(self.pages[going.place])
            self.nav.show_place(going.place)
            self.health.tell_elsewhere(going.place == "today" and self.size_class == "wide")
        if going.trainee_id is not None or going.tab is not None:
            screen.show_trainee(going.trainee_id, going.tab)  # type: ignore[attr-defined]
        screen.arrive(going.hint)
        screen.refresh()
        self._title()
        QTimer.singleShot(0, self, self.focus_page)

    def _add(self, word: str) -> Screen:
        """Make a screen where it stands: one that is moved in later dresses all its widgets once more."""
        holder = Holder()
        holder.setProperty("screen", True)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        self.stack.addWidget(area)
        area.setWidget(holder)
        screen = navigation.place(word).load()(self.shell, holder)
        if (own := screen.layout()) is not None:
            own.setContentsMargins(0, 0, 0, 0)  # the holder has them
        QVBoxLayout(holder).addWidget(screen)
        self._leave_edges(area)
        self.pages[word] = area
        self.screens[word] = screen
        screen.fit(self.size_class)
        return screen

    def _health_last(self) -> None:
        """The health line is the last in the order of Tab also after a page that was made later.

        Put into the window anew, it comes last; done only when there are more pages than before.
        """
        if self._screens_made == Screen.made:  # looking through the window takes a millisecond
            return
        if len(self.findChildren(Screen)) != self._pages_known:
            self._put_health_last()

    def _put_health_last(self) -> None:
        self._pages_known, self._screens_made = len(self.findChildren(Screen)), Screen.made
        focus = self.window().focusWidget()
        self.health.setParent(None)
        self._whole.addWidget(self.health)
        if not self.turned.on:
            self.health.show()
        if focus is not None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_page(self) -> None:
        """Put the focus where the page's first task is."""
        if self.screen_shown is not None:
            first = self.screen_shown.first_focus()
            if first is None or not first.isVisible() or not first.isEnabled():
                first = first_stop(self.body)
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)

    def hide_notice(self) -> None:
        """Take the sentence above the page away."""
        self.notice_row.hide()
        self.commands.escape.setEnabled(False)

    def _title(self) -> None:
        self._health_last()
        if (screen := self.screen_shown) is not None:
            self.head.show_title(screen.title(), screen.subtitle(), screen.beside_title())

    def _saved(self, at: datetime) -> None:
        self.health.show_saved(at)

    def _saving(self, count: int) -> None:
        # a save is done before a person sees it: only what lasts is told
        if count:
            QTimer.singleShot(300, self, lambda: self.health.show_saving(self._busy))
        self._busy = count
        if not count:
            self.health.show_saving(0)

    def _did(self, text: str) -> None:
        if not self.turned.on:
            self.undo_bar.tell(text, undoable=True)

    def _said(self, text: str) -> None:
        if not self.turned.on:
            self.undo_bar.tell(text, undoable=False)
