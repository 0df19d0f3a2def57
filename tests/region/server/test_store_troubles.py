"""The store is away or full in the middle: 503 and when to come again, nothing half applied, nothing lost."""

import sqlite3
from datetime import timedelta

import pytest
from sqlalchemy import event, text

from coachdesk.exchange import enrolment
from coachdesk.region import devices, folder
from coachdesk.region.folder import open_region
from tests.postgresql import running

from ..asgi import TestClient
from ..conftest import Desk, put, withdraw
from .conftest import Line


def counted(region) -> dict[str, int]:
    with region.engine.connect() as connection:
        names = ("bundle", "summary", "ledger", "consent")
        return {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar() for name in names}


def refused(line, sealed, reason) -> None:
    answer = line.put(sealed.content)
    assert line.reason(answer, about=sealed.sha256) == reason
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0


MIDDLE = ("INSERT INTO summary", "INSERT INTO bundle", "UPDATE device SET")


@pytest.mark.parametrize("at", MIDDLE)
def test_a_store_that_breaks_at_any_step_keeps_nothing_of_the_bundle(region, line, a_desk, at):
    desk = a_desk()
    line.put(desk.seal([put("c")], seq=1).content)
    before = counted(region)
    letter = desk.seal([put("a"), put("b"), withdraw("c")], seq=2)

    def breaks(connection, _cursor, statement, *_more):
        if statement.startswith(at):
            connection.connection.driver_connection.close()

    event.listen(region.engine, "before_cursor_execute", breaks)
    refused(line, letter, "store_away")
    event.remove(region.engine, "before_cursor_execute", breaks)

    assert counted(region) == before
    assert line.put(letter.content).status_code == 201
    assert counted(region)["ledger"] == 1


@pytest.mark.sqlite
def test_a_full_disk_keeps_nothing_of_the_bundle_and_takes_it_later(region, line, a_desk):
    """SQLite itself says that the disk is full, by a limit on its pages."""
    desk = a_desk()
    line.put(desk.seal([put("c")], seq=1).content)
    before = counted(region)
    letter = desk.seal(
        [put(ref, goal="ö" * 500, next_step=None, next_step_due=None) for ref in "abcdef0123456789"], seq=2
    )
    pages = []

    def full(connection, *_more):
        pages.append(connection.execute("PRAGMA page_count").fetchone()[0])
        connection.execute(f"PRAGMA max_page_count = {pages[0]}")

    event.listen(region.engine, "checkout", full)
    refused(line, letter, "store_full")
    event.remove(region.engine, "checkout", full)
    region.engine.dispose()

    assert counted(region) == before
    assert line.put(letter.content).status_code == 201


FULL_DISK = (
    "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
    "$$BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END$$",
    "CREATE TRIGGER full_disk BEFORE INSERT ON bundle FOR EACH ROW EXECUTE FUNCTION full_disk()",
)


def test_a_full_disk_of_postgresql_is_told_as_such(region, line, a_desk, database):
    if not database:
        return  # the test above
    desk = a_desk()
    letter = desk.seal([put()], seq=1)
    with region.engine.begin() as connection:
        for statement in FULL_DISK:
            connection.execute(text(statement))
    refused(line, letter, "store_full")
    with region.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER full_disk ON bundle"))
        connection.execute(text("DROP FUNCTION full_disk()"))

    assert line.put(letter.content).status_code == 201


@pytest.mark.sqlite
def test_a_store_that_another_program_holds_is_waited_for_and_then_told(region, clock, tmp_path):
    own = open_region(region.folder, busy_seconds=1)
    desk = Desk(own)
    file = tmp_path / "desk.jwk"
    file.write_bytes(enrolment.device_text(desk.key))
    folder.enrol(own, file, clock.now())
    letter = desk.seal([put()], seq=1)
    from coachdesk.region.server.app import application

    with TestClient(application(own, clock, staff=False)) as client:
        line = Line(client, own, clock)
        other = sqlite3.connect(region.folder / "region.db", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        refused(line, letter, "store_away")
        assert client.get("/healthz").status_code == 503
        other.execute("ROLLBACK")
        other.close()
        assert line.put(letter.content).status_code == 201
        assert client.get("/healthz").status_code == 200
    own.engine.dispose()


@pytest.mark.sqlite
def test_a_server_that_goes_away_and_comes_back_is_found_again(clock, tmp_path):
    """PostgreSQL is really stopped under the receiver, and started again."""
    folder.init(tmp_path / "r", region_id="alue", name_fi="A", name_sv="B", body=enrolment.DEFAULT_BODY)
    from coachdesk.region.server.app import application

    with running() as server:
        region = open_region(tmp_path / "r", server.url(server.fresh()), busy_seconds=2)
        desk = Desk(region)
        with region.writing() as connection:
            devices.add(connection, devices.Newcomer(desk.key), clock.now())
        with TestClient(application(region, clock, staff=False)) as client:
            line = Line(client, region, clock)
            assert line.put(desk.seal([put("a")], seq=1).content).status_code == 201
            letter = desk.seal([put("b")], seq=2)
            with region.writing() as connection:  # the tests' server keeps what was just committed in memory
                connection.execute(text("CHECKPOINT"))
            server.stop("immediate")
            refused(line, letter, "store_away")
            clock.at += timedelta(days=1)
            assert client.get("/healthz").status_code == 503
            server.start()
            assert line.put(letter.content).status_code == 201
            assert client.get("/healthz").status_code == 200
        region.engine.dispose()


def test_too_much_work_is_told_to_come_again(line, a_desk):
    letter = a_desk().seal([put()], seq=1)
    writer = line.client.app.state.doors.writer
    writer.waiting = 64
    refused(line, letter, "stopping")
    writer.waiting = 0

    assert line.put(letter.content).status_code == 201
