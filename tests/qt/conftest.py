"""A window on a small consultation, without a screen."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ogp_sensemaker.qt.main_window import MainWindow
from ogp_sensemaker.settings import Settings
from ogp_sensemaker.store.project import Project, open_for_reading
from tests.qt import consultation


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says this of every window that has a smallest size; nothing else is let through."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints"))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The consultation, made once."""
    path = tmp_path_factory.mktemp("made") / "small.ogps"
    consultation.make(path)
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copy(made, tmp_path / "small.ogps"))


@pytest.fixture
def own_settings(tmp_path: Path, qapp: QApplication) -> Iterator[None]:
    """The window's memory is the test's own."""
    qapp.setOrganizationName("ogp-sensemaker")
    qapp.setApplicationName("window")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "config"))
    QSettings().setValue("folder", str(tmp_path))
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def empty_window(qtbot: QtBot, own_settings: None) -> Iterator[MainWindow]:
    """A window on nothing yet."""
    window = MainWindow(Settings(name="Ana", theme="light"))
    window.resize(1440, 900)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.close()


@pytest.fixture
def window(qtbot: QtBot, empty_window: MainWindow, path: Path) -> MainWindow:
    """A window on the small consultation."""
    with qtbot.waitSignal(empty_window.session.opened):
        empty_window.commands.open_path(path)
    idle(qtbot, empty_window)
    return empty_window


def idle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until the writer has done everything that it was asked, and its signals have arrived."""
    done: list[object] = []
    window.jobs.warm(lambda: None, done.append)
    qtbot.waitUntil(lambda: bool(done) and not window.jobs.busy, timeout=20_000)
    qtbot.wait(1)


Press = Callable[..., None]


@pytest.fixture
def press(qtbot: QtBot, window: MainWindow) -> Press:
    """Press keys where the keyboard is, and let the window come to rest."""

    def pressed(*keys: Qt.Key | str, ctrl: bool = False, shift: bool = False) -> None:
        modifier = Qt.KeyboardModifier.NoModifier
        if ctrl:
            modifier |= Qt.KeyboardModifier.ControlModifier
        if shift:
            modifier |= Qt.KeyboardModifier.ShiftModifier
        for key in keys:
            where = window.focusWidget() or window
            if isinstance(key, str) and len(key) > 1:
                qtbot.keyClicks(where, key)
            else:
                qtbot.keyClick(where, key, modifier)
            idle(qtbot, window)

    return pressed


@pytest.fixture
def file(path: Path) -> Callable[[], Project]:
    """The file as somebody else would open it."""
    return lambda: open_for_reading(path)
