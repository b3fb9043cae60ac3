"""The box in which somebody writes English."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextOption
from PySide6.QtWidgets import QPlainTextEdit

_NOT_LEAVING = frozenset(
    {
        Qt.FocusReason.ActiveWindowFocusReason,
        Qt.FocusReason.PopupFocusReason,
        Qt.FocusReason.MenuBarFocusReason,
    }
)


class EnglishBox(QPlainTextEdit):
    """What is typed is kept when the box is left; Esc takes it back instead."""

    left = Signal()
    given_up = Signal()
    offer_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("English"))
        self.setTabChangesFocus(True)
        # English runs from left to right, also where the window does not.
        option = QTextOption(self.document().defaultTextOption())
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        option.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        self.document().setDefaultTextOption(option)
        self._kept = ""

    def show_text(self, text: str) -> None:
        """Show what is kept."""
        self._kept = text
        if self.toPlainText() != text:
            self.setPlainText(text)

    @property
    def changed(self) -> bool:
        """Whether something else is written in it than what is kept."""
        return self.toPlainText().strip() != self._kept.strip()

    def give_up(self) -> None:
        """Back to what is kept."""
        self.setPlainText(self._kept)

    def put(self, text: str, whole: bool) -> None:
        """Put an offer in: in place of everything, or of what is selected."""
        cursor = self.textCursor()
        if whole:
            cursor.select(cursor.SelectionType.Document)
        elif not cursor.hasSelection():
            before = self.toPlainText()[: cursor.position()]
            text = f" {text}" if before and not before[-1].isspace() else text
        cursor.insertText(text)
        self.setTextCursor(cursor)
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9:
            self.offer_wanted.emit(event.key() - Qt.Key.Key_0)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _NOT_LEAVING:
            self.left.emit()
