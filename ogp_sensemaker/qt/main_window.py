"""Lays out the rail, the codebook, the places and the reading pane; what happens in them is theirs."""

import gc
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QPushButton, QSplitter, QStackedWidget, QWidget

from ogp_sensemaker import settings as preferences
from ogp_sensemaker.qt import actions, icons, theme
from ogp_sensemaker.qt.cheat_sheet import CheatSheet
from ogp_sensemaker.qt.codebook_panel import CodebookPanel
from ogp_sensemaker.qt.commands import Commands
from ogp_sensemaker.qt.deciding import SLOTS, Decisions
from ogp_sensemaker.qt.find_code import FindCode
from ogp_sensemaker.qt.jobs import Jobs
from ogp_sensemaker.qt.learner import Learner
from ogp_sensemaker.qt.message import Message
from ogp_sensemaker.qt.places import Places
from ogp_sensemaker.qt.rail import Rail
from ogp_sensemaker.qt.segment_detail import SegmentDetail
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.qt.status_bar import StatusBar
from ogp_sensemaker.settings import Settings

FURNISH_AFTER_MS = 60  # the window is on the screen by then
ALONE = frozenset({"start", "import", "export", "preferences"})  # places that need the whole width
WITHOUT_READING = frozenset({"translations"})  # they show the words of a comment themselves
WIDE = frozenset({"contested", "map", "translations"})  # places that need the room of the codebook; Ctrl+B shows it


class MainWindow(QMainWindow):
    """One window on one project."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self._wear(settings)  # before anything is measured by its font
        self.setObjectName("main")
        self.setWindowTitle("OGP Sensemaker")
        self.setAcceptDrops(True)
        self.jobs = Jobs(self)
        self.session = Session(self.jobs, self)
        self.learner = Learner(self.session)
        self.decisions = Decisions(self.session, self)
        self.detail = SegmentDetail(self.session, self.decisions)
        self.codebook = CodebookPanel(self.session, self.decisions)
        self.places = Places(self)
        self.stack = QStackedWidget()
        self.outer = QStackedWidget()
        self.desk = QSplitter(Qt.Orientation.Horizontal)
        self.rail = Rail()
        self.dock = QDockWidget(self.tr("Codebook"))
        self._lay_out()
        self.status = StatusBar(self.session)
        self.setStatusBar(self.status)
        self.finder = FindCode(self.session, self)
        self.codebook.finder = self.finder
        self.message = Message(self)
        self.cheat_sheet = CheatSheet(self)
        self.guard = actions.TypingGuard(self)
        self.place = "start"
        self.commands = Commands(self)
        self._make_actions()
        self._connect()
        self.dress(settings)
        self._restore()
        self.go("start")
        self.furnishing = QTimer(self, singleShot=True, interval=FURNISH_AFTER_MS)
        self.furnishing.timeout.connect(self.places.furnish)
        self.furnishing.start()

    # Building --------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        for name, widget in self.places.by_name.items():
            self.house(name, widget)
        self.desk.addWidget(self.stack)
        self.desk.addWidget(self.detail)
        self.desk.setStretchFactor(0, 1)  # the reading pane keeps its width: lines of a length that is easy to read
        self.desk.setStretchFactor(1, 0)
        self.desk.setChildrenCollapsible(False)
        self.desk.setHandleWidth(1)
        self.detail.setMinimumWidth(theme.unit() * 70)
        self.stack.setMinimumWidth(theme.unit() * 130)  # one place that likes it wider does not widen the window
        self.outer.addWidget(self.desk)
        self.setCentralWidget(self.outer)
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, self.rail)
        self.dock.setObjectName("codebook")
        self.dock.setTitleBarWidget(QWidget())
        self.dock.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetClosable | QDockWidget.DockWidgetFeature.DockWidgetMovable
        )
        self.dock.setWidget(self.codebook)
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.dock)

    def house(self, name: str, widget: QWidget) -> None:
        """Give a place its room."""
        (self.outer if name in ALONE else self.stack).addWidget(widget)

    def _make_actions(self) -> None:
        self.actions_by_name: dict[str, QAction] = {}
        menus = {name: self.menuBar().addMenu(self.tr(name)) for name in actions.MENUS}
        for spec in actions.SPECS:
            action = actions.make(self, spec, getattr(self.commands, spec.name))
            self.actions_by_name[spec.name] = action
            menus[spec.menu].addAction(action)
            (self.desk if spec.reading else self).addAction(action)
        for number in range(1, SLOTS + 1):
            self._key(str(number), lambda n=number: self.commands.number(n))
        self._code_keys: list[QAction] = []

    def _key(self, keys: str, on: object) -> QAction:
        action = QAction(self.desk)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _=False: on())  # type: ignore[operator]
        self.desk.addAction(action)
        return action

    def _renew_code_keys(self) -> None:
        for action in self._code_keys:
            self.desk.removeAction(action)
            action.deleteLater()
        keyed = {
            c.key.upper(): c.id for c in self.session.codes.values() if c.key and c.key.upper() not in actions.RESERVED
        }
        self._code_keys = [self._key(key, lambda i=id_: self.commands.code(i)) for key, id_ in keyed.items()]

    def _connect(self) -> None:
        self.rail.wanted.connect(self.go)
        self.session.place_wanted.connect(self.go)
        self.session.opened.connect(self._on_opened)
        self.session.closed.connect(self._on_closed)
        self.session.codebook_changed.connect(self._renew_code_keys)
        self.session.changed.connect(lambda _: self.commands.update())
        self.jobs.failed.connect(self._on_failed)
        self.codebook.left.connect(lambda: self.go("comments"))
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _: self.dress(self.settings))

    # Places ----------------------------------------------------------------------------------------

    def go(self, place: str) -> None:
        """Show a place, with the codebook and the reading pane where they belong to it."""
        if not self.session.is_open and place != "preferences":
            place = "start"
        self.place = place
        widget = self.places.get(place)
        alone = place in ALONE
        self.dock.setVisible(not alone and place not in WIDE and self.commands.codebook_wanted)
        self.detail.setVisible(place not in WITHOUT_READING)
        if not alone:
            self.stack.setCurrentWidget(widget)
        self.outer.setCurrentWidget(widget if alone else self.desk)
        self.rail.show_place(place)
        self.commands.update()
        arrive = getattr(widget, "arrive", None)
        if arrive is not None:
            arrive()
        else:
            widget.setFocus()

    def find_code(self) -> None:
        """Let the person find a code for what is selected."""
        self.commands.find_code()

    def attach_to_issue(self) -> None:
        """Let the person attach what is selected to an issue."""
        self.commands.issue_attach()

    def ask_code(self, title: str, then: Callable[[int], None]) -> None:
        """Let the person choose a code."""
        self.finder.ask(title, then)

    def keep(self) -> None:
        """Save what is typed and not kept yet."""
        self.detail.keep_memo()
        if self.places.furnished:
            self.places.contested.page.keep()
            self.places.translations.keep()

    def run_machines(self) -> None:
        """Everything that the machines have to do."""
        self.commands.everything()

    def _on_opened(self) -> None:
        path = self.session.path
        if path is not None:
            remember(path)
        self.setWindowTitle(f"{path.stem if path else ''} — OGP Sensemaker")
        self.go("comments")
        self.furnishing.start()
        gc.freeze()  # what is here stays: looking through it for garbage would hold up scrolling now and then

    def _on_closed(self) -> None:
        self.setWindowTitle("OGP Sensemaker")
        self.go("start")

    def _on_failed(self, sentence: str) -> None:
        self.message.show_sentence(sentence)
        self.status.say(sentence)
        self.furnishing.start()
        if not self.session.is_open:
            self.go("start")

    # Look ------------------------------------------------------------------------------------------

    def dress(self, settings: Settings) -> None:
        """Take the look of the settings and of the system."""
        self.settings = settings
        self._wear(settings)
        self._take_sides()
        self.rail.restyle()
        for found in self.findChildren(QPushButton):
            if name := found.property("icon_name"):
                style = found.objectName()
                found.setIcon(icons.icon(name, accent=style == "link", on_accent=style == "primary"))
        self.detail.dress(settings)
        if self.places.furnished:
            self.places.translations.dress(settings)
        self.session.codebook_changed.emit()
        self.session.filter_changed.emit()

    def _take_sides(self) -> None:
        """The rail and the codebook stand where reading begins; Qt does not move them by itself."""
        mirrored = QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
        bar = Qt.ToolBarArea.RightToolBarArea if mirrored else Qt.ToolBarArea.LeftToolBarArea
        if self.toolBarArea(self.rail) is not bar:
            side = Qt.DockWidgetArea.RightDockWidgetArea if mirrored else Qt.DockWidgetArea.LeftDockWidgetArea
            self.addToolBar(bar, self.rail)
            self.addDockWidget(side, self.dock)

    def _wear(self, settings: Settings) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, settings)

    def prefer(self, settings: Settings) -> None:
        """Keep other preferences and show them at once."""
        preferences.save(settings)
        self.dress(settings)

    def _restore(self) -> None:
        stored = QSettings()
        geometry, state = stored.value("window/geometry"), stored.value("window/state")
        if geometry is None:
            self.resize(1440, 900)
        else:
            self.restoreGeometry(geometry)
        if state is not None:
            self.restoreState(state)
            self._take_sides()
        self.commands.codebook_wanted = stored.value("window/codebook", "yes") == "yes"
        sizes = [int(n) for n in str(stored.value("window/desk", "")).split()]
        self.desk.setSizes(sizes if len(sizes) == 2 else [720, 460])
        self.resizeDocks([self.dock], [theme.unit() * 60], Qt.Orientation.Horizontal)

    def _store(self) -> None:
        stored = QSettings()
        stored.setValue("window/geometry", self.saveGeometry())
        stored.setValue("window/state", self.saveState())
        stored.setValue("window/codebook", "yes" if self.commands.codebook_wanted else "no")
        if self.place not in ALONE:
            stored.setValue("window/desk", " ".join(str(n) for n in self.desk.sizes()))
        self.places.comments.table.save_columns()

    # Events ----------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        self.keep()
        self._store()
        self.session.close()
        self.learner.close()
        self.jobs.close()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.commands.take_files(paths)


def remember(path: Path) -> None:
    """Put a project first among the recent ones."""
    QSettings().setValue("recent", "\n".join([str(path), *(str(p) for p in recent() if p != path)][:12]))


def recent() -> list[Path]:
    """The projects opened last, newest first."""
    return [Path(line) for line in str(QSettings().value("recent", "")).splitlines() if line.strip()]
