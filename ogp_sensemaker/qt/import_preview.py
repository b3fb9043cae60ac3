"""One source before it is imported: its kind, channel, encoding, columns, first rows and what is wrong with it."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QListWidget, QTableWidgetItem, QWidget

from ogp_sensemaker.domain.intake import Intake
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.direction import runs_right_to_left
from ogp_sensemaker.qt.parts import beside, column, label
from ogp_sensemaker.qt.plain_table import PlainTable

ROWS = 10
FIELDS = (
    "text",
    "title",
    "id",
    "author",
    "author_key",
    "date",
    "parent",
    "section",
    "heading",
    "language",
    "channel",
    "english",
    "stance",
)
TABLES = frozenset({"table"})


class ImportPreview(QWidget):
    """What is changed here is read again at once."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._columns: dict[str, str] = {}
        self._boxes: dict[str, QComboBox] = {}
        self.kind = QComboBox()
        self.kind.setAccessibleName(self.tr("Kind of file"))
        self.channel = QLineEdit()
        self.channel.setAccessibleName(self.tr("Channel"))
        self.channel.setPlaceholderText(self.tr("as recognised"))
        self.kind.activated.connect(lambda _: self._other_kind())
        self.channel.editingFinished.connect(self._other_channel)
        self._facts = label("", "caption", wrap=True)
        head = beside(None, 0, 3)
        head.addWidget(label(self.tr("Kind")))
        head.addWidget(self.kind, 2)
        head.addWidget(label(self.tr("Channel")))
        head.addWidget(self.channel, 1)
        self._form_box = QWidget()
        self._form = QFormLayout(self._form_box)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form_title = label(self.tr("COLUMNS"), "overline")
        titles = [self.tr("Where"), self.tr("Who"), self.tr("Words")]
        self.table = PlainTable(titles, stretch=2)
        self.table.setAccessibleName(self.tr("First rows"))
        self._findings_title = label("", "overline")
        self.findings = QListWidget()
        self.findings.setAccessibleName(self.tr("What to know about this file"))
        self.findings.setWordWrap(True)
        self.findings.setMaximumHeight(theme.unit() * 36)
        layout = column(self, 0, 2)
        layout.addLayout(head)
        layout.addWidget(self._facts)
        layout.addWidget(self._form_title)
        layout.addWidget(self._form_box)
        layout.addWidget(label(self.tr("FIRST ROWS"), "overline"))
        layout.addWidget(self.table.framed(), 1)
        layout.addWidget(self._findings_title)
        layout.addWidget(self.findings)
        self._last_channel = ""

    def reset(self) -> None:
        """Forget what was chosen for other files."""
        from ogp_sensemaker.formats.importing import IMPORTERS

        self._columns = {}
        self.channel.clear()
        self._last_channel = ""
        self.kind.clear()
        self.kind.addItem(self.tr("As recognised"), None)
        for importer in IMPORTERS:
            self.kind.addItem(importer.label, importer.id)

    def choices(self) -> dict[str, Any]:
        """What the person chose, as arguments of `ingest.read`."""
        return {
            "kind": self.kind.currentData(),
            "channel": self.channel.text().strip() or None,
            "columns": dict(self._columns) or None,
        }

    def _other_kind(self) -> None:
        self._columns = {}
        self.changed.emit()

    def _other_channel(self) -> None:
        if self.channel.text().strip() != self._last_channel:
            self._last_channel = self.channel.text().strip()
            self.changed.emit()

    def show_intake(self, intake: Intake, of: int) -> None:
        """Another source."""
        kinds = {self.kind.itemData(n): self.kind.itemText(n) for n in range(self.kind.count())}
        facts = [kinds.get(intake.kind, intake.kind), intake.channel, intake.encoding, *intake.options.values()]
        self._facts.setText("  ·  ".join(f for f in facts if f))
        self.channel.setPlaceholderText(intake.channel or self.tr("as recognised"))
        self._show_columns(intake, of)
        names = {case.key: case.name for case in intake.cases}
        lines = []
        for segment in intake.segments[:ROWS]:
            items = [
                QTableWidgetItem(t) for t in (segment.locator, names.get(segment.case, segment.case), segment.text)
            ]
            items[2].setToolTip(segment.text[:1500])
            if runs_right_to_left(segment.text, segment.language):
                items[2].setTextAlignment(
                    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
                )
            lines.append(items)
        if not lines:
            lines = self._other_rows(intake)
        self.table.fill(lines, list(range(len(lines))))
        self.findings.clear()
        self.findings.addItems([str(f) for f in intake.findings])
        count = len(intake.findings)
        self._findings_title.setText(
            self.tr("{0} THINGS TO KNOW").format(count) if count else self.tr("NOTHING WRONG WITH IT")
        )
        self.findings.setVisible(count > 0)

    def _other_rows(self, intake: Intake) -> list[list[QTableWidgetItem]]:
        """The first rows of a source that holds no comments."""
        rows: list[tuple[str, str, str]] = []
        questions = {poll.key: poll.question for poll in intake.polls}
        rows += [(questions.get(a.poll, a.poll), a.case, a.option) for a in intake.answers[:ROWS]]
        rows += [(t.language, t.original, t.english) for t in intake.translations[:ROWS]]
        rows += [(c.code, c.coder, c.text) for c in intake.codings[:ROWS]]
        return [[QTableWidgetItem(text) for text in row] for row in rows[:ROWS]]

    def _show_columns(self, intake: Intake, of: int) -> None:
        while self._form.rowCount():
            self._form.removeRow(0)
        self._boxes = {}
        known = dict.fromkeys((*intake.columns.values(), *intake.unused_columns))
        show = of == 1 and intake.kind in TABLES
        self._form_title.setVisible(show)
        self._form_box.setVisible(show)
        if not show:
            return
        names = {"author_key": self.tr("Author’s key"), "english": self.tr("English"), "id": self.tr("Number")}
        row = None
        for place, field in enumerate(FIELDS):
            box = QComboBox()
            title = names.get(field, field.replace("_", " ").capitalize())
            box.setAccessibleName(self.tr("Column for {0}").format(title))
            box.addItem("–", "")
            for name in known:
                box.addItem(name, name)
            box.setCurrentIndex(max(0, box.findData(intake.columns.get(field, ""))))
            box.activated.connect(lambda _, f=field: self._map(f))
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(12)
            self._boxes[field] = box
            if place % 3 == 0:
                row = beside(None, 0, 3)
                self._form.addRow(row)
            if row is not None:
                name_ = label(title, "caption")
                name_.setFixedWidth(theme.unit() * 20)
                row.addWidget(name_)
                row.addWidget(box, 1)
        for _ in range(-len(FIELDS) % 3):
            if row is not None:
                row.addSpacing(theme.unit() * 23)
                row.addStretch(1)

    def _map(self, field: str) -> None:
        chosen = self._boxes[field].currentData()
        if chosen:
            self._columns[field] = chosen
        else:
            self._columns.pop(field, None)
        self.changed.emit()
