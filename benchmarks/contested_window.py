"""Measures the contested view on a made project: 20,000 comments, 40,000 codings, 20 proposals of 5,000 opinions each.

Run with `python benchmarks/contested_window.py [segments]`. Needs no screen.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

PROPOSALS, PEOPLE = 20, 5_000
STANCES = ("support", "oppose", "mixed", "neutral")


def make(path: Path, segments: int) -> None:
    """The project of `window_data` with opinions of everybody and stances on half of the codings."""
    from benchmarks import window_data
    from ogp_sensemaker.domain.codebook import CodeKind
    from ogp_sensemaker.store import codebook
    from ogp_sensemaker.store.project import open_for_writing

    window_data.make(path, segments, 2 * segments, PEOPLE)
    rng = random.Random(2)
    with open_for_writing(path, "Ana") as project:
        with project.action("Proposals", "import"):
            tops = list(codebook.codes(project))
            made = [
                codebook.add(project, f"Proposal {n}", CodeKind.PROPOSAL, tops[n % len(tops)]) for n in range(PROPOSALS)
            ]
        with project.action("Stances"):
            stances = [(rng.choice(STANCES), n) for n in range(1, 2 * segments, 2)]
            project.connection.executemany("UPDATE coding SET stance = ? WHERE id = ?", stances)
        with project.writing():
            for code in made:
                numbers = [(1, code, case, rng.choice((-1, -0.6, 0.2, 0.8, 1)), "") for case in range(1, PEOPLE + 1)]
                project.connection.executemany(
                    "INSERT INTO opinion (source_id, code_id, case_id, value, occurred) VALUES (?, ?, ?, ?, ?)", numbers
                )


def main() -> None:
    """Print one line for each figure."""
    segments = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as home:
        os.environ["OGP_SENSEMAKER_HOME"] = home
        path = Path(home) / "divided.ogps"
        make(path, segments)
        measure(path)


def measure(path: Path) -> None:
    """Open the window on the project and go through the view."""
    from PySide6.QtCore import QTimer

    from ogp_sensemaker.qt.app import application
    from ogp_sensemaker.qt.main_window import MainWindow
    from ogp_sensemaker.settings import Settings

    app = application(["contested"])
    window = MainWindow(Settings(name="Ana"))
    window.resize(1440, 900)
    window.show()

    def until(done: Callable[[], bool]) -> None:
        while not done():
            app.processEvents()
            time.sleep(0.001)

    window.commands.open_path(path)
    until(lambda: window.session.is_open)
    for _ in range(50):
        app.processEvents()
        time.sleep(0.01)
    view = window.places.contested
    ticks = [time.perf_counter()]
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start(16)
    steps: list[object] = []
    view.figures.progressed.connect(steps.append)
    began = time.perf_counter()
    window.go("contested")
    until(lambda: len(steps) > 3)
    decided = time.perf_counter()
    window.decisions.memo("Meanwhile", 1)
    until(lambda: window.status.said.text() != "" and view._session.jobs._under_way == 0)
    between = time.perf_counter() - decided
    until(lambda: view.figures.counted is not None)
    say("counting everything", (time.perf_counter() - began) * 1000)
    again = time.perf_counter()
    window.decisions.apply(next(iter(window.session.codes)))
    until(lambda: view.figures.counted is None)
    view.figures.ask()
    until(lambda: view.figures.counted is not None)
    say("counting again after a code on a comment", (time.perf_counter() - again) * 1000)
    say("a decision while it counts, saved after", between * 1000)
    gaps = sorted(later - earlier for earlier, later in pairwise(ticks))
    say("window: longest gap between ticks of 16 ms", gaps[-1] * 1000)
    say("window: 99 % of the gaps below", gaps[int(len(gaps) * 0.99)] * 1000)
    shown = []
    for _ in range(15):
        began = time.perf_counter()
        view.step(1)
        app.processEvents()
        shown.append(time.perf_counter() - began)
    say("next issue on the screen, median", sorted(shown)[7] * 1000)
    ticks.clear()
    began = time.perf_counter()
    found: list[object] = []
    view._session.jobs.warm(lambda: None, found.append)
    view.page.sides_wanted.emit()
    view._session.jobs.warm(lambda: None, found.append)
    until(lambda: len(found) == 2)
    say("both sides looked up", (time.perf_counter() - began) * 1000)
    window.close()


def say(what: str, milliseconds: float) -> None:
    """One figure."""
    print(f"{what:45} {milliseconds:9.0f} ms")


if __name__ == "__main__":
    main()
