"""A panel that asks one thing: for a few words, or to choose from a list."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem, QWidget

from ogp_sensemaker.domain.folding import same_words, search_words
from ogp_sensemaker.qt.direction import isolated
from ogp_sensemaker.qt.panel import MOST, Panel


class Asking(Panel):
    """Enter answers."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._then: Callable[[Any], None] = lambda _: None
        self._lines: Sequence[tuple[Any, str]] | None = None

    def for_words(self, title: str, then: Callable[[str], None], text: str = "", hint: str = "") -> None:
        """Ask for words; `then` is given what was typed."""
        self._lines = None
        self._ask(title, then, text, hint or self.tr("Enter keeps it, Esc leaves it as it is"))

    def to_choose(
        self, title: str, then: Callable[[Any], None], lines: Sequence[tuple[Any, str]], hint: str = ""
    ) -> None:
        """Ask to choose one of (key, words); `then` is given its key."""
        self._lines = lines
        self._ask(title, then, "", hint or self.tr("Type a part of it; Enter takes it, ↑ ↓ choose, Esc leaves"))

    def _ask(self, title: str, then: Callable[[Any], None], text: str, hint: str) -> None:
        self._then = then
        self._hint.setText(hint)
        self.box.setAccessibleName(title)
        self.list.setAccessibleName(title)
        self.list.setVisible(self._lines is not None)
        self._open(title, text)

    def _fill(self) -> None:
        if self._lines is None:
            return
        words = search_words(self.box.text())
        self.list.clear()
        for key, line in self._lines:
            if self.list.count() < MOST and all(word in same_words(line) for word in words):
                self._add(QListWidgetItem(isolated(line)), key, line)
        self.list.setCurrentRow(0)

    def _take(self) -> None:
        item = self.list.currentItem()
        chosen = item.data(Qt.ItemDataRole.UserRole) if self._lines is not None and item is not None else None
        text, found = self.box.text(), self._lines is None or item is not None
        self.leave()
        if found:
            self._then(text if self._lines is None else chosen)

    def _height(self, width: int) -> int:
        if self._lines is not None:
            return super()._height(width)
        return self.heightForWidth(width) or self.sizeHint().height()
