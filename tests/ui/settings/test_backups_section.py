import pytest

from coachdesk.services import backup_state, backups
from coachdesk.store import meta
from coachdesk.ui.settings.screen import SettingsScreen


@pytest.fixture
def section(shell, qtbot):
    screen = SettingsScreen(shell)
    qtbot.addWidget(screen)
    screen.resize(1118, 586)
    screen.show()
    screen.arrive("BackupsSection")
    found = screen.sections[screen._at]
    found.refresh()
    yield found


def test_backup_is_made_and_proved_by_buttons(section, desk, notices):
    assert section.made.text() == "No backup yet" and not section.prove_button.isEnabled()
    section.make_button.click()
    assert section.made.text().startswith("Last made 15\xa0Dec\xa02026")
    section.prove_button.click()
    assert section.proved.text().startswith("Last restored for proof 15\xa0Dec")
    assert len(notices.told) == 2 and not section.working.isVisible()


def test_folder_of_the_coachs_choice_gets_the_newest_at_once(section, desk, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    section.make_button.click()
    section.take(stick)
    assert len(list(stick.glob("*.backup"))) == 1
    assert str(stick) in section.folder.text() and "15\xa0Dec" in section.folder.text()
    section.none_button.click()
    assert backup_state.of(desk).folder is None and not section.folder.isVisible()


def test_folder_that_would_be_lost_with_the_desk_is_refused(section, desk, notices):
    section.take(desk.folder / "files")
    assert "another disk" in notices.sentences[0]


def test_absent_stick_is_told(section, desk, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    section.take(stick)
    stick.rmdir()
    section.make_button.click()
    assert "has not been there since" in section.folder.text()


def test_damaged_backup_is_told_loudly_here(section, desk, notices):
    section.make_button.click()
    (made,) = backups.local_folder(desk.folder).glob("*.backup")
    content = bytearray(made.read_bytes())
    content[-100] ^= 4
    made.write_bytes(content)
    section.prove_button.click()
    assert section.told.isVisible() and "is damaged" in section.told.text
    assert notices.sentences == []


def test_restoring_is_asked_of_the_window(section, shell, qtbot):
    with qtbot.waitSignal(shell.restoring):
        section.restore_button.click()


def test_going_to_the_backups_is_going_to_their_section(shell):
    shell.go("backups")
    assert (shell.gone[-1].place, shell.gone[-1].hint) == ("settings", "BackupsSection")


def test_nothing_is_kept_of_a_trial(desk, section):
    with desk.reading() as unit:
        assert meta.get(unit, "backup_folder") == ""
