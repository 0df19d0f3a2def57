"""Fields for passphrases: one to open with, two to choose a new one with."""

from collections.abc import Callable

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QRectF, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from coachdesk.i18n import N_, _
from coachdesk.ui import theme
from coachdesk.ui.jobs import InlineJobs, Jobs
from coachdesk.ui.screen import Spoken
from coachdesk.ui.widgets.buttons import ToolButton
from coachdesk.ui.widgets.field import Field
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.words import label

FORGOTTEN_AFTER = 30_000  # milliseconds without typing
JUDGED_AFTER = 200
SCORES = (
    N_("Very easy to guess"),
    N_("Very easy to guess"),
    N_("Easy to guess"),
    N_("Hard enough to guess"),
    N_("Hard to guess"),
)


class PassphraseEdit(QLineEdit, Spoken):
    """Hidden text with an eye to hold down; empties itself when nobody types; tells of Caps Lock."""

    caps_lock = Signal(bool)

    def __init__(self, *, forgets: bool = True, eye_later: bool = False) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.eye: ToolButton | None = None
        if not eye_later:
            self.add_eye()
        self._idle = QTimer(self, singleShot=True, interval=FORGOTTEN_AFTER)
        self._idle.timeout.connect(self.forget)
        if forgets:
            self.textEdited.connect(lambda _text: self._idle.start())
        self._caps: bool | None = None

    def add_eye(self) -> None:
        """Add the eye, which shows the text while it is held down."""
        self.eye = eye = ToolButton("eye")
        eye.setAutoRaise(True)
        eye.setProperty("kind", "")
        eye.setCursor(QtCore.Qt.CursorShape.ArrowCursor)
        eye.pressed.connect(self._reveal)
        eye.released.connect(lambda: self.setEchoMode(QLineEdit.EchoMode.Password))
        self.word(eye.set_words, N_("Show while held down"))
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 4, 0)
        box.addStretch(1)
        box.addWidget(eye)
        self.setTextMargins(0, 0, 36, 0)

    def take(self) -> str:
        """The passphrase; the field no longer has it."""
        found = self.text()
        self.forget()
        return found

    def forget(self) -> None:
        """Empty the field."""
        self._idle.stop()
        self.setText("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._look_for_caps_lock(event)
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.speak()
        super().changeEvent(event)

    def _reveal(self) -> None:
        """Show the text, which stays as sensitive as while it is hidden: nothing learns or guesses words."""
        hint = QtCore.Qt.InputMethodHint
        self.setEchoMode(QLineEdit.EchoMode.Normal)
        self.setInputMethodHints(hint.ImhSensitiveData | hint.ImhNoPredictiveText | hint.ImhNoAutoUppercase)

    def _look_for_caps_lock(self, event: QKeyEvent) -> None:
        """No toolkit call tells it on every system; a typed letter does."""
        text = event.text()
        shifted = bool(event.modifiers() & QtCore.Qt.KeyboardModifier.ShiftModifier)
        if event.key() == QtCore.Qt.Key.Key_CapsLock and self._caps is not None:
            caps = not self._caps
        elif len(text) == 1 and text.isalpha() and text.upper() != text.lower():
            caps = text.isupper() != shifted
        else:
            return
        if caps is not self._caps:
            self._caps = caps
            self.caps_lock.emit(caps)


class Meter(QWidget):
    """Four boxes, filled as far as the passphrase is hard to guess; the words stand beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._filled, self._enough = 0, False
        self.setFixedSize(theme.px(4 * 40), theme.px(8))

    def show_score(self, filled: int, *, enough: bool) -> None:
        """Fill so many of the four."""
        self._filled, self._enough = filled, enough
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        step = self.width() / 4
        for at in range(4):
            token = "line" if at >= self._filled else "ok" if self._enough else "warn"
            painter.fillRect(QRectF(at * step, 0, step - 4, self.height()), theme.colour(token))
        painter.end()


class NewPassphrase(QWidget, Spoken):
    """A new passphrase typed twice, judged in words while it is typed."""

    changed = Signal()

    def __init__(self, jobs: Jobs | InlineJobs, known: Callable[[], tuple[str, ...]] = tuple) -> None:
        super().__init__()
        self._jobs, self._known = jobs, known
        self._enough = False
        self._said: tuple[str, tuple[str, ...]] = ("", ())
        self.first, self.again = PassphraseEdit(forgets=False), PassphraseEdit(forgets=False)
        self.first_field, self.again_field = Field(self.first), Field(self.again)
        self.meter = Meter()
        self.verdict = label("", "secondary")
        self.advice = label("", "secondary", wrap=True)
        meter = row_of(self.meter, self.verdict, None)
        self.setLayout(column_of(self.first_field, meter, self.advice, 4, self.again_field, None))
        self._judging = QTimer(self, singleShot=True, interval=JUDGED_AFTER)
        self._judging.timeout.connect(self.judge)
        self.first.textEdited.connect(self._typed)
        self.again.textEdited.connect(lambda _text: self._compare(leaving=False))
        self.again.editingFinished.connect(lambda: self._compare(leaving=True))
        self.word(self.first_field.set_caption, N_("New passphrase"))
        self.word(self.again_field.set_caption, N_("The same again"))

    @property
    def ready(self) -> bool:
        """Whether it is hard enough to guess and typed alike twice."""
        return self._enough and self.first.text() == self.again.text()

    def reason(self) -> str:
        """Why it is not ready, in words; empty when it is."""
        if not self._enough:
            return _("The passphrase must be harder to guess.")
        return "" if self.ready else _("Type the same passphrase twice.")

    def take(self) -> str:
        """The passphrase; the fields no longer have it."""
        self.again.forget()
        found = self.first.take()
        self._enough = False
        self._show_verdict(0, "", ())
        return found

    def judge(self) -> None:
        """Judge what is typed now."""
        self._judging.stop()
        text = self.first.text()
        known = self._known()
        self._jobs.run(
            lambda: _strength(text, known),
            lane="reading",
            owner=self,
            then=lambda found: self._judged(text, found),
        )

    def retranslate(self) -> None:
        """Set every word again."""
        self.speak()
        self._show_verdict_words()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _typed(self) -> None:
        self._enough = False
        self._judging.start()
        self._compare(leaving=False)

    def _judged(self, text: str, found: tuple[int, bool, tuple[str, ...]]) -> None:
        if text != self.first.text():
            return
        score, self._enough, advice = found
        self._show_verdict(score, SCORES[score] if text else "", advice)
        self.changed.emit()

    def _show_verdict(self, score: int, verdict: str, advice: tuple[str, ...]) -> None:
        self.meter.show_score(max(score, 1) if verdict else 0, enough=self._enough)
        self._said = (verdict, advice)
        self._show_verdict_words()

    def _show_verdict_words(self) -> None:
        verdict, advice = self._said
        self.verdict.setText(_(verdict))
        self.advice.setText(" ".join(_(part) for part in advice))
        self.advice.setVisible(bool(advice))

    def _compare(self, *, leaving: bool) -> None:
        differ = bool(self.again.text()) and self.first.text() != self.again.text()
        if leaving or not differ:
            self.again_field.set_error(_("The two are not the same.") if differ else "")
        self.changed.emit()


def _strength(passphrase: str, known: tuple[str, ...]) -> tuple[int, bool, tuple[str, ...]]:
    from coachdesk.services import keys

    found = keys.strength(passphrase, *known)
    return found.score, found.enough, found.advice
