"""Several coaches on one desk: let in, removed with the keys changed, what each may do."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from coachdesk.clock import FixedClock
from coachdesk.domain.access_log import LogFilter
from coachdesk.domain.permissions import Right
from coachdesk.domain.trainee import Trainee
from coachdesk.domain.workshop import Coach, Workshop
from coachdesk.errors import ReasonNeeded, Refused, WrongPassphrase
from coachdesk.services import (
    backups,
    coaches,
    keys,
    notes,
    restore,
    restore_wording,
    rights,
    trainees,
    workshops,
)
from coachdesk.services.checks import check_desk
from coachdesk.services.desk import Desk
from coachdesk.services.opening import open_desk_with_recovery
from coachdesk.services.restore import Secret
from coachdesk.store import access_log, engine, keyfile, rotation
from tests.conftest import CHEAP, PASSPHRASE

OTHER = "harmaa kivi laulaa syksyisin hiljaa"
Opener = Callable[..., Desk]


@pytest.fixture
def jukka(desk: Desk) -> Coach:
    """A second coach, who chose a passphrase of his own at the laptop."""
    added = workshops.add_coach(desk, Coach(name="Jukka Esimerkki"))
    coaches.let_in(desk, added.id, OTHER, cost=CHEAP)
    return added


def test_new_coach_opens_the_desk_as_oneself(desk: Desk, jukka: Coach, reopen: Opener) -> None:
    desk.close()
    his = reopen(desk.folder, OTHER)
    assert his.coach_id == jukka.id
    with his.writing() as unit:
        unit.log("desk.edit")
        unit.commit()
    with his.reading() as unit:
        found = unit.connection.exec_driver_sql("SELECT coach_id FROM log ORDER BY seq DESC LIMIT 1").scalar()
    assert found == jukka.id
    his.close()
    assert reopen(desk.folder).coach_id == 1


def test_guessable_passphrase_lets_nobody_in(desk: Desk) -> None:
    added = workshops.add_coach(desk, Coach(name="Jukka Esimerkki"))
    with pytest.raises(Refused):
        coaches.let_in(desk, added.id, "jukka esimerkki", cost=CHEAP)
    assert desk.openers == {1}


def test_only_the_lead_coach_lets_in_and_removes(desk: Desk, jukka: Coach, reopen: Opener) -> None:
    desk.close()
    his = reopen(desk.folder, OTHER)
    assert not rights.may(his, Right.COACHES)
    with pytest.raises(Refused, match="lead coach"):
        coaches.remove(his, 1, passphrase=OTHER)
    with pytest.raises(Refused, match="lead coach"):
        coaches.let_in(his, 1, OTHER, cost=CHEAP)


def test_desk_is_never_without_a_lead_coach(desk: Desk, jukka: Coach) -> None:
    with pytest.raises(Refused, match="lead"):
        coaches.set_role(desk, 1, "coach")
    coaches.set_role(desk, jukka.id, "lead")
    assert coaches.set_role(desk, 1, "coach").role == "lead"
    with pytest.raises(Refused, match="lead coach"):
        coaches.set_role(desk, jukka.id, "coach")


def test_nobody_removes_oneself(desk: Desk, jukka: Coach) -> None:
    with pytest.raises(Refused):
        coaches.remove(desk, 1, passphrase=PASSPHRASE)


def test_removing_asks_for_the_passphrase_of_who_removes(desk: Desk, jukka: Coach) -> None:
    before = (desk.folder / keyfile.NAME).read_bytes()
    with pytest.raises(WrongPassphrase):
        coaches.remove(desk, jukka.id, passphrase=OTHER)
    assert (desk.folder / keyfile.NAME).read_bytes() == before


def test_who_restores_is_told_whom_the_backup_lets_in_again(
    desk: Desk, jukka: Coach, clock: FixedClock
) -> None:
    made = backups.make(desk)
    coaches.remove(desk, jukka.id, passphrase=PASSPHRASE)
    desk.close()

    done = restore.restore(made, desk.folder, Secret(passphrase=PASSPHRASE), clock=clock, floor=CHEAP)

    assert done.again == ("Jukka Esimerkki",)
    assert any("Jukka Esimerkki" in line for line in restore_wording.lines(done))


def test_old_copy_and_old_passphrase_open_nothing_new(
    desk: Desk, jukka: Coach, reopen: Opener, tmp_path: Path, a_trainee: Callable[..., Trainee]
) -> None:
    a_trainee()
    third = workshops.add_coach(desk, Coach(name="Ann Exempel"))
    coaches.let_in(desk, third.id, "sju gröna hattar i en blå båt", cost=CHEAP)
    desk.keep_head()
    copy = tmp_path / "copy"
    desk.close()
    shutil.copytree(desk.folder, copy)
    desk = reopen(desk.folder)
    coaches.remove(desk, jukka.id, passphrase=PASSPHRASE)
    with desk.writing() as unit:
        unit.log("desk.edit", after={"new": "later"})
        unit.commit()
    desk.close()

    with pytest.raises(WrongPassphrase):
        reopen(desk.folder, OTHER)
    shutil.copy(desk.folder / engine.NAME, copy / engine.NAME)  # the new store beside the old key file
    with pytest.raises(Exception, match=r"desk|store"):
        reopen(copy, OTHER)
    for passphrase, who in ((PASSPHRASE, 1), ("sju gröna hattar i en blå båt", third.id)):
        after = reopen(desk.folder, passphrase)
        assert after.coach_id == who
        assert [step.part for step in check_desk(after) if not step.good] == []
        after.close()
    assert not list(desk.folder.glob("*.next*"))
    assert not list(desk.folder.glob("*.before-*"))


def test_recovery_sheet_goes_on_working_after_a_removal(
    desk: Desk, jukka: Coach, recovery_groups: tuple[str, ...], clock: FixedClock
) -> None:
    coaches.remove(desk, jukka.id, passphrase=PASSPHRASE)
    desk.close()
    with open_desk_with_recovery(desk.folder, recovery_groups, clock=clock, floor=CHEAP) as opened:
        assert opened.coach_id == 1
        keys.prove_recovery(opened, recovery_groups)


def test_desk_goes_on_in_the_same_session_after_a_removal(
    desk: Desk, jukka: Coach, a_trainee: Callable[..., Trainee]
) -> None:
    person = a_trainee()
    trainees.edit(desk, trainees.get(desk, person.id), why="")
    before = desk.master
    coaches.remove(desk, jukka.id, passphrase=PASSPHRASE)
    assert desk.master is not before
    assert trainees.page(desk, person.id).trainee.family_name == "Esimerkki"
    with desk.reading() as unit:
        verdict = access_log.verify(unit.connection, desk.log_key, access_log.read_head(desk.folder))
        former = unit.connection.exec_driver_sql("SELECT count(*) FROM log_key").scalar()
    assert verdict.good and former == 1
    gone = next(coach for coach in workshops.coaches(desk) if coach.id == jukka.id)
    assert gone.removed is not None and gone.name == "Jukka Esimerkki"
    assert desk.openers == {1}
    coaches.let_in(desk, jukka.id, OTHER, cost=CHEAP)  # and may come back
    assert desk.openers == {1, jukka.id}


def test_two_removals_leave_one_chain(desk: Desk, jukka: Coach) -> None:
    for _time in range(2):
        if jukka.id not in desk.openers:
            coaches.let_in(desk, jukka.id, OTHER, cost=CHEAP)
        coaches.remove(desk, jukka.id, passphrase=PASSPHRASE)
    with desk.reading() as unit:
        assert access_log.verify(unit.connection, desk.log_key, access_log.read_head(desk.folder)).good


def test_removal_waits_for_what_is_read_and_gives_up_in_words(
    desk: Desk, jukka: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coachdesk.store.connections.STILL_WITHIN", 0.05)
    with desk.reading(), pytest.raises(Refused, match="still being read"):
        coaches.remove(desk, jukka.id, passphrase=PASSPHRASE)
    coaches.remove(desk, jukka.id, passphrase=PASSPHRASE)


@pytest.mark.parametrize("step", ["_copy", "_adapt", "_settle", "_decide"])
def test_failing_removal_leaves_the_desk_as_it_was(
    desk: Desk, jukka: Coach, reopen: Opener, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_words: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(rotation, step, fail)
        with pytest.raises(Exception, match=r"room|space"):
            coaches.remove(desk, jukka.id, passphrase=PASSPHRASE)
    assert jukka.id in desk.openers
    assert not list(desk.folder.glob("*.next*"))
    desk.close()
    assert reopen(desk.folder, OTHER).coach_id == jukka.id


def test_page_of_anothers_trainee_asks_for_a_reason_once(
    desk: Desk, jukka: Coach, reopen: Opener, a_trainee: Callable[..., Trainee], clock: FixedClock
) -> None:
    hers = a_trainee(responsible_coach_id=1)
    nobodys = a_trainee("Kenenkään")
    desk.close()
    his = reopen(desk.folder, OTHER)
    for look in (trainees.page, trainees.read_ahead, trainees.previewed, notes.of_trainee):
        with pytest.raises(ReasonNeeded):
            look(his, hers.id)
    assert trainees.page(his, nobodys.id)
    with pytest.raises(Refused):
        rights.state_reason(his, hers.id, "  ")
    rights.state_reason(his, hers.id, "Aino on lomalla", days=2)
    assert trainees.page(his, hers.id)
    with his.reading() as unit:
        found = access_log.lines(unit.connection, LogFilter(trainee_id=hers.id), most=10)
    lines = [(line.act, line.why) for line in reversed(found)]
    assert lines == [("trainee.stand_in", "Aino on lomalla"), ("trainee.open", "Aino on lomalla")]
    clock.at += timedelta(days=1)
    assert trainees.page(his, hers.id)
    clock.at += timedelta(days=1)
    with pytest.raises(ReasonNeeded):
        trainees.page(his, hers.id)


def test_trainee_of_a_coach_without_way_in_is_everybodys(
    desk: Desk, a_trainee: Callable[..., Trainee]
) -> None:
    away = workshops.add_coach(desk, Coach(name="Pirkko Poissa"))
    assert trainees.page(desk, a_trainee(responsible_coach_id=away.id).id)


def test_what_was_added_is_taken_back_unless_it_is_in_use(desk: Desk) -> None:
    shop = workshops.add_workshop(desk, Workshop(name_fi="Toinen paja"))
    group = workshops.add_group(desk, shop.id, "Metalli")
    with pytest.raises(Refused, match="in use"):
        workshops.take_back_workshop(desk, shop.id)
    workshops.take_back_group(desk, group.id)
    workshops.take_back_workshop(desk, shop.id)
    coach = workshops.add_coach(desk, Coach(name="Jukka Esimerkki"))
    trainees.register(desk, Trainee(family_name="Mallinen", responsible_coach_id=coach.id))
    with pytest.raises(Refused, match="in use"):
        workshops.take_back_coach(desk, coach.id)
    assert len(workshops.all_workshops(desk)) == 1


def test_coach_who_could_open_the_desk_once_is_not_taken_back(desk: Desk, jukka: Coach) -> None:
    coaches.remove(desk, jukka.id, passphrase=PASSPHRASE)
    with pytest.raises(Refused, match="in use"):
        workshops.take_back_coach(desk, jukka.id)
    assert jukka.id in {one.id for one in workshops.coaches(desk)}


def test_only_a_lead_coach_adds_or_changes_other_coaches(desk: Desk, reopen: Callable[..., Desk]) -> None:
    own = workshops.add_coach(desk, Coach(name="Jukka Esimerkki"))
    coaches.let_in(desk, own.id, OTHER, cost=CHEAP)
    desk.close()
    desk = reopen(desk.folder, passphrase=OTHER)
    with pytest.raises(Refused, match="lead coach"):
        workshops.add_coach(desk, Coach(name="Bo Modell"))
    with pytest.raises(Refused, match="lead coach"):
        workshops.edit_coach(desk, Coach(id=1, name="Aino Toinen"))
    assert workshops.edit_coach(desk, Coach(id=own.id, name="Jukka Uusi")).name == "Jukka Esimerkki"


def test_workshop_keeps_a_name(desk: Desk) -> None:
    with pytest.raises(Refused, match="needs a name"):
        workshops.edit_workshop(desk, Workshop(id=1, name_fi=" "))
