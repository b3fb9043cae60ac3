"""How well codes are suggested: from descriptions alone, and after so many decisions, by the queue and at random.

    python benchmarks/suggestions.py ../shared/samples/gold-dev/segments.csv \
        --banking ../shared/data/clustering/banking77-test.csv

The sample: the seven directions with the default codebook, segments as `import` cuts them, with the headings
they stand under. After n decisions macro-F1 and calibration are those of the segments that nobody decided on
(and macro-F1 of all, where the decided ones count as right). Banking77: 77 codes described by their name alone,
one to a text; none of it was used to choose anything. Random orders are the mean of three.
"""

import argparse
import csv
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ogp_sensemaker.nlp import embed, suggest

STEPS = (20, 50, 100, 200)
FEWEST = 50  # undecided texts that figures are given for
THRESHOLD = 0.3  # above which a code counts as suggested
Table = np.ndarray


def sample(gold: Path) -> tuple[Table, list[Table], Table, Table, dict[int, dict[int, bool]]]:
    """Vectors, descriptions, what segments stand under, which directions are right, what analyst A decided."""
    from ogp_sensemaker.app import codebook as codes
    from ogp_sensemaker.app import ingest, learning, suggesting
    from ogp_sensemaker.domain.codebook import CodeKind
    from ogp_sensemaker.domain.filter import SegmentFilter
    from ogp_sensemaker.domain.speech import without_speaker
    from ogp_sensemaker.store import codebook, segments
    from ogp_sensemaker.store.project import create

    with gold.open(encoding="utf-8", newline="") as file:
        labels = {(row["file"], " ".join(row["text"].split())): row["directions"] for row in csv.DictReader(file)}
    folder = Path(__file__).parents[1] / "samples" / "phase2"
    with tempfile.TemporaryDirectory() as place, create(Path(place) / "p.ogps", "benchmark") as project:
        codes.load_codebook(project, codes.read())
        for _ in ingest.import_files(project, [folder]):
            pass
        known = codebook.codes(project)
        targets = [c for c in known.values() if c.kind is CodeKind.DIRECTION]
        found = segments.page(project, segments.ids(project, SegmentFilter(voice=True)))
        kept = [(s, labels[key]) for s in found if (key := (s.source, " ".join(s.text.split()))) in labels]
        described = [embed.embed(suggest.pieces(*suggesting.descriptions(code, known))) for code in targets]
        above = [known[s.about].name if s.about in known else s.heading for s, _ in kept]
        decided = learning.decisions(
            project, known, {s.id: i for i, (s, _) in enumerate(kept)}, {c.id: i for i, c in enumerate(targets)}
        )
    texts = embed.embed([without_speaker(s.reading) for s, _ in kept])
    contexts = embed.embed(above) * np.array([[bool(text)] for text in above])
    right = np.array([[c.number in codes.split(";") for c in targets] for _, codes in kept])
    return texts, described, contexts.astype(np.float32), right, decided


def scores(probable: Table, right: Table, rows: Table) -> tuple[float, float, float]:
    """Macro-F1 over the codes, share of texts whose first suggestion is right, expected calibration error."""
    from sklearn.metrics import f1_score

    found, truth = probable[rows], right[rows]
    coded = truth.any(axis=1)
    first = truth[np.arange(len(truth)), found.argmax(axis=1)][coded].mean() if coded.any() else float("nan")
    return (
        float(f1_score(truth, found >= THRESHOLD, average="macro", zero_division=0)),
        float(first),
        calibration(found.ravel(), truth.ravel()),
    )


def calibration(found: Table, truth: Table) -> float:
    """The expected calibration error in ten equal bins (Guo and others 2017)."""
    place = np.minimum((found * 10).astype(int), 9)
    return float(
        sum(abs(found[place == b].mean() - truth[place == b].mean()) * np.mean(place == b) for b in set(place))
    )


def curve(
    texts: Table,
    described: Sequence[Table],
    contexts: Table | None,
    right: Table,
    start: dict[int, dict[int, bool]],
    seed: int | None,
) -> list[tuple[float, float, float, float]]:
    """Scores after each of STEPS more decisions: by the queue, or in the random order of `seed`."""
    decided = dict(start)
    order = np.random.default_rng(seed).permutation(len(texts)).tolist()
    prior = suggest.zero_shot(texts, described, contexts)
    found = []
    while len(decided) < min(len(start) + STEPS[-1], len(texts)):
        probable = suggest.probabilities(texts, described, decided, contexts, prior)
        if seed is None:
            new = suggest.to_learn(probable, texts, decided, 10)
        else:
            new = [i for i in order if i not in decided][:10]
        decided |= {i: dict(enumerate(map(bool, right[i]))) for i in new}
        rest = np.setdiff1d(np.arange(len(texts)), list(decided))
        if len(decided) - len(start) in STEPS and len(rest) >= FEWEST:
            probable = suggest.probabilities(texts, described, decided, contexts, prior)
            whole = probable.copy()
            whole[list(decided)] = right[list(decided)]
            found.append((*scores(probable, right, rest), scores(whole, right, np.arange(len(texts)))[0]))
    return found


def show(name: str, rows: Sequence[tuple[float, float, float, float]]) -> None:
    for n, (f1, first, ece, whole) in zip(STEPS, rows, strict=False):
        print(f"{name:34}{n:6}{f1:9.3f}{first:9.3f}{ece:9.3f}{whole:9.3f}")


def learn(
    texts: Table,
    described: Sequence[Table],
    contexts: Table | None,
    right: Table,
    start: dict[int, dict[int, bool]],
    name: str,
) -> None:
    rest = np.setdiff1d(np.arange(len(texts)), list(start))
    f1, first, ece = scores(suggest.probabilities(texts, described, start, contexts), right, rest)
    print(f"{name:34}{0:6}{f1:9.3f}{first:9.3f}{ece:9.3f}")
    show(f"{name}, queue", curve(texts, described, contexts, right, start, None))
    drawn = [curve(texts, described, contexts, right, start, seed) for seed in range(3)]
    show(f"{name}, random", [tuple(np.mean(step, axis=0)) for step in zip(*drawn, strict=True)])  # type: ignore[misc]


def refit(texts: Table, described: Sequence[Table], contexts: Table, right: Table) -> None:
    """Seconds from a decision to new probabilities of 10,000 segments."""
    times = -(-10_000 // len(texts))
    many, above = np.tile(texts, (times, 1))[:10_000], np.tile(contexts, (times, 1))[:10_000]
    prior = suggest.zero_shot(many, described, above)
    for count in (20, 100, 200, 500):
        decided = {i: dict(enumerate(map(bool, right[i % len(right)]))) for i in range(count)}
        best = 1e9
        for _ in range(5):
            start = time.perf_counter()
            suggest.probabilities(many, described, decided, above, prior)
            best = min(best, time.perf_counter() - start)
        print(f"refit after {count:4} decisions at 10,000 segments: {1000 * best:6.0f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--banking", type=Path)
    wanted = parser.parse_args()
    texts, described, contexts, right, decided = sample(wanted.gold)
    print(f"the sample: {len(texts)} segments with labels, {len(decided)} of them decided by analyst A")
    print(f"{'':34}{'n':>6}{'F1':>9}{'first':>9}{'ECE':>9}{'F1 all':>9}")
    learn(texts, described, contexts, right, {}, "sample")
    learn(texts, described, None, right, {}, "sample, words alone")
    learn(texts, described, contexts, right, decided, "sample, after analyst A")
    refit(texts, described, contexts, right)
    if wanted.banking:
        with wanted.banking.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        names = sorted({row["category"] for row in rows})
        queries = embed.embed([row["text"] for row in rows])
        labelled = np.array([[row["category"] == name for name in names] for row in rows])
        named = [embed.embed([name.replace("_", " ")]) for name in names]
        learn(queries, named, None, labelled, {}, "Banking77")


if __name__ == "__main__":
    main()
