"""A phrase in both languages, and what it is for."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from coachdesk.domain.codes import codes
from coachdesk.domain.phases import PHASE_NAMES, PHASES
from coachdesk.domain.phrases import Phrase
from coachdesk.i18n import N_, _, current
from coachdesk.ui import theme
from coachdesk.ui.day_edit import upper
from coachdesk.ui.form import FormDialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.words import label


class PhraseForm(FormDialog):
    """A new phrase, or one that is worded anew."""

    wide = 640

    def __init__(self, shell: Shell, phrase: Phrase, parent: QWidget | None = None) -> None:
        self.phrase = phrase
        super().__init__(shell, parent)
        self.open_at(theme.px(740))

    def build(self) -> None:
        phrase = self.phrase
        self.hint = label("", "secondary", wrap=True)
        self.body.addWidget(self.hint)
        self.fi, self.sv = _words(phrase.fi), _words(phrase.sv)
        self.plain = QCheckBox()
        self.plain.setChecked(phrase.plain)
        self.plan_items, self.note_kinds = _of_codes("plan_items"), _of_codes("note_kinds")
        self.phases = Ticks(
            [str(phase) for phase in PHASES], lambda phase: f"{phase}  {_(PHASE_NAMES[int(phase)])}"
        )
        self.plan_items.put_typed(list(phrase.plan_items))
        self.note_kinds.put_typed(list(phrase.note_kinds))
        self.phases.put_typed([str(one) for one in phrase.phases])
        for name in ("fi", "sv", "plan_items", "note_kinds", "phases"):
            self.put(name, getattr(self, name))
        self.body.addWidget(self.plain)
        self.keep_draft("phrase", f"phrase:{phrase.key or 'new'}", plain=self.plain)

    def retranslate(self) -> None:
        super().retranslate()
        self.say(
            title=_("Phrase") if self.phrase.key else _("New phrase"),
            fi=_("In Finnish"),
            sv=_("In Swedish"),
            plan_items=_("Items of a plan"),
            note_kinds=_("Kinds of note"),
            phases=_("Comes first while the phase is open"),
        )
        self.hint.setText(
            _(
                "Write no names and nothing of any one person: the phrase is for everybody. Three "
                "underscores (___) are a gap for a number, a day or a name; as many in both languages."
            )
        )
        self.fields["note_kinds"].set_help(_("Where nothing is ticked, the phrase is for every field."))
        self.plain.setText(_("In plain language"))
        for ticks in (self.plan_items, self.note_kinds, self.phases):
            ticks.retranslate()

    def keep(self) -> None:
        from coachdesk.services import phrases

        desk = self.shell.desk
        written = replace(
            self.phrase,
            fi=self.fi.toPlainText(),
            sv=self.sv.toPlainText(),
            plain=self.plain.isChecked(),
            plan_items=tuple(self.plan_items.typed_value),
            note_kinds=tuple(self.note_kinds.typed_value),
            phases=tuple(int(phase) for phase in self.phases.typed_value),
        )
        if self.phrase.key:
            redo = partial(phrases.write, desk, written)
            self.run(
                redo,
                lambda before: self._kept(N_("Phrase changed"), partial(phrases.write, desk, before), redo),
            )
            return
        self.run(
            partial(phrases.add, desk, written),
            self._added,
        )

    def _added(self, phrase: Phrase) -> None:
        from coachdesk.services import phrases

        desk = self.shell.desk
        self.kept.emit(phrase)
        undo, redo = partial(phrases.remove, desk, phrase.key), partial(phrases.restore, desk, phrase)
        self._kept(N_("Phrase added"), undo, redo)

    def _kept(self, words: str, undo: object, redo: object) -> None:
        self.done_with(words, undo, redo)  # type: ignore[arg-type]


def _words(text: str) -> QPlainTextEdit:
    found = QPlainTextEdit(text)
    found.setTabChangesFocus(True)
    found.setFixedHeight(theme.px(64))
    return found


def _of_codes(title: str) -> "Ticks":
    found = codes(title)
    own = [code.key for code in found if not code.more.get("own_words")]
    return Ticks(own, lambda key: upper(found.name(key, current().language)))


class Ticks(QWidget):
    """Ticks in two columns, in one where there is no room for two; ``say`` gives the words of a key."""

    typed = Signal()

    def __init__(self, keys: Iterable[str], say: Callable[[str], str]) -> None:
        super().__init__()
        self._say = say
        self.ticks = {key: QCheckBox(self) for key in keys}
        for tick in self.ticks.values():
            tick.toggled.connect(lambda _on: self.typed.emit())

    @property
    def typed_value(self) -> list[str]:
        """The keys that are ticked."""
        return [key for key, tick in self.ticks.items() if tick.isChecked()]

    def put_typed(self, value: list[str]) -> None:
        """Tick these and no others."""
        for key, tick in self.ticks.items():
            tick.setChecked(key in value)

    def retranslate(self) -> None:
        """Set every word again."""
        for key, tick in self.ticks.items():
            tick.setText(self._say(key))
        self._place()

    def sizeHint(self) -> QSize:
        return QSize(2 * self._widest(), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._widest(), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange) and hasattr(self, "ticks"):
            self._place()

    def _widest(self) -> int:
        return max(tick.sizeHint().width() for tick in self.ticks.values())

    def _place(self) -> None:
        high = max(tick.sizeHint().height() for tick in self.ticks.values()) + 4
        columns = 2 if self.width() >= 2 * self._widest() else 1
        for at, tick in enumerate(self.ticks.values()):
            row, column = divmod(at, columns)
            tick.setGeometry(column * self.width() // columns, row * high, self.width() // columns, high)
        self.setFixedHeight(-(-len(self.ticks) // columns) * high)
        self.updateGeometry()
