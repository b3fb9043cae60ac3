"""What nobody caught: write it to the log without participants' words, keep the file safe, offer a report."""

import sys
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QObject, QThread, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from ogp_sensemaker import bugs
from ogp_sensemaker.errors import SensemakerError
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.parts import beside, button, column, label


class Catcher(QObject):
    """Takes the place of Python's last resort while the window is open."""

    _caught = Signal(str)
    _sentence = Signal(str)

    def __init__(self, window: QWidget, say: object) -> None:
        super().__init__(window)
        self._panel = _Panel(window)
        self._caught.connect(self._panel.show_report)
        self._sentence.connect(say)
        self._before = sys.excepthook
        sys.excepthook = self.catch

    def catch(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Called by Python, from any thread."""
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        if isinstance(error, SensemakerError):
            self._sentence.emit(str(error))
            return
        text = bugs.report(kind, trace)
        bugs.log(text)
        if QThread.currentThread() is self.thread():
            self._panel.show_report(text)
        else:
            self._caught.emit(text)

    def release(self) -> None:
        """Give Python its own back."""
        sys.excepthook = self._before


class _Panel(QFrame):
    """Says what happened in plain words, with the report to copy."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("overlay")
        self._over = over
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setAccessibleName(self.tr("Report"))
        layout = column(self, 4, 3)
        layout.addWidget(label(self.tr("Something in the program went wrong"), "title"))
        layout.addWidget(
            label(
                self.tr(
                    "Your project is as it was before this step: what was half done has been taken back, and all your "
                    "earlier decisions are saved. You can go on working. This report says where in the program it "
                    "happened; it holds no word of any participant. Please send it to whoever looks after the program."
                ),
                "muted",
                wrap=True,
            )
        )
        layout.addWidget(self._text, 1)
        row = beside()
        row.addStretch(1)
        row.addWidget(button(self.tr("Copy the report"), self._copy))
        row.addWidget(button(self.tr("Go on working"), self.hide, style="primary"))
        layout.addLayout(row)
        self.hide()

    def show_report(self, text: str) -> None:
        """Show the panel in the middle of the window."""
        self._text.setPlainText(text)
        u = theme.unit()
        width, height = min(self._over.width() - 8 * u, 170 * u), min(self._over.height() - 8 * u, 100 * u)
        self.setGeometry((self._over.width() - width) // 2, (self._over.height() - height) // 2, width, height)
        self.show()
        self.raise_()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
