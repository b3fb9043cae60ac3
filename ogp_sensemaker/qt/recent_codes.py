"""Nine codes under the keys 1 to 9, and the codes that have a key of their own."""

from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QGridLayout, QWidget

from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.deciding import Decisions
from ogp_sensemaker.qt.parts import ElidedButton, clear
from ogp_sensemaker.qt.session import Session

COLUMNS = 2


class RecentCodes(QWidget):
    """A chip for each, with its key; a click does what the key does."""

    def __init__(self, session: Session, decisions: Decisions) -> None:
        super().__init__()
        self._session, self._decisions = session, decisions
        self._on: set[int] = set()
        self._shown: object = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.unit())
        decisions.recent_changed.connect(self.refresh)

    def mark(self, codes: set[int]) -> None:
        """Show which of them the comment being read has."""
        self._on = codes
        self.refresh()

    def refresh(self) -> None:
        """One chip for each code."""
        codes = self._session.codes
        keys = {str(n): id_ for n, id_ in sorted(self._decisions.recent.items()) if id_ in codes}
        keys |= {code.key.upper(): id_ for id_, code in codes.items() if code.key and not code.key.isdigit()}
        shown = [
            (key, id_, codes[id_], id_ in self._on, self._session.colour_of(id_).name()) for key, id_ in keys.items()
        ]
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._grid)
        for place, (key, id_, code, on, _) in enumerate(shown):
            chip = ElidedButton(f"{key}  {code.name}", "chip", partial(self._decisions.apply, id_))
            chip.setIcon(QIcon(spot(self._session.colour_of(id_))))
            chip.setMinimumWidth(theme.unit() * 24)
            chip.setProperty("on", on)
            chip.setToolTip(self.tr("{0} (key {1}); once more takes it off").format(self._session.path_of(id_), key))
            self._grid.addWidget(chip, place // COLUMNS, place % COLUMNS)


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
