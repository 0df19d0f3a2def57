"""What a phrase is for, in words."""

from collections.abc import Iterator

from coachdesk.domain.codes import codes
from coachdesk.domain.phases import PHASE_NAMES, PHASES
from coachdesk.domain.phrases import Phrase, Place
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


def marked(keys: tuple[str, ...]) -> dict[str, tuple[str, ...] | tuple[int, ...]]:
    """The fields of a phrase for these keys."""
    parts = [key.partition(":") for key in keys]
    return {
        "plan_items": tuple(key for what, _colon, key in parts if what == PLAN),
        "note_kinds": tuple(key for what, _colon, key in parts if what == NOTE),
        "phases": tuple(int(key) for what, _colon, key in parts if what == PHASE),
    }


def purpose(phrase: Phrase) -> str:
    """What a phrase is for, in one line."""
    names = dict(_places())
    found = [names[key] for key in keys_of(phrase) if key in names]
    return " · ".join(([] if not phrase.anywhere else [_("Every field")]) + found)


def place_name(place: Place) -> str:
    """The field that phrases are chosen for."""
    language = current().language
    title, key = ("plan_items", place.plan_item) if place.plan_item else ("note_kinds", place.note_kind)
    return codes(title).name(key, language)
