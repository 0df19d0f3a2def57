"""The page of free places: what the workshops' own cards say, about nobody in particular."""

from datetime import date
from typing import Any

from starlette.responses import Response

from coachdesk.domain.codes import codes
from coachdesk.domain.letters import sort_key
from coachdesk.domain.offering import LANGUAGE_NAMES
from coachdesk.i18n import Words
from coachdesk.region import places
from coachdesk.region.places import CardShown
from coachdesk.region.staff import drawing
from coachdesk.region.staff.visit import Visit


def show(visit: Visit) -> Response:
    """Free places by workshop, those with places first; of one service if it is chosen."""
    service = visit.query.get("service", "")
    with visit.region.reading() as connection:
        found = places.cards(connection, visit.at.date())
    offered = {row["service"] for card in found for row in card.item["services"]}
    shops = [_shop(card, service, visit.words) for card in found]
    shops = [shop for shop in shops if shop["services"]]
    shops.sort(key=lambda shop: (shop["free"] == 0, sort_key(shop["name"])))
    named = sorted(((key, _service(key, visit.words)) for key in offered), key=lambda one: sort_key(one[1]))
    return drawing.draw(visit, "places.html", shops=shops, services=named, chosen=service)


def _shop(card: CardShown, service: str, words: Words) -> dict[str, Any]:
    item, shop = card.item, card.item["workshop"]
    rows = [row for row in item["services"] if not service or row["service"] == service]
    town = shop["municipality"]
    about = ("words_sv", "words_fi") if words.language == "sv" else ("words_fi", "words_sv")
    return {
        "device": card.device,
        "name": card.name(words.language),
        "town": codes("municipalities").name(town, words.language) if town else "",
        "reach": [shop[name] for name in ("contact", "address", "phone", "email") if shop.get(name)],
        "services": [
            {
                "name": _service(row["service"], words),
                "free": row["free"],
                "queue": row["queue"],
                "start": date.fromisoformat(row["next_start"]) if row["next_start"] else None,
            }
            for row in rows
        ],
        "free": sum(row["free"] for row in rows),
        "languages": ", ".join(words._(LANGUAGE_NAMES.get(key, key)) for key in item["languages"]),
        "about": item[about[0]] or item[about[1]] or "",
        "on": card.counted,
    }


def _service(key: str, words: Words) -> str:
    return codes("service_kinds").name(key, words.language)
