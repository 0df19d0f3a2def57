"""What has arrived from another desk, opened; and its papers, fetched into the desk's own folder.

Papers are written and synced, each under a key of its own, before there is a row: what is not taken over is
destroyed, and what a kill leaves is swept when the desk is opened.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from coachdesk.domain import attachment as papers
from coachdesk.domain.trainee import Trainee
from coachdesk.errors import Problem, Unreadable
from coachdesk.exchange import handover_file
from coachdesk.exchange.handover_file import Cancelled, Progress
from coachdesk.i18n import N_
from coachdesk.store import attachments
from coachdesk.store.attachments import Sealed

_CHANGED = N_("The file is damaged or has been changed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An opened handover whose rows are known to fit."""

    file: handover_file.Handover
    person: Trainee
    rows: dict[str, list[dict[str, Any]]]
    made: datetime


@dataclass(slots=True, kw_only=True)
class Papers:
    """The papers of one handover as files of this desk, by their part; no row names them yet."""

    folder: Path
    sealed: dict[int, Sealed] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)

    def use(self, row: Mapping[str, Any]) -> Sealed:
        """The file that a row will name."""
        self.used.add(row["part"])
        return self.sealed[row["part"]]

    def destroy(self) -> None:
        """None of them is taken over."""
        self.used.clear()
        self.destroy_unused()

    def destroy_unused(self) -> None:
        """Take away those that no row names."""
        for part in [part for part in self.sealed if part not in self.used]:
            attachments.destroy(self.folder, self.sealed.pop(part).file)


def fetch(
    folder: Path, found: Opened, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Papers:
    """Fetch the papers from a stick that may be slow, on any thread; nothing of the store is touched.

    Args:
        folder: the desk's own.
        found: what has arrived.
        progress: is told how many bytes are fetched, of how many.
        cancelled: says when to stop.

    Raises:
        Unreadable: the file is gone, or a paper in it is not what it says.
        DiskFull, Trouble: a paper could not be kept.
        Refused: stopped.  Nothing is kept in any of these cases.
    """
    fetched, rows, done = Papers(folder=folder), found.rows.get("attachment", ()), 0
    whole = sum(int(row["size"]) for row in rows)
    try:
        for row in rows:
            handover_file.stop_where(cancelled)
            fetched.sealed[row["part"]] = attachments.write(folder, _paper(found, row))
            done += int(row["size"])
            if progress is not None:
                progress(done, whole)
        handover_file.stop_where(cancelled)
    except BaseException:
        fetched.destroy()
        raise
    return fetched


def _paper(found: Opened, row: Mapping[str, Any]) -> bytes:
    content = found.file.part(row["part"])
    if sha256(content).hexdigest() != row["digest"]:
        raise Unreadable(_CHANGED)
    try:
        kind = papers.judge(row["title"], content).kind
    except Problem:
        kind = ""
    if kind != row["kind"]:
        raise Unreadable(
            N_("The paper “{title}” in the file is not what it says. Nothing was kept."), title=row["title"]
        )
    return content
