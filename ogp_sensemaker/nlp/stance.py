"""Where a text stands towards a target: support, oppose, mixed or neutral, with a probability.

A small cross-encoder reads target and text together. The targets are those of the project: a direction, a
proposal, the statement of an issue. What people have decided in the project shifts its answers (`learn`).
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.domain.speech import without_speaker
from ogp_sensemaker.nlp import bundle
from ogp_sensemaker.nlp.cues import Cues, cues

NAME = "stance-minilm"
LABELS = (Stance.SUPPORT, Stance.OPPOSE, Stance.MIXED, Stance.NEUTRAL)  # in the model's order
LONGEST = 128  # tokens of target and text; the end of a longer text is not read
_TOKENS_AT_ONCE = 1024

ENOUGH = 12  # decisions from which it learns
_TIES = 2.0  # how strongly what is learned is held to what the model says by itself
_STEPS = 300

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Learned:
    """What a project's decisions add to the model: weights (features, labels) over its answers and the text's cues."""

    weights: NDArray[np.float64]
    decisions: int


def version() -> str:
    """The model and the way it is used; stances of another version are made again."""
    return f"{bundle.fingerprint(NAME)}/1"


def stance(
    pairs: Sequence[tuple[str, str]], learned: Learned | None = None, threads: int = 2
) -> list[tuple[Stance, float]]:
    """The stance of each (target, text) with its probability (0..1), in order. Raises ModelMissing."""
    found = probabilities(pairs, learned, threads)
    best = found.argmax(axis=1)
    return [(LABELS[int(k)], float(row[k])) for k, row in zip(best, found, strict=True)]


def probabilities(pairs: Sequence[tuple[str, str]], learned: Learned | None = None, threads: int = 2) -> Numbers:
    """The probabilities of each (target, text): float32, (len(pairs), 4), in the order of LABELS. Raises ModelMissing.

    Equal pairs get the same numbers to five decimals, whatever they are read with: batches of another size take
    other kernels, whose sums differ in the last digits.
    """
    given = logits(pairs, threads)
    if learned is not None:
        given = (_features(pairs, given) @ learned.weights).astype(np.float32)
    return _softmax(given)


def learn(decided: Sequence[tuple[str, str, Stance]], threads: int = 2) -> Learned | None:
    """What people's stances on (target, text) teach; None for fewer than ENOUGH. Raises ModelMissing.

    Multinomial logistic regression on the model's four answers and the text's cues, with a penalty on the distance
    from the model's own answers: a few decisions shift how readily it says "mixed" or "oppose" in this project,
    many teach it which words mean what here. The order of the decisions does not matter.
    """
    if len(decided) < ENOUGH:
        return None
    ordered = sorted(decided)
    pairs = [(target, text) for target, text, _ in ordered]
    x = _features(pairs, logits(pairs, threads))
    y = np.eye(len(LABELS))[[LABELS.index(label) for *_, label in ordered]]
    own = np.eye(x.shape[1], len(LABELS))
    weights = own.copy()
    rate = 1.0 / (0.5 * float((x * x).sum()) + _TIES)  # no greater than the inverse of the steepest curvature
    ahead, pace = weights, 1.0
    for _ in range(_STEPS):  # Nesterov's accelerated gradient
        slope = x.T @ (_softmax(x @ ahead) - y) + _TIES * (ahead - own)
        following = ahead - rate * slope
        quicker = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        ahead = following + (pace - 1) / quicker * (following - weights)
        weights, pace = following, quicker
    return Learned(weights, len(decided))


def _features(pairs: Sequence[tuple[str, str]], given: Numbers) -> NDArray[np.float64]:
    """The model's answers, the text's cues, and a constant: (len(pairs), 10)."""
    shown = [[*_flags(c), 1.0] for c in cues([text for _, text in pairs])]
    return np.hstack([given.astype(np.float64), np.array(shown).reshape(len(pairs), -1)])


def _flags(found: Cues) -> list[float]:
    return [float(f) for f in (found.support, found.oppose, found.concern, found.hedge, found.suggestion)]


def logits(pairs: Sequence[tuple[str, str]], threads: int = 2) -> Numbers:
    """What the model gives before the softmax: float32, (len(pairs), 4). Raises ModelMissing."""
    found = np.zeros((len(pairs), len(LABELS)), dtype=np.float32)
    if not pairs:
        return found
    tokenizer, model = _model()
    import torch

    places: dict[tuple[str, str], list[int]] = {}
    for i, (target, text) in enumerate(pairs):
        places.setdefault((target.strip(), without_speaker(text).strip()), []).append(i)
    unique = sorted(places)
    read = tokenizer.encode_batch(unique)

    def run(batch: list[int]) -> tuple[list[int], Numbers]:
        with torch.inference_mode():
            out = model(
                input_ids=torch.tensor([read[i].ids for i in batch]),
                token_type_ids=torch.tensor([read[i].type_ids for i in batch]),
            )
        return batch, out.logits.numpy()

    # One thread for each batch of equal length: nothing is padded, and the sums are always made in the same order.
    with ThreadPoolExecutor(max(threads, 1), initializer=torch.set_num_threads, initargs=(1,)) as workers:
        for batch, rows in workers.map(run, _batches([len(r.ids) for r in read])):
            for i, row in zip(batch, rows, strict=True):
                found[places[unique[i]]] = row
    return found


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Positions of equal length, together no more than about a thousand tokens."""
    found: list[list[int]] = []
    for i in sorted(range(len(lengths)), key=lambda i: (lengths[i], i)):
        last = found[-1] if found else []
        if last and lengths[last[0]] == lengths[i] and (len(last) + 1) * lengths[i] <= _TOKENS_AT_ONCE:
            last.append(i)
        else:
            found.append([i])
    return found


def _softmax(x: NDArray[Any]) -> NDArray[Any]:
    """Rows of shares that add up to 1."""
    powers = np.exp(x - x.max(axis=1, keepdims=True, initial=-np.inf))
    shares: NDArray[Any] = powers / powers.sum(axis=1, keepdims=True)
    return shares


@lru_cache(maxsize=1)
def _model() -> tuple[Any, Any]:
    folder = bundle.checked(NAME)
    bundle.offline_environment()
    import torch
    from safetensors.torch import load_file
    from tokenizers import Tokenizer
    from transformers import BertConfig, BertForSequenceClassification

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST, strategy="only_second")
    config = BertConfig.from_pretrained(str(folder))
    with torch.device("cpu"):
        model = BertForSequenceClassification(config)
    weights = {name: values.float() for name, values in load_file(str(folder / "model.safetensors")).items()}
    missing, _unexpected = model.load_state_dict(weights, strict=False)
    if set(missing) - {"bert.embeddings.position_ids"}:
        raise RuntimeError(f"{NAME} lacks weights: {sorted(missing)[:3]}")
    return tokenizer, model.eval()


def warm() -> None:
    """Load the model, so that the first pair does not wait for it."""
    _model()
