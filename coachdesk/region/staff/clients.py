"""The summaries that a role may see: one's own clients first, and what changed since one last looked."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection
from starlette.responses import Response

from coachdesk.domain import summary
from coachdesk.domain.consent import SCOPES
from coachdesk.domain.letters import nfc, sort_key
from coachdesk.errors import Refused
from coachdesk.i18n import N_, Words
from coachdesk.region import ledger
from coachdesk.region.staff import desks, drawing, holdings, log, people, roles, seen
from coachdesk.region.staff.seen import Place, Seen
from coachdesk.region.staff.visit import Visit

MOST_SHOWN = 50
NEW, CHANGED, SAME = "new", "changed", "same"
_ORDER = {CHANGED: 0, NEW: 1, SAME: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One client in the list; ``name`` is empty where no consent lets it out, ``shop`` is who sends."""

    device: str
    ref: str
    name: str
    phase: str
    valid_to: date
    state: str
    looked: str
    worker: str
    shop: str


def show(visit: Visit) -> Response:
    """Own clients, those with news first; then, for a role that sees all, the others page by page."""
    return _list(visit, _start(visit))


def search(visit: Visit) -> Response:
    """The same with only those of the others whose name or reference begins so.

    Asked by a form, so that no name stands in an address or in the log of a proxy.
    """
    return _list(visit, 0, nfc(visit.text("find"))[:100])


def _list(visit: Visit, start: int, find: str = "") -> Response:
    with visit.region.writing() as connection:
        ledger.expire(connection, visit.at.date())
        seen.forget_gone(connection)
        look = _Look(visit, seen.of_person(connection, visit.person), _shops(visit, connection))
        mine = _mine(visit, connection, look)
        others, more = _others(visit, connection, look, start, find)
        log.write(connection, visit.person, log.LIST, visit.at)
    values: dict[str, Any] = {"mine": mine, "others": others, "sees_all": visit.person.may(roles.ALL)}
    values |= {"find": find, "news": Counter(row.state for row in mine)}
    return drawing.draw(visit, "clients.html", start=start, step=MOST_SHOWN, more=more, **values)


def look(visit: Visit) -> Response:
    """One summary; the look is written down in the same transaction."""
    with visit.region.writing() as connection:
        ledger.expire(connection, visit.at.date())
        row = _held(connection, visit)
        if row is None:
            return _not_theirs(visit, connection)
        place = (row["device"], row["ref"])
        last = seen.of_person(connection, visit.person).get(place)
        joined = holdings.joined(connection, visit.person, row, visit.at.date())
        seen.keep(connection, visit.office.key, visit.person, place, row, visit.at)
        log.write(connection, visit.person, log.LOOK, visit.at, device=place[0], ref=place[1],
                  version=row["version"])  # fmt: skip
        workers = [one for one in people.everybody(connection) if one.may(roles.OWN)]
        shops = _shops(visit, connection)
        after = _next(visit, connection, _Look(visit, seen.of_person(connection, visit.person), shops))
    fresh = seen.changed(visit.office.key, place, row["fields"], last) if last else set()
    return drawing.draw(
        visit,
        "summary.html",
        row=row,
        shop=shops.get(row["device"], ""),
        after=after,
        reads_log=visit.person.may(roles.LOG),
        name=name_of(row["fields"]),
        parts=_parts(row["fields"], visit.words),
        fresh=fresh,
        gone=len(fresh - set(row["fields"])),
        last=last,
        joined=joined,
        workers=workers if visit.person.may(roles.ASSIGN) else [],
        writes=visit.person.may(roles.LETTERS),
    )


def assign(visit: Visit) -> Response:
    """Say whose client somebody is, or nobody's."""
    chosen = visit.text("worker")
    with visit.region.writing() as connection:
        row = _held(connection, visit)
        if row is None:
            return _not_theirs(visit, connection)
        allowed = {str(one.id) for one in people.everybody(connection) if one.may(roles.OWN)}
        if chosen and chosen not in allowed:
            raise Refused(N_("There is no such worker."), field="worker")
        holdings.give(connection, (row["device"], row["ref"]), int(chosen or 0), visit.at.date())
        place = {"device": row["device"], "ref": row["ref"], "whom": int(chosen or 0)}
        log.write(connection, visit.person, log.ASSIGNED, visit.at, **place)
    return drawing.go(visit, f"/clients/{row['device']}/{row['ref']}")


def name_of(fields: Mapping[str, Any]) -> str:
    """The name that a consent lets out, family name first; empty where none does."""
    return ", ".join(filter(None, (fields.get("family_name"), fields.get("given_names"))))


@dataclass(frozen=True, slots=True)
class _Look:
    """What makes rows of summaries: the visit, the last looks of its person, the names of the desks."""

    visit: Visit
    last: Mapping[Place, Seen]
    shops: Mapping[str, str]


def _mine(visit: Visit, connection: Connection, look: _Look) -> list[Row]:
    """One's own clients, those with news first."""
    found = [_row(look, row) for row in holdings.own(connection, visit.person, visit.at.date())]
    return sorted(found, key=lambda row: (_ORDER[row.state], not row.name, sort_key(row.name), row.ref))


def _next(visit: Visit, connection: Connection, look: _Look) -> Row | None:
    """The first of one's own clients with news, now that this one has been looked at."""
    first = next(iter(_mine(visit, connection, look)), None)
    return first if first is not None and first.state != SAME else None


def _shops(visit: Visit, connection: Connection) -> dict[str, str]:
    found = desks.desks(connection, visit.words.language, visit.at.date())
    return {one.id: one.name or one.short for one in found.values()}


def _others(
    visit: Visit, connection: Connection, look: _Look, start: int, find: str
) -> tuple[list[Row], bool]:
    """One page of those that are not the visitor's, and whether there are more."""
    if not visit.person.may(roles.ALL):
        return [], False
    today, most = visit.at.date(), MOST_SHOWN + 1
    rows = holdings.others(connection, visit.person, today, find=find, start=start, most=most)
    names = people.names(connection)
    shown = [_row(look, row, names.get(row["staff"], "")) for row in rows[:MOST_SHOWN]]
    return shown, len(rows) > MOST_SHOWN


def _not_theirs(visit: Visit, connection: Connection) -> Response:
    """What is not there and what is not the visitor's answer alike."""
    place = {"device": visit.params["device"], "ref": visit.params["ref"]}
    log.write_not_allowed(connection, visit.person, visit.at, **place)
    return drawing.problem(visit, 404, N_("There is no such summary, or it is not yours to see."))


def _held(connection: Connection, visit: Visit) -> holdings.Found | None:
    place = (visit.params["device"], visit.params["ref"])
    return holdings.held(connection, visit.person, place, visit.at.date())


def _row(look: _Look, row: Mapping[Any, Any], worker: str = "") -> Row:
    place = (row["device"], row["ref"])
    before = look.last.get(place)
    state = NEW
    if before:
        state = CHANGED if seen.changed(look.visit.office.key, place, row["fields"], before) else SAME
    return Row(
        device=row["device"],
        ref=row["ref"],
        name=name_of(row["fields"]),
        phase=_phase(row["fields"], look.visit.words),
        valid_to=date.fromisoformat(row["valid_to"]),
        state=state,
        looked=before.at if before else "",
        worker=worker,
        shop=look.shops.get(row["device"], ""),
    )


def _phase(fields: Mapping[str, Any], words: Words) -> str:
    """The newest open phase, where a consent lets it out."""
    open_ = [one for one in fields.get("phases") or [] if one["open"]]
    if not open_:
        return ""
    newest = max(open_, key=lambda one: (one["opened"] or "", one["phase"]))
    return summary.shown("phases", [newest], words)


def _parts(fields: Mapping[str, Any], words: Words) -> list[tuple[str, list[summary.Line]]]:
    """The lines of a summary under the titles of their scopes."""
    found: dict[str, list[summary.Line]] = {}
    for line in summary.lines(fields, words):
        found.setdefault(line.scope, []).append(line)
    return [(words._(SCOPES[scope].title), lines) for scope, lines in found.items()]


def _start(visit: Visit) -> int:
    text = visit.query.get("from", "0")
    return int(text) if text.isdecimal() and len(text) < 8 else 0
