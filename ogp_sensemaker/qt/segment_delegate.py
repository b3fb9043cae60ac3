"""Paints a line of the comments: words in their own direction, codes as chips, stance by sign and colour."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.direction import runs_right_to_left
from ogp_sensemaker.qt.painting import draw_chips, draw_line, draw_text
from ogp_sensemaker.qt.segment_table import SegmentTable, stances
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store.rows import Row


def row_height() -> int:
    """Two lines of text and some air."""
    return QFontMetrics(QApplication.font()).lineSpacing() * 2 + 3 * theme.unit()


class SegmentDelegate(QStyledItemDelegate):
    """Draws every cell itself: a table that is read all day should look like reading matter."""

    def __init__(self, session: Session, model: SegmentTable, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        characters = self._model.columns[index.column()].width
        return QSize(QFontMetrics(option.font).averageCharWidth() * characters, row_height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = self._model.row(index.row())
        if row is None:
            return
        look, u = theme.current(), theme.unit()
        rect = QRectF(option.rect)
        reading = row.segment.id == self._session.current
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if reading or selected:
            painter.fillRect(rect, QColor(look.accent_soft))
        draw_line(painter, rect.left(), rect.bottom() - 0.5, rect.right(), rect.bottom() - 0.5, QColor(look.line))
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        if reading and index.column() == 0:
            x = rect.right() - 3 if mirrored else rect.left()
            painter.fillRect(QRectF(x, rect.top(), 3, rect.height() - 1), QColor(look.accent))
        painter.setFont(option.font)
        self._cell(painter, rect.adjusted(2 * u, u, -2 * u, -u), row, self._model.columns[index.column()].key, mirrored)
        painter.restore()

    def _cell(self, painter: QPainter, rect: QRectF, row: Row, key: str, mirrored: bool) -> None:
        look, font, small = theme.current(), QFont(painter.font()), _small(painter.font())
        ink, muted = QColor(look.ink), QColor(look.muted)
        segment = row.segment
        if key == "original":
            rtl = runs_right_to_left(segment.text, segment.language)
            draw_text(painter, rect, segment.text, font, ink if segment.voice else muted, right_to_left=rtl)
        elif key == "english":
            self._english(painter, rect, row, font, ink, muted)
        elif key == "codes":
            draw_chips(painter, rect, self._codes(row), small, right_to_left=mirrored)
        elif key == "stance":
            self._stances(painter, rect, row, small, mirrored)
        elif key == "suggestion" and row.suggestions:
            code_id, confidence = row.suggestions[0]
            code = self._session.codes.get(code_id)
            words = f"{code.name if code else ''}  {round(confidence * 100)} %"
            draw_text(painter, rect, words, small, muted, align_right=mirrored)
        elif key == "id":
            draw_text(painter, rect, f"{segment.id}", small, muted, align_right=mirrored, lines=1)
        else:
            draw_text(painter, rect, self._model.text(row, key), small, muted, align_right=mirrored)

    def _english(self, painter: QPainter, rect: QRectF, row: Row, font: QFont, ink: QColor, muted: QColor) -> None:
        if row.segment.english:
            shown = QFont(font)
            shown.setItalic(row.state == "machine")  # until somebody has looked at it
            draw_text(painter, rect, row.segment.english, shown, ink)
        elif row.segment.language not in {"en", ""}:
            draw_text(painter, rect, self.tr("no translation yet"), _small(font), muted, lines=1)

    def _codes(self, row: Row) -> list[tuple[str, QColor, str]]:
        found: dict[int, str] = {}
        for coding in row.codings:
            sign = theme.STANCE_SIGNS.get(str(coding.stance), "") if coding.stance else ""
            found[coding.code_id] = sign or found.get(coding.code_id, "")
        return [
            (self._session.codes[id_].name, self._session.colour_of(id_), sign)
            for id_, sign in found.items()
            if id_ in self._session.codes
        ]

    def _stances(self, painter: QPainter, rect: QRectF, row: Row, font: QFont, mirrored: bool) -> None:
        found = stances(row)
        height = QFontMetrics(font).lineSpacing()
        top = rect.top() + (rect.height() - height * min(2, len(found))) / 2
        for number, stance in enumerate(found[:2]):
            line = QRectF(rect.left(), top + number * height, rect.width(), height)
            words = f"{theme.STANCE_SIGNS[stance]} {stance}"
            draw_text(painter, line, words, font, theme.stance_colour(stance), align_right=mirrored, lines=1)


def _small(font: QFont) -> QFont:
    found = QFont(font)
    found.setPointSizeF(max(6.0, font.pointSizeF() * 0.9))
    return found
