"""What a notice of a lost laptop needs: whose data, which kinds, encrypted how, and where else it is.

Asked of the desk itself or, when that is gone, of a desk restored from its newest backup.  Source: GDPR,
article 33: the supervisory authority is told within 72 hours, unless a risk to people is unlikely.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coachdesk import i18n
from coachdesk.clock import HELSINKI
from coachdesk.domain.codes import codes
from coachdesk.domain.dossier import PARTS, LostPaper, Section
from coachdesk.domain.permissions import Right
from coachdesk.domain.trainee import Trainee
from coachdesk.i18n import N_, Words
from coachdesk.services import backup_state, rights
from coachdesk.services.desk import Desk
from coachdesk.services.plan_papers import sender_of
from coachdesk.store import access_log, dossier, keys, summaries, trainees
from coachdesk.store.enrolments import REGIONS
from coachdesk.store.outbox import DELIVERED
from coachdesk.store.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class LostLaptop:
    """The page, in the language asked for, and its numbers as JSON for a form on the web."""

    paper: LostPaper
    language: str
    data: bytes


def make(desk: Desk, language: str) -> LostLaptop:
    """Gather the page; logged, since it names everybody.

    Raises:
        Refused: only a lead coach may.
    """
    rights.require(desk, Right.LOG)
    words = i18n.words(language)
    with desk.writing() as unit:
        people = trainees.TRAINEES.find(unit, order=trainees.TRAINEES.table.c.name_sort)
        counts = dossier.counts(unit)
        there = _at_region(unit)
        numbers = _numbers(desk, unit, people, there)
        paper = LostPaper(
            on=unit.on,
            workshop=sender_of(unit, None),
            facts=tuple((words._(_TITLES[name]), _value(value, words)) for name, value in numbers.items()),
            kinds=_kinds(counts, words),
            people=_people(people, there, words),
        )
        unit.log("lost_laptop.make")
        unit.commit()
    told = {"format": "coachdesk-lost-laptop-1", **numbers, "kinds": dict(counts)}
    data = json.dumps(told, ensure_ascii=False, indent=1, default=_plain).encode() + b"\n"
    return LostLaptop(paper=paper, language=language, data=data)


_TITLES = {
    "trainees": N_("People whose data is on it"),
    "with_identity_code": N_("Of them with an identity code"),
    "with_non_disclosure": N_("Of them under non-disclosure for safety"),
    "encrypted_with": N_("How it is encrypted"),
    "opened_by": N_("What opens it"),
    "last_act": N_("Last act known here"),
    "last_backup": N_("Last backup"),
    "last_proved": N_("Backup last proved"),
    "at_region": N_("People of whom the region has a summary"),
    "last_receipt": N_("Last receipt of the region"),
}
_SHEET = N_("the recovery sheet: 160 random bits on paper")
_CIPHER = N_("AES-256 (SQLCipher), with a random key that lies nowhere in the clear")


def _numbers(desk: Desk, unit: Unit, people: tuple[Trainee, ...], there: Mapping[int, Any]) -> dict[str, Any]:
    kept = backup_state.read(unit)
    receipts = [region.receipt_at for region in REGIONS.find(unit) if region.receipt_at]
    return {
        "trainees": len(people),
        "with_identity_code": sum(bool(one.personal_identity_code) for one in people),
        "with_non_disclosure": sum(one.non_disclosure for one in people),
        "encrypted_with": _CIPHER,
        "opened_by": tuple(_way_in(slot) for slot in desk.keyfile.slots),
        "last_act": access_log.last_at(unit.connection),
        "last_backup": kept.made,
        "last_proved": kept.proved,
        "at_region": len(there),
        "last_receipt": max(receipts, default=None),
    }


def _way_in(slot: keys.Slot) -> str:
    if slot.kind != keys.PASSPHRASE or slot.cost is None:
        return _SHEET
    return f"Argon2id, {slot.cost.memory_kib // 1024} MiB, t={slot.cost.passes}, p={slot.cost.lanes}"


def _value(value: Any, words: Words) -> str:
    match value:
        case None:
            return "–"
        case tuple():
            return "\n".join(map(words._, value))
        case str():
            return words._(value)
    return words.text(value)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(HELSINKI).isoformat()
    raise TypeError(type(value))


def _kinds(counts: Mapping[str, int], words: Words) -> Section:
    held = [part for part in PARTS if counts.get(part.table)]
    rows = [(words._(part.title), words.count(counts[part.table])) for part in held]
    return Section(
        title=words._("Which kinds of data"), heads=(words._("Kind"), words._("Rows")), rows=tuple(rows)
    )


def _home(one: Trainee, words: Words) -> str:
    if one.non_disclosure or not one.municipality:
        return "–"
    return codes("municipalities").name(one.municipality, words.language)


def _people(people: tuple[Trainee, ...], there: Mapping[int, Any], words: Words) -> Section:
    rows = tuple(
        (
            one.name,
            words.day(one.birth_date) if one.birth_date else "–",
            _home(one, words),
            words._("yes") if one.id in there else words._("no"),
        )
        for one in people
    )
    heads = tuple(map(words._, (N_("Name"), N_("Birth date"), N_("Home municipality"), N_("At the region"))))
    return Section(title=words._("Whose data"), heads=heads, rows=rows)


def _at_region(unit: Unit) -> dict[int, Any]:
    """The people whose last standing item at some region is a summary that it said it keeps."""
    found = {}
    for region in REGIONS.find(unit):
        for sent in summaries.last_sent(unit, region.id).values():
            if sent.item.trainee_id and sent.item.kind == "put" and sent.item.outcome == DELIVERED:
                found[sent.item.trainee_id] = sent
    return found
