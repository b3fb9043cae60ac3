"""Runs one translation package: SentencePiece or BPE to tokens, CTranslate2, and back."""

import json
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from math import exp
from pathlib import Path
from typing import Any

from ogp_sensemaker.errors import ModelMissing

BEAM = 4
_TOKENS_AT_ONCE = 1024
_MOST_SOURCE = 250  # tokens; a longer sentence is cut, as models were never trained on such
_MOST_MADE = 500  # tokens; most models have no place beyond 511
# What CTranslate2 says of a model that has fewer.
_PLACES = re.compile(r"position encodings are defined for positions >= (\d+)")


@dataclass(frozen=True, slots=True)
class Answer:
    """A sentence translated: the model's words, their mean probability per token (0..1), and what speaks against them.

    `second` is the second-best translation of the same search, `unknown` the share (0..1) of the pieces of the
    sentence that the model does not know.
    """

    text: str
    score: float
    second: str = ""
    unknown: float = 0.0


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A package ready to run; `before` and `prefix` are tokens that some models want first in source and target."""

    tokenizer: Any
    translator: Any
    before: str
    prefix: str
    known: frozenset[str]  # pieces the model has a number for; empty where its list cannot be read


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


def index_address() -> str:
    """Where argostranslate's own settings say that its list of packages is. Opens no connection."""
    with _argos_home():
        from argostranslate import settings

    return str(settings.remote_package_index)


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
def _load(folder: Path, _digest: str, threads: int) -> _Loaded:
    from ogp_sensemaker.nlp import bundle

    bundle.offline_environment()
    import ctranslate2

    tokenizer = _tokenizer(folder)
    from ogp_sensemaker.nlp import packages

    translator = ctranslate2.Translator(
        str(folder / "model"), device="cpu", compute_type="auto", inter_threads=threads, intra_threads=1
    )
    about = packages.metadata(folder)
    known = _vocabulary(folder / "model")
    return _Loaded(tokenizer, translator, about.get("source_prefix", ""), about.get("target_prefix", ""), known)


def _vocabulary(model: Path) -> frozenset[str]:
    """The pieces of the source language that a model knows; none where the list is kept in a way not known here."""
    for name in ("shared_vocabulary", "source_vocabulary"):
        for suffix in (".json", ".txt"):
            file = model / f"{name}{suffix}"
            if not file.is_file():
                continue
            text = file.read_text(encoding="utf-8")
            try:
                found = json.loads(text) if suffix == ".json" else text.split("\n")
            except ValueError:
                return frozenset()
            return frozenset(piece for piece in found if isinstance(piece, str))
    return frozenset()


def _decode(tokenizer: Any, tokens: Sequence[str]) -> str:
    processor = getattr(tokenizer, "lazy_processor", None)
    if processor is None:
        return str(tokenizer.decode(list(tokens)))
    # Not tokenizer.decode(), which turns every underscore into a space.
    return str(processor().decode_pieces(list(tokens)))


def run(folder: Path, digest: str, sentences: Sequence[str], threads: int = 2) -> list[Answer]:
    """Each sentence translated.

    Beam search with limits that stop loops: no four tokens twice, and at most about twice as long as the source.
    Sentences go in sorted by length, in batches of about a thousand tokens. Raises ModelMissing where the model fails.
    """
    loaded = _load(folder, digest, threads)
    try:
        return _run(loaded, sentences, _MOST_SOURCE, _MOST_MADE)
    except RuntimeError as error:
        places = _PLACES.search(str(error))
        if places is None:
            raise ModelMissing(
                f"The model {folder.name} failed while it translated; remove it with “models remove {folder.name}” or "
                f"choose another with “models use NAME”."
            ) from error
        most = int(places[1]) - 3  # one each for the beginning, the end and a language
        return _run(loaded, sentences, min(most, _MOST_SOURCE), most)


def _run(loaded: _Loaded, sentences: Sequence[str], most_source: int, most_made: int) -> list[Answer]:
    pieces = [loaded.tokenizer.encode(sentence)[:most_source] for sentence in sentences]
    tokens = [[loaded.before, *row] if loaded.before and row else row for row in pieces]
    order = sorted((i for i in range(len(tokens)) if tokens[i]), key=lambda i: (len(tokens[i]), i))
    found = [Answer("", 0.0)] * len(sentences)
    # The limit on length holds for a whole call, so sentences of about the same length go together; all calls are
    # handed over before the first result is waited for, so that no worker stands idle between them.
    waiting = [
        (chunk, _hand_over(loaded, [tokens[i] for i in chunk], most_made)) for chunk in _by_length(order, tokens)
    ]
    for chunk, results in waiting:
        for i, pending in zip(chunk, results, strict=True):
            result = pending.result()
            best, *others = (_words(loaded, hypothesis) for hypothesis in result.hypotheses)
            found[i] = Answer(best, _mean(result.scores[0]), "".join(others[:1]), _unknown(loaded, pieces[i]))
    return found


def _hand_over(loaded: _Loaded, tokens: list[list[str]], most_made: int) -> Any:
    """Begin to translate sentences of about the same length, the longest last; gives what each is waited for with."""
    return loaded.translator.translate_batch(
        tokens,
        target_prefix=[[loaded.prefix]] * len(tokens) if loaded.prefix else None,
        beam_size=BEAM,
        num_hypotheses=2,  # the search has it anyway
        max_batch_size=_TOKENS_AT_ONCE,
        batch_type="tokens",
        max_decoding_length=min(2 * len(tokens[-1]) + 20, most_made),
        no_repeat_ngram_size=4,
        repetition_penalty=1.05,
        return_scores=True,
        replace_unknowns=True,
        asynchronous=True,
    )


def _words(loaded: _Loaded, tokens: Sequence[str]) -> str:
    own = tokens[1:] if loaded.prefix and list(tokens[:1]) == [loaded.prefix] else tokens
    return _decode(loaded.tokenizer, own).strip()


def _unknown(loaded: _Loaded, pieces: Sequence[str]) -> float:
    if not loaded.known or not pieces:
        return 0.0
    # SentencePiece sets a bare ▁ before a piece that it does not know; it says nothing itself.
    said = [piece for piece in pieces if piece != "▁"]
    return sum(piece not in loaded.known for piece in said) / max(len(said), 1)


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
