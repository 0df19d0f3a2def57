"""The items that a plan's kind asks for, each done, being written or missing."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from coachdesk.domain.codes import Code
from coachdesk.domain.plan_content import DONE, MISSING, OPTIONAL, PARTLY
from coachdesk.i18n import N_, _, current
from coachdesk.ui import icons, theme
from coachdesk.ui.day_edit import upper

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
WRITING = "writing"
PICTURES = {
    DONE: ("circle-check", "ok"),
    WRITING: ("pencil", "text"),
    PARTLY: ("pencil", "text2"),
    MISSING: ("circle-dashed", "text2"),
    OPTIONAL: ("plus", "text2"),
}
STATES = {
    DONE: N_("written"),
    WRITING: N_("being written"),
    PARTLY: N_("partly written"),
    MISSING: N_("missing"),
    OPTIONAL: N_("not asked for"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRow:
    """One line of the list: a kind of item and its state."""

    code: Code
    section: str
    state: str

    @property
    def key(self) -> str:
        """The kind of item."""
        return self.code.key

    @property
    def name(self) -> str:
        """The name in the screen's language, as short as the list needs it."""
        return short_name(self.code)


def short_name(code: Code) -> str:
    """The name of a kind of item in the screen's language, where there is little room."""
    language = current().language
    return upper(str(code.more.get(f"short_{language}") or code.name(language)))


class SectionModel(QAbstractListModel):
    """The lines of the list."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[SectionRow, ...] = ()

    def show_rows(self, rows: tuple[SectionRow, ...]) -> None:
        """Show other lines; the same kinds keep what is chosen."""
        same = [row.key for row in rows] == [row.key for row in self.rows]
        if not same:
            self.beginResetModel()
        self.rows = rows
        if same:
            self.retranslate()
        else:
            self.endResetModel()

    def retranslate(self) -> None:
        """Write the names again."""
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        match role:
            case Role.DisplayRole | Role.ToolTipRole:
                return row.name
            case Role.AccessibleTextRole:
                return f"{row.name}, {_(STATES[row.state])}"
            case Role.UserRole:
                return row
        return None


class SectionDelegate(QStyledItemDelegate):
    """Draws picture, section of the law and name; the chosen line has its bar."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(120), theme.px(29))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: SectionRow = index.data(Role.UserRole)
        rect = QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(rect, theme.colour("soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), theme.colour("primary"))
        picture, token = PICTURES[row.state]
        size = theme.px(18)
        at = rect.left() + theme.px(12)
        pixmap = icons.pixmap(picture, size, token, painter.device().devicePixelRatioF())
        painter.drawPixmap(at, rect.center().y() - size // 2 + 1, pixmap)
        at += size + theme.px(8)
        painter.setPen(theme.colour("text2"))
        painter.setFont(theme.font("secondary"))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if row.section:
            painter.drawText(QRect(at, rect.top(), theme.px(34), rect.height()), middle, f"{row.section} §")
            at += theme.px(32)
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font("body", bold=chosen))
        room = rect.right() - at - theme.px(6)
        words = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(at, rect.top(), room, rect.height()), middle, words)
        painter.restore()


class SectionList(QListView):
    """The list; ``picked`` tells the key of the line chosen by the coach."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.lines = SectionModel()
        self.setModel(self.lines)
        self.setItemDelegate(SectionDelegate(self))
        self.setProperty("inside", True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._quiet = False
        self.selectionModel().currentChanged.connect(self._moved)

    @property
    def key(self) -> str:
        """The key of the line chosen; empty where none is."""
        row = self.currentIndex().data(Role.UserRole) if self.currentIndex().isValid() else None
        return row.key if row else ""

    def choose(self, key: str) -> None:
        """Choose a line without telling."""
        for at, row in enumerate(self.lines.rows):
            if row.key == key:
                self._quiet = True
                self.setCurrentIndex(self.lines.index(at))
                self._quiet = False

    def beside(self, step: int) -> str:
        """The key of the line before (-1) or after (1) the chosen; empty at the ends."""
        at = self.currentIndex().row() + step
        return self.lines.rows[at].key if 0 <= at < len(self.lines.rows) else ""

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid() and not self._quiet:
            self.picked.emit(self.lines.rows[now.row()].key)
