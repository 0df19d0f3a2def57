"""The traps of upgrading an SQLite store, each sprung on purpose: nothing falls in."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from coachdesk.domain.trainee import Trainee
from coachdesk.errors import DeskDamaged, DiskFull, NewerDesk
from coachdesk.services.desk import Desk
from coachdesk.store import engine, migration
from tests.store.test_full_disk import small_disk  # noqa: F401 - a fixture
from tests.store.test_kept_desks import DESKS, KEPT

Trainees = Callable[..., Trainee]
BENEFIT = (
    "INSERT INTO benefit (trainee_id, benefit, payer, payer_name, begins) "
    "VALUES ({}, 'none', '', '', '2026-01-01')"
)


def upgraded_by(desk: Desk, monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    """Run an upgrade whose only step is these statements, on the closed connections of the desk."""

    def step(config: Config, _to: str) -> None:
        for statement in statements:
            config.attributes["connection"].exec_driver_sql(statement)

    monkeypatch.setattr(command, "upgrade", step)
    desk.connections.engine.dispose()
    migration.upgrade(desk.folder / engine.NAME, desk.master.subkey("store"))


def scalar(desk: Desk, sql: str) -> object:
    with desk.reading() as unit:
        return unit.connection.exec_driver_sql(sql).scalar()


def test_parent_table_that_is_dropped_and_made_anew_keeps_its_children(
    desk: Desk, a_trainee: Trainees, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With foreign keys on, the DROP would silently delete every row that points to it."""
    who = a_trainee()
    with desk.writing() as unit:
        unit.connection.exec_driver_sql(BENEFIT.format(who.id))
        unit.commit()
    made = str(scalar(desk, "SELECT sql FROM sqlite_master WHERE name = 'trainee'"))
    upgraded_by(
        desk,
        monkeypatch,
        made.replace("CREATE TABLE trainee", "CREATE TABLE trainee_new", 1),
        "INSERT INTO trainee_new SELECT * FROM trainee",
        "DROP TABLE trainee",
        "ALTER TABLE trainee_new RENAME TO trainee",
    )
    assert scalar(desk, "SELECT count(*) FROM benefit") == 1
    assert scalar(desk, "PRAGMA foreign_keys") == 1  # on again for everybody else


def test_step_that_leaves_rows_pointing_to_nothing_is_taken_back(
    desk: Desk, a_trainee: Trainees, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = a_trainee()
    with pytest.raises(DeskDamaged, match="left as it was"):
        upgraded_by(
            desk,
            monkeypatch,
            BENEFIT.format(who.id),
            "DELETE FROM trainee",
        )
    assert scalar(desk, "SELECT count(*) FROM trainee") == 1
    assert scalar(desk, "SELECT count(*) FROM benefit") == 0


def test_no_step_rebuilds_a_table_by_itself() -> None:
    """Alembic's batch loses triggers, indexes on expressions and ON DELETE CASCADE."""
    for step in (migration.SCRIPTS / "versions").glob("*.py"):
        assert "batch_alter_table" not in step.read_text("utf-8"), step.name


@pytest.mark.parametrize("version", sorted(KEPT))
def test_upgrade_on_a_full_disk_is_told_and_leaves_the_old_desk(
    version: str,
    small_disk: Path,  # noqa: F811
    reopen: Callable[..., Desk],
) -> None:
    folder = Path(shutil.copytree(DESKS / version, small_disk / "desk"))
    (small_disk / "filling").write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 96 * 1024))
    with pytest.raises(DiskFull):
        reopen(folder, KEPT[version][1])
    assert not list(folder.glob("*.new"))
    (small_disk / "filling").unlink()
    desk = reopen(folder, KEPT[version][1])
    assert scalar(desk, "SELECT version_num FROM alembic_version") == migration.HEAD
    assert scalar(desk, "SELECT count(*) FROM trainee") == 3
    desk.close()


def test_newer_desk_is_refused_with_a_sentence_and_left_alone(
    desk: Desk, reopen: Callable[..., Desk]
) -> None:
    with desk.writing() as unit:
        unit.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        unit.commit()
    desk.close()
    before = (desk.folder / engine.NAME).read_bytes()
    with pytest.raises(NewerDesk, match="newer CoachDesk"):
        reopen(desk.folder)
    assert (desk.folder / engine.NAME).read_bytes() == before


_TWO = """
import sys
from coachdesk.clock import SystemClock
from coachdesk.errors import Problem
from coachdesk.services.opening import open_desk
from tests.conftest import CHEAP
try:
    open_desk(sys.argv[1], passphrase=sys.argv[2], clock=SystemClock(), floor=CHEAP).close()
    print("opened")
except Problem as problem:
    print(type(problem).__name__)
"""


@pytest.mark.parametrize("version", sorted(KEPT))
def test_two_that_upgrade_at_once_are_one_after_the_other(version: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DESKS / version, tmp_path / "desk"))
    run = [sys.executable, "-c", _TWO, str(folder), KEPT[version][1]]
    both = [subprocess.Popen(run, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = {child.communicate(timeout=120)[0].strip() for child in both}
    assert "opened" in said and said <= {"opened", "DeskBusy"}
