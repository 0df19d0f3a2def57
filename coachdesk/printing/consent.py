"""The consent on paper, in standard and in plain language: exactly what each scope lets out."""

from coachdesk import i18n
from coachdesk.domain.attachment import consent_code
from coachdesk.domain.papers import Both, ConsentPaper, ScopeOnPaper, Signer
from coachdesk.i18n import Words as Language
from coachdesk.printing.blocks import box, explained, head_lines, opening, points, reached, signature_block
from coachdesk.printing.flow import Heading, Numbered, Words
from coachdesk.printing.paper import Ending, Letterhead, Piece, Room, draw_paper


def draw_consent(sheet: ConsentPaper, language: str) -> bytes:
    """The consent form in standard language."""
    words = i18n.words(language)
    who = " / ".join(sheet.recipient.both(language))
    story: list[Piece] = [
        *opening(words._("Consent to disclose information")),
        _facts(sheet, words),
        Heading(words._("What I consent to")),
        Words(
            words.fill(
                "I consent that {workshop} discloses the information named below about me to {recipient}.",
                workshop=sheet.workshop.name.name(language), recipient=who,
            )
        ),
    ]  # fmt: skip
    if sheet.purpose:
        story.append(Words(words.fill("Purpose: {purpose}", purpose=sheet.purpose)))
    if sheet.ground:
        story.append(Words(words.fill("Ground: {ground}", ground=sheet.ground)))
    for number, scope in enumerate(sheet.scopes, 1):
        story += _scope(number, scope, words)
    if sheet.not_given:
        story += [Room(60), Heading(words._("What this consent does not cover")), *points(sheet.not_given)]
    story += [Room(80), Heading(words._("What is good to know")), *points(_to_know(words))]
    last = [*_explained(sheet, words), Words(words._("I have understood what this consent means."))]
    return draw_paper(_head(sheet, words), language, [*story, Ending(last, _signatures(sheet, words))])


def draw_plain_consent(sheet: ConsentPaper, language: str) -> bytes:
    """The consent form in plain language (selkokieli, lättläst), in large type."""
    words = i18n.words(language)
    workshop, who = sheet.workshop.name.name(language), sheet.recipient.name(language)
    story: list[Piece] = [
        *opening(words._("May we pass on information about you?"), style="plain title"),
        Words(words.fill("This is about you: {name}.", name=sheet.trainee), "plain text"),
        Words(
            words.fill("{workshop} wants to tell {recipient} about you.", workshop=workshop, recipient=who),
            "plain text",
        ),
        Words(words._("You decide. You may say yes or no."), "plain text"),
        Words(words._("If you say no, your coaching goes on as before."), "plain text"),
    ]
    if sheet.purpose:
        story += [Room(90), Heading(words._("Why?"), "plain section"), Words(sheet.purpose, "plain text")]
    story += [Room(110), Heading(words._("What would we tell?"), "plain section")]
    for scope in sheet.scopes:
        story += [
            Room(110),
            Heading(scope.title, "plain item", 3, ruled=False),
            Words(scope.plain or scope.sentence, "plain text"),
            *points(scope.fields, "plain point"),
        ]
    if sheet.not_given:
        story += [
            Room(110),
            Heading(words._("What would we not tell?"), "plain section"),
            *points(sheet.not_given, "plain point"),
        ]
    story += [Room(110), Heading(words._("What is good to know"), "plain section")]
    story += [Words(text, "plain text") for text in _plainly(sheet, who, words)]
    last = [
        Words(words._("If you say yes, sign your name here."), "plain text"),
        *_explained(sheet, words, "plain text"),
    ]
    return draw_paper(
        _head(sheet, words), language, [*story, Ending(last, _signatures(sheet, words, large=True))]
    )


def _head(sheet: ConsentPaper, words: Language) -> Letterhead:
    return Letterhead(
        title=words.fill("Consent {number}", number=sheet.number),
        on=sheet.on,
        left=head_lines(sheet.workshop, Both(), words.language),
        right=(words._("Consent"), words.day(sheet.on)),
        number=words.fill("Consent {number}", number=sheet.number),
        code=consent_code(sheet.number) if sheet.number else "",
        code_words=words.fill("Consent {number}", number=sheet.number),
    )


def _facts(sheet: ConsentPaper, words: Language) -> Piece:
    cells = [
        (words._("Name"), sheet.trainee),
        (words._("To whom"), "\n".join(sheet.recipient.both(words.language))),
        (words._("Number"), sheet.number),
        (words._("Valid from"), words.day(sheet.valid_from)),
        (words._("Valid to, last day included"), words.day(sheet.valid_to)),
        (words._("Replaces consent"), sheet.replaces),
    ]
    return box(cells, words, (0.31, 0.41, 0.28))


def _scope(number: int, scope: ScopeOnPaper, words: Language) -> list[Piece]:
    found: list[Piece] = [Room(64), Numbered(str(number), scope.title), Words(scope.sentence, "inside")]
    if scope.fields:
        leaves = words.fill("This leaves: {fields}.", fields="; ".join(scope.fields))
        found.append(Words(leaves, "inside"))
    return found


def _to_know(words: Language) -> list[str]:
    return [
        words._("Giving consent is voluntary. Without it your coaching goes on as before."),
        words._(
            "You may withdraw the consent at any time, as easily as you gave it, "
            "by telling your coach or the workshop."
        ),
        words._(
            "After a withdrawal nothing more is sent, and the recipient is told to delete "
            "what it holds by this consent. What was done before the withdrawal stays lawful."
        ),
        words._("You may see exactly what is sent before it is sent."),
        words._("Notes, and the reasons for absences, are not sent."),
        words._(
            "Some information the law orders the workshop to give without consent, such as absences "
            "to the payer of your benefit. That is no part of this consent."
        ),
    ]


def _plainly(sheet: ConsentPaper, who: str, words: Language) -> list[str]:
    contact = reached(sheet.workshop)
    found = [words._("We do not tell what is in the notes, or why you were away.")]
    if sheet.valid_to:
        found.append(words.fill("Your yes is valid until {day}.", day=sheet.valid_to))
    return [
        *found,
        words.fill(
            "You may change your mind whenever you want. Tell your coach. "
            "Then we send nothing more, and {recipient} is told to delete what it has.",
            recipient=who,
        ),
        words._("Before we send anything, you may see what it is."),
        words._("Some things we must tell because the law says so. We do not ask about them here."),
        *([words.fill("You reach us here: {contact}", contact=contact)] if contact else []),
    ]


def _explained(sheet: ConsentPaper, words: Language, style: str = "text") -> list[Piece]:
    found: list[Piece] = [*explained(sheet.explained_language, sheet.explained_by, words, style)]
    if sheet.spoken_before:
        heard = words.fill(
            "Given aloud on {day}. Those who heard it: {who}.",
            day=words.day(sheet.given), who=sheet.spoken_before,
        )  # fmt: skip
        found.append(Words(heard, style))
    return found


def _signatures(sheet: ConsentPaper, words: Language, *, large: bool = False) -> list[Piece]:
    giver = Both(words._("Who consents"), words._("Who consents"))
    lawful = Both(words._("Legal representative"), words._("Legal representative"))
    coach = Both(words._("Who receives the consent"), words._("Who receives the consent"))
    signers = [Signer(role=coach, name=sheet.coach)]
    if sheet.representative:
        signers.insert(0, Signer(role=lawful, name=sheet.representative))
    elif not sheet.spoken_before:
        signers.insert(0, Signer(role=giver, name=sheet.trainee))
    return signature_block(signers, words, words._("Signatures"), large=large)
