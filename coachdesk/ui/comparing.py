"""Values of two sides beside each other, of each of which one is chosen; a click on the words chooses too."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QWidget

from coachdesk.domain.comparing import How, Value
from coachdesk.i18n import current, ngettext
from coachdesk.ui.widgets.words import label


class SideButton(QRadioButton):
    """Left and right choose between the two cards; the Tab key stops at what is chosen of each value."""

    left: "SideButton"
    right: "SideButton"

    def __init__(self) -> None:
        super().__init__()
        self.toggled.connect(self._stop_tab)
        self._stop_tab(False)

    def _stop_tab(self, chosen: bool) -> None:
        policy = Qt.FocusPolicy
        self.setFocusPolicy(policy.StrongFocus if chosen else policy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sides = {Qt.Key.Key_Left.value: "left", Qt.Key.Key_Right.value: "right"}
        if (name := sides.get(event.key())) is not None:
            side: SideButton = getattr(self, name)
            side.setChecked(True)
            side.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)


class Side(QWidget):
    """One value to choose: a button and the words, which may be long; a click on the words chooses too."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__()
        self.button = SideButton()
        self.button.setAccessibleName(name)
        self.words = label(text, wrap=True)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(self.words, 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.button.setChecked(True)
        self.button.setFocus()
        super().mouseReleaseEvent(event)


class CompareGrid(QWidget):
    """A row for each value that differs; what is the same is counted below them.

    Where only one side tells a value that side is chosen to begin with, else the left one: the right one is
    never taken without somebody having chosen it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.sides: dict[str, tuple[Side, Side]] = {}
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnStretch(1, 1)
        self.grid.setColumnStretch(2, 1)

    def show_values(
        self,
        values: Iterable[Value],
        *,
        heads: tuple[str, str],
        spoken: tuple[str, str],
        title: Callable[[Value], str],
        shown: Callable[[Value, object], str],
        picked: set[str] | None = None,
    ) -> None:
        """Fill the rows.

        Args:
            values: of both sides.
            heads: the two columns' captions.
            spoken: for a screen reader, message ids with ``{field}`` and ``{value}``.
            title: the name of a value.
            shown: a value of one side in words.
            picked: names of which the right side was chosen before, where the rows are filled anew.
        """
        for at, head in enumerate(heads, 1):
            self.grid.addWidget(label(head, "label"), 0, at)
        same = 0
        for value in values:
            if value.how is How.SAME:
                same += bool(value.mine)
                continue
            theirs = value.how is How.ONLY_THEIRS if picked is None else value.name in picked
            texts = tuple(shown(value, one) for one in (value.mine, value.theirs))
            self._add_row(value.name, title(value), texts, spoken, theirs)
        if same:
            told = ngettext("{count} detail is the same.", "{count} details are the same.", same)
            at = self.grid.rowCount()
            self.grid.addWidget(label(told.format(count=same), "secondary", wrap=True), at, 1, 1, 2)

    def chosen(self, side: int) -> tuple[str, ...]:
        """The names for which the left (0) or the right (1) value is chosen."""
        return tuple(name for name, sides in self.sides.items() if sides[side].button.isChecked())

    def _add_row(
        self, name: str, title: str, texts: tuple[str, ...], spoken: tuple[str, str], theirs: bool
    ) -> None:
        at, group = self.grid.rowCount(), QButtonGroup(self)
        left, right = (
            Side(text, current().fill(words, field=title, value=text))
            for text, words in zip(texts, spoken, strict=True)
        )
        for side in (left, right):
            group.addButton(side.button)
            side.button.left, side.button.right = left.button, right.button
        (right if theirs else left).button.setChecked(True)
        self.sides[name] = (left, right)
        self.grid.addWidget(label(title, "secondary", wrap=True), at, 0)
        self.grid.addWidget(left, at, 1)
        self.grid.addWidget(right, at, 2)
