"""A change of the region's own keys, which a kill never leaves half done.

It is written down whole, new keys included, before anything is done (``keys/change-*.json``, mode 0600), and
taken away when all is done and logged.  Whoever opens the region next finishes what was begun: each step
done twice does no harm.  One at a time: all of it happens within one transaction of the store.
"""

import contextlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select, text

from coachdesk.errors import Problem, Trouble
from coachdesk.exchange import enrolment, export_file, keys
from coachdesk.exchange.enrolment import RegionCard
from coachdesk.exchange.keys import ENCRYPT, SIGN, Jwk
from coachdesk.i18n import N_
from coachdesk.region import acts, held_keys, letters, tables

if TYPE_CHECKING:
    from coachdesk.region.folder import Region

KEPT_DAYS = 550  # 18 months: carried files may be long under way
_LOCK = 0x436F616B  # of PostgreSQL: one changes keys, the others wait
_L = tables.staff_log.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """All that is needed to do it, or to finish it; ``card`` is the public file as it will be."""

    act: str
    at: str
    who: str
    card: str
    made: Mapping[str, Jwk] = field(default_factory=dict)  # new private keys by the name of their file
    retired: tuple[str, ...] = ()  # names of files
    anew: bool = False  # letters that wait may be signed by a key that is told no more

    @property
    def moment(self) -> datetime:
        """When it was asked for."""
        return datetime.fromisoformat(self.at)


def rotate(region: "Region", at: datetime, *, who: str, at_once: bool = False) -> RegionCard:
    """New keys of both uses, first in the public file; the older ones stay for 18 months.

    With ``at_once`` the older keys are not handed out any more and sign no more: after a theft.  Desks must
    then get the public file anew.

    Raises:
        Refused: it is asked by root in the folder of another account.
        Trouble: the keys or the store cannot be read, or the folder cannot be written.
    """
    with region.writing() as connection:
        done = _begin(connection, region)
        change = _rotation(region.folder, at, who, at_once)
        done.append(_carry_out_new(connection, region, change))
    _forget(done)
    return region.card


def set_aside(region: "Region", at: datetime, *, who: str, days: int = KEPT_DAYS) -> tuple[str, ...]:
    """Take opening keys out of use that a newer one replaced so many days ago; the names of their files.

    They are renamed to ``.retired`` and open nothing any more, and the public file names them no longer.  The
    signing keys stay: by them a desk that slept for longer is told so, and gets the new keys.

    Raises:
        Refused: it is asked by root in the folder of another account.
        Trouble: the keys or the store cannot be read, or the folder cannot be written.
    """
    with region.writing() as connection:
        done = _begin(connection, region)
        change = _setting_aside(region.folder, at, who, days)
        if change is not None:
            done.append(_carry_out_new(connection, region, change))
    _forget(done)
    return change.retired if change is not None else ()


def finish(region: "Region") -> None:
    """Finish what was begun when the program was killed.

    Raises:
        Refused: it is asked by root in the folder of another account.
        Trouble: the keys or the store cannot be read, or the folder cannot be written.
    """
    if _begun(region.folder):
        with region.writing() as connection:
            done = _begin(connection, region)
        _forget(done)


def _begin(connection: Connection, region: "Region") -> list[Path]:
    """Be the only one who changes keys, after what was begun before; the files of what that was."""
    held_keys.must_be_owners(region.folder)
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _LOCK})
    found = sorted(((_read(file), file) for file in _begun(region.folder)), key=lambda one: one[0].at)
    for change, _file in found:
        _carry_out(connection, region, change)
    return [file for _change, file in found]


def _begun(folder: Path) -> list[Path]:
    return list((folder / "keys").glob("change-*.json"))


def _read(file: Path) -> Change:
    try:
        found: dict[str, Any] = json.loads(export_file.read(file).decode("utf-8"))
        return Change(**{**found, "retired": tuple(found["retired"])})
    except (Problem, ValueError, TypeError, KeyError) as error:
        place = str(file.parent.parent)
        raise Trouble(N_("The keys of the region in {folder} cannot be read."), folder=place) from error


def _carry_out_new(connection: Connection, region: "Region", change: Change) -> Path:
    """Write it down and do it; what fails before the public file was written has changed nothing."""
    before, place = region.folder / "region.json", region.folder / "keys"
    content, name = json.dumps(asdict(change)).encode("ascii"), f"change-{secrets.token_hex(8)}.json"
    told = export_file.read(before)
    try:
        export_file.write(place, name, content, mode=0o600)
        _carry_out(connection, region, change)
    except Problem:
        if export_file.read(before) == told:
            _forget([place / name, *(place / made for made in change.made)])
        raise
    return place / name


def _carry_out(connection: Connection, region: "Region", change: Change) -> None:
    """Every step of it, whatever was done of it before."""
    place = region.folder / "keys"
    for name, key in change.made.items():
        export_file.write(place, name, json.dumps(key).encode("ascii"), replace=True, mode=0o600)
    card = change.card.encode("utf-8")
    export_file.write(region.folder, "region.json", card, replace=True)
    if change.retired:
        _retire(place, change.retired)
        export_file.write(region.folder, "region.json", card, replace=True)  # who serves reads its keys anew
    if _is_logged(connection, change):
        return
    if change.anew:
        letters.seal_anew(connection, region, change.moment)
    acts.note(connection, change.act, who=change.who, at=change.moment)


def _is_logged(connection: Connection, change: Change) -> bool:
    own = select(_L.id).where(_L.act == change.act, _L.at == change.at, _L.who == change.who)
    return connection.execute(own.limit(1)).first() is not None


def _retire(place: Path, names: Iterable[str]) -> None:
    try:
        for name in names:
            file = place / name
            if file.exists():  # else it was done before
                file.rename(file.with_suffix(".retired"))
    except OSError as error:
        raise Trouble(N_("CoachDesk cannot write into {folder}."), folder=str(place)) from error


def _forget(files: Iterable[Path]) -> None:
    for file in files:
        with contextlib.suppress(OSError):  # it is done once more then, and changes nothing
            file.unlink(missing_ok=True)


def _rotation(folder: Path, at: datetime, who: str, at_once: bool) -> Change:
    before = held_keys.load(folder).card
    made = {use: held_keys.dated(keys.new_key(use), at) for use in (ENCRYPT, SIGN)}
    files = [*(folder / "keys").glob("encrypt*"), *(folder / "keys").glob("sign*")]
    number = 1 + max(map(held_keys.number, files))
    older = () if at_once else _still_good(folder, before, at)
    card = replace(before, keys=(*(keys.public(key) for key in made.values()), *older))
    gone = [file.name for file in sorted((folder / "keys").glob("sign*.jwk"))] if at_once else []
    return Change(
        act=acts.ROTATED,
        at=acts.moment(at),
        who=who[: acts.LONGEST_WHO],
        card=enrolment.card_text(card).decode("utf-8"),
        made={f"encrypt-{number}.jwk": made[ENCRYPT], f"sign-{number}.jwk": made[SIGN]},
        retired=tuple(gone),
        anew=bool(before.of_use(SIGN).keys() - card.of_use(SIGN).keys()),
    )


def _setting_aside(folder: Path, at: datetime, who: str, days: int) -> Change | None:
    card, over = held_keys.load(folder).card, (at - timedelta(days=days)).date().isoformat()
    files = sorted((folder / "keys").glob("encrypt*.jwk"), key=held_keys.number)
    made = [held_keys.made_on(file) for file in files]
    old = [file for file, replaced in zip(files, made[1:], strict=False) if "" < replaced < over]
    if not old:
        return None
    gone = {held_keys.read(file)["kid"] for file in old}
    told = replace(card, keys=tuple(key for key in card.keys if key["kid"] not in gone))
    return Change(
        act=acts.RETIRED,
        at=acts.moment(at),
        who=who[: acts.LONGEST_WHO],
        card=enrolment.card_text(told).decode("utf-8"),
        retired=tuple(file.name for file in old),
    )


def _still_good(folder: Path, card: RegionCard, at: datetime) -> tuple[Mapping[str, Any], ...]:
    """Public keys that a newer one replaced less than 18 months ago, or now: at most nine of each use."""
    files = (folder / "keys").glob("*.jwk")
    made = {held_keys.read(file)["kid"]: held_keys.made_on(file) for file in files}
    oldest = (at - timedelta(days=KEPT_DAYS)).date().isoformat()
    kept: list[Mapping[str, Any]] = []
    for use in (ENCRYPT, SIGN):
        listed = list(card.of_use(use).values())
        for place, key in enumerate(listed[:9]):
            replaced = made.get(listed[place - 1]["kid"], "") if place else at.date().isoformat()
            if replaced >= oldest:
                kept.append(key)
    return tuple(kept)
