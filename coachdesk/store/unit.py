"""Unit of work: one transaction with its log lines; leaving it without ``commit`` changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from datetime import date, datetime
from types import TracebackType
from typing import Any, Protocol

from sqlalchemy import Connection

from coachdesk.clock import HELSINKI
from coachdesk.store import engine
from coachdesk.store.changes import Changes


class Append(Protocol):
    """Writes one line of the chained log in the unit's own transaction (``access_log.append``)."""

    def __call__(self, unit: Unit, act: str, **line: Any) -> None:
        """Append a line."""
        ...


class Leave(Protocol):
    """Gives a connection back (``Connections.leave``)."""

    def __call__(self, connection: Connection, *, well: bool) -> None:
        """Give it back; not ``well`` where its unit failed."""
        ...


def _close(connection: Connection, *, well: bool) -> None:
    connection.close()


class Unit:
    """One transaction of the desk.

    ``at`` is the moment and ``on`` the day at which it was opened; ``coach_id`` is who acts.
    """

    def __init__(
        self,
        connect: Callable[[], Connection],
        *,
        at: datetime,
        coach_id: int | None,
        append: Append | None = None,
        leave: Leave = _close,
        changes: Changes | None = None,
    ) -> None:
        self._connect = connect
        self._append = append
        self._leave = leave
        self._changes = changes
        self.at = at
        self.coach_id = coach_id

    @property
    def on(self) -> date:
        """The day in Helsinki."""
        return self.at.astimezone(HELSINKI).date()

    def __enter__(self) -> Unit:
        self.connection = self._connect()
        try:
            engine.begin(self.connection, writing=self._append is not None)
        except BaseException:
            self._leave(self.connection, well=False)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        well = False
        try:
            if self.connection.get_transaction() is not None:
                self.connection.rollback()
            if engine.driver(self.connection).in_transaction:  # begun at the driver, or its commit failed
                engine.speak(self.connection, "ROLLBACK")
            well = error is None
        finally:
            self._leave(self.connection, well=well)

    def log(
        self,
        act: str,
        *,
        trainee_id: int | None = None,
        subject: str = "",
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        why: str = "",
    ) -> None:
        """Write who did what to whom and why; values before and after are kept encrypted.

        ``act`` is "word.verb" (trainee.open, day.record, plan.print); ``subject`` names the thing
        ("note:12").
        """
        if self._append is None:
            raise RuntimeError("a reading unit writes no log line")
        self._append(self, act, trainee_id=trainee_id, subject=subject, before=before, after=after, why=why)

    def commit(self) -> None:
        """Make it last: when this returns, it is on the disk."""
        with self._changes.within() if self._changes is not None else nullcontext():
            self._commit()

    def _commit(self) -> None:
        if self.connection.get_transaction() is not None:  # SQLAlchemy thinks that it began
            self.connection.commit()
        else:
            engine.speak(self.connection, "COMMIT")
