"""The one door for what must be told: problems, short news, questions.

Usage::

    shell.notices.show(problem)      # Refused and Trouble as a line above the page, ours as a dialog
    shell.notices.say(_("The note was copied."))
    shell.notices.confirm(_("Withdraw the consent?"), _("Withdraw"), _("Do not withdraw"), detail=...) -> bool

``confirm`` is for what cannot be undone only; the safe answer has the focus.  Tests use ``Recorder``.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.errors import Problem, ReasonNeeded, Refused
from coachdesk.i18n import N_, _, current, say
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.words import heading, label

if TYPE_CHECKING:
    import logging


class Notices(Protocol):
    """What a screen may ask of the door."""

    def show(self, problem: Exception) -> None:
        """Tell of a problem."""

    def say(self, text: str) -> None:
        """Tell short news; it goes away by itself and stands nowhere else, so keep it unimportant."""

    def confirm(self, question: str, yes: str, no: str, detail: str = "", *, danger: bool = True) -> bool:
        """Ask before what cannot be undone; True for ``yes``."""
        ...


class WindowNotices(QObject):
    """Notices of the real window: ``told`` (kind, sentence) and ``said`` are shown by it."""

    told = Signal(str, str)
    said = Signal(str)

    def __init__(self, window: QWidget | None = None, error_log: Path | None = None) -> None:
        super().__init__(window)
        self.window = window
        self.error_log = error_log
        self._last: tuple[Problem, str] | None = None  # what was told last, and how it was said
        self.holding = False  # the desk is being locked: a dialog would leave it open until it is answered
        self._held = False

    def show(self, problem: Exception) -> None:
        """A rule's no is a quiet line, the world's trouble a red one and a line in the error log."""
        if isinstance(problem, ReasonNeeded):
            return  # the trainee's page asks for the reason itself
        if isinstance(problem, Problem):
            if not isinstance(problem, Refused):
                _log().warning("%s: %s", type(problem).__name__, problem.message)
            self._last = problem, say(problem)
            self.told.emit("warn" if isinstance(problem, Refused) else "danger", self._last[1])
        else:
            self.mistake(problem)

    def again(self, sentence: str) -> str:
        """A sentence that stands in the window, in the language of now."""
        if self._last is None or self._last[1] != sentence:
            return sentence  # of somebody else, or of an earlier problem
        self._last = self._last[0], say(self._last[0])
        return self._last[1]

    def say(self, text: str) -> None:
        self.said.emit(text)

    def confirm(self, question: str, yes: str, no: str, detail: str = "", *, danger: bool = True) -> bool:
        return bool(Question(self.window, question, yes, no, detail, danger=danger).exec())

    def mistake(self, error: BaseException) -> None:
        """A mistake of ours: the stack without values goes to the log, one dialog says what is safe."""
        _log().error("mistake", exc_info=scrubbed(error))
        if self.holding:
            self._held = True
        else:
            self._tell_mistake()

    def tell_held(self) -> None:
        """Say what went wrong during the lock, now that somebody is there."""
        held, self._held = self._held, False
        if held:
            self._tell_mistake()

    def _tell_mistake(self) -> None:
        where = str(self.error_log) if self.error_log else ""
        detail = current().fill(
            N_("What you did last was not saved. Earlier work is safe. The error is written in {file}."),
            file=where,
        )
        Question(self.window, _("Something went wrong in the program"), _("Go on"), "", detail).exec()


def _log() -> "logging.Logger":
    import logging  # not needed for the first paint

    return logging.getLogger("coachdesk")


def scrubbed(error: BaseException) -> BaseException:
    """The same kind of error with its stack but without its text, which may hold a person's words."""
    bare = Exception(type(error).__name__)
    bare.__traceback__ = error.__traceback__
    return bare


class Question(QDialog):
    """A question with the name of the thing, and verbs on the buttons; ``no`` empty: only one button."""

    def __init__(
        self,
        parent: QWidget | None,
        question: str,
        yes: str,
        no: str,
        detail: str = "",
        *,
        danger: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("CoachDesk")
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(heading(question, wrap=True))
        if detail:
            box.addWidget(label(detail, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch(1)
        if no:
            self.no = Button(no)
            self.no.clicked.connect(self.reject)
            row.addWidget(self.no)
        self.yes = Button(yes, kind="danger" if danger and no else "primary")
        self.yes.clicked.connect(self.accept)
        row.addWidget(self.yes)
        box.addLayout(row)
        self.setMinimumWidth(440)
        (self.no if no else self.yes).setFocus()
        (self.no if no else self.yes).setDefault(True)


class Recorder:
    """Notices for tests: keeps what was told and gives ready answers."""

    def __init__(self) -> None:
        self.problems: list[Exception] = []
        self.told: list[str] = []
        self.questions: list[str] = []
        self.answer = True

    def show(self, problem: Exception) -> None:
        if not isinstance(problem, Problem):
            raise problem
        self.problems.append(problem)

    def say(self, text: str) -> None:
        self.told.append(text)

    def confirm(self, question: str, yes: str, no: str, detail: str = "", *, danger: bool = True) -> bool:
        self.questions.append(question)
        return self.answer

    @property
    def sentences(self) -> list[str]:
        """What the problems say, in the screen's language."""
        return [say(problem) for problem in self.problems if isinstance(problem, Problem)]
