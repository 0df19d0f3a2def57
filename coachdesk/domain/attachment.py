"""Attachments: scanned papers and pictures, told by their bytes and never by their names.

Sizes are in bytes, pictures in dots, pages of a PDF in points (1/72 inch).
"""

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePath

from coachdesk.domain.letters import nfc
from coachdesk.errors import Refused, Unreadable
from coachdesk.i18n import N_

PDF, JPEG, PNG = "pdf", "jpeg", "png"
KIND_NAMES = {PDF: N_("PDF"), JPEG: N_("JPEG picture"), PNG: N_("PNG picture")}
MOST_BYTES = 10 * 1024 * 1024
MOST_DOTS = 40_000_000  # A4 at 600 dots an inch has 35 million
LONGEST_SIDE = 20_000
MOST_PAGES = 200
SMALLEST_POINTS, LARGEST_POINTS = 20, 5000
LONGEST_TITLE, LONGEST_PLACE = 120, 200
MEGABYTE = 1024 * 1024

_ENDINGS = {"pdf": PDF, "jpg": JPEG, "jpeg": JPEG, "jpe": JPEG, "jfif": JPEG, "png": PNG}
_SIGNATURES = ((PNG, b"\x89PNG\r\n\x1a\n"), (JPEG, b"\xff\xd8\xff"), (PDF, b"%PDF-"))
_NO_LENGTH = (0x01, *range(0xD0, 0xD8))  # markers of a JPEG that stand alone
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FONT = re.compile(rb"/Length1|/FontFile|Type0C|Type1C|OpenType")
_HEAD, _PIECE = 2048, 1 << 16
_MOST_WORDS, _MOST_FONT, _MOST_PICTURE = 4 * MEGABYTE, 32 * MEGABYTE, 200 * MEGABYTE
_CONSENT_CODE = re.compile(r"(?:CDC1\s+)?(S-\d{4,})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One kept file: ``file`` is its random name, ``about`` what it is the paper of.

    ``about`` is "plan:12:2" (plan and version), "consent:5", or empty; ``original_at`` says where the
    paper itself lies; ``digest`` is the SHA-256 of the content.
    """

    id: int = 0
    trainee_id: int
    file: str
    kind: str
    title: str
    about: str = ""
    original_at: str = ""
    size: int
    pages: int = 1
    digest: str = ""
    added: datetime
    coach_id: int | None = None
    deleted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a file is by its bytes; ``said`` is the kind that its name claims where that is another."""

    name: str
    kind: str
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """What was seen when the content was opened to look at it: its pages, and the codes printed on them."""

    pages: int = 1
    codes: tuple[str, ...] = ()


def judge(name: str, content: bytes) -> Judged:
    """Tell what a file is by its content, before anything decodes it.

    Raises:
        Refused: empty, too large, none of the three kinds, or a picture too large to be a paper.
        Unreadable: cut off or damaged in its beginning.
    """
    if not content:
        raise Refused(N_("The file {name} is empty."), field="file", name=name)
    refuse_size(name, len(content))
    kind = kind_of(content)
    if not kind:
        raise Refused(
            N_("The file {name} is not a PDF, JPEG or PNG by its content. It was not added."),
            field="file",
            name=name,
        )
    if kind != PDF:
        refuse_dots(name, *_sides(name, kind, content))
    claimed = _ENDINGS.get(PurePath(name).suffix.lower().lstrip("."), "")
    return Judged(name=name, kind=kind, said=claimed if claimed != kind else "")


def refuse_size(name: str, size: int) -> None:
    """Refuse a file of too many bytes; asked before it is read.

    Raises:
        Refused: more than 10 MB.
    """
    if size > MOST_BYTES:
        raise Refused(
            N_("The file {name} has {size} MB; {most} MB is the most. Scan it in grey, 200 dots an inch."),
            field="file",
            name=name,
            size=-(-size // MEGABYTE),
            most=MOST_BYTES // MEGABYTE,
        )


def refuse_dots(name: str, width: int, height: int) -> None:
    """Refuse a picture that would fill the memory when it is shown.

    Raises:
        Refused: too many dots, or none.
    """
    if width < 1 or height < 1 or max(width, height) > LONGEST_SIDE or width * height > MOST_DOTS:
        raise Refused(
            N_("The picture {name} says it is {width} × {height} dots large. It was not opened: scan anew."),
            field="file",
            name=name,
            width=width,
            height=height,
        )


def refuse_pages(name: str, sizes: Iterable[tuple[float, float]], count: int) -> None:
    """Refuse a PDF of too many pages, or of pages that no printer has; ``sizes`` are in points.

    Raises:
        Refused: as the sentence says.
    """
    if not 1 <= count <= MOST_PAGES:
        raise Refused(
            N_("The file {name} has {pages} pages; {most} is the most."),
            field="file",
            name=name,
            pages=count,
            most=MOST_PAGES,
        )
    for at, sides in enumerate(sizes, start=1):
        if not (min(sides) >= SMALLEST_POINTS and max(sides) <= LARGEST_POINTS):
            raise Refused(
                N_("Page {page} of the file {name} has a size that no paper has. It was not opened."),
                field="file",
                name=name,
                page=at,
            )


def refuse_streams(name: str, content: bytes) -> None:
    """Refuse a PDF whose packed parts unpack to more than a paper holds; each is unpacked piece by piece.

    Raises:
        Refused: a part of text and lines is longer than 4 MB, a font than 32, or a picture than its dots may.
    """
    total = 0
    for found in _STREAM.finditer(content):
        head = content[max(0, found.start() - _HEAD) : found.start()].rpartition(b"obj")[2]
        if head.count(b"FlateDecode") > 1 or b"LZWDecode" in head:
            raise too_much(name)
        if b"FlateDecode" not in head:
            continue
        most = _MOST_PICTURE if b"/Image" in head else _MOST_FONT if _FONT.search(head) else _MOST_WORDS
        total += _unpacked(name, memoryview(content)[found.end() :], most)
        if total > _MOST_PICTURE:
            raise too_much(name)


def too_much(name: str) -> Refused:
    """The sentence for a file that would take too long or too much memory to show."""
    return Refused(
        N_("The file {name} would take too much to show. It was not added: scan the paper anew."),
        field="file",
        name=name,
    )


def _unpacked(name: str, packed: memoryview, most: int) -> int:
    """How long a part is unpacked; what is no part after all, or damaged, is left to who opens it."""
    unpack, length, rest = zlib.decompressobj(), 0, bytes(packed[:_PIECE])
    at = len(rest)
    try:
        while rest and not unpack.eof:
            length += len(unpack.decompress(rest, _PIECE))
            if length > most:
                raise too_much(name)
            rest = unpack.unconsumed_tail
            if not rest:
                rest, at = bytes(packed[at : at + _PIECE]), at + _PIECE
    except zlib.error:
        pass
    return length


def kind_of(content: bytes) -> str:
    """The kind by the first bytes; empty when it is none of the three."""
    return next((kind for kind, first in _SIGNATURES if content.startswith(first)), "")


def damaged(name: str) -> Unreadable:
    """The sentence for content that cannot be read."""
    return Unreadable(N_("The file {name} is damaged or cut off. Scan or save it anew."), name=name)


def title_of(name: str) -> str:
    """A title from the name of a file."""
    return nfc(PurePath(name).stem.replace("_", " "))[:LONGEST_TITLE]


def checked(attachment: Attachment) -> Attachment:
    """The attachment with its words in order.

    Raises:
        Refused: it has no title.
    """
    title = nfc(attachment.title)
    if not title:
        raise Refused(N_("Give the file a title."), field="title")
    return replace(
        attachment, title=title[:LONGEST_TITLE], original_at=nfc(attachment.original_at)[:LONGEST_PLACE]
    )


def consent_code(number: str) -> str:
    """The text of the square code of a consent form: its number, no personal data."""
    return f"CDC1 {number}"


def consent_number(text: str) -> str:
    """The number of a consent in a code scanned or typed; empty where there is none."""
    found = _CONSENT_CODE.fullmatch(text.strip())
    return found[1].upper() if found else ""


def _sides(name: str, kind: str, content: bytes) -> tuple[int, int]:
    try:
        return _sides_of_png(content) if kind == PNG else _sides_of_jpeg(content)
    except (IndexError, ValueError) as error:
        raise damaged(name) from error


def _sides_of_png(content: bytes) -> tuple[int, int]:
    """Width and height (PNG specification, 11.2.2)."""
    if content[12:16] != b"IHDR" or b"IEND" not in content[-64:]:
        raise ValueError("no head or no end")
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")


def _sides_of_jpeg(content: bytes) -> tuple[int, int]:
    """Width and height of the frame (ITU-T T.81, B.2.2)."""
    if content.rfind(b"\xff\xd9") < 0:
        raise ValueError("no end")
    at = 2
    while True:
        if content[at] != 0xFF:
            raise ValueError("no marker")
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in _NO_LENGTH:
            at += 2
        elif marker in _FRAMES:
            if len(content) < at + 9:
                raise ValueError("cut off")
            height = int.from_bytes(content[at + 5 : at + 7], "big")
            return int.from_bytes(content[at + 7 : at + 9], "big"), height
        else:
            length = int.from_bytes(content[at + 2 : at + 4], "big")
            if length < 2 or marker == 0xDA:
                raise ValueError("no frame")
            at += 2 + length
