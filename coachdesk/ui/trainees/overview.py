"""The overview of a trainee's page: goal and period, what happened last, appointments, consents."""

from datetime import date
from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFormLayout, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from coachdesk.domain.phases import plan_is_late
from coachdesk.domain.trainee_sheets import TraineePage
from coachdesk.i18n import N_, _, current
from coachdesk.ui import theme
from coachdesk.ui.day_edit import upper
from coachdesk.ui.notes.timeline import NoteList
from coachdesk.ui.shell import Shell
from coachdesk.ui.theme import swap
from coachdesk.ui.trainees import wording
from coachdesk.ui.trainees.facts import appointment_words, facts, marks, reach
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.pictures import Chip, Picture
from coachdesk.ui.widgets.words import label

ROWS = (
    ("service", N_("Service")),
    ("period", N_("Period")),
    ("days", N_("Agreed days")),
    ("decision", N_("Decision")),
    ("plan", N_("Plan")),
    ("benefit", N_("Benefit")),
    ("support", N_("What helps")),
)
TIGHT = (14, 4, 14, 6)
REACHED = 158  # room of one line beside its caption
EDITS = {"edit": N_("Details of the trainee"), "period": N_("Periods"), "benefits": N_("Benefits")}
CONTACT = (
    ("phone", N_("Phone")),
    ("email", N_("E-mail")),
    ("reached", N_("Reached")),
    ("interpreter", N_("Interpreter")),
)


class Overview(QWidget):
    """Three columns of cards; it shows what it is given and asks its page for the rest."""

    asked = Signal(str, object)  # edit, period, benefits, notes, appointment, consents, attendance

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.page: TraineePage | None = None
        self._build_goal()
        self._build_middle()
        self._build_side()
        self.side = QWidget()
        cards = (self.contact, self.appointments, self.attendance, self.consents)
        self.cards = column_of(*cards, None, spacing=6)
        self.side.setLayout(self.cards)
        self.side.setFixedWidth(268)
        self.columns = QHBoxLayout()
        self.columns.setSpacing(12)
        self.columns.addWidget(self.goal, 352)
        self.columns.addWidget(self.happened, 474)
        self.columns.addWidget(self.side)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 12, 0, 0)
        self.box.setSpacing(10)
        self.box.addLayout(self.columns, 1)

    def _build_goal(self) -> None:
        self.goal = Card(margins=(14, 8, 14, 8))
        self.goal.setMinimumWidth(280)
        self.edit = Button(kind="link")
        self.edit.setMinimumSize(theme.px(36), theme.px(28))
        menu = QMenu(self.edit)
        self.choices = {what: menu.addAction("") for what in EDITS}
        for what, action in self.choices.items():
            action.triggered.connect(lambda _checked=False, what=what: self.asked.emit(what, None))
        self.edit.clicked.connect(lambda: menu.exec(self.edit.mapToGlobal(self.edit.rect().bottomLeft())))
        self.goal.add_aside(self.edit)
        self.quote = Wrapped()
        self.goal.add(self.quote)
        self.facts = self._form(ROWS, self.goal, 92)
        self.goal.body.addStretch(1)
        self.cautions = QVBoxLayout()
        self.cautions.setSpacing(4)
        self.goal.body.addLayout(self.cautions)

    def _build_middle(self) -> None:
        self.happened = Card(margins=(1, 10, 1, 1))
        self.happened.heading.setContentsMargins(14, 0, 0, 0)
        self.all_notes = self._link("notes")
        self.happened.add_aside(self.all_notes)
        self.list = NoteList(self.shell.clock.today, lines=2)
        self.list.asked.connect(lambda at: self.asked.emit("notes", self.list.notes.rows[at].note_id))
        self.no_notes = label("", "secondary", wrap=True)
        self.no_notes.setContentsMargins(14, 0, 14, 8)
        self.happened.add(self.no_notes)
        self.happened.add(self.list, 1)

    def _build_side(self) -> None:
        self.contact = Card(margins=TIGHT)
        self.reach = self._form(CONTACT, self.contact, 64)
        self.hidden = label("", "secondary", wrap=True)
        self.contact.add(self.hidden)
        self.appointments = Card(margins=TIGHT)
        self.new_appointment = self._link("appointment")
        self.appointments.add_aside(self.new_appointment)
        self.coming = QVBoxLayout()
        self.coming.setSpacing(2)
        self.appointments.body.addLayout(self.coming)
        self.attendance = Card(margins=TIGHT)
        self.marks = Wrapped()
        self.attendance.add(self.marks)
        self.consents = Card(margins=TIGHT)
        self.given = QVBoxLayout()
        self.given.setSpacing(4)
        self.consents.body.addLayout(self.given)

    def _link(self, what: str) -> Button:
        button = Button(kind="link")
        button.setMinimumSize(theme.px(36), theme.px(28))
        button.clicked.connect(lambda: self.asked.emit(what, None))
        return button

    def _form(
        self, rows: tuple[tuple[str, str], ...], card: Card, width: int
    ) -> dict[str, tuple[QLabel, QLabel]]:
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(2)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        found: dict[str, tuple[QLabel, QLabel]] = {}
        for key, _words in rows:
            caption, value = label("", "secondary", wrap=True), Wrapped()
            caption.setFixedWidth(width)
            caption.setContentsMargins(0, 2, 0, 0)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(caption, value)
            found[key] = (caption, value)
        card.body.addLayout(form)
        return found

    def show_page(self, page: TraineePage) -> None:
        """Show what was read."""
        self.page = page
        self.list.show_rows(page.happenings)
        self.retranslate()

    def retranslate(self) -> None:
        """Write the words in the screen's language; reads nothing."""
        self.goal.set_title(_("Goal and period"))
        self.happened.set_title(_("What happened last"))
        self.contact.set_title(_("Contact"))
        self.appointments.set_title(_("Appointments"))
        self.attendance.set_title(_("Attendance, 4 weeks"))
        self.consents.set_title(_("Consents"))
        self.list.setAccessibleName(_("What happened last"))
        self.edit.setText(_("Edit…"))
        for what, words in EDITS.items():
            self.choices[what].setText(_(words))
        self.new_appointment.setText(_("New"))
        self.new_appointment.setAccessibleName(_("New appointment"))
        for rows, labels in ((ROWS, self.facts), (CONTACT, self.reach)):
            for key, words in rows:
                labels[key][0].setText(_(words))
        if self.page is not None:
            self._tell(self.page, self.shell.clock.today())

    def _tell(self, page: TraineePage, today: date) -> None:
        self.quote.setText(f"”{page.trainee.goal}”" if page.trainee.goal else "")
        self.quote.setVisible(bool(page.trainee.goal))
        self._fill(self.facts, facts(page, today))
        self._fill(self.reach, self._reach(page))
        self.hidden.setText(_("Non-disclosure for safety: no address is shown."))
        self.hidden.setVisible(page.trainee.non_disclosure)
        self.all_notes.setText(current().fill(N_("All {count}"), count=page.notes))
        self.all_notes.setVisible(page.notes > 0)
        self.no_notes.setText(_("No notes yet."))
        self.no_notes.setVisible(not page.happenings)
        self.list.setVisible(bool(page.happenings))
        self._tell_cautions(page, today)
        self._tell_side(page, today)

    def _reach(self, page: TraineePage) -> dict[str, str]:
        """Contact in words; what is longer than its line is cut, the whole of it in the tool tip."""
        found = reach(page)
        for key in ("email", "reached"):
            whole = found.get(key, "")
            found[key] = theme.metrics().elidedText(whole, Qt.TextElideMode.ElideRight, theme.px(REACHED))
            self.reach[key][1].setToolTip(escape(whole) if found[key] != whole else "")
        return found

    def _tell_cautions(self, page: TraineePage, today: date) -> None:
        late = page.plan_due is not None and plan_is_late(page.trainee.first_contact, None, today)
        swap(self.facts["plan"][1], "role", "strong" if late else "")
        _empty(self.cautions)
        for caution in page.cautions:
            self.cautions.addWidget(Chip(wording.told(caution), "warn"))

    def _tell_side(self, page: TraineePage, today: date) -> None:
        _empty(self.coming)
        for appointment in page.appointments:
            button = Button(appointment_words(appointment, today), kind="link")
            button.setMinimumHeight(theme.px(28))
            button.alignment = Qt.AlignmentFlag.AlignLeft
            button.clicked.connect(lambda _c=False, a=appointment: self.asked.emit("appointment", a))
            self.coming.addWidget(button)
        if not page.appointments:
            self.coming.addWidget(label(_("Nothing agreed."), "secondary"))
        self.marks.setText(marks(page))
        _empty(self.given)
        for consent in page.consents:
            soon = wording.consent_soon(consent.valid_to, today)
            message = N_("{recipient}, ends {day}") if soon else N_("{recipient}, to {day}")
            text = current().fill(
                message, recipient=upper(wording.name_of("bodies", consent.recipient)), day=consent.valid_to
            )
            line = QWidget()
            picture = Picture("clock" if soon else "circle-check", 18, "warn" if soon else "ok")
            row = row_of(picture, label(text, wrap=True), spacing=6)
            row.setStretch(1, 1)
            line.setLayout(row)
            self.given.addWidget(line)
        if not page.consents:
            self.given.addWidget(label(_("No consent in force."), "secondary"))

    def _fill(self, rows: dict[str, tuple[QLabel, QLabel]], words: dict[str, str]) -> None:
        for key, (caption, value) in rows.items():
            value.setText(words.get(key, ""))
            for part in (caption, value):
                if part.isHidden() == bool(words.get(key)):  # each change lays the form out anew
                    part.setVisible(bool(words.get(key)))

    def fit(self, size_class: str) -> None:
        """Three columns; the side below two in a medium window, all below each other in a narrow one."""
        wide, narrow = size_class == "wide", size_class == "narrow"
        below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self.columns.setDirection(below if narrow else beside)
        (self.columns if wide else self.box).addWidget(self.side)
        self.cards.setDirection(beside if size_class == "medium" else below)
        self.side.setMinimumWidth(268)
        self.side.setMaximumWidth(268 if wide else 16_777_215)
        self.list.setMinimumHeight(0 if wide else 240)


class Wrapped(QLabel):
    """A label of several lines that is never squeezed: as high as its words need at its width."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def setText(self, text: str) -> None:
        if text != self.text():
            super().setText(text)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        kept = self.minimumHeight()
        self.setMinimumHeight(0)  # else the label asks for no less than it had for its former words
        high = self.heightForWidth(self.width())
        self.setMinimumHeight(high if high > 0 else kept)


def _empty(box: QVBoxLayout) -> None:
    while (item := box.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
