"""Paints a hundred thousand points into a picture, fast enough to follow the hand."""

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


FULL = 4  # quarters of a pixel


def radius(count: int, zoom: float) -> float:
    """How big a point is, in pixels: smaller where there are many, bigger when one looks closer."""
    own = 4.5 if count < 2000 else 3.5 if count < 10_000 else 2.4 if count < 40_000 else 1.7
    return float(min(7.0, own * max(1.0, zoom) ** 0.35))


@lru_cache(maxsize=64)
def _stamp(size: float) -> tuple[tuple[int, int, int], ...]:
    """The pixels of a round point: (down, across, how much of the pixel it covers in 1..FULL), the fullest last."""
    import numpy as np

    reach = int(np.ceil(size))
    steps = (np.arange(4) - 1.5) / 4
    found = []
    for down in range(-reach, reach + 1):
        for across in range(-reach, reach + 1):
            inside = ((down + steps)[:, None] ** 2 + (across + steps)[None, :] ** 2) <= size * size
            if cover := round(float(inside.mean()) * FULL):
                found.append((down, across, cover))
    return tuple(sorted(found, key=lambda pixel: pixel[2]))


class Sheet:
    """What points are painted on; its memory is used again, since asking for new memory costs more than painting."""

    def __init__(self) -> None:
        self._canvas: NDArray[np.uint32] | None = None

    def picture(
        self, spots: "NDArray[np.float32]", colours: "NDArray[np.uint32]", width: int, height: int, size: float
    ) -> QImage:
        """A transparent picture of points at `spots` (n, 2) in pixels, each in its colour (n,), later ones on top.

        Edges are softened; inside, a point hides what is below it. The picture lasts until the next one.
        """
        import numpy as np

        stamp = _stamp(round(size, 1))
        margin = int(size) + 2
        left, top = spots[:, 0], spots[:, 1]
        seen = (left > -margin) & (left < width + margin) & (top > -margin) & (top < height + margin)
        across, down = np.rint(spots[seen]).T.astype(np.intp)
        line = width + 4 * margin
        canvas = self._empty(line * (height + 4 * margin))
        at = (down + 2 * margin) * line + across + 2 * margin
        full = colours[seen] | np.uint32(0xFF000000)
        soft = {cover: _softened(full, cover) for cover in {pixel[2] for pixel in stamp} if cover < FULL}
        for rows, columns, cover in stamp:
            canvas[at + (rows * line + columns)] = full if cover == FULL else soft[cover]
        begin = 2 * margin * line + 2 * margin
        return QImage(canvas[begin:].data, width, height, line * 4, QImage.Format.Format_ARGB32_Premultiplied)

    def _empty(self, room: int) -> "NDArray[np.uint32]":
        import numpy as np

        if self._canvas is None or len(self._canvas) < room:
            self._canvas = np.zeros(room, np.uint32)
        else:
            self._canvas[:room] = 0
        return self._canvas


def _softened(colours: "NDArray[np.uint32]", cover: int) -> "NDArray[np.uint32]":
    """Premultiplied colours of pixels that a point covers in part."""
    import numpy as np

    every_other, part = np.uint32(0x00FF00FF), np.uint32(cover)
    # Two of the four parts of a colour at a time: a byte times a few fits into two bytes.
    low = ((colours & every_other) * part >> np.uint32(2)) & every_other
    high = ((colours >> np.uint32(8) & every_other) * part >> np.uint32(2)) & every_other
    found: NDArray[np.uint32] = low | (high << np.uint32(8))
    return found


def inside(spots: "NDArray[np.float32]", outline: QPolygonF, width: int, height: int) -> "NDArray[np.bool_]":
    """Which of `spots` (n, 2), in pixels, an outline drawn on the picture holds (n,)."""
    import numpy as np

    mask = QImage(width, height, QImage.Format.Format_Grayscale8)
    mask.fill(0)
    painter = QPainter(mask)
    painter.setPen(QColor("white"))
    painter.setBrush(QColor("white"))
    painter.drawPolygon(outline, Qt.FillRule.OddEvenFill)
    painter.end()
    grey = np.frombuffer(mask.constBits(), np.uint8).reshape(height, mask.bytesPerLine())[:, :width]
    across, down = np.rint(spots[:, 0]).astype(np.int64), np.rint(spots[:, 1]).astype(np.int64)
    seen = (across >= 0) & (across < width) & (down >= 0) & (down < height)
    found = np.zeros(len(spots), bool)
    found[seen] = grey[down[seen], across[seen]] > 0
    return found


def nearest(spots: "NDArray[np.float32]", at: QPointF, reach: float) -> int:
    """The place of the spot nearest to a point, none further than `reach` pixels; -1 for none."""
    import numpy as np

    if not len(spots):
        return -1
    away = (spots[:, 0] - at.x()) ** 2 + (spots[:, 1] - at.y()) ** 2
    best = int(np.argmin(away))
    return best if away[best] <= reach * reach else -1


def packed(colour: QColor) -> int:
    """A colour as a number, 0xRRGGBB."""
    return colour.rgb() & 0xFFFFFF
