"""Sentence pairs for training: read, weighed, varied, and dealt out in batches.

A file is TSV, gzipped or not: source, English, and perhaps the name of the corpus. What a pair counts depends on how
much it looks like prose; each time it is drawn, its source may be typed, cased or decorated in another way.
"""

import gzip
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

PLACEHOLDERS = ("X1X", "X2X")  # what the program hides links, handles and names behind
BACK = "<back>"  # marks a source that a machine made out of the English
_BARE = str.maketrans("əƏıİöÖüÜğĞşŞçÇ", "eEiIoOuUgGsScC")
_TURKIC = frozenset({"az", "tr"})
_MARKS = re.compile(r"[\u064b-\u0652\u0670\u0640]")  # vowel signs and the lengthening stroke of Arabic
_ENDS = re.compile(r"[.!?…؟][\"'”’»)]*$")


@dataclass(frozen=True, slots=True)
class Pair:
    source: str
    english: str
    language: str
    weight: float
    back: bool = False


def tag(language: str) -> str:
    """The token that tells the model which language it reads."""
    return f"<{language}>"


def read(spec: str, longest: int, back: bool = False) -> list[Pair]:
    """The pairs of LANG=FILE or LANG=FILE:WEIGHT."""
    language, _, rest = spec.partition("=")
    name, colon, number = rest.rpartition(":")
    path, weight = (Path(name), float(number)) if colon and number.replace(".", "").isdigit() else (Path(rest), 1.0)
    found = []
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            source, english, *_ = [*line.rstrip("\n").split("\t"), "", ""]
            words = english.split()
            if source and words and max(len(words), len(source.split())) <= longest:
                found.append(Pair(source, english, language, weight * worth(english), back))
    return found


def worth(english: str) -> float:
    """How much a pair counts: whole sentences fully, half sentences by a third, words and labels by a tenth."""
    words = len(english.split())
    if words >= 6 and _ENDS.search(english):
        return 1.0
    return 0.6 if words >= 8 else 0.33 if words >= 3 else 0.1


def dealt(pairs: Sequence[Pair], weights: Sequence[float], count: int, chance: random.Random) -> list[Pair]:
    """So many pairs, drawn by what they count; `weights` are running sums."""
    return chance.choices(pairs, cum_weights=weights, k=count)


def varied(pair: Pair, chance: random.Random) -> tuple[str, str]:
    """The source with its tags, and the English, as they are seen this time."""
    source, english = pair.source, pair.english
    if pair.language in _TURKIC and chance.random() < 0.08:
        source = source.translate(_BARE)  # as many type on a telephone
    if pair.language == "ar":
        source = _MARKS.sub("", source)
    lot = chance.random()
    if lot < 0.03 and sum(map(str.islower, source)) > len(source) / 2:  # Arabic has no capitals to go by
        source, english = source.upper(), english.upper()
    elif lot < 0.10:
        source = source.lower()
    elif lot < 0.13:
        source = source.rstrip(".!?…؟ ")
    if chance.random() < 0.12:
        source, english = _decorated(source, english, chance)
    # One in ten goes without its tag, for programs that do not set one.
    tags = [tag(pair.language)] if chance.random() > 0.1 else []
    return " ".join([*([BACK] if pair.back else []), *tags, source]), english


def _decorated(source: str, english: str, chance: random.Random) -> tuple[str, str]:
    """The same name, number or placeholder on both sides: these are to be copied."""
    thing = chance.choice(
        (
            PLACEHOLDERS[0], PLACEHOLDERS[0], PLACEHOLDERS[1],
            str(chance.randint(2, 2030)), f"{chance.randint(1, 99)}%",
            f"{chance.randint(1, 999)},{chance.randint(100, 999)}",
            "".join(chance.choices("ABCDEFGHIKLMNOPRSTUVZ", k=chance.randint(2, 5))),
            f"{chance.randint(1, 28)}.{chance.randint(1, 12)}.{chance.randint(1995, 2030)}",
        )
    )  # fmt: skip
    how = chance.random()
    if how < 0.4:
        return f"{thing}: {source}", f"{thing}: {english}"
    if how < 0.7:
        return f"{source} ({thing})", f"{english} ({thing})"
    return f"{source} {thing}", f"{english} {thing}"


def batches(
    rows: Sequence[tuple[list[int], list[int]]], tokens: int, chance: random.Random
) -> Iterator[list[tuple[list[int], list[int]]]]:
    """Rows of about the same length together, at most `tokens` of padded target or source in each batch."""
    order = sorted(range(len(rows)), key=lambda i: (len(rows[i][1]) + chance.random() * 4, len(rows[i][0])))
    found: list[list[int]] = [[]]
    longest = 0
    for i in order:
        here = max(len(rows[i][0]), len(rows[i][1]))
        if found[-1] and max(longest, here) * (len(found[-1]) + 1) > tokens:
            found.append([])
            longest = 0
        found[-1].append(i)
        longest = max(longest, here)
    chance.shuffle(found)
    for batch in found:
        yield [rows[i] for i in batch]
