import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from coachdesk import i18n
from coachdesk.clock import HELSINKI, FixedClock
from coachdesk.services.desk import Desk
from coachdesk.services.opening import open_desk, open_desk_with_recovery
from coachdesk.settings import Settings
from coachdesk.store import engine
from coachdesk.ui import theme
from coachdesk.ui.jobs import InlineJobs
from coachdesk.ui.notices import Recorder
from coachdesk.ui.shell import Shell
from coachdesk.ui.unlock.screen import UnlockScreen
from coachdesk.ui.unlock.tries import seconds_after
from tests.conftest import CHEAP, PASSPHRASE
from tests.ui import walking

Groups = tuple[str, ...]
NEW = "neljä harmaata varista kuorma-autossa"


@pytest.fixture
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new passphrase costs what these tests pay; the screen asks for no cost of its own."""
    from coachdesk.store import argon

    monkeypatch.setattr(argon, "calibrated", lambda: CHEAP)


@pytest.fixture
def screen(qtbot: QtBot, desk_folder: Path, clock: FixedClock) -> UnlockScreen:
    recorder = Recorder()
    shell = Shell(
        jobs=InlineJobs(recorder),
        notices=recorder,
        clock=clock,
        settings=Settings(language="fi"),
        save_settings=lambda _settings: None,
    )
    made = UnlockScreen(
        shell,
        desk_folder,
        opener=lambda folder, text, coach_id=None: open_desk(
            folder, passphrase=text, clock=clock, floor=CHEAP, coach_id=coach_id
        ),
        recoverer=lambda folder, groups: open_desk_with_recovery(folder, groups, clock=clock, floor=CHEAP),
    )
    qtbot.addWidget(made)
    made.opened.connect(lambda desk: setattr(made, "desk_opened", desk))
    made.resize(1366, 736)
    with qtbot.waitSignal(made.looked):
        made.show()
    return made


def desk_of(screen: UnlockScreen) -> Desk:
    found: Desk = screen.desk_opened  # type: ignore[attr-defined]
    return found


def type_into(qtbot: QtBot, edit: QLineEdit, text: str) -> None:
    """Type as a keyboard does; the test tool's own way knows no letters beyond ASCII."""
    edit.setFocus()
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(edit, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def test_passphrase_and_enter_open_the_desk(qtbot: QtBot, screen: UnlockScreen) -> None:
    assert screen.first_focus() is screen.passphrase
    type_into(qtbot, screen.passphrase, PASSPHRASE)
    qtbot.keyClick(screen.passphrase, Qt.Key.Key_Return)
    assert desk_of(screen).coach_id == 1
    assert screen.passphrase.text() == ""
    desk_of(screen).close()


def test_wrong_tries_wait_longer_and_longer_in_words(qtbot: QtBot, screen: UnlockScreen) -> None:
    for wait in (1, 2, 4):
        type_into(qtbot, screen.passphrase, "not this one")
        screen.open_desk()
        sentence = screen.field.error
        assert sentence.startswith("The passphrase does not open this desk. Try again in")
        assert f"{wait} second" in sentence and not screen.open_button.isEnabled()
        for _second in range(wait):
            screen.count_down()
        assert screen.open_button.isEnabled() and "Check Caps Lock." in screen.field.error


def test_waiting_grows_to_half_a_minute() -> None:
    assert [seconds_after(wrong) for wrong in range(8)] == [0, 1, 2, 4, 8, 16, 30, 30]


def test_nothing_is_tried_while_waiting(qtbot: QtBot, screen: UnlockScreen) -> None:
    type_into(qtbot, screen.passphrase, "not this one")
    screen.open_desk()
    type_into(qtbot, screen.passphrase, PASSPHRASE)
    qtbot.keyClick(screen.passphrase, Qt.Key.Key_Return)
    assert not hasattr(screen, "desk_opened") and screen.passphrase.text() == PASSPHRASE
    screen.count_down()
    qtbot.keyClick(screen.passphrase, Qt.Key.Key_Return)
    desk_of(screen).close()


def test_field_is_emptied_when_nobody_types(qtbot: QtBot, screen: UnlockScreen) -> None:
    type_into(qtbot, screen.passphrase, "half a passph")
    assert screen.passphrase._idle.isActive() and screen.passphrase._idle.interval() == 30_000
    screen.passphrase._idle.timeout.emit()
    assert screen.passphrase.text() == ""


def test_eye_shows_only_while_held(qtbot: QtBot, screen: UnlockScreen) -> None:
    edit = screen.passphrase
    assert edit.eye is not None
    qtbot.mousePress(edit.eye, Qt.MouseButton.LeftButton)
    assert edit.echoMode() is QLineEdit.EchoMode.Normal
    qtbot.mouseRelease(edit.eye, Qt.MouseButton.LeftButton)
    assert edit.echoMode() is QLineEdit.EchoMode.Password


def test_caps_lock_is_told_by_what_is_typed(qtbot: QtBot, screen: UnlockScreen) -> None:
    qtbot.keyClick(screen.passphrase, "A")
    assert screen.caps_row.isVisible()
    qtbot.keyClick(screen.passphrase, "a")
    assert not screen.caps_row.isVisible()
    qtbot.keyClick(screen.passphrase, "A", Qt.KeyboardModifier.ShiftModifier)
    assert not screen.caps_row.isVisible()


def test_damaged_desk_is_told_in_one_sentence(qtbot: QtBot, screen: UnlockScreen, desk_folder: Path) -> None:
    (desk_folder / engine.NAME).write_bytes(b"")
    type_into(qtbot, screen.passphrase, PASSPHRASE)
    screen.open_desk()
    assert screen.problem.isVisible() and "empty file" in screen.problem.text
    assert screen.open_button.isEnabled()


def test_damage_is_told_before_anything_is_typed(
    qtbot: QtBot, screen: UnlockScreen, desk_folder: Path
) -> None:
    (desk_folder / engine.NAME).write_bytes(b"SQLite format 3\x00" * 400)
    screen._warmed = False
    screen._look()
    assert "not encrypted" in screen.problem.text


def test_recovery_sheet_opens_and_asks_for_a_new_passphrase(
    qtbot: QtBot,
    screen: UnlockScreen,
    recovery_groups: Groups,
    cheap_keys: None,
    desk_folder: Path,
    reopen: Callable[..., Desk],
) -> None:
    qtbot.mouseClick(screen.sheet_button, Qt.MouseButton.LeftButton)
    sheet = screen.sheet
    assert sheet is not None and not sheet.go_on.isEnabled()
    for edit, group in zip(sheet.groups.edits, recovery_groups, strict=True):
        type_into(qtbot, edit, group.lower())
    qtbot.mouseClick(sheet.go_on, Qt.MouseButton.LeftButton)
    assert not sheet.go_on.isEnabled() and "old passphrase stops" in sheet.lead.text()
    type_into(qtbot, sheet.fresh.first, NEW)
    sheet.fresh.judge()
    type_into(qtbot, sheet.fresh.again, NEW)
    qtbot.keyClick(sheet.fresh.again, Qt.Key.Key_Return)
    desk_of(screen).close()
    assert sheet.groups.groups == ("",) * 8
    reopen(desk_folder, NEW)


def test_wrong_group_is_blamed_by_its_number(
    qtbot: QtBot, screen: UnlockScreen, recovery_groups: Groups
) -> None:
    screen.use_sheet()
    assert screen.sheet is not None
    groups = screen.sheet.groups
    wrong = "00000" if recovery_groups[2] != "00000" else "11111"
    for edit, group in zip(groups.edits, (*recovery_groups[:2], wrong, *recovery_groups[3:]), strict=True):
        type_into(qtbot, edit, group)
    groups.edits[2].left.emit()
    assert groups.fields[2].error == "Not right"
    assert [field.error for at, field in enumerate(groups.fields) if at != 2] == [""] * 7
    assert groups.first_open is groups.edits[2] and not screen.sheet.go_on.isEnabled()


def test_right_group_is_hidden_and_typing_goes_on(
    qtbot: QtBot, screen: UnlockScreen, recovery_groups: Groups
) -> None:
    screen.use_sheet()
    assert screen.sheet is not None
    first, second, *_rest = screen.sheet.groups.edits
    first.setFocus()
    type_into(qtbot, first, recovery_groups[0])
    assert first.echoMode() is QLineEdit.EchoMode.Password
    assert screen.sheet.groups.first_open is second


def test_groups_that_were_left_on_the_screen_are_forgotten(
    qtbot: QtBot, screen: UnlockScreen, recovery_groups: Groups
) -> None:
    screen.use_sheet()
    assert screen.sheet is not None
    for edit, group in zip(screen.sheet.groups.edits, recovery_groups, strict=True):
        type_into(qtbot, edit, group)
    assert screen.sheet.go_on.isEnabled() and screen.sheet.groups._idle.isActive()
    screen.sheet.groups._idle.timeout.emit()  # nobody typed for three minutes
    assert screen.sheet.groups.groups == ("",) * 8
    assert not screen.sheet.go_on.isEnabled() and not screen.sheet.groups._idle.isActive()


def test_whole_key_from_a_scanner_fills_all_groups(
    qtbot: QtBot, screen: UnlockScreen, recovery_groups: Groups
) -> None:
    screen.use_sheet()
    assert screen.sheet is not None
    QApplication.clipboard().setText("-".join(recovery_groups).lower())
    screen.sheet.groups.edits[0].paste()
    assert screen.sheet.groups.groups == recovery_groups and screen.sheet.groups.complete


def test_half_way_recovered_desk_is_closed_when_left(
    qtbot: QtBot,
    screen: UnlockScreen,
    recovery_groups: Groups,
    desk_folder: Path,
    reopen: Callable[..., Desk],
) -> None:
    screen.use_sheet()
    assert screen.sheet is not None
    for edit, group in zip(screen.sheet.groups.edits, recovery_groups, strict=True):
        type_into(qtbot, edit, group)
    screen.sheet.main_action()
    screen.leave()
    reopen(desk_folder)


def test_every_word_follows_the_language(screen: UnlockScreen, language: Callable[[str], None]) -> None:
    screen.remember_kept(2, datetime(2026, 12, 15, 9, 12, tzinfo=HELSINKI), 1)
    seen = {}
    for tongue in ("en", "fi", "sv"):
        language(tongue)
        QApplication.sendEvent(screen, QEvent(QEvent.Type.LanguageChange))
        foot = screen.foot
        shown = (screen.open_button, screen.sheet_button, screen.lead, foot.version, foot.checked)
        seen[tongue] = (*(widget.text() for widget in shown), screen.kept.text)
    assert all(len({words[at] for words in seen.values()}) >= 2 for at in range(6))
    assert "2 luonnosta, klo 9.12" in seen["fi"][-1] and "2 utkast, kl. 9.12" in seen["sv"][-1]


def test_kept_drafts_are_told_to_the_coach_whose_they_are_alone(screen: UnlockScreen) -> None:
    screen.remember_kept(2, datetime(2026, 12, 15, 9, 12, tzinfo=HELSINKI), 7)
    assert screen.kept.isVisible()  # who there is, is not known yet, or there is but one
    screen._ask_who({3: "Aino", 7: "Jukka"})
    assert screen.who is not None
    assert screen.kept.isVisible() is (screen.who.coach_id == 7)
    screen.who.box.setCurrentIndex(screen.who.box.findData(3))
    assert not screen.kept.isVisible()
    screen.retranslate()
    assert not screen.kept.isVisible()
    screen.who.box.setCurrentIndex(screen.who.box.findData(7))
    assert screen.kept.isVisible()


def test_language_is_chosen_before_anything_else(qtbot: QtBot, screen: UnlockScreen) -> None:
    chosen: list[Settings] = []
    screen.shell.settings_changed.connect(chosen.append)
    qtbot.mouseClick(screen.language.buttons["sv"], Qt.MouseButton.LeftButton)
    assert [settings.language for settings in chosen] == ["sv"]


def test_narrow_window_leaves_the_picture_out(screen: UnlockScreen) -> None:
    screen.resize(683, 304)
    assert not screen.art.isVisible()
    screen.resize(1366, 736)
    assert screen.art.isVisible() and screen.art.lines == ("Mallipaja",)


def test_large_words_have_their_room(
    qapp: QApplication, screen: UnlockScreen, language: Callable[[str], None]
) -> None:
    try:
        theme.apply(qapp, Settings(theme="light", text_size=150))
        for tongue in ("fi", "sv"):
            language(tongue)
            screen.retranslate()
            walking.settle(screen)
            assert list(walking.cut(screen)) == []
    finally:
        theme.apply(qapp, Settings(theme="light"))


def test_unlock_imports_nothing_heavy() -> None:
    code = (
        "import sys; import coachdesk.ui.unlock.screen; "
        "print(sorted({name.split('.')[0] for name in sys.modules} & "
        "{'sqlalchemy', 'sqlcipher3', 'cryptography', 'reportlab', 'babel', 'zxcvbn'}), "
        "[name for name in sys.modules if name.startswith(('coachdesk.store', 'coachdesk.services'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[] []\n"


def test_strength_is_said_in_words_and_weak_is_not_taken(qtbot: QtBot, screen: UnlockScreen) -> None:
    screen.use_sheet()
    assert screen.sheet is not None
    fresh = screen.sheet.fresh
    type_into(qtbot, fresh.first, "salasana1")
    type_into(qtbot, fresh.again, "salasana1")
    fresh.judge()
    assert not fresh.ready and "easy to guess" in fresh.verdict.text() and fresh.advice.text()
    assert fresh.reason() == "The passphrase must be harder to guess."
    for edit in (fresh.first, fresh.again):
        edit.clear()
    type_into(qtbot, fresh.first, NEW)
    fresh.judge()
    assert not fresh.ready and fresh.reason() == "Type the same passphrase twice."
    type_into(qtbot, fresh.again, NEW + "x")
    fresh.again.editingFinished.emit()
    assert fresh.again_field.error == "The two are not the same."
    qtbot.keyClick(fresh.again, Qt.Key.Key_Backspace)
    assert fresh.ready and fresh.again_field.error == "" and fresh.reason() == ""
    assert i18n.current().language == "en"


OTHER = "harmaa kivi laulaa syksyisin hiljaa"


@pytest.fixture
def two_coaches(desk: Desk) -> Path:
    """A closed desk that two coaches can open."""
    from coachdesk.domain.workshop import Coach
    from coachdesk.services import coaches, workshops

    added = workshops.add_coach(desk, Coach(name="Jukka Esimerkki"))
    coaches.let_in(desk, added.id, OTHER, cost=CHEAP)
    desk.close()
    return desk.folder


def test_one_coach_is_never_asked_who_it_is(screen: UnlockScreen) -> None:
    screen._after_paint()
    assert screen.who is None


def test_who_opens_is_chosen_by_a_short_name_and_remembered(
    qtbot: QtBot, two_coaches: Path, screen: UnlockScreen
) -> None:
    screen._after_paint()
    assert screen.who is not None
    assert [screen.who.box.itemText(at) for at in range(2)] == ["Aino", "Jukka"]
    screen.who.box.setCurrentIndex(1)
    screen.passphrase.setText(OTHER)
    with qtbot.waitSignal(screen.opened) as opened:
        screen.open_desk()
    assert opened.args[0].coach_id == 2
    assert screen.shell.settings.coach == 2
    opened.args[0].close()


def test_caption_of_who_opens_follows_the_language(
    two_coaches: Path, screen: UnlockScreen, speak: Callable[..., None]
) -> None:
    screen._after_paint()
    assert screen.who is not None and screen.who.caption.text() == "Coach"
    speak("fi")
    assert screen.who.caption.text() == "Valmentaja"


def test_passphrase_of_another_does_not_open_as_who_was_chosen(
    two_coaches: Path, screen: UnlockScreen
) -> None:
    screen._after_paint()
    screen.passphrase.setText(OTHER)  # Aino is chosen
    screen.open_desk()
    assert "does not open" in screen.field.error


@pytest.fixture
def tried_before(desk_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four wrong tries in another program, the last three seconds ago."""
    from coachdesk.store import tries

    monkeypatch.setattr(tries, "uptime", lambda: 500.0)
    tries._write(desk_folder, tries.Tries(wrong=4, uptime=497.0))


def test_wait_goes_on_in_a_new_program(tried_before: None, screen: UnlockScreen) -> None:
    assert not screen.open_button.isEnabled()
    assert "5 seconds" in screen.field.error
    for _second in range(5):
        screen.count_down()
    assert screen.open_button.isEnabled() and not screen.field.error
