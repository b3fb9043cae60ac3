"""Where people take sides: issues by how strongly they divide, what everyone agrees on, and what is new."""

from collections.abc import Mapping
from functools import partial
from typing import TypedDict

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QWidget

from ogp_sensemaker.app import ideas, issues, stances
from ogp_sensemaker.app.progress import Progress
from ogp_sensemaker.domain.codebook import CodeKind
from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.domain.findings import Findings, SuggestedIssue
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.contested_lists import TITLES, Lists, Which, lists, tr
from ogp_sensemaker.qt.deciding import Decisions
from ogp_sensemaker.qt.figures import Figures
from ogp_sensemaker.qt.flow import flow_widget
from ogp_sensemaker.qt.issue_form import IssueForm
from ogp_sensemaker.qt.issue_idea import IdeaPage
from ogp_sensemaker.qt.issue_list import IssueList
from ogp_sensemaker.qt.issue_page import IssuePage
from ogp_sensemaker.qt.parts import beside, button, column, label
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store import codings
from ogp_sensemaker.store.journal import Changes


class ContestedView(QWidget):
    """A list beside what is chosen in it."""

    def __init__(self, session: Session, decisions: Decisions, figures: Figures, form: IssueForm) -> None:
        super().__init__()
        self.setObjectName("page")
        self._session, self._decisions, self._form = session, decisions, form
        self._plain, self._with_machine = figures, Figures(session, machine=True)
        self._lists = Lists()
        self._groups: Mapping[int, SuggestedIssue] = {}
        self._which = Which.DIVIDED
        self._wanted: int | None = None  # an issue to be chosen once it is counted
        self.list = IssueList()
        self.list.setAccessibleName(self.tr("Issues"))
        self.page = IssuePage(session, decisions)
        self.idea = IdeaPage(session)
        self._nothing = label("", "muted", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        for widget in (self.page, self.idea, self._nothing):
            self._stack.addWidget(widget)
        self.machine = button(self.tr("Count the machine's stances too"), style="chip", icon="machine")
        self.machine.setCheckable(True)
        self._tabs: dict[Which, QPushButton] = {}
        self._about = label("", "muted")
        self._notice = label("", "notice", wrap=True)
        layout = column(self, 3, 2)
        layout.addLayout(self._top())
        layout.addWidget(self._notice)
        layout.addWidget(self._bar())
        layout.addWidget(self._middle(), 1)
        self._notice.hide()
        self._connect()

    # Building --------------------------------------------------------------------------------------

    def _top(self) -> QHBoxLayout:
        self._stop = button(self.tr("Stop"), self._on_stop, style="link", tip=self.tr("Stop counting (Ctrl+.)"))
        self._stop.hide()
        self.machine.setToolTip(
            self.tr("Stances that the machine suggests, where no person has given one; off at the start (Shift+B)")
        )
        row = beside()
        row.addWidget(label(self.tr("Contested"), "title"))
        row.addStretch(1)
        row.addWidget(self._about)
        row.addWidget(self._stop)
        row.addWidget(self.machine)
        tip = self.tr("With your own wording of both sides (Shift+I)")
        row.addWidget(button(self.tr("Write an issue"), self.write, icon="plus", tip=tip))
        return row

    def _bar(self) -> QWidget:
        box, flow = flow_widget(theme.unit())
        for which, (words, tip) in TITLES.items():
            chip = button("", partial(self.show_list, which), style="chip", tip=f"{tr(tip)} (Shift+L)", name=tr(words))
            self._tabs[which] = chip
            flow.addWidget(chip)
        return box

    def _middle(self) -> QSplitter:
        self._frame = QFrame()
        self._frame.setObjectName("tableframe")
        inside = column(self._frame, 0, 0)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.list)
        self._frame.setMinimumWidth(theme.unit() * 44)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self._frame)
        split.addWidget(self._stack)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 3)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(theme.unit() * 3)
        split.setSizes([theme.unit() * 70, theme.unit() * 160])
        split.setStyleSheet("QSplitter::handle { background: transparent; }")
        return split

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_row)
        self.list.inward.connect(self.inward)
        self.list.opened.connect(self.show_comments)
        self.page.left.connect(self.list.setFocus)
        self.idea.left.connect(self.list.setFocus)
        self.page.sides_wanted.connect(self._ask_sides)
        self.idea.made.connect(self._make)
        self.machine.toggled.connect(self._on_machine)
        for figures in (self._plain, self._with_machine):
            figures.ready.connect(partial(self._on_found, figures))
            figures.stale.connect(partial(self._again, figures))
            figures.progressed.connect(partial(self._on_progress, figures))
            figures.stopped.connect(partial(self._on_stopped, figures))
        self._session.changed.connect(self._on_changed)
        self._session.opened.connect(self._on_opened)

    # Counting --------------------------------------------------------------------------------------

    @property
    def figures(self) -> Figures:
        """The figures that are shown: with the machine's stances, or by people alone."""
        return self._with_machine if self.machine.isChecked() else self._plain

    def arrive(self) -> None:
        """The place was opened."""
        self._ask()
        self.list.setFocus()

    def _on_opened(self) -> None:
        self.machine.setChecked(False)
        self._lists, self._which = Lists(), Which.DIVIDED
        self._fill()

    def _again(self, figures: Figures) -> None:
        if self.isVisible() and figures is self.figures:
            self._ask()

    def _ask(self) -> None:
        self._about.setText("" if self.figures.counted else self.tr("Counting …"))
        self.figures.ask()
        self._stop.setVisible(self.figures.counting and bool(self._lists.issues))

    def _on_progress(self, figures: Figures, progress: Progress) -> None:
        if figures is self.figures:
            done = f"{progress.done / max(1, progress.total):.0%}"
            self._about.setText(self.tr("Counting … {0}").format(done))
            self._stop.show()

    def _on_stop(self) -> None:
        if self.figures.counting:
            self.figures.cancel()
        else:
            self._ask()

    def _on_stopped(self, figures: Figures) -> None:
        if figures is self.figures:
            self._about.setText(self.tr("Not counted to the end."))
            self._stop.setText(self.tr("Count again"))
            self._stop.show()

    def stop(self) -> None:
        """Stop counting."""
        self.figures.cancel()

    def _on_machine(self, on: bool) -> None:
        self._notice.setText(
            self.tr("Stances that the machine suggests are counted. Many are wrong: no person has looked at them yet.")
        )
        self._notice.setVisible(on)
        _dress(self.machine, on)
        if not self.isVisible():
            return
        if on and not stances.are_made(self._session.project):
            self._session.jobs.start(self.tr("Stances"), stances.suggest_stances)
        self._ask()

    def switch_machine(self) -> None:
        """Count the machine's stances, or no longer."""
        self.machine.toggle()

    # Showing ---------------------------------------------------------------------------------------

    def _on_found(self, figures: Figures, found: Findings) -> None:
        if figures is not self.figures or figures.counted is None:
            return
        self._about.setText("")
        self._stop.setText(self.tr("Stop"))
        self._stop.hide()
        self._lists = lists(found, figures.counted.suggested)
        self._groups = {group.cluster_id: group for group in self._lists.suggested}
        self._fill()

    def _on_changed(self, changes: Changes) -> None:
        if self._session.is_open and "contested" in changes.tables:
            self._fill_list()

    def show_list(self, which: Which) -> None:
        """Another of the lists."""
        self.page.keep()
        if which is not self._which:
            self.list.empty()  # from its first row on
        self._which = which
        self._fill()
        self.list.setFocus()

    def show_issue(self, code_id: int) -> None:
        """Choose an issue, at once or as soon as it is counted."""
        self._wanted = code_id
        self.show_list(Which.DIVIDED)

    def next_list(self) -> None:
        """The next of the lists that holds something."""
        order = [*Which]
        here = order.index(self._which)
        after = [*order[here + 1 :], *order[: here + 1]]
        self.show_list(next((which for which in after if self._lists.size(which)), self._which))

    def _fill(self) -> None:
        for which, chip in self._tabs.items():
            chip.setText(f"{tr(TITLES[which][0])}  {self._lists.size(which)}")
            chip.setAccessibleName(chip.text())
            _dress(chip, which is self._which)
        self._fill_list()
        if self._wanted is not None and self.list.choose(self._wanted):
            self._wanted = None
        self._on_row()

    def _fill_list(self) -> None:
        marks = codings.marks(self._session.project) if self._session.is_open else {}
        self.list.fill(self._lists.lines(self._which, marks))
        self._frame.setVisible(self.list.count() > 0)

    def _on_row(self) -> None:
        key = self.list.key()
        if key is None:
            self._stack.setCurrentWidget(self._nothing)
            self._nothing.setText(self._empty())
        elif self._which is Which.IDEAS:
            self.page.keep()
            self._stack.setCurrentWidget(self.idea)
            self.idea.show_idea(self._lists.ideas[key])
        elif self._which is Which.SUGGESTED:
            self.page.keep()
            self._stack.setCurrentWidget(self.idea)
            self.idea.show_group(self._groups[key])
        else:
            issue = self._lists.issues[key]
            other = self._stack.currentWidget() is not self.page or self.page.shown != key
            self._stack.setCurrentWidget(self.page)
            self.page.show_issue(issue, self._lists.too_few)
            if other and self.isVisible():
                self._read_first(key)

    def _read_first(self, code_id: int) -> None:
        issue, code = self._lists.issues[code_id], self._session.codes.get(code_id)
        quoted = next((q.segment_id for q in (*issue.opposing, *issue.supporting)), None)
        first = quoted if quoted is not None else code.segment_id if code is not None else None
        if first is not None:
            self._session.set_current(first)
            self._decisions.choose(code_id)  # the stance keys are about this issue

    def _empty(self) -> str:
        if self.figures.counting:
            return self.tr("Comparing who is for and who is against …")
        return {
            Which.DIVIDED: self.tr("Nobody has taken a position yet. Import opinions, or code comments with a stance."),
            Which.AGREED: self.tr("There is nothing yet on which everybody agrees."),
            Which.ONE_GROUP: self.tr("There is nothing that one group alone is for."),
            Which.IDEAS: self.tr("Everything fits what was put to participants, or no directions are suggested yet."),
            Which.SUGGESTED: self.tr("In no cluster do people take both sides, as far as stances are coded."),
        }[self._which]  # fmt: skip

    def _ask_sides(self) -> None:
        counted, issue = self.figures.counted, self.page.issue
        if counted is None or issue is None or not self._session.is_open:
            return
        where = self.page.filter.where
        self._session.jobs.ask(
            issues.sides, issue.code_id, only=where if where != SegmentFilter() else None,
            machine=self.machine.isChecked(), found=counted.gathered, then=self.page.show_sides,
        )  # fmt: skip

    # By keyboard -----------------------------------------------------------------------------------

    @property
    def _on_issue(self) -> bool:
        return self._stack.currentWidget() is self.page and self.page.issue is not None

    def step(self, by: int) -> None:
        """To the next or an earlier row."""
        self.list.step(by)

    def inward(self) -> None:
        """Into the quotations of what is chosen."""
        if not self._on_issue:
            self.idea.enter()
        elif not self.page.sides.enter():
            self.page.to(self.page.reason)

    def enter(self) -> None:
        """To the reason of the mark; an idea becomes a theme, a group an issue."""
        if self._on_issue:
            self.page.to(self.page.reason)
        elif self.list.key() is not None:
            self._make("theme" if self._which is Which.IDEAS else "issue")

    def edit(self) -> None:
        """To the memo."""
        if self._on_issue:
            self.page.to(self.page.memo)

    def word(self, name: str) -> None:
        """To one of the texts: statement, views, ways."""
        if self._on_issue:
            self.page.to({"statement": self.page.statement, "views": self.page.views, "ways": self.page.ways}[name])

    def mark(self, state: str) -> None:
        """Mark the issue."""
        if self._on_issue:
            self.page.mark(state)

    def narrow(self) -> None:
        """Choose whose words are shown."""
        if self._on_issue:
            self.page.filter.open_menu()

    def show_comments(self) -> None:
        """The comments of what is chosen."""
        if self._on_issue:
            self.page.show_comments()
        elif self.list.key() is not None:
            self.idea.show_comments()

    # Writing ---------------------------------------------------------------------------------------

    def write(self) -> None:
        """A new issue; of the comments shown, where they are an idea or a group."""
        if self.isVisible() and self._stack.currentWidget() is self.idea and self.list.key() is not None:
            self._make("issue")
        else:
            self._form.ask(self.tr("Write an issue"), "", self._write, about="issue")

    def _write(self, name: str, texts: Mapping[str, str]) -> None:
        self._session.jobs.run(lambda p: issues.write_issue(p, name, **_sides(texts)), then=self._written)

    def _make(self, kind: str) -> None:
        ids, cluster = self.idea.ids, self.idea.cluster
        is_issue = kind == "issue"
        title = self.tr("Make it an issue") if is_issue else self.tr("Make it a theme")
        note = self.tr("Comments that get this code, in one step that can be undone: {0}.").format(f"{len(ids):,}")
        if cluster is not None:
            note += " " + self.tr("Those with a stance keep it towards the issue.")

        def then(name: str, texts: Mapping[str, str]) -> None:
            jobs = self._session.jobs
            if cluster is not None and is_issue:
                jobs.run(lambda p: issues.from_cluster(p, cluster, name, **_sides(texts)), then=self._written)
            else:
                of_kind = CodeKind.ISSUE if is_issue else CodeKind.THEME
                jobs.run(ideas.make_code, name, of_kind, ids, texts=texts if is_issue else None, then=self._written)

        self._form.ask(title, note, then, name=self.idea.suggestion, about=(kind, ids), texts=is_issue)

    def _written(self, _: Changes) -> None:
        self._form.done()
        newest = max(self._session.codes.values(), key=lambda code: code.id)
        self._session.said.emit(self.tr("“{0}” is in the codebook.").format(newest.name))
        if newest.kind is CodeKind.ISSUE:
            self.show_issue(newest.id)


def _dress(chip: QPushButton, on: bool) -> None:
    """A chip as chosen or not."""
    chip.setProperty("on", on)
    chip.setAccessibleDescription(tr("chosen") if on else "")
    chip.style().unpolish(chip)
    chip.style().polish(chip)


class _Texts(TypedDict):
    statement: str
    side_for: str
    side_against: str


def _sides(texts: Mapping[str, str]) -> _Texts:
    return {
        "statement": texts.get("statement", ""),
        "side_for": texts.get("side_for", ""),
        "side_against": texts.get("side_against", ""),
    }
