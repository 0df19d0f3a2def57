"""Whether each page of a store that lies still is as it was written, looked at page by page.

The same as ``PRAGMA cipher_integrity_check``, which cannot be stopped once it is begun.  The file is read as
any other: never while a connection to it is open (closing the file would drop SQLite's locks).

A page of SQLCipher 4 is its content, an initial value and HMAC-SHA512 over both and the page's number; the
first begins with the salt instead.
"""

import hmac
from hashlib import pbkdf2_hmac
from pathlib import Path

from coachdesk.store.backup import Cancelled, stop_where
from coachdesk.store.engine import PAGE

_SALT, _MAC = 16, 64
_AT_ONCE = 256  # pages, a megabyte: between two looks at whether to stop
LOCKS = (1 << 30) // PAGE + 1  # the page at a gigabyte: SQLite locks its bytes and never writes it


def damaged(path: Path, key: bytearray, cancelled: Cancelled | None = None) -> list[int]:
    """The numbers of the pages whose sum does not hold, and of one that is cut off.

    Args:
        path: a store, or a copy of one, that nobody has open.
        key: the raw key that it is encrypted under.
        cancelled: says when to stop.

    Raises:
        Refused: cancelled.
        OSError: the file cannot be read.
    """
    bad: list[int] = []
    with path.open("rb") as file:
        salt = file.read(_SALT)
        base = hmac.new(_key(key, salt), digestmod="sha512")
        file.seek(0)
        number = 0
        while part := file.read(_AT_ONCE * PAGE):
            stop_where(cancelled)
            for begins in range(0, len(part), PAGE):
                number += 1
                page = part[begins : begins + PAGE]
                if number != LOCKS and not _holds(base, page, number):
                    bad.append(number)
    return bad


def _holds(base: "hmac.HMAC", page: bytes, number: int) -> bool:
    sum_ = base.copy()
    sum_.update(page[_SALT if number == 1 else 0 : PAGE - _MAC])
    sum_.update(number.to_bytes(4, "little"))
    return hmac.compare_digest(sum_.digest(), page[PAGE - _MAC :])


def _key(key: bytearray, salt: bytes) -> bytes:
    return pbkdf2_hmac("sha512", key, bytes(byte ^ 0x3A for byte in salt), 2, len(key))
