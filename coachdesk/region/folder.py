"""The region's folder: its keys, its public file, the desks that are enrolled, its store.

``keys/encrypt*.jwk`` and ``keys/sign.jwk`` are private (mode 0600); ``region.json`` is handed out;
``devices/<id>.jwk`` are public and are what ``jose`` verifies with.
"""

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, select
from sqlalchemy.exc import ArgumentError, DBAPIError

from coachdesk.errors import Problem, Refused, Trouble
from coachdesk.exchange import enrolment, export_file, keys
from coachdesk.exchange.enrolment import RegionCard
from coachdesk.exchange.keys import ENCRYPT, SIGN, Jwk
from coachdesk.i18n import N_
from coachdesk.region import tables

STORE = "region.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """An open region."""

    folder: Path
    card: RegionCard
    signing_key: Jwk
    sealing_keys: dict[str, Jwk]  # private, by kid: old ones open files that were long under way
    engine: Engine

    @property
    def devices(self) -> dict[str, Jwk]:
        """The public keys of the enrolled desks, by id."""
        found: dict[str, Jwk] = {}
        for file in sorted((self.folder / "devices").glob("*.jwk")):
            key = enrolment.read_device(export_file.read(file))
            found[key["kid"]] = key
        return found

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction; leaving it by an error changes nothing.

        Raises:
            Trouble: the store cannot be read or written.
        """
        try:
            with self.engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise Trouble(N_("The region's store cannot be read or written.")) from error


def init(folder: Path, *, region_id: str, name_fi: str, name_sv: str, body: str) -> RegionCard:
    """Make a region's keys and its public file.

    Raises:
        Refused: the folder already holds something, or the id has other letters than a-z, 0-9 and -.
        Trouble: the folder cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(N_("{folder} already holds something. Choose an empty folder."), folder=str(folder))
    encrypt, sign = keys.new_key(ENCRYPT), keys.new_key(SIGN)
    region_id = region_id or f"region-{keys.fingerprint(encrypt, sign).replace(' ', '').lower()[:12]}"
    if not enrolment.REGION_ID.fullmatch(region_id):
        raise Refused(N_("A region's id has only the letters a-z, digits and hyphens, 40 at most."))
    card = RegionCard(
        id=region_id,
        name_fi=name_fi,
        name_sv=name_sv,
        body=body,
        keys=(keys.public(encrypt), keys.public(sign)),
    )
    _private_folder(folder / "keys")
    for name, key in (("encrypt.jwk", encrypt), ("sign.jwk", sign)):
        export_file.write(folder / "keys", name, json.dumps(key).encode("ascii"), mode=0o600)
    (folder / "devices").mkdir(exist_ok=True)
    export_file.write(folder, "region.json", enrolment.card_text(card))
    open_region(folder).engine.dispose()
    return card


def open_region(folder: Path, database: str = "") -> Region:
    """Open a region's folder; ``database`` is a URL of another store than its own SQLite file.

    Raises:
        Trouble: there is no region in the folder, or its keys or store cannot be read.
    """
    missing = Trouble(N_("There is no region in the folder {folder}."), folder=str(folder))
    if not (folder / "region.json").is_file():
        raise missing
    try:
        card = enrolment.read_card(export_file.read(folder / "region.json"))
        sealing = [_private(file) for file in sorted((folder / "keys").glob("encrypt*.jwk"))]
        signing = _private(folder / "keys" / "sign.jwk")
    except (Problem, ValueError, KeyError, TypeError) as error:
        raise Trouble(N_("The keys of the region in {folder} cannot be read."), folder=str(folder)) from error
    if not sealing:
        raise missing
    engine = _engine(database or f"sqlite:///{folder / STORE}", folder / STORE)
    found: dict[str, Jwk] = {key["kid"]: key for key in sealing}
    return Region(folder=folder, card=card, signing_key=signing, sealing_keys=found, engine=engine)


def enrol(region: Region, file: Path, at: datetime) -> str:
    """Take in a desk's public file; its id.  A desk that is enrolled already stays as it is.

    Raises:
        Unreadable: the file is no desk's public key.
    """
    key = enrolment.read_device(export_file.read(file))
    found: str = key["kid"]
    export_file.write(region.folder / "devices", f"{found}.jwk", enrolment.device_text(key), replace=True)
    with region.writing() as connection:
        known = connection.execute(select(tables.device.c.id).where(tables.device.c.id == found)).first()
        if known is None:
            connection.execute(insert(tables.device).values(id=found, enrolled=at.isoformat(), epoch=0))
    return found


def _private_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, mode=0o700)
    except OSError as error:
        raise Trouble(N_("CoachDesk cannot write into {folder}."), folder=str(folder.parent)) from error


def _private(file: Path) -> dict[str, Any]:
    found = json.loads(export_file.read(file).decode("utf-8"))
    if not isinstance(found, dict) or "d" not in found:
        raise ValueError(file.name)
    key = {name: found[name] for name in ("kty", "crv", "x", "y", "d", "use", "alg")}
    key["kid"] = keys.thumbprint(key)
    keys.imported(key)
    return key


def _engine(url: str, file: Path) -> Engine:
    if url.startswith("sqlite:///"):
        _own_file(file)  # SQLite gives its side files the mode of the store
    try:
        found = create_engine(url)
    except (
        ArgumentError,
        ImportError,
    ) as error:  # no URL, or no driver for it here
        raise Trouble(N_("The region's store cannot be read or written.")) from error
    if found.dialect.name == "sqlite":
        event.listen(found, "connect", _sqlite)
        event.listen(found, "begin", _begin)
    try:
        tables.metadata.create_all(found)
    except DBAPIError as error:
        raise Trouble(N_("The region's store cannot be read or written.")) from error
    return found


def _own_file(file: Path) -> None:
    """An empty store that only the receiving account reads, before anything is written into it."""
    with contextlib.suppress(OSError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # our own BEGIN below: a reader never turns writer in the middle
    connection.execute("PRAGMA busy_timeout = 30000")
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
