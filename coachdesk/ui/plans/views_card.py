"""What the trainee said of a version after it could no longer be written: it stands above the words."""

from collections.abc import Sequence

from coachdesk.domain.trainee import OwnView
from coachdesk.i18n import N_, _, current
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.words import label


class ViewsCard(Card):
    """Each view with its day; hidden where there is none."""

    def __init__(self) -> None:
        super().__init__(margins=(14, 8, 14, 8))
        self.words = label("", wrap=True)
        self.add(self.words)
        self._views: tuple[OwnView, ...] = ()
        self.hide()

    def show_views(self, views: Sequence[OwnView]) -> None:
        """Show other views."""
        self._views = tuple(views)
        self.words.setText("\n".join(map(_said, views)))
        self.setVisible(bool(views))

    def retranslate(self) -> None:
        """Set the words."""
        self.set_title(_("The trainee's own view"))
        self.show_views(self._views)


def _said(view: OwnView) -> str:
    message = N_("{day}, disagrees: {text}") if view.disagrees else N_("{day}: {text}")
    return current().fill(message, day=view.on_day, text=view.text)
