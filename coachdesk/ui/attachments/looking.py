"""Looking at a file before it is kept: can it be shown, how many pages has it, which square codes are on it.

Runs on a lane, without any widget.  Sides are asked before dots are made, so a bomb is refused unopened.
"""

from collections.abc import Iterator

import pypdfium2
import zxingcpp
from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from coachdesk.domain.attachment import (
    MOST_DOTS,
    PDF,
    LookedAt,
    damaged,
    refuse_dots,
    refuse_pages,
    refuse_streams,
    too_much,
)
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.services.attachments import ReadFile
from coachdesk.ui.pdfium import PDFIUM, draw

READ_AT = 150 / 72  # dots a point: a square code of 20 mm has 118 dots
LONGEST = 3600  # dots of a picture's longer side that is looked through
MEGABYTES = 256  # that one decoded picture may take
SECONDS = 2.0  # that a page may take
_PASSWORD = "password"
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def look(file: ReadFile) -> LookedAt:
    """Look at a file judged by its bytes.

    Raises:
        Refused: locked with a password, too many pages, or pages and pictures that no paper has.
        Unreadable: it cannot be shown.
    """
    name = file.judged.name
    if file.judged.kind == PDF:
        return _look_at_pdf(name, file.content)
    image = picture(file.content, LONGEST)
    if image.isNull():
        raise damaged(name)
    return LookedAt(pages=1, codes=tuple(codes_on(image)))


def picture(content: bytes, longest: int) -> QImage:
    """A picture from its bytes, no side longer than told; null where it cannot be read."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    QImageReader.setAllocationLimit(MEGABYTES)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MOST_DOTS:
        return QImage()
    if max(size.width(), size.height()) > longest:
        reader.setScaledSize(size.scaled(QSize(longest, longest), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def codes_on(image: QImage) -> Iterator[str]:
    """The texts of the square codes on a picture."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = memoryview(bytes(grey.constBits())).cast("B", (grey.height(), grey.bytesPerLine()))
    for found in zxingcpp.read_barcodes(rows, formats=_QR):
        yield found.text


def _look_at_pdf(name: str, content: bytes) -> LookedAt:
    refuse_streams(name, content)
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            if _PASSWORD in str(error).lower():
                raise Refused(
                    N_("The file {name} is locked with a password. Save it without one first."),
                    field="file",
                    name=name,
                ) from error
            raise damaged(name) from error
        try:
            count = len(document)
            refuse_pages(name, (document.get_page_size(at) for at in range(min(count, 200))), count)
            codes = _first_codes(name, document, count)
        except pypdfium2.PdfiumError as error:
            raise damaged(name) from error
        finally:
            document.close()
    return LookedAt(pages=count, codes=codes)


def _first_codes(name: str, document: pypdfium2.PdfDocument, count: int) -> tuple[str, ...]:
    """The codes of the first page that has any: the first, the second, the last."""
    for at in dict.fromkeys((0, min(1, count - 1), count - 1)):
        page = document[at]
        for shown in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4):
            refuse_dots(name, *shown.get_px_size())
        scale = min(READ_AT, LONGEST / max(page.get_width(), page.get_height(), 1))
        bitmap, whole = draw(page, scale, seconds=SECONDS, grey=True)
        kind = QImage.Format.Format_Grayscale8
        image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, kind).copy()
        bitmap.close()
        if not whole:
            raise too_much(name)
        if found := tuple(codes_on(image)):
            return found
    return ()
