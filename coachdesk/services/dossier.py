"""The copy of everything that the desk holds of one trainee, to read and as data.

Source: GDPR, article 15.  Making it is logged; what the file holds afterwards is in the hands of whoever
has it, so it is written only where the coach chose.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from coachdesk import i18n
from coachdesk.domain import handover, removed
from coachdesk.domain import summary as summaries
from coachdesk.domain.assessment import area_name
from coachdesk.domain.codes import codes
from coachdesk.domain.consent import SCOPES
from coachdesk.domain.dossier import FACTS, PARTS, DossierPaper, Part, Section, Told
from coachdesk.domain.phases import PHASE_NAMES
from coachdesk.domain.trainee import ADDRESS
from coachdesk.i18n import N_, Words
from coachdesk.services.desk import Desk
from coachdesk.services.plan_papers import running_period, sender_of
from coachdesk.store import dossier, trainees, workshops
from coachdesk.store.unit import Unit

FORMAT = "coachdesk-dossier-1"
NOT_PRINTED = N_("Held, not printed because of the non-disclosure.")
_NAMING = ("kind", "key", "role")
_STATES = {
    "draft": N_("draft"),
    "final": N_("final"),
    "printed": N_("printed for signing"),
    "signed": N_("signed"),
    "made": N_("Made"),
    "sent": N_("Sent"),
    "nothing": N_("Nothing to report"),
    "put": N_("Summary"),
    "withdraw": N_("Withdrawal"),
    **handover.STATES,
    **handover.GROUNDS,
    **handover.WAYS,
}
_WORDED = ("state", "kind", "way", "ground")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The copy in both forms: a paper in the trainee's language, and JSON (UTF-8, keys as in the store)."""

    paper: DossierPaper
    language: str
    data: bytes


def make(desk: Desk, trainee_id: int, why: str = "") -> Dossier:
    """Gather everything of one trainee; logged with the reason for which it was asked."""
    with desk.writing() as unit:
        person = trainees.TRAINEES.get(unit, trainee_id)
        rows = dossier.everything(unit, trainee_id)
        words = i18n.words(person.service_language or "fi")
        groups = {group.id: group.name for group in workshops.GROUPS.find(unit)}
        paper = DossierPaper(
            on=unit.on,
            workshop=sender_of(unit, running_period(unit, trainee_id)),
            trainee=person.spoken_name,
            facts=_facts(rows["trainee"][0], words),
            sections=tuple(
                _section(part, rows[part.table], words, groups) for part in PARTS if part.table in rows
            ),
        )
        data = _data(unit, rows)
        unit.log("dossier.make", trainee_id=trainee_id, why=why)
        unit.commit()
    return Dossier(paper=paper, language=words.language, data=data)


def _data(unit: Unit, rows: Mapping[str, Any]) -> bytes:
    whole = {"format": FORMAT, "made": unit.at.isoformat(), "tables": rows}
    return json.dumps(whole, ensure_ascii=False, indent=1, default=_plain).encode() + b"\n"


def _plain(value: object) -> object:
    match value:
        case date() | time():
            return value.isoformat()
        case bytes():
            return value.hex()
    raise TypeError(type(value))


def _facts(row: Mapping[str, Any], words: Words) -> tuple[tuple[str, str], ...]:
    hidden = (*ADDRESS, "municipality") if row["non_disclosure"] else ()
    told = (
        (words._(one.title), words._(NOT_PRINTED) if one.name in hidden else _text(one, row, words))
        for one in FACTS
        if row[one.name]
    )
    return tuple((title, text) for title, text in told if text)


def _section(part: Part, rows: list[dict[str, Any]], words: Words, groups: Mapping[int, str]) -> Section:
    """Columns that are empty in every row are left out."""
    texts = [[_cell(one, row, words, groups) for one in part.columns] for row in rows]
    filled = [at for at in range(len(part.columns)) if any(row[at] for row in texts)]
    return Section(
        title=words._(part.title),
        heads=tuple(words._(part.columns[at].title) for at in filled),
        rows=tuple(tuple(row[at] for at in filled) for row in texts),
    )


def _cell(one: Told, row: Mapping[str, Any], words: Words, groups: Mapping[int, str]) -> str:
    if one.name == "group_id":
        return groups.get(row[one.name], "")
    if one.name == "weekday":
        # the first of January 2024 was a Monday
        return words.weekday(date(2024, 1, row[one.name]), "wide")
    return _text(one, row, words)


def _text(one: Told, row: Mapping[str, Any], words: Words) -> str:
    found = row[one.name]
    match found:
        case dict() if not found:
            return ""
        case None | "" | False | ():
            return ""
        case True:
            return words._("yes")
        case dict() if one.name == "rows":
            return _removed(found)
        case dict() if one.name == "gone":
            return _other_record(found, words)
        case dict():
            return _sent(found, words)
        case datetime():
            return words.moment(found)
        case time():
            return words.time(found)
        case date():
            return words.day(found)
        case tuple() | list():
            return "\n".join(_listed(one, item, words) for item in found)
    return _coded(one, str(found), words)


def _coded(one: Told, key: str, words: Words) -> str:
    if one.codes and key in codes(one.codes):
        return codes(one.codes)[key].name(words.language)
    if one.name == "phase":
        return words._(PHASE_NAMES[int(key)])
    if one.name == "subject" and key.partition(":")[0] in removed.KIND_NAMES:
        return words._(removed.KIND_NAMES[key.partition(":")[0]])
    if one.name == "area":
        return area_name(int(key), words.language)
    if one.name in _WORDED and key in _STATES:
        return words._(_STATES[key])
    return key


def _listed(one: Told, item: Any, words: Words) -> str:
    """An item of a plan, a scope of a consent, a person who took part."""
    if isinstance(item, Mapping):
        kind = str(item.get("kind") or item.get("role") or "")
        rest = (words.text(value) for key, value in item.items() if key not in _NAMING and value)
        return ": ".join(filter(None, (_coded(one, kind, words), ", ".join(rest))))
    return words._(SCOPES[item].title) if item in SCOPES else str(item)


def _removed(rows: Mapping[str, Any]) -> str:
    """What a removed thing held, value by value."""
    values = (str(value) for table in rows.values() for row in table for value in _held(row))
    return "; ".join(values)


def _other_record(row: Mapping[str, Any], words: Words) -> str:
    """The details that a record had before it was joined into this one."""
    held = (one for one in FACTS if row.get(one.name))
    return "\n".join(f"{words._(one.title)}: {_coded(one, str(row[one.name]), words)}" for one in held)


def _held(row: Mapping[str, Any]) -> list[object]:
    return [value for name, value in row.items() if value not in (None, "") and not name.endswith("id")]


def _sent(fields: Mapping[str, Any], words: Words) -> str:
    return "\n".join(f"{line.title}: {line.text}" for line in summaries.lines(fields, words))
