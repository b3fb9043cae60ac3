"""The codings of the comment being read, one line each: code, stance, words, who."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QWidget

from ogp_sensemaker.domain.coding import Coding, Stance
from ogp_sensemaker.qt import icons, theme
from ogp_sensemaker.qt.parts import beside, clear, column, label

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
        layout = column(self, 0, 1)
        row = beside(None, 0, 1)
        row.addWidget(Dot(shown.colour))
        name = label(shown.name, "", wrap=True)
        name.setToolTip(shown.path)
        name.setMinimumWidth(60)
        name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(name, 1)
        if shown.coding.concern:
            row.addWidget(label(self.tr("concern"), "flag"))
        if shown.mine:
            self._controls(row, shown)
        else:
            words = f"{theme.STANCE_SIGNS[shown.coding.stance]} {shown.coding.stance}" if shown.coding.stance else ""
            row.addWidget(label(" · ".join(w for w in (words, shown.coding.coder) if w), "caption"))
        layout.addLayout(row)
        if shown.words:
            quoted = label(f"“{shown.words}”", "caption", wrap=True)
            quoted.setContentsMargins(theme.unit() * 4, 0, theme.unit() * 4, 0)
            layout.addWidget(quoted)

    def _controls(self, row: object, shown: Shown) -> None:
        for stance, sign in theme.STANCE_SIGNS.items():
            tool = QToolButton()
            tool.setText(sign)
            tool.setCheckable(True)
            tool.setChecked(shown.coding.stance == stance)
            tool.setToolTip(f"{stance.capitalize()} ({KEYS[Stance(stance)]})")
            tool.setAccessibleName(f"{stance.capitalize()}: {shown.name}")
            on = shown.coding.stance == stance
            colour = theme.stance_colour(stance).name() if on else theme.current().faint
            tool.setStyleSheet(f"QToolButton {{ color: {colour}; padding: 1px {theme.unit()}px; }}")
            tool.clicked.connect(lambda _=False, s=stance: self.stance_wanted.emit(self._code, Stance(s)))
            row.addWidget(tool)  # type: ignore[attr-defined]
        gone = QToolButton()
        gone.setIcon(icons.icon("close"))
        gone.setToolTip(self.tr("Take this code off"))
        gone.setAccessibleName(self.tr("Take off: {0}").format(shown.name))
        gone.clicked.connect(lambda _=False: self.removed.emit(shown.coding.id))
        row.addWidget(gone)  # type: ignore[attr-defined]

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
