from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from coachdesk.clock import FixedClock
from coachdesk.errors import Refused
from coachdesk.region import folder as region_folder
from coachdesk.services import keys, workshops
from coachdesk.services.desk import Desk
from coachdesk.services.first_run import first_run_step
from coachdesk.services.opening import create_desk
from coachdesk.settings import Settings
from coachdesk.ui.first_run.recovery import RecoveryStep
from coachdesk.ui.first_run.rest import InformationStep, RegionStep
from coachdesk.ui.first_run.screen import FirstRunScreen
from coachdesk.ui.first_run.who import PassphraseStep, WhoStep
from coachdesk.ui.jobs import InlineJobs
from coachdesk.ui.notices import Recorder
from coachdesk.ui.shell import Shell
from tests.conftest import CHEAP, PASSPHRASE
from tests.ui import walking

Open = Callable[..., FirstRunScreen]


@pytest.fixture
def begin(qtbot: QtBot, clock: FixedClock) -> Open:
    """``begin(folder, desk=None)`` shows the first run."""

    def begin(folder: Path, desk: Desk | None = None) -> FirstRunScreen:
        recorder = Recorder()
        shell = Shell(
            desk=desk,
            jobs=InlineJobs(recorder),
            notices=recorder,
            clock=clock,
            settings=Settings(language="sv"),
            save_settings=lambda _settings: None,
        )
        screen = FirstRunScreen(shell, folder, desk=desk, maker=partial(create_desk, cost=CHEAP, floor=CHEAP))
        qtbot.addWidget(screen)
        screen.resize(1366, 688)
        screen.show()
        return screen

    return begin


def type_into(edit: QLineEdit, text: str) -> None:
    edit.setFocus()
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(edit, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def tell_who(screen: FirstRunScreen) -> None:
    step = screen.step
    assert isinstance(step, WhoStep)
    type_into(step.coach, "Maria Mallikas")
    type_into(step.workshop_fi, "Mallipaja")
    type_into(step.workshop_sv, "Modellverkstaden")
    screen.main_action()


def choose_passphrase(screen: FirstRunScreen) -> None:
    step = screen.step
    assert isinstance(step, PassphraseStep)
    type_into(step.passphrase.first, PASSPHRASE)
    step.passphrase.judge()
    type_into(step.passphrase.again, PASSPHRASE)
    screen.main_action()


def print_sheet(screen: FirstRunScreen) -> list[bytes]:
    step, printed = screen.step, []
    assert isinstance(step, RecoveryStep)

    def paper(pdf: bytes) -> bool:
        printed.append(pdf)
        return True

    step.print_on_paper = paper
    step.print_button.click()
    return printed


def prove_sheet(screen: FirstRunScreen) -> None:
    step = screen.step
    assert isinstance(step, RecoveryStep) and screen.beginning.groups is not None
    for edit, group in zip(step.groups.edits, screen.beginning.groups, strict=True):
        type_into(edit, group.lower())
    step.safe.setChecked(True)
    step.apart.setChecked(True)
    screen.main_action()


@pytest.fixture
def proved(begin: Open, tmp_path: Path) -> FirstRunScreen:
    """A first run whose recovery sheet is proved: the step of the information text is shown."""
    screen = begin(tmp_path / "desk")
    tell_who(screen)
    choose_passphrase(screen)
    print_sheet(screen)
    prove_sheet(screen)
    return screen


def test_whole_first_run_ends_in_a_desk_that_is_ready(
    qtbot: QtBot, proved: FirstRunScreen, tmp_path: Path, reopen: Callable[..., Desk]
) -> None:
    step = proved.step
    assert isinstance(step, InformationStep)
    type_into(step.phone, "06 123 4567")
    proved.main_action()
    proved.main_action()
    with qtbot.waitSignal(proved.finished) as finished:
        proved.main_action()
    desk: Desk = finished.args[0]
    assert first_run_step(desk) == "" and keys.recovery_proved(desk) is not None
    shop = workshops.all_workshops(desk)[0]
    assert (shop.name_fi, shop.name_sv, shop.phone) == ("Mallipaja", "Modellverkstaden", "06 123 4567")
    assert workshops.coach(desk).name == "Maria Mallikas" and workshops.coach(desk).language == "sv"
    desk.close()
    reopen(tmp_path / "desk")


def test_nothing_is_made_before_the_passphrase_is_chosen(begin: Open, tmp_path: Path) -> None:
    screen = begin(tmp_path / "desk")
    assert not screen.go_on.isEnabled() and "your name" in screen.reason.text()
    tell_who(screen)
    assert list(tmp_path.iterdir()) == []
    assert not screen.go_on.isEnabled() and "harder to guess" in screen.reason.text()


def test_weak_passphrase_is_not_taken(begin: Open, tmp_path: Path) -> None:
    screen = begin(tmp_path / "desk")
    tell_who(screen)
    step = screen.step
    assert isinstance(step, PassphraseStep)
    for edit in (step.passphrase.first, step.passphrase.again):
        type_into(edit, "Maria Mallikas")
    step.passphrase.judge()
    assert not screen.go_on.isEnabled()
    screen.main_action()
    assert not (tmp_path / "desk").exists()


def test_sheet_must_be_printed_and_every_group_typed_back(begin: Open, tmp_path: Path) -> None:
    screen = begin(tmp_path / "desk")
    tell_who(screen)
    choose_passphrase(screen)
    step = screen.step
    assert isinstance(step, RecoveryStep) and screen.beginning.groups is not None
    assert not step.groups.isEnabled() and "is printed" in screen.reason.text()
    assert print_sheet(screen)[0].startswith(b"%PDF-")
    assert "all eight" in screen.reason.text()
    for edit, group in zip(step.groups.edits[:7], screen.beginning.groups, strict=False):
        type_into(edit, group)
    assert not screen.go_on.isEnabled()
    type_into(step.groups.edits[7], screen.beginning.groups[7])
    assert "its place" in screen.reason.text()
    step.safe.setChecked(True)
    step.apart.setChecked(True)
    assert screen.go_on.isEnabled()
    assert screen.beginning.desk is not None
    screen.beginning.desk.close()


def test_group_that_is_whole_and_wrong_is_told_at_once(begin: Open, tmp_path: Path) -> None:
    screen = begin(tmp_path / "desk")
    tell_who(screen)
    choose_passphrase(screen)
    print_sheet(screen)
    assert isinstance(screen.step, RecoveryStep) and screen.beginning.groups is not None
    fields, right = screen.step.groups, screen.beginning.groups[0]
    type_into(fields.edits[0], right[:4])
    assert not fields.fields[0].error
    type_into(fields.edits[0], "0" if right[4] != "0" else "1")
    assert fields.fields[0].error == "Not right"
    assert screen.beginning.desk is not None
    screen.beginning.desk.close()


def test_first_field_has_the_cursor_at_once(begin: Open, tmp_path: Path) -> None:
    screen = begin(tmp_path / "desk")
    assert isinstance(screen.step, WhoStep) and screen.focusWidget() is screen.step.coach


@pytest.mark.parametrize("language_", ["fi", "sv"])
def test_small_window_scrolls_down_only_and_cuts_nothing(
    begin: Open, tmp_path: Path, language: Callable[[str], None], language_: str
) -> None:
    language(language_)
    screen = begin(tmp_path / "desk")
    screen.resize(683, 304)
    tell_who(screen)
    choose_passphrase(screen)
    print_sheet(screen)
    area = screen.findChildren(QScrollArea)[0]
    for at in range(6):
        screen.show_step(at)
        walking.settle(screen)
        assert screen.list.isHidden() and walking.too_wide(area) == []
        assert list(walking.cut(screen)) == []
        assert all(edit.height() >= 34 for edit in screen.findChildren(QLineEdit) if edit.isVisible())
    assert screen.beginning.desk is not None
    screen.beginning.desk.close()


def test_groups_are_never_on_the_screen(begin: Open, tmp_path: Path) -> None:
    screen = begin(tmp_path / "desk")
    tell_who(screen)
    choose_passphrase(screen)
    print_sheet(screen)
    groups = screen.beginning.groups
    assert groups is not None
    from PySide6.QtWidgets import QLabel

    shown = " ".join(label.text() for label in screen.findChildren(QLabel))
    assert not any(group in shown for group in groups)
    assert screen.beginning.desk is not None
    screen.beginning.desk.close()


def test_window_closed_at_the_sheet_opens_there_with_a_new_key(
    begin: Open, tmp_path: Path, reopen: Callable[..., Desk]
) -> None:
    screen = begin(tmp_path / "desk")
    tell_who(screen)
    choose_passphrase(screen)
    print_sheet(screen)
    old = screen.beginning.groups
    assert old is not None and screen.beginning.desk is not None
    screen.beginning.desk.close()
    desk = reopen(tmp_path / "desk")
    again = begin(tmp_path / "desk", desk)
    assert isinstance(again.step, RecoveryStep)
    assert "stops working" in again.step.print_state.text()
    print_sheet(again)
    assert again.beginning.groups is not None and again.beginning.groups != old
    prove_sheet(again)
    assert isinstance(again.step, InformationStep)
    with pytest.raises(Exception, match="does not open"):
        keys.prove_recovery(desk, old)


def test_window_closed_later_opens_at_the_same_step(
    begin: Open, proved: FirstRunScreen, tmp_path: Path, reopen: Callable[..., Desk]
) -> None:
    proved.main_action()
    assert proved.beginning.desk is not None
    proved.beginning.desk.close()
    again = begin(tmp_path / "desk", reopen(tmp_path / "desk"))
    assert again.step.name == "The region"
    assert [row.isEnabled() for row in again.list.rows] == [False, False, True, True, False, False]
    again.list.rows[3].click()
    assert isinstance(again.step, InformationStep)


def test_sheet_is_saved_only_after_a_warning_and_never_in_the_desk(
    begin: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = begin(tmp_path / "desk")
    tell_who(screen)
    choose_passphrase(screen)
    step, notices = screen.step, screen.shell.notices
    assert isinstance(step, RecoveryStep) and isinstance(notices, Recorder)
    asked: list[Path] = []

    def choose(*_args: object) -> tuple[str, str]:
        asked.append(tmp_path / "desk" / "sheet.pdf" if not asked else tmp_path / "sheet.pdf")
        return str(asked[-1]), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    notices.answer = False
    step.save_sheet()
    assert asked == [] and notices.questions == ["Save the recovery sheet as a file?"]
    notices.answer = True
    step.save_sheet()
    assert not asked[0].exists() and "cannot lie in the folder" in step.problem.text
    step.save_sheet()
    assert asked[1].read_bytes().startswith(b"%PDF-") and step.groups.isEnabled()
    assert screen.beginning.desk is not None
    screen.beginning.desk.close()


def test_folder_that_is_taken_is_told(begin: Open, tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "letter.txt").write_text("mine")
    screen = begin(tmp_path / "desk")
    tell_who(screen)
    choose_passphrase(screen)
    assert isinstance(screen.step, PassphraseStep)
    assert "is not empty" in screen.step.problem.text and isinstance(screen.step._problem, Refused)
    assert (tmp_path / "desk" / "letter.txt").read_text() == "mine"


def test_every_word_follows_the_language(
    begin: Open, tmp_path: Path, language: Callable[[str], None]
) -> None:
    screen = begin(tmp_path / "desk")
    seen: dict[str, list[str]] = {}
    for tongue in ("fi", "sv"):
        language(tongue)
        QApplication.sendEvent(screen, QEvent(QEvent.Type.LanguageChange))
        names = [row.text() for row in screen.list.rows]
        seen[tongue] = [screen.heading.text(), screen.lead.text(), screen.reason.text(), *names]
    assert all(one != other for one, other in zip(seen["fi"], seen["sv"], strict=True))


def test_regions_file_is_taken_in_and_ours_lies_beside_it(proved: FirstRunScreen, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    made = {"region_id": "pohjanmaa", "name_fi": "Alue", "name_sv": "Området"}
    region_folder.init(tmp_path / "region", **made, body="wellbeing_area_ostrobothnia")
    stick.mkdir()
    proved.main_action()
    step = proved.step
    assert isinstance(step, RegionStep) and proved.go_on.text() == "Continue without"
    (stick / "region.json").write_text("{}")
    step.take(stick / "region.json")
    assert step.problem.text and not step.known.isVisible()
    (stick / "region.json").write_bytes((tmp_path / "region" / "region.json").read_bytes())
    step.take(stick / "region.json")
    assert step.known.isVisible() and proved.go_on.text() == "Continue"
    assert [file.suffix for file in stick.iterdir() if file.name != "region.json"] == [".jwk"]
    assert proved.beginning.desk is not None
    proved.beginning.desk.close()


def test_enter_goes_on(qtbot: QtBot, begin: Open, tmp_path: Path) -> None:
    screen = begin(tmp_path / "desk")
    step = screen.step
    assert isinstance(step, WhoStep) and screen.first_focus() is step.coach
    type_into(step.coach, "Maria Mallikas")
    type_into(step.workshop_sv, "Modellverkstaden")
    qtbot.keyClick(step.workshop_sv, Qt.Key.Key_Return)
    assert isinstance(screen.step, PassphraseStep)
