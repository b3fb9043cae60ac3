"""Texts to vectors with all-MiniLM-L6-v2: 384 numbers each, of length 1, close where the meaning is close.

Texts are grouped by their number of tokens and never padded. So there is nothing to mask, no work is wasted,
and a text gets bit for bit the same vector whatever it is embedded with (on one kind of processor): a run that
was interrupted and went on ends with the same project as one that was not.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ogp_sensemaker.nlp import bundle

NAME = "all-MiniLM-L6-v2"
DIMENSIONS = 384
LONGEST = 256  # tokens; what is beyond is not read, as the model was trained
_TOKENS_AT_ONCE = 1024

Vectors = NDArray[np.float32]


def version() -> str:
    """The model and the way it is used; vectors of another version are made again."""
    return f"{bundle.fingerprint(NAME)}/1"


@lru_cache(maxsize=1)
def _model() -> tuple[Any, Any]:
    folder = bundle.checked(NAME)
    bundle.offline_environment()
    import torch
    from safetensors.torch import load_file
    from tokenizers import Tokenizer
    from transformers import BertConfig, BertModel

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    config = BertConfig.from_pretrained(str(folder))
    with torch.device("cpu"):
        model = BertModel(config, add_pooling_layer=False)
    weights = {k: v for k, v in load_file(str(folder / "model.safetensors")).items() if not k.startswith("pooler.")}
    missing, _unexpected = model.load_state_dict(weights, strict=False)
    if set(missing) - {"embeddings.position_ids"}:
        raise RuntimeError(f"{NAME} lacks weights: {sorted(missing)[:3]}")
    return tokenizer, model.eval()


def warm() -> None:
    """Load the model, so that the first text does not wait for it."""
    _model()


def embed_batches(texts: Sequence[str], threads: int = 2) -> Iterator[tuple[list[int], Vectors]]:
    """The vectors of `texts` batch by batch, so that the caller can save them and show progress.

    Yields (positions in `texts`, float32 array of one row for each), shortest texts first; every position
    comes once, equal texts together. Raises ModelMissing.
    """
    if not texts:
        return
    tokenizer, model = _model()
    import torch

    places: dict[str, list[int]] = {}
    for i, text in enumerate(texts):
        places.setdefault(text, []).append(i)
    unique = sorted(places)
    ids = [encoding.ids for encoding in tokenizer.encode_batch(unique)]

    def run(batch: list[int]) -> tuple[list[int], Vectors]:
        with torch.inference_mode():
            hidden = model(input_ids=torch.tensor([ids[i] for i in batch])).last_hidden_state
            vectors: Vectors = torch.nn.functional.normalize(hidden.mean(1)).numpy()
        repeats = [len(places[unique[i]]) for i in batch]
        return [p for i in batch for p in places[unique[i]]], np.repeat(vectors, repeats, axis=0)

    # Several batches at a time on one thread each: faster than several threads within a product of this size,
    # and the sums are always made in the same order.
    with ThreadPoolExecutor(max(threads, 1), initializer=torch.set_num_threads, initargs=(1,)) as workers:
        yield from workers.map(run, _batches([len(i) for i in ids]))


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Positions of equal length, together no more than about a thousand tokens."""
    order = sorted(range(len(lengths)), key=lambda i: (lengths[i], i))
    batch: list[int] = []
    for i in order:
        if batch and (lengths[i] != lengths[batch[0]] or (len(batch) + 1) * lengths[i] > _TOKENS_AT_ONCE):
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


def embed(texts: Sequence[str], threads: int = 2, progress: Callable[[int], None] | None = None) -> Vectors:
    """The vectors of `texts`, one row each in their order: float32, (len(texts), 384), of length 1.

    `progress` is told how many are done. Raises ModelMissing.
    """
    found = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    done = 0
    for positions, vectors in embed_batches(texts, threads):
        found[positions] = vectors
        done += len(positions)
        if progress:
            progress(done)
    return found
