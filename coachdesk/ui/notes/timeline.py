"""Notes on a line of time: picture of the kind, when, what, first words or all of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem

from coachdesk.domain.codes import codes
from coachdesk.i18n import N_, current
from coachdesk.ui import icons, theme
from coachdesk.ui.cutting import Face, Written, cut, written
from coachdesk.ui.day_edit import upper
from coachdesk.ui.trainees import wording

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
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


@cache
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


@dataclass(slots=True)
class _Row:
    """A line's words: where from its top, what and in which colour."""

    parts: list[tuple[int, int, Written, str]]
    height: int


@lru_cache(maxsize=8)
def _faces(look: tuple[str, float]) -> tuple[Face, Face]:
    bold, plain = theme.font("body", bold=True), theme.font("secondary")
    return Face(bold, QFontMetrics(bold)), Face(plain, QFontMetrics(plain))


class NoteDelegate(QStyledItemDelegate):
    """Paints a line; ``lines`` limits the words shown, None shows all of them."""

    def __init__(self, view: QListView, today: Callable[[], date], lines: int | None) -> None:
        super().__init__(view)
        self._view, self._today, self._lines = view, today, lines
        self._written: dict[tuple[int, int, str], _Row] = {}

    def forget(self) -> None:
        """Shape again: the rows, the look or the language changed."""
        self._written.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(200), self.height_of(index))

    def height_of(self, index: Index) -> int:
        """How high a row is."""
        return self._words(index).height

    def _words(self, index: Index) -> _Row:
        key = (index.row(), self._view.viewport().width(), current().language)
        if key not in self._written:
            model: Any = index.model()
            row = model.row(index)
            self._written[key] = self._write(model.told(row), model.below(row), key[1])
        return self._written[key]

    def _write(self, told: Told, below: str, wide: int) -> _Row:
        bold, plain = _faces(theme.look())
        left, top, high = theme.px(134), theme.px(8), bold.measure.height()
        width = max(60, wide - left - theme.px(14))
        text = written(told.text, plain, width)
        if self._lines is not None and text.lines > self._lines:
            text = written(cut(told.text, plain, width, self._lines), plain, -1)
        when = wording.near_moment(told.at, self._today())
        parts = [
            (theme.px(42), top + 2, written(when, plain, theme.px(90)), "text2"),
            (left, top, _one_line(title_of(told), bold, width), "text"),
            (left, top + high, text, "text" if self._lines is None else "text2"),
        ]
        high += top + text.height + theme.px(7)
        if below:
            parts.append((left, high - theme.px(7) + 2, _one_line(below, plain, width), "text2"))
            high += plain.measure.height() + 2
        return _Row(parts, high)

    def paint_row(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        """Paint a row of the list."""
        model: Any = index.model()
        row = model.row(index)
        if self._view.currentIndex() == index and self._lines is None:
            painter.fillRect(rect, theme.colour("soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), theme.colour("primary"))
        if index.row():
            painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), theme.colour("line"))
        size = theme.px(18)
        picture = icons.pixmap(picture_of(model.told(row).kind), size, "primary")
        painter.drawPixmap(rect.left() + theme.px(14), rect.top() + theme.px(8) + 1, picture)
        for across, down, words, token in self._words(index).parts:
            painter.setPen(theme.colour(token))
            words.paint(painter, rect.left() + across, rect.top() + down)


def _one_line(text: str, face: Face, width: int) -> Written:
    found = written(text, face, width)
    return found if found.lines == 1 else written(cut(text, face, width, 1), face, -1)


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
        self._empty, self._whole = "", False
        self.setModel(self.notes)
        self.setItemDelegate(self.painter_)
        self.setProperty("inside", True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.clicked.connect(lambda index: self.asked.emit(index.row()))

    def set_empty_words(self, words: str) -> None:
        """What stands there while there are no rows."""
        self._empty = words
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Only the rows in sight; a list of Qt's own makes up an option for each of them first."""
        painter = QPainter(self.viewport())
        if self._empty and not self.notes.rows:
            painter.setFont(theme.font("secondary"))
            painter.setPen(theme.colour("text2"))
            painter.drawText(self.viewport().rect().adjusted(theme.px(12), theme.px(8), 0, 0), 0, self._empty)
        shown = event.rect()
        for row in range(max(0, self.indexAt(shown.topLeft()).row()), len(self.notes.rows)):
            index = self.notes.index(row)
            rect = self.visualRect(index)
            if rect.top() > shown.bottom():
                break
            if not self.isRowHidden(row):
                self.painter_.paint_row(painter, rect, index)
        painter.end()

    def show_rows(self, rows: Iterable[Any]) -> None:
        """Show other rows."""
        self.painter_.forget()
        self.notes.show_rows(rows)
        if self._whole:
            self._leave_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.asked.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.painter_.forget()
        self._leave_out()

    def show_whole_rows(self, whole: bool) -> None:
        """Leave out the rows at the end that have no room, instead of scrolling to them."""
        self._whole = whole
        self._leave_out()

    def _leave_out(self) -> None:
        room = self.viewport().height()
        for row in range(len(self.notes.rows)):
            room -= self.painter_.height_of(self.notes.index(row))
            left_out = self._whole and room < 0 and row > 0
            if self.isRowHidden(row) != left_out:
                self.setRowHidden(row, left_out)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange) and hasattr(
            self, "painter_"
        ):
            self.painter_.forget()
            self.scheduleDelayedItemsLayout()
        super().changeEvent(event)
