"""The window itself: keys, theme, preferences, jobs, crashes, what it remembers."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTableView, QTreeView
from pytestqt.qtbot import QtBot

from ogp_sensemaker import bugs
from ogp_sensemaker import settings as preferences
from ogp_sensemaker.app import coding
from ogp_sensemaker.app.progress import Progress
from ogp_sensemaker.errors import ProjectError
from ogp_sensemaker.qt import actions, crash, theme
from ogp_sensemaker.qt.direction import isolated, runs_right_to_left
from ogp_sensemaker.qt.main_window import MainWindow
from ogp_sensemaker.settings import Settings
from ogp_sensemaker.store.project import Project
from tests.qt.conftest import Press


def test_every_action_does_something_and_no_two_share_a_key(window: MainWindow) -> None:
    seen: dict[str, str] = {}
    for spec in actions.SPECS:
        assert callable(getattr(window.commands, spec.name)), spec.name
        for key in spec.keys:
            assert key not in seen, f"{key}: {spec.name} and {seen.get(key)}"
            seen[key] = spec.name


def test_the_cheat_sheet_holds_every_key(window: MainWindow, press: Press) -> None:
    press(Qt.Key.Key_F1)
    assert window.cheat_sheet.isVisible()
    shown = " ".join(w.text() for w in window.cheat_sheet.findChildren(type(window.status.said)))
    for spec in actions.SPECS:
        assert spec.text.removesuffix(" …") in shown or not spec.keys
    press(Qt.Key.Key_Escape)
    assert not window.cheat_sheet.isVisible()
    assert window.places.comments.table.hasFocus()


def test_tooltips_tell_the_keys(window: MainWindow) -> None:
    for spec in actions.SPECS:
        if spec.keys:
            assert "(" in window.actions_by_name[spec.name].toolTip()


def test_every_control_can_be_read_out(window: MainWindow, press: Press) -> None:
    kinds = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QTableView, QTreeView)
    for place in ("comments", "import", "export", "preferences", "contested", "findings", "translations", "clusters"):
        window.go(place)
        for widget in (w for kind in kinds for w in window.findChildren(kind) if w.isVisible()):
            inner = widget.objectName().startswith("qt_") or isinstance(
                widget.parent(), QTableView | QComboBox | QLineEdit
            )
            assert inner or widget.accessibleName() or getattr(widget, "text", str)(), widget


def test_reading_keys_sleep_where_nothing_is_read(window: MainWindow, press: Press) -> None:
    window.go("preferences")
    assert not window.actions_by_name["support"].isEnabled()
    window.go("comments")
    assert window.actions_by_name["support"].isEnabled()


def test_preferences_are_taken_over_at_once_and_kept(window: MainWindow, press: Press, qtbot: QtBot) -> None:
    press(",", ctrl=True)
    page = window.places.preferences
    page.name.setText("Leyla")
    page.theme.setCurrentIndex(page.theme.findData("dark"))
    page.theme.activated.emit(page.theme.currentIndex())
    page.reading.setValue(18)
    page.reading.editingFinished.emit()
    assert theme.current() is theme.DARK
    assert window.detail.original.font().pointSize() == 18
    kept = preferences.load()
    assert (kept.name, kept.theme, kept.reading_size) == ("Leyla", "dark", 18)
    window.dress(Settings(theme="light"))


def test_settings_that_cannot_be_read_are_as_at_the_beginning() -> None:
    preferences.save(Settings(name="Ə “x” \\ 1"))
    assert preferences.load().name == "Ə “x” \\ 1"
    preferences.path().write_text("theme = 3\nname = [", encoding="utf-8")
    assert preferences.load() == Settings()
    preferences.path().write_text('theme = 3\nname = "Ana"\nstrange = 1\n', encoding="utf-8")
    assert preferences.load() == Settings(name="Ana")


def test_the_layout_mirrors(window: MainWindow, qapp: QApplication) -> None:
    window.dress(Settings(direction="rtl", theme="light"))
    qapp.processEvents()
    assert qapp.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert window.rail.geometry().left() > window.desk.geometry().left()
    window.dress(Settings(theme="light"))


def test_a_mirrored_layout_leaves_numbers_alone(window: MainWindow) -> None:
    assert isolated("12 / 0") == "12 / 0"
    window.dress(Settings(direction="rtl", theme="light"))
    assert isolated("12 / 0") == "\u206612 / 0\u2069"
    assert isolated("مرحبا") == "مرحبا"
    window.dress(Settings(theme="light"))


@pytest.mark.parametrize(
    ("text", "language", "right"),
    [
        ("Vətəndaş", "az", False), ("منصة OGP", "ar", True), ("OGP منصة", "ar", True), ("OGP 2022", "ar", False),
        ("مرحبا", "", True), ("He said مرحبا", "en", False), ("", "ar", False), ("12:30", "en", False),
    ],
)  # fmt: skip
def test_which_way_a_paragraph_runs(text: str, language: str, right: bool) -> None:
    assert runs_right_to_left(text, language) is right


def test_what_the_window_looked_like_is_remembered(window: MainWindow, press: Press) -> None:
    press("b", ctrl=True)
    assert not window.dock.isVisible()
    window.places.comments.table.setColumnWidth(1, 333)
    window.places.comments.table.setColumnHidden(4, True)
    window.close()
    assert QSettings().value("window/codebook") == "no"
    assert int(QSettings().value("columns/width/original")) == 333
    assert QSettings().value("columns/hidden") == "stance"


# Jobs ----------------------------------------------------------------------------------------------


def counting(project: Project, gate: threading.Event, steps: int) -> Iterator[Progress]:
    for done in range(steps):
        yield Progress(done, steps, "Counting")
        gate.wait(5)


def test_decisions_slip_in_between_the_steps_of_a_job(window: MainWindow, qtbot: QtBot, press: Press) -> None:
    gate = threading.Event()
    seen: list[str] = []
    window.jobs.progressed.connect(lambda p: seen.append(f"step {p.done}"))
    window.jobs.changed.connect(lambda c: seen.append(c.summary))
    window.jobs.start("Count", counting, gate, 3)
    qtbot.waitUntil(lambda: bool(seen))
    assert window.status.stop.isVisible()
    window.jobs.run(coding.code_segments, [3], 2)
    gate.set()
    qtbot.waitUntil(lambda: not window.jobs.busy)
    assert seen.index("Code #3 “Money for local groups”") < seen.index("step 2")
    assert seen[-1] == "Count"


def test_a_job_is_stopped_and_what_waits_is_not_begun(window: MainWindow, qtbot: QtBot) -> None:
    gate = threading.Event()
    ended: list[tuple[str, bool]] = []
    window.jobs.ended.connect(lambda name, complete: ended.append((name, complete)))
    window.jobs.start("Count", counting, gate, 1000)
    window.jobs.start("Never", counting, gate, 3)
    qtbot.waitUntil(lambda: "Counting" in window.status.work.text())
    qtbot.mouseClick(window.status.stop, Qt.MouseButton.LeftButton)
    gate.set()
    qtbot.waitUntil(lambda: not window.jobs.busy)
    assert ended == [("Count", False)]
    assert "stopped" in window.status.said.text()


def test_a_job_that_fails_says_so_and_the_next_begins(window: MainWindow, qtbot: QtBot) -> None:
    def failing(project: Project) -> Iterator[Progress]:
        yield Progress(0, 1, "Trying")
        raise ProjectError("The disk is full; make room.")

    gate = threading.Event()
    gate.set()
    ended: list[tuple[str, bool]] = []
    window.jobs.ended.connect(lambda name, complete: ended.append((name, complete)))
    window.jobs.start("Try", failing)
    window.jobs.start("Count", counting, gate, 2)
    qtbot.waitUntil(lambda: len(ended) == 2)
    assert ended == [("Try", False), ("Count", True)]
    assert "disk is full" in window.message.words.text()


def test_a_job_with_an_error_of_ours_ends_and_the_next_begins(window: MainWindow, qtbot: QtBot) -> None:
    def broken(project: object) -> Iterator[Progress]:
        yield Progress(0, 2, "Working")
        raise ZeroDivisionError

    ended: list[str] = []
    window.jobs.ended.connect(lambda label, _: ended.append(label))
    with qtbot.captureExceptions() as raised:
        window.jobs.start("Broken", broken)
        qtbot.waitUntil(lambda: ended == ["Broken"])
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is ZeroDivisionError
    window.jobs.start("Next", lambda project: iter([Progress(1, 1, "Done")]))
    qtbot.waitUntil(lambda: ended == ["Broken", "Next"])


def test_closing_while_a_job_runs_leaves_a_sound_file(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    from ogp_sensemaker.store.project import open_for_writing

    gate = threading.Event()
    gate.set()
    window.jobs.start("Count", counting, gate, 100_000)
    qtbot.waitUntil(lambda: bool(window.jobs.busy))
    window.close()
    open_for_writing(path, "Ana").close()


# Crashes -------------------------------------------------------------------------------------------


def test_a_report_holds_no_words_of_a_participant(window: MainWindow) -> None:
    def fails(words: str) -> None:
        raise ValueError(f"cannot take {words}")

    try:
        fails("build more schools")
    except ValueError as error:
        text = bugs.report(type(error), error.__traceback__)
    assert "schools" not in text
    assert "ValueError" in text
    assert "in fails" in text


def test_an_uncaught_error_is_told_in_plain_words_and_logged(window: MainWindow) -> None:
    from ogp_sensemaker import paths

    catcher = crash.Catcher(window, window.message.show_sentence)
    try:
        try:
            raise KeyError("secret words")
        except KeyError as error:
            catcher.catch(KeyError, error, error.__traceback__)
        assert catcher._panel.isVisible()
        assert "KeyError" in paths.log_path().read_text(encoding="utf-8")
        assert "secret" not in paths.log_path().read_text(encoding="utf-8")
        catcher.catch(ProjectError, ProjectError("The disk is full."), None)
        assert window.message.words.text() == "The disk is full."
    finally:
        catcher.release()


def test_without_a_screen_there_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from ogp_sensemaker.qt import app

    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert app.main(["ogp-sensemaker"]) == 2
    assert "no screen" in capsys.readouterr().err


def test_the_window_loads_no_model_library() -> None:
    heavy = (
        "torch,sentence_transformers,transformers,sklearn,spacy,ctranslate2,openpyxl,docx,lingua,scipy,numpy,pyqtgraph"
    )
    code = f"import sys, ogp_sensemaker.qt.app; print([m for m in {heavy.split(',')!r} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_a_hundred_signals_of_a_truth_value(qtbot: QtBot, window: MainWindow) -> None:
    """PySide6 6.12.0 on Python 3.11 ends the process at some hundred of these."""
    seen: list[bool] = []
    window.jobs.ended.connect(lambda _, complete: seen.append(complete))
    for _ in range(600):
        window.jobs.ended.emit("x", True)
    assert len(seen) == 600
