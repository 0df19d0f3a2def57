import re
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from coachdesk.services.desk import Desk
from coachdesk.store import access_log, engine, migration, tables
from coachdesk.store.keys import MasterKey


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(migration.SCRIPTS))
    return ScriptDirectory.from_config(config)


def test_program_knows_each_revision_in_order() -> None:
    order = [step.revision for step in reversed(list(scripts().walk_revisions()))]
    assert tuple(order) == migration.REVISIONS


@pytest.mark.filterwarnings("ignore:.*expression-based index")  # the next test compares these
def test_empty_store_upgraded_to_head_equals_the_tables(desk: Desk) -> None:
    with desk.reading() as unit:
        context = MigrationContext.configure(unit.connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []


def test_store_says_the_same_as_the_tables_to_the_letter(desk: Desk, tmp_path: Path) -> None:
    """What comparing by reflection misses: checks, WITHOUT ROWID, partial indexes, ON DELETE."""
    key = MasterKey.new().subkey("store")
    path = tmp_path / "fresh.db"
    engine.connect(path, key, new=True).close()
    fresh = engine.make_engine(path, key)
    with fresh.execution_options(**{engine.WRITING: True}).begin() as connection:
        tables.metadata.create_all(connection)
        for trigger in access_log.TRIGGERS:
            connection.exec_driver_sql(trigger)
        wanted = schema(connection.exec_driver_sql)
    fresh.dispose()
    with desk.reading() as unit:
        found = schema(unit.connection.exec_driver_sql)
    assert found == wanted


def schema(execute: Callable[[str], object]) -> dict[str, list[str]]:
    rows = execute("SELECT name, sql FROM sqlite_master WHERE name <> 'alembic_version' AND sql IS NOT NULL")
    return {name: _in_one_order(" ".join(sql.split())) for name, sql in rows}  # type: ignore[attr-defined]


def _in_one_order(sql: str) -> list[str]:
    """A statement as a list: the order of constraints means nothing, nor that a column was added later."""
    head, bracket, rest = sql.partition("(")
    inside, _bracket, tail = rest.rpartition(")")
    parts = [part.strip() for part in re.split(r",(?![^(]*\))", inside)]
    constraints = sorted(part for part in parts if part.startswith("CONSTRAINT "))
    columns = [part for part in parts if not part.startswith("CONSTRAINT ")]
    return [head.strip(), bracket, *columns, *constraints, tail.strip()]


def test_up_to_date_desk_is_opened_without_a_copy(desk: Desk) -> None:
    assert not list(desk.folder.glob("desk.db.before-*"))


def test_upgrade_copies_the_store_first(
    desk_folder: Path, reopen: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    was = migration.HEAD
    monkeypatch.setattr(migration, "REVISIONS", (*migration.REVISIONS, "9999"))
    monkeypatch.setattr(migration, "HEAD", "9999")
    ran: list[Path] = []
    monkeypatch.setattr(migration, "upgrade", lambda path, _key: ran.append(path))
    desk = reopen(desk_folder)
    copy = desk_folder / f"desk.db.before-{was}"
    assert ran == [desk_folder / engine.NAME]
    raw = engine.connect(copy, desk.master.subkey("store"))
    assert raw.execute("SELECT name FROM coach").fetchone() == ("Aino Mallikas",)
    raw.close()


def test_failing_step_leaves_everything_as_it_was(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from alembic import command

    def fail(config: Config, _to: str) -> None:
        config.attributes["connection"].exec_driver_sql("DROP TABLE note")
        raise RuntimeError("power cut")

    monkeypatch.setattr(command, "upgrade", fail)
    key = desk.master.subkey("store")
    with pytest.raises(RuntimeError):
        migration.upgrade(desk.folder / engine.NAME, key)
    with desk.reading() as unit:
        assert unit.connection.exec_driver_sql("SELECT count(*) FROM note").scalar() == 0
