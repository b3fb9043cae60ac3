"""Paints a line of the comments: words in their own direction, codes as chips, stance by sign and colour."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QStyleOptionViewItem

from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.direction import runs_right_to_left
from ogp_sensemaker.qt.painting import Face, draw_chips, draw_text, face
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
        self._known: list[tuple[Face, Face]] = []

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        characters = self._model.columns[index.column()].width
        return QSize(QFontMetrics(option.font).averageCharWidth() * characters, row_height())

    def draw(self, painter: QPainter, rect: QRectF, font: QFont, row: Row, key: str, lit: bool, mirrored: bool) -> None:
        """One cell; `lit` where its line is read or selected."""
        look = theme.current()
        full, small = self._faces(font)
        u = full.unit
        if lit:
            painter.fillRect(rect, look.accent_soft)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), look.line)
        if key == "id" and row.segment.id == self._session.current:
            x = rect.right() - 3 if mirrored else rect.left()
            painter.fillRect(QRectF(x, rect.top(), 3, rect.height() - 1), look.accent)
        self._cell(painter, rect.adjusted(2 * u, u, -2 * u, -u), row, key, mirrored, full, small)

    def _faces(self, font: QFont) -> tuple[Face, Face]:
        for known in self._known:
            if known[0].font == font:
                return known
        found = face(font), face(_small(font))
        self._known = [found, *self._known[:3]]
        return found

    def _cell(
        self, painter: QPainter, rect: QRectF, row: Row, key: str, mirrored: bool, full: Face, small: Face
    ) -> None:
        look = theme.current()
        ink, muted = QColor(look.ink), QColor(look.muted)
        segment = row.segment
        if key == "original":
            rtl = runs_right_to_left(segment.text, segment.language)
            draw_text(painter, rect, segment.text, full, ink if segment.voice else muted, right_to_left=rtl)
        elif key == "english":
            self._english(painter, rect, row, full, small)
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

    def _english(self, painter: QPainter, rect: QRectF, row: Row, full: Face, small: Face) -> None:
        look = theme.current()
        if row.segment.english:
            shown = full
            if row.state == "machine":  # until somebody has looked at it
                slanted = QFont(full.font)
                slanted.setItalic(True)
                shown, _ = self._faces(slanted)
            draw_text(painter, rect, row.segment.english, shown, QColor(look.ink))
        elif row.segment.language not in {"en", ""}:
            draw_text(painter, rect, self.tr("no translation yet"), small, QColor(look.muted), lines=1)

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

    def _stances(self, painter: QPainter, rect: QRectF, row: Row, small: Face, mirrored: bool) -> None:
        found = stances(row)
        height = small.spacing
        top = rect.top() + (rect.height() - height * min(2, len(found))) / 2
        for number, stance in enumerate(found[:2]):
            line = QRectF(rect.left(), top + number * height, rect.width(), height)
            words = f"{theme.STANCE_SIGNS[stance]} {stance}"
            draw_text(painter, line, words, small, theme.stance_colour(stance), align_right=mirrored, lines=1)


def _small(font: QFont) -> QFont:
    found = QFont(font)
    found.setPointSizeF(max(6.0, font.pointSizeF() * 0.9))
    return found
