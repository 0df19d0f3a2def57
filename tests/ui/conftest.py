import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from coachdesk import i18n
from coachdesk.clock import FixedClock
from coachdesk.services.desk import Desk
from coachdesk.settings import Settings
from coachdesk.ui import theme, tidying
from coachdesk.ui.jobs import InlineJobs
from coachdesk.ui.notices import Recorder
from coachdesk.ui.shell import Shell

if TYPE_CHECKING:
    from coachdesk.app import App

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # the same pixels with and without a display
tidying.EVERY = 2**30  # collected is between two tests only, when their windows are gone: see ``cleared``


@pytest.fixture(autouse=True)
def cleared(qapp: QApplication) -> Iterator[None]:
    """No window of a test stands in the next one, where each change of look would go through it as well."""
    before = QApplication.topLevelWidgets()
    yield
    for window in QApplication.topLevelWidgets():
        if shiboken6.isValid(window) and window.parentWidget() is None and window not in before:
            shiboken6.delete(window)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # no loop runs that would


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> None:
    """Every window of the tests is light and in the shipped font."""
    if theme.look() != ("light", 1.0) or not qapp.styleSheet():
        theme.apply(qapp, Settings(theme="light"))


@pytest.fixture
def type_text() -> Callable[[QWidget, str], None]:
    """``type_text(field, "Åsa")`` presses keys; QTest itself knows only ASCII."""

    def type_text(widget: QWidget, text: str) -> None:
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(widget, event)

    return type_text


@pytest.fixture
def notices() -> Recorder:
    """Keeps what the screen tells; ``notices.answer`` answers its questions."""
    return Recorder()


@pytest.fixture
def shell(desk: Desk, notices: Recorder, clock: FixedClock, qapp: QApplication) -> Shell:
    """A shell over a real desk whose work is done at once."""
    return Shell(
        desk=desk,
        jobs=InlineJobs(notices),
        notices=notices,
        clock=clock,
        settings=Settings(theme="light"),
        save_settings=lambda _settings: None,
    )


@pytest.fixture
def app(
    qapp: QApplication, desk: Desk, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator["App"]:
    """The real window, open; its work is done at once."""
    from coachdesk.app import App
    from coachdesk.services.first_run import remember_first_run

    monkeypatch.setenv("COACHDESK_HOME", str(tmp_path / "home"))
    settings = Settings(theme="light", language="en")
    found = App(qapp, desk.folder, clock=clock, settings=settings, jobs=InlineJobs())
    found.jobs.notices = found.notices
    remember_first_run(desk, "")
    found.window.resize(1366, 688)
    found.window.show()
    found.open(desk)
    qapp.processEvents()
    yield found
    found.window.close()
    shiboken6.delete(found.window)  # a window that lives on is dressed again by every later test


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[Callable[..., None]]:
    """``speak("sv", widget)`` changes the language as the window does."""
    from coachdesk.ui.language import use_language

    def speak(language: str, *_widgets: QWidget) -> None:
        use_language(qapp, language)

    yield speak
    use_language(qapp, "en")
    i18n.use_language("en")
