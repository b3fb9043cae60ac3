"""A small table of lines that are read one at a time, with a key behind each."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem

from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.direction import isolated
from ogp_sensemaker.qt.parts import column

KEY = Qt.ItemDataRole.UserRole


class PlainTable(QTableWidget):
    """For hundreds of lines, not for a hundred thousand: that is `segment_table`."""

    def __init__(
        self, titles: Sequence[str], stretch: int, numbers: Sequence[int] = (), widest: int = 260, lines: int = 1
    ) -> None:
        super().__init__(0, len(titles))
        self._does: Mapping[Qt.Key, Callable[[], object]] = {}
        self._numbers = set(numbers)
        self._stretch = stretch
        self._widest = widest
        self.setHorizontalHeaderLabels(list(titles))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(lines > 1)
        height = self.fontMetrics().lineSpacing() * lines + 3 * theme.unit()
        self.verticalHeader().setDefaultSectionSize(height)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        for number in numbers:
            heading = QTableWidgetItem(titles[number])
            self.setHorizontalHeaderItem(number, heading)
            heading.setTextAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)

    def framed(self) -> QFrame:
        """The table in a frame like that of the comments."""
        frame = QFrame()
        frame.setObjectName("tableframe")
        inside = column(frame, 0, 0)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self)
        return frame

    def on_keys(self, does: Mapping[Qt.Key, Callable[[], object]]) -> None:
        """What some keys do while the table has the keyboard."""
        self._does = does

    def fill(self, lines: Sequence[Sequence[QTableWidgetItem]], keys: Sequence[Any]) -> None:
        """Show lines; the one that was read stays chosen where it is still there."""
        before = self.current_key()
        self.blockSignals(True)
        self.setRowCount(len(lines))
        for row, (line, key) in enumerate(zip(lines, keys, strict=True)):
            for place, item in enumerate(line):
                item.setData(KEY, key)
                item.setText(isolated(item.text()))
                if place in self._numbers:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(row, place, item)
        self._fit()
        place = list(keys).index(before) if before in keys else 0
        self.blockSignals(False)
        if lines:
            self.go(place)

    def _fit(self) -> None:
        """Columns as wide as what is in them, the widest one as wide as there is room."""
        for place in range(self.columnCount()):
            if place != self._stretch:
                self.resizeColumnToContents(place)
                self.setColumnWidth(place, min(self.columnWidth(place) + 12, self._widest))

    def go(self, row: int) -> None:
        """Choose a line."""
        index = self.model().index(row, max(0, self.currentColumn()))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def step(self, by: int) -> None:
        """To the next or an earlier line."""
        if self.rowCount():
            self.go(min(max(0, self.currentRow() + by), self.rowCount() - 1))

    def keys(self) -> list[Any]:
        """The keys behind all lines."""
        items = (self.item(row, 0) for row in range(self.rowCount()))
        return [item.data(KEY) for item in items if item is not None]

    def current_key(self) -> Any:
        """The key behind the chosen line, or None."""
        item = self.item(self.currentRow(), 0)
        return None if item is None else item.data(KEY)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        does = self._does.get(Qt.Key(event.key()))
        if does is not None:
            does()
        else:
            super().keyPressEvent(event)
