"""A new idea, or a group of comments whose stances split: its words, and what can be made of it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.domain.findings import NewIdea, Quotation, SuggestedIssue
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.contested_lists import counts_of
from ogp_sensemaker.qt.parts import beside, button, column, label, scrolled
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.qt.side_quotes import QuoteCard, SideColumn
from ogp_sensemaker.store import clusters, segments
from ogp_sensemaker.store.project import Project

MOST = 40  # quotations read in place; Comments has all of them


class IdeaPage(QWidget):
    """Readable in place; `made` asks for a theme or an issue of it."""

    made = Signal(str)  # theme or issue
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.ids: tuple[int, ...] = ()
        self.cluster: int | None = None
        self._notes: dict[int, tuple[str, ...]] = {}
        self.suggestion = ""  # a name for what is made of it
        self._name = label("", "heading", wrap=True)
        self._facts = label("", "muted", wrap=True)
        self._theme = button(
            self.tr("Make it a theme"), lambda: self.made.emit("theme"), style="primary",
            tip=self.tr("A code of its own for these comments (Enter under New ideas)"),
        )  # fmt: skip
        self._issue = button(
            self.tr("Make it an issue"), lambda: self.made.emit("issue"),
            tip=self.tr("A question of its own, with your wording of both sides (Shift+I)"),
        )  # fmt: skip
        show = button(self.tr("Show its comments"), self.show_comments, tip=self.tr("List them under Comments (Space)"))
        row = beside()
        for widget in (self._theme, self._issue, show):
            row.addWidget(widget)
        row.addStretch(1)
        self._quotes = SideColumn(self.tr("Its words"))
        self._quotes.read.connect(session.set_current)
        self._quotes.step.connect(self._step)
        inside = QWidget()
        inside.setObjectName("plain")
        under = column(inside, 0, 2)
        under.setContentsMargins(0, 0, theme.unit() * 2, theme.unit() * 2)
        under.addWidget(self._quotes)
        under.addStretch(1)
        self._area = scrolled(inside)
        layout = column(self, 0, 2)
        layout.addWidget(self._name)
        layout.addWidget(self._facts)
        layout.addLayout(row)
        layout.addWidget(self._area, 1)

    def show_idea(self, idea: NewIdea) -> None:
        """Comments that fit no proposal put to participants."""
        through = "  ·  ".join((*counts_of(idea)[:2], ", ".join(idea.channels)))
        facts = f"{through}\n" + self.tr("Nothing that was put to participants fits.")
        self._lead(self._theme)
        self.cluster = None
        self._notes = {}
        self._show(", ".join(idea.words), facts, idea.segment_ids, idea.quotations)

    def show_group(self, group: SuggestedIssue) -> None:
        """A cluster whose stances split."""
        project = self._session.project
        members = tuple(sorted(clusters.members(project, group.cluster_id)))
        self._lead(self._issue)
        examples = _quoted(project, group.examples)
        sides = (self.tr("for"), self.tr("against"))
        self._notes = {q.segment_id: (sides[n % 2],) for n, q in enumerate(examples)}  # they come in turns
        self._show(", ".join(group.words), group.why, members, examples)
        self.cluster = group.cluster_id

    def _lead(self, first: QPushButton) -> None:
        """The button for what is most often made of it."""
        for made in (self._theme, self._issue):
            made.setObjectName("primary" if made is first else "")
            made.style().unpolish(made)
            made.style().polish(made)

    def _show(self, words: str, facts: str, ids: tuple[int, ...], quoted: Sequence[Quotation]) -> None:
        first = quoted[0] if quoted else None
        self.suggestion = words
        title = words or self.tr("One comment on its own")
        other = ids != self.ids
        self.ids = ids
        self._name.setText(title)
        self._facts.setText(facts)
        known = {q.segment_id for q in quoted}
        rest = [id_ for id_ in ids if id_ not in known][: max(0, MOST - len(quoted))]
        every = (*quoted, *(_quoted(self._session.project, rest)))
        cut = self.tr("{0} of {1} comments").format(len(every), f"{len(ids):,}")
        heading = cut if len(every) < len(ids) else self.tr("Its words")
        self._quotes.show_quotations(heading, every, "", lambda q: self._notes.get(q.segment_id, ()))
        if other:
            self._area.verticalScrollBar().setValue(0)
            if first is not None and self.isVisible():
                self._session.set_current(first.segment_id)

    def show_comments(self) -> None:
        """List them."""
        self._session.show_comments(SegmentFilter(ids=self.ids))

    def enter(self) -> None:
        """To the first quotation."""
        if self._quotes.cards:
            self._quotes.cards[0].setFocus()

    def _step(self, card: QuoteCard, key: int) -> None:
        cards = self._quotes.cards
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(key), 0)
        if not by:
            self.left.emit()
            return
        cards[min(max(0, cards.index(card) + by), len(cards) - 1)].setFocus()
        focused = self.focusWidget()
        if focused is not None:
            self._area.ensureWidgetVisible(focused)


def _quoted(project: Project, ids: Sequence[int]) -> list[Quotation]:
    return [
        Quotation(
            s.id, s.text, s.english, s.language, s.translation_by, s.case, s.channel, s.source, s.locator,
            s.valence,
        )
        for s in segments.page(project, ids)
    ]  # fmt: skip
