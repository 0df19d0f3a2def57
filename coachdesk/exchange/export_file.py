"""Files that are carried: written whole or not at all, with nothing personal in their names."""

import contextlib
import errno
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from coachdesk import whole_file
from coachdesk.errors import DiskFull, Trouble, Unreadable
from coachdesk.exchange.seal import Label
from coachdesk.i18n import N_

MOST_READ = 1 << 20


def bundle_name(label: Label) -> str:
    """The name of a bundle's file: region, desk, row and number."""
    return f"{label.aud}-{label.iss}-{label.epoch}-{label.seq}.jwe"


def receipt_name(region_id: str, device: str, number: int) -> str:
    """The name of a receipt's file."""
    return f"{region_id}-{device}-receipt-{number}.jws"


def write(folder: Path, name: str, content: bytes, *, replace: bool = False, mode: int = 0o644) -> Path:
    """Write a file by way of a half one beside it: a kill leaves the whole file or none.

    The same bytes under the same name are left as they are.

    Raises:
        DiskFull: no room; nothing was written.
        Trouble: the folder cannot be written, or holds another file of that name.
    """
    target = folder / name
    with disk_troubles(folder):
        make_folder(folder)
        if not replace and target.exists():
            return _same(target, content)
        whole_file.write(target, content, half=whole_file.hidden_half(target), mode=mode)
    return target


def make_folder(folder: Path) -> None:
    """Make the folder that files are carried in, where it is not there; never those above it.

    Raises:
        OSError: the disk does not take it.
        Trouble: the folder that it lies in is not there: the path is mistyped, or the stick is not in.
    """
    place = folder.absolute().parent
    if not place.is_dir():
        raise Trouble(N_("There is no folder {folder}."), folder=str(place))
    folder.mkdir(exist_ok=True)


@contextlib.contextmanager
def disk_troubles(folder: Path) -> Iterator[None]:
    """What the disk of a folder says, as sentences for people.

    Raises:
        DiskFull: no room.
        Trouble: the folder cannot be written.
    """
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise DiskFull(
                N_("There is no room in {folder}. Nothing was written."), folder=str(folder)
            ) from error
        raise Trouble(N_("CoachDesk cannot write into {folder}."), folder=str(folder)) from error


def write_parts(folder: Path, name: str, parts: Iterable[bytes], *, mode: int = 0o644) -> Path:
    """Write a big file part by part, by way of a half one; a file of that name is replaced at the end.

    Raises:
        DiskFull: no room; nothing was written.
        Trouble: the folder cannot be written.
    """
    target = folder / name
    with disk_troubles(folder):
        whole_file.write_parts(target, parts, half=whole_file.hidden_half(target), mode=mode)
    return target


def must_take_files(folder: Path) -> None:
    """Try a folder before anything is sealed for it; it is made as ``write`` makes it.

    Raises:
        DiskFull, Trouble: no file can be written there.
    """
    write(folder, f".{secrets.token_hex(8)}.try", b"").unlink(missing_ok=True)


def read(path: Path) -> bytes:
    """The bytes of a file from outside, never more than a megabyte.

    Raises:
        Unreadable: it cannot be read or is far too big.
    """
    try:
        with path.open("rb") as file:
            found = file.read(MOST_READ + 1)
    except FileNotFoundError as error:
        raise Unreadable(N_("There is no file {name}."), name=path.name) from error
    except OSError as error:
        raise Unreadable(N_("The file {name} cannot be read."), name=path.name) from error
    if len(found) > MOST_READ:
        raise Unreadable(N_("The file is too big to be from CoachDesk."))
    return found


def _same(target: Path, content: bytes) -> Path:
    if target.stat().st_size != len(content) or target.read_bytes() != content:
        raise Trouble(
            N_("{folder} already holds another file named {name}. Choose another folder."),
            folder=str(target.parent),
            name=target.name,
        )
    return target
