"""Notices and lists: the month list for signature, and the absence reports of two weeks."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from coachdesk.domain.absences import Span, certificate_is_missing, span_of
from coachdesk.domain.attendance import kind_of
from coachdesk.domain.codes import codes
from coachdesk.i18n import N_, _, current, ngettext
from coachdesk.ui.attendance.span_strip import SHOWN, SpanStrip
from coachdesk.ui.columns import Column, ColumnModel, table_of
from coachdesk.ui.flow import FlowLayout
from coachdesk.ui.keynames import spoken_key
from coachdesk.ui.screen import Dialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button, ToolButton
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.words import heading, label

if TYPE_CHECKING:
    from coachdesk.services.absences import DueReport, SpanSheet, SpanState
    from coachdesk.ui.attendance.screen import AttendanceScreen


def lists_menu(screen: "AttendanceScreen") -> QMenu:
    """What is printed and told from here."""
    menu = QMenu(screen)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction(_("Absence reports of two weeks…")).triggered.connect(lambda: open_reports(screen))
    words = f"{_('Attendance list of the month for signature…')}\t{spoken_key('Ctrl+P')}"
    menu.addAction(words).triggered.connect(lambda: print_month_list(screen))
    return menu


def print_month_list(screen: "AttendanceScreen") -> None:
    """Draw the month that is open, and show the paper."""
    desk, month, language = screen.shell.desk, screen.month, current().language
    workshop_id, group_id = screen.chosen_place

    def work() -> bytes:
        from coachdesk.services import attendance_papers

        return attendance_papers.month_list_pdf(desk, month, workshop_id, group_id, language=language)

    title = current().fill(N_("Attendance list, {month}"), month=current().month(month))
    name = f"{_('attendance')}-{month:%Y-%m}.pdf"
    screen.shell.jobs.run(work, then=lambda pdf: _show(screen.shell, pdf, title, name), owner=screen)


def open_reports(screen: "AttendanceScreen") -> None:
    """The reports of the two weeks that ended last before today's, or of today's."""
    before = span_of(screen.shell.clock.today()).former
    ReportsDialog(screen.shell, before, parent=screen.window()).open()


def _show(
    shell: Shell, pdf: bytes, title: str, name: str, printed: Callable[[], object] | None = None
) -> None:
    from coachdesk.ui.paper import PaperDialog

    PaperDialog(shell, pdf, title, name, printed=printed).exec()


class ReportsDialog(Dialog):
    """Two weeks: whom the payers are told of, and what is made, sent, or nothing to report."""

    def __init__(self, shell: Shell, span: Span, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.span = span
        self._undone = 0
        self._last = max(span, span_of(shell.clock.today()), key=lambda one: one.begins)
        self._rows: tuple[DueReport, ...] = ()
        self.former, self.following = ToolButton("arrow-left"), ToolButton("arrow-right")
        self.title, self.count = heading(), label("", "secondary")
        self.strip = SpanStrip()
        self.all_nothing = Button(icon="circle-check")
        self.model = ColumnModel(_COLUMNS, self)
        self.table = table_of(self.model, row_height=36)
        self.note = Notice("info")
        self.print = Button(kind="primary", icon="printer", key="Ctrl+P")
        self.made, self.sent, self.nothing = Button(), Button(icon="send"), Button(icon="circle-check")
        self.close_button = Button(key="Esc")
        self._build()
        self.retranslate()
        self.load()

    def _build(self) -> None:
        self.former.clicked.connect(lambda: self.go(self.span.former))
        self.following.clicked.connect(lambda: self.go(self.span.next))
        self.print.clicked.connect(self.print_chosen)
        self.print.setShortcut("Ctrl+P")
        for button, state in ((self.made, "made"), (self.sent, "sent"), (self.nothing, "nothing")):
            button.clicked.connect(lambda _on=False, state=state: self.tell(state))
        self.close_button.clicked.connect(self.reject)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._chose())
        self.strip.picked.connect(self.go)
        self.all_nothing.clicked.connect(self.tell_all_nothing)
        spans = row_of(self.former, self.strip, self.following, spacing=8)
        spans.setStretch(1, 1)
        top, foot = FlowLayout(), FlowLayout()  # a narrow window has lines for what a wide one has beside
        top.addWidget(self.title)
        top.addWidget(self.count)
        top.add_right(self.all_nothing)
        for button in (self.print, self.made, self.sent, self.nothing):
            foot.addWidget(button)
        foot.add_right(self.close_button)
        box = column_of(spans, top, self.table, self.note, foot, spacing=12)
        box.setContentsMargins(16, 14, 16, 12)
        self.setLayout(box)
        self.resize(1040, 600)
        self.table.setFocus()

    def retranslate(self) -> None:
        self.speak()
        self.setWindowTitle(_("Absence reports"))
        self.table.setAccessibleName(_("Absence reports"))
        self.former.set_words(_("Former two weeks"))
        self.following.set_words(_("Next two weeks"))
        self.print.setText(_("Print the report"))
        self.made.setText(_("Mark as made"))
        self.sent.setText(_("Mark as sent"))
        self.nothing.setText(_("Nothing to report"))
        self.close_button.setText(_("Close"))
        begins, ends = current().short_day(self.span.begins), current().day(self.span.ends)
        self.title.setText(current().fill(N_("Absence reports {begins}–{ends}"), begins=begins, ends=ends))
        self.model.retranslate()
        self.strip.retranslate()
        self._tell_count()
        self._chose()

    def go(self, span: Span) -> None:
        """Show other two weeks."""
        self.span = span
        latest = max(self._last, span, key=lambda one: one.begins)
        oldest = latest
        for _span in range(SHOWN - 1):
            oldest = oldest.former
        self._last = latest if span.begins >= oldest.begins else span
        self.retranslate()
        self.load()

    def load(self) -> None:
        """Read the two weeks."""
        desk, day, last = self.shell.desk, self.span.begins, self._last.begins

        def work() -> "tuple[SpanSheet, tuple[SpanState, ...]]":
            from coachdesk.services import absences

            return absences.reports(desk, day), absences.calendar(desk, last, SHOWN)

        self.shell.jobs.run(work, then=lambda found: self.show_sheet(*found), owner=self)

    def show_sheet(self, sheet: "SpanSheet", calendar: "tuple[SpanState, ...]") -> None:
        """Show the rows and the calendar above them; the line chosen stays chosen."""
        if sheet.span != self.span:
            return
        self.strip.show_states(calendar, self.span)
        self._rows = sheet.rows
        at = max(0, self.table.currentIndex().row())
        self.model.show_rows(sheet.rows)
        self._undone = sheet.undone
        self._tell_count()
        if sheet.rows:
            self.table.selectRow(min(at, len(sheet.rows) - 1))
        self._chose()

    def _tell_count(self) -> None:
        said = ngettext("{count} to be done", "{count} to be done", self._undone)
        nobody = _("Nobody") if not self._rows else _("All done")
        self.count.setText(said.format(count=self._undone) if self._undone else nobody)
        sure = sum(row.sure_of_nothing for row in self._rows)
        said = ngettext("Nothing to report for {count} person", "Nothing to report for {count} people", sure)
        self.all_nothing.setText(said.format(count=sure))
        self.all_nothing.setVisible(sure > 1)

    @property
    def chosen(self) -> "DueReport | None":
        """The line chosen."""
        found: DueReport | None = self.model.row(self.table.currentIndex())
        return found

    def tell(self, state: str) -> None:
        """Record what was done about the line chosen."""
        row, desk = self.chosen, self.shell.desk
        if row is None:
            return
        if state == "sent" and not self._sure(row):
            return

        def work() -> Any:
            from coachdesk.services import absences

            return absences.tell(desk, row.trainee_id, row.payee, state)

        self.shell.jobs.run(work, then=lambda before: self._told(row, state, before), owner=self)

    def tell_all_nothing(self) -> None:
        """Record at once that there is nothing to report of everybody of whom that is sure."""
        desk, rows = self.shell.desk, self._rows

        def work() -> "tuple[DueReport, ...]":
            from coachdesk.services import absences

            return absences.nothing_for_all(desk, rows)

        self.shell.jobs.run(work, then=self._told_nothing, owner=self)

    def _told_nothing(self, told: "tuple[DueReport, ...]") -> None:
        desk, count = self.shell.desk, len(told)

        def words() -> str:
            said = ngettext(
                "Nothing to report for {count} person", "Nothing to report for {count} people", count
            )
            return said.format(count=count)

        def back() -> None:
            from coachdesk.services import absences

            absences.untell_all(desk, told)

        self.shell.saved()
        self.shell.undo.did(
            words,
            undo=lambda: self.shell.jobs.run(back, then=lambda _none: self.shell.saved()),
        )
        self.load()

    def print_chosen(self) -> None:
        """Show the report of the line chosen as a paper; printing it marks it as made."""
        row, desk = self.chosen, self.shell.desk
        if row is None:
            return

        def work() -> tuple[bytes, ...]:
            from coachdesk.services import attendance_papers

            return attendance_papers.absence_report_pdfs(desk, row.trainee_id, row.payee)

        self.shell.jobs.run(work, then=lambda pdfs: self._show_papers(row, pdfs), owner=self)

    def _show_papers(self, row: "DueReport", pdfs: tuple[bytes, ...]) -> None:
        title = current().fill(N_("Report of absences: {name}"), name=row.name)
        for at, pdf in enumerate(pdfs, 1):
            # nothing personal in a file's name
            name = f"{_('absences')}-{row.payee.begins.isoformat()}-{row.trainee_id}-{at}.pdf"
            _show(self.shell, pdf, title, name, printed=lambda: self._printed(row))

    def _printed(self, row: "DueReport") -> None:
        if not row.state:
            self.tell("made")

    def _sure(self, row: "DueReport") -> bool:
        question = current().fill(N_("Was the report of {name} sent?"), name=row.name)
        detail = _("What was sent cannot be taken back.")
        return self.shell.notices.confirm(question, _("Mark as sent"), _("Not yet"), detail, danger=False)

    def _told(self, row: "DueReport", state: str, before: Any) -> None:
        self.shell.saved()
        if state != "sent":
            desk = self.shell.desk

            def back() -> None:
                from coachdesk.services import absences

                absences.untell(desk, row.trainee_id, row.payee, before)

            self.shell.undo.did(
                lambda: current().fill(N_("{what}: {name}"), what=_STATES[state](), name=row.name),
                undo=lambda: self.shell.jobs.run(back, then=lambda _none: self.shell.saved()),
            )
        self.load()

    def _chose(self) -> None:
        row = self.chosen
        known = row is not None and bool(row.payee.payer)
        told = row is not None and bool(row.told.absences or row.told.not_arranged)
        self.print.setEnabled(known and told)
        open_ = known and row is not None and row.state != "sent"
        for button, fits in ((self.made, told), (self.sent, told), (self.nothing, not told)):
            button.setEnabled(open_ and fits)
        self.note.setVisible(row is not None and bool(_note(row)))
        if row is not None:
            self.note.set_text(_note(row))


def _note(row: "DueReport") -> str:
    """What must be known before the line is settled."""
    if not row.payee.payer:
        return _("Who pays the benefit is not recorded. Record it on the trainee's page.")
    if row.told.unmarked:
        days = ", ".join(current().short_day(day) for day in row.told.unmarked)
        return current().fill(N_("Not marked yet: {days}"), days=days)
    if certificate_is_missing(row.told.absences):
        days = kind_of("own_illness").more["certificate_after_days"]
        said = N_("The illness has lasted more than {days} days, and no certificate has been seen.")
        return current().fill(said, days=days)
    return ""


def _payer(row: "DueReport") -> str:
    if not row.payee.payer:
        return _("Not known")
    return row.payee.payer_name or codes("payers").name(row.payee.payer, current().language)


def _state(row: "DueReport") -> str:
    return _STATES[row.state]()


_STATES: dict[str, Callable[[], str]] = {
    "": lambda: _("To be done"),
    "made": lambda: _("Made"),
    "sent": lambda: _("Sent"),
    "nothing": lambda: _("Nothing to report"),
}
_COLUMNS = (
    Column(title=N_("Name"), text=lambda row: row.name, width=0),
    Column(title=N_("Payer of the benefit"), text=_payer, tip=_payer, width=310),
    Column(title=N_("Absent"), text=lambda row: str(len(row.told.absences)), width=108, right=True),
    Column(title=N_("Not arranged"), text=lambda row: str(len(row.told.not_arranged)), width=120, right=True),
    Column(title=N_("Not marked"), text=lambda row: str(len(row.told.unmarked) or ""), width=130, right=True),
    Column(title=N_("State"), text=_state, width=130),
)
