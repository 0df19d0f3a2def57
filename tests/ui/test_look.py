import re
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from coachdesk.settings import Settings, resource_folder
from coachdesk.ui import icons, theme
from coachdesk.ui.sheet import sheet
from coachdesk.ui.tokens import DARK, LIGHT, TEXT_SIZES
from coachdesk.ui.trainees.columns import paint_phases
from coachdesk.ui.widgets.spin import DecimalBox, SpinBox

LOOKS = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
UI = Path(theme.__file__).parent
# what is drawn on which ground: text at least 4.5 to 1 (WCAG 2.2, 1.4.3)
TEXT_PAIRS = (
    ("text", "surface"),
    ("text", "window"),
    ("text", "soft"),
    ("text", "nav"),
    ("text", "sunken"),
    ("text2", "surface"),
    ("text2", "window"),
    ("text2", "nav"),
    ("text2", "sunken"),
    ("text2", "soft"),
    ("primary", "surface"),
    ("primary", "window"),
    ("primary", "soft"),
    ("onprimary", "primary"),
    ("onprimary", "primaryH"),
    ("ok", "okbg"),
    ("warn", "warnbg"),
    ("danger", "dangerbg"),
    ("info", "infobg"),
    ("neutral", "neutralbg"),
    ("text", "okbg"),
    ("text", "warnbg"),
    ("text", "dangerbg"),
    ("text", "infobg"),
    ("text", "neutralbg"),
    ("danger", "surface"),
    ("danger", "window"),
    ("danger", "soft"),
    ("ok", "surface"),
    ("warn", "surface"),
    ("warn", "soft"),
    ("onbar", "bar"),
    ("barlink", "bar"),
    *((f"a{letter}", f"a{letter}b") for letter in "LSPHTMINEV"),
)

# and edges that carry meaning at least 3 to 1 (1.4.11)
EDGE_PAIRS = (
    ("control", "surface"),
    ("control", "window"),
    ("control", "soft"),
    ("focus", "surface"),
    ("focus", "window"),
    ("focus", "soft"),
    ("focus", "nav"),
    ("primary", "surface"),
    ("primary", "soft"),
    ("primary", "nav"),
    ("warn", "warnbg"),
    ("warn", "aLb"),
    ("danger", "surface"),
    ("danger", "aIb"),
)


def contrast(one: str, other: str) -> float:
    """The contrast of two #RRGGBB colours by the formula of WCAG 2, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_the_formula_of_wcag():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@LOOKS
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_stands_out_from_its_ground(tokens, text, ground):
    assert contrast(tokens[text], tokens[ground]) >= 4.5


@LOOKS
@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
def test_edges_that_carry_meaning_are_seen(tokens, edge, ground):
    assert contrast(tokens[edge], tokens[ground]) >= 3


def test_both_looks_have_the_same_tokens():
    assert set(LIGHT) == set(DARK)


@LOOKS
def test_style_sheet_has_no_token_left(tokens):
    assert "@" not in sheet(tokens, 1.0, tokens is DARK)


def test_no_picture_is_asked_for_that_is_not_shipped():
    shipped = {path.stem for path in (resource_folder() / "icons").glob("*.svg")}
    calls = re.compile(
        r"(?:icon=|pixmap\(|icons\.icon\(|Picture\(|ToolButton\(|EmptyState\()\"([a-z0-9-]+)\""
    )
    asked = {name for path in UI.rglob("*.py") for name in calls.findall(path.read_text("utf-8"))}

    assert asked
    assert asked <= shipped


def test_pictures_that_the_sheet_draws_have_the_colours_of_the_tokens():
    drawn = resource_folder() / "icons" / "drawn"

    for look, tokens in (("light", LIGHT), ("dark", DARK)):
        for name, token in (("chevron-down", "text2"), ("chevron-up", "text2"), ("check", "onprimary")):
            text = (drawn / look / f"{name}.svg").read_text("utf-8")
            assert tokens[token] in text
            assert "currentColor" not in text


def test_licences_of_pictures_and_font_lie_beside_them():
    assert "MIT" in (resource_folder() / "icons" / "LICENSE").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE" in (resource_folder() / "fonts" / "OFL.txt").read_text("utf-8").upper()


def test_picture_is_kept_and_drawn_again_in_another_colour(qapp: QApplication):
    first = icons.pixmap("lock", 18, "text")

    assert icons.pixmap("lock", 18, "text").cacheKey() == first.cacheKey()
    assert icons.pixmap("lock", 18, "danger").cacheKey() != first.cacheKey()
    assert icons.pixmap("lock", 18, "text", 2.0).width() == 36


@pytest.mark.parametrize("size", TEXT_SIZES)
def test_text_size_grows_fonts_and_lengths(qapp: QApplication, size):
    theme.apply(qapp, Settings(theme="light", text_size=size))
    try:
        assert theme.font("body").pointSizeF() == pytest.approx(11.25 * size / 100, abs=0.02)
        assert theme.px(100) == size
    finally:
        theme.apply(qapp, Settings(theme="light"))


def test_font_of_the_program_is_used(qapp: QApplication):
    label = QLabel("å")
    label.ensurePolished()

    assert label.fontInfo().family() == "Noto Sans"


class Told:
    """The application, that tells which sheet it is given."""

    def __init__(self, application: QApplication) -> None:
        self.application = application
        self.sheets: list[str] = []

    def setStyleSheet(self, text: str) -> None:
        self.sheets.append(text)
        self.application.setStyleSheet(text)

    def __getattr__(self, name: str) -> object:
        return getattr(self.application, name)


def test_another_look_is_put_on_by_way_of_none(qapp: QApplication) -> None:
    told = Told(qapp)
    try:
        theme.apply(told, Settings(theme="dark"))  # type: ignore[arg-type]
        assert told.sheets == ["", qapp.styleSheet()]
        assert DARK["window"] in qapp.styleSheet()
    finally:
        theme.apply(qapp, Settings(theme="light"))


def test_system_s_dark_look_is_followed_and_settings_can_fix_it(qapp: QApplication):
    assert theme.wants_dark(qapp, Settings(theme="dark"))
    assert not theme.wants_dark(qapp, Settings(theme="light"))


@pytest.mark.parametrize("kind", [SpinBox, DecimalBox])
def test_a_number_to_step_stands_off_the_edge_of_its_field(qtbot: QtBot, kind: type[SpinBox]) -> None:
    box = kind()
    qtbot.addWidget(box)
    box.show()
    assert box.lineEdit().textMargins().left() >= 8


def test_a_done_phase_is_seen_on_the_selected_row(qapp: QApplication) -> None:
    picture = QImage(140, 30, QImage.Format.Format_RGB32)
    picture.fill(theme.colour("soft"))
    painter = QPainter(picture)
    paint_phases(painter, QRect(0, 0, 140, 30), "dnnnn")
    painter.end()
    assert any(picture.pixelColor(9, y) != theme.colour("soft") for y in range(9))  # above its number
