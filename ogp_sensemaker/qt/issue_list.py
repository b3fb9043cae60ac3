"""The list beside an issue: name, the contested index as a bar, the mark, how many are on each side."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.direction import isolated, runs_right_to_left
from ogp_sensemaker.qt.painting import draw_text, face

LINE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Line:
    """A row: an issue, a new idea or a group of comments; `share` in 0..1 is drawn as a bar."""

    key: int
    name: str
    share: float | None = None
    number: str = ""  # beside the bar
    counts: tuple[tuple[str, str], ...] = ()  # (stance or "", words)
    mark: str = ""
    said: str = ""  # the row as it is read out


class IssueDelegate(QStyledItemDelegate):
    """Two lines of name, below them bar and counts."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        u = theme.unit()
        return QSize(10, 2 * QFontMetrics(option.font).lineSpacing() + self._small(option.font).height() + 5 * u)

    def _small(self, font: QFont) -> QFontMetrics:
        return QFontMetrics(_small(font))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line: Line = index.data(LINE)
        look, u = theme.current(), theme.unit()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.accent_soft))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), u, u)
        painter.setPen(QColor(look.line))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        inner = box.adjusted(2 * u, 1.5 * u, -2 * u, -1.5 * u)
        two = 2 * QFontMetrics(option.font).lineSpacing()
        right = runs_right_to_left(line.name)
        fits = QFontMetrics(option.font).horizontalAdvance(line.name) < inner.width()
        name = QRectF(inner.left(), inner.top(), inner.width(), two / 2 if fits else two)
        draw_text(
            painter, name, line.name, face(option.font), QColor(look.ink), right_to_left=right, align_right=mirrored
        )
        below = QRectF(inner.left(), inner.top() + two + u, inner.width(), inner.height() - two - u)
        self._facts(painter, below, line, _small(option.font), mirrored)
        painter.restore()

    def _facts(self, painter: QPainter, box: QRectF, line: Line, font: QFont, mirrored: bool) -> None:
        look, u = theme.current(), theme.unit()
        painter.setFont(font)
        metrics = QFontMetrics(font)
        x = 0.0

        def at(width: float, height: float | None = None) -> QRectF:
            left = box.right() - x - width if mirrored else box.left() + x
            high = box.height() if height is None else height
            return QRectF(left, box.top() + (box.height() - high) / 2, width, high)

        centre = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignHCenter
        if line.share is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.line))
            whole = at(9 * u, u * 1.2)
            painter.drawRoundedRect(whole, 2, 2)
            painter.setBrush(QColor(look.accent))
            filled = whole.width() * min(1.0, max(0.0, line.share))
            start = whole.right() - filled if mirrored else whole.left()
            painter.drawRoundedRect(QRectF(start, whole.top(), filled, whole.height()), 2, 2)
            x += 10 * u
        shown = line.counts[:2] if line.mark else line.counts  # the mark needs the room
        for stance, whole_words in (("", line.number), *shown):
            words = metrics.elidedText(whole_words, Qt.TextElideMode.ElideRight, int(box.width() - x - u))
            if words:
                width = metrics.horizontalAdvance(words) + u
                painter.setPen(theme.stance_colour(stance) if stance else QColor(look.muted))
                painter.drawText(at(width), centre, f"\u2066{words}\u2069")
                x += width + u
        if line.mark:
            self._mark(painter, box, line.mark, metrics, x, mirrored)

    def _mark(
        self, painter: QPainter, box: QRectF, mark: str, metrics: QFontMetrics, used: float, mirrored: bool
    ) -> None:
        """The analyst's mark as a flag at the end of the line."""
        look, u = theme.current(), theme.unit()
        room = box.width() - used - 2 * u
        words = metrics.elidedText(mark, Qt.TextElideMode.ElideRight, int(room))
        width = metrics.horizontalAdvance(words) + 2 * u
        left = box.left() if mirrored else box.right() - width
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.warning_soft if mark == "contested" else look.raised))
        painter.drawRoundedRect(QRectF(left, box.top(), width, box.height()), u, u)
        painter.setPen(QColor(look.warning if mark == "contested" else look.muted))
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignHCenter
        painter.drawText(QRectF(left, box.top(), width, box.height()), align, isolated(words))


def _small(font: QFont) -> QFont:
    found = QFont(font)
    found.setPixelSize(theme.small())
    return found


class IssueList(QListWidget):
    """Keeps the row that was read when it is filled anew."""

    chosen = Signal()
    inward = Signal()  # the keyboard goes into what the row holds
    opened = Signal()  # its comments are asked for

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(IssueDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.currentRowChanged.connect(lambda _: self.chosen.emit())

    def fill(self, lines: Sequence[Line]) -> None:
        """Show rows; the one that was read stays chosen where it is still there."""
        before = self.key()
        row = max(0, self.currentRow())
        self.blockSignals(True)
        self.clear()
        for line in lines:
            item = QListWidgetItem()
            item.setData(LINE, line)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, line.said or line.name)
            item.setToolTip(line.said or line.name)
            self.addItem(item)
        keys = [line.key for line in lines]
        self.setCurrentRow(keys.index(before) if before in keys else min(row, len(lines) - 1))
        self.blockSignals(False)

    def empty(self) -> None:
        """No rows, and none chosen."""
        self.blockSignals(True)
        self.clear()
        self.blockSignals(False)

    def key(self) -> int | None:
        """What the chosen row is about."""
        item = self.currentItem()
        return item.data(LINE).key if item is not None else None

    def choose(self, key: int) -> bool:
        """Choose the row about something, where there is one."""
        for row in range(self.count()):
            if self.item(row).data(LINE).key == key:
                self.setCurrentRow(row)
                return True
        return False

    def step(self, by: int) -> None:
        """To the next or an earlier row."""
        if self.count():
            self.setCurrentRow(min(max(0, self.currentRow() + by), self.count() - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        if event.key() == (Qt.Key.Key_Left if mirrored else Qt.Key.Key_Right):
            self.inward.emit()
        elif event.key() == Qt.Key.Key_Space:
            self.opened.emit()
        else:
            super().keyPressEvent(event)
