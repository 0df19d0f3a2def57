from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from coachdesk.clock import FixedClock
from coachdesk.domain.workshop import Coach
from coachdesk.errors import Refused, WrongPassphrase
from coachdesk.services import coaches, keys, workshops
from coachdesk.services.desk import Desk
from coachdesk.services.first_run import remember_first_run
from coachdesk.services.opening import open_desk_with_recovery
from coachdesk.store import keyfile, recovery
from tests.conftest import CHEAP, PASSPHRASE

NEW = "neljä harmaata varista kuorma-autossa"
Groups = tuple[str, ...]


WEAK = ("", "salasana", "password1", "kesäloma2026", "qwertyuiop", "Lösenord123", "lyhty puro")


@pytest.mark.parametrize("weak", WEAK)
def test_guessable_passphrase_is_judged_weak(weak: str) -> None:
    judged = keys.strength(weak)
    assert not judged.enough
    assert not weak or judged.advice


@pytest.mark.parametrize("strong", [PASSPHRASE, NEW, "åttio blåa kängor på taket"])
def test_words_that_do_not_belong_together_are_strong(strong: str) -> None:
    assert keys.strength(strong) == keys.Strength(score=4)


def test_own_name_makes_a_passphrase_weak() -> None:
    assert not keys.strength("aino mallikas", "Aino Mallikas", "Mallipaja").enough


def test_judging_a_very_long_passphrase_takes_no_time() -> None:
    assert keys.strength("tuuli ja meri " * 500).enough


def test_changed_passphrase_opens_and_the_old_one_does_not(desk: Desk, reopen: Callable[..., Desk]) -> None:
    store_before = (desk.folder / "desk.keys").read_bytes()
    keys.change_passphrase(desk, PASSPHRASE, NEW, cost=CHEAP)
    desk.close()
    assert (desk.folder / keyfile.NAME).read_bytes() != store_before
    assert (desk.folder / keyfile.NAME).read_bytes() == (desk.folder / keyfile.COPY).read_bytes()
    with pytest.raises(WrongPassphrase):
        reopen(desk.folder)
    assert reopen(desk.folder, NEW).coach_id == desk.coach_id


def test_change_asks_for_the_present_passphrase(desk: Desk) -> None:
    with pytest.raises(WrongPassphrase) as wrong:
        keys.change_passphrase(desk, "something else", NEW, cost=CHEAP)
    assert wrong.value.field == "old"


def test_weak_new_passphrase_is_refused(desk: Desk, reopen: Callable[..., Desk]) -> None:
    with pytest.raises(Refused):
        keys.change_passphrase(desk, PASSPHRASE, "salasana", cost=CHEAP)
    desk.close()
    reopen(desk.folder)


def test_change_leaves_the_store_as_it_is(desk: Desk) -> None:
    master = desk.master.subkey("store")
    keys.change_passphrase(desk, PASSPHRASE, NEW, cost=CHEAP)
    assert desk.master.subkey("store") == master


def test_recovery_key_opens_and_gives_a_new_passphrase(
    desk_folder: Path, recovery_groups: Groups, clock: FixedClock, reopen: Callable[..., Desk]
) -> None:
    desk = open_desk_with_recovery(desk_folder, recovery_groups, clock=clock, floor=CHEAP)
    assert desk.coach_id == 1
    keys.set_passphrase(desk, NEW, cost=CHEAP)
    desk.close()
    with pytest.raises(WrongPassphrase):
        reopen(desk_folder)
    reopen(desk_folder, NEW)


def test_mistyped_recovery_key_says_which_group(
    desk_folder: Path, recovery_groups: Groups, clock: FixedClock
) -> None:
    wrong = (*recovery_groups[:4], "AAAAA", *recovery_groups[5:])
    with pytest.raises(Refused, match="Group 5 is not right") as refused:
        open_desk_with_recovery(desk_folder, wrong, clock=clock, floor=CHEAP)
    assert refused.value.field == "group5"


def test_proof_really_opens_the_slot_and_is_remembered(
    desk: Desk, recovery_groups: Groups, clock: FixedClock
) -> None:
    assert keys.recovery_proved(desk) is None
    keys.prove_recovery(desk, recovery_groups)
    assert keys.recovery_proved(desk) == clock.now()


def test_sheet_of_another_desk_proves_nothing(desk: Desk) -> None:
    with pytest.raises(WrongPassphrase, match="recovery key does not open"):
        keys.prove_recovery(desk, recovery.groups_of(recovery.new_key()))
    assert keys.recovery_proved(desk) is None


def test_new_sheet_makes_the_old_one_useless(desk: Desk, recovery_groups: Groups) -> None:
    keys.prove_recovery(desk, recovery_groups)
    groups = keys.new_recovery_key(desk)
    assert keys.recovery_proved(desk) is None
    with pytest.raises(WrongPassphrase):
        keys.prove_recovery(desk, recovery_groups)
    keys.prove_recovery(desk, groups)


def test_every_change_of_keys_is_in_the_log(desk: Desk, recovery_groups: Groups) -> None:
    keys.prove_recovery(desk, recovery_groups)
    keys.change_passphrase(desk, PASSPHRASE, NEW, cost=CHEAP)
    with desk.reading() as unit:
        acts = unit.connection.exec_driver_sql("SELECT act FROM log ORDER BY seq").scalars().all()
    assert acts == ["desk.create", "desk.prove_recovery", "desk.change_passphrase"]


def test_sheet_is_to_be_proved_at_first_and_each_year(
    desk: Desk, recovery_groups: Groups, clock: FixedClock
) -> None:
    assert keys.sheet_due(desk) == ()  # the first run asks for it
    remember_first_run(desk, "")
    assert [one.dates for one in keys.sheet_due(desk)] == [()]
    keys.prove_recovery(desk, recovery_groups)
    clock.at += timedelta(days=364)
    assert keys.sheet_due(desk) == ()
    clock.at += timedelta(days=1)
    assert [one.days for one in keys.sheet_due(desk)] == [365]
    keys.prove_recovery(desk, recovery_groups)
    assert keys.sheet_due(desk) == ()


def test_sheet_gives_a_new_passphrase_to_who_forgot_it(
    desk: Desk, recovery_groups: Groups, clock: FixedClock, reopen: Callable[..., Desk]
) -> None:
    added = workshops.add_coach(desk, Coach(name="Jukka Esimerkki"))
    coaches.let_in(desk, added.id, "harmaa kivi laulaa syksyisin hiljaa", cost=CHEAP)
    desk.close()
    with open_desk_with_recovery(desk.folder, recovery_groups, clock=clock, floor=CHEAP) as opened:
        assert keys.names_of_openers(opened) == {1: "Aino", 2: "Jukka"}
        keys.set_passphrase(opened, NEW, cost=CHEAP, coach_id=2)
    with pytest.raises(WrongPassphrase):
        reopen(desk.folder, "harmaa kivi laulaa syksyisin hiljaa")
    assert reopen(desk.folder, NEW).coach_id == 2
