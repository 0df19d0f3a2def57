"""What a phrase is for, in words."""

from collections.abc import Iterator

from coachdesk.domain.codes import codes
from coachdesk.domain.phases import PHASE_NAMES, PHASES
from coachdesk.domain.phrases import Phrase, Place, is_changed
from coachdesk.i18n import N_, _, current

PLAN, NOTE, PHASE = "plan", "note", "phase"


def places() -> tuple[tuple[str, str], ...]:
    """Each field and phase that a phrase may be for, as its key and its words in the screen's language."""
    return tuple(_places())


def _places() -> Iterator[tuple[str, str]]:
    words = current()
    for code in codes("plan_items"):
        if not code.more.get("own_words"):
            yield f"{PLAN}:{code.key}", words.fill(N_("Plan: {item}"), item=code.name(words.language))
    for code in codes("note_kinds"):
        yield f"{NOTE}:{code.key}", words.fill(N_("Note: {kind}"), kind=code.name(words.language))
    for phase in PHASES:
        name = _(PHASE_NAMES[phase])
        yield f"{PHASE}:{phase}", words.fill(N_("Phase {number}: {name}"), number=phase, name=name)


def keys_of(phrase: Phrase) -> tuple[str, ...]:
    """The keys of what a phrase is for."""
    items = (f"{PLAN}:{key}" for key in phrase.plan_items)
    notes = (f"{NOTE}:{key}" for key in phrase.note_kinds)
    return (*items, *notes, *(f"{PHASE}:{phase}" for phase in phrase.phases))


def purpose(phrase: Phrase) -> str:
    """What a phrase is for, in one line: Plan: goals, measures · Phase 3."""
    said = current()
    parts = (
        _("Every field") if phrase.anywhere else "",
        said.fill(N_("Plan: {item}"), item=_names("plan_items", phrase.plan_items)),
        said.fill(N_("Note: {kind}"), kind=_names("note_kinds", phrase.note_kinds)),
        said.fill(N_("Phase {numbers}"), numbers=", ".join(map(str, phrase.phases))),
    )
    there = (phrase.anywhere, phrase.plan_items, phrase.note_kinds, phrase.phases)
    return " · ".join(part for part, is_there in zip(parts, there, strict=True) if is_there)


def _names(title: str, keys: tuple[str, ...]) -> str:
    return ", ".join(codes(title).name(key, current().language) for key in keys)


def standing(phrase: Phrase) -> str:
    """How a phrase stands in the bank, and what it is for, in one line."""
    marks = [
        _("Hidden") if phrase.hidden else "",
        _("The workshop's own") if phrase.own else "",
        _("Worded anew here") if is_changed(phrase) else "",
        _("Plain language") if phrase.plain else "",
        purpose(phrase),
    ]
    return " · ".join(filter(None, marks))


def place_name(place: Place) -> str:
    """The field that phrases are chosen for."""
    language = current().language
    title, key = ("plan_items", place.plan_item) if place.plan_item else ("note_kinds", place.note_kind)
    return codes(title).name(key, language)


def for_key(key: str) -> Phrase:
    """A new phrase for the field or phase of a key; for any other key one for every field."""
    what, _colon, which = key.partition(":")
    return Phrase(
        plan_items=(which,) if what == PLAN else (),
        note_kinds=(which,) if what == NOTE else (),
        phases=(int(which),) if what == PHASE else (),
    )
