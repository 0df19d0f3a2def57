"""Health is asked often by machines and locks nothing; pages and health have rates of their own."""

import sqlite3
from collections import namedtuple

import pytest
from sqlalchemy import event
from sqlalchemy import exc as db_errors

from coachdesk.errors import Trouble
from coachdesk.region.server.app import application
from coachdesk.region.server.health import Health
from coachdesk.region.server.limits import Limits
from tests.region.asgi import TestClient

from ..conftest import put

Disk = namedtuple("Disk", "total used free")


def health(region, lately=None) -> Health:
    return Health(region, lambda: lately)


def test_health_locks_nothing(region):
    said = []
    event.listen(region.engine, "before_cursor_execute", lambda *a: said.append(a[2].split()[0].upper()))
    assert health(region).is_well()
    assert set(said) <= {"SELECT", "BEGIN"}


@pytest.mark.sqlite
def test_health_waits_for_nobody_who_writes(region):
    other = sqlite3.connect(region.folder / "region.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert health(region).is_well()
    other.close()


def test_the_store_hears_of_one_question_in_two_seconds(region):
    now, said = [0.0], []
    event.listen(region.engine, "before_cursor_execute", lambda *a: said.append(a[2]))
    asked = Health(region, lambda: None, clock=lambda: now[0])
    assert [asked.is_well() for _ in range(5)] == [True] * 5
    once = len(said)
    now[0] = 2.0
    assert asked.is_well()
    assert len(said) == 2 * once


@pytest.mark.parametrize("lately", [True, False])
def test_what_was_written_last_tells_more_than_a_question(region, lately):
    assert health(region, lately).is_well() is lately


def test_a_store_that_is_for_reading_only_is_not_well(region, database):
    if not database:
        return  # the next test
    with region.engine.connect() as connection:
        connection.exec_driver_sql("ALTER DATABASE current SET default_transaction_read_only = on".replace(
            "current", f'"{connection.exec_driver_sql("SELECT current_database()").scalar()}"'))  # fmt: skip
        connection.commit()
    region.engine.dispose()
    assert not health(region).is_well()
    with region.engine.connect() as connection:
        connection.exec_driver_sql("SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE")
        connection.commit()
        connection.exec_driver_sql("ALTER DATABASE current RESET default_transaction_read_only".replace(
            "current", f'"{connection.exec_driver_sql("SELECT current_database()").scalar()}"'))  # fmt: skip
        connection.commit()
    region.engine.dispose()
    assert health(region).is_well()


@pytest.mark.sqlite
def test_a_disk_without_room_is_not_well_before_it_is_full(region, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _path: Disk(1 << 40, 1 << 40, 1 << 20))
    assert not health(region).is_well()


@pytest.mark.sqlite
def test_health_has_a_rate_of_its_own(region, clock, a_desk):
    limits = Limits(health_a_minute=2, address_a_minute=600)
    with TestClient(application(region, clock, limits=limits, staff=False)) as client:
        found = [client.get("/healthz") for _ in range(3)]
        assert [one.status_code for one in found] == [200, 200, 429]
        assert int(found[2].headers["retry-after"]) >= 1
        assert client.get("/v1/status?nonce=" + "a" * 32).status_code == 200


@pytest.mark.sqlite
def test_pages_have_a_rate_of_their_own_and_are_counted(region, clock):
    limits = Limits(pages_a_minute=2)
    with TestClient(application(region, clock, limits=limits), client=("127.0.0.1", 5)) as client:
        asked = [client.get(path) for path in ("/sign-in", "/nowhere", "/sign-in")]
        assert [one.status_code for one in asked] == [200, 404, 429]
        assert "odota hetki" in asked[2].text.lower() and int(asked[2].headers["retry-after"]) >= 1
        assert client.get("/v1/status?nonce=" + "a" * 32).status_code == 200
        text = client.get("/metrics").text
    assert 'coachdesk_requests_total{route="pages",status="429",reason=""} 1' in text
    assert "sign-in" not in text


def test_a_store_whose_connections_are_all_in_use_is_told_to_come_again(region, clock, a_desk, monkeypatch):
    letter = a_desk().seal([put()], seq=1)
    with TestClient(application(region, clock, staff=True)) as client:
        from .conftest import Line

        line = Line(client, region, clock)

        def none_left(*_args, **_more):
            raise db_errors.TimeoutError("QueuePool limit of size 5 overflow 5 reached")

        with monkeypatch.context() as away:
            away.setattr(region.engine.pool, "connect", none_left)
            with pytest.raises(Trouble), region.writing():
                pass
            found = line.put(letter.content)
            assert line.reason(found) == "store_away" and found.headers["retry-after"] == "30"
            page = client.get("/clients", headers={"cookie": "__Host-coachdesk-staff=x"})
            assert (page.status_code, page.headers["retry-after"]) == (503, "30")
            assert client.get("/healthz").status_code == 503
        assert line.put(letter.content).status_code == 201
