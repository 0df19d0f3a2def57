"""The desks as people call them: by the label they were enrolled under, else by what their cards say."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from coachdesk.domain.letters import sort_key
from coachdesk.region import devices, places, tables

_D = tables.device.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A desk with its name; ``takes_letters`` when it has a key that letters are sealed for."""

    id: str
    name: str
    takes_letters: bool
    revoked: bool

    @property
    def short(self) -> str:
        """The beginning of its id."""
        return self.id[:8]


def desks(connection: Connection, language: str, today: date) -> dict[str, Desk]:
    """Every desk by id, in the order of the names."""
    named: dict[str, list[str]] = {}
    for card in places.cards(connection, today):
        named.setdefault(card.device, []).append(card.name(language))
    rows = connection.execute(select(_D.id, _D.label, _D.state, _D.seal_key)).all()
    found = [
        Desk(
            id=row.id,
            name=row.label or ", ".join(sorted(named.get(row.id, ()), key=sort_key)),
            takes_letters=row.seal_key is not None,
            revoked=row.state == devices.REVOKED,
        )
        for row in rows
    ]
    return {one.id: one for one in sorted(found, key=lambda one: (not one.name, sort_key(one.name), one.id))}
