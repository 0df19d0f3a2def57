"""The information text for a trainee: who keeps what, why, for how long, and what one may ask."""

from coachdesk import i18n
from coachdesk.domain.papers import Both, InformationPaper, InformationSection
from coachdesk.i18n import Words as Language
from coachdesk.printing.blocks import head_lines, opening, upper
from coachdesk.printing.flow import Heading, Words
from coachdesk.printing.paper import WIDTH, Letterhead, Piece, Room, draw_paper
from coachdesk.printing.tables import grid, lined


def draw_information(sheet: InformationPaper, language: str) -> bytes:
    """The text in standard or plain language, with the services of the person and when it was given."""
    words = i18n.words(language)
    kind = "plain " if sheet.plain else ""
    story = opening(words._("Your information at the workshop"), style=f"{kind}title")
    if sheet.trainee:
        story.append(Words(words.fill("To: {name}", name=sheet.trainee), f"{kind}text"))
    for section in sheet.sections:
        story += _section(section, sheet, words, kind)
    if sheet.given:
        story.append(
            Words(
                words.fill(
                    "This text was given and gone through on {day}. Given by: {who}.",
                    day=sheet.given, who=sheet.coach or "–",
                ),
                "strong",
            )
        )  # fmt: skip
    head = Letterhead(
        title=words._("Your information at the workshop"),
        on=sheet.on,
        left=head_lines(sheet.workshop, Both(), language),
        right=(words._("Information for trainees"), words.day(sheet.given or sheet.on)),
        number=words.fill("Text {version}", version=sheet.version) if sheet.version else "",
    )
    return draw_paper(head, language, story)


def _section(section: InformationSection, sheet: InformationPaper, words: Language, kind: str) -> list[Piece]:
    story: list[Piece] = [Room(90 if kind else 62), Heading(section.title, f"{kind}section")]
    story += [Words(text.strip(), f"{kind}text") for text in section.text.split("\n\n") if text.strip()]
    if section.lists_services and sheet.services:
        rows: list[list[str]] = [[words._("Service"), words._("Controller of the register")]]
        rows += [
            [upper(service.name(words.language)), "\n".join(controller.both(words.language)) or "–"]
            for service, controller in sheet.services
        ]
        story.append(grid(rows, (WIDTH / 2, WIDTH / 2), lined(), around=(2, 4)))
    return story
