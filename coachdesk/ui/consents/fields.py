"""What stands in the form of a consent: to whom, which scopes, when and how it was given."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLineEdit, QRadioButton, QWidget

from coachdesk.domain.codes import codes
from coachdesk.domain.consent import CONSENT_SCOPES, HOW_GIVEN, Consent
from coachdesk.errors import Problem
from coachdesk.i18n import N_, _, current, say
from coachdesk.services.consent_sheets import ConsentsPage
from coachdesk.ui.consents import wording
from coachdesk.ui.consents.scope_box import ScopeBox
from coachdesk.ui.day_edit import ChoiceBox, CodeBox, DayEdit
from coachdesk.ui.screen import Spoken
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.field import Field
from coachdesk.ui.widgets.layout import column_of, row_of, scrolled
from coachdesk.ui.widgets.words import label

WRITTEN_IN = {"fi": N_("Write it in Finnish"), "sv": N_("Write it in Swedish")}  # as the form is printed
OTHER = "other:"  # a recipient that is named in words
SIDE = 312


class ConsentFields(Card, Spoken):
    """The fields with their captions and errors; ``changed`` tells what the coach changes in them."""

    changed = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(margins=(18, 8, 18, 10), parent=parent)
        self.shell = shell
        self.page: ConsentsPage | None = None
        self.replaces: Consent | None = None
        self._quiet = False
        self._make_controls()
        self._lay_out()
        self._connect()
        self.fit("wide")

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
            line.textEdited.connect(self._tell)
        for day in (self.given, self.valid_to):
            day.textEdited.connect(self._tell)
        for chosen in (self.recipient.chosen, self.explained_language.chosen):
            chosen.connect(self._tell)
        for box in self.boxes.values():
            box.tick.toggled.connect(lambda _on: self._ticked())
        for radio in self.hows.values():
            radio.toggled.connect(lambda on: self._show_witness() if on else None)
        self.group.buttonClicked.connect(self._tell)

    def retranslate(self) -> None:
        """Set the words again."""
        self.speak()
        self._fill_recipients()
        self.hint()
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
            line: QLineEdit = getattr(self, name)
            line.setText(values.get(name, ""))
            line.setCursorPosition(0)  # a long name is read from its beginning
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

    def hint(self) -> None:
        """Say in which language the purpose is printed: the form is in the trainee's."""
        language = self.page.language if self.page else ""
        self.purpose.setPlaceholderText(_(WRITTEN_IN[language]) if language in WRITTEN_IN else "")

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

    def _tell(self, *_what: Any) -> None:
        if not self._quiet:
            self.changed.emit()

    def _ticked(self) -> None:
        self._count()
        self._tell()

    def _count(self) -> None:
        count = sum(box.tick.isChecked() for box in self.boxes.values())
        self.caption.setText(
            current().fill(N_("May be let out ({count} of {all})"), count=count, all=len(self.boxes))
        )

    def _clear_errors(self) -> None:
        for field in self.fields.values():
            field.set_error("")
        self.scopes_error.hide()
        self.problem.hide()


def _common_first(code: Any) -> tuple[bool, str]:
    return not code.more.get("common"), code.name(current().language)
