"""What asks for attention: a chip, a name, a line; each opens the place where it can be settled."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem

from coachdesk.domain.codes import codes
from coachdesk.domain.phases import PHASE_NAMES
from coachdesk.domain.today import Attention
from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.ui import icons, theme
from coachdesk.ui.columns import ColumnModel, column
from coachdesk.ui.trainees.columns import paint_chip

ROW = 51
CHIP = 142
Index = QModelIndex | QPersistentModelIndex


def chip_words(one: Attention) -> str:
    """How late, how many or how soon."""
    match one.kind:
        case "step_late":
            return ngettext("Late {count} d", "Late {count} d", one.days).format(count=one.days)
        case "follow_up" if one.days:
            return ngettext("Late {count} d", "Late {count} d", one.days).format(count=one.days)
        case "follow_up":
            return _("Today")
        case "outcome_untold" if one.days:
            return ngettext("{count} d ago", "{count} d ago", one.days).format(count=one.days)
        case "outcome_untold":
            return _("Today")
        case "unexplained":
            return ngettext("{count} day", "{count} days", one.days).format(count=one.days)
        case "request_due" if one.days < 0:
            return ngettext("Late {count} d", "Late {count} d", -one.days).format(count=-one.days)
        case "gone_again":
            return _("Remove again")
        case "reports_due":
            return current().fill(N_("until {day}"), day=current().short_day(one.dates[-1]))
    if one.kind == "norm_passed":
        return current().fill(N_("{days} d / {norm}"), days=one.days, norm=one.norm)
    return ngettext("{count} d", "{count} d", one.days).format(count=one.days)


def line_words(one: Attention) -> str:
    """What it is about."""
    words = current()
    days = ", ".join(words.short_day(day) for day in one.dates[-3:])
    match one.kind:
        case "step_late":
            return words.fill(N_("Agreed for {day}: {step}"), step=one.text, day=days)
        case "follow_up":
            return words.fill(N_("To follow up {day}"), day=days)
        case "unexplained":
            return words.fill(N_("Absence not explained {days}"), days=days)
        case "outcome_untold":
            what = codes("appointment_kinds").name(one.text, words.language)
            return words.fill(N_("How did it go: {what} {day}"), what=what, day=days)
        case "request_due":
            what = codes("request_kinds").name(one.text, words.language)
            return words.fill(N_("Answer by {day}: {what}"), what=what, day=days)
        case "reports_due":
            return _("Absence reports to the payers")
        case "sheet_due" if one.dates:
            return words.fill(N_("Proved {day}: type it back once a year"), day=words.day(one.dates[0]))
        case "sheet_due":
            return _("It has not been typed back yet")
        case "gone_again":
            return _("Removed before; an older backup brought them back")
        case "consent_ends":
            return words.fill(N_("Consent ends {day}"), day=days)
        case "decision_ends":
            return words.fill(N_("Decision or period ends {day}"), day=days)
    return words.fill(N_("{phase} is over the norm"), phase=_(PHASE_NAMES[int(one.text)]))


def name_words(one: Attention) -> str:
    """Whom it is about: a name, or how many."""
    if one.kind == "sheet_due":
        return _("Recovery sheet")
    if one.kind in ("reports_due", "gone_again"):
        return ngettext("{count} person", "{count} people", one.days).format(count=one.days)
    return one.name


def spoken(one: Attention) -> str:
    """The whole row for a screen reader."""
    return f"{name_words(one)}, {line_words(one)}, {chip_words(one)}"


class AttentionList(QListView):
    """One tab stop; Enter or a click opens."""

    opened = Signal(object)  # Attention

    def __init__(self) -> None:
        super().__init__()
        self.rows = ColumnModel((column("", name_words, spoken=spoken, tip=spoken),))
        self.setModel(self.rows)
        self.setProperty("inside", True)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_Delegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if (one := self.rows.row(index)) is not None:
            self.opened.emit(one)


class _Delegate(QStyledItemDelegate):
    """Chip, two lines, an arrow."""

    def __init__(self, view: AttentionList) -> None:
        super().__init__(view)
        self.view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one: Attention = index.model().row(index)  # type: ignore[attr-defined]
        rect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.view.currentIndex() == index and self.view.hasFocus():
            painter.fillRect(rect, theme.colour("soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), theme.colour("primary"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line"))
        kind, picture = ("danger", "alert-circle") if one.urgent else ("warn", "clock")
        chip = QRect(rect.left() + 10, rect.top(), theme.px(CHIP), rect.height())
        paint_chip(painter, chip, chip_words(one), kind, picture)
        self._lines(painter, rect.adjusted(theme.px(CHIP) + 20, 0, -36, 0), one)
        size = theme.px(18)
        arrow = icons.pixmap("chevron-right", size, "text")
        painter.drawPixmap(rect.right() - size - 10, rect.center().y() - size // 2, arrow)
        painter.restore()

    def _lines(self, painter: QPainter, rect: QRect, one: Attention) -> None:
        body, small = theme.metrics("body", bold=True), theme.metrics("secondary")
        top = rect.center().y() - (body.height() + small.height()) // 2
        right = Qt.TextElideMode.ElideRight
        painter.setFont(theme.font("body", bold=True))
        painter.setPen(theme.colour("text"))
        name = body.elidedText(name_words(one), right, rect.width())
        painter.drawText(QRect(rect.left(), top, rect.width(), body.height()), 0, name)
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.colour("text2"))
        line = small.elidedText(line_words(one), right, rect.width())
        painter.drawText(QRect(rect.left(), top + body.height(), rect.width(), small.height()), 0, line)
