"""The library that draws PDF pages works for one thread at a time: take this lock around it.

It is loaded with the first page that is drawn: many screens can show a paper, few visits do.
"""

from __future__ import annotations

import math
import threading
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pypdfium2

PDFIUM = threading.RLock()
_WHITE = (255, 255, 255, 255)


def opened(pdf: bytes) -> pypdfium2.PdfDocument:
    """A document; its reader takes the lock.

    Raises:
        pypdfium2.PdfiumError: these are not the bytes of one.
    """
    import pypdfium2

    return pypdfium2.PdfDocument(pdf)


def draw(page: pypdfium2.PdfPage, scale: float, *, seconds: float, grey: bool = False) -> tuple[Any, bool]:
    """A page as a bitmap (grey, or RGB with a byte to spare), and whether it was drawn to its end in time.

    A page may hold a million things to draw in few bytes; what is not drawn in time is left white.
    """
    import pypdfium2
    from pypdfium2 import raw

    width, height = (max(1, math.ceil(side * scale)) for side in page.get_size())
    kind = raw.FPDFBitmap_Gray if grey else raw.FPDFBitmap_BGRx
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, format=kind, rev_byteorder=not grey)
    bitmap.fill_rect(_WHITE, 0, 0, width, height)
    flags = raw.FPDF_ANNOT | (raw.FPDF_GRAYSCALE if grey else raw.FPDF_REVERSE_BYTE_ORDER)
    ends = time.monotonic() + seconds
    pause = raw.IFSDK_PAUSE(version=1)
    pause.NeedToPauseNow = type(pause.NeedToPauseNow)(lambda _pause: time.monotonic() > ends)
    status = raw.FPDF_RenderPageBitmap_Start(bitmap, page, 0, 0, width, height, 0, flags, pause)
    raw.FPDF_RenderPage_Close(page)
    return bitmap, status == raw.FPDF_RENDER_DONE
