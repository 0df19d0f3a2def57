"""Every released schema has a small encrypted desk in ``desks``: opened by head, nothing of it is lost."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from coachdesk.errors import Refused
from coachdesk.services.checks import check_desk
from coachdesk.services.desk import Desk
from coachdesk.store import access_log, engine, keys, migration
from coachdesk.store import keyfile as keyfile_module
from tests.conftest import CHEAP
from tests.store.test_migration import schema

DESKS = Path(__file__).parent / "desks"
KEPT = {"0.1": ("0001", "vanha avain kiertää koivua")}
Rows = dict[str, list[dict[str, object]]]


@pytest.fixture(params=sorted(KEPT))
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def kept(version: str, tmp_path: Path) -> Path:
    return Path(shutil.copytree(DESKS / version, tmp_path / "kept"))


@pytest.fixture
def before(version: str, kept: Path, tmp_path: Path) -> Rows:
    """Every row of the kept desk, read without the program's own upgrade."""
    aside = Path(shutil.copytree(kept, tmp_path / "aside"))
    found = keyfile_module.read(aside)[0]
    slot = found.of_kind(keys.PASSPHRASE)[0]
    secret = keys.passphrase_bytes(KEPT[version][1])
    master = keys.open_slot(slot, found.desk_id, secret, CHEAP)
    raw = engine.connect(aside / engine.NAME, master.subkey("store"))
    try:
        return _rows(raw)
    finally:
        raw.close()


def test_each_kept_desk_is_of_its_own_schema(version: str, before: Rows) -> None:
    assert before["alembic_version"] == [{"version_num": KEPT[version][0]}]
    assert {name for name, rows in before.items() if not rows} == set()


def test_kept_desk_opens_with_every_row_and_line(
    version: str, kept: Path, before: Rows, reopen: Callable[..., Desk]
) -> None:
    desk = reopen(kept, KEPT[version][1])
    raw = desk.driver()
    after = _rows(raw)
    raw.close()
    assert after["alembic_version"] == [{"version_num": migration.HEAD}]
    for name, rows in before.items():
        if name not in ("alembic_version", "coach"):
            found = [{column: row[column] for column in rows[0]} for row in after[name]]
            assert found[: len(rows)] == rows, name
            assert name in ("log", "meta") or len(found) == len(rows), name
    with desk.reading() as unit:
        kept_head = access_log.read_head(kept)
        assert kept_head is not None
        assert access_log.verify(unit.connection, desk.log_key, kept_head).good
    assert [step.part for step in check_desk(desk) if not step.good] == []


def test_kept_desk_has_the_schema_of_a_new_one(
    version: str, kept: Path, reopen: Callable[..., Desk], desk: Desk
) -> None:
    old = reopen(kept, KEPT[version][1])
    with old.reading() as upgraded, desk.reading() as fresh:
        assert schema(upgraded.connection.exec_driver_sql) == schema(fresh.connection.exec_driver_sql)


def test_maker_of_a_kept_desk_leads_it(version: str, kept: Path, reopen: Callable[..., Desk]) -> None:
    from coachdesk.services import workshops

    assert workshops.coach(reopen(kept, KEPT[version][1])).role == "lead"


def test_kept_desk_is_copied_before_it_changes(
    version: str, kept: Path, before: Rows, reopen: Callable[..., Desk]
) -> None:
    desk = reopen(kept, KEPT[version][1])
    copy = kept / f"{engine.NAME}.before-{KEPT[version][0]}"
    raw = engine.connect(copy, desk.master.subkey("store"))
    assert _rows(raw) == before
    raw.close()


def test_failing_upgrade_leaves_the_kept_desk_to_its_own_version(
    version: str, kept: Path, before: Rows, reopen: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    from alembic.operations import Operations

    def fail(*_words: object, **_more: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr(Operations, "create_table", fail)
        with pytest.raises(RuntimeError):
            reopen(kept, KEPT[version][1])
    desk = reopen(kept, KEPT[version][1])  # and the next try succeeds
    raw = desk.driver()
    assert _rows(raw)["note"][0].items() >= before["note"][0].items()
    raw.close()


def _rows(raw: object) -> Rows:
    found: Rows = {}
    names = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()  # type: ignore[attr-defined]
    for (name,) in names:
        cursor = raw.execute(f'SELECT * FROM "{name}"')  # type: ignore[attr-defined]
        columns = [column[0] for column in cursor.description]
        found[name] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return found


def test_coach_is_removed_from_a_kept_desk_once_its_sheet_is_new(
    version: str, kept: Path, reopen: Callable[..., Desk]
) -> None:
    from coachdesk.services import coaches, enrolment
    from coachdesk.services import keys as key_services
    from coachdesk.store import enrolments

    desk = reopen(kept, KEPT[version][1])
    coaches.let_in(desk, 2, "harmaa kivi laulaa syksyisin hiljaa", cost=CHEAP)
    with desk.reading() as unit:
        device, regions = enrolments.device(unit), enrolments.regions(unit)
    assert device is not None and {region.device for region in regions} == {device.id}  # it keeps its key
    private = enrolment.signing_key(desk, device)
    with pytest.raises(Refused, match="older CoachDesk"):
        coaches.remove(desk, 2, passphrase=KEPT[version][1])
    key_services.new_recovery_key(desk)
    coaches.remove(desk, 2, passphrase=KEPT[version][1])
    with desk.reading() as unit:
        wrapped_anew = enrolments.device(unit)
        assert access_log.verify(unit.connection, desk.log_key, access_log.read_head(kept)).good
    assert wrapped_anew is not None and wrapped_anew.wrapped != device.wrapped
    assert enrolment.signing_key(desk, wrapped_anew) == private
    assert not list(kept.glob("*.before-*"))
    desk.close()
    assert reopen(kept, KEPT[version][1]).openers == {1}


def test_kept_desk_has_the_phrases_that_are_shipped_and_takes_its_own(
    version: str, kept: Path, reopen: Callable[..., Desk]
) -> None:
    from coachdesk.domain.phrases import Phrase
    from coachdesk.services import phrases

    desk = reopen(kept, KEPT[version][1])
    shipped = phrases.bank(desk)
    own = phrases.add(desk, Phrase(fi="Käymme kalassa.", sv="Vi går och fiskar."))
    assert shipped and phrases.bank(desk) == (own, *shipped)
