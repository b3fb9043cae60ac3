"""A panel to write an issue (or to name a theme): over the window, no dialog; Escape puts it away."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.parts import beside, button, column, label
from ogp_sensemaker.qt.session import Session

Made = Callable[[str, Mapping[str, str]], None]  # the name, and the texts of the issue


class IssueForm(QFrame):
    """What is typed stays until it is written to the file, also when the panel is put away meanwhile."""

    def __init__(self, session: Session, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("overlay")
        self._over = over
        self._then: Made = lambda *_: None
        self._about: object = None
        self._back: QWidget | None = None
        self._title = label("", "heading")
        self._note = label("", "muted", wrap=True)
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name"))
        self.name.setPlaceholderText(self.tr("A short name, as it stands in lists"))
        self.statement = self._box(
            self.tr("Statement"), self.tr("What one can be for or against, in one sentence; may stay empty")
        )
        self.side_for = self._box(self.tr("The side for it"), self.tr("How those who are for it would put it"))
        self.side_against = self._box(
            self.tr("The side against it"), self.tr("How those who are against it would put it")
        )
        self._texts = QWidget()
        under = column(self._texts, 0, 2)
        under.addLayout(_titled(self.tr("STATEMENT"), self.statement))
        row = beside(None, 0, 2)
        row.addLayout(_titled(self.tr("THE SIDE FOR IT"), self.side_for))
        row.addLayout(_titled(self.tr("THE SIDE AGAINST IT"), self.side_against))
        under.addLayout(row)
        self._save = button(self.tr("Write it"), self.save, style="primary", tip=self.tr("Ctrl+Return"))
        layout = column(self, 4, 2)
        layout.addWidget(self._title)
        layout.addWidget(self._note)
        layout.addLayout(_titled(self.tr("NAME"), self.name))
        layout.addWidget(self._texts)
        last = beside()
        last.addWidget(label(self.tr("Ctrl+Enter writes it, Tab goes on, Esc leaves"), "caption"), 1)
        last.addWidget(button(self.tr("Leave"), self.leave, tip="Esc"))
        last.addWidget(self._save)
        layout.addLayout(last)
        self.name.textChanged.connect(lambda _: self._save.setEnabled(bool(self.name.text().strip())))
        self.name.returnPressed.connect(self._on_return)
        for box in (self.name, self.statement, self.side_for, self.side_against):
            box.installEventFilter(self)
        over.installEventFilter(self)
        session.closed.connect(self.hide)
        self.hide()

    def _box(self, name: str, hint: str) -> QPlainTextEdit:
        found = QPlainTextEdit()
        found.setAccessibleName(name)
        found.setPlaceholderText(hint)
        found.setTabChangesFocus(True)
        found.setFixedHeight(theme.unit() * 18)
        return found

    def ask(
        self, title: str, note: str, then: Made, *, name: str = "", about: object = None, texts: bool = True
    ) -> None:
        """Let the person write; `about` tells one subject from another, so that a draft of the same stays."""
        if about is None or about != self._about or not self.name.text():
            self._empty(name)
        self._about, self._then = about, then
        self._title.setText(title)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._texts.setVisible(texts)
        self._back = self.window().focusWidget()
        self._save.setEnabled(bool(self.name.text().strip()))
        self._place()
        self.show()
        self.raise_()
        self.name.setFocus()
        self.name.selectAll()

    def _empty(self, name: str = "") -> None:
        self.name.setText(name)
        for box in (self.statement, self.side_for, self.side_against):
            box.clear()

    def save(self) -> None:
        """Hand over what is written; the panel goes when the file has it."""
        if self.name.text().strip():
            texts = {
                "statement": self.statement.toPlainText().strip(),
                "side_for": self.side_for.toPlainText().strip(),
                "side_against": self.side_against.toPlainText().strip(),
            }
            self._then(self.name.text().strip(), texts)

    def done(self) -> None:
        """The file has it."""
        self._empty()
        self.leave()

    def leave(self) -> None:
        """Put it away; the keyboard goes back to where it was."""
        self.hide()
        if self._back is not None:
            self._back.setFocus()

    def _on_return(self) -> None:
        if self._texts.isVisible():
            self.statement.setFocus()
        else:
            self.save()

    def _place(self) -> None:
        u = theme.unit()
        width = min(self._over.width() - 8 * u, 170 * u)
        self.setFixedWidth(width)
        self.adjustSize()
        self.move((self._over.width() - width) // 2, 16 * u)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is not self._over:
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
                self.save()
                return True
        if watched is self._over and event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)


def _titled(title: str, box: QWidget) -> QVBoxLayout:
    layout = column(None, 0, 1)
    layout.addWidget(label(title, "overline"))
    layout.addWidget(box)
    return layout
