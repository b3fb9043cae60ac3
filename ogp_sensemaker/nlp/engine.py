"""Runs one translation package: SentencePiece or BPE to tokens, CTranslate2, and back."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from math import exp
from pathlib import Path
from typing import Any

BEAM = 4
_TOKENS_AT_ONCE = 1024
_MOST_SOURCE = 250  # tokens; a longer sentence is cut, as models were never trained on such


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A sentence translated: the model's words, and its mean probability per token (0..1)."""

    text: str
    score: float


@contextmanager
def _argos_home() -> Iterator[None]:
    """argostranslate makes folders in the home of whoever imports it; give it a place to throw away."""
    names = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    before = {name: os.environ.get(name) for name in names}
    with tempfile.TemporaryDirectory(prefix="argos-") as place:
        os.environ.update(dict.fromkeys(names, place))
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value


def _tokenizer(folder: Path) -> Any:
    """The package's tokenizer, as argostranslate reads it. Raises ValueError where it has none."""
    with _argos_home():
        from argostranslate.package import Package

        package = Package(folder)
    tokenizer = getattr(package, "tokenizer", None)
    if tokenizer is None:
        raise ValueError("the package has no tokenizer")
    return tokenizer


@lru_cache(maxsize=4)
def _load(folder: Path, _digest: str, threads: int) -> tuple[Any, Any, str, str]:
    from ogp_sensemaker.nlp import bundle

    bundle.offline_environment()
    import ctranslate2

    tokenizer = _tokenizer(folder)
    from ogp_sensemaker.nlp import packages

    translator = ctranslate2.Translator(
        str(folder / "model"), device="cpu", compute_type="auto", inter_threads=threads, intra_threads=1
    )
    about = packages.metadata(folder)
    return tokenizer, translator, about.get("source_prefix", ""), about.get("target_prefix", "")


def _decode(tokenizer: Any, tokens: Sequence[str]) -> str:
    processor = getattr(tokenizer, "lazy_processor", None)
    if processor is None:
        return str(tokenizer.decode(list(tokens)))
    # Not tokenizer.decode(), which turns every underscore into a space.
    return str(processor().decode_pieces(list(tokens)))


def run(
    folder: Path, digest: str, sentences: Sequence[str], threads: int = 2, hypotheses: int = 1
) -> list[list[Hypothesis]]:
    """Each sentence with its best `hypotheses`, best first.

    Beam search with limits that stop loops: no four tokens twice, and at most about twice as long as the source.
    Sentences go in sorted by length, in batches of about a thousand tokens. Raises RuntimeError from CTranslate2.
    """
    tokenizer, translator, before, prefix = _load(folder, digest, threads)
    tokens = [tokenizer.encode(sentence)[:_MOST_SOURCE] for sentence in sentences]
    tokens = [[before, *row] if before and row else row for row in tokens]
    order = sorted((i for i in range(len(tokens)) if tokens[i]), key=lambda i: (len(tokens[i]), i))
    found: list[list[Hypothesis]] = [[Hypothesis("", 0.0)] for _ in sentences]
    # The limit on length holds for a whole call, so sentences of about the same length go together; all calls are
    # handed over before the first result is waited for, so that no worker stands idle between them.
    waiting = []
    for chunk in _by_length(order, tokens):
        results = translator.translate_batch(
            [tokens[i] for i in chunk],
            target_prefix=[[prefix]] * len(chunk) if prefix else None,
            beam_size=max(BEAM, hypotheses),
            num_hypotheses=hypotheses,
            max_batch_size=_TOKENS_AT_ONCE,
            batch_type="tokens",
            max_decoding_length=2 * len(tokens[chunk[-1]]) + 20,
            no_repeat_ngram_size=4,
            repetition_penalty=1.05,
            return_scores=True,
            replace_unknowns=True,
            asynchronous=True,
        )
        waiting.append((chunk, results))
    for chunk, results in waiting:
        for i, pending in zip(chunk, results, strict=True):
            result = pending.result()
            found[i] = [
                Hypothesis(_decode(tokenizer, h[1:] if prefix and h[:1] == [prefix] else h).strip(), _mean(score))
                for h, score in zip(result.hypotheses, result.scores, strict=True)
            ]
    return found


def _mean(score: float) -> float:
    """CTranslate2 gives the mean log probability of the tokens when its length penalty is 1, as it is by default."""
    return round(exp(min(score, 0.0)), 4)


def _by_length(order: Sequence[int], tokens: Sequence[Sequence[str]]) -> Iterator[list[int]]:
    chunk: list[int] = []
    for i in order:
        if chunk and len(tokens[i]) > 1.5 * len(tokens[chunk[0]]) + 8 and len(chunk) >= 16:
            yield chunk
            chunk = []
        chunk.append(i)
    if chunk:
        yield chunk


def try_out(folder: Path) -> str:
    """Translate a short sentence with the model in a folder that is not installed yet; nothing stays loaded.

    Raises RuntimeError, ValueError or OSError where that does not work.
    """
    import ctranslate2

    tokenizer = _tokenizer(folder)
    tokens = tokenizer.encode("1. OGP 2023.")
    if not tokens:
        raise ValueError("the tokenizer gives no tokens")
    translator = ctranslate2.Translator(str(folder / "model"), device="cpu", inter_threads=1, intra_threads=1)
    result = translator.translate_batch([tokens], beam_size=1, max_decoding_length=20)
    return _decode(tokenizer, result[0].hypotheses[0])


def unload() -> None:
    """Let go of the loaded models."""
    _load.cache_clear()
