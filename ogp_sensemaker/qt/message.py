"""A sentence about what could not be done, over the window, until it is put away."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QWidget

from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.parts import beside, button, label

STAYS_MS = 12_000


class Message(QFrame):
    """At the bottom of the window; it takes no focus, so nobody's typing is disturbed."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("ask")
        self._over = over
        self.words = label("", "", wrap=True)
        layout = beside(self, 3, 3)
        layout.addWidget(self.words, 1)
        layout.addWidget(button(self.tr("All right"), self.hide))
        self._timer = QTimer(self, interval=STAYS_MS, singleShot=True)
        self._timer.timeout.connect(self.hide)
        over.installEventFilter(self)
        self.hide()

    def show_sentence(self, sentence: str) -> None:
        """Show it for a while."""
        self.words.setText(sentence)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def _place(self) -> None:
        u = theme.unit()
        width = min(self._over.width() - 8 * u, 190 * u)
        self.setFixedWidth(width)
        self.adjustSize()
        self.move((self._over.width() - width) // 2, self._over.height() - self.height() - 12 * u)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
