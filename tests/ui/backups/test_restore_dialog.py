import shutil

import pytest
from PySide6.QtTest import QTest

from coachdesk.errors import Unreadable, WrongPassphrase
from coachdesk.services import backup_state, backups
from coachdesk.services.opening import open_desk
from coachdesk.ui.backups.restore import RestoreDialog
from tests.conftest import CHEAP, PASSPHRASE


@pytest.fixture
def made(desk, a_trainee):
    a_trainee("Aho")
    return backups.make(desk)


@pytest.fixture
def opened(shell, desk, made, qtbot, monkeypatch):
    """The dialog over the closed desk that ``made`` is a backup of, or over another folder."""

    def opened(folder=desk.folder):
        desk.close()
        shell.desk = None
        dialog = RestoreDialog(shell, folder)
        dialog.more = {"floor": CHEAP}
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return opened


def test_backups_beside_the_desk_are_offered_the_newest_first(opened):
    dialog = opened()
    assert dialog.list.count() == 1
    assert "Dec\xa02026 9:14" in dialog.list.item(0).text() and "Mallipaja" in dialog.list.item(0).text()
    assert not dialog.go_on.isEnabled()


def test_passphrase_restores_and_says_where_the_former_desk_lies(opened, desk, clock, qtbot):
    dialog = opened()
    dialog.passphrase.setText(PASSPHRASE)
    with qtbot.waitSignal(dialog.restored):
        dialog.go_on.click()
    assert "desk-set-aside-2026-12-15T0914" in dialog.outcome.text()
    assert dialog.passphrase.text() == ""
    with open_desk(desk.folder, passphrase=PASSPHRASE, clock=clock, floor=CHEAP) as now:
        assert backup_state.of(now).restored == clock.now()


def test_new_laptop_with_the_sheet_and_a_file_from_a_stick(
    opened, made, recovery_groups, tmp_path, qtbot, type_text
):
    stick = shutil.copy(made, tmp_path / "stick.backup")
    dialog = opened(tmp_path / "laptop" / "desk")
    assert dialog.list.count() == 0 and dialog.none.isVisible()
    dialog.take(tmp_path / "stick.backup")
    assert dialog.list.count() == 1 and stick
    dialog.way.buttons["sheet"].click()
    for group in recovery_groups:
        type_text(dialog.groups.first_open, group)
    with qtbot.waitSignal(dialog.restored):
        dialog.go_on.click()
    assert (tmp_path / "laptop" / "desk" / "desk.db").exists()


def test_wrong_passphrase_is_told_and_the_desk_stays(opened, desk):
    dialog = opened()
    dialog.passphrase.setText("väärä lause kokonaan")
    dialog.restore()
    assert isinstance(dialog._problem, WrongPassphrase) and dialog.problem.isVisible()
    assert not list(desk.folder.parent.glob("desk-set-aside*"))


def test_file_that_is_no_backup_is_told_at_once(opened, tmp_path):
    (tmp_path / "letter.backup").write_text("hei")
    dialog = opened()
    dialog.take(tmp_path / "letter.backup")
    assert isinstance(dialog._problem, Unreadable)
    assert dialog.list.count() == 1


def test_esc_forgets_what_was_typed(opened):
    dialog = opened()
    QTest.keyClicks(dialog.passphrase, "abc")
    dialog.reject()
    assert dialog.passphrase.text() == ""
