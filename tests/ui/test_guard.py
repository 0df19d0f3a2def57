"""The desk is never left open, and nothing of it stays on the clipboard."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from coachdesk.app import App
from coachdesk.clock import FixedClock
from coachdesk.domain.access_log import LogFilter
from coachdesk.domain.trainee import Trainee
from coachdesk.domain.workshop import Coach
from coachdesk.services import coaches, workshops
from coachdesk.services.desk import Desk
from coachdesk.services.first_run import remember_first_run
from coachdesk.settings import Settings
from coachdesk.store import access_log, tries
from coachdesk.ui.coaches.reason import ReasonForm
from coachdesk.ui.jobs import InlineJobs
from tests.conftest import CHEAP

OTHER = "harmaa kivi laulaa syksyisin hiljaa"


@pytest.fixture
def window_of(
    qapp: QApplication, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Desk], App]]:
    """The real window over a desk; its work is done at once."""
    monkeypatch.setenv("COACHDESK_HOME", str(tmp_path / "home"))
    made: list[App] = []

    def window_of(desk: Desk) -> App:
        look = Settings(theme="light", language="en")
        app = App(qapp, desk.folder, clock=clock, settings=look, jobs=InlineJobs())
        app.jobs.notices = app.notices
        app.window.resize(1366, 688)
        app.window.show()
        app.open(desk)
        qapp.processEvents()
        made.append(app)
        return app

    yield window_of
    for app in made:
        app.window.close()
        shiboken6.delete(app.window)


@pytest.fixture
def app(desk: Desk, window_of: Callable[[Desk], App]) -> App:
    remember_first_run(desk, "")
    return window_of(desk)


def guard_of(app: App) -> Any:
    assert app.guard is not None
    return app.guard


def test_idle_window_locks_with_a_dialog_and_a_menu_open(app: App) -> None:
    before = {w for w in QApplication.topLevelWidgets() if w.isVisible()}
    app.window.inside.commands.inside.shell.go("trainees", hint="new")
    QApplication.processEvents()
    menu = QMenu(app.window)
    menu.addAction("x")
    menu.popup(app.window.pos())
    guard_of(app).idle.idle.emit()
    assert not app.shell.is_open
    assert QApplication.activePopupWidget() is None
    assert not [w for w in QApplication.topLevelWidgets() if w.isVisible() and w not in before]


def test_lock_of_the_system_locks(app: App) -> None:
    guard_of(app).system.locking.emit()
    assert not app.shell.is_open


def test_minutes_of_the_settings_are_followed(app: App) -> None:
    app.shell.change_settings(lock_minutes=7)
    assert guard_of(app).idle._minutes == 7


@pytest.mark.parametrize("ours", [True, False])
def test_what_we_copied_is_gone_after_locking_and_others_stays(
    app: App, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, ours: bool
) -> None:
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: ours)  # without a screen it knows no owner
    qapp.clipboard().setText("Elli Esimerkki")
    app.lock()
    assert qapp.clipboard().text() == ("" if ours else "Elli Esimerkki")


def test_half_typed_passphrase_goes_when_the_system_locks(app: App) -> None:
    guard = guard_of(app)
    app.lock()
    door = app.window._door
    door.passphrase.setText("half ty")
    guard.system.locking.emit()
    assert door.passphrase.text() == ""


def test_half_typed_passphrase_of_a_form_goes_with_the_lock(app: App, desk: Desk) -> None:
    from coachdesk.ui.coaches.forms import LetInForm, RemovalForm

    added = workshops.add_coach(desk, Coach(name="Jukka Esimerkki"))
    forms = (LetInForm(app.shell, added, app.window), RemovalForm(app.shell, added, app.window))
    fields: list[QLineEdit] = [forms[0].fresh.first, forms[1].own]
    for form, field in zip(forms, fields, strict=True):
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        form.open()
        field.setText("half ty")
    app.lock()
    assert [field.text() for field in fields] == ["", ""]


def test_failed_tries_are_told_inside_once(
    desk: Desk, reopen: Callable[..., Desk], window_of: Callable[[Desk], App]
) -> None:
    remember_first_run(desk, "")
    desk.close()
    for _number in range(2):
        begun = tries.begin(desk.folder)
        tries.fail(desk.folder, begun, tries.Try(at="2026-12-14T16:05:00+02:00", kind="passphrase"))
    app = window_of(reopen(desk.folder))
    assert "2 tries to open the desk failed before you" in app.window.inside.notice.text


def test_reason_is_asked_before_another_coachs_page_opens(
    desk: Desk,
    reopen: Callable[..., Desk],
    window_of: Callable[[Desk], App],
    a_trainee: Callable[..., Trainee],
) -> None:
    remember_first_run(desk, "")
    hers = a_trainee(responsible_coach_id=1)
    added = workshops.add_coach(desk, Coach(name="Jukka Esimerkki"))
    coaches.let_in(desk, added.id, OTHER, cost=CHEAP)
    desk.close()
    app = window_of(reopen(desk.folder, OTHER))
    app.shell.go("trainee", trainee_id=hers.id)
    QApplication.processEvents()
    page = app.window.inside.screen_shown
    assert page.sheet is None
    (form,) = app.window.findChildren(ReasonForm)
    assert "Aino Mallikas" in form.about.text()
    form.reason.setText("Aino on lomalla")
    form.try_to_keep()
    QApplication.processEvents()
    assert page.sheet is not None and page.sheet.trainee.id == hers.id


def test_page_is_left_where_no_reason_is_stated(
    desk: Desk,
    reopen: Callable[..., Desk],
    window_of: Callable[[Desk], App],
    a_trainee: Callable[..., Trainee],
) -> None:
    remember_first_run(desk, "")
    hers = a_trainee(responsible_coach_id=1)
    added = workshops.add_coach(desk, Coach(name="Jukka Esimerkki"))
    coaches.let_in(desk, added.id, OTHER, cost=CHEAP)
    desk.close()
    app = window_of(reopen(desk.folder, OTHER))
    app.shell.go("trainee", trainee_id=hers.id, tab="notes")
    QApplication.processEvents()
    (form,) = app.window.findChildren(ReasonForm)
    form.reject()
    QApplication.processEvents()
    assert app.window.inside.now.place == "today"


def test_nothing_is_read_twice_when_another_coach_unlocks(
    desk: Desk, reopen: Callable[..., Desk], window_of: Callable[[Desk], App]
) -> None:
    remember_first_run(desk, "")
    added = workshops.add_coach(desk, Coach(name="Jukka Esimerkki"))
    coaches.let_in(desk, added.id, OTHER, cost=CHEAP)
    desk.close()
    app = window_of(reopen(desk.folder))
    app.lock()
    other = reopen(desk.folder, OTHER)
    app.open(other)
    with other.reading() as unit:
        wanted = LogFilter(acts=frozenset({"today.open"}))
        looks = access_log.lines(unit.connection, wanted, most=9)
    assert [line.coach_id for line in looks] == [added.id, 1]
