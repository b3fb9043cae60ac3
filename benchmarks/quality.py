"""How many bad translations the quality flags catch, and how many human ones they doubt without cause.

    python benchmarks/quality.py ../shared/data/mt-dev

Reads FLORES dev (source and human English) and what other systems made of the same lines. Sentences of those
systems are sorted by chrF against the human English: the worst tenth should be flagged, the best hardly ever.
"""

import argparse
import gzip
from collections import Counter
from pathlib import Path

from sacrebleu.metrics import CHRF

from ogp_sensemaker.nlp import quality

BAD = (  # loops, strings of interfaces and subtitles, copies and nothing at all, as known models gave them
    ("Yerli QHT-lər üçün qrant lazımdır.", "The Department of the Department of the Department of the Department"),
    ("Hər bir görüş əhəmiyyətlidir.", "Allowed HTML tags"),
    ("نطلب توفير منح صغيرة للجمعيات المحلية", "(Laughter)(Applause)"),
    ("Vətəndaş cəmiyyəti güclənməlidir.", ""),
    ("Vətəndaş cəmiyyəti güclənməlidir.", "Vətəndaş cəmiyyəti güclənməlidir."),
    ("Bütün rəylər göstərir ki, OGP korrupsiyanın qarşısını ala biləcək.", "Change"),
    ("القانون وحده لا يكفي؛ عندنا لجان كثيرة", "القانون وحده لا يكفي"),
    ("Büdcənin 15 faizi yerli layihələrə ayrılsın.", "Fifty percent of the budget should go to local projects."),
    ("2023-cü ildə 40 şəhər qoşuldu.", "In 2023, 400 cities joined."),
    ("OGP və UNDP birgə işləməlidir.", "The department should work together."),
    ("Yerli səviyyədə dəstək lazımdır.", "support support support support"),
    ("Görüş faydalı oldu.", "The meeting was was useful, the meeting was useful, the meeting was useful."),
)


def lines(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [line.rstrip("\n") for line in file]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    chrf = CHRF()
    caught = [(source, english, quality.flags(source, english, "az")) for source, english in BAD]
    print(f"known bad outputs caught: {sum(bool(f) for _, _, f in caught)} of {len(caught)}")
    for _, english, found in caught:
        if not found:
            print("   missed:", english)
    print(f"\n{'':28}{'flagged':>8}{'worst 10 %':>11}{'best half':>10}  reasons")
    for code in ("az", "ar", "tr"):
        pairs = [line.split("\t")[:2] for line in lines(folder / f"flores-dev.{code}-en.tsv.gz")]
        found = [quality.flags(source, english, code) for source, english in pairs]
        show(f"{code} human", found, None)
        for path in sorted((folder / "baselines").glob(f"flores-dev.{code}-en.*.txt.gz")):
            made = lines(path)
            scores = [chrf.sentence_score(m, [e]).score for m, (_, e) in zip(made, pairs, strict=True)]
            found = [quality.flags(source, m, code) for m, (source, _) in zip(made, pairs, strict=True)]
            show(f"{code} {path.name.split('.')[2]}", found, scores)


def show(name: str, found: list[list[str]], scores: list[float] | None) -> None:
    share = sum(map(bool, found)) / len(found)
    rest = ""
    if scores:
        order = sorted(range(len(found)), key=lambda i: scores[i])
        worst, best = order[: len(order) // 10], order[len(order) // 2 :]
        parts = ((worst, 11), (best, 10))
        rest = "".join(f"{sum(bool(found[i]) for i in part) / len(part):{width}.1%}" for part, width in parts)
    reasons = Counter(reason for f in found for reason in f).most_common()
    print(f"{name:28}{share:8.1%}{rest:21}  {', '.join(f'{r} {n}' for r, n in reasons)}")


if __name__ == "__main__":
    main()
