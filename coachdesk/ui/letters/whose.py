"""Whose a letter is: a trainee of this desk, or a new one; its fields beside what is kept."""

from functools import partial

from PySide6.QtWidgets import QWidget

from coachdesk.domain.letter_sheets import LetterSheet, Offered
from coachdesk.i18n import N_, _, current
from coachdesk.ui.day_edit import ChoiceBox
from coachdesk.ui.form import FormDialog
from coachdesk.ui.letters.rows import BesideRows
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.words import label

NEW = "new"


class WhoseForm(FormDialog):
    """The trainee, and which fields of the letter are written."""

    wide = 620

    def __init__(self, shell: Shell, sheet: LetterSheet, parent: QWidget | None = None) -> None:
        self.sheet = sheet
        self.people: tuple[tuple[int, str], ...] = ()
        super().__init__(shell, parent)

    def build(self) -> None:
        self.who, self.rows = ChoiceBox(), BesideRows()
        self.who.chosen.connect(lambda _key: self._read_beside())
        self.hint = label("", "secondary", wrap=True)
        self.put("who", self.who)
        self.body.addWidget(self.hint)
        self.body.addWidget(self.rows)
        self._offer()
        first = self.sheet.trainee.id if self.sheet.trainee else NEW if self.sheet.letter.person else ""
        alike = self.sheet.alike[0].trainee.id if self.sheet.alike and not self.sheet.trainee else None
        self.who.choose(str(alike or first))
        self.keep_draft("letter_whose", f"letter:{self.sheet.letter.id}", rows=self.rows)
        self._read_people()
        self._read_beside()

    def retranslate(self) -> None:
        super().retranslate()
        self.say(title=_("Whose letter is it?"), keep=_("Save"), who=_("Trainee"))
        self.rows.retranslate()
        self._offer()
        self.hint.setText(self._hint())

    def _offer(self) -> None:
        alike = {one.trainee.id: one.trainee.name for one in self.sheet.alike}
        choices = [(NEW, _("A new trainee"))] if self.sheet.letter.person else []
        said = N_("{name} (looks like the same person)")
        choices += [(str(key), current().fill(said, name=name)) for key, name in alike.items()]
        own = [(self.sheet.trainee.id, self.sheet.trainee.name)] if self.sheet.trainee else []
        others = [*own, *(one for one in self.people if one not in own)]
        choices += [(str(key), name) for key, name in others if key not in alike]
        self.who.offer(choices)

    def _read_people(self) -> None:
        from coachdesk.services import letter_lists

        work = partial(letter_lists.people, self.shell.desk)
        self.shell.jobs.run(work, then=self._show_people, lane="reading", owner=self)

    def _show_people(self, people: tuple[tuple[int, str], ...]) -> None:
        self.people = people
        self._offer()

    def _read_beside(self) -> None:
        from coachdesk.services import letter_taking

        if self.who.key and self.sheet.letter.person:
            work = partial(
                letter_taking.person_beside, self.shell.desk, self.sheet.letter.id, self._trainee_id
            )
            self.shell.jobs.run(work, then=self._show_beside, lane="reading", owner=self)

    def _show_beside(self, offered: tuple[Offered, ...]) -> None:
        self.rows.show_offered(offered)
        self.hint.setText(self._hint())

    def _hint(self) -> str:
        if not self.sheet.letter.person:
            return _("The letter names nobody. Nothing is written, it is only joined.")
        return _("What is kept here stays as it is unless you tick it.")

    @property
    def _trainee_id(self) -> int | None:
        return int(self.who.key) if self.who.key.isdigit() else None

    def keep(self) -> None:
        from coachdesk.services import letter_lists, letter_taking

        desk, letter = self.shell.desk, self.sheet.letter
        if not self.who.key:
            self.fields["who"].set_error(_("Choose a trainee."))
            return
        if letter.person:
            work = partial(letter_taking.take_person, desk, letter.id, self._trainee_id, self.rows.chosen)
            undo_of = partial(letter_taking.put_back_person, desk)
            self.run(work, then=lambda taken: self._done(partial(undo_of, taken)))
            return
        join = partial(letter_lists.join, desk, letter.id)
        self.run(
            partial(join, self._trainee_id), then=lambda _b: self._done(partial(join, letter.trainee_id))
        )

    def _done(self, undo: object) -> None:
        self.kept.emit(None)
        self.done_with(N_("Letter joined to the trainee"), undo)  # type: ignore[arg-type]
