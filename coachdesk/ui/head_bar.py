"""The head of every page: its title, finding a person by name, locking."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from coachdesk.i18n import _
from coachdesk.ui import theme
from coachdesk.ui.finder import Finder
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import ToolButton
from coachdesk.ui.widgets.words import label, tip

LEAST_TITLE = 120
ROOMY, TIGHT = 10, 3  # above and below the title, of one line and of two


class HeadBar(QFrame):
    """Title on the left with what a page puts beside it; find a name and lock on the right."""

    locking = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("head")
        self.title, self.subtitle = label("", "title"), label("", "secondary")
        self._said = ("", "")
        self._told: tuple[str, str, bool] | None = None
        self._beside: QWidget | None = None
        self._place = QWidget()
        self._place_box = QHBoxLayout(self._place)
        self._place_box.setContentsMargins(0, 0, 0, 0)
        self._place.hide()
        self.finder = Finder(shell)
        self.seek = ToolButton("search")
        self.lock = ToolButton("lock")
        self.seek.clicked.connect(self.start_finding)
        self.finder.left.connect(self._stop_finding)
        self.lock.clicked.connect(self.locking)
        self._narrow = False
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(20, 10, 20, 10)
        self._box.setSpacing(8)
        self._box.addWidget(self.title)
        self._box.addSpacing(4)
        self._box.addWidget(self.subtitle)
        self._box.addWidget(self._place)
        self._box.addStretch(1)
        for part in (self.finder, self.seek, self.lock):
            self._box.addWidget(part)
        self.fit("wide")

    def show_title(self, title: str, subtitle: str, beside: QWidget | None = None) -> None:
        """Name the page; ``beside`` stays the page's own and is seen only while that page is."""
        said = (title, subtitle, beside is not None and not beside.isHidden())
        if said == self._told and beside is self._beside:
            return
        self._said, self._told = (title, subtitle), said
        if beside is not None and beside.parentWidget() is not self._place:
            self._place_box.addWidget(beside)
            self._put_in_order(beside)
        if beside is not self._beside:
            self._beside = beside
            self._place.setVisible(beside is not None)
        self._write()

    def _put_in_order(self, beside: QWidget) -> None:
        """Its stops come before the finder, as they stand."""
        before: QWidget = self.finder
        while (former := before.previousInFocusChain()) is not None and former is not self.finder:
            before = former
            if before.focusPolicy() & Qt.FocusPolicy.TabFocus:
                break
        for stop in beside.findChildren(QWidget):
            if stop.focusPolicy() & Qt.FocusPolicy.TabFocus:
                QWidget.setTabOrder(before, stop)
                before = stop

    def _write(self) -> None:
        """A title that is too long is written smaller, then on two lines; before that the rest goes.

        What finds no room even so, as in a narrow window, is cut; the whole of it is in the tool tip.
        """
        title, subtitle = self._said
        measure, rest = theme.metrics("title"), theme.metrics("secondary")
        room = self._room()
        needed = measure.horizontalAdvance(title) + 2
        besides = rest.horizontalAdvance(subtitle) + 12 if subtitle else 0
        self.subtitle.setText(subtitle if needed + besides <= room else "")
        role, shown = self._fitted(title, max(room, theme.px(LEAST_TITLE)))
        self._dress(role, lines=shown.count("\n") + 1)
        self.title.setText(shown)
        whole = shown.replace("\n", " ") == title and needed + besides <= room
        self.title.setToolTip("" if whole else tip("\n".join(filter(None, self._said))))

    def _fitted(self, title: str, room: int) -> tuple[str, str]:
        """The role in which a title is written, and how."""
        right = Qt.TextElideMode.ElideRight
        if self._narrow or theme.metrics("title").horizontalAdvance(title) + 2 <= room:
            return "title", theme.metrics("title").elidedText(title, right, room)
        small = theme.metrics("heading")
        if small.horizontalAdvance(title) + 2 <= room:
            return "heading", title
        words = title.split(" ")
        begins = (" ".join(words[:at]) for at in range(len(words) - 1, 0, -1))
        first = next((one for one in begins if small.horizontalAdvance(one) + 2 <= room), "")
        rest = small.elidedText(title[len(first) :].strip(), right, room)
        return "heading", f"{first}\n{rest}" if first else rest

    def _dress(self, role: str, *, lines: int) -> None:
        if self.title.property("role") != role:
            self.title.setProperty("role", role)
            self.title.style().unpolish(self.title)
            self.title.style().polish(self.title)
        edge = 2 if self._narrow else TIGHT if lines > 1 else ROOMY
        if self._box.contentsMargins().top() != edge:
            self._box.setContentsMargins(20, edge, 20, edge)

    def _room(self) -> int:
        others = [self._beside] if self._beside is not None and self._beside.isVisibleTo(self) else []
        others += [part for part in (self.finder, self.seek, self.lock) if part.isVisibleTo(self)]
        taken = sum(
            max(part.sizeHint().width(), part.minimumWidth()) + self._box.spacing() for part in others
        )
        return self.width() - 40 - taken - 3 * self._box.spacing()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._write()

    def start_finding(self) -> None:
        """Ctrl+K."""
        self.finder.show()
        if self._narrow:
            self.title.hide()
            self.subtitle.hide()
            self._place.hide()
            self.seek.hide()
        self.finder.start()

    def retranslate(self) -> None:
        """Set every word again."""
        self.seek.set_words(_("Find a name"), "Ctrl+K")
        self.lock.set_words(_("Lock"), "Ctrl+L")
        self.finder.retranslate()

    def fit(self, size_class: str) -> None:
        """The search is a picture when narrow."""
        self._narrow = size_class == "narrow"
        self.setFixedHeight(theme.px(44 if self._narrow else 58))
        self.finder.setFixedWidth(theme.px(212))
        self.finder.setTextMargins(theme.px(24), 0, 0, 0)
        self._stop_finding()

    def _stop_finding(self) -> None:
        self.finder.setVisible(not self._narrow)
        self.seek.setVisible(self._narrow)
        self.title.show()
        self.subtitle.show()
        self._place.setVisible(self._beside is not None)
        self._write()
