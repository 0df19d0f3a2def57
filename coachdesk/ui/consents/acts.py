"""What is done with consents, permissions and prohibitions beside recording them: ended, lifted, printed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from coachdesk.domain.consent import Consent, Permission, Prohibition
from coachdesk.i18n import N_, _, current
from coachdesk.ui.consents import wording
from coachdesk.ui.consents.view import withdrawal_words
from coachdesk.ui.form import Work
from coachdesk.ui.shell import Shell

if TYPE_CHECKING:
    from coachdesk.services.consent_sheets import ConsentsPage


class ConsentActs(QObject):
    """Asks before what cannot be undone; ``done`` tells that it is, ``drawn`` that a paper is ready."""

    done = Signal()
    drawn = Signal(object)  # services.forms.Printed

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self.shell = shell

    def withdraw(self, page: ConsentsPage, consent: Consent) -> None:
        """Withdraw after asking; it works at once and cannot be undone."""
        from coachdesk.services import consents

        sheet = page.sheet
        name = wording.recipient_name(consent.recipient)
        question = current().fill(
            N_("Withdraw the consent of {name} to {recipient}?"), name=page.name, recipient=name
        )
        detail = withdrawal_words(
            sheet.unsent.get(consent.recipient, 0), told=consent.recipient in sheet.sent_to
        )
        if self.shell.notices.confirm(question, _("Withdraw"), _("Do not withdraw"), detail):
            work = partial(consents.withdraw, self.shell.desk, consent.id)
            self._irrevocably(work)

    def end_permission(self, one: Permission) -> None:
        """Withdraw a permission after asking."""
        from coachdesk.services import consents

        question = current().fill(N_("Withdraw the permission to {name}?"), name=one.to_whom)
        if self.shell.notices.confirm(question, _("Withdraw the permission"), _("Do not withdraw")):
            self._irrevocably(partial(consents.end_permission, self.shell.desk, one.id))

    def lift(self, one: Prohibition) -> None:
        """Lift a prohibition after asking; what may then leave needs a new consent."""
        from coachdesk.services import consents

        detail = _("What may leave after that needs a new consent.")
        if self.shell.notices.confirm(
            _("Lift the prohibition?"), _("Lift"), _("Do not lift"), detail, danger=False
        ):
            self._irrevocably(partial(consents.lift, self.shell.desk, one.id))

    def _irrevocably(self, work: Work) -> None:
        def done(_result: Any) -> None:
            self.shell.undo.clear()
            self.done.emit()

        self.shell.jobs.run(work, then=done, owner=self)

    def print_form(self, consent: Consent, plain: bool) -> None:
        """The form of a consent, kept or not, in the trainee's language."""
        from coachdesk.services import forms

        work = partial(forms.consent, self.shell.desk, consent, plain=plain)
        self.shell.jobs.run(work, then=lambda printed: self.drawn.emit(printed), owner=self)

    def print_information(self, trainee_id: int, plain: bool) -> None:
        """The information text in the trainee's language."""
        from coachdesk.services import forms

        work = partial(forms.information, self.shell.desk, trainee_id, plain=plain)
        self.shell.jobs.run(work, then=lambda printed: self.drawn.emit(printed), owner=self)
