"""The map of all comments: alike ones near each other, coloured by what is known; a line drawn around lists them."""

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QBoxLayout, QComboBox, QFrame, QWidget

from ogp_sensemaker.app import clustering, map_shown
from ogp_sensemaker.app.map_shown import By, Points, Shades
from ogp_sensemaker.domain.cluster import Cluster
from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.direction import isolated, language_name
from ogp_sensemaker.qt.map_canvas import MapCanvas
from ogp_sensemaker.qt.map_points import packed
from ogp_sensemaker.qt.parts import ElidedButton, beside, button, clear, column, label, scrolled
from ogp_sensemaker.qt.recent_codes import spot
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store import clusters, rows, segments
from ogp_sensemaker.store.journal import Changes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NAMED = 12  # clusters with a colour of their own, languages, channels: as many as can be told apart
ON_MAP = 24  # clusters whose names are written on the map, where there is room
WORDS = 260  # letters of a comment under the mouse
_PLACES = frozenset({"cluster", "segment", "vector"})
_COLOURS = frozenset({"pin", "regrouping", "coding", "code", "suggestion", "rejection", "language"})
PAUSE_MS = 300  # after a decision, before the points are coloured anew


class MapView(QWidget):
    """The points are read when the place is opened, and not before."""

    cluster_wanted = Signal(int)  # show this cluster under Clusters
    cluster_chosen = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("page")
        self._session = session
        self._points: Points | None = None
        self._shades: Shades | None = None
        self._clusters: dict[int, Cluster] = {}
        self._lit: int | None = None  # the place in the legend that is lit up; the others are faint
        self._stale = True
        self.cluster_id: int | None = None
        self.canvas = MapCanvas()
        self._about = label("", "muted", wrap=True)
        self.words = label("", "", wrap=True)
        self.words.setMinimumHeight(self.fontMetrics().lineSpacing() * 3)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        layout = column(self, 3, 2)
        layout.addLayout(self._top())
        layout.addWidget(self._about)
        layout.addLayout(self._notice())
        layout.addWidget(self._middle(), 1)
        layout.addLayout(self._below())
        self._later = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._later.timeout.connect(self.colour)
        canvas = self.canvas
        canvas.hovered.connect(self._on_hover)
        canvas.clicked.connect(self._on_click)
        canvas.opened.connect(lambda row: self._open_cluster())
        canvas.ringed.connect(self._on_ring)
        session.changed.connect(self._on_changed)
        session.current_changed.connect(self._follow)
        session.closed.connect(self._forget)
        session.filter_changed.connect(self._dress)

    # Building --------------------------------------------------------------------------------------

    def _top(self) -> QBoxLayout:
        self.by = QComboBox()
        self.by.setAccessibleName(self.tr("What the points are coloured by"))
        for words, by in (
            (self.tr("Colour by cluster"), By.CLUSTER), (self.tr("Colour by direction"), By.DIRECTION),
            (self.tr("Colour by stance"), By.STANCE), (self.tr("Colour by language"), By.LANGUAGE),
            (self.tr("Colour by channel"), By.CHANNEL),
        ):  # fmt: skip
            self.by.addItem(words, by)
        self.by.activated.connect(lambda _: self.colour())
        top = beside()
        top.addWidget(label(self.tr("Map"), "title"))
        top.addStretch(1)
        top.addWidget(self.by)
        self._all = button(self.tr("See everything"), self.canvas.reset, tip=self.tr("The whole map (Home)"))
        top.addWidget(self._all)
        return top

    def _notice(self) -> QBoxLayout:
        self._make = button(
            self.tr("Draw the map"), self.make, style="primary", icon="machine",
            tip=self.tr("Alike comments come to stand near each other; nothing is decided by it"),
        )  # fmt: skip
        row = beside()
        row.addWidget(self._make)
        row.addStretch(1)
        return row

    def _middle(self) -> QWidget:
        self._frame = QFrame()
        self._frame.setObjectName("tableframe")
        inside = beside(self._frame, 0, 0)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.canvas, 1)
        self._legend_page = QWidget()
        self._legend_page.setObjectName("plain")
        self._legend = column(self._legend_page, 2, 1)
        area = scrolled(self._legend_page)
        area.setFixedWidth(theme.unit() * 56)
        inside.addWidget(area)
        return self._frame

    def _below(self) -> QBoxLayout:
        self._which = ElidedButton("", "link", self._open_cluster)
        self._which.setToolTip(self.tr("Show it under Clusters (Enter, or a double click on a point)"))
        self._list = button(
            self.tr("List what is in view"), lambda: self._on_ring(self.canvas.in_view()),
            tip=self.tr("Every comment that can be seen now, under Comments (Space)"),
        )  # fmt: skip
        row = beside()
        row.addWidget(self._which, 1)
        row.addWidget(self._list)
        box = column(None, 0, 1)
        box.addLayout(row)
        box.addWidget(self.words)
        return box

    # Showing ---------------------------------------------------------------------------------------

    def arrive(self) -> None:
        """The place was opened."""
        if self._stale or self._points is None:
            self._read()
        else:
            self.colour()
        self.canvas.setFocus()

    def _on_changed(self, changes: Changes) -> None:
        if changes.tables & _PLACES:
            self._stale = True
            if self.isVisible() and not self._session.jobs.busy:
                self._read()
        elif changes.tables & _COLOURS and self.isVisible():
            self._later.start()

    def _forget(self) -> None:
        self._points = self._shades = self._lit = self.cluster_id = None
        self._stale = True
        self._frame.hide()  # the points of another project say nothing

    def _read(self) -> None:
        self._stale = False
        self._session.jobs.ask(map_shown.points, then=self._on_points)

    def _on_points(self, found: Points) -> None:
        if not self._session.is_open:
            return
        self._points, self._shades = found, None
        self.canvas.show_points(found.places)
        some = len(found.ids) > 0
        for widget in (self._frame, self._list, self._all, self.by, self._which, self.words):
            widget.setVisible(some)
        self._make.setVisible(not some or found.missing > 0)
        self._make.setText(self.tr("Put them on the map") if some else self.tr("Draw the map"))
        self._make.setAccessibleName(self._make.text())
        self._about.setText(self._sentence(len(found.ids), found.missing))
        self.canvas.setAccessibleDescription(self.tr("{0} comments as points").format(f"{len(found.ids):,}"))
        if some:
            self.colour()

    def _sentence(self, placed: int, missing: int) -> str:
        if not placed and not missing:
            return self.tr(
                "There is no map yet. Let the machine read the comments first (Language, translation, vectors)."
            )
        if not placed:
            words = self.tr("There is no map yet. It puts {0} comments near those that say something alike.")
            return words.format(f"{missing:,}")
        words = self.tr(
            "Near each other: alike. Draw a line around points to list them; the wheel looks closer, the right mouse "
            "button moves. Distances across the map mean little."
        )
        more = self.tr(" {0} new comments are not on it yet.").format(f"{missing:,}") if missing else ""
        return words + more

    def make(self) -> None:
        """Draw the map, or put new comments on it."""
        self._session.jobs.start(self.tr("Drawing the map"), clustering.place_missing)

    # Colours ---------------------------------------------------------------------------------------

    def colour(self) -> None:
        """Ask what the points are, and paint them."""
        self._later.stop()
        if self._points is not None and len(self._points.ids):
            by = By(self.by.currentData())
            self._session.jobs.ask(map_shown.shades, self._points.ids, by, then=self._on_shades)

    def _on_shades(self, found: Shades) -> None:
        points = self._points
        if points is None or len(found.labels) != len(points.ids) or not self._session.is_open:
            return
        if self._shades is None or self._shades.by is not found.by:
            self._lit = None
        self._shades = found
        if found.by is By.CLUSTER:
            self._clusters = {c.id: c for c in clusters.clusters(self._session.project)}
        self._fill_legend()
        self._dress()

    def _colour_of(self, place: int) -> QColor:
        """The colour of a line of the legend."""
        assert self._shades is not None
        key: Any = self._shades.keys[place]
        if self._shades.by is By.DIRECTION:
            return self._session.colour_of(key)
        if self._shades.by is By.STANCE:
            return theme.stance_colour(key)
        if place < NAMED:
            return theme.readable(QColor(theme.CODE_COLOURS[place]))
        return QColor(theme.current().faint)

    def _name_of(self, key: Hashable) -> str:
        assert self._shades is not None
        by: By = self._shades.by
        if by is By.CLUSTER:
            cluster = self._clusters.get(int(str(key)))
            return f"{cluster.number} · {cluster.label}" if cluster else str(key)
        if by is By.DIRECTION:
            code = self._session.codes.get(int(str(key)))
            return f"{code.number}  {code.name}".strip() if code else str(key)
        if by is By.STANCE:
            return f"{theme.STANCE_SIGNS[str(key)]} {str(key).capitalize()}"
        return language_name(str(key)) if by is By.LANGUAGE else str(key)

    def _dress(self) -> None:
        """Hand the canvas colours, what lies on top, and names."""
        points, found = self._points, self._shades
        if points is None or found is None:
            return
        import numpy as np

        faint = QColor(theme.current().faint)
        nothing = packed(theme.tint(faint, 0.45))
        table = [nothing, *(packed(self._colour_of(place)) for place in range(len(found.keys)))]
        if self._lit is not None:
            pale = [packed(theme.tint(QColor(colour), 0.16)) for colour in table]
            own = QColor(theme.current().accent) if self._colour_of(self._lit) == faint else None
            lit = table[self._lit + 1] if own is None else packed(own)
            table = [lit if n == self._lit + 1 else pale[n] for n in range(len(table))]
        colours = np.array(table, np.uint32)[found.labels + 1]
        rank = np.where(found.labels < 0, len(found.keys), found.labels)
        if self._lit is not None:
            rank[found.labels == self._lit] = -1
        order = np.argsort(-rank, kind="stable").astype(np.intp)
        self.canvas.paint_with(colours, order, self._names(points, found))

    def _names(self, points: Points, found: Shades) -> Sequence[tuple[float, float, str]]:
        if found.by is not By.CLUSTER:
            return ()
        middles = map_shown.middles(points, found, ON_MAP)
        called = {c.id: c.name or (c.words[0] if c.words else str(c.number)) for c in self._clusters.values()}
        return [(x, y, isolated(called.get(int(str(key)), ""))) for key, x, y in middles]

    def _fill_legend(self) -> None:
        clear(self._legend)
        found = self._shades
        assert found is not None
        if found.by is By.DIRECTION:
            self._legend.addWidget(label(self.tr("Coded, or else suggested"), "caption", wrap=True))
        shown = len(found.keys) if found.by in (By.DIRECTION, By.STANCE) else NAMED
        for place, (key, count) in enumerate(zip(found.keys[:shown], found.counts[:shown], strict=True)):
            self._add_line(place, self._name_of(key), count, self._colour_of(place))
        if rest := sum(found.counts[shown:]):
            words = self.tr("{0} smaller ones").format(len(found.counts) - shown)
            self._add_line(None, words, rest, QColor(theme.current().faint))
        none = int((found.labels < 0).sum())
        if none:
            self._add_line(None, self._nothing(found.by), none, theme.tint(QColor(theme.current().faint), 0.45))
        self._legend.addStretch(1)

    def _nothing(self, by: By) -> str:
        return {
            By.CLUSTER: self.tr("In no cluster"), By.DIRECTION: self.tr("Fits none"),
            By.STANCE: self.tr("No stance coded"), By.LANGUAGE: self.tr("Not told yet"), By.CHANNEL: "",
        }[by]  # fmt: skip

    def _add_line(self, place: int | None, words: str, count: int, colour: QColor) -> None:
        line = ElidedButton(f"{count:,}  {words}", "link", lambda: self._light(place))
        line.setIcon(QIcon(spot(colour)))
        line.setToolTip(words)
        line.setEnabled(place is not None)
        self._legend.addWidget(line)

    def _light(self, place: int | None) -> None:
        """Make one line of the legend stand out, or (once more) none."""
        self._lit = None if place == self._lit else place
        self._dress()

    # Pointing, clicking, ringing -------------------------------------------------------------------

    def _on_hover(self, row: int) -> None:
        if self._points is None or row < 0:
            self.words.setText("")
            return
        found = segments.page(self._session.project, [int(self._points.ids[row])])
        text = " ".join(found[0].reading.split()) if found else ""
        short = text if len(text) <= WORDS else f"{text[:WORDS]} …"
        self.words.setText(isolated(f"#{found[0].id}  {short}") if found else "")

    def _on_click(self, row: int) -> None:
        if self._points is None:
            return
        segment_id = int(self._points.ids[row])
        self._session.set_current(segment_id)
        self._choose(next((line.cluster_id for line in rows.page(self._session.project, [segment_id])), None))

    def _choose(self, cluster_id: int | None) -> None:
        """The cluster of the point that was clicked: named below the map, lit up in it, chosen under Clusters."""
        self.cluster_id = cluster_id
        cluster = self._clusters.get(cluster_id or 0)
        words = self.tr("Cluster {0}: {1} ({2} comments)") if cluster else self.tr("In no cluster")
        self._which.set_words(words.format(cluster.number, cluster.label, f"{cluster.size:,}") if cluster else words)
        if cluster_id is not None:
            self.cluster_chosen.emit(cluster_id)
        if self._shades is not None and self._shades.by is By.CLUSTER and cluster_id in self._shades.keys:
            self._lit = self._shades.keys.index(cluster_id)
            self._dress()

    def _open_cluster(self) -> None:
        if self.cluster_id is not None:
            self.cluster_wanted.emit(self.cluster_id)

    enter = _open_cluster

    def _on_ring(self, found: "NDArray[np.intp]") -> None:
        if self._points is not None and len(found):
            self._session.show_comments(SegmentFilter(ids=tuple(self._points.ids[found].tolist())))

    def _follow(self, segment_id: int | None) -> None:
        import numpy as np

        if self._points is None or not self.isVisible() or segment_id is None:
            return
        row = int(np.searchsorted(self._points.ids, segment_id))
        self.canvas.mark(row if row < len(self._points.ids) and self._points.ids[row] == segment_id else -1)

    def step(self, by: int) -> None:
        """To the next or an earlier comment of the cluster that is chosen, or of all."""
        if self._points is None or not len(self._points.ids):
            return
        own = clusters.members(self._session.project, self.cluster_id) if self.cluster_id else []
        ids = own or self._points.ids.tolist()
        current = self._session.current
        here = ids.index(current) + by if current is not None and current in ids else 0
        self._session.set_current(int(ids[min(max(0, here), len(ids) - 1)]))
