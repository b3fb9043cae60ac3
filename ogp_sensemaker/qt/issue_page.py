"""One issue: the mark with its reason, the figures, both sides in their own words, and what the analyst writes."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from ogp_sensemaker.app import coding, stances
from ogp_sensemaker.app import issues as written
from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.domain.findings import IssueFinding, Sides
from ogp_sensemaker.domain.issue import IssueText
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.deciding import Decisions
from ogp_sensemaker.qt.issue_comments import behind, of_bar, of_side
from ogp_sensemaker.qt.issue_field import Field
from ogp_sensemaker.qt.issue_filter import IssueFilter
from ogp_sensemaker.qt.issue_groups import IssueGroups
from ogp_sensemaker.qt.issue_marks import MarkRow
from ogp_sensemaker.qt.issue_sides import IssueSides
from ogp_sensemaker.qt.parts import ElidedLabel, beside, button, column, label, scrolled
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store import codings, issues
from ogp_sensemaker.store.journal import Changes

SHOWN = frozenset({"issue_text", "contested", "memo", "code"})


class IssuePage(QWidget):
    """Every text is saved when it is left; `left` sends the keyboard back to the list."""

    left = Signal()
    sides_wanted = Signal()  # of the issue that is shown, with the filter as it is

    def __init__(self, session: Session, decisions: Decisions) -> None:
        super().__init__()
        self._session, self._decisions = session, decisions
        self.issue: IssueFinding | None = None
        self._drafts: dict[int, str] = {}  # reasons that wait for their mark
        self._waiting: dict[int, str] = {}  # marks that wait for their reason
        self._name = label("", "heading", wrap=True)
        self._facts = ElidedLabel("", "caption")
        self.marks = MarkRow()
        self.reason = Field(self.tr("Reason"), self.tr("Why? The report prints this sentence."))
        self.groups = IssueGroups()
        self.statement = Field(
            self.tr("Statement"), self.tr("What one can be for or against, in one sentence (Shift+S)")
        )
        self.filter = IssueFilter(session)
        self.sides = IssueSides()
        self.views = Field(self.tr("Who holds which view"), self.tr("For whom each side speaks (Shift+V)"), 2)
        what = self.tr("What could be done about it, and who would accept it (Shift+P)")
        self.ways = Field(self.tr("Ways forward"), what, 2)
        self.memo = Field(self.tr("Memo"), self.tr("A thought of your own on this issue; not in the report (E)"), 2)
        self._wait = QTimer(self, interval=120, singleShot=True)
        self._wait.timeout.connect(self.sides_wanted)
        layout = column(self, 0, 2)
        layout.addLayout(self._head())
        layout.addWidget(self.marks)
        layout.addWidget(self.reason)
        self.area = self._body()
        layout.addWidget(self.area, 1)
        self._connect()

    def _head(self) -> QHBoxLayout:
        row = beside()
        names = column(None, 0, 0)
        names.addWidget(self._name)
        names.addWidget(self._facts)
        row.addLayout(names, 1)
        self._show = button(
            self.tr("Show its comments"), self.show_comments, tip=self.tr("List them under Comments (Space)")
        )
        row.addWidget(self._show, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _body(self) -> QScrollArea:
        inside = QWidget()
        inside.setObjectName("plain")
        layout = column(inside, 0, 3)
        layout.setContentsMargins(0, 0, theme.unit() * 2, theme.unit() * 2)
        layout.addWidget(self.groups)
        layout.addWidget(self._titled(self.tr("STATEMENT"), self.statement))
        layout.addWidget(self.filter)
        layout.addWidget(self.sides)
        layout.addWidget(self._titled(self.tr("WHO HOLDS WHICH VIEW"), self.views))
        layout.addWidget(self._titled(self.tr("POSSIBLE WAYS FORWARD"), self.ways))
        layout.addWidget(self._titled(self.tr("MEMO"), self.memo))
        layout.addStretch(1)
        return scrolled(inside)

    def _titled(self, title: str, field: Field) -> QWidget:
        box = QWidget()
        layout = column(box, 0, 1)
        layout.addWidget(label(title, "overline"))
        layout.addWidget(field)
        return box

    def _connect(self) -> None:
        for name, field in self._texts().items():
            field.saved.connect(lambda code, words, n=name: self._describe(code, n, words))
        self.reason.saved.connect(self._on_reason)
        self.memo.saved.connect(self._on_memo)
        for field in self.fields():
            field.left.connect(self.left)
        self.marks.wanted.connect(self.mark)
        self.sides.read.connect(self._read)
        self.sides.left.connect(self.left)
        self.sides.decided.connect(self._on_decided)
        self.sides.removed.connect(self._on_removed)
        self.filter.changed.connect(self.sides_wanted)
        self.groups.bar_wanted.connect(self._show_bar)
        self.groups.group_wanted.connect(self._show_group)
        self.marks.side_wanted.connect(self._show_side)
        self._session.changed.connect(self._on_changed)
        self._session.opened.connect(self._forget)

    def _forget(self) -> None:
        """Another project."""
        self.issue = None
        self._drafts.clear()
        self._waiting.clear()
        for field in self.fields():
            field.forget()

    def _texts(self) -> dict[str, Field]:
        return {
            "statement": self.statement, "side_for": self.sides.side_for, "side_against": self.sides.side_against,
            "views": self.views, "ways": self.ways,
        }  # fmt: skip

    def fields(self) -> list[Field]:
        """Every box that takes text."""
        return [self.reason, *self._texts().values(), self.memo]

    @property
    def shown(self) -> int | None:
        """The issue that is shown."""
        return self.issue.code_id if self.issue is not None else None

    # Showing ---------------------------------------------------------------------------------------

    def show_issue(self, issue: IssueFinding, too_few: int) -> None:
        """Another issue, or new figures of the same."""
        other = self.issue is None or issue.code_id != self.issue.code_id
        if issue == self.issue:
            self._wait.start()
            self.show_written()
            return
        self.issue = issue
        self._name.setText(issue.name)
        kinds = {
            "proposal": self.tr("A proposal"), "direction": self.tr("A direction as a whole"),
            "issue": self.tr("An issue written by analysts"), "theme": self.tr("A theme"),
        }  # fmt: skip
        above = self._session.codes.get(issue.direction_id or 0)
        under = self.tr("under “{0}”").format(above.name) if above is not None and above.id != issue.code_id else ""
        facts = (issue.english, kinds.get(issue.origin, ""), under)
        self._facts.set_words("  ·  ".join(f for f in facts if f))
        self.marks.show_figures(issue)
        self.groups.show_issue(issue, too_few)
        self.show_written()
        if other:
            self.sides.show_issue(issue)
            self.area.verticalScrollBar().setValue(0)
        self._wait.start()

    def show_sides(self, found: Sides) -> None:
        """Both sides, once they have been looked up."""
        if self.issue is not None and found.code_id == self.issue.code_id:
            self.sides.show_sides(found)

    def show_written(self) -> None:
        """What the file holds of the analyst's words on it."""
        if self.issue is None or not self._session.is_open:
            return
        project, code = self._session.project, self.issue.code_id
        text = issues.texts(project).get(code, IssueText(code))
        for name, field in self._texts().items():
            field.show_text(code, getattr(text, name))
        mark = codings.marks(project).get(code)
        waits = self._waiting.get(code)
        self.marks.show_mark(waits or (mark.state if mark else ""), waiting=waits is not None)
        self.reason.show_text(code, mark.reason if mark else self._drafts.get(code, ""))
        mine = (
            m.text for m in codings.memos(project)
            if m.on == "code" and m.on_id == code and m.coder == self._session.coder
        )  # fmt: skip
        self.memo.show_text(code, next(mine, ""))

    def _on_changed(self, changes: Changes) -> None:
        if changes.tables & SHOWN:
            self.show_written()

    # Deciding --------------------------------------------------------------------------------------

    def mark(self, state: str) -> None:
        """Mark the issue; without a reason yet, the keyboard goes to where it is written."""
        if self.issue is None:
            return
        words = self.reason.words()
        if words or not state:
            self._mark(self.issue.code_id, state, words)
            return
        self._waiting[self.issue.code_id] = state
        self.marks.show_mark(state, waiting=True)
        self.reason.setFocus()

    def _mark(self, code_id: int, state: str, words: str) -> None:
        self._drafts.pop(code_id, None)
        self._waiting.pop(code_id, None)
        self.reason.take(words)
        self._session.jobs.run(coding.mark_contested, code_id, state, words if state else "")

    def _on_reason(self, code_id: int, words: str) -> None:
        kept = codings.marks(self._session.project).get(code_id)
        state = self._waiting.get(code_id) or (kept.state if kept else "")
        if state and words:
            self._mark(code_id, state, words)
        elif kept is not None:
            sentence = self.tr("A mark needs its reason; the one before is kept. Shift+X takes the mark off.")
            self._session.said.emit(sentence)
            self.reason.take(kept.reason)
            self.reason.setPlainText(kept.reason)
        else:
            self._drafts[code_id] = words
            if words:
                self._session.said.emit(self.tr("Choose a mark too: the reason is kept with it."))

    def _describe(self, code_id: int, name: str, words: str) -> None:
        self._session.jobs.run(lambda project: written.describe_issue(project, code_id, **{name: words}))

    def _on_memo(self, code_id: int, words: str) -> None:
        self._session.jobs.run(coding.write_memo, words, code_id=code_id)

    def _on_decided(self, segment_id: int, right: bool) -> None:
        """The machine's stance towards this issue is right, or wrong."""
        if self.issue is not None:
            decide = stances.accept_stances if right else stances.reject_stances
            self._session.jobs.run(decide, [(segment_id, self.issue.code_id)])

    def _on_removed(self, segment_id: int) -> None:
        """The comment does not belong to this issue; what its author wrote under it stays."""
        if self.issue is not None:
            self._session.jobs.run(written.detach, self.issue.code_id, [segment_id])

    def keep(self) -> None:
        """Save what is typed, wherever the keyboard is."""
        for field in self.fields():
            field.keep()

    def to(self, field: Field) -> None:
        """The keyboard to a box, and the box onto the screen."""
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.area.ensureWidgetVisible(field)

    def _read(self, segment_id: int) -> None:
        """Read a quotation; the stance keys are then about this issue."""
        self._session.set_current(segment_id)
        if self.issue is not None:
            self._decisions.choose(self.issue.code_id)
        card = self.focusWidget()
        if card is not None and self.sides.isAncestorOf(card):
            self.area.ensureWidgetVisible(card)

    # What is behind a number -----------------------------------------------------------------------

    def show_comments(self) -> None:
        """What is coded with the issue, or was written under it."""
        if self.issue is not None:
            self._session.show_comments(behind(self._session.project, self.issue.code_id))

    def _show_group(self, attribute: str, value: str) -> None:
        if self.issue is not None:
            of = {"channels": (value,)} if attribute == "channel" else {"attributes": ((attribute, value),)}
            where = SegmentFilter(**of)
            self._session.show_comments(behind(self._session.project, self.issue.code_id, where))

    def _show_bar(self, bar: int) -> None:
        if self.issue is not None:
            self._show_ids(of_bar(self._session.project, self._session.codes, self.issue.code_id, bar))

    def _show_side(self, sign: int) -> None:
        if self.issue is not None:
            self._show_ids(of_side(self._session.project, self._session.codes, self.issue.code_id, sign))

    def _show_ids(self, ids: list[int]) -> None:
        if ids:
            self._session.show_comments(SegmentFilter(ids=tuple(ids)))
        else:
            self._session.said.emit(self.tr("These people gave a number and wrote nothing on it."))
