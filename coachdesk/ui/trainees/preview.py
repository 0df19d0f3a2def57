"""The card beside the list: who it is, where things stand; no code, no words of notes."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFormLayout, QLabel

from coachdesk.domain.codes import attended_kinds
from coachdesk.domain.identity_code import MASKED
from coachdesk.domain.phases import PHASE_NAMES, PHASES
from coachdesk.domain.trainee_sheets import TraineePage, TraineeRow
from coachdesk.errors import ReasonNeeded
from coachdesk.i18n import N_, NBSP, _, current
from coachdesk.ui import theme
from coachdesk.ui.shell import Shell
from coachdesk.ui.trainees import wording
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.words import label

if TYPE_CHECKING:
    from coachdesk.services.trainees import Ahead

REST = 180  # ms that the choice must rest before the card is read
STOOD = 2000  # ms after which the look is logged
WORDS = (
    ("code", N_("Identity code")),
    ("period", N_("Period")),
    ("phases", N_("Open phases")),
    ("attendance", N_("Attendance, 4 weeks")),
    ("contact", N_("Last contact")),
)


class PreviewCard(Card):
    """What is known of the person chosen in the list, at a glance."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(margins=(16, 14, 16, 14))
        self.shell = shell
        self.trainee_id: int | None = None
        self._page: TraineePage | None = None
        self._row: TraineeRow | None = None
        self._closed = False  # another coach's: a reason comes first
        self.name = label("", "person", wrap=True)
        self.about = label("", "secondary", wrap=True)
        self.rows: dict[str, tuple[QLabel, QLabel]] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(5)
        for key, _words in WORDS:
            self.rows[key] = (label("", "secondary", wrap=True), label("", "secondary", wrap=True))
            self.rows[key][0].setFixedWidth(theme.px(112))
            self.rows[key][1].setProperty("role", "")
            form.addRow(*self.rows[key])
        self.step = Notice("info", icon="target")
        self.open = Button(kind="primary", key="Enter")
        self.note = Button(icon="note", key="Ctrl+N")
        self.body.addWidget(self.name)
        self.body.addWidget(self.about)
        self.body.addLayout(form)
        self.body.addWidget(self.step)
        self.body.addStretch(1)
        self.body.addWidget(self.open)
        self.body.addWidget(self.note)
        self.resting = QTimer(self, singleShot=True, interval=REST)
        self.resting.timeout.connect(self._read)
        self.standing = QTimer(self, singleShot=True, interval=STOOD)
        self.standing.timeout.connect(self._log)
        self.choose(None)

    def choose(self, row: TraineeRow | None) -> None:
        """Show what the list knows at once, the rest once the choice rests there; nobody for None."""
        before, self.trainee_id = self.trainee_id, row.trainee_id if row else None
        self._row, self._closed = row, False
        self.standing.stop()
        if row is None:
            self.resting.stop()
        else:
            self.resting.start()
        if row is None or row.trainee_id != before:
            self.show_page(None)

    def let_go(self) -> None:
        """Stop reading and logging: the list is left."""
        self.resting.stop()
        self.standing.stop()

    def _read(self) -> None:
        from coachdesk.services import trainees

        if self.trainee_id is not None and self.shell.is_open:
            work = partial(trainees.read_ahead, self.shell.desk, self.trainee_id)
            self.shell.jobs.run(work, then=self._show_read, failed=self._refused, lane="reading", owner=self)

    def _refused(self, problem: Exception) -> None:
        """Of another coach's trainee nothing is shown before a reason is stated on the page."""
        self._closed = isinstance(problem, ReasonNeeded)
        self.show_page(None)
        if not self._closed:
            self.shell.notices.show(problem)

    def _show_read(self, ahead: Ahead) -> None:
        if ahead.page.trainee.id == self.trainee_id:
            self.shell.ahead.keep(ahead)
            self.show_page(ahead.page)
            self.standing.start()

    def _log(self) -> None:
        from coachdesk.services import trainees

        if self.trainee_id is not None and self.shell.is_open:
            self.shell.jobs.run(partial(trainees.previewed, self.shell.desk, self.trainee_id), owner=self)

    def show_page(self, page: TraineePage | None) -> None:
        """Show what was read; until then what the list knows, with room for the rest.

        Of another coach's trainee only the name stands there.
        """
        self._page = page
        for widget in (self.name, self.about, self.open, self.note):
            widget.setVisible(self._row is not None)
        for words in self.rows.values():
            for widget in words:
                widget.setVisible(self._row is not None and not self._closed)
        self.step.setVisible(False)
        self.retranslate()

    def retranslate(self) -> None:
        """Write the words in the screen's language."""
        self.open.setText(_("Open"))
        self.note.setText(_("New note"))
        for key, words in WORDS:
            self.rows[key][0].setText(_(words))
        if self._page is not None:
            self._tell_page(self._page, self.shell.clock.today())
        elif self._row is not None:
            self._tell_row(self._row, self.shell.clock.today())

    def _tell_row(self, row: TraineeRow, today: date) -> None:
        self.name.setText(row.spoken_name)
        if self._closed:
            self.about.setText(_("Another coach's trainee. Opening asks for the reason."))
            return
        self.about.setText(NBSP)  # what is read soon finds its place
        for key in self.rows:
            self._tell(key, NBSP)
        self._tell("code", MASKED if row.code else _("none"))
        opened = [phase for phase, letter in zip(PHASES, row.phases, strict=True) if letter == "o"]
        self._tell("phases", ", ".join(_(PHASE_NAMES[phase]) for phase in opened))
        self._tell_step(row.step, row.due, today)

    def _tell_page(self, page: TraineePage, today: date) -> None:
        self.name.setText(page.trainee.spoken_name)
        self.about.setText(wording.about(page.trainee, today))
        self._tell("code", MASKED if page.has_code else _("none"))
        self._tell("period", _period(page))
        self._tell("phases", ", ".join(_(PHASE_NAMES[s.phase]) for s in page.phases if s.state == "open"))
        self._tell("attendance", attendance_words(page))
        self._tell("contact", _contact(page, today))
        step = page.next_step
        self._tell_step(step.text if step else "", step.due if step else None, today)

    def _tell(self, key: str, text: str) -> None:
        self.rows[key][1].setText(text or "–")

    def _tell_step(self, step: str, due: date | None, today: date) -> None:
        self.step.setVisible(bool(step))
        if step and due is not None:
            title = current().fill(N_("Next step {day}"), day=wording.near_day(due, today))
            late = bool(wording.late_by(due, today))
            self.step.set_state("warn" if late else "info", step, title, "target")
        elif step:
            self.step.set_state("info", step, _("Next step"), "target")


def _period(page: TraineePage) -> str:
    if page.period is None:
        return ""
    return "\n".join(filter(None, (wording.span_of(page.period), wording.days_a_week(page.agreed))))


def attendance_words(page: TraineePage) -> str:
    """Attended days of those marked in four weeks: 11 of 12 days."""
    marks = page.attendance or {}
    attended = sum(count for kind, count in marks.items() if kind in attended_kinds())
    arranged = sum(count for kind, count in marks.items() if kind not in ("not_arranged", "agreed_off"))
    if not arranged:
        return ""
    return current().fill(N_("{attended} of {arranged} days"), attended=attended, arranged=arranged)


def _contact(page: TraineePage, today: date) -> str:
    if not page.happenings:
        return ""
    last = page.happenings[0]
    parts = [wording.near_moment(last.at, today), wording.name_of("note_kinds", last.kind)]
    if last.minutes:
        parts.append(current().fill(N_("{minutes} min"), minutes=last.minutes))
    return ", ".join(parts)
