"""The line at the foot of every page: what waits, the last receipt, when it was saved, the keys."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.ui import icons, theme
from coachdesk.ui.shell import BACKUPS
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
        self.line = self._part("wifi-off", "sync")
        self.waiting, self.receipt = self._part("inbox", "sync"), self._part("circle-check", "sync")
        self.backup = self._part("shield-check", BACKUPS)
        self.saved, self.keys = self._part("device-floppy", "today"), self._part("help", "keys")
        box = QHBoxLayout(self)
        box.setContentsMargins(8, 2, 8, 2)
        box.setSpacing(8)
        box.addWidget(self.line)
        box.addWidget(self.waiting)
        box.addWidget(self.receipt)
        box.addWidget(self.backup)
        box.addStretch(1)
        box.addWidget(self.saved)
        box.addWidget(self.keys)
        self.retranslate()

    @property
    def parts(self) -> tuple[QToolButton, ...]:
        """The buttons from left to right."""
        return self.line, self.waiting, self.receipt, self.backup, self.saved, self.keys

    def show_health(self, health: Any) -> None:
        """Tell what waits and the last receipt (``services.today.Health``); None when not known."""
        self._health = health
        self.retranslate()

    def tell_elsewhere(self, elsewhere: bool) -> None:
        """Today tells the same in a panel of its own above this line."""
        if elsewhere != self._told_elsewhere:
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
        self.line.setVisible(known and bool(line_words(self._health.line)[0]))
        self.receipt.setVisible(known and self._health.receipt is not None)
        self.backup.setVisible(known and self._health.backup is not None)
        if known:
            self._say_health(self._health)
        saved = current().fill(N_("Saved {time}"), time=current().time(self._saved)) if self._saved else ""
        saved = _("Saving…") if self._saving else saved
        self.saved.setVisible(bool(saved) and not self._narrow)
        self._say(self.saved, saved, short=saved)
        self._say(self.keys, " ".join(("F1", _("Keys"))), short="F1")

    def _say_health(self, health: Any) -> None:
        words, picture, tone = line_words(health.line)
        self.line.setProperty("picture", picture)
        self._say(self.line, words, short="")
        swap(self.line, "tone", tone)
        waiting = waiting_words(health)
        self._say(self.waiting, waiting, short=str(health.unsent))
        old = health.oldest_days is not None and health.oldest_days > 7
        swap(self.waiting, "tone", "danger" if health.set_aside else "warn" if old else "")
        if health.backup is not None:
            first, more, tone = backup_words(health.backup, health.backup_tone)
            told = more if health.backup.absent and tone == "warn" else first
            self._say(self.backup, told, short="")
            swap(self.backup, "tone", tone)
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


def line_words(state: str) -> tuple[str, str, str]:
    """How the line stands in a few words, its picture, and how loudly; nothing where files are carried.

    Never green: what the region has is told by its receipts alone.
    """
    match state:
        case "stopped":
            return _("Sending has stopped"), "ban", "danger"
        case "paused":
            return _("Sending is paused"), "player-pause", "warn"
        case "offline":
            return _("No line to the region, work goes on"), "wifi-off", ""
        case "untried":
            return _("The line has not been tried yet"), "wifi", ""
        case "online":
            return _("Line to the region"), "wifi", ""
    return "", "wifi", ""


def waiting_words(health: Any) -> str:
    """What waits, in words: nothing, or how much and how old."""
    if health.set_aside:
        many = ngettext("{count} set aside", "{count} set aside", health.set_aside)
        return many.format(count=health.set_aside)
    if not health.unsent:
        return _("Nothing waits to be sent")
    many = ngettext("{count} waits to be sent", "{count} wait to be sent", health.unsent)
    words = many.format(count=health.unsent)
    if health.oldest_days:
        days = ngettext("oldest {days} day", "oldest {days} days", health.oldest_days)
        words = f"{words}, {days.format(days=health.oldest_days)}"
    return words


def backup_words(state: Any, tone: str) -> tuple[str, str, str]:
    """How the backups are: what is told first, what more, and how loudly (danger, warn or nothing)."""
    words = current()
    if state.unproved is not None:
        return _("The backup could not be proved"), _("Settings tell why"), tone
    if state.trouble is not None:
        return _("The backup could not be made"), _("Settings tell why"), tone
    if state.made is None:
        return _("No backup yet"), _("One is made by itself when you lock the desk."), tone
    if state.proved is None:
        return _("The backup is not yet proved"), _("It is restored for proof by itself."), tone
    first = words.fill(N_("Backup proved {when}"), when=receipt_words(state.proved))
    if state.absent is not None:
        return first, words.fill(N_("The folder {folder} is not there"), folder=state.folder.name), tone
    return first, words.fill(N_("Last made {when}"), when=receipt_words(state.made)), tone


def receipt_words(at: datetime) -> str:
    """When a receipt came: ma 14.12. klo 14.02."""
    words = current()
    time = words.moment(at).split(" ", 1)[1]
    return f"{words.weekday(at.date())} {words.short_day(at.date())} {time}"
