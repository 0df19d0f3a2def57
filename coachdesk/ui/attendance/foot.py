"""The foot of the grid: people present on each day, and why nothing is arranged on the others."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from coachdesk.i18n import _, current
from coachdesk.ui import theme
from coachdesk.ui.attendance import spoken
from coachdesk.ui.attendance.board import Board
from coachdesk.ui.attendance.ink import Ink
from coachdesk.ui.attendance.view import AttendanceView

FOOT = 27


class Foot(QWidget):
    """People present on each day, and why nothing is arranged on the others."""

    def __init__(self, view: AttendanceView, ink: Ink) -> None:
        super().__init__()
        self.view, self.ink = view, ink
        self._known: object = None
        self._runs: list[tuple[int, int, str]] = []
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        view.horizontalScrollBar().valueChanged.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(100, theme.px(FOOT))

    def paintEvent(self, event: QPaintEvent) -> None:
        view, ink, height = self.view, self.ink, self.height()
        board, header = view.model_.board, view.horizontalHeader()
        painter = QPainter(self)
        painter.fillRect(event.rect(), ink.sunken)
        if not board.lines:
            return
        painter.setFont(ink.count)
        for column in range(board.columns):
            left, width = header.sectionViewportPosition(column + 1), header.sectionSize(column + 1)
            if left > event.rect().right() or left + width <= event.rect().left():
                continue
            if view.head_of(column).narrow:
                painter.fillRect(left, 0, width, height, ink.nav)
            if column in view.weeks:
                painter.fillRect(left, 0, 1, height, ink.control)
            painter.setPen(ink.text2)
            painter.drawText(QRect(left, 0, width, height), Qt.AlignmentFlag.AlignCenter, board.count(column))
        self._reasons(painter)
        left = header.sectionViewportPosition(board.columns + 1)
        painter.fillRect(left, 0, header.sectionSize(board.columns + 1), height, ink.sunken)
        painter.fillRect(left, 0, 1, height, ink.control)
        painter.end()

    def _reasons(self, painter: QPainter) -> None:
        """A reason once for each run of days, as wide as the run."""
        header = self.view.horizontalHeader()
        board, found = self.view.model_.board, self._runs_now()
        for at, (first, last, words) in enumerate(found):
            after = last + 1  # the weekend after it is empty: its room is taken too
            end = found[at + 1][0] if at + 1 < len(found) else board.columns
            while after < end and not board.count(after) and _is_weekend(board, after):
                after += 1
            left = header.sectionViewportPosition(first + 1)
            room = QRect(left + 5, 0, header.sectionViewportPosition(after + 1) - left - 6, self.height())
            measure = painter.fontMetrics()
            if "," in words and measure.horizontalAdvance(words) > room.width():
                words = _("Holidays")  # only holidays are said several in a run; the tool tip names each
            if measure.horizontalAdvance(words) > room.width():
                words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _runs_now(self) -> list[tuple[int, int, str]]:
        """The runs, found anew only when another day is counted: a key press draws the foot too."""
        board = self.view.model_.board
        counted = frozenset(column for column in range(board.columns) if board.count(column))
        known = (board, current().language, counted)
        if self._known != known:
            self._known, self._runs = known, runs(board)
        return self._runs

    def said(self) -> str:
        """The reasons in one line, for the tooltip."""
        board = self.view.model_.board
        return "; ".join(
            f"{spoken.short(day)}: {words}"
            for first, _last, words in runs(board)
            if (day := board.lines[0].days[first])
        )

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(self.said())
        return super().event(event)


def runs(board: Board) -> list[tuple[int, int, str]]:
    """First column, last column and reason of each run of days on which nothing is arranged for all."""
    found: list[tuple[int, int, str]] = []
    before = ""
    for column in range(board.columns):
        whys = {board.closed((at, column)) for at in range(len(board.lines))}
        only = next(iter(whys)) if len(whys) == 1 else None
        if only is None or board.count(column) or _is_weekend(board, column):
            continue
        words = spoken.upper(spoken.why(only))
        last = found[-1] if found else None
        if last and last[1] == column - 1 and (last[2] == words or (only.holiday and before == "holiday")):
            said = last[2] if last[2] == words else f"{last[2]}, {words}"
            found[-1] = (last[0], column, said)
        else:
            found.append((column, column, words))
        before = "holiday" if only.holiday else "reason"
    return found


def _is_weekend(board: Board, column: int) -> bool:
    day = board.lines[0].days[column] if board.lines else None
    return day is not None and day.weekday() > 4


class FootName(QWidget):
    """What the foot counts, under the names."""

    def __init__(self, ink: Ink) -> None:
        super().__init__()
        self.ink = ink

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.ink.sunken)
        painter.setFont(theme.font("secondary", bold=True))
        painter.setPen(self.ink.text2)
        painter.drawText(
            self.rect().adjusted(theme.px(11), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, _("People present")
        )
        painter.end()
