"""Letters to workshops: written on a form made of the kind's own table, kept for the desk, answered by it."""

import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection
from starlette.responses import Response

from coachdesk.domain import region_letters
from coachdesk.domain.codes import codes
from coachdesk.domain.letter_kinds import KINDS, REFERRAL
from coachdesk.errors import Refused
from coachdesk.i18n import N_, Words
from coachdesk.region import letters
from coachdesk.region.letters import SentLetter
from coachdesk.region.staff import blank, clients, desks, drawing, holdings, log, people, roles
from coachdesk.region.staff.visit import Visit

MOST_SHOWN = 100
_ONCE = re.compile(r"[0-9a-f]{32}")
STATES = {
    "waiting": N_("waits for the desk to fetch it"),
    "stored": N_("fetched"),
    "set_aside": N_("fetched, but the desk's program is too old to read it"),
    "unreadable": N_("the desk could not read it"),
}


def show(visit: Visit) -> Response:
    """One's own letters with their answers, the newest first; all for a role that sees all.

    They name people, so the look is written down.
    """
    with visit.region.writing() as connection:
        named = desks.desks(connection, visit.words.language, visit.at.date())
        writers = people.names(connection)
        found = [one for one in letters.sent(connection) if _is_ours(visit, one)]
        log.write(connection, visit.person, log.LETTERS, visit.at)
        found.sort(key=lambda one: one.answered_at or one.made, reverse=True)
        held = _names_of(visit, connection, found)
    rows = [_row(one, named, writers, visit.words, held) for one in found[:MOST_SHOWN]]
    sent = "sent" in visit.query
    return drawing.draw(visit, "letters.html", rows=rows, sent=sent, sees_all=visit.person.may(roles.ALL))


def read(visit: Visit) -> Response:
    """One letter and its answer; the look is written down."""
    with visit.region.writing() as connection:
        found = letters.sent(connection, letter=visit.params["letter"])
        if not found or not _is_ours(visit, found[0]):
            place = {"device": found[0].device, "ref": found[0].ref} if found else {}
            log.write_not_allowed(connection, visit.person, visit.at, **place)
            return drawing.problem(visit, 404, N_("There is no such letter, or it is not yours to see."))
        named = desks.desks(connection, visit.words.language, visit.at.date())
        writers = people.names(connection)
        one = found[0]
        held = _names_of(visit, connection, found)
        log.write(connection, visit.person, log.LETTER_LOOK, visit.at, device=one.device, ref=one.ref)
    part = KINDS[one.kind].part
    answer = region_letters.answer_lines(one.answer, visit.words) if one.answer else ()
    return drawing.draw(
        visit,
        "letter.html",
        row=_row(one, named, writers, visit.words, held),
        lines=list(part.lines({name: one.item[name] for name in part.members}, visit.words)),
        answer=answer,
    )


def begin(visit: Visit) -> Response:
    """Choose a workshop and a kind, then fill in the form of that kind."""
    if visit.query.get("kind") in KINDS and visit.query.get("device"):
        return _form(visit, visit.query)
    with visit.region.reading() as connection:
        known = _open(visit, connection)
        name = _name(visit, connection, visit.query)
    device, ref = visit.query.get("device", ""), visit.query.get("ref", "")
    values: dict[str, Any] = {"desks": known, "kinds": _kinds(visit, ref), "name": name}
    return drawing.draw(visit, "letter-begin.html", device=device, ref=ref, **values)


def send(visit: Visit) -> Response:
    """Write the letter; what is wrong is said beside the form, which keeps what was filled in."""
    form = visit.form
    kind, device, ref = form.get("kind", ""), form.get("device", ""), form.get("ref", "")
    if kind not in KINDS or (ref and kind == REFERRAL):
        raise Refused(N_("There is no letter of this kind."))
    with visit.region.writing() as connection:
        if ref and not holdings.may_see(connection, visit.person, (device, ref), visit.at.date()):
            log.write_not_allowed(connection, visit.person, visit.at, device=device, ref=ref)
            return drawing.problem(visit, 404, N_("There is no such summary, or it is not yours to see."))
    try:
        members = blank.members(kind, form, person=not ref)
        letters.send(
            visit.region,
            device,
            kind,
            members,
            visit.at,
            ref=ref or None,
            staff=visit.person.id,
            letter=_letter_of(visit, form),
            noted=lambda connection: log.write(
                connection, visit.person, log.LETTER, visit.at, device=device, ref=ref
            ),
        )
    except Refused as problem:
        return _form(visit, form, problem)
    return drawing.go(visit, "/letters?sent=1")


def _letter_of(visit: Visit, form: Mapping[str, str]) -> str:
    """The id of the letter that this form becomes: sent twice, it is one letter, and nobody else's."""
    once = form.get("once", "")
    if not _ONCE.fullmatch(once):
        raise Refused(N_("The page had been open too long. Go back, load it again and send it once more."))
    return visit.office.key.mark("letter", str(visit.person.id), once)[:32]


def _form(visit: Visit, given: Mapping[str, str], problem: Refused | None = None) -> Response:
    with visit.region.reading() as connection:
        known = {one.id: one for one in _open(visit, connection)}
        name = _name(visit, connection, given)
    desk = known.get(given["device"])
    if desk is None:
        raise Refused(N_("There is no such workshop to write to."))
    ref, kind = given.get("ref", ""), given["kind"]
    filled = {"from.name": visit.person.name, **given}
    return drawing.draw(
        visit,
        "letter-form.html",
        status=422 if problem else 200,
        sentence=_sentence(problem, visit.words) if problem else "",
        wrong=str(problem.values.get("field", "")) if problem else "",
        groups=blank.groups(kind, filled, visit.words, person=not ref),
        kind=kind,
        once=secrets.token_hex(16),
        title=codes("letter_kinds").name(kind, visit.words.language),
        desk=desk,
        ref=ref,
        name=name,
    )


def _sentence(problem: Refused, words: Words) -> str:
    """The sentence of a refusal, the member called by its title."""
    titles = {one.name.rpartition(".")[2]: one.title for one in _all_inputs(words)}
    values = dict(problem.values)
    if "name" in values:
        values["name"] = titles.get(str(values["name"]), words._(str(values["name"])))
    return words.fill(problem.message, **values)


def _all_inputs(words: Words) -> list[blank.Input]:
    forms = [blank.groups(kind, {}, words, person=True) for kind in KINDS]
    return [one for form in forms for group in form for one in group.inputs]


def _open(visit: Visit, connection: Connection) -> list[desks.Desk]:
    known = desks.desks(connection, visit.words.language, visit.at.date())
    return [one for one in known.values() if not one.revoked]


def _kinds(visit: Visit, ref: str) -> list[tuple[str, str]]:
    """The kinds that may be written: whom the desk has already is not referred to it."""
    names = codes("letter_kinds")
    return [(key, names.name(key, visit.words.language)) for key in KINDS if not (ref and key == REFERRAL)]


def _name(visit: Visit, connection: Connection, given: Mapping[str, str]) -> str:
    """Whom the letter is about, where the visitor may see the summary and a consent lets the name out."""
    ref = given.get("ref", "")
    place = (given.get("device", ""), ref)
    row = holdings.held(connection, visit.person, place, visit.at.date()) if ref else None
    return clients.name_of(row["fields"]) if row else ""


def _is_ours(visit: Visit, one: SentLetter) -> bool:
    return one.staff == visit.person.id or visit.person.may(roles.ALL)


def _names_of(
    visit: Visit, connection: Connection, found: Sequence[SentLetter]
) -> dict[tuple[str, str], str]:
    """The names of those whom letters are about, as far as they are held and the visitor's to see."""
    places = {(one.device, one.ref) for one in found[:MOST_SHOWN] if one.ref}
    rows = holdings.of_places(connection, visit.person, places, visit.at.date())
    return {(row["device"], row["ref"]): clients.name_of(row["fields"]) for row in rows}


def _row(
    one: SentLetter,
    named: Mapping[str, desks.Desk],
    writers: Mapping[int, str],
    words: Words,
    held: Mapping[tuple[str, str], str],
) -> dict[str, Any]:
    person = one.item.get("person") or {}
    by = one.item.get("reply_by")
    return {
        "letter": one.letter,
        "kind": codes("letter_kinds").name(one.kind, words.language),
        "about": clients.name_of(person) or held.get((one.device, one.ref)) or one.ref[:8],
        "client": (one.device, one.ref) if (one.device, one.ref) in held else None,
        "desk": named[one.device].name or named[one.device].short if one.device in named else one.device[:8],
        "writer": writers.get(one.staff, ""),
        "made": one.made,
        "state": words._(STATES.get(one.state, one.state)),
        "fetched": one.state != "waiting",
        "outcome": words._(region_letters.OUTCOMES.get(one.answer["outcome"], "")) if one.answer else "",
        "answered": one.answered_at,
        "by": date.fromisoformat(by) if by else None,
    }
