"""The page of figures: small numbers are protected before they reach it."""

from starlette.responses import Response

from coachdesk.region import figures
from coachdesk.region.staff import drawing, log
from coachdesk.region.staff.visit import Visit


def show(visit: Visit) -> Response:
    """The quarters that were told, the newest first."""
    with visit.region.writing() as connection:
        figures.newest(connection, visit.at.date())
        found = figures.all_kept(connection)
        log.write(connection, visit.person, log.FIGURES, visit.at)
    quarters = [(one, figures.lines(one, visit.words)) for one in found]
    return drawing.draw(visit, "figures.html", quarters=quarters)
