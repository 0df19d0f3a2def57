"""Everything about one trainee on paper: the facts, then one table for each kind of record."""

from coachdesk import i18n
from coachdesk.domain.dossier import DossierPaper, LostPaper, Section
from coachdesk.domain.papers import Both
from coachdesk.printing.blocks import head_lines, opening
from coachdesk.printing.flow import Heading, Words
from coachdesk.printing.paper import WIDTH, Letterhead, Piece, Room, draw_paper
from coachdesk.printing.tables import grid, lined

_SHORT, _LONG = 14, 40  # letters; a column is wide as its longest line, within these


def draw_dossier(sheet: DossierPaper, language: str) -> bytes:
    """The copy that a person may ask for, every word of it."""
    words = i18n.words(language)
    title = words._("Everything that is held about me")
    head = Letterhead(
        title=title,
        on=sheet.on,
        left=head_lines(sheet.workshop, Both(), language),
        right=(words._("Copy of personal data"), words.day(sheet.on)),
    )
    story: list[Piece] = [
        *opening(title),
        Words(words.fill("This is about you: {name}.", name=sheet.trainee)),
    ]
    story.append(_pairs(sheet.facts, words._("Detail"), words._("What is held")))
    for section in sheet.sections:
        story += [Room(70), Heading(section.title, ruled=False), _table(section)]
    story.append(
        Words(
            words._(
                "Who has used the data and to whom it was given stands in the report of the log, which you "
                "may ask for too. If something here is not right, you may ask that it be corrected."
            )
        )
    )
    return draw_paper(head, language, story)


def draw_lost(sheet: LostPaper, language: str) -> bytes:
    """What a notice of a lost laptop needs, on its first page; then the people by name."""
    words = i18n.words(language)
    title = words._("A lost laptop: what to tell")
    head = Letterhead(
        title=title,
        on=sheet.on,
        left=head_lines(sheet.workshop, Both(), language),
        right=(words._("Lost laptop"), words.day(sheet.on)),
    )
    advice = words._(
        "Tell the controller of the register at once. The supervisory authority is told within 72 hours "
        "of finding out, unless a risk to people is unlikely; encrypted data with a strong passphrase that "
        "nobody else knows counts for much. Change the passphrase on the restored desk, and ask the region "
        "to revoke the lost laptop's key."
    )
    story: list[Piece] = [*opening(title), Words(advice)]
    story.append(_pairs(sheet.facts, words._("Detail"), words._("What is known")))
    for section in (sheet.kinds, sheet.people):
        if section.rows:
            story += [Room(70), Heading(section.title, ruled=False), _table(section)]
    return draw_paper(head, language, story)


def _pairs(facts: tuple[tuple[str, str], ...], name: str, value: str) -> Piece:
    rows = [[name, value], *([title, text] for title, text in facts)]
    return grid(rows, (WIDTH * 0.35, WIDTH * 0.65), lined(), row_heads=True, around=(4, 4))


def _table(section: Section) -> Piece:
    rows = [list(section.heads), *(list(row) for row in section.rows)]
    return grid(rows, _widths(section), lined(), around=(0, 4))


def _widths(section: Section) -> list[float]:
    """Columns of long words are wider; all together take the width of the page."""
    longest = [
        max(len(line) for text in (head, *(row[at] for row in section.rows)) for line in text.split("\n"))
        for at, head in enumerate(section.heads)
    ]
    shares = [min(max(length, _SHORT), _LONG) for length in longest]
    return [WIDTH * share / sum(shares) for share in shares]
