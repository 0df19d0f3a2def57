"""The report of the log for a trainee: who has looked at the data, and to whom it was given."""

from coachdesk import i18n
from coachdesk.domain.papers import Both, GivenRow, LogPaper, UsedRow
from coachdesk.i18n import Words as Language
from coachdesk.printing.blocks import box, head_lines, opening
from coachdesk.printing.flow import Heading, Words
from coachdesk.printing.paper import WIDTH, Letterhead, Piece, Room, draw_paper
from coachdesk.printing.tables import grid, lined


def draw_log_report(sheet: LogPaper, language: str) -> bytes:
    """Disclosures first, since they went outside; then the uses by day, newest first."""
    words = i18n.words(language)
    title = words._("Who has looked at my data and to whom it was given")
    head = Letterhead(
        title=title,
        on=sheet.on,
        left=head_lines(sheet.workshop, Both(), language),
        right=(words._("Report of the log"), words.day(sheet.on)),
    )
    story: list[Piece] = [*opening(title), _facts(sheet, words)]
    story += [Room(70), Heading(words._("To whom data was given"), ruled=False)]
    story.append(
        _given(sheet.given, words) if sheet.given else Words(words._("Nothing was given to anybody."))
    )
    story += [Room(70), Heading(words._("Who has used the data"), ruled=False)]
    story.append(_used(sheet.used, words) if sheet.used else Words(words._("Nobody has used the data.")))
    story += [
        Words(
            words._(
                "The ground of a use is giving you the service, unless another is told. Lists in which your "
                "name stands among others, such as the attendance of a group, are not listed here."
            )
        ),
        Words(
            words._(
                "You may use this report to look after your own rights. If something in it is not clear or "
                "not right, ask your coach or the controller of the register."
            )
        ),
    ]
    return draw_paper(head, language, story)


def _facts(sheet: LogPaper, words: Language) -> Piece:
    span = words.fill("{begins}–{ends}", begins=sheet.begins, ends=sheet.ends)
    return box([(words._("Name"), sheet.trainee), (words._("During"), span)], words, (0.5, 0.5))


def _given(rows: tuple[GivenRow, ...], words: Language) -> Piece:
    cells = [[words._("Day"), words._("To whom"), words._("What"), words._("Ground"), words._("Given by")]]
    cells += [
        [
            words.day(row.day),
            "\n".join(row.recipient.both(words.language)) or "–",
            words._(row.act),
            _ground(row, words),
            row.coach or "–",
        ]
        for row in rows
    ]
    widths = (WIDTH * 0.13, WIDTH * 0.25, WIDTH * 0.26, WIDTH * 0.2, WIDTH * 0.16)
    return grid(cells, widths, lined(), around=(0, 4))


def _ground(row: GivenRow, words: Language) -> str:
    if row.consent:
        return words.fill("Consent {number}", number=row.consent)
    return words._(row.ground) if row.ground else "–"


def _used(rows: tuple[UsedRow, ...], words: Language) -> Piece:
    cells = [[words._("Day"), words._("Who"), words._("What was done"), words._("Times"), words._("Why")]]
    cells += [
        [
            words.day(row.day),
            row.coach or "–",
            words._(row.act),
            str(row.times),
            words._(row.why) if row.why else "",
        ]
        for row in rows
    ]
    widths = (WIDTH * 0.13, WIDTH * 0.2, WIDTH * 0.35, WIDTH * 0.1, WIDTH * 0.22)
    return grid(cells, widths, lined(), around=(0, 4))
