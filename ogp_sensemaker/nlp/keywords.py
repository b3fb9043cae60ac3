"""Telling words and phrases of groups of texts, and the quotations that stand for a group."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib import resources
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from ogp_sensemaker.domain.speech import without_speaker
from ogp_sensemaker.nlp import bundle
from ogp_sensemaker.nlp.duplicates import normalise


@cache
def _words(name: str) -> frozenset[str]:
    """A list of `data/stop_words.toml`."""
    with resources.files("ogp_sensemaker.data").joinpath("stop_words.toml").open("rb") as file:
        return frozenset(str(tomllib.load(file).get(name, "")).split())


_STRIP = re.compile(r"<[^>]+>|https?://\S+|www\.\S+|\S+@\S+\.\S+|[@#]\w+|\d+(?:[.,:]\d+)*\S*")
_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\w\s'’-]")
# Never the inside of a phrase, though harmless as a word alone would be: verbs that the rules can recognise.
_VERBISH = re.compile(r".*(?:ize|ise|ified|ising|izing)$")
_FEW = 5  # terms that a group is described with at least, if it has them
_PHRASE_JOIN = frozenset({"of", "for"})


@lru_cache(maxsize=16)
def _language_tools(language: str) -> tuple[frozenset[str], Any]:
    """Stop words of a language, and a lemmatiser where there is one."""
    bundle.offline_environment()
    import spacy

    code = language.partition("-")[0] or "en"
    try:
        nlp = spacy.blank(code)
    except ImportError:
        nlp = spacy.blank("xx")
    stop = frozenset(w.casefold() for w in nlp.Defaults.stop_words) | _words(code)
    lemmatiser = None
    if code == "en":
        lemmatiser = nlp.add_pipe("lemmatizer", config={"mode": "lookup"})
        nlp.initialize()
        table = lemmatiser.lookups.get_table("lemma_lookup")
        return stop, table
    return stop, lemmatiser


def _stop_words(languages: Iterable[str]) -> frozenset[str]:
    stop: frozenset[str] = _words("note_taking")
    for language in sorted({"en", *languages} - {"und", ""}):
        stop |= _language_tools(language)[0]
    return stop


class _Lemmas:
    """Lemmas of English words, each looked up once."""

    def __init__(self) -> None:
        self._table = _language_tools("en")[1]
        self._known: dict[str, str] = {}

    def __call__(self, word: str) -> str:
        found = self._known.get(word)
        if found is None:
            lemma = str(self._table.get(word, word)) if self._table is not None else word
            # The table has "datum" for "data" and the like, which nobody would recognise.
            found = word if word in _words("kept") or len(lemma) < 3 else lemma
            self._known[word] = found
        return found


def _terms(text: str, stop: frozenset[str], lemma: _Lemmas) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Words and noun-like phrases of a text as (key made of lemmas, the form as written)."""
    plain = _STRIP.sub(" . ", without_speaker(text))
    words: list[tuple[str, str]] = []
    phrases: list[tuple[str, str]] = []
    run: list[tuple[str, str]] = []

    def close() -> None:
        for size in (2, 3):
            for i in range(len(run) - size + 1):
                part = run[i : i + size]
                if part[0][0] in _PHRASE_JOIN or part[-1][0] in _PHRASE_JOIN:
                    continue
                if part[-1][0].endswith("ly") or _VERBISH.match(part[0][0]):
                    continue
                phrases.append((" ".join(p[0] for p in part), " ".join(p[1] for p in part)))
        run.clear()

    for token in _TOKEN.findall(plain):
        low = token.casefold().replace("’", "'")
        if not low[0].isalpha() or len(low) < 3 or low in stop:
            if low in _PHRASE_JOIN and run and run[-1][0] not in _PHRASE_JOIN:
                run.append((low, low))
            else:
                close()
            continue
        key = lemma(low)
        if key in stop:
            close()
            continue
        written = token if token.isupper() and len(token) <= 6 else low
        words.append((key, written))
        run.append((key, written))
    close()
    return words, phrases


def _form(forms: Counter[str]) -> str:
    return min(forms, key=lambda f: (-forms[f], len(f), f))


def describe(
    groups: Sequence[Sequence[str]], languages: Iterable[str] = ("en",), most: int = 8
) -> list[tuple[str, ...]]:
    """Up to `most` words and short phrases for each group of texts, the most telling first.

    Class-based TF-IDF on lemmas (Grootendorst 2022, BERTopic): the frequency of a term in a group times
    log(1 + mean group size / frequency of the term in all), where a text counts a term once. A phrase takes
    the place of its words where it holds most of their uses. `languages`: whose stop words are left out.
    """
    stop, lemma = _stop_words(languages), _Lemmas()
    counts: list[Counter[str]] = []
    forms: dict[str, Counter[str]] = {}
    for group in groups:
        counter: Counter[str] = Counter()
        seen: set[str] = set()
        for text in group:
            same = normalise(text)
            if same in seen:  # a campaign counts once
                continue
            seen.add(same)
            words, phrases = _terms(text, stop, lemma)
            found = dict.fromkeys(key for key, _ in (*words, *phrases))
            counter.update(list(found))
            for key, written in (*words, *phrases):
                forms.setdefault(key, Counter())[written] += 1
        counts.append(counter)
    total: Counter[str] = Counter()
    for counter in counts:
        total.update(counter)
    average = sum(total.values()) / max(len(groups), 1)
    return [
        _best(counter, total, average, forms, most, len(group)) for counter, group in zip(counts, groups, strict=True)
    ]


def _best(
    counter: Counter[str], total: Counter[str], average: float, forms: dict[str, Counter[str]], most: int, size: int
) -> tuple[str, ...]:
    terms = sum(counter.values()) or 1
    scores = {
        # A phrase says more than each of its words, so it may be rarer.
        term: (n / terms) * log(1 + average / total[term]) * (1.6 if " " in term else 1.0)
        for term, n in counter.items()
        if n > 1 or " " not in term
    }
    # What only one text says is taken where nothing else is left.
    rank = sorted(scores, key=lambda t: (counter[t] < 2 and size > 3, -scores[t], t))
    repeated = sum(counter[t] > 1 for t in rank)
    return tuple(_form(forms[t]) for t in _without_overlap(rank[: max(repeated, _FEW)], counter, most))


def _without_overlap(rank: Sequence[str], counter: Counter[str], most: int) -> list[str]:
    """The first terms of which none says what another says: a phrase stands for its words where they are mostly its."""
    chosen: list[str] = []
    for term in rank:
        parts = set(term.split())
        if any(parts <= set(c.split()) and counter[c] >= 0.5 * counter[term] for c in chosen):
            continue
        covered = [c for c in chosen if set(c.split()) < parts]
        if covered and all(counter[term] >= 0.5 * counter[c] for c in covered):
            chosen[chosen.index(covered[0])] = term
            chosen = [c for c in chosen if c not in covered[1:]]
        elif not any(parts & set(c.split()) and (" " in term or " " in c) for c in chosen):
            chosen.append(term)
        if len(chosen) >= most:
            break
    return chosen


def quotations(vectors: NDArray[np.float32], members: Sequence[int], texts: Sequence[str], most: int = 3) -> list[int]:
    """The members (positions in `texts`) nearest to the middle of their group that do not repeat each other.

    Very short and very long texts come last: they make poor quotations.
    """
    if not members:
        return []
    places = np.asarray(members)
    own = vectors[places].astype(np.float64)
    middle = own.mean(axis=0)
    near = np.round(own @ middle / (np.linalg.norm(middle) or 1.0), 6)
    length = np.array([len(normalise(texts[i]).split()) for i in members])
    order = sorted(
        range(len(members)),
        key=lambda j: (length[j] < 5 or length[j] > 80, -near[j], texts[members[j]], members[j]),
    )
    chosen: list[int] = []
    for j in order:
        mine = normalise(texts[members[j]])
        alike = any(
            float(own[j] @ own[c]) > 0.93 or fuzz.token_sort_ratio(mine, normalise(texts[members[c]])) > 85
            for c in chosen
        )
        if not alike:
            chosen.append(j)
        if len(chosen) == most:
            break
    return [members[j] for j in chosen]
