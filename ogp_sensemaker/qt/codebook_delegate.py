"""Paints a line of the codebook: colour, name, key, number of segments."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ogp_sensemaker.domain.codebook import CodeKind
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.codebook_tree import CODE, COUNT
from ogp_sensemaker.qt.direction import layout_direction
from ogp_sensemaker.qt.session import Session


class CodebookDelegate(QStyledItemDelegate):
    """Names are cut rather than wrapped: the tooltip and the panel below have the whole."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, QFontMetrics(option.font).height() + 2 * theme.unit())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        code = self._session.codes.get(int(index.data(CODE) or 0))
        if code is None:
            return
        look, u = theme.current(), theme.unit()
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(look.accent_soft))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(look.accent))
            painter.drawRect(rect.adjusted(0.5, 0.5, -1.5, -1.5))
        font = _bold(option.font, code.kind is CodeKind.DIRECTION)
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        near = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        far = Qt.AlignmentFlag.AlignLeft if mirrored else Qt.AlignmentFlag.AlignRight
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        dot = 2.2 * u
        x = rect.right() - u - dot if mirrored else rect.left() + u
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._session.colour_of(code.id))
        box = QRectF(x, rect.center().y() - dot / 2, dot, dot)
        painter.drawRoundedRect(box, 2, 2) if code.kind is CodeKind.PROPOSAL else painter.drawEllipse(box)
        count = index.data(COUNT) or 0
        numbers = f"{count:,}" if count else ""
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * 0.88)
        room = QFontMetrics(small).horizontalAdvance(numbers) + 2 * u
        key = f"[{code.key.upper()}]" if code.key else ""
        room += QFontMetrics(small).horizontalAdvance(key) + (u if key else 0)
        inner = rect.adjusted(room, 0, -4.5 * u, 0) if mirrored else rect.adjusted(4.5 * u, 0, -room, 0)
        name = f"{code.number}  {code.name}" if code.number and code.kind is CodeKind.DIRECTION else code.name
        painter.setFont(font)
        painter.setPen(QColor(look.ink))
        shown = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideRight, int(inner.width()))
        painter.setLayoutDirection(layout_direction(name))
        painter.drawText(inner, flags | near, shown)
        painter.setFont(small)
        painter.setPen(QColor(look.muted))
        painter.drawText(rect.adjusted(u, 0, -u, 0), flags | far, f"{key} {numbers}".strip())
        painter.restore()


def _bold(font: QFont, bold: bool) -> QFont:
    found = QFont(font)
    found.setBold(bold)
    return found
