"""The places of the window, in one tuple; each screen is imported when it is first shown.

To add a place: one line here, and ``coachdesk/ui/<word>/screen.py`` with its class.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from coachdesk.i18n import N_

if TYPE_CHECKING:
    from coachdesk.ui.screen import Screen


@dataclass(frozen=True, kw_only=True)
class Place:
    """One place: its word, key (pressed with Ctrl), name, picture, and where its screen is."""

    word: str
    key: str
    name: str
    icon: str
    module: str
    screen: str

    def load(self) -> "type[Screen]":
        """The class of its screen."""
        found: type[Screen] = getattr(import_module(f"coachdesk.ui.{self.module}"), self.screen)
        return found


PLACES = (
    Place(
        word="today",
        key="1",
        name=N_("Today"),
        icon="calendar-event",
        module="today.screen",
        screen="TodayScreen",
    ),
    Place(
        word="trainees",
        key="2",
        name=N_("Trainees"),
        icon="users",
        module="trainees.screen",
        screen="TraineesScreen",
    ),
    Place(
        word="attendance",
        key="3",
        name=N_("Attendance"),
        icon="calendar-check",
        module="attendance.screen",
        screen="AttendanceScreen",
    ),
    Place(
        word="reports",
        key="5",
        name=N_("Reports"),
        icon="chart-bar",
        module="reports.screen",
        screen="ReportsScreen",
    ),
    Place(word="sync", key="6", name=N_("Sync"), icon="send", module="sync.screen", screen="SyncScreen"),
    Place(
        word="settings",
        key=",",
        name=N_("Settings"),
        icon="settings",
        module="settings.screen",
        screen="SettingsScreen",
    ),
)

TRAINEE_PAGE = Place(
    word="trainee", key="", name=N_("Trainee"), icon="users", module="trainees.page", screen="TraineePage"
)
"""The page of one person: reached by name, shown under Trainees."""


def place(word: str) -> Place:
    """The place of a word."""
    return next(found for found in (*PLACES, TRAINEE_PAGE) if found.word == word)
