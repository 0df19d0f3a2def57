"""What a workshop offers and how many places are free: told to the region, about nobody in particular.

Wire: ``docs/protocol.md`` 5.8.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from coachdesk.domain.codes import codes
from coachdesk.domain.field_kinds import Day, Pattern, Speech, Whole, Words, closed, or_null
from coachdesk.domain.letter_kinds import UID, named
from coachdesk.domain.letters import nfc, nfc_lines
from coachdesk.domain.workshop import Workshop
from coachdesk.errors import Refused
from coachdesk.i18n import N_

SERVICE_CARD = "service_card"
LANGUAGES = ("fi", "sv", "en")
LANGUAGE_NAMES = {"fi": N_("Finnish"), "sv": N_("Swedish"), "en": N_("English")}
WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
MOST_FREE, MOST_SERVICES, LONGEST = 999, 20, 500
SHOWN_DAYS = 90  # a card is shown at the region no longer than this after its places were counted

_SERVICE, _LINE, _TEXT = named("service_kinds"), Words(longest=200), Words(longest=LONGEST)
_MUNICIPALITY = Pattern(r"[0-9]{3}", 3)
_WORKSHOP = ("name_fi", "name_sv", "municipality", "address", "phone", "email", "organisation", "contact")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCard:
    """What a workshop says of itself beside its names and address; ``days`` are Monday 1 to Sunday 7.

    ``counted`` is the day on which the free places were counted.
    """

    workshop_id: int
    uid: str
    languages: tuple[str, ...] = ()
    days: tuple[int, ...] = ()
    about_fi: str = ""
    about_sv: str = ""
    contact: str = ""
    municipality: str = ""
    counted: date | None = None
    told: bool = False  # the region is told of it, now and when it changes


@dataclass(frozen=True, slots=True, kw_only=True)
class FreePlaces:
    """How many places a workshop has free in a service that it offers."""

    id: int = 0
    workshop_id: int
    service_kind: str
    free: int = 0
    queue: int | None = None
    next_start: date | None = None


def checked(card: ServiceCard, places: Iterable[FreePlaces], on: date) -> ServiceCard:
    """The card as it is kept, when it and its places stand in order.

    Raises:
        Refused: a text is too long, a code stands in no list, a service stands twice, a number is out of
            bounds, a day is to come, or the region is told of it and nothing is offered.
    """
    texts = {name: nfc_lines(getattr(card, name)) for name in ("about_fi", "about_sv")}
    for name, text in texts.items():
        if len(text) > LONGEST:
            raise Refused(N_("A text has {most} letters at most."), field=name, most=LONGEST)
    if any(day not in range(1, 8) for day in card.days) or set(card.languages) - set(LANGUAGES):
        raise Refused(N_("Choose days and languages of the list."), field="days")
    if card.counted is not None and card.counted > on:
        raise Refused(N_("Places cannot be counted on a day to come."), field="counted")
    rows = tuple(places)
    _check_places(rows)
    if card.told and not rows:
        raise Refused(N_("Choose what the workshop offers."), field="services")
    if card.told and card.counted is None:
        raise Refused(N_("Write the day on which the places were counted."), field="counted")
    return replace(card, contact=nfc(card.contact)[:200], **texts)  # type: ignore[arg-type]  # names of texts


def _check_places(rows: tuple[FreePlaces, ...]) -> None:
    kinds = [one.service_kind for one in rows]
    if len(set(kinds)) != len(kinds) or len(kinds) > MOST_SERVICES:
        raise Refused(N_("A service stands twice."), field="services")
    if any(key not in codes("service_kinds") for key in kinds):
        raise Refused(N_("Choose services of the list."), field="services")
    for one in rows:
        if not 0 <= one.free <= MOST_FREE or not 0 <= (one.queue or 0) <= MOST_FREE:
            raise Refused(N_("Places are between 0 and {most}."), field="services", most=MOST_FREE)


def card_item(
    card: ServiceCard, shop: Workshop, places: Iterable[FreePlaces], *, version: int, on: date
) -> dict[str, Any]:
    """The card as it leaves: names and address are those of the workshop.

    A card of which the region is told no longer leaves with no services: the region takes it away.
    """
    counted = card.counted or on
    towns = " ".join(filter(None, (shop.postal_code, shop.post_office)))
    texts = {
        "name_fi": shop.name_fi,
        "name_sv": shop.name_sv,
        "municipality": card.municipality if _MUNICIPALITY.fits(card.municipality) else "",
        "address": ", ".join(filter(None, (shop.street_address, towns))),
        "phone": shop.phone,
        "email": shop.email,
        "organisation": shop.organisation,
        "contact": card.contact,
    }
    rows = sorted(places, key=lambda one: one.service_kind) if card.told else []
    return {
        "kind": SERVICE_CARD,
        "card": card.uid,
        "version": version,
        "workshop": {name: nfc(text)[:200].strip() or None for name, text in texts.items()},
        "services": [_service(one) for one in rows],
        "languages": sorted(set(card.languages), key=LANGUAGES.index),
        "days": sorted(set(card.days)),
        "words_fi": nfc_lines(card.about_fi) or None,
        "words_sv": nfc_lines(card.about_sv) or None,
        "on": counted.isoformat(),
        "valid_to": (counted + timedelta(days=SHOWN_DAYS)).isoformat(),
    }


def _service(one: FreePlaces) -> dict[str, Any]:
    start = one.next_start.isoformat() if one.next_start else None
    return {"service": one.service_kind, "free": one.free, "queue": one.queue, "next_start": start}


def says(item: Mapping[str, Any]) -> dict[str, Any]:
    """A card without its version: what must differ for a new one to leave."""
    return {name: value for name, value in item.items() if name != "version"}


def schema() -> dict[str, Any]:
    """JSON Schema of the card item."""
    whole = Whole(0, MOST_FREE)
    row = {
        "service": _SERVICE.schema(),
        "free": whole.schema(),
        "queue": or_null(whole.schema()),
        "next_start": or_null(Day().schema()),
    }
    texts = {name: or_null(_LINE.schema()) for name in _WORKSHOP}
    language = {"type": "string", "pattern": "^[a-z]{2,3}$"}
    return closed(
        {
            "kind": {"const": SERVICE_CARD},
            "card": UID.schema(),
            "version": Whole(1, 2**53 - 1).schema(),
            "workshop": closed({**texts, "municipality": or_null(_MUNICIPALITY.schema())}),
            "services": _list(closed(row), MOST_SERVICES),
            "languages": _list(language, 20),
            "days": _list(Whole(1, 7).schema(), 7),
            "words_fi": or_null(_TEXT.schema()),
            "words_sv": or_null(_TEXT.schema()),
            "on": Day().schema(),
            "valid_to": Day().schema(),
        }
    )


def _list(inner: dict[str, Any], most: int) -> dict[str, Any]:
    return {"type": "array", "maxItems": most, "uniqueItems": True, "items": inner}


def fits(item: Mapping[str, Any]) -> bool:
    """Whether a card that fits its schema also has real days, composed words and a name."""
    days = [item["on"], item["valid_to"], *(row["next_start"] for row in item["services"])]
    shop = item["workshop"]
    texts = [(_LINE, shop[name]) for name in _WORKSHOP] + [
        (_TEXT, item["words_fi"]),
        (_TEXT, item["words_sv"]),
    ]
    named_ = bool(shop["name_fi"] or shop["name_sv"])
    return (
        named_
        and all(day is None or Day().fits(day) for day in days)
        and all(text is None or kind.fits(text) for kind, text in texts)
    )


_TITLES = {
    "name_fi": N_("Name in Finnish"),
    "name_sv": N_("Name in Swedish"),
    "organisation": N_("Organisation"),
    "contact": N_("Contact"),
    "address": N_("Address"),
    "phone": N_("Phone"),
    "email": N_("E-mail"),
}


def lines(item: Mapping[str, Any], words: Speech) -> tuple[tuple[str, str], ...]:
    """A card as a person reads it: title and text."""
    shop = item["workshop"]
    found = [(words._(title), str(shop[name])) for name, title in _TITLES.items() if shop[name]]
    found += [_place_line(row, words) for row in item["services"]]
    if item["services"]:
        found.append((words._(N_("Places counted on")), words.day(date.fromisoformat(item["on"]))))
    languages = [words._(LANGUAGE_NAMES[key]) if key in LANGUAGE_NAMES else key for key in item["languages"]]
    days = [words._(WEEKDAYS[day - 1]) for day in item["days"]]
    said = ((N_("Languages"), ", ".join(languages)), (N_("Weekdays"), ", ".join(days)))
    about = ((N_("In Finnish"), item["words_fi"]), (N_("In Swedish"), item["words_sv"]))
    found += [(words._(title), text) for title, text in (*said, *about) if text]
    found.append((words._(N_("Shown until")), words.day(date.fromisoformat(item["valid_to"]))))
    return tuple(found)


def _place_line(row: Mapping[str, Any], words: Speech) -> tuple[str, str]:
    title = _SERVICE.show(row["service"], words)
    title = title[:1].upper() + title[1:]
    said = {"free": row["free"], "queue": row["queue"]}
    if row["next_start"]:
        said["start"] = date.fromisoformat(row["next_start"])
    match row["queue"], row["next_start"]:
        case None, None:
            return title, words.fill(N_("{free} free"), **said)
        case None, _:
            return title, words.fill(N_("{free} free, next start {start}"), **said)
        case _, None:
            return title, words.fill(N_("{free} free, {queue} in the queue"), **said)
    return title, words.fill(N_("{free} free, {queue} in the queue, next start {start}"), **said)
