"""Letters of the region in Sync: all that came, how each stands, and files read in."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.domain.letter_sheets import LetterLine, TakenIn
from coachdesk.domain.region_letters import ASIDE, DONE
from coachdesk.i18n import N_, _, current
from coachdesk.ui.columns import ColumnModel, column, table_of
from coachdesk.ui.letters import wording
from coachdesk.ui.letters.dialog import LetterDialog
from coachdesk.ui.screen import Screen
from coachdesk.ui.shell import Shell
from coachdesk.ui.sync.files import Asks
from coachdesk.ui.undo import Undoing
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.empty import EmptyState
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.words import label


class LettersPage(QWidget, Undoing):
    """A table, the newest letter first; Enter opens one."""

    changed = Signal()

    def __init__(self, shell: Shell, asks: Asks) -> None:
        super().__init__()
        self.shell, self.asks = shell, asks
        columns = (
            column(N_("Letter"), wording.heading, tip=wording.heading, width=0),
            column(N_("Written by"), lambda line: line.sender, tip=lambda line: line.sender, width=200),
            column(N_("Came"), wording.day, sort=lambda line: line.received, width=110),
            column(N_("State"), lambda line: wording.state(line)[0], width=260),
        )
        self.model = ColumnModel(columns, self)
        self.table = table_of(self.model)
        self.table.doubleClicked.connect(self._open_row)
        self.none = EmptyState("mail")
        self.open_button, self.read_button = Button(), Button(icon="folder-open")
        self.open_button.clicked.connect(self.open_chosen)
        self.read_button.clicked.connect(self.read_file)
        self.rest = label("", "secondary", wrap=True)
        card = Card(margins=(0, 0, 0, 0))
        card.heading.hide()
        card.add(self.table, 1)
        card.add(self.none, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addWidget(card, 1)
        foot = row_of(self.read_button, self.rest, self.open_button, spacing=12)
        foot.setStretch(1, 1)
        outer.addLayout(foot)

    def retranslate(self) -> None:
        """Set every word again."""
        self.table.setAccessibleName(_("Letters of the region"))
        self.none.set_words(_("The region has written nothing."))
        self.open_button.setText(_("Open"))
        self.read_button.setText(_("Read a file of letters…"))
        self.model.retranslate()
        self._tell_rest()

    def fit(self, size_class: str) -> None:
        """In a narrow window only what it is and how it stands."""
        for at in (1, 2):
            self.table.setColumnHidden(at, size_class == "narrow")

    def refresh(self) -> None:
        """Read the list."""
        from coachdesk.services import letter_lists

        self.shell.jobs.run(
            partial(letter_lists.listing, self.shell.desk), then=self.show_lines, lane="reading", owner=self
        )

    def show_lines(self, lines: tuple[LetterLine, ...]) -> None:
        """Show what was read, the same letter chosen."""
        at = max(0, self.table.currentIndex().row())
        self.model.show_rows(lines)
        if lines:
            self.table.selectRow(min(at, len(lines) - 1))
        self.table.setVisible(bool(lines))
        self.none.setVisible(not lines)
        self.open_button.setEnabled(bool(lines))
        self._tell_rest()

    def _tell_rest(self) -> None:
        """That older letters are left out, where they are."""
        from coachdesk.services.letter_lists import SHOWN

        settled = sum(line.state in (DONE, ASIDE) for line in self.model.all_rows)
        said = N_("Of the letters that are answered, the newest {count} are shown.")
        self.rest.setText(current().fill(said, count=SHOWN) if settled >= SHOWN else "")

    def open_chosen(self) -> None:
        """Open the letter chosen."""
        line: LetterLine | None = self.model.row(self.table.currentIndex())
        if line is not None:
            self.open_letter(line.letter_id)

    def open_letter(self, letter_id: int) -> LetterDialog:
        """Open one letter."""
        dialog = open_letter(self.shell, letter_id, self)
        dialog.finished.connect(lambda _result: self._read_again())
        return dialog

    def read_file(self) -> None:
        """Read a carried file of letters."""
        from coachdesk.services import letters

        file = self.asks.file(_("Which file of letters?"), "*.jwe (*.jwe)")
        if file is not None:
            work = partial(letters.read_file, self.shell.desk, Path(file))
            self.shell.jobs.run(work, then=self._taken, owner=self)

    def acted(self, _result: object = None) -> None:
        """What was done in a letter, or taken back, stands in the list."""
        self.shell.saved()
        self._read_again()

    def _taken(self, told: TakenIn) -> None:
        self.shell.saved()
        self.shell.notices.say("\n".join(told.lines))
        self._read_again()

    def _read_again(self) -> None:
        if self.shell.is_open:
            self.refresh()
            self.changed.emit()

    def _open_row(self, _index: QModelIndex) -> None:
        self.open_chosen()


def open_letter(shell: Shell, letter_id: int, parent: Screen | LettersPage, form: str = "") -> LetterDialog:
    """A letter on top of a page, with the form that a draft is of; what is done in it can be undone."""
    dialog = LetterDialog(shell, letter_id, parent.window(), form=form)
    dialog.did.connect(parent.can_be_undone)
    dialog.open()
    return dialog
