"""Codes for a text, from the codes' own descriptions and from what people have decided, with honest probabilities."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

VERSION = "described-and-decided/2"

Vectors = NDArray[np.float32]
Floats = NDArray[np.float64]
Decided = Mapping[int, Mapping[int, bool]]  # row of a text -> place of a code -> whether it fits

_NEAREST = 3  # pieces of a description that count
# Log odds for how much nearer a text, and what it stands under, is to one code than to the others. Fitted to
# 393 segments of the sample consultation, whose labels the program does not have; `benchmarks/suggestions.py`
# measures them on texts that had no part in it.
_WITH_CONTEXT = (12.6, 1.2, 22.0, -1.2)
_WITHOUT = (18.4, 1.0, 0.0, -0.6)
_PER_TEXT = 1.06  # codes that fit a text, on average
_RIDGE = 0.2
_AXES = 200  # principal axes of the decided texts that weights are given to
_ROUNDS, _CLOSE = 300, 1e-3
_WEAKEST = 0.01
_AT_ONCE = 500  # texts that were decided, compared with all others
_POOL = 1000  # of the texts worth most that are looked at again after each choice
_FOLDS = 5


def pieces(*texts: str) -> list[str]:
    """What a code says of itself, cut into sentences, each once: what `described` holds the vectors of."""
    from ogp_sensemaker.nlp.sentences import sentences

    return list(dict.fromkeys(s for text in texts for s in sentences(text, "en") if len(s) > 2))


def zero_shot(vectors: Vectors, described: Sequence[Vectors], contexts: Vectors | None = None) -> Floats:
    """Probabilities (texts, codes) from descriptions alone; a code without any gets its share of chance.

    A text is compared with the three nearest pieces of each description, and so is what it stands under:
    `contexts` (texts, dimensions) holds the vectors of headings or of the proposals that texts answer, zeros
    where there is none.
    """
    codes = len(described)
    chance = float(np.clip(_PER_TEXT / max(codes, 1), 1e-4, 0.5))
    if not codes or not len(vectors):
        return np.full((len(vectors), codes), chance)
    own = _lead(_nearness(vectors, described))
    first = own == own.max(axis=1, keepdims=True)
    lift, lead, under, shift = _WITHOUT
    logits = lift * own + lead * first + shift
    if contexts is not None:
        there = contexts.any(axis=1)
        above = _lead(_nearness(contexts[there], described))
        lift, lead, under, shift = _WITH_CONTEXT
        logits[there] = lift * own[there] + lead * first[there] + under * above + shift
    found = _logistic(logits + np.log(chance / (1 - chance)))
    found[:, [place for place, pieces_ in enumerate(described) if not len(pieces_)]] = chance
    return found


def _nearness(vectors: Vectors, described: Sequence[Vectors]) -> Floats:
    """The mean cosine of each text with the three nearest pieces of each description; not a number without any."""
    found = np.full((len(vectors), len(described)), np.nan)
    for place, own in enumerate(described):
        if len(own):
            cosines = vectors @ own.T
            if cosines.shape[1] > _NEAREST:
                cosines = np.partition(cosines, -_NEAREST, axis=1)[:, -_NEAREST:]
            # In the order of size, so that the mean does not depend on the order of the pieces.
            found[:, place] = np.sort(cosines, axis=1).mean(axis=1, dtype=np.float64)
    return found


def _lead(nearness: Floats) -> Floats:
    """How much nearer than to the average code; 0 for codes without a description."""
    known = ~np.isnan(nearness)
    mean = np.where(known, nearness, 0.0).sum(axis=1, keepdims=True) / max(int(known[:1].sum()), 1)
    return np.where(known, nearness - mean, 0.0)


def _logistic(x: Floats) -> Floats:
    found: Floats = 1.0 / (1.0 + np.exp(-np.clip(x, -30.0, 30.0)))
    return found


def probabilities(
    vectors: Vectors,
    described: Sequence[Vectors],
    decided: Decided,
    contexts: Vectors | None = None,
    prior: Floats | None = None,
) -> Floats:
    """Probabilities (texts, codes): what the descriptions say, corrected by what was decided.

    `prior` is what `zero_shot` says, where it is known already.
    """
    if prior is None:
        prior = zero_shot(vectors, described, contexts)
    under = None if contexts is None else (contexts, np.arange(len(vectors)))
    return corrected(prior, vectors, decided, under)


def corrected(
    prior: Floats, vectors: Vectors, decided: Decided, under: tuple[Vectors, NDArray[np.intp]] | None = None
) -> Floats:
    """Zero-shot probabilities (texts, codes), corrected by what was decided.

    The correction is a ridge logistic regression on the vectors (and those of the contexts), one code against
    the rest, with the zero-shot log odds as its offset: without decisions it changes nothing. `under` holds the
    vectors of the contexts and, for each text, the row of its own.
    """
    if not decided or not prior.shape[1]:
        return prior
    rows = np.array(sorted(decided))
    answers = np.zeros((len(rows), prior.shape[1]))
    asked = np.zeros_like(answers)
    for i, row in enumerate(rows.tolist()):
        for place, fits in decided[row].items():
            answers[i, place], asked[i, place] = float(fits), 1.0
    features = vectors[rows] if under is None else np.hstack([vectors[rows], under[0][under[1][rows]]])
    sure = np.clip(prior, 1e-4, 1 - 1e-4)
    offset = np.log(sure / (1 - sure))
    slope = _regress(features.astype(np.float64), answers, asked, offset[rows]).astype(np.float32)
    change = vectors @ slope[: vectors.shape[1]]
    if under is not None:
        change += (under[0] @ slope[vectors.shape[1] :])[under[1]]
    return _logistic(offset + change)


def _regress(features: Floats, answers: Floats, asked: Floats, offset: Floats) -> Floats:
    """The weights (features, codes) of all codes at once, fitted to the answers that were asked for.

    Newton steps with a fixed bound of the Hessian (Böhning 1992), which is diagonal on the principal axes of the
    features and serves all codes.
    """
    if len(features) < features.shape[1]:
        values, sides = np.linalg.eigh(features @ features.T)
        values, sides = values[-_AXES:], sides[:, -_AXES:]
        axes = features.T @ (sides / np.sqrt(np.maximum(values, 1e-9)))
    else:
        values, axes = np.linalg.eigh(features.T @ features)
        values, axes = values[-_AXES:], axes[:, -_AXES:]
    placed = features @ axes
    step = 1.0 / (np.maximum(values, 0.0) / 4.0 + _RIDGE)[:, None]
    slope = np.zeros((placed.shape[1], answers.shape[1]))
    for _ in range(_ROUNDS):
        wrong = asked * (answers - _logistic(offset + placed @ slope))
        change = step * (placed.T @ wrong - _RIDGE * slope)
        slope += change
        if np.abs(change).max() < _CLOSE:
            break
    found: Floats = axes @ slope
    return found


def suggest(
    vectors: Vectors,
    described: Sequence[Vectors],
    decided: Decided | None = None,
    contexts: Vectors | None = None,
) -> list[list[tuple[int, float]]]:
    """For each text the codes that may fit, as (place in `described`, probability), strongest first.

    `vectors` (n, 384) of the texts, `described` the vectors of what each code says of itself, `decided` and
    `contexts` as for `probabilities`. Where no probability is worth a look, the text may be something new.
    """
    return listed(probabilities(vectors, described, decided or {}, contexts))


def listed(probable: Floats) -> list[list[tuple[int, float]]]:
    """A table of probabilities (texts, codes) as a list for each text: (place of the code, probability)."""
    table = np.round(probable, 6)
    order = np.argsort(-table, axis=1, kind="stable")
    return [
        [(place, float(row[place])) for place in places if row[place] >= _WEAKEST]
        for row, places in zip(table, order.tolist(), strict=True)
    ]


def to_learn(
    probable: Floats, vectors: Vectors, decided: Decided, most: int = 20, alike: Floats | None = None
) -> list[int]:
    """The undecided texts from whose decision most would be learned, the first to ask about first.

    Those where the machine wavers (the entropy of its answers), that are unlike what was asked already, and like many
    others: by the root of their cosine to the mean (after Settles and Craven 2008, information density), or a
    rapporteur's notes to himself would come first. `alike` (texts) is how near each is to the nearest of those asked,
    where it is known.
    """
    p = np.clip(probable, 1e-6, 1 - 1e-6)
    doubt = -(p * np.log(p) + (1 - p) * np.log(1 - p)).sum(axis=1)
    doubt *= np.sqrt(np.maximum(0.0, vectors @ vectors.mean(axis=0))) if len(vectors) else 1.0
    open_ = np.ones(len(p), dtype=bool)
    open_[list(decided)] = False
    alike = nearest(vectors, sorted(decided)) if alike is None else alike.copy()
    worth = np.where(open_, np.round(doubt * (1.0 - alike), 9), -1.0)
    order = np.argsort(-worth, kind="stable")[: int(open_.sum())]
    # What is chosen makes the others worth less, never more: those far down need no look until the first are spent.
    size = min(len(order), max(_POOL, 4 * most))
    pool = np.sort(order[:size])
    near = vectors[pool]
    chosen: list[int] = []
    while len(chosen) < min(most, len(order)):
        now = np.where(open_[pool], np.round(doubt[pool] * (1.0 - alike[pool]), 9), -1.0)
        if size < len(order) and now.max() <= worth[order[size]]:
            alike = nearest(vectors, chosen, alike)
            size = min(len(order), 2 * size)
            pool = np.sort(order[:size])
            near = vectors[pool]
            continue
        best = int(pool[now.argmax()])
        chosen.append(best)
        open_[best] = False
        alike[pool] = np.maximum(alike[pool], near @ vectors[best])
    return chosen


def nearest(vectors: Vectors, asked: Sequence[int], so_far: Floats | None = None) -> Floats:
    """How near (cosine, 0 at least) each text is to the nearest of those asked about, and of those before them."""
    alike = np.zeros(len(vectors)) if so_far is None else so_far.copy()
    for start in range(0, len(asked), _AT_ONCE):
        alike = np.maximum(alike, (vectors @ vectors[list(asked[start : start + _AT_ONCE])].T).max(axis=1))
    return alike


def held_out(
    vectors: Vectors, described: Sequence[Vectors], decided: Decided, contexts: Vectors | None = None
) -> tuple[list[int], Floats]:
    """Decided rows, in order, and their probabilities (rows, codes) as foretold from the other decisions.

    Each row by a model that a fifth of the decisions, its own among them, had no part in: so what the machine says
    of a text can be compared with what people said of it.
    """
    rows = sorted(decided)
    own = vectors[rows]
    above = None if contexts is None else contexts[rows]
    prior = zero_shot(own, described, above)
    found = prior.copy()
    for fold in range(_FOLDS):
        known = {place: decided[row] for place, row in enumerate(rows) if place % _FOLDS != fold}
        left = np.arange(len(rows)) % _FOLDS == fold
        if left.any():
            found[left] = probabilities(own, described, known, above, prior)[left]
    return rows, found


def surest(probable: Floats, decided: Decided, least: float = 0.8) -> list[tuple[int, int, float]]:
    """Undecided (text, code, probability) of which the machine is surest, to accept many at once; surest first."""
    rows, places = np.nonzero(probable >= least)
    found = [
        (int(row), int(place), float(probable[row, place]))
        for row, place in zip(rows, places, strict=True)
        if int(place) not in decided.get(int(row), {})
    ]
    return sorted(found, key=lambda item: (-round(item[2], 9), item[0], item[1]))
