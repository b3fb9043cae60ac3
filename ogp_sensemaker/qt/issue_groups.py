"""The figures of one issue: the why card, the distribution, and a row for each group."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ogp_sensemaker.domain.findings import IssueFinding
from ogp_sensemaker.domain.opinion import Group
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.direction import isolated
from ogp_sensemaker.qt.issue_figures import GroupRow, Histogram
from ogp_sensemaker.qt.parts import beside, button, card, clear, column, label

FIRST = 5  # rows shown before the others are asked for


class IssueGroups(QWidget):
    """Every bar and every row can be clicked for the comments behind it."""

    bar_wanted = Signal(int)
    group_wanted = Signal(str, str)  # attribute, value

    def __init__(self) -> None:
        super().__init__()
        self._groups: list[Group] = []
        self._few = 5
        self._every = False
        self.why = label("", "", wrap=True)
        self._more_words = label("", "muted", wrap=True)
        self.between = label("", "notice", wrap=True)
        self.between.setAccessibleName(self.tr("Contradictions"))
        box, inside = card(2)
        inside.addWidget(label(self.tr("WHY"), "overline"))
        for widget in (self.why, self._more_words, self.between):
            inside.addWidget(widget)
        self.histogram = Histogram()
        self.histogram.wanted.connect(self.bar_wanted)
        self._rows = column(None, 0, 0)
        self._more = button("", self._show_every, style="link", name=self.tr("All groups"))
        left = column(None, 0, 1)
        left.addWidget(label(self.tr("PEOPLE BY OPINION"), "overline"))
        left.addWidget(self.histogram)
        left.addStretch(1)
        right = column(None, 0, 1)
        right.addWidget(label(self.tr("MEAN OF EACH GROUP, WITH ITS 95 % INTERVAL"), "overline"))
        right.addLayout(self._rows)
        right.addWidget(self._more)
        right.addStretch(1)
        row = beside(None, 0, 5)
        row.addLayout(left, 2)
        row.addLayout(right, 3)
        inside.addLayout(row)
        column(self).addWidget(box)

    def show_issue(self, issue: IssueFinding, too_few: int) -> None:
        """The figures of an issue."""
        contest = issue.contest
        self.why.setText(contest.why)
        more = [self.tr("Only one group is for it: {0}.").format(issue.only_supported_by)] * bool(
            issue.only_supported_by
        )
        if issue.machine:
            counted = ", ".join(f"{stance} {n}" for stance, n in issue.machine.items())
            more.append(self.tr("Among them as the machine suggests: {0}.").format(counted))
        more += issue.repeated
        self._more_words.setText(" ".join(more))
        self._more_words.setVisible(bool(more))
        self.between.setText("\n".join(issue.contradictions))
        self.between.setVisible(bool(issue.contradictions))
        self.histogram.show_values(issue.values)
        by = contest.divergence_by
        self._groups = sorted(contest.groups, key=lambda g: (g.attribute != by, g.attribute != "channel"))
        self._few, self._every = too_few, False
        self._fill()

    def _show_every(self) -> None:
        self._every = True
        self._fill()

    def _fill(self) -> None:
        clear(self._rows)
        shown = self._groups if self._every or len(self._groups) <= FIRST + 2 else self._groups[:FIRST]
        attribute = ""
        for group in shown:
            if group.attribute != attribute:
                attribute = group.attribute
                heading = label(attribute.replace("_", " ").capitalize(), "caption")
                heading.setContentsMargins(theme.unit(), theme.unit(), 0, 0)
                self._rows.addWidget(heading)
            row = GroupRow(group, self._few)
            row.clicked.connect(lambda _=False, g=group: self.group_wanted.emit(g.attribute, g.value))
            self._rows.addWidget(row)
        if not shown:
            nothing = self.tr("Nothing is known about these people that would group them.")
            self._rows.addWidget(label(nothing, "caption", wrap=True))
        left = len(self._groups) - len(shown)
        self._more.setText(isolated(self.tr("{0} more groups").format(left)))
        self._more.setVisible(left > 0)

    def rows(self) -> list[GroupRow]:
        """The rows that are shown."""
        items = (self._rows.itemAt(n) for n in range(self._rows.count()))
        return [w for item in items if item is not None and isinstance(w := item.widget(), GroupRow)]
