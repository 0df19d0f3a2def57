"""The line at the foot of every page: what waits, the last receipt, when it was saved, the keys."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.ui import icons, theme
from coachdesk.ui.theme import swap


class HealthLine(QFrame):
    """Flat buttons, each to the page it speaks of."""

    asked = Signal(str)  # a place, or "keys"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("health")
        self.setFixedHeight(theme.px(32))
        self._health: Any = None
        self._saved: datetime | None = None
        self._saving = 0
        self._narrow = False
        self._told_elsewhere = False
        self.waiting, self.receipt = self._part("inbox", "sync"), self._part("circle-check", "sync")
        self.saved, self.keys = self._part("device-floppy", "today"), self._part("help", "keys")
        box = QHBoxLayout(self)
        box.setContentsMargins(8, 2, 8, 2)
        box.setSpacing(8)
        box.addWidget(self.waiting)
        box.addWidget(self.receipt)
        box.addStretch(1)
        box.addWidget(self.saved)
        box.addWidget(self.keys)
        self.retranslate()

    @property
    def parts(self) -> tuple[QToolButton, ...]:
        """The buttons from left to right."""
        return self.waiting, self.receipt, self.saved, self.keys

    def show_health(self, health: Any) -> None:
        """Tell what waits and the last receipt (``services.today.Health``); None when not known."""
        self._health = health
        self.retranslate()

    def tell_elsewhere(self, elsewhere: bool) -> None:
        """Today tells the same in a panel of its own above this line."""
        self._told_elsewhere = elsewhere
        self.retranslate()

    def show_saved(self, at: datetime) -> None:
        """Tell when the last act was saved."""
        self._saved = at
        self.retranslate()

    def show_saving(self, count: int) -> None:
        """Tell that something is still being saved."""
        self._saving = count
        self.retranslate()

    def fit(self, size_class: str) -> None:
        """Pictures and numbers only when narrow."""
        self._narrow = size_class == "narrow"
        self.setFixedHeight(theme.px(32))
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        known = self._health is not None and not self._told_elsewhere
        self.waiting.setVisible(known)
        self.receipt.setVisible(known and self._health.receipt is not None)
        if known:
            self._say_health(self._health)
        saved = current().fill(N_("Saved {time}"), time=current().time(self._saved)) if self._saved else ""
        saved = _("Saving…") if self._saving else saved
        self.saved.setVisible(bool(saved) and not self._narrow)
        self._say(self.saved, saved, short=saved)
        self._say(self.keys, " ".join(("F1", _("Keys"))), short="F1")

    def _say_health(self, health: Any) -> None:
        waiting = waiting_words(health)
        self._say(self.waiting, waiting, short=str(health.waiting))
        old = health.oldest_days is not None and health.oldest_days > 7
        swap(self.waiting, "tone", "danger" if health.set_aside else "warn" if old else "")
        if health.receipt is not None:
            when = current().fill(N_("Last receipt {when}"), when=receipt_words(health.receipt))
            self._say(self.receipt, when, short="")

    def _say(self, part: QToolButton, text: str, *, short: str) -> None:
        part.setText(short if self._narrow else text)
        part.setAccessibleName(text)
        part.setToolTip(text if self._narrow else "")
        size = theme.px(16)
        part.setIcon(icons.icon(str(part.property("picture")), size, "text2"))

    def _part(self, picture: str, asks: str) -> QToolButton:
        found = QToolButton()
        found.setProperty("picture", picture)
        found.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        found.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        found.clicked.connect(lambda: self.asked.emit(asks))
        return found


def waiting_words(health: Any) -> str:
    """What waits, in words: nothing, or how much and how old."""
    if health.set_aside:
        many = ngettext("{count} set aside", "{count} set aside", health.set_aside)
        return many.format(count=health.set_aside)
    if not health.waiting:
        return _("Nothing waits to be sent")
    many = ngettext("{count} waits to be sent", "{count} wait to be sent", health.waiting)
    words = many.format(count=health.waiting)
    if health.oldest_days:
        days = ngettext("oldest {days} day", "oldest {days} days", health.oldest_days)
        words = f"{words}, {days.format(days=health.oldest_days)}"
    return words


def receipt_words(at: datetime) -> str:
    """When a receipt came: ma 14.12. klo 14.02."""
    words = current()
    time = words.moment(at).split(" ", 1)[1]
    return f"{words.weekday(at.date())} {words.short_day(at.date())} {time}"
