"""Phrases in Finnish and Swedish: one choice gives the trainee's language and the coach's.

Those that are shipped stand as dated codes in ``resources/codes/phrases.toml``; a workshop adds its own, and
words a shipped one in its own way or hides it.  A gap (``___``) stands for a number, a day or a name that the
coach writes in.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from coachdesk.domain.codes import Code, codes
from coachdesk.domain.identity_code import is_valid
from coachdesk.domain.letters import Typed, exact_fold, fold, nfc
from coachdesk.errors import Refused
from coachdesk.i18n import N_

GAP = re.compile(r"_{2,}")
OWN = "own:"
LONGEST, MOST_GAPS = 400, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A pair of sentences, and the fields they are for; for none means anywhere.

    ``key`` is that of the shipped phrase, else begins with ``own:``.  ``phases`` hide nothing: a phrase of
    an open phase comes first.
    """

    key: str = ""
    fi: str = ""
    sv: str = ""
    plain: bool = False  # in plain language: selkokieli, lättläst
    plan_items: tuple[str, ...] = ()
    note_kinds: tuple[str, ...] = ()
    phases: tuple[int, ...] = ()
    hidden: bool = False

    @property
    def own(self) -> bool:
        """Whether it is the workshop's, not a shipped one."""
        return not self.key or self.key.startswith(OWN)

    @property
    def anywhere(self) -> bool:
        """Whether it is for every field."""
        return not (self.plan_items or self.note_kinds)

    def said(self, language: str) -> str:
        """The sentence in ``fi`` or ``sv``."""
        return self.sv if language == "sv" else self.fi


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A field where phrases are offered: an item of a plan, or a note of a kind."""

    plan_item: str = ""
    note_kind: str = ""
    phases: tuple[int, ...] = ()  # those that the trainee has open

    def takes(self, phrase: Phrase) -> bool:
        """Whether the phrase is for this field."""
        return phrase.anywhere or self.plan_item in phrase.plan_items or self.note_kind in phrase.note_kinds


def of_code(code: Code) -> Phrase:
    """The shipped phrase of its entry."""
    return Phrase(
        key=code.key,
        fi=code.fi,
        sv=code.sv,
        plain=bool(code.more.get("plain")),
        plan_items=tuple(code.more.get("plan_items", ())),
        note_kinds=tuple(code.more.get("note_kinds", ())),
        phases=tuple(code.more.get("phases", ())),
    )


def shipped(key: str) -> Phrase:
    """The shipped phrase of a key as it is worded now."""
    return of_code(codes("phrases")[key])


def is_changed(phrase: Phrase) -> bool:
    """Whether a shipped phrase is worded in the desk's own way."""
    return not phrase.own and replace(shipped(phrase.key), hidden=phrase.hidden) != phrase


def bank(kept: Iterable[Phrase], on: date) -> tuple[Phrase, ...]:
    """All phrases of the desk on a day, hidden ones too: its own first, then the shipped in their order."""
    rows = tuple(kept)
    changed = {row.key: row for row in rows}
    stock = [_as_kept(of_code(code), changed.get(code.key)) for code in codes("phrases").on(on)]
    return (*(row for row in rows if row.own), *stock)


def _as_kept(phrase: Phrase, row: Phrase | None) -> Phrase:
    """A shipped phrase as the desk has it; a row without words only hides it."""
    if row is None:
        return phrase
    return row if row.fi else replace(phrase, hidden=row.hidden)


def row_of(phrase: Phrase) -> Phrase | None:
    """What the desk keeps: nothing of a phrase that is as shipped, no words of one that is only hidden."""
    if phrase.own or is_changed(phrase):
        return phrase
    return Phrase(key=phrase.key, hidden=True) if phrase.hidden else None


def judged(phrase: Phrase, others: Iterable[Phrase]) -> Phrase:
    """A phrase as it is kept, its words with single spaces.

    Raises:
        Refused: a language is missing or too long, the gaps differ or come first, an identity code stands
            in it, or the bank has the same words already.
    """
    phrase = replace(phrase, fi=nfc(phrase.fi), sv=nfc(phrase.sv))
    for name in ("fi", "sv"):
        _judge_words(name, getattr(phrase, name))
    if len(GAP.findall(phrase.fi)) != len(GAP.findall(phrase.sv)):
        raise Refused(N_("Both languages need as many gaps (___)."), field="sv")
    for other in others:
        if other.key != phrase.key and (other.fi, other.sv) == (phrase.fi, phrase.sv):
            raise Refused(N_("The bank has this phrase already."), field="fi")
    return phrase


def _judge_words(name: str, words: str) -> None:
    if not words:
        raise Refused(N_("Write the phrase in both languages: one choice gives both."), field=name)
    if len(words) > LONGEST:
        raise Refused(N_("A phrase has at most {most} characters."), field=name, most=LONGEST)
    if not words[0].isalnum():  # a gap would take the words before it along; "=" would be a formula in a file
        raise Refused(N_("A phrase begins with a letter or a number."), field=name)
    if len(GAP.findall(words)) > MOST_GAPS:
        raise Refused(N_("A phrase has at most {most} gaps."), field=name, most=MOST_GAPS)
    if any(is_valid(word.strip(".,;:()")) for word in words.split()):
        raise Refused(N_("A phrase is for everybody: it holds no identity code."), field=name)


def offered(phrases: Sequence[Phrase], place: Place, typed: str = "") -> tuple[tuple[Phrase, bool], ...]:
    """The phrases to choose from, each with whether it is for this field.

    Without anything typed those for the field, the ones of an open phase first; else every phrase that has
    the words typed in either language, those for the field first.
    """
    sought = Typed(typed)
    found = [
        (phrase, place.takes(phrase))
        for phrase in phrases
        if not phrase.hidden and (meets(phrase, sought) if sought else place.takes(phrase))
    ]
    return tuple(sorted(found, key=lambda one: (not one[1], _rank(one[0], place))))


def meets(phrase: Phrase, sought: Typed) -> bool:
    """Whether a phrase has the words sought, in either language."""
    return sought.match(*_folded(f"{phrase.fi} {phrase.sv}"))


@lru_cache(maxsize=2000)
def _folded(words: str) -> tuple[str, str]:
    return fold(words), exact_fold(words)


def _rank(phrase: Phrase, place: Place) -> int:
    """0 of a phase that is open, 1 of none, 2 of another phase only; then those for every field."""
    of_phase = 1 if not phrase.phases else 0 if set(phrase.phases) & set(place.phases) else 2
    return of_phase * 2 + phrase.anywhere
