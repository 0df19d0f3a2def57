"""Pictures: outline SVG files of Tabler Icons, coloured by token and drawn sharp at any scale.

Usage::

    icons.icon("printer")                    # QIcon, 18 px, token "text"
    icons.pixmap("lock", 20, "primary")      # QPixmap for a painter or a label

Each is kept by name, size, colour and device pixel ratio.  A widget that shows one makes it again at
``QEvent.Type.StyleChange`` (``Button``, ``Chip`` and ``Picture`` do).
"""

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from coachdesk.settings import resource_folder
from coachdesk.ui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon


def icon(name: str, size: int = 18, token: str = "text") -> "QIcon":
    """The picture as an icon."""
    from PySide6.QtGui import QIcon

    return QIcon(pixmap(name, size, token))


def pixmap(name: str, size: int = 18, token: str = "text", ratio: float | None = None) -> QPixmap:
    """The picture at a size in logical pixels, for the device pixel ratio (the screen's own if not told)."""
    if ratio is None:
        screen = QGuiApplication.primaryScreen()
        ratio = screen.devicePixelRatio() if screen else 1.0
    return _drawn(name, size, theme.colour(token).name(), ratio)


@lru_cache(maxsize=512)
def _drawn(name: str, size: int, colour: str, ratio: float) -> QPixmap:
    svg = source(name).replace("currentColor", colour).replace('stroke-width="2"', 'stroke-width="1.8"')
    found = QPixmap(round(size * ratio), round(size * ratio))
    found.fill(QColor(0, 0, 0, 0))
    found.setDevicePixelRatio(ratio)
    painter = QPainter(found)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return found


@cache
def source(name: str) -> str:
    """The SVG text of a picture."""
    return (resource_folder() / "icons" / f"{name}.svg").read_text("utf-8")
