"""The grid with all that belongs to it: day panel, legend, cursor line, warnings, what is not saved."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QScrollArea, QWidget

from coachdesk.domain.attendance import DayRecorded
from coachdesk.domain.attendance_limits import DayCaution
from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.ui import theme
from coachdesk.ui.attendance import spoken
from coachdesk.ui.attendance.board import Board, Place
from coachdesk.ui.attendance.day_panel import DayPanel
from coachdesk.ui.attendance.find_field import FindField
from coachdesk.ui.attendance.grid import Grid
from coachdesk.ui.attendance.grid_menu import grid_menu
from coachdesk.ui.attendance.legend import ChipButton, Legend
from coachdesk.ui.attendance.marker import Marker
from coachdesk.ui.attendance.reason_list import ReasonList
from coachdesk.ui.flow import FlowLayout
from coachdesk.ui.keynames import spoken_key
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.words import label

MOST_CHIPS = 2
ROOM_ROUND = 60  # seen above and below the line of the cursor
LEAST_HEIGHT = 520  # of the window, below which the legend gives way


class GridPane(QWidget):
    """One grid in the window; the screen or tab that has it loads its board."""

    asked = Signal(str)  # what only the screen can do: not_held today next_month former_month

    def __init__(
        self,
        shell: Shell,
        *,
        foot: bool = True,
        name_title: str = N_("Trainee"),
        by_person: bool | None = None,
    ) -> None:
        super().__init__()
        self.shell = shell
        self._by_person = by_person  # None: as the settings say
        self.grid = Grid(foot=foot)
        self.view = self.grid.view
        self.view.model_.name_title = name_title
        self.marker = Marker(shell, self.view)
        self.panel = DayPanel(self.shell, self.marker)
        self.panel.hide()
        self.legend = Legend()
        self.finder = FindField(self.grid)
        self._told: object = None
        self._found: list[tuple[Place, DayCaution]] = []
        self._wide, self._narrow = True, False
        self._build()
        self.view.asked.connect(self.do)
        self.view.moved.connect(lambda _place: self._tell_cursor())
        self.marker.changed.connect(self._tell_cautions)
        self.marker.reason_wanted.connect(self._ask_reason)
        self.marker.saver.state_changed.connect(self._tell_unsaved)
        self.panel.closed.connect(self.close_panel)
        self.finder.closed.connect(self.view.setFocus)
        shell.settings_changed.connect(self._take_settings)
        self._take_settings()

    @property
    def board(self) -> Board:
        """The board that is shown."""
        return self.view.model_.board

    def show_board(self, board: Board) -> None:
        """Show another month; marks that could not be saved are shown in it again."""
        self.grid.show_board(board)
        self.marker.overlay()
        self._tell_cautions()

    def do(self, what: str) -> None:
        """Do what a key, a button or the menu means."""
        match what:
            case "panel":
                self.open_panel()
            case "exact":
                self.open_panel()
                self.panel.focus_hours()
            case "direction" if self._by_person is None:
                self.shell.change_settings(grid_by_person=not self.marker.by_person)
            case "quiet":
                self.shell.change_settings(quiet_grid=not self.board.quiet)
            case "menu":
                grid_menu(self).popup(self._cursor_corner())
            case "find":
                self.finder.open()
            case _:
                self.asked.emit(what)

    def leave(self) -> None:
        """Before another page is shown or the desk is locked: nothing typed may be lost."""
        if self.view.loading:  # keys that wait for the month are marked first
            self.shell.jobs.drain()
        self.marker.saver.retry()

    def fit(self, size_class: str) -> None:
        """Lay out for the width of the window."""
        self.grid.fit_names(size_class == "narrow")
        self._wide, self._narrow = size_class == "wide", size_class == "narrow"
        self.left.setHidden(self._narrow and not self.panel.isHidden())
        self._show_hint()
        self._show_legend()

    def _show_legend(self) -> None:
        """In a small window its room belongs to the grid: the menu says each kind with its digit."""
        low = self.window().height() < theme.px(LEAST_HEIGHT)
        _show(self.legend, self.panel.isHidden() and not self._narrow and not low)

    def _show_hint(self) -> None:
        """The hint stands there only where it leaves room for what matters more."""
        parts = (self.line, self.hint, *self.chips, self.more)
        shown = [part for part in parts if part is self.hint or not part.isHidden()]
        room = sum(part.sizeHint().width() for part in shown) + 8 * (len(shown) - 1)
        _show(self.hint, self._wide and self.panel.isHidden() and room <= self.width())

    def open_panel(self) -> None:
        """Open the day of the person that the cursor is on."""
        if self.view.here is not None:
            self.panel.show()
            self._show_legend()
            self.left.setHidden(self._narrow)  # there is room for one of them only
            self._show_hint()
            self.panel.show_cell()
            self.panel.focus_kinds()

    def close_panel(self) -> None:
        """Back to the grid."""
        self.panel.hide()
        self._show_legend()
        self.left.show()
        self._show_hint()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_not_held(self, title: str, *, known: bool, taken: object) -> None:
        """Ask why a whole day is not held."""
        more = (("", _("It is held after all")),) if known else ()
        ReasonList(self.view, title, "not_held_reasons", taken, more=more).open_at(self._cursor_corner())  # type: ignore[arg-type]

    def retranslate(self) -> None:
        """Say all again in the screen's language."""
        self.view.setAccessibleName(_("Attendance"))
        self.grid.names.setAccessibleName(_("Names"))
        self.grid.retranslate()
        self.panel.retranslate()
        self.legend.show_kinds(quiet=self.board.quiet)
        self.finder.setPlaceholderText(_("Find a name"))
        self.finder.setAccessibleName(_("Find a name"))
        self._again.setText(_("Save again"))
        self._tell_cursor()
        self._tell_cautions()
        self._tell_unsaved()

    def _build(self) -> None:
        self.line = ChipButton("pencil", "text", "soft")
        self.line.clicked.connect(self.open_panel)
        self.hint = label("", "secondary")
        self.below = FlowLayout()
        self.chips = tuple(ChipButton("alert-triangle", "warn", "warnbg") for _at in range(MOST_CHIPS))
        self.more = Button()
        self.more.clicked.connect(self._cautions_menu)
        self.unsaved = Notice("danger")
        self.unsaved.hide()
        self._again = Button()
        self._again.clicked.connect(self.marker.saver.retry)
        self.unsaved.add_button(self._again)
        self.below.addWidget(self.line)
        self.below.addWidget(self.hint)
        for at, chip in enumerate(self.chips):
            chip.clicked.connect(lambda _on=False, at=at: self._go(self._found[at][0]))
            self.below.add_right(chip)
        self.below.add_right(self.more)
        for part in (self.line, self.hint, *self.chips, self.more):
            part.hide()
        left = column_of(self.unsaved, self.grid, self.legend, self.below, None)
        left.setStretch(1, 1000)  # the grid takes the room that its rows need, what follows stands under it
        self.left = QWidget()
        self.left.setLayout(left)
        whole = row_of(self.left, self.panel, spacing=12)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def _take_settings(self) -> None:
        settings = self.shell.settings
        self.marker.by_person = settings.grid_by_person if self._by_person is None else self._by_person
        if settings.quiet_grid != self.board.quiet:
            self.board.show_quiet(settings.quiet_grid)
            self.view.model_.repaint_all()
            self.legend.show_kinds(quiet=settings.quiet_grid)
        self.panel.show_cell()
        self._tell_cursor()

    def _bring_cursor(self) -> None:
        """Where the page itself scrolls, the line of the cursor is brought into view with it."""
        at: QWidget | None = self.parentWidget()
        while at is not None and not isinstance(at, QScrollArea):
            at = at.parentWidget()
        page = at.widget() if at is not None else None
        if at is not None and page is not None and self.view.here is not None and self.view.hasFocus():
            rect = self.view.visualRect(self.view.model_.index_of(self.view.here))
            place = self.view.viewport().mapTo(page, rect.center())
            at.ensureVisible(0, place.y(), 0, theme.px(ROOM_ROUND))

    def _tell_cursor(self) -> None:
        here = self.view.here
        if self._narrow:
            self._bring_cursor()
        words = spoken.line(self.board, here) if here else ""
        open_ = _("Open the day")
        self.line.tell("", words, f"{open_}: {words}")
        self.line.setToolTip(f"{open_}  {spoken_key('Enter')}")
        _show(self.line, bool(words))
        on = (
            N_("Archived: nothing is marked any more")
            if here and self.board.archived(here)
            else N_("A letter marks and goes right")
            if self.marker.by_person
            else N_("A letter marks and goes down")
        )
        self.hint.setText(_(on) if here else "")
        self._show_hint()

    def _tell_cautions(self) -> None:
        found = sorted(self.board.cautions(), key=lambda one: one[1].day, reverse=True)
        told = (current().language, tuple(found))
        if told == self._told:  # most marks change no warning, and a key press must not wait for widgets
            return
        self._told = told
        self._found = found
        for at, chip in enumerate(self.chips):
            _show(chip, at < len(found))
            if at < len(found):
                who, what = spoken.caution(self.board, *found[at])
                chip.tell(f"{who}: ", what)
        rest = len(found) - len(self.chips)
        _show(self.more, rest > 0)
        self.more.setText(f"+{current().count(rest)}")
        self.more.setAccessibleName(_("More warnings"))
        self.more.setToolTip(_("More warnings"))
        self._show_hint()

    def _cautions_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, caution in self._found[MOST_CHIPS : MOST_CHIPS + 20]:
            words = ": ".join(spoken.caution(self.board, place, caution))
            menu.addAction(words).triggered.connect(lambda _on=False, place=place: self._go(place))
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _go(self, place: Place) -> None:
        self.view.go_to(place)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_unsaved(self) -> None:
        count = len(self.marker.saver.failed)
        said = ngettext(
            "{count} mark is not saved yet. It stays here and is tried again with the next mark.",
            "{count} marks are not saved yet. They stay here and are tried again with the next mark.",
            count,
        )
        self.unsaved.set_text(said.format(count=count))
        self.unsaved.setVisible(bool(count))

    def _ask_reason(self, changes: Sequence[DayRecorded]) -> None:
        if self.board.quiet:
            return

        def taken(key: str) -> None:
            self.marker.set_reason(changes, key)

        asked = ReasonList(self.view, _("Reason (Enter skips)"), "absence_reasons", taken, at_once=True)
        asked.open_at(self._cursor_corner())

    def _cursor_corner(self) -> QPoint:
        here = self.view.here
        rect = self.view.visualRect(self.view.model_.index_of(here)) if here else self.view.rect()
        return self.view.viewport().mapToGlobal(rect.bottomRight())

    @property
    def has_whole_days(self) -> bool:
        """Whether a column is one day for everybody, so that it can be told not held."""
        return self._by_person is None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_hint()
        self._show_legend()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.view.command(event):
            super().keyPressEvent(event)


def _show(part: QWidget, shown: bool) -> None:
    """Show or hide only where it changes: each time the whole line is laid out anew."""
    if part.isHidden() == shown:
        part.setVisible(shown)
