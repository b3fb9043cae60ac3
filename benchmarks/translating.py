"""Sentences a second through a package, beside argostranslate with its own defaults on the same package and texts.

    python benchmarks/translating.py TEXTS [--package FILE.argosmodel] [--sentences 200]

Without a package, one of the usual size is made that is good for nothing else (timing_model.py). TEXTS holds one
text a line (of a .tsv or .tsv.gz the first column). argostranslate cannot split Azerbaijani and goes to the network
for a splitter, so it is given ours; everything else of it is as it comes. Both in one process, in turn; loading the
models is not counted.
"""

import argparse
import gzip
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path


def read(path: Path, most: int) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t")[0] for line, _ in zip(file, range(most), strict=False)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--package", type=Path)
    parser.add_argument("--sentences", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3, help="in turn, as other work may run beside it")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["OGP_SENSEMAKER_HOME"] = home
        os.environ |= dict.fromkeys(("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), home)
        texts = read(wanted.texts, wanted.sentences)
        if wanted.package is None:
            import timing_model

            wanted.package = timing_model.make(Path(home), read(wanted.texts, 10_000))
        measure(wanted.package, texts, wanted.rounds)


def measure(file: Path, texts: list[str], rounds: int) -> None:
    from ogp_sensemaker.nlp import bundle, packages, translate
    from ogp_sensemaker.nlp.sentences import sentences

    bundle.offline_environment()
    package = packages.install(file)
    count = sum(len(sentences(text, package.source)) for text in texts)
    translate.translate(texts[:2], package.source, package.target, package=package.name)

    from argostranslate import package as argos_package
    from argostranslate import translate as argos

    class Splitter:
        def split_sentences(self, text: str) -> list[str]:
            return sentences(text, package.source)

    theirs = argos.PackageTranslation.__new__(argos.PackageTranslation)
    theirs.pkg, theirs.translator, theirs.sentencizer = argos_package.Package(package.folder), None, Splitter()
    theirs.from_lang, theirs.to_lang = (argos.Language(code, code) for code in (package.source, package.target))
    theirs.hypotheses(texts[0], 1)
    print(f"{len(texts)} texts, {count} sentences, package {package.name}; sentences a second by clock and processor")
    ratios = []
    for _ in range(rounds):
        ours = timed(lambda: translate.translate(texts, package.source, package.target, package=package.name))
        slow = timed(lambda: [theirs.hypotheses(text, 1)[0].value for text in texts])
        ratios.append((slow[0] / ours[0], slow[1] / ours[1]))
        print(
            f"ogp-sensemaker {count / ours[0]:6.1f} {count / ours[1]:6.1f}   argostranslate {count / slow[0]:6.1f} "
            f"{count / slow[1]:6.1f}   ratio {ratios[-1][0]:5.1f} {ratios[-1][1]:5.1f}",
            flush=True,
        )
    wall, processor = (statistics.median(ratio) for ratio in zip(*ratios, strict=True))
    print(f"median ratio {wall:.1f} by the clock, {processor:.1f} by processor time (wanted: at least 5)")


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and of processor time, all threads together."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


if __name__ == "__main__":
    main()
