"""Everything that is held, written into one file for another program of the region's own.

The people in the file are logged one by one before it is written: an export is a look at each of them.
The file is written whole or not at all, part by part, readable by its owner alone, and never over another
file unasked; whoever receives meanwhile is not kept waiting.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from coachdesk.clock import HELSINKI
from coachdesk.errors import Refused, Trouble
from coachdesk.exchange import export_file
from coachdesk.exchange.export_schema import VERSION
from coachdesk.i18n import N_, Words
from coachdesk.region import acts, fhir, ledger, spreadsheet, tables
from coachdesk.region.folder import Region

CSV, JSON, FHIR = "csv", "json", "fhir"

_S = tables.summary.c
_AT_ONCE = 500
Summary = dict[str, Any]


def export(
    region: Region, form: str, file: Path, *, who: str, at: datetime, words: Words, replace: bool = False
) -> int:
    """Write what is held into a file; how many summaries it has.

    Args:
        region: the open region.
        form: csv, json or fhir.
        file: the file to write.
        who: who asks, for the log.
        at: now; what is past its last day by it is deleted first.
        words: the language of a CSV's headings and values.
        replace: whether a file of that name may be replaced.

    Raises:
        Refused: nothing is held, or the file is there already.
        DiskFull, Trouble: the file or the store cannot be written.
    """
    if file.is_dir():
        raise Refused(N_("{file} is a folder. Name a file."), file=str(file))
    if file.exists() and not replace:
        raise Refused(N_("{file} is there already. Name another file, or say --replace."), file=str(file))
    if not (place := file.absolute().parent).is_dir():
        raise Trouble(N_("There is no folder {folder}."), folder=str(place))
    export_file.must_take_files(place)
    with region.writing() as connection:
        ledger.expire(connection, at.astimezone(HELSINKI).date())
        seen = _places(connection)
        if not seen:
            raise Refused(N_("The region holds no summaries. No file was written."))
        acts.note(connection, acts.EXPORTED, who=who, at=at, seen=seen)
    with region.reading() as connection:
        parts = _MAKERS[form](region, _logged(connection, seen), at, words)
        encoded = (part.encode("utf-8") for part in parts)
        export_file.write_parts(file.absolute().parent, file.name, encoded, mode=0o600)
    return len(seen)


def _places(connection: Connection) -> list[dict[str, Any]]:
    """Which summaries are held, and the identity code where one was let out."""
    code = _S.fields["personal_identity_code"].as_string().label("code")
    held = select(_S.device, _S.ref, _S.version, code).where(_S.state == ledger.HELD)
    return [dict(row) for row in connection.execute(held).mappings()]


def _logged(connection: Connection, seen: Sequence[Mapping[str, Any]]) -> Iterator[Summary]:
    """Those of the summaries that were logged and are still held, one after another.

    Each names the refs of the same person: two are one by an identity code that both let out, and only so.
    """
    same: dict[str, set[str]] = defaultdict(set)
    for one in seen:
        if one["code"]:
            same[one["code"]].add(one["ref"])
    places = {(one["device"], one["ref"], one["version"]): one["code"] for one in seen}
    names = ("ref", "device", "version", "consent", "valid_to", "fields")
    held = select(*(_S[name] for name in names)).where(_S.state == ledger.HELD).order_by(_S.device, _S.ref)
    for row in connection.execute(held.execution_options(yield_per=_AT_ONCE)).mappings():
        place = (row["device"], row["ref"], row["version"])
        if place in places:
            joined = same.get(places[place] or "", set()) - {row["ref"]}
            yield {name: row[name] for name in names} | {"joined": sorted(joined)}


def _as_csv(_region: Region, summaries: Iterable[Summary], _at: datetime, words: Words) -> Iterator[str]:
    return spreadsheet.as_csv(summaries, words)


def _as_json(region: Region, summaries: Iterable[Summary], at: datetime, _words: Words) -> Iterator[str]:
    head = {"export": VERSION, "region": region.card.id, "made": _instant(at)}
    return _listed(head, "summaries", summaries)


def _as_fhir(_region: Region, summaries: Iterable[Summary], at: datetime, _words: Words) -> Iterator[str]:
    return _listed(fhir.bundle_head(_instant(at)), "entry", fhir.entries(summaries))


def _listed(head: dict[str, Any], name: str, members: Iterable[dict[str, Any]]) -> Iterator[str]:
    """JSON with a long list at its end, a line for each member."""
    yield json.dumps(head, ensure_ascii=False)[:-1] + f', "{name}": [\n'
    before = ""
    for one in members:
        yield before + json.dumps(one, ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n"


def _instant(at: datetime) -> str:
    return at.astimezone(HELSINKI).replace(microsecond=0).isoformat()


_MAKERS: dict[str, Callable[[Region, Iterable[Summary], datetime, Words], Iterator[str]]] = {
    CSV: _as_csv,
    JSON: _as_json,
    FHIR: _as_fhir,
}
