"""What is typed into any dialog survives Esc, locking and a kill of the program, and is offered again.

A new dialog stands in a table of ``tests/ui/dialogs.py``, or the first test fails.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from coachdesk.app import App
from coachdesk.domain.identity_code import MASKED
from coachdesk.services import drafts
from coachdesk.services.first_run import remember_first_run
from coachdesk.settings import Settings
from coachdesk.ui.form import FormDialog
from coachdesk.ui.jobs import InlineJobs
from coachdesk.ui.notices import WindowNotices
from tests.ui import dialogs
from tests.ui.dialogs import NOT_KEPT, TYPED, WITHOUT_WORDS, World
from tests.ui.test_paper import pdf  # noqa: F401 - a fixture

EACH_TYPED = pytest.mark.parametrize(
    ("name", "which"), [(name, which) for name in TYPED for which in range(len(TYPED[name]))]
)
CODED = ("trainees.editor.TraineeEditor",)


@pytest.fixture
def world(shell, desk, pdf, qtbot):  # noqa: F811
    return World(shell=shell, person=dialogs.furnish(desk), paper=pdf)


def opened(world, name, which, qtbot):
    found = dialogs.make(world, name, which)
    found.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(found)
    found.open()
    return found


def lost(name, typed, found):
    """What does not stand there again; an identity code comes back behind dots."""
    dots = {at for at, text in found.items() if text == MASKED} if name in CODED else set()
    assert len(dots) <= 1
    return {at: text for at, text in typed.items() if at not in dots and found.get(at) != text}


def test_every_dialog_stands_in_a_table():
    assert dialogs.everywhere() == dialogs.known()


@pytest.mark.parametrize("name", sorted(WITHOUT_WORDS))
def test_a_dialog_without_a_draft_has_nothing_to_type_into(world, name, qtbot):
    assert dialogs.fields(opened(world, name, 0, qtbot)) == []


@EACH_TYPED
def test_what_is_typed_is_there_again(world, name, which, qtbot):
    form = opened(world, name, which, qtbot)
    assert isinstance(form, FormDialog) and dialogs.fields(form)
    typed = dialogs.type_into(form)
    form.reject()

    again = opened(world, name, which, qtbot)
    assert not again.draft.offer.isHidden()
    again.draft.go_on.click()

    assert lost(name, typed, dialogs.standing(again)) == {}


@EACH_TYPED
def test_the_button_that_leaves_takes_the_draft_away(world, name, which, qtbot):
    form = opened(world, name, which, qtbot)
    dialogs.type_into(form)
    assert len(drafts.all_of_coach(world.desk)) == 1
    form.leave_button.click()

    assert drafts.all_of_coach(world.desk) == ()


_TYPE_AND_DIE = """
import json, os, signal, sys
from datetime import datetime
from pathlib import Path
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtWidgets import QApplication
from coachdesk.clock import HELSINKI, FixedClock
from coachdesk.services.opening import open_desk
from coachdesk.settings import Settings
from coachdesk.ui.jobs import Jobs
from coachdesk.ui.notices import Recorder
from coachdesk.ui.shell import Shell
from tests.conftest import CHEAP, PASSPHRASE
from tests.ui import dialogs
application = QApplication([])
clock = FixedClock(datetime(2026, 12, 15, 9, 14, tzinfo=HELSINKI))
desk = open_desk(Path(sys.argv[1]), passphrase=PASSPHRASE, clock=clock, floor=CHEAP)
jobs = Jobs(Recorder())
shell = Shell(
    desk=desk, jobs=jobs, notices=jobs.notices, clock=clock, settings=Settings(), save_settings=print
)
world = dialogs.World(shell=shell, person=int(sys.argv[2]))
def settle():
    for lane in ("desk", "reading", "desk"):
        jobs.drain(lane)
        application.processEvents()
typed, kept = {}, []
for name in dialogs.TYPED:
    form = dialogs.make(world, name)
    form.open()
    settle()
    typed[name] = dialogs.type_into(form)
    settle()
    kept.append(form)
print(json.dumps(typed), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_is_typed_survives_a_kill_of_the_program(world, reopen, qtbot, tmp_path):
    folder: Path = world.desk.folder
    world.desk.close()
    run = [sys.executable, "-c", _TYPE_AND_DIE, str(folder), str(world.person)]
    env = os.environ | {"COACHDESK_HOME": str(tmp_path / "home")}
    child = subprocess.run(run, capture_output=True, text=True, env=env, check=False, timeout=120)
    assert child.returncode == -signal.SIGKILL, child.stderr
    typed = {
        name: {int(at): text for at, text in one.items()} for name, one in json.loads(child.stdout).items()
    }

    world.shell.desk = reopen(folder)
    for name, values in typed.items():
        form = opened(world, name, 0, qtbot)
        assert not form.draft.offer.isHidden(), name
        form.draft.go_on.click()
        assert lost(name, values, dialogs.standing(form)) == {}, name
        form.leave_button.click()


class Asked(WindowNotices):
    """The door of the window, which notes what it is asked and never waits for an answer."""

    def __init__(self, window):
        super().__init__(window)
        self.questions = []

    def confirm(self, question, yes, no, detail="", *, danger=True):
        self.questions.append(question)
        return True

    def show(self, problem):
        raise problem


@pytest.fixture
def app(qapp, desk, clock, tmp_path, monkeypatch):
    monkeypatch.setenv("COACHDESK_HOME", str(tmp_path / "home"))
    settings = Settings(theme="light", language="en")
    found = App(qapp, desk.folder, clock=clock, settings=settings, jobs=InlineJobs())
    found.notices = found.shell.notices = found.jobs.notices = Asked(found.window)
    remember_first_run(desk, "")
    found.window.show()
    found.open(desk)
    qapp.processEvents()
    yield found
    found.window.close()
    shiboken6.delete(found.window)


@pytest.mark.parametrize("name", sorted({*TYPED, *WITHOUT_WORDS, *NOT_KEPT} - {"notices.Question"}))
def test_locking_asks_nothing_and_loses_nothing(app, name, reopen, pdf, qtbot):  # noqa: F811
    world = World(shell=app.shell, person=dialogs.furnish(app.shell.desk), paper=pdf)
    dialog = opened(world, name, 0, qtbot)
    typed = dialogs.type_into(dialog) if name in TYPED else {}
    dialog.activateWindow()

    qtbot.keyClick(dialog, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert not app.shell.is_open
    assert app.notices.questions == []
    assert not dialog.isVisible()
    app.open(reopen(app.folder))
    QApplication.processEvents()
    if name in TYPED or dialog.stays:
        assert dialog.isVisible()
        assert dialogs.standing(dialog) == typed or name not in TYPED
    dialog.reject()
