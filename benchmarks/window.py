"""Measures the window on a made project of 100,000 segments and 200,000 codings, and prints figures beside the aims.

Run with `python benchmarks/window.py [folder to keep the project in]`. Needs no screen.
"""

import os
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

BARE = (
    "from PySide6.QtWidgets import QApplication, QMainWindow; a = QApplication([]); w = QMainWindow();"
    "w.show(); a.processEvents()"
)
OURS = (
    "from ogp_sensemaker.qt.app import application; a = application(['x']);"
    "from ogp_sensemaker.qt.main_window import MainWindow; from ogp_sensemaker.settings import Settings;"
    "w = MainWindow(Settings()); w.show(); a.processEvents()"
)


def main() -> None:
    """Print one line for each aim."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["OGP_SENSEMAKER_HOME"] = home
        start_up()
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(home)
        path = folder / "large.ogps"
        if not path.exists():
            from benchmarks import window_data

            began = time.perf_counter()
            window_data.make(path)
            print(f"{'made project':42} {time.perf_counter() - began:8.1f} s, {path.stat().st_size / 1e6:.0f} MB")
        measure(path)


def start_up() -> None:
    """From nothing to a window on the screen, and as a ratio to a bare one; best of three processes."""
    import subprocess

    def best(code: str) -> float:
        times = []
        for _ in range(3):
            began = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
            times.append(time.perf_counter() - began)
        return min(times)

    bare, ours = best(BARE), best(OURS)
    say("window from nothing", ours * 1000, 1000)
    print(f"{'  ratio to a bare QMainWindow':42} {ours / bare:8.2f}")


CPU = [0.0]  # milliseconds of the screen's thread in what was measured last: the same on a busy machine


def say(what: str, milliseconds: float, aim: float, more: str = "") -> None:
    """One line."""
    more = f"{more} [own {CPU[0]:.0f} ms]" if CPU[0] else more
    verdict = "ok" if milliseconds <= aim else "OVER"
    print(f"{what:42} {milliseconds:8.1f} ms  (aim {aim:,.0f})  {verdict} {more}", flush=True)


def measure(path: Path) -> None:
    """Everything that needs the made project."""
    from PySide6.QtCore import QEventLoop, QTimer

    from ogp_sensemaker.app import coding, history
    from ogp_sensemaker.app.progress import Progress
    from ogp_sensemaker.domain.coding import Stance
    from ogp_sensemaker.domain.filter import SegmentFilter, Sort
    from ogp_sensemaker.qt.app import application
    from ogp_sensemaker.qt.main_window import MainWindow
    from ogp_sensemaker.settings import Settings

    app = application(["benchmark"])
    window = MainWindow(Settings(name="Ana", theme="light"))
    window.resize(1440, 900)
    window.show()
    app.processEvents()
    view, session = window.places.comments, window.session

    def until(done: Callable[[], bool], seconds: float = 60) -> None:
        limit = time.perf_counter() + seconds
        while not done():
            app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
            time.sleep(0.0005)  # the writer's thread has to come to its turn
            if time.perf_counter() > limit:
                raise TimeoutError

    def clock(does: Callable[[], object]) -> float:
        began, own = time.perf_counter(), time.thread_time()
        does()
        CPU[0] = (time.thread_time() - own) * 1000
        return (time.perf_counter() - began) * 1000

    def painted() -> None:
        view.table.viewport().repaint()

    opened: list[int] = []
    session.opened.connect(lambda: opened.append(1))

    def open_() -> None:
        window.commands.open_path(path)
        until(lambda: bool(opened))
        painted()

    say("open to first rows", clock(open_), 1500)
    rest(window, app)

    bar = view.table.verticalScrollBar()
    times = []
    for n in range(400):
        value = (n * 7919 * 60) % bar.maximum() if n % 4 == 0 else bar.value() + 120
        times.append(clock(lambda v=value: (bar.setValue(v), painted())))
    times.sort()
    say("scroll and repaint, 99th percentile", times[int(len(times) * 0.99)], 16, f"median {times[200]:.1f}")

    for name, where in {
        "filter by language": SegmentFilter(languages=("az",)),
        "filter by direction": SegmentFilter(codes=(3,)),
        "filter not coded": SegmentFilter(coded=False),
        "filter by stance": SegmentFilter(stances=(Stance.OPPOSE,)),
        "filter by channel": SegmentFilter(channels=("Survey",)),
        "filter by sector": SegmentFilter(attributes=(("sector", "Government"),)),
        "filter unreviewed translation": SegmentFilter(unreviewed=True),
        "filter by suggestion confidence": SegmentFilter(confidence=(0.7, 1.0)),
        "full-text search": SegmentFilter(words="vetendas qrant"),
        "no filter": SegmentFilter(),
    }.items():
        say(name, clock(lambda w=where: (session.show(w), painted())), 300)
    for sort in (*Sort, "sector"):
        say(f"sort by {sort}", clock(lambda s=sort: (session.order(s, False), painted())), 300)
    session.order(Sort.POSITION, False)

    done: list[object] = []

    def decide(operation: Callable[..., object], *args: object, **given: object) -> None:
        done.clear()
        window.jobs.run(operation, *args, then=done.append, **given)  # type: ignore[arg-type]
        until(lambda: bool(done))
        painted()

    ids = view.model.ids
    times = sorted(clock(lambda n=n: decide(coding.code_segments, [ids[n]], 1 + n % 7)) for n in range(40))
    say("code on one segment", times[20], 50, f"worst {times[-1]:.0f}")
    rest(window, app)
    say("code on 5,000 segments", clock(lambda: decide(coding.code_segments, list(ids[:5000]), 2)), 500)
    rest(window, app)
    say("undo of that", clock(lambda: decide(history.undo)), 500)
    rest(window, app)
    times = sorted(clock(lambda: (view.step(1), painted())) for _ in range(60))
    say("next comment, shown and drawn", times[30], 50, f"worst {times[-1]:.0f}")

    # While a long job runs ------------------------------------------------------------------------
    def working(project: object) -> Iterator[Progress]:
        for step in range(400):
            yield Progress(step, 400, "Working")
            began = time.perf_counter()
            while time.perf_counter() - began < 0.05:
                sum(range(2000))

    window.jobs.start("Working", working)
    until(lambda: bool(window.jobs.busy))
    waits: list[float] = []
    for _ in range(60):
        fired: list[float] = []
        began = time.perf_counter()
        QTimer.singleShot(0, lambda f=fired: f.append(time.perf_counter()))
        until(lambda f=fired: bool(f))
        view.step(1)
        painted()
        waits.append((time.perf_counter() - began) * 1000)
    waits.sort()
    say("key press during a job, until drawn", waits[-1], 100, f"median {waits[30]:.0f}")
    window.jobs.cancel()
    until(lambda: not window.jobs.busy)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'memory at its highest':42} {peak:8.0f} MB  (aim 700)  {'ok' if peak <= 700 else 'OVER'}")
    print(f"{'threads':42} {threading.active_count():8}")
    window.close()


def rest(window: object, app: object) -> None:
    """Wait until the writer has nothing left to do."""
    done: list[object] = []
    window.jobs.warm(lambda: None, done.append)  # type: ignore[attr-defined]
    limit = time.perf_counter() + 60
    while time.perf_counter() < limit and not (done and not window.codebook._later.isActive()):  # type: ignore[attr-defined]
        app.processEvents()  # type: ignore[attr-defined]
        time.sleep(0.005)


if __name__ == "__main__":
    main()
