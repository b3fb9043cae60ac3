"""The clusters by mouse and by key: what is listed, what a hand does to them, and that one undo takes it back."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ogp_sensemaker.app.groups_shown import Order
from ogp_sensemaker.domain.cluster import ChangeKind, RunChange
from ogp_sensemaker.nlp import keywords, parting
from ogp_sensemaker.qt.cluster_view import CHANGED, GROUPS, LEFT, NEW, ClusterView
from ogp_sensemaker.qt.main_window import MainWindow
from ogp_sensemaker.store import clusters, codings, derived, places
from ogp_sensemaker.store.journal import Changes
from ogp_sensemaker.store.project import Project, open_for_writing
from tests.qt.conftest import Press, idle

File = Callable[[], Project]
FIRST, SECOND = list(range(1, 61, 8)), list(range(3, 61, 8))


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    """The consultation with vectors: the second half of the first cluster says something else."""
    found = Path(shutil.copy(made, tmp_path / "small.ogps"))
    with open_for_writing(found, "Ana") as project, project.action("Vectors", "machine"):
        rows = [(n, f"words {n}") for n in range(1, 61)]
        vectors = np.array([[1.0, 0.0] if n < 30 else [0.0, 1.0] for n, _ in rows], np.float32)
        derived.save_vectors(project, rows, vectors, "made up/1")
        places.save(project, [(n, n / 60, -n / 60) for n, _ in rows], "made up/1")
    return found


@pytest.fixture(scope="module")
def warm() -> None:
    """What splitting needs is loaded, so that no key press has to wait for it on a busy machine."""
    keywords.describe([["small grants"], ["short courses"]], ("en", "fr", "az", "ar"))
    parting.split(np.eye(4, dtype=np.float32), 2)


@pytest.fixture
def view(window: MainWindow, press: Press) -> ClusterView:
    press("3", ctrl=True)
    return window.places.clusters


def sizes(project: Project) -> dict[int, int]:
    return {c.number: c.size for c in clusters.clusters(project)}


def test_a_line_says_what_is_left_and_what_is_suggested(view: ClusterView) -> None:
    assert [view.table.item(0, n).text() for n in range(5)] == ["1", "courses, contact, short", "8", "7", "80 %"]
    assert view.table.item(0, 5).text().startswith("38 %  ")
    assert "8 comments, 7 to code" in view.card._facts.text()
    assert "English 8" in view.card._facts.text()
    assert "Platform 8" in view.card._facts.text()
    assert "holds together well: 80 %" in view.card._holds.text()


def test_stances_of_people_are_counted(view: ClusterView, window: MainWindow, press: Press, qtbot: QtBot) -> None:
    press("s")  # the first comment supports what it was coded with
    qtbot.waitUntil(lambda: "▲ 1 support" in view.card._holds.text())


def test_the_order_is_chosen(view: ClusterView, window: MainWindow, qtbot: QtBot) -> None:
    view.order.setCurrentIndex(view.order.findData(Order.UNCODED))
    view.order.activated.emit(1)
    assert view.table.keys() == [2, 1]
    assert view.cluster is not None
    assert view.cluster.id == 1  # what was chosen stays chosen


def test_renamed_by_key_and_undone(view: ClusterView, press: Press, file: File) -> None:
    press(Qt.Key.Key_F2)
    press("Training", Qt.Key.Key_Return)
    assert view.table.item(0, 1).text() == "Training  ·  courses, contact, short"
    assert view.table.hasFocus()
    with file() as project:
        assert clusters.get(project, 1).name == "Training"
    press("z", ctrl=True)
    assert view.table.item(0, 1).text() == "courses, contact, short"


def test_escape_leaves_the_name(view: ClusterView, press: Press, file: File) -> None:
    press(Qt.Key.Key_F2)
    press("Training", Qt.Key.Key_Escape)
    with file() as project:
        assert clusters.get(project, 1).name == ""


def test_merged_by_key_into_a_cluster_found_by_its_words(view: ClusterView, press: Press, file: File) -> None:
    press("g", shift=True)
    press("grants", Qt.Key.Key_Return)
    assert view.table.keys() == [2]
    assert view.cluster is not None
    assert view.cluster.id == 2  # the one that took the other in is chosen
    with file() as project:
        assert sizes(project) == {2: 16}
    press("z", ctrl=True)
    with file() as project:
        assert sizes(project) == {1: 8, 2: 8}
    assert view.table.keys() == [1, 2]


def test_several_that_are_chosen_are_merged(view: ClusterView, press: Press, file: File) -> None:
    press(Qt.Key.Key_Down, shift=True)
    press("g", shift=True)
    assert view.hands.asking.list.count() == 2  # one of the chosen takes the other in
    press(Qt.Key.Key_Return)
    with file() as project:
        assert sum(sizes(project).values()) == 16
        assert len(sizes(project)) == 1


def test_split_into_parts_and_by_a_phrase(warm: None, view: ClusterView, press: Press, file: File) -> None:
    press("d", shift=True)
    press(Qt.Key.Key_Return)  # two parts are offered
    assert len(view.table.keys()) == 3
    assert view.cluster is not None
    assert view.cluster.id == 1
    with file() as project:
        assert sizes(project) == {1: 4, 2: 8, 3: 4}
    press("z", ctrl=True)
    assert view.table.keys() == [1, 2]
    press("d", shift=True)
    press("points of contact", Qt.Key.Key_Return)
    with file() as project:
        assert sizes(project) == {1: 8, 2: 8}  # all hold it, and a sentence says so
    press(Qt.Key.Key_F2, Qt.Key.Key_Escape)


def test_comments_are_moved_pinned_and_let_go(
    view: ClusterView, window: MainWindow, press: Press, file: File, qtbot: QtBot
) -> None:
    press("q", shift=True)  # all comments instead of three quotations
    assert view.card.members.hasFocus()
    assert list(view.card.members.lines.ids) == FIRST
    press(Qt.Key.Key_Down, shift=True)
    assert view.chosen_comments() == FIRST[:2]
    press("t", shift=True)
    press("grants", Qt.Key.Key_Return)
    with file() as project:
        assert sizes(project) == {1: 6, 2: 10}
        assert clusters.memberships(project)[9].pinned
    assert list(view.card.members.lines.ids) == FIRST[2:]
    press("z", ctrl=True)
    assert list(view.card.members.lines.ids) == FIRST
    press("k", shift=True)
    with file() as project:
        pinned = {s for s, m in clusters.memberships(project).items() if m.pinned}
        assert pinned == set(view.chosen_comments())
    press("k", shift=True)
    with file() as project:
        assert not any(m.pinned for m in clusters.memberships(project).values())


def test_a_whole_cluster_is_pinned(view: ClusterView, press: Press, file: File) -> None:
    press("k", shift=True)
    with file() as project:
        assert clusters.get(project, 1).pinned == 8
    assert "8 pinned" in view.card._facts.text()
    press("z", ctrl=True)
    with file() as project:
        assert clusters.get(project, 1).pinned == 0


def test_moved_from_the_list_of_comments(window: MainWindow, press: Press, file: File) -> None:
    press("j", "t", shift=False)  # T is the key of a code of this project, and stays it
    press("t", shift=True)
    press("courses", Qt.Key.Key_Return)
    with file() as project:
        assert clusters.memberships(project)[2].cluster_id == 1


def test_dismissed_and_brought_back(view: ClusterView, press: Press, file: File) -> None:
    press(Qt.Key.Key_Delete)
    with file() as project:
        assert clusters.get(project, 1).dismissed
    assert view.table.keys() == [2, 1]
    assert view.cluster is not None
    assert view.cluster.id == 2  # the next one
    assert "(dismissed)" in view.table.item(1, 1).text()
    press("j", Qt.Key.Key_Delete)
    with file() as project:
        assert not clusters.get(project, 1).dismissed
    press("z", ctrl=True)
    with file() as project:
        assert clusters.get(project, 1).dismissed


def test_the_menu_of_the_right_mouse_button_does_the_same(
    view: ClusterView, window: MainWindow, press: Press, file: File
) -> None:
    menu = view.menu()
    words = [action.text().split("\t")[0] for action in menu.actions()]
    assert words[3:6] == ["Rename …", "Merge …", "Split …"]
    menu.actions()[-1].trigger()
    menu.deleteLater()
    press(Qt.Key.Key_F5)
    with file() as project:
        assert clusters.get(project, 1).dismissed


def test_buttons(view: ClusterView, window: MainWindow, press: Press, file: File, qtbot: QtBot) -> None:
    qtbot.mouseClick(view.card.which, Qt.MouseButton.LeftButton)
    assert view.card.shows_members
    qtbot.mouseClick(view.card.accept, Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    with file() as project:
        assert all(codings.of_segments(project, [n]) for n in FIRST)
    qtbot.waitUntil(lambda: view.card.accept._words == "All coded")
    press("z", ctrl=True)
    qtbot.waitUntil(lambda: view.table.item(0, 3).text() == "7")


def test_the_worklist_of_what_fits_nowhere(view: ClusterView, window: MainWindow, press: Press) -> None:
    press("l", shift=True)
    assert view.mode == LEFT
    assert len(view.card.members.lines.ids) == 46  # 60 comments and two that answer a proposal, without 16
    press("j")
    assert window.session.current == view.card.members.lines.ids[1]
    view.show_comments()
    assert window.place == "comments"
    assert list(window.places.comments.model.ids) == list(view._left)


def test_candidates_for_new_ideas(view: ClusterView, window: MainWindow, press: Press, file: File) -> None:
    view.show_mode(NEW)
    assert view.ideas.keys() == [0]  # something is suggested for all that are in a cluster
    ids = list(view.card.members.lines.ids)
    assert set(ids) <= set(range(2, 63, 2))
    view.choose()
    press("contr", Qt.Key.Key_Return)
    with file() as project:
        assert {c.code_id for n in ids for c in codings.of_segments(project, [n])[n]} == {3}
    press("z", ctrl=True)
    view.ideas.setFocus()
    press(Qt.Key.Key_Space)
    assert list(window.places.comments.model.ids) == ids


def test_the_first_run_changed_nothing(view: ClusterView) -> None:
    view.show_mode(CHANGED)
    assert "first run" in view._about.text()
    view.next_list()
    assert view.mode == GROUPS


def test_what_the_last_run_changed(view: ClusterView, window: MainWindow, qtbot: QtBot, press: Press) -> None:
    def told(project: Project) -> Changes:
        with project.action("Clusters", "machine") as action:
            gone = RunChange(ChangeKind.VANISHED, 77, "roads", 12, 0, 0, ("courses",))
            clusters.save_changes(project, 1, [gone, RunChange(ChangeKind.GREW, 2, "grants", 5, 8, 5)])
        return action.changes

    window.jobs.run(told)
    idle(qtbot, window)
    view.fill()
    assert view.chips[CHANGED].text() == "Changed 2"
    view.show_mode(CHANGED)
    assert view.changes.item(0, 1).text().startswith("“roads” (12 segments) is no longer a group")
    assert view.card.isHidden()  # there is nothing of it to show
    press("j")
    assert view.changes.item(1, 0).text() == "Grew"
    assert view.card._words.text().startswith("2  ·  grants")
    view.go_to(2)
    assert view.mode == GROUPS
    assert view.table.current_key() == 2


def test_the_table_of_comments_follows(window: MainWindow, press: Press) -> None:
    press("3", ctrl=True)
    press(Qt.Key.Key_F2)
    press("Training", Qt.Key.Key_Return)
    press("1", ctrl=True)
    row = window.places.comments.model.row(0)
    assert row is not None
    assert row.cluster_words == ("Training",)


def test_keys_of_clusters_sleep_elsewhere(window: MainWindow, press: Press) -> None:
    assert not window.actions_by_name["cluster_dismiss"].isEnabled()
    press("3", ctrl=True)
    assert window.actions_by_name["cluster_dismiss"].isEnabled()
    press("7", ctrl=True)
    assert not window.actions_by_name["cluster_dismiss"].isEnabled()
