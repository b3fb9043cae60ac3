"""A panel to find a code by typing a part of its name; no dialog, Escape puts it away."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from ogp_sensemaker.domain.folding import same_words, search_words
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.parts import column, label
from ogp_sensemaker.qt.recent_codes import spot
from ogp_sensemaker.qt.session import Session

MOST = 200


class FindCode(QFrame):
    """Lies over the window, in the middle near the top."""

    def __init__(self, session: Session, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("overlay")
        self._session, self._over = session, over
        self._then: Callable[[int], None] = lambda _: None
        self._but: frozenset[int] = frozenset()
        self._back: QWidget | None = None
        self._title = label("", "heading")
        self.box = QLineEdit()
        self.box.setPlaceholderText(self.tr("Part of a name, of its path, or its number"))
        self.box.setAccessibleName(self.tr("Find a code"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Codes that fit"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._hint = label(self.tr("Enter takes it, ↑ ↓ choose, Esc leaves"), "caption")
        layout = column(self, 3, 2)
        for widget in (self._title, self.box, self.list, self._hint):
            layout.addWidget(widget)
        self.box.textChanged.connect(self._fill)
        self.box.installEventFilter(self)
        self.list.itemClicked.connect(lambda _: self._take())
        over.installEventFilter(self)
        self.hide()

    def ask(self, title: str, then: Callable[[int], None], but: Iterable[int] = ()) -> None:
        """Let the person choose a code (none of `but`), then call `then` with it."""
        self._then, self._but = then, frozenset(but)
        self._back = self.window().focusWidget()
        self._title.setText(title)
        self.box.clear()
        self._fill()
        self._place()
        self.show()
        self.raise_()
        self.box.setFocus()

    def _fill(self) -> None:
        words = search_words(self.box.text())
        number = self.box.text().strip()
        found: list[tuple[tuple[bool, bool, int], int]] = []
        for id_, code in self._session.codes.items():
            path = self._session.path_of(id_)
            if id_ in self._but or not all(w in same_words(f"{path} {code.number}") for w in words):
                continue
            own = bool(words) and same_words(code.name).startswith(words[0])
            found.append(((code.number != number or not number, not own, len(found)), id_))
        self.list.clear()
        for _, id_ in sorted(found)[:MOST]:
            code = self._session.codes[id_]
            item = QListWidgetItem(QIcon(spot(self._session.colour_of(id_))), self._line(id_))
            item.setData(Qt.ItemDataRole.UserRole, id_)
            item.setToolTip(code.description or self._session.path_of(id_))
            item.setSizeHint(QSize(10, self.fontMetrics().height() + 2 * theme.unit()))
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _line(self, code_id: int) -> str:
        """Number and name, and behind them where it stands."""
        code = self._session.codes[code_id]
        above = self._session.codes.get(code.parent_id or 0)
        where = f"   ‹  {above.number} {above.name[:28]} …" if above is not None else ""
        return f"{code.number + '  ' if code.number else ''}{code.name}{where}"

    def _take(self) -> None:
        item = self.list.currentItem()
        self.leave()
        if item is not None:
            self._then(int(item.data(Qt.ItemDataRole.UserRole)))

    def leave(self) -> None:
        """Put it away; the keyboard goes back to where it was."""
        self.hide()
        if self._back is not None:
            self._back.setFocus()

    def _place(self) -> None:
        u = theme.unit()
        width = min(self._over.width() - 8 * u, 150 * u)
        height = min(self._over.height() - 16 * u, 105 * u)
        self.setGeometry((self._over.width() - width) // 2, 12 * u, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.box and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event.key())
        if watched is self.box and event.type() is QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        if watched is self._over and event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _key(self, key: int) -> bool:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}.get(
            Qt.Key(key), 0
        )
        if step:
            self.list.setCurrentRow(min(max(0, self.list.currentRow() + step), self.list.count() - 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            return False
        return True
