"""Names of keys as they stand on the keyboard: Vaihto+L, Skift+L, Shift+L."""

from coachdesk.i18n import N_, _

_NAMES = {
    "Ctrl": N_("Ctrl"),
    "Shift": N_("Shift"),
    "Alt": N_("Alt"),
    "Enter": N_("Enter"),
    "Esc": N_("Esc"),
    "Space": N_("Space"),
    "Home": N_("Home"),
    "End": N_("End"),
    "Tab": N_("Tab"),
    "Left": "←",
    "Right": "→",
    "Up": "↑",
    "Down": "↓",
    "PgUp": N_("PgUp"),
    "PgDown": N_("PgDn"),
    "Backspace": N_("Backspace"),
    "Delete": N_("Delete"),
}


def spoken_key(keys: str) -> str:
    """A key sequence in the screen's language."""
    return "+".join(_(_NAMES[part]) if part in _NAMES else part for part in keys.split("+"))
