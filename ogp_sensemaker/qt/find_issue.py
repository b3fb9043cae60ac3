"""A panel to attach comments to an issue, for it or against it: type a part of its name, choose a side."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QListWidgetItem, QPushButton, QWidget

from ogp_sensemaker.domain.codebook import CodeKind
from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.domain.folding import same_words, search_words
from ogp_sensemaker.qt.direction import isolated
from ogp_sensemaker.qt.find_code import FindCode
from ogp_sensemaker.qt.panel import MOST
from ogp_sensemaker.qt.parts import beside, button
from ogp_sensemaker.qt.recent_codes import spot
from ogp_sensemaker.qt.session import Session

ORDER = (CodeKind.ISSUE, CodeKind.PROPOSAL, CodeKind.THEME, CodeKind.DIRECTION)
Attached = Callable[[int | str, Stance | None], None]  # an issue, or the name of a new one; the side


class FindIssue(FindCode):
    """Enter attaches for, Shift+Enter against, Ctrl+Enter without a side; the last line writes a new issue."""

    def __init__(self, session: Session, over: QWidget) -> None:
        super().__init__(session, over)
        self._attached: Attached = lambda *_: None
        self.setAccessibleName(self.tr("Attach to an issue"))
        self.box.setPlaceholderText(self.tr("Part of an issue's name, or the name of a new one"))
        self.box.setAccessibleName(self.tr("Find an issue"))
        self.list.setAccessibleName(self.tr("Issues that fit"))
        self._hint.setText(self.tr("↑ ↓ choose, Esc leaves"))
        self.sides: dict[Stance | None, QPushButton] = {}
        row = beside()
        row.addWidget(self._hint, 1)
        for words, stance in (
            (self.tr("For (Enter)"), Stance.SUPPORT),
            (self.tr("Against (Shift+Enter)"), Stance.OPPOSE),
            (self.tr("No side (Ctrl+Enter)"), None),
        ):
            style = "primary" if stance is Stance.SUPPORT else ""
            chosen = button(words, partial(self._attach, stance), style=style)
            chosen.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(chosen)
            self.sides[stance] = chosen
        self.list.itemClicked.disconnect()  # a click chooses, a button attaches
        layout = self.layout()
        assert isinstance(layout, QBoxLayout)
        layout.addLayout(row)

    def ask_issue(self, title: str, then: Attached) -> None:
        """Let the person choose an issue and a side."""
        self._attached = then
        self.ask(title, lambda _: None)

    def _fill(self) -> None:
        typed = self.box.text().strip()
        words = search_words(typed)
        found = []
        for place, (id_, code) in enumerate(self._session.codes.items()):
            path = same_words(f"{self._session.path_of(id_)} {code.number}")
            if all(word in path for word in words):
                found.append(
                    ((ORDER.index(code.kind), not same_words(code.name).startswith(same_words(typed)), place), id_)
                )
        self.list.clear()
        for _, id_ in sorted(found)[:MOST]:
            item = QListWidgetItem(QIcon(spot(self._session.colour_of(id_))), isolated(self._line(id_)))
            self._add(item, id_, self._session.path_of(id_))
        if typed:
            item = QListWidgetItem(isolated(self.tr("New issue: “{0}”").format(typed)))
            self._add(item, typed)
        self.list.setCurrentRow(0)

    def _take(self) -> None:
        self._attach(Stance.SUPPORT)

    def _attach(self, stance: Stance | None) -> None:
        item = self.list.currentItem()
        self.leave()
        if item is not None:
            self._attached(item.data(Qt.ItemDataRole.UserRole), stance)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.box and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            sides = {Qt.KeyboardModifier.ShiftModifier: Stance.OPPOSE, Qt.KeyboardModifier.ControlModifier: None}
            plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain in sides:
                self._attach(sides[plain])
                return True
        return super().eventFilter(watched, event)
