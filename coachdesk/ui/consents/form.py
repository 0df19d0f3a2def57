"""The form of a new or renewed consent: to whom, what, how it was given, until when.

Nothing is ticked beforehand.  What is typed is a draft until it is recorded; the paper can be printed
before that, to be signed first.
"""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from coachdesk.domain import consent as rules
from coachdesk.domain.codes import codes
from coachdesk.domain.consent import CONSENT_SCOPES, HOW_GIVEN, Consent, Scope
from coachdesk.domain.letters import nfc
from coachdesk.domain.notes import Draft
from coachdesk.errors import Problem, Refused
from coachdesk.i18n import N_, _, current, say
from coachdesk.services.consent_sheets import ConsentsPage
from coachdesk.ui.consents import drafts, wording
from coachdesk.ui.consents.drafts import FormDraft
from coachdesk.ui.day_edit import ChoiceBox, CodeBox, DayEdit, day_in
from coachdesk.ui.screen import Spoken
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.field import Field
from coachdesk.ui.widgets.layout import column_of, row_of, scrolled
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.words import label

OTHER = "other:"  # a recipient that is named in words
SIDE = 292


class ConsentForm(Card, Spoken):
    """See the module."""

    recorded = Signal(object, object)  # the Consent recorded, the one it replaces or None
    printed = Signal(object, bool)  # an unkept Consent, in plain language
    left = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(margins=(18, 8, 18, 10))
        self.shell = shell
        self.page: ConsentsPage | None = None
        self.replaces: Consent | None = None
        self._quiet = False
        self.draft = FormDraft(shell, self)
        self.draft.kept.connect(self._tell_kept)
        self._found: Draft | None = None
        self._make_controls()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _make_controls(self) -> None:
        today = self.shell.clock.today()
        self.recipient, self.other = ChoiceBox(), QLineEdit()
        self.purpose, self.ground = QLineEdit(), QLineEdit()
        self.boxes = {scope.key: ScopeBox(scope) for scope in CONSENT_SCOPES}
        self.given, self.valid_to = DayEdit(today), DayEdit(today)
        self.hows = {how: QRadioButton() for how in HOW_GIVEN}
        self.group = QButtonGroup(self)
        for radio in self.hows.values():
            self.group.addButton(radio)
        self.witness = QLineEdit()
        self.explained_language = CodeBox("languages", on=today, empty=True, order=_common_first)
        self.explained_language.setMinimumContentsLength(8)
        self.explained_by = QLineEdit()
        self.fields = {
            name: Field(control)
            for name, control in (
                ("recipient", self.recipient),
                ("other", self.other),
                ("purpose", self.purpose),
                ("given", self.given),
                ("valid_to", self.valid_to),
                ("witness", self.witness),
                ("explained_language", self.explained_language),
                ("explained_by", self.explained_by),
                ("ground", self.ground),
            )
        }

    def _lay_out(self) -> None:
        self.found = Notice("info", icon="pencil")
        self.go_on, self.throw = Button(kind="primary"), Button()
        for button in (self.throw, self.go_on):
            self.found.add_button(button)
        self.found.hide()
        self.add(self.found)
        top = row_of(spacing=12)
        for name, room in (("recipient", 4), ("other", 4), ("purpose", 5)):
            top.addWidget(self.fields[name], room, Qt.AlignmentFlag.AlignTop)
        self.caption = label("", "label")
        self.scopes_error = label("", "error")
        self.scopes_error.hide()
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(20)
        self.grid.setVerticalSpacing(6)
        self.grid.setContentsMargins(0, 0, 0, 0)
        left = column_of(row_of(self.caption, self.scopes_error, None), self.grid, None, spacing=6)
        self.side = QWidget()
        self.side.setLayout(self._side())
        self.columns = QHBoxLayout()
        self.columns.setContentsMargins(0, 0, 0, 0)
        self.columns.setSpacing(24)
        self.columns.addLayout(left, 1)
        self.columns.addWidget(self.side, 0, Qt.AlignmentFlag.AlignTop)
        middle = QWidget()
        middle.setLayout(column_of(top, self.columns, None, spacing=8))
        self.add(scrolled(middle), 1)
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        self.add(self.problem)
        self.record_button = Button(kind="primary", icon="check", key="Ctrl+Enter")
        self.paper = Button(icon="printer", key="Ctrl+P")
        self.plain = Button()
        self.leave_button = Button(key="Esc")
        self.state = label("", "secondary")
        self.body.addLayout(
            row_of(self.record_button, self.paper, self.plain, self.state, None, self.leave_button)
        )
        self.fit("wide")

    def _side(self) -> Any:
        days, told = row_of(spacing=10), row_of(spacing=10)
        for row, names in ((days, ("given", "valid_to")), (told, ("explained_language", "explained_by"))):
            for name in names:
                row.addWidget(self.fields[name], 1, Qt.AlignmentFlag.AlignTop)
        self.how_caption = label("", "label")
        hows = column_of(self.how_caption, *self.hows.values(), self.fields["witness"], spacing=1)
        return column_of(days, hows, told, self.fields["ground"], spacing=8)

    def _connect(self) -> None:
        self.recipient.chosen.connect(lambda _key: self._show_other())
        for line in (self.other, self.purpose, self.ground, self.witness, self.explained_by):
            line.textEdited.connect(self._typed)
        for day in (self.given, self.valid_to):
            day.textEdited.connect(self._typed)
        for chosen in (self.recipient.chosen, self.explained_language.chosen):
            chosen.connect(self._typed)
        for box in self.boxes.values():
            box.tick.toggled.connect(lambda _on: self._ticked())
        for radio in self.hows.values():
            radio.toggled.connect(lambda on: self._show_witness() if on else None)
        self.group.buttonClicked.connect(self._typed)
        self.record_button.clicked.connect(self.record)
        self.paper.clicked.connect(lambda: self.print_(plain=False))
        self.plain.clicked.connect(lambda: self.print_(plain=True))
        self.leave_button.clicked.connect(self.leave)
        self.go_on.clicked.connect(self._continue)
        self.throw.clicked.connect(self._throw_away)

    def retranslate(self) -> None:
        """Set the words again."""
        self.speak()
        self._name_form()
        self._fill_recipients()
        for name, words in (
            ("recipient", _("To whom")),
            ("other", _("Name of the recipient")),
            ("purpose", _("Purpose")),
            ("given", _("Given")),
            ("valid_to", _("Valid to")),
            ("explained_language", _("Explained in")),
            ("explained_by", _("Explained by")),
            ("ground", _("Ground, if another than the consent")),
        ):
            self.fields[name].set_caption(words)
        self.how_caption.setText(_("How it was given"))
        for how, radio in self.hows.items():
            text = _(HOW_GIVEN[how])
            radio.setText(text[:1].upper() + text[1:])
        self._show_witness()
        for box in self.boxes.values():
            box.retranslate()
        self._count()
        self.record_button.setText(_("Record the consent"))
        self.paper.setText(_("Print the form"))
        self.plain.setText(_("Plain-language form"))
        self.leave_button.setText(_("Leave as a draft"))
        self.go_on.setText(_("Continue"))
        self.throw.setText(_("Discard"))

    def _name_form(self) -> None:
        self.heading.setVisible(False)
        if self.replaces is None:
            self.setAccessibleName(_("New consent"))
        else:
            self.setAccessibleName(
                current().fill(N_("New version of consent {paper}"), paper=self.replaces.number)
            )

    def begin(self, page: ConsentsPage, *, recipient: str = "", replaces: Consent | None = None) -> None:
        """Begin a new consent, or a new version of one; a draft found is offered once."""
        self.page, self.replaces = page, replaces
        self.draft.trainee_id = page.sheet.trainee_id
        self._name_form()
        self._fill_recipients()
        today = self.shell.clock.today()
        for day in (self.given, self.valid_to):
            day.today = today
        self.show_values(_renewed(replaces, today, page) if replaces else _empty(recipient, today, page))
        self._tell_kept(None)
        self._clear_errors()
        self._found = page.draft
        self.found.setVisible(page.draft is not None)
        if page.draft is not None:
            self.found.set_text(current().fill(N_("A draft of {at} was found."), at=page.draft.at))

    def go_on_with(self, page: ConsentsPage) -> None:
        """Go on with the draft that is there."""
        self.begin(page)
        self._continue()

    @property
    def values(self) -> dict[str, Any]:
        """What stands in the form, as a draft keeps it."""
        return {
            "recipient": self.recipient.key,
            "other": self.other.text(),
            "purpose": self.purpose.text(),
            "ground": self.ground.text(),
            "scopes": [key for key, box in self.boxes.items() if box.tick.isChecked()],
            "given": self.given.text(),
            "valid_to": self.valid_to.text(),
            "given_how": self.how,
            "witness": self.witness.text(),
            "explained_language": self.explained_language.key,
            "explained_by": self.explained_by.text(),
            "replaces_id": self.replaces.id if self.replaces else None,
        }

    def show_values(self, values: dict[str, Any]) -> None:
        """Put values into the form without keeping them as a draft."""
        self._quiet = True
        self.recipient.choose(values.get("recipient", ""))
        for name in ("other", "purpose", "ground", "given", "valid_to", "witness", "explained_by"):
            getattr(self, name).setText(values.get(name, ""))
        for key, box in self.boxes.items():
            box.tick.setChecked(key in values.get("scopes", ()))
        how = str(values.get("given_how") or "signed")
        self.hows.get(how, self.hows["signed"]).setChecked(True)
        self.explained_language.choose(values.get("explained_language", ""))
        self._show_other()
        self._show_witness()
        self._count()
        self._quiet = False

    @property
    def how(self) -> str:
        """How the consent was given."""
        return next((how for how, radio in self.hows.items() if radio.isChecked()), "signed")

    def written(self) -> Consent:
        """The consent that stands in the form, not kept yet.

        Raises:
            Refused: something is missing or cannot be read; names the field.
        """
        assert self.page is not None
        key = self.recipient.key
        if key == OTHER and not nfc(self.other.text()):
            raise Refused(N_("Write who may have the details."), field="other")
        until = day_in(self.valid_to, "valid_to")
        if not key:
            raise Refused(N_("Choose who may have the details."), field="recipient")
        if not self.values["scopes"]:
            raise Refused(N_("Choose at least one thing that may be let out."), field="scopes")
        if until is None:
            raise Refused(N_("Write the last day of the consent."), field="valid_to")
        found = Consent(
            trainee_id=self.page.sheet.trainee_id,
            recipient=nfc(self.other.text()) if key == OTHER else key,
            scopes=tuple(self.values["scopes"]),
            purpose=nfc(self.purpose.text()),
            ground=nfc(self.ground.text()),
            given_how=self.how,
            witness=nfc(self.witness.text()) if self.how != "signed" else "",
            given=day_in(self.given, "given") or self.shell.clock.today(),
            valid_to=until,
            replaces_id=self.replaces.id if self._same_recipient(key) and self.replaces else None,
            explained_language=self.explained_language.key,
            explained_by=nfc(self.explained_by.text()),
        )
        return rules.checked(found, self.shell.clock.today())

    def record(self) -> None:
        """Make it a consent; one in force to the same recipient is replaced by it."""
        from coachdesk.services import consents

        try:
            self._clear_errors()
            found = self.written()
        except Problem as problem:
            self.refuse(problem)
            return
        parts = ("recipient", "scopes", "purpose", "ground", "given_how", "witness", "given", "valid_to",
                 "explained_language", "explained_by")  # fmt: skip
        values = {name: getattr(found, name) for name in parts}
        desk, old = self.shell.desk, self.replaces
        if found.replaces_id is not None and old is not None and old.withdrawn is None:
            work = partial(consents.change, desk, old.id, **values)
        else:
            old, work = None, partial(consents.give, desk, found.trainee_id, **values)
        self.shell.jobs.run(work, then=lambda kept: self._recorded(kept, old), failed=self.refuse, owner=self)

    def _recorded(self, kept: Consent, old: Consent | None) -> None:
        self.draft.discard()
        self.shell.saved()
        self.recorded.emit(kept, old)

    def print_(self, *, plain: bool = False) -> None:
        """The form on paper, before it is a consent: the paper is signed first."""
        try:
            self._clear_errors()
            self.printed.emit(self.written(), plain)
        except Problem as problem:
            self.refuse(problem)

    def refuse(self, problem: Exception) -> None:
        """Show what a rule refused, at its field."""
        assert isinstance(problem, Problem)
        name = problem.field or ""
        if name == "scopes":
            self.scopes_error.setText(say(problem))
            self.scopes_error.show()
            self.boxes["basic"].tick.setFocus()
        elif name in self.fields:
            self.fields[name].set_error(say(problem))
            self.fields[name].control.setFocus()
        else:
            self.problem.setText(say(problem))
            self.problem.show()

    def leave(self) -> None:
        """Close; what is typed stays as a draft."""
        self.draft.keep_now()
        self.left.emit()

    def fit(self, size_class: str) -> None:
        """Scopes in two columns where there is room for their sentences."""
        across = 2 if size_class == "wide" else 1
        for at, box in enumerate(self.boxes.values()):
            self.grid.removeWidget(box)
            self.grid.addWidget(box, at // across, at % across, Qt.AlignmentFlag.AlignTop)
        for column in range(2):
            self.grid.setColumnStretch(column, int(column < across))
        narrow = size_class == "narrow"
        direction = QHBoxLayout.Direction.TopToBottom if narrow else QHBoxLayout.Direction.LeftToRight
        self.columns.setDirection(direction)
        self.side.setMinimumWidth(0 if narrow else SIDE)
        self.side.setMaximumWidth(16_777_215 if narrow else SIDE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _same_recipient(self, key: str) -> bool:
        if self.replaces is None:
            return False
        name = nfc(self.other.text()) if key == OTHER else key
        return name == self.replaces.recipient

    def _fill_recipients(self) -> None:
        enrolled = self.page.sheet.enrolled if self.page else frozenset()
        today = self.shell.clock.today()
        bodies = [c.key for c in codes("bodies").on(today) if not c.more.get("named") and c.key != "workshop"]
        bodies.sort(key=lambda key: key not in enrolled)
        names = [(key, wording.recipient_name(key)) for key in bodies]
        self.recipient.offer([("", _("Choose")), *names, (OTHER, _("Somebody else, by name"))])

    def _show_other(self) -> None:
        self.fields["other"].setVisible(self.recipient.key == OTHER)

    def _show_witness(self) -> None:
        how = self.how
        self.fields["witness"].setVisible(how != "signed")
        self.fields["witness"].set_caption(
            _("Who gave it for the trainee") if how == "representative" else _("Before whom")
        )

    def _ticked(self) -> None:
        self._count()
        self._typed()

    def _count(self) -> None:
        count = sum(box.tick.isChecked() for box in self.boxes.values())
        self.caption.setText(
            current().fill(N_("May be let out ({count} of {all})"), count=count, all=len(self.boxes))
        )

    def _typed(self, *_what: Any) -> None:
        if not self._quiet and self.page is not None and self.shell.is_open:
            self.found.hide()
            self.draft.put(self.values)

    def _tell_kept(self, draft: Draft | None) -> None:
        self.state.setText(_("Draft kept.") if draft else self.accessibleName())

    def _continue(self) -> None:
        if self._found is not None and self.page is not None:
            values = drafts.read(self._found)
            known = {one.id: one for one in self.page.sheet.consents}
            self.replaces = known.get(values.get("replaces_id") or 0)
            self.show_values(values)
            self._name_form()
        self.found.hide()
        self.recipient.setFocus()

    def _throw_away(self) -> None:
        self.draft.discard()
        self._found = None
        self.found.hide()
        self.recipient.setFocus()

    def _clear_errors(self) -> None:
        for field in self.fields.values():
            field.set_error("")
        self.scopes_error.hide()
        self.problem.hide()


class ScopeBox(QWidget):
    """A scope to tick, with the sentence that says exactly what leaves."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope
        self.tick = QCheckBox()
        self.sentence = _Sentence(self.tick)
        box = column_of(self.tick, self.sentence, spacing=0)
        self.setLayout(box)

    def retranslate(self) -> None:
        """Set the words again."""
        self.tick.setText(_(self.scope.title))
        self.sentence.setText(_(self.scope.sentence))
        self.tick.setAccessibleDescription(_(self.scope.sentence))


class _Sentence(QLabel):
    """The sentence under a box; a press on it ticks the box."""

    def __init__(self, tick: QCheckBox) -> None:
        super().__init__()
        self._tick = tick
        self.setProperty("role", "secondary")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setContentsMargins(33, 0, 0, 0)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._tick.toggle()
        self._tick.setFocus()


def _common_first(code: Any) -> tuple[bool, str]:
    return not code.more.get("common"), code.name(current().language)


def _empty(recipient: str, today: date, page: ConsentsPage) -> dict[str, Any]:
    known = recipient in codes("bodies") and not codes("bodies")[recipient].more.get("named")
    return {
        "recipient": recipient if known or not recipient else OTHER,
        "other": "" if known else recipient,
        "given": _day(today),
        "explained_language": page.language,
        "explained_by": page.coach,
    }


def _renewed(old: Consent, today: date, page: ConsentsPage) -> dict[str, Any]:
    """The same scopes with new dates: as long as the old one ran, from today."""
    return _empty(old.recipient, today, page) | {
        "purpose": old.purpose,
        "ground": old.ground,
        "scopes": list(old.scopes),
        "valid_to": _day(today + (old.valid_to - old.given)),
        "given_how": old.given_how,
        "witness": old.witness,
        "explained_language": old.explained_language or page.language,
    }


def _day(day: date) -> str:
    from coachdesk.i18n import words

    return words("fi").day(day) if current().language == "en" else current().day(day)
