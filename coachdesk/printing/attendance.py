"""The month list for signature: who was present on which day, never why somebody was away."""

from coachdesk import i18n
from coachdesk.domain.attendance_papers import MonthDay, MonthListPaper, MonthRow
from coachdesk.domain.papers import Both, Signer
from coachdesk.i18n import Words as Language
from coachdesk.printing.blocks import head_lines, opening, points, signature_block
from coachdesk.printing.flow import Words
from coachdesk.printing.paper import WIDE, Ending, Letterhead, Piece, draw_paper
from coachdesk.printing.styles import RULE, SHADE
from coachdesk.printing.tables import Cell, Grid, grid

ABSENT, NOT_ARRANGED, PLANNED = "–", "0", "·"
_NAME, _DAYS, _HOURS, _SIGN = 116.0, 37.0, 43.0, 84.0


def draw_month_list(sheet: MonthListPaper, language: str) -> bytes:
    """The list of a group's month, on its side: a row to sign for each person."""
    words = i18n.words(language)
    title = words.fill("Attendance, {month}", month=words.month(sheet.month))
    head = Letterhead(
        title=title,
        on=sheet.on,
        left=head_lines(sheet.workshop, Both(), language),
        right=(words._("Attendance list"), words.day(sheet.on)),
        wide=True,
    )
    legend = points(_legend(sheet, words), "small point")  # before the rows: who signs one reads it first
    story: list[Piece] = [*opening(title, sheet.group), *legend]
    signer = Signer(role=Both(words._("The list is right"), words._("The list is right")), name=sheet.coach)
    ending = Ending([_grid(sheet, words)], signature_block([signer], words), parted=True)
    return draw_paper(head, language, [*story, ending])


def _grid(sheet: MonthListPaper, words: Language) -> Grid:
    width = (WIDE - _NAME - _DAYS - _HOURS - _SIGN) / max(1, len(sheet.days))
    head: list[Cell] = [[Words(words._("Name"), "head")], *(_column(one, words) for one in sheet.days)]
    head += [words._("Days"), words._("Hours"), words._("Signature")]
    rows: list[list[Cell]] = [head]
    rows += [_row(row, sheet.present, words) for row in sheet.rows]
    look = [
        ("INNERGRID", (0, 0), (-1, -1), 0.4, RULE),
        ("BOX", (0, 0), (-1, -1), 0.7, RULE),
        ("LEFTPADDING", (1, 0), (-2, -1), 1),
        ("RIGHTPADDING", (1, 0), (-2, -1), 1),
        ("TOPPADDING", (0, 1), (-1, -1), 5),
        ("BOTTOMPADDING", (0, 1), (-1, -1), 7),
    ]
    for at, one in enumerate(sheet.days, 1):
        if one.holiday or one.not_held or one.day.weekday() > 4:
            look.append(("BACKGROUND", (at, 0), (at, -1), SHADE))
    return grid(
        rows,
        [_NAME, *[width] * len(sheet.days), _DAYS, _HOURS, _SIGN],
        look,
        row_heads=True,
        style="mark",
        head_style="mark head",
        around=(4, 8),
    )


def _column(one: MonthDay, words: Language) -> str:
    """The head of a day: its number over the first letter of its weekday."""
    return f"{one.day.day}\n{words.weekday(one.day)[:1].upper()}"


def _row(row: MonthRow, present: str, words: Language) -> list[Cell]:
    signs = {"present": present, "absent": ABSENT, "not_arranged": NOT_ARRANGED, "planned": PLANNED}
    days = sum(mark == "present" for mark in row.marks)
    marks = [signs.get(mark, "") for mark in row.marks]
    return [[Words(row.name, "small cell")], *marks, str(days), words.hours(row.minutes), ""]


def _legend(sheet: MonthListPaper, words: Language) -> list[str]:
    found = [
        words.fill("{sign} = present", sign=sheet.present),
        words.fill("{sign} = absent", sign=ABSENT),
        words.fill("{sign} = service not arranged", sign=NOT_ARRANGED),
        words.fill("{sign} = planned, not marked", sign=PLANNED),
    ]
    closed = [_closed(one, words) for one in sheet.days if one.holiday or one.not_held]
    return [" · ".join(line) for line in (found, closed) if line]


def _closed(day: MonthDay, words: Language) -> str:
    return f"{words.short_day(day.day)} {day.holiday or day.not_held}"
