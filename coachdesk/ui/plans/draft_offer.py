"""Words left in a version before, offered once when it is opened."""

from PySide6.QtCore import Signal

from coachdesk.domain.notes import Draft
from coachdesk.i18n import _, current
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.notice import Notice


class DraftOffer(Notice):
    """Go on with them, or throw them away."""

    taken = Signal(object)  # tuple[Draft, ...]
    thrown = Signal(object)

    def __init__(self) -> None:
        super().__init__("info", icon="pencil")
        self.drafts: tuple[Draft, ...] = ()
        self.go_on, self.throw = Button(kind="primary"), Button()
        for button in (self.throw, self.go_on):
            self.add_button(button)
        self.go_on.clicked.connect(lambda: self.taken.emit(self._answered()))
        self.throw.clicked.connect(lambda: self.thrown.emit(self._answered()))
        self.hide()

    def offer(self, drafts: tuple[Draft, ...]) -> None:
        """Show that there are drafts."""
        self.drafts = drafts
        self.retranslate()
        self.show()

    def withdraw(self) -> None:
        """Nothing is offered any more."""
        self.drafts = ()
        self.hide()

    def retranslate(self) -> None:
        """Set the words."""
        self.go_on.setText(_("Go on"))
        self.throw.setText(_("Discard"))
        if self.drafts:
            at = current().time(max(draft.at for draft in self.drafts))
            self.set_text(current().fill("A draft of this plan was left at {time}.", time=at))

    def _answered(self) -> tuple[Draft, ...]:
        drafts = self.drafts
        self.withdraw()
        return drafts
