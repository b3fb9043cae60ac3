"""Line icons, drawn here as SVG and coloured by the theme."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ogp_sensemaker.qt import theme

_PATHS = {
    "comments": "M4 5h16v11H10l-4 4v-4H4z M8 9h8 M8 12h5",
    "translations": (
        "M3 6h9 M7.5 4v2 M10 6c-1 4-4 6.5-6.5 7.5 M5 9c1 2.5 3.5 4 6 4.5 M12 20l4.5-10L21 20 M13.6 16.5h5.800"
    ),
    "clusters": "M7 8a2.5 2.5 0 1 0 .01 0 M17 6a2 2 0 1 0 .01 0 M16 16a3 3 0 1 0 .01 0 M7 17.5a1.5 1.5 0 1 0 .01 0",
    "contested": "M4 9h12 M12.5 5.5L16 9l-3.5 3.5 M20 16H8 M11.5 12.5L8 16l3.5 3.5",
    "findings": "M5 20V11 M10.5 20V5 M16 20v-7 M3 20h18 M20 8l-3 2",
    "history": "M4.5 12a7.5 7.5 0 1 0 2.3-5.4 M4 4.5v4h4 M12 8v4.5l3 2",
    "import": "M12 4v10 M8 10.5l4 4 4-4 M4 15v5h16v-5",
    "export": "M12 15V4.5 M8 8l4-4 4 4 M4 15v5h16v-5",
    "search": "M10.5 4.5a6 6 0 1 0 .01 0 M15 15l5 5",
    "settings": "M4 7h9 M17 7h3 M15 4.800a2.200 2.200 0 1 0 .01 0 M4 17h3 M11 17h9 M9 14.800a2.200 2.200 0 1 0 .01 0",
    "plus": "M12 5v14 M5 12h14",
    "close": "M6 6l12 12 M18 6L6 18",
    "undo": "M8 5L4 9l4 4 M4 9h10a5.5 5.5 0 0 1 0 11h-4",
    "redo": "M16 5l4 4-4 4 M20 9H10a5.5 5.5 0 0 0 0 11h4",
    "book": "M5 4h13v16H6.5A1.5 1.5 0 0 1 5 18.5z M5 17.5h13 M9 8h5",
    "filter": "M4 6h16 M7 12h10 M10 18h4",
    "down": "M7 10l5 5 5-5",
    "map": "M3.5 3.5v17h17 M8 8h.01 M11 6h.01 M10 11h.01 M16 14h.01 M19 12h.01 M17 17h.01 M14 17.800h.01",
    "pin": "M9 4h6 M10 4v6l-3 4h10l-3-4V4 M12 14v6.500",
    "blank": "M-9 -9",
    "check": "M5 12.5l4.5 4.5L19 7",
    "file": "M6 3.5h8l4 4v13H6z M14 3.5v4h4",
    "folder": "M3.5 6h6l2 2h9v11h-17z",
    "sample": "M9 3.5h6 M10 3.5v6L5 19.5h14l-5-10v-6 M7.5 15h9",
    "more": "M5 12h.01 M12 12h.01 M19 12h.01",
    "machine": "M6 8h12v11H6z M12 8V4.5 M9.5 12.5v1 M14.5 12.5v1 M9.5 16h5 M3.5 12v3 M20.5 12v3",
    "help": "M12 3.5a8.5 8.5 0 1 0 .01 0 M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.8.4-1 .9-1 1.700 M12 16.5h.01",
}


@lru_cache(maxsize=200)
def _pixmap(name: str, colour: str, size: int) -> QPixmap:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke-width="1.7" '
        f'stroke-linecap="round" stroke-linejoin="round" stroke="{colour}"><path d="{_PATHS[name]}"/></svg>'
    )
    pixmap = QPixmap(QSize(size * 2, size * 2))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size * 2, size * 2))
    painter.end()
    pixmap.setDevicePixelRatio(2)
    return pixmap


def pixmap(name: str, size: int, colour: str = "") -> QPixmap:
    """An icon as a picture."""
    return _pixmap(name, colour or theme.current().muted, size)


def icon(name: str, *, accent: bool = False, on_accent: bool = False) -> QIcon:
    """An icon in the colours of the theme, brighter where it is on."""
    look = theme.current()
    normal = look.on_accent if on_accent else look.accent if accent else look.muted
    found = QIcon()
    for size in (20, 28):
        found.addPixmap(_pixmap(name, normal, size), QIcon.Mode.Normal, QIcon.State.Off)
        found.addPixmap(_pixmap(name, look.accent, size), QIcon.Mode.Normal, QIcon.State.On)
        found.addPixmap(_pixmap(name, look.faint, size), QIcon.Mode.Disabled, QIcon.State.Off)
    return found
