"""The two item models, by Qt's own tester, and what their cells say."""

from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from ogp_sensemaker.app import codebook as operations
from ogp_sensemaker.domain.filter import Sort
from ogp_sensemaker.qt import segment_table
from ogp_sensemaker.qt.main_window import MainWindow
from tests.qt.conftest import Press, idle


def cells(window: MainWindow, row: int) -> dict[str, str]:
    model = window.places.comments.model
    found = {}
    for number, column in enumerate(model.columns):
        found[column.key] = model.data(model.index(row, number))
    return found


def test_the_comments_are_a_sound_model(window: MainWindow, qtmodeltester: ModelTester) -> None:
    model = window.places.comments.model
    qtmodeltester.check(model)
    assert model.rowCount() == 62
    window.session.order(Sort.TEXT, True)
    qtmodeltester.check(model)


def test_the_codebook_is_a_sound_model(window: MainWindow, qtmodeltester: ModelTester, qtbot: object) -> None:
    model = window.codebook.model
    qtmodeltester.check(model)
    window.jobs.run(operations.move_code, 4, 3)
    idle(qtbot, window)  # type: ignore[arg-type]
    qtmodeltester.check(model)
    assert model.parent(model.index_of(4)) == model.index_of(3)


def test_a_row_says_everything_about_a_comment(window: MainWindow) -> None:
    first = cells(window, 0)
    assert first["id"] == "1"
    assert first["original"].startswith("A short course")
    assert (first["codes"], first["channel"], first["case"]) == ("Learning", "Platform", "Person 0")
    assert first["cluster"] == "1 · courses, contact, short"
    assert first["attribute:sector"] == "Civil society"
    assert cells(window, 1)["stance"] == "▼ oppose"
    assert cells(window, 2)["suggestion"].startswith("Learning")
    assert cells(window, 3)["language"] == "French"
    assert cells(window, 3)["english"] == "English of comment 4"


def test_any_column_sorts(window: MainWindow) -> None:
    view = window.places.comments
    for number, column in enumerate(view.model.columns):
        view.table._sort(number)
        assert len(view.model.ids) == 62, column.key
    assert window.session.sort == "sector"
    sectors = [cells(window, row)["attribute:sector"] for row in range(62)]
    assert sectors == sorted(sectors)


def test_a_click_on_a_heading_sorts_and_again_turns_round(window: MainWindow, qtbot: object) -> None:
    header = window.places.comments.table.horizontalHeader()
    at = header.viewport().rect().center()
    at.setX(header.sectionViewportPosition(1) + 20)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)  # type: ignore[attr-defined]
    first = cells(window, 0)["original"]
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)  # type: ignore[attr-defined]
    assert window.session.sort is Sort.TEXT
    assert window.session.descending
    assert cells(window, 0)["original"] != first


def test_only_what_is_looked_at_is_fetched(window: MainWindow) -> None:
    model = window.places.comments.model
    model.forget()
    model._rows.clear()
    model.row(0)
    assert list(model._rows) == list(range(min(segment_table.FETCHED, len(model.ids))))


def test_counts_stand_beside_the_codes(window: MainWindow) -> None:
    from ogp_sensemaker.qt.codebook_tree import COUNT

    model = window.codebook.model
    assert model.data(model.index(0, 0, QModelIndex()), COUNT) == 2


def test_a_segment_that_is_gone_leaves_an_empty_line(window: MainWindow, press: Press) -> None:
    model = window.places.comments.model
    model.beginResetModel()
    model._ids = [1, 999, 2]
    model._rows.clear()
    model.endResetModel()
    assert model.row(1) is None
    assert model.row(2) is not None
    assert model.data(model.index(1, 1)) == ""
