import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.domain.handover import ACCEPTED, REFUSED, UNFINISHED, WAITS
from coachdesk.domain.trainee import Trainee
from coachdesk.services import giving, handing_over, other_desks, trainees
from coachdesk.services.desk import Desk
from coachdesk.ui.backups.watch import Watch
from coachdesk.ui.handover.arrived import ArrivedForm, RefuseForm
from coachdesk.ui.handover.give import GiveForm
from coachdesk.ui.notices import Recorder
from coachdesk.ui.settings.desks import DesksSection
from coachdesk.ui.shell import Shell
from tests.services.handed import CODE, furnish, known_to, taken


class Asks:
    """Answers in the place of the system's file dialogs."""

    def __init__(self, folder: Path) -> None:
        self.stick = folder
        self.next: Path | None = None

    def folder(self, _title: str) -> Path:
        return self.stick

    def file(self, _title: str, _kind: str) -> Path | None:
        return self.next


@pytest.fixture
def other(made_desk: Any, tmp_path: Path, reopen: Callable[..., Desk]) -> Desk:
    return reopen(Path(shutil.copytree(made_desk[0], tmp_path / "other")))


@pytest.fixture
def asks(tmp_path: Path) -> Asks:
    (tmp_path / "stick").mkdir()
    return Asks(tmp_path / "stick")


@pytest.fixture
def person(desk: Desk, tmp_path: Path) -> Trainee:
    found = trainees.register(
        desk, Trainee(family_name="Mallinen", given_names="Malla", personal_identity_code=CODE, phone="040 1")
    )
    furnish(desk, found, tmp_path)
    return found


def shown(kind: type) -> Any:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())


@pytest.fixture
def section(qtbot: QtBot, shell: Shell, asks: Asks) -> DesksSection:
    found = DesksSection(shell)
    qtbot.addWidget(found)
    found.asks = asks
    found.refresh()
    return found


@pytest.fixture
def from_other(other: Desk, desk: Desk, asks: Asks, tmp_path: Path) -> Path:
    """A file in which the other desk hands somebody over to this one."""
    who = trainees.register(
        other,
        Trainee(family_name="Mallinen", given_names="Malla", personal_identity_code=CODE, phone="050 2"),
    )
    furnish(other, who, tmp_path)
    to = known_to(other, desk, asks.stick)
    return giving.hand_over(other, who.id, to, asks.stick, ground="goes_on").file


def test_trainee_is_handed_over_from_the_page_and_the_answer_is_read(
    qtbot: QtBot, shell: Shell, notices: Recorder, other: Desk, person: Trainee, asks: Asks,
    section: DesksSection,
) -> None:  # fmt: skip
    form = GiveForm(shell, person.id)
    qtbot.addWidget(form)
    form.asks, asks.next = asks, other_desks.write_card(other_desks.give_card(other), asks.stick)
    form.take_card()
    assert other_desks.own(other).fingerprint in form.fingerprint.text()
    assert "Notes 1" in form.goes.text()
    form.try_to_keep()
    assert form.fields["ground"].error
    form.ground.choose("ended")
    form.try_to_keep()
    [file] = asks.stick.glob("*.coachdesk")
    asks.next = taken(other, file, asks.stick, compared=True).answer
    section.read_answer()

    assert "accepted by" in section.done.text
    assert handing_over.of_trainee(shell.desk, person.id)[0].state == ACCEPTED
    assert notices.questions == ["Is this the fingerprint of Mallipaja?"]


def test_arrived_trainee_is_compared_and_taken_over(
    qtbot: QtBot, shell: Shell, section: DesksSection, person: Trainee, from_other: Path, asks: Asks
) -> None:
    asks.next = from_other
    section.open_file()
    form = shown(ArrivedForm)
    [phone] = [name for name in form.grid.sides if name.endswith("\nphone")]
    form.try_to_keep()
    assert "fingerprint" in form.problem.text()
    form.compared.setChecked(True)
    form.grid.sides[phone][1].button.setChecked(True)
    form.try_to_keep()

    assert trainees.get(shell.desk, person.id).phone == "050 2"
    assert list(asks.stick.glob("handover-answer-*"))
    section.open_file()
    assert not shown(ArrivedForm).keep_button.isVisibleTo(shown(ArrivedForm))


def test_arrived_trainee_is_refused_with_a_reason(
    qtbot: QtBot, shell: Shell, section: DesksSection, from_other: Path, other: Desk, asks: Asks
) -> None:
    asks.next = from_other
    section.open_file()
    arrived = shown(ArrivedForm)
    arrived.ask_why()
    form = shown(RefuseForm)
    form.reason.choose("other")
    form.try_to_keep()
    assert form.fields["words"].error
    form.words.setPlainText("Ei sovittu")
    form.try_to_keep()

    [answer] = asks.stick.glob("handover-answer-*")
    assert handing_over.read_answer(other, answer.read_bytes()).handover.state == REFUSED
    assert trainees.listing(shell.desk) == ()


def test_slow_stick_is_waited_for_with_a_way_to_stop_and_locking_stops_it(
    qtbot: QtBot, shell: Shell, other: Desk, person: Trainee, asks: Asks, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = GiveForm(shell, person.id)  # deletes itself when it closes
    form.open()
    form.asks, asks.next = asks, other_desks.write_card(other_desks.give_card(other), asks.stick)
    form.take_card()
    form.ground.choose("ended")
    lanes: list[str] = []
    run = shell.jobs.run

    def slow(work: Any, *args: Any, lane: str = "desk", **more: Any) -> None:
        lanes.append(lane)
        if lane == "outside" and len(lanes) == 2:
            assert form.busy and not form.keep_button.isEnabled()
            form.reject()  # Esc stops it and leaves the form
            assert form.isVisible()
        run(work, *args, lane=lane, **more)

    monkeypatch.setattr(shell.jobs, "run", slow)
    form.try_to_keep()
    assert lanes == ["desk", "outside"]
    assert "Stopped" in form.problem.text() and form.keep_button.isEnabled()
    assert not list(asks.stick.glob("*.coachdesk")) and not list(asks.stick.glob(".*"))

    form.begin()
    shell.keeping.emit()
    assert form._stop.is_set()
    form.end()
    lanes.clear()
    lanes.extend(("", ""))
    form.try_to_keep()
    assert lanes[2:] == ["desk", "outside", "desk", "outside", "desk"]
    assert list(asks.stick.glob("*.coachdesk"))


def test_locking_while_the_file_gets_its_place_leaves_the_rest_to_the_next_opening(
    shell: Shell, other: Desk, person: Trainee, asks: Asks, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = GiveForm(shell, person.id)
    form.open()
    form.asks, asks.next = asks, other_desks.write_card(other_desks.give_card(other), asks.stick)
    form.take_card()
    form.ground.choose("ended")
    desk, place = shell.desk, giving.place

    def locked(given: Any) -> Path:
        shell.desk = None
        return place(given)

    monkeypatch.setattr(giving, "place", locked)
    form.try_to_keep()
    shell.desk = desk
    assert not form.busy
    [one] = handing_over.of_trainee(desk, person.id)
    assert one.state == UNFINISHED
    watch = Watch(shell)
    watch.start()
    watch.look()
    watch.stop()
    [one] = handing_over.of_trainee(desk, person.id)
    assert one.state == WAITS and asks.stick.joinpath(one.file).exists()
    assert any("is finished now" in said for said in shell.notices.told)


def test_locking_when_the_stick_has_just_taken_the_file_stops_and_the_form_is_free_again(
    shell: Shell, person: Trainee
) -> None:
    form = GiveForm(shell, person.id)
    form.open()
    form.begin()
    desk = shell.desk
    form.outside(lambda _told, _stopped: setattr(shell, "desk", None), form._record)
    assert "Stopped" in form.problem.text()
    assert not form.busy and form.keep_button.isEnabled()
    shell.desk = desk
    form.reject()
