"""The table of people expected today, with the marks on it: one key marks a person and goes on."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from coachdesk.domain.attendance import counts_present, keys_of_kinds, kind_of, letter_of, marked
from coachdesk.domain.today import Expected
from coachdesk.i18n import N_, current
from coachdesk.ui import theme
from coachdesk.ui.attendance import spoken
from coachdesk.ui.attendance.board import CROSS
from coachdesk.ui.columns import Column, ColumnModel, collate, column, table_of
from coachdesk.ui.cutting import cut_name
from coachdesk.ui.trainees.columns import paint_phases

ROW = 36
TIME, NAME, WORKSHOP, PHASES, MARK = range(5)
SHOWN = ("present", "own_illness")
Index = QModelIndex | QPersistentModelIndex


def phases_spoken(states: str) -> str:
    """Which phases are open, for a screen reader."""
    found = ", ".join(str(at + 1) for at, state in enumerate(states) if state == "o")
    return current().fill(N_("phases open: {phases}"), phases=found) if found else ""


def mark_spoken(row: Expected) -> str:
    """The mark in words, or that it is missing."""
    if row.mark is None:
        return current().fill(N_("not marked"))
    return spoken.mark_words(row.mark)


def columns_of(where: Callable[[Expected], str]) -> tuple[Column, ...]:
    """The columns; ``where`` gives the name of a row's group or workshop."""
    return (
        column(N_("Clock"), lambda row: current().time(row.starts), width=60, sort=lambda row: row.starts),
        column(N_("Name"), lambda row: row.name, width=0, bold=True, sort=lambda row: collate(row.name)),
        column(N_("Workshop"), where, width=112, tip=where),
        column(N_("Phases"), lambda _row: "", width=128, spoken=lambda row: phases_spoken(row.phases)),
        column(N_("Mark"), lambda _row: "", width=134, spoken=mark_spoken),
    )


class ExpectedTable(QTableView):
    """Made by ``expected_table``; tells what is asked and saves nothing itself."""

    marked = Signal(object, str, bool)  # Expected, kind, whether all that are left
    cleared = Signal(object)
    opened = Signal(object)
    more = Signal(object, QRect)  # Expected, where the button is

    @property
    def rows(self) -> ColumnModel:
        """The model of its rows."""
        found = self.model()
        assert isinstance(found, ColumnModel)
        return found

    def row(self) -> Expected | None:
        """The person the cursor is on."""
        found: Expected | None = self.rows.row(self.currentIndex())
        return found

    def choose(self, at: int) -> None:
        """Put the cursor on a row."""
        if 0 <= at < self.model().rowCount():
            self.selectRow(at)
            self.scrollTo(self.model().index(at, NAME))

    def first_unmarked(self) -> int:
        """The first row without a mark, else the first."""
        rows = self.rows.rows
        return next((at for at, row in enumerate(rows) if row.mark is None), 0)

    def next_unmarked(self) -> int:
        """The next row below that has no mark, else the next row."""
        rows, here = self.rows.rows, self.currentIndex().row()
        below = (at for at in range(here + 1, len(rows)) if rows[at].mark is None)
        return next(below, min(here + 1, len(rows) - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, kinds = self.row(), keys_of_kinds()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        letter = _letter(event)
        if row is None or not plain:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.cleared.emit(row)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(row)
        elif event.text() == ".":
            self.more.emit(row, self._button(self.currentIndex(), len(SHOWN)))
        elif letter in kinds:
            self.marked.emit(row, kinds[letter], shift)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.column() != MARK or event.button() != Qt.MouseButton.LeftButton:
            return
        row = self.rows.row(index)
        for at in range(len(SHOWN) + 1):
            box = self._button(index, at)
            if box.contains(event.position().toPoint()):
                if at == len(SHOWN):
                    self.more.emit(row, box)
                elif row.mark is not None and row.mark.kind == SHOWN[at]:
                    self.cleared.emit(row)
                else:
                    self.marked.emit(row, SHOWN[at], False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() != MARK:
            self.opened.emit(self.rows.row(index))

    def _button(self, index: QModelIndex, at: int) -> QRect:
        rect = self.visualRect(index.siblingAtColumn(MARK))
        return button_of(rect, at)


def button_of(rect: QRect, at: int) -> QRect:
    """Where the button of a mark stands in its cell."""
    side, high = theme.px(34), theme.px(28)
    return QRect(rect.left() + 8 + at * (side + 5), rect.center().y() - high // 2, side, high)


def _letter(event: QKeyEvent) -> str:
    key = event.key()
    if Qt.Key.Key_A <= key <= Qt.Key.Key_Z or Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
        return chr(key).casefold()
    return ""


class _Delegate(QStyledItemDelegate):
    """Paints a row: name, boxes of phases, buttons of marks."""

    def __init__(self, view: ExpectedTable, quiet: Callable[[], bool]) -> None:
        super().__init__(view)
        self.view, self.quiet = view, quiet

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(10, theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Expected | None = index.model().row(index)  # type: ignore[attr-defined]
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect
        if self.view.currentIndex().row() == index.row():
            painter.fillRect(rect, theme.colour("soft"))
            if index.column() == TIME:
                painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), theme.colour("primary"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line"))
        inner = rect.adjusted(10 if index.column() == TIME else 8, 0, -4, 0)
        if index.column() == PHASES:
            paint_phases(painter, inner, row.phases)
        elif index.column() == MARK:
            self._marks(painter, rect, row)
        else:
            self._words(painter, inner, str(index.data()), bold=index.column() == NAME)
        painter.restore()

    def _words(self, painter: QPainter, rect: QRect, text: str, *, bold: bool) -> None:
        font = theme.font("body", bold=bold)
        painter.setFont(font)
        painter.setPen(theme.colour("text" if bold else "text2"))
        measure, right = painter.fontMetrics(), Qt.TextElideMode.ElideRight
        room = rect.width()
        shown = cut_name(text, measure, room) if bold else measure.elidedText(text, right, room)
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, shown)

    def _marks(self, painter: QPainter, rect: QRect, row: Expected) -> None:
        language = current().language
        kind = row.mark.kind if row.mark else ""
        if kind and self.quiet() and not counts_present(kind):
            self._button(painter, button_of(rect, 0), letter_of("present", language), False, "")
            self._button(painter, button_of(rect, 1), CROSS, True, "")
            self._button(painter, button_of(rect, 2), "…", False, "")
            return
        for at, shown in enumerate(SHOWN):
            self._button(painter, button_of(rect, at), letter_of(shown, language), shown == kind, shown)
        other = bool(kind) and kind not in SHOWN
        text = letter_of(kind, language) if other else "…"
        self._button(painter, button_of(rect, len(SHOWN)), text, other, kind)

    def _button(self, painter: QPainter, box: QRect, text: str, chosen: bool, kind: str) -> None:
        token = colour_of(kind) if chosen and kind else "aN" if chosen else ""
        painter.setBrush(theme.colour(f"{token}b" if token else "surface"))
        painter.setPen(QPen(theme.colour(token or "control"), 2 if token else 1))
        painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 6, 6)
        painter.setPen(theme.colour(token or "text"))
        painter.setFont(theme.font("body", bold=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def colour_of(kind: str) -> str:
    """The token of a kind's colour."""
    return str(kind_of(kind).more.get("colour", "aN"))


def expected_table(where: Callable[[Expected], str], quiet: Callable[[], bool]) -> ExpectedTable:
    """The table, ready for ``show``; ``quiet`` tells whether reasons are hidden from a room with people."""
    model = ColumnModel(columns_of(where))
    view = table_of(model, row_height=ROW, inside=True, view=ExpectedTable())
    assert isinstance(view, ExpectedTable)
    view.setItemDelegate(_Delegate(view, quiet))
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return view


def with_mark(row: Expected, kind: str) -> Expected:
    """The row as it looks with a mark, before it is on the disk."""
    mark = marked(
        period_id=row.period_id,
        trainee_id=row.trainee_id,
        day=row.day,
        kind=kind,
        planned_minutes=row.minutes,
    )
    return replace(row, mark=mark)


def counts(rows: Iterable[Expected]) -> tuple[int, int, int]:
    """How many are present, absent, not marked."""
    marks = [row.mark for row in rows]
    present = sum(mark is not None and counts_present(mark.kind) for mark in marks)
    unmarked = sum(mark is None for mark in marks)
    return present, len(marks) - present - unmarked, unmarked
