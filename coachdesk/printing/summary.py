"""Exactly what leaves about one trainee, as paper for him or her."""

from reportlab.platypus import Spacer

from coachdesk import i18n
from coachdesk.domain.papers import Both, SummaryGroup, SummaryPaper
from coachdesk.i18n import Words as Language
from coachdesk.printing.blocks import box, checked, head_lines, opening
from coachdesk.printing.flow import Heading, Words
from coachdesk.printing.paper import WIDTH, Letterhead, Piece, Room, draw_paper
from coachdesk.printing.tables import grid, lined


def draw_summary(sheet: SummaryPaper, language: str) -> bytes:
    """Item by item: what the recipient has now, what goes, what changes."""
    words = i18n.words(language)
    title = words._("Exactly this leaves")
    head = Letterhead(
        title=title,
        on=sheet.on,
        left=head_lines(sheet.workshop, Both(), language),
        right=(words._("What is sent about me"), words.day(sheet.on)),
        number=words.fill("Content {code}", code=checked(sheet.sha256[:8])) if sheet.sha256 else "",
    )
    story: list[Piece] = [*opening(title), _facts(sheet, words)]
    if sheet.withdrawal:
        story.append(
            Words(
                words._(
                    "The consent is withdrawn. The recipient is told to delete what it has. "
                    "Nothing else leaves."
                ),
                "strong",
            )
        )
    for group in sheet.groups:
        story += [Room(70), Heading(group.title, ruled=False), _table(group, words)]
    if not sheet.groups and not sheet.withdrawal:
        story.append(Words(words._("Nothing leaves.")))
    story.append(Spacer(0, 8))
    story.append(Words(words._("Notes and reasons for absences are not among what leaves.")))
    return draw_paper(head, language, story)


def _facts(sheet: SummaryPaper, words: Language) -> Piece:
    cells = [
        (words._("Name"), sheet.trainee),
        (words._("To whom"), "\n".join(sheet.recipient.both(words.language))),
        (words._("By consent"), sheet.consent),
        (words._("Consent valid to"), words.day(sheet.consent_valid_to)),
        (words._("Last sent"), words.day(sheet.last_sent)),
    ]
    return box(cells, words, (0.31, 0.41, 0.28))


def _table(group: SummaryGroup, words: Language) -> Piece:
    rows = [
        [
            words._("Item"),
            words._("The recipient has now"),
            words._("Leaves now"),
            words.pgettext("column", "Change"),
        ]
    ]
    rows += [[row.title, row.now or "–", row.goes or "–", row.change or "–"] for row in group.rows]
    widths = (WIDTH * 0.24, WIDTH * 0.27, WIDTH * 0.31, WIDTH * 0.18)
    return grid(rows, widths, lined(), row_heads=True, around=(0, 2))
