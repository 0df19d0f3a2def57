"""The plan on paper: each item that its kind asks for, who took part, who signs."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from coachdesk import i18n
from coachdesk.domain.plan_papers import (
    PlanLine,
    PlanPaper,
    PlanPart,
    PlanText,
    Replaced,
    SaidOfPlan,
    paper_code,
)
from coachdesk.i18n import N_
from coachdesk.i18n import Words as Language
from coachdesk.printing.blocks import box, checked, explained, head_lines, people, signature_block, upper
from coachdesk.printing.flow import Heading, Numbered, Point, Words, words_of
from coachdesk.printing.paper import WIDTH, Ending, Letterhead, Piece, Room, draw_paper
from coachdesk.printing.structure import Element
from coachdesk.printing.styles import INDENT
from coachdesk.printing.tables import grid, lined

STATES = {
    "draft": N_("Draft"),
    "final": N_("For signing"),
    "printed": N_("For signing"),
    "signed": N_("Signed"),
}
_NEAR = 62.0  # points: a heading and the first lines under it stay together


def draw_plan(sheet: PlanPaper, language: str, *, tagged: bool = True) -> bytes:
    """A plan of our own in the trainee's language; ``tagged=False`` only to measure what tags cost."""
    words = i18n.words(language)
    head = Letterhead(
        title=words.fill(
            "{kind} {number}, version {version}",
            kind=upper(sheet.kind.name(language)), number=sheet.number, version=sheet.version,
        ),
        on=sheet.on,
        left=head_lines(sheet.workshop, sheet.organiser, language),
        right=(words._(STATES[sheet.state]), _secret(sheet, words)),
        number=words.fill(
            "{number}, version {version} · check code {code}",
            number=sheet.number, version=sheet.version, code=checked(sheet.check_code),
        ),
        signers=" · ".join(signer.name or signer.role.name(language) for signer in sheet.signers),
        code=paper_code(sheet.number, sheet.version, sheet.check_code),
        code_words=words.fill(
            "Square code: {number}, version {version}, check code {code}",
            number=sheet.number, version=sheet.version, code=checked(sheet.check_code),
        ),
    )  # fmt: skip
    return draw_paper(head, language, _story(sheet, words), tagged=tagged)


def _story(sheet: PlanPaper, words: Language) -> list[Piece]:
    story: list[Piece] = [Heading(upper(sheet.kind.name(words.language)), "title", 1, ruled=False)]
    if sheet.law:
        story.append(Words(sheet.law.name(words.language), "under"))
    story.append(_facts(sheet, words))
    number = 0
    for part in sheet.parts:
        number = _part(story, part, number, words)
    for title, texts in _after(sheet, words):
        story += [Room(_NEAR), Heading(title), *texts]
    last = _last(sheet, words)
    return [*story, Ending(last, signature_block(sheet.signers, words))] if sheet.signers else [*story, *last]


def _facts(sheet: PlanPaper, words: Language) -> Flowable:
    """The box at the top: who, which plan, which version."""
    language = words.language
    place = ", ".join(
        filter(None, (sheet.municipality.name(language), sheet.service_language.name(language)))
    )
    version = str(sheet.version)
    if sheet.replaces_version:
        version = words.fill(
            "{version}, replaces version {old} ({day})",
            version=sheet.version, old=sheet.replaces_version, day=words.day(sheet.replaces_version_on),
        )  # fmt: skip
    cells = [(words._("Name"), sheet.trainee)]
    if sheet.personal_identity_code or sheet.asks_identity_code:
        cells.append((words._("Personal identity code"), sheet.personal_identity_code))
    cells += [
        (words._("Municipality and language of service"), place),
        (words._("Day of the plan"), words.day(sheet.on)),
        (words._("Version"), version),
        (words._("Support person present"), sheet.support_person or words._("No")),
    ]
    return box(cells, words)


def _part(story: list[Piece], part: PlanPart, number: int, words: Language) -> int:
    """Set a part; the items are numbered through the paper."""
    level = 2
    if part.title:
        title = upper(part.title.name(words.language))
        if part.section:
            title = words.fill("{title} (section {section})", title=title, section=part.section)
        story += [Room(_NEAR + 30), Heading(title)]
        level = 3
    for line in part.lines:
        number += 1
        title = upper(line.title.name(words.language))
        story += [Room(_NEAR), Numbered(str(number), title, level), *_written(line, words)]
    return number


def _written(line: PlanLine, words: Language) -> list[Flowable]:
    if not any(_sentences(text, words) for text in line.texts):
        return [Words(words._("Not written yet."), "aside")]
    if line.table:
        return [_measures(line.texts, words)]
    found: list[Flowable] = []
    points = Element("L") if len(line.texts) > 1 else None
    for text in line.texts:
        for at, sentence in enumerate(_sentences(text, words)):
            found.append(
                Words(sentence, "inside") if points is None or at else Point(sentence, points, "inner point")
            )
        found += [Words(aside, "aside") for aside in _asides(text, words)]
    return found


def _sentences(text: PlanText, words: Language) -> list[str]:
    """An item in whole sentences: its own words, then its place, hours, days and who."""
    found = [line for line in text.text.split("\n") if line.strip()]
    if text.place:
        found.append(words.fill("Place: {place}", place=text.place))
    if text.minutes_a_day and text.days_a_week:
        found.append(
            words.ngettext(
                "{days} day a week, {hours} hours a day",
                "{days} days a week, {hours} hours a day",
                text.days_a_week,
            ).format(days=text.days_a_week, hours=words.hours(text.minutes_a_day))
        )
    if text.begins:
        found.append(f"{words.day(text.begins)}–{words.day(text.ends)}")
    if text.who:
        found.append(words.fill("Responsible: {who}", who=text.who))
    if text.by_when:
        found.append(words.fill("By {day}", day=text.by_when))
    return found


def _asides(text: PlanText, words: Language) -> list[str]:
    found = []
    if text.proposal:
        found.append(upper(text.proposal.name(words.language)) + ".")
    if text.own_view:
        view = N_("The trainee disagrees: {view}") if text.disagrees else N_("The trainee's own view: {view}")
        found.append(words.fill(view, view=text.own_view))
    elif text.disagrees:
        found.append(words._("The trainee disagrees."))
    return found


def _measures(texts: Sequence[PlanText], words: Language) -> Flowable:
    width = WIDTH - INDENT
    rows: list[list[str | list[Flowable]]] = [
        [words._("Measure"), words._("Who is responsible"), words._("By when")]
    ]
    for text in texts:
        what = [*words_of(text.text, "cell"), *(Words(aside, "small") for aside in _asides(text, words))]
        rows.append([what or [Words("–", "cell")], text.who or "–", words.day(text.by_when) or "–"])
    return grid(rows, (width * 0.47, width * 0.33, width * 0.20), lined(), left=INDENT, around=(3, 3))


def _after(sheet: PlanPaper, words: Language) -> list[tuple[str, list[Flowable]]]:
    """What stands after the items of the law, each under its heading."""
    found: list[tuple[str, list[Flowable]]] = []
    if sheet.views:
        title = words._("The trainee's own view of the plan")
        found.append((title, [line for view in sheet.views for line in _view(view, words)]))
    if sheet.replaces:
        found.append((words._("What this plan replaces"), [_replaced(one, words) for one in sheet.replaces]))
    return found


def _view(view: SaidOfPlan, words: Language) -> list[Flowable]:
    """What the trainee says of the plan; what was said later with its day."""
    found: list[Flowable] = []
    if view.on:
        found.append(Words(words.fill("Said later, on {day}:", day=view.on), "text"))
    if view.disagrees:
        found.append(Words(words._("The trainee disagrees with this plan."), "strong"))
    return [*found, *words_of(view.text)]


def _replaced(one: Replaced, words: Language) -> Flowable:
    sentence = upper(one.sentence.name(words.language))
    if one.made and one.maker:
        return Words(
            words.fill("{sentence} ({maker}, {day}).", sentence=sentence, maker=one.maker, day=one.made),
            "strong",
        )
    return Words(f"{sentence}.", "strong")


def _last(sheet: PlanPaper, words: Language) -> list[Flowable]:
    """Short texts that go with the signatures: who took part, how it was explained."""
    found: list[Flowable] = [Heading(words._("Going through the plan")), *people(sheet.participants, words)]
    found += explained(sheet.explained_language, sheet.explained_by, words)
    found.append(Words(words._("Each who signs keeps a copy of this plan.")))
    return found


def _secret(sheet: PlanPaper, words: Language) -> str:
    if not sheet.secret_under:
        return words._("To be kept secret")
    return words.fill("To be kept secret · {law}", law=sheet.secret_under)
