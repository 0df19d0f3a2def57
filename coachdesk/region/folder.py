"""The region's folder: its keys, its public file, its desks, its store.

``keys/encrypt*.jwk`` and ``keys/sign*.jwk`` are private (mode 0600); ``region.json`` is handed out;
``devices/<id>.jwk`` are public and are what ``jose`` verifies with.
"""

import contextlib
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from coachdesk.clock import SystemClock
from coachdesk.errors import Refused, Trouble
from coachdesk.exchange import enrolment, export_file, keys
from coachdesk.exchange.enrolment import RegionCard
from coachdesk.exchange.keys import ENCRYPT, SIGN, Jwk
from coachdesk.i18n import N_
from coachdesk.region import devices, held_keys, key_changes, letters
from coachdesk.region import engine as stores
from coachdesk.region.engine import STORE
from coachdesk.region.held_keys import KeyRing


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """An open region."""

    folder: Path
    ring: KeyRing
    engine: Engine

    @property
    def card(self) -> RegionCard:
        """Who it is, and its public keys as they are now."""
        return self.ring.now().card

    @property
    def signing_key(self) -> Jwk:
        """The newest private key that it signs with."""
        return self.ring.now().newest

    @property
    def sealing_keys(self) -> dict[str, Jwk]:
        """The private keys that open bundles, by ``kid``: old ones for files that were long under way."""
        return dict(self.ring.now().sealing)

    @property
    def devices(self) -> dict[str, Jwk]:
        """The public keys of the desks that are enrolled or were, by id."""
        with self.reading() as connection:
            return devices.signing_keys(connection)

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction; leaving it by an error changes nothing.

        Raises:
            Trouble: the store cannot be read or written.
            DiskFull: there is no room for it.
        """
        try:
            with self.engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise stores.trouble_of(error) from error
        except PoolTimeout as error:
            raise Trouble(stores.BUSY) from error

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Reading only: it stops no one who writes.

        Raises:
            Trouble: the store cannot be read.
        """
        try:
            with self.engine.connect().execution_options(**{stores.READING: True}) as connection:
                yield connection
        except DBAPIError as error:
            raise stores.trouble_of(error) from error
        except PoolTimeout as error:
            raise Trouble(stores.BUSY) from error


def init(
    folder: Path, *, region_id: str, name_fi: str, name_sv: str, body: str, address: str = ""
) -> RegionCard:
    """Make a region's keys and its public file; ``address`` is where it receives over the network.

    Raises:
        Refused: the folder already holds something; the id has other letters than a-z, 0-9 and -; the
            address does not begin with https://.
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
        address=_checked_address(address),
        keys=(keys.public(encrypt), keys.public(sign)),
    )
    new = not folder.exists()
    _private_folder(folder / "keys")  # whoever makes it has the folder: another's is not taken away below
    try:
        at = SystemClock().now()
        for name, key in (("encrypt.jwk", encrypt), ("sign.jwk", sign)):
            held_keys.write_private(folder, name, key, at)
        (folder / "devices").mkdir(exist_ok=True)
        export_file.write(folder, "region.json", enrolment.card_text(card))
        open_region(folder).engine.dispose()
    except BaseException:
        _empty(folder)  # so that the next try finds it as this one did
        if new:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise
    return card


def _empty(folder: Path) -> None:
    """Take away what was half made, as far as the disk lets it be taken away."""
    for one in (*folder.glob("*"), *folder.glob(".*")):
        if one.is_dir() and not one.is_symlink():
            shutil.rmtree(one, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                one.unlink()


def open_region(folder: Path, database: str = "", *, busy_seconds: int = stores.BUSY_SECONDS) -> Region:
    """Open a region's folder; ``database`` is a URL of another store than its own SQLite file.

    Raises:
        Trouble: there is no region in the folder, or its keys or store cannot be read.
    """
    ring = KeyRing(folder)
    ring.now()
    engine = stores.open_store(database, folder / STORE, busy_seconds=busy_seconds)
    found = Region(folder=folder, ring=ring, engine=engine)
    try:
        _take_over_files(found)
        key_changes.finish(found)
    except Trouble:
        engine.dispose()
        raise
    return found


def _take_over_files(region: Region) -> None:
    with region.reading() as connection:
        if not devices.without_key(connection):
            return
    with region.writing() as connection:
        devices.take_over_files(connection, region.folder / "devices")


def enrol(
    region: Region,
    file: Path,
    at: datetime,
    *,
    label: str = "",
    replaces: str = "",
    noted: Callable[[Connection, str], None] = lambda _connection, _device: None,
) -> str:
    """Take in a desk's public file; its id.  A desk that is enrolled already keeps its place.

    ``noted`` is called with the id in the same transaction.

    Raises:
        Unreadable: the file is no desk's public key.
        Refused: the desk was revoked, or the one that it replaces is not known.
    """
    sign, seal = enrolment.read_device_keys(export_file.read(file))
    with region.writing() as connection:
        knows = region.ring.now().oldest["kid"]  # its copy of the public file may be an old one
        devices.add(connection, devices.Newcomer(sign, seal, label, replaces, knows), at)
        letters.seal_waiting(connection, region, str(sign["kid"]), at)
        noted(connection, str(sign["kid"]))
    write_key_file(region.folder, sign)
    return str(sign["kid"])


def write_key_file(folder: Path, sign: Jwk) -> None:
    """The public key of a desk as a file, for ``jose``."""
    content = enrolment.device_text(sign)
    export_file.write(folder / "devices", f"{sign['kid']}.jwk", content, replace=True)


def _checked_address(text: str) -> str:
    local = text.startswith(("http://127.", "http://localhost", "http://[::1]"))
    if text and not local and not re.fullmatch(r"https://[^\s/@]+(/[^\s@?#]*)?", text):
        raise Refused(N_("The address begins with https:// and names no user."))
    return text.rstrip("/")


def _private_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, mode=0o700)
    except OSError as error:
        raise Trouble(N_("CoachDesk cannot write into {folder}."), folder=str(folder.parent)) from error
