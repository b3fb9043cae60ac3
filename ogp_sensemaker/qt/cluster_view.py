"""The clusters of the last run: telling words, size, quotations; a whole cluster coded in one step."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel, QLayout, QSizePolicy, QSplitter, QTableWidgetItem, QWidget

from ogp_sensemaker.app import clustering, coding
from ogp_sensemaker.domain.cluster import Cluster
from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.qt.direction import isolated, runs_right_to_left
from ogp_sensemaker.qt.parts import beside, button, clear, column, label, scrolled
from ogp_sensemaker.qt.plain_table import PlainTable
from ogp_sensemaker.qt.recent_codes import spot
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store import clusters, rows, segments
from ogp_sensemaker.store.journal import Changes

QUOTATIONS = 6
Ask = Callable[[str, Callable[[int], None]], None]


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


class ClusterView(QWidget):
    """A list of groups on top, what one of them holds below."""

    def __init__(self, session: Session, ask: Ask) -> None:
        super().__init__()
        self.setObjectName("page")
        self._session, self._ask = session, ask
        self._clusters: dict[int, Cluster] = {}
        self._best: int | None = None
        titles = [
            self.tr("#"),
            self.tr("Telling words"),
            self.tr("Comments"),
            self.tr("Coded"),
            self.tr("Suggested for most"),
        ]
        self.table = PlainTable(titles, stretch=1, numbers=(2, 3), widest=190, lines=2)
        self.table.setAccessibleName(self.tr("Clusters"))
        self.table.itemSelectionChanged.connect(self._on_row)
        self.table.on_keys({Qt.Key.Key_Space: self.show_comments})
        self._about = label("", "muted", wrap=True)
        self._words = label("", "heading", wrap=True)
        self._facts = label("", "caption", wrap=True)
        inside = QWidget()
        inside.setObjectName("plain")
        self._quotes = column(inside, 0, 2)
        self._frame = self.table.framed()
        lower = QWidget()
        lower.setLayout(self._details(inside))
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.addWidget(self._frame)
        self._split.addWidget(lower)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self._split.setHandleWidth(1)
        top = beside()
        top.addWidget(label(self.tr("Clusters"), "title"))
        top.addStretch(1)
        run = button(
            self.tr("Group again"), self.run, icon="machine", tip=self.tr("A new run of the machine; decisions stay")
        )
        top.addWidget(run)
        layout = column(self, 3, 2)
        layout.addLayout(top)
        layout.addWidget(self._about)
        layout.addWidget(self._split, 1)
        session.changed.connect(self._on_changed)

    def _details(self, inside: QWidget) -> QLayout:
        layout = column(None, 0, 2)
        self._accept = button(
            "",
            self.accept,
            style="primary",
            tip=self.tr("Code every comment of the cluster that nobody has coded yet (Enter)"),
        )
        self._other = button(
            self.tr("Another code …"), self.choose, tip=self.tr("Choose the code for the whole cluster (G)")
        )
        self._show = button(
            self.tr("Show its comments"), self.show_comments, tip=self.tr("List them under Comments (Space)")
        )
        row = beside()
        for widget in (self._accept, self._other, self._show):
            row.addWidget(widget)
        row.addStretch(1)
        layout.addSpacing(4)
        layout.addWidget(self._words)
        layout.addWidget(self._facts)
        layout.addLayout(row)
        layout.addWidget(scrolled(inside), 1)
        return layout

    # Showing ---------------------------------------------------------------------------------------

    def arrive(self) -> None:
        """The place was opened."""
        self._fill()
        self.table.setFocus()

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.tables & {"cluster", "coding", "suggestion", "segment", "rejection"}:
            self._fill()

    def _fill(self) -> None:
        project = self._session.project
        found = clusters.clusters(project)
        self._clusters = {c.id: c for c in found}
        lines = []
        for cluster in found:
            _, suggested = rows.cluster_codes(project, cluster.id)
            left = len(clusters.uncoded(project, clusters.members(project, cluster.id)))
            best = QTableWidgetItem(self._suggested(suggested, cluster.size))
            if suggested:
                best.setIcon(QIcon(spot(self._session.colour_of(suggested[0][0]))))
                best.setToolTip(self._session.path_of(suggested[0][0]))
            words = QTableWidgetItem(", ".join(cluster.words))
            words.setToolTip(words.text())
            numbers = [QTableWidgetItem(f"{cluster.size:,}"), QTableWidgetItem(f"{cluster.size - left:,}")]
            lines.append([QTableWidgetItem(str(cluster.number)), words, *numbers, best])
        self._split.setVisible(bool(found))
        run = clusters.last_run(project)
        left_over = segments.count(project, SegmentFilter(unclustered=True, voice=True))
        if run is None or not found:
            words_ = self.tr(
                "The machine has not grouped the comments yet. “Group again” does it; nothing that you decided changes."
            )
        else:
            words_ = self.tr(
                "{0} groups of comments that say something alike, biggest first; {1} comments are in none."
            )
            words_ = words_.format(len(found), f"{left_over:,}")
        self._about.setText(words_)
        self.table.fill(lines, [c.id for c in found])
        self._on_row()

    def _suggested(self, suggested: list[tuple[int, int]], size: int) -> str:
        if not suggested:
            return ""
        code = self._session.codes.get(suggested[0][0])
        return f"{code.name if code else ''}  {round(100 * suggested[0][1] / max(1, size))} %"

    @property
    def cluster(self) -> Cluster | None:
        """The cluster that is chosen."""
        return self._clusters.get(self.table.current_key() or -1)

    def _on_row(self) -> None:
        cluster = self.cluster
        clear(self._quotes)
        if cluster is None:
            return
        project = self._session.project
        coded, suggested = rows.cluster_codes(project, cluster.id)
        self._best = suggested[0][0] if suggested else None
        self._words.setText(f"{cluster.number}  ·  {', '.join(cluster.words)}")
        facts = [self.tr("{0} comments").format(f"{cluster.size:,}")]
        facts += [f"{self._session.codes[c].name}: {n}" for c, n in coded[:4] if c in self._session.codes]
        self._facts.setText("  ·  ".join(facts))
        left = len(clusters.uncoded(project, clusters.members(project, cluster.id)))
        self._accept.setVisible(self._best is not None)
        self._accept.setEnabled(left > 0)
        if self._best is not None and self._best in self._session.codes:
            name = self._session.codes[self._best].name
            short = name if len(name) < 44 else f"{name[:42]} …"
            words = self.tr("Code {0} as “{1}”").format(left, short) if left else self.tr("All coded")
            self._accept.setText(isolated(words).replace("&", "&&"))
        for segment in segments.page(project, cluster.quotations[:QUOTATIONS]):
            right = runs_right_to_left(segment.reading, "en" if segment.english else segment.language)
            self._quotes.addWidget(Quoted(self._session, segment.id, segment.reading, right))
        self._quotes.addStretch(1)
        if self.isVisible() and cluster.quotations:
            self._session.set_current(cluster.quotations[0])

    # Deciding --------------------------------------------------------------------------------------

    def accept(self) -> None:
        """Code what is left of the cluster with what is suggested for most of it."""
        cluster = self.cluster
        if cluster is not None and self._best is not None and self._accept.isEnabled():
            self._session.jobs.run(coding.assign_cluster, cluster.id, self._best, only_uncoded=True)

    enter = accept

    def choose(self) -> None:
        """Code the whole cluster with a code to be chosen."""
        cluster = self.cluster
        if cluster is not None:
            title = self.tr("Code all {0} comments of cluster {1}").format(cluster.size, cluster.number)
            self._ask(title, lambda code: self._session.jobs.run(coding.assign_cluster, cluster.id, code))

    def show_comments(self) -> None:
        """List the comments of the cluster."""
        if self.cluster is not None:
            self._session.show_comments(SegmentFilter(cluster=self.cluster.id))

    def run(self) -> None:
        """Group anew."""
        self._session.jobs.start(self.tr("Clusters"), clustering.run)

    def step(self, by: int) -> None:
        """To the next or an earlier cluster."""
        self.table.step(by)
