"""What holds of a trainee as a whole, above the tabs: service has ended, or a restriction is in force."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.domain.permissions import Right
from coachdesk.domain.retention import Keeping
from coachdesk.domain.trainee_sheets import TraineePage
from coachdesk.i18n import N_, _, current
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.words import tip


def kept_words(keeping: Keeping) -> str:
    """When the service ended and how long what is kept stays."""
    words = current()
    if keeping.due is None:
        return words.fill(
            N_("Service ended {day}. How long this is kept is for the controller to say."), day=keeping.ended
        )
    message = (
        N_("Service ended {day}. Kept until {due}, if the controller confirms it.")
        if keeping.review
        else N_("Service ended {day}. Kept until {due}.")
    )
    return words.fill(message, day=keeping.ended, due=keeping.due)


class Standing(QWidget):
    """One or two lines; nothing for most."""

    asked = Signal(str)  # period, handover, archive, reopen or requests

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.page: TraineePage | None = None
        self.leads = False
        self.ended, self.restricted = Notice("neutral", icon="archive"), Notice("warn")
        self.periods, self.requests = Button(kind="link"), Button(kind="link")
        self.give = Button(kind="link")
        self.archive, self.reopen = Button(kind="link"), Button(kind="link")
        for button in (self.give, self.archive, self.reopen):
            self.ended.add_button(button)
        self.archive.clicked.connect(lambda: self.asked.emit("archive"))
        self.reopen.clicked.connect(lambda: self.asked.emit("reopen"))
        self.ended.add_button(self.periods)
        self.give.clicked.connect(lambda: self.asked.emit("handover"))
        self.restricted.add_button(self.requests)
        self.periods.clicked.connect(lambda: self.asked.emit("period"))
        self.requests.clicked.connect(lambda: self.asked.emit("requests"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 6)
        box.setSpacing(4)
        box.addWidget(self.restricted)
        box.addWidget(self.ended)
        self.show_page(None)

    def show_page(self, page: TraineePage | None) -> None:
        """Show what holds of somebody; None while nobody is read."""
        self.page = page
        archived = page is not None and page.archived is not None
        self.ended.setVisible(page is not None and (archived or page.keeping is not None))
        self.archive.setVisible(not archived)
        self.reopen.setVisible(archived and self.leads)
        if archived:
            self._ask_who_leads()
        self.restricted.setVisible(page is not None and page.restricted is not None)
        self.setVisible(not (self.ended.isHidden() and self.restricted.isHidden()))
        self.retranslate()

    def _ask_who_leads(self) -> None:
        from coachdesk.services import rights

        desk = self.shell.desk
        self.shell.jobs.run(
            lambda: rights.may(desk, Right.REOPEN), then=self._know_who_leads, lane="reading", owner=self
        )

    def _know_who_leads(self, leads: bool) -> None:
        self.leads = leads
        self.reopen.setVisible(leads and self.page is not None and self.page.archived is not None)

    def retranslate(self) -> None:
        """Write the words in the screen's language."""
        self.periods.setText(_("Periods"))
        self.give.setText(_("Hand over…"))
        self.archive.setText(_("Archive"))
        self.reopen.setText(_("Reopen…"))
        self.requests.setText(_("Requests"))
        if self.page is None:
            return
        if self.page.keeping is not None:
            self.ended.set_text(kept_words(self.page.keeping))
            self.ended.setToolTip(tip(self.page.keeping.source_in(current().language)))
        self.ended.set_title("")
        if self.page.archived is not None:
            archived = N_("Archived {day}: nothing is changed any more.")
            self.ended.set_title(current().fill(archived, day=self.page.archived))
        if self.page.restricted is not None:
            self.restricted.set_text(
                current().fill(
                    N_("Processing is restricted since {day}: no summary leaves."), day=self.page.restricted
                )
            )
