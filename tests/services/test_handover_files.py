"""The file of a handover on its way: cut, changed, exchanged, slow, gone, stopped."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coachdesk.domain.handover import WAITS
from coachdesk.domain.trainee import Trainee
from coachdesk.errors import Problem, Refused, Unreadable
from coachdesk.services import (
    access_log,
    arriving,
    attachments,
    giving,
    handing_over,
    other_desks,
    taking_over,
    trainees,
)
from coachdesk.services.desk import Desk
from coachdesk.store.unit import Unit
from tests.services.handed import Two, arrived_at, looked
from tests.services.handed import two as two


@pytest.mark.parametrize("cut", [0, 1, 30, 300, -1, -40])
def test_cut_file_is_refused_and_nothing_is_kept(two: Two, cut: int):
    file = two.file()
    file.write_bytes(file.read_bytes()[:cut])

    with pytest.raises(Unreadable):
        two.accept(file)
    assert len(trainees.listing(two.taker)) == 3
    assert not list((two.taker.folder / "files").glob("*"))


def test_each_changed_byte_is_refused(two: Two):
    whole = (file := two.file()).read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 60)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(Problem):
            two.accept(file)
    assert len(trainees.listing(two.taker)) == 3
    assert not list((two.taker.folder / "files").glob("*"))


def test_file_of_a_newer_program_is_told_so(two: Two):
    file = two.file()
    file.write_bytes(file.read_bytes().replace(b"coachdesk-handover 1 ", b"coachdesk-handover 2 ", 1))

    with pytest.raises(Unreadable, match="newer version"):
        looked(two.taker, file)


def test_newer_rows_are_told_so(two: Two, monkeypatch: pytest.MonkeyPatch):
    real = handing_over.everything

    def newer(unit: Any, trainee_id: int) -> Any:
        found = real(unit, trainee_id)
        found["note"][0]["mood"] = "good"
        return found

    monkeypatch.setattr(giving, "everything", newer)
    with pytest.raises(Unreadable, match="Update CoachDesk"):
        looked(two.taker, two.file())


def test_paper_that_lies_about_its_kind_stops_the_whole_handover(two: Two, monkeypatch: pytest.MonkeyPatch):
    real = handing_over.everything

    def lying(unit: Any, trainee_id: int) -> Any:
        found = real(unit, trainee_id)
        found["attachment"][0]["kind"] = "png"
        return found

    monkeypatch.setattr(giving, "everything", lying)
    with pytest.raises(Unreadable, match="not what it says"):
        two.accept(two.file())
    assert len(trainees.listing(two.taker)) == 3


def test_stick_that_takes_nothing_gives_nothing_out(two: Two):
    with pytest.raises(Problem):
        giving.hand_over(two.giver, two.person.id, two.to, Path("/proc/nowhere"), ground="ended")
    assert handing_over.of_trainee(two.giver, two.person.id) == ()


def test_file_says_nothing_of_the_person(two: Two):
    file = two.file()

    assert b"Mallinen" not in file.read_bytes()
    assert "allinen" not in file.name
    assert handing_over.of_trainee(two.giver, two.person.id)[0].state == WAITS


def test_a_public_file_exchanged_since_its_fingerprint_was_compared_is_not_taken_in(two: Two) -> None:
    file = other_desks.write_card(other_desks.give_card(two.taker), two.folder)
    card = other_desks.read_card(file)
    found = other_desks.look_at_card(two.giver, card)
    file.write_bytes(b"another desk")
    assert other_desks.take_in(two.giver, card).fingerprint == found.fingerprint


def test_file_exchanged_since_it_was_looked_at_is_not_taken_over(two: Two) -> None:
    file = two.file()
    opened = two.read(file)
    file.write_bytes(two.file().read_bytes())
    with pytest.raises(Unreadable, match="changed"):
        arriving.fetch(two.taker.folder, opened)
    assert not list((two.taker.folder / "files").glob("*"))


def test_nobody_waits_to_save_while_a_stick_is_slow(two: Two) -> None:
    saved: list[int] = []

    def save(desk: Desk) -> Callable[[int, int], None]:
        return lambda done, whole: saved.append(
            trainees.register(desk, Trainee(family_name=f"{done} of {whole}")).id
        )

    file = giving.hand_over(
        two.giver, two.person.id, two.to, two.folder, ground="ended", progress=save(two.giver)
    ).file
    written = len(saved)
    opened = two.read(file)
    papers = arriving.fetch(two.taker.folder, opened, progress=save(two.taker))
    assert 2 <= written < len(saved)
    assert taking_over.accept(two.taker, opened, papers, compared=True).trainee_id


def test_share_gone_at_the_last_moment_is_told_and_the_log_says_that_nothing_was_given(two: Two) -> None:
    share = two.folder / "share"
    share.mkdir()
    with pytest.raises(Problem, match="cannot write"):
        giving.hand_over(
            two.giver,
            two.person.id,
            two.to,
            share,
            ground="ended",
            progress=lambda done, whole: shutil.rmtree(share) if done == whole else None,
        )
    assert handing_over.of_trainee(two.giver, two.person.id) == ()
    acts = [row.line.act for row in access_log.of_trainee(two.giver, two.person.id).rows]
    assert acts[:2] == ["handover.not_written", "handover.write"]
    day = two.giver.clock.today()
    assert access_log.report(two.giver, two.person.id, day, day)[0].given == ()


def test_stopped_handover_leaves_nothing_on_the_stick_and_nothing_in_the_log(two: Two) -> None:
    told: list[int] = []
    with pytest.raises(Refused, match="Stopped"):
        giving.hand_over(
            two.giver,
            two.person.id,
            two.to,
            two.folder,
            ground="ended",
            progress=lambda done, _whole: told.append(done),
            cancelled=lambda: bool(told),
        )
    assert [one.name for one in two.folder.iterdir() if "handover" in one.name] == []
    assert handing_over.of_trainee(two.giver, two.person.id) == ()


def test_stopped_taking_over_keeps_no_paper(two: Two) -> None:
    with pytest.raises(Refused, match="Stopped"):
        arriving.fetch(two.taker.folder, two.read(two.file()), cancelled=lambda: True)
    assert not list((two.taker.folder / "files").glob("*"))


def test_paper_fetched_for_a_refused_taking_over_is_destroyed(two: Two) -> None:
    opened = two.read(two.file())
    papers = arriving.fetch(two.taker.folder, opened)
    with pytest.raises(Refused, match="fingerprint"):
        taking_over.accept(two.taker, opened, papers)
    assert not list((two.taker.folder / "files").glob("*"))


def test_interrupt_right_after_the_commit_leaves_every_paper_that_a_row_names(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = arrived_at(two.taker, two.file())
    papers = arriving.fetch(two.taker.folder, opened)
    commit = Unit.commit

    def interrupted(unit: Unit) -> None:
        commit(unit)
        raise KeyboardInterrupt

    monkeypatch.setattr(Unit, "commit", interrupted)
    with pytest.raises(KeyboardInterrupt):
        taking_over.accept(two.taker, opened, papers, compared=True)
    monkeypatch.undo()
    assert attachments.verify(two.taker) == ()
    assert len(list((two.taker.folder / "files").glob("*"))) == 1
