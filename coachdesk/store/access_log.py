"""The log of who did what: appended in the same transaction as the act, chained by HMAC.

A line's MAC covers the line before it, so a changed, added or removed line in the middle shows; the
head (last number and MAC) is also kept in ``head.log``, so a cut tail shows too.  What was there
before is encrypted under a key of that trainee: when the key is destroyed with the trainee, nothing
of the person stays readable and the chain still verifies, since the MAC covers the ciphertext.
"""

import hmac
import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection

from coachdesk import whole_file
from coachdesk.clock import HELSINKI
from coachdesk.domain.access_log import LogFilter, LogLine
from coachdesk.store.engine import speak

HEAD = "head.log"
START = bytes(32)
NONCE = 12

TRIGGERS = (
    "CREATE TRIGGER log_is_never_changed BEFORE UPDATE ON log "
    "BEGIN SELECT RAISE(ABORT, 'the log is only appended to'); END",
    "CREATE TRIGGER log_is_never_shortened BEFORE DELETE ON log "
    "BEGIN SELECT RAISE(ABORT, 'the log is only appended to'); END",
)

_INSERT = (
    "INSERT INTO log (seq, at, coach_id, act, subject, trainee_id, why, detail, mac) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_SHOWN = "seq, at, coach_id, act, subject, trainee_id, why"
_FIELDS = "seq, at, coach_id, act, subject, trainee_id, why, detail, mac"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One act: what was done, to whom, what was there before and after, and why."""

    at: datetime
    coach_id: int | None
    act: str
    subject: str = ""
    trainee_id: int | None = None
    why: str = ""
    before: object = None
    after: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The last line of the chain when it was last looked at."""

    seq: int
    mac: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What reading the whole chain found: ``wrong`` is the first line that does not fit."""

    lines: int
    wrong: int | None = None
    cut: bool = False

    @property
    def good(self) -> bool:
        """Whether nothing was found."""
        return self.wrong is None and not self.cut


def append(connection: Connection, log_key: bytearray, entry: Entry) -> int:
    """Write the line of an act in the act's own transaction; returns its number."""
    last = head(connection)
    seq = last.seq + 1
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    detail = _detail(connection, entry, seq)
    why = entry.why if entry.trainee_id is None else ""  # words about a person lie under the person's key
    fields = (seq, at, entry.coach_id, entry.act, entry.subject, entry.trainee_id, why, detail)
    speak(connection, _INSERT, (*fields, _mac(log_key, last.mac, fields)))
    return seq


def head(connection: Connection) -> Head:
    """The last line now."""
    row = speak(connection, "SELECT seq, mac FROM log ORDER BY seq DESC LIMIT 1").fetchone()
    return Head(seq=row[0], mac=row[1]) if row else Head(seq=0, mac=START)


def holds(connection: Connection, kept: Head | None) -> bool:
    """Whether the log still has the line that a head names; of what lies before it this says nothing."""
    if kept is None or not kept.seq:
        return True
    row = speak(connection, "SELECT mac FROM log WHERE seq = ?", (kept.seq,)).fetchone()
    return row is not None and hmac.compare_digest(row[0], kept.mac)


def verify(
    connection: Connection,
    log_key: bytearray,
    *kept: Head | None,
    cancelled: Callable[[], bool] | None = None,
) -> Verdict:
    """Read the whole chain against its MACs and against the heads that were kept outside."""
    mac, seq, key_of = START, 0, _keys_by_line(connection, log_key)
    heads: dict[int, set[bytes]] = {}
    for one in kept:
        if one is not None and one.seq:
            heads.setdefault(one.seq, set()).add(one.mac)
    for *fields, written in connection.exec_driver_sql(f"SELECT {_FIELDS} FROM log ORDER BY seq"):
        seq += 1
        if cancelled is not None and seq % 1000 == 0 and cancelled():
            return Verdict(lines=seq)
        mac = _mac(key_of(seq), mac, tuple(fields))
        if fields[0] != seq or not hmac.compare_digest(mac, written):
            return Verdict(lines=seq, wrong=seq)
        if heads.get(seq, {mac}) != {mac}:
            return Verdict(lines=seq, wrong=seq)
    return Verdict(lines=seq, cut=max(heads, default=0) > seq)


def retire_key(connection: Connection, log_key: bytearray) -> None:
    """Keep the key of the lines so far: the desk gets a new one, and old lines are still verified.

    Whoever knows it cannot change them unseen: the next line's MAC, under the new key, covers the last.
    """
    last = head(connection).seq
    if last:
        speak(connection, "INSERT INTO log_key (last_seq, key) VALUES (?, ?)", (last, bytes(log_key)))


def lines(connection: Connection, wanted: LogFilter, *, most: int) -> tuple[LogLine, ...]:
    """The newest lines that are wanted, newest first, at most so many.

    ``LogFilter`` bounds days in Helsinki; the index of trainees or the order of numbers is used.
    """
    where: list[str] = ["1"]
    values: list[Any] = []
    if wanted.trainee_id is not None:
        numbers = _numbers(connection, wanted.trainee_id)
        where.append(f"trainee_id IN ({', '.join('?' * len(numbers))})")
        values.extend(numbers)
    for clause, value in _clauses(wanted):
        where.append(clause)
        values.append(value)
    sql = f"SELECT {_SHOWN}, detail FROM log WHERE {' AND '.join(where)} ORDER BY seq DESC LIMIT ?"
    key_of = cache(partial(_trainee_key, connection))
    rows = connection.exec_driver_sql(sql, (*values, most)).all()
    return tuple(_line((*row[:6], row[6] or _why(row, key_of))) for row in rows)


def _why(row: Any, key_of: Callable[[int], bytes | None]) -> str:
    """The words that lie with the values of a line about a person; none once the key is destroyed."""
    seq, trainee_id, detail = row[0], row[5], row[7]
    key = key_of(trainee_id) if trainee_id is not None and detail is not None else None
    try:
        return str(_opened(key, seq, trainee_id, detail).get("why", "")) if key else ""
    except (InvalidTag, ValueError):
        return ""  # that the line is damaged is told by the check of the chain; the list stays readable


def last_at(connection: Connection) -> datetime | None:
    """The moment of the last line, in Helsinki."""
    row = connection.exec_driver_sql("SELECT at FROM log ORDER BY seq DESC LIMIT 1").fetchone()
    return datetime.fromisoformat(row[0]).astimezone(HELSINKI) if row else None


def acts_after(connection: Connection, seq: int) -> tuple[tuple[str, int | None], ...]:
    """The acts after a line, each with the trainee it touched, once however often it was done."""
    sql = "SELECT DISTINCT act, trainee_id FROM log WHERE seq > ?"
    return tuple((row[0], row[1]) for row in connection.exec_driver_sql(sql, (seq,)))


def first_day(connection: Connection, trainee_id: int) -> date | None:
    """The day, in Helsinki, of the first line of a trainee."""
    numbers = _numbers(connection, trainee_id)
    marks = ", ".join("?" * len(numbers))
    sql = f"SELECT at FROM log WHERE trainee_id IN ({marks}) ORDER BY seq LIMIT 1"
    row = connection.exec_driver_sql(sql, numbers).fetchone()
    return datetime.fromisoformat(row[0]).astimezone(HELSINKI).date() if row else None


def _numbers(connection: Connection, trainee_id: int) -> tuple[int, ...]:
    """The numbers that lines about a trainee have: the own, and those of records joined into it."""
    sql = "SELECT gone_id FROM joined WHERE trainee_id = ? AND parted IS NULL"
    return (trainee_id, *(row[0] for row in connection.exec_driver_sql(sql, (trainee_id,))))


def _clauses(wanted: LogFilter) -> Iterator[tuple[str, Any]]:
    if wanted.coach_id is not None:
        yield "coach_id = ?", wanted.coach_id
    if wanted.begins is not None:
        yield "at >= ?", _at_midnight(wanted.begins)
    if wanted.ends is not None:
        yield "at < ?", _at_midnight(wanted.ends + timedelta(days=1))
    if wanted.acts is not None:
        yield "act IN (SELECT value FROM json_each(?))", json.dumps(sorted(wanted.acts))


def _at_midnight(day: date) -> str:
    return datetime.combine(day, time(), HELSINKI).astimezone(UTC).isoformat(timespec="microseconds")


def _line(row: Any) -> LogLine:
    seq, at, coach_id, act, subject, trainee_id, why = row
    return LogLine(
        seq=seq,
        at=datetime.fromisoformat(at),
        coach_id=coach_id,
        act=act,
        subject=subject,
        trainee_id=trainee_id,
        why=why,
    )


def detail_of(connection: Connection, seq: int) -> dict[str, Any] | None:
    """What a line says was there before and after; None when the trainee's key is destroyed."""
    row = connection.exec_driver_sql("SELECT trainee_id, detail FROM log WHERE seq = ?", (seq,)).one()
    trainee_id, detail = row
    if detail is None:
        return {}
    if trainee_id is not None:
        key = _trainee_key(connection, trainee_id)
        if key is None:
            return None
        return _opened(key, seq, trainee_id, detail)
    found: dict[str, Any] = json.loads(detail)
    return found


def protected(connection: Connection, seq: int, *told: Mapping[str, Any]) -> bool:
    """Whether who a line is about is under a non-disclosure, now or by what the line itself tells."""
    if any(values.get("non_disclosure") for values in told):
        return True
    found = connection.exec_driver_sql(
        "SELECT t.non_disclosure FROM log l JOIN trainee t ON t.id = l.trainee_id WHERE l.seq = ?", (seq,)
    ).scalar()
    return bool(found)


def _opened(key: bytes, seq: int, trainee_id: int, detail: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        AESGCM(key).decrypt(detail[:NONCE], detail[NONCE:], _bound(seq, trainee_id))
    )
    return found


def destroy_key(connection: Connection, trainee_id: int) -> None:
    """Make everything that the log keeps of a trainee unreadable for good."""
    connection.exec_driver_sql("DELETE FROM trainee_key WHERE trainee_id = ?", (trainee_id,))


def write_head(folder: Path, found: Head) -> None:
    """Keep the head outside the store: at lock, backup and seal."""
    text = json.dumps({"seq": found.seq, "mac": found.mac.hex()})
    whole_file.write(folder / HEAD, text.encode() + b"\n", lasting=True)


def read_head(folder: Path) -> Head | None:
    """The head kept outside, or None when there is none to read."""
    try:
        kept = json.loads((folder / HEAD).read_text("utf-8"))
        return Head(seq=int(kept["seq"]), mac=bytes.fromhex(kept["mac"]))
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def _detail(connection: Connection, entry: Entry, seq: int) -> bytes | None:
    told = {"before": entry.before, "after": entry.after}
    said = {name: value for name, value in told.items() if value is not None}
    if entry.trainee_id is not None and entry.why:
        said["why"] = entry.why
    if not said:
        return None
    text = json.dumps(said, default=_plain, ensure_ascii=False, separators=(",", ":")).encode()
    if entry.trainee_id is None:
        return text
    key = _trainee_key(connection, entry.trainee_id) or _new_trainee_key(connection, entry.trainee_id)
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, text, _bound(seq, entry.trainee_id))


def _plain(value: object) -> object:
    match value:
        case date() | time():
            return value.isoformat()
        case bytes():
            return value.hex()
        case set() | frozenset():
            return sorted(value)
        case _:
            return str(value)


def _trainee_key(connection: Connection, trainee_id: int) -> bytes | None:
    row = speak(connection, "SELECT key FROM trainee_key WHERE trainee_id = ?", (trainee_id,)).fetchone()
    return row[0] if row else None


def _new_trainee_key(connection: Connection, trainee_id: int) -> bytes:
    key = secrets.token_bytes(32)
    speak(connection, "INSERT INTO trainee_key (trainee_id, key) VALUES (?, ?)", (trainee_id, key))
    return key


def _bound(seq: int, trainee_id: int) -> bytes:
    return f"log {seq} {trainee_id}".encode()


def _keys_by_line(connection: Connection, log_key: bytearray) -> Callable[[int], bytes | bytearray]:
    """Tells which key a line was chained under; a store of 0001 has had one only."""
    there = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'log_key'").first()
    asked = "SELECT last_seq, key FROM log_key ORDER BY last_seq"
    former = connection.exec_driver_sql(asked).all() if there else []

    def key_of(seq: int) -> bytes | bytearray:
        return next((key for last, key in former if seq <= last), log_key)

    return key_of


def _mac(log_key: bytes | bytearray, before: bytes, fields: tuple[Any, ...]) -> bytes:
    return hmac.digest(log_key, before + b"".join(_spelled(fields)), "sha256")


def _spelled(fields: tuple[Any, ...]) -> Iterator[bytes]:
    """Each field with its length before it, so that no two lines are spelled alike."""
    for field in fields:
        part = b"" if field is None else field if isinstance(field, bytes) else str(field).encode()
        yield b"%d%s:" % (len(part), b"n" if field is None else b"v")
        yield part
