"""What was done and can be taken back: the last hundred acts since unlocking.

Usage, after a service has done something::

    shell.undo.did(N_("Marked present"), undo=lambda: self.unmark(cell), redo=lambda: self.mark(cell))

The label is a message that is only marked, or with values a callable that gives the whole text: it is said
in the language of the moment in which it is shown, and that may have changed since the act.

Undo is a new act of the same service with its own log line; ``undo`` and ``redo`` are called on the
interface thread and usually run a job.  What cannot be taken back (sent, signed, withdrawn, printed) is
never told here.  ``bar=False`` for what is done key by key: no bar, only Ctrl+Z.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from coachdesk.i18n import _

if TYPE_CHECKING:
    from coachdesk.ui.shell import Shell

KEPT = 100
Work = Callable[[], Any]
Label = str | Callable[[], str]


class Act:
    """One thing done: how it is called, and how to take it back and do it again."""

    def __init__(
        self, label: Label, undo: Callable[[], object], redo: Callable[[], object] | None = None
    ) -> None:
        self._label, self.undo, self.redo = label, undo, redo

    @property
    def label(self) -> str:
        """Its words, in the language of now."""
        return self._label() if callable(self._label) else _(self._label)


class Undo(QObject):
    """The acts that Ctrl+Z and Ctrl+Y reach."""

    happened = Signal(str)  # the label of a new act, for the bar
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._done: list[Act] = []
        self._undone: list[Act] = []

    def did(
        self,
        label: Label,
        undo: Callable[[], object],
        redo: Callable[[], object] | None = None,
        *,
        bar: bool = True,
    ) -> None:
        """Remember an act; a new act forgets what was undone before it."""
        self._done.append(act := Act(label, undo, redo))
        del self._done[:-KEPT]
        self._undone.clear()
        if bar:
            self.happened.emit(act.label)
        self.changed.emit()

    def undo(self) -> str:
        """Take the last act back; its label, empty when there is none."""
        if not self._done:
            return ""
        act = self._done.pop()
        if act.redo is not None:
            self._undone.append(act)
        act.undo()
        self.changed.emit()
        return act.label

    def redo(self) -> str:
        """Do again what was taken back last; its label, empty when there is none."""
        if not self._undone or (act := self._undone.pop()).redo is None:
            return ""
        self._done.append(act)
        act.redo()
        self.changed.emit()
        return act.label

    def clear(self) -> None:
        """Forget all: at lock, and when something irreversible was done."""
        self._done.clear()
        self._undone.clear()
        self.changed.emit()

    @property
    def can_undo(self) -> bool:
        """Whether something can be taken back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether something can be done again."""
        return bool(self._undone)


class Undoing:
    """What a screen, or a part of one, does after an act that can be taken back."""

    shell: "Shell"

    def can_be_undone(self, words: Label, undo: Work | None, redo: Work | None = None) -> None:
        """Say what was done; taking it back and doing it again are new acts, done on the saving lane."""
        if undo is not None:
            again = partial(self.act_anew, redo) if redo is not None else None
            self.shell.undo.did(words, undo=partial(self.act_anew, undo), redo=again)
        self.acted()

    def act_anew(self, work: Work) -> None:
        """Take an act back, or do it again."""
        self.shell.jobs.run(work, then=self.acted, owner=self)  # type: ignore[arg-type]  # it is a widget

    def acted(self, _result: object = None) -> None:
        """Something was done and is on the disk: show it."""
        self.shell.saved()
        self.refresh()

    def refresh(self) -> None:
        """Load and show."""
        raise NotImplementedError
