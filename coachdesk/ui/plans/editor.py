"""Writing a plan: its items to the left, the words in the middle, the real page to the right.

What is typed is a draft until Ctrl+Enter or the button makes it part of the plan; choosing another item
or leaving keeps the draft.
"""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from coachdesk.domain.notes import Draft
from coachdesk.domain.plan import DRAFT, SIGNED, PlanVersion
from coachdesk.errors import Refused
from coachdesk.ui.plans.version_acts import VersionActs
from coachdesk.ui.plans.version_view import VersionView
from coachdesk.ui.shell import Shell


class PlanEditor(VersionView):
    """One version of a plan; ``closed`` goes back to the list, ``changed`` after each act."""

    closed = Signal()
    changed = Signal()
    asked = Signal(str)  # replaces, people, sign, view: the dialogs that the tab owns
    opened = Signal(int)  # another version

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.acts = VersionActs(shell, self)
        self._connect()

    def _connect(self) -> None:
        self._drafts.found.connect(self._offered)
        self.offer.taken.connect(self._take)
        self.offer.thrown.connect(self._discard)
        self.bar.back.clicked.connect(self.closed)
        self.bar.opened.connect(self.opened)
        self.bar.asked.connect(self.asked)
        self.bar.paper.clicked.connect(self.print_)
        self.bar.step.clicked.connect(self.take_step)
        self.bar.step_back.clicked.connect(self.take_back)
        self.sections.picked.connect(self.show_section)
        self.items.picked.connect(self.show_item)
        self.items.added.connect(self.add_item)
        self.items.moved.connect(self.move_item)
        self.items.removed.connect(self.remove_item)
        self.form.edited.connect(self._typed)
        self.pane.language.picked.connect(self._speak_plan)
        self.pane.former.clicked.connect(self.previous)
        self.pane.following.clicked.connect(self.next)
        self.right.print_button.clicked.connect(self.print_)
        self.acts.kept.connect(self._kept)
        self.acts.refused.connect(self._refused)

    def begin(self, version_id: int) -> None:
        """Show a version from its beginning; nothing can be typed before it is there."""
        self.leave()
        self.sheet = None
        self._allow(False)
        self.open(version_id)

    def record(self, then: Callable[[], object] | None = None) -> None:
        """Make the words typed part of the plan; ``then`` follows when it is done or nothing was typed."""
        assert self.sheet is not None
        item, version, go_on = self.form.item(), self.sheet.version, then or (lambda: None)
        slot = item.key or item.kind
        if not version.open or not self._drafts.get(slot):
            go_on()
            return
        try:
            self.form.judge()
        except Refused:
            return

        def written(kept: PlanVersion) -> None:
            self._drafts.forget(slot)
            self._key = item.key or next((i.key for i in reversed(kept.items) if i.kind == item.kind), "")

        self.acts.write(version, item, written, go_on)

    def next(self) -> None:
        """Write the item and go on to the next."""
        self._go(1)

    def previous(self) -> None:
        """Write the item and go to the one before."""
        self._go(-1)

    def add_item(self) -> None:
        """Write this item and begin another of its kind."""

        def begin() -> None:
            self.show_item("")
            self.form.text.setFocus()

        self.record(begin)

    def move_item(self, key: str, to: int) -> None:
        """Move an item among its kind."""
        assert self.sheet is not None
        self.acts.move(self.sheet.version, key, to)

    def remove_item(self, key: str) -> None:
        """Take an item away; it can be taken back."""
        assert self.sheet is not None
        self._drafts.forget(key)
        self._key = None
        self.acts.remove(self.sheet.version, key)

    def take_step(self) -> None:
        """Do what comes next: mark final, record signatures, or begin a new version."""
        assert self.sheet is not None
        if self.sheet.version.state in (DRAFT, SIGNED):
            self.record(self._take_step)
        else:
            self.asked.emit("sign")

    def _take_step(self) -> None:
        assert self.sheet is not None
        self.acts.go_on(self.sheet.version)

    def take_back(self) -> None:
        """Take a final version back to a draft, or begin a new one from a printed."""
        assert self.sheet is not None
        self.acts.go_back(self.sheet.version)

    def print_(self) -> None:
        """Show the paper, to be printed or saved; only then is it marked printed."""
        from coachdesk.services import forms

        assert self.sheet is not None
        desk, version = self.shell.desk, self.sheet.version

        def show(drawn: forms.Printed) -> None:
            from coachdesk.ui.paper import PaperDialog

            PaperDialog(
                self.shell,
                drawn.pdf,
                drawn.title,
                drawn.file_name,
                printed=lambda: self.acts.printed(version),
                parent=self.window(),
            ).exec()

        self.record(
            lambda: self.shell.jobs.run(
                lambda: forms.plan(desk, version.id), then=show, lane="reading", owner=self
            )
        )

    def leave(self) -> None:
        """Keep what is typed as a draft."""
        self._drafts.keep()

    def _go(self, step: int) -> None:
        key = self.sections.beside(step)

        def go() -> None:
            if key:
                self.show_section(key)
                self.draw()
            self.form.text.setFocus()

        self.record(go)

    def _speak_plan(self, language: str) -> None:
        assert self.sheet is not None
        self.acts.speak(self.sheet.version, language)

    def _typed(self) -> None:
        item = self.form.item()
        new = not self._drafts.get(item.key or item.kind)
        self._drafts.put(item.key or item.kind, item, self.form.text.textCursor().position())
        if new:
            self._show_states()
            self._show_buttons()
        self.right.pause.start()

    def _kept(self, version: PlanVersion) -> None:
        self.changed.emit()
        if self.sheet is not None and self.sheet.plan.id == version.plan_id:
            self.open(version.id)

    def _refused(self, problem: Exception) -> None:
        if not (isinstance(problem, Refused) and self.form.say_wrong(problem)):
            self.shell.notices.show(problem)

    # words left before

    def _offered(self, drafts: tuple[Draft, ...]) -> None:
        self.offer.offer(drafts)
        self._show_buttons()

    def _take(self, drafts: tuple[Draft, ...]) -> None:
        """Go on with the words left before, the caret where it was."""
        self._drafts.take(drafts)
        slot = drafts[0].subject.rpartition(":")[2]
        item = self._drafts.get(slot)
        self._show_states()
        self._show_buttons()
        if item is not None:
            self.show_section(item.kind, item.key)
            cursor = self.form.text.textCursor()
            cursor.setPosition(min(drafts[0].caret, len(item.text)))
            self.form.text.setTextCursor(cursor)
            self.form.text.setFocus()
        self.draw()

    def _discard(self, drafts: tuple[Draft, ...]) -> None:
        self._drafts.discard(drafts)
        self._show_buttons()
