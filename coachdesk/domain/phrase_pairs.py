"""The same text in the other language, phrase by phrase: what is not a phrase of the bank stays own words.

Nothing is kept beside the text.  A phrase is known again by its own words (decision record 017), so it does
not matter who wrote it, where or with which program, and a changed word is truly told as not translated.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from coachdesk.domain.codes import codes
from coachdesk.domain.phrases import GAP, Phrase
from coachdesk.domain.plan import PlanItem

# what may fill a gap: five words of one line at most, and none of the next sentence
_SPACE = r"(?:(?<![.!?])[^\S\n]|(?<=[.!?])[^\S\n](?![A-ZÅÄÖ]))"
_FILLED = rf"(\S{{1,30}}(?:{_SPACE}\S{{1,30}}){{0,4}})"
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of a text: a phrase in the other language, or the writer's own words as they stand."""

    text: str
    own: bool = False


def pairs(bank: Iterable[Phrase], language: str) -> tuple[Pair, ...]:
    """Every phrase that a text in ``language`` may hold, with its pair; hidden and former ones too."""
    other = "fi" if language == "sv" else "sv"
    shipped = tuple((code.name(language), code.name(other)) for code in codes("phrases"))
    return tuple(dict.fromkeys((*((one.said(language), one.said(other)) for one in bank), *shipped)))


def in_other(text: str, pairs: Iterable[Pair]) -> tuple[Piece, ...]:
    """The text in the other language, piece by piece; own words come as they are."""
    found: list[Piece] = []
    at = 0
    for match, pair in _phrases_in(text, pairs):
        found += _own(text[at : match.start()])
        found += _filled(pair, match.groups())
        at = match.end()
    return _joined((*found, *_own(text[at:])))


def stands_in(said: str, text: str) -> bool:
    """Whether a phrase stands in a text, its gaps filled or not."""
    return all(word in text for word in _words(said)) and _pattern(said).search(text) is not None


def turned(text: str, pairs: Iterable[Pair]) -> str:
    """The text with its phrases in the other language; own words and line breaks stay as they are."""
    return "".join(piece.text for piece in in_other(text, pairs))


def in_language(
    items: Iterable[PlanItem], bank: Iterable[Phrase], written: str, wanted: str
) -> tuple[PlanItem, ...]:
    """Items of a plan with their phrases in another language; the trainee's own words are left alone."""
    if written == wanted:
        return tuple(items)
    known, kinds = pairs(bank, written), codes("plan_items")
    return tuple(
        item if kinds[item.kind].more.get("own_words") else replace(item, text=turned(item.text, known))
        for item in items
    )


def _phrases_in(text: str, pairs: Iterable[Pair]) -> Iterator[tuple[re.Match[str], str]]:
    """The phrases found, first come first; of two that begin together the longer."""
    found = [
        (match, pair)
        for said, pair in pairs
        if all(word in text for word in _words(said))  # most phrases are not there: seen without a search
        for match in _pattern(said).finditer(text)
    ]
    found.sort(key=lambda one: (one[0].start(), -one[0].end()))
    at = 0
    for match, pair in found:
        if match.start() >= at:
            yield match, pair
            at = match.end()


@cache
def _words(said: str) -> tuple[str, ...]:
    """The words that must stand in a text which holds the phrase, the longest first."""
    return tuple(sorted(GAP.sub(" ", said).split(), key=len, reverse=True))


@cache
def _pattern(said: str) -> re.Pattern[str]:
    parts = (r"\s+".join(map(re.escape, part.split(" "))) for part in GAP.split(said))
    return re.compile(rf"(?<!\w){_FILLED.join(parts)}(?!\w)")


def _filled(pair: str, gaps: tuple[str, ...]) -> Iterator[Piece]:
    """The pair with its gaps filled; a word in a gap that is no name is not translated."""
    for part, gap in zip(GAP.split(pair), (*gaps, ""), strict=True):
        yield Piece(text=part)
        yield Piece(text=gap, own=_needs_translating(gap))


def _needs_translating(gap: str) -> bool:
    words = [word for word in re.split(r"[\W\d_]+", gap) if word]
    return bool(words) and words[0][0].islower()


def _own(text: str) -> Iterator[Piece]:
    """Own words between the white space around them."""
    inner = text.strip()
    start = text.find(inner)
    yield Piece(text=text[:start] if inner else text)
    if inner:
        yield Piece(text=inner, own=any(letter.isalpha() for letter in inner))
        yield Piece(text=text[start + len(inner) :])


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Pieces of one kind beside one another as one."""
    found: list[Piece] = []
    for piece in pieces:
        if found and found[-1].own == piece.own:
            found[-1] = Piece(text=found[-1].text + piece.text, own=piece.own)
        elif piece.text:
            found.append(piece)
    return tuple(found)
