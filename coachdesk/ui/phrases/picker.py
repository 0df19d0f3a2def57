"""Choosing a phrase: filtered as you type, arrows and Enter insert it, Esc closes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from coachdesk.domain.phrase_pairs import stands_in
from coachdesk.domain.phrases import Phrase, Place, offered
from coachdesk.i18n import N_, _, current
from coachdesk.ui import theme
from coachdesk.ui.announce import announce
from coachdesk.ui.phrases import wording
from coachdesk.ui.phrases.listing import PhraseList
from coachdesk.ui.screen import Dialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.words import heading, label

SHOWN = 100  # a key is answered at once however large the bank is
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}


class PhrasePicker(Dialog):
    """The phrases for one field; ``picked`` tells the one chosen, and the dialog is gone."""

    picked = Signal(object)  # Phrase

    def __init__(
        self,
        shell: Shell,
        phrases: tuple[Phrase, ...],
        place: Place,
        language: str,
        parent: QWidget | None = None,
        text: str = "",
    ) -> None:
        super().__init__(shell, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.phrases, self.place, self.language = phrases, place, language
        self._there = {one.key for one in phrases if stands_in(one.said(language), text)}
        self.heading, self.search = heading(wrap=True), QLineEdit()
        self.order = label("", "secondary", wrap=True)
        self.order.setVisible(bool(place.phases))
        self.search.setClearButtonEnabled(True)
        self.list = PhraseList()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrows move in it from the field
        self.list.clicked.connect(lambda _index: self.take())
        self.search.textChanged.connect(lambda _text: self.show_found())
        self.none = label("", "secondary", wrap=True)
        self.insert, self.close_button = Button(kind="primary", key="Enter"), Button(key="Esc")
        self.insert.clicked.connect(self.take)
        self.close_button.clicked.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(10)
        for part in (self.heading, self.search, self.order, self.list, self.none):
            box.addWidget(part)
        box.setStretch(3, 1)
        box.addLayout(row_of(None, self.close_button, self.insert))
        self.resize(theme.px(580), theme.px(440))
        self.retranslate()
        self.search.setFocus()

    def retranslate(self) -> None:
        super().retranslate()
        self.setWindowTitle(_("Phrase bank"))
        self.heading.setText(current().fill(N_("Phrases for: {field}"), field=wording.place_name(self.place)))
        numbers = ", ".join(map(str, self.place.phases))
        self.order.setText(
            current().fill(N_("Those whose phase is open ({numbers}) come first."), numbers=numbers)
        )
        self.search.setPlaceholderText(_("Find a phrase in either language"))
        self.search.setAccessibleName(_("Find a phrase in either language"))
        self.list.setAccessibleName(_("Phrases"))
        self.insert.setText(_("Insert"))
        self.close_button.setText(_("Close"))
        self.show_found()

    def show_found(self) -> None:
        """Show the phrases that have the words typed; others than this field's say what they are for."""
        every = offered(self.phrases, self.place, self.search.text())
        found = every[:SHOWN]
        here = {phrase.key for phrase, fits in found if fits}

        def below(phrase: Phrase) -> str:
            there = _("Already in the text") if phrase.key in self._there else ""
            other = "" if phrase.key in here else wording.purpose(phrase)
            return " · ".join(filter(None, (there, other)))

        self.list.show_phrases([phrase for phrase, _fits in found], self.language, below)
        self._step(-len(found))
        self.list.setVisible(bool(found))
        more = N_("The first {count} are shown. Type more to find the others.")
        nothing = _("No phrase has these words. You can add phrases in Settings.")
        self.none.setText(current().fill(more, count=SHOWN) if found else nothing)
        self.none.setVisible(len(every) != len(found) or not found)
        self.insert.setEnabled(bool(found))

    def _step(self, by: int) -> None:
        """Choose another line and say it to a reader: the focus stays in the field."""
        self.list.step(by)
        if self.list.lines.rows:
            announce(self.search, self.list.lines.rows[self.list.currentIndex().row()].spoken)

    def take(self) -> None:
        """Insert the phrase chosen."""
        phrase = self.list.phrase
        if phrase is not None:
            self.accept()
            self.picked.emit(phrase)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in STEPS:
            self._step(STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.reject() if self.close_button.hasFocus() else self.take()
        else:
            super().keyPressEvent(event)
