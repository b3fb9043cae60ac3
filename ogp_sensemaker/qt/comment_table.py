"""The table of the comments: how it looks, what is selected in it, which columns it shows."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QItemSelectionRange, QPoint, QRectF, QSettings, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QHeaderView, QMenu, QTableView

from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.segment_delegate import SegmentDelegate
from ogp_sensemaker.qt.segment_table import SegmentTable
from ogp_sensemaker.qt.session import Session


class CommentTable(QTableView):
    """Whole rows are chosen; a column is for looking and sorting."""

    def __init__(self, session: Session, model: SegmentTable) -> None:
        super().__init__()
        self._session, self.model_ = session, model
        self.setModel(model)
        self._cells = SegmentDelegate(session, model, self)
        self.setItemDelegate(self._cells)
        self.setAccessibleName(self.tr("Comments"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(False)
        header.setSectionsClickable(True)
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        header.sectionClicked.connect(self._sort)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._choose_columns)

    # Looks -----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Every cell in one go.

        Qt's own way comes back to Python five times for each cell, and while machines are at work every time is a wait.
        """
        ids, area = self.model_.ids, event.rect()
        if not ids:
            return
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        first, last = max(0, first), last if last >= 0 else len(ids) - 1
        header, columns = self.horizontalHeader(), self.model_.columns
        shown = [
            (columns[section].key, self.columnViewportPosition(section), header.sectionSize(section))
            for section in range(header.count())
            if not header.isSectionHidden(section)
        ]
        shown = [(key, x, width) for key, x, width in shown if x <= area.right() and x + width > area.left()]
        spans = {(r.top(), r.bottom()) for r in self._ranges()}
        mirrored = self.isRightToLeft()
        font, height, current = self.font(), self.rowHeight(first), self._session.current
        painter = QPainter(self.viewport())
        for number in range(first, last + 1):
            row = self.model_.row(number)
            if row is None:
                continue
            lit = ids[number] == current or any(top <= number <= bottom for top, bottom in spans)
            y = self.rowViewportPosition(number)
            for key, x, width in shown:
                cell = QRectF(x, y, width, height)
                painter.setClipRect(cell)
                self._cells.draw(painter, cell, font, row, key, lit, mirrored)
        painter.end()

    # Moving and selecting --------------------------------------------------------------------------

    def go(self, row: int) -> None:
        """Make a row the one that is read."""
        if not 0 <= row < len(self.model_.ids):
            return
        index = self.model_.index(row, max(0, self.currentIndex().column()))
        flags = QItemSelectionModel.SelectionFlag
        across = self.horizontalScrollBar().value()
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)
        self.horizontalScrollBar().setValue(across)

    def _ranges(self) -> list[QItemSelectionRange]:
        return list(self.selectionModel().selection())  # type: ignore[call-overload]

    def selected_count(self) -> int:
        """How many rows are selected."""
        return sum(r.height() for r in self._ranges() if r.left() == 0)

    def selected(self) -> Sequence[int]:
        """The ids of the selected rows, from the top."""
        ids = self.model_.ids
        spans = sorted({(r.top(), r.bottom()) for r in self._ranges()})
        return list(dict.fromkeys(id_ for top, bottom in spans for id_ in ids[top : bottom + 1]))

    # Columns ---------------------------------------------------------------------------------------

    def _sort(self, section: int) -> None:
        column_ = self.model_.columns[section]
        again = self._session.sort == column_.sort and not self._session.ranked
        self._session.order(column_.sort, not self._session.descending if again else False)

    def restore_columns(self) -> None:
        """As they were when the window was closed."""
        header, settings = self.horizontalHeader(), QSettings()
        width = QFontMetrics(QApplication.font()).averageCharWidth()
        hidden = str(settings.value("columns/hidden", "")).split("|")
        shown = str(settings.value("columns/shown", "")).split("|")
        for section, column_ in enumerate(self.model_.columns):
            stored = int(str(settings.value(f"columns/width/{column_.key}", 0) or 0))
            header.resizeSection(section, stored or column_.width * width + 4 * theme.unit())
            away = column_.key in hidden or (column_.key.startswith("attribute:") and column_.key not in shown)
            self.setColumnHidden(section, away)

    def save_columns(self) -> None:
        """Remember which columns are shown, and how wide."""
        if not self._session.is_open:
            return
        header, settings = self.horizontalHeader(), QSettings()
        keys = [c.key for c in self.model_.columns]
        hidden = [key for section, key in enumerate(keys) if self.isColumnHidden(section)]
        settings.setValue("columns/hidden", "|".join(k for k in hidden if not k.startswith("attribute:")))
        settings.setValue("columns/shown", "|".join(k for k in keys if k not in hidden and k.startswith("attribute:")))
        for section, key in enumerate(keys):
            if key not in hidden:
                settings.setValue(f"columns/width/{key}", header.sectionSize(section))

    def _choose_columns(self, at: QPoint) -> None:
        menu = QMenu(self)
        for section, column_ in enumerate(self.model_.columns):
            action = menu.addAction(column_.title)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(section))
            action.toggled.connect(lambda on, s=section: self.setColumnHidden(s, not on))
        menu.popup(self.horizontalHeader().mapToGlobal(at))
