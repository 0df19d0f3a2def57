"""What is done to a version from the editor: each act by its service, each undone by a new one."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from coachdesk.domain.plan import DRAFT, FINAL, SIGNED, PlanItem, PlanVersion
from coachdesk.i18n import N_
from coachdesk.ui.shell import Shell

Then = Callable[[PlanVersion], object]


class VersionActs(QObject):
    """``kept`` tells the version to show after an act, ``refused`` what a rule did not allow."""

    kept = Signal(object)  # PlanVersion
    refused = Signal(object)  # Problem

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self.shell = shell

    def write(self, version: PlanVersion, item: PlanItem, written: Then, then: Callable[[], object]) -> None:
        """Make an item part of the plan; ``written`` before it is shown, ``then`` after."""
        from coachdesk.services import plan_items

        desk = self.shell.desk
        words = N_("The item was written.")
        self._items(words, version, lambda: plan_items.write_item(desk, version.id, item), written, then)

    def move(self, version: PlanVersion, key: str, to: int) -> None:
        """Move an item among its kind."""
        from coachdesk.services import plan_items

        desk = self.shell.desk
        self._items(
            N_("The item was moved."), version, lambda: plan_items.move_item(desk, version.id, key, to)
        )

    def remove(self, version: PlanVersion, key: str) -> None:
        """Take an item away."""
        from coachdesk.services import plan_items

        desk = self.shell.desk
        self._items(
            N_("The item was removed."), version, lambda: plan_items.remove_item(desk, version.id, key)
        )

    def speak(self, version: PlanVersion, language: str) -> None:
        """Say in which language the plan is written."""
        from coachdesk.services import plan_items

        desk, before = self.shell.desk, version.language

        def spoken(kept: PlanVersion) -> None:
            self.shell.undo.did(
                N_("The language of the plan was changed."),
                undo=lambda: self._do(
                    lambda: plan_items.set_language(desk, version.id, before, items=version.items)
                ),
                redo=lambda: self._do(lambda: plan_items.set_language(desk, version.id, language)),
                bar=False,
            )
            self._show(kept)

        self._do(lambda: plan_items.set_language(desk, version.id, language), spoken)

    def go_on(self, version: PlanVersion) -> None:
        """Mark a draft final, or begin a new version of a signed one."""
        from coachdesk.services import plans

        desk = self.shell.desk
        if version.state == DRAFT:
            self._do(lambda: plans.finish(desk, version.id))
        elif version.state == SIGNED:
            self._do(lambda: plans.new_version(desk, version.plan_id))

    def go_back(self, version: PlanVersion) -> None:
        """Take a final version back to a draft, or begin a new one from a printed."""
        from coachdesk.services import plans

        desk = self.shell.desk
        if version.state == FINAL:
            self._do(lambda: plans.reopen(desk, version.id))
        else:
            self._do(lambda: plans.new_version(desk, version.plan_id))

    def printed(self, version: PlanVersion) -> None:
        """Record that the paper was printed."""
        from coachdesk.services import plans

        desk = self.shell.desk
        self._do(lambda: plans.mark_printed(desk, version.id))

    def _items(
        self,
        words: str,
        before: PlanVersion,
        work: Callable[[], PlanVersion],
        written: Then | None = None,
        then: Callable[[], object] | None = None,
    ) -> None:
        """Do what changes items; undo writes them as they were."""
        from coachdesk.services import plan_items

        desk = self.shell.desk

        def did(after: PlanVersion) -> None:
            self.shell.undo.did(
                words,
                undo=lambda: self._do(lambda: plan_items.set_items(desk, before.id, before.items)),
                redo=lambda: self._do(lambda: plan_items.set_items(desk, after.id, after.items)),
                bar=False,
            )
            if written is not None:
                written(after)
            self._show(after)
            if then is not None:
                then()

        self._do(work, did)

    def _do(self, work: Callable[[], PlanVersion], then: Then | None = None) -> None:
        self.shell.jobs.run(work, then=then or self._show, failed=self.refused.emit, owner=self)

    def _show(self, kept: PlanVersion) -> None:
        self.shell.saved()
        self.kept.emit(kept)
