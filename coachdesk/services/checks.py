"""Checking a whole desk: every page, every row that points to another, the log, key files, attachments."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from coachdesk.errors import Problem, Trouble
from coachdesk.i18n import N_
from coachdesk.services import attachments, backups
from coachdesk.services.desk import Desk
from coachdesk.store import access_log, keyfile, troubles


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One part of the check: ``done`` of ``parts`` are ready, ``found`` says what is wrong."""

    part: str
    done: int
    parts: int
    found: tuple[Problem, ...] = ()

    @property
    def good(self) -> bool:
        """Whether nothing is wrong in this part."""
        return not self.found


def check_desk(desk: Desk) -> Iterator[Step]:
    """Check part by part; each is yielded when it is ready, so that progress can be shown."""
    checks: tuple[tuple[str, Callable[[Desk], tuple[Problem, ...]]], ...] = (
        (N_("Pages of the store"), _pages),
        (N_("Structure of the store"), _structure),
        (N_("References between records"), _references),
        (N_("Log of acts"), look_through_log),
        (N_("Key file and its copy"), _key_files),
        (N_("Attached files"), attachments.verify),
    )
    for done, (part, check) in enumerate(checks, start=1):
        yield Step(part=part, done=done, parts=len(checks), found=_looked(check, desk))


def _looked(check: Callable[[Desk], tuple[Problem, ...]], desk: Desk) -> tuple[Problem, ...]:
    """What a part finds; that it cannot be read at all is found too."""
    try:
        return check(desk)
    except Trouble as error:
        return (error,)


def _pages(desk: Desk) -> tuple[Problem, ...]:
    with _driver(desk) as raw:
        # the check reads the main file only: what still lies in the -wal must be brought there first
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        said = _rows(raw, "PRAGMA cipher_integrity_check")
        # a half page after the last one is what a failed write leaves; it harms nothing
        bad = sorted({page for page in map(_page, said) if page <= pages})
    if not bad:
        return ()
    shown = ", ".join(str(page) for page in bad[:10])
    return (Trouble(N_("Damaged pages of the store: {pages}."), pages=shown),)


def _structure(desk: Desk) -> tuple[Problem, ...]:
    with _driver(desk) as raw:
        said = [text for text in _rows(raw, "PRAGMA quick_check") if text != "ok"]
    return (Trouble(N_("The structure of the store is damaged: {reason}."), reason=said[0]),) if said else ()


def _references(desk: Desk) -> tuple[Problem, ...]:
    with _driver(desk) as raw:
        torn = [str(row[0]) for row in raw.execute("PRAGMA foreign_key_check").fetchall()]
    if not torn:
        return ()
    tables = ", ".join(sorted(set(torn)))
    return (Trouble(N_("Records that point to nothing, in: {tables}."), tables=tables),)


@contextmanager
def _driver(desk: Desk) -> Iterator[Any]:
    """A connection of the driver; what it says of a store that cannot be read is raised in our words."""
    raw = desk.driver()
    try:
        with troubles.store_troubles():
            yield raw
    finally:
        raw.close()


def look_through_log(desk: Desk, cancelled: Callable[[], bool] | None = None) -> tuple[Problem, ...]:
    """The whole chain of the log against every head that is kept outside; what is wrong with it."""
    try:
        kept = (access_log.read_head(desk.folder), *backups.kept_heads(desk, far=cancelled is None))
        with desk.reading() as unit:
            verdict = access_log.verify(unit.connection, desk.log_key, *kept, cancelled=cancelled)
    except Trouble as error:
        return (error,)
    if not desk.open:
        return ()  # locked meanwhile: its key was wiped under the look, so nothing is known
    desk.gap_told |= not verdict.good
    if verdict.wrong is not None:
        return (Trouble(N_("Line {line} of the log was changed or taken away."), line=verdict.wrong),)
    if verdict.cut:
        return (Trouble(N_("The last lines of the log are missing.")),)
    return ()


def _key_files(desk: Desk) -> tuple[Problem, ...]:
    try:
        states = keyfile.states(desk.folder, desk.master)
    except Problem as error:
        return (error,)
    bad = [name for name, state in states.items() if state != "good"]
    return tuple(Trouble(N_("The key file {name} is missing, old or damaged."), name=name) for name in bad)


def _rows(raw: Any, sql: str) -> list[str]:
    return [str(row[0]) for row in raw.execute(sql).fetchall()]


def _page(said: str) -> int:
    found = re.search(r"page (\d+)", said)
    return int(found[1]) if found else 0
