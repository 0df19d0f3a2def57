"""Which version a paper is: its square code scanned into the field, or the foot of the paper typed."""

from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from coachdesk.domain.plan_returned import ReturnedPaper
from coachdesk.i18n import _, current
from coachdesk.ui.announce import announce
from coachdesk.ui.form import FormDialog
from coachdesk.ui.plans.words import called, version_words
from coachdesk.ui.screen import FRAME
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.pictures import Chip
from coachdesk.ui.widgets.words import label


class FindPaperForm(FormDialog):
    """Stays open for the next paper; nothing typed here is kept, since a code is no record."""

    wide = 560

    def __init__(self, shell: Shell, parent: QWidget | None = None, text: str = "") -> None:
        self._text = text
        self.found: ReturnedPaper | None = None
        super().__init__(shell, parent)
        if text:
            self.try_to_keep()

    def build(self) -> None:
        self.code = QLineEdit(self._text)
        self.put("code", self.code)
        self.hint = label("", "secondary", wrap=True)
        self.body.addWidget(self.hint)
        self.answer = Card(margins=(14, 10, 14, 12))
        self.name, self.which = label("", "strong", wrap=True), label("", wrap=True)
        self.chip, self.more = Chip(), label("", wrap=True)
        self.open_button = Button(icon="arrow-right")
        self.open_button.clicked.connect(self.open_plan)
        for part in (self.name, self.which):
            self.answer.add(part)
        self.answer.body.addLayout(row_of(self.chip, None))
        self.answer.add(self.more)
        self.answer.body.addLayout(row_of(self.open_button, None))
        self.answer.hide()
        self.body.addWidget(self.answer)
        self.code.setFocus()

    def retranslate(self) -> None:
        super().retranslate()
        self.say(
            title=_("Find a paper by its code"),
            keep=_("Find"),
            leave=_("Close"),
            code=_("Code of the paper"),
        )
        self.hint.setText(
            _("Scan the square code, or type number, version and check code from the foot of the paper.")
        )
        self.open_button.setText(_("Open the plan"))
        self._show()

    def keep(self) -> None:
        from coachdesk.services import plan_returned

        desk, text = self.shell.desk, self.code.text()
        self.found = None
        self.answer.hide()
        self.run(lambda: plan_returned.find_paper(desk, text), then=self._show_found)

    def open_plan(self) -> None:
        """Go to the plan of the paper, as that version was."""
        assert self.found is not None
        found = self.found
        self.accept()
        self.shell.go(
            "trainees", trainee_id=found.plan.trainee_id, tab="plan", hint={"plan": found.version.id}
        )

    def _show_found(self, found: ReturnedPaper) -> None:
        self.found = found
        self._show()
        self._grow()
        self.open_button.setFocus()
        announce(self, f"{self.which.text()} {self.chip.text()} {self.more.text()}")

    def refuse(self, problem: Exception) -> None:
        super().refuse(problem)
        self._grow()

    def _grow(self) -> None:
        """Become as high as what is told needs, no higher than the screen."""
        inside, area = self.body.parentWidget(), self.findChild(QScrollArea)
        self.body.activate()
        needed = self.body.totalHeightForWidth(inside.width()) - area.height() if inside and area else 0
        room = self.screen().availableGeometry().height() - FRAME
        self.resize(self.width(), min(self.height() + max(0, needed), room))

    def _show(self) -> None:
        self.answer.setVisible(self.found is not None)
        if self.found is None:
            return
        found, words = self.found, current()
        self.name.setText(found.name)
        named = called(found.plan, found.on)
        self.which.setText(words.fill("{plan}. {version}.", plan=named, version=version_words(found.version)))
        self.chip.set_state(*short_of(found))
        self.more.setText(" ".join(standing_of(found)))
        self.more.setVisible(bool(self.more.text()))


def short_of(found: ReturnedPaper) -> tuple[str, str]:
    """How a paper stands, in two words, and the kind of chip."""
    if found.version.open:
        return (_("Draft"), "neutral") if found.same else (_("Old words"), "warn")
    if found.older:
        return _("Older version"), "warn"
    if found.valid is not None and found.valid.id == found.version.id:
        return _("Valid today"), "ok"
    if found.version.signed is None:
        return _("Signatures missing"), "info"
    return _("No longer valid"), "warn"


def standing_of(found: ReturnedPaper) -> list[str]:
    """How a paper stands today, in sentences."""
    words, said = current(), []
    if not found.same:
        said.append(_("The words of the draft have been changed since this paper was printed."))
    if found.older and found.valid is not None:
        said.append(
            words.fill(
                "The paper is older than the version in force: version {version}, signed {day}.",
                version=found.valid.version,
                day=found.valid.signed,
            )
        )
    elif found.newest.version > found.version.version:
        said.append(
            words.fill("Version {version} has been begun after this paper.", version=found.newest.version)
        )
    if found.replaced_by is not None:
        said.append(words.fill("Replaced by: {plan}", plan=called(found.replaced_by, found.on)) + ".")
    elif found.plan.valid_to and found.plan.valid_to < found.on:
        said.append(
            words.fill("The plan is no longer in force: its last day was {day}.", day=found.plan.valid_to)
        )
    if not found.version.open and found.version.signed is None and not found.older:
        said.append(_("Its signatures have not been recorded yet."))
    return said
