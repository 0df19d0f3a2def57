"""What the window does by itself: a backup at lock and close, the weekly proof, the log looked through."""

import shiboken6

from coachdesk.app import App
from coachdesk.services import backup_state
from coachdesk.services.carrying import local_folder
from coachdesk.settings import Settings
from coachdesk.store import access_log
from coachdesk.ui.backups.restore import RestoreDialog
from coachdesk.ui.jobs import InlineJobs


def made_of(folder):
    return sorted(local_folder(folder).glob("*.backup"))


def test_locking_makes_a_backup_where_something_changed(app):
    app.lock()
    assert len(made_of(app.folder)) == 1


def test_closing_makes_a_backup_too(app):
    app.close_desk()
    assert len(made_of(app.folder)) == 1


def test_backup_made_at_lock_is_noted_and_proved_after_unlocking(app, reopen):
    app.lock()
    app.open(reopen(app.folder))
    app.watch.look()
    told = backup_state.of(app.shell.desk)
    assert told.made is not None and told.proved == app.clock.now()
    assert app.window.inside.screens["today"].panel.backup.first.startswith("Backup proved")


def test_folder_that_cannot_be_written_at_lock_is_told_after_unlocking(app, reopen):
    local = local_folder(app.folder)
    local.write_text("a file where the folder would be")
    app.lock()
    told = []
    app.notices.told.connect(lambda _kind, sentence: told.append(sentence))
    app.open(reopen(app.folder))
    assert "could not be made" in told[0] and "Your data are safe" in told[0]


def test_cut_log_is_found_in_the_background_after_unlocking(app):
    desk, told = app.shell.desk, []
    with desk.reading() as unit:
        last = access_log.head(unit.connection)
    access_log.write_head(desk.folder, access_log.Head(seq=last.seq + 3, mac=bytes(32)))
    app.notices.told.connect(lambda _kind, sentence: told.append(sentence))
    app.watch.look()
    assert told == ["The last lines of the log are missing."]


def test_today_and_the_foot_of_every_page_tell_how_the_backups_are(app):
    inside = app.window.inside
    assert inside.screens["today"].panel.backup.first == "No backup yet"
    app.shell.go("trainees")
    assert inside.health.backup.isVisible() and "No backup yet" in inside.health.backup.text()
    inside.health.backup.click()
    settings = inside.screens["settings"]
    assert type(settings.sections[settings._at]).__name__ == "BackupsSection"


def test_restoring_locks_first_and_offers_the_backups(app):
    app.shell.restoring.emit()
    assert not app.shell.is_open
    (dialog,) = [w for w in app.application.topLevelWidgets() if isinstance(w, RestoreDialog)]
    assert dialog.list.count() == 1  # the one made by locking
    dialog.reject()


def test_desk_whose_restoring_was_cut_off_at_the_last_step_is_there_again(
    qapp, desk, clock, tmp_path, monkeypatch
):
    monkeypatch.setenv("COACHDESK_HOME", str(tmp_path / "home"))
    folder = desk.folder
    desk.close()
    folder.rename(folder.with_name(".desk.restored-0a1b2c3d"))
    app = App(qapp, folder, clock=clock, settings=Settings(theme="light", language="en"), jobs=InlineJobs())
    app.jobs.notices = app.notices
    app.start()
    assert (folder / "desk.db").exists() and not app.window.findChildren(type(app.window.inside))
    shiboken6.delete(app.window)
