"""Words to read and to select: each paragraph in its direction, codings as margin bars and underlines."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QTextBlock, QTextCursor
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QToolTip

from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.direction import layout_direction, runs_right_to_left

_LINES = {"\r\n": " \n", "\r": "\n", "\u2028": "\n", "\u2029": "\n"}
MOST_LANES = 6


@dataclass(frozen=True, slots=True)
class Marked:
    """A coding as it is drawn: characters from `start` to `end`; the whole text where they are None."""

    name: str
    colour: QColor
    start: int | None = None
    end: int | None = None


def _utf16(text: str, position: int) -> int:
    """Qt counts in UTF-16, Python in characters; they part at the first emoji."""
    return len(text[:position].encode("utf-16-le")) // 2


def _characters(text: str, position: int) -> int:
    return len(text.encode("utf-16-le")[: position * 2].decode("utf-16-le", "ignore"))


class ReadingText(QTextEdit):
    """As high as its text. Letters typed in it are not for it: they are the keys of the codes."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("text")
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTabChangesFocus(True)
        self._text = ""
        self._marks: list[tuple[Marked, int]] = []  # with its lane

    def show_text(self, text: str, language: str, marks: Sequence[Marked] = ()) -> None:
        """Show a text with its codings."""
        for ending, same_length in _LINES.items():
            text = text.replace(ending, same_length)
        if text != self._text:
            self._text = text
            self.setPlainText(text)
        self._marks = _in_lanes(marks)
        self._lay_out(language)
        self._fit()
        self.viewport().update()

    def _lay_out(self, language: str) -> None:
        u = theme.unit()
        room = (max((lane for _, lane in self._marks), default=-1) + 1) * (u + 1) + (u if self._marks else 0)
        right = runs_right_to_left(self._text, language)
        form = self.document().rootFrame().frameFormat()
        form.setLeftMargin(0 if right else room)
        form.setRightMargin(room if right else 0)
        self.document().rootFrame().setFrameFormat(form)
        underlined = any(mark.start is not None for mark, _ in self._marks)
        block = self.document().begin()
        cursor = QTextCursor(self.document())
        while block.isValid():
            style = block.blockFormat()
            style.setLayoutDirection(layout_direction(block.text(), language))
            style.setLineHeight(145.0 if underlined else 128.0, 1)  # 1: proportional
            cursor.setPosition(block.position())
            cursor.setBlockFormat(style)
            block = block.next()

    def selected_span(self) -> tuple[int, int] | None:
        """The selected words as characters (start, end), without spaces around them; None without a selection."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        start = _characters(self._text, cursor.selectionStart())
        end = _characters(self._text, cursor.selectionEnd())
        words = self._text[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        return (start, end) if start < end else None

    def clear_selection(self) -> None:
        """Select nothing."""
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)

    # As high as the text ---------------------------------------------------------------------------

    def _fit(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        self.setFixedHeight(round(self.document().size().height()) + theme.unit())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 20)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows with Shift select and Ctrl+C copies; what scrolls is left to the pane around."""
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Space):
            event.ignore()
            return
        super().keyPressEvent(event)

    # Drawing the codings ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._marks:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark, lane in self._marks:
            for bar in self._bars(mark, lane):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(mark.colour)
                painter.drawRoundedRect(bar, 1.5, 1.5)
            for stroke in self._underlines(mark, lane):
                painter.fillRect(stroke, mark.colour)
        painter.end()

    def _range(self, mark: Marked) -> tuple[int, int]:
        if mark.start is None or mark.end is None:
            return 0, _utf16(self._text, len(self._text))
        return _utf16(self._text, mark.start), _utf16(self._text, mark.end)

    def _bars(self, mark: Marked, lane: int) -> list[QRectF]:
        """A bar in the margin beside every line that the coding touches, joined to one for each paragraph."""
        u = theme.unit()
        right = self.document().rootFrame().frameFormat().rightMargin() > 0
        found = []
        for block, start, end in self._blocks(mark):
            box = self.document().documentLayout().blockBoundingRect(block)
            layout = block.layout()
            first, last = layout.lineForTextPosition(start), layout.lineForTextPosition(end)
            if not first.isValid() or not last.isValid():
                continue
            top, bottom = box.top() + first.y(), box.top() + last.y() + last.height()
            x = self.viewport().width() - (lane + 1) * (u + 1) if right else lane * (u + 1)
            found.append(QRectF(x, top + 1, max(3, u - 2), bottom - top - 2))
        return found

    def _underlines(self, mark: Marked, lane: int) -> list[QRectF]:
        if mark.start is None:
            return []
        found = []
        for block, start, end in self._blocks(mark):
            box = self.document().documentLayout().blockBoundingRect(block)
            layout = block.layout()
            for number in range(layout.lineCount()):
                line = layout.lineAt(number)
                first = max(start, line.textStart())
                last = min(end, line.textStart() + line.textLength())
                if first >= last:
                    continue
                x1, x2 = _x(line.cursorToX(first)), _x(line.cursorToX(last))
                y = box.top() + line.y() + line.ascent() + 2.5 + 3.5 * (lane % 3)
                found.append(QRectF(box.left() + min(x1, x2), y, abs(x2 - x1), 2))
        return found

    def _blocks(self, mark: Marked) -> list[tuple[QTextBlock, int, int]]:
        """Each paragraph that a coding touches, with where it begins and ends in it."""
        start, end = self._range(mark)
        found = []
        block = self.document().findBlock(start)
        while block.isValid() and block.position() < max(end, start + 1):
            length = block.length() - 1
            found.append((block, max(0, start - block.position()), min(length, end - block.position())))
            block = block.next()
        return found

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = event.pos().toPointF()
            names = [
                mark.name
                for mark, lane in self._marks
                if any(
                    r.adjusted(-2, -2, 2, 3).contains(at)
                    for r in (*self._bars(mark, lane), *self._underlines(mark, lane))
                )
            ]
            QToolTip.showText(event.globalPos(), "\n".join(names), self) if names else QToolTip.hideText()
            return True
        return super().event(event)


def _x(found: object) -> float:
    """PySide gives the place of a cursor with or without the cursor."""
    return float(found[0]) if isinstance(found, tuple) else float(found)  # type: ignore[arg-type]


def _in_lanes(marks: Sequence[Marked]) -> list[tuple[Marked, int]]:
    """Each coding in the first lane where nothing else stands beside the same words."""
    free: list[int] = []  # for each lane, where the last coding in it ends
    found = []
    for mark in sorted(marks, key=lambda m: (m.start or 0, -(m.end if m.end is not None else 1 << 30))):
        start, end = mark.start or 0, mark.end if mark.end is not None else 1 << 30
        lane = next((n for n, taken in enumerate(free) if taken <= start), len(free))
        if lane == len(free):
            free.append(end)
        free[lane] = end
        found.append((mark, min(lane, MOST_LANES - 1)))
    return found
