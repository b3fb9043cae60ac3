"""How long the map takes, and how well it keeps neighbours together (trustworthiness of 2,000, beside PCA).

    .venv/bin/python benchmarks/layout.py [--sizes 2000 10000 100000]
    .venv/bin/python benchmarks/layout.py --texts ../shared/data/clustering/StackOverflow_raw_titles.txt

Without --texts the vectors are made up: topics within topics, with noise. With it the lines of a file are embedded;
sizes beyond the number of lines are reached by copies with noise.
"""

import argparse
import time
from pathlib import Path

import numpy as np
from sklearn.manifold import trustworthiness

from ogp_sensemaker.nlp import layout
from ogp_sensemaker.nlp.links import principal

SIZES = (2_000, 10_000, 100_000)
SAMPLE = 2_000
NEW = 0.01


def unit(table: np.ndarray) -> np.ndarray:
    return (table / np.linalg.norm(table, axis=1, keepdims=True)).astype(np.float32)


def made_up(n: int, chance: np.random.Generator, dimensions: int = 384) -> np.ndarray:
    """Forty topics of different sizes, twelve subtopics in each, on top of what all texts share."""
    topics = unit(chance.normal(size=(40, dimensions)))
    below = unit(chance.normal(size=(480, dimensions)))
    own = chance.choice(480, size=n, p=chance.dirichlet(np.full(480, 2.0)))
    noise = unit(chance.normal(size=(n, dimensions)) * 0.97 ** np.arange(dimensions))
    return unit(0.3 * unit(chance.normal(size=(1, dimensions))) + topics[own // 12] + 0.7 * below[own] + noise)


def embedded(path: Path, n: int, chance: np.random.Generator) -> np.ndarray:
    from ogp_sensemaker.nlp import embed

    found = embed.embed([line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()])
    copies = [found]
    while sum(map(len, copies)) < n:
        copies.append(unit(found + chance.normal(scale=0.03, size=found.shape)))
    return np.concatenate(copies)


def measure(vectors: np.ndarray, chance: np.random.Generator) -> None:
    n, old = len(vectors), int(len(vectors) * (1 - NEW))
    began, ran = time.perf_counter(), time.process_time()
    places = layout.layout(vectors[:old])
    took, worked = time.perf_counter() - began, time.process_time() - ran
    began = time.perf_counter()
    new = layout.place(vectors[old:], vectors[:old], places)
    added = time.perf_counter() - began
    sample = chance.permutation(n)[:SAMPLE]
    flat = principal(vectors, np.ones(n))[:, :2]
    kept, alone = (
        trustworthiness(vectors[sample], where[sample], metric="cosine")
        for where in (np.concatenate([places, new]), flat)
    )
    print(
        f"{old:>7,} vectors: {took:6.1f} s ({worked:.1f} s of processor), {n - old:,} more in {added:.2f} s "
        f"({added / took:.1%}); trustworthiness {kept:.3f}, of two principal components {alone:.3f}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--texts", type=Path)
    args = parser.parse_args()
    chance = np.random.default_rng(0)
    every = embedded(args.texts, max(args.sizes), chance) if args.texts else made_up(max(args.sizes), chance)
    every = every[chance.permutation(len(every))]
    for size in args.sizes:
        measure(every[:size], chance)


if __name__ == "__main__":
    main()
