"""A box for an analyst's own words: it grows with them, and keeps them when it is left."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit

from ogp_sensemaker.qt import theme

MOST_LINES = 12  # then it scrolls


class Field(QPlainTextEdit):
    """Saved on leaving it or with Ctrl+Return; Escape puts back what was there. Nothing typed is lost."""

    saved = Signal(object, str)  # the key it was typed for, the words
    left = Signal()  # the keyboard may go back to where it came from

    def __init__(self, name: str, hint: str, lines: int = 1) -> None:
        super().__init__()
        self._lines = lines
        self._key: object = None
        self._kept = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setToolTip(f"{name}\n{hint}")
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._grow)
        self._grow()

    def show_text(self, key: object, words: str) -> None:
        """Other words, or those of another thing; what was typed for the one before is saved first."""
        if key == self._key and (words == self._kept or self.is_changed()):
            return
        self.keep()
        self._key, self._kept = key, words
        self.setPlainText(words)

    def is_changed(self) -> bool:
        """Whether something is typed that is not kept yet."""
        return self._key is not None and self.words() != self._kept.strip()

    def words(self) -> str:
        """What is typed, without blanks around it."""
        return self.toPlainText().strip()

    def keep(self) -> None:
        """Save what is typed, if it is new."""
        if self.is_changed():
            self._kept = self.words()
            self.saved.emit(self._key, self._kept)

    def take(self, words: str) -> None:
        """These words are kept already: leaving the box does not save them again."""
        self._kept = words.strip()

    def forget(self) -> None:
        """What is typed belongs to nothing any more."""
        self._key, self._kept = None, ""
        self.clear()

    def put_back(self) -> None:
        """Forget what is typed and not kept."""
        if self.is_changed():
            self.setPlainText(self._kept)

    def _grow(self) -> None:
        lines = min(max(self._lines, round(self.document().size().height())), MOST_LINES)
        scrolls = self.document().size().height() > MOST_LINES
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        around = 2 * round(self.document().documentMargin()) + 2 * theme.unit() + 4
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + around)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.keep()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.keep()
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.put_back()
            self.left.emit()
        else:
            super().keyPressEvent(event)
