"""A region's letter as the desk keeps it, and the coach's answer: what may be answered, what leaves.

Which members a letter has stands in ``letter_kinds``; names of kinds and reasons are dated codes
(``letter_kinds``, ``refusal_reasons``).  Wire: ``docs/protocol.md`` 5.5 and 5.7.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from coachdesk.domain.codes import Code, codes
from coachdesk.domain.field_kinds import Day, Pattern, Speech, Whole, Words, closed, or_null
from coachdesk.domain.identity_code import MASKED
from coachdesk.domain.letter_kinds import KINDS, UID, named
from coachdesk.domain.letters import nfc_lines
from coachdesk.errors import Refused
from coachdesk.i18n import N_

ANSWER, LETTERS_RECEIVED = "answer", "letters_received"
ACCEPTED, DECLINED, ANSWERED, SEEN = "accepted", "declined", "answered", "seen"
OUTCOMES = {
    ACCEPTED: N_("We accept"),
    DECLINED: N_("We decline"),
    ANSWERED: N_("We answer"),
    SEEN: N_("We have taken note"),
}
LONGEST_WORDS = 500
FORGET_DAYS = 90  # after its answer: our own choice, as long as a refused referral may be asked about
STATUTORY = "statutory"  # the ground of an answer where the letter's own service has no law of its own
NEW, OPEN, DONE, ASIDE = "new", "open", "done", "aside"  # aside: of a kind that this version does not know
STORED, SET_ASIDE, UNREADABLE = "stored", "set_aside", "unreadable"  # what a desk tells of a letter


_WORDS = Words(longest=LONGEST_WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionLetter:
    """A letter of a region as the desk keeps it; ``content`` is the item as it came."""

    id: int = 0
    region_id: str
    uid: str
    kind: str
    ref: str = ""
    content: Mapping[str, Any] = field(default_factory=dict)
    received: datetime
    state: str = NEW
    trainee_id: int | None = None
    taken_over: datetime | None = None  # into the record: a period, a trainee, the worker, a plan's approval
    plan_id: int | None = None  # the plan that it approves, once that was taken over

    def day(self, name: str) -> date | None:
        """A member that is a day."""
        value = self.content.get(name)
        return date.fromisoformat(value) if isinstance(value, str) and Day().fits(value) else None

    def text(self, name: str) -> str:
        """A member that is text, empty where there is none."""
        value = self.content.get(name)
        return value if isinstance(value, str) else ""

    @property
    def person(self) -> Mapping[str, Any]:
        """The person in the letter, empty where it names none."""
        found = self.content.get("person")
        return found if isinstance(found, Mapping) else {}

    @property
    def code(self) -> str:
        """The identity code in the letter, to be shown only to whoever asks."""
        return str(self.person.get("personal_identity_code") or "")

    @property
    def person_name(self) -> str:
        """The name in the letter, family name first."""
        return ", ".join(self.person[name] for name in ("family_name", "given_names") if name in self.person)

    @property
    def sender(self) -> str:
        """Who wrote it."""
        return str((self.content.get("from") or {}).get("name") or "")

    @property
    def worker(self) -> Mapping[str, Any]:
        """The responsible worker in the letter, empty where it names none."""
        found = self.content.get("worker")
        return found if isinstance(found, Mapping) else {}

    @property
    def plan(self) -> Mapping[str, Any]:
        """The plan in the letter, empty where it names none."""
        found = self.content.get("plan")
        return found if isinstance(found, Mapping) else {}

    @property
    def written(self) -> date | None:
        """The day on which it was written."""
        return self.day("written")

    @property
    def reply_by(self) -> date | None:
        """The day by which the region asks for an answer."""
        return self.day("reply_by")

    @property
    def ground(self) -> str:
        """On what an answer is given: the law of the letter's service, else the task itself."""
        law = (
            codes("service_kinds")[self.text("service")].more.get("limits") if self.text("service") else None
        )
        return next((c.key for c in codes("grounds") if law and c.source == law), STATUTORY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A coach's answer, accepted as it was shown; it leaves with the next bundle."""

    id: int = 0
    letter_id: int
    uid: str
    outcome: str
    reason: str = ""  # code of refusal_reasons
    words: str = ""
    start: date | None = None  # when an accepted person can begin
    ground: str = STATUTORY
    written: date
    accepted: datetime
    coach_id: int | None = None


def answer_item(letter: RegionLetter, answer: Answer) -> dict[str, Any]:
    """The answer as it leaves."""
    return {
        "kind": ANSWER,
        "letter": answer.uid,
        "answers": letter.uid,
        "ref": letter.ref or None,
        "outcome": answer.outcome,
        "reason": answer.reason or None,
        "words": answer.words or None,
        "start": answer.start.isoformat() if answer.start else None,
        "ground": answer.ground,
        "written": answer.written.isoformat(),
    }


def answer_schema() -> dict[str, Any]:
    """JSON Schema of the answer item."""
    return closed(
        {
            "kind": {"const": ANSWER},
            "letter": UID.schema(),
            "answers": UID.schema(),
            "ref": or_null(UID.schema()),
            "outcome": {"enum": list(OUTCOMES)},
            "reason": or_null(named("refusal_reasons").schema()),
            "words": or_null(_WORDS.schema()),
            "start": or_null(Day().schema()),
            "ground": named("grounds").schema(),
            "written": Day().schema(),
        }
    )


def answer_fits(item: Mapping[str, Any]) -> bool:
    """Whether an answer that fits its schema also has real days and composed words."""
    days = Day().fits(item["written"]) and (item["start"] is None or Day().fits(item["start"]))
    return days and (item["words"] is None or _WORDS.fits(item["words"]))


def received_schema() -> dict[str, Any]:
    """JSON Schema of the item by which a desk tells what it got."""
    whole = Whole(0, 2**53 - 1).schema()
    one = {
        "epoch": whole,
        "seq": whole,
        "sha256": Pattern(r"[0-9a-f]{64}", 64).schema(),
        "result": {"enum": [STORED, SET_ASIDE, UNREADABLE]},
    }
    letters = {"type": "array", "maxItems": 200, "minItems": 1, "items": closed(one)}
    return closed({"kind": {"const": LETTERS_RECEIVED}, "letters": letters})


def reasons(kind: str, on: date) -> tuple[Code, ...]:
    """The reasons for which a letter of a kind may be refused."""
    return tuple(c for c in codes("refusal_reasons").on(on) if kind in c.more.get("kinds", (kind,)))


def checked_answer(letter: RegionLetter, outcome: str, reason: str, words: str, on: date) -> str:
    """The words of an answer as they leave, when it may be answered so.

    Raises:
        Refused: not an answer to this kind; no reason; no words; words too long or of other letters.
    """
    if letter.kind not in KINDS or outcome not in KINDS[letter.kind].answers:
        raise Refused(N_("This letter is answered in another way."), field="outcome")
    if outcome == DECLINED and reason not in {code.key for code in reasons(letter.kind, on)}:
        raise Refused(N_("Choose why you decline."), field="reason")
    text = nfc_lines(words)
    if outcome == ANSWERED and not text:
        raise Refused(N_("Write the answer."), field="words")
    if len(text) > LONGEST_WORDS:
        raise Refused(N_("An answer has {most} letters at most."), field="words", most=LONGEST_WORDS)
    if text and not _WORDS.fits(text):
        raise Refused(N_("The answer has signs that cannot leave. Write it anew."), field="words")
    return text


def lines(letter: RegionLetter, words: Speech, *, code: str = MASKED) -> tuple[tuple[str, str], ...]:
    """What a letter says, as title and text; what is empty is left out, an identity code is dots.

    ``code`` stands in its place: the code itself only for whoever asked to see it.
    """
    kind = KINDS.get(letter.kind)
    if kind is None:
        return ()
    told, own = kind.part.lines(letter.content, words), letter.code
    return tuple((title, text.replace(own, code) if own else text) for title, text in told)


def answer_lines(item: Mapping[str, Any], words: Speech) -> tuple[tuple[str, str], ...]:
    """What exactly leaves as an answer, as title and text."""
    said = [(words._(N_("Answer")), words._(OUTCOMES[item["outcome"]]))]
    if item["reason"]:
        said.append((words._(N_("Reason")), codes("refusal_reasons").name(item["reason"], words.language)))
    if item["start"]:
        said.append((words._(N_("Can begin")), words.day(date.fromisoformat(item["start"]))))
    if item["words"]:
        said.append((words._(N_("In words")), item["words"]))
    said.append((words._(N_("Answered on")), words.day(date.fromisoformat(item["written"]))))
    said.append((words._(N_("Ground of the disclosure")), ground_name(item["ground"], words)))
    return tuple(said)


def answer_preview(item: Mapping[str, Any], words: Speech) -> tuple[tuple[str, str], ...]:
    """Everything that leaves with an answer: what it says, and the marks by which it is joined."""
    marks = N_("the numbers of the letter and of this answer")
    if item["ref"]:
        marks = N_(
            "the numbers of the letter and of this answer, and the mark by which the region knows the "
            "trainee, no name"
        )
    return (*answer_lines(item, words), (words._(N_("Beside it")), words._(marks)))


def worker_lines(letter: RegionLetter) -> str:
    """The worker of a letter in one line: name and phone, e-mail, title."""
    told = (letter.worker.get(name) for name in ("name", "phone", "email", "title"))
    return ", ".join(str(one) for one in told if one)


def ground_name(key: str, words: Speech) -> str:
    """The ground of a disclosure in words."""
    if key == STATUTORY:
        return words._(N_("statutory task of the one who asks"))
    return codes("grounds").name(key, words.language)
