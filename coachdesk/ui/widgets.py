"""Small widgets used everywhere; words are given by the screen (``Screen.word`` or ``retranslate``).

Usage::

    Button(_("Save"), kind="primary", icon="check", key="Ctrl+Enter")   # key is printed on the button
    ToolButton("chevron-left")            # icon alone: set_words("Previous month") gives name and tooltip
    Chip(_("Missing"), kind="danger")     # neutral ok warn danger info soft; colour, picture and word
    Notice("warn", _("Week 50 has five days."), title="")   # .set_text(), .add_button(button)
    Card(_("Goal and period"))            # .body is its layout, .set_title(), .add_aside(widget)
    Field(line_edit)                      # caption above with buddy, error below:
                                          #   .set_caption(text), .set_error(text), .set_help(text)
    Segmented(("day", "person"))          # .set_words({"day": _("Day")}), .chosen, .picked signal
    EmptyState("users", button=True)      # .set_words(sentence, detail, button), .asked signal
    label(text, role="secondary"), heading(text), rule(), row_of(...), column_of(...)
"""

from collections.abc import Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coachdesk.ui import icons, theme
from coachdesk.ui.keynames import spoken_key

if TYPE_CHECKING:  # Qt's large classes are made when first named: the unlock window does without
    from PySide6.QtWidgets import QStyleOptionButton

Box = TypeVar("Box", bound=QBoxLayout)
W = TypeVar("W", bound=QWidget)
CHIP_ICONS = {"ok": "circle-check", "warn": "alert-triangle", "danger": "alert-circle"}
NOTICE_ICONS = {
    "ok": "circle-check",
    "warn": "alert-triangle",
    "danger": "alert-circle",
    "info": "info-circle",
    "neutral": "info-circle",
}


def label(text: str = "", role: str = "body", *, wrap: bool = False) -> QLabel:
    """A label of a role: body strong secondary label error title heading person key."""
    found = QLabel(text)
    found.setTextFormat(Qt.TextFormat.PlainText)
    if role != "body":
        found.setProperty("role", role)
    found.setWordWrap(wrap)
    return found


def tip(text: str) -> str:
    """Words for a tool tip as they stand: a name or heading from a file is never read as HTML."""
    return f"<qt>{escape(text)}</qt>" if "<" in text else text


def heading(text: str = "", *, wrap: bool = False) -> QLabel:
    """A heading of a card."""
    return label(text, "heading", wrap=wrap)


def rule() -> QFrame:
    """A hairline; decoration only."""
    found = QFrame()
    found.setProperty("rule", True)
    return found


def row_of(*parts: QWidget | QLayout | int | None, spacing: int = 8) -> QHBoxLayout:
    """Parts side by side: an int is empty room, None takes all the room left."""
    return _filled(QHBoxLayout(), parts, spacing)


def column_of(*parts: QWidget | QLayout | int | None, spacing: int = 8) -> QVBoxLayout:
    """Parts one below the other: an int is empty room, None takes all the room left."""
    return _filled(QVBoxLayout(), parts, spacing)


def _filled(box: Box, parts: Iterable[object], spacing: int) -> Box:
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(spacing)
    for part in parts:
        match part:
            case None:
                box.addStretch(1)
            case int():
                box.addSpacing(part)
            case QLayout():
                box.addLayout(part)
            case QWidget():
                box.addWidget(part)
    return box


def scrolled(inner: QWidget) -> QScrollArea:
    """A widget that scrolls down when there is too little room for it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setProperty("plain", True)
    inner.setProperty("plain", True)
    area.setWidget(inner)
    _Tall(inner)
    return area


class _Tall(QObject):
    """Keeps a scrolled widget as tall as its wrapped words need at its width: a scroll area does not ask."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            layout = self._widget.layout()
            if layout is not None and layout.hasHeightForWidth():
                need = layout.totalHeightForWidth(self._widget.width())
                if need != self._widget.minimumHeight():
                    self._widget.setMinimumHeight(need)
        return False


def swap(widget: W, name: str, value: object) -> W:
    """Change a property that the style sheet looks at, and draw by it."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else it is dressed when shown
            theme.restyle(widget)
    return widget


class Picture(QLabel):
    """A picture without words beside it: decoration, or with ``set_words`` a name for readers."""

    def __init__(self, name: str, size: int = 18, token: str = "text") -> None:
        super().__init__()
        self._picture = (name, size, token)
        self._show()

    def set_picture(self, name: str, token: str | None = None) -> None:
        """Show another picture."""
        self._picture = (name, self._picture[1], token or self._picture[2])
        self._show()

    def _show(self) -> None:
        name, size, token = self._picture
        self.setPixmap(icons.pixmap(name, theme.px(size), token, self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_picture"):
            self._show()
        super().changeEvent(event)


class Button(QPushButton):
    """A button with a verb; picture before it and its key after it, when it has them."""

    def __init__(
        self,
        text: str = "",
        *,
        kind: str = "",
        icon: str = "",
        key: str = "",
        tall: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.picture = icon
        self.key = key
        self.alignment = Qt.AlignmentFlag.AlignHCenter
        self.setAutoDefault(False)
        if kind:
            self.setProperty("kind", kind)
        if tall:
            self.setProperty("tall", True)
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_kind(self, kind: str) -> None:
        """Change how it looks: "", primary, danger, flat, link."""
        swap(self, "kind", kind)

    def sizeHint(self) -> QSize:
        found = super().sizeHint()
        words = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text() or "XXXX")
        return QSize(found.width() - words.width() + self._content_width(), found.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)  # the empty button: ``initStyleOption`` leaves its words out
        painter = QPainter(self)
        self._draw_content(painter, self.text())
        painter.end()

    def initStyleOption(self, option: "QStyleOptionButton") -> None:
        super().initStyleOption(option)
        option.text = ""

    def _content_width(self) -> int:
        # bold when chosen or not, so that nothing moves
        widths = [self.fontMetrics().horizontalAdvance(self.text().replace("&", ""))]
        if self.isCheckable():
            widths.append(theme.metrics("body", bold=True).horizontalAdvance(self.text()))
        found = max(widths) + 2
        if self.picture:
            found += theme.px(18) + (8 if self.text() else 0)
        if self.key:
            found += 10 + theme.metrics("secondary").horizontalAdvance(spoken_key(self.key))
        return found

    def _draw_content(self, painter: QPainter, text: str) -> None:
        rect = self.rect()
        left = rect.left() + (rect.width() - self._content_width()) // 2
        if self.alignment == Qt.AlignmentFlag.AlignLeft:
            left = rect.left() + 12
        if self.picture:
            size = theme.px(18)
            top = rect.center().y() - size // 2
            picture = icons.pixmap(self.picture, size, self._token(), self.devicePixelRatioF())
            painter.drawPixmap(left, top, picture)
            left += size + (8 if text else 0)
        painter.setFont(self.font())
        painter.setPen(theme.colour(self._token()))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic
        words = painter.boundingRect(QRect(left, 0, rect.width(), rect.height()), flags, text)
        painter.drawText(QRect(left, 0, words.width() + 2, rect.height()), flags, text)
        if self.property("kind") == "link":
            under = words.bottom() - self.fontMetrics().descent() + 2
            painter.drawLine(left, under, left + words.width(), under)
        if self.key:
            painter.setFont(theme.font("secondary"))
            if self.property("on_bar"):
                painter.setPen(theme.colour("onbar"))
            elif not self.property("kind"):
                painter.setPen(theme.colour("text2"))
            left += words.width() + 10
            painter.drawText(QRect(left, 0, rect.width(), rect.height()), flags, spoken_key(self.key))

    def _token(self) -> str:
        if not self.isEnabled():
            return "text2"
        if self.isCheckable() and self.isChecked() and self.property("part"):
            return "onprimary"
        kinds = {"primary": "onprimary", "danger": "danger", "flat": "primary", "link": "primary"}
        if self.property("on_bar"):
            return "barlink"
        return kinds.get(self.property("kind") or "", "text")


class ToolButton(QToolButton):
    """A picture alone as a button; it always has a name and a tooltip."""

    def __init__(self, picture: str, *, size: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = (picture, size)
        self.setProperty("kind", "box")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._show()

    def set_words(self, words: str, key: str = "") -> None:
        """Its name for readers, and with the key its tooltip."""
        self.setAccessibleName(words)
        self.setToolTip(f"{words}  {spoken_key(key)}" if key else words)

    def set_picture(self, picture: str) -> None:
        """Show another picture."""
        self._picture = (picture, self._picture[1])
        self._show()

    def _show(self) -> None:
        picture, size = self._picture
        size = theme.px(size)
        self.setIconSize(QSize(size, size))
        self.setIcon(icons.icon(picture, size, "text" if self.isEnabled() else "text2"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.EnabledChange) and hasattr(self, "_picture"):
            self._show()
        super().changeEvent(event)


class Chip(QLabel):
    """A short state: colour, picture and word together."""

    def __init__(self, text: str = "", kind: str = "neutral", icon: str | None = None) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._icon: str | None = None
        self.set_state(text, kind, icon)

    def set_state(self, text: str, kind: str, icon: str | None = None) -> None:
        """Show another state; ``icon`` "" leaves the picture out."""
        self._icon = CHIP_ICONS.get(kind, "") if icon is None else icon
        self.setText(text)
        self.setProperty("chip", kind)
        self.setProperty("pictured", bool(self._icon))
        if self.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            theme.restyle(self)
            self.setFrameStyle(self.frameStyle())  # the frame keeps its old padding otherwise
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._icon:
            size = theme.px(16)
            token = {"soft": "text"}.get(self.property("chip"), self.property("chip"))
            painter = QPainter(self)
            top = (self.height() - size) // 2
            painter.drawPixmap(7, top, icons.pixmap(self._icon, size, token, self.devicePixelRatioF()))
            painter.end()


class Notice(QFrame):
    """A sentence that stays: info ok warn danger neutral; buttons on its right."""

    def __init__(self, kind: str = "info", text: str = "", title: str = "", icon: str | None = None) -> None:
        super().__init__()
        self._title = label("", "strong", wrap=True)
        self._text = label("", wrap=True)
        self._picture = Picture(icon or NOTICE_ICONS[kind], 20, _notice_token(kind))
        words = column_of(self._title, self._text, spacing=1)
        box = QHBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        box.setSpacing(10)
        box.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(words, 1)
        self._box = box
        self.set_state(kind, text, title, icon)

    def set_state(self, kind: str, text: str, title: str = "", icon: str | None = None) -> None:
        """Change kind and words."""
        swap(self, "notice", kind)
        self._picture.set_picture(icon or NOTICE_ICONS[kind], _notice_token(kind))
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Change the sentence."""
        self._text.setText(text)
        self._text.setVisible(bool(text))

    def set_title(self, title: str) -> None:
        """Change the bold words above the sentence."""
        self._title.setText(title)
        self._title.setVisible(bool(title))

    def add_button(self, button: QWidget) -> None:
        """Put a button on the right."""
        self._box.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    @property
    def text(self) -> str:
        """Title and sentence."""
        return " ".join(filter(None, (self._title.text(), self._text.text())))


def _notice_token(kind: str) -> str:
    return "text2" if kind == "neutral" else kind


class Card(QFrame):
    """A white box with a heading; ``body`` is its layout."""

    def __init__(self, title: str = "", *, margins: tuple[int, int, int, int] = (14, 10, 14, 12)) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(*margins)
        self._outer.setSpacing(8)
        self.heading = heading(title)
        self._top = row_of(self.heading, None)
        self._outer.addLayout(self._top)
        self.heading.setVisible(bool(title))
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self._outer.addLayout(self.body, 1)

    def set_title(self, title: str) -> None:
        """Change the heading."""
        self.heading.setText(title)
        self.heading.setVisible(bool(title))

    def wrap_title(self) -> None:
        """Let a long heading, such as one with a name in it, take more lines."""
        self.heading.setWordWrap(True)
        self._top.setStretch(0, 20)

    def add_aside(self, widget: QWidget) -> None:
        """Put a widget at the right end of the heading."""
        self._top.addWidget(widget)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget below the others."""
        self.body.addWidget(widget, stretch)


class Field(QWidget):
    """A control with its caption above (its buddy), help beside and an error sentence below."""

    def __init__(self, control: QWidget, caption: str = "") -> None:
        super().__init__()
        self.control = control
        self.caption = label(caption, "label")
        self.caption.setBuddy(control)
        self._help = label("", "secondary", wrap=True)
        self._error = label("", "error", wrap=True)
        self._help.hide()
        self._error.hide()
        self.setLayout(column_of(self.caption, control, self._help, self._error, spacing=3))
        if control.sizePolicy().verticalPolicy() in (QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred):
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def set_caption(self, text: str) -> None:
        """Change the caption."""
        self.caption.setText(text)

    def set_help(self, text: str) -> None:
        """Say more below the control."""
        self._help.setText(text)
        self._help.setVisible(bool(text))

    def set_error(self, text: str) -> None:
        """Say what is wrong below the control; "" takes it away.  Call after leaving the field."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self.control.setAccessibleDescription(text)
        swap(self.control, "wrong", bool(text))

    @property
    def error(self) -> str:
        """The error shown."""
        return self._error.text()


field = Field


class Segmented(QWidget):
    """One choice of few, as buttons in a row; one tab stop, arrows inside."""

    picked = Signal(str)

    def __init__(self, keys: tuple[str, ...], pictures: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons: dict[str, Button] = {}
        for at, key in enumerate(keys):
            part = "only" if len(keys) == 1 else {0: "first", len(keys) - 1: "last"}.get(at, "middle")
            button = Button(icon=(pictures or {}).get(key, ""))
            button.setProperty("part", part)
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, key=key: self._pick(key))
            self._group.addButton(button)
            self.buttons[key] = button
        self.setLayout(row_of(*self.buttons.values(), spacing=0))
        self.choose(keys[0])

    @property
    def chosen(self) -> str:
        """Key of the choice."""
        return next(key for key, button in self.buttons.items() if button.isChecked())

    def choose(self, key: str) -> None:
        """Choose without telling."""
        for name, button in self.buttons.items():
            button.setChecked(name == key)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if name == key else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.buttons[key])

    def set_words(self, words: Mapping[str, str]) -> None:
        """Words of the choices by key."""
        for key, text in words.items():
            self.buttons[key].setText(text)
            self.buttons[key].updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        keys = list(self.buttons)
        at = max(0, min(len(keys) - 1, keys.index(self.chosen) + step))
        self._pick(keys[at])
        self.buttons[keys[at]].setFocus(Qt.FocusReason.TabFocusReason)

    def _pick(self, key: str) -> None:
        self.choose(key)
        self.picked.emit(key)


class EmptyState(QWidget):
    """Nothing here yet: a picture, one sentence, at most one button."""

    asked = Signal()

    def __init__(self, icon: str, *, button: bool = False, picture: str = "plus") -> None:
        super().__init__()
        self._sentence = label("", "strong", wrap=True)
        self._detail = label("", "secondary", wrap=True)
        for words in (self._sentence, self._detail):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = Button(kind="primary", icon=picture)
        if not button:  # told to be seen before it has a place, it would be a window of its own
            self.button.hide()
        self.button.clicked.connect(self.asked)
        shown = Picture(icon, 28, "control")
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        centre = row_of(None, self.button, None)
        self.setLayout(column_of(None, shown, self._sentence, self._detail, centre, None))

    def set_words(self, sentence: str, detail: str = "", button: str = "") -> None:
        """Its sentence, more in small, and the button's verb."""
        self._sentence.setText(sentence)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.button.setText(button)
