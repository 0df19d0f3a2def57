"""The columns of the list of trainees and how they are painted: hit, phases, days, next step, consent."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from coachdesk.domain import letters
from coachdesk.domain.trainee_sheets import TraineeRow
from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.ui import icons, theme
from coachdesk.ui.columns import Column
from coachdesk.ui.cutting import cut_name
from coachdesk.ui.trainees import wording

Index = QModelIndex | QPersistentModelIndex
NAME, PHASES, DAYS, STEP, CONSENT = range(5)
ROW = 48
FAR = date.max


def columns(today: Callable[[], date]) -> tuple[Column, ...]:
    """The five columns; sorting by consent puts what is missing first, then what ends soon."""
    return (
        Column(
            title=N_("Name"),
            text=lambda row: row.name,
            tip=lambda row: row.name,
            sort=lambda row: row.order,
            width=0,
        ),
        Column(title=N_("Phases"), text=lambda row: "", spoken=say_phases, width=131),
        Column(
            title=N_("Days in phase"),
            text=say_days,
            sort=lambda row: -1 if row.days is None else row.days,
            width=134,
        ),
        Column(
            title=N_("Next step"),
            text=lambda row: row.step,
            tip=lambda row: row.step,
            spoken=lambda row: " ".join(step_lines(row, today())[:2]),
            sort=lambda row: row.due or FAR,
            width=172,
        ),
        Column(
            title=N_("Consent"),
            text=lambda row: consent_state(row, today())[0],
            sort=lambda row: consent_order(row),
            width=172,
        ),
    )


def say_phases(row: TraineeRow) -> str:
    """The phases in words, for readers."""
    found = ", ".join(str(at + 1) for at, letter in enumerate(row.phases) if letter == "o")
    return current().fill(N_("open phases: {phases}"), phases=found) if found else _("no open phase")


def hits_seen(typed: str, name: str, shown: str) -> list[tuple[int, int]]:
    """Where what is typed stands in a name, as far as the name is shown before it is cut."""
    end = len(name) if shown == name else shown.find("…")
    return [(start, length) for start, length in letters.spans(typed, name) if start + length <= end]


def say_days(row: TraineeRow) -> str:
    """Days in the furthest open phase."""
    if row.days is None:
        return "–"
    return ngettext("{count} d", "{count} d", row.days).format(count=row.days)


def step_lines(row: TraineeRow, today: date) -> tuple[str, str, bool]:
    """The next step, its day, and whether it is late; or how the service ended."""
    if row.ended is not None:
        return ended_words(row), "", False
    if not row.step:
        return "", "", False
    if row.due is None:
        return row.step, "", False
    late = wording.late_by(row.due, today)
    return row.step, late or wording.near_day(row.due, today), bool(late)


def ended_words(row: TraineeRow) -> str:
    """When the service ended and how."""
    assert row.ended is not None
    if row.outcome.startswith("end:"):
        how = wording.name_of("end_reasons", row.outcome.removeprefix("end:"))
    else:
        how = wording.name_of("outcomes", row.outcome)
    if not how:
        return current().fill(N_("Ended {day}"), day=row.ended)
    return current().fill(N_("Ended {day}, {how}"), day=row.ended, how=how)


def consent_state(row: TraineeRow, today: date) -> tuple[str, str, str]:
    """Words, kind and picture of the consent chip."""
    if row.ended is not None:
        return _("Ended"), "neutral", "archive"
    if row.consent_to is None:
        return _("Missing"), "danger", "alert-circle"
    if wording.consent_soon(row.consent_to, today):
        days = (row.consent_to - today).days
        return ngettext("Ends in {count} d", "Ends in {count} d", days).format(count=days), "warn", "clock"
    day = current().short_day(row.consent_to)
    if row.consent_to.year > today.year + 1:
        day = current().day(row.consent_to)
    return current().fill(N_("In force to {day}"), day=day), "ok", "circle-check"


def consent_order(row: TraineeRow) -> tuple[int, date, int]:
    """Missing first, then by the last day; ended ones at the end."""
    if row.ended is not None:
        return 2, FAR, row.order
    return (1, row.consent_to, row.order) if row.consent_to else (0, date.min, row.order)


class TraineeDelegate(QStyledItemDelegate):
    """Paints a row; ``typed`` is what is looked for, to mark it in the name."""

    def __init__(self, view: QTableView, today: Callable[[], date]) -> None:
        super().__init__(view)
        self.typed = ""
        self._today = today
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.model().row(index)  # type: ignore[attr-defined]
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect
        chosen = self._view.currentIndex().row() == index.row()
        if chosen:
            painter.fillRect(rect, theme.colour("soft"))
            if index.column() == NAME:
                painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), theme.colour("primary"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line"))
        inner = rect.adjusted(12 if index.column() == NAME else 8, 0, -6, 0)
        column = index.column()
        if column == NAME:
            self._name(painter, inner, row)
        elif column == PHASES:
            paint_phases(painter, inner, row.phases)
        elif column == DAYS:
            self._days(painter, inner, row)
        elif column == STEP:
            self._step(painter, inner, row)
        else:
            paint_chip(painter, inner, *consent_state(row, self._today()))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(10, theme.px(ROW))

    def _name(self, painter: QPainter, rect: QRect, row: TraineeRow) -> None:
        font = theme.font("body", bold=True)
        measure = QFontMetrics(font)
        painter.setFont(font)
        text = cut_name(row.name, measure, rect.width())
        if self.typed:
            for start, length in hits_seen(self.typed, row.name, text):
                left = rect.left() + measure.horizontalAdvance(row.name[:start])
                width = measure.horizontalAdvance(row.name[start : start + length])
                middle = rect.center().y()
                high = measure.height()
                painter.fillRect(QRect(left, middle - high // 2, width, high), theme.colour("warnbg"))
                painter.fillRect(QRect(left, middle + high // 2, width, 2), theme.colour("text"))
        painter.setPen(theme.colour("text"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, text)

    def _days(self, painter: QPainter, rect: QRect, row: TraineeRow) -> None:
        if row.over:
            paint_chip(painter, rect, say_days(row), "warn", "alert-triangle")
            return
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, say_days(row))

    def _step(self, painter: QPainter, rect: QRect, row: TraineeRow) -> None:
        first, second, late = step_lines(row, self._today())
        body = theme.metrics("body")
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text"))
        first = body.elidedText(first, Qt.TextElideMode.ElideRight, rect.width())
        if not second:
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, first)
            return
        small = theme.metrics("secondary")
        top = rect.center().y() - (body.height() + small.height()) // 2 + 1
        painter.drawText(QRect(rect.left(), top, rect.width(), body.height()), 0, first)
        painter.setFont(theme.font("secondary", bold=late))
        painter.setPen(theme.colour("danger" if late else "text2"))
        painter.drawText(QRect(rect.left(), top + body.height() - 1, rect.width(), small.height()), 0, second)


def paint_phases(painter: QPainter, rect: QRect, states: str) -> None:
    """Five small boxes: done is soft, open is filled, not started is an outline; the number in each."""
    side, gap = theme.px(19), theme.px(4)
    painter.setFont(theme.font("key", bold=False))
    top = rect.center().y() - side // 2
    for at, state in enumerate(states):
        box = QRectF(rect.left() + at * (side + gap) + 0.5, top + 0.5, side - 1, side - 1)
        fill = {"o": "primary", "d": "soft"}.get(state, "surface")
        painter.setBrush(theme.colour(fill))
        edge = {"n": "line", "d": "primary"}.get(state, fill)  # done is seen on a selected row too
        painter.setPen(theme.colour(edge))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(theme.colour({"o": "onprimary", "d": "primary"}.get(state, "text2")))
        painter.setFont(theme.font("key", bold=state == "o"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(at + 1))


def paint_chip(painter: QPainter, rect: QRect, text: str, kind: str, picture: str) -> None:
    """A chip as ``Chip`` looks: colour, picture and word."""
    metrics = theme.metrics("secondary")
    size, high = theme.px(16), theme.px(24)
    words = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() - size - 22)
    width = metrics.horizontalAdvance(words) + size + 21
    top = rect.center().y() - high // 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(f"{kind}bg"))
    painter.drawRoundedRect(QRectF(rect.left(), top, width, high), 4, 4)
    painter.drawPixmap(rect.left() + 8, top + (high - size) // 2, icons.pixmap(picture, size, kind))
    painter.setFont(theme.font("secondary"))
    painter.setPen(theme.colour(kind))
    painter.drawText(QRect(rect.left() + size + 13, top, width, high), Qt.AlignmentFlag.AlignVCenter, words)
