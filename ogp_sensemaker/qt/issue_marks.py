"""The mark of an issue: four buttons, beside what the figures say."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from ogp_sensemaker.domain.findings import IssueFinding
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.direction import isolated
from ogp_sensemaker.qt.flow import flow_widget
from ogp_sensemaker.qt.parts import button, column, label


class MarkRow(QWidget):
    """The analyst's mark; the figures only suggest."""

    wanted = Signal(str)  # a mark, or "" for none
    side_wanted = Signal(int)  # 1 for those who are for it, -1 for those against

    def __init__(self) -> None:
        super().__init__()
        self.state = ""
        box, flow = flow_widget(theme.unit() * 2)
        title = label(self.tr("YOUR MARK"), "overline")
        flow.addWidget(title)
        self.buttons: dict[str, QPushButton] = {}
        for state, words, keys in (
            ("contested", self.tr("Contested"), "Shift+C"),
            ("to watch", self.tr("To watch"), "Shift+W"),
            ("not contested", self.tr("Not contested"), "Shift+N"),
            ("", self.tr("No mark"), "Shift+X"),
        ):
            chip = button(words, partial(self.wanted.emit, state), style="chip", tip=f"{words} ({keys})")
            self.buttons[state] = chip
            flow.addWidget(chip)
        self._waits = label(self.tr("Say why, then it is kept"), "flag")
        flow.addWidget(self._waits)
        self._figures = label("", "muted")
        flow.addWidget(self._figures)
        self._sides: dict[int, QPushButton] = {}
        for sign in (1, -1):
            style = "support" if sign > 0 else "oppose"
            tip = self.tr("List the comments for it") if sign > 0 else self.tr("List the comments against it")
            self._sides[sign] = button("", partial(self.side_wanted.emit, sign), style=style, tip=tip)
            self._sides[sign].setAccessibleName(tip)  # until there are figures
            flow.addWidget(self._sides[sign])
        for low in (title, self._waits, self._figures, *self._sides.values()):
            low.setFixedHeight(self.buttons[""].sizeHint().height())  # on one line with the chips
        column(self).addWidget(box)
        self._waits.hide()

    def show_figures(self, issue: IssueFinding) -> None:
        """What the figures say."""
        contest = issue.contest
        index = f" ({issue.divides:.2f})" if issue.divides is not None else ""
        if issue.reading is None:
            self._figures.setText(self.tr("The figures say: {0}").format(contest.suggested) + index)
        else:
            self._figures.setText(self.tr("Read by the machine alone") + index)
        low, high = contest.index.low, contest.index.high
        if low is not None and high is not None:
            self._figures.setToolTip(self.tr("Contested index, 95 % interval {0:.2f} to {1:.2f}").format(low, high))
        signs = {
            1: ("support", contest.supporting, self.tr("for")),
            -1: ("oppose", contest.opposing, self.tr("against")),
        }
        for sign, (stance, count, words) in signs.items():
            self._sides[sign].setText(isolated(f"{theme.STANCE_SIGNS[stance]} {count} {words}"))
            self._sides[sign].setAccessibleName(f"{count} {words}")
            self._sides[sign].setEnabled(count > 0)

    def show_mark(self, state: str, *, waiting: bool = False) -> None:
        """Which mark it has; `waiting` for its reason."""
        self.state = state
        self._waits.setVisible(waiting)
        for name, chip in self.buttons.items():
            chip.setProperty("on", name == state)
            chip.setAccessibleDescription(self.tr("chosen") if name == state else "")
            chip.style().unpolish(chip)
            chip.style().polish(chip)
