"""The map: colours, a ring drawn with the mouse, the words under it, a click, keys; and what paints it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QPolygonF
from pytestqt.qtbot import QtBot

from ogp_sensemaker.app.map_shown import By
from ogp_sensemaker.qt.main_window import MainWindow
from ogp_sensemaker.qt.map_points import Sheet, inside, nearest
from ogp_sensemaker.qt.map_view import MapView
from ogp_sensemaker.settings import Settings
from ogp_sensemaker.store import derived, places
from ogp_sensemaker.store.project import Project, open_for_writing
from tests.qt.conftest import Press, idle

File = Callable[[], Project]
ON_MAP = 60


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    """The consultation with a map: the first cluster on the left, the second on the right."""
    found = Path(shutil.copy(made, tmp_path / "small.ogps"))
    with open_for_writing(found, "Ana") as project, project.action("Vectors", "machine"):
        rows = [(n, f"words {n}") for n in range(1, 63)]
        derived.save_vectors(project, rows, np.eye(62, 8, dtype=np.float32), "made up/1")
        spots = [(n, -0.8 if n % 8 == 1 else 0.8 if n % 8 == 3 else 0.0, 0.9 - n / 40) for n, _ in rows[:ON_MAP]]
        places.save(project, spots, "made up/1")
    return found


@pytest.fixture
def view(window: MainWindow, press: Press, qtbot: QtBot) -> MapView:
    press("4", ctrl=True)
    qtbot.waitUntil(lambda: window.places.map._shades is not None)
    return window.places.map


def at(view: MapView, segment_id: int) -> QPoint:
    x, y = view.canvas.spots()[segment_id - 1].tolist()
    return QPointF(x, y).toPoint()


def legend(view: MapView) -> list[str]:
    found = (view._legend.itemAt(n).widget() for n in range(view._legend.count()))
    return [w._words for w in found if hasattr(w, "_words")]


def test_every_comment_is_a_point_in_the_colour_of_its_cluster(view: MapView) -> None:
    assert view._points is not None
    assert len(view._points.ids) == ON_MAP
    assert legend(view) == ["8  1 · courses, contact, short", "8  2 · grants, local, small", "44  In no cluster"]
    image = view.canvas.grab().toImage()
    shown = QColor(image.pixel(at(view, 1)))
    assert shown == view._colour_of(0)
    assert "2 new comments are not on it yet" in view._about.text()


@pytest.mark.parametrize(
    ("by", "first"),
    [
        (By.DIRECTION, "12  1  Learning"), (By.STANCE, "1  ▼ Oppose"), (By.LANGUAGE, "45  English"),
        (By.CHANNEL, "60  Platform"),
    ],
)  # fmt: skip
def test_other_colours(view: MapView, window: MainWindow, qtbot: QtBot, by: By, first: str) -> None:
    view.by.setCurrentIndex(view.by.findData(by))
    view.by.activated.emit(0)
    qtbot.waitUntil(lambda: view._shades is not None and view._shades.by is by)
    assert first in legend(view)


def test_a_line_drawn_around_points_lists_them(view: MapView, window: MainWindow, qtbot: QtBot) -> None:
    canvas = view.canvas
    left = [at(view, 1) + QPoint(-20, -20), at(view, 57) + QPoint(-20, 20)]
    right = [at(view, 57) + QPoint(20, 20), at(view, 1) + QPoint(20, -20)]
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=left[0])
    for corner in (left[1], *right):
        qtbot.mouseMove(canvas, corner)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=right[1])
    assert window.place == "comments"
    assert list(window.places.comments.model.ids) == list(range(1, 61, 8))


def test_the_words_under_the_mouse(view: MapView, qtbot: QtBot) -> None:
    qtbot.mouseMove(view.canvas, at(view, 3))
    qtbot.waitUntil(lambda: view.words.text().startswith("#3  Small grants for local groups"))
    qtbot.mouseMove(view.canvas, QPoint(2, 2))
    qtbot.waitUntil(lambda: view.words.text() == "")


def test_a_click_reads_the_comment_and_chooses_its_cluster(
    view: MapView, window: MainWindow, press: Press, qtbot: QtBot
) -> None:
    window.go("clusters")
    window.go("map")
    idle(qtbot, window)
    qtbot.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=at(view, 11))
    assert window.session.current == 11
    assert view.canvas.marked == 10
    assert "Cluster 2" in view._which._words
    press("j")
    assert window.session.current == 19  # the next of its cluster
    press(Qt.Key.Key_Return)
    assert window.place == "clusters"
    cluster = window.places.clusters.cluster
    assert cluster is not None
    assert cluster.id == 2


def test_looking_closer_by_wheel_and_key(view: MapView, press: Press) -> None:
    canvas = view.canvas
    before = canvas.spots().copy()
    press(Qt.Key.Key_Plus, Qt.Key.Key_Plus)
    assert np.ptp(canvas.spots()[:, 1]) > 1.5 * np.ptp(before[:, 1])
    press(Qt.Key.Key_Right)
    assert canvas.spots()[0, 0] < before[0, 0]
    press(Qt.Key.Key_Home)
    assert np.allclose(canvas.spots(), before)
    centre = QPointF(canvas.width() / 4, canvas.height() / 4)
    fixed = nearest(before, centre, 1e9)
    spot = QPointF(*before[fixed].tolist())
    canvas.zoom(2.0, spot)
    assert np.allclose(canvas.spots()[fixed], before[fixed], atol=0.6)


def test_what_is_in_view_is_listed_by_key(view: MapView, window: MainWindow, press: Press) -> None:
    view.canvas.zoom(6.0, QPointF(at(view, 33)))
    seen = sorted(int(view._points.ids[row]) for row in view.canvas.in_view())  # type: ignore[union-attr]
    assert 0 < len(seen) < ON_MAP
    press(Qt.Key.Key_Space)
    assert window.place == "comments"
    assert sorted(window.places.comments.model.ids) == seen


def test_a_line_of_the_legend_stands_out(view: MapView) -> None:
    pixel = at(view, 3)
    before = QColor(view.canvas.grab().toImage().pixel(pixel))
    view._light(0)
    assert QColor(view.canvas.grab().toImage().pixel(pixel)) != before
    view._light(0)
    assert QColor(view.canvas.grab().toImage().pixel(pixel)) == before


def test_a_new_decision_is_seen(view: MapView, window: MainWindow, qtbot: QtBot) -> None:
    view.by.setCurrentIndex(view.by.findData(By.STANCE))
    view.colour()
    qtbot.waitUntil(lambda: "1  ▼ Oppose" in legend(view))
    window.session.set_current(5)
    window.decisions.apply(1)
    idle(qtbot, window)
    window.commands.oppose()
    qtbot.waitUntil(lambda: "2  ▼ Oppose" in legend(view))


def test_without_a_map_there_is_a_button_that_makes_one(
    empty_window: MainWindow, made: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    own = Path(shutil.copy(made, tmp_path / "none.ogps"))
    with open_for_writing(own, "Ana") as project, project.action("Vectors", "machine"):
        rows = [(n, f"words {n}") for n in range(1, 61)]
        vectors = np.random.default_rng(1).normal(size=(60, 12)).astype(np.float32)
        derived.save_vectors(project, rows, vectors, "made up/1")
    with qtbot.waitSignal(empty_window.session.opened):
        empty_window.commands.open_path(own)
    empty_window.go("map")
    view = empty_window.places.map
    qtbot.waitUntil(lambda: "There is no map yet" in view._about.text())
    assert not view.canvas.isVisible()
    qtbot.mouseClick(view._make, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.canvas.isVisible() and view._shades is not None, timeout=30_000)
    assert view._points is not None
    assert len(view._points.ids) == 60


@pytest.mark.parametrize("settings", [Settings(theme="dark"), Settings(theme="light", direction="rtl")])
def test_dark_and_mirrored(view: MapView, window: MainWindow, qtbot: QtBot, settings: Settings) -> None:
    before = view.canvas.spots()[:, 0].copy() - view.canvas.width() / 2
    window.dress(settings)
    idle(qtbot, window)
    image = view.canvas.grab().toImage()
    assert QColor(image.pixel(at(view, 1))).name() == view._colour_of(0).name()
    now = view.canvas.spots()[:, 0] - view.canvas.width() / 2
    assert np.sign(now[[0, 2]]).tolist() == np.sign(before[[0, 2]]).tolist()  # east stays east


# What paints it ------------------------------------------------------------------------------------


def test_later_points_lie_on_top_and_edges_are_soft() -> None:
    spots = np.array([[10, 10], [10, 10], [30, 5], [-50, 3]], np.float32)
    sheet = Sheet()
    image = sheet.picture(spots, np.array([0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF], np.uint32), 40, 20, 3.0)
    assert (image.width(), image.height()) == (40, 20)
    assert image.pixelColor(10, 10) == QColor(0, 255, 0)
    assert image.pixelColor(30, 5) == QColor(0, 0, 255)
    assert image.pixelColor(20, 15).alpha() == 0
    alphas = {image.pixelColor(x, 10).alpha() for x in range(5, 16)}
    assert {0, 255} < alphas  # something in between too


def test_points_at_the_very_edge_and_outside() -> None:
    spots = np.array([[0, 0], [39, 19], [40, 20], [1e6, -1e6]], np.float32)
    sheet = Sheet()
    image = sheet.picture(spots, np.full(4, 0x112233, np.uint32), 40, 20, 4.0)
    assert image.pixelColor(0, 0).alpha() == image.pixelColor(39, 19).alpha() == 255
    # The same sheet again, smaller and with nothing on it.
    nothing = sheet.picture(np.zeros((0, 2), np.float32), np.zeros(0, np.uint32), 5, 5, 2.0)
    assert {nothing.pixelColor(x, y).alpha() for x in range(5) for y in range(5)} == {0}


def test_inside_a_line_that_crosses_itself() -> None:
    spots = np.array([[5, 5], [25, 25], [50, 50], [200, 5]], np.float32)
    square = QPolygonF([QPointF(0, 0), QPointF(30, 0), QPointF(30, 30), QPointF(0, 30)])
    assert inside(spots, square, 100, 100).tolist() == [True, True, False, False]


def test_the_nearest_within_reach() -> None:
    spots = np.array([[5, 5], [25, 25]], np.float32)
    assert nearest(spots, QPointF(20, 20), 10) == 1
    assert nearest(spots, QPointF(60, 60), 10) == -1
    assert nearest(spots[:0], QPointF(0, 0), 10) == -1
