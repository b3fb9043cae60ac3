"""Where people take sides: what the figures suggest, what the analyst decided, and why."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QTableWidgetItem, QWidget

from ogp_sensemaker.app import coding
from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.domain.findings import Findings, IssueFinding
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.figures import Figures
from ogp_sensemaker.qt.parts import beside, button, card, column, label
from ogp_sensemaker.qt.plain_table import PlainTable
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store import segments


class ContestedView(QWidget):
    """Issues, most contested first; the mark and its reason below."""

    def __init__(self, session: Session, figures: Figures) -> None:
        super().__init__()
        self.setObjectName("page")
        self._session, self._figures = session, figures
        self._issues: dict[int, IssueFinding] = {}
        self._about = label("", "muted", wrap=True)
        titles = [
            self.tr("Issue"),
            self.tr("Your mark"),
            self.tr("Figures say"),
            self.tr("For"),
            self.tr("Against"),
            self.tr("Index"),
        ]
        self.table = PlainTable(titles, stretch=0, numbers=(3, 4, 5), lines=2)
        self.table.setAccessibleName(self.tr("Issues"))
        self.table.itemSelectionChanged.connect(self._on_row)
        self.table.on_keys({Qt.Key.Key_Space: self.show_comments})
        self._name = label("", "heading", wrap=True)
        self._why = label("", "", wrap=True)
        self.mark = QComboBox()
        self.mark.setAccessibleName(self.tr("Your mark"))
        for words, state in ((self.tr("No mark"), ""), *((m.capitalize(), m) for m in coding.MARKS)):
            self.mark.addItem(words, state)
        self.reason = QPlainTextEdit()
        self._save = button(self.tr("Save the mark"), self.save, style="primary")
        self._box, self._frame = self._decision(), self.table.framed()
        self._box.hide()
        self._frame.hide()
        layout = column(self, 3, 2)
        layout.addWidget(label(self.tr("Contested"), "title"))
        layout.addWidget(self._about)
        layout.addWidget(self._frame, 1)
        layout.addWidget(self._box)
        layout.addStretch(0)
        figures.ready.connect(self._on_found)
        figures.stale.connect(self._again)

    def _decision(self) -> QWidget:
        self.reason.setAccessibleName(self.tr("Reason"))
        self.reason.setPlaceholderText(self.tr("Why? The report prints this sentence."))
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(theme.unit() * 16)
        box, inside = card(2)
        inside.addWidget(self._name)
        inside.addWidget(self._why)
        row = beside()
        row.addWidget(label(self.tr("Your mark"), "overline"))
        row.addWidget(self.mark)
        row.addStretch(1)
        row.addWidget(button(self.tr("Show its comments"), self.show_comments, tip=self.tr("Under Comments (Space)")))
        row.addWidget(self._save)
        inside.addLayout(row)
        inside.addWidget(self.reason)
        return box

    def _again(self) -> None:
        if self.isVisible():
            self._about.setText(self.tr("Comparing who is for and who is against …"))
            self._figures.ask()

    def arrive(self) -> None:
        """The place was opened."""
        self._again()
        self.table.setFocus()

    def _on_found(self, found: Findings) -> None:
        self._issues = {issue.code_id: issue for issue in found.issues}
        lines = [self._line(issue) for issue in found.issues]
        some = self.tr(
            "{0} issues on which people took a position, most contested first. The figures suggest, the mark is yours."
        )
        nothing = self.tr("Nobody has taken a position yet. Import opinions, or code comments with a stance.")
        self._about.setText(some.format(len(lines)) if lines else nothing)
        self._frame.setVisible(bool(lines))
        self._box.setVisible(bool(lines))
        self.table.fill(lines, list(self._issues))
        self._on_row()

    def _line(self, issue: IssueFinding) -> list[QTableWidgetItem]:
        contest = issue.contest
        index = f"{contest.index.value:.2f}" if contest.index.value is not None else ""
        cells = (issue.name, issue.mark, contest.suggested, f"{contest.supporting}", f"{contest.opposing}", index)
        items = [QTableWidgetItem(cell) for cell in cells]
        items[0].setToolTip(issue.name)
        return items

    def _on_row(self) -> None:
        issue = self._issues.get(self.table.current_key() or 0)
        self._save.setEnabled(issue is not None)
        if issue is None:
            return
        self._name.setText(issue.name)
        self._why.setText(issue.contest.why)
        self.mark.setCurrentIndex(max(0, self.mark.findData(issue.mark)))
        self.reason.setPlainText(issue.mark_reason)
        code = self._session.codes.get(issue.code_id)
        first = next((q.segment_id for q in (*issue.opposing, *issue.supporting)), code.segment_id if code else None)
        if first is not None and self.isVisible():
            self._session.set_current(first)

    def save(self) -> None:
        """Keep the mark and its reason."""
        code_id = self.table.current_key()
        if code_id is not None:
            self._session.jobs.run(
                coding.mark_contested, code_id, str(self.mark.currentData()), self.reason.toPlainText().strip()
            )

    def enter(self) -> None:
        """To the mark."""
        self.mark.setFocus()

    def show_comments(self) -> None:
        """What is coded with the issue, or was written under it."""
        code_id = self.table.current_key()
        if code_id is None:
            return
        issue = self._issues[code_id]
        quoted = {q.segment_id for q in (*issue.supporting, *issue.opposing, *issue.concerns)}
        under = SegmentFilter(about=(code_id,))
        coded = SegmentFilter(codes=(code_id,))
        self._session.show_comments(under if quoted and self._written_under(code_id) else coded)

    def _written_under(self, code_id: int) -> bool:
        return segments.count(self._session.project, SegmentFilter(about=(code_id,))) > 0

    def step(self, by: int) -> None:
        """To the next or an earlier issue."""
        self.table.step(by)
