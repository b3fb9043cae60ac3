"""Where people stand on an issue, drawn: how many at each point of the scale, and the mean of each group."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ogp_sensemaker.domain.opinion import NEUTRAL_BAND, Group
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.direction import isolated

BARS = 11  # from -1 to 1; the middle one is around 0


def place_of(value: float) -> int:
    """The bar of a number in -1..1, counted from that of full opposition."""
    return min(BARS - 1, max(0, round((value + 1) / 2 * (BARS - 1))))


def range_of(place: int) -> tuple[float, float]:
    """The numbers that fall into a bar."""
    half = 1 / (BARS - 1)
    middle = -1 + 2 * half * place
    return max(-1.0, middle - half), min(1.0, middle + half)


def keeps(event: QEvent, *keys: Qt.Key) -> bool:
    """Whether a key press is the widget's own and no shortcut of the window; to be asked in `event`."""
    if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in keys:
        event.accept()
        return True
    return False


def signed(value: float) -> str:
    """A number of the scale with its sign, the minus as wide as the plus."""
    return f"{value:+.2f}".replace("-", "−")


def side_colour(value: float) -> QColor:
    """The colour of for, against or neither."""
    if abs(value) <= NEUTRAL_BAND:
        return theme.stance_colour("neutral")
    return theme.stance_colour("support" if value > 0 else "oppose")


class Histogram(QWidget):
    """People by opinion. The scale runs from against to for in every language, as numbers do."""

    wanted = Signal(int)  # a bar: the people in it

    def __init__(self) -> None:
        super().__init__()
        self._counts: list[int] = [0] * BARS
        self._mean: float | None = None
        self._chosen = BARS // 2
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumWidth(theme.unit() * 40)
        self.setFixedHeight(theme.unit() * 27)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_values(self, values: Sequence[float]) -> None:
        """One number in -1..1 for each person."""
        self._counts = [0] * BARS
        for value in values:
            self._counts[place_of(value)] += 1
        self._mean = sum(values) / len(values) if values else None
        most = max(range(BARS), key=lambda n: self._counts[n])
        self._chosen = most if values else BARS // 2
        said = [f"{range_of(n)[0]:+.1f} to {range_of(n)[1]:+.1f}: {c}" for n, c in enumerate(self._counts) if c]
        self.setAccessibleName(self.tr("People by opinion, from -1 (against) to +1 (for)"))
        self.setAccessibleDescription("; ".join(said))
        self.setToolTip(self.tr("How many people stand where. A click on a bar lists what they wrote (← → and Enter)."))
        self.update()

    def _slot(self) -> float:
        return self.width() / BARS

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, u = QPainter(self), theme.current(), theme.unit()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(theme.small())
        painter.setFont(font)
        line = painter.fontMetrics().height()
        floor = self.height() - line - u
        room, slot, most = floor - line - u, self._slot(), max(1, *self._counts)
        align = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        for place, count in enumerate(self._counts):
            low, high = range_of(place)
            height = max(2.0, room * count / most) if count else 0
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(side_colour(0 if place == BARS // 2 else (low + high) / 2))
            painter.drawRoundedRect(QRectF(place * slot + slot * 0.12, floor - height, slot * 0.76, height), 2, 2)
            if count:
                painter.setPen(QColor(look.ink))
                painter.drawText(QRectF(place * slot - slot, floor - height - line, 3 * slot, line), align, f"{count}")
            if place == self._chosen and self.hasFocus():
                painter.setPen(QPen(QColor(look.accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(place * slot + 1, 1, slot - 2, floor), u, u)
        painter.setPen(QPen(QColor(look.faint), 1))
        painter.drawLine(QPointF(0, floor + 0.5), QPointF(self.width(), floor + 0.5))
        self._axis(painter, floor, line)

    def _axis(self, painter: QPainter, floor: float, line: int) -> None:
        look, u, absolute = theme.current(), theme.unit(), Qt.AlignmentFlag.AlignAbsolute
        box = QRectF(0, floor + u / 2, self.width(), line)
        painter.setPen(QColor(look.muted))
        against, favour = self.tr("−1 against"), self.tr("for +1")
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | absolute, f"\u2066{against}\u2069")
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | absolute, f"\u2066{favour}\u2069")
        if self._mean is None:
            return
        slot = self._slot()
        x = slot / 2 + (self._mean + 1) / 2 * (self.width() - slot)
        painter.setBrush(QColor(look.ink))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon([QPointF(x, floor + 1), QPointF(x - u, floor + 1.6 * u), QPointF(x + u, floor + 1.6 * u)])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._chosen = min(BARS - 1, max(0, int(event.position().x() / self._slot())))
        self._ask()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = min(BARS - 1, max(0, int(event.position().x() / self._slot())))
        hand = Qt.CursorShape.PointingHandCursor if self._counts[place] else Qt.CursorShape.ArrowCursor
        self.setCursor(hand)

    def _ask(self) -> None:
        self.update()
        if self._counts[self._chosen]:
            self.wanted.emit(self._chosen)

    def event(self, event: QEvent) -> bool:
        return keeps(event, Qt.Key.Key_Return, Qt.Key.Key_Enter) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self._chosen = min(BARS - 1, max(0, self._chosen + step))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._ask()
        else:
            super().keyPressEvent(event)


class GroupRow(QAbstractButton):
    """The name of a group, how many they are, the interval of their mean on the scale, and the mean."""

    def __init__(self, group: Group, too_few: int) -> None:
        super().__init__()
        self.about = group
        self._few = group.figure.n < too_few
        figure = group.figure
        mean = signed(figure.mean) if figure.mean is not None else "–"
        words = self.tr("{0}: mean {1}, {2} people, {3} for, {4} against").format(
            group.value, mean, figure.n, figure.supporting, figure.opposing
        )
        if figure.low is not None and figure.high is not None:
            words += self.tr("; 95 % interval {0:+.2f} to {1:+.2f}").format(figure.low, figure.high)
        if self._few:
            words += self.tr("; too few to conclude from")
        self.setAccessibleName(words)
        self.setToolTip(words + "\n" + self.tr("A click lists their comments on this issue."))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def event(self, event: QEvent) -> bool:
        return keeps(event, Qt.Key.Key_Return, Qt.Key.Key_Enter) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(theme.unit() * 60, theme.unit() * 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, u = QPainter(self), theme.current(), theme.unit()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(QPen(QColor(look.accent), 1) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.accent_soft))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), u, u)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        wide = painter.fontMetrics().horizontalAdvance  # a sign that is cut off turns a mean round
        names, number = self.width() * 0.38, max(u * 7, wide(f"{self.about.figure.n:,}") + 3 * u)
        ends = max(u * 11, wide("\u2066−1.00\u2069") + 3 * u)

        def at(left: float, width: float) -> QRectF:
            x = self.width() - left - width if mirrored else left
            return QRectF(x, 0, width, self.height())

        middle = Qt.AlignmentFlag.AlignVCenter
        near = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        far = Qt.AlignmentFlag.AlignLeft if mirrored else Qt.AlignmentFlag.AlignRight
        absolute, figure = Qt.AlignmentFlag.AlignAbsolute, self.about.figure
        painter.setPen(QColor(look.muted if self._few else look.ink))
        name = painter.fontMetrics().elidedText(self.about.value, Qt.TextElideMode.ElideRight, int(names - 2 * u))
        painter.drawText(at(u, names - u), middle | near | absolute, isolated(name))
        painter.setPen(QColor(look.muted))
        painter.drawText(at(names, number - 2 * u), middle | far | absolute, f"{figure.n:,}")
        mean = f"\u2066{signed(figure.mean)}\u2069" if figure.mean is not None else "–"
        painter.setPen(side_colour(figure.mean or 0) if not self._few else QColor(look.muted))
        painter.drawText(at(self.width() - ends, ends - u), middle | far | absolute, mean)
        self._scale(painter, at(names + number, self.width() - names - number - ends))

    def _scale(self, painter: QPainter, box: QRectF) -> None:
        """The scale from -1 to 1 with the interval and the mean on it."""
        look, u, figure = theme.current(), theme.unit(), self.about.figure
        y = box.center().y()

        def x(value: float) -> float:
            return box.left() + (value + 1) / 2 * box.width()

        painter.setPen(QPen(QColor(look.line), 1))
        painter.drawLine(QPointF(x(-1), y), QPointF(x(1), y))
        painter.drawLine(QPointF(x(0), box.top() + u / 2), QPointF(x(0), box.bottom() - u / 2))
        if figure.mean is None:
            return
        colour = side_colour(figure.mean)
        painter.setPen(Qt.PenStyle.NoPen)
        if figure.low is not None and figure.high is not None:
            painter.setBrush(theme.tint(colour, 0.35))
            painter.drawRoundedRect(QRectF(x(figure.low), y - u * 0.7, x(figure.high) - x(figure.low), u * 1.4), 2, 2)
        painter.setBrush(Qt.BrushStyle.NoBrush if self._few else colour)
        painter.setPen(QPen(colour, 1.5))
        painter.drawEllipse(QPointF(x(figure.mean), y), u * 0.9, u * 0.9)
