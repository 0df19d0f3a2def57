"""Two quiet cards of Today: the text that is unfinished, and the next appointments."""

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from coachdesk.clock import HELSINKI
from coachdesk.domain.codes import codes
from coachdesk.domain.today import Coming, Unfinished
from coachdesk.i18n import N_, _, current
from coachdesk.ui.flow import FlowLayout
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.pictures import Picture
from coachdesk.ui.widgets.words import label

SHOWN = 4
FORMS = {
    "plan": N_("Plan unfinished"),
    "consent": N_("Consent unfinished"),
    "own_view": N_("Own view unfinished"),
    "trainee": N_("Details unfinished"),
    "appointment": N_("Appointment unfinished"),
    "note": N_("Note unfinished"),
    "period": N_("Period unfinished"),
    "period_end": N_("Period unfinished"),
    "benefit": N_("Benefit unfinished"),
    "coaching": N_("Job coaching unfinished"),
    "feedback": N_("Grade unfinished"),
    "rights_request": N_("Request unfinished"),
    "rights_answer": N_("Answer to a request unfinished"),
    "next_step": N_("Next step unfinished"),
    "phase": N_("Phase unfinished"),
    "permission": N_("Permission unfinished"),
    "prohibition": N_("Prohibition unfinished"),
    "information": N_("Information unfinished"),
    "self_assessment": N_("Self-assessment unfinished"),
    "elsewhere": N_("Mark of recording elsewhere unfinished"),
    "reopen": N_("Reason of reopening unfinished"),
    "day_word": N_("Word of a day unfinished"),
    "letter_answer": N_("Answer to the region unfinished"),
    "letter_grant": N_("Decision not taken over yet"),
    "letter_whose": N_("Letter not joined yet"),
}


class DraftCard(Card):
    """The newest draft, with a button that goes on with it; hidden when there is none."""

    asked = Signal(object)  # Unfinished

    def __init__(self) -> None:
        super().__init__(margins=(14, 9, 14, 9))
        self.draft: Unfinished | None = None
        self.first, self.second = label("", "strong", wrap=True), label("", "secondary", wrap=True)
        self.button = Button()
        self.button.clicked.connect(self._ask)
        words = column_of(self.first, self.second, spacing=1)
        row = row_of(Picture("pencil", 20, "primary"), words, self.button, spacing=12)
        row.setStretch(1, 1)
        self.body.addLayout(row)
        self.hide()

    def show_drafts(self, drafts: tuple[Unfinished, ...]) -> None:
        """Show the newest of somebody, or about a letter of the region."""
        self.draft = next((one for one in drafts if one.trainee_id or one.letter_id), None)
        self.setVisible(self.draft is not None)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self.button.setText(_("Continue"))
        if self.draft is None:
            return
        form = _(FORMS.get(self.draft.draft.form, N_("Form unfinished")))
        self.first.setText(f"{form} – {self.draft.name}")
        self.button.setAccessibleDescription(self.draft.name)
        at = self.draft.draft.at.astimezone(HELSINKI)
        self.second.setText(current().fill(N_("Draft kept {moment}"), moment=at))

    def _ask(self) -> None:
        if self.draft is not None:
            self.asked.emit(self.draft)


class ComingCard(Card):
    """The next appointments; each line opens its person."""

    asked = Signal(object)  # Coming

    def __init__(self) -> None:
        super().__init__()
        self.coming: tuple[Coming, ...] = ()
        self.today = date.min
        self.none = label("", "secondary")
        self.lines = tuple(_Line() for _line in range(SHOWN))  # made once: a later one would be last for Tab
        for at, line in enumerate(self.lines):
            line.button.clicked.connect(partial(self._ask, at))
            self.body.addWidget(line)
        self.body.addWidget(self.none)
        self.body.addStretch(1)

    def show_coming(self, coming: tuple[Coming, ...], today: date) -> None:
        """Show other appointments."""
        self.coming, self.today = coming[:SHOWN], today
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self.set_title(_("Next"))
        self.none.setText(_("No appointments in the next days."))
        self.none.setVisible(not self.coming)
        for at, line in enumerate(self.lines):
            line.setVisible(at < len(self.coming))
            if at < len(self.coming):
                line.tell(self.coming[at], self.today)

    def _ask(self, at: int) -> None:
        self.asked.emit(self.coming[at])


class _Line(QWidget):
    """A time, and what and whom as a link."""

    def __init__(self) -> None:
        super().__init__()
        self.when, self.button = label(""), Button(kind="link")
        line = FlowLayout(self, spacing=10)
        for part in (Picture("clock", 18), self.when, self.button):
            line.addWidget(part)

    def tell(self, one: Coming, today: date) -> None:
        """Show an appointment."""
        words = current()
        at = one.appointment.at.astimezone(HELSINKI)
        time = words.time(at)
        self.when.setText(time if at.date() == today else f"{words.weekday(at.date())} {time}")
        kind = codes("appointment_kinds").name(one.appointment.kind, words.language)
        what = f"{kind[:1].upper()}{kind[1:]}"
        self.button.setText(words.fill(N_("{what}, {name}"), what=what, name=one.name))
        self.button.updateGeometry()
