import threading
from pathlib import Path

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import OperationalError

from coachdesk.errors import DeskDamaged, Trouble
from coachdesk.services.desk import Desk
from coachdesk.store import engine, tables
from coachdesk.store.keys import MasterKey

WORD = "merkillinentunnussana"


def pragma(desk: Desk, name: str) -> object:
    with desk.writing() as unit:
        return unit.connection.exec_driver_sql(f"PRAGMA {name}").scalar()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("temp_store", 2),
        ("cipher_memory_security", "0"),
    ],
)
def test_connection_is_set_as_it_must_be(desk: Desk, name: str, value: object) -> None:
    assert pragma(desk, name) == value


def test_library_encrypts(desk: Desk) -> None:
    assert pragma(desk, "cipher_version")


def test_nothing_of_the_content_stands_on_disk(desk: Desk) -> None:
    with desk.writing() as unit:
        unit.connection.execute(insert(tables.meta).values(key="k", value=WORD))
        unit.log("desk.edit", after={"word": WORD})
        unit.commit()
    folder = desk.folder
    files = [path for path in folder.rglob("*") if path.is_file()]
    found = [path.name for path in files if WORD.encode() in path.read_bytes()]
    assert (folder / "desk.db-wal") in files and found == []


def test_reading_unit_cannot_write(desk: Desk) -> None:
    with pytest.raises(OperationalError, match="readonly"), desk.reading() as unit:
        unit.connection.execute(insert(tables.meta).values(key="k", value="v"))


def test_connection_that_only_read_can_write_again(desk: Desk) -> None:
    for _ in range(3):
        with desk.reading() as unit:
            unit.connection.execute(select(tables.meta)).all()
        with desk.writing() as unit:
            unit.connection.execute(insert(tables.meta).values(key=f"k{unit.at}{_}", value="v"))
            unit.commit()


def test_left_unit_changes_nothing(desk: Desk) -> None:
    with desk.writing() as unit:
        unit.connection.execute(insert(tables.meta).values(key="k", value="v"))
    with desk.reading() as unit:
        assert unit.connection.execute(select(tables.meta).where(tables.meta.c.key == "k")).first() is None


def test_units_that_read_first_and_write_later_never_meet(desk: Desk) -> None:
    """BEGIN IMMEDIATE: with a deferred BEGIN most of these would be refused at once."""
    problems: list[BaseException] = []

    def count_up() -> None:
        try:
            for _ in range(25):
                with desk.writing() as unit:
                    statement = select(tables.meta.c.value).where(tables.meta.c.key == "count")
                    count = int(unit.connection.execute(statement).scalar_one())
                    unit.connection.execute(
                        tables.meta.update().where(tables.meta.c.key == "count").values(value=str(count + 1))
                    )
                    unit.commit()
        except BaseException as error:
            problems.append(error)

    with desk.writing() as unit:
        unit.connection.execute(insert(tables.meta).values(key="count", value="0"))
        unit.commit()
    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    with desk.reading() as unit:
        statement = select(tables.meta.c.value).where(tables.meta.c.key == "count")
        assert unit.connection.execute(statement).scalar() == "100"


def test_reader_sees_the_store_as_it_was_when_it_began(desk: Desk) -> None:
    with desk.reading() as reader:
        before = reader.connection.execute(select(tables.meta)).all()
        with desk.writing() as unit:
            unit.connection.execute(insert(tables.meta).values(key="k", value="v"))
            unit.commit()
        assert reader.connection.execute(select(tables.meta)).all() == before


def test_other_key_does_not_open(desk: Desk) -> None:
    with pytest.raises(DeskDamaged, match="does not open with this key"):
        engine.connect(desk.folder / engine.NAME, MasterKey.new().subkey("store"))


def test_missing_file_is_never_made_by_opening(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with pytest.raises(Exception, match="cannot be written"):
        engine.connect(path, MasterKey.new().subkey("store"))
    assert not path.exists()


def test_key_stands_in_no_statement(desk: Desk) -> None:
    spoken: list[str] = []
    raw = desk.driver()
    raw.set_trace_callback(spoken.append)
    raw.execute("SELECT 1")
    raw.close()
    assert spoken and not any("x'" in text or "key" in text.lower() for text in spoken)
    assert "key" not in str(desk.connections.engine.url)


def test_a_store_that_cannot_be_written_names_the_desks_folder(desk: Desk) -> None:
    with desk.writing() as unit:
        engine.speak(unit.connection, "PRAGMA query_only = 1")
        with pytest.raises(Trouble) as refused:
            engine.speak(unit.connection, "DELETE FROM log")
        engine.speak(unit.connection, "PRAGMA query_only = 0")

    assert refused.value.values["folder"] == str(desk.folder.resolve())
