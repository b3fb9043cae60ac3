"""What to decide next: the order of the comments, and a bar that accepts the surest suggestions in one step."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox, QFrame, QMenu, QPushButton

from ogp_sensemaker.app import queue
from ogp_sensemaker.domain.filter import Sort
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.direction import isolated
from ogp_sensemaker.qt.parts import ElidedLabel, beside, button, label
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store import derived
from ogp_sensemaker.store.journal import Changes

_TABLES = frozenset({"coding", "rejection", "suggestion", "segment"})
USUAL = 0.9  # the confidence that is offered first


class QueueButton(QObject):
    """A button that says in which order the comments stand, with the orders to choose from."""

    def __init__(self, session: Session, bar: "AcceptBar") -> None:
        super().__init__(bar)
        self._session = session
        self._names = {
            Sort.POSITION: self.tr("As imported"), Sort.LEARN: self.tr("Learn most first"),
            Sort.SURE: self.tr("Surest first"),
        }  # fmt: skip
        self.button: QPushButton = button(
            "", self.open_menu, icon="down",
            tip=self.tr("What to decide next: what the machine learns most from, or what it is surest of (Q)"),
        )  # fmt: skip
        self.menu = QMenu(self.button)
        for sort, name in self._names.items():
            action = self.menu.addAction(name, partial(self.line_up, sort))
            action.setData(sort)
            action.setCheckable(True)
        self.menu.addSeparator()
        self.menu.addAction(self.tr("Accept the surest …\tCtrl+Shift+Return"), bar.open)
        session.filter_changed.connect(self.show_order)
        self.show_order()

    def show_order(self) -> None:
        """Say which order it is."""
        sort = self._session.sort
        other = self.tr("By a column")
        name = next((name for known, name in self._names.items() if known is sort), other)
        words = self.tr("Order: {0}").format(name.lower())
        self.button.setText(words)
        self.button.setAccessibleName(words)
        for action in self.menu.actions():
            action.setChecked(action.data() is not None and action.data() == sort)

    def open_menu(self) -> None:
        """Show the orders."""
        self.menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))
        self.menu.setActiveAction(self.menu.actions()[0])

    def line_up(self, sort: Sort) -> None:
        """Put the comments in an order; those to decide next without what is coded already."""
        if sort is Sort.LEARN and not derived.to_learn(self._session.project):
            self._session.said.emit(
                self.tr("Nothing has been suggested yet: let the machine suggest directions first.")
            )
            self.show_order()
            return
        self._session.line_up(sort)


class AcceptBar(QFrame):
    """Under the comments: from which confidence on, how many that is, and Accept."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("suggestion")
        self._session = session
        self._levels: list[queue.Surest] = []
        row = beside(self, 2, 2)
        row.addWidget(label(self.tr("Accept what is"), "heading"))
        self.level = QComboBox()
        self.level.setAccessibleName(self.tr("From which confidence on"))
        self.level.setMinimumWidth(theme.unit() * 38)
        self.level.currentIndexChanged.connect(lambda _: self._count())
        row.addWidget(self.level)
        self.words = ElidedLabel()
        row.addWidget(self.words, 1)
        self.go = button("", self.accept, style="primary", tip=self.tr("One step; Ctrl+Z takes all of it back"))
        row.addWidget(self.go)
        row.addWidget(button(self.tr("Leave it"), self.hide))
        session.filter_changed.connect(self._again)
        session.changed.connect(self._on_changed)
        session.closed.connect(self.hide)
        self.hide()

    def open(self) -> None:
        """Show it, with the keyboard in it."""
        chosen = self.least if self._levels else USUAL
        self._fill(chosen)
        self.show()
        self.level.setFocus()

    @property
    def least(self) -> float:
        """The confidence that is chosen."""
        return float(self.level.currentData() or USUAL)

    def _on_changed(self, changes: Changes) -> None:
        if changes.tables & _TABLES:
            self._again()

    def _again(self) -> None:
        if self.isVisible() and self._session.is_open:
            self._fill(self.least)

    def _fill(self, chosen: float) -> None:
        self._levels = queue.levels(self._session.project, self._session.where)
        self.level.blockSignals(True)
        self.level.clear()
        for level in self._levels:
            words = self.tr("{0} % sure or more").format(round(100 * level.least))
            self.level.addItem(isolated(words), level.least)
        self.level.setCurrentIndex(max(0, self.level.findData(chosen)))
        self.level.blockSignals(False)
        self._count()

    def _count(self) -> None:
        level = self._levels[max(0, self.level.currentIndex())]
        words = self.tr("{0} suggestions on {1} comments")
        self.words.set_words(words.format(f"{level.suggestions:,}", f"{level.segments:,}"))
        self.words.setToolTip(self.tr("Of the comments listed; those that somebody has coded are left alone"))
        self.go.setText(self.tr("Accept {0}").format(f"{level.suggestions:,}"))
        self.go.setAccessibleName(self.go.text())
        self.go.setEnabled(level.suggestions > 0)

    def accept(self) -> None:
        """Code all of them."""
        self._session.jobs.run(queue.accept_surest, self.least, self._session.where)
