"""All plans of a trainee: which is valid today stands first, then the table of every plan."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from coachdesk.domain.plan_content import writable_kinds
from coachdesk.domain.plan_sheet import PlanRow, PlansSheet
from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.ui import theme
from coachdesk.ui.columns import Column, ColumnModel, column, table_of
from coachdesk.ui.day_edit import upper
from coachdesk.ui.flow import FlowLayout
from coachdesk.ui.plans.words import approval, called, kind_name, standing, version_state, version_words
from coachdesk.ui.screen import Spoken
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.empty import EmptyState
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.pictures import Chip
from coachdesk.ui.widgets.words import label

LARGE = 1.3  # text from which a narrow window has room for two columns


class ValidLine(QWidget):
    """A plan that is valid today, or that there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.chip = Chip()
        self.name, self.more = label("", "strong", wrap=True), label("", "secondary", wrap=True)
        self.more.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = row_of(self.chip, self.name, self.more)
        row.setStretch(1, 3)
        row.setStretch(2, 2)
        self.setLayout(row)

    def show_row(self, row: PlanRow | None, today: date, *, late: bool) -> None:
        """Show a valid plan; without one, ``late`` tells whether one should be there."""
        if row is None:
            self.chip.set_state(_("No valid plan"), "warn" if late else "neutral")
            self.name.setText("")
            self.more.setText("")
            return
        words, more = current(), []
        if row.signed:
            more.append(version_words(row.signed))
        if row.plan.valid_to:
            more.append(words.fill("in force until {day}", day=row.plan.valid_to))
        more += [_review(row, today), approval(row)]
        self.chip.set_state(_("Valid"), "ok")
        self.name.setText(called(row.plan, today))
        self.more.setText(" · ".join(filter(None, more)))


class PlansPage(QWidget, Spoken):
    """The list; what is asked of a plan is told to the tab."""

    begun = Signal(str)  # kind
    opened = Signal(object)  # PlanRow
    asked = Signal(str, object)  # others, find, replaces, end, paper, remove: with the row

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today
        self.sheet: PlansSheet | None = None
        self._build()
        self.retranslate()

    def _build(self) -> None:
        self.valid = Card()
        self.valid_rows = QVBoxLayout()
        self._valid: list[ValidLine] = []
        self.valid.body.addLayout(self.valid_rows)
        self.waiting = label("", "secondary", wrap=True)
        self.valid.add(self.waiting)
        self.several = Notice("warn")
        self.begin, self.others = Button(kind="primary", icon="plus"), Button(icon="file-text")
        self.seek = Button(icon="scan")
        self.seek.clicked.connect(lambda: self.asked.emit("find", None))
        self.begin.clicked.connect(self.choose_kind)
        self.model = ColumnModel(self._columns())
        self.table = table_of(self.model, row_height=44)
        self.table.activated.connect(lambda _index: self._open())
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.open_button = Button(key="Enter")
        self.replaces, self.paper = Button(icon="copy"), Button(icon="printer")
        self.end = Button(icon="calendar-off")
        self.end.clicked.connect(lambda: self.asked.emit("end", self.row))
        self.remove = Button(icon="trash")
        self.remove.clicked.connect(lambda: self.asked.emit("remove", self.row))
        self.open_button.clicked.connect(self._open)
        self.others.clicked.connect(lambda: self.asked.emit("others", None))
        self.replaces.clicked.connect(lambda: self.asked.emit("replaces", self.row))
        self.paper.clicked.connect(lambda: self.asked.emit("paper", self.row))
        listed, foot = QWidget(), FlowLayout()
        for button in (self.open_button, self.replaces, self.end, self.paper):
            foot.addWidget(button)
        foot.add_right(self.remove)
        listed.setLayout(column_of(self.table, foot, spacing=8))
        self.empty = EmptyState("file-text")
        self.stack = QStackedWidget()
        self.stack.addWidget(listed)
        self.stack.addWidget(self.empty)
        top = FlowLayout(spacing=8)
        top.addWidget(self.begin)
        top.addWidget(self.others)
        top.add_right(self.seek)
        whole = column_of(self.valid, self.several, top, self.stack, spacing=10)
        whole.setStretch(3, 1)
        self.setLayout(whole)

    def fit(self, size_class: str) -> None:
        """Without room the plan and how it stands today remain."""
        for at in (2, 3, 4):
            self.table.setColumnHidden(at, size_class == "narrow" or (size_class == "medium" and at == 3))
        self.table.setColumnHidden(1, size_class == "narrow" and theme.look()[1] > LARGE)
        self.table.setMinimumHeight(0 if size_class == "wide" else theme.px(220))

    @property
    def row(self) -> PlanRow | None:
        """The plan chosen."""
        found: PlanRow | None = self.model.row(self.table.currentIndex())
        return found

    def show_sheet(self, sheet: PlansSheet) -> None:
        """Show the plans of a trainee; the one chosen stays chosen."""
        kept = self.row.plan.id if self.row else None
        self.sheet = sheet
        self.model.show_rows(sheet.rows)
        self.stack.setCurrentIndex(0 if sheet.rows else 1)
        at = self.model.place_of(lambda row: row.plan.id == kept)
        if sheet.rows:
            self.table.setCurrentIndex(self.model.index(max(at, 0), 0))
        self._show_valid()
        self._chosen()

    def retranslate(self) -> None:
        """Set the words."""
        self.speak()
        self.begin.setText(_("New plan"))
        self.others.setText(_("Record another's plan…"))
        self.open_button.setText(_("Open"))
        self.seek.setText(_("Find a paper…"))
        self.replaces.setText(_("Replaces…"))
        self.end.setText(_("Ends…"))
        self.paper.setText(_("Sheet for its maker…"))
        self.remove.setText(_("Remove…"))
        self.table.setAccessibleName(_("Plans of the trainee"))
        self.several.set_text(
            _("More than one plan is valid. Say which replaces which, so that all follow the same one.")
        )
        self.empty.set_words(
            _("No plans yet."),
            _("Most plans are made by others: record them here, or write one of our own."),
        )
        self.model.retranslate()
        if self.sheet is not None:
            self._show_valid()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "stack"):
            self.retranslate()
        super().changeEvent(event)

    def _columns(self) -> tuple[Column, ...]:
        words = current
        return (
            column(N_("Plan"), _name(self.today), width=0, bold=True, tip=_name(self.today)),
            column(
                N_("Number or maker"), lambda row: row.plan.number or row.plan.maker, width=204, tip=_maker
            ),
            column(N_("Made"), lambda row: words().day(row.plan.made), width=94),
            column(N_("Review"), lambda row: words().day(row.plan.review), width=104),
            column(N_("Version"), _version, width=190, tip=_version_told),
            column(N_("Today"), lambda row: standing(row, self.today), width=190, tip=_standing(self.today)),
        )

    def _show_valid(self) -> None:
        assert self.sheet is not None
        self.valid.set_title(_("Valid today"))
        while len(self._valid) < max(1, len(self.sheet.valid)):
            self._valid.append(ValidLine())
            self.valid_rows.addWidget(self._valid[-1])
        for at, line in enumerate(self._valid):
            row = self.sheet.valid[at] if at < len(self.sheet.valid) else None
            line.show_row(row, self.today, late=self.sheet.late)
            line.setVisible(row is not None or at == 0)
        self.several.setVisible(len(self.sheet.valid) > 1)
        self.waiting.setText(self._days())
        self.waiting.setVisible(bool(self.waiting.text()))

    def _days(self) -> str:
        """First contact to plan, against three months."""
        assert self.sheet is not None
        sheet, words = self.sheet, current()
        if sheet.first_contact is None:
            return ""
        if sheet.days is not None and sheet.days < 0:
            return words.fill(
                "The first plan was made before the first contact ({day}).", day=sheet.first_contact
            )
        if sheet.days is not None and sheet.late:
            return ngettext(
                "From first contact to plan {days} day, later than three months.",
                "From first contact to plan {days} days, later than three months.",
                sheet.days,
            ).format(days=sheet.days)
        if sheet.days is not None:
            return ngettext(
                "From first contact to plan {days} day, within three months.",
                "From first contact to plan {days} days, within three months.",
                sheet.days,
            ).format(days=sheet.days)
        if sheet.late:
            message = N_("First contact {day}. A plan should have been made by {due}.")
            return words.fill(message, day=sheet.first_contact, due=sheet.due)
        return words.fill(
            "First contact {day}. A plan is due by {due}.", day=sheet.first_contact, due=sheet.due
        )

    def choose_kind(self) -> None:
        """Show the kinds of plan that are written here."""
        menu = self.kinds()
        menu.popup(self.begin.mapToGlobal(QPoint(0, self.begin.height() + 2)))

    def kinds(self) -> QMenu:
        """The menu of kinds that are written here."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for code in writable_kinds(self.today):
            menu.addAction(upper(code.name(current().language))).triggered.connect(
                lambda _checked=False, kind=code.key: self.begun.emit(kind)
            )
        return menu

    def _chosen(self, *_where: QModelIndex) -> None:
        row = self.row
        newest = row.newest if row is not None else None
        others = row is not None and not row.plan.ours
        begun = newest is not None and newest.version == 1 and newest.open and not newest.printed
        self.open_button.setEnabled(row is not None)
        self.replaces.setEnabled(others or (newest is not None and newest.open))
        self.end.setEnabled(row is not None and row.plan.begins is not None)
        self.paper.setEnabled(others)
        self.remove.setEnabled(others or begun)

    def _open(self) -> None:
        if self.row is not None:
            self.opened.emit(self.row)


def _review(row: PlanRow, today: date) -> str:
    """When the plan is assessed, that it should have been, or that nobody has said when."""
    if row.plan.review is None:
        return _("no day of review")
    message = N_("review was due {day}") if row.plan.review < today else N_("review {day}")
    return current().fill(message, day=row.plan.review)


def _version(row: PlanRow) -> str:
    if not row.plan.ours:
        return _("made by others")
    return version_state(row.newest) if row.newest else ""


def _version_told(row: PlanRow) -> str:
    return version_words(row.newest) if row.newest else _version(row)


def _name(today: date) -> Callable[[PlanRow], str]:
    return lambda row: kind_name(row.plan, today)


def _maker(row: PlanRow) -> str:
    return row.plan.number or row.plan.maker


def _standing(today: date) -> Callable[[PlanRow], str]:
    return lambda row: standing(row, today)
