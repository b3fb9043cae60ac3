"""Draws text in its own direction, cut after some lines, and code chips."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap, QTextLayout, QTextLine, QTextOption

from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.direction import layout_direction

MOST_LAID = 3000  # texts whose lines are kept
MOST_CHIPS = 2000  # pictures that are kept
NARROW = 0.35  # of the average width: no script has a line of characters narrower than this


@dataclass(frozen=True, slots=True)
class Face:
    """A font with what drawing asks of it again and again, in pixels."""

    font: QFont
    key: str
    spacing: float
    ascent: float
    height: int
    average: float  # width of a character
    unit: int  # the distance that goes with it


def face(font: QFont) -> Face:
    """A font, measured."""
    own = QFont(font)  # the one that an event brings dies with it
    metrics = QFontMetrics(own)
    average = max(1.0, metrics.averageCharWidth())
    return Face(own, own.key(), metrics.lineSpacing(), metrics.ascent(), metrics.height(), average, theme.unit())


def draw_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    face: Face,
    colour: QColor,
    *,
    right_to_left: bool = False,
    align_right: bool | None = None,
    lines: int = 2,
) -> None:
    """Draw a text in at most `lines` lines, the last cut with an ellipsis, vertically in the middle.

    It is aligned to the side where it begins, unless `align_right` says otherwise.
    """
    if not text or rect.width() < 8:
        return
    # What cannot fit is cut off before Qt shapes it: long comments would cost ten times as much.
    most = lines * int(rect.width() / (face.average * NARROW)) + 8
    text = " ".join(text[:most].split())
    if not text:
        return
    key = (text, face.key, round(rect.width()), right_to_left, lines)
    laid = _laid.get(key)
    if laid is None:
        if len(_laid) > MOST_LAID:
            del _laid[next(iter(_laid))]  # one at a time: to drop all at once is felt
        laid = _laid[key] = _lay(text, face.font, rect.width(), right_to_left, lines)
    spacing, ascent = face.spacing, face.ascent
    painter.setPen(colour)
    top = rect.top() + max(0.0, (rect.height() - spacing * len(laid.lines)) / 2)
    for number, line in enumerate(laid.lines):
        left = rect.left()
        if align_right is not None and align_right != right_to_left:
            gap = rect.width() - line.naturalTextWidth()
            left += gap if align_right else -gap
        # By the base line: a script that another font stands in for has another height.
        line.draw(painter, QPointF(left, top + number * spacing + ascent - line.ascent()))


@dataclass(frozen=True, slots=True)
class _Laid:
    """Lines ready to be drawn; the layouts are kept because the lines are theirs."""

    lines: tuple[QTextLine, ...]
    layouts: tuple[QTextLayout, ...]


_laid: dict[tuple[object, ...], _Laid] = {}


def _lay(text: str, font: QFont, width: float, right_to_left: bool, lines: int) -> _Laid:
    """Lay a text out in at most `lines` lines, the last one elided if the text goes on."""
    whole, found = _layout(text, font, width, right_to_left, lines)
    last = found[-1]
    layouts = [whole]
    if last.textStart() + last.textLength() < len(text.encode("utf-16-le")) // 2:
        rest = text.encode("utf-16-le")[2 * last.textStart() :].decode("utf-16-le", "ignore")
        cut = QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, int(width) - 2)
        end, (line,) = _layout(cut, font, width, right_to_left, 1)
        layouts.append(end)
        found = [*found[:-1], line]
    return _Laid(tuple(found), tuple(layouts))


def _layout(
    text: str, font: QFont, width: float, right_to_left: bool, lines: int
) -> tuple[QTextLayout, list[QTextLine]]:
    layout = QTextLayout(text, font)
    layout.setTextOption(_option(right_to_left))
    layout.beginLayout()
    found = []
    for _ in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        found.append(line)
    layout.endLayout()
    return layout, found


def _option(right_to_left: bool) -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight)
    return option


def draw_chips(
    painter: QPainter,
    rect: QRectF,
    chips: Sequence[tuple[str, QColor, str]],
    face: Face,
    *,
    right_to_left: bool = False,
) -> None:
    """Draw (name, colour, sign) chips in rows; what does not fit is counted in a last one."""
    if not chips:
        return
    u, gap = face.unit, face.unit // 2
    height = face.height + u // 2
    rows = max(1, int((rect.height() + gap) // (height + gap)))
    used = min(rows, len(chips))
    top = rect.top() + max(0.0, (rect.height() - used * height - (used - 1) * gap) / 2)
    for number, (name, colour, sign) in enumerate(chips[:used]):
        left_over = len(chips) - used if number == used - 1 else 0
        room = rect.width() - (QFontMetrics(face.font).horizontalAdvance(f" +{left_over}") if left_over else 0)
        picture = _chip(painter, name, colour, sign, face, int(room), right_to_left)
        width = picture.deviceIndependentSize().width()
        left = rect.right() - width if right_to_left else rect.left()
        y = top + number * (height + gap)
        painter.drawPixmap(QPointF(left, y), picture)
        if left_over:
            painter.setFont(face.font)
            painter.setPen(QColor(theme.current().muted))
            x = left - 6 * u if right_to_left else left + width + 2
            side = Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute | side
            painter.drawText(QRectF(x, y, 6 * u - 2, height), flags, f"+{left_over}")


_chips: dict[tuple[object, ...], QPixmap] = {}


def _chip(painter: QPainter, name: str, colour: QColor, sign: str, face: Face, room: int, rtl: bool) -> QPixmap:
    """The picture of a chip: there are few codes and many rows, so each is painted once."""
    device = painter.device()
    ratio = device.devicePixelRatio() if device is not None else 1.0
    key = (name, colour.rgba(), sign, face.key, room, rtl, ratio, theme.current().dark)
    found = _chips.get(key)
    if found is None:
        if len(_chips) > MOST_CHIPS:
            del _chips[next(iter(_chips))]
        found = _chips[key] = _painted_chip(name, colour, sign, face, room, rtl, ratio)
    return found


def _painted_chip(name: str, colour: QColor, sign: str, face: Face, room: int, rtl: bool, ratio: float) -> QPixmap:
    metrics, u = QFontMetrics(face.font), face.unit
    signed = metrics.horizontalAdvance(sign)
    words = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room - 6 * u - signed)
    width = max(1, min(metrics.horizontalAdvance(words) + signed + 5 * u + (u if sign else 0), room))
    box = QRectF(0, 0, width, face.height + u // 2)
    picture = QPixmap(round(box.width() * ratio), round(box.height() * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.tint(colour))
    painter.drawRoundedRect(box, u, u)
    painter.setBrush(colour)
    dot = 1.6 * u
    x = box.right() - 1.4 * u - dot if rtl else box.left() + 1.4 * u
    painter.drawEllipse(QRectF(x, box.center().y() - dot / 2, dot, dot))
    painter.setFont(face.font)
    painter.setLayoutDirection(layout_direction(words))
    painter.setPen(QColor(theme.current().ink))
    inner = box.adjusted(u, 0, -4 * u, 0) if rtl else box.adjusted(4 * u, 0, -u, 0)
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
    near, far = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    painter.drawText(inner, flags | (far if rtl else near), words)
    if sign:
        signs = {v: k for k, v in theme.STANCE_SIGNS.items()}
        painter.setPen(theme.stance_colour(signs.get(sign, "neutral")))
        painter.drawText(inner, flags | (near if rtl else far), sign)
    painter.end()
    return picture
