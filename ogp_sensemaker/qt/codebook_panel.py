"""The codebook beside everything else: find, apply, describe, move, merge, split, delete."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QMenu, QTreeView, QWidget

from ogp_sensemaker.app import codebook as operations
from ogp_sensemaker.domain.codebook import Code, CodeKind, ancestors
from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.domain.folding import same_words
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.code_editor import CodeEditor
from ogp_sensemaker.qt.codebook_delegate import CodebookDelegate
from ogp_sensemaker.qt.codebook_tree import CodebookTree
from ogp_sensemaker.qt.deciding import Decisions
from ogp_sensemaker.qt.find_code import FindCode
from ogp_sensemaker.qt.parts import beside, button, card, column, label
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store import codebook
from ogp_sensemaker.store.journal import Changes


class CodebookPanel(QWidget):
    """The tree, a line to ask in, and the editor of the code that is chosen."""

    left = Signal()  # Escape: back to the comments

    def __init__(self, session: Session, decisions: Decisions) -> None:
        super().__init__()
        self.setObjectName("dockbody")
        self.setMinimumWidth(theme.unit() * 54)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session, self._decisions = session, decisions
        self.finder: FindCode | None = None
        self.model = CodebookTree(session)
        self.tree = QTreeView()
        self._set_up_tree()
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Narrow the codebook"))
        self.search.setAccessibleName(self.tr("Narrow the codebook"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.editor = CodeEditor(session)
        head = beside()
        head.addWidget(label(self.tr("Codebook"), "heading"))
        head.addStretch(1)
        head.addWidget(
            button(self.tr("Add"), self.add, icon="plus", tip=self.tr("A new code under the chosen one (Ins)"))
        )
        layout = column(self, 2, 2)
        layout.addLayout(head)
        layout.addWidget(self.search)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self._line_to_ask())
        layout.addWidget(self.editor)
        self._later = QTimer(self, interval=120, singleShot=True)
        self._later.timeout.connect(self._count)
        self.model.modelReset.connect(self._unfold)
        self.model.moved.connect(lambda code, parent, at: session.jobs.run(operations.move_code, code, parent, at))
        session.opened.connect(self._count)
        session.changed.connect(self._on_changed)

    def _set_up_tree(self) -> None:
        tree = self.tree
        tree.setModel(self.model)
        tree.setItemDelegate(CodebookDelegate(self._session, tree))
        tree.setHeaderHidden(True)
        tree.setIndentation(14)
        tree.setAccessibleName(self.tr("Codebook"))
        tree.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        tree.setDefaultDropAction(Qt.DropAction.MoveAction)
        tree.setDropIndicatorShown(True)
        tree.setUniformRowHeights(True)
        tree.setFrameShape(QFrame.Shape.NoFrame)
        tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.customContextMenuRequested.connect(self._menu)
        tree.doubleClicked.connect(lambda _: self.show_comments())
        tree.selectionModel().currentChanged.connect(lambda now, _: self._on_code(now))
        tree.installEventFilter(self)

    # One line that asks: for a name, or whether to delete ---------------------------------------------

    def _line_to_ask(self) -> QWidget:
        self._ask, layout = card(1, "ask")
        self._question = label("", "", wrap=True)
        self._answer = QLineEdit()
        self._answer.returnPressed.connect(self._yes)
        self._answer.installEventFilter(self)
        self._go = button("", self._yes, style="primary")
        layout.addWidget(self._question)
        layout.addWidget(self._answer)
        row = beside()
        row.addStretch(1)
        row.addWidget(button(self.tr("Leave it"), self._leave))
        row.addWidget(self._go)
        layout.addLayout(row)
        self._then: Callable[[str], None] = lambda _: None
        self._ask.hide()
        return self._ask

    def _put(self, question: str, yes: str, then: Callable[[str], None], text: str | None = None) -> None:
        """Ask in place; `text` fills the box, None means that there is only yes or no."""
        self._then = then
        self._question.setText(question)
        self._go.setText(yes)
        self._answer.setVisible(text is not None)
        self._answer.setText(text or "")
        self._answer.setAccessibleName(question)
        self._ask.show()
        if text is None:
            self._go.setFocus()
        else:
            self._answer.setFocus()
            self._answer.selectAll()

    def _yes(self) -> None:
        answer = self._answer.text()
        self._leave()
        self._then(answer)

    def _leave(self) -> None:
        self._ask.hide()
        self.tree.setFocus()

    # What can be done with a code -------------------------------------------------------------------

    @property
    def code(self) -> Code | None:
        """The code that is chosen in the tree."""
        return self.model.code_at(self.tree.currentIndex())

    def add(self) -> None:
        """A new code under the chosen one, or at the top."""
        above = self.code
        if above is not None and above.kind is CodeKind.PROPOSAL:
            above = self._session.codes.get(above.parent_id or 0)
        where = self.tr("New code under “{0}”").format(above.name) if above else self.tr("New code at the top")
        kind = CodeKind.THEME if above else CodeKind.DIRECTION
        parent = above.id if above else None
        run = self._session.jobs.run
        self._put(where, self.tr("Add"), lambda name: run(operations.add_code, name, kind, parent), "")

    def rename(self) -> None:
        """Another name for the chosen code."""
        if code := self.code:
            run = self._session.jobs.run
            title = self.tr("New name for “{0}”").format(code.name)
            self._put(title, self.tr("Rename"), lambda name: run(operations.rename_code, code.id, name), code.name)

    def split(self) -> None:
        """A new code that takes over the codings of the comments that are selected."""
        if code := self.code:
            chosen = self._session.targets()
            title = self.tr("Name of the code that takes the {0} selected comments from “{1}”").format(
                len(chosen), code.name
            )
            run = self._session.jobs.run
            self._put(title, self.tr("Split"), lambda name: run(operations.split_code, code.id, name, chosen), "")

    def merge(self) -> None:
        """Let another code take over everything."""
        code = self.code
        if code is not None and self.finder is not None:
            below = [id_ for id_ in self._session.codes if code.id in ancestors(id_, self._session.codes)]
            run = self._session.jobs.run
            title = self.tr("Merge “{0}” into …").format(code.name)
            self.finder.ask(title, lambda into: run(operations.merge_codes, code.id, into), [code.id, *below])

    def delete(self) -> None:
        """Ask, then delete."""
        if code := self.code:
            count = self.model.counts.get(code.id, 0)
            question = self.tr(
                "Delete “{0}”, what is below it, and its codings on {1} comments? Ctrl+Z brings it back."
            )
            run = self._session.jobs.run
            self._put(
                question.format(code.name, count), self.tr("Delete"), lambda _: run(operations.delete_code, code.id)
            )

    def apply(self) -> None:
        """Code the comments meant with the chosen code."""
        if code := self.code:
            self._decisions.apply(code.id)

    def show_comments(self) -> None:
        """List what is coded with the chosen code."""
        if code := self.code:
            self._session.show_comments(SegmentFilter(codes=(code.id,)))

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        for words, does in self.choices():
            menu.addAction(words).triggered.connect(lambda _=False, f=does: f())
        menu.popup(self.tree.viewport().mapToGlobal(at))

    def choices(self) -> list[tuple[str, Callable[[], None]]]:
        """What the menu offers."""
        always = [(self.tr("Add a code … (Ins)"), self.add)]
        if self.code is None:
            return always
        return [
            (self.tr("Code the selected comments (Space)"), self.apply),
            (self.tr("Show its comments (Enter)"), self.show_comments),
            (self.tr("Describe (D)"), self.editor.open),
            (self.tr("Rename … (F2)"), self.rename),
            *always,
            (self.tr("Merge into …"), self.merge),
            (self.tr("Split off the selected comments …"), self.split),
            (self.tr("Delete … (Del)"), self.delete),
        ]

    # Following -------------------------------------------------------------------------------------

    def _on_code(self, index: QModelIndex) -> None:
        self.editor.show_code(self.model.code_at(index))

    def _on_changed(self, changes: Changes) -> None:
        if changes.tables & {"coding", "code", "segment"}:
            self._later.start()  # many decisions in a row are counted once

    def _count(self) -> None:
        if self._session.is_open:
            self._session.jobs.ask(codebook.segment_counts, then=self.model.set_counts)

    def _unfold(self) -> None:
        chosen = self.editor.code_id
        for id_, code in self._session.codes.items():
            if code.kind is not CodeKind.PROPOSAL and code.parent_id is None:
                below = [c for c in self._session.codes.values() if c.parent_id == id_]
                self.tree.setExpanded(self.model.index_of(id_), any(c.kind is not CodeKind.PROPOSAL for c in below))
        if chosen is not None:
            self.tree.setCurrentIndex(self.model.index_of(chosen))
        self._narrow(self.search.text())

    def _narrow(self, text: str) -> None:
        """Hide what does not fit, keep what leads to what does."""
        words = same_words(text)
        keep: set[int] = set()
        for id_, code in self._session.codes.items():
            if words in same_words(code.name):
                keep |= {id_, *ancestors(id_, self._session.codes)}
        for id_ in self._session.codes:
            index = self.model.index_of(id_)
            self.tree.setRowHidden(index.row(), index.parent(), id_ not in keep)
            if words and id_ in keep:
                self.tree.expand(index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self._answer and event.key() == Qt.Key.Key_Escape:
                self._leave()
                return True
            does = {
                Qt.Key.Key_Insert: self.add, Qt.Key.Key_F2: self.rename, Qt.Key.Key_Delete: self.delete,
                Qt.Key.Key_Space: self.apply, Qt.Key.Key_Return: self.show_comments, Qt.Key.Key_D: self.editor.open,
                Qt.Key.Key_Enter: self.show_comments, Qt.Key.Key_Escape: self.left.emit,
            }.get(Qt.Key(event.key()))  # fmt: skip
            if watched is self.tree and does is not None:
                does()
                return True
        return super().eventFilter(watched, event)
