"""The recovery sheet: eight groups on paper, and what to do with them."""

from coachdesk import i18n
from coachdesk.domain.papers import Both, RecoveryPaper, Signer
from coachdesk.i18n import Words as Language
from coachdesk.printing.blocks import opening, points, signature_block
from coachdesk.printing.flow import Heading, Words
from coachdesk.printing.paper import WIDTH, Ending, Letterhead, Piece, draw_paper
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
        Words(words._("With these eight groups the data open when the passphrase is forgotten.")),
        _groups(sheet.groups),
        Heading(words._("What to do with this sheet")),
        *points(_to_do(words)),
        Heading(words._("The same as a code")),
        Words(words._("A scanner reads the eight groups from this code.")),
        Code("-".join(sheet.groups), words._("The eight groups as a square code"), 84),
    ]
    received = Signer(role=Both(words._("Received by"), words._("Received by")))
    ending = Ending([], signature_block([received], words, words._("Receipt of this sheet")))
    return draw_paper(head, language, [*story, ending])


def _to_do(words: Language) -> list[str]:
    return [
        words._("Keep it in a safe or a locked cabinet, never with the computer."),
        words._("Do not write the passphrase here. Do not photograph, copy or send this sheet."),
        words.fill(
            "To use it, choose ”{button}” on the first page and type all eight groups.",
            button=words._("Use the recovery sheet"),
        ),
        words._("Whoever has this sheet and the computer can read all the data."),
        words._("If the sheet is lost, or somebody else has seen it, make a new one in the settings."),
    ]


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
            ("TOPPADDING", (0, 0), (-1, -1), 4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
        ],
        heads=0,
        tags=LIST,
        around=(8, 6),
    )
