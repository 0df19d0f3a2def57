"""What is typed into a consent's form, kept from the first key; it is no consent until it is recorded."""

import json
from typing import Any

from PySide6.QtCore import QObject, Signal

from coachdesk.domain.notes import FIELDS_AFTER, Draft
from coachdesk.services.consent_sheets import FORM, subject_of
from coachdesk.ui.shell import Shell


class FormDraft(QObject):
    """The unfinished form of one trainee; a save that runs takes the newest values next."""

    kept = Signal(object)  # Draft

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self.shell = shell
        self.trainee_id = 0
        self._newest: str | None = None
        self._running = False

    def put(self, values: dict[str, Any]) -> None:
        """Keep what stands in the form."""
        self._newest = written(values)
        if not self._running:
            self.keep_now()

    def keep_now(self) -> None:
        """Hand what is typed to the saving lane, which is drained before locking."""
        from coachdesk.services import drafts

        if self._newest is None or not self.shell.is_open:
            return
        text, self._newest, self._running = self._newest, None, True
        desk, subject = self.shell.desk, subject_of(self.trainee_id)
        self.shell.jobs.run(
            lambda: drafts.keep(desk, FORM, subject, text), then=self._saved, failed=self._failed, owner=self
        )

    def discard(self) -> None:
        """Forget it: it became a consent, or is not wanted."""
        from coachdesk.services import drafts

        self._newest = None
        desk, subject = self.shell.desk, subject_of(self.trainee_id)
        self.shell.jobs.run(lambda: drafts.discard(desk, FORM, subject))

    def _saved(self, draft: Draft | None) -> None:
        self._running = False
        self.kept.emit(draft)
        self.shell.saved()
        self.keep_now()

    def _failed(self, problem: Exception) -> None:
        self._running = False
        self.shell.notices.show(problem)


def written(values: dict[str, Any]) -> str:
    """The values of a form as the text of a draft: the purpose in words first, then the other fields."""
    fields = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return f"{values.get('purpose', '')}{FIELDS_AFTER}{fields}"


def read(draft: Draft) -> dict[str, Any]:
    """The values of a draft's text; a text that is none of ours gives none."""
    try:
        found = json.loads(draft.text.partition(FIELDS_AFTER)[2])
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
