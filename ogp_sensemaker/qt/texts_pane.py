"""The words of the comment being read: original beside English, with the codings on them."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.direction import language_name
from ogp_sensemaker.qt.parts import beside, button, column, label
from ogp_sensemaker.qt.reading_text import Marked, ReadingText
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store.codings import Span
from ogp_sensemaker.store.rows import Row

BESIDE = 46  # characters that each of two texts needs to stand beside the other


class TextsPane(QWidget):
    """Beside each other where there is room for two, else below each other."""

    approve_wanted = Signal()
    edit_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.original, self.english = ReadingText(), ReadingText()
        self.original.setAccessibleName(self.tr("Original"))
        self.english.setAccessibleName(self.tr("English"))
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(theme.unit() * 4)
        first = column(None, 0, 1)
        self._original_is, self._english_is = label("", "overline"), label("", "overline", wrap=True)
        first.addWidget(self._original_is)
        first.addWidget(self.original)
        first.addStretch(1)
        self._english_box = QFrame()
        second = column(self._english_box, 0, 1)
        second.addWidget(self._english_is)
        second.addWidget(self.english)
        row = beside(None, 0, 1)
        self._flags = label("", "flag", wrap=True)
        self._approve = button(
            self.tr("Approve"), self.approve_wanted.emit, tip=self.tr("This English says what the original says (A)")
        )
        self._edit = button(
            self.tr("Correct"), self.edit_wanted.emit, tip=self.tr("Correct the English; the machine's is kept")
        )
        row.addWidget(self._flags)
        row.addStretch(1)
        row.addWidget(self._edit)
        row.addWidget(self._approve)
        second.addLayout(row)
        second.addStretch(1)
        self._columns.addLayout(first, 1)
        self._columns.addWidget(self._english_box, 1)

    def wear(self, font: QFont) -> None:
        """Take another font."""
        self.original.setFont(font)
        self.english.setFont(font)

    def show_row(self, row: Row) -> None:
        """Another comment, or another state of the same."""
        segment = row.segment
        self._original_is.setText(language_name(segment.language).upper() if segment.language else self.tr("ORIGINAL"))
        self.original.show_text(segment.text, segment.language, self._marks(row, ("", "original")))
        has = bool(segment.english)
        self._english_box.setVisible(has or segment.language not in {"en", "", "und"})
        made = {
            "machine": self.tr("machine, not reviewed"),
            "approved": self.tr("approved"),
            "edited": self.tr("corrected"),
        }
        by = f"{made.get(row.state, '')} · {segment.translation_by}" if has else self.tr("no translation yet")
        self._english_is.setText(self.tr("ENGLISH") + f"  ·  {by}")
        self.english.setVisible(has)
        self.english.show_text(segment.english, "en", self._marks(row, ("english",)) if has else ())
        self._flags.setText(self.tr("Check: {0}").format(row.flags))
        self._flags.setVisible(bool(row.flags) and row.state == "machine")
        self._approve.setVisible(row.state == "machine")
        self._edit.setVisible(has or self._english_box.isVisibleTo(self))
        self._edit.setText(self.tr("Correct") if has else self.tr("Translate"))

    def _marks(self, row: Row, sides: tuple[str, ...]) -> list[Marked]:
        return [
            Marked(self._session.path_of(c.code_id), self._session.colour_of(c.code_id), c.start, c.end)
            for c in row.codings
            if c.side in sides
        ]

    def span(self) -> Span | None:
        """The words that are selected, in the original or in the English."""
        for text, side in ((self.original, "original"), (self.english, "english")):
            if found := text.selected_span():
                return Span(*found, side)
        return None

    def clear_selections(self) -> None:
        """Select nothing."""
        self.original.clear_selection()
        self.english.clear_selection()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other where there is room for two, else below each other."""
        super().resizeEvent(event)
        wide = event.size().width() > 2 * BESIDE * self.original.fontMetrics().averageCharWidth()
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(way)
