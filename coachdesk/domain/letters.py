"""Letters: how names are found and in which order they stand.

Every input is first put into NFC.  ``fold`` forgets marks, so that ``strom`` finds Ström;
``sort_key`` keeps å ä ö as letters of their own after z, in that order, in both languages.
"""

import re
import unicodedata
from functools import cache

_PLAIN = str.maketrans(
    {
        "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i",
        "ŋ": "n", "ŧ": "t", "ə": "e", "ɛ": "e", "ɔ": "o", "’": "'", "‘": "'", "ʼ": "'", "–": "-", "‐": "-",
    }
)  # fmt: skip
_LAST = {"å": "{a", "ä": "{b", "æ": "{b", "ö": "{c", "ø": "{c", "ü": "y"}  # "{" comes straight after "z"
_OWN = frozenset("åäö")
_BREAKS = re.compile(r"[\s,.;\-']+")


def nfc(text: str) -> str:
    """The text as it is kept: composed letters, single spaces, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def nfc_lines(text: str) -> str:
    """A longer text as it is kept: composed letters, its lines as written, no empty ends."""
    whole = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(line.rstrip() for line in whole.split("\n")).strip("\n ")


def fold(text: str) -> str:
    """The text for finding: small letters without marks, ``ł ø æ đ ß`` and their like as plain letters."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_PLAIN)
    bare = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return " ".join(_BREAKS.sub(" ", bare.translate(_PLAIN)).split())


def exact_fold(text: str) -> str:
    """As ``fold``, but å ä ö stay themselves: for the rank of a hit typed with its own letters."""
    letters = unicodedata.normalize("NFC", text).casefold()
    return " ".join("".join(c if c in _OWN else _bare(c) for c in letters).split())


@cache
def _bare(letter: str) -> str:
    return fold(letter) or ("" if unicodedata.combining(letter) else " ")


def has_own_letters(text: str) -> bool:
    """Whether å, ä or ö was typed, so that only names with that very letter are meant."""
    return any(letter in _OWN for letter in unicodedata.normalize("NFC", text).casefold())


def sort_key(text: str) -> str:
    """The text for ordering: å ä ö after z, other marks as their plain letters (ü as y)."""
    letters = unicodedata.normalize("NFC", text).casefold()
    return " ".join("".join(_LAST.get(c) or _bare(c) for c in letters).split())


def name_fold(family_name: str, given_names: str, former_names: str = "") -> str:
    """The folded names of a person: family, given, former."""
    return " ".join(part for part in map(fold, (family_name, given_names, former_names)) if part)


def name_sort(family_name: str, given_names: str) -> str:
    """The key that orders people: the whole family name before the given names."""
    return f"{sort_key(family_name)}\x1f{sort_key(given_names)}"


class Typed:
    """What somebody types to find a name: each word must be found, å ä ö only where they stand so."""

    def __init__(self, typed: str) -> None:
        self.words = [(has_own_letters(word), fold(word), exact_fold(word)) for word in typed.split()]
        self.words = [word for word in self.words if word[1]]

    def __bool__(self) -> bool:
        return bool(self.words)

    def match(self, folded: str, exact: str) -> bool:
        """Whether every word is in the folded names, with its own letters where it was typed with them."""
        return all(written in exact if own else plain in folded for own, plain, written in self.words)

    def rank(self, folded: str, exact: str) -> tuple[int, bool]:
        """The place of a hit: family name begun, any word begun, inside; then by the very letters."""
        _own, plain, written = self.words[0]
        begun = 0 if folded.startswith(plain) else 1 if f" {plain}" in folded else 2
        return begun, written not in exact


def spans(typed: str, name: str) -> list[tuple[int, int]]:
    """Where what is typed stands in a name, as (start, length), to mark the hit."""
    folded, places = "", []
    for at, letter in enumerate(name):
        bare = _bare(letter)
        folded += bare
        places += [at] * len(bare)
    found = []
    for word in fold(typed).split():
        start = folded.find(word)
        if start >= 0:
            first, last = places[start], places[start + len(word) - 1]
            found.append((first, last - first + 1))
    return found
