"""Start, new project, import, export, closing and opening again."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from ogp_sensemaker.qt.main_window import MainWindow, recent
from ogp_sensemaker.store import codebook, segments, sources
from ogp_sensemaker.store.project import Project, open_for_reading, open_for_writing
from tests.qt.conftest import Press, idle

File = Callable[[], Project]
TABLE = "Name,Comment,When\nAyla,More grants,2026-01-02\nMurad,,2026-01-03\nLeyla,Səs və rəy lazımdır,2026-01-04\n"


def test_a_new_project_is_made_by_keys(empty_window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = empty_window
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    start = window.places.start
    assert start.name.hasFocus()
    qtbot.keyClicks(start.name, "Strategy 2027")
    start.languages["ar"].setChecked(False)
    with qtbot.waitSignal(window.session.opened):
        qtbot.keyClick(start.name, Qt.Key.Key_Return)
    made = tmp_path / "Strategy 2027.ogps"
    with open_for_reading(made) as project:
        assert len(codebook.codes(project)) == 7
        assert "ar" not in project.languages
    assert window.place == "comments"
    assert "Nothing has been imported" in window.places.comments._why_empty.text()
    assert recent() == [made]


def test_a_project_without_a_name_is_not_made(empty_window: MainWindow, qtbot: QtBot) -> None:
    empty_window.places.start.open_form()
    qtbot.mouseClick(empty_window.places.start.make, Qt.MouseButton.LeftButton)
    assert "name" in empty_window.message.words.text()


def test_recent_projects_open_with_a_click(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    qtbot.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert window.place == "start"
    idle(qtbot, window)
    item = window.places.start.list.item(0)
    assert item.text().startswith("small")
    with qtbot.waitSignal(window.session.opened):
        window.places.start.list.itemClicked.emit(item)
    assert window.session.path == path


def test_a_project_that_is_open_elsewhere_is_refused_in_a_sentence(
    empty_window: MainWindow, qtbot: QtBot, path: Path
) -> None:
    with open_for_writing(path, "Somebody"), qtbot.waitSignal(empty_window.jobs.failed):
        empty_window.commands.open_path(path)
    assert "open elsewhere" in empty_window.message.words.text()
    assert empty_window.place == "start"


def test_a_file_that_is_no_project_is_refused(empty_window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.ogps"
    wrong.write_text("no database " * 100)
    with qtbot.waitSignal(empty_window.jobs.failed):
        empty_window.commands.open_path(wrong)
    assert "not an ogp-sensemaker project" in empty_window.message.words.text()


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(p)) for p in paths])
    action, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(QPoint(500, 400)), action, data, left, none))


def test_a_dropped_table_is_shown_before_it_is_imported(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, file: File
) -> None:
    table = tmp_path / "survey.csv"
    table.write_text(TABLE, encoding="utf-8")
    drop(window, table)
    panel = window.places.import_
    assert window.place == "import"
    idle(qtbot, window)
    preview = panel.preview
    assert preview._boxes["text"].currentText() == "Comment"
    assert preview._boxes["author"].currentText() == "Name"
    assert preview.table.item(0, 2).text() == "More grants"
    assert any("row 3" in preview.findings.item(n).text() for n in range(preview.findings.count()))
    with file() as project:
        assert len(sources.sources(project)) == 1  # nothing is written yet
    qtbot.mouseClick(panel.go, Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    assert "2 comments added" in panel._result.text()
    with file() as project:
        assert segments.get(project, 63).text == "More grants"
    assert len(window.places.comments.model.ids) == 64


def test_a_column_is_mapped_otherwise(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    table = tmp_path / "survey.csv"
    table.write_text(
        TABLE.replace("Comment", "Comment,Other").replace("More grants", "More grants,B"), encoding="utf-8"
    )
    drop(window, table)
    idle(qtbot, window)
    preview = window.places.import_.preview
    box = preview._boxes["text"]
    box.setCurrentIndex(box.findData("Name"))
    box.activated.emit(box.currentIndex())
    idle(qtbot, window)
    assert preview.table.item(0, 2).text() == "Ayla"


def test_the_same_file_again_adds_nothing(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    table = tmp_path / "survey.csv"
    table.write_text(TABLE, encoding="utf-8")
    panel = window.places.import_
    for _ in range(2):
        drop(window, table)
        idle(qtbot, window)
        panel.import_()
        idle(qtbot, window)
    assert "1 sources were there already" in panel._result.text()


def test_a_file_that_cannot_be_read_says_so(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("")
    drop(window, empty)
    idle(qtbot, window)
    panel = window.places.import_
    told = window.message.words.text() + panel._stops.text()
    assert "empty.csv" in told
    assert not (panel.go.isEnabled() and panel.go.isVisible())


def test_files_dropped_without_a_project(empty_window: MainWindow, tmp_path: Path) -> None:
    table = tmp_path / "survey.csv"
    table.write_text(TABLE)
    drop(empty_window, table)
    assert "Open or make a project first" in empty_window.message.words.text()


def test_export_writes_the_file(window: MainWindow, press: Press, qtbot: QtBot, tmp_path: Path) -> None:
    press("e", ctrl=True)
    panel = window.places.export
    panel.place.setText(str(tmp_path / "out.csv"))
    qtbot.keyClick(panel.place, Qt.Key.Key_Return)
    idle(qtbot, window)
    assert (tmp_path / "out.csv").read_text(encoding="utf-8-sig").startswith("segment_id,")
    assert "is written" in panel._said.text()
    assert panel._open.isVisible()


def test_export_to_a_folder_that_is_not_there(window: MainWindow, press: Press, qtbot: QtBot, tmp_path: Path) -> None:
    press("e", ctrl=True)
    panel = window.places.export
    panel.place.setText(str(tmp_path / "no" / "out.csv"))
    panel.write()
    idle(qtbot, window)
    assert "does not exist" in window.message.words.text()
    assert panel.go.isEnabled()


def test_undo_works_after_closing_and_opening_again(window: MainWindow, press: Press, qtbot: QtBot, file: File) -> None:
    press("j", "j", "2")
    path = window.session.path
    assert path is not None
    window.commands.close()
    idle(qtbot, window)
    with qtbot.waitSignal(window.session.opened):
        window.commands.open_path(path)
    press("z", ctrl=True)
    with file() as project:
        assert project.connection.execute("SELECT count(*) FROM coding WHERE segment_id = 3").fetchone() == (0,)
