"""What is known about the chosen cluster, its quotations and its comments, and the buttons for what to do with it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QLabel, QSizePolicy, QStackedWidget, QWidget

from ogp_sensemaker.app.groups_shown import Group, Inside, holding
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.cluster_members import Members
from ogp_sensemaker.qt.direction import isolated, language_name, runs_right_to_left
from ogp_sensemaker.qt.parts import ElidedButton, beside, button, clear, column, label, scrolled
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store import segments

NAMED = 4  # languages and channels that are told one by one


class Quoted(QLabel):
    """Somebody's words; a click reads them."""

    def __init__(self, session: Session, segment_id: int, words: str, right: bool) -> None:
        super().__init__(f"“{words}”")
        self._session, self._id = session, segment_id
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(self.tr("Read #{0}").format(segment_id))
        if right:
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    def mousePressEvent(self, event: object) -> None:
        self._session.set_current(self._id)


class ClusterCard(QWidget):
    """Says what is wanted; the view does it."""

    accept_wanted = Signal()
    code_wanted = Signal()
    comments_wanted = Signal()
    move_wanted = Signal()
    menu_wanted = Signal(QWidget)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.best: int | None = None  # the code that is suggested for most
        self.members = Members(session)
        self._words = label("", "heading", wrap=True)
        self._telling = label("", "caption", wrap=True)
        self._facts = label("", "caption", wrap=True)
        self._holds = label("", "caption", wrap=True)
        self._quotes_page = QWidget()
        self._quotes_page.setObjectName("plain")
        self._quotes = column(self._quotes_page, 0, 2)
        self.pages = QStackedWidget()
        self.pages.addWidget(scrolled(self._quotes_page))
        self.pages.addWidget(self._framed())
        layout = column(self, 0, 1)
        layout.addSpacing(2 * theme.unit())
        for widget in (self._words, self._telling, self._facts, self._holds):
            layout.addWidget(widget)
        layout.addSpacing(theme.unit())
        layout.addLayout(self._buttons())
        layout.addWidget(self.pages, 1)

    def _framed(self) -> QWidget:
        frame = QWidget()
        inside = column(frame, 0, 0)
        inside.addWidget(self.members)
        return frame

    def _buttons(self) -> QBoxLayout:
        self.accept = ElidedButton("", "primary", self.accept_wanted.emit)
        bold = self.accept.font()
        bold.setBold(True)  # as the style sheet has it, so that its words are cut to what there is room for
        self.accept.setFont(bold)
        self.other = button(
            self.tr("Another code …"), self.code_wanted.emit, tip=self.tr("Choose the code for all of them (Shift+F)")
        )
        self.other.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._list = button(
            self.tr("Under Comments"), self.comments_wanted.emit, tip=self.tr("List them under Comments (Space)")
        )
        self._move = button(
            self.tr("Move …"), self.move_wanted.emit, tip=self.tr("The selected comments to another cluster (Shift+T)")
        )
        self.more = button(
            self.tr("More"), lambda: self.menu_wanted.emit(self.more), icon="down",
            tip=self.tr("Rename, merge, split, move, pin, dismiss"),
        )  # fmt: skip
        self.which = button(
            "", self.switch, style="link", tip=self.tr("Three quotations, or all of its comments (Shift+Q)")
        )
        first, second = beside(), beside()
        first.addWidget(self.accept, 1)
        first.addWidget(self.other)
        first.addStretch(0)
        for widget in (self._list, self._move, self.more):
            second.addWidget(widget)
        second.addStretch(1)
        second.addWidget(self.which)
        both = column(None, 0, 1)
        both.addLayout(first)
        both.addLayout(second)
        return both

    # Showing ---------------------------------------------------------------------------------------

    def show_cluster(self, group: Group, inside: Inside) -> None:
        """One cluster."""
        cluster = group.cluster
        words = ", ".join(cluster.words)
        self._words.setText(isolated(f"{cluster.number}  ·  {cluster.name or words}"))
        self._say(self._telling, words if cluster.name else "")
        self._say(self._facts, self._counts(group, inside))
        self._say(self._holds, self._balance(inside, cluster.stability, cluster.dismissed))
        self.best = group.suggested[0][0] if group.suggested else None
        self._show_best(group)
        self._move.hide()
        self.more.show()
        self.which.show()
        self._fill_quotes(cluster.quotations)
        self.members.show_ids(inside.members)
        self._name_switch()

    def show_segments(self, title: str, facts: str, ids: Sequence[int], in_part: bool = False) -> None:
        """Comments that are no cluster; `in_part`: what is done is done to those selected."""
        self.best = None
        self._name_other(self.tr("Code …") if in_part else self.tr("Code all …"))
        self._words.setText(isolated(title))
        for line, words in ((self._telling, ""), (self._facts, facts), (self._holds, "")):
            self._say(line, words)
        self.accept.hide()
        self.more.hide()
        self.which.hide()
        self._move.show()
        for widget in (self.other, self._list, self._move):
            widget.setEnabled(bool(ids))
        self.members.show_ids(list(ids))
        self.pages.setCurrentIndex(1)

    def _name_other(self, words: str) -> None:
        self.other.setText(isolated(words))
        self.other.setAccessibleName(words)

    def _say(self, line: QLabel, words: str) -> None:
        line.setText(isolated(words))
        line.setVisible(bool(words))

    def _counts(self, group: Group, inside: Inside) -> str:
        languages = _listed([(language_name(code), n) for code, n in inside.languages], self.tr("others"))
        parts = [
            self.tr("{0} comments, {1} to code").format(f"{group.cluster.size:,}", f"{group.uncoded:,}"),
            languages,
            _listed(inside.channels, self.tr("others")),
        ]
        if group.cluster.pinned:
            parts.append(self.tr("{0} pinned").format(f"{group.cluster.pinned:,}"))
        return "   ·   ".join(part for part in parts if part)

    def _balance(self, inside: Inside, stability: float | None, dismissed: bool) -> str:
        counts = [
            f"{theme.STANCE_SIGNS[stance]} {inside.stances[stance]:,} {stance}"
            for stance in theme.STANCE_SIGNS
            if stance in inside.stances
        ]
        parts = [
            self.tr("dismissed: of no interest") if dismissed else "",
            self.tr("stances that people coded: {0}").format(", ".join(counts)) if counts else "",
            holding(stability),
        ]
        return "   ·   ".join(part for part in parts if part)

    def _show_best(self, group: Group) -> None:
        code = self._session.codes.get(self.best or 0)
        self.accept.setVisible(code is not None)
        self.accept.setEnabled(group.uncoded > 0)
        self._name_other(self.tr("Another code …") if code is not None else self.tr("Code all …"))
        self.other.setEnabled(True)
        self._list.setEnabled(True)
        if code is not None:
            words = self.tr("Code {0} as “{1}”").format(f"{group.uncoded:,}", code.name)
            self.accept.set_words(words if group.uncoded else self.tr("All coded"))
            self.accept.setToolTip(
                self.tr("{0}: suggested for {1} of {2}; codes every comment that nobody has coded yet (Enter)").format(
                    code.name, f"{group.suggested[0][1]:,}", f"{group.cluster.size:,}"
                )
            )

    def _fill_quotes(self, ids: Sequence[int]) -> None:
        clear(self._quotes)
        for segment in segments.page(self._session.project, ids):
            right = runs_right_to_left(segment.reading, "en" if segment.english else segment.language)
            self._quotes.addWidget(Quoted(self._session, segment.id, segment.reading, right))
        self._quotes.addStretch(1)

    # Quotations or all -----------------------------------------------------------------------------

    def switch(self) -> None:
        """From the quotations to all comments of the cluster, or back."""
        if not self.which.isHidden():
            self.pages.setCurrentIndex(1 - self.pages.currentIndex())
            self._name_switch()
            if self.shows_members:
                self.members.setFocus()

    def _name_switch(self) -> None:
        all_ = self.tr("Show all {0}").format(f"{len(self.members.lines.ids):,}")
        words = self.tr("Show the quotations") if self.shows_members else all_
        self.which.setText(words)
        self.which.setAccessibleName(words)

    @property
    def shows_members(self) -> bool:
        """Whether the comments are listed, rather than three quotations."""
        return self.pages.currentIndex() == 1


def _listed(counts: Sequence[tuple[str, int]], others: str) -> str:
    """The first few with their numbers, the others together."""
    named = [f"{name} {n:,}" for name, n in counts[:NAMED]]
    rest = sum(n for _, n in counts[NAMED:])
    return ", ".join([*named, f"{others} {rest:,}"] if rest else named)
