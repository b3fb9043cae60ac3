"""The rail of places on the left."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QSizePolicy, QToolBar, QWidget

from ogp_sensemaker.qt import icons, theme

PLACES = ("comments", "translations", "clusters", "map", "contested", "findings", "history")


class Rail(QToolBar):
    """One button for each place; Import and Export at the bottom."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setWindowTitle(self.tr("Places"))
        self.setMovable(False)
        self.setFloatable(False)
        self.toggleViewAction().setVisible(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setOrientation(Qt.Orientation.Vertical)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        size = theme.unit() * 6
        self.setIconSize(QSize(size, size))
        self._group = QActionGroup(self)
        titles = {
            "comments": self.tr("Comments"), "translations": self.tr("Translations"), "clusters": self.tr("Clusters"),
            "contested": self.tr("Contested"), "findings": self.tr("Findings"), "history": self.tr("History"),
            "map": self.tr("Map"),
            "import": self.tr("Import"), "export": self.tr("Export"), "preferences": self.tr("Preferences"),
        }  # fmt: skip
        for number, name in enumerate(PLACES, 1):
            self._place(name, titles[name], f"Ctrl+{number}")
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.addWidget(space)
        for name, keys in (("import", "Ctrl+I"), ("export", "Ctrl+E"), ("preferences", "Ctrl+,")):
            self._place(name, titles[name], keys, "settings" if name == "preferences" else name)

    def _place(self, name: str, title: str, keys: str, icon: str = "") -> None:
        action = QAction(title, self)
        action.setObjectName(name)
        action.setCheckable(True)
        action.setToolTip(f"{title} ({keys})")
        action.setData(icon or name)
        action.triggered.connect(lambda _=False: self.wanted.emit(name))
        self._group.addAction(action)
        self.addAction(action)
        widget = self.widgetForAction(action)
        widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        widget.setAccessibleName(title)
        widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def restyle(self) -> None:
        """Icons in the colours of the theme."""
        for action in self.actions():
            if action.data():
                action.setIcon(icons.icon(str(action.data())))

    def show_place(self, name: str) -> None:
        """Mark where the person is."""
        for action in self._group.actions():
            action.setChecked(action.objectName() == name)

    def enable(self, on: bool) -> None:
        """Places need a project; preferences do not."""
        for action in self._group.actions():
            action.setEnabled(on or action.objectName() == "preferences")
