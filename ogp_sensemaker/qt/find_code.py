"""A panel to find a code by typing a part of its name."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QListWidgetItem, QWidget

from ogp_sensemaker.domain.folding import same_words, search_words
from ogp_sensemaker.qt.panel import MOST, Panel
from ogp_sensemaker.qt.recent_codes import spot
from ogp_sensemaker.qt.session import Session


class FindCode(Panel):
    """Enter takes the code."""

    def __init__(self, session: Session, over: QWidget) -> None:
        super().__init__(over)
        self._session = session
        self._then: Callable[[int], None] = lambda _: None
        self._but: frozenset[int] = frozenset()
        self.box.setPlaceholderText(self.tr("Part of a name, of its path, or its number"))
        self.box.setAccessibleName(self.tr("Find a code"))
        self.list.setAccessibleName(self.tr("Codes that fit"))
        self._hint.setText(self.tr("Enter takes it, ↑ ↓ choose, Esc leaves"))

    def ask(self, title: str, then: Callable[[int], None], but: Iterable[int] = ()) -> None:
        """Let the person choose a code (none of `but`), then call `then` with it."""
        self._then, self._but = then, frozenset(but)
        self._open(title)

    def _fill(self) -> None:
        words = search_words(self.box.text())
        number = self.box.text().strip()
        found: list[tuple[tuple[bool, bool, int], int]] = []
        for id_, code in self._session.codes.items():
            path = self._session.path_of(id_)
            if id_ in self._but or not all(w in same_words(f"{path} {code.number}") for w in words):
                continue
            own = bool(words) and same_words(code.name).startswith(words[0])
            found.append(((code.number != number or not number, not own, len(found)), id_))
        self.list.clear()
        for _, id_ in sorted(found)[:MOST]:
            code = self._session.codes[id_]
            item = QListWidgetItem(QIcon(spot(self._session.colour_of(id_))), self._line(id_))
            self._add(item, id_, code.description or self._session.path_of(id_))
        self.list.setCurrentRow(0)

    def _line(self, code_id: int) -> str:
        """Number and name, and behind them where it stands."""
        code = self._session.codes[code_id]
        above = self._session.codes.get(code.parent_id or 0)
        where = f"   ‹  {above.number} {above.name[:28]} …" if above is not None else ""
        return f"{code.number + '  ' if code.number else ''}{code.name}{where}"

    def _take(self) -> None:
        item = self.list.currentItem()
        self.leave()
        if item is not None:
            self._then(int(item.data(Qt.ItemDataRole.UserRole)))
