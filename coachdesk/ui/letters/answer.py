"""The answer to a letter: what, why, in which words; below it exactly what leaves."""

from datetime import date
from functools import partial

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from coachdesk.domain import region_letters
from coachdesk.domain.letter_kinds import KINDS, REFERRAL
from coachdesk.domain.letter_sheets import LetterSheet
from coachdesk.domain.region_letters import ACCEPTED, DECLINED, OUTCOMES, Answer
from coachdesk.errors import Refused
from coachdesk.i18n import N_, _, current
from coachdesk.ui.day_edit import ChoiceBox, DayEdit, day_in, upper
from coachdesk.ui.form import FormDialog
from coachdesk.ui.letters import wording
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.told import Told
from coachdesk.ui.widgets.words import label


class AnswerForm(FormDialog):
    """See the module."""

    wide = 600

    def __init__(self, shell: Shell, sheet: LetterSheet, parent: QWidget | None = None) -> None:
        self.sheet = sheet
        super().__init__(shell, parent)

    def build(self) -> None:
        today = self.shell.clock.today()
        self.about = label("", "strong", wrap=True)
        self.body.addWidget(self.about)
        self.outcome, self.reason = ChoiceBox(), ChoiceBox()
        self.start, self.words = DayEdit(today), QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(72)
        self._offer()
        self.outcome.choose(KINDS[self.sheet.letter.kind].answers[0])
        for name in ("outcome", "reason", "start", "words"):
            self.put(name, getattr(self, name))
        self.leaves = Card(margins=(14, 9, 14, 10))
        self.lines = Told()
        self.none = label("", "secondary", wrap=True)
        self.leaves.add(self.none)
        self.leaves.add(self.lines)
        self.body.addWidget(self.leaves)
        self.outcome.chosen.connect(lambda _key: self._judge())
        self.reason.chosen.connect(lambda _key: self._judge())
        self.start.textChanged.connect(lambda _text: self._judge())
        self.words.textChanged.connect(self._judge)
        self.keep_draft("letter_answer", f"letter:{self.sheet.letter.id}")
        self._judge()

    def retranslate(self) -> None:
        super().retranslate()
        self.say(
            title=_("Answer to the region"),
            keep=_("Accept for sending"),
            outcome=_("Answer"),
            reason=_("Why you decline"),
            start=_("Can begin on"),
            words=_("In words, 500 letters at most"),
        )
        person = self.sheet.trainee.name if self.sheet.trainee else self.sheet.letter.person_name
        kind = wording.kind(self.sheet.letter.kind)
        self.about.setText(" – ".join(filter(None, (kind, person))))
        self.leaves.set_title(_("Exactly this leaves"))
        self._offer()
        self._judge()

    def _offer(self) -> None:
        letter, words = self.sheet.letter, current()
        self.outcome.offer([(key, _(OUTCOMES[key])) for key in KINDS[letter.kind].answers])
        found = region_letters.reasons(letter.kind, self.shell.clock.today())
        self.reason.offer([("", "–"), *((code.key, upper(code.name(words.language))) for code in found)])

    def _judge(self) -> None:
        """Show the fields that the answer asks for, and what would leave."""
        if not hasattr(self, "lines"):
            return
        self.fields["reason"].setVisible(self.outcome.key == DECLINED)
        accepted = self.outcome.key == ACCEPTED and self.sheet.letter.kind == REFERRAL
        self.fields["start"].setVisible(accepted)
        try:
            item = region_letters.answer_item(self.sheet.letter, self._answer())
            said = ((_("To"), self._body()), *region_letters.answer_preview(item, current()))
        except Refused as problem:
            said = ()
            self.none.setText(current().say(problem))
        self.none.setVisible(not said)
        self.lines.tell(said)

    def _body(self) -> str:
        """To whom it leaves."""
        return self.sheet.body[1 if current().language == "sv" else 0]

    def _answer(self) -> Answer:
        letter, today = self.sheet.letter, self.shell.clock.today()
        declined = self.outcome.key == DECLINED
        reason = self.reason.key if declined else ""
        words = self.words.toPlainText()
        said = region_letters.checked_answer(letter, self.outcome.key, reason, words, today)
        return Answer(
            letter_id=letter.id,
            uid="",
            outcome=self.outcome.key,
            reason=reason,
            words=said,
            start=self._start(),
            ground=letter.ground,
            written=today,
            accepted=self.shell.clock.now(),
        )

    def _start(self) -> date | None:
        return day_in(self.start, "start") if self.fields["start"].isVisibleTo(self) else None

    def keep(self) -> None:
        from coachdesk.services import letter_answers

        answer, desk, letter_id = self._answer(), self.shell.desk, self.sheet.letter.id
        work = partial(
            letter_answers.answer,
            desk,
            letter_id,
            answer.outcome,
            reason=answer.reason,
            words=answer.words,
            start=answer.start,
        )
        self.run(work, then=lambda kept: self._done(kept))

    def _done(self, kept: Answer) -> None:
        from coachdesk.services import letter_answers

        self.kept.emit(kept)
        self.shell.health_changed.emit()
        undo = partial(letter_answers.take_back, self.shell.desk, self.sheet.letter.id)
        self.done_with(N_("Answer accepted, it leaves with the next bundle"), undo)
