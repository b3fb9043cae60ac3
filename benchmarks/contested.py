"""What is contested: opinion groups against Polis's own, and made-up opinions whose truth is known.

python benchmarks/contested.py polis ../shared/data/polis
python benchmarks/contested.py synthetic
python benchmarks/contested.py intervals
python benchmarks/contested.py speed
python benchmarks/contested.py issues ../shared/samples/gold-dev [--english FILE]
"""

import argparse
import csv
import random
import time
import zlib
from pathlib import Path

import numpy as np

from ogp_sensemaker.domain import contest as measure
from ogp_sensemaker.domain.contest import contest
from ogp_sensemaker.domain.evidence import VALUE_OF_STANCE, Evidence, Kind, merge
from ogp_sensemaker.domain.evidence import values as case_values
from ogp_sensemaker.domain.opinion import Vote, interval
from ogp_sensemaker.domain.reading import reading
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
    took = time.perf_counter() - started
    print(f"2,000 voters, 500 comments, {len(votes):,} votes: {took:.1f} s (aim: under 5)")
    print("Aims: adjusted Rand index 0.6, Spearman 0.85 for divisiveness and consensus.")


def speed() -> None:
    """How long one issue takes, by its number of positions, with four attributes of two to twelve groups."""
    rng = random.Random(3)
    for n in (14, 200, 1000, 5000, 20_000):
        x = {i: max(-1.0, min(1.0, rng.gauss(0.2, 0.6))) for i in range(n)}
        named = (("sector", "abcdefghijkl"), ("region", "abcd"), ("gender", "ab"), ("channel", "abcde"))
        by = {a: {i: rng.choice(v) for i in range(n)} for a, v in named}
        contest(x, by)
        started = time.perf_counter()
        contest(x, by)
        print(f"{n:>7,} positions: {time.perf_counter() - started:.3f} s")


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
        "two camps of equal size, ±0.8": lambda _: rng.choice((-0.8, 0.8)) + rng.gauss(0, 0.2),
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
    print("Aim: under 5 % of the first six.\n")
    print("index by distance of two equal camps (rows) and mean of all (columns), 40 cases, noise 0.1")
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


def issues(folder: Path, english: Path | None) -> None:
    """Gold issues ranked by the index, from people's stances and from the machine's given each issue's statement."""
    from sklearn.metrics import f1_score, roc_auc_score

    from ogp_sensemaker.nlp import stance

    with (folder / "segments.csv").open(encoding="utf-8", newline="") as file:
        segments = {r["segment_id"]: r for r in csv.DictReader(file)}
    with (folder / "issues.csv").open(encoding="utf-8", newline="") as file:
        gold = list(csv.DictReader(file))
    translated = {}
    if english:
        with english.open(encoding="utf-8", newline="") as file:
            translated = {r["segment_id"]: r["english"] for r in csv.DictReader(file)}
    sides = {"for_segments": 1.0, "against_segments": -1.0, "mixed_segments": 0.0}
    for name in ("English only", "with what was translated") if translated else ("English only",):
        rows = [
            (issue["issue_id"], segments[s], value)
            for issue in gold
            for side, value in sides.items()
            for s in issue[side].split()
            if s in segments and (segments[s]["language"] == "en" or (translated and s in translated))
            if name != "English only" or segments[s]["language"] == "en"
        ]
        statement = {issue["issue_id"]: issue["statement"] for issue in gold}
        pairs = [(statement[i], translated.get(s["segment_id"], s["text"])) for i, s, _ in rows]
        shares = stance.probabilities(pairs)
        said = [VALUE_OF_STANCE[label] for label, _ in stance.stance(pairs)]
        f1 = f1_score([v for *_, v in rows], said, average="macro")
        print(f"\n{name}: {len(rows)} labelled segments; macro-F1 of for, against, mixed: {f1:.3f}")
        values = {
            "people": [v for *_, v in rows],
            "machine": said,
            "machine, weighed": [float(p[0] - p[1]) for p in shares],
            "machine, as read": [(float(p[0]), float(p[1])) for p in shares],
        }
        truth = [issue["contested"] == "yes" for issue in gold]
        for who, positions in values.items():
            if who == "machine, as read":
                _as_read(gold, rows, positions, truth)
                continue
            found = {}
            for issue in gold:
                evidence = [
                    Evidence(hash_of(s), Kind.MACHINE, value, s["segment_id"])
                    for (i, s, _), value in zip(rows, positions, strict=True)
                    if i == issue["issue_id"]
                ]
                found[issue["issue_id"]] = contest(case_values(merge(evidence, machine=True)), too_few=1)
            scores = [found[issue["issue_id"]].index.value or 0.0 for issue in gold]
            aim = "exactly 1" if who == "people" else "0.95"
            print(f"  {who}: area under the curve {roc_auc_score(truth, scores):.3f} (aim: {aim})")
            for score, issue in sorted(zip(scores, gold, strict=True), key=lambda f: -f[0]):
                card = found[issue["issue_id"]]
                print(f"    {score:.2f} {issue['contested']:3} {issue['issue_id']:12} {card.suggested:16} {card.why}")


def _as_read(gold: list[dict[str, str]], rows: list, sides: list[tuple[float, float]], truth: list[bool]) -> None:
    """Issues ranked as the program ranks those that nothing but the machine's stances speaks of."""
    from sklearn.metrics import roc_auc_score

    scores = []
    for issue in gold:
        here = [(hash_of(s), *p) for (i, s, _), p in zip(rows, sides, strict=True) if i == issue["issue_id"]]
        made = reading(here)
        scores.append(made.against if made else 0.0)
    print(f"  machine, as read: area under the curve {roc_auc_score(truth, scores):.3f} (aim: 0.95)")
    for score, issue in sorted(zip(scores, gold, strict=True), key=lambda f: -f[0]):
        print(f"    {score:.2f} {issue['contested']:3} {issue['issue_id']}")


def hash_of(segment: dict[str, str]) -> int:
    """A number for whoever speaks: a speaker within one source, else the segment itself."""
    who = f"{segment['source']} {segment['file']} {segment['speaker'] or segment['segment_id']}"
    return zlib.crc32(who.encode())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("polis").add_argument("folder", type=Path)
    commands.add_parser("speed")
    for name in ("synthetic", "intervals"):
        commands.add_parser(name).add_argument("--repeats", type=int, default=300)
    command = commands.add_parser("issues")
    command.add_argument("folder", type=Path)
    command.add_argument("--english", type=Path, help="a table of segment_id and english")
    args = vars(parser.parse_args())
    globals()[args.pop("command")](**args)


if __name__ == "__main__":
    main()
