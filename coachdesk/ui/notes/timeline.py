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
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem

from coachdesk.domain.codes import codes
from coachdesk.i18n import N_, current
from coachdesk.ui import icons, theme
from coachdesk.ui.cutting import Face, Written, cut, written
from coachdesk.ui.day_edit import upper
from coachdesk.ui.trainees import wording

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
AT_ONCE = 100  # rows that are measured before the list is seen; more when it is scrolled to its end
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
    return _title(current().language, told.kind, told.minutes)


@lru_cache(maxsize=500)
def _title(_language: str, kind: str, minutes: int | None) -> str:
    name = upper(wording.name_of("note_kinds", kind))
    return current().fill(N_("{kind}, {minutes} min"), kind=name, minutes=minutes) if minutes else name


class NoteModel(QAbstractListModel):
    """Rows with ``told`` (what is painted) and ``below`` (small words under it)."""

    def __init__(self, told: Callable[[Any], Told], below: Callable[[Any], str] | None = None) -> None:
        super().__init__()
        self.rows: tuple[Any, ...] = ()
        self._given = 0
        self.told = told
        self.below = below or (lambda _row: "")

    def show_rows(self, rows: Iterable[Any]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self._given = min(AT_ONCE, len(self.rows))
        self.endResetModel()

    def reach(self, at: int) -> None:
        """Give the list every row up to this one."""
        last = min(at + 1, len(self.rows)) - 1
        if last >= self._given:
            self.beginInsertRows(QModelIndex(), self._given, last)
            self._given = last + 1
            self.endInsertRows()

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._given < len(self.rows)

    def fetchMore(self, parent: Index) -> None:
        self.reach(self._given + AT_ONCE - 1)

    def row(self, index: Index) -> Any:
        """The row behind an index; None when it is not valid."""
        return self.rows[index.row()] if index.isValid() and index.row() < len(self.rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._given

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        row = self.row(index)
        if row is None or role not in (Role.DisplayRole, Role.AccessibleTextRole):
            return None
        told = self.told(row)
        parts = (current().moment(told.at), title_of(told), told.text, self.below(row))
        return ". ".join(filter(None, parts))


@dataclass(slots=True)
class _Row:
    """A line's picture and words: where from its corner, what and in which colour."""

    picture: QPixmap
    parts: tuple[tuple[QColor, int, int, Written], ...]
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
        self._written: dict[int, _Row] = {}

    def forget(self) -> None:
        """Shape again: the rows, the look or the language changed."""
        self._written.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(200), self.height_of(index))

    def height_of(self, index: Index) -> int:
        """How high a row is."""
        return self.words(index.row()).height

    def words(self, at: int) -> _Row:
        """The words of a row, shaped when they are first asked for."""
        if (found := self._written.get(at)) is None:
            model: Any = self._view.model()
            row = model.rows[at]
            found = self._write(model.told(row), model.below(row), self._view.viewport().width())
            self._written[at] = found
        return found

    def _write(self, told: Told, below: str, wide: int) -> _Row:
        bold, plain = _faces(theme.look())
        left, top, high = theme.px(134), theme.px(8), bold.measure.height()
        width = max(60, wide - left - theme.px(14))
        text = written(told.text, plain, width)
        if self._lines is not None and text.lines > self._lines:
            text = written(cut(told.text, plain, width, self._lines), plain, -1)
        when = wording.near_moment(told.at, self._today())
        strong, quiet = theme.colour("text"), theme.colour("text2")
        parts = [
            (quiet, theme.px(42), top + 2, written(when, plain, theme.px(90))),
            (strong, left, top, _one_line(title_of(told), bold, width)),
            (strong if self._lines is None else quiet, left, top + high, text),
        ]
        high += top + text.height + theme.px(7)
        if below:
            parts.append((quiet, left, high - theme.px(7) + 2, _one_line(below, plain, width)))
            high += plain.measure.height() + 2
        return _Row(icons.pixmap(picture_of(told.kind), theme.px(18), "primary"), tuple(parts), high)

    def paint_row(self, painter: QPainter, rect: QRect, at: int) -> None:
        """Paint a row of the list."""
        if self._lines is None and self._view.currentIndex().row() == at:
            painter.fillRect(rect, theme.colour("soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), theme.colour("primary"))
        left, top = rect.left(), rect.top()
        if at:
            painter.fillRect(QRect(left, top, rect.width(), 1), theme.colour("line"))
        row = self.words(at)
        painter.drawPixmap(left + theme.px(14), top + theme.px(8) + 1, row.picture)
        for colour, across, down, words in row.parts:
            painter.setPen(colour)
            words.paint(painter, left + across, top + down)


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
        self._empty, self._whole, self._shown = "", False, 0
        self.setModel(self.notes)
        self.notes.rowsInserted.connect(lambda *_where: self._leave_out())
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
        first = max(0, self.indexAt(shown.topLeft()).row()) if self.verticalScrollBar().value() else 0
        top = self.visualRect(self.notes.index(first)).top() if first else -self.verticalScrollBar().value()
        for at in range(first, self._shown):
            if top > shown.bottom():
                break
            rect = QRect(0, top, self.viewport().width(), self.painter_.words(at).height)
            self.painter_.paint_row(painter, rect, at)
            top += rect.height()
        painter.end()

    def show_rows(self, rows: Iterable[Any]) -> None:
        """Show other rows."""
        self.painter_.forget()
        self.notes.show_rows(rows)  # none of them is hidden yet
        self._shown = self.notes.rowCount()
        if self._whole:
            self._leave_out()

    def choose(self, at: int) -> None:
        """Choose a row and bring it into view."""
        self.notes.reach(at)
        self.setCurrentIndex(self.notes.index(at))
        self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_End:
            self.notes.reach(len(self.notes.rows) - 1)
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
        """The first row always stays, and none comes after one that found no room."""
        room, count = self.viewport().height(), self.notes.rowCount()
        shown = 0 if self._whole else count
        while shown < count and ((room := room - self.painter_.words(shown).height) >= 0 or shown == 0):
            shown += 1
        for at in range(min(shown, self._shown), max(shown, self._shown)):
            self.setRowHidden(at, at >= shown)
        self._shown = shown

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange) and hasattr(
            self, "painter_"
        ):
            self.painter_.forget()
            self.scheduleDelayedItemsLayout()
        super().changeEvent(event)
