"""Draws text in its own direction, cut after some lines, and code chips."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption

from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.direction import layout_direction

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
    metrics = QFontMetrics(font)
    layouts = _lines(text, font, metrics, rect.width(), right_to_left, lines)
    painter.setPen(colour)
    top = rect.top() + max(0.0, (rect.height() - metrics.lineSpacing() * len(layouts)) / 2)
    for number, layout in enumerate(layouts):
        line = layout.lineAt(0)
        # By the base line: a script that another font stands in for has another height.
        y = top + number * metrics.lineSpacing() + metrics.ascent() - line.ascent()
        left = rect.left()
        if align_right is not None and align_right != right_to_left:
            gap = rect.width() - line.naturalTextWidth()
            left += gap if align_right else -gap
        layout.draw(painter, QPointF(left, y))


def _lines(
    text: str, font: QFont, metrics: QFontMetrics, width: float, right_to_left: bool, lines: int
) -> list[QTextLayout]:
    """One laid out line each, the last one elided if the text goes on."""
    found: list[QTextLayout] = []
    rest = text
    while rest and len(found) < lines:
        if len(found) == lines - 1:
            mode = Qt.TextElideMode.ElideRight
            shown = metrics.elidedText(rest, mode, int(width)) if metrics.horizontalAdvance(rest) > width else rest
            found.append(_line(shown, font, width, right_to_left)[0])
            break
        layout, length = _line(rest, font, width, right_to_left)
        found.append(layout)
        rest = rest[length:].lstrip()
    return found


def _line(text: str, font: QFont, width: float, right_to_left: bool) -> tuple[QTextLayout, int]:
    """The first line of a text, and how many characters it took."""
    length = _first(text, font, width, right_to_left)
    layout = QTextLayout(text[:length].rstrip(), font)
    layout.setTextOption(_option(right_to_left))
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    layout.endLayout()
    return layout, length


def _first(text: str, font: QFont, width: float, right_to_left: bool) -> int:
    layout = QTextLayout(text, font)
    layout.setTextOption(_option(right_to_left))
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    layout.endLayout()
    return max(1, line.textLength())


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
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute | (
                Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft), f"+{left_over}")  # fmt: skip


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
