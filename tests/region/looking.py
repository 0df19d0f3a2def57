"""What a test asks of a region's store, each time in a transaction of its own."""

from datetime import date

from coachdesk.region import letters, places
from coachdesk.region.folder import Region


def sent(region: Region, device: str = "", *, letter: str = "") -> tuple[letters.SentLetter, ...]:
    """The letters that were written: all, to one desk, or one by its id."""
    with region.reading() as connection:
        return letters.sent(connection, device, letter=letter)


def cards(region: Region, today: date) -> tuple[places.CardShown, ...]:
    """The cards that are shown."""
    with region.reading() as connection:
        return places.cards(connection, today)


def free(region: Region, today: date, service: str = "") -> list[int]:
    """The free places of each service of each workshop, of one kind where named."""
    rows = [row for card in cards(region, today) for row in card.item["services"]]
    return sorted(row["free"] for row in rows if service in ("", row["service"]))


def figures(region: Region) -> tuple[places.Figures, ...]:
    """The aggregates that came."""
    with region.reading() as connection:
        return places.figures(connection)
