"""The codebook by keys, mouse and drag."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from ogp_sensemaker.qt.codebook_tree import MIME
from ogp_sensemaker.qt.main_window import MainWindow
from ogp_sensemaker.store import codebook, codings
from ogp_sensemaker.store.project import Project
from tests.qt.conftest import Press, idle

File = Callable[[], Project]


def choose(window: MainWindow, code_id: int) -> None:
    window.codebook.tree.setFocus()
    window.codebook.tree.setCurrentIndex(window.codebook.model.index_of(code_id))


def names(file: File) -> list[str]:
    with file() as project:
        return list(codebook.paths(project).values())


def test_a_code_is_added_under_the_chosen_one(window: MainWindow, press: Press, file: File) -> None:
    choose(window, 1)
    press(Qt.Key.Key_Insert, "Mentors", Qt.Key.Key_Return)
    assert "Learning > Mentors" in names(file)


def test_renaming_and_undo(window: MainWindow, press: Press, file: File) -> None:
    choose(window, 4)
    press(Qt.Key.Key_F2, "Short courses", Qt.Key.Key_Return)
    assert "Learning > Short courses" in names(file)
    press("z", ctrl=True)
    assert "Learning > Courses" in names(file)


def test_a_name_that_is_taken_is_explained(window: MainWindow, press: Press, file: File) -> None:
    choose(window, 3)
    press(Qt.Key.Key_F2, "learning", Qt.Key.Key_Return)
    assert "choose another name" in window.message.words.text()
    assert window.message.isVisible()


def test_deleting_asks_and_can_be_undone(window: MainWindow, press: Press, file: File) -> None:
    choose(window, 1)
    press(Qt.Key.Key_Delete)
    assert "Learning" in names(file)
    assert "2 comments" in window.codebook._question.text()
    press(Qt.Key.Key_Space)  # the button has the keyboard
    assert "Learning" not in names(file)
    press("z", ctrl=True)
    with file() as project:
        assert "Learning" in codebook.paths(project).values()
        assert len(codings.of_segments(project, [1, 2])) == 2


def test_dragging_moves(window: MainWindow, qtbot: QtBot, file: File) -> None:
    model = window.codebook.model
    data = model.mimeData([model.index_of(4)])
    assert data.hasFormat(MIME)
    assert model.canDropMimeData(data, Qt.DropAction.MoveAction, -1, -1, model.index_of(3))
    model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, model.index_of(3))
    idle(qtbot, window)
    assert "Open contracts > Courses" in names(file)


def test_dragging_between_siblings_orders_them(window: MainWindow, qtbot: QtBot, file: File) -> None:
    model = window.codebook.model
    model.dropMimeData(model.mimeData([model.index_of(1)]), Qt.DropAction.MoveAction, 2, 0, QModelIndex())
    idle(qtbot, window)
    with file() as project:
        top = [c.name for c in codebook.codes(project).values() if c.parent_id is None]
    assert top[:3] == ["Money for local groups", "Learning", "Open contracts"]


def test_a_code_cannot_be_dragged_under_itself(window: MainWindow) -> None:
    model = window.codebook.model
    data = model.mimeData([model.index_of(1)])
    assert not model.canDropMimeData(data, Qt.DropAction.MoveAction, -1, -1, model.index_of(4))


def test_merging_chooses_the_other_by_typing(window: MainWindow, press: Press, file: File) -> None:
    choose(window, 1)
    window.codebook.merge()
    press("open", Qt.Key.Key_Return)
    with file() as project:
        assert "Learning" not in codebook.paths(project).values()
        assert [c.code_id for c in codings.of_segments(project, [1])[1]] == [3]


def test_splitting_takes_the_selected_comments(window: MainWindow, press: Press, file: File) -> None:
    window.session.set_current(2)
    choose(window, 1)
    window.codebook.split()
    press("Compulsory", Qt.Key.Key_Return)
    with file() as project:
        new = codebook.find(project, "Compulsory")
        assert [c.code_id for c in codings.of_segments(project, [2])[2]] == [new]
        assert [c.code_id for c in codings.of_segments(project, [1])[1]] == [1]


def test_describing_a_code(window: MainWindow, press: Press, file: File, qtbot: QtBot) -> None:
    choose(window, 3)
    press("d")
    editor = window.codebook.editor
    assert editor.texts["description"].hasFocus()
    editor.texts["use_when"].setPlainText("A contract is named.")
    editor.key.setText("c")
    editor.save()
    assert "belongs to" in window.status.said.text()  # C is the key of the program's own
    editor.key.setText("g")
    editor._choose("#228833")
    editor.save()
    idle(qtbot, window)
    with file() as project:
        code = codebook.codes(project)[3]
    assert (code.use_when, code.key, code.color) == ("A contract is named.", "G", "#228833")


def test_space_codes_with_the_chosen_code(window: MainWindow, press: Press, file: File) -> None:
    window.session.set_current(3)
    choose(window, 2)
    press(Qt.Key.Key_Space)
    with file() as project:
        assert [c.code_id for c in codings.of_segments(project, [3])[3]] == [2]


def test_narrowing_keeps_what_leads_to_a_match(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(window.codebook.search, "cours")
    tree, model = window.codebook.tree, window.codebook.model
    assert not tree.isRowHidden(model.index_of(1).row(), QModelIndex())
    assert tree.isRowHidden(model.index_of(3).row(), QModelIndex())
    assert tree.isExpanded(model.index_of(1))


def test_escape_goes_back_to_the_comments(window: MainWindow, press: Press) -> None:
    choose(window, 1)
    press(Qt.Key.Key_Escape)
    assert window.places.comments.table.hasFocus()


def test_the_menu_offers_everything(window: MainWindow) -> None:
    choose(window, 1)
    words = " ".join(words for words, _ in window.codebook.choices())
    for needed in ("Rename", "Merge", "Split", "Delete", "Describe", "Add", "Show", "Code the selected"):
        assert needed in words
