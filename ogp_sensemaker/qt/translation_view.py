"""Machine translations that nobody has looked at yet: approve them or write a better one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QTableWidgetItem, QWidget

from ogp_sensemaker.app import translating
from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.direction import language_name, runs_right_to_left
from ogp_sensemaker.qt.parts import beside, button, column, label
from ogp_sensemaker.qt.plain_table import PlainTable
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store import derived, rows, segments
from ogp_sensemaker.store.journal import Changes

MOST = 2000


class TranslationView(QWidget):
    """A worklist; the box below holds the English of the chosen line."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("page")
        self._session = session
        self._about = label("", "muted", wrap=True)
        self.which = QComboBox()
        self.which.setAccessibleName(self.tr("Which translations"))
        self.which.activated.connect(lambda _: self._fill())
        titles = [self.tr("#"), self.tr("Language"), self.tr("Original"), self.tr("English"), self.tr("State")]
        self.table = PlainTable(titles, stretch=3)
        self.table.setAccessibleName(self.tr("Translations"))
        self.table.setColumnWidth(2, 260)
        self.table.itemSelectionChanged.connect(self._on_row)
        self.box = QPlainTextEdit()
        self.box.setAccessibleName(self.tr("English of the chosen comment"))
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(theme.unit() * 22)
        self._save = button(
            self.tr("Save this English"), self.save, tip=self.tr("In place of the machine's, which is kept")
        )
        self._approve = button(
            self.tr("Approve as it stands"), self.approve, style="primary", tip=self.tr("Enter or A")
        )
        top = beside()
        top.addWidget(label(self.tr("Translations"), "title"))
        top.addStretch(1)
        top.addWidget(self.which)
        row = beside()
        row.addWidget(label(self.tr("English"), "overline"))
        row.addStretch(1)
        row.addWidget(self._save)
        row.addWidget(self._approve)
        layout = column(self, 3, 2)
        layout.addLayout(top)
        layout.addWidget(self._about)
        layout.addWidget(self.table.framed(), 1)
        layout.addLayout(row)
        layout.addWidget(self.box)
        session.changed.connect(self._on_changed)

    def arrive(self) -> None:
        """The place was opened; it begins with the comment that was being read, if that is in the list."""
        reading = self._session.current
        self._choices()
        self._fill()
        ids = self.table.keys()
        if reading in ids:
            self.table.go(ids.index(reading))
        elif reading is not None and segments.get(self._session.project, reading).language not in {"en", ""}:
            self.which.setCurrentIndex(self.which.count() - 1)
            self._fill()
        self.table.setFocus()

    def _choices(self) -> None:
        known = self.which.currentData()
        self.which.clear()
        self.which.addItem(self.tr("Not reviewed yet"), SegmentFilter(unreviewed=True))
        self.which.addItem(self.tr("Doubtful"), SegmentFilter(flagged=True))
        others = tuple(c for c in derived.language_counts(self._session.project) if c not in {"en", "und", ""})
        for code in others:
            self.which.addItem(language_name(code), SegmentFilter(languages=(code,)))
        if others:
            self.which.addItem(self.tr("All that are not in English"), SegmentFilter(languages=others))
        waiting = segments.count(self._session.project, SegmentFilter(unreviewed=True))
        first = 0 if waiting or not others else self.which.count() - 1
        self.which.setCurrentIndex(self.which.findData(known) if known is not None else first)

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.tables & {"translation", "segment", "language"}:
            self._fill()

    def _fill(self) -> None:
        project = self._session.project
        where = self.which.currentData() or SegmentFilter(unreviewed=True)
        ids = segments.ids(project, where)
        found = rows.page(project, ids[:MOST])
        states = {
            "machine": self.tr("machine"),
            "approved": self.tr("approved"),
            "edited": self.tr("corrected"),
            "": self.tr("none yet"),
        }
        lines = []
        for row in found:
            segment = row.segment
            state = states[row.state] + (f" · {row.flags}" if row.flags else "")
            cells = (str(segment.id), language_name(segment.language), segment.text, segment.english, state)
            items = [QTableWidgetItem(cell) for cell in cells]
            if runs_right_to_left(segment.text, segment.language):
                items[2].setTextAlignment(
                    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
                )
            items[2].setToolTip(segment.text)
            items[3].setToolTip(segment.english)
            lines.append(items)
        self.table.fill(lines, [r.segment.id for r in found])
        nothing = self.tr("Nothing here waits for you. Choose another list above.")
        some = self.tr("{0} comments. Read the original on the right; Enter approves and goes on, E corrects.")
        self._about.setText(some.format(f"{len(ids):,}") if ids else nothing)
        self._on_row()

    def _on_row(self) -> None:
        segment_id = self.table.current_key()
        english, state = "", ""
        if segment_id is not None and self._session.is_open:
            found = rows.page(self._session.project, [segment_id])
            english, state = (found[0].segment.english, found[0].state) if found else ("", "")
            if self.isVisible():
                self._session.set_current(segment_id)
        if not self.box.hasFocus():
            self.box.setPlainText(english)
        self.box.setEnabled(segment_id is not None)
        self._save.setEnabled(segment_id is not None)
        self._approve.setEnabled(state == "machine")

    def approve(self) -> None:
        """The English of the chosen comment is right."""
        if self.table.current_key() is not None and self._approve.isEnabled():
            segment_id = self.table.current_key()
            if self.which.currentIndex() > 1:
                self.table.step(1)  # these stay in the list, those not reviewed leave it
            self._session.jobs.run(translating.approve, [segment_id])

    enter = approve

    def edit(self) -> None:
        """Correct the English."""
        self.box.setFocus()
        self.box.selectAll()

    def save(self) -> None:
        """Keep what the box says."""
        segment_id = self.table.current_key()
        if segment_id is not None:
            self._session.jobs.run(translating.edit, segment_id, self.box.toPlainText())
            self.table.setFocus()

    def step(self, by: int) -> None:
        """To the next or an earlier line."""
        self.table.step(by)
