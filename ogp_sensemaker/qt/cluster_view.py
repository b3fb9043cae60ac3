"""The clusters: which there are, what is left in each, what fits nowhere, what is new; and what to do with them."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QComboBox,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTableWidgetItem,
    QWidget,
)  # fmt: skip

from ogp_sensemaker.app import clustering, groups_shown
from ogp_sensemaker.app.groups_shown import Candidate, Group, Order
from ogp_sensemaker.domain.cluster import ChangeKind, Cluster
from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.cluster_card import ClusterCard
from ogp_sensemaker.qt.cluster_hands import Ask, Hands
from ogp_sensemaker.qt.cluster_lines import candidate_line, change_line, group_line, keys_of
from ogp_sensemaker.qt.parts import beside, button, column, label
from ogp_sensemaker.qt.plain_table import PlainTable
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store import clusters
from ogp_sensemaker.store.journal import Changes

GROUPS, LEFT, NEW, CHANGED = range(4)
_AT_ONCE = frozenset({"cluster", "pin", "regrouping", "segment"})
_LATER = frozenset({"coding", "suggestion", "rejection", "code"})
PAUSE_MS = 150  # after a decision, before everything is counted again


class ClusterView(QWidget):
    """A list on top, what is chosen in it below."""

    def __init__(self, session: Session, ask: Ask, accept_one: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("page")
        self._session, self._accept_one = session, accept_one
        self._groups: dict[int, Group] = {}
        self._candidates: dict[int, Candidate] = {}
        self._left: list[int] = []
        self.hands = Hands(session, ask, self, self.go_to)
        self.card = ClusterCard(session)
        self.mode = GROUPS
        self.table = self._table(
            [self.tr("#"), self.tr("Name or telling words"), self.tr("All"), self.tr("To code"),
             self.tr("Holds"), self.tr("Suggested")], 1, (2, 3, 4), self.tr("Clusters"),
        )  # fmt: skip
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.ideas = self._table(
            [self.tr("Fit no direction"), self.tr("Comments"), ""], 0, (1,), self.tr("Candidates for new ideas")
        )
        self.changes = self._table([self.tr("What"), self.tr("Since the last run")], 1, (), self.tr("What changed"))
        self._lists = QStackedWidget()
        for table in (self.table, self.ideas, self.changes):
            self._lists.addWidget(table.framed())
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.addWidget(self._lists)
        self._split.addWidget(self.card)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 1)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.setSizes([330, 300])
        self._about = label("", "muted", wrap=True)
        layout = column(self, 3, 2)
        layout.addLayout(self._top())
        layout.addLayout(self._modes())
        layout.addWidget(self._about)
        layout.addWidget(self._split, 1)
        self._later = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._later.timeout.connect(self.fill)
        self._connect()

    def _table(self, titles: list[str], stretch: int, numbers: Sequence[int], name: str) -> PlainTable:
        table = PlainTable(titles, stretch=stretch, numbers=numbers, widest=40 * theme.unit(), lines=2)
        table.horizontalHeader().setMinimumSectionSize(4 * theme.unit())
        table.setAccessibleName(name)
        table.itemSelectionChanged.connect(self._on_row)
        table.on_keys({Qt.Key.Key_Space: self.show_comments})
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(lambda at: self.open_menu(table.viewport().mapToGlobal(at)))
        return table

    def _top(self) -> QBoxLayout:
        self.detail = QComboBox()
        self.detail.setAccessibleName(self.tr("How fine the groups are"))
        self.detail.setToolTip(self.tr("How fine the groups are; a finer level splits those of a coarser one"))
        for words, value in (
            (self.tr("As fine as the comments suggest"), None), (self.tr("1: few broad groups"), 1),
            *((str(n), n) for n in range(2, 7)), (self.tr("7: many narrow groups"), 7),
        ):  # fmt: skip
            self.detail.addItem(words, value)
        run = button(
            self.tr("Group again"), self.run, icon="machine", tip=self.tr("A new run of the machine; decisions stay")
        )
        top = beside()
        top.addWidget(label(self.tr("Clusters"), "title"))
        top.addStretch(1)
        top.addWidget(self.detail)
        top.addWidget(run)
        return top

    def _modes(self) -> QBoxLayout:
        row = beside(None, 0, 1)
        self.chips: list[QPushButton] = []
        tips = (
            self.tr("Every cluster (Shift+L goes through these lists)"),
            self.tr("The worklist of comments that are in no cluster"),
            self.tr("Comments that fit no direction: candidates for new ideas"),
            self.tr("What the last run changed against the one before"),
        )
        for mode, tip in enumerate(tips):
            chip = button("", partial(self.show_mode, mode), style="chip", tip=tip)
            self.chips.append(chip)
            row.addWidget(chip)
        row.addStretch(1)
        self.order = QComboBox()
        self.order.setAccessibleName(self.tr("Order of the clusters"))
        for words, order in (
            (self.tr("Biggest first"), Order.SIZE), (self.tr("Most to code first"), Order.UNCODED),
            (self.tr("Surest first"), Order.STABILITY),
        ):  # fmt: skip
            self.order.addItem(words, order)
        row.addWidget(self.order)
        return row

    def _connect(self) -> None:
        self.order.activated.connect(lambda _: self.fill())
        card = self.card
        card.accept_wanted.connect(self.accept)
        card.code_wanted.connect(self.choose)
        card.comments_wanted.connect(self.show_comments)
        card.move_wanted.connect(self.move_chosen)
        card.menu_wanted.connect(lambda over: self.open_menu(over.mapToGlobal(over.rect().bottomLeft())))
        card.members.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        card.members.customContextMenuRequested.connect(
            lambda at: self.open_menu(card.members.viewport().mapToGlobal(at))
        )
        before = self._session.selection
        self._session.selection = lambda: self.chosen_comments() if self.isVisible() else before()
        self._session.changed.connect(self._on_changed)
        self._session.closed.connect(self._groups.clear)

    # Showing ---------------------------------------------------------------------------------------

    def arrive(self) -> None:
        """The place was opened."""
        self.fill()
        (self.card.members if self.mode == LEFT else self._current_table()).setFocus()

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.tables & _AT_ONCE:
            self.fill()
        elif self.isVisible() and changes.tables & _LATER:
            self._later.start()

    def fill(self) -> None:
        """Count everything and list it; what was chosen stays chosen, or its neighbour is."""
        self._later.stop()
        if not self._session.is_open:
            return
        project = self._session.project
        seen = groups_shown.overview(project, Order(self.order.currentData()))
        found, ideas = seen.groups, seen.candidates
        self._groups = {g.cluster.id: g for g in found}
        self._left = list(seen.nowhere) if found else []
        self._candidates = dict(zip(keys_of(ideas), ideas, strict=True))
        told = clusters.changes(project)
        self._fill(self.table, [group_line(self._session, g) for g in found], list(self._groups))
        self._fill(self.ideas, [candidate_line(c) for c in ideas], list(self._candidates))
        self._fill(self.changes, [change_line(c) for c in told], [c.cluster_id for c in told])
        altered = sum(c.kind is not ChangeKind.SAME for c in told)
        names = (
            self.tr("Clusters {0}").format(len(found)),
            self.tr("In no cluster {0}").format(f"{len(self._left):,}"),
            self.tr("New ideas? {0}").format(f"{sum(len(c.segments) for c in ideas):,}"),
            self.tr("Changed {0}").format(altered),
        )
        for chip, words in zip(self.chips, names, strict=True):
            chip.setText(words)
            chip.setAccessibleName(words)
        self.show_mode(self.mode)

    def _fill(self, table: PlainTable, lines: list[list[QTableWidgetItem]], keys: list[int]) -> None:
        key, row = table.current_key(), table.currentRow()
        table.blockSignals(True)
        table.fill(lines, keys)
        if key is not None and key not in keys and keys:
            table.go(min(max(0, row), len(keys) - 1))
        table.blockSignals(False)

    def show_mode(self, mode: int) -> None:
        """Clusters, what is in none, candidates for new ideas, or what changed."""
        self.mode = mode
        for number, chip in enumerate(self.chips):
            chip.setProperty("on", number == mode)
            chip.style().polish(chip)
        self._lists.setVisible(mode != LEFT)
        if mode != LEFT:
            self._lists.setCurrentIndex((GROUPS, NEW, CHANGED).index(mode))
        self.order.setVisible(mode == GROUPS)
        self._about.setText(self._about_mode())
        has_lines = bool(self._left) if mode == LEFT else self._current_table().rowCount() > 0
        self._split.setVisible(has_lines)
        self._on_row()

    def next_list(self) -> None:
        """To the next of the four lists."""
        self.show_mode((self.mode + 1) % len(self.chips))
        (self.card.members if self.mode == LEFT else self._current_table()).setFocus()

    def _about_mode(self) -> str:
        if not self._groups:
            return self.tr(
                "The machine has not grouped the comments yet. “Group again” does it; nothing that you decided changes."
            )
        if self.mode == LEFT:
            words = self.tr("{0} comments are like no others. Code them one by one, or move them to a cluster.")
            return words.format(f"{len(self._left):,}")
        if self.mode == NEW and not self._candidates:
            return self.tr("Nothing to show: something is suggested for every comment, or nothing was suggested yet.")
        if self.mode == NEW:
            return self.tr(
                "Comments on which nobody has decided and for which the machine finds no code: clusters most of which "
                "fit none, the rarest first, then those that stand alone."
            )
        if self.mode == CHANGED:
            some = self.tr("What the last run changed. Names, pins and codings stay in any case.")
            return some if self.changes.rowCount() else self.tr("This was the first run, so nothing has changed.")
        to_code = sum(g.uncoded for g in self._groups.values())
        return self.tr("Groups of comments that say something alike. {0} of their comments are still to code.").format(
            f"{to_code:,}"
        )

    def _current_table(self) -> PlainTable:
        return {NEW: self.ideas, CHANGED: self.changes}.get(self.mode, self.table)

    @property
    def cluster(self) -> Cluster | None:
        """The cluster that is chosen, in whichever list."""
        group = self._groups.get(self._current_table().current_key() or 0) if self.mode != LEFT else None
        return group.cluster if group else None

    def _on_row(self) -> None:
        if not self._groups:
            return
        candidate = self._candidates.get(self.ideas.current_key()) if self.mode == NEW else None
        cluster = self.cluster
        self.card.setVisible(self.mode == LEFT or candidate is not None or cluster is not None)
        if self.mode == LEFT:
            self.card.show_segments(self.tr("In no cluster"), "", self._left, in_part=True)
        elif candidate is not None:
            name = f"{candidate.cluster.number}  ·  {candidate.cluster.label}" if candidate.cluster else ""
            words = self.tr("{0} comments that fit no code").format(f"{len(candidate.segments):,}")
            self.card.show_segments(name or self.tr("Alone: in no cluster"), words, candidate.segments)
        elif cluster is not None:
            inside = groups_shown.inside(self._session.project, cluster.id)
            self.card.show_cluster(self._groups[cluster.id], inside)
            if self.isVisible() and cluster.quotations and not self.card.shows_members:
                self._session.set_current(cluster.quotations[0])

    # Choosing --------------------------------------------------------------------------------------

    def go_to(self, cluster_id: int) -> None:
        """Choose a cluster (for one that was merged, the one it is in) in the list of all."""
        wanted = clusters.root(self._session.project, cluster_id)
        if wanted in self._groups:
            if self.mode != GROUPS:
                self.show_mode(GROUPS)
            self.table.go(list(self._groups).index(wanted))

    def chosen_comments(self) -> list[int]:
        """The comments that are selected in the list below; none where the quotations are shown."""
        return self.card.members.selected() if self.card.shows_members else []

    def _chosen_clusters(self) -> list[Cluster]:
        rows = sorted({index.row() for index in self.table.selectedIndexes()})
        keys = self.table.keys()
        return [self._groups[keys[row]].cluster for row in rows if keys[row] in self._groups]

    def step(self, by: int) -> None:
        """To the next or an earlier line of whichever list has the keyboard."""
        if self.mode == LEFT or self.card.members.hasFocus():
            self.card.members.step(by)
        else:
            self._current_table().step(by)

    # Doing -----------------------------------------------------------------------------------------

    def open_menu(self, at: QPoint) -> None:
        """What can be done, by mouse."""
        self.menu().popup(at)

    def menu(self) -> QMenu:
        """What can be done with what is chosen."""
        menu = QMenu(self)
        cluster = self.cluster if self.mode != NEW else None
        does: list[tuple[str, Callable[[], object]]] = [
            (self.tr("Code all …\tShift+F"), self.choose), (self.tr("List under Comments\tSpace"), self.show_comments),
            (self.tr("Move comments …\tShift+T"), self.move_chosen),
        ]  # fmt: skip
        if cluster is not None:
            chosen = self.chosen_comments() if self.card.members.hasFocus() else []
            pin = self.tr("Pin, or let go, {0} comments\tShift+K").format(len(chosen) or f"{cluster.size:,}")
            back = self.tr("Bring back\tDel") if cluster.dismissed else self.tr("Dismiss: of no interest\tDel")
            does += [
                (self.tr("Rename …\tF2"), self.rename), (self.tr("Merge …\tShift+G"), self.merge),
                (self.tr("Split …\tShift+D"), self.split), (pin, self.pin), (back, self.dismiss),
            ]  # fmt: skip
        for words, do in does:
            menu.addAction(words, do)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def accept(self) -> None:
        """Code what is left of the cluster with what is suggested for most; elsewhere accept for the comment read."""
        cluster = self.cluster
        if cluster is None or self.mode == NEW or self.card.members.hasFocus():
            self._accept_one()
        elif self.card.best is not None and self.card.accept.isEnabled():
            self.hands.accept(cluster, self.card.best)

    enter = accept

    def choose(self) -> None:
        """Code all with a code to be chosen."""
        if self.cluster is not None and self.mode != NEW:
            self.hands.code(self.cluster)
        else:
            self.hands.code_these(self.card.members.lines.ids if self.mode == NEW else self.chosen_comments())

    def show_comments(self) -> None:
        """List them under Comments."""
        if self.mode == LEFT:
            self._session.show_comments(SegmentFilter(unclustered=True, voice=True))
        elif self.mode == NEW:
            self._session.show_comments(SegmentFilter(ids=tuple(self.card.members.lines.ids)))
        elif self.cluster is not None:
            self._session.show_comments(SegmentFilter(cluster=self.cluster.id))

    def rename(self) -> None:
        """Give the cluster a name."""
        if self.cluster is not None:
            self.hands.rename(self.cluster)

    def merge(self) -> None:
        """Make the chosen clusters part of another."""
        if self.cluster is not None:
            several = self._chosen_clusters() if self.mode == GROUPS else []
            self.hands.merge(several if len(several) > 1 else [self.cluster])

    def split(self) -> None:
        """Divide the cluster."""
        if self.cluster is not None:
            self.hands.split(self.cluster)

    def move_chosen(self) -> None:
        """Put the selected comments, or the one being read, into another cluster."""
        self.hands.move(self._session.targets())

    def pin(self) -> None:
        """Keep the cluster's comments in it (the selected ones, where they have the keyboard), or let them go."""
        if self.cluster is not None:
            self.hands.pin(self.cluster, self.chosen_comments() if self.card.members.hasFocus() else None)

    def dismiss(self) -> None:
        """Say that the cluster is of no interest, or is; the next one is chosen."""
        cluster = self.cluster
        if cluster is not None:
            if self.mode == GROUPS and not cluster.dismissed:
                self.table.step(1)
            self.hands.dismiss(cluster)

    def run(self) -> None:
        """Group anew, as fine as is wanted."""
        self._session.jobs.start(self.tr("Clusters"), clustering.run, self.detail.currentData())
