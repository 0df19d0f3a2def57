"""What is typed into the items of a version and not yet part of the plan: kept from the first key."""

import json
from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from coachdesk.domain.notes import FIELDS_AFTER, Draft
from coachdesk.domain.plan import Plan, PlanItem, PlanVersion
from coachdesk.domain.plan_content import item_of, item_table
from coachdesk.ui.shell import Shell

FORM = "plan"


class ItemDrafts(QObject):
    """Drafts of one version by slot: the key of an item, or its kind while it has no key.

    ``found`` tells once of drafts from before; ``take`` goes on with them, ``discard`` throws them away.
    """

    found = Signal(object)  # tuple[Draft, ...]

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self.shell = shell
        self._subject = ""
        self._typed: dict[str, PlanItem] = {}
        self._unsaved: dict[str, tuple[str, int]] = {}
        self._running = False

    def open(self, plan: Plan, version: PlanVersion) -> None:
        """Begin with another version; drafts of it from before are told by ``found``."""
        self.keep()
        self._subject = f"trainee:{plan.trainee_id}:plan:{plan.id}:{version.version}:"
        self._typed = {}
        if not version.open:
            return
        from coachdesk.services import drafts

        desk, subject = self.shell.desk, self._subject

        def work() -> tuple[Draft, ...]:
            return tuple(
                draft
                for draft in drafts.all_of_coach(desk)
                if draft.form == FORM and draft.subject.startswith(subject)
            )

        self.shell.jobs.run(work, then=lambda old: self._looked(subject, old), owner=self)

    def get(self, slot: str) -> PlanItem | None:
        """What is typed there."""
        return self._typed.get(slot)

    def all(self) -> Iterator[tuple[str, PlanItem]]:
        """Everything typed."""
        yield from self._typed.items()

    def any_of(self, kind: str) -> bool:
        """Whether something is typed for a kind of item."""
        return any(item.kind == kind for item in self._typed.values())

    def put(self, slot: str, item: PlanItem, caret: int) -> None:
        """Keep what is typed; a save that runs takes the newest words next."""
        self._typed[slot] = item
        self._unsaved[self._subject + slot] = (written(item), caret)
        if not self._running:
            self._save()

    def forget(self, slot: str) -> None:
        """It became part of the plan, or is not wanted."""
        from coachdesk.services import drafts

        self._typed.pop(slot, None)
        self._unsaved.pop(self._subject + slot, None)
        desk, subject = self.shell.desk, self._subject + slot
        self.shell.jobs.run(lambda: drafts.discard(desk, FORM, subject))

    def take(self, old: tuple[Draft, ...]) -> None:
        """Go on with drafts from before."""
        for draft in old:
            slot = draft.subject.removeprefix(self._subject)
            self._typed[slot] = read(draft.text)

    def discard(self, old: tuple[Draft, ...]) -> None:
        """Throw drafts from before away."""
        for draft in old:
            self.forget(draft.subject.removeprefix(self._subject))

    def keep(self) -> None:
        """Hand what is typed to the saving lane, which is drained before locking."""
        while self._unsaved and self.shell.is_open:
            self._save()

    def _save(self) -> None:
        from coachdesk.services import drafts

        self._running = True
        subject, (text, caret) = self._unsaved.popitem()
        desk = self.shell.desk
        self.shell.jobs.run(
            lambda: drafts.keep(desk, FORM, subject, text, caret),
            then=self._saved,
            failed=self._failed,
            owner=self,
        )

    def _saved(self, _draft: Draft | None) -> None:
        self._running = False
        self.shell.saved()
        if self._unsaved and self.shell.is_open:
            self._save()

    def _failed(self, problem: Exception) -> None:
        self._running = False
        self.shell.notices.show(problem)

    def _looked(self, subject: str, old: tuple[Draft, ...]) -> None:
        if old and subject == self._subject and not self._typed:
            self.found.emit(old)


def written(item: PlanItem) -> str:
    """An item as the text of a draft: its words first, so that lists can show them, then its fields."""
    fields = json.dumps(item_table(replace(item, text="")), ensure_ascii=False)
    return f"{item.text}{FIELDS_AFTER}{fields}"


def read(text: str) -> PlanItem:
    """The item of a draft's text."""
    words, _mark, fields = text.partition(FIELDS_AFTER)
    return replace(item_of(json.loads(fields)), text=words)
