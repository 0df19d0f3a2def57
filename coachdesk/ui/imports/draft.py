"""An import that is not finished: which file, and what was corrected; nothing of the file itself is kept."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from coachdesk.domain.notes import FIELDS_AFTER, Draft
from coachdesk.i18n import N_, _, current
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.notice import Notice

FORM = SUBJECT = "import"


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """The file and what the coach chose in it: kind, sheet, month, columns, unknown words."""

    file: str
    kind: str = ""
    sheet: int = 0
    month: str = ""
    mapping: dict[int, str] = field(default_factory=dict)
    answers: tuple[tuple[str, str, str], ...] = ()  # field, folded word, code
    step: int = 1


class ImportDraft(QObject):
    """Keeps the corrections from the first one on; those of an import left before are offered once."""

    taken = Signal(object)  # Corrections

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self.shell = shell
        self.found: Corrections | None = None
        self.offer = Notice("info")
        self.go_on, self.throw = Button(), Button(kind="flat")
        self.go_on.clicked.connect(self._take)
        self.throw.clicked.connect(self.discard)
        for button in (self.throw, self.go_on):
            self.offer.add_button(button)
        self.offer.hide()

    def retranslate(self) -> None:
        """Set the words again."""
        self.go_on.setText(_("Continue"))
        self.throw.setText(_("Discard"))
        if self.found is not None:
            name = Path(self.found.file).name
            self.offer.set_text(current().fill(N_("The import of {file} was left unfinished."), file=name))

    def look(self) -> None:
        """Look for an import that was left."""
        from coachdesk.services import drafts

        desk = self.shell.desk
        self.shell.jobs.run(lambda: drafts.find(desk, FORM, SUBJECT), then=self._looked, owner=self)

    def keep(self, made: Corrections) -> None:
        """Keep what was corrected by now."""
        from coachdesk.services import drafts

        self._forget_offer()
        desk, text = self.shell.desk, f"{FIELDS_AFTER}{json.dumps(asdict(made), ensure_ascii=False)}"
        self.shell.jobs.run(lambda: drafts.keep(desk, FORM, SUBJECT, text))

    def discard(self) -> None:
        """Forget it: it was carried out, or is not wanted."""
        from coachdesk.services import drafts

        self._forget_offer()
        desk = self.shell.desk
        self.shell.jobs.run(lambda: drafts.discard(desk, FORM, SUBJECT))

    def _take(self) -> None:
        found = self.found
        self._forget_offer()
        if found is not None:
            self.taken.emit(found)

    def _forget_offer(self) -> None:
        self.found = None
        self.offer.hide()

    def _looked(self, draft: Draft | None) -> None:
        self.found = _read(draft) if draft is not None else None
        self.retranslate()
        self.offer.setVisible(self.found is not None)
        if self.found is not None:
            self.go_on.setFocus()


def _read(draft: Draft) -> Corrections | None:
    """The corrections of a draft; None where it is none of ours or its file is gone."""
    try:
        values: dict[str, Any] = json.loads(draft.text.partition(FIELDS_AFTER)[2])
        values["mapping"] = {int(index): key for index, key in values["mapping"].items()}
        values["answers"] = tuple((str(a), str(b), str(c)) for a, b, c in values["answers"])
        found = Corrections(**values)
    except (ValueError, KeyError, TypeError):
        return None
    return found if Path(found.file).is_file() else None
