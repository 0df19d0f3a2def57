"""The four steps of an import, one page each: the first from the start, the others when they are needed."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from coachdesk.i18n import N_
from coachdesk.ui.imports.file_page import FilePage
from coachdesk.ui.shell import Shell

if TYPE_CHECKING:
    from coachdesk.ui.imports.columns_page import ColumnsPage
    from coachdesk.ui.imports.done_page import DonePage
    from coachdesk.ui.imports.preview_page import PreviewPage

STEPS = (N_("1 File"), N_("2 Columns"), N_("3 Preview"), N_("4 Done"))
FILE, COLUMNS, PREVIEW, DONE = range(4)
P = TypeVar("P", bound=QWidget)


class ImportPages(QStackedWidget):
    """The pages; what is done on one of them is told here, also where it is made later."""

    mapped = Signal()  # the columns are chosen anew
    decided = Signal()
    answered = Signal(str, str, str)  # field, word, key
    undo_asked = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._made: dict[int, Any] = {}
        self.file = self._add(FILE, FilePage(shell))

    def _add(self, step: int, page: P) -> P:
        self.addWidget(page)
        self._made[step] = page
        return page

    @cached_property
    def columns(self) -> ColumnsPage:
        """The step of the columns."""
        from coachdesk.ui.imports.columns_page import ColumnsPage

        page = self._add(COLUMNS, ColumnsPage())
        page.retranslate()
        page.changed.connect(self.mapped)
        return page

    @cached_property
    def preview(self) -> PreviewPage:
        """The step of the preview."""
        from coachdesk.ui.imports.preview_page import PreviewPage

        page = self._add(PREVIEW, PreviewPage())
        page.retranslate()
        page.changed.connect(self.decided)
        page.answered.connect(self.answered)
        return page

    @cached_property
    def done(self) -> DonePage:
        """The last step."""
        from coachdesk.ui.imports.done_page import DonePage

        page = self._add(DONE, DonePage())
        page.retranslate()
        page.undo.clicked.connect(lambda: self.undo_asked.emit())
        return page

    @property
    def step(self) -> int:
        """Which of the four steps is shown."""
        now = self.currentWidget()
        return next(step for step, page in self._made.items() if page is now)

    def show_step(self, step: int) -> QWidget:
        """Show a step; what has the focus there first."""
        page, start = self._start(step)
        self.setCurrentWidget(page)
        return start

    def _start(self, step: int) -> tuple[QWidget, QWidget]:
        if step == FILE:
            return self.file, self.file.choose
        if step == COLUMNS:
            return self.columns, self.columns.kind
        if step == PREVIEW:
            return self.preview, self.preview.part
        return self.done, self.done.undo

    def retranslate(self) -> None:
        """Set the words of every page that was made."""
        for page in self._made.values():
            page.retranslate()
