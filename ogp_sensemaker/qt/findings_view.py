"""The figures: per direction its proposals with their opinions, and the polls. Every number opens what is behind it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSplitter, QTableWidgetItem, QToolTip, QWidget

from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.domain.findings import DirectionFinding, Findings, PollFinding, ProposalFinding
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.direction import isolated
from ogp_sensemaker.qt.figures import Figures
from ogp_sensemaker.qt.parts import beside, button, clear, column, label, scrolled
from ogp_sensemaker.qt.plain_table import PlainTable
from ogp_sensemaker.qt.session import Session


class Bars(QWidget):
    """The options of a poll as bars with their counts."""

    def __init__(self, poll: PollFinding) -> None:
        super().__init__()
        self._counts = poll.counts
        self._line = theme.unit() * 7
        self.setFixedHeight(self._line * max(1, len(self._counts)))
        self.setAccessibleName("; ".join(f"{c.option}: {c.count}" for c in self._counts))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, u = QPainter(self), theme.current(), theme.unit()
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        most = max((c.share for c in self._counts), default=1.0) or 1.0
        words, room = self.width() * 0.46, self.width() * 0.36
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        for number, count in enumerate(self._counts):
            y = number * self._line
            length = max(2.0, room * count.share / most)
            left = self.width() - words - length if mirrored else words
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.accent))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawRoundedRect(QRectF(left, y + 2 * u, length, self._line - 4 * u), 2, 2)
            painter.setPen(QColor(look.ink))
            x = self.width() - words if mirrored else 0
            name = painter.fontMetrics().elidedText(count.option, Qt.TextElideMode.ElideRight, int(words - 3 * u))
            painter.drawText(QRectF(x, y, words - 2 * u, self._line), align, name)
            painter.setPen(QColor(look.muted))
            at = QRectF(0, y, left - u, self._line) if mirrored else QRectF(left + length + u, y, 40 * u, self._line)
            side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
            text = f"{count.count:,}  ({count.share:.0%})"
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute | side, text)

    def leaveEvent(self, event: object) -> None:
        QToolTip.hideText()


class FindingsView(QWidget):
    """A list of directions and polls on top, the figures of one of them below it."""

    def __init__(self, session: Session, figures: Figures) -> None:
        super().__init__()
        self.setObjectName("page")
        self._session, self._figures = session, figures
        self._found: Findings | None = None
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Directions and polls"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.currentRowChanged.connect(lambda _: self._show())
        self._title = label("", "heading", wrap=True)
        self._facts = label("", "muted", wrap=True)
        titles = [
            self.tr("Proposal"),
            self.tr("Opinions"),
            self.tr("Mean"),
            self.tr("In words"),
            self.tr("For / against"),
            self.tr("Comments"),
        ]
        self.table = PlainTable(titles, stretch=0, numbers=(1, 2, 4, 5), lines=2, widest=116)
        self.table.setAccessibleName(self.tr("Proposals in order of support"))
        self.table.itemSelectionChanged.connect(self._on_proposal)
        self.table.itemDoubleClicked.connect(lambda _: self.show_comments())
        self.table.on_keys({Qt.Key.Key_Space: self.show_comments})
        self._frame = self.table.framed()
        self._open = button(
            self.tr("Show its comments"), self.show_comments, tip=self.tr("What was written under the proposal (Space)")
        )
        self._all = button(self.tr("All comments of this direction"), self._show_direction)
        self._right = self._below()
        self._right.hide()
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.list)
        split.addWidget(self._right)
        split.setStretchFactor(1, 1)
        split.setSizes([theme.unit() * 66, 500])
        split.setHandleWidth(1)
        self._totals = label("", "muted", wrap=True)
        layout = column(self, 3, 2)
        layout.addWidget(label(self.tr("Findings"), "title"))
        layout.addWidget(self._totals)
        layout.addWidget(split, 1)
        figures.ready.connect(self._on_found)
        figures.stale.connect(self._again)
        figures.stopped.connect(lambda: self._totals.setText(self.tr("Not counted to the end; come back to count on.")))

    def _below(self) -> QWidget:
        inside = QWidget()
        inside.setObjectName("plain")
        self._bars = column(inside, 0, 2)
        self._polls = scrolled(inside)
        right = QWidget()
        below = column(right, 0, 2)
        below.setContentsMargins(0, theme.unit() * 3, 0, 0)
        row = beside()
        row.addWidget(self._all)
        row.addWidget(self._open)
        row.addStretch(1)
        for widget in (self._title, self._facts, self._frame, self._polls):
            below.addWidget(widget, 1 if widget in (self._frame, self._polls) else 0)
        below.addLayout(row)
        return right

    def _again(self) -> None:
        if self.isVisible():
            self._totals.setText(self.tr("Counting …"))
            self._figures.ask()

    def arrive(self) -> None:
        """The place was opened."""
        self._again()
        self.list.setFocus()

    def _on_found(self, found: Findings) -> None:
        self._found = found
        totals = found.totals
        names = {
            "people": self.tr("people"), "segments": self.tr("comments"),
            "segments_unique": self.tr("without duplicates"),
            "opinions": self.tr("opinions"), "coded": self.tr("coded"),
        }  # fmt: skip
        self._totals.setText("  ·  ".join(f"{totals[key]:,} {name}" for key, name in names.items() if key in totals))
        row = max(0, self.list.currentRow())
        self.list.blockSignals(True)
        self.list.clear()
        for direction in found.directions:
            item = QListWidgetItem(isolated(f"{direction.number}  {direction.name}".strip()))
            item.setToolTip(direction.name)
            item.setSizeHint(self._size())
            self.list.addItem(item)
        for poll in found.polls:
            item = QListWidgetItem(isolated(self.tr("Poll: {0}").format(poll.question)))
            item.setToolTip(poll.question)
            item.setSizeHint(self._size())
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self._show()

    def _size(self) -> QSize:
        return QSize(10, self.fontMetrics().height() + 2 * theme.unit())

    def _show(self) -> None:
        found, row = self._found, self.list.currentRow()
        if found is None or row < 0:
            self._title.setText(self.tr("There is nothing to count yet: import files first."))
            return
        self._right.show()
        is_poll = row >= len(found.directions)
        self._frame.setVisible(not is_poll)
        self._polls.setVisible(is_poll)
        self._open.setVisible(not is_poll)
        self._all.setVisible(not is_poll)
        if is_poll:
            self._show_poll(found.polls[row - len(found.directions)])
        else:
            self._show_proposals(found.directions[row])

    def _show_poll(self, poll: PollFinding) -> None:
        self._title.setText(poll.question)
        many = self.tr("several answers possible") if poll.multiple else self.tr("one answer each")
        self._facts.setText(self.tr("{0} respondents, {1}. From {2}.").format(poll.respondents, many, poll.source))
        clear(self._bars)
        self._bars.addWidget(Bars(poll))
        self._bars.addStretch(1)

    def _show_proposals(self, direction: DirectionFinding) -> None:
        self._title.setText(f"{direction.number}  {direction.name}")
        figure = direction.figure
        mean = f"{figure.mean:+.2f} ({direction.wording})" if figure.mean is not None else self.tr("no opinions")
        facts = self.tr("{0} opinion holders, mean {1}  ·  {2} coded comments by {3} people  ·  {4} more suggested")
        self._facts.setText(
            facts.format(figure.n, mean, f"{direction.segments:,}", direction.people, direction.suggested)
        )
        lines = [self._line(p) for p in direction.proposals]
        self.table.fill(lines, [p.code_id for p in direction.proposals])
        self._on_proposal()

    def _line(self, proposal: ProposalFinding) -> list[QTableWidgetItem]:
        figure = proposal.figure
        few = self.tr("fewer than {0} opinions").format(self._found.too_few if self._found else 5)
        words = few if proposal.too_few else proposal.wording
        mean = f"{figure.mean:+.2f}" if figure.mean is not None else ""
        cells = (
            proposal.english or proposal.title, f"{figure.n}", mean, words, f"{figure.supporting} / {figure.opposing}",
            f"{proposal.pro + proposal.con}",
        )  # fmt: skip
        items = [QTableWidgetItem(cell) for cell in cells]
        items[0].setToolTip(f"{proposal.title}\n{proposal.english}".strip())
        if figure.low is not None:
            items[2].setToolTip(self.tr("95 % interval {0:+.2f} to {1:+.2f}").format(figure.low, figure.high))
        items[2].setFont(_bold(items[2].font()))
        if figure.mean is not None:
            items[2].setForeground(theme.stance_colour("support" if figure.mean > 0 else "oppose"))
        items[3].setForeground(QColor(theme.current().muted))
        return items

    def _on_proposal(self) -> None:
        code = self._session.codes.get(self.table.current_key() or 0)
        self._open.setEnabled(code is not None)
        if code is not None and code.segment_id is not None and self.isVisible():
            self._session.set_current(code.segment_id)

    def show_comments(self) -> None:
        """What was written under the chosen proposal."""
        if self.table.current_key() is not None:
            self._session.show_comments(SegmentFilter(about=(self.table.current_key(),)))

    enter = show_comments

    def _show_direction(self) -> None:
        if self._found is not None and 0 <= self.list.currentRow() < len(self._found.directions):
            self._session.show_comments(SegmentFilter(codes=(self._found.directions[self.list.currentRow()].code_id,)))

    def step(self, by: int) -> None:
        """To the next or an earlier proposal."""
        self.table.step(by)


def _bold(font: QFont) -> QFont:
    font.setBold(True)
    return font
