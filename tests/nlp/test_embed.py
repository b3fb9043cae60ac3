"""Vectors by the real model."""

import numpy as np
import pytest

from ogp_sensemaker.nlp import embed

pytestmark = pytest.mark.models

TEXTS = [
    "Courses for new points of contact should end with a certificate.",
    "Training with a diploma for newcomers would help.",
    "Sanctions do more harm than good.",
    "",
    "🌴",
    "Four years?! By then half of the people who signed will be ambassadors somewhere warm.",
    "word " * 600,
    "Vətəndaş cəmiyyəti QHT üçün qrant istəyir.",
    "Sanctions do more harm than good.",
]


def test_shape_length_and_meaning() -> None:
    found = embed.embed(TEXTS)
    assert found.shape == (len(TEXTS), embed.DIMENSIONS)
    assert found.dtype == np.float32
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    assert found[0] @ found[1] > found[0] @ found[2] + 0.2
    assert embed.version().startswith("all-MiniLM-L6-v2@53aa5117/")


def test_the_same_as_sentence_transformers() -> None:
    from sentence_transformers import SentenceTransformer

    from ogp_sensemaker.nlp import bundle

    theirs = SentenceTransformer(str(bundle.checked(embed.NAME)), device="cpu").encode(TEXTS, normalize_embeddings=True)
    assert np.allclose(embed.embed(TEXTS), theirs, atol=1e-5)


def test_bit_for_bit_whatever_the_company() -> None:
    together = embed.embed(TEXTS)
    assert np.array_equal(together, embed.embed(TEXTS, threads=1))
    assert np.array_equal(together, embed.embed(TEXTS[::-1])[::-1])
    for i, text in enumerate(TEXTS):
        assert np.array_equal(embed.embed([text])[0], together[i])
    assert np.array_equal(together[2], together[8])


def test_batches_cover_everything_once() -> None:
    batches = list(embed.embed_batches(TEXTS))
    assert sorted(p for positions, _ in batches for p in positions) == list(range(len(TEXTS)))
    assert all(len(positions) == len(vectors) for positions, vectors in batches)
    assert list(embed.embed_batches([])) == []
    assert embed.embed([]).shape == (0, embed.DIMENSIONS)


def test_progress_is_told() -> None:
    told: list[int] = []
    embed.embed(TEXTS, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == len(TEXTS)
