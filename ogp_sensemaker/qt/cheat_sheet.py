"""Every key on one sheet, over the window."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.actions import MENUS, SPECS
from ogp_sensemaker.qt.parts import beside, button, column, label

COLUMNS = 3
MORE = (
    ("1 – 9", "Apply a recent code"),
    ("a code's own key", "Apply it, also to selected words"),
    ("Shift+↑ ↓", "Select several comments"),
    ("Ctrl+A", "Select all that match"),
    ("Tab", "On to the next part of the window"),
)
ISSUES = (
    ("→, ← ↑ ↓", "Into and through the quotations"),
    ("Del", "Detach the quotation"),
    ("Enter", "The reason of the mark"),
)
TRANSLATING = (("1 – 9, Alt+1 – 9", "Take what memory or glossary offers"), ("E", "Correct, or translate"))


class CheatSheet(QFrame):
    """Made from the table of actions, so it cannot forget one."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("overlay")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._over = over
        self._back: QWidget | None = None
        layout = column(self, 6, 4)
        top = beside()
        top.addWidget(label(self.tr("Keys"), "title"))
        top.addStretch(1)
        self._close = button(self.tr("Close (Esc)"), self.switch)
        top.addWidget(self._close)
        layout.addLayout(top)
        middle = beside(None, 0, 8)
        for groups in (
            ("Code",),
            ("Read", "Edit", "Machines", "Translate"),
            ("Issues", "Cluster"),
            ("Go to", "File", "Help"),
        ):
            one = column(None, 0, 2)
            for group in groups:
                one.addLayout(self._group(group))
            one.addStretch(1)
            middle.addLayout(one)  # as wide as its words
        layout.addLayout(middle, 1)
        hint = self.tr("In a box that takes text these keys are letters again; Ctrl+Z is then that box's own undo.")
        layout.addWidget(label(hint, "caption", wrap=True))
        over.installEventFilter(self)
        self.hide()

    def _group(self, group: str) -> QGridLayout:
        assert group in MENUS
        grid = QGridLayout()
        u = theme.unit()
        grid.setVerticalSpacing(u)
        grid.setHorizontalSpacing(u * 4)
        grid.setColumnStretch(1, 1)
        grid.setContentsMargins(0, 0, 0, u * 3)
        grid.addWidget(label(self.tr(group).upper(), "overline"), 0, 0, 1, 2)
        lines = [
            (", ".join(dict.fromkeys(_native(k) for k in s.keys)), self.tr(s.text).removesuffix(" …"))
            for s in SPECS
            if s.menu == group and s.keys
        ]
        more = {"Code": MORE, "Issues": ISSUES, "Translate": TRANSLATING}.get(group, ())
        lines += [(keys, self.tr(words)) for keys, words in more]
        for row, (keys, words) in enumerate(lines, 1):
            grid.addWidget(self._keys(keys), row, 0, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(label(words), row, 1)
        return grid

    def _keys(self, keys: str) -> QLabel:
        found = label(keys, "caption")
        look, u = theme.current(), theme.unit()
        found.setStyleSheet(
            f"background: {look.raised}; border: 1px solid {look.line}; border-radius: {u}px; "
            f"padding: 0 {u + 2}px; color: {look.ink};"
        )
        return found

    def switch(self) -> None:
        """Show it, or put it away."""
        if self.isVisible():
            self.hide()
            if self._back is not None:
                self._back.setFocus()
            return
        self._back = self.window().focusWidget()
        self._place()
        self.show()
        self.raise_()
        self._close.setFocus()

    def _place(self) -> None:
        u = theme.unit()
        size = self.sizeHint().boundedTo(self._over.size())
        width = min(self._over.width() - 8 * u, max(size.width(), 240 * u))
        self.setGeometry(
            (self._over.width() - width) // 2, max(0, (self._over.height() - size.height()) // 2), width, size.height()
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Question):
            self.switch()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")
