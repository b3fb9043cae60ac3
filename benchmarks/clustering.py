"""Grouping beside k-means at the true number of groups and, where it is installed, BERTopic with its defaults.

    python benchmarks/clustering.py ../shared/data/clustering [--cache FOLDER] [--sizes] [--shuffles 10]

StackOverflow titles (20 labels) and Banking77 (77), the same vectors for all. AMI and V-measure count what has
no group as one group of its own. Seconds are those after the vectors. BERTopic (pip install bertopic, which
brings umap-learn and hdbscan) is no dependency of the program.
"""

import argparse
import csv
import resource
import time
from importlib import util
from pathlib import Path

import numpy as np

from ogp_sensemaker.nlp import cluster, embed


def read(folder: Path) -> dict[str, tuple[list[str], list[str]]]:
    titles = (folder / "StackOverflow_raw_titles.txt").read_text(encoding="utf-8").splitlines()
    labels = (folder / "StackOverflow_raw_gnd.txt").read_text(encoding="utf-8").split()
    with (folder / "banking77-test.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        "StackOverflow": (titles, labels),
        "Banking77": ([row["text"] for row in rows], [row["category"] for row in rows]),
    }


def vectors(name: str, texts: list[str], cache: Path | None) -> np.ndarray:
    kept = cache / f"{name}.npy" if cache else None
    if kept and kept.is_file():
        return np.load(kept)
    made = embed.embed(texts)
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.save(kept, made)
    return made


def ours(table: np.ndarray, _texts: list[str], _true: int) -> np.ndarray:
    return cluster.group(table).labels


def ours_without_stability(table: np.ndarray, _texts: list[str], _true: int) -> np.ndarray:
    return cluster.group(table, stability=False).labels


def kmeans(table: np.ndarray, _texts: list[str], true: int) -> np.ndarray:
    from sklearn.cluster import KMeans

    return KMeans(true, n_init=10, random_state=0).fit_predict(table)


def bertopic(table: np.ndarray, texts: list[str], _true: int) -> np.ndarray:
    from bertopic import BERTopic

    return np.array(BERTopic().fit_transform(texts, embeddings=table)[0])


def compare(data: dict[str, tuple[list[str], list[str]]], cache: Path | None) -> None:
    from sklearn.metrics import adjusted_mutual_info_score, v_measure_score

    methods = {"ogp-sensemaker": ours, "  without stability": ours_without_stability, "k-means, true number": kmeans}
    if util.find_spec("bertopic"):
        methods["BERTopic, defaults"] = bertopic
    else:
        print("BERTopic is not installed here and left out.")
    for name, (texts, labels) in data.items():
        table, truth = vectors(name, texts, cache), np.unique(labels, return_inverse=True)[1]
        print(f"\n{name}: {len(texts):,} texts, {truth.max() + 1} labels")
        print(f"{'':24}{'AMI':>8}{'V':>8}{'groups':>8}{'nowhere':>9}{'seconds':>9}")
        for method, run in methods.items():
            start = time.perf_counter()
            found = run(table, texts, int(truth.max()) + 1)
            seconds = time.perf_counter() - start
            scores = adjusted_mutual_info_score(truth, found), v_measure_score(truth, found)
            groups = len(np.unique(found[found >= 0]))
            print(
                f"{method:24}{scores[0]:8.4f}{scores[1]:8.4f}{groups:8}{np.mean(found < 0):9.1%}{seconds:9.1f}",
                flush=True,
            )


def shuffles(table: np.ndarray, times: int) -> None:
    from sklearn.metrics import adjusted_rand_score

    first = cluster.group(table, stability=False).labels
    worst = 1.0
    for seed in range(times):
        order = np.random.default_rng(seed).permutation(len(table))
        again = np.empty_like(first)
        again[order] = cluster.group(table[order], stability=False, threads=1 + seed % 3).labels
        worst = min(worst, adjusted_rand_score(first, again))
    print(f"\n{times} runs in other orders and with 1 to 3 threads: adjusted Rand index at least {worst:.6f}")


def sizes(table: np.ndarray) -> None:
    """Mixtures of two titles with noise: as many different texts as wanted."""
    chance = np.random.default_rng(1)
    print(f"\n{'texts':>10}{'groups':>8}{'nowhere':>9}{'seconds':>9}{'peak GB':>9}")
    for count in (1000, 10_000, 100_000):
        mixed = table[chance.integers(0, len(table), count)] + 0.35 * table[chance.integers(0, len(table), count)]
        mixed += 0.6 * chance.normal(size=mixed.shape).astype(np.float32) / np.sqrt(mixed.shape[1])
        mixed = (mixed / np.linalg.norm(mixed, axis=1, keepdims=True)).astype(np.float32)
        start = time.perf_counter()
        found = cluster.group(mixed)
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(f"{count:10,}{found.groups:8}{np.mean(found.labels < 0):9.1%}{seconds:9.1f}{peak:9.2f}", flush=True)


def joining(table: np.ndarray) -> None:
    """What it costs to add one text in a hundred, beside grouping all."""
    held = np.arange(len(table)) % 100 == 0
    start = time.perf_counter()
    found = cluster.group(table[~held])
    whole = time.perf_counter() - start
    start = time.perf_counter()
    labels, _ = cluster.join(table[held], found.centres, found.reach)
    part = time.perf_counter() - start
    print(
        f"\n{held.sum()} texts more joined in {part:.3f} s ({part / whole:.2%} of the {whole:.1f} s of a whole run), "
    )
    print(f"{np.mean(labels >= 0):.0%} of them found a group")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cache", type=Path, help="a folder to keep the vectors in")
    parser.add_argument("--shuffles", type=int, default=10)
    parser.add_argument("--sizes", action="store_true", help="also measure 1,000, 10,000 and 100,000 texts")
    wanted = parser.parse_args()
    data = read(wanted.folder)
    compare(data, wanted.cache)
    shuffles(vectors("Banking77", data["Banking77"][0], wanted.cache), wanted.shuffles)
    titles = vectors("StackOverflow", data["StackOverflow"][0], wanted.cache)
    joining(titles)
    if wanted.sizes:
        sizes(titles)


if __name__ == "__main__":
    main()
