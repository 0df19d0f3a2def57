"""Registering and editing a trainee: names, language and coach first, the rest below."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QLineEdit, QWidget

from coachdesk.domain.identity_code import is_valid, parse
from coachdesk.domain.trainee import Likeness, Trainee
from coachdesk.domain.workshop import Coach
from coachdesk.i18n import N_, _, current
from coachdesk.ui.day_edit import ChoiceBox, CodeBox, DayEdit, day_in
from coachdesk.ui.form import FormDialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.trainees.code_field import CodeField, LanguageBox, short_text, what_is_wrong
from coachdesk.ui.trainees.duplicates import DuplicatePanel
from coachdesk.ui.trainees.place_box import PlaceBox
from coachdesk.ui.widgets.words import heading

LOOK = 300  # ms without typing before others alike are looked for
ACROSS = 900  # px of room for four fields side by side, else two
CHOSEN = ("mother_tongue", "service_language", "interpreter_language", "referred_by", "municipality")
LINES = {
    "family_name": N_("Family name"),
    "given_names": N_("Given names"),
    "former_names": N_("Former names"),
    "phone": N_("Phone"),
    "email": N_("E-mail"),
    "street_address": N_("Street address"),
    "postal_code": N_("Postal code"),
    "post_office": N_("Post office"),
    "language_level": N_("Level in the language of service"),
    "reached_how": N_("How and when reached"),
    "devices": N_("With what devices"),
    "referred_by_whom": N_("Referred by whom"),
}
OTHERS = {
    "personal_identity_code": N_("Identity code"),
    "birth_date": N_("Day of birth"),
    "municipality": N_("Municipality"),
    "mother_tongue": N_("Mother tongue"),
    "service_language": N_("Language of service"),
    "interpreter_language": N_("Interpreter into"),
    "responsible_coach_id": N_("Responsible coach"),
    "referred_by": N_("Referred by"),
    "first_contact": N_("First contact"),
    "goal": N_("Goal in own words"),
    "support_needed": N_("What helps at work"),
}
HEADINGS = {
    "person": N_("Person"),
    "language": N_("Language"),
    "contact": N_("Contact"),
    "service": N_("Service"),
}
# rows of the form: the fields of one row, and how many of four columns each takes
LAYOUT: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = (
    ("person", (("family_name", 2), ("given_names", 2))),
    ("", (("personal_identity_code", 2), ("birth_date", 1), ("former_names", 1))),
    (
        "language",
        (("service_language", 1), ("mother_tongue", 1), ("interpreter_language", 1), ("language_level", 1)),
    ),
    (
        "service",
        (("responsible_coach_id", 1), ("first_contact", 1), ("referred_by", 1), ("referred_by_whom", 1)),
    ),
    ("contact", (("phone", 1), ("email", 1), ("reached_how", 1), ("devices", 1))),
    ("", (("street_address", 1), ("postal_code", 1), ("post_office", 1), ("municipality", 1))),
    ("", (("goal", 2), ("support_needed", 2))),
)


class TraineeEditor(FormDialog):
    """Only a name is required; who may be the same person is shown beside what is typed."""

    opened = Signal(int)  # somebody alike was chosen instead
    wide = 900

    def __init__(self, shell: Shell, trainee_id: int | None = None, parent: QWidget | None = None) -> None:
        self.before: Trainee | None = None
        self._trainee_id = trainee_id
        super().__init__(shell, parent)
        self.open_at(940)
        self._load()

    def build(self) -> None:
        today = self.shell.clock.today()
        self.family, self.given = QLineEdit(), QLineEdit()
        self.controls: dict[str, Any] = {name: QLineEdit() for name in LINES}
        self.controls |= {"family_name": self.family, "given_names": self.given}
        self.code = CodeField()
        self.controls |= {
            "personal_identity_code": self.code,
            "birth_date": DayEdit(today),
            "municipality": PlaceBox(today),
            "mother_tongue": CodeBox("languages", on=today, empty=True),
            "service_language": LanguageBox(),
            "interpreter_language": CodeBox("languages", on=today, empty=True),
            "responsible_coach_id": ChoiceBox(),
            "referred_by": CodeBox("referrers", on=today, empty=True),
            "first_contact": DayEdit(today, today if self._trainee_id is None else None),
            "goal": short_text(),
            "support_needed": short_text(),
        }
        self.non_disclosure = QCheckBox()
        self.alike = DuplicatePanel()
        self.alike.opened.connect(self._open_instead)
        self.body.addWidget(self.alike)
        self._headings: dict[str, QLabel] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        self._lay_out(grid)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        self._connect()
        self.family.setFocus()

    def _lay_out(self, grid: QGridLayout) -> None:
        at, across = 0, 4 if self._room() >= ACROSS else 2
        for title, row in LAYOUT:
            if title:
                self._headings[title] = heading()
                grid.addWidget(self._headings[title], at, 0, 1, across)
                at += 1
            column = 0
            if row[0][0] == "street_address":  # it is asked before an address is written
                self.body.addWidget(self.non_disclosure)  # its place among the tab stops
                self.body.removeWidget(self.non_disclosure)
                grid.addWidget(self.non_disclosure, at, 0, 1, across)
                at += 1
            for name, columns in row:
                field = self.put(name, self.controls[name])
                self.body.removeWidget(field)
                columns = columns if across == 4 else max(1, columns // 2)
                if column + columns > across:
                    at, column = at + 1, 0
                grid.addWidget(field, at, column, 1, columns, Qt.AlignmentFlag.AlignTop)
                column += columns
            at += 1
        for column in range(across):
            grid.setColumnStretch(column, 1)

    def _connect(self) -> None:
        self.looking = QTimer(self, singleShot=True, interval=LOOK)
        self.looking.timeout.connect(self.look)
        for control in (self.family, self.given, self.controls["former_names"], self.code.edit):
            control.textEdited.connect(lambda _text: self.looking.start())
        self.controls["birth_date"].textEdited.connect(lambda _text: self.looking.start())
        self.code.edit.editingFinished.connect(self._left_code)
        self.code.shown.connect(self._show_code)

    def retranslate(self) -> None:
        super().retranslate()
        new = self._trainee_id is None
        self.say(
            title=_("New trainee") if new else _("Details of the trainee"),
            keep=_("Register") if new else _("Keep"),
            leave=_("Do not register") if new else _("Leave as it was"),
            **{name: _(words) for name, words in (LINES | OTHERS).items()},
        )
        for title, words in HEADINGS.items():
            self._headings[title].setText(_(words))
        self.controls["service_language"].retranslate()
        self.controls["municipality"].retranslate()
        self.code.retranslate()
        self.non_disclosure.setText(_("Non-disclosure for safety: the address is never shown or printed"))
        self.fields["personal_identity_code"].set_help(_("May be left empty."))
        self._name_coaches()

    def _load(self) -> None:
        from coachdesk.services import trainees, workshops

        desk, trainee_id = self.shell.desk, self._trainee_id
        self.shell.jobs.run(
            lambda: (workshops.coaches(desk), trainees.get(desk, trainee_id) if trainee_id else None),
            then=lambda found: self.show_trainee(*found),
            owner=self,
        )

    def show_trainee(self, coaches: tuple[Coach, ...], trainee: Trainee | None) -> None:
        """Fill the form; a new one gets the coach at the desk."""
        self._coaches = coaches
        self._name_coaches()
        self.before = trainee
        coach_id = trainee.responsible_coach_id if trainee else self.shell.desk.coach_id
        self.controls["responsible_coach_id"].choose(str(coach_id or ""))
        if trainee is not None:
            self._fill(trainee)
        subject = f"trainee:{trainee.id}" if trainee else "new"
        self.keep_draft("trainee", subject, non_disclosure=self.non_disclosure)

    def _fill(self, trainee: Trainee) -> None:
        for name in LINES:
            self.controls[name].setText(getattr(trainee, name))
        for name in CHOSEN:
            self.controls[name].choose(getattr(trainee, name))
        for name in ("goal", "support_needed"):
            self.controls[name].setPlainText(getattr(trainee, name))
        for name in ("birth_date", "first_contact"):
            self.controls[name].set_day(getattr(trainee, name))
        self.code.set_code(trainee.personal_identity_code)
        self.non_disclosure.setChecked(trainee.non_disclosure)
        self._hide_address(trainee)

    def _hide_address(self, trainee: Trainee) -> None:
        """The address of a protected person is not on the screen: only a new one can be written."""
        if trainee.non_disclosure:
            for name in ("street_address", "postal_code", "post_office"):
                self.controls[name].clear()
                self.fields[name].set_help(_("Hidden. What you write replaces it."))

    def _name_coaches(self) -> None:
        choices = [(str(coach.id), coach.name) for coach in getattr(self, "_coaches", ())]
        self.controls["responsible_coach_id"].offer([("", "–"), *choices])

    def typed(self) -> Trainee:
        """What stands in the form.

        Raises:
            Refused: a day is no day.
        """
        values: dict[str, Any] = {name: self.controls[name].text() for name in LINES}
        for name in CHOSEN:
            values[name] = self.controls[name].key
        for name in ("goal", "support_needed"):
            values[name] = self.controls[name].toPlainText().strip()
        for name in ("birth_date", "first_contact"):
            values[name] = day_in(self.controls[name], name)
        coach = self.controls["responsible_coach_id"].key
        values["responsible_coach_id"] = int(coach) if coach else None
        values["personal_identity_code"] = self.code.code
        values["non_disclosure"] = self.non_disclosure.isChecked()
        before = self.before
        if before is None:
            return Trainee(**values)
        if before.non_disclosure:
            for name in ("street_address", "postal_code", "post_office"):
                values[name] = values[name] or getattr(before, name)
        return replace(before, **values)

    def look(self) -> None:
        """Look for others alike."""
        from coachdesk.errors import Problem
        from coachdesk.services import trainees

        if not self.shell.is_open:  # locked while the timer ran
            return
        try:
            typed = self.typed()
        except Problem:
            return
        if not (typed.family_name or typed.personal_identity_code):
            self.alike.show_found(typed, ())
            return
        work = partial(trainees.duplicates, self.shell.desk, typed)
        then: Callable[[tuple[Likeness, ...]], None] = partial(self.alike.show_found, typed)
        self.shell.jobs.run(work, then=then, lane="reading", owner=self)

    def _left_code(self) -> None:
        code = self.code.code
        if code and is_valid(code):
            self.controls["birth_date"].set_day(parse(code).birth_date)
            self.fields["personal_identity_code"].set_error("")
        elif code:
            self.fields["personal_identity_code"].set_error(what_is_wrong(code))

    def _show_code(self) -> None:
        from coachdesk.services import trainees

        if self._trainee_id is not None:
            work = partial(trainees.show_code, self.shell.desk, self._trainee_id)
            self.shell.jobs.run(work, then=lambda _code: self.code.show_code(), owner=self)
        else:
            self.code.show_code()

    def _open_instead(self, trainee_id: int) -> None:
        self.opened.emit(trainee_id)
        self.reject()

    def keep(self) -> None:
        from coachdesk.services import trainees

        desk, typed = self.shell.desk, self.typed()
        if self.before is None:
            self.run(partial(trainees.register, desk, typed), then=self._registered)
            return
        undo, redo = partial(trainees.edit, desk, self.before), partial(trainees.edit, desk, typed)
        self.run(redo, then=lambda _before: self.done_with(N_("Details changed"), undo, redo))

    def _registered(self, kept: Trainee) -> None:
        from coachdesk.services import trainees

        desk, jobs, shell = self.shell.desk, self.shell.jobs, self.shell
        self.shell.undo.did(
            lambda: current().fill(N_("{name} registered"), name=kept.name),
            undo=lambda: jobs.run(partial(trainees.remove, desk, kept.id), then=lambda _k: shell.back()),
        )
        self.kept.emit(kept)
        self.done_with(N_("Trainee registered"))
