"""A decision or voucher taken over into a period: its fields beside those that are kept."""

from functools import partial

from PySide6.QtWidgets import QWidget

from coachdesk.domain.codes import codes
from coachdesk.domain.letter_sheets import LetterSheet, Offered
from coachdesk.domain.period import Period
from coachdesk.i18n import N_, _, current
from coachdesk.services.letter_taking import Taken
from coachdesk.ui.day_edit import ChoiceBox, upper
from coachdesk.ui.form import FormDialog
from coachdesk.ui.letters.rows import BesideRows
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.words import label

NEW = "new"


class GrantForm(FormDialog):
    """The period, and which fields of the letter are written."""

    wide = 620

    def __init__(self, shell: Shell, sheet: LetterSheet, parent: QWidget | None = None) -> None:
        self.sheet = sheet
        super().__init__(shell, parent)

    def build(self) -> None:
        self.period, self.rows = ChoiceBox(), BesideRows()
        self.period.chosen.connect(lambda _key: self._read_beside())
        self.hint = label("", "secondary", wrap=True)
        self.put("period", self.period)
        self.body.addWidget(self.hint)
        self.body.addWidget(self.rows)
        self._offer()
        running = next((one for one in self.sheet.periods if one.ended is None), None)
        self.period.choose(str(running.id) if running else NEW)
        self.keep_draft("letter_grant", f"letter:{self.sheet.letter.id}", rows=self.rows)
        self._read_beside()

    def retranslate(self) -> None:
        super().retranslate()
        self.say(title=_("Take over into a period"), keep=_("Take over"), period=_("Period"))
        self.rows.retranslate()
        self.hint.setText(_("What is kept here stays as it is unless you tick it."))
        self._offer()

    def _offer(self) -> None:
        found = [(str(one.id), _called(one)) for one in self.sheet.periods]
        self.period.offer([*found, (NEW, _("A new period"))])

    def _read_beside(self) -> None:
        from coachdesk.services import letter_taking

        work = partial(letter_taking.grant_beside, self.shell.desk, self.sheet.letter.id, self._period_id)
        self.shell.jobs.run(work, then=self._show_beside, lane="reading", owner=self)

    def _show_beside(self, offered: tuple[Offered, ...]) -> None:
        self.rows.show_offered(offered)

    @property
    def _period_id(self) -> int | None:
        return int(self.period.key) if self.period.key.isdigit() else None

    def keep(self) -> None:
        from coachdesk.services import letter_taking

        desk, letter_id = self.shell.desk, self.sheet.letter.id
        work = partial(letter_taking.take_grant, desk, letter_id, self._period_id, self.rows.chosen)
        self.run(work, then=self._done)

    def _done(self, taken: Taken) -> None:
        from coachdesk.services import letter_taking

        self.kept.emit(taken)
        undo = partial(letter_taking.put_back_grant, self.shell.desk, taken)
        self.done_with(N_("Decision taken over"), undo)


def _called(period: Period) -> str:
    service = upper(codes("service_kinds").name(period.service_kind, current().language))
    return current().fill(N_("{service}, from {begins}"), service=service, begins=period.begins)
