"""The card of Today: what the region has written and nobody has answered."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from coachdesk.domain.letter_sheets import LetterLine, LettersCard
from coachdesk.i18n import _, ngettext
from coachdesk.ui.flow import FlowLayout
from coachdesk.ui.letters import wording
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.cut_label import CutLabel
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.pictures import Chip, Picture
from coachdesk.ui.widgets.words import label

SHOWN = 2


class RegionCard(Card):
    """The oldest letters, each a link; hidden when there is none."""

    asked = Signal(int)  # letter_id
    all_asked = Signal()

    def __init__(self) -> None:
        super().__init__(margins=(14, 9, 14, 9))
        self.found = LettersCard()
        self.title_ = label("", "heading")
        self.lines = tuple(_Line() for _at in range(SHOWN))  # made once: a later one would be last for Tab
        self.more = Button(kind="link")
        self.more.clicked.connect(self.all_asked)
        self.body.addLayout(row_of(Picture("mail", 18), self.title_, None, self.more))
        for at, line in enumerate(self.lines):
            line.button.clicked.connect(partial(self._ask, at))
            self.body.addWidget(line)
        self.hide()

    def show_letters(self, found: LettersCard) -> None:
        """Show what waits for an answer."""
        self.found = found
        self.setVisible(bool(found.lines))
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        self.title_.setText(_("From the region"))
        count = len(self.found.lines)
        self.more.setText(
            ngettext("All letters ({count})", "All letters ({count})", count).format(count=count)
        )
        for at, line in enumerate(self.lines):
            line.setVisible(at < count)
            if at < count:
                line.tell(self.found.lines[at])

    def _ask(self, at: int) -> None:
        self.asked.emit(self.found.lines[at].letter_id)


class _Line(QWidget):
    """What and about whom as a link, how it stands, since when."""

    def __init__(self) -> None:
        super().__init__()
        self.button, self.chip = Button(kind="link"), Chip("", "info", "")
        self.came = CutLabel()
        top = FlowLayout(spacing=8)
        top.addWidget(self.button)
        top.addWidget(self.chip)
        both = column_of(top, self.came, spacing=1)
        both.setContentsMargins(0, 2, 0, 2)
        self.setLayout(both)

    def tell(self, line: LetterLine) -> None:
        """Show a letter."""
        self.button.setText(wording.kind(line.kind))
        self.button.setAccessibleDescription(wording.about(line))
        text, kind = wording.state(line)
        self.chip.set_state(text, kind, "")
        self.came.tell(wording.about(line))
        self.button.updateGeometry()
