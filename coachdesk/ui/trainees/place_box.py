"""A municipality: the fourteen of the county first, any other Finnish one, or text as typed."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter

from coachdesk.domain.codes import codes
from coachdesk.i18n import current


class PlaceBox(QComboBox):
    """Type a name or three digits, or choose; an unknown name is kept as it is typed."""

    typed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(14)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)
        completer = QCompleter(self.model(), self)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchStartsWith)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self.editTextChanged.connect(lambda _text: self.typed.emit())
        self.currentIndexChanged.connect(lambda _at: self.typed.emit())

    @property
    def key(self) -> str:
        """The code of what stands there, or the text itself."""
        text = self.currentText().strip()
        found = codes("municipalities").called(text)
        return found.key if found else text

    def choose(self, key: str) -> None:
        """Show a municipality by its code, or a text."""
        self.setCurrentText(codes("municipalities").name(key, current().language))

    @property
    def typed_value(self) -> str:
        """What a draft keeps."""
        return self.key

    def put_typed(self, value: str) -> None:
        """Put back what a draft kept."""
        self.choose(value)

    def retranslate(self) -> None:
        """Write the names in the screen's language."""
        key = self.key
        self.clear()
        for code in codes("municipalities").on(self._today):
            self.addItem(code.name(current().language), code.key)
        self.choose(key)

    def wheelEvent(self, event: object) -> None:
        event.ignore()  # type: ignore[attr-defined]
