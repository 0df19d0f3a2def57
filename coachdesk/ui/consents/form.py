"""The form of a new or renewed consent: begun, kept as a draft, printed to be signed, recorded.

Nothing is ticked beforehand.  What is typed is a draft until it is recorded; the paper can be printed
before that, to be signed first.
"""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from coachdesk.domain import consent as rules
from coachdesk.domain.codes import codes
from coachdesk.domain.consent import Consent
from coachdesk.domain.letters import nfc
from coachdesk.domain.notes import Draft
from coachdesk.errors import Problem, Refused
from coachdesk.i18n import N_, _, current
from coachdesk.services.consent_sheets import ConsentsPage
from coachdesk.ui.consents import drafts
from coachdesk.ui.consents.drafts import FormDraft
from coachdesk.ui.consents.fields import OTHER, ConsentFields
from coachdesk.ui.day_edit import day_in
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.layout import row_of
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.words import label


class ConsentForm(ConsentFields):
    """See the module."""

    recorded = Signal(object, object)  # the Consent recorded, the one it replaces or None
    printed = Signal(object, bool)  # an unkept Consent, in plain language
    left = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.draft = FormDraft(shell, self)
        self.draft.kept.connect(self._tell_kept)
        self._found: Draft | None = None
        self._build_offer()
        self._build_foot()
        self.changed.connect(self._typed)
        self.retranslate()

    def _build_offer(self) -> None:
        self.found = Notice("info", icon="pencil")
        self.go_on, self.throw = Button(kind="primary"), Button()
        for button in (self.throw, self.go_on):
            self.found.add_button(button)
        self.found.hide()
        self.body.insertWidget(0, self.found)
        self.go_on.clicked.connect(self._continue)
        self.throw.clicked.connect(self._throw_away)

    def _build_foot(self) -> None:
        self.record_button = Button(kind="primary", icon="check", key="Ctrl+Enter")
        self.paper = Button(icon="printer", key="Ctrl+P")
        self.plain = Button()
        self.leave_button = Button(key="Esc")
        self.state = label("", "secondary")
        self.body.addLayout(
            row_of(self.record_button, self.paper, self.plain, self.state, None, self.leave_button)
        )
        self.record_button.clicked.connect(self.record)
        self.paper.clicked.connect(lambda: self.print_(plain=False))
        self.plain.clicked.connect(lambda: self.print_(plain=True))
        self.leave_button.clicked.connect(self.leave)

    def retranslate(self) -> None:
        """Set the words again."""
        super().retranslate()
        self._name_form()
        self.record_button.setText(_("Record the consent"))
        self.paper.setText(_("Print the form"))
        self.plain.setText(_("Plain-language form"))
        self.leave_button.setText(_("Leave as a draft"))
        self.go_on.setText(_("Continue"))
        self.throw.setText(_("Discard"))

    def _name_form(self) -> None:
        self.heading.setVisible(False)
        if self.replaces is None:
            self.setAccessibleName(_("New consent"))
        else:
            self.setAccessibleName(
                current().fill(N_("New version of consent {paper}"), paper=self.replaces.number)
            )

    def begin(self, page: ConsentsPage, *, recipient: str = "", replaces: Consent | None = None) -> None:
        """Begin a new consent, or a new version of one; a draft found is offered once."""
        self.page, self.replaces = page, replaces
        self.draft.trainee_id = page.sheet.trainee_id
        self._name_form()
        self._fill_recipients()
        self.hint()
        today = self.shell.clock.today()
        for day in (self.given, self.valid_to):
            day.today = today
        self.show_values(_renewed(replaces, today, page) if replaces else _empty(recipient, today, page))
        self._tell_kept(None)
        self._clear_errors()
        self._found = page.draft
        self.found.setVisible(page.draft is not None)
        if page.draft is not None:
            self.found.set_text(current().fill(N_("A draft of {at} was found."), at=page.draft.at))

    def go_on_with(self, page: ConsentsPage) -> None:
        """Go on with the draft that is there."""
        self.begin(page)
        self._continue()

    def written(self) -> Consent:
        """The consent that stands in the form, not kept yet.

        Raises:
            Refused: something is missing or cannot be read; names the field.
        """
        assert self.page is not None
        key = self.recipient.key
        if key == OTHER and not nfc(self.other.text()):
            raise Refused(N_("Write who may have the details."), field="other")
        until = day_in(self.valid_to, "valid_to")
        if not key:
            raise Refused(N_("Choose who may have the details."), field="recipient")
        if not self.values["scopes"]:
            raise Refused(N_("Choose at least one thing that may be let out."), field="scopes")
        if until is None:
            raise Refused(N_("Write the last day of the consent."), field="valid_to")
        found = Consent(
            trainee_id=self.page.sheet.trainee_id,
            recipient=nfc(self.other.text()) if key == OTHER else key,
            scopes=tuple(self.values["scopes"]),
            purpose=nfc(self.purpose.text()),
            ground=nfc(self.ground.text()),
            given_how=self.how,
            witness=nfc(self.witness.text()) if self.how != "signed" else "",
            given=day_in(self.given, "given") or self.shell.clock.today(),
            valid_to=until,
            replaces_id=self.replaces.id if self._same_recipient(key) and self.replaces else None,
            explained_language=self.explained_language.key,
            explained_by=nfc(self.explained_by.text()),
        )
        return rules.checked(found, self.shell.clock.today())

    def record(self) -> None:
        """Make it a consent; one in force to the same recipient is replaced by it."""
        from coachdesk.services import consents

        try:
            self._clear_errors()
            found = self.written()
        except Problem as problem:
            self.refuse(problem)
            return
        parts = ("recipient", "scopes", "purpose", "ground", "given_how", "witness", "given", "valid_to",
                 "explained_language", "explained_by")  # fmt: skip
        values = {name: getattr(found, name) for name in parts}
        desk, old = self.shell.desk, self.replaces
        if found.replaces_id is not None and old is not None and old.withdrawn is None:
            work = partial(consents.change, desk, old.id, **values)
        else:
            old, work = None, partial(consents.give, desk, found.trainee_id, **values)
        self.shell.jobs.run(work, then=lambda kept: self._recorded(kept, old), failed=self.refuse, owner=self)

    def _recorded(self, kept: Consent, old: Consent | None) -> None:
        self.draft.discard()
        self.shell.saved()
        self.recorded.emit(kept, old)

    def print_(self, *, plain: bool = False) -> None:
        """The form on paper, before it is a consent: the paper is signed first."""
        try:
            self._clear_errors()
            self.printed.emit(self.written(), plain)
        except Problem as problem:
            self.refuse(problem)

    def leave(self) -> None:
        """Close; what is typed stays as a draft."""
        self.draft.keep_now()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _same_recipient(self, key: str) -> bool:
        if self.replaces is None:
            return False
        name = nfc(self.other.text()) if key == OTHER else key
        return name == self.replaces.recipient

    def _typed(self, *_what: Any) -> None:
        if not self._quiet and self.page is not None and self.shell.is_open:
            self.found.hide()
            self.draft.put(self.values)

    def _tell_kept(self, draft: Draft | None) -> None:
        self.state.setText(_("Draft kept.") if draft else self.accessibleName())

    def _continue(self) -> None:
        if self._found is not None and self.page is not None:
            values = drafts.read(self._found)
            known = {one.id: one for one in self.page.sheet.consents}
            self.replaces = known.get(values.get("replaces_id") or 0)
            self.show_values(values)
            self._name_form()
        self.found.hide()
        self.recipient.setFocus()

    def _throw_away(self) -> None:
        self.draft.discard()
        self._found = None
        self.found.hide()
        self.recipient.setFocus()


def _empty(recipient: str, today: date, page: ConsentsPage) -> dict[str, Any]:
    known = recipient in codes("bodies") and not codes("bodies")[recipient].more.get("named")
    return {
        "recipient": recipient if known or not recipient else OTHER,
        "other": "" if known else recipient,
        "given": _day(today),
        "explained_language": page.language,
        "explained_by": page.coach,
    }


def _renewed(old: Consent, today: date, page: ConsentsPage) -> dict[str, Any]:
    """The same scopes with new dates: as long as the old one ran, from today."""
    return _empty(old.recipient, today, page) | {
        "purpose": old.purpose,
        "ground": old.ground,
        "scopes": list(old.scopes),
        "valid_to": _day(today + (old.valid_to - old.given)),
        "given_how": old.given_how,
        "witness": old.witness,
        "explained_language": old.explained_language or page.language,
    }


def _day(day: date) -> str:
    from coachdesk.i18n import words

    return words("fi").day(day) if current().language == "en" else current().day(day)
