"""Clusters, translations, contested, findings, history: each driven as a person would."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ogp_sensemaker.qt.main_window import MainWindow
from ogp_sensemaker.store import codings, segments
from ogp_sensemaker.store.project import Project
from tests.qt.conftest import Press

File = Callable[[], Project]


def test_every_place_is_a_key_away(window: MainWindow, press: Press) -> None:
    names = ("comments", "translations", "clusters", "map", "contested", "findings", "history")
    for number, name in enumerate(names, 1):
        press(str(number), ctrl=True)
        assert window.place == name
        assert window.stack.currentWidget() is window.places.get(name)
        assert window.detail.isVisible() == (name != "translations")  # which shows the words itself
    press("i", ctrl=True)
    assert window.place == "import"
    assert not window.detail.isVisible()


def test_the_rail_is_clicked(window: MainWindow, qtbot: QtBot) -> None:
    action = next(a for a in window.rail.actions() if a.objectName() == "clusters")
    qtbot.mouseClick(window.rail.widgetForAction(action), Qt.MouseButton.LeftButton)
    assert window.place == "clusters"


def test_assigning_a_cluster_codes_its_comments_and_undo_takes_it_back(
    window: MainWindow, press: Press, file: File
) -> None:
    press("3", ctrl=True)
    view = window.places.clusters
    assert view.table.rowCount() == 2
    assert window.session.current == 1  # a quotation of the first cluster
    press("j", Qt.Key.Key_Return)
    with file() as project:
        found = codings.of_segments(project, range(3, 63, 8))
        assert {c.via_cluster for listed in found.values() for c in listed} == {2}
        assert len(found) == 8
    press("z", ctrl=True)
    with file() as project:
        assert codings.of_segments(project, range(3, 63, 8)) == {}


def test_another_code_for_a_cluster(window: MainWindow, press: Press, file: File) -> None:
    press("3", ctrl=True)
    window.places.clusters.choose()
    press("contr", Qt.Key.Key_Return)
    with file() as project:
        assert {c.code_id for c in codings.of_segments(project, [9])[9]} == {3}


def test_the_number_of_a_cluster_opens_its_comments(window: MainWindow, press: Press) -> None:
    press("3", ctrl=True)
    press(Qt.Key.Key_Space)
    assert window.place == "comments"
    assert list(window.places.comments.model.ids) == list(range(1, 61, 8))


def test_the_reading_pane_approves_too(window: MainWindow, press: Press, file: File) -> None:
    press("j", "j", "j", "a")
    with file() as project:
        assert segments.get(project, 4).translation_by == "Ana"


def test_findings_lead_to_the_words_behind_them(window: MainWindow, press: Press, qtbot: QtBot) -> None:
    press("6", ctrl=True)
    view = window.places.findings
    qtbot.waitUntil(lambda: view.list.count() == 4)
    view.list.setCurrentRow(1)
    assert [view.table.item(0, n).text() for n in (0, 1, 2, 4)] == ["Lend telephones", "10", "+0.22", "6 / 4"]
    view.table.setFocus()
    press(Qt.Key.Key_Space)
    assert window.place == "comments"
    assert list(window.places.comments.model.ids) == [61, 62]


def test_polls_are_drawn(window: MainWindow, press: Press, qtbot: QtBot) -> None:
    press("6", ctrl=True)
    view = window.places.findings
    qtbot.waitUntil(lambda: view.list.count() == 4)
    view.list.setCurrentRow(3)
    assert view._polls.isVisible()
    assert "10 respondents" in view._facts.text()


def test_figures_follow_decisions(window: MainWindow, press: Press, qtbot: QtBot) -> None:
    press("6", ctrl=True)
    view = window.places.findings
    qtbot.waitUntil(lambda: view.list.count() == 4)
    assert "2 coded comments" in view._facts.text()
    window.session.set_current(5)
    window.decisions.apply(1)
    qtbot.waitUntil(lambda: "3 coded comments" in view._facts.text())


def test_history_reverts_one_action(window: MainWindow, press: Press, file: File) -> None:
    press("j", "j", "2", "j", "3")
    press("7", ctrl=True)
    view = window.places.history
    assert "Code #4" in view.table.item(0, 2).text()
    press("j", Qt.Key.Key_Delete)  # the one before: #3
    with file() as project:
        assert 3 not in codings.of_segments(project, [3])
        assert 4 in codings.of_segments(project, [4])


def test_what_was_changed_since_is_not_reverted(window: MainWindow, press: Press) -> None:
    press("j", "j", "2", "s")
    press("7", ctrl=True)
    press("j", Qt.Key.Key_Delete)
    assert "changed since" in window.message.words.text()


def test_history_of_one_comment(window: MainWindow, press: Press) -> None:
    press("j", "h")
    view = window.places.history
    assert window.place == "history"
    assert "#2" in view._title.text()
    assert view.table.rowCount() == 1
    assert "in cluster" not in view._story.text()
    view._find.setText("#1")
    assert "in cluster 1" in view._story.text()


def test_history_shows_the_comments_of_an_action(window: MainWindow, press: Press) -> None:
    press(Qt.Key.Key_Down, shift=True)
    press("2")
    press("7", ctrl=True)
    press(Qt.Key.Key_Return)
    assert window.place == "comments"
    assert list(window.places.comments.model.ids) == [1, 2]
