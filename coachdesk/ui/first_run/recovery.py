"""The recovery sheet: printed, all eight groups typed back so that they really open the slot, put away."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from coachdesk.i18n import N_, _, current
from coachdesk.services import forms, keys, recovery_sheet
from coachdesk.services.desk import Desk
from coachdesk.services.forms import Printed
from coachdesk.ui import theme
from coachdesk.ui.first_run.step import Step
from coachdesk.ui.unlock.groups import GroupFields
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.pictures import Picture
from coachdesk.ui.widgets.words import label


class RecoveryStep(Step):
    """Print, prove, put away."""

    name = N_("Recovery sheet")
    lead = N_(
        "If you forget the passphrase, the sheet is the only way back to the data. "
        "Nobody else, not even we, can open them."
    )
    minutes = 3

    def build(self) -> None:
        self.paper: Printed | None = None
        self.print_on_paper: Callable[[bytes], bool] = self._print_on_paper
        left = column_of(self._build_print(), self._build_prove(), self._build_keep(), None, spacing=12)
        self.preview = SheetPreview()
        self.hidden = label("", "secondary", wrap=True)
        on_paper = row_of(Picture("eye-off", 16, "text2"))
        on_paper.addWidget(self.hidden, 1)
        self.side = QWidget()
        self.side.setLayout(column_of(self.preview, on_paper, None))
        both = row_of(spacing=28)
        both.addLayout(left, 1)
        both.addWidget(self.side)
        self.body.addLayout(both)
        self.word(self.hidden.setText, N_("The code is shown on paper only, never on the screen."))

    def _build_print(self) -> Card:
        card = Card(margins=(16, 12, 16, 12))
        self.print_title, self.print_state = label("", "heading"), label("", "secondary", wrap=True)
        self.print_button = Button(icon="printer")
        self.print_button.clicked.connect(self.print_sheet)
        self.save_button = Button(kind="link")
        self.save_button.clicked.connect(self.save_sheet)
        words = column_of(self.print_title, self.print_state, spacing=1)
        row = row_of(spacing=12)
        row.addLayout(words, 1)
        row.addWidget(self.save_button)
        row.addWidget(self.print_button)
        card.body.addLayout(row)
        self.word(self.print_title.setText, N_("1. Print the sheet"))
        self.word(self.save_button.setText, N_("Save as a file"))
        return card

    def _build_prove(self) -> Card:
        card = Card(margins=(16, 12, 16, 12))
        self.prove_title, self.prove_lead = label("", "heading"), label("", "secondary", wrap=True)
        self.groups = GroupFields(columns=4)
        self.groups.changed.connect(self.changed)
        self.groups.setEnabled(False)
        for part in (self.prove_title, self.prove_lead, self.groups):
            card.add(part)
        self.word(self.prove_title.setText, N_("2. Show that the sheet can be read"))
        self.word(
            self.prove_lead.setText,
            N_("Type all eight groups from the paper. Capital and small letters are the same."),
        )
        return card

    def _build_keep(self) -> Card:
        card = Card(margins=(16, 12, 16, 12))
        self.keep_title = label("", "heading")
        self.safe, self.apart = QCheckBox(), QCheckBox()
        for part in (self.keep_title, self.safe, self.apart):
            card.add(part)
        for box in (self.safe, self.apart):
            box.toggled.connect(lambda _on: self.changed.emit())
        self.word(self.keep_title.setText, N_("3. Put the sheet in a safe place"))
        self.word(self.safe.setText, N_("In the workshop's safe or with your manager"))
        self.word(self.apart.setText, N_("Not in the same bag as the computer"))
        return card

    def fit(self, *, wide: bool) -> None:
        self.side.setVisible(wide)

    def first_focus(self) -> QWidget:
        return self.groups.first_open if self.paper else self.print_button

    def retranslate(self) -> None:
        super().retranslate()
        printed = self.paper is not None
        self.print_button.setText(_("Print again") if printed else _("Print"))
        self.print_state.setText(
            _("Printed. The groups are nowhere else.")
            if printed
            else _("A sheet printed earlier stops working when you print a new one.")
            if self.beginning.groups is None
            else _("One page. Anyone who has it and the computer can read everything.")
        )
        begun = self.beginning
        names = [name for name in (begun.workshop(current().language), begun.coach) if name]
        self.preview.show_words(
            _("Recovery sheet"), " · ".join(names), current().day(self.shell.clock.today())
        )

    def reason(self) -> str:
        if not self.paper:
            return _("Continue opens when the sheet is printed.")
        if not self.groups.complete:
            return _("Continue opens when all eight groups are right.")
        if not (self.safe.isChecked() and self.apart.isChecked()):
            return _("Continue opens when the sheet has its place.")
        return ""

    def go_on(self, then: Callable[[], object]) -> None:
        desk, groups = self.desk, self.groups.groups

        def proved(_done: object) -> None:
            self.beginning.groups = None
            self.groups.forget()
            then()

        self.run(lambda: keys.prove_recovery(desk, groups), proved)

    def print_sheet(self) -> None:
        """Print the sheet; a desk opened anew gets a new key first, since the old one is nowhere."""
        self._with_sheet(self._printed)

    def save_sheet(self) -> None:
        """Save the sheet as a file, after a warning."""
        question = _("Save the recovery sheet as a file?")
        detail = _("Anyone who gets the file and the computer can read everything. Paper in a safe is safer.")
        if self.shell.notices.confirm(question, _("Save as a file"), _("Do not save"), detail):
            self._with_sheet(self._saved)

    def _with_sheet(self, then: Callable[[Printed], None]) -> None:
        if self.paper is not None:
            then(self.paper)
            return
        desk, groups, language = self.desk, self.beginning.groups, self.shell.settings.language
        self.run(lambda: _draw(desk, groups, language), lambda found: self._drawn(found[0], found[1], then))

    def _drawn(self, groups: tuple[str, ...], paper: Printed, then: Callable[[Printed], None]) -> None:
        self.beginning.groups = groups
        then(paper)

    def _printed(self, paper: Printed) -> None:
        if self.print_on_paper(paper.pdf):
            self._out(paper)

    def _saved(self, paper: Printed) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, _("Save as a file"), paper.file_name, "PDF (*.pdf)")
        if name:
            desk = self.desk
            self.run(
                lambda: recovery_sheet.save_sheet(desk, paper.pdf, Path(name)), lambda _done: self._out(paper)
            )

    def _out(self, paper: Printed) -> None:
        self.paper = paper
        self.groups.setEnabled(True)
        self.retranslate()
        self.groups.first_open.setFocus()
        self.changed.emit()

    def _print_on_paper(self, pdf: bytes) -> bool:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from coachdesk.ui.paper import print_pdf

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec() != QPrintDialog.DialogCode.Accepted:
            return False
        print_pdf(pdf, printer)
        return True


def _draw(desk: Desk, groups: tuple[str, ...] | None, language: str) -> tuple[tuple[str, ...], Printed]:
    groups = groups or keys.new_recovery_key(desk)
    return groups, forms.recovery(desk, groups, "sv" if language == "sv" else "fi")


class SheetPreview(QWidget):
    """How the sheet looks, its groups as dots; decoration."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ("", "", "")
        self.setFixedSize(theme.px(300), theme.px(366))

    def sizeHint(self) -> QSize:
        return self.size()

    def show_words(self, title: str, names: str, day: str) -> None:
        """Show the sheet's title, for whom it is, and its day."""
        self._words = (title, names, day)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        title, names, day = self._words
        painter = QPainter(self)
        painter.setPen(QPen(theme.colour("control"), 1))
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.setPen(Qt.GlobalColor.black)
        wide = self.width() - 40
        painter.setFont(theme.font("key", bold=True))
        painter.drawText(QRectF(20, 16, wide, 20), Qt.AlignmentFlag.AlignLeft, "CoachDesk")
        painter.setFont(theme.font("key"))
        painter.drawText(QRectF(20, 16, wide, 20), Qt.AlignmentFlag.AlignRight, day)
        painter.drawText(QRectF(20, 78, wide, 20), Qt.AlignmentFlag.AlignLeft, names)
        painter.setFont(theme.font("heading"))
        painter.drawText(QRectF(20, 46, wide, 28), Qt.AlignmentFlag.AlignLeft, title)
        painter.setFont(theme.font("key", bold=True))
        for place in range(8):
            cell = QRectF(20 + place % 2 * (wide / 2 + 3), 108 + place // 2 * 42, wide / 2 - 3, 34)
            painter.setPen(QPen(Qt.GlobalColor.gray, 1))
            painter.drawRect(cell)
            painter.setPen(Qt.GlobalColor.black)
            flags = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(cell.adjusted(8, 0, 0, 0), flags, f"{place + 1}    • • • • •")
        painter.setPen(QPen(Qt.GlobalColor.gray, 1))
        painter.drawLine(20, self.height() - 34, self.width() - 20, self.height() - 34)
        painter.end()
