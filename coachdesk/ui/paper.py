"""A paper on the screen before it is a paper: its pages, printing, saving as a file.

Usage::

    PaperDialog(shell, pdf_bytes, _("Activation plan"), "plan-2026-0012.pdf").exec()
    PaperDialog(shell, pdf_bytes, title, name, printed=...).exec()  # told when first printed or saved

``PagePreview`` is the pages alone, for a page of its own beside an editor (``show_pdf(bytes)``).
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPageLayout, QPainter, QPixmap, QResizeEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QScrollArea, QSizePolicy, QWidget

from coachdesk import whole_file
from coachdesk.errors import DiskFull, Trouble
from coachdesk.i18n import N_, _, current
from coachdesk.ui import viewer
from coachdesk.ui.pdfium import PDFIUM, draw, opened
from coachdesk.ui.screen import Dialog
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.buttons import Button, ToolButton
from coachdesk.ui.widgets.layout import column_of, row_of
from coachdesk.ui.widgets.words import label

if TYPE_CHECKING:
    import pypdfium2

_DPI = 300
_POINTS = 72
LONGEST = 20.0  # seconds that a page may take


def pages_of(pdf: bytes, dpi: float) -> list[QImage]:
    """The pages of a PDF as pictures."""
    with PDFIUM:
        document = opened(pdf)
        try:
            return [_page(document, at, dpi) for at in range(len(document))]
        finally:
            document.close()


def _page(document: "pypdfium2.PdfDocument", at: int, dpi: float) -> QImage:
    bitmap, _whole = draw(document[at], dpi / _POINTS, seconds=LONGEST)
    kind = QImage.Format.Format_RGBX8888
    shown = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, kind)
    shown = shown.copy()
    bitmap.close()
    return shown


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with PDFIUM:
        document = opened(pdf)
        try:
            return len(document)
        finally:
            document.close()


def print_pdf(pdf: bytes, printer: QPrinter) -> None:
    """Draw the pages of a PDF on a printer, in their own size."""
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    painter = QPainter(printer)
    try:
        for at, page in enumerate(pages_of(pdf, min(_DPI, printer.resolution()))):
            if at:
                printer.newPage()
            painter.drawImage(QRectF(printer.pageLayout().fullRectPixels(printer.resolution())), page)
    finally:
        painter.end()


def write_file(path: Path, content: bytes) -> None:
    """Write a file where the coach said, whole or not at all.

    Raises:
        DiskFull: no room; nothing was written.
        Trouble: the folder cannot be written.
    """
    try:
        whole_file.write(path, content)
    except OSError as error:
        if error.errno == 28:
            raise DiskFull(N_("There is no room for the file {name}."), name=path.name) from error
        raise Trouble(N_("The file {name} cannot be written there."), name=path.name) from error


class WideSheet(QScrollArea):
    """Something drawn anew as wide as there is room; the subclass draws it."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet = QLabel()
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.sheet.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.setWidget(self.sheet)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(200)

    def draw(self, width: int) -> QPixmap | None:
        """The picture for so many pixels of the screen; None where there is nothing to draw."""
        raise NotImplementedError

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.draw_anew()

    def draw_anew(self) -> None:
        """Draw for the room that there is now."""
        ratio = self.devicePixelRatioF()
        shown = self.draw(int(max(160, self.viewport().width() - 16) * ratio))
        if shown is None:
            self.sheet.clear()
            return
        shown.setDevicePixelRatio(ratio)
        self.sheet.setPixmap(shown)


class PagePreview(WideSheet):
    """One page of a PDF at a time, as wide as there is room; PgUp and PgDown turn the page."""

    turned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pdf = b""
        self._at = 0
        self.pages = 0

    def show_pdf(self, pdf: bytes) -> None:
        """Show another PDF, on the same page when it still has it."""
        self._pdf = pdf
        self.pages = page_count(pdf) if pdf else 0
        self.turn_to(min(self._at, max(0, self.pages - 1)))

    @property
    def at(self) -> int:
        """The page shown, from 0."""
        return self._at

    def turn_to(self, at: int) -> None:
        """Show a page; from 0."""
        self._at = max(0, min(at, self.pages - 1))
        self.draw_anew()
        self.verticalScrollBar().setValue(0)
        self.turned.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_PageDown:
                self.turn_to(self._at + 1)
            case Qt.Key.Key_PageUp:
                self.turn_to(self._at - 1)
            case Qt.Key.Key_Home:
                self.turn_to(0)
            case Qt.Key.Key_End:
                self.turn_to(self.pages - 1)
            case _:
                super().keyPressEvent(event)

    def draw(self, width: int) -> QPixmap | None:
        if not self.pages:
            return None
        with PDFIUM:
            document = opened(self._pdf)
            try:
                points = document[self._at].get_width()
                return QPixmap.fromImage(_page(document, self._at, _POINTS * width / points))
            finally:
                document.close()


class PaperDialog(Dialog):
    """A previewed paper with its three ways on: print, save as a file, open in the computer's viewer."""

    def __init__(
        self,
        shell: Shell,
        pdf: bytes,
        title: str,
        file_name: str,
        *,
        printed: Callable[[], object] | None = None,
        may_save: bool = True,
        data: bytes = b"",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(shell, parent)
        self.pdf, self.file_name, self.data = pdf, file_name, data
        self._printed = printed
        self.setWindowTitle(title)
        self.preview = PagePreview()
        self.count = label("", "secondary")
        self.former, self.following = ToolButton("chevron-left"), ToolButton("chevron-right")
        self.print = Button(kind="primary", icon="printer", key="Enter")
        self.save = Button(icon="device-floppy")
        self.look = Button(icon="external-link")
        self.save_data = Button(icon="download")
        self.save_data.setVisible(bool(data))
        self.close_button = Button(key="Esc")
        for kept in (self.save, self.look):
            kept.setVisible(may_save)
        foot = row_of(
            self.former,
            self.count,
            self.following,
            None,
            self.close_button,
            self.look,
            self.save_data,
            self.save,
            self.print,
        )
        box = column_of(self.preview, foot, spacing=12)
        box.setContentsMargins(16, 16, 16, 12)
        self.setLayout(box)
        self.resize(760, 640)
        self._connect()
        self.retranslate()
        self.preview.show_pdf(pdf)
        self.print.setDefault(True)
        self.preview.setFocus()

    def retranslate(self) -> None:
        self.speak()
        self.preview.setAccessibleName(_("Pages of the paper"))
        self.former.set_words(_("Previous page"), "PgUp")
        self.following.set_words(_("Next page"), "PgDown")
        self.print.setText(_("Print"))
        self.save.setText(_("Save as a file…"))
        self.look.setText(_("Open in a viewer"))
        self.save_data.setText(_("Save the data…"))
        self.close_button.setText(_("Close"))
        self._count()

    def _connect(self) -> None:
        self.preview.turned.connect(self._count)
        self.former.clicked.connect(lambda: self.preview.turn_to(self.preview.at - 1))
        self.following.clicked.connect(lambda: self.preview.turn_to(self.preview.at + 1))
        self.print.clicked.connect(self.to_printer)
        self.save.clicked.connect(self.to_file)
        self.look.clicked.connect(self.to_viewer)
        self.save_data.clicked.connect(self.data_to_file)
        self.close_button.clicked.connect(self.reject)

    def _count(self) -> None:
        self.count.setText(
            current().fill(N_("Page {page} of {pages}"), page=self.preview.at + 1, pages=self.preview.pages)
        )
        self.former.setEnabled(self.preview.at > 0)
        self.following.setEnabled(self.preview.at < self.preview.pages - 1)

    def to_printer(self) -> None:
        """Ask for the printer and print."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName("CoachDesk")
        if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            print_pdf(self.pdf, printer)
            self._told()

    def to_file(self) -> None:
        """Ask where, and save the file whole."""
        self._save(self.file_name, "PDF (*.pdf)", self.pdf)

    def data_to_file(self) -> None:
        """Ask where, and save what the paper says as JSON."""
        self._save(Path(self.file_name).stem + ".json", "JSON (*.json)", self.data)

    def _save(self, name: str, kind: str, content: bytes) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save as a file"), str(Path.home() / name), kind)
        if chosen:
            path = Path(chosen)
            self.shell.jobs.run(
                lambda: write_file(path, content),
                then=lambda _none: self._told(),
                lane="outside",
                owner=self,
            )

    def to_viewer(self) -> None:
        """Open a copy, readable by this user only, in the computer's own viewer; it goes at lock."""
        try:
            viewer.show(self.pdf, self.file_name)
        except OSError as error:
            raise Trouble(N_("The file {name} cannot be written there."), name=self.file_name) from error
        self._told()

    def _told(self) -> None:
        if self._printed is not None:
            told, self._printed = self._printed, None
            told()
