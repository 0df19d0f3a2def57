"""Small papers and pictures made for tests; no picture of anybody."""

import io
import struct
import zlib

from reportlab.pdfgen.canvas import Canvas


def png(width: int = 4, height: int = 3, *, says: tuple[int, int] | None = None) -> bytes:
    """A grey picture; ``says`` puts other sides into its head than it has."""

    def chunk(name: bytes, content: bytes) -> bytes:
        total = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", total)

    rows = b"".join(b"\x00" + bytes([200]) * width for _row in range(height))
    head = struct.pack(">IIBBBBB", *(says or (width, height)), 8, 0, 0, 0, 0)
    whole = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + whole


def jpeg_head(width: int, height: int) -> bytes:
    """What stands before the dots of a JPEG; nothing that decodes it would find any."""
    frame = struct.pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0)
    comment = b"\xff\xfe" + struct.pack(">H", 6) + b"test"
    return b"\xff\xd8" + comment + b"\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xd9"


def pdf(*pages: str, size: tuple[float, float] = (595.0, 842.0)) -> bytes:
    """A paper with a line of words on each page."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=size, invariant=True)
    for words in pages or ("A paper",):
        canvas.drawString(72, 72, words)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def packed_pdf(words: bytes, times: int) -> bytes:
    """A paper whose page holds the same words many times over, packed into few bytes."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(words) for _time in range(times)) + packer.flush()
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>\nstream\n%b\nendstream" % (len(packed), packed),
    )
    whole, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    last = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(whole)
    return whole + b"xref\n0 5\n0000000000 65535 f \n" + table + last
