"""The form of a letter, made of the table of its kind: one field for each member that a worker fills in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coachdesk.domain.codes import codes
from coachdesk.domain.field_kinds import Chosen, Day, Kind, Whole, Words
from coachdesk.domain.letter_kinds import KINDS, Part
from coachdesk.domain.letters import nfc, nfc_lines, sort_key
from coachdesk.errors import Refused
from coachdesk.i18n import N_
from coachdesk.i18n import Words as Speech

MADE_HERE = ("written",)  # the region writes these itself
ABOUT = "person"
_LISTS = {"service": "service_kinds", "plan.kind": "plan_kinds", "person.municipality": "municipalities"}
_LONG = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One field as the page draws it; ``name`` is the path of the member."""

    name: str
    title: str
    type: str  # text, long, date, number, choice
    needed: bool
    value: str = ""
    longest: int = 0
    least: int = 0
    most: int = 0
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Fields that stand together under a title; the first group has none."""

    title: str
    inputs: tuple[Input, ...]


def groups(kind: str, form: Mapping[str, str], words: Speech, *, person: bool) -> list[Group]:
    """The form of a kind; ``person`` whether it asks who the letter is about."""
    part = KINDS[kind].part
    plain, parts = [], []
    for name, (title, inner) in part.members.items():
        if name in MADE_HERE or (name == ABOUT and not person):
            continue
        if isinstance(inner, Part):
            found = _part(name, inner, form, words, name in part.needed)
            parts.append(Group(title=words._(title), inputs=tuple(found)))
        else:
            plain.append(_input(name, title, inner, form, words, name in part.needed))
    own = [Group(title="", inputs=tuple(plain))]
    return [one for one in parts if _is(one, ABOUT)] + own + [one for one in parts if not _is(one, ABOUT)]


def members(kind: str, form: Mapping[str, str], *, person: bool) -> dict[str, Any]:
    """What a filled form says, as ``letter_kinds.made`` takes it.

    Raises:
        Refused: a number is none.
    """
    found: dict[str, Any] = {}
    for name, (title, inner) in KINDS[kind].part.members.items():
        if name in MADE_HERE or (name == ABOUT and not person):
            continue
        if isinstance(inner, Part):
            texts = {
                one: _value(f"{name}.{one}", own, called, form)
                for one, (called, own) in inner.members.items()
            }
            found[name] = texts if any(value is not None for value in texts.values()) else None
        else:
            found[name] = _value(name, inner, title, form)
    return found


def _part(name: str, part: Part, form: Mapping[str, str], words: Speech, needed: bool) -> Iterator[Input]:
    for one, (title, kind) in part.members.items():
        yield _input(f"{name}.{one}", title, kind, form, words, needed and one in part.needed)


def _is(group: Group, name: str) -> bool:
    return group.inputs[0].name.startswith(f"{name}.")


def _input(name: str, title: str, kind: Kind, form: Mapping[str, str], words: Speech, needed: bool) -> Input:
    given: dict[str, Any] = {
        "name": name,
        "title": words._(title),
        "needed": needed,
        "value": form.get(name, ""),
    }
    if name in _LISTS:
        return Input(type="choice", choices=_codes(_LISTS[name], words), **given)
    match kind:
        case Day():
            return Input(type="date", **given)
        case Whole():
            return Input(type="number", least=kind.least, most=kind.most, **given)
        case Chosen():
            return Input(
                type="choice", choices=tuple((key, kind.shows(key, words)) for key in kind.keys), **given
            )
        case Words():
            return Input(type="long" if kind.longest > _LONG else "text", longest=kind.longest, **given)
    return Input(type="text", longest=getattr(kind, "longest", 100), **given)


def _codes(name: str, words: Speech) -> tuple[tuple[str, str], ...]:
    found = {code.key: code.name(words.language) for code in codes(name)}
    return tuple(sorted(found.items(), key=lambda one: sort_key(one[1])))


def _value(name: str, kind: Kind, title: str, form: Mapping[str, str]) -> Any:
    text = form.get(name, "")
    text = nfc_lines(text) if isinstance(kind, Words) and kind.longest > _LONG else nfc(text)
    if not text or not isinstance(kind, Whole):
        return text or None
    if not text.isdecimal() or len(text) > 15:
        raise Refused(N_("“{name}” is a whole number."), field=name, name=title)
    return int(text)
