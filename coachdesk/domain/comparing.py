"""Comparing two values of one thing, by what stood before where that is known.

The same three-way comparison serves two cards of one person, a handed-over trainee who is here already,
and an import onto existing people: before, mine, theirs.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from coachdesk.domain.identity_code import MASKED
from coachdesk.errors import Refused
from coachdesk.i18n import N_

OTHER = f"{MASKED} ≠"  # one that may not be shown, and is not the same


class How(StrEnum):
    """How two values meet."""

    SAME = "same"
    ONLY_MINE = "only_mine"  # theirs is as it was before, or tells nothing
    ONLY_THEIRS = "only_theirs"
    BOTH = "both"  # both tell something else than before, and not the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One field as it was before (None: not known, or nothing), as it is here and as it is there."""

    name: str
    before: Any = None
    mine: Any
    theirs: Any

    @property
    def how(self) -> How:
        """How the two meet."""
        return how(self.before, self.mine, self.theirs)


def is_blank(value: object) -> bool:
    """Whether a value tells nothing."""
    return value is None or value is False or value == ""


def hidden(value: Value) -> Value:
    """The value as a screen may hold it that may not show it: dots, told whether there are two of them."""
    first = value.theirs if is_blank(value.mine) else value.mine

    def dots(one: Any) -> Any:
        return one if is_blank(one) else MASKED if one == first else OTHER

    return replace(value, before=dots(value.before), mine=dots(value.mine), theirs=dots(value.theirs))


def how(before: object, mine: object, theirs: object) -> How:
    """How two values meet; where nothing is known of before, who tells nothing has changed nothing."""
    if mine == theirs or (is_blank(mine) and is_blank(theirs)):
        return How.SAME
    if _unchanged(before, theirs):
        return How.ONLY_MINE
    return How.ONLY_THEIRS if _unchanged(before, mine) else How.BOTH


def compare(names: Iterable[str], mine: object, theirs: object, before: object = None) -> tuple[Value, ...]:
    """The named fields of two values of one class, and of the one before, where it is known."""
    return tuple(
        Value(
            name=name,
            before=getattr(before, name) if before is not None else None,
            mine=getattr(mine, name),
            theirs=getattr(theirs, name),
        )
        for name in names
    )


def settle(values: Iterable[Value], *, mine: Collection[str], theirs: Collection[str]) -> dict[str, Any]:
    """Each field with its value: as chosen, else as only one of the two tells it.

    Raises:
        Refused: both differ and nothing is chosen, or both are.
    """
    found = {}
    for value in values:
        if value.name in mine and value.name in theirs:
            raise Refused(N_("Choose one of the two values."), field=value.name)
        if value.name in theirs:
            found[value.name] = value.theirs
        elif value.name in mine or value.how in (How.SAME, How.ONLY_MINE):
            found[value.name] = value.mine
        elif value.how is How.ONLY_THEIRS:
            found[value.name] = value.theirs
        else:
            raise Refused(N_("Choose one of the two values."), field=value.name)
    return found


def _unchanged(before: object, now: object) -> bool:
    return now == before or (is_blank(before) and is_blank(now))
