"""The map itself: points that can be looked at closer, pointed at, clicked and ringed with the mouse or by key."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.map_points import Sheet, inside, nearest, radius

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

REACH = 10.0  # pixels from a point within which it is meant
DRAG = 6.0  # pixels that the mouse moves before a click becomes a drag
CLOSER = 1.25
ALL = 1.06  # the world about -1 … 1 with a little room around it
LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton


class MapCanvas(QWidget):
    """Points are known by their row; x grows to the right in a mirrored window too."""

    hovered = Signal(int)  # row, or -1
    clicked = Signal(int)  # row
    opened = Signal(int)  # row: a double click
    ringed = Signal(object)  # rows (n,) that a line was drawn around

    def __init__(self) -> None:
        super().__init__()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(theme.unit() * 50, theme.unit() * 40)
        self.setAccessibleName(self.tr("Map of the comments"))
        self._places: NDArray[np.float32] | None = None
        self._colours: NDArray[np.uint32] | None = None
        self._order: NDArray[np.intp] | None = None
        self._names: Sequence[tuple[float, float, str]] = ()
        self._centre, self._zoom = QPointF(0, 0), 1.0
        self._sheet = Sheet()
        self._image: QImage | None = None
        self._spots: NDArray[np.float32] | None = None
        self._line = QPolygonF()
        self._pressed: tuple[Qt.MouseButton, QPointF] | None = None
        self._over = -1
        self.marked = -1  # the row that is being read

    # What is shown ---------------------------------------------------------------------------------

    def show_points(self, places: "NDArray[np.float32]") -> None:
        """Show these places (n, 2), about -1 … 1."""
        self._places, self._over, self.marked = places, -1, -1
        self.reset()

    def paint_with(
        self, colours: "NDArray[np.uint32]", order: "NDArray[np.intp]", names: Sequence[tuple[float, float, str]]
    ) -> None:
        """Colours 0xRRGGBB of the points (n,), in which order they lie (the last on top), and names on the map."""
        self._colours, self._order, self._names = colours[order], order, names
        self._again()

    def mark(self, row: int) -> None:
        """Put a ring around the point that is being read."""
        self.marked = row
        self.update()

    def _again(self) -> None:
        self._image = self._spots = None
        self.update()

    # Where things are ------------------------------------------------------------------------------

    def _pixels(self) -> float:
        """Pixels to a unit of the map."""
        return self._zoom * min(self.width(), self.height()) / (2 * ALL)

    def spots(self) -> "NDArray[np.float32]":
        """Where the points are on the screen, in pixels (n, 2)."""
        import numpy as np

        if self._spots is None:
            places = self._places if self._places is not None else np.zeros((0, 2), np.float32)
            scale = np.float32(self._pixels())
            middle = np.array([self.width() / 2, self.height() / 2], np.float32)
            centre = np.array([self._centre.x(), self._centre.y()], np.float32)
            self._spots = (places - centre) * np.array([scale, -scale], np.float32) + middle
        return self._spots

    def _on_screen(self, x: float, y: float) -> QPointF:
        scale = self._pixels()
        return QPointF(
            (x - self._centre.x()) * scale + self.width() / 2, (self._centre.y() - y) * scale + self.height() / 2
        )

    def zoom(self, by: float, at: QPointF | None = None) -> None:
        """Closer (more than 1) or further away; what is under `at` stays there."""
        at = at or QPointF(self.width() / 2, self.height() / 2)
        away = QPointF(at.x() - self.width() / 2, self.height() / 2 - at.y())
        before = away / self._pixels()
        self._zoom = min(200.0, max(0.5, self._zoom * by))
        self._centre += before - away / self._pixels()
        self._again()

    def shift(self, across: float, down: float) -> None:
        """Move what is seen by parts of the widget's size."""
        room = min(self.width(), self.height()) / self._pixels()
        self._centre += QPointF(across * room, -down * room)
        self._again()

    def reset(self) -> None:
        """See everything."""
        self._centre, self._zoom = QPointF(0, 0), 1.0
        self._again()

    def in_view(self) -> "NDArray[np.intp]":
        """The rows of the points that are on the screen."""
        import numpy as np

        spots = self.spots()
        ok = (spots >= 0).all(axis=1) & (spots[:, 0] < self.width()) & (spots[:, 1] < self.height())
        return np.flatnonzero(ok)

    # Painting --------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.current()
        painter.fillRect(self.rect(), QColor(look.surface))
        if self._places is None or self._colours is None or self._order is None:
            return
        if self._image is None:
            self._image = self._render()
        painter.drawImage(0, 0, self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = radius(len(self._places), self._zoom)
        for row, colour, more in ((self.marked, look.ink, 4.0), (self._over, look.accent, 2.5)):
            if 0 <= row < len(self._places):
                x, y = self.spots()[row].tolist()
                painter.setPen(QPen(QColor(colour), 2))
                painter.drawEllipse(QPointF(x, y), size + more, size + more)
        self._paint_names(painter)
        if self._line.size() > 1:
            painter.setPen(QPen(QColor(look.accent), 1.5, Qt.PenStyle.DashLine))
            ground = QColor(look.accent)
            ground.setAlpha(36)
            painter.setBrush(ground)
            painter.drawPolygon(self._line)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(look.accent))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def _render(self) -> QImage:
        import numpy as np

        assert self._colours is not None
        assert self._order is not None
        ratio = self.devicePixelRatioF()
        size = radius(len(self._order), self._zoom) * ratio
        width, height = round(self.width() * ratio), round(self.height() * ratio)
        spots = self.spots()[self._order]
        made = self._sheet.picture(
            spots if ratio == 1 else spots * np.float32(ratio), self._colours, width, height, size
        )
        made.setDevicePixelRatio(ratio)
        return made

    def _paint_names(self, painter: QPainter) -> None:
        """Names in the middle of what they name, the first of them where two would overlap."""
        look, metrics, taken = theme.current(), QFontMetrics(self.font()), list[QRectF]()
        ground = QColor(look.surface)
        ground.setAlpha(215)
        for x, y, words in self._names:
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, theme.unit() * 36)
            at = self._on_screen(x, y)
            box = QRectF(0, 0, metrics.horizontalAdvance(shown) + 2 * theme.unit(), metrics.height())
            box.moveCenter(at)
            if not QRectF(self.rect()).contains(box) or any(box.intersects(other) for other in taken):
                continue
            taken.append(box)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(box, 3, 3)
            painter.setPen(QColor(look.ink))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._again()

    # Mouse -----------------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(CLOSER ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = (event.button(), event.position())
        self._line = QPolygonF([event.position()]) if event.button() is LEFT else QPolygonF()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._pressed is None:
            self._hover(nearest(self.spots(), at, REACH))
        elif self._pressed[0] is LEFT:
            self._line.append(at)
            self.update()
        else:
            moved = at - self._pressed[1]
            self._pressed = (self._pressed[0], at)
            self._centre += QPointF(-moved.x(), moved.y()) / self._pixels()
            self._again()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        line, self._line = self._line, QPolygonF()
        self._pressed = None
        box = line.boundingRect()
        if event.button() is LEFT and max(box.width(), box.height()) > DRAG:
            self._ring(line)
        elif event.button() is LEFT:
            row = nearest(self.spots(), event.position(), REACH)
            if row >= 0:
                self.clicked.emit(row)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = nearest(self.spots(), event.position(), REACH)
        if row >= 0:
            self.opened.emit(row)

    def leaveEvent(self, event: object) -> None:
        self._hover(-1)

    def _ring(self, line: QPolygonF) -> None:
        import numpy as np

        rows = np.flatnonzero(inside(self.spots(), line, self.width(), self.height()))
        if len(rows):
            self.ringed.emit(rows)

    def _hover(self, row: int) -> None:
        if row != self._over:
            self._over = row
            self.hovered.emit(row)
            self.update()

    # Keys ------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        steps = {
            Qt.Key.Key_Left: (-0.1, 0.0), Qt.Key.Key_Right: (0.1, 0.0),
            Qt.Key.Key_Up: (0.0, -0.1), Qt.Key.Key_Down: (0.0, 0.1),
        }  # fmt: skip
        if key in steps:
            self.shift(*steps[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(CLOSER)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / CLOSER)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_0):
            self.reset()
        elif key == Qt.Key.Key_Space:
            self.ringed.emit(self.in_view())
        else:
            super().keyPressEvent(event)
