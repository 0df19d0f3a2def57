"""The lines to the regions as the Sync screen shows them: how each stands, pause, address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from coachdesk.domain.line import Line
from coachdesk.errors import Problem
from coachdesk.services.desk import Desk
from coachdesk.store import enrolments, lines
from coachdesk.store.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSheet:
    """The line to one region."""

    region_id: str
    name_fi: str
    name_sv: str
    line: Line

    def name(self, language: str) -> str:
        """The region's name in a language."""
        return self.name_sv if language == "sv" else self.name_fi

    @property
    def problem(self) -> Problem | None:
        """What the last try met."""
        return problem_of(self.line.problem)


def sheets(desk: Desk) -> tuple[LineSheet, ...]:
    """The lines to all regions."""
    with desk.reading() as unit:
        return sheets_of(unit)


def sheets_of(unit: Unit) -> tuple[LineSheet, ...]:
    """The lines to all regions, in an open transaction."""
    known = lines.lines(unit)
    return tuple(
        LineSheet(
            region_id=region.id,
            name_fi=region.name_fi,
            name_sv=region.name_sv,
            line=known.get(region.id, Line(region_id=region.id)),
        )
        for region in enrolments.regions(unit)
    )


def pause(desk: Desk, paused: bool) -> None:
    """Pause sending by network, or let it go on; kept, and shown for as long as it lasts."""
    with desk.writing() as unit:
        for region in enrolments.regions(unit):
            line = lines.line_of(unit, region.id)
            if line.paused != paused:
                problem = None if line.has_strange_keys else line.problem  # a person has let it go on
                lines.keep(unit, replace(line, paused=paused, problem=problem))
                unit.log("line.pause", subject=f"region:{region.id}", after={"paused": paused})
        unit.commit()


def allow_metered(desk: Desk, allowed: bool) -> None:
    """Let sending go on by itself also where the connection costs by what is moved."""
    with desk.writing() as unit:
        for region in enrolments.regions(unit):
            line = lines.line_of(unit, region.id)
            if line.metered != allowed:
                lines.keep(unit, replace(line, metered=allowed))
                unit.log("line.metered", subject=f"region:{region.id}", after={"allowed": allowed})
        unit.commit()


def move(desk: Desk, region_id: str, address: str) -> None:
    """Give the region's address; an empty one means that files are carried.

    Raises:
        Refused: it is no address.
    """
    from coachdesk.exchange.line import checked_address

    address = checked_address(address) if address.strip() else ""
    with desk.writing() as unit:
        line = lines.line_of(unit, region_id)
        problem = line.problem if line.revoked or line.has_strange_keys else None
        lines.keep(unit, replace(line, address=address, stopped=line.revoked, problem=problem))
        after = {"address": address}
        unit.log("line.move", subject=f"region:{region_id}", before={"address": line.address}, after=after)
        unit.commit()


def problem_of(kept: Mapping[str, Any] | None) -> Problem | None:
    """A problem as it was kept, to be said in the language of the screen."""
    return None if kept is None else Problem(str(kept["message"]), **dict(kept["values"]))
