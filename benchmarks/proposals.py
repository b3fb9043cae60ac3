"""The foreign proposals of the sample as an installed model translates them, beside their published translations.

    python benchmarks/proposals.py [--package FILE.argosmodel] [--with NAME] [--sample samples/phase2]

Prints, in the form that a model card needs, the output, its flags and its chrF for each. With a package that is not
installed yet, it is unpacked into a folder that is thrown away.
"""

import argparse
import csv
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal: `english` is what the report printed, `made` what the model made of it."""

    language: str
    original: str
    english: str
    made: str
    score: float
    flags: tuple[str, ...]
    chrf: float


def translated(sample: Path, languages: set[str], package: str | None = None) -> list[Proposal]:
    """The proposals in these languages, translated as the program would: names of the glossary put in before."""
    from sacrebleu.metrics import CHRF

    from ogp_sensemaker.app.doubting import doubts
    from ogp_sensemaker.formats.glossary import shipped
    from ogp_sensemaker.nlp import glossary, translate

    with (sample / "translations" / "published.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["language"] in languages]
    chrf = CHRF()
    found = []
    for language in dict.fromkeys(row["language"] for row in rows):
        here = [row for row in rows if row["language"] == language]
        texts = [row["original"] for row in here]
        known = glossary.prepare(language, [t for t in shipped() if t.preferred])
        made = translate.translate(texts, language, glossary=glossary.written(texts, known), package=package)
        for row, one, flags in zip(here, made, doubts(texts, made, language, known), strict=True):
            score = chrf.sentence_score(one.text, [row["english"]]).score
            found.append(
                Proposal(language, row["original"], row["english"], one.text, one.score, tuple(flags), round(score, 1))
            )
    return found


def table(found: list[Proposal]) -> str:
    """The proposals as Markdown."""
    lines = ["| # | | chrF | flags |", "|---|---|---|---|"]
    for number, one in enumerate(found, 1):
        flags = ", ".join(one.flags) or "none"
        words = (
            f"{_cell(one.original)}<br>**model:** {_cell(one.made) or '(nothing)'}<br>**report:** {_cell(one.english)}"
        )
        lines.append(f"| {number} ({one.language}) | {words} | {one.chrf:.1f} | {flags} |")
    if found:
        lines.append(f"| mean | | {sum(p.chrf for p in found) / len(found):.1f} | "
                     f"{sum(bool(p.flags) for p in found)} of {len(found)} flagged |")  # fmt: skip
    return "\n".join(lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--package", type=Path, help="a file; without it, what is installed here")
    parser.add_argument("--with", dest="name", help="which installed package, where several serve the pair")
    parser.add_argument("--sample", type=Path, default=ROOT / "samples" / "phase2")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        if wanted.package:
            os.environ["OGP_SENSEMAKER_HOME"] = home
        from ogp_sensemaker.nlp import packages, translate

        if wanted.package:
            packages.bundled = tuple  # one of the same name must not take its place
            wanted.name = packages.install(wanted.package).name
        can = {p.source for p in packages.available() if p.name == wanted.name} if wanted.name else set()
        found = translated(wanted.sample, can or set(translate.routes()), wanted.name)
        print(table(found) if found else "No installed model translates a language of the proposals into English.")


if __name__ == "__main__":
    main()
