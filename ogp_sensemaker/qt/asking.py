"""A panel over the window that asks one thing: for a few words, or to choose from a list. Escape puts it away."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from ogp_sensemaker.domain.folding import same_words, search_words
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.direction import isolated
from ogp_sensemaker.qt.parts import column, label

MOST = 200
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}


class Asking(QFrame):
    """Lies over the window, in the middle near the top; Enter answers."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("overlay")
        self._over = over
        self._then: Callable[[Any], None] = lambda _: None
        self._lines: Sequence[tuple[Any, str]] | None = None
        self._back: QWidget | None = None
        self._title = label("", "heading", wrap=True)
        self.box = QLineEdit()
        self.list = QListWidget()
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._hint = label("", "caption", wrap=True)
        layout = column(self, 3, 2)
        for widget in (self._title, self.box, self.list, self._hint):
            layout.addWidget(widget)
        self.box.textChanged.connect(self._fill)
        self.box.installEventFilter(self)
        self.list.itemClicked.connect(lambda _: self._answer())
        over.installEventFilter(self)
        self.hide()

    def for_words(self, title: str, then: Callable[[str], None], text: str = "", hint: str = "") -> None:
        """Ask for words; `then` is given what was typed."""
        self._lines = None
        self._open(title, then, text, hint or self.tr("Enter keeps it, Esc leaves it as it is"))

    def to_choose(
        self, title: str, then: Callable[[Any], None], lines: Sequence[tuple[Any, str]], hint: str = ""
    ) -> None:
        """Ask to choose one of (key, words); `then` is given its key."""
        self._lines = lines
        self._open(title, then, "", hint or self.tr("Type a part of it; Enter takes it, ↑ ↓ choose, Esc leaves"))

    def _open(self, title: str, then: Callable[[Any], None], text: str, hint: str) -> None:
        self._then = then
        self._back = self.window().focusWidget()
        self._title.setText(title)
        self._hint.setText(hint)
        self.box.setAccessibleName(title)
        self.list.setAccessibleName(title)
        self.list.setVisible(self._lines is not None)
        self.box.setText(text)
        self._fill()
        self._place()
        self.show()
        self.raise_()
        self.box.setFocus()
        self.box.selectAll()

    def _fill(self) -> None:
        if self._lines is None:
            return
        words = search_words(self.box.text())
        self.list.clear()
        for key, line in self._lines:
            if self.list.count() < MOST and all(word in same_words(line) for word in words):
                item = QListWidgetItem(isolated(line))
                item.setData(Qt.ItemDataRole.UserRole, key)
                item.setToolTip(line)
                item.setSizeHint(QSize(10, self.fontMetrics().height() + 2 * theme.unit()))
                self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _answer(self) -> None:
        item = self.list.currentItem()
        chosen = item.data(Qt.ItemDataRole.UserRole) if self._lines is not None and item is not None else None
        text, found = self.box.text(), self._lines is None or item is not None
        self.leave()
        if found:
            self._then(text if self._lines is None else chosen)

    def leave(self) -> None:
        """Put it away; the keyboard goes back to where it was."""
        self.hide()
        if self._back is not None:
            self._back.setFocus()

    def _place(self) -> None:
        u = theme.unit()
        width = min(self._over.width() - 8 * u, 150 * u)
        self.setFixedWidth(width)
        height = 105 * u if self._lines is not None else self.heightForWidth(width) or self.sizeHint().height()
        self.setGeometry((self._over.width() - width) // 2, 12 * u, width, min(self._over.height() - 16 * u, height))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.box and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event.key())
        if watched is self.box and event.type() is QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        if watched is self._over and event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _key(self, key: int) -> bool:
        step = STEPS.get(Qt.Key(key), 0) if self._lines is not None else 0
        if step:
            self.list.setCurrentRow(min(max(0, self.list.currentRow() + step), self.list.count() - 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._answer()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            return False
        return True
