"""Finds texts that say the same: exactly, or with small changes, as campaigns send them."""

import html
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

EXACT, NEAR = "exact", "near"
SHORTEST = 6  # words; shorter texts ("I fully agree.") are alike by chance, so only equal ones count
_SHINGLE = 3  # words
_PERMUTATIONS, _BANDS, _ROWS = 64, 32, 2
_ALIKE = 0.75  # share of the words of the shorter text, in order, that the longer one has as well
_MOST_CANDIDATES = 40

_TAG = re.compile(r"<[^<>]{1,200}>")
_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The text at `index` repeats the one at `of`, which comes before it and is itself no duplicate.

    `kind` is "exact" or "near"; `score` in 0..1 is 1 for exact ones.
    """

    index: int
    of: int
    kind: str
    score: float


def normalise(text: str) -> str:
    """The words of a text alone: no case, punctuation, emoji, HTML or difference of white space."""
    plain = html.unescape(_TAG.sub(" ", text))
    return " ".join(_WORDS.findall(unicodedata.normalize("NFKC", plain).casefold()))


def _candidates(texts: Sequence[list[str]]) -> list[tuple[int, int]]:
    """Pairs (earlier, later) of positions that share a band of their MinHash signatures."""
    import numpy as np
    from datasketch import MinHash

    if len(texts) < 2:
        return []
    shingles = [
        {" ".join(words[i : i + _SHINGLE]).encode() for i in range(len(words) - _SHINGLE + 1)} for words in texts
    ]
    signatures = np.vstack(
        [m.hashvalues for m in MinHash.generator(map(sorted, shingles), num_perm=_PERMUTATIONS, seed=1)]
    )
    pairs: set[tuple[int, int]] = set()
    for band in range(_BANDS):
        buckets: dict[bytes, list[int]] = defaultdict(list)
        columns = np.ascontiguousarray(signatures[:, band * _ROWS : (band + 1) * _ROWS])
        for i, row in enumerate(columns):
            bucket = buckets[row.tobytes()]
            # The first members stand for a bucket: thousands of alike texts must not make millions of pairs.
            pairs.update((j, i) for j in bucket[:_MOST_CANDIDATES])
            bucket.append(i)
    return sorted(pairs, key=lambda pair: (pair[1], pair[0]))


def find(texts: Sequence[str]) -> list[Duplicate]:
    """The texts that repeat an earlier one, in order. Texts without words are never duplicates.

    Exact: equal after `normalise`. Near: texts of six words or more that are mostly the same words in the same
    order (found with MinHash over three-word shingles, measured with the longest common subsequence of words).
    """
    from rapidfuzz.distance import LCSseq

    first: dict[str, int] = {}
    normal = [normalise(text) for text in texts]
    found: dict[int, Duplicate] = {}
    for i, words in enumerate(normal):
        if not words:
            continue
        if words in first:
            found[i] = Duplicate(i, first[words], EXACT, 1.0)
        else:
            first[words] = i
    long = [i for words, i in first.items() if words.count(" ") + 1 >= SHORTEST]
    split = [normal[i].split() for i in long]
    near: dict[int, tuple[int, float]] = {}
    for earlier, later in _candidates(split):
        if later in near:
            continue
        a, b = split[earlier], split[later]
        if min(len(a), len(b)) < 0.6 * max(len(a), len(b)):
            continue
        score = LCSseq.similarity(a, b) / min(len(a), len(b))
        if score >= _ALIKE:
            root, _ = near.get(earlier, (earlier, 1.0))
            near[later] = (root, round(score, 4))
    for later, (root, score) in near.items():
        found[long[later]] = Duplicate(long[later], long[root], NEAR, score)
    for i, duplicate in found.items():
        if duplicate.kind == EXACT and duplicate.of in found:
            origin = found[duplicate.of]
            found[i] = Duplicate(i, origin.of, origin.kind, origin.score)
    return [found[i] for i in sorted(found)]
