from collections.abc import Callable
from pathlib import Path

from coachdesk.services.checks import Step, check_desk
from coachdesk.services.desk import Desk
from coachdesk.store import engine, keyfile


def wrong_parts(steps: list[Step]) -> list[str]:
    return [step.part for step in steps if not step.good]


def test_sound_desk_has_nothing_wrong_and_progress_is_told(desk: Desk) -> None:
    steps = list(check_desk(desk))
    assert wrong_parts(steps) == []
    assert [step.done for step in steps] == list(range(1, steps[-1].parts + 1))


def test_flipped_bit_in_the_store_is_found(desk_folder: Path, reopen: Callable[..., Desk]) -> None:
    path = desk_folder / engine.NAME
    with reopen(desk_folder) as desk:  # the page of a table that opening does not read
        raw = desk.driver()
        page = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'appointment'").fetchone()[0]
        raw.close()
    content = bytearray(path.read_bytes())
    content[page * 4096 - 2000] ^= 1
    path.write_bytes(content)
    steps = list(check_desk(reopen(desk_folder)))
    assert "Pages of the store" in wrong_parts(steps)
    assert "page" in str(steps[0].found[0])


def test_row_that_points_to_nothing_is_found(desk: Desk) -> None:
    raw = desk.driver()
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute("INSERT INTO note (trainee_id, at) VALUES (999, '2026-12-15T00:00:00+00:00')")
    raw.close()
    assert wrong_parts(list(check_desk(desk))) == ["References between records"]


def test_changed_log_is_found(desk: Desk) -> None:
    raw = desk.driver()
    raw.execute("DROP TRIGGER log_is_never_changed")
    raw.execute("UPDATE log SET act = 'nothing' WHERE seq = 1")
    raw.close()
    assert wrong_parts(list(check_desk(desk))) == ["Log of acts"]


def test_torn_copy_of_the_key_file_is_found(desk: Desk) -> None:
    (desk.folder / keyfile.COPY).write_bytes(b"{")
    assert wrong_parts(list(check_desk(desk))) == ["Key file and its copy"]
