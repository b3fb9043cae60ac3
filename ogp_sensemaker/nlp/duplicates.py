"""Finds texts that say the same: exactly, or with small changes, as campaigns send them."""

import html
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

EXACT, NEAR = "exact", "near"
SHORTEST = 6  # words; shorter texts ("I fully agree.") are alike by chance, so only equal ones count
_SHINGLE = 3  # words
_PERMUTATIONS, _BANDS, _ROWS = 64, 32, 2
_ALIKE = 0.75  # share of the words of the shorter text, in order, that the longer one has as well
_LENGTHS = 0.6  # of two texts, the shorter must be at least this share of the longer
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
    first: dict[str, int] = {}
    found: dict[int, Duplicate] = {}
    for i, words in enumerate(map(normalise, texts)):
        if words and first.setdefault(words, i) != i:
            found[i] = Duplicate(i, first[words], EXACT, 1.0)
    near = _near({i: words.split() for words, i in first.items() if words.count(" ") + 1 >= SHORTEST})
    for i, exact in found.items():
        origin = near.get(exact.of)
        if origin:
            found[i] = Duplicate(i, origin.of, NEAR, origin.score)
    found |= near
    return [found[i] for i in sorted(found)]


def _near(texts: Mapping[int, list[str]]) -> dict[int, Duplicate]:
    """The near duplicates among texts that differ, by position; each refers to the first of its kind."""
    from rapidfuzz.distance import LCSseq

    places = sorted(texts)
    found: dict[int, Duplicate] = {}
    for earlier, later in _candidates([texts[i] for i in places]):
        i, j = places[later], places[earlier]
        shorter, longer = sorted((len(texts[i]), len(texts[j])))
        if i in found or shorter < _LENGTHS * longer:
            continue
        score = LCSseq.similarity(texts[j], texts[i]) / shorter
        if score >= _ALIKE:
            found[i] = Duplicate(i, found[j].of if j in found else j, NEAR, round(score, 4))
    return found
