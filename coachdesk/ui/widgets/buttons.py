"""Buttons: a verb with its picture and key, or a picture alone."""

from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from coachdesk.ui import icons, theme
from coachdesk.ui.keynames import spoken_key

if TYPE_CHECKING:  # Qt's large classes are made when first named: the unlock window does without
    from PySide6.QtWidgets import QStyleOptionButton


MIDDLE, MNEMONIC = 0x80, 0x800  # Qt.AlignmentFlag.AlignVCenter, Qt.TextFlag.TextShowMnemonic


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
        super().__init__(parent)  # with words it would have the class of icons made, 1 ms
        self.setText(text)
        self.picture = icon
        self.key = key
        self.setAutoDefault(False)
        if kind:
            self.setProperty("kind", kind)
        if tall:
            self.setProperty("tall", True)
        if kind == "link":
            self.setCursor(QtCore.Qt.CursorShape.PointingHandCursor)

    def set_kind(self, kind: str) -> None:
        """Change how it looks: "", primary, danger, flat, link."""
        theme.swap(self, "kind", kind)

    def sizeHint(self) -> QSize:
        found = super().sizeHint()
        words = self.fontMetrics().size(MNEMONIC, self.text() or "XXXX")
        return QSize(found.width() - words.width() + self._content_width(), found.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.property("kind") != "link" or self.hasFocus() or self.underMouse():
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
        if self.picture:
            size = theme.px(18)
            top = rect.center().y() - size // 2
            picture = icons.pixmap(self.picture, size, self._token(), self.devicePixelRatioF())
            painter.drawPixmap(left, top, picture)
            left += size + (8 if text else 0)
        painter.setFont(self.font())
        if self.isCheckable():  # else the painter comes with the colour of the style sheet
            painter.setPen(theme.colour(self._token()))
        flags = MIDDLE | MNEMONIC
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
            return "surface" if self.isCheckable() and self.isChecked() and self.property("part") else "text2"
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
        self.setFocusPolicy(QtCore.Qt.FocusPolicy.StrongFocus)
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
