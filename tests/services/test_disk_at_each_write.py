"""Each kind of write onto a full disk, and onto one that may not be written: told in words, nothing half."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from shutil import copytree, disk_usage

import pytest

from coachdesk import i18n
from coachdesk.clock import FixedClock
from coachdesk.domain.attachment import LookedAt
from coachdesk.domain.notes import Note
from coachdesk.domain.trainee import Trainee
from coachdesk.domain.workshop import Coach
from coachdesk.errors import DiskFull, Trouble
from coachdesk.region import folder as region_folder
from coachdesk.services import (
    attachments,
    backups,
    coaches,
    consents,
    giving,
    keys,
    notes,
    other_desks,
    restore,
    sync,
    trainees,
    workshops,
)
from coachdesk.services.checks import check_desk
from coachdesk.services.desk import Desk
from coachdesk.services.opening import create_desk, open_desk
from coachdesk.ui import paper
from tests import pictures
from tests.conftest import CHEAP, PASSPHRASE
from tests.services.handed import known_to
from tests.store.test_full_disk import small_disk

__all__ = ["small_disk"]
BODY = "wellbeing_area_ostrobothnia"
NEW = "neljä harmaata varista autossa"


def whole(desk: Desk) -> bool:
    assert [step.found for step in check_desk(desk) if not step.good] == []
    return True


def told(act: Callable[[], object]) -> Trouble:
    """The act fails with one sentence, another in each language."""
    with pytest.raises(Trouble) as problem:
        act()
    sentences = {i18n.words(language).say(problem.value) for language in ("en", "fi", "sv")}
    assert len(sentences) == 3
    return problem.value


@pytest.fixture
def stick(small_disk: Path) -> Path:
    return small_disk


@pytest.fixture
def sent(
    desk: Desk,
    clock: FixedClock,
    made_desk: tuple[Path, tuple[str, ...]],
    reopen,
    stick: Path,
    tmp_path: Path,
) -> dict[str, Callable[[], object]]:
    """What a desk writes onto a stick, by its name."""
    person = trainees.register(desk, Trainee(family_name="Mallinen", given_names="Malla"))
    region = tmp_path / "region"
    region_folder.init(region, region_id="alue", name_fi="Alue", name_sv="Området", body=BODY)
    sync.enrol(desk, region / "region.json", tmp_path / "out")
    consents.give(
        desk, person.id, recipient=BODY, scopes=("basic",), valid_to=clock.today().replace(year=2027)
    )
    for offer in sync.review(desk):
        sync.accept(desk, offer)
    taker = reopen(Path(copytree(made_desk[0], tmp_path / "taker")))
    to = known_to(desk, taker, tmp_path)
    made = backups.make(desk, tmp_path)
    right = restore.Secret(passphrase=PASSPHRASE)
    return {
        "bundles": lambda: sync.export(desk, stick),
        "own keys": lambda: sync.enrol(desk, region / "region.json", stick),
        "card": lambda: other_desks.write_card(other_desks.give_card(desk), stick),
        "handover": lambda: giving.hand_over(desk, person.id, to, stick, ground="ended"),
        "backup": lambda: backups.make(desk, stick),
        "paper": lambda: paper.write_file(stick / "a.pdf", pictures.pdf() * 100),
        "restored desk": lambda: restore.restore(made, stick / "desk", right, clock=clock, floor=CHEAP),
        "new desk": lambda: create_desk(
            stick / "new", passphrase=PASSPHRASE, coach_name="Aino", language="fi", workshop_name="Paja",
            clock=clock, cost=CHEAP, floor=CHEAP,
        )[0].close(),
    }  # fmt: skip


ON_A_STICK = ("bundles", "own keys", "card", "handover", "backup", "paper", "restored desk", "new desk")


@pytest.mark.faults("disk", told=True)
@pytest.mark.parametrize("kind", ON_A_STICK)
def test_full_stick_is_told_and_written_when_there_is_room(sent, stick: Path, desk: Desk, kind: str) -> None:
    (stick / "filling").write_bytes(b"x" * disk_usage(stick).free)

    assert isinstance(told(sent[kind]), DiskFull)
    assert [path.name for path in stick.iterdir()] == ["filling"]
    (stick / "filling").unlink()
    sent[kind]()
    assert list(stick.iterdir()) and whole(desk)


@pytest.mark.faults("disk", told=True)
@pytest.mark.parametrize("kind", ON_A_STICK)
def test_stick_that_may_not_be_written_is_told(sent, stick: Path, desk: Desk, kind: str) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(stick)], check=True)

    told(sent[kind])
    assert list(stick.iterdir()) == []
    subprocess.run(["mount", "-o", "remount,rw", str(stick)], check=True)
    sent[kind]()
    assert list(stick.iterdir()) and whole(desk)


@pytest.fixture
def kept(desk_folder: Path, stick: Path, reopen, clock: FixedClock, tmp_path: Path):
    """A desk on the small disk, and what is written there, by its name."""
    desk = reopen(Path(copytree(desk_folder, stick / "desk")))
    person = trainees.register(desk, Trainee(family_name="Mallinen", given_names="Malla"))
    second = workshops.add_coach(desk, Coach(name="Jukka Esimerkki"))
    coaches.let_in(desk, second.id, NEW, cost=CHEAP)
    scan = tmp_path / "a.pdf"
    scan.write_bytes(pictures.pdf())
    read = attachments.read_file(scan)
    long = Note(trainee_id=person.id, at=clock.now(), kind="conversation", text="x" * 4000)

    def many_notes() -> None:
        for _one in range(40):
            notes.add(desk, long)

    acts: dict[str, Callable[[], object]] = {
        "notes": many_notes,
        "attachment": lambda: attachments.add(desk, person.id, read, LookedAt(), title="A"),
        "passphrase": lambda: keys.change_passphrase(desk, PASSPHRASE, NEW + " taas", cost=CHEAP),
        "recovery key": lambda: keys.new_recovery_key(desk),
        "removal": lambda: coaches.remove(desk, second.id, passphrase=PASSPHRASE),
    }
    return desk, acts


@pytest.mark.faults("disk", told=True)
@pytest.mark.parametrize("kind", ["notes", "attachment", "passphrase", "recovery key", "removal"])
def test_desk_on_a_full_disk_tells_and_goes_on_when_there_is_room(
    kept, stick: Path, clock: FixedClock, kind: str
) -> None:
    desk, acts = kept
    files = {path.name for path in (stick / "desk").rglob("*")}
    (stick / "filling").write_bytes(b"x" * disk_usage(stick).free)

    assert isinstance(told(acts[kind]), DiskFull)
    assert {path.name for path in (stick / "desk").rglob("*")} <= files | {"desk.db-wal", "desk.db-shm"}
    (stick / "filling").unlink()
    assert whole(desk)
    acts[kind]()
    assert whole(desk)


@pytest.mark.faults("disk", told=True)
def test_desk_in_a_folder_that_may_not_be_written_is_told(desk_folder: Path, stick: Path, clock) -> None:
    copytree(desk_folder, stick / "desk")
    subprocess.run(["mount", "-o", "remount,ro", str(stick)], check=True)

    told(lambda: open_desk(stick / "desk", passphrase=PASSPHRASE, clock=clock, floor=CHEAP))
    subprocess.run(["mount", "-o", "remount,rw", str(stick)], check=True)
    with open_desk(stick / "desk", passphrase=PASSPHRASE, clock=clock, floor=CHEAP) as desk:
        assert whole(desk)
