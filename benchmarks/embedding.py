"""Texts per second of `process`'s embedding beside bare sentence-transformers, in one run.

    .venv/bin/python benchmarks/embedding.py [NUMBER OF TEXTS]

Both use the same model file, two threads and the same texts; rounds alternate, so that a machine which slows down
for a while slows both. The ratio is that of the medians.
"""

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from ogp_sensemaker.app import ingest, process
from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.nlp import bundle, embed
from ogp_sensemaker.store import segments
from ogp_sensemaker.store.project import create

ROUNDS = 3
SAMPLE = Path(__file__).parents[1] / "samples" / "phase2"


def texts(number: int) -> list[str]:
    """Made of the sample's remarks, two to a text, about 40 tokens each; no text comes twice."""
    with tempfile.TemporaryDirectory() as folder, create(Path(folder) / "p.ogps", "Bench") as project:
        list(ingest.import_files(project, [SAMPLE]))
        said = [s.text for s in segments.page(project, segments.ids(project, SegmentFilter(voice=True)))]
    chance = random.Random(1)
    return [f"{n} {' '.join(chance.sample(said, 2))}" for n in range(number)]


def through_process(wanted: list[str]) -> float:
    """Seconds that the stage of `process` takes, reading from and writing to the project file included."""
    from tests.conftest import intake

    with tempfile.TemporaryDirectory() as folder, create(Path(folder) / "p.ogps", "Bench") as project:
        ingest.save(project, intake(*wanted))
        began = time.perf_counter()
        list(process.embed_missing(project))
        return time.perf_counter() - began


def main(number: int) -> None:
    bundle.offline_environment()
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(2)
    bare = SentenceTransformer(str(bundle.checked(embed.NAME)), device="cpu")
    wanted = texts(number)
    through_process(wanted[:64])
    bare.encode(wanted[:64])
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(number / through_process(wanted))
        torch.set_num_threads(2)  # ours runs a thread for each batch and leaves the number at one
        began = time.perf_counter()
        bare.encode(wanted, batch_size=32, normalize_embeddings=True, show_progress_bar=False)
        theirs.append(number / (time.perf_counter() - began))
    a, b = statistics.median(ours), statistics.median(theirs)
    print(f"{number} texts: process {a:.0f} texts/s, bare sentence-transformers {b:.0f} texts/s, ratio {a / b:.2f}")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
