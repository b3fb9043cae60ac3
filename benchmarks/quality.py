"""How often quality flags are raised: on human translations (should be rare) and on the outputs of known systems.

    .venv/bin/python benchmarks/quality.py ../shared/data/mt-dev
"""

import gzip
import sys
from collections import Counter
from pathlib import Path

from ogp_sensemaker.nlp import quality


def lines(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [line.rstrip("\n") for line in file]


def main(folder: Path) -> None:
    print(f"{'language':<9}{'system':<24}{'flagged':>8}  by flag")
    for language in ("az", "ar", "tr"):
        pairs = [line.split("\t")[:2] for line in lines(folder / f"flores-dev.{language}-en.tsv.gz")]
        systems = {"human reference": [english for _, english in pairs]}
        for path in sorted((folder / "baselines").glob(f"flores-dev.{language}-en.*.txt.gz")):
            systems[path.name.split(".")[2]] = lines(path)
        for name, outputs in systems.items():
            found = [quality.flags(source, out, language) for (source, _), out in zip(pairs, outputs, strict=True)]
            counts = Counter(flag for row in found for flag in row)
            share = sum(map(bool, found)) / len(found)
            print(f"{language:<9}{name:<24}{share:>8.1%}  {dict(counts.most_common())}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
