"""The region's store is brought up to date in both stores, from what 0.1 left and from nothing."""

import json
import sqlite3

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from coachdesk.errors import Trouble
from coachdesk.exchange import keys
from coachdesk.region import engine as stores
from coachdesk.region import folder, listing, migration
from coachdesk.region.tables import metadata

from .conftest import Desk, put

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def empty(tmp_path, request):
    """A store without anything, and the URL that the program takes for it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'region.db'}"
        return
    server = request.getfixturevalue("postgresql")
    name = server.fresh()
    yield server.url(name)
    server.drop(name)


BOTH = pytest.mark.parametrize("empty", ["sqlite", "postgresql"], indirect=True)


def plain(url):
    return create_engine(url.replace("postgresql:", "postgresql+psycopg:"))


def differences(engine) -> list:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, metadata)
    return [one for one in found if not (one[0] == "remove_table" and one[1].name == "alembic_version")]


@BOTH
def test_every_step_from_nothing_makes_the_same_tables_as_the_program(empty):
    engine = plain(empty)
    with engine.begin() as connection:
        migration.upgrade(connection, "")
    try:
        assert differences(engine) == []
    finally:
        engine.dispose()


@BOTH
def test_a_new_store_is_at_the_newest_step_at_once(empty, tmp_path):
    engine = stores.open_store(empty, tmp_path / "region.db")
    with engine.connect() as connection:
        assert migration.revision(connection) == migration.HEAD
    assert differences(engine) == []
    engine.dispose()


@BOTH
def test_what_0_1_left_is_kept_and_goes_on(empty, tmp_path, clock):
    folder.init(
        tmp_path / "r", region_id="alue", name_fi="A", name_sv="B", body="wellbeing_area_ostrobothnia"
    )
    (tmp_path / "r" / "region.db").unlink()
    engine = plain(empty)
    with engine.begin() as connection:
        migration.upgrade(connection, "", to="0001")
        connection.execute(text("DROP TABLE alembic_version"))
    desk = _desk(tmp_path)
    with engine.begin() as connection:
        _rows(connection, desk.id)
    engine.dispose()
    region = folder.open_region(tmp_path / "r", empty)
    desk.region = region

    assert set(region.devices) == {desk.id}
    found = listing.listed(region, clock.today())
    assert [(one["ref"][0], one["version"]) for one in found["summaries"]] == [("a", 1)]
    assert [one["consent"][0] for one in found["withdrawn"]] == ["b"]
    from coachdesk.region import receive

    letter = desk.seal([put("a", version=2), put("b", version=9)], seq=2, prev="f" * 64)
    taken = receive.receive(region, letter.content, clock.now())
    assert [one.reason for one in taken.named.rejected] == ["consent_withdrawn"]
    region.engine.dispose()


def _desk(tmp_path):
    desk = Desk.__new__(Desk)
    desk.key, desk.hashes = keys.new_key(keys.SIGN), {}
    desk.id = desk.key["kid"]
    (tmp_path / "r" / "devices" / f"{desk.id}.jwk").write_text(json.dumps(keys.public(desk.key)))
    return desk


def _rows(connection, device) -> None:
    run = connection.execute
    run(text("INSERT INTO device VALUES (:d, '2026-11-01', 1, 3)"), {"d": device})
    run(text("INSERT INTO bundle VALUES (:d, 1, 1, :h, '', 1, '2026-11-01', 'stored', '[]', 0)"),
        {"d": device, "h": "f" * 64})  # fmt: skip
    run(text("INSERT INTO summary VALUES (:d, :r, 1, 1, 1, :r, '2027-06-30', 'held', :f)"),
        {"d": device, "r": "a" * 32, "f": json.dumps({"phases": []})})  # fmt: skip
    run(text("INSERT INTO ledger VALUES (:c, :d, :c, 2, 1, '2026-11-02')"), {"d": device, "c": "b" * 32})


@BOTH
def test_a_store_of_a_newer_program_is_left_alone(empty, tmp_path):
    engine = stores.open_store(empty, tmp_path / "region.db")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()

    with pytest.raises(Trouble, match="newer"):
        stores.open_store(empty, tmp_path / "region.db")


def test_a_step_that_breaks_leaves_the_store_as_it_was(tmp_path):
    url = f"sqlite:///{tmp_path / 'region.db'}"
    engine = stores._made(url, tmp_path / "region.db", 5)
    with engine.begin() as connection:
        migration.upgrade(connection, "", to="0001")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE letter (in_the_way TEXT)"))
    with pytest.raises(DBAPIError):
        migration.bring_up_to_date(engine)
    engine.dispose()

    names = {
        name for (name,) in sqlite3.connect(tmp_path / "region.db").execute("SELECT name FROM sqlite_master")
    }
    assert "ledger_before" not in names and "told" not in names and "ledger" in names


@BOTH
def test_the_last_day_of_a_consent_is_taken_from_what_is_held_under_it(empty, tmp_path):
    engine = plain(empty)
    with engine.begin() as connection:
        migration.upgrade(connection, "", to="0002")
        run = connection.execute
        for ref, consent, last in (("a", "c", "2027-06-30"), ("b", "c", "2027-03-31"), ("d", "e", "")):
            row = {"ref": ref * 32, "consent": consent * 32, "last": last}
            run(text("INSERT INTO summary VALUES ('k', :ref, 1, 1, 1, :consent, :last, 'held', '{}')"), row)
        for consent in "ce":
            run(text("INSERT INTO consent VALUES ('k', :id, '[]')"), {"id": consent * 32})
        migration.upgrade(connection, "0002")
        kept = run(text("SELECT id, valid_to FROM consent ORDER BY id")).all()
    engine.dispose()
    assert [(one[0], last) for one, last in kept] == [("c", "2027-03-31"), ("e", "")]


@BOTH
def test_numbers_that_came_or_are_empty_become_stretches(empty):
    engine = plain(empty)
    with engine.begin() as connection:
        migration.upgrade(connection, "", to="0003")
        run = connection.execute
        rows = [(1, "stored"), (2, "void"), (3, "stored"), (6, "void"), (7, "fork")]
        for epoch, (seq, result) in [(1, row) for row in rows] + [(2, (1, "stored"))]:
            row = {"epoch": epoch, "seq": seq, "result": result}
            run(text("INSERT INTO bundle VALUES ('k', :epoch, :seq, '', '', 1, '', :result, '[]', 0)"), row)
        migration.upgrade(connection, "0003")
        kept = run(text("SELECT * FROM numbers ORDER BY epoch, first")).all()
        left = run(text("SELECT seq FROM bundle WHERE epoch = 1 ORDER BY seq")).scalars().all()
    engine.dispose()
    assert [tuple(one) for one in kept] == [("k", 1, 1, 3), ("k", 1, 6, 7), ("k", 2, 1, 1)]
    assert left == [1, 3, 7]
