"""What is contested: opinion groups against Polis's own, and made-up opinions whose truth is known.

python benchmarks/contested.py polis ../shared/data/polis
python benchmarks/contested.py synthetic
python benchmarks/contested.py intervals
python benchmarks/contested.py issues ../shared/samples/gold-dev [--english FILE]
"""

import argparse
import csv
import random
import time
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from ogp_sensemaker.domain import contest as measure
from ogp_sensemaker.domain.contest import contest
from ogp_sensemaker.domain.opinion import Vote, interval
from ogp_sensemaker.nlp import groups


def polis(folder: Path) -> None:
    """Groups, divisiveness and consensus against those that Polis itself computed."""
    from scipy.stats import spearmanr
    from sklearn.metrics import adjusted_rand_score

    print(
        f"{'conversation':28}{'voters':>7}{'comments':>9}{'groups':>7}{'silh.':>7}{'ARI':>7}{'divisive':>9}{'consensus':>10}"
    )
    for conversation in sorted(p for p in folder.iterdir() if p.is_dir()):
        with (conversation / "participants-votes.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        ids = [name for name in rows[0] if name.isdigit()]
        votes = [Vote(int(i), int(r["participant"]), int(r[i])) for r in rows for i in ids if r[i]]
        theirs = {int(r["participant"]): r["group-id"] for r in rows if r["group-id"]}
        found = groups.opinion_groups(votes)
        both = sorted(found.group_of.keys() & theirs.keys())
        ari = adjusted_rand_score([theirs[c] for c in both], [found.group_of[c] for c in both])
        ours = {d.segment_id: d for d in groups.divisions(votes, found.group_of)}
        gold = {d.segment_id: d for d in groups.divisions(votes, theirs)}
        divisive = spearmanr(*[[x[i].divisiveness for i in sorted(gold)] for x in (ours, gold)])[0]
        consensus = spearmanr(*[[x[i].consensus for i in sorted(gold)] for x in (ours, gold)])[0]
        n = len(set(found.group_of.values()))
        print(
            f"{conversation.name:28}{len(rows):>7}{len(ids):>9}{n:>4} /{len(set(theirs.values())):>1}"
            f"{found.silhouette:>7.2f}{ari:>7.2f}{divisive:>9.2f}{consensus:>10.2f}"
        )
    rng = np.random.default_rng(0)
    camp = rng.random((2000, 1)) < 0.4
    values = np.where(rng.random((2000, 500)) < np.where(camp, rng.random(500), rng.random(500)), 1, -1)
    votes = [Vote(s, c, int(values[c, s])) for c in range(2000) for s in range(500) if (c * 31 + s * 17) % 3]
    started = time.perf_counter()
    found = groups.opinion_groups(votes)
    groups.divisions(votes, found.group_of)
    print(f"2,000 voters, 500 comments, {len(votes):,} votes: {time.perf_counter() - started:.1f} s")


def synthetic(repeats: int) -> None:
    """How often undivided issues are called contested, and how the index follows distance and mean."""
    rng = random.Random(1)
    kinds = {
        "normal, mean 0.3, sd 0.35": lambda _: rng.gauss(0.3, 0.35),
        "normal, mean 0, sd 0.4": lambda _: rng.gauss(0, 0.4),
        "normal, any mean, sd 0.5": lambda m: rng.gauss(m, 0.5),
        "any opinion as likely as any": lambda _: rng.uniform(-1, 1),
        "votes, 90 % for": lambda _: 1.0 if rng.random() < 0.9 else -1.0,
        "75 % for, 15 % pass, 10 % against": lambda _: rng.choices((1.0, 0.0, -1.0), (75, 15, 10))[0],
        "two camps of equal size, ±0.6": lambda _: rng.choice((-0.6, 0.6)) + rng.gauss(0, 0.2),
        "two camps, 30 % against, ±0.7": lambda _: (0.7 if rng.random() < 0.7 else -0.7) + rng.gauss(0, 0.2),
    }
    measure.DRAWS = 20  # only the intervals, which decide nothing
    print(
        f"{'opinions drawn from':36}" + "".join(f"{f'n = {n}':>10}" for n in (10, 14, 20, 40)) + "   called contested"
    )
    for name, draw in kinds.items():
        shares = []
        for n in (10, 14, 20, 40):
            contested = 0
            for _ in range(repeats):
                mean = rng.uniform(-0.5, 0.8)
                positions = {i: max(-1.0, min(1.0, draw(mean))) for i in range(n)}
                by = {a: {i: rng.choice(v) for i in range(n)} for a, v in (("s", "abcde"), ("r", "abcd"), ("g", "ab"))}
                contested += contest(positions, by).suggested == "contested"
            shares.append(contested / repeats)
        print(f"{name:36}" + "".join(f"{s:>9.1%} " for s in shares))
    print("\nindex by distance of two equal camps (rows) and mean of all (columns), 40 cases, noise 0.1")
    means = (0.0, 0.2, 0.4)
    print(f"{'':8}" + "".join(f"{m:>8}" for m in means))
    for apart in (0.0, 0.4, 0.8, 1.2):
        row = []
        for mean in means:
            x = [mean + (apart / 2 if i % 2 else -apart / 2) + rng.gauss(0, 0.1) for i in range(40)]
            row.append(contest({i: max(-1.0, min(1.0, v)) for i, v in enumerate(x)}).index.value)
        print(f"{apart:>8}" + "".join(f"{v:>8.2f}" for v in row))


def intervals(repeats: int) -> None:
    """How often intervals of the mean hold the truth, and how wide they are: ours, plain t, percentile bootstrap."""
    from scipy.stats import t

    rng = np.random.default_rng(0)
    kinds = {
        "skewed slider": lambda s: np.clip(rng.beta(4, 1.2, s) * 2 - 1, -1, 1),
        "four in ten at the end": lambda s: np.where(rng.random(s) < 0.4, 1, np.clip(rng.normal(0.4, 0.4, s), -1, 1)),
        "two camps, 80 to 20": lambda s: np.where(
            rng.random(s) < 0.8, np.clip(rng.normal(0.8, 0.2, s), -1, 1), np.clip(rng.normal(-0.7, 0.2, s), -1, 1)
        ),
        "votes, 85 % for": lambda s: np.where(rng.random(s) < 0.85, 1.0, -1.0),
        "any as likely as any": lambda s: rng.uniform(-1, 1, s),
    }
    print(f"{'':26}{'ours':>14}{'t, cut':>14}{'bootstrap':>14}   share that holds the mean / width")
    for n in (3, 5, 8, 12, 20, 50):
        for name, draw in kinds.items():
            truth, x = draw(1_000_000).mean(), draw((repeats, n))
            ours = np.array([interval([float(v) for v in row]) for row in x])
            reach = t.ppf(0.975, n - 1) * x.std(axis=1, ddof=1) / np.sqrt(n)
            plain = np.clip(np.stack([x.mean(axis=1) - reach, x.mean(axis=1) + reach], axis=1), -1, 1)
            drawn = np.take_along_axis(x[:, None, :].repeat(300, 1), rng.integers(0, n, (len(x), 300, n)), 2).mean(2)
            percentile = np.quantile(drawn, (0.025, 0.975), axis=1).T
            cells = [
                f"{((b[:, 0] <= truth) & (truth <= b[:, 1])).mean():.3f}/{(b[:, 1] - b[:, 0]).mean():.2f}"
                for b in (ours, plain, percentile)
            ]
            print(f"n = {n:<3} {name:20}" + "".join(f"{c:>14}" for c in cells))
polis(Path("/work/shared/data/polis"))
