"""Nine codes under the keys 1 to 9, and the codes that have a key of their own."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.deciding import Decisions
from ogp_sensemaker.qt.flow import flow_widget
from ogp_sensemaker.qt.parts import button, column
from ogp_sensemaker.qt.session import Session

LONGEST = 30


class RecentCodes(QWidget):
    """A chip for each, with its key; a click does what the key does."""

    def __init__(self, session: Session, decisions: Decisions) -> None:
        super().__init__()
        self._session, self._decisions = session, decisions
        self._on: set[int] = set()
        self._shown: object = None
        self._box, self._flow = flow_widget(theme.unit())
        layout = column(self)
        layout.addWidget(self._box)
        decisions.recent_changed.connect(self.refresh)

    def mark(self, codes: set[int]) -> None:
        """Show which of them the comment being read has."""
        self._on = codes
        self.refresh()

    def refresh(self) -> None:
        """One chip for each code."""
        keys = {str(n): id_ for n, id_ in enumerate(self._decisions.recent, 1)}
        keys |= {code.key.upper(): id_ for id_, code in self._session.codes.items() if code.key}
        shown = [(key, id_, self._session.codes[id_], id_ in self._on) for key, id_ in keys.items()]
        if shown == self._shown:
            return
        self._shown = shown
        self._flow.clear()
        for key, id_, code, on in shown:
            name = code.name if len(code.name) <= LONGEST else f"{code.name[: LONGEST - 2]} …"
            chip = button(f"{key}  {name}", lambda i=id_: self._decisions.apply(i), style="chip", name=code.name)
            chip.setToolTip(self.tr("{0} (key {1}); once more takes it off").format(self._session.path_of(id_), key))
            chip.setIcon(QIcon(spot(self._session.colour_of(id_))))
            chip.setProperty("on", on)
            self._flow.addWidget(chip)


def spot(colour: QColor, size: int = 10) -> QPixmap:
    """A spot of colour as a picture."""
    pixmap = QPixmap(size * 2, size * 2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QRectF(1, 1, size * 2 - 2, size * 2 - 2))
    painter.end()
    pixmap.setDevicePixelRatio(2)
    return pixmap
