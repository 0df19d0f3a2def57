"""What a kill or a lock leaves of a handover on a stick: taken away, finished, or told to be gone."""

from pathlib import Path
from typing import Any

import pytest

from coachdesk.domain.handover import ACCEPTED, UNFINISHED, WAITS
from coachdesk.errors import Trouble
from coachdesk.services import access_log, giving, halves, handing_over
from coachdesk.services.desk import Desk
from tests.services.handed import Two
from tests.services.handed import two as two


def killed_while_writing(two: Two, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a program that was killed then leaves: a half file, and in the next program no word of it."""
    given = giving.prepare(two.giver, two.person.id, two.to, two.folder, ground="ended")
    given.half.path.write_bytes(b"half")
    monkeypatch.setattr(halves, "UNDER_WAY", {})
    return given.half.path


def test_half_file_of_a_killed_handover_goes_with_the_next_one(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    half = killed_while_writing(two, monkeypatch)
    assert two.file().exists()
    assert not half.exists()


def test_half_file_that_a_lock_left_behind_goes_at_the_next_opening(two: Two, reopen: Any) -> None:
    given = giving.prepare(two.giver, two.person.id, two.to, two.folder, ground="ended")
    giving.write(given)
    assert not halves.left(two.giver)
    two.giver.close()  # before it is recorded
    again = reopen(two.giver.folder)
    assert halves.settle(halves.left(again)).gone == (given.half.path,)
    assert not given.half.path.exists()
    with pytest.raises(Trouble):
        giving.place(given)


def test_half_file_of_a_killed_handover_goes_when_its_stick_is_there(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    half = killed_while_writing(two, monkeypatch)
    under_way = giving.prepare(two.giver, two.person.id, two.to, two.folder, ground="ended")
    away = two.folder.rename(two.folder.with_name("away"))
    assert halves.left(two.giver).unknown == (half,)
    assert not halves.settle(halves.left(two.giver))
    away.rename(two.folder)
    halves.note(two.giver, halves.settle(halves.left(two.giver)))
    assert not half.exists()
    assert not halves.left(two.giver)
    giving.write(under_way)
    assert giving.place(under_way).exists()


def logged_and_killed(two: Two, monkeypatch: pytest.MonkeyPatch) -> giving.Giving:
    """What a program leaves that was killed between the line of the log and the file's last name."""
    given = giving.prepare(two.giver, two.person.id, two.to, two.folder, ground="ended")
    giving.write(given)
    giving.record(two.giver, given)
    monkeypatch.setattr(halves, "UNDER_WAY", {})
    return given


def state_and_newest_act(two: Two) -> tuple[str, str]:
    [one] = handing_over.of_trainee(two.giver, two.person.id)
    return one.state, access_log.of_trainee(two.giver, two.person.id).rows[0].line.act


def test_handover_that_was_logged_and_killed_is_finished_when_its_stick_is_there(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = logged_and_killed(two, monkeypatch)
    assert state_and_newest_act(two) == (UNFINISHED, "handover.write")
    away = two.folder.rename(two.folder.with_name("away"))
    assert not halves.settle(halves.left(two.giver))
    away.rename(two.folder)
    two.file()  # the next one does not take it for a rest
    assert halves.note(two.giver, halves.settle(halves.left(two.giver))) == ()
    assert [one.state for one in handing_over.of_trainee(two.giver, two.person.id)] == [WAITS, WAITS]
    assert not halves.left(two.giver)
    assert two.read(given.half.target).file.uid == given.made.uid
    assert access_log.of_trainee(two.giver, two.person.id).rows[0].line.act == "handover.finish"


def test_handover_killed_right_after_its_file_got_its_name_waits_for_the_answer(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = logged_and_killed(two, monkeypatch)
    giving.place(given)
    halves.note(two.giver, halves.settle(halves.left(two.giver)))
    assert state_and_newest_act(two) == (WAITS, "handover.finish")


def test_handover_whose_file_is_gone_after_a_kill_is_told_and_logged_once(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = logged_and_killed(two, monkeypatch)
    given.half.drop()
    [lost] = halves.note(two.giver, halves.settle(halves.left(two.giver)))
    assert lost.uid == given.made.uid
    assert state_and_newest_act(two) == (UNFINISHED, "handover.not_found")
    assert not halves.left(two.giver)
    day = two.giver.clock.today()  # that it got out cannot be ruled out: the person is told
    assert len(access_log.report(two.giver, two.person.id, day, day)[0].given) == 1


def test_answer_to_a_handover_whose_file_was_not_found_is_read_as_any_other(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = logged_and_killed(two, monkeypatch)
    file = given.half.path.rename(two.folder / "carried.coachdesk")
    halves.note(two.giver, halves.settle(halves.left(two.giver)))
    handing_over.read_answer(two.giver, two.accept(file).answer.read_bytes())
    assert state_and_newest_act(two)[0] == ACCEPTED


def test_another_coach_who_opens_next_finishes_it_and_needs_no_reason(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = logged_and_killed(two, monkeypatch)
    monkeypatch.setattr(Desk, "openers", frozenset({1, 7}))
    two.giver.coach_id = 7
    halves.note(two.giver, halves.settle(halves.left(two.giver)))
    assert given.half.target.exists() and not halves.left(two.giver)
