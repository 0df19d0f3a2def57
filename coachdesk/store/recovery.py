"""The recovery key: 160 random bits as eight groups of five letters and digits on paper.

Each group is four symbols of the key and one check symbol over GF(32), so that a slip is told
where it was made.  The check also carries the group's place: two groups in each other's place
are found.  Alphabet of Crockford's base 32: no I, L, O or U; I and L are read as 1, O as 0.
"""

import secrets
from collections.abc import Sequence

from coachdesk.errors import Refused
from coachdesk.i18n import N_

GROUPS = 8
KEY_BYTES = 20
SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None, "\u00a0": None})
_DATA = 4  # symbols of the key in a group; the fifth is the check


def new_key() -> bytearray:
    """A fresh key of 160 random bits."""
    return bytearray(secrets.token_bytes(KEY_BYTES))


def groups_of(key: bytes | bytearray) -> tuple[str, ...]:
    """The eight groups to print."""
    whole = int.from_bytes(key, "big")
    symbols = [(whole >> shift) & 31 for shift in range(KEY_BYTES * 8 - 5, -1, -5)]
    return tuple(
        _written([*part, _check(part, place)])
        for place in range(GROUPS)
        for part in [symbols[place * _DATA : (place + 1) * _DATA]]
    )


def key_of(groups: Sequence[str]) -> bytearray:
    """The key of eight groups as typed: case, spaces and hyphens do not matter.

    Raises:
        Refused: with ``field="group<n>"``, the first group that cannot be right.
    """
    if len(groups) != GROUPS:
        raise Refused(N_("A recovery key has eight groups."), field="group1")
    whole = 0
    for place, group in enumerate(groups):
        if not fits(place, group):
            raise Refused(
                N_("Group {group} is not right. Check it against the sheet."),
                field=f"group{place + 1}",
                group=place + 1,
            )
        for symbol in _symbols(group)[:_DATA]:
            whole = whole << 5 | symbol
    return bytearray(whole.to_bytes(KEY_BYTES, "big"))


def fits(place: int, group: str) -> bool:
    """Whether the text can be the group of this place, counted from 0."""
    symbols = _symbols(group)
    return len(symbols) == _DATA + 1 and _check(symbols[:_DATA], place) == symbols[_DATA]


def _symbols(group: str) -> list[int]:
    read = group.upper().translate(_READ_AS)
    return [SYMBOLS.index(sign) for sign in read] if all(sign in SYMBOLS for sign in read) else []


def _written(symbols: Sequence[int]) -> str:
    return "".join(SYMBOLS[symbol] for symbol in symbols)


def _check(symbols: Sequence[int], place: int) -> int:
    """Weights are powers of the generator, so one wrong symbol or two swapped ones always show."""
    check = place + 1
    for power, symbol in enumerate(symbols, start=1):
        check ^= _times(symbol, 1 << power)
    return check


def _times(left: int, right: int) -> int:
    """Product in GF(32) with x^5 + x^2 + 1."""
    product = 0
    while right:
        if right & 1:
            product ^= left
        left = left << 1 ^ (0b100101 if left & 16 else 0)
        right >>= 1
    return product
