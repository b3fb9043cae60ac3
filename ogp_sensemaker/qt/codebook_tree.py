"""Item model of the codebook: the tree, its numbers of segments, moving by drag."""

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt, Signal

from ogp_sensemaker.domain.codebook import Code, may_move
from ogp_sensemaker.qt.session import Session

MIME = "application/x-ogps-code"
COUNT = Qt.ItemDataRole.UserRole + 1
CODE = Qt.ItemDataRole.UserRole + 2
_NOWHERE = QModelIndex()


class CodebookTree(QAbstractItemModel):
    """One column; the number of segments and the colour are drawn by the delegate."""

    moved = Signal(int, object, object)  # code, parent or None, position or None

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._children: dict[int | None, list[int]] = {}
        self._codes: dict[int, Code] = {}
        self.counts: dict[int, int] = {}
        session.codebook_changed.connect(self.refresh)
        session.closed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Take the codes from the session."""
        self.beginResetModel()
        self._codes = dict(self._session.codes)
        self._children = {}
        for id_, code in self._codes.items():  # in the order of the tree
            self._children.setdefault(code.parent_id, []).append(id_)
        self.endResetModel()

    def set_counts(self, counts: dict[int, int]) -> None:
        """The number of segments of each code, what is below it included."""
        self.counts = counts
        for parent_id, ids in self._children.items():
            parent = self.index_of(parent_id) if parent_id is not None else QModelIndex()
            self.dataChanged.emit(self.index(0, 0, parent), self.index(len(ids) - 1, 0, parent), [COUNT])

    def index_of(self, code_id: int) -> QModelIndex:
        """Where a code stands."""
        code = self._codes.get(code_id)
        if code is None:
            return QModelIndex()
        return self.createIndex(self._children[code.parent_id].index(code_id), 0, code_id)

    def code_at(self, index: QModelIndex | QPersistentModelIndex) -> Code | None:
        """The code of a line."""
        return self._codes.get(int(index.internalId())) if index.isValid() else None

    # Qt's side -------------------------------------------------------------------------------------

    def _under(self, parent: QModelIndex | QPersistentModelIndex) -> list[int]:
        return self._children.get(int(parent.internalId()) if parent.isValid() else None, [])

    def index(self, row: int, column: int, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> QModelIndex:
        found = self._under(parent)
        return self.createIndex(row, 0, found[row]) if column == 0 and 0 <= row < len(found) else QModelIndex()

    def parent(self, index: QModelIndex | QPersistentModelIndex = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        code = self.code_at(index)
        return self.index_of(code.parent_id) if code is not None and code.parent_id is not None else QModelIndex()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return len(self._under(parent)) if parent.column() <= 0 else 0

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 1

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        code = self.code_at(index)
        if code is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return code.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{code.name}\n{code.description}".strip()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("{0}, {1} comments").format(code.name, self.counts.get(code.id, 0))
        if role == COUNT:
            return self.counts.get(code.id, 0)
        return code.id if role == CODE else None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        drop = Qt.ItemFlag.ItemIsDropEnabled
        if not index.isValid():
            return drop
        usable = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usable | drop | Qt.ItemFlag.ItemIsDragEnabled

    # Drag to move ----------------------------------------------------------------------------------

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]
        data = QMimeData()
        data.setData(MIME, str(int(indexes[0].internalId()) if indexes else 0).encode())
        return data

    def _dragged(self, data: QMimeData) -> int:
        raw = bytes(data.data(MIME).data())
        return int(raw) if raw.isdigit() else 0

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: QModelIndex | QPersistentModelIndex
    ) -> bool:
        code_id = self._dragged(data)
        target = int(parent.internalId()) if parent.isValid() else None
        return code_id in self._codes and may_move(code_id, target, self._codes)

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: QModelIndex | QPersistentModelIndex
    ) -> bool:
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        code_id = self._dragged(data)
        target = int(parent.internalId()) if parent.isValid() else None
        position: int | None = row if row >= 0 else None
        if position is not None:
            siblings = self._children.get(target, [])
            # The place is counted without the code itself.
            position -= sum(id_ == code_id for id_ in siblings[:position])
        self.moved.emit(code_id, target, position)
        return False  # the tree changes when the project has changed, not before
