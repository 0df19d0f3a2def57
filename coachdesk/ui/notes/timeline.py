"""Notes on a line of time: picture of the kind, when, what, first words or all of them."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem

from coachdesk.domain.codes import codes
from coachdesk.i18n import N_, current
from coachdesk.ui import icons, theme
from coachdesk.ui.day_edit import upper
from coachdesk.ui.trainees import wording

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
PICTURES = {"call": "phone", "visit": "users", "meeting": "users-group", "job-search": "briefcase"}


class Told(Protocol):
    """What a line needs: a note, or the beginning of one."""

    @property
    def at(self) -> datetime:
        """When it was."""
        ...

    @property
    def kind(self) -> str:
        """Its kind, a code of note_kinds."""
        ...

    @property
    def minutes(self) -> int | None:
        """How long it took."""
        ...

    @property
    def text(self) -> str:
        """Its words."""
        ...


def picture_of(kind: str) -> str:
    """The picture of a kind of note or appointment."""
    for title in ("note_kinds", "appointment_kinds"):
        if kind in codes(title):
            name = codes(title)[kind].more.get("icon", "note")
            return PICTURES.get(name, name)
    return "note"


def title_of(told: Told) -> str:
    """Kind and length: Phone call, 12 min."""
    kind = upper(wording.name_of("note_kinds", told.kind))
    if not told.minutes:
        return kind
    return current().fill(N_("{kind}, {minutes} min"), kind=kind, minutes=told.minutes)


class NoteModel(QAbstractListModel):
    """Rows with ``told`` (what is painted) and ``below`` (small words under it)."""

    def __init__(self, told: Callable[[Any], Told], below: Callable[[Any], str] | None = None) -> None:
        super().__init__()
        self.rows: tuple[Any, ...] = ()
        self.told = told
        self.below = below or (lambda _row: "")

    def show_rows(self, rows: Iterable[Any]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def row(self, index: Index) -> Any:
        """The row behind an index; None when it is not valid."""
        return self.rows[index.row()] if index.isValid() and index.row() < len(self.rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        row = self.row(index)
        if row is None or role not in (Role.DisplayRole, Role.AccessibleTextRole):
            return None
        told = self.told(row)
        parts = (current().moment(told.at), title_of(told), told.text, self.below(row))
        return ". ".join(filter(None, parts))


class NoteDelegate(QStyledItemDelegate):
    """Paints a line; ``lines`` limits the words shown, None shows all of them."""

    def __init__(self, view: QListView, today: Callable[[], date], lines: int | None) -> None:
        super().__init__(view)
        self._view, self._today, self._lines = view, today, lines
        self._sizes: dict[tuple[int, int, str], int] = {}

    def forget(self) -> None:
        """Measure again: the rows, the look or the language changed."""
        self._sizes.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        key = (index.row(), width, current().language)
        if key not in self._sizes:
            row = index.model().row(index)  # type: ignore[attr-defined]
            self._sizes[key] = self._height(row, index.model(), width)
        return QSize(theme.px(200), self._sizes[key])

    def _height(self, row: Any, model: Any, width: int) -> int:
        told, below = model.told(row), model.below(row)
        small = theme.metrics("secondary")
        high = theme.px(15) + theme.metrics("body").height() + self._text_height(told.text, width)
        return high + (small.height() + 2 if below else 0)

    def _text_height(self, text: str, width: int) -> int:
        metrics = theme.metrics("secondary")
        room = QRect(0, 0, max(60, width - self._left() - theme.px(14)), 100_000)
        high = metrics.boundingRect(room, WRAP, text).height()
        return high if self._lines is None else min(high, self._lines * metrics.lineSpacing() + 1)

    def _left(self) -> int:
        return theme.px(134)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model: Any = index.model()
        row = model.row(index)
        if row is None:
            return
        told, below, rect = model.told(row), model.below(row), option.rect
        painter.save()
        if self._view.currentIndex() == index and self._lines is None:
            painter.fillRect(rect, theme.colour("soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), theme.colour("primary"))
        if index.row():
            painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), theme.colour("line"))
        size = theme.px(18)
        top = rect.top() + theme.px(8)
        painter.drawPixmap(
            QPoint(rect.left() + theme.px(14), top + 1), icons.pixmap(picture_of(told.kind), size, "primary")
        )
        self._words(painter, rect, top, told, below)
        painter.restore()

    def _words(self, painter: QPainter, rect: QRect, top: int, told: Told, below: str) -> None:
        body, small = theme.metrics("body"), theme.metrics("secondary")
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.colour("text2"))
        when = QRect(rect.left() + theme.px(42), top + 2, theme.px(90), small.height() * 2)
        painter.drawText(when, WRAP, wording.near_moment(told.at, self._today()))
        left, width = rect.left() + self._left(), rect.width() - self._left() - theme.px(14)
        painter.setFont(theme.font("body", bold=True))
        painter.setPen(theme.colour("text"))
        title = body.elidedText(title_of(told), Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRect(left, top, width, body.height()), 0, title)
        high = self._text_height(told.text, self._view.viewport().width())
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.colour("text" if self._lines is None else "text2"))
        box = QRect(left, top + body.height(), width, high)
        painter.drawText(box, WRAP, _cut(told.text, width, high))
        if below:
            painter.setPen(theme.colour("text2"))
            line = QRect(left, box.bottom() + 2, width, small.height())
            painter.drawText(line, 0, small.elidedText(below, Qt.TextElideMode.ElideRight, width))


def _cut(text: str, width: int, high: int) -> str:
    """The words that fit in a box; the whole text stands in the notes."""
    metrics = theme.metrics("secondary")
    room = QRect(0, 0, width, 100_000)
    if metrics.boundingRect(room, WRAP, text).height() <= high:
        return text
    words = text.split(" ")
    while words and metrics.boundingRect(room, WRAP, " ".join(words) + "…").height() > high:
        words.pop()
    return " ".join(words) + "…"


class NoteList(QListView):
    """The list of notes: one tab stop, Enter asks for the note."""

    asked = Signal(int)

    def __init__(
        self,
        today: Callable[[], date],
        *,
        told: Callable[[Any], Told] = lambda row: row,
        below: Callable[[Any], str] | None = None,
        lines: int | None = None,
    ) -> None:
        super().__init__()
        self.notes = NoteModel(told, below)
        self.painter_ = NoteDelegate(self, today, lines)
        self.setModel(self.notes)
        self.setItemDelegate(self.painter_)
        self.setProperty("inside", True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.clicked.connect(lambda index: self.asked.emit(index.row()))

    def show_rows(self, rows: Iterable[Any]) -> None:
        """Show other rows."""
        self.painter_.forget()
        self.notes.show_rows(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.asked.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.painter_.forget()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange) and hasattr(
            self, "painter_"
        ):
            self.painter_.forget()
            self.scheduleDelayedItemsLayout()
        super().changeEvent(event)
