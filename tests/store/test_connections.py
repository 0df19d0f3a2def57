"""The connections of a desk: none outlives it with its key, none is given while the keys change."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from coachdesk.services.desk import Desk
from coachdesk.store import engine
from coachdesk.store.connections import Connections
from coachdesk.store.unit import Unit

KEY = bytearray(range(32))


@pytest.fixture
def connections(tmp_path: Path) -> Iterator[Connections]:
    engine.connect(tmp_path / engine.NAME, KEY, new=True).close()
    found = Connections(tmp_path / engine.NAME, KEY)
    yield found
    found.close()


def reading(connections: Connections) -> Unit:
    return Unit(connections.take, leave=connections.leave, at=datetime.now(UTC), coach_id=1)


@pytest.mark.parametrize("fails", [False, True])
def test_connection_that_is_used_while_the_desk_is_closed_is_closed_when_it_is_left(
    connections: Connections, fails: bool
) -> None:
    with suppress(ValueError), reading(connections) as unit:
        raw = engine.driver(unit.connection)
        connections.close()
        if fails:
            raise ValueError
    with pytest.raises(dbapi2.ProgrammingError):
        raw.execute("SELECT 1")


def test_connection_that_comes_to_rest_while_the_desk_is_closed_does_not_stay_open(
    connections: Connections,
) -> None:
    class Closing(list):  # type: ignore[type-arg]
        def append(self, one: object) -> None:
            connections.close()  # by another thread, just before it rests
            super().append(one)

    connections._resting = Closing()
    with reading(connections) as unit:
        raw = engine.driver(unit.connection)
    with pytest.raises(dbapi2.ProgrammingError):
        raw.execute("SELECT 1")


@pytest.mark.parametrize("word", ["take", "driver"])
def test_connection_asked_for_just_before_the_keys_change_waits_until_they_have(
    connections: Connections, word: str
) -> None:
    waited, changing, given = threading.Event(), threading.Event(), threading.Event()
    wait = connections._wait

    def slow() -> None:
        wait()
        if not waited.is_set():
            waited.set()
            assert changing.wait(5)

    connections._wait = slow  # type: ignore[method-assign]

    def ask() -> None:
        getattr(connections, word)().close()
        given.set()

    asking = threading.Thread(target=ask)
    asking.start()
    assert waited.wait(5)
    with connections.still():
        changing.set()
        assert not given.wait(0.2)
    asking.join(5)
    assert given.is_set()


def test_commit_that_fails_leaves_no_transaction_behind(desk: Desk) -> None:
    with desk.writing() as unit:
        raw = engine.driver(unit.connection)
        unit.connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        unit.connection.exec_driver_sql("INSERT INTO next_step (trainee_id, text) VALUES (4711, 'x')")
        with pytest.raises(Exception, match="FOREIGN KEY"):
            unit.commit()
    assert not raw.in_transaction
    with desk.writing() as unit:
        unit.log("desk.open")
        unit.commit()
