"""The report of absences to the payer of the benefit (Kela, or the person's fund)."""

from coachdesk import i18n
from coachdesk.domain.attendance_papers import AbsenceReportPaper, AbsentDay
from coachdesk.domain.papers import Both, Signer
from coachdesk.i18n import Words as Language
from coachdesk.printing.blocks import box, head_lines, opening, reached, signature_block, upper
from coachdesk.printing.flow import Heading, Words
from coachdesk.printing.paper import WIDTH, Ending, Letterhead, Piece, Room, draw_paper
from coachdesk.printing.tables import grid, lined


def draw_absence_report(sheet: AbsenceReportPaper, language: str) -> bytes:
    """Each absent day with its kind; days not arranged apart, since they are no absence."""
    words = i18n.words(language)
    span = f"{words.day(sheet.begins)}–{words.day(sheet.ends)}"
    head = Letterhead(
        title=words.fill("Report of absences {span}", span=span),
        on=sheet.on,
        left=head_lines(sheet.workshop, Both(), language),
        right=(" / ".join(sheet.payer.both(language)), words._("To be kept secret")),
    )
    story: list[Piece] = [*opening(words._("Report of absences"), span), *_facts(sheet, words)]
    story += [Heading(words._("Absences"), ruled=bool(not sheet.absences)), *_absences(sheet, words)]
    if sheet.not_arranged:
        story += [
            Room(80),
            Heading(words._("Days on which the service was not arranged")),
            *_apart(sheet, words),
        ]
    signer = Signer(role=_signer(sheet, words), name=sheet.signer, signed_on=sheet.on)
    last = [Words(words._("The service provider assures that the report is right."))]
    return draw_paper(head, language, [*story, Ending(last, signature_block([signer], words))])


def _signer(sheet: AbsenceReportPaper, words: Language) -> Both:
    title = sheet.signer_title or words._("for the service provider")
    return Both(title, title)


def _facts(sheet: AbsenceReportPaper, words: Language) -> list[Piece]:
    language = words.language
    running = ""
    if sheet.service_begins:
        running = f"{words.day(sheet.service_begins)}–{words.day(sheet.service_ends)}"
    provider = "\n".join(
        filter(
            None, (sheet.workshop.name.name(language), sheet.workshop.organisation, reached(sheet.workshop))
        )
    )
    cells = [
        (words._("Name"), sheet.trainee),
        (words._("Personal identity code"), sheet.personal_identity_code),
        (words._("Payer of the benefit"), "\n".join(sheet.payer.both(language))),
        (words._("Service"), upper(sheet.service.name(language))),
        (words._("Time of the service"), running),
        (words._("Report for the days"), f"{words.day(sheet.begins)}–{words.day(sheet.ends)}"),
    ]
    return [box(cells, words), box([(words._("Service provider"), provider)], words, (1,), before=0)]


def _absences(sheet: AbsenceReportPaper, words: Language) -> list[Piece]:
    if not sheet.absences:
        return [Words(words._("No absences during these days."))]
    rows = [[words._("Day"), words._("Kind of absence"), words._("Certificate")]]
    rows += [
        [
            f"{words.weekday(one.day)} {words.day(one.day)}",
            upper(one.kind.name(words.language)),
            _certificate(one, words),
        ]
        for one in sheet.absences
    ]
    return [grid(rows, (WIDTH * 0.24, WIDTH * 0.5, WIDTH * 0.26), lined(), around=(0, 4))]


def _certificate(day: AbsentDay, words: Language) -> str:
    if day.certificate is None:
        return "–"
    return words._("Seen") if day.certificate else words._("Not seen")


def _apart(sheet: AbsenceReportPaper, words: Language) -> list[Piece]:
    rows = [[words._("Day"), words._("Why")]]
    rows += [
        [
            f"{words.weekday(one.day)} {words.day(one.day)}",
            upper(one.reason.name(words.language)) or "–",
        ]
        for one in sheet.not_arranged
    ]
    return [
        Words(words._("These days are no absences.")),
        grid(rows, (WIDTH * 0.24, WIDTH * 0.76), lined(), around=(0, 4)),
    ]
