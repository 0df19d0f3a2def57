"""The page of figures: small numbers are protected before they reach it."""

from starlette.responses import Response

from coachdesk.domain import aggregate
from coachdesk.region import figures, places
from coachdesk.region.staff import drawing, log
from coachdesk.region.staff.visit import Visit


def show(visit: Visit) -> Response:
    """The quarters that were told, the newest first."""
    today = visit.at.date()
    with visit.region.writing() as connection:
        figures.newest(connection, today)
        found = figures.all_kept(connection)
        others = places.figures(connection)
        named = {card.card: card.name(visit.words.language) for card in places.cards(connection, today)}
        log.write(connection, visit.person, log.FIGURES, visit.at)
    quarters = [(one, figures.lines(one, visit.words)) for one in found]
    told = [
        (
            named.get(one.workshop, one.workshop[:8]),
            aggregate.quarter_of(one.quarter),
            aggregate.lines(one.item, visit.words),
        )
        for one in others
    ]
    return drawing.draw(visit, "figures.html", quarters=quarters, others=told)
