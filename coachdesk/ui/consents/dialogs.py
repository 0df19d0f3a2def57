"""The small forms beside consents: a permission, a prohibition, information given."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from coachdesk.domain.consent import Permission
from coachdesk.domain.information import InformationGiven
from coachdesk.domain.letters import nfc
from coachdesk.errors import Refused
from coachdesk.i18n import N_, _, current
from coachdesk.services.consent_sheets import ConsentsPage
from coachdesk.ui.consents import wording
from coachdesk.ui.day_edit import ChoiceBox, DayEdit, day_in
from coachdesk.ui.form import FormDialog
from coachdesk.ui.shell import Shell


class _About(FormDialog):
    """A form about the trainee of a page."""

    def __init__(self, shell: Shell, page: ConsentsPage, parent: QWidget | None = None) -> None:
        self.page = page
        super().__init__(shell, parent)

    @property
    def subject(self) -> str:
        """What its draft is about."""
        return f"trainee:{self.page.sheet.trainee_id}"


class PermissionForm(_About):
    """A permission to disclose under law."""

    def build(self) -> None:
        today = self.shell.clock.today()
        self.to_whom, self.covers, self.ground = QLineEdit(), QLineEdit(), QLineEdit()
        self.given, self.valid_to = DayEdit(today, today), DayEdit(today)
        for name in ("to_whom", "covers", "ground", "given", "valid_to"):
            self.put(name, getattr(self, name))
        self.to_whom.setFocus()
        self.keep_draft("permission", self.subject)

    def retranslate(self) -> None:
        super().retranslate()
        self.say(
            title=_("Permission to disclose"),
            keep=_("Record the permission"),
            to_whom=_("To whom"),
            covers=_("What it covers"),
            ground=_("Ground in law"),
            given=_("Given"),
            valid_to=_("Valid to, if it ends"),
        )

    def keep(self) -> None:
        from coachdesk.services import consents

        work = partial(
            consents.permit,
            self.shell.desk,
            self.page.sheet.trainee_id,
            to_whom=self.to_whom.text(),
            covers=self.covers.text(),
            ground=self.ground.text(),
            given=day_in(self.given, "given"),
            valid_to=day_in(self.valid_to, "valid_to"),
        )
        self.run(work, then=self._recorded)

    def _recorded(self, kept: Permission) -> None:
        from coachdesk.services import consent_corrections

        undo = partial(consent_corrections.take_back_permission, self.shell.desk, kept.id)
        self.done_with(N_("Permission recorded"), undo)


class ProhibitionForm(_About):
    """A prohibition: to everybody or to one; the consents that it covers are withdrawn with it."""

    def build(self) -> None:
        today = self.shell.clock.today()
        self.recipient, self.other, self.covers = ChoiceBox(), QLineEdit(), QLineEdit()
        self.given = DayEdit(today, today)
        self.put("recipient", self.recipient)
        self.put("other", self.other).hide()
        self.put("covers", self.covers)
        self.put("given", self.given)
        self.recipient.chosen.connect(lambda key: self.fields["other"].setVisible(key == "other:"))
        self._fill()
        self.recipient.choose("")
        self.keep_draft("prohibition", self.subject)

    def _fill(self) -> None:
        names = [(row.recipient, row.name) for row in wording.recipient_rows(self.page.sheet)]
        self.recipient.offer([("", _("Everybody")), *names, ("other:", _("Somebody else, by name"))])

    def retranslate(self) -> None:
        super().retranslate()
        self._fill()
        self.say(
            title=_("Prohibition to disclose"),
            keep=_("Record the prohibition"),
            recipient=_("Forbidden to"),
            other=_("Name of the recipient"),
            covers=_("What it covers, in the trainee's words"),
            given=_("Given"),
        )
        self.fields["recipient"].set_help(
            _("Consents to those whom it covers are withdrawn with it. That cannot be undone.")
        )

    def keep(self) -> None:
        from coachdesk.services import consents

        key = self.recipient.key
        who = nfc(self.other.text()) if key == "other:" else key
        if key == "other:" and not who:
            raise Refused(N_("Write to whom it is forbidden."), field="other")
        given = day_in(self.given, "given")
        if not self._sure(who):
            return
        trainee_id, covers = self.page.sheet.trainee_id, self.covers.text()
        work = partial(
            consents.forbid, self.shell.desk, trainee_id, recipient=who, covers=covers, given=given
        )
        self.run(work, then=lambda _kept: self.done_with(N_("Prohibition recorded")))

    def _sure(self, who: str) -> bool:
        sheet = self.page.sheet
        names = [
            wording.recipient_name(key)
            for key in sheet.recipients
            if who in ("", key) and sheet.in_force(key) is not None
        ]
        if not names:
            return True
        detail = current().fill(N_("Consents are withdrawn to: {names}."), names=", ".join(names))
        return self.shell.notices.confirm(
            current().fill(N_("Record the prohibition of {name}?"), name=self.page.name),
            _("Record the prohibition"),
            _("Do not record"),
            detail,
        )


class InformationForm(_About):
    """That the information text was given."""

    def build(self) -> None:
        today = self.shell.clock.today()
        self.given, self.language, self.given_by = DayEdit(today, today), ChoiceBox(), QLineEdit()
        self.put("given", self.given)
        self.put("language", self.language)
        self.plain = QCheckBox()
        self.body.addWidget(self.plain)
        self.put("given_by", self.given_by)
        self._fill()
        self.language.choose(self.page.language)
        self.given_by.setText(self.page.coach)
        self.keep_draft("information", self.subject, plain=self.plain)

    def _fill(self) -> None:
        self.language.fill([("fi", _("Finnish")), ("sv", _("Swedish"))])

    def retranslate(self) -> None:
        super().retranslate()
        self._fill()
        self.say(
            title=_("The information text was given"),
            keep=_("Record"),
            given=_("Given"),
            language=_("Language"),
            given_by=_("Given by"),
        )
        self.plain.setText(_("In plain language"))

    def keep(self) -> None:
        from coachdesk.services import information

        work = partial(
            information.give,
            self.shell.desk,
            self.page.sheet.trainee_id,
            language=self.language.key or "fi",
            given=day_in(self.given, "given") or self.shell.clock.today(),
            given_by=self.given_by.text(),
            plain=self.plain.isChecked(),
        )
        self.run(work, then=self._given)

    def _given(self, kept: InformationGiven) -> Any:
        from coachdesk.services import information

        self.done_with(N_("Recorded"), partial(information.take_back, self.shell.desk, kept.id))
