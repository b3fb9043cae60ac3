"""From a decision to suggestions that have learned from it, written: 10,000 and 100,000 made segments, 2 codes on some.

    python benchmarks/learning.py FOLDER

For each size and number of decisions made before: reading the basis (once a sitting), then 15 more decisions one at a
time; what each costs to learn (reading the decisions, fitting, the order of what to ask next, comparing) and to write.
"""

import argparse
import time
from pathlib import Path
from statistics import median

import numpy as np
from window_data import make

from ogp_sensemaker.app import coding, learning
from ogp_sensemaker.domain.codebook import CodeKind
from ogp_sensemaker.nlp import suggest as machine
from ogp_sensemaker.store import codebook, derived, segments
from ogp_sensemaker.store.project import open_for_writing

TOPICS, DIMENSIONS = 40, 384
BEFORE = (20, 200, 1000)


def prepare(path: Path, size: int) -> None:
    """Segments around forty middles, a prior that knows a little, and suggestions from it."""
    make(path, size, 0)
    chance = np.random.default_rng(1)
    with open_for_writing(path, "Ana") as project:
        ids = segments.ids(project)
        tops = [c.id for c in codebook.codes(project).values() if c.kind is CodeKind.DIRECTION]
        topic = chance.integers(TOPICS, size=len(ids))
        middles = chance.normal(size=(TOPICS, DIMENSIONS))
        vectors = middles[topic] + chance.normal(size=(len(ids), DIMENSIONS))
        vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
        prior = chance.beta(1, 4, (TOPICS, len(tops)))[topic] + 0.05 * chance.normal(size=(len(ids), len(tops)))
        prior = np.clip(prior, 0.01, 0.95)
        headings = [f"heading {n % 60}" for n in range(len(ids))]
        with project.action("Suggestions", "machine"):
            found = [(s.id, s.reading) for s in segments.page(project, ids)]
            derived.save_vectors(project, found, vectors, "made up/1")
            coder = project.coder_named(machine.VERSION, machine=True)
            rows = np.argwhere(prior >= learning.THRESHOLD).tolist()
            derived.save_suggestions(project, [(ids[r], tops[c], float(prior[r, c])) for r, c in rows], coder)
            learning.remember(project, ids, tops, prior, headings, vectors)


def measure(path: Path, size: int) -> None:
    """Print a line for each of BEFORE."""
    chance = np.random.default_rng(2)
    with open_for_writing(path, "Ana") as project:
        tops = [c.id for c in codebook.codes(project).values() if c.kind is CodeKind.DIRECTION]
        ids = segments.ids(project)
        done = 0
        for before in BEFORE:
            for id_ in chance.choice(ids, before - done).tolist():
                coding.code_segments(project, [id_], int(chance.choice(tops)))
            start = time.perf_counter()
            found = learning.basis(project)
            assert found is not None
            sitting = learning.Sitting(found)
            learning.keep(project, sitting.learn(project))
            first = time.perf_counter() - start
            learned, written, moved = [], [], []
            for id_ in chance.choice(ids, 15).tolist():
                coding.code_segments(project, [id_], int(chance.choice(tops)))
                start = time.perf_counter()
                new = sitting.learn(project)
                middle = time.perf_counter()
                moved.append(learning.keep(project, new).rows)
                learned.append(1000 * (middle - start))
                written.append(1000 * (time.perf_counter() - middle))
            done = before
            print(f"{size:7,} segments, {before:5,} decisions: first {1000 * first:6.0f} ms; then learning "
                  f"{median(learned):5.0f} (worst {max(learned):5.0f}), writing {median(written):4.0f} (worst "
                  f"{max(written):4.0f}) ms, {median(moved):,.0f} suggestions moved")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    for size in (10_000, 100_000):
        path = folder / f"learning-{size}.ogps"
        path.unlink(missing_ok=True)
        prepare(path, size)
        measure(path, size)


if __name__ == "__main__":
    main()
