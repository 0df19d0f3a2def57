"""The tabs' pages, one of which is seen.

A stack of Qt's own asks all its pages for the room they need, also those not seen: a long page behind
would give the one in front a scroll bar.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget


class Pages(QWidget):
    """Pages in one place; only the one shown asks for room."""

    def __init__(self) -> None:
        super().__init__()
        self._now: QWidget | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)

    def add(self, page: QWidget) -> None:
        """Put a page behind the others; the first is shown."""
        page.setParent(self)
        page.setVisible(self._now is None)
        self._box.addWidget(page)
        self._now = self._now or page

    @property
    def shown(self) -> QWidget | None:
        """The page in front."""
        return self._now

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front; the focus goes along when it was on the one before."""
        if page is self._now:
            return
        before, self._now = self._now, page
        focus = self.window().focusWidget()
        along = before is not None and focus is not None and before.isAncestorOf(focus)
        page.show()
        if along:
            _focus(page)
        if before is not None:
            before.hide()


def _focus(page: QWidget) -> None:
    """What had the focus on the page last, else its first stop."""
    tab = Qt.FocusPolicy.TabFocus
    stops = (
        at
        for at in page.findChildren(QWidget)
        if at.focusPolicy() & tab and at.isVisible() and at.isEnabled()
    )
    first = page.focusWidget() or next(stops, None)
    if first is not None:
        first.setFocus(Qt.FocusReason.OtherFocusReason)
