"""The search box and the filter chips above the comments."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLineEdit, QMenu, QToolButton, QWidget

from ogp_sensemaker.app import searching
from ogp_sensemaker.domain.codebook import CodeKind
from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.domain.source import SegmentKind
from ogp_sensemaker.qt import icons, theme
from ogp_sensemaker.qt.direction import language_name
from ogp_sensemaker.qt.filter_words import CONFIDENCE, FLAGS, changed, chips, is_on, toggled
from ogp_sensemaker.qt.flow import flow_widget
from ogp_sensemaker.qt.parts import beside, button, column
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store import clusters, derived, sources

QUICK = (("coded", False), ("contested", True), ("unreviewed", True), ("duplicate", False))
NEAREST = 200
PAUSE_MS = 180  # after the last letter typed, before the search goes off


class FilterBar(QWidget):
    """Whatever it says is the session's filter, and it says whatever the session's filter is."""

    leave = Signal()  # the person pressed Enter or Down in the search box: on to the table

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._search)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search original and English"))
        self.search.setAccessibleName(self.tr("Search the comments"))
        self.search.setToolTip(self.tr("Every word counts, accents do not: qht finds QHT, vetendas finds vətəndaş (/)"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(QIcon(icons.pixmap("search", 18)), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textEdited.connect(lambda _: self._typed())
        self.search.returnPressed.connect(self._entered)
        self.meaning = QToolButton()
        self.meaning.setText(self.tr("By meaning"))
        self.meaning.setCheckable(True)
        self.meaning.setToolTip(
            self.tr("Find comments that mean something alike in other words; press Enter to search")
        )
        self.meaning.setAccessibleName(self.tr("Search by meaning"))
        self.meaning.toggled.connect(self._mode)
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill)
        self.add = button(self.tr("Filter"), self.open_menu, icon="filter", tip=self.tr("Narrow the list (L)"))
        top = beside()
        top.addWidget(self.search, 1)
        top.addWidget(self.meaning)
        top.addWidget(self.add)
        self._chips, self._flow = flow_widget(theme.unit())
        layout = column(self)
        layout.addLayout(top)
        layout.addWidget(self._chips)
        session.filter_changed.connect(self.show_filter)
        session.opened.connect(self.show_filter)

    # Searching -------------------------------------------------------------------------------------

    def _typed(self) -> None:
        if not self.meaning.isChecked():
            self._pause.start()

    def _mode(self, by_meaning: bool) -> None:
        by_words = self.tr("Search original and English")
        self.search.setPlaceholderText(self.tr("Say what you look for, then Enter") if by_meaning else by_words)
        self.search.setFocus()

    def _entered(self) -> None:
        self._pause.stop()
        self._search()
        self.leave.emit()

    def _search(self) -> None:
        words = self.search.text().strip()
        if not self._session.is_open:
            return
        if not self.meaning.isChecked() or not words:
            where = replace(
                self._session.where, words=words, ids=None if self._session.meaning else self._session.where.ids
            )
            if where != self._session.where:
                self._session.show(where)
            return
        self._session.said.emit(self.tr("Searching by meaning …"))
        self._session.jobs.ask(searching.by_meaning, words, NEAREST, then=lambda found: self._found(words, found))

    def _found(self, words: str, found: Iterable[tuple[Any, float]]) -> None:
        ids = tuple(segment.id for segment, _ in found)
        self._session.said.emit(self.tr("{0} comments nearest in meaning, nearest first").format(len(ids)))
        self._session.show(replace(self._session.where, words="", ids=ids), meaning=words, ranked=ids)

    # Chips -----------------------------------------------------------------------------------------

    def show_filter(self) -> None:
        """Say what the filter asks for."""
        self._flow.clear()
        if not self._session.is_open:
            return
        where = self._session.where
        if not self._pause.isActive() and self.search.text().strip() != where.words and not self._session.meaning:
            self.search.setText(where.words)
        shown = {(name, value) for name, value in QUICK if is_on(where, name, value)}
        for name, value in QUICK:
            words = FLAGS[name][0 if value else 1]
            self._chip(self.tr(words), (name, value) in shown, toggled(where, name, value), self.tr("Show only these"))
        quick = {changed(where, name, None) for name, _ in shown}
        asked = [(words, without) for words, without in chips(self._session) if without not in quick]
        for words, without in asked:
            self._chip(f"{words}  ×", True, without, self.tr("Take this out of the filter"))
        if where != SegmentFilter():
            clear = button(self.tr("Clear all"), lambda: self._session.show(SegmentFilter()), style="link")
            self._flow.addWidget(clear)
            clear.show()

    def _chip(self, words: str, on: bool, where: SegmentFilter, tip: str) -> None:
        words = words if len(words) < 60 else f"{words[:56]} …"
        meaning = self._session.meaning if where.ids is not None else ""
        chip = button(
            words,
            lambda: self._session.show(where, meaning, self._session.ranked if meaning else ()),
            style="chip",
            tip=tip,
        )
        chip.setProperty("on", on)
        chip.setAccessibleName(words.removesuffix("  ×"))
        self._flow.addWidget(chip)
        chip.show()

    # The menu --------------------------------------------------------------------------------------

    def open_menu(self) -> None:
        """Show what the list can be narrowed by."""
        self.menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def _fill(self) -> None:
        """Everything that the list can be narrowed by, with what this project holds."""
        self.menu.clear()
        project, codes = self._session.project, self._session.codes
        tops = {id_: code.name for id_, code in codes.items() if code.kind is not CodeKind.PROPOSAL}
        proposals = {id_: code.name for id_, code in codes.items() if code.kind is CodeKind.PROPOSAL}
        self._values(self.tr("Code"), "codes", tops.items())
        self._values(self.tr("Suggested code"), "suggested", tops.items())
        self._values(self.tr("Written under a proposal"), "about", proposals.items())
        self._values(self.tr("Stance"), "stances", ((s, s.capitalize()) for s in Stance))
        languages = derived.language_counts(project)
        self._values(
            self.tr("Language"), "languages", ((c, f"{language_name(c)} ({n:,})") for c, n in languages.items())
        )
        self._values(self.tr("Channel"), "channels", ((c, c) for c in sources.channels(project)))
        self._values(self.tr("Source"), "sources", ((s.id, s.name) for s in sources.sources(project)))
        people = self.menu.addMenu(self.tr("About the person"))
        for name, values in sources.attribute_values(project).items():
            if len(values) <= 60:
                pairs = (((name, value), value) for value in values)
                self._values(name.replace("_", " ").capitalize(), "attributes", pairs, people)
        people.setEnabled(not people.isEmpty())
        found = clusters.clusters(project)[:80]
        self._values(self.tr("Cluster"), "cluster", ((c.id, f"{c.number} · {c.label} ({c.size})") for c in found))
        self._values(self.tr("Suggestion"), "confidence", CONFIDENCE.items())
        self._values(self.tr("Kind of text"), "kinds", ((k, k.capitalize()) for k in SegmentKind))
        self.menu.addSeparator()
        for name, (yes, no) in FLAGS.items():
            for value, words in ((True, yes), (False, no)):
                self._add(self.menu, self.tr(words), name, value)

    def _values(self, title: str, name: str, values: Iterable[tuple[Any, str]], into: QMenu | None = None) -> None:
        menu = (into or self.menu).addMenu(title)
        for value, words in values:
            self._add(menu, words if len(words) < 70 else f"{words[:66]} …", name, value)
        menu.setEnabled(not menu.isEmpty())

    def _add(self, menu: QMenu, words: str, name: str, value: Any) -> None:
        action = menu.addAction(words.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(is_on(self._session.where, name, value))
        action.triggered.connect(self._toggler(name, value))

    def _toggler(self, name: str, value: Any) -> Callable[[], None]:
        return lambda *_: self._session.show(toggled(self._session.where, name, value))
