"""What was said before and after the comment being read, in its notes or its thread."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from ogp_sensemaker.domain.source import Segment
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.direction import runs_right_to_left
from ogp_sensemaker.qt.parts import button, clear, column, label
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store import segments

AROUND = 3


class _Line(QLabel):
    """One remark of the surroundings; a click reads it."""

    def __init__(self, session: Session, segment: Segment, here: bool) -> None:
        super().__init__(f"{segment.case + ': ' if segment.case else ''}{segment.reading}")
        self._session, self._id = session, segment.id
        look = theme.current()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if runs_right_to_left(segment.reading, "en" if segment.english else segment.language):
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        edge = look.accent if here else look.line
        ink = look.ink if here else look.muted
        indent = theme.unit() * (5 if segment.parent_id else 2)
        self.setStyleSheet(f"border-left: 3px solid {edge}; padding-left: {indent}px; color: {ink};")
        self.setToolTip(f"#{segment.id}  {segment.locator}")
        if not here:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: object) -> None:
        self._session.set_current(self._id)


class ContextList(QWidget):
    """Closed until asked for: one key (C) or a click."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._segment: Segment | None = None
        self.toggle: QPushButton = button(
            "", self.switch, style="link", tip=self.tr("What was said before and after (C)")
        )
        self._box = QWidget()
        self._inside = column(self._box, 0, 2)
        layout = column(self, 0, 1)
        layout.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(self._box)
        self._open = False
        self._title()

    @property
    def is_open(self) -> bool:
        """Whether the surroundings are shown."""
        return self._open

    def switch(self) -> None:
        """Show or hide the surroundings."""
        self._open = not self._open
        self._title()
        self._fill()

    def show_around(self, segment: Segment) -> None:
        """The surroundings of another segment."""
        self._segment = segment
        self._fill()

    def _title(self) -> None:
        sign = "▾" if self._open else "▸"
        self.toggle.setText(f"{sign} " + self.tr("Before and after it in its source (C)"))

    def _fill(self) -> None:
        clear(self._inside)
        self._box.setVisible(self._open)
        if not self._open or self._segment is None:
            return
        heading = None
        for segment in segments.context(self._session.project, self._segment.id, AROUND):
            if segment.heading and segment.heading != heading:
                self._inside.addWidget(label(segment.heading, "overline", wrap=True))
            heading = segment.heading
            self._inside.addWidget(_Line(self._session, segment, segment.id == self._segment.id))
