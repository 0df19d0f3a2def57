"""Look of the window: tokens to palette, style sheet and fonts.

Usage::

    theme.colour("primary")     # QColor of a token in the look now in use
    theme.font("secondary")     # QFont of a role: title heading person body dense secondary key
    theme.px(36)                # a length that grows with the text size
    widget.setProperty("kind", "primary"); a label: widget.setProperty("role", "secondary")

A widget that keeps pixmaps or sizes makes them again at ``QEvent.Type.StyleChange``, which every widget
gets when the look changes.
"""

from typing import TypeVar

from PySide6 import QtCore
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from coachdesk.settings import Settings, resource_folder
from coachdesk.ui.sheet import sheet
from coachdesk.ui.tokens import DARK, FONT, LIGHT, POINTS

STYLE = "fusion"
W = TypeVar("W", bound=QWidget)

_tokens = LIGHT
_scale = 1.0
_fonts_loaded = False


def apply(app: QApplication, settings: Settings, *, door: bool = False) -> None:
    """Dress the application as the settings say; "system" follows the computer's own choice.

    ``door`` dresses only what the unlock window shows first; it is dressed whole right after.
    """
    global _tokens, _scale
    _tokens = DARK if wants_dark(app, settings) else LIGHT
    if not _fonts_loaded:
        _load_fonts()
        # once: under a style sheet it cannot be told; looking at the style takes 5 ms before the window
        if app.property("born") != STYLE and app.style().objectName().lower() != STYLE:
            app.setStyle(STYLE)
    _scale = settings.text_size / 100
    if app.styleSheet():  # WORKAROUND: from one to another Qt takes five times as long as by way of none
        app.setStyleSheet("")
    app.setFont(font("body"))
    app.setPalette(_palette())
    plain = not door and _high_contrast(app)
    app.setStyleSheet("" if plain else sheet(_tokens, _scale, is_dark(), door=door))


def is_dressed() -> bool:
    """Whether the application was dressed at all."""
    return _fonts_loaded


def wants_dark(app: QApplication, settings: Settings) -> bool:
    """Whether the dark look is asked for, by the settings or else by the computer."""
    if settings.theme in ("light", "dark"):
        return settings.theme == "dark"
    if not is_dressed():  # the palette is still the computer's own; naming Qt makes all its enumerations
        return QPalette().color(QPalette.ColorRole.Window).lightness() < 128
    return app.styleHints().colorScheme() == QtCore.Qt.ColorScheme.Dark


def is_dark() -> bool:
    """Whether the dark look is in use."""
    return _tokens is DARK


def colour(token: str) -> QColor:
    """The colour of a token in the look now in use."""
    return QColor(_tokens[token])


def look() -> tuple[str, float]:
    """What pictures that are kept depend on: the look and the text size."""
    return ("dark" if is_dark() else "light", _scale)


def px(length: int) -> int:
    """A length in logical pixels, grown with the text size."""
    return round(length * _scale)


def font(role: str = "body", *, bold: bool | None = None) -> QFont:
    """The font of a role; titles, headings and persons are bold unless told."""
    found = QFont(FONT)
    found.setPointSizeF(POINTS[role] * _scale)
    found.setBold(role in ("title", "unlock", "heading", "person") if bold is None else bold)
    return found


def metrics(role: str = "body", *, bold: bool | None = None) -> QFontMetrics:
    """Measures of the font of a role."""
    return QFontMetrics(font(role, bold=bold))


def restyle(widget: QWidget) -> None:
    """Draw a widget by its changed properties."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def swap(widget: W, name: str, value: object) -> W:
    """Change a property that the style sheet looks at, and draw by it."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        if widget.testAttribute(
            QtCore.Qt.WidgetAttribute.WA_WState_Polished
        ):  # else it is dressed when shown
            restyle(widget)
    return widget


def _load_fonts() -> None:
    global _fonts_loaded
    for weight in ("Regular", "Bold"):
        QFontDatabase.addApplicationFont(str(resource_folder() / "fonts" / f"NotoSans-{weight}.ttf"))
    _fonts_loaded = True


def _high_contrast(app: QApplication) -> bool:
    """Under the system's high contrast its own palette is kept: letters, icons and words carry on."""
    hints = getattr(app.styleHints(), "accessibility", None)
    wanted = getattr(QtCore.Qt, "ContrastPreference", None)
    return bool(hints and wanted and hints().contrastPreference() == wanted.HighContrast)


def _palette() -> QPalette:
    role = QPalette.ColorRole
    found = QPalette()
    for name, token in (
        (role.Window, "window"),
        (role.WindowText, "text"),
        (role.Base, "surface"),
        (role.AlternateBase, "sunken"),
        (role.Text, "text"),
        (role.Button, "surface"),
        (role.ButtonText, "text"),
        (role.BrightText, "onprimary"),
        (role.Highlight, "primary"),
        (role.HighlightedText, "onprimary"),
        (role.ToolTipBase, "surface"),
        (role.ToolTipText, "text"),
        (role.PlaceholderText, "text2"),
        (role.Link, "primary"),
        (role.LinkVisited, "primary"),
        (role.Accent, "primary"),
        (role.Light, "surface"),
        (role.Midlight, "nav"),
        (role.Mid, "line"),
        (role.Dark, "control"),
        (role.Shadow, "control"),
    ):
        found.setColor(name, colour(token))
    for name in (role.WindowText, role.Text, role.ButtonText):
        found.setColor(QPalette.ColorGroup.Disabled, name, colour("text2"))
    found.setColor(QPalette.ColorGroup.Disabled, role.Base, colour("nav"))
    return found
