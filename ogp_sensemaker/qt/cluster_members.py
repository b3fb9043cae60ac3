"""A list of comments, one line each, that reads the project only for the lines on the screen."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from ogp_sensemaker.domain.source import Segment
from ogp_sensemaker.qt import icons
from ogp_sensemaker.qt.direction import isolated, language_name
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store import clusters, segments

PAGE = 40
PAGES_KEPT = 40


class _Lines(QAbstractListModel):
    """Ids in memory, texts fetched a page at a time."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.ids: Sequence[int] = ()
        self.pinned: frozenset[int] = frozenset()
        self.coded: frozenset[int] = frozenset()
        self._pages: OrderedDict[int, dict[int, Segment]] = OrderedDict()

    def show(self, ids: Sequence[int]) -> None:
        """List these comments."""
        self.beginResetModel()
        self.ids = ids
        self._pages.clear()
        self.mark()
        self.endResetModel()

    def mark(self) -> None:
        """Which of them people have pinned, and which are coded."""
        project = self._session.project
        self.pinned = frozenset(id_ for id_, place in clusters.pins(project).items() if place is not None)
        self.coded = frozenset(self.ids) - frozenset(clusters.uncoded(project, self.ids))
        if self.ids:
            self.dataChanged.emit(self.index(0), self.index(len(self.ids) - 1))

    def segment(self, row: int) -> Segment | None:
        """The comment on a line; None for one that has gone meanwhile."""
        page = row // PAGE
        found = self._pages.get(page)
        if found is None:
            wanted = self.ids[page * PAGE : (page + 1) * PAGE]
            found = {s.id: s for s in segments.page(self._session.project, wanted)}
            self._pages[page] = found
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        return found.get(self.ids[row])

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.ids)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        id_ = self.ids[index.row()]
        if role == Qt.ItemDataRole.DecorationRole:
            name = "pin" if id_ in self.pinned else "check" if id_ in self.coded else "blank"
            return QIcon(icons.pixmap(name, 14))
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return None
        segment = self.segment(index.row())
        if segment is None:
            return ""
        if role == Qt.ItemDataRole.DisplayRole:
            return isolated(" ".join(segment.reading.split())[:300])
        marks = [self.tr("pinned")] * (id_ in self.pinned) + [self.tr("coded")] * (id_ in self.coded)
        about = ", ".join([f"#{id_}", language_name(segment.language), segment.channel, *marks])
        return f"{about}\n{segment.reading[:600]}"


class Members(QListView):
    """The line that is chosen shows in the reading pane; several may be selected."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.lines = _Lines(session)
        self.setModel(self.lines)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("Comments of the cluster"))
        self.selectionModel().currentChanged.connect(lambda now, _: self._read(now.row()))

    def show_ids(self, ids: Sequence[int]) -> None:
        """List these comments; the one that was read stays chosen where it is among them."""
        before, row = self.current(), self.currentIndex().row()
        if tuple(ids) == tuple(self.lines.ids):
            self.lines.mark()
            return
        self.lines.show(tuple(ids))
        if ids:
            self.go(ids.index(before) if before in ids else min(max(0, row), len(ids) - 1))

    def current(self) -> int | None:
        """The comment that is chosen."""
        row = self.currentIndex().row()
        return self.lines.ids[row] if 0 <= row < len(self.lines.ids) else None

    def selected(self) -> list[int]:
        """The comments that are selected, from the top."""
        return [self.lines.ids[row] for row in sorted(index.row() for index in self.selectedIndexes())]

    def go(self, row: int) -> None:
        """Choose a line."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(self.lines.index(row), flags.ClearAndSelect)

    def step(self, by: int) -> None:
        """To the next or an earlier line."""
        if self.lines.ids:
            self.go(min(max(0, self.currentIndex().row() + by), len(self.lines.ids) - 1))

    def _read(self, row: int) -> None:
        if self.isVisible() and 0 <= row < len(self.lines.ids):
            self._session.set_current(self.lines.ids[row])
