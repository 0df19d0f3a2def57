"""A ReportLab canvas that tags what it draws: PDF/UA-1 (ISO 14289-1:2014).

Content is drawn between ``begin(element)`` and ``end()``; ornaments, and headers and footers after
the first, between ``ornament()`` and ``end()``.  What a page needs to know only at the end (the
number of pages) is drawn by ``foot``, called once for each page when the paper is saved.
"""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfdoc import PDFName, PDFPage
from reportlab.pdfgen.canvas import Canvas

from coachdesk.printing.fonts import REGULAR, use_fonts
from coachdesk.printing.structure import Element, Raw, Tree, text_string

PROGRAM = "CoachDesk"
Foot = Callable[["TaggedCanvas", int, int], None]


class TaggedCanvas(Canvas):
    """A4 pages with their logical structure; the same drawing gives the same bytes."""

    def __init__(
        self,
        title: str,
        language: str,
        on: date,
        foot: Foot,
        *,
        size: tuple[float, float] = A4,
        tagged: bool = True,
    ) -> None:
        use_fonts()
        self.bytes = BytesIO()
        super().__init__(
            self.bytes,
            pagesize=size,
            invariant=1,
            initialFontName=REGULAR,
            lang=language,
            pageCompression=1,
            pdfVersion=(1, 7),
        )
        self.title, self.language, self.foot = title, language, foot
        self.tree = Tree() if tagged else None
        self.silent = 0  # deep in an ornament, nothing inside is marked on its own
        self.drawn: list[PDFPage] = []
        self.lacking: set[int] = set()  # pages on which a letter could not be set
        self._doc.setTitle(title)
        self._doc.setAuthor("")
        self._doc.setSubject("")
        self._doc.setCreator(PROGRAM)
        self._doc.setProducer(PROGRAM)
        self._doc.info._dateFormatter = lambda *_then: f"D:{on:%Y%m%d}000000Z"
        self.on = on

    def begin(self, element: Element) -> None:
        """Open a marked piece of an element."""
        if self.tree is not None and not self.silent:
            mark = self.tree.mark(element, len(self.drawn))
            self._code.append(f"/{element.tag} <</MCID {mark}>> BDC")

    def end(self) -> None:
        """Close the piece opened last."""
        if self.tree is not None and not self.silent:
            self._code.append("EMC")

    def ornament(self, kind: str = "Layout") -> None:
        """Open what a reader aloud passes over: rules, repeated headers, page numbers."""
        if self.tree is not None:
            if not self.silent:
                self._code.append(f"/Artifact <</Type /{kind}>> BDC")
            self.silent += 1

    def ornament_end(self) -> None:
        """Close an ornament."""
        if self.tree is not None:
            self.silent -= 1
            if not self.silent:
                self._code.append("EMC")

    def outline(self, title: str, level: int, top: float) -> None:
        """A bookmark at a height of this page."""
        key = f"h{len(self._destinations)}"
        self.bookmarkPage(key, fit="XYZ", left=0, top=top)
        self.addOutlineEntry(title, key, level, closed=False)

    def finish(self) -> bytes:
        """The whole paper; the canvas may not be used after it."""
        if self._code:
            self.showPage()
        for page, number in zip(self.drawn, range(len(self.drawn)), strict=True):
            self._draw_foot(page, number)
        if self.tree is not None:
            self._tell_structure(self.tree)
        self._doc.SaveToFile(self.bytes, self)
        return self.bytes.getvalue()

    def _setAnnotations(self, page: PDFPage) -> None:  # noqa: N802 - the last ReportLab asks of a page
        super()._setAnnotations(page)
        self.drawn.append(page)
        if self.tree is not None:
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = len(self.drawn) - 1, PDFName("S")

    def _draw_foot(self, page: PDFPage, number: int) -> None:
        later, self.drawn = self.drawn, self.drawn[:number]  # marks belong to this page
        self._code.clear()
        self.init_graphics_state()
        self.foot(self, number + 1, len(later))
        page.stream += "\n".join(self._code) + "\n"
        self._code.clear()
        self.drawn = later

    def _tell_structure(self, tree: Tree) -> None:
        while len(tree.pages) < len(self.drawn):
            tree.pages.append([])
        catalog = self._doc.Catalog
        catalog.StructTreeRoot = tree.write(self._doc)
        catalog.MarkInfo = Raw("<</Marked true>>")
        catalog.ViewerPreferences = Raw("<</DisplayDocTitle true>>")
        catalog.Lang = Raw(text_string(self.language))
        packet = _packet(self.title, self.language, self.on)
        head = f"<</Type/Metadata/Subtype/XML/Length {len(packet.encode())}>>"
        catalog.Metadata = Raw(f"{head}\nstream\n{packet}\nendstream")


def _packet(title: str, language: str, on: date) -> str:
    """The XMP packet: title, language, PDF/UA part 1 (ISO 14289-1, 5)."""
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{PROGRAM}</pdf:Producer><xmp:CreatorTool>{PROGRAM}</xmp:CreatorTool>
<xmp:CreateDate>{on:%Y-%m-%d}T00:00:00Z</xmp:CreateDate>
<xmp:ModifyDate>{on:%Y-%m-%d}T00:00:00Z</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
