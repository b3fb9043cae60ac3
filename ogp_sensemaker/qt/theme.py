"""Colours, spacing and type in one place; light and dark; a palette that colour-blind people can tell apart."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication

from ogp_sensemaker.domain.codebook import Code, CodeKind, direction_of
from ogp_sensemaker.qt.style_sheet import style_sheet
from ogp_sensemaker.settings import Settings


@dataclass(frozen=True, slots=True)
class Theme:
    """Everything that a widget needs to know in order to look like the others."""

    dark: bool
    ground: str  # behind everything
    surface: str  # of tables, texts and fields
    raised: str  # of bars, headers and cards
    ink: str
    muted: str
    faint: str
    line: str
    accent: str
    accent_soft: str
    on_accent: str
    warning: str
    warning_soft: str
    danger: str
    support: str
    oppose: str
    mixed: str
    neutral: str


LIGHT = Theme(
    dark=False, ground="#f4f2ee", surface="#ffffff", raised="#faf9f6", ink="#1d2430", muted="#5b6675", faint="#8b95a1",
    line="#dedad2", accent="#1a5f9e", accent_soft="#e2edf7", on_accent="#ffffff", warning="#8a5a00",
    warning_soft="#fdf3d8", danger="#b3261e", support="#0069a8", oppose="#c04f00", mixed="#7d4f9e", neutral="#66707c",
)  # fmt: skip
DARK = Theme(
    dark=True, ground="#14171b", surface="#1b1f24", raised="#22272e", ink="#e7eaee", muted="#a3adb9", faint="#76818d",
    line="#343b44", accent="#6db3f2", accent_soft="#22384d", on_accent="#0d1a26", warning="#f0c463",
    warning_soft="#3a3019", danger="#ff8a80", support="#63b7f0", oppose="#ff9a4d", mixed="#c89be6", neutral="#a3adb9",
)  # fmt: skip

# After Paul Tol's "muted" and "bright" schemes (Colour Schemes, SRON/EPS/TN/09-002), told apart with any colour vision.
CODE_COLOURS = (
    "#4477aa", "#cc6677", "#228833", "#ccaa33", "#aa4499", "#44aa99", "#ee7733",
    "#882255", "#66a5c9", "#7a7a2e", "#6656b0", "#bb8855",
)  # fmt: skip

STANCE_SIGNS = {"support": "▲", "oppose": "▼", "mixed": "◆", "neutral": "●"}

_current = LIGHT


def current() -> Theme:
    """The theme that is on the screen."""
    return _current


def stance_colour(stance: str) -> QColor:
    """The colour of a stance; its sign tells it too."""
    return QColor(getattr(_current, stance, _current.neutral))


def code_colours(codes: dict[int, Code]) -> dict[int, QColor]:
    """A colour for every code: its own, that of the one above it, or the next of the palette."""
    found: dict[int, QColor] = {}
    own = 0
    for id_, code in codes.items():  # parents come before their subcodes
        above = direction_of(id_, codes) if code.kind is CodeKind.PROPOSAL else code.parent_id
        if code.color:
            found[id_] = QColor(code.color)
        elif above is not None and above != id_ and above in found:
            found[id_] = found[above]
        else:
            found[id_] = QColor(CODE_COLOURS[own % len(CODE_COLOURS)])
        if above is None or above == id_:
            own += 1
    return found


def readable(colour: QColor) -> QColor:
    """A colour that stands out from the surface: lighter in the dark theme."""
    if _current.dark and colour.lightness() < 150:
        return QColor.fromHsl(max(0, colour.hslHue()), min(200, colour.hslSaturation()), 165)
    return colour


def tint(colour: QColor, strength: float = 0.14) -> QColor:
    """The colour mixed into the surface, for the ground of a chip."""
    base = QColor(_current.surface)
    part = strength + (0.10 if _current.dark else 0.0)
    return QColor(
        round(base.red() + (colour.red() - base.red()) * part),
        round(base.green() + (colour.green() - base.green()) * part),
        round(base.blue() + (colour.blue() - base.blue()) * part),
    )


def font(settings: Settings) -> QFont:
    """The font of the interface: the system's, unless the person chose another."""
    found = QFont(_system_font())
    if settings.font:
        found.setFamilies([settings.font, *found.families()])
    if settings.font_size:
        found.setPointSize(settings.font_size)
    return found


_SYSTEM: list[QFont] = []


def _system_font() -> QFont:
    if not _SYSTEM:
        system = QFont(QApplication.font())
        families = set(QFontDatabase.families())
        # A bare Linux without a desktop names no font of its own; these read better than what is left.
        if system.family() in {"", "Sans Serif", "DejaVu Sans", "MS Shell Dlg 2"}:
            known = [f for f in ("Noto Sans", "Noto Sans Arabic", "Segoe UI", "DejaVu Sans") if f in families]
            if known:
                system.setFamilies(known)
            system.setPointSize(max(10, system.pointSize()))
        _SYSTEM.append(system)
    return _SYSTEM[0]


def reading_font(settings: Settings) -> QFont:
    """The font of the words people read for hours."""
    found = font(settings)
    found.setPointSizeF(settings.reading_size or found.pointSizeF() * 1.15)
    return found


@lru_cache(maxsize=8)
def _unit(font: str) -> int:
    return max(3, round(QFontMetrics(QApplication.font()).height() / 4.5))


def unit() -> int:
    """A quarter of a line of text, in pixels: every distance is a multiple of it, so that it follows the font."""
    return _unit(QApplication.font().key())


def small() -> int:
    """The size in pixels of what stands beside the words; never under five sixths of theirs."""
    return max(round(unit() * 3.05), round(QFontInfo(QApplication.font()).pixelSize() * 5 / 6))


def apply(app: QApplication, settings: Settings) -> Theme:
    """Dress the application as the settings and the system say."""
    global _current  # noqa: PLW0603 - one screen has one theme
    wanted = settings.theme
    if wanted == "auto":
        wanted = "dark" if app.styleHints().colorScheme() is Qt.ColorScheme.Dark else "light"
    _current = DARK if wanted == "dark" else LIGHT
    _system_font()  # before it is replaced
    wanted_font = font(settings)
    if app.font() != wanted_font:
        app.setFont(wanted_font)
    sheet = style_sheet(_current, unit(), small())
    if app.styleSheet() != sheet:  # setting it again would dress every widget again
        app.setStyle("Fusion")
        app.setPalette(_palette(_current))
        app.setStyleSheet(sheet)
    rtl = settings.direction == "rtl" or (
        settings.direction == "auto" and settings.language in {"ar", "fa", "he", "ur"}
    )
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    return _current


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, colour in (
        (role.Window, theme.ground), (role.WindowText, theme.ink), (role.Base, theme.surface),
        (role.AlternateBase, theme.raised), (role.Text, theme.ink), (role.Button, theme.raised),
        (role.ButtonText, theme.ink), (role.ToolTipBase, theme.raised), (role.ToolTipText, theme.ink),
        (role.Highlight, theme.accent), (role.HighlightedText, theme.on_accent), (role.Link, theme.accent),
        (role.LinkVisited, theme.accent), (role.PlaceholderText, theme.faint), (role.Mid, theme.line),
        (role.Dark, theme.line), (role.Light, theme.surface), (role.Midlight, theme.line), (role.Shadow, theme.line),
        (role.BrightText, theme.danger),
    ):  # fmt: skip
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.faint))
    return palette
