"""The overview of a trainee's page: goal and period, what happened last, appointments, consents.

It fits its page without scrolling: what is long is cut with an ellipsis, the whole of it in the tool tip.
"""

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from coachdesk.domain.phases import plan_is_late
from coachdesk.domain.trainee_sheets import TraineePage
from coachdesk.i18n import N_, _, current
from coachdesk.ui import theme
from coachdesk.ui.day_edit import upper
from coachdesk.ui.lines import Line, Lines
from coachdesk.ui.notes.timeline import NoteList
from coachdesk.ui.shell import Shell
from coachdesk.ui.trainees import wording
from coachdesk.ui.trainees.facts import appointment_words, facts, marks, reach
from coachdesk.ui.trainees.sharing import Sharing
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card

ROWS = (
    ("service", N_("Service")),
    ("period", N_("Period")),
    ("days", N_("Agreed days")),
    ("decision", N_("Decision")),
    ("plan", N_("Plan")),
    ("coaching", N_("Coaching")),
    ("grade", N_("Satisfaction")),
    ("benefit", N_("Benefit")),
    ("support", N_("What helps")),
)
EDITS = {
    "edit": N_("Details of the trainee"),
    "period": N_("Periods"),
    "benefits": N_("Benefits"),
    "coaching": N_("Job coaching"),
    "grades": N_("Grades of satisfaction"),
    "requests": N_("Requests about own data"),
    "join": N_("Another record of the same person"),
    "handover": N_("Hand over to another desk"),
}
STAYS = ("requests", "handover")  # of an archived trainee too
OPENS = {  # rows of which a click opens the list
    "period": "period",
    "coaching": "coaching",
    "grade": "grades",
    "benefit": "benefits",
}
CONTACT = (
    ("phone", N_("Phone")),
    ("email", N_("E-mail")),
    ("reached", N_("Reached")),
    ("interpreter", N_("Interpreter")),
    ("worker", N_("Region's worker")),
)
QUIET = ("phone", "email", "reached")  # they say themselves what they are
MARGINS = (10, 8, 10, 6)
TIGHT = (10, 3, 10, 4)
BESIDE = (4, 0, 0, 0)  # a heading begins where the words below it do
ROOMY = 16_777_215


class Overview(QWidget):
    """Three columns of cards; it shows what it is given and asks its page for the rest."""

    asked = Signal(str, object)  # edit, a list of the page, notes, appointment, consents, attendance

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.page: TraineePage | None = None
        self._build_goal()
        self._build_middle()
        self._build_side()
        self.side = QWidget()
        self.cards = Sharing(self.side)
        self.cards.setSpacing(6)
        self._beside_cards = (self.contact, self.appointments, self.attendance, self.consents)
        for card in self._beside_cards:
            self.cards.addWidget(card)
        self.cards.addStretch(1)
        self.cards.first = (self.appointments, self.consents, self.attendance)
        self.columns = QHBoxLayout()
        self.columns.setSpacing(12)
        self.columns.addWidget(self.goal, 352)
        self.columns.addWidget(self.happened, 474)
        self.columns.addWidget(self.side)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 12, 0, 0)
        self.box.setSpacing(10)
        self.box.addLayout(self.columns, 1)
        self.parts = (self.side, self.goal, self.happened, *self._beside_cards)
        self.fit("wide")

    def allow(self, *, writing: bool) -> None:
        """Of an archived trainee only what reads and gives out is offered."""
        for what, action in self.choices.items():
            action.setVisible(writing or what in STAYS)

    def _build_goal(self) -> None:
        self.goal = Card(margins=MARGINS)
        self.goal.heading.setContentsMargins(*BESIDE)
        self.goal.setMinimumWidth(280)
        self.edit = Button(kind="link")
        self.edit.setMinimumSize(theme.px(36), theme.px(28))
        menu = QMenu(self.edit)
        self.choices = {what: menu.addAction("") for what in EDITS}
        for what, action in self.choices.items():
            action.triggered.connect(lambda _checked=False, what=what: self.asked.emit(what, None))
        self.edit.clicked.connect(lambda: menu.exec(self.edit.mapToGlobal(self.edit.rect().bottomLeft())))
        self.goal.add_aside(self.edit)
        self.facts = Lines(captions=106)
        self.facts.asked.connect(lambda what: self.asked.emit(what, None))
        self.goal.add(self.facts)
        self.goal.body.addStretch(1)

    def _build_middle(self) -> None:
        self.happened = Card(margins=(1, 8, 1, 1))
        self.happened.heading.setContentsMargins(14, 0, 0, 0)
        self.all_notes = self._link("notes")
        self.happened.add_aside(self.all_notes)
        self.list = NoteList(self.shell.clock.today, lines=2)
        self.list.asked.connect(lambda at: self.asked.emit("notes", self.list.notes.rows[at].note_id))
        self.happened.add(self.list, 1)

    def _build_side(self) -> None:
        self.contact, self.reach = self._beside(Lines(captions=84, role="dense", least=4))
        self.appointments, self.coming = self._beside(Lines(role="dense", least=1))
        self.new_appointment = self._link("appointment")
        self.appointments.add_aside(self.new_appointment)
        self.coming.asked.connect(lambda appointment: self.asked.emit("appointment", appointment))
        self.attendance, self.marks = self._beside(Lines(role="dense"))
        self.consents, self.given = self._beside(Lines(role="dense", least=1))

    def _beside(self, lines: Lines) -> tuple[Card, Lines]:
        card = Card(margins=TIGHT)
        card.heading.setContentsMargins(*BESIDE)
        card.set_spacing(0)
        card.add(lines)
        return card, lines

    def _link(self, what: str) -> Button:
        button = Button(kind="link")
        button.setMinimumSize(theme.px(36), theme.px(28))
        button.clicked.connect(lambda: self.asked.emit(what, None))
        return button

    def show_page(self, page: TraineePage) -> None:
        """Show what was read."""
        self.page = page
        self.list.show_rows(page.happenings)
        self._tell(page, self.shell.clock.today())

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
        self.list.set_empty_words(_("No notes yet."))
        if self.page is not None:
            self._tell(self.page, self.shell.clock.today())

    def _tell(self, page: TraineePage, today: date) -> None:
        self.all_notes.setText(current().fill(N_("All {count}"), count=page.notes))
        self.all_notes.setVisible(page.notes > 0)
        self.facts.show_lines(_("Goal and period"), self._goal_lines(page, today))
        self.reach.show_lines(_("Contact"), self._reach_lines(page))
        self.coming.show_lines(_("Appointments"), self._coming_lines(page, today))
        self.marks.show_lines(_("Attendance, 4 weeks"), [Line(text=marks(page), most=2)])
        self.given.show_lines(_("Consents"), self._given_lines(page, today))

    def _goal_lines(self, page: TraineePage, today: date) -> Iterator[Line]:
        if page.trainee.goal:
            yield Line(text=f"”{page.trainee.goal}”", most=3)
        found = facts(page, today)
        late = page.plan_due is not None and plan_is_late(page.trainee.first_contact, None, today)
        for key, caption in ROWS:
            if found.get(key):
                most = 3 if key in ("support", "plan") else 2
                opens = OPENS.get(key)
                yield Line(
                    caption=_(caption),
                    text=found[key],
                    most=most,
                    bold=late and key == "plan",
                    token="primary" if opens else "text",
                    asks=opens,
                )
        for caution in page.cautions:
            words = wording.told(caution)
            yield Line(text=words, picture="alert-triangle", token="warn", ground="warnbg", most=3)

    def _reach_lines(self, page: TraineePage) -> Iterator[Line]:
        if page.trainee.non_disclosure:  # first: it is never among those that find no room
            yield Line(text=_("Non-disclosure for safety: no address is shown."), token="text2", most=2)
        found = reach(page, self.shell.clock.today())
        for key, caption in CONTACT:
            if found.get(key):
                yield Line(caption=_(caption), text=found[key], most=2, quiet=key in QUIET)
        if not any(found.values()):
            yield Line(text=_("Nothing recorded yet."), token="text2")

    def _coming_lines(self, page: TraineePage, today: date) -> Iterator[Line]:
        for appointment in page.appointments:
            yield Line(text=appointment_words(appointment, today), token="primary", most=2, asks=appointment)
        if not page.appointments:
            yield Line(text=_("Nothing agreed."), token="text2")

    def _given_lines(self, page: TraineePage, today: date) -> Iterator[Line]:
        for consent in page.consents:
            soon = wording.consent_soon(consent.valid_to, today)
            message = N_("{recipient}, ends {day}") if soon else N_("{recipient}, to {day}")
            name = upper(wording.name_of("bodies", consent.recipient))
            text = current().fill(message, recipient=name, day=consent.valid_to)
            picture, tint = ("clock", "warn") if soon else ("circle-check", "ok")
            yield Line(text=text, picture=picture, tint=tint, most=2)
        if not page.consents:
            yield Line(text=_("No consent in force."), token="text2")

    def fit(self, size_class: str) -> None:
        """Three columns; the side below two in a medium window, all below each other in a narrow one.

        Only the wide window cuts words to fit; the others scroll.
        """
        wide, narrow = size_class == "wide", size_class == "narrow"
        below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self.columns.setDirection(below if narrow else beside)
        (self.columns if wide else self.box).addWidget(self.side)
        self.cards.setDirection(beside if size_class == "medium" else below)
        self.side.setMinimumWidth(268)
        self.side.setMaximumWidth(268 if wide else ROOMY)
        self.list.setMinimumHeight(0 if wide else 240)
        self.list.show_whole_rows(wide)
        for lines in (self.facts, self.reach, self.coming, self.marks, self.given):
            lines.squeeze(wide)
