"""The recovery sheet: eight groups on paper, and what to do with them."""

from coachdesk import i18n
from coachdesk.domain.papers import RecoveryPaper
from coachdesk.printing.blocks import opening, points
from coachdesk.printing.flow import Heading, Words
from coachdesk.printing.paper import WIDTH, Letterhead, Piece, draw_paper
from coachdesk.printing.qr import Code
from coachdesk.printing.styles import BLACK, RULE
from coachdesk.printing.tables import LIST, grid


def draw_recovery(sheet: RecoveryPaper, language: str) -> bytes:
    """The sheet; no name of a person, nothing that tells which passphrase it stands for."""
    words = i18n.words(language)
    title = words._("Recovery sheet")
    head = Letterhead(
        title=title,
        on=sheet.on,
        left=(sheet.workshop.name(language),),
        right=(words._("Keep in a locked place"), words.day(sheet.on)),
    )
    story: list[Piece] = [
        *opening(title),
        Words(words._("With these eight groups the desk opens when the passphrase is forgotten.")),
        _groups(sheet.groups),
        Heading(words._("What to do with this sheet")),
        *points(
            [
                words._("Keep it in a safe or a locked cabinet, never with the computer."),
                words._("Do not photograph it, copy it or send it."),
                words._(
                    "To use it, choose on the unlock page to open with the recovery sheet "
                    "and type the groups."
                ),
                words._("Whoever has this sheet and the computer can read everything on the desk."),
                words._(
                    "If the sheet is lost, or somebody else has seen it, make a new one in the settings."
                ),
            ]
        ),
        Heading(words._("The same as a code")),
        Words(words._("A scanner reads the eight groups from this code.")),
        Code("-".join(sheet.groups), words._("The eight groups as a square code"), 110),
    ]  # fmt: skip
    return draw_paper(head, language, story)


def _groups(groups: tuple[str, ...]) -> Piece:
    cells = [
        [Words(f"{number}", "label", tag="Lbl"), Words(group, "huge", tag="LBody")]
        for number, group in enumerate(groups, 1)
    ]
    rows = [cells[at : at + 2] for at in range(0, len(cells), 2)]
    return grid(
        rows,
        [WIDTH / 2] * 2,
        [
            ("BOX", (0, 0), (-1, -1), 1, BLACK),
            ("INNERGRID", (0, 0), (-1, -1), 0.5, RULE),
            ("LEFTPADDING", (0, 0), (-1, -1), 14),
            ("TOPPADDING", (0, 0), (-1, -1), 6),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 10),
        ],
        heads=0,
        tags=LIST,
        around=(8, 6),
    )
