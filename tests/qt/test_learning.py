"""After each key that decides, the machine has learned: what is suggested and what comes next changes by itself."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from ogp_sensemaker.app import learning
from ogp_sensemaker.domain.filter import Sort
from ogp_sensemaker.nlp import suggest as machine
from ogp_sensemaker.qt.main_window import MainWindow
from ogp_sensemaker.store import derived, journal, segments
from ogp_sensemaker.store.project import Project, open_for_writing
from tests.qt.conftest import Press, idle

File = Callable[[], Project]
CODES = [1, 2, 3]


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    """The consultation with vectors (eight topics, by turns) and what its suggestions rest on."""
    found = Path(shutil.copy(made, tmp_path / "small.ogps"))
    chance = np.random.default_rng(2)
    with open_for_writing(found, "Ana") as project:
        ids = [id_ for id_ in segments.ids(project) if id_ <= 60]
        shown = segments.page(project, ids)
        vectors = np.eye(8, 16)[[(s.id - 1) % 8 for s in shown]] + 0.1 * chance.normal(size=(len(ids), 16))
        vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
        prior = np.tile([0.45, 0.3, 0.05], (len(ids), 1))
        with project.action("Suggestions", "machine"):
            derived.save_vectors(project, [(s.id, s.reading) for s in shown], vectors, "made up/1")
            coder = project.coder_named(machine.VERSION, machine=True)
            derived.save_suggestions(project, [(id_, c, prior[0, c - 1]) for id_ in ids for c in (1, 2)], coder)
            derived.save_judgement(project, ids[2:], {})
            contexts = np.zeros_like(vectors)
            learning.remember(project, ids, CODES, prior, [""] * len(ids), contexts)
    return found


def learned(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.learner.waiting)
    idle(qtbot, window)


def third(file: File) -> dict[int, float]:
    """How far the third direction is suggested, by comment."""
    with file() as project:
        return {segment: p for segment, code, p in derived.every_suggestion(project) if code == 3}


def test_what_is_suggested_follows_each_key(window: MainWindow, press: Press, file: File, qtbot: QtBot) -> None:
    comments = window.places.comments
    assert third(file) == {}
    for row in (2, 10, 18, 26):  # comments 3, 11, 19, 27: one topic
        comments.go(row)
        press("3")
    learned(qtbot, window)
    found = third(file)
    assert {35, 43, 51, 59} <= found.keys()
    assert 4 not in found
    row = comments.model.row(34)
    assert row is not None
    assert (3, pytest.approx(found[35])) in row.suggestions  # the table shows it
    with file() as project:
        assert [e.kind for e in journal.history(project)][-4:] == ["decision"] * 4
    press("z", ctrl=True)
    learned(qtbot, window)
    assert third(file).get(35, 0.0) < found[35]


def test_a_rejection_is_learned(window: MainWindow, press: Press, file: File, qtbot: QtBot) -> None:
    with file() as project:
        before = dict(derived.suggestions(project)[36])
    for row in (3, 11, 19, 27):
        window.places.comments.go(row)
        press("x")
    learned(qtbot, window)
    with file() as project:
        after = dict(derived.suggestions(project).get(36, ()))
    assert after.get(1, 0.0) < before[1]


def test_what_comes_next_changes_what_was_passed_stays(
    window: MainWindow, press: Press, file: File, qtbot: QtBot
) -> None:
    comments = window.places.comments
    comments.queue.line_up(Sort.LEARN)
    before = list(comments.model.ids)
    comments.go(2)
    press("3")
    learned(qtbot, window)
    assert window.session.current == before[2]
    assert comments.table.currentIndex().row() == 2
    assert list(comments.model.ids)[:3] == before[:3]
    with file() as project:
        first = [id_ for id_ in derived.to_learn(project) if id_ not in before[:3]]
    after = list(comments.model.ids)
    assert after[3:13] == first[:10]
    assert sorted(after) == sorted(before)
    assert after[3:] != before[3:]


def test_another_project_is_not_taught(window: MainWindow, press: Press, path: Path, qtbot: QtBot) -> None:
    press("3")
    other = Path(shutil.copy(path, path.with_name("other.ogps")))
    with qtbot.waitSignal(window.session.opened):
        window.commands.open_path(other)
    learned(qtbot, window)
    assert third(lambda: open_for_writing(path, "Ana")) == {}
    window.places.comments.go(2)
    press("3")
    learned(qtbot, window)
