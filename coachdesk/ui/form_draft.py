"""What is typed into a form, kept from the first key; it is no record until the form's button is pressed.

Usage, in a ``FormDialog``::

    self.keep_draft("own_view", f"trainee:{trainee_id}:{subject}")   # when the form is filled

Only what differs from the form as it was opened is kept, so a form that nobody typed in leaves nothing.  A
draft found is offered once above the fields; until that is answered nothing is kept over it.  A page that
reads its fields anew says ``rest`` before and ``begin`` after it.
"""

import json
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from coachdesk.domain.notes import FIELDS_AFTER, Draft
from coachdesk.i18n import N_, _, current
from coachdesk.ui.form_values import caret_of, listen, put_caret, put_value, value_of
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.notice import Notice

FOCUS = "focus"


class FormDraft(QObject):
    """The draft of all fields of one form for one subject; a save that runs takes the newest next."""

    def __init__(
        self, shell: Shell, controls: dict[str, QWidget], form: str, subject: str, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.shell, self.controls, self.form, self.subject = shell, controls, form, subject
        self.opened_with = self.values()
        self.found: Draft | None = None
        self._newest: str | None = None
        self._running = False
        self._done = self._kept = self._resting = self._again = False
        self.offer = Notice("info")
        self.go_on, self.throw = Button(), Button(kind="flat")
        self.go_on.clicked.connect(self.take)
        self.throw.clicked.connect(self.throw_away)
        for button in (self.throw, self.go_on):
            self.offer.add_button(button)
        self.offer.hide()
        for control in controls.values():
            listen(control, self.typed)
        shell.keeping.connect(self.keep_now)

    def retranslate(self) -> None:
        """Write the words in the screen's language."""
        self.go_on.setText(_("Continue"))
        self.throw.setText(_("Discard"))
        if self.found is not None:
            self.offer.set_text(current().fill(N_("A draft of {at} was found."), at=self.found.at))
        elif self._again:
            self.offer.set_text(_("This is a draft. It is not kept before you press the button."))

    def look(self) -> None:
        """Look for a draft from before."""
        from coachdesk.services import drafts

        desk, form, subject = self.shell.desk, self.form, self.subject
        self.shell.jobs.run(lambda: drafts.find(desk, form, subject), then=self._looked, owner=self)

    def take(self) -> None:
        """Put the draft into the fields, the caret where it was."""
        draft, self.found = self.found, None
        self.offer.hide()
        if draft is None:
            return
        self._kept = True
        values = _read(draft)
        for name, control in self.controls.items():  # in the form's order: a choice may fill the next one
            if name in values:
                put_value(control, values[name])
        put_caret(self.controls.get(values.get(FOCUS, "")), draft.caret)

    def discard(self) -> None:
        """Forget it: it became a record, or is not wanted."""
        from coachdesk.services import drafts

        kept = self._kept or self._running or self.found is not None
        self.found, self._newest, self._kept = None, None, False
        self.offer.hide()
        if not kept:
            return
        desk, form, subject = self.shell.desk, self.form, self.subject
        self.shell.jobs.run(lambda: drafts.discard(desk, form, subject))

    def throw_away(self) -> None:
        """The coach does not want it: the fields stand as they were opened."""
        put_back, self._again = self._again, False
        self.discard()
        if put_back:
            self._resting = True
            for name, control in self.controls.items():
                put_value(control, self.opened_with[name])
            self._resting = False

    def finish(self) -> None:
        """The form is done with: nothing is kept any more."""
        self._done = True
        self.discard()

    def rest(self) -> None:
        """The fields are filled by the program: nothing of it is typed."""
        self._resting = True

    def begin(self) -> None:
        """The fields stand as they were read: keep what is typed from now on, and look for a draft.

        What was typed into these very fields before, as when the desk was locked meanwhile, is put back.
        """
        self.opened_with = self.values()
        self._again = self._kept or self._running or self._newest is not None
        self._done = self._resting = False
        self.look()

    def values(self) -> dict[str, Any]:
        """What stands in the fields."""
        return {name: value_of(control) for name, control in self.controls.items()}

    def typed(self, *_value: Any) -> None:
        """Keep what differs from the form as it was opened."""
        if self._done or self._resting or self.found is not None or not self.shell.is_open:
            return
        now = self.values()
        changed = {name: value for name, value in now.items() if value != self.opened_with[name]}
        self._newest = self._told(changed) if changed else ""
        if not self._running:
            self.keep_now()

    def keep_now(self) -> None:
        """Hand what is typed to the saving lane, which is drained before locking."""
        from coachdesk.services import drafts

        if self._newest is None or not self.shell.is_open:
            return
        text, self._newest, self._running = self._newest, None, True
        desk, form, subject, caret = self.shell.desk, self.form, self.subject, caret_of(self._focus()[1])
        self.shell.jobs.run(
            lambda: drafts.keep(desk, form, subject, text, caret),
            then=self._saved,
            failed=self._failed,
            owner=self,
        )

    def _told(self, changed: dict[str, Any]) -> str:
        texts = [changed[name] for name in changed if isinstance(self.controls[name], QPlainTextEdit)]
        fields = json.dumps(changed | {FOCUS: self._focus()[0]}, ensure_ascii=False, sort_keys=True)
        return f"{' '.join(texts)}{FIELDS_AFTER}{fields}"

    def _focus(self) -> tuple[str, QWidget | None]:
        for name, control in self.controls.items():
            if control.hasFocus() or control.isAncestorOf(control.window().focusWidget() or control.window()):
                return name, control
        return "", None

    def _saved(self, draft: Draft | None) -> None:
        self._running, self._kept = False, draft is not None
        self.keep_now()

    def _failed(self, problem: Exception) -> None:
        self._running = False
        self.shell.notices.show(problem)

    def _looked(self, draft: Draft | None) -> None:
        if draft is not None and _read(draft) and self._newest is None and not self._running:
            self.found = draft
            if self._again:
                self.take()
            self.go_on.setVisible(not self._again)
            self.retranslate()
            self.offer.show()
            if not self._again:
                self.go_on.setFocus()
        else:
            self._again = False
            self.offer.hide()


def _read(draft: Draft) -> dict[str, Any]:
    try:
        found = json.loads(draft.text.partition(FIELDS_AFTER)[2])
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
