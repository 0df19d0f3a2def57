"""The head of every page: its title, finding a person by name, locking."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from coachdesk.i18n import _
from coachdesk.ui import theme
from coachdesk.ui.finder import Finder
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import ToolButton
from coachdesk.ui.widgets.words import label


class HeadBar(QFrame):
    """Title on the left; find a name and lock on the right."""

    locking = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("head")
        self.title, self.subtitle = label("", "title"), label("", "secondary")
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
        self._box.addStretch(1)
        for part in (self.finder, self.seek, self.lock):
            self._box.addWidget(part)
        self.fit("wide")

    def show_title(self, title: str, subtitle: str) -> None:
        """Name the page."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)

    def start_finding(self) -> None:
        """Ctrl+K."""
        self.finder.show()
        if self._narrow:
            self.title.hide()
            self.subtitle.hide()
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
        self._box.setContentsMargins(20, 2 if self._narrow else 10, 20, 2 if self._narrow else 10)
        self.finder.setFixedWidth(theme.px(212))
        self.finder.setTextMargins(theme.px(24), 0, 0, 0)
        self._stop_finding()

    def _stop_finding(self) -> None:
        self.finder.setVisible(not self._narrow)
        self.seek.setVisible(self._narrow)
        self.title.show()
        self.subtitle.show()
