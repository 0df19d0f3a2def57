"""Colours and sizes of the window by name, light and dark; everything that is drawn asks here."""

from types import MappingProxyType

LIGHT = MappingProxyType(
    {
        "window": "#F2F5F6",
        "surface": "#FFFFFF",
        "nav": "#E6ECEF",
        "sunken": "#F7F9FA",
        "line": "#CBD5DA",
        "control": "#66767F",
        "text": "#16242C",
        "text2": "#475760",
        "primary": "#0B5766",
        "primaryH": "#08434F",
        "soft": "#DCECEF",
        "onprimary": "#FFFFFF",
        "focus": "#6B2FA3",
        "ok": "#1A5E34",
        "okbg": "#E2F1E6",
        "warn": "#744200",
        "warnbg": "#FFF0D2",
        "danger": "#9A1B2D",
        "dangerbg": "#FBE6E8",
        "info": "#1B4B84",
        "infobg": "#E3EDF8",
        "neutral": "#3C4A53",
        "neutralbg": "#E6ECEF",
        "bar": "#16242C",
        "onbar": "#FFFFFF",
        "barlink": "#97D9E4",
        "aL": "#12502A",
        "aLb": "#D3ECDA",
        "aS": "#113D70",
        "aSb": "#D3E3F7",
        "aP": "#43257A",
        "aPb": "#E5DDF7",
        "aH": "#0A4853",
        "aHb": "#CBEAEC",
        "aT": "#574100",
        "aTb": "#EFE5CB",
        "aM": "#6A3800",
        "aMb": "#FBE1C3",
        "aI": "#7E0F21",
        "aIb": "#F9D3D8",
        "aN": "#44525B",
        "aNb": "#E2E7EA",
        "aE": "#0F4A3C",
        "aEb": "#CDEDE3",
        "aV": "#3A4A12",
        "aVb": "#E4EBC8",
    }
)

DARK = MappingProxyType(
    {
        "window": "#11181C",
        "surface": "#1A2429",
        "nav": "#151E22",
        "sunken": "#151E22",
        "line": "#35454E",
        "control": "#8798A2",
        "text": "#E7EEF1",
        "text2": "#AEBDC5",
        "primary": "#74C9D7",
        "primaryH": "#97D9E4",
        "soft": "#17393F",
        "onprimary": "#062329",
        "focus": "#D4B3FF",
        "ok": "#93D9AB",
        "okbg": "#173323",
        "warn": "#F5C675",
        "warnbg": "#3A2B10",
        "danger": "#F7A3AE",
        "dangerbg": "#42191F",
        "info": "#A5C9F5",
        "infobg": "#172C47",
        "neutral": "#C3D0D6",
        "neutralbg": "#28353C",
        "bar": "#E7EEF1",
        "onbar": "#16242C",
        "barlink": "#0B5766",
        "aL": "#A6E3BA",
        "aLb": "#1B3D28",
        "aS": "#AFCFF7",
        "aSb": "#1B3453",
        "aP": "#D0BEF7",
        "aPb": "#33265A",
        "aH": "#A2E0E6",
        "aHb": "#123D44",
        "aT": "#E3CF98",
        "aTb": "#3B3113",
        "aM": "#F7C78E",
        "aMb": "#452C10",
        "aI": "#F9AFB8",
        "aIb": "#4D1A23",
        "aN": "#BAC8CF",
        "aNb": "#2A373E",
        "aE": "#A5E5D2",
        "aEb": "#143F35",
        "aV": "#D3DDA3",
        "aVb": "#333B17",
    }
)

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
"""(text, ground) pairs that are drawn: at least 4.5 to 1 (WCAG 2.2, 1.4.3)."""

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
"""(edge, ground) pairs that carry meaning: at least 3 to 1 (WCAG 2.2, 1.4.11)."""

FONT = "Noto Sans"
POINTS = MappingProxyType(
    {
        "title": 16.5,
        "unlock": 21.0,
        "heading": 12.0,
        "person": 13.0,
        "body": 11.25,
        "dense": 11.0,
        "secondary": 9.75,
        "key": 9.0,
    }
)
TEXT_SIZES = (100, 115, 130, 150)


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
