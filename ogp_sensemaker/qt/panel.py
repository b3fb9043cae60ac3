"""A panel over the window: a title, a box to type in, a list to choose from. No dialog; Escape puts it away."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.parts import column, label

MOST = 200  # lines
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}


class Panel(QFrame):
    """Lies over the window, in the middle near the top. Its kinds say what fills the list and what Enter does."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("overlay")
        self._over = over
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
        self.list.itemClicked.connect(lambda _: self._take())
        over.installEventFilter(self)
        self.hide()

    def _fill(self) -> None:
        """List what fits the words in the box."""

    def _take(self) -> None:
        """Answer with what is chosen."""

    def _open(self, title: str, text: str = "") -> None:
        """Ask; the keyboard comes back to where it is now."""
        self._back = self.window().focusWidget()
        self._title.setText(title)
        self.box.setText(text)
        self._fill()
        self._place()
        self.show()
        self.raise_()
        self.box.setFocus()
        self.box.selectAll()

    def _add(self, item: QListWidgetItem, key: object, tip: str = "") -> None:
        """One more line, with the key that it stands for."""
        item.setData(Qt.ItemDataRole.UserRole, key)
        item.setToolTip(tip)
        item.setSizeHint(QSize(10, self.fontMetrics().height() + 2 * theme.unit()))
        self.list.addItem(item)

    def leave(self) -> None:
        """Put it away; the keyboard goes back to where it was."""
        self.hide()
        if self._back is not None:
            self._back.setFocus()

    def _height(self, width: int) -> int:
        return 105 * theme.unit()

    def _place(self) -> None:
        u = theme.unit()
        width = min(self._over.width() - 8 * u, 150 * u)
        self.setFixedWidth(width)
        height = min(self._over.height() - 16 * u, self._height(width))
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
        step = STEPS.get(Qt.Key(key), 0) if not self.list.isHidden() else 0
        if step:
            self.list.setCurrentRow(min(max(0, self.list.currentRow() + step), self.list.count() - 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            return False
        return True
