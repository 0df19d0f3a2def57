"""The right side of the editor: the real page, drawn again when the typing pauses."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer

from coachdesk.domain.plan import PlanItem, PlanVersion
from coachdesk.i18n import _, current
from coachdesk.ui.plans.preview import PageImage, PlanPages, draw_pages
from coachdesk.ui.plans.words import IN_LANGUAGE
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card

PAUSE = 400  # milliseconds after the last key before the page is drawn again
Asked = tuple[PlanVersion, Sequence[PlanItem], str]  # the version, its items as typed, words to be in sight


class PageCard(Card):
    """Pages of a version; ``ask`` tells what to draw when it is drawn, one drawing at a time."""

    def __init__(self, shell: Shell, ask: Callable[[], Asked | None]) -> None:
        super().__init__(margins=(10, 8, 10, 10))
        self.shell, self._ask = shell, ask
        self.print_button = Button(icon="printer", key="Ctrl+P")
        self.add_aside(self.print_button)
        self.pages = PlanPages()
        self.add(self.pages, 1)
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(PAUSE)
        self.pause.timeout.connect(self.draw)
        self._drawing, self._again = False, False

    def draw(self) -> None:
        """Draw the page as it would print now, off this thread."""
        asked = self._ask() if self.shell.is_open else None  # it may have been locked within the pause
        if asked is None:
            return
        if self._drawing:
            self._again = True
            return
        from coachdesk.services import plan_papers

        self._drawing = True
        desk, (version, items, find) = self.shell.desk, asked
        width = round(self.pages.page_width() * self.devicePixelRatioF())

        def work() -> tuple[PageImage, ...]:
            pdf, _language = plan_papers.preview(desk, version.id, items)
            return draw_pages(pdf, width, find)

        self.shell.jobs.run(work, then=self._drawn, failed=self._not_drawn, lane="reading", owner=self)

    def say(self, language: str) -> None:
        """Set the words; ``language`` is the plan's."""
        self.print_button.setText(_("Print"))
        self.set_title(current().fill("Print, {language}", language=_(IN_LANGUAGE.get(language, ""))))

    def _drawn(self, pages: tuple[PageImage, ...]) -> None:
        self._drawing = False
        self.pages.show_pages(pages)
        if self._again:
            self._again = False
            self.draw()

    def _not_drawn(self, problem: Exception) -> None:
        self._drawing = False
        self.shell.notices.show(problem)
