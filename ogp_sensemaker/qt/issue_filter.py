"""Whose words on an issue are shown: chips for channel, language and group."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.direction import language_name
from ogp_sensemaker.qt.filter_words import is_on, toggled
from ogp_sensemaker.qt.flow import flow_widget
from ogp_sensemaker.qt.parts import button, column
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store import derived, sources

MOST_VALUES = 40  # of one attribute; more are no groups


class IssueFilter(QWidget):
    """A button with a menu, and a chip for everything that is asked for; narrows quotations, never the figures."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.where = SegmentFilter()
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill)
        box, self._flow = flow_widget(theme.unit())
        column(self).addWidget(box)
        session.opened.connect(lambda: self.show_filter(SegmentFilter()))
        self._draw()

    def show_filter(self, where: SegmentFilter) -> None:
        """Ask for other words."""
        if where != self.where:
            self.where = where
            self._draw()
            self.changed.emit()

    def open_menu(self) -> None:
        """The menu, at the button."""
        self.menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def _draw(self) -> None:
        self._flow.clear()
        self.add = button(
            self.tr("Whose words"), self.open_menu, icon="filter",
            tip=self.tr("Show the words of one channel, language or group only (L)"),
        )  # fmt: skip
        self._flow.addWidget(self.add)
        self.add.show()
        where = self.where
        asked = [("channels", c, c) for c in where.channels]
        asked += [("languages", language, language_name(language)) for language in where.languages]
        for name, value, words in asked:
            self._chip(words, toggled(where, name, value))
        for pair in where.attributes:
            self._chip(f"{pair[0].replace('_', ' ')}: {pair[1]}", toggled(where, "attributes", pair))

    def _chip(self, words: str, without: SegmentFilter) -> None:
        tip = self.tr("Take this out of the filter")
        chip = button(f"{words}  ×", lambda: self.show_filter(without), style="chip", tip=tip, name=words)
        chip.setProperty("on", True)
        self._flow.addWidget(chip)
        chip.show()

    def _fill(self) -> None:
        """What the project has: channels, languages, and the attributes that group people."""
        project = self._session.project
        self.menu.clear()
        channels = list(dict.fromkeys(s.channel for s in sources.sources(project) if s.channel))
        languages = sorted(derived.language_counts(project))
        menus: list[tuple[str, str, list[tuple[object, str]]]] = [
            (self.tr("Channel"), "channels", [(c, c) for c in channels]),
            (self.tr("Language"), "languages", [(code, language_name(code)) for code in languages]),
        ]
        for attribute, found in sources.attribute_values(project).items():
            if 1 < len(found) <= MOST_VALUES:
                pairs: list[tuple[object, str]] = [((attribute, value), value) for value in found]
                menus.append((attribute.replace("_", " ").capitalize(), "attributes", pairs))
        for title, name, values in menus:
            inside = self.menu.addMenu(title.replace("&", "&&"))
            for value, words in values:
                action = inside.addAction(words.replace("&", "&&"))
                action.setCheckable(True)
                action.setChecked(is_on(self.where, name, value))
                wanted = toggled(self.where, name, value)
                action.triggered.connect(lambda _=False, w=wanted: self.show_filter(w))
        if self.where != SegmentFilter():
            self.menu.addSeparator()
            self.menu.addAction(self.tr("Everybody's words"), lambda: self.show_filter(SegmentFilter()))
