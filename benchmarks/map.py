"""Measures how long the map takes to repaint 100,000 points, beside pyqtgraph's scatter plot, and what leads up to it.

Run with `python benchmarks/map.py [points]`. Needs no screen: both paint into a picture of 1100 × 760 pixels. A repaint
is one with other places on the screen (after a turn of the wheel), so that nothing kept from the last one helps.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

SIZE = (1100, 760)
TURNS = 15
COLOURS = 13
AIM = 30.0  # milliseconds


def main() -> None:
    """Print one line for each."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    from PySide6.QtWidgets import QApplication

    from ogp_sensemaker.qt import theme
    from ogp_sensemaker.settings import Settings

    with tempfile.TemporaryDirectory() as home:
        os.environ["OGP_SENSEMAKER_HOME"] = home
        app = QApplication(["map"])
        theme.apply(app, Settings())
        chance = np.random.default_rng(1)
        middles = chance.uniform(-0.8, 0.8, (200, 2))
        places = (middles[chance.integers(0, 200, count)] + chance.normal(0, 0.04, (count, 2))).astype(np.float32)
        labels = chance.integers(0, COLOURS, count)
        own = ours(places, labels)
        other = scatter(places, labels)
        print(f"{'ratio':42} {other / own:8.1f}")


def say(what: str, times: list[float], more: str = "", aim: float = AIM) -> None:
    """One line: the median and the worst."""
    verdict = "ok" if median(times) <= aim else "OVER"
    print(f"{what:42} {median(times):8.1f} ms  (aim {aim:.0f})  {verdict}  worst {max(times):.0f} {more}", flush=True)


def timed(does: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds on the clock, and of the processor."""
    wall, own = time.perf_counter(), time.process_time()
    does()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - own) * 1000


def ours(places: "np.ndarray", labels: "np.ndarray") -> float:
    """The map of the window."""
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QPolygonF

    from ogp_sensemaker.qt.map_canvas import MapCanvas
    from ogp_sensemaker.qt.map_points import inside, nearest

    canvas = MapCanvas()
    canvas.resize(*SIZE)
    canvas.show()
    canvas.show_points(places)
    colours = np.linspace(0x204060, 0xE0C0A0, COLOURS).astype(np.uint32)[labels]
    canvas.paint_with(colours, np.argsort(labels, kind="stable").astype(np.intp), [])
    canvas.grab()

    def turn(by: float) -> None:
        canvas.zoom(by)
        canvas.grab()

    turns = [timed(lambda n=n: turn(1.25 if n % 6 < 3 else 0.8)) for n in range(TURNS)]
    say("repaint, another zoom", [wall for wall, _ in turns], f"[own {median([own for _, own in turns]):.0f} ms]")
    kept = [timed(canvas.grab) for _ in range(TURNS)]
    say("repaint, the same places", [wall for wall, _ in kept])
    ring = QPolygonF([QPointF(200 + 150 * np.sin(t / 20), 300 + 200 * np.cos(t / 20)) for t in range(126)])
    say("comments in a drawn line", [timed(lambda: inside(canvas.spots(), ring, *SIZE))[0] for _ in range(TURNS)])
    say("comment under the mouse", [timed(lambda: nearest(canvas.spots(), QPointF(300, 300), 10))[0] for _ in range(9)])
    canvas.close()
    return median([wall for wall, _ in turns])


def scatter(places: "np.ndarray", labels: "np.ndarray") -> float:
    """The same points in a scatter plot of pyqtgraph, as it comes."""
    import pyqtgraph as pg

    plot = pg.PlotWidget(background="w")
    plot.resize(*SIZE)
    brushes = [pg.mkBrush(pg.intColor(n, COLOURS)) for n in range(COLOURS)]
    item = pg.ScatterPlotItem(size=4, pen=None, pxMode=True)
    item.setData(x=places[:, 0], y=places[:, 1], brush=[brushes[n] for n in labels])
    plot.addItem(item)
    plot.show()
    plot.grab()
    box = plot.getViewBox()

    def turn(by: float) -> None:
        box.scaleBy((by, by))
        plot.grab()

    turns = [timed(lambda n=n: turn(0.8 if n % 6 < 3 else 1.25)) for n in range(TURNS)]
    say("pyqtgraph.ScatterPlotItem, another zoom", [wall for wall, _ in turns])
    plot.close()
    return median([wall for wall, _ in turns])


if __name__ == "__main__":
    main()
