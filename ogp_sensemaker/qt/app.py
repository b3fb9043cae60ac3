"""Starts the window: shows it first, warms the models afterwards."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from ogp_sensemaker import paths, settings
from ogp_sensemaker.app import models
from ogp_sensemaker.qt.crash import Catcher
from ogp_sensemaker.qt.main_window import MainWindow

WARM_AFTER_MS = 400
# Seconds that machines at work may keep the screen waiting at each of the hundreds of turns that a repaint takes.
SWITCH_AFTER = 0.00001


def main(argv: Sequence[str]) -> int:
    """Show the window; `argv` as the system gave it, with a project to open perhaps. Returns the exit code."""
    if not has_screen():
        print(
            "ogp-sensemaker: there is no screen to open a window on; start it from a desktop, "
            "or see “ogp-sensemaker --help” for the command line.",
            file=sys.stderr,
        )
        return 2
    app = application(argv)
    window = MainWindow(settings.load())
    catcher = Catcher(window, window.message.show_sentence)
    window.show()
    project = next((Path(a) for a in argv[1:] if a.endswith(".ogps")), None)
    if project is not None:
        window.commands.open_path(project)
    if window.settings.warm_models:
        QTimer.singleShot(WARM_AFTER_MS, lambda: warm(window))
    try:
        return app.exec()
    finally:
        catcher.release()


def has_screen() -> bool:
    """Whether Qt will find a screen. Asked beforehand, because Qt ends the process where there is none."""
    if os.environ.get("QT_QPA_PLATFORM"):
        return True
    return sys.platform in {"win32", "darwin"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def application(argv: Sequence[str]) -> QApplication:
    """The application with its name, its own settings file and its interface language."""
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(paths.config_dir()))
    sys.setswitchinterval(SWITCH_AFTER)
    app = QApplication(list(argv))
    app.setApplicationName("window")
    app.setOrganizationName("ogp-sensemaker")
    app.setApplicationDisplayName("OGP Sensemaker")
    language = settings.load().language
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if language != "en" and translator.load(QLocale(language), "qtbase", "_", folder):
        app.installTranslator(translator)
    own = QTranslator(app)
    if own.load(QLocale(language), "ogp_sensemaker", "_", str(Path(__file__).parent / "translations")):
        app.installTranslator(own)
    return app


def warm(window: MainWindow) -> None:
    """Look which models there are and load the one that searching needs, on the writer's thread."""

    def listed(found: Sequence[models.ModelState]) -> None:
        window.places.preferences.show_models(found)
        window.status.show_models(window.tr("Models: loading …"), "")
        window.jobs.warm(models.warm, lambda missing: ready(found, missing))

    def ready(found: Sequence[models.ModelState], missing: str) -> None:
        usable = sum(m.state in {"ready", "draft"} for m in found)
        tip = "\n".join(f"{m.name}: {m.state}" for m in found)
        words = window.tr("Models: {0} of {1} ready").format(usable, len(found))
        window.status.show_models(words, missing or tip)

    window.status.show_models(window.tr("Models: looking …"), "")
    window.jobs.warm(models.states, listed)
