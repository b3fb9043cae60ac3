"""Item model of the comments: ids in memory, rows fetched a page at a time as they scroll into view."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ogp_sensemaker.domain.filter import Sort
from ogp_sensemaker.qt.direction import language_name
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.qt.theme import STANCE_SIGNS
from ogp_sensemaker.store import rows, sources
from ogp_sensemaker.store.journal import Changes
from ogp_sensemaker.store.rows import Row

FETCHED = 20  # at once: what a screen shows
KEPT = 3000  # rows in memory
_LEARNED = frozenset({Sort.LEARN, Sort.SURE})  # orders that change with each decision
_TABLES = frozenset(
    {
        "coding",
        "code",
        "rejection",
        "memo",
        "translation",
        "suggestion",
        "cluster",
        "pin",
        "regrouping",
        "segment",
        "language",
    }
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, its heading, what it is sorted by, and its width in characters."""

    key: str
    title: str
    sort: Sort | str
    width: int
    hidden: bool = False


class SegmentTable(QAbstractTableModel):
    """The segments of the session's filter, in its order."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._ids: list[int] = []
        self._rows: OrderedDict[int, Row] = OrderedDict()  # by their place
        self.columns: list[Column] = self._fixed_columns()
        session.changed.connect(self._on_changed)
        session.codebook_changed.connect(self.forget)

    def _fixed_columns(self) -> list[Column]:
        return [
            Column("id", "#", Sort.POSITION, 5),
            Column("original", self.tr("Original"), Sort.TEXT, 27),
            Column("english", self.tr("English"), Sort.ENGLISH, 21),
            Column("codes", self.tr("Codes"), Sort.CODES, 20),
            Column("stance", self.tr("Stance"), Sort.STANCE, 9),
            Column("suggestion", self.tr("Suggested"), Sort.CONFIDENCE, 25),
            Column("language", self.tr("Language"), Sort.LANGUAGE, 13),
            Column("channel", self.tr("Channel"), Sort.CHANNEL, 15),
            Column("case", self.tr("Who"), Sort.CASE, 15),
            Column("cluster", self.tr("Cluster"), Sort.CLUSTER, 20),
            Column("source", self.tr("Source"), Sort.SOURCE, 24),
            Column("occurred", self.tr("When"), Sort.OCCURRED, 13),
        ]

    # What is shown ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask the project again which segments the filter lets through."""
        self.beginResetModel()
        if self._session.is_open:
            self._ids = self._session.query()
            names = sources.attribute_names(self._session.project)
            self.columns = self._fixed_columns() + [
                Column(f"attribute:{name}", name.replace("_", " ").capitalize(), name, 14) for name in names
            ]
        else:
            self._ids = []
        self._rows.clear()
        self.endResetModel()

    def forget(self) -> None:
        """Fetch again what is on the screen."""
        self._rows.clear()
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self.columns) - 1))

    def _on_changed(self, changes: Changes) -> None:
        if "suggestion" in changes.tables and self._session.sort in _LEARNED and "segment" not in changes.tables:
            self._line_up_again()
        if changes.tables & _TABLES:
            self.forget()

    def _line_up_again(self) -> None:
        """What comes after the comment being read in the order of now; what was passed stays where it is."""
        kept = self._ids[: self.place(self._session.current) + 1]
        passed = set(kept)
        new = kept + [id_ for id_ in self._session.query() if id_ not in passed]
        before, after = len(self._ids), len(new)
        if after < before:
            self.beginRemoveRows(QModelIndex(), after, before - 1)
            self._ids = new
            self.endRemoveRows()
        elif after > before:
            self.beginInsertRows(QModelIndex(), before, after - 1)
            self._ids = new
            self.endInsertRows()
        self._ids = new

    @property
    def ids(self) -> Sequence[int]:
        """All ids, in order."""
        return self._ids

    def place(self, segment_id: int | None) -> int:
        """The row of a segment, or -1."""
        try:
            return self._ids.index(segment_id) if segment_id is not None else -1
        except ValueError:
            return -1

    def row(self, number: int) -> Row | None:
        """What one line shows; None for a segment that has gone meanwhile."""
        found = self._rows.get(number)
        return found if found is not None else self._fetch(number)

    def _fetch(self, number: int) -> Row | None:
        """Read this row and those that scrolling comes to next; on the way up these are the ones above it."""
        start = number - FETCHED + 1 if number + 1 in self._rows and number - 1 not in self._rows else number
        places = range(max(0, start), min(start + FETCHED, len(self._ids)))
        by_id = {row.segment.id: row for row in rows.page(self._session.project, [self._ids[n] for n in places])}
        for place in places:
            if self._ids[place] in by_id:
                self._rows[place] = by_id[self._ids[place]]
        while len(self._rows) > KEPT:
            self._rows.popitem(last=False)
        return by_id.get(self._ids[number])

    # Qt's side -------------------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title
            if role == Qt.ItemDataRole.ToolTipRole:
                return self.tr("Click to sort by this column; right-click to choose columns")
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.row(index.row())
        return "" if row is None else self.text(row, self.columns[index.column()].key)

    def text(self, row: Row, key: str) -> str:
        """A cell as words."""
        segment = row.segment
        if key.startswith("attribute:"):
            return row.attributes.get(key.removeprefix("attribute:"), "")
        plain = {
            "id": f"{segment.id}", "original": segment.text, "english": segment.english,
            "language": language_name(segment.language), "channel": segment.channel, "case": segment.case,
            "source": f"{segment.source} {segment.locator}", "occurred": segment.occurred[:10],
        }  # fmt: skip
        if key in plain:
            return plain[key]
        if key == "codes":
            return ", ".join(dict.fromkeys(self._name(c.code_id) for c in row.codings))
        if key == "stance":
            return ", ".join(f"{STANCE_SIGNS[s]} {s}" for s in stances(row))
        if key == "suggestion":
            return ", ".join(f"{self._name(code)} {round(p * 100)} %" for code, p in row.suggestions[:1])
        if row.cluster_number is None:
            return ""
        return f"{row.cluster_number} · {', '.join(row.cluster_words[:3])}"

    def _name(self, code_id: int) -> str:
        code = self._session.codes.get(code_id)
        return code.name if code else ""


def stances(row: Row) -> list[str]:
    """The stances on a segment, each once, in the order in which they were given."""
    return list(dict.fromkeys(str(c.stance) for c in row.codings if c.stance))
