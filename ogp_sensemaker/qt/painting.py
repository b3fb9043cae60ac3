"""Draws text in its own direction, cut after some lines, and code chips."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextLine, QTextOption

from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.direction import layout_direction

MOST_LAID = 3000  # texts whose lines are kept
MOST_CHARACTERS = 600  # more never fits the few lines of a cell


def draw_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    colour: QColor,
    *,
    right_to_left: bool = False,
    align_right: bool | None = None,
    lines: int = 2,
) -> None:
    """Draw a text in at most `lines` lines, the last cut with an ellipsis, vertically in the middle.

    It is aligned to the side where it begins, unless `align_right` says otherwise.
    """
    text = " ".join(text[:MOST_CHARACTERS].split())
    if not text or rect.width() < 8:
        return
    key = (text, font.key(), round(rect.width()), right_to_left, lines)
    laid = _laid.get(key)
    if laid is None:
        if len(_laid) > MOST_LAID:
            _laid.clear()
        laid = _laid[key] = _lay(text, font, rect.width(), right_to_left, lines)
    spacing, ascent = laid.spacing, laid.ascent
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
    spacing: float
    ascent: float


_laid: dict[tuple[object, ...], _Laid] = {}


def _lay(text: str, font: QFont, width: float, right_to_left: bool, lines: int) -> _Laid:
    """Lay a text out in at most `lines` lines, the last one elided if the text goes on."""
    metrics = QFontMetrics(font)
    whole, found = _layout(text, font, width, right_to_left, lines)
    last = found[-1]
    layouts = [whole]
    if last.textStart() + last.textLength() < len(text.encode("utf-16-le")) // 2:
        rest = text.encode("utf-16-le")[2 * last.textStart() :].decode("utf-16-le", "ignore")
        cut = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, int(width) - 2)
        end, (line,) = _layout(cut, font, width, right_to_left, 1)
        layouts.append(end)
        found = [*found[:-1], line]
    return _Laid(tuple(found), tuple(layouts), metrics.lineSpacing(), metrics.ascent())


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
    font: QFont,
    *,
    right_to_left: bool = False,
) -> None:
    """Draw (name, colour, sign) chips in rows; what does not fit is counted in a last one."""
    if not chips:
        return
    metrics, u = QFontMetrics(font), theme.unit()
    height = metrics.height() + u // 2
    rows = max(1, int((rect.height() + u // 2) // (height + u // 2)))
    used = min(rows, len(chips))
    top = rect.top() + max(0.0, (rect.height() - used * height - (used - 1) * (u // 2)) / 2)
    for number, (name, colour, sign) in enumerate(chips[:used]):
        left_over = len(chips) - used if number == used - 1 else 0
        room = rect.width() - (metrics.horizontalAdvance(f" +{left_over}") if left_over else 0)
        words = metrics.elidedText(
            name, Qt.TextElideMode.ElideRight, int(room - 6 * u - metrics.horizontalAdvance(sign))
        )
        width = metrics.horizontalAdvance(words) + metrics.horizontalAdvance(sign) + 5 * u + (u if sign else 0)
        left = rect.right() - width if right_to_left else rect.left()
        box = QRectF(left, top + number * (height + u // 2), min(width, rect.width()), height)
        _chip(painter, box, words, colour, sign, font, right_to_left)
        if left_over:
            painter.setPen(QColor(theme.current().muted))
            at = (
                QRectF(box.left() - 6 * u, box.top(), 6 * u - 2, height)
                if right_to_left
                else box.translated(width + 2, 0)
            )
            side = Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute | side, f"+{left_over}")


def _chip(painter: QPainter, box: QRectF, words: str, colour: QColor, sign: str, font: QFont, rtl: bool) -> None:
    u = theme.unit()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.tint(colour))
    painter.drawRoundedRect(box, u, u)
    painter.setBrush(colour)
    dot = 1.6 * u
    x = box.right() - 1.4 * u - dot if rtl else box.left() + 1.4 * u
    painter.drawEllipse(QRectF(x, box.center().y() - dot / 2, dot, dot))
    painter.setFont(font)
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


def draw_line(
    painter: QPainter, x1: float, y1: float, x2: float, y2: float, colour: QColor, width: float = 1.0
) -> None:
    """A line of one colour."""
    painter.setPen(QPen(colour, width))
    painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))
