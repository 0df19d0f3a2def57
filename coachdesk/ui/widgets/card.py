"""A box of what belongs together."""

from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.ui.flow import FlowLayout
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.words import heading


class Card(QFrame):
    """A white box with a heading; ``body`` is its layout.

    What stands aside of the heading goes below it where there is no room when the card is ``flowing``.
    """

    def __init__(
        self,
        title: str = "",
        *,
        margins: tuple[int, int, int, int] = (14, 10, 14, 12),
        flowing: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(*margins)
        self._outer.setSpacing(8)
        self.heading = heading(title)
        self._top: QHBoxLayout
        if flowing:
            self._top = FlowLayout(spacing=8)
            self._top.addWidget(self.heading)
        else:
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

    def set_sides(self, room: int) -> None:
        """How far what is in it stands from its sides."""
        margins = self._outer.contentsMargins()
        self._outer.setContentsMargins(room, margins.top(), room, margins.bottom())

    def set_spacing(self, room: int) -> None:
        """How far the heading stands from what is below it."""
        self._outer.setSpacing(room)

    def wrap_title(self) -> None:
        """Let a long heading, such as one with a name in it, take more lines."""
        self.heading.setWordWrap(True)
        self._top.setStretch(0, 20)

    def add_aside(self, widget: QWidget) -> None:
        """Put a widget at the right end of the heading."""
        if isinstance(self._top, FlowLayout):
            self._top.add_right(widget)
        else:
            self._top.addWidget(widget)

    def asides_below(self, below: bool) -> None:
        """In a narrow window what stands aside of the heading stands below it."""
        direction = QBoxLayout.Direction
        self._top.setDirection(direction.TopToBottom if below else direction.LeftToRight)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget below the others."""
        self.body.addWidget(widget, stretch)
