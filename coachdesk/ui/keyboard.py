"""F1: the keys of this page, then the keys of every page."""

from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from coachdesk.i18n import N_, _
from coachdesk.ui.keynames import spoken_key
from coachdesk.ui.screen import Dialog, Screen
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.words import label

EVERYWHERE = (
    ("Ctrl+1 … Ctrl+6", N_("the places")),
    ("Ctrl+,", N_("settings")),
    ("Ctrl+K", N_("find a name")),
    ("Ctrl+F", N_("find on this page")),
    ("Ctrl+Shift+F", N_("find a paper by its code")),
    ("Ctrl+N", N_("new")),
    ("Ctrl+Shift+N", N_("new trainee")),
    ("Ctrl+P", N_("print")),
    ("Ctrl+Enter", N_("the main button of the page")),
    ("Ctrl+Z", N_("undo")),
    ("Ctrl+Y", N_("redo")),
    ("Ctrl+L", N_("lock")),
    ("Alt+Left", N_("back")),
    ("F5", N_("refresh")),
    ("F6", N_("next part of the window")),
    ("F8", N_("turn the screen to the trainee, and back")),
    ("Esc", N_("close, clear, leave the field")),
)


class KeyList(Dialog):
    """The keys in two cards: this page's and everywhere."""

    def __init__(self, shell: Shell, screen: Screen | None, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.setWindowTitle(_("Keys of this page"))
        cards = row_of(spacing=12)
        if screen is not None and screen.keys:
            cards.addWidget(_card(screen.title(), screen.keys))
        cards.addWidget(_card(_("On every page"), EVERYWHERE))
        inside = QWidget()
        inside.setLayout(cards)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setAccessibleName(_("Keys of this page"))
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        close = Button(_("Close"), key="Esc")
        close.clicked.connect(self.accept)
        box = column_of(area, row_of(None, close), spacing=12)
        box.setContentsMargins(16, 16, 16, 12)
        self.setLayout(box)
        hint = inside.sizeHint()
        self.resize(hint.width() + 60, min(hint.height() + 100, 620))
        close.setFocus()


def _card(title: str, keys: tuple[tuple[str, str], ...]) -> Card:
    card = Card(title)
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    for at, (key, what) in enumerate(keys):
        grid.addWidget(label(key_words(key), "key"), at, 0)
        grid.addWidget(label(_(what)), at, 1)
    grid.setColumnStretch(1, 1)
    grid.setRowStretch(len(keys), 1)
    card.body.addLayout(grid)
    return card


def key_words(key: str) -> str:
    """A key or several, each in the screen's language."""
    return " ".join(spoken_key(part) for part in _(key).split(" "))
