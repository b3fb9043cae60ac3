"""What to decide next: the orders, and accepting many of the surest in one step."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ogp_sensemaker.app import queue
from ogp_sensemaker.domain.filter import SegmentFilter, Sort
from ogp_sensemaker.qt.main_window import MainWindow
from ogp_sensemaker.store import codings, derived
from ogp_sensemaker.store.project import Project, open_for_writing
from tests.qt.conftest import Press, idle

File = Callable[[], Project]


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    """The consultation with what the machine would learn from: one of them is coded already."""
    found = Path(shutil.copy(made, tmp_path / "small.ogps"))
    with open_for_writing(found, "Ana") as project, project.action("Suggestions", "machine"):
        derived.save_judgement(project, [40, 2, 7, 11], {1: [1], 2: [2]})
    return found


def test_learn_most_first(window: MainWindow, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    comments = window.places.comments
    learn = comments.queue.menu.actions()[1]
    assert learn.text() == "Learn most first"
    monkeypatch.setattr(comments.queue, "open_menu", learn.trigger)  # without a screen no menu takes the keyboard
    press("q")
    assert list(comments.model.ids)[:3] == [40, 7, 11]  # the second is coded
    assert window.session.current == 40
    assert comments.queue.button.text() == "Order: learn most first"
    comments.queue.line_up(Sort.POSITION)
    assert list(comments.model.ids)[:3] == [1, 2, 3]
    assert window.session.where == SegmentFilter()


def test_surest_first(window: MainWindow, qtbot: QtBot) -> None:
    comments = window.places.comments
    comments.queue.line_up(Sort.SURE)
    rows = [comments.model.row(n) for n in range(30)]
    sure = [row.suggestions[0][1] for row in rows if row is not None and row.suggestions]
    assert len(sure) == 29  # of 30 suggestions one is on a comment that is coded
    assert sure == sorted(sure, reverse=True)
    comments.table._sort(1)
    assert comments.queue.button.text() == "Order: by a column"


def test_many_are_accepted_in_one_step_and_undone(window: MainWindow, press: Press, file: File, qtbot: QtBot) -> None:
    press(Qt.Key.Key_Return, ctrl=True, shift=True)
    bar = window.places.comments.accepting
    assert bar.isVisible()
    assert bar.level.hasFocus()
    bar.level.setCurrentIndex(bar.level.findData(0.8))
    with file() as project:
        wanted = queue.surest(project, 0.8)
    assert wanted
    assert bar.words._words.startswith(f"{len(wanted)} suggestions on {len(wanted)} comments")
    qtbot.mouseClick(bar.go, Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    with file() as project:
        made = codings.of_segments(project, [segment for segment, _, _ in wanted])
        assert {(s, c.code_id) for s, listed in made.items() for c in listed} == {(s, c) for s, c, _ in wanted}
    assert not bar.go.isEnabled()
    window.places.comments.table.setFocus()
    press("z", ctrl=True)
    with file() as project:
        assert codings.of_segments(project, [segment for segment, _, _ in wanted]) == {}
        assert queue.surest(project, 0.8) == wanted


def test_only_what_is_listed_is_accepted(window: MainWindow, press: Press, file: File, qtbot: QtBot) -> None:
    window.session.show(SegmentFilter(cluster=1))
    bar = window.places.comments.accepting
    bar.open()
    bar.level.setCurrentIndex(bar.level.findData(0.5))
    bar.accept()
    idle(qtbot, window)
    with file() as project:
        coded = {c.segment_id for c in codings.everything(project)} - {1, 2}
    assert coded
    assert all(segment % 8 == 1 for segment in coded)


def test_how_far_the_machine_agrees_stands_with_the_code(window: MainWindow, press: Press, qtbot: QtBot) -> None:
    tree, model = window.codebook.tree, window.codebook.model
    tree.setCurrentIndex(model.index_of(1))
    words = "Machine and people agree on 50 % of 2 decided comments"
    qtbot.waitUntil(lambda: window.codebook.editor.agrees.text().startswith(words))
    tree.setCurrentIndex(model.index_of(5))
    assert window.codebook.editor.agrees.isHidden()
