"""Parts that several forms share: the box of facts, the people, the signature block."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, Spacer

from coachdesk.domain.papers import Both, Sender, Signer
from coachdesk.i18n import Words as Language
from coachdesk.printing.flow import Heading, Point, Words
from coachdesk.printing.paper import WIDTH, Piece
from coachdesk.printing.structure import Element
from coachdesk.printing.styles import BLACK, RULE
from coachdesk.printing.tables import LIST, grid


def upper(text: str) -> str:
    """A code's name at the beginning of a line."""
    return text[:1].upper() + text[1:]


def head_lines(workshop: Sender, organiser: Both, language: str) -> tuple[str, ...]:
    """The left side of the header: the workshop, then who arranges the service, in both languages."""
    second = " · ".join(organiser.both(language)) or workshop.organisation
    return tuple(filter(None, (workshop.name.name(language), second)))


def opening(title: str, under: str = "", style: str = "title") -> list[Piece]:
    """The title of a paper, and a line below it."""
    heading = Heading(title, style, 1, ruled=False)
    if under:
        heading.spaceAfter = 0
    return [heading, *([Words(under, "under")] if under else [])]


def points(texts: Sequence[str], style: str = "point") -> list[Piece]:
    """A list of points; one without a word has no mark either."""
    of = Element("L")
    return [*(Point(text, of, style) for text in texts if text.strip()), Spacer(0, 3)]


def in_both(name: Both, words: Language, style: str) -> list[Words]:
    """A name in both languages, the other one marked as such for those who listen."""
    found = []
    for text in name.both(words.language):
        tag = "" if text == name.name(words.language) else "fi-FI" if text == name.fi else "sv-FI"
        found.append(Words(text, style, lang=tag))
    return found


def reached(workshop: Sender) -> str:
    """How the workshop is reached, in one line."""
    return " · ".join(filter(None, (workshop.address, workshop.phone, workshop.email)))


def checked(code: str) -> str:
    """A check code for the eye: 4C1E 77A0."""
    return f"{code[:4]} {code[4:]}".upper().strip()


def box(
    cells: Sequence[tuple[str, str]], words: Language, shares: Sequence[float] = (1, 1, 1), before: float = 4
) -> Flowable:
    """Labels and values in a ruled box, read aloud as a list; ``shares`` are the widths of its columns."""
    columns = len(shares)
    filled = [*cells, *[("", "")] * (-len(cells) % columns)]
    rows = [filled[at : at + columns] for at in range(0, len(filled), columns)]
    return grid(
        [[_fact(label, value) for label, value in row] for row in rows],
        [WIDTH * share / sum(shares) for share in shares],
        [
            ("BOX", (0, 0), (-1, -1), 0.7, BLACK),
            ("INNERGRID", (0, 0), (-1, -1), 0.5, RULE),
            ("LEFTPADDING", (0, 0), (-1, -1), 7),
            ("TOPPADDING", (0, 0), (-1, -1), 4.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 5.5),
        ],
        heads=0,
        tags=LIST,
        around=(before, 4),
    )


def _fact(label: str, value: str) -> list[Flowable]:
    if not label:
        return []
    return [
        Words(label, "label", element=Element("Lbl")),
        Words(value or "–", "value", element=Element("LBody")),
    ]


def explained(language: Both, who: str, words: Language, style: str = "text") -> list[Words]:
    """In which language the paper was gone through, and by whom."""
    if not (language or who):
        return []
    named = language.name(words.language) or "–"
    return [Words(words.fill("Explained in {language} by {who}.", language=named, who=who or "–"), style)]


def people(names: Sequence[str], words: Language) -> list[Flowable]:
    """Who took part."""
    if not names:
        return []
    of = Element("L")
    return [
        Words(words._("Those who took part:"), "text"),
        *(Point(name, of) for name in names if name.strip()),
        Spacer(0, 4),
    ]


def signature_block(
    signers: Sequence[Signer], words: Language, title: str = "", *, large: bool = False
) -> list[Flowable]:
    """A row to sign for each: the role, the body in both languages, the name; ``large`` in plain language."""
    head, cell, section = (
        ("plain head", "plain cell", "plain section") if large else ("head", "cell", "section")
    )
    rows: list[list[str | list[Flowable]]] = [
        [words._("Who signs"), words._("Place and date"), words._("Signature and name in print")]
    ]
    for signer in signers:
        day = words.day(signer.signed_on)
        rows.append([_signer(signer, words, head, cell), day, []])
    made = grid(
        rows,
        (WIDTH * 0.38, WIDTH * 0.22, WIDTH * 0.40),
        [
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, RULE),
            ("LINEBEFORE", (1, 0), (-1, -1), 0.5, RULE),
            ("BOTTOMPADDING", (0, 1), (-1, -1), 18),
            ("TOPPADDING", (0, 1), (-1, -1), 6),
        ],
        row_heads=True,
        style=cell,
        head_style=head,
        around=(2, 0),
    )
    return [Heading(title or words._("Signatures"), section), made]


def _signer(signer: Signer, words: Language, head: str, cell: str) -> list[Flowable]:
    found: list[Flowable] = [Words(upper(signer.role.name(words.language)), head)]
    found += in_both(signer.body, words, "small cell")
    if signer.name:
        found.append(Words(signer.name, cell))
    if not signer.name and not signer.body:
        found.append(Words(" ", cell))
    return found
