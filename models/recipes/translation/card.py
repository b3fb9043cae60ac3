"""Writes the model card of a translation package: scores beside other systems, the sample's proposals, good and bad.

    python models/recipes/translation/card.py models/translate-az_en-0_1.argosmodel --dev ../shared/data/mt-dev \\
        --data "az-en 60,201 pairs, tr-en 135,796 pairs (see MANIFEST.md), 9,000 written for this purpose" \\
        --draft > models/translate-az_en-0_1.md

Everything is translated as the program does it, from the packed file. Needs sacrebleu (the extra "bench").
"""

import argparse
import gzip
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "benchmarks"))

EXAMPLES = 5
NOT_FOR = """
## Not for

Nothing that a person's rights, health or money hang on; quotations that nobody has compared with the original; figures
whose coding rests on flagged translations that nobody has reviewed; any other language."""
# The name that a file of the baselines has, and what the system is called.
SYSTEMS = {
    "argos": "Argos Translate", "opusmt": "OPUS-MT", "nllb": "NLLB", "bergamot-tiny": "Firefox (tiny)",
    "bergamot-base": "Firefox (base)", "bergamot-base-memory": "Firefox (base-memory)", "google": "Google",
    "microsoft": "Microsoft",
}  # fmt: skip


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path)
    parser.add_argument("--dev", type=Path, required=True, help="folder with flores-dev.*.tsv.gz and baselines/")
    parser.add_argument("--data", required=True, help="a sentence on what it was trained on")
    parser.add_argument("--licence", default="CC BY-SA 4.0")
    parser.add_argument("--draft", action="store_true")
    parser.add_argument("--lines", type=int, default=100_000, help="of the dev set, for a quick look")
    return parser.parse_args()


def lines(path: Path, most: int) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [line.rstrip("\n") for line, _ in zip(file, range(most), strict=False)]


def scores(made: Sequence[str], human: Sequence[str]) -> str:
    """BLEU and chrF as sacrebleu counts them, as two cells."""
    import sacrebleu

    bleu, chrf = sacrebleu.corpus_bleu(list(made), [list(human)]), sacrebleu.corpus_chrf(list(made), [list(human)])
    return f"{bleu.score:.1f} | {chrf.score:.1f}"


def beside(made: Sequence[str], human: Sequence[str], pair: str, dev: Path) -> list[str]:
    """The table of systems, ours first."""
    found = ["| system | BLEU | chrF |", "|---|---|---|", f"| **this model** | {scores(made, human)} |"]
    for path in sorted((dev / "baselines").glob(f"flores-dev.{pair}.*.txt.gz")):
        name = path.name.split(".")[2]
        found.append(f"| {SYSTEMS.get(name, name)} | {scores(lines(path, len(human)), human)} |")
    return found


def examples(sources: Sequence[str], made: Sequence[str], human: Sequence[str]) -> list[str]:
    """The best and the worst by chrF, of sentences with eight words or more."""
    from sacrebleu.metrics import CHRF

    chrf = CHRF()
    order = [i for i in range(len(human)) if len(human[i].split()) >= 8]
    order.sort(key=lambda i: -chrf.sentence_score(made[i], [human[i]]).score)
    found = []
    for title, chosen in (("Good", order[:EXAMPLES]), ("Bad", order[-EXAMPLES:])):
        found += [f"\n### {title}\n"]
        for i in chosen:
            found.append(f"- {sources[i]}\n  - model: {made[i]}\n  - human: {human[i]}")
    return found


def main() -> None:
    wanted = options()
    with tempfile.TemporaryDirectory() as home:
        os.environ["OGP_SENSEMAKER_HOME"] = home
        import proposals

        from ogp_sensemaker.nlp import packages, translate

        # One of the same name that comes with the program must not take its place.
        packages.bundled = lambda: ()
        package = packages.install(wanted.package)
        pair = f"{package.source}-{package.target}"
        rows = [line.split("\t") for line in lines(wanted.dev / f"flores-dev.{pair}.tsv.gz", wanted.lines)]
        sources, human = [row[0] for row in rows], [row[1] for row in rows]
        made = [m.text for m in translate.translate(sources, package.source, package=package.name)]
        size = round(wanted.package.stat().st_size / 1e6)
        state = "**Draft: not good enough to be relied on.** " if wanted.draft else ""
        who = translate.name_of(package.source)
        print(f"# {package.name} {package.version}\n\n{state}From {who} to English, {size} MB.")
        print(f"\nData: {wanted.data}. Licence: {wanted.licence}. Recipe: models/recipes/translation.")
        print(f"\n## FLORES dev, {len(human)} sentences (sacrebleu)\n")
        print("\n".join(beside(made, human, pair, wanted.dev)))
        print("\n## The sample's proposals\n")
        print(
            proposals.table(proposals.translated(proposals.ROOT / "samples" / "phase2", {package.source}, package.name))
        )
        print("\n## Examples")
        print("\n".join(examples(sources, made, human)))
        print(NOT_FOR)


if __name__ == "__main__":
    main()
