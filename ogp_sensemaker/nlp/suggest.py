"""Codes for a text, from the codes' own descriptions and from what people have decided, with honest probabilities."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

VERSION = "described-and-decided/1"

Vectors = NDArray[np.float32]
Floats = NDArray[np.float64]

_NEAREST = 3  # pieces of a description that count
# Fitted once to 393 segments of the sample consultation, of which none is used by the program.
_LIFT, _LEVEL, _FIRST, _SHIFT, _PER_TEXT = 23.0, 0.6, 0.65, -0.8, 1.1
_RIDGE = 0.3
_ROUNDS, _CLOSE = 200, 1e-4
_WEAKEST = 0.01


def pieces(*texts: str) -> list[str]:
    """What a code says of itself, cut into sentences, each once: what `described` holds the vectors of."""
    from ogp_sensemaker.nlp.sentences import sentences

    return list(dict.fromkeys(s for text in texts for s in sentences(text, "en") if len(s) > 2))


def zero_shot(vectors: Vectors, described: Sequence[Vectors]) -> Floats:
    """Probabilities (texts, codes) from descriptions alone; a code without any gets its share of chance.

    A text is compared with the three nearest pieces of each description. What counts is how much nearer it is
    to one code than to the others, far more than how near at all.
    """
    n, codes = len(vectors), len(described)
    near = np.full((n, codes), np.nan)
    table = vectors.astype(np.float64)
    for place, own in enumerate(described):
        if len(own):
            cosines = np.sort(table @ own.astype(np.float64).T, axis=1)
            near[:, place] = cosines[:, -_NEAREST:].mean(axis=1)
    chance = np.clip(_PER_TEXT / max(codes, 1), 0.0, 0.5)
    base = _SHIFT + np.log(chance / (1 - chance))
    known = ~np.isnan(near)
    if not known.any():
        return np.full((n, codes), chance)
    mean = np.nanmean(near, axis=1, keepdims=True)
    first = near == np.nanmax(near, axis=1, keepdims=True)
    logits = _LIFT * (near - mean) + _LEVEL * near + _FIRST * first + base
    return np.where(known, _logistic(logits), chance)


def _logistic(x: Floats) -> Floats:
    found: Floats = 1.0 / (1.0 + np.exp(-np.clip(x, -30.0, 30.0)))
    return found


def _logit(p: Floats) -> Floats:
    p = np.clip(p, 1e-4, 1 - 1e-4)
    found: Floats = np.log(p / (1 - p))
    return found


def probabilities(vectors: Vectors, described: Sequence[Vectors], decided: Mapping[int, Mapping[int, bool]]) -> Floats:
    """Probabilities (texts, codes): what the descriptions say, corrected by what was decided.

    `decided`: for a text (row of `vectors`), for a code (place in `described`), whether it fits. The correction
    is a ridge logistic regression on the vectors, one code against the rest, with the zero-shot log odds as
    its offset: without decisions it changes nothing.
    """
    prior = zero_shot(vectors, described)
    if not decided or not described:
        return prior
    rows = np.array(sorted(decided))
    answers = np.zeros((len(rows), len(described)))
    asked = np.zeros_like(answers)
    for i, row in enumerate(rows.tolist()):
        for place, fits in decided[row].items():
            answers[i, place], asked[i, place] = float(fits), 1.0
    offset = _logit(prior)
    slope = _regress(vectors[rows].astype(np.float64), answers, asked, offset[rows])
    return _logistic(offset + vectors.astype(np.float64) @ slope)


def _regress(features: Floats, answers: Floats, asked: Floats, offset: Floats) -> Floats:
    """The weights (features, codes) of all codes at once.

    Newton steps with a fixed bound of the Hessian (Böhning 1992), which is inverted once for all codes.
    """
    bound = np.linalg.inv(features.T @ features / 4.0 + _RIDGE * np.eye(features.shape[1]))
    slope = np.zeros((features.shape[1], answers.shape[1]))
    for _ in range(_ROUNDS):
        wrong = asked * (answers - _logistic(offset + features @ slope))
        step = bound @ (features.T @ wrong - _RIDGE * slope)
        slope += step
        if np.abs(step).max() < _CLOSE:
            break
    return slope


def suggest(
    vectors: Vectors, described: Sequence[Vectors], decided: Mapping[int, Mapping[int, bool]] | None = None
) -> list[list[tuple[int, float]]]:
    """For each text the codes that may fit, as (place in `described`, probability), strongest first.

    `vectors` (n, 384) of the texts, `described` the vectors of what each code says of itself, `decided` as for
    `probabilities`. Where no probability is worth a look, the text is a candidate for something new.
    """
    table = np.round(probabilities(vectors, described, decided or {}), 6)
    found = []
    for row in table:
        order = sorted(range(len(row)), key=lambda place: (-row[place], place))
        found.append([(place, float(row[place])) for place in order if row[place] >= _WEAKEST])
    return found
