"""Phrases below each other: the words of one language, under them the same in the other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from coachdesk.domain.phrases import Phrase
from coachdesk.ui import theme
from coachdesk.ui.cutting import Face, written

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseRow:
    """A phrase as it is listed; ``below`` are small words under the pair."""

    phrase: Phrase
    language: str
    below: str = ""

    @property
    def said(self) -> str:
        """The words in the language of the text."""
        return self.phrase.said(self.language)

    @property
    def pair(self) -> str:
        """The same in the other language."""
        return self.phrase.said("fi" if self.language == "sv" else "sv")

    @property
    def spoken(self) -> str:
        """The line for a reader."""
        return " ".join(filter(None, (self.said, f"({self.pair})", self.below)))


class PhraseModel(QAbstractListModel):
    """The rows of a list."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[PhraseRow, ...] = ()

    def show_rows(self, rows: Iterable[PhraseRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        match role:
            case Role.DisplayRole:
                return row.said
            case Role.AccessibleTextRole:
                return row.spoken
            case Role.UserRole:
                return row
        return None


@lru_cache(maxsize=8)
def _faces(_look: tuple[str, float]) -> tuple[Face, Face]:
    body, small = theme.font("body"), theme.font("secondary")
    return Face(body, QFontMetrics(body)), Face(small, QFontMetrics(small))


class _Delegate(QStyledItemDelegate):
    """Draws the pair whole, on as many lines as it needs."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def _parts(self, row: PhraseRow) -> list[tuple[str, Any]]:
        body, small = _faces(theme.look())
        room = max(60, self._view.viewport().width() - theme.px(26))
        lines = ((row.said, body, "text"), (row.pair, small, "text2"), (row.below, small, "primary"))
        return [(token, written(text, face, room)) for text, face, token in lines if text]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        high = sum(words.height for _token, words in self._parts(index.data(Role.UserRole)))
        return QSize(theme.px(120), high + theme.px(13))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, row = QRect(option.rect), index.data(Role.UserRole)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), theme.colour("primary"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line"))
        top = rect.top() + theme.px(6)
        for token, words in self._parts(row):
            hidden = row.phrase.hidden and token == "text"
            painter.setPen(theme.colour("text2" if hidden else token))
            words.paint(painter, rect.left() + theme.px(14), top)
            top += words.height
        painter.restore()


class PhraseList(QListView):
    """One stop of Tab; arrows choose."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = PhraseModel()
        self.setModel(self.lines)
        self.setItemDelegate(_Delegate(self))
        self.setProperty("inside", True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setTabKeyNavigation(False)

    @property
    def phrase(self) -> Phrase | None:
        """The phrase chosen."""
        row = self.currentIndex().data(Role.UserRole) if self.currentIndex().isValid() else None
        return row.phrase if row else None

    def show_phrases(self, phrases: Iterable[Phrase], language: str, below: Callable[[Phrase], str]) -> None:
        """Show other phrases; the one chosen stays chosen where it is among them, else the first is."""
        chosen = self.phrase.key if self.phrase else ""
        self.lines.show_rows(PhraseRow(phrase=one, language=language, below=below(one)) for one in phrases)
        self.choose(0)
        self.choose_key(chosen)

    def choose_key(self, key: str) -> None:
        """Choose the phrase of a key, where it is listed."""
        for at, row in enumerate(self.lines.rows):
            if row.phrase.key == key:
                self.choose(at)

    def choose(self, at: int) -> None:
        """Choose a line and bring it in sight."""
        self.setCurrentIndex(self.lines.index(max(0, min(len(self.lines.rows) - 1, at))))

    def step(self, by: int) -> None:
        """Choose the line so many below."""
        self.choose(self.currentIndex().row() + by)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.scheduleDelayedItemsLayout()
