"""The comments: search and filter above, the table below."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ogp_sensemaker.qt.comment_table import CommentTable
from ogp_sensemaker.qt.filter_bar import FilterBar
from ogp_sensemaker.qt.parts import beside, button, column, label
from ogp_sensemaker.qt.queue_bar import AcceptBar, QueueButton
from ogp_sensemaker.qt.segment_delegate import row_height
from ogp_sensemaker.qt.segment_table import SegmentTable
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store import clusters, segments
from ogp_sensemaker.store.journal import Changes

CHUNK = 500


class SegmentView(QWidget):
    """Rows in the session's order; the current one shows in the reading pane."""

    code_wanted = Signal()  # the person asks to find a code for what is selected
    attach_wanted = Signal()  # … or to attach it to an issue

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("page")
        self._session = session
        self.model = SegmentTable(session)
        self._total = -1  # of all comments; counted when it is needed
        self.bar = FilterBar(session)
        self.accepting = AcceptBar(session)
        self.queue = QueueButton(session, self.accepting)
        self.count = label("", "muted")
        self.count.setAccessibleName(self.tr("How many comments are listed"))
        self.table = CommentTable(session, self.model)
        self._frame = QFrame()
        self._frame.setObjectName("tableframe")
        inside = column(self._frame, 0, 0)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        self._empty = self._empty_state()
        layout = column(self, 3, 2)
        layout.addLayout(self._top())
        layout.addWidget(self.bar)
        layout.addWidget(self._frame, 1)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self._many())
        layout.addWidget(self.accepting)
        self.bar.leave.connect(self.table.setFocus)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _: self._on_row(now.row()))
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._on_selection())
        for changed in (self.model.rowsRemoved, self.model.rowsInserted):
            changed.connect(self._show_count)
        self.table.installEventFilter(self)
        session.filter_changed.connect(self.refresh)
        session.opened.connect(self._on_opened)
        session.changed.connect(self._on_changed)
        session.current_changed.connect(self._follow)
        session.selection = self.table.selected
        self.setFocusProxy(self.table)

    def _top(self) -> QHBoxLayout:
        top = beside()
        top.addWidget(label(self.tr("Comments"), "title"))
        top.addStretch(1)
        top.addWidget(self.count)
        top.addWidget(self.queue.button)
        return top

    def _empty_state(self) -> QWidget:
        box = QWidget()
        layout = column(box, 6, 3)
        layout.addStretch(1)
        self._why_empty = label("", "muted", wrap=True)
        self._why_empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self._why_empty)
        self._clear = button(self.tr("Clear the filter"), lambda: self._session.show(type(self._session.where)()))
        self._bring = button(
            self.tr("Import files"), lambda: self._session.place_wanted.emit("import"), style="primary"
        )
        row = beside()
        row.addStretch(1)
        row.addWidget(self._clear)
        row.addWidget(self._bring)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(1)
        return box

    def _many(self) -> QWidget:
        """What can be done with all the comments that are selected, by mouse too."""
        self._bulk = QFrame()
        self._bulk.setObjectName("suggestion")
        row = beside(self._bulk, 2, 2)
        self._bulk_words = label("", "heading")
        row.addWidget(self._bulk_words)
        self._all = button(
            "", self.table.selectAll, style="link", tip=self.tr("Select every comment that matches (Ctrl+A)")
        )
        row.addWidget(self._all)
        row.addStretch(1)
        row.addWidget(button(self.tr("Code … (F)"), self.code_wanted.emit, style="primary"))
        row.addWidget(
            button(self.tr("To an issue … (I)"), self.attach_wanted.emit, tip=self.tr("For it or against it"))
        )
        row.addWidget(button(self.tr("Only these"), self._only_these, tip=self.tr("List only the selected comments")))
        self._bulk.hide()
        return self._bulk

    # Following the session -------------------------------------------------------------------------

    def _on_opened(self) -> None:
        self._total = -1
        self.refresh()
        self.table.restore_columns()
        self.table.setFocus()

    def _on_changed(self, changes: Changes) -> None:
        if "segment" in changes.tables:
            self._total = -1
            self.refresh()

    def refresh(self) -> None:
        """List what the filter lets through, and stay on the comment being read where it is among them."""
        header = self.table.horizontalHeader()
        columns = self.model.columnCount()
        before = self._session.current
        self.model.refresh()
        self.table.verticalHeader().setDefaultSectionSize(row_height())
        if self.model.columnCount() != columns:
            self.table.restore_columns()
        if self._total < 0 and self._session.is_open:
            self._total = segments.count(self._session.project)
        total = max(0, self._total)
        shown = len(self.model.ids)
        self._show_count()
        self._frame.setVisible(shown > 0)
        self._empty.setVisible(shown == 0)
        nothing = self.tr("Nothing has been imported yet. Drop files anywhere on this window, or choose them.")
        self._why_empty.setText(nothing if total == 0 else self.tr("No comment matches the search and the filters."))
        self._clear.setVisible(total > 0)
        self._bring.setVisible(total == 0)
        if shown:
            self.go(max(0, self.model.place(before)))
        else:
            self._session.set_current(None)
        keys = [c.sort for c in self.model.columns]
        if self._session.ranked or self._session.sort not in keys:
            header.setSortIndicatorShown(False)
        else:
            order = Qt.SortOrder.DescendingOrder if self._session.descending else Qt.SortOrder.AscendingOrder
            header.setSortIndicatorShown(True)
            header.setSortIndicator(keys.index(self._session.sort), order)

    def _show_count(self) -> None:
        total, shown = max(0, self._total), len(self.model.ids)
        self.count.setText(
            self.tr("{0} comments").format(f"{total:,}") if shown == total
            else self.tr("{0} of {1} comments").format(f"{shown:,}", f"{total:,}")
        )  # fmt: skip

    def _follow(self, segment_id: int | None) -> None:
        place = self.model.place(segment_id)
        if place >= 0 and place != self.table.currentIndex().row():
            self.go(place)
        self.table.viewport().update()

    def _on_row(self, row: int) -> None:
        if 0 <= row < len(self.model.ids):
            self._session.set_current(self.model.ids[row])

    def _on_selection(self) -> None:
        chosen, shown = self.table.selected_count(), len(self.model.ids)
        self._bulk.setVisible(chosen > 1)
        self._bulk_words.setText(self.tr("{0} selected").format(f"{chosen:,}"))
        self._all.setText(self.tr("Select all {0} that match").format(f"{shown:,}"))
        self._all.setVisible(chosen < shown)
        self._session.selection_changed.emit()

    # Moving and selecting --------------------------------------------------------------------------

    def go(self, row: int) -> None:
        """Make a row the one that is read."""
        self.table.go(row)

    def step(self, by: int) -> None:
        """To the next or an earlier row."""
        row = self.table.currentIndex().row()
        self.go(min(max(0, row + by), len(self.model.ids) - 1))

    def next_uncoded(self) -> None:
        """To the next comment, after the one being read, that nobody has coded; at the end from the start."""
        here = self.table.currentIndex().row()
        ids = self.model.ids
        order = [*ids[here + 1 :], *ids[: here + 1]]
        for start in range(0, len(order), CHUNK):
            part = order[start : start + CHUNK]
            left = set(clusters.uncoded(self._session.project, part))
            for id_ in part:
                if id_ in left:
                    self.go(self.model.place(id_))
                    return
        self._session.said.emit(self.tr("Every comment in this list is coded."))

    def _only_these(self) -> None:
        self._session.show(type(self._session.where)(ids=tuple(self.table.selected())))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.table and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._frame.setProperty("focused", event.type() is QEvent.Type.FocusIn)
            self._frame.style().polish(self._frame)
        return super().eventFilter(watched, event)
