"""Small pieces that every panel is made of: labels, buttons, lines, margins."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ogp_sensemaker.qt import icons, theme
from ogp_sensemaker.qt.direction import isolated


def label(text: str = "", style: str = "", *, wrap: bool = False) -> QLabel:
    """A label in one of the styles of the sheet: title, heading, muted, caption, overline, notice, flag."""
    found = QLabel(text)
    found.setObjectName(style)
    found.setTextFormat(Qt.TextFormat.PlainText)
    found.setWordWrap(wrap)
    return found


def button(
    text: str, on: Callable[[], object] | None = None, *, style: str = "", tip: str = "", icon: str = "", name: str = ""
) -> QPushButton:
    """A push button; `style` is primary, danger, link or chip; `name` is read out where the text is no word."""
    found = QPushButton(text.replace("&", "&&"))
    found.setObjectName(style)
    found.setToolTip(tip)
    found.setAccessibleName(name or text.replace("&", ""))
    found.setAutoDefault(False)
    if icon:
        found.setProperty("icon_name", icon)
        found.setIcon(icons.icon(icon, accent=style == "link", on_accent=style == "primary"))
        found.setIconSize(QSize(theme.unit() * 4, theme.unit() * 4))
    if on is not None:
        found.clicked.connect(lambda _=False: on())
    return found


def line() -> QFrame:
    """A thin line."""
    found = QFrame()
    found.setObjectName("line")
    return found


def column(parent: QWidget | None = None, margin: int = 0, spacing: int = 2) -> QVBoxLayout:
    """Things below each other; margin and spacing in units of the theme."""
    layout = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    _space(layout, margin, spacing)
    return layout


def beside(parent: QWidget | None = None, margin: int = 0, spacing: int = 2) -> QHBoxLayout:
    """Things beside each other."""
    layout = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    _space(layout, margin, spacing)
    return layout


def _space(layout: QLayout, margin: int, spacing: int) -> None:
    u = theme.unit()
    layout.setContentsMargins(margin * u, margin * u, margin * u, margin * u)
    layout.setSpacing(spacing * u)


def scrolled(inside: QWidget) -> QScrollArea:
    """A widget that scrolls up and down."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def card(spacing: int = 2, style: str = "card") -> tuple[QFrame, QVBoxLayout]:
    """A framed box and its layout."""
    frame = QFrame()
    frame.setObjectName(style)
    return frame, column(frame, 3, spacing)


def page(title: str, hint: str = "") -> tuple[QWidget, QVBoxLayout]:
    """A place of the window: its widget and layout, under a title and a sentence on what it is for."""
    widget = QWidget()
    widget.setObjectName("page")
    layout = column(widget, 4, 3)
    layout.addWidget(label(title, "title"))
    if hint:
        layout.addWidget(label(hint, "muted", wrap=True))
    return widget, layout


def short(path: Path) -> str:
    """A path as people read it: ~ stands for their own folder."""
    home = Path.home()
    return str(Path("~") / path.relative_to(home)) if path.is_relative_to(home) else str(path)


class ElidedLabel(QLabel):
    """One line, cut where there is no more room; the whole of it is its tooltip."""

    def __init__(self, words: str = "", style: str = "") -> None:
        super().__init__()
        self.setObjectName(style)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._words = ""
        self.set_words(words)

    def set_words(self, words: str) -> None:
        """Show other words."""
        self._words = words
        self.setToolTip(words)
        self.setAccessibleName(words)
        self._cut(self.width())

    def _cut(self, width: int) -> None:
        self.setText(isolated(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, width)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut(event.size().width())


class ElidedButton(QPushButton):
    """A button that takes the room there is, its words cut to it; the whole of them is read out."""

    def __init__(self, words: str, style: str, on: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName(style)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setStyleSheet("QPushButton { text-align: left; }")
        self._words = words
        self.set_words(words)
        self.clicked.connect(lambda _=False: on())

    def set_words(self, words: str) -> None:
        """Other words."""
        self._words = words
        self.setAccessibleName(words)
        self._cut(self.width())

    def _cut(self, width: int) -> None:
        around = 8 if self.objectName() == "primary" else 4
        room = width - theme.unit() * (around if self.icon().isNull() else 10)
        cut = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(isolated(cut).replace("&", "&&"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._cut(event.size().width())
        super().resizeEvent(event)
