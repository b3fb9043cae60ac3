"""How long importing 10,000 comments of 30 words takes, beside reading the same file with csv alone.

.venv/bin/python benchmarks/importing.py
"""

import csv
import random
import tempfile
import time
from itertools import product
from pathlib import Path

from ogp_sensemaker.app import ingest
from ogp_sensemaker.store.project import create

COMMENTS, WORDS = 10_000, 30
SYLLABLES = (("ka", "mo", "ter", "vi"), ("lo", "na", "ris", "den"), ("s", "m", "ta", ""))
VOCABULARY = ["".join(parts) for parts in product(*SYLLABLES)]


def write(path: Path) -> None:
    chance = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["id", "author", "created_at", "comment"])
        for n in range(COMMENTS):
            text = " ".join(chance.choices(VOCABULARY, k=WORDS))
            out.writerow([n, f"Person {n % 3000}", "2022-11-08T10:00:00Z", text])


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "comments.csv"
        write(path)
        began = time.perf_counter()
        with path.open(encoding="utf-8", newline="") as file:
            rows = sum(1 for _ in csv.reader(file))
        bare = time.perf_counter() - began
        with create(Path(folder) / "p.ogps", "Bench") as project:
            began = time.perf_counter()
            list(ingest.import_files(project, [path]))
            took = time.perf_counter() - began
            began = time.perf_counter()
            list(ingest.import_files(project, [path]))
            again = time.perf_counter() - began
    print(f"{rows - 1:,} comments: import {took:.2f} s, again {again:.2f} s, csv alone {bare:.3f} s")
    print(f"import / csv alone: {took / bare:.0f}")


if __name__ == "__main__":
    main()
