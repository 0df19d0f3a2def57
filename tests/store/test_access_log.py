from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from coachdesk.domain.trainee import Trainee
from coachdesk.services.desk import Desk
from coachdesk.store import access_log
from coachdesk.store.access_log import Verdict


def act(desk: Desk, times: int = 1, **line: Any) -> int:
    for _ in range(times):
        with desk.writing() as unit:
            unit.log("trainee.edit", **line)
            unit.commit()
    with desk.reading() as unit:
        return access_log.head(unit.connection).seq


def verify(desk: Desk) -> Verdict:
    with desk.reading() as unit:
        return access_log.verify(unit.connection, desk.log_key, access_log.read_head(desk.folder))


def by_hand(desk: Desk, *statements: str) -> None:
    """Change the store as somebody with the key could: the triggers taken away first."""
    raw = desk.driver()
    raw.execute("DROP TRIGGER IF EXISTS log_is_never_changed")
    raw.execute("DROP TRIGGER IF EXISTS log_is_never_shortened")
    for statement in statements:
        raw.execute(statement)
    raw.close()


def test_whole_log_verifies(desk: Desk) -> None:
    last = act(desk, 5, subject="trainee:1", before={"a": 1}, after={"a": 2}, why="asked for it")
    assert verify(desk) == Verdict(lines=last)


def test_line_is_in_the_same_transaction(desk: Desk) -> None:
    before = act(desk)
    with desk.writing() as unit:
        unit.log("trainee.edit")
    assert act(desk) == before + 1


@pytest.mark.parametrize(
    "statement",
    ["UPDATE log SET act = 'x'", "DELETE FROM log", "INSERT OR REPLACE INTO log SELECT * FROM log"],
)
def test_store_itself_refuses_to_change_the_log(desk: Desk, statement: str) -> None:
    act(desk)
    with pytest.raises(IntegrityError, match="only appended to"), desk.writing() as unit:
        unit.connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE log SET act = 'trainee.open' WHERE seq = 3",
        "UPDATE log SET why = 'n' WHERE seq = 3",
        "UPDATE log SET coach_id = 9 WHERE seq = 3",
        "UPDATE log SET trainee_id = 9 WHERE seq = 3",
        "UPDATE log SET at = '2020-01-01T00:00:00.000000+00:00' WHERE seq = 3",
        "UPDATE log SET detail = x'00' WHERE seq = 3",
        "UPDATE log SET subject = '', why = 'trainee:1' WHERE seq = 3",
        "DELETE FROM log WHERE seq = 3",
    ],
)
def test_changed_line_is_found(desk: Desk, change: str) -> None:
    act(desk, 6, subject="trainee:1", after={"a": 2})
    by_hand(desk, change)
    assert verify(desk).wrong == 3


def test_cut_tail_is_found_by_the_head_outside(desk: Desk) -> None:
    last = act(desk, 6)
    desk.keep_head()
    by_hand(desk, f"DELETE FROM log WHERE seq > {last - 2}")
    assert verify(desk) == Verdict(lines=last - 2, cut=True)


def test_tail_written_anew_is_found_by_the_head_outside(desk: Desk) -> None:
    last = act(desk, 6)
    desk.keep_head()
    by_hand(desk, f"DELETE FROM log WHERE seq > {last - 2}")
    act(desk, 3, subject="something else")
    assert verify(desk).wrong == last


def test_lines_after_the_head_are_as_good(desk: Desk) -> None:
    desk.keep_head()
    last = act(desk, 3)
    assert verify(desk) == Verdict(lines=last)


@pytest.mark.parametrize(
    "kept", ['{"seq": 3, "m', '{"seq": 1e999, "mac": ""}', "[" * 60_000, '{"seq": 3, "mac": 5}']
)
def test_torn_head_is_no_head(desk: Desk, kept: str) -> None:
    (desk.folder / access_log.HEAD).write_text(kept, "utf-8")
    assert access_log.read_head(desk.folder) is None
    assert verify(desk).good


def test_before_values_are_readable_until_the_trainees_key_is_destroyed(
    desk: Desk, a_trainee: Callable[..., Trainee]
) -> None:
    person = a_trainee()
    seq = act(desk, trainee_id=person.id, before={"goal": "leipuri"}, after={"goal": "kokki"})
    with desk.reading() as unit:
        assert access_log.detail_of(unit.connection, seq) == {
            "before": {"goal": "leipuri"},
            "after": {"goal": "kokki"},
        }
        kept = unit.connection.exec_driver_sql("SELECT detail FROM log WHERE seq = ?", (seq,)).scalar()
        assert b"leipuri" not in kept
    with desk.writing() as unit:
        access_log.destroy_key(unit.connection, person.id)
        unit.commit()
    with desk.reading() as unit:
        assert access_log.detail_of(unit.connection, seq) is None
    assert verify(desk).good


def test_head_is_kept_at_close(desk_folder: Path, reopen: Callable[..., Desk]) -> None:
    desk = reopen(desk_folder)
    last = act(desk, 2)
    desk.close()
    head = access_log.read_head(desk_folder)
    assert head is not None and head.seq == last
