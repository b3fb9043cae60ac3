"""The codings of the comment being read, one line each: code, stance, words, who."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QToolButton, QWidget

from ogp_sensemaker.domain.coding import Coding, Stance
from ogp_sensemaker.qt import icons, theme
from ogp_sensemaker.qt.parts import ElidedLabel, beside, clear, column, label

KEYS = {Stance.SUPPORT: "S", Stance.OPPOSE: "O", Stance.MIXED: "M", Stance.NEUTRAL: "N"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A coding with what a line of the list needs to know about it."""

    coding: Coding
    name: str
    path: str
    colour: QColor
    words: str = ""  # of a span
    mine: bool = True


class Dot(QWidget):
    """A spot of a code's colour."""

    def __init__(self, colour: QColor) -> None:
        super().__init__()
        self._colour = colour
        size = theme.unit() * 3
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        painter.drawEllipse(self.rect().adjusted(1, 1, -1, -1))


class CodingLine(QFrame):
    """One coding; its signs set the stance, a click makes it the one that the stance keys are about."""

    stance_wanted = Signal(int, object)  # code, Stance
    chosen = Signal(int)  # code
    removed = Signal(int)  # coding

    def __init__(self, shown: Shown) -> None:
        super().__init__()
        self._code = shown.coding.code_id
        layout = column(self, 0, 0)
        row = beside(None, 0, 1)
        row.addWidget(Dot(shown.colour))
        name = ElidedLabel(shown.name)
        name.setToolTip(shown.path)
        row.addWidget(name, 1)
        if shown.coding.concern:
            row.addWidget(label(self.tr("concern"), "flag"))
        layout.addLayout(row)
        if shown.words:
            layout.addWidget(self._indented(ElidedLabel(f"“{shown.words}”", "caption")))
        if shown.mine:
            row.addWidget(self._remover(shown))
            layout.addWidget(self._indented(self._stances(shown)))
        else:
            words = f"{theme.STANCE_SIGNS[shown.coding.stance]} {shown.coding.stance}" if shown.coding.stance else ""
            row.addWidget(label(" · ".join(w for w in (words, shown.coding.coder) if w), "caption"))

    def _indented(self, widget: QWidget) -> QWidget:
        box = QWidget()
        row = beside(box, 0, 0)
        row.addSpacing(theme.unit() * 4)
        row.addWidget(widget, 1)
        return box

    def _stances(self, shown: Shown) -> QWidget:
        box = QWidget()
        row = beside(box, 0, 1)
        for stance, sign in theme.STANCE_SIGNS.items():
            tool = QToolButton()
            tool.setText(f"{sign} {stance}")
            tool.setCheckable(True)
            on = shown.coding.stance == stance
            tool.setChecked(on)
            tool.setToolTip(f"{stance.capitalize()} ({KEYS[Stance(stance)]})")
            tool.setAccessibleName(f"{stance.capitalize()}: {shown.name}")
            colour = theme.stance_colour(stance).name() if on else theme.current().muted
            size = theme.small()
            tool.setStyleSheet(f"QToolButton {{ color: {colour}; padding: 0 {theme.unit()}px; font-size: {size}px; }}")
            tool.clicked.connect(lambda _=False, s=stance: self.stance_wanted.emit(self._code, Stance(s)))
            row.addWidget(tool)
        row.addStretch(1)
        return box

    def _remover(self, shown: Shown) -> QToolButton:
        gone = QToolButton()
        gone.setIcon(icons.icon("close"))
        gone.setToolTip(self.tr("Take this code off"))
        gone.setAccessibleName(self.tr("Take off: {0}").format(shown.name))
        gone.clicked.connect(lambda _=False: self.removed.emit(shown.coding.id))
        return gone

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(self._code)
        super().mousePressEvent(event)


class CodingList(QWidget):
    """All codings of one comment, those of the person at work first."""

    stance_wanted = Signal(int, object)
    chosen = Signal(int)
    removed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._layout = column(self, 0, 1)

    def show_codings(self, shown: Sequence[Shown]) -> None:
        """One line each; a sentence where there are none."""
        clear(self._layout)
        for one in sorted(shown, key=lambda s: not s.mine):
            line = CodingLine(one)
            line.stance_wanted.connect(self.stance_wanted)
            line.chosen.connect(self.chosen)
            line.removed.connect(self.removed)
            self._layout.addWidget(line)
        if not shown:
            self._layout.addWidget(
                label(self.tr("Not coded yet. F finds a code, the numbers apply recent ones."), "caption", wrap=True)
            )
