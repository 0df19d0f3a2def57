"""The places on the left: a name, a picture and the key pressed with Ctrl; pictures alone when narrow."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout, QWidget

from coachdesk.i18n import _
from coachdesk.ui import icons, theme
from coachdesk.ui.keynames import spoken_key
from coachdesk.ui.navigation import PLACES, Place
from coachdesk.ui.widgets import label, rule

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


class NavBar(QFrame):
    """All places; settings and the coach's name at the bottom."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("nav")
        self.setAccessibleName("")
        self.buttons: dict[str, NavButton] = {}
        group = QButtonGroup(self)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(8, 10, 8, 10)
        self._box.setSpacing(2)
        for place in PLACES:
            button = NavButton(place)
            if place.word == "settings":
                self._box.addStretch(1)
            button.clicked.connect(lambda _checked=False, word=place.word: self.chosen.emit(word))
            group.addButton(button)
            self.buttons[place.word] = button
            self._box.addWidget(button)
        self.line, self.who, self.role = rule(), label("", "strong"), label("", "secondary")
        self._box.addSpacing(4)
        self._box.addWidget(self.line)
        self._box.addSpacing(6)
        for part in (self.who, self.role):
            part.setContentsMargins(10, 0, 0, 0)
            part.setWordWrap(True)
            self._box.addWidget(part)
        self.fit("wide")

    def show_place(self, word: str) -> None:
        """Mark the place shown; a trainee's page is under Trainees."""
        self.buttons.get(word, self.buttons["trainees"]).setChecked(True)

    def show_coach(self, name: str) -> None:
        """Name the coach who works here."""
        self.who.setText(name)

    def retranslate(self) -> None:
        """Set every word again."""
        for button in self.buttons.values():
            button.set_words()
        self.role.setText(_("Workshop coach"))

    def fit(self, size_class: str) -> None:
        """Names when there is room, else a rail of pictures."""
        rail = size_class != "wide"
        self.setFixedWidth(theme.px(RAIL if rail else WIDE))
        for button in self.buttons.values():
            button.rail = rail
            button.setFixedHeight(theme.px(32 if size_class == "narrow" else 44))
            button.set_words()
        for part in (self.line, self.who, self.role):
            part.setVisible(not rail)
        self._box.setContentsMargins(8, 4 if rail else 10, 8, 4 if rail else 10)
        self._box.setSpacing(0 if size_class == "narrow" else 2)
