"""Does a machine's English carry what a text is about? Finding each dev sentence's human English among all of them.

    python benchmarks/meaning.py ../shared/data/mt-dev/flores-dev.az-en.tsv.gz --from az

By the nearest vector: of the untranslated text (what grouping and suggesting use where there is no English), and of
what the model that serves the language makes of it. Also the mean cosine to the human English.
"""

import argparse
import gzip
from pathlib import Path

import numpy as np

from ogp_sensemaker.nlp import embed, translate


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--from", dest="source", required=True)
    wanted = parser.parse_args()
    with gzip.open(wanted.pairs, "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t")[:2] for line in file]
    sources, human = [row[0] for row in rows], embed.embed([row[1] for row in rows])
    made = [found.text for found in translate.translate(sources, wanted.source)]
    for name, texts in (("untranslated", sources), ("the model's English", made)):
        cosines = embed.embed(texts) @ human.T
        order = (cosines > np.diag(cosines)[:, None]).sum(axis=1)
        print(f"{name:22} first {np.mean(order == 0):.1%}, among ten {np.mean(order < 10):.1%} of {len(rows)}; "
              f"mean cosine {np.diag(cosines).mean():.2f}")  # fmt: skip


if __name__ == "__main__":
    main()
