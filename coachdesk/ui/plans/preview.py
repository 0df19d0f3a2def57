"""The real pages of a plan beside its words: drawn from the PDF itself, off the interface thread."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from coachdesk.i18n import _
from coachdesk.ui import theme
from coachdesk.ui.pdfium import PDFIUM
from coachdesk.ui.widgets.words import label


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """A page as pixels, blue green red and one byte unused; ``mark`` is where the words begin, 0 to 1."""

    width: int
    height: int
    pixels: bytes
    text: str
    mark: float | None = None


def draw_pages(pdf: bytes, width: int, find: str = "") -> tuple[PageImage, ...]:
    """The pages of a PDF, each so many pixels wide; ``find`` are words whose place is marked."""
    import pypdfium2

    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return tuple(_drawn(page, width, find) for page in document)
        finally:
            document.close()


def _drawn(page: Any, width: int, find: str) -> PageImage:
    bitmap = page.render(scale=width / page.get_width(), rev_byteorder=False, prefer_bgrx=True)
    text = page.get_textpage()
    mark = None
    if find and (hit := text.search(find).get_next()) is not None:
        box = text.get_charbox(hit[0])
        mark = 1.0 - box[3] / page.get_height()
    words = text.get_text_bounded()
    text.close()
    return PageImage(
        width=bitmap.width, height=bitmap.height, pixels=bytes(bitmap.buffer), text=words, mark=mark
    )


class PlanPages(QScrollArea):
    """Pages one below the other; it follows the place of the words that were looked for."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._inside = QWidget()
        self._pages = QVBoxLayout(self._inside)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._pages.setSpacing(10)
        self.setWidget(self._inside)
        self._labels: list[QLabel] = []
        self.shown: tuple[PageImage, ...] = ()
        self._mark: tuple[int, float] | None = None
        self.retranslate()

    def page_width(self) -> int:
        """Logical pixels that a page may be wide."""
        return max(120, self.viewport().width() - 4)

    def show_pages(self, pages: tuple[PageImage, ...], *, follow: bool = True) -> None:
        """Show other pages; the place looked for comes into sight unless it is there."""
        self.shown = pages
        while len(self._labels) < len(pages):
            self._labels.append(label("", "page"))
            where = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter
            self._pages.addWidget(self._labels[-1], 0, where)
        for at, shown in enumerate(self._labels):
            shown.setVisible(at < len(pages))
            if at < len(pages):
                self._show(shown, pages[at])
        self.retranslate()
        marks = [(at, page.mark) for at, page in enumerate(pages) if page.mark is not None]
        moved = (marks[0] if marks else None) != self._mark
        self._mark = marks[0] if marks else None
        if follow and moved:
            self._follow()

    def retranslate(self) -> None:
        """Name the pages for readers, with their words."""
        self.setAccessibleName(_("The page as it will be printed"))
        self.setAccessibleDescription(" ".join(page.text for page in self.shown))

    def _show(self, shown: QLabel, page: PageImage) -> None:
        image = QImage(page.pixels, page.width, page.height, page.width * 4, QImage.Format.Format_RGB32)
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        shown.setPixmap(pixmap)
        shown.setFixedSize(QSize(page.width, page.height) / self.devicePixelRatioF() + QSize(2, 2))

    def _follow(self) -> None:
        if self._mark is None:
            return
        self._inside.adjustSize()
        at, share = self._mark
        tops = [self.shown[n].height / self.devicePixelRatioF() + 12 for n in range(at)]
        place = round(sum(tops) + share * self.shown[at].height / self.devicePixelRatioF())
        bar = self.verticalScrollBar()
        if not bar.value() <= place <= bar.value() + self.viewport().height() - theme.px(80):
            bar.setValue(place - self.viewport().height() // 3)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "shown"):
            self.retranslate()
        super().changeEvent(event)
