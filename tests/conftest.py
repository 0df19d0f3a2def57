import gc
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis  # noqa: F401 - before a window freezes what is known to the collector, where it looks
import pytest

from coachdesk import i18n
from coachdesk.clock import HELSINKI, FixedClock
from coachdesk.domain import letters
from coachdesk.domain.trainee import Trainee
from coachdesk.services.desk import Desk
from coachdesk.services.opening import create_desk, open_desk
from coachdesk.store import tables, tries
from coachdesk.store.argon import KdfCost
from coachdesk.store.rows import Rows
from coachdesk.ui.tidying import tidy
from tests import faults

if TYPE_CHECKING:
    from tests.served import Served

PASSPHRASE = "lumihiutale kiertää vanhaa tuulimyllyä"
CHEAP = KdfCost(memory_kib=8, passes=1, lanes=1)  # also passed as the floor: only tests may


def pytest_configure() -> None:
    """A window of one test is never collected within another, nor on a lane: see ``ui.tidying``."""
    gc.disable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """A test of a row of faults is counted there."""
    mark = item.get_closest_marker("faults")
    if mark is None or not mark.args:
        return (yield)
    with faults.counted(mark.args[0], told=mark.kwargs.get("told", False)):
        return (yield)


def pytest_sessionfinish() -> None:
    """What was counted is kept for the table, where a long run asks for it."""
    if path := os.environ.get("COACHDESK_FAULTS_COUNTS"):
        faults.keep(Path(path))


@pytest.fixture(autouse=True)
def tidied() -> Iterator[None]:
    """Collects between two tests, when everything of the test is let go."""
    yield
    tidy()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 12, 15, 9, 14, tzinfo=HELSINKI))


@pytest.fixture(autouse=True)
def language() -> Iterator[Callable[[str], None]]:
    """The screen speaks English at the start of each test; ``language("sv")`` changes it."""
    i18n.use_language("en")
    yield i18n.use_language
    i18n.use_language("en")


@pytest.fixture(autouse=True)
def waited(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a wrong passphrase the wait is over: each look at the computer's uptime is a minute later."""
    minutes = count(10_000, 60)
    monkeypatch.setattr(tries, "uptime", lambda: float(next(minutes)))


@pytest.fixture(scope="session")
def made_desk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[str, ...]]:
    """A desk made once and closed; tests take copies."""
    folder = tmp_path_factory.mktemp("made") / "desk"
    desk, groups = create_desk(
        folder,
        passphrase=PASSPHRASE,
        coach_name="Aino Mallikas",
        language="fi",
        workshop_name="Mallipaja",
        clock=FixedClock(datetime(2026, 12, 1, 8, 0, tzinfo=HELSINKI)),
        cost=CHEAP,
        floor=CHEAP,
    )
    desk.close()
    return folder, groups


@pytest.fixture
def desk_folder(made_desk: tuple[Path, tuple[str, ...]], tmp_path: Path) -> Path:
    """A closed desk of its own; ``reopen`` opens it."""
    return Path(shutil.copytree(made_desk[0], tmp_path / "desk"))


@pytest.fixture
def recovery_groups(made_desk: tuple[Path, tuple[str, ...]]) -> tuple[str, ...]:
    return made_desk[1]


@pytest.fixture
def reopen(clock: FixedClock) -> Iterator[Callable[..., Desk]]:
    """``reopen(folder)`` opens a desk of these tests; it is closed at the end."""
    opened: list[Desk] = []

    def reopen(folder: Path, passphrase: str = PASSPHRASE) -> Desk:
        desk = open_desk(folder, passphrase=passphrase, clock=clock, floor=CHEAP)
        opened.append(desk)
        return desk

    yield reopen
    for desk in opened:
        desk.close()


@pytest.fixture
def a_trainee(desk: Desk) -> Callable[..., Trainee]:
    """``a_trainee(family_name="Mallinen", ...)`` puts a made-up person into the desk."""

    def a_trainee(family_name: str = "Esimerkki", given_names: str = "Elli", **more: Any) -> Trainee:
        person = Trainee(family_name=family_name, given_names=given_names, **more)
        found = {
            "name_fold": letters.name_fold(family_name, given_names, person.former_names),
            "name_sort": letters.name_sort(family_name, given_names),
        }
        with desk.writing() as unit:
            kept = Rows(tables.trainee, Trainee).add(unit, person, **found)
            unit.commit()
        return kept

    return a_trainee


@pytest.fixture
def desk(desk_folder: Path, reopen: Callable[..., Desk]) -> Desk:
    """An open desk with one coach and one workshop, in a real encrypted store."""
    return reopen(desk_folder)


@pytest.fixture
def region(tmp_path: Path, clock: FixedClock) -> Iterator["Served"]:
    """A region that answers on a port of its own."""
    from tests.served import Served  # the receiver is slow to import: only where it is wanted

    found = Served(tmp_path / "region", clock).start()
    yield found
    found.close()


@pytest.fixture
def enrolled(desk: Desk, region: "Served") -> "Served":
    """The same, after the desk was enrolled there by a code."""
    from coachdesk.services import enrolment_by_code

    enrolment_by_code.enrol(desk, enrolment_by_code.look(desk, region.address), region.code())
    return region
