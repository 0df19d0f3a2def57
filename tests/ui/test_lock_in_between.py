"""What was asked for just before a lock and is ready during it; what is changed while the desk is locked.

The window has its real lanes here: with work that is done at once nothing comes in between.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QDialog

from coachdesk import app as app_module
from coachdesk.app import App
from coachdesk.clock import FixedClock
from coachdesk.domain.trainee import Trainee
from coachdesk.services import drafts, plans
from coachdesk.services.desk import Desk
from coachdesk.services.first_run import remember_first_run
from coachdesk.settings import Settings
from coachdesk.ui.notices import Question
from coachdesk.ui.plans.screen import PlanTab

TEXT = "Jag meddelar själv om jag är sjuk."


@pytest.fixture
def app(
    qapp: QApplication, desk: Desk, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[App]:
    monkeypatch.setenv("COACHDESK_HOME", str(tmp_path / "home"))
    remember_first_run(desk, "")
    found = App(qapp, desk.folder, clock=clock, settings=Settings(theme="light", language="sv"))
    found.window.show()
    found.open(desk)
    settle(found)
    yield found
    found.close_desk()
    found.jobs.stop()
    found.shell.change_settings(language="en")
    found.window.close()
    shiboken6.delete(found.window)


@pytest.fixture
def tab(app: App, a_trainee: Callable[..., Trainee]) -> PlanTab:
    """A plan in Swedish, open in a window in Swedish."""
    goran = a_trainee("Lindström", "Göran", service_language="sv", first_contact=date(2026, 9, 1))
    version = plans.begin(app.shell.desk, goran.id, "coaching_plan")
    app.shell.go("trainees", trainee_id=goran.id, tab="plan")
    settle(app)
    found: PlanTab = app.window.inside.screen_shown.tab_shown
    found.open_version(version.id)
    settle(app)
    return found


def settle(app: App) -> None:
    """All that was asked for is done, and what that asked for."""
    for _time in range(4):
        app.jobs.drain("desk")
        app.jobs.drain("reading")
        QApplication.processEvents()


def dialogs() -> list[QDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def test_list_of_phrases_that_was_asked_for_opens_over_no_door(app: App, tab: PlanTab) -> None:
    tab.editor.pane.phrases.open()
    app.lock()
    assert not dialogs()
    assert not app.shell.closing


def test_paper_that_was_asked_for_neither_opens_over_the_door_nor_holds_the_lock_up(
    app: App, tab: PlanTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[QDialog] = []
    monkeypatch.setattr(QDialog, "exec", lambda dialog: seen.append(dialog))
    tab.print_()
    app.lock()
    assert not seen
    assert not app.shell.is_open


def test_our_own_mistake_during_a_lock_leaves_the_desk_not_open_and_is_told_after_it(
    app: App, reopen: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[bool] = []
    monkeypatch.setattr(Question, "exec", lambda _dialog: told.append(app.shell.is_open))
    app.jobs.run(lambda: {}["not there"])
    app.lock()
    assert not told
    app.open(reopen(app.folder))
    assert told == [True]


def test_language_is_changed_at_the_door_with_a_plan_open_behind_it(
    app: App, tab: PlanTab, reopen: Callable[..., Desk]
) -> None:
    tab.editor.form.text.setPlainText(TEXT)
    settle(app)
    app.lock()
    app.shell.change_settings(language="fi")
    assert tab.editor.bar.back.text() == "Kaikki suunnitelmat"
    app.open(reopen(app.folder))
    settle(app)
    assert tab.editor.pane.side.text.toPlainText() == "Ilmoitan itse, jos olen sairas."


def test_list_of_phrases_does_not_follow_who_went_to_another_page(
    app: App, tab: PlanTab, a_trainee: Callable[..., Trainee]
) -> None:
    aino = a_trainee("Aho", "Aino").id
    for place, trainee_id in (("today", None), ("trainees", aino)):
        tab.open_version(tab.editor.sheet.version.id)
        settle(app)
        tab.editor.pane.phrases.open()
        app.shell.go(place, trainee_id=trainee_id)
        settle(app)
        assert not dialogs()
        app.shell.back()
        settle(app)


def test_phrase_goes_over_no_draft_that_was_found_meanwhile(
    app: App, a_trainee: Callable[..., Trainee]
) -> None:
    aino = a_trainee("Aho", "Aino").id
    drafts.keep(app.shell.desk, "note", f"trainee:{aino}", "Ett utkast", 3)
    app.shell.go("trainees", trainee_id=aino, tab="notes")
    settle(app)
    editor = app.window.inside.screen_shown.tab_shown
    editor.new()
    editor.editor.phrases.open()  # before the draft is found
    settle(app)
    assert editor.editor.text.isReadOnly()
    assert not dialogs()


def test_nothing_of_a_desk_that_was_replaced_is_kept_from_being_collected(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[bool] = []
    monkeypatch.setattr(app_module, "keep", lambda *, again=False: kept.append(again))
    app.restore()
    assert dialogs()  # it is asked for after the lock
    app._take_restored()
    app._keep(again=True)
    assert not kept
    for dialog in dialogs():
        dialog.reject()
