"""The figures of a period on paper, for a report to others; no person stands in them."""

from coachdesk import i18n
from coachdesk.domain.papers import Both, FiguresPaper
from coachdesk.printing.blocks import box, head_lines, opening
from coachdesk.printing.flow import Words
from coachdesk.printing.paper import WIDTH, Letterhead, Piece, draw_paper
from coachdesk.printing.tables import grid, lined


def draw_figures(sheet: FiguresPaper, language: str) -> bytes:
    """The period, the table of figures each with how it is counted, and the rule of small numbers."""
    words = i18n.words(language)
    title = words._("Figures")
    head = Letterhead(
        title=title,
        on=sheet.on,
        left=head_lines(sheet.workshop, Both(), language),
        right=(title, words.day(sheet.on)),
    )
    during = sheet.period or words._("Everything recorded")
    cells = [[words._("Figure"), words._("Count"), words._("How it is counted")]]
    cells += [list(row) for row in sheet.rows]
    facts = [(words._("Workshop"), sheet.workshop.name.name(language)), (words._("During"), during)]
    story: list[Piece] = [
        *opening(title),
        box(facts, words, (0.5, 0.5)),
        grid(cells, (WIDTH * 0.38, WIDTH * 0.14, WIDTH * 0.48), lined(), around=(8, 4)),
        Words(words._("Numbers under five are not told, so that nobody can be recognised.")),
    ]
    return draw_paper(head, language, story)
