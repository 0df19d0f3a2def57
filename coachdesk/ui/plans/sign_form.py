"""Who signed the paper, and when; a signed version never changes."""

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from coachdesk.domain.codes import codes
from coachdesk.domain.plan import Signature
from coachdesk.domain.plan_sheet import VersionSheet
from coachdesk.errors import Refused
from coachdesk.i18n import N_, _, current
from coachdesk.ui.day_edit import DayEdit, day_in, upper
from coachdesk.ui.form import FormDialog
from coachdesk.ui.plans.side_by_side import side_by_side
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.words import label


class SignForm(FormDialog):
    """A tick and a name for each who may sign."""

    wide = 560

    def __init__(
        self, shell: Shell, sheet: VersionSheet, coach: str = "", parent: QWidget | None = None
    ) -> None:
        self.sheet, self._coach = sheet, coach
        super().__init__(shell, parent)

    def build(self) -> None:
        today, plan, version = self.shell.clock.today(), self.sheet.plan, self.sheet.version
        self.on, self.valid_to = DayEdit(today, today), DayEdit(today, plan.valid_to)
        side_by_side(self, on=self.on, valid_to=self.valid_to)
        self.hint = label("", "secondary", wrap=True)
        self.body.addWidget(self.hint)
        self.rows = {role: self._row(role) for role in self._roles()}
        grid = QGridLayout()
        grid.setSpacing(10)
        grid.setColumnStretch(1, 1)
        for at, (tick, name) in enumerate(self.rows.values()):
            grid.addWidget(tick, at, 0)
            grid.addWidget(name, at, 1)
        self.body.addLayout(grid)
        ticks = {f"tick_{role}": tick for role, (tick, _name) in self.rows.items()}
        names = {f"name_{role}": name for role, (_tick, name) in self.rows.items()}
        subject = f"trainee:{plan.trainee_id}:plan:{plan.id}:sign:{version.version}"
        self.keep_draft("plan", subject, **ticks, **names)
        self.on.setFocus()

    def _roles(self) -> tuple[str, ...]:
        more = self.sheet.kind.more
        return (*more.get("signs", ()), *more.get("may_sign", ()))

    def _row(self, role: str) -> tuple[QCheckBox, QLineEdit]:
        names = {
            "trainee": self.sheet.spoken_name,
            "coach": self._coach,
            "support_person": self.sheet.version.support_person,
        }
        tick, name = QCheckBox(), QLineEdit(names.get(role, ""))
        name.textEdited.connect(lambda text: tick.setChecked(bool(text.strip())))
        return tick, name

    def retranslate(self) -> None:
        super().retranslate()
        self.say(
            title=_("Record the signatures"),
            keep=_("Record the signatures"),
            on=_("Day of signing"),
            valid_to=_("In force until, when agreed"),
        )
        self.hint.setText(_("Tick who has signed the paper. A signed version never changes."))
        for role, (tick, name) in self.rows.items():
            words = upper(codes("signing_roles")[role].name(current().language))
            tick.setText(words)
            name.setAccessibleName(current().fill("Name of the signer: {role}", role=words))

    def keep(self) -> None:
        from coachdesk.services import plans

        on, last = day_in(self.on, "on"), day_in(self.valid_to, "valid_to")
        if on is None:
            raise Refused(N_("Write the day of signing."), field="on")
        who = [
            Signature(role=role, name=name.text().strip(), on_day=on)
            for role, (tick, name) in self.rows.items()
            if tick.isChecked()
        ]
        desk, version_id = self.shell.desk, self.sheet.version.id
        self.run(
            lambda: plans.sign(desk, version_id, on=on, signatures=who, valid_to=last),
            then=lambda _version: self.done_with(""),
        )
