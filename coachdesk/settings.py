"""Settings of this computer: one frozen object; a change makes a new one, saves it and says so.

What belongs to a desk (norms, workshops, consents) is kept in the desk, encrypted.  Here lies only
what is needed before a desk is open, and nothing personal.
"""

import os
from pathlib import Path
from typing import NamedTuple


class Settings(NamedTuple):
    """Look and language of the window, and where the desk lies."""

    language: str = "fi"
    theme: str = "system"  # system, light, dark
    text_size: int = 100  # percent: 100, 115, 130, 150
    desk: str = ""  # folder of the desk last opened
    coach: int = 0  # who opened it last, where several can
    lock_minutes: int = 3  # without a key or a move of the mouse, 1 to 10
    quiet_grid: bool = False  # grid shows present / absent only, no reasons
    grid_by_person: bool = False  # a mark goes on to the right instead of down
    lists: str = ""  # whose trainees coaches chose to see, by their numbers: "1:own 3:all"

    def with_(self, **changes: object) -> "Settings":
        """A copy with changes."""
        return self._replace(**changes)  # type: ignore[arg-type]  # whoever changes one knows its kind


def config_folder() -> Path:
    """Folder of this program's settings; ``COACHDESK_HOME`` moves it."""
    home = os.environ.get("COACHDESK_HOME")
    if home:
        return Path(home)
    import platformdirs

    return Path(platformdirs.user_config_dir("coachdesk", appauthor=False))


def default_desk() -> Path:
    """The folder that a first run proposes for the desk; ``COACHDESK_HOME`` moves it."""
    home = os.environ.get("COACHDESK_HOME")
    if not home:
        import platformdirs

        home = platformdirs.user_data_dir("coachdesk", appauthor=False)
    return Path(home) / "desk"


def resource_folder() -> Path:
    """Where icons, fonts, codes and schemas lie: inside the installed package, or in the source."""
    inside = Path(__file__).parent / "_resources"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "resources"


def new() -> Settings:
    """The settings of a new computer; ``COACHDESK_LANGUAGE`` is its language until one is chosen."""
    asked = os.environ.get("COACHDESK_LANGUAGE")
    return Settings(language="sv") if asked == "sv" else Settings()


def load() -> Settings:
    """The saved settings; what is missing or unreadable is as when new."""
    import json

    fresh = new()
    try:
        kept = json.loads((config_folder() / "settings.json").read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return fresh
    if not isinstance(kept, dict):
        return fresh
    known = {
        name: kept[name] for name, value in fresh._asdict().items() if isinstance(kept.get(name), type(value))
    }
    return Settings(**known)


def save(settings: Settings) -> None:
    """Write the settings whole: a kill leaves the old ones or the new ones."""
    import json

    from coachdesk import whole_file

    folder = config_folder()
    folder.mkdir(parents=True, exist_ok=True)
    whole_file.write(folder / "settings.json", json.dumps(settings._asdict(), indent=1).encode())
