"""Attendance: the month of a workshop or a group, marked by the keyboard (pictures 06 and 13)."""

from datetime import date
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from coachdesk.domain.attendance_sheet import AttendanceSheet
from coachdesk.domain.days import months_on
from coachdesk.domain.workshop import Group, Workshop
from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.ui.attendance.board import Board, Place
from coachdesk.ui.attendance.grid_menu import grid_menu
from coachdesk.ui.attendance.lines import month_lines
from coachdesk.ui.attendance.not_held import NotHeldTeller
from coachdesk.ui.attendance.pane import GridPane
from coachdesk.ui.day_edit import ChoiceBox
from coachdesk.ui.flow import FlowLayout
from coachdesk.ui.screen import Screen
from coachdesk.ui.whose import WhoseBox
from coachdesk.ui.widgets.buttons import Button, ToolButton
from coachdesk.ui.widgets.empty import EmptyState
from coachdesk.ui.widgets.segmented import Segmented

BACK, AHEAD = 24, 6  # months in the list, before and after today's
ALL = "all"


class AttendanceScreen(Screen):
    """The month grid with its toolbar."""

    keys = (
        (N_("Letter or digit"), N_("mark and go on")),
        (N_("Shift+letter"), N_("the same for all planned and unmarked")),
        (N_("Space"), N_("repeat the last mark, fill what is chosen")),
        (N_("Shift+Space"), N_("fill down to all planned and unmarked below")),
        (N_("Backspace, Delete"), N_("clear the mark")),
        ("+  -", N_("half an hour more or less")),
        ("F2", N_("exact hours and a word")),
        (N_("Enter"), N_("open the day of this person")),
        (N_("Shift+arrows"), N_("choose several")),
        ("Ctrl+0", N_("the whole day is not held")),
        ("Ctrl+Home", N_("today, first unmarked")),
        ("Ctrl+D", N_("by day or by person")),
        ("Ctrl+Shift+H", N_("present and absent only")),
        (N_("Ctrl+PgUp, Ctrl+PgDn"), N_("former and next month")),
    )

    def build(self) -> None:
        self.month = self.shell.clock.today().replace(day=1)
        self.workshops: tuple[Workshop, ...] = ()
        self.groups: tuple[Group, ...] = ()
        self.sheet: AttendanceSheet | None = None
        self.pane = GridPane(self.shell)
        self.view = self.pane.view
        self.pane.asked.connect(self.do)
        self.teller = NotHeldTeller(self)
        self.none = EmptyState("calendar-check", button=True, picture="users")
        self.none.asked.connect(lambda: self.shell.go("trainees"))
        self.none.hide()
        self._asked = 0
        self._toolbar()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(9)
        box.addLayout(self.toolbar)
        box.addWidget(self.pane, 1)
        box.addWidget(self.none, 1)
        self.shell.settings_changed.connect(self._take_settings)

    def _toolbar(self) -> None:
        self.former, self.following = ToolButton("arrow-left"), ToolButton("arrow-right")
        self.months, self.places = ChoiceBox(), ChoiceBox()
        self.direction = Segmented(("day", "person"), {"day": "chevron-down", "person": "chevron-right"})
        self.not_held = Button(icon="calendar-off")
        self.more = Button()
        self.lists = Button(icon="printer")
        self.former.clicked.connect(lambda: self.show_month(months_on(self.month, -1)))
        self.following.clicked.connect(lambda: self.show_month(months_on(self.month, 1)))
        self.months.chosen.connect(lambda key: self.show_month(date.fromisoformat(key)))
        self.places.chosen.connect(lambda _key: self.refresh())
        self.direction.picked.connect(lambda key: self.shell.change_settings(grid_by_person=key == "person"))
        self.not_held.clicked.connect(lambda: self.do("not_held"))
        self.more.clicked.connect(self.open_more)
        self.lists.clicked.connect(self.open_lists)
        self.months.setMinimumContentsLength(12)
        self.places.setMinimumContentsLength(11)
        self.whose = WhoseBox(self.shell, self, together=True)
        self.whose.turned.connect(self.refresh)
        self.toolbar = FlowLayout()
        for part in (
            self.former, self.months, self.following, self.places, self.whose, self.direction,
            self.not_held, self.more,
        ):  # fmt: skip
            self.toolbar.addWidget(part)
        self.toolbar.add_right(self.lists)
        self._take_settings()

    # the frame's

    def title(self) -> str:
        return _("Attendance")

    def subtitle(self) -> str:
        count = self.sheet.trainees if self.sheet else 0
        return ngettext("{count} trainee", "{count} trainees", count).format(count=count) if count else ""

    def retranslate(self) -> None:
        super().retranslate()
        self.former.set_words(_("Former month"), "Ctrl+PgUp")
        self.following.set_words(_("Next month"), "Ctrl+PgDown")
        self.months.setAccessibleName(_("Month"))
        self.places.setAccessibleName(_("Workshop or group"))
        self.whose.retranslate()
        self.direction.set_words({"day": _("Day"), "person": _("Person")})
        self.not_held.setText(_("Not held…"))
        self.more.setText(_("More…"))
        self.lists.setText(_("Notices and lists"))
        self.none.set_words(
            _("Nobody has a period here this month."),
            _("Begin a period on a trainee's page."),
            _("Open trainees"),
        )
        self._fill_months()
        self._fill_places()
        self.pane.retranslate()

    def refresh(self) -> None:
        """Open the month anew; the cursor stays where it was, or goes to today's first unmarked."""
        self._load(self._here())

    def first_focus(self) -> QWidget:
        return self.none.button if self.pane.isHidden() else self.view

    def arrive(self, hint: Any) -> None:
        """A hint is a day, or a day and a trainee, to put the cursor on; or the word ``reports``."""
        if hint == "reports":
            QTimer.singleShot(0, self, self.open_reports)
            return
        day, trainee_id = hint if isinstance(hint, tuple) else (hint, None)
        if isinstance(day, date):
            self.month = day.replace(day=1)
            self._choose_month()
            self._hint = (trainee_id, day)

    def leave(self) -> None:
        self.pane.leave()

    def find(self) -> None:  # type: ignore[override]
        self.pane.do("find")

    def print_(self) -> None:
        from coachdesk.ui.attendance.reports import print_month_list

        print_month_list(self)

    def fit(self, size_class: str) -> None:
        self.pane.fit(size_class)

    # what is asked

    def show_month(self, month: date) -> None:
        """Open another month."""
        self.month = month.replace(day=1)
        self._choose_month()
        self._load(None)

    def do(self, what: str) -> None:
        """Do what the grid leaves to the screen."""
        match what:
            case "today":
                self._go_today()
            case "next_month":
                self.show_month(months_on(self.month, 1))
            case "former_month":
                self.show_month(months_on(self.month, -1))
            case "not_held":
                self.teller.ask()

    @property
    def chosen_place(self) -> tuple[int | None, int | None]:
        """The workshop and the group chosen; None for all."""
        kind, _colon, number = self.places.key.partition(":")
        if kind == "group":
            group = next(one for one in self.groups if one.id == int(number))
            return group.workshop_id, group.id
        return (int(number), None) if kind == "workshop" else (None, None)

    def open_more(self) -> None:
        """The menu of all that the keys do."""
        grid_menu(self.pane).popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def open_reports(self) -> None:
        """The absence reports of two weeks."""
        from coachdesk.ui.attendance.reports import open_reports

        open_reports(self)

    def open_lists(self) -> None:
        """The menu of notices and lists."""
        from coachdesk.ui.attendance.reports import lists_menu

        lists_menu(self).popup(self.lists.mapToGlobal(QPoint(0, self.lists.height())))

    # loading and showing

    _hint: tuple[int | None, date] | None = None

    def _load(self, keep: tuple[int, date] | None) -> None:
        self._asked += 1
        asked, desk, month = self._asked, self.shell.desk, self.month
        workshop_id, group_id = self.chosen_place
        self.view.await_board()

        wish = self.whose.wish

        def work() -> tuple[Any, ...]:
            from coachdesk.services import attendance, whose

            shown = whose.of(desk, wish, together=True)
            return shown, *attendance.opened(desk, month, workshop_id, group_id, others=shown.others)

        def show(found: tuple[Any, ...]) -> None:
            if asked == self._asked:
                shown, *opened = found
                self.whose.show_key(shown.key, shared=shown.shared)
                self.show_sheet(*opened, keep=keep)

        def failed(problem: Exception) -> None:
            self.view.ready()
            self.shell.notices.show(problem)

        self.shell.jobs.run(work, then=show, failed=failed, owner=self)

    def show_sheet(
        self,
        sheet: AttendanceSheet,
        workshops: tuple[Workshop, ...] = (),
        groups: tuple[Group, ...] = (),
        *,
        keep: tuple[int, date] | None = None,
    ) -> None:
        """Show an opened month and put the cursor."""
        self.sheet = sheet
        if (workshops, groups) != (self.workshops, self.groups):
            self.workshops, self.groups = workshops, groups
            self._fill_places()
        self.pane.show_board(
            Board(
                sheet,
                month_lines(sheet),
                self.shell.clock.today(),
                language=current().language,
                quiet=self.shell.settings.quiet_grid,
            )
        )
        if self.pane.isHidden() == bool(sheet.rows):
            focused = QApplication.focusWidget()
            self.none.setVisible(not sheet.rows)
            self.pane.setVisible(bool(sheet.rows))
            if focused is not None and not focused.isVisible() and self.isAncestorOf(focused):
                self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        for part in (self.direction, self.not_held, self.more):
            part.setEnabled(bool(sheet.rows))  # without people there is nothing that they could do
        self.view.go_to(self._start(keep))
        self.view.ready()
        self.shell.titled.emit()

    def _start(self, keep: tuple[int, date] | None) -> Place | None:
        board, hint, self._hint = self.pane.board, self._hint, None
        if hint is not None:
            trainee_id, day = hint
            column = board.column_of(day)
            lines = [at for at, line in enumerate(board.lines) if line.row.trainee_id == trainee_id]
            if column is not None and lines:
                return lines[0], column
            return board.first_unmarked(day)
        kept = board.place_of(*keep) if keep else None
        return kept or board.first_unmarked(self.shell.clock.today()) or board.first_planned()

    def _here(self) -> tuple[int, date] | None:
        """The period and day that the cursor is on, unless it only stands where it began."""
        here = self.view.here
        day = self.pane.board.day(here) if here else None
        return (self.pane.board.lines[here[0]].row.period_id, day) if here and day else None

    def _go_today(self) -> None:
        today = self.shell.clock.today()
        self.view.setFocus()
        if self.month != today.replace(day=1):
            self._hint = (None, today)
            self.show_month(today)
        else:
            self.view.go_to(self.pane.board.first_unmarked(today))

    def _choose_month(self) -> None:
        if self.months.findData(self.month.isoformat()) < 0:
            self._fill_months()
        self.months.choose(self.month.isoformat())

    def _fill_months(self) -> None:
        today = self.shell.clock.today().replace(day=1)
        found = {months_on(today, n) for n in range(-BACK, AHEAD + 1)} | {self.month}
        self.months.fill([(day.isoformat(), current().month(day)) for day in sorted(found)])
        self.months.choose(self.month.isoformat())

    def _fill_places(self) -> None:
        choices = [(ALL, _("All workshops"))]
        for one in self.workshops:
            choices.append((f"workshop:{one.id}", one.name(current().language)))
            choices += [(f"group:{g.id}", f"   {g.name}") for g in self.groups if g.workshop_id == one.id]
        self.places.fill(choices)
        if self.places.currentIndex() < 0:
            self.places.choose(ALL)

    def _take_settings(self) -> None:
        self.direction.choose("person" if self.shell.settings.grid_by_person else "day")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.view.command(event):
            super().keyPressEvent(event)
