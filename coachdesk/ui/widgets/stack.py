"""Pages one behind the other."""

from PySide6.QtWidgets import QWidget

from coachdesk.ui.widgets.layout import column_of


class Stack(QWidget):
    """Only the page that is shown asks for room: Qt's own stack is as large as its largest page."""

    def __init__(self) -> None:
        super().__init__()
        self._pages: list[QWidget] = []
        self._column = column_of()
        self.setLayout(self._column)

    def addWidget(self, page: QWidget) -> None:
        """Put a page behind the others; the first is shown."""
        self._column.addWidget(page, 1)
        self._pages.append(page)
        page.setVisible(len(self._pages) == 1)

    def setCurrentIndex(self, shown: int) -> None:
        """Show another page."""
        for at, page in enumerate(self._pages):
            page.setVisible(at == shown)
        self.updateGeometry()

    def currentIndex(self) -> int:
        """Which page is shown."""
        return next(at for at, page in enumerate(self._pages) if not page.isHidden())

    def widget(self, at: int) -> QWidget:
        """A page."""
        return self._pages[at]

    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages)
