"""The sheet for the maker of another's plan: the fixed sentence and our key points for that plan."""

from coachdesk import i18n
from coachdesk.domain.papers import Both, Signer
from coachdesk.domain.plan_papers import ReplacementPaper
from coachdesk.i18n import Words as Language
from coachdesk.printing.blocks import box, head_lines, in_both, opening, points, signature_block, upper
from coachdesk.printing.flow import Heading, Words, words_of
from coachdesk.printing.paper import Ending, Letterhead, Piece, Room, draw_paper


def draw_replacement(sheet: ReplacementPaper, language: str) -> bytes:
    """What is to be written into the plan that stands for ours."""
    words = i18n.words(language)
    title = words._("To be written into the plan")
    head = Letterhead(
        title=title,
        on=sheet.on,
        left=head_lines(sheet.workshop, Both(), language),
        right=(words._("For the maker of the plan"), words._("To be kept secret")),
    )
    story: list[Piece] = [
        *opening(title),
        _facts(sheet, words),
        Heading(words._("Sentence")),
        Words(words._("Write this sentence into the plan as it stands:")),
        *in_both(_quoted(sheet.sentence), words, "value"),
        Heading(words._("Goals of the coaching")),
        *(words_of(sheet.goals) or [Words("–")]),
    ]
    if sheet.points:
        story += [Room(70), Heading(words._("Key points")), *points(sheet.points)]
    last = [Words(_permitted(sheet, words))]
    signer = Signer(role=Both(words._("Coach"), words._("Coach")), name=sheet.coach)
    return draw_paper(head, language, [*story, Ending(last, signature_block([signer], words))])


def _quoted(sentence: Both) -> Both:
    return Both(f"”{sentence.fi}”" if sentence.fi else "", f"”{sentence.sv}”" if sentence.sv else "")


def _facts(sheet: ReplacementPaper, words: Language) -> Piece:
    cells = [
        (words._("Name"), sheet.trainee),
        (words._("Born"), words.day(sheet.birth_date)),
        (words._("Plan"), upper(sheet.plan_kind.name(words.language))),
        (words._("Maker of the plan"), sheet.plan_maker),
        (words._("Day of the plan"), words.day(sheet.plan_made)),
    ]
    return box(cells, words)


def _permitted(sheet: ReplacementPaper, words: Language) -> str:
    if sheet.permission_given:
        return words.fill(
            "The trainee gave permission on {day} to use the plan in the coaching.",
            day=sheet.permission_given,
        )
    return words._("The trainee has given permission to use the plan in the coaching.")
