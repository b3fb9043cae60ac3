"""How many texts a second are embedded, beside bare sentence-transformers with the same model and texts.

    python benchmarks/embedding.py [--texts 1000] [--rounds 3]

Both in the same process, in turn, two threads each, the best round of each; prints texts a second and the ratio.
"""

import argparse
import csv
import random
import time
from pathlib import Path

import numpy as np

from ogp_sensemaker.nlp import bundle, embed

SAMPLE = Path(__file__).parents[1] / "samples" / "phase2"


def texts(count: int) -> list[str]:
    """Comments of about 30 words: sentences of the sample in new company, each text different."""
    with (SAMPLE / "considerit" / "points.csv").open(encoding="utf-8", newline="") as file:
        known = [row["summary"] for row in csv.DictReader(file)]
    chance = random.Random(1)
    return [" ".join(chance.sample(known, chance.choice((1, 1, 2, 3)))) + f" ({i})" for i in range(count)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    wanted = parser.parse_args()
    made = texts(wanted.texts)
    folder = bundle.checked(embed.NAME)
    bundle.offline_environment()
    from sentence_transformers import SentenceTransformer

    bare = SentenceTransformer(str(folder), device="cpu")
    bare.encode(made[:8])
    embed.embed(made[:8])
    ours, theirs = [], []
    for _ in range(wanted.rounds):
        start = time.perf_counter()
        expected = bare.encode(made, normalize_embeddings=True, show_progress_bar=False)
        theirs.append(time.perf_counter() - start)
        start = time.perf_counter()
        found = embed.embed(made)
        ours.append(time.perf_counter() - start)
    words = sum(len(t.split()) for t in made) / len(made)
    print(f"{len(made):,} texts of {words:.0f} words on average")
    print(f"ogp-sensemaker         {len(made) / min(ours):7.1f} texts/s")
    print(f"sentence-transformers  {len(made) / min(theirs):7.1f} texts/s")
    print(f"ratio                  {min(theirs) / min(ours):7.2f} (wanted: at least 0.90)")
    print(f"smallest cosine of the two vectors of a text: {float(np.min((found * expected).sum(axis=1))):.6f}")


if __name__ == "__main__":
    main()
