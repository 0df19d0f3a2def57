"""An appointment: when, what, where, with whom; how it went; its slip for the trainee."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from coachdesk.clock import HELSINKI
from coachdesk.domain.appointments import Appointment
from coachdesk.errors import Refused
from coachdesk.i18n import N_, _, current
from coachdesk.ui.day_edit import CodeBox, DayEdit, TimeField, day_in, time_in
from coachdesk.ui.form import FormDialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.layout import row_of

CAPTIONS = {
    "kind": N_("Kind"),
    "at": N_("Day"),
    "time": N_("Time"),
    "minutes": N_("Minutes"),
    "place": N_("Place"),
    "where": N_("Where exactly"),
    "with_whom": N_("With whom"),
    "bring": N_("To bring"),
    "outcome": N_("How it went"),
}


class AppointmentForm(FormDialog):
    """A new appointment, or one to move, tell the outcome of, print or take away."""

    wide = 560

    def __init__(
        self, shell: Shell, trainee_id: int, appointment: Appointment | None, parent: QWidget | None = None
    ) -> None:
        self._trainee_id, self.before = trainee_id, appointment
        super().__init__(shell, parent)

    def build(self) -> None:
        today, before = self.shell.clock.today(), self.before
        at = before.at.astimezone(HELSINKI) if before else None
        self.kind = CodeBox("appointment_kinds", on=today, key=before.kind if before else "conversation")
        self.day = DayEdit(today, at.date() if at else today + timedelta(days=1))
        self.time = TimeField(at.time() if at else time(10))
        self.minutes = QLineEdit(str(before.minutes) if before else "60")
        self.place = CodeBox("places", on=today, key=before.place if before else "workshop", empty=True)
        self.where = QLineEdit(before.where if before else "")
        self.with_whom = QLineEdit(before.with_whom if before else "")
        self.bring = QLineEdit(before.bring if before else "")
        self.outcome = CodeBox(
            "appointment_outcomes", on=today, key=before.outcome if before else "", empty=True
        )
        when, where = row_of(spacing=12), row_of(spacing=12)
        self.put("kind", self.kind)
        self.body.addLayout(when)
        self.put("at", self.day, into=when)
        self.put("time", self.time, into=when)
        self.put("minutes", self.minutes, into=when)
        self.body.addLayout(where)
        self.put("place", self.place, into=where)
        self.put("where", self.where, into=where)
        self.put("with_whom", self.with_whom)
        self.put("bring", self.bring)
        self.put("outcome", self.outcome).setVisible(before is not None)
        self.slip, self.remove = Button(icon="printer"), Button(kind="danger", icon="trash")
        self.slip.clicked.connect(self.print_slip)
        self.remove.clicked.connect(self.take_away)
        for at_, button in enumerate((self.slip, self.remove)):
            button.setVisible(before is not None)
            self.buttons.insertWidget(at_, button)
        which = f":appointment:{before.id}" if before else ""
        self.keep_draft("appointment", f"trainee:{self._trainee_id}{which}")

    def retranslate(self) -> None:
        super().retranslate()
        self.say(
            title=_("Appointment") if self.before else _("New appointment"),
            keep=_("Keep") if self.before else _("Agree"),
            **{name: _(words) for name, words in CAPTIONS.items()},
        )
        self.slip.setText(_("Slip…"))
        self.remove.setText(_("Remove"))

    def written(self) -> Appointment:
        """What stands in the form.

        Raises:
            Refused: the day, the time or the minutes cannot be read.
        """
        day = day_in(self.day, "at") or self.shell.clock.today()
        at = datetime.combine(day, time_in(self.time, "time") or time(), HELSINKI)
        minutes = self.minutes.text().strip()
        if not minutes.isdecimal():
            raise Refused(N_("Minutes are a whole number."), field="minutes")
        values: dict[str, Any] = {
            "at": at,
            "minutes": int(minutes),
            "kind": self.kind.key,
            "place": self.place.key,
            "where": self.where.text(),
            "with_whom": self.with_whom.text(),
            "bring": self.bring.text(),
            "outcome": self.outcome.key,
        }
        if self.before is not None:
            return replace(self.before, **values)
        return Appointment(trainee_id=self._trainee_id, **values)

    def keep(self) -> None:
        from coachdesk.services import appointments

        desk, written = self.shell.desk, self.written()
        if self.before is None:
            self.run(partial(appointments.add, desk, written), then=self._added)
            return
        undo, redo = partial(appointments.edit, desk, self.before), partial(appointments.edit, desk, written)
        self.run(redo, then=lambda _b: self.done_with(N_("Appointment changed"), undo, redo))

    def _added(self, kept: Appointment) -> None:
        from coachdesk.services import appointments

        self.kept.emit(kept)
        self.done_with(N_("Appointment agreed"), partial(appointments.remove, self.shell.desk, kept.id))

    def take_away(self) -> None:
        """Remove an appointment made by mistake."""
        from coachdesk.services import appointments

        if self.before is not None:
            desk, before = self.shell.desk, self.before
            undo = partial(appointments.add, desk, before)
            redo = partial(appointments.remove, desk, before.id)
            self.run(redo, then=lambda _b: self.done_with(N_("Appointment removed"), undo, redo))

    def print_slip(self) -> None:
        """The slip in the trainee's own language, on the screen before it is a paper."""
        from coachdesk.services import slips

        if self.before is not None:
            self.run(partial(slips.pdf, self.shell.desk, self.before.id), then=self.show_slip)

    def show_slip(self, pdf: bytes) -> None:
        """The pages of the slip; nothing personal in the file's name."""
        from coachdesk.ui.paper import PaperDialog

        assert self.before is not None
        name = current().fill(N_("appointment-{day}.pdf"), day=self.before.at.date().isoformat())
        dialog = PaperDialog(self.shell, pdf, _("Slip of the appointment"), name, parent=self)
        dialog.open()
