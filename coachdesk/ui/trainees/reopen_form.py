"""Reopening an archived trainee: why, which the log keeps."""

from functools import partial

from coachdesk.i18n import N_, _
from coachdesk.ui.why_form import WhyForm


class ReopenForm(WhyForm):
    """One field; only a lead coach comes here."""

    form = "reopen"

    def retranslate(self) -> None:
        super().retranslate()
        self.say(
            title=_("Reopen the trainee"),
            keep=_("Reopen"),
            leave=_("Leave archived"),
            why=_("Why it is reopened"),
        )
        self.about.setText(_("From then on the coaches can write again. The log keeps the reason."))

    def keep(self) -> None:
        from coachdesk.services import archive

        work = partial(archive.reopen, self.shell.desk, self.trainee_id, self.why.text())
        self.run(work, lambda _done: self.done_with(N_("Reopened from the archive")))
