"""Both sides of an issue next to each other, as many quotations of each; below them concerns and suggestions."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ogp_sensemaker.domain.findings import IssueFinding, Quotation, Sides
from ogp_sensemaker.qt.issue_field import Field
from ogp_sensemaker.qt.parts import beside, column
from ogp_sensemaker.qt.side_quotes import QuoteCard, SideColumn


class IssueSides(QWidget):
    """The wording of each side stands above its quotations."""

    read = Signal(int)  # segment
    decided = Signal(int, bool)  # the machine's stance of a segment is right, or wrong
    removed = Signal(int)  # a segment that does not belong to the issue
    left = Signal()  # Escape: back to the list

    def __init__(self) -> None:
        super().__init__()
        self.favour = SideColumn(self.tr("For"), "support")
        self.against = SideColumn(self.tr("Against"), "oppose")
        self.mixed = SideColumn(self.tr("Both or neither"), "mixed")
        self.concerns = SideColumn(self.tr("Concerns"))
        self.suggestions = SideColumn(self.tr("Suggestions"))
        self.side_for = Field(self.tr("The side for it"), self.tr("How those who are for it would put it"), 2)
        self.side_against = Field(
            self.tr("The side against it"), self.tr("How those who are against it would put it"), 2
        )
        self.favour.top.addWidget(self.side_for)
        self.against.top.addWidget(self.side_against)
        layout = column(self, 0, 4)
        layout.addLayout(self._pair(self.favour, self.against))
        layout.addWidget(self.mixed)
        layout.addLayout(self._pair(self.concerns, self.suggestions))
        for one in self._columns():
            one.read.connect(self.read)
            one.step.connect(self._step)
            one.decided.connect(self.decided)
            one.removed.connect(self.removed)

    def _pair(self, one: QWidget, other: QWidget) -> QHBoxLayout:
        row = beside(None, 0, 4)
        row.addWidget(one, 1)
        row.addWidget(other, 1)
        return row

    def _columns(self) -> tuple[SideColumn, ...]:
        return self.favour, self.against, self.mixed, self.concerns, self.suggestions

    def show_issue(self, issue: IssueFinding) -> None:
        """What the findings quote, until both sides are there in full."""
        contest = issue.contest
        found = Sides(
            issue.code_id, issue.supporting, issue.opposing, (), issue.concerns, issue.suggestions,
            contest.supporting, contest.opposing, contest.neutral,
        )  # fmt: skip
        self.show_sides(found, totals=False)

    def show_sides(self, found: Sides, *, totals: bool = True) -> None:
        """As many of each side; how many more there are stands in the heading."""
        self._show(self.favour, self.tr("For"), found.supporting, found.supporting_total if totals else 0,
                   self.tr("Nobody's words are for it."))  # fmt: skip
        self._show(self.against, self.tr("Against"), found.opposing, found.opposing_total if totals else 0,
                   self.tr("Nobody's words are against it."))  # fmt: skip
        self._show(self.mixed, self.tr("Both or neither"), found.mixed, found.mixed_total if totals else 0)
        self._show(self.concerns, self.tr("Concerns"), found.concerns, 0)
        self._show(self.suggestions, self.tr("Suggestions"), found.suggestions, 0)

    def _show(self, one: SideColumn, name: str, quoted: Sequence[Quotation], total: int, nothing: str = "") -> None:
        title = f"{name}  ·  {len(quoted)}"
        if total > len(quoted):
            title = self.tr("{0}  ·  {1} of {2}").format(name, len(quoted), f"{total:,}")
        one.show_quotations(title, [replace(q, concern=False) if one is self.concerns else q for q in quoted], nothing,
                            self._notes)  # fmt: skip

    def _notes(self, quotation: Quotation) -> list[str]:
        found = []
        if quotation.by_machine:
            sure = f", {quotation.probability:.0%}" if quotation.probability is not None else ""
            stance = quotation.stance
            said = self.tr("machine: {0}{1}").format(stance, sure) if stance else self.tr("found by the machine")
            found.append(said)
        if quotation.repeats:
            found.append(self.tr("said {0} times").format(quotation.repeats + 1))
        return found

    # By keyboard -----------------------------------------------------------------------------------

    def enter(self) -> bool:
        """To the first quotation; False where there is none."""
        first = next((card for one in self._columns() for card in one.cards), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return first is not None

    def _step(self, card: QuoteCard, key: Qt.Key) -> None:
        if key == Qt.Key.Key_Escape:
            self.left.emit()
            return
        columns = [one for one in self._columns() if one.cards]
        here = next((n for n, one in enumerate(columns) if card in one.cards), 0)
        row = columns[here].cards.index(card)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            row += 1 if key == Qt.Key.Key_Down else -1
            if not 0 <= row < len(columns[here].cards):
                here, row = self._beyond(columns, here, row)
        else:
            ahead = (key == Qt.Key.Key_Right) is not mirrored
            if not ahead and here == 0:
                self.left.emit()
                return
            here = min(max(0, here + (1 if ahead else -1)), len(columns) - 1)
        cards = columns[here].cards
        cards[min(max(0, row), len(cards) - 1)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _beyond(self, columns: Sequence[SideColumn], here: int, row: int) -> tuple[int, int]:
        """Past the end of a column: to the one below it or above it."""
        pairs = ((self.favour, self.against), (self.mixed,), (self.concerns, self.suggestions))
        level = next(n for n, pair in enumerate(pairs) if columns[here] in pair)
        if row >= 0:
            lower = [n for n, one in enumerate(columns) for pair in pairs[level + 1 :] if one in pair]
            return (lower[0], 0) if lower else (here, len(columns[here].cards) - 1)
        higher = [n for n, one in enumerate(columns) for pair in pairs[:level] if one in pair]
        return (higher[-1], len(columns[higher[-1]].cards) - 1) if higher else (here, 0)
