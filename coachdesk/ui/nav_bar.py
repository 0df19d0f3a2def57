"""The places on the left: a name, a picture and the key pressed with Ctrl; pictures alone when narrow."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QFrame, QMenu, QPushButton, QVBoxLayout, QWidget

from coachdesk.i18n import _
from coachdesk.ui import icons, theme
from coachdesk.ui.keynames import spoken_key
from coachdesk.ui.navigation import PLACES, Place
from coachdesk.ui.widgets.layout import rule

WIDE, RAIL = 208, 56


class NavButton(QPushButton):
    """One place."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.rail = False
        self.setCheckable(True)
        self.setFixedHeight(theme.px(44))

    def set_words(self) -> None:
        """Its name in the screen's language."""
        self.setText(_(self.place.name))
        self.setAccessibleName(_(self.place.name))
        key = spoken_key(f"Ctrl+{self.place.key}")
        self.setToolTip(f"{_(self.place.name)}  {key}" if self.rail else key)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(RAIL if self.rail else WIDE) - 17, theme.px(44))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        if chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("surface"))
            painter.drawRoundedRect(self.rect(), 6, 6)
        if chosen:
            painter.setBrush(theme.colour("primary"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRect(0, 5, 4, self.height() - 10), 2, 2)
        self._words(painter, "primary" if chosen else "text", bold=chosen)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _words(self, painter: QPainter, token: str, *, bold: bool) -> None:
        size = theme.px(20)
        left = (self.width() - size) // 2 if self.rail else 12
        picture = icons.pixmap(self.place.icon, size, token, self.devicePixelRatioF())
        painter.drawPixmap(left, (self.height() - size) // 2, picture)
        if self.rail:
            return
        painter.setFont(theme.font("body", bold=bold))
        painter.setPen(theme.colour(token))
        room = self.rect().adjusted(left + size + 9, 0, -8, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.place.key.isdigit():
            cap = QRect(self.width() - 28, (self.height() - theme.px(20)) // 2, 20, theme.px(20))
            painter.setFont(theme.font("key"))
            painter.setBrush(theme.colour("surface"))
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawRoundedRect(cap, 4, 4)
            painter.setPen(theme.colour("text2"))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self.place.key)


class PersonButton(QPushButton):
    """The coach at the desk, with the menu of the program."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.role, self.rail = "", "", False

    def show_words(self, name: str, role: str) -> None:
        """Show the coach's name and what the coach is."""
        self.name, self.role = name, role
        self.setAccessibleName(", ".join(filter(None, (name, role))))
        self.setToolTip(name if self.rail else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(RAIL if self.rail else WIDE) - 17, theme.px(36 if self.rail else 46))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("surface"))
            painter.drawRoundedRect(self.rect(), 6, 6)
        size = theme.px(18)
        middle = (self.height() - size) // 2
        if self.rail:
            picture = icons.pixmap("user", size, "text", self.devicePixelRatioF())
            painter.drawPixmap((self.width() - size) // 2, middle, picture)
        else:
            picture = icons.pixmap("chevron-up", size, "text2", self.devicePixelRatioF())
            painter.drawPixmap(self.width() - size - 8, middle, picture)
            self._words(painter, self.width() - size - 24)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _words(self, painter: QPainter, room: int) -> None:
        body, small = theme.metrics("body", bold=True), theme.metrics("secondary")
        top = (self.height() - body.height() - small.height()) // 2
        painter.setFont(theme.font("body", bold=True))
        painter.setPen(theme.colour("text"))
        name = body.elidedText(self.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(10, top + body.ascent(), name)
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.colour("text2"))
        painter.drawText(10, top + body.height() + small.ascent(), self.role)


class NavBar(QFrame):
    """All places; settings and the coach's name with the program's menu at the bottom."""

    chosen = Signal(str)
    locking = Signal()
    keys_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("nav")
        self.buttons: dict[str, NavButton] = {}
        group = QButtonGroup(self)
        self._box = QVBoxLayout(self)
        for place in PLACES:
            button = NavButton(place)
            if place.word == "settings":
                self._box.addStretch(1)
            button.clicked.connect(lambda _checked=False, word=place.word: self.chosen.emit(word))
            group.addButton(button)
            self.buttons[place.word] = button
            self._box.addWidget(button)
        self.line, self.person, self.menu = rule(), PersonButton(), QMenu(self)
        self.lock = self.menu.addAction("", self.locking.emit)
        self.keys = self.menu.addAction("", self.keys_asked.emit)
        self.person.clicked.connect(self._show_menu)
        self._box.addSpacing(4)
        self._box.addWidget(self.line)
        self._box.addSpacing(4)
        self._box.addWidget(self.person)
        self._coach = ""
        self.fit("wide")

    def show_place(self, word: str) -> None:
        """Mark the place shown; a trainee's page is under Trainees."""
        self.buttons.get(word, self.buttons["trainees"]).setChecked(True)

    def show_coach(self, name: str) -> None:
        """Name the coach who works here."""
        self._coach = name
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        for button in self.buttons.values():
            button.set_words()
        self.person.show_words(self._coach, _("Workshop coach"))
        for action, words, key in ((self.lock, _("Lock"), "Ctrl+L"), (self.keys, _("Keys"), "F1")):
            action.setText(f"{words}\t{spoken_key(key)}")

    def fit(self, size_class: str) -> None:
        """Names when there is room, else a rail of pictures."""
        rail, narrow = size_class != "wide", size_class == "narrow"
        self.setFixedWidth(theme.px(RAIL if rail else WIDE))
        for button in self.buttons.values():
            button.rail = rail
        self.person.rail = rail
        for place in self.buttons.values():
            place.setFixedHeight(theme.px(30 if narrow else 44))
        self.person.setFixedHeight(theme.px(30 if narrow else 36 if rail else 46))
        self.line.setVisible(not rail)
        self._box.setContentsMargins(8, 2 if narrow else 10, 8, 2 if narrow else 8)
        self._box.setSpacing(0 if narrow else 2)
        self.retranslate()

    def _show_menu(self) -> None:
        self.menu.popup(self.person.mapToGlobal(QPoint(0, -self.menu.sizeHint().height())))
