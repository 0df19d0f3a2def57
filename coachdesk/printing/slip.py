"""The slip of an appointment, to take home: large type, one page."""

from datetime import timedelta

from coachdesk import i18n
from coachdesk.clock import HELSINKI
from coachdesk.domain.papers import Both, SlipPaper
from coachdesk.i18n import Words as Language
from coachdesk.printing.blocks import head_lines, opening, reached, upper
from coachdesk.printing.flow import Heading, Words
from coachdesk.printing.paper import Letterhead, draw_paper


def draw_slip(sheet: SlipPaper, language: str) -> bytes:
    """When, where, with whom, what to bring, and whom to tell if it does not suit."""
    words = i18n.words(language)
    head = Letterhead(
        title=words._("Appointment"),
        on=sheet.on,
        left=head_lines(sheet.workshop, Both(), language),
        right=(words._("Appointment"), words.day(sheet.on)),
    )
    story = opening(upper(sheet.kind.name(language)), style="plain title")
    story.append(Words(sheet.trainee, "plain text"))
    for title, text in _told(sheet, words):
        story += [Heading(title, "plain item", 2, ruled=False), Words(text, "plain text")]
    return draw_paper(head, language, story)


def _told(sheet: SlipPaper, words: Language) -> list[tuple[str, str]]:
    at = sheet.at.astimezone(HELSINKI)
    ends = at + timedelta(minutes=sheet.minutes)
    hours = f"{words.time(sheet.at)}–{words.time(ends)}"
    when = words.fill("{day} {year}, {hours}", day=words.long_day(at.date()), year=at.year, hours=hours)
    place = ", ".join(filter(None, (upper(sheet.place.name(words.language)), sheet.where)))
    tell = ", ".join(filter(None, (sheet.coach, sheet.coach_phone))) or reached(sheet.workshop)
    found: list[tuple[str, str]] = [
        (words._("When"), when),
        (words._("Where"), place),
        (words._("With whom"), sheet.with_whom or sheet.coach),
        (words._("Bring with you"), sheet.bring),
        (words._("If you cannot come, tell"), tell),
        (words._("The workshop"), reached(sheet.workshop)),
    ]
    return [(title, text) for title, text in found if text]
