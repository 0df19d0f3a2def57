"""The figures of a quarter exactly as they leave; accepted once, for good."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.i18n import N_, _, current
from coachdesk.services.offering import FiguresSheet
from coachdesk.ui.day_edit import upper
from coachdesk.ui.screen import Dialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.layout import row_of, scrolled
from coachdesk.ui.widgets.told import Told
from coachdesk.ui.widgets.words import heading, label


class FiguresDialog(Dialog):
    """One table below the other, and the button that lets them go."""

    settled = Signal()

    def __init__(self, shell: Shell, sheet: FiguresSheet, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.sheet = sheet
        self.title_, self.lead = heading(wrap=True), label("", "secondary", wrap=True)
        inner = QWidget()
        inner.setProperty("screen", True)
        self.tables = QVBoxLayout(inner)
        self.parts = [(label("", "strong"), Told()) for _table in sheet.lines]
        for title, cells in self.parts:
            self.tables.addWidget(title)
            self.tables.addWidget(cells)
        self.tables.addStretch(1)
        self.close_, self.accept_ = Button(key="Esc"), Button(kind="primary", icon="send")
        self.close_.clicked.connect(self.reject)
        self.accept_.clicked.connect(self.let_go)
        self.accept_.setVisible(sheet.state == "open")
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(self.title_)
        box.addWidget(self.lead)
        box.addWidget(scrolled(inner), 1)
        box.addLayout(row_of(self.close_, None, self.accept_, spacing=12))
        self.resize(560, 560)
        self.retranslate()

    def retranslate(self) -> None:
        from coachdesk.domain import aggregate

        super().retranslate()
        words, sheet = current(), self.sheet
        self.setWindowTitle("CoachDesk")
        name = sheet.shop.name(words.language)
        message = N_("Figures without names, {quarter}, {workshop}")
        self.title_.setText(words.fill(message, quarter=sheet.quarter.said(words), workshop=name))
        self.lead.setText(
            _(
                "Trainees without a consent, as they stood on the first day of the quarter. Numbers are "
                "rounded to fives, below five stands <5. A quarter is told once."
            )
        )
        self.close_.setText(_("Close"))
        self.accept_.setText(_("Accept for sending"))
        found = aggregate.lines(sheet.item, words) if sheet.item else ()
        for (head, cells), (title, lines) in zip(self.parts, found, strict=True):
            head.setText(title)
            cells.tell((upper(key), count) for key, count in lines)

    def let_go(self) -> None:
        """Let exactly these figures go with the next bundle."""
        from coachdesk.services import offering

        work = partial(offering.accept_figures, self.shell.desk, self.sheet)
        self.shell.jobs.run(work, then=lambda _none: self._let_go(), owner=self)

    def _let_go(self) -> None:
        self.shell.saved()
        self.shell.health_changed.emit()
        self.settled.emit()
        self.accept()
