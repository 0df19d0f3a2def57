"""The words of an item in the coach's language, below those of the plan: kept in step by the phrase bank.

What the coach wrote without the bank stands as it is, marked as not translated.  None of it is printed.
"""

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from coachdesk.domain.phrase_pairs import Pair, Piece, in_other, pairs
from coachdesk.domain.phrases import Phrase
from coachdesk.i18n import N_, _, current
from coachdesk.ui import theme
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.field import Field
from coachdesk.ui.widgets.layout import column_of

LANGUAGES = ("fi", "sv")
LEAST, MOST = 2, 3  # lines


class CoachSide(QWidget):
    """Seen where the plan and the screen are in different languages."""

    def __init__(self, shell: Shell, source: QPlainTextEdit) -> None:
        super().__init__()
        self.shell, self.source = shell, source
        self.language = ""  # of the plan
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.field = Field(self.text)
        self._pairs: tuple[Pair, ...] = ()
        self._unread = False  # the language was changed while the desk was locked
        self.setLayout(column_of(self.field))
        source.textChanged.connect(self.tell)
        self.hide()

    def show_language(self, language: str) -> None:
        """The plan is written in a language; empty where no other side is wanted."""
        self.language = language
        seen = language in LANGUAGES and current().language in set(LANGUAGES) - {language}
        self.setVisible(seen)
        if seen:
            self.retranslate()
            self._read()

    def _read(self) -> None:
        from coachdesk.services import phrases

        self._unread = not self.shell.is_open
        if self._unread:
            return
        desk = self.shell.desk
        self.shell.jobs.run(lambda: phrases.bank(desk), then=self._show_bank, lane="reading", owner=self)

    def _show_bank(self, bank: tuple[Phrase, ...]) -> None:
        self._pairs = pairs(bank, self.language) if self.language else ()
        self.tell()

    def tell(self) -> None:
        """Say in the coach's language what stands in the plan now."""
        if not self.isHidden():
            said = "".join(_said(piece) for piece in in_other(self.source.toPlainText(), self._pairs))
            if said != self.text.toPlainText():
                bar = self.text.verticalScrollBar()
                at = bar.value()
                self.text.setPlainText(said)
                bar.setValue(bar.maximum() if self.source.textCursor().atEnd() else at)
            self._fit()

    def _fit(self) -> None:
        """As high as the words, between two lines and three: the rest is scrolled."""
        line = self.text.fontMetrics().lineSpacing()
        lines = max(LEAST, min(MOST, round(self.text.document().size().height())))  # Qt counts it in lines
        self.text.setFixedHeight(lines * line + 2 * theme.px(12))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._unread:
            self._read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def retranslate(self) -> None:
        """Write the words in the screen's language."""
        finnish = current().language == "fi"
        self.field.set_caption(_("Same in Finnish, for you") if finnish else _("Same in Swedish, for you"))
        self.text.setPlaceholderText(_("What you choose from the phrase bank stands here too."))
        self.tell()


def _said(piece: Piece) -> str:
    return current().fill(N_("“{words}” (not translated)"), words=piece.text) if piece.own else piece.text
