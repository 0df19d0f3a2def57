"""The logical structure of a tagged paper: elements, and how they are written (ISO 32000-1, 14.7)."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject


@dataclass(eq=False)
class Element:
    """A structure element: a paragraph, a heading, a row.

    ``home`` is the element it belongs to; without one it belongs to whatever is open where it is
    first drawn.  ``attributes`` are raw PDF, ``alt`` is read aloud instead of a picture, ``lang``
    is set where the words are in another language than the paper.
    """

    tag: str
    home: Element | None = None
    alt: str = ""
    lang: str = ""
    attributes: str = ""
    parent: Element | None = None
    kids: list[Element | tuple[int, int]] = field(default_factory=list)  # elements, or (page, mark)
    number: int = 0


class Raw(PDFObject):
    """An object of the file written as it stands."""

    __RefOnly__ = 1

    def __init__(self, text: str) -> None:
        self.text = text

    def format(self, document: PDFDocument) -> bytes:
        """The object's bytes."""
        return self.text.encode()


def text_string(text: str) -> str:
    """A PDF text string in UTF-16 with its mark, as hexadecimal: any letter, no escaping."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def number_of(document: PDFDocument, name: str) -> int:
    """The object number that a name has in the file."""
    return int(document.idToObjectNumberAndVersion[name][0])


class Tree:
    """Elements in reading order and the marks of each page."""

    def __init__(self) -> None:
        self.document = Element("Document")
        self.open = [self.document]
        self.pages: list[list[Element]] = []

    def place(self, element: Element) -> None:
        """Hang an element under its home, or what is open, when it is first met."""
        if element.parent is not None or element is self.document:
            return
        home = element.home or self.open[-1]
        self.place(home)
        element.parent = home
        home.kids.append(element)

    def mark(self, element: Element, page: int) -> int:
        """The number of a new marked piece of an element on a page."""
        self.place(element)
        while len(self.pages) <= page:
            self.pages.append([])
        marks = self.pages[page]
        marks.append(element)
        element.kids.append((page, len(marks) - 1))
        return len(marks) - 1

    def write(self, document: PDFDocument) -> Raw:
        """Add the whole tree to the file; answers its root."""
        root, parents = Raw(""), Raw("")
        elements = _elements(self.document)
        for at, element in enumerate(elements):
            document.Reference(Raw(""), f"tag{at}")
            element.number = number_of(document, f"tag{at}")
        document.Reference(root, "tags")
        document.Reference(parents, "tagParents")
        pages = [number_of(document, f"Page{page + 1}") for page in range(len(self.pages))]
        for at, element in enumerate(elements):
            up = element.parent.number if element.parent else number_of(document, "tags")
            document.idToObject[f"tag{at}"].text = _written(element, up, pages)
        marks = (
            f"{page} [{' '.join(f'{e.number} 0 R' for e in marks)}]" for page, marks in enumerate(self.pages)
        )
        parents.text = f"<</Nums [{' '.join(marks)}]>>"
        root.text = (
            f"<</Type/StructTreeRoot/K {self.document.number} 0 R"
            f"/ParentTree {number_of(document, 'tagParents')} 0 R/ParentTreeNextKey {len(self.pages)}>>"
        )
        return root


def _elements(element: Element) -> list[Element]:
    """An element and all below it, in reading order."""
    found = [element]
    for kid in element.kids:
        if isinstance(kid, Element):
            found += _elements(kid)
    return found


def _written(element: Element, parent: int, pages: list[int]) -> str:
    first = next((kid[0] for kid in element.kids if isinstance(kid, tuple)), None)
    kids = " ".join(_kid(kid, first, pages) for kid in element.kids)
    page = f"/Pg {pages[first]} 0 R" if first is not None else ""
    alt = f"/Alt {text_string(element.alt)}" if element.alt else ""
    lang = f"/Lang ({element.lang})" if element.lang else ""
    attributes = f"/A {element.attributes}" if element.attributes else ""
    return (
        f"<</Type/StructElem/S/{element.tag}/P {parent} 0 R{page}{alt}{lang}{attributes}"
        f"/K {kids if len(element.kids) == 1 else f'[{kids}]'}>>"
    )


def _kid(kid: Element | tuple[int, int], first: int | None, pages: list[int]) -> str:
    if isinstance(kid, Element):
        return f"{kid.number} 0 R"
    page, mark = kid
    return str(mark) if page == first else f"<</Type/MCR/Pg {pages[page]} 0 R/MCID {mark}>>"
