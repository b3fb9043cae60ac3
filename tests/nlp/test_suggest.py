"""Suggestions from descriptions and from decisions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from ogp_sensemaker.nlp import suggest as machine
from ogp_sensemaker.nlp.suggest import pieces, probabilities, suggest, surest, to_learn, zero_shot

Vectors = NDArray[np.float32]


def unit(table: NDArray[np.float64]) -> Vectors:
    return (table / np.linalg.norm(table, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def world() -> tuple[Vectors, list[Vectors], NDArray[np.int64]]:
    """60 texts around three middles, descriptions that point there roughly, and which is which."""
    chance = np.random.default_rng(1)
    middles = np.eye(3, 128)
    truth = np.arange(60) % 3
    texts = unit(middles[truth] + 0.12 * chance.normal(size=(60, 128)))
    described = [unit(0.4 * middles[k] + 0.2 * chance.normal(size=(5, 128))) for k in range(3)]
    return texts, described, truth


def test_descriptions_alone(world: tuple[Vectors, list[Vectors], NDArray[np.int64]]) -> None:
    texts, described, truth = world
    found = suggest(texts, described)
    assert np.mean([row[0][0] == k for row, k in zip(found, truth, strict=True)]) > 0.8
    for row in found:
        assert [p for _, p in row] == sorted((p for _, p in row), reverse=True)
        assert all(0 < p < 1 for _, p in row)


def test_decisions_correct_what_descriptions_say(world: tuple[Vectors, list[Vectors], NDArray[np.int64]]) -> None:
    texts, described, truth = world
    swapped = [described[1], described[0], described[2]]  # the first two descriptions are each other's
    decided = {i: {k: bool(truth[i] == k) for k in range(3)} for i in range(30)}
    before, after = (probabilities(texts, swapped, d)[30:].argmax(axis=1) for d in ({}, decided))
    assert np.mean(before == truth[30:]) < 0.6
    assert np.mean(after == truth[30:]) > np.mean(before == truth[30:]) + 0.3


def test_a_rejection_counts(world: tuple[Vectors, list[Vectors], NDArray[np.int64]]) -> None:
    texts, described, truth = world
    row, code = 0, int(truth[0])
    before = probabilities(texts, described, {})
    after = probabilities(texts, described, {row: {code: False}})
    assert after[row, code] < before[row, code]
    other = (code + 1) % 3
    assert after[row, other] == pytest.approx(before[row, other])


def test_what_a_text_stands_under_counts(world: tuple[Vectors, list[Vectors], NDArray[np.int64]]) -> None:
    _, described, _ = world
    between = unit((described[0].mean(axis=0) + described[1].mean(axis=0)).astype(np.float64)[None])
    context = np.vstack([described[1][:1], np.zeros((1, 128), np.float32)])
    under, alone = zero_shot(np.vstack([between, between]), described, context)
    assert under[1] > under[0]
    assert abs(alone[1] - alone[0]) < abs(under[1] - under[0])


def test_codes_without_a_description_and_no_codes(world: tuple[Vectors, list[Vectors], NDArray[np.int64]]) -> None:
    texts, described, truth = world
    silent = [*described, np.zeros((0, 128), np.float32)]
    assert np.isfinite(zero_shot(texts, silent)).all()
    decided = {i: {3: bool(truth[i] == 0), 0: False, 1: bool(truth[i] == 1), 2: bool(truth[i] == 2)} for i in range(30)}
    assert suggest(texts, silent, decided)[33][0][0] == 3
    assert suggest(texts, []) == [[]] * 60
    assert suggest(texts[:0], described) == []


@given(st.dictionaries(st.integers(0, 59), st.dictionaries(st.integers(0, 2), st.booleans()), max_size=60))
def test_any_decisions(decided: dict[int, dict[int, bool]]) -> None:
    chance = np.random.default_rng(3)
    texts, described = unit(chance.normal(size=(60, 8))), [unit(chance.normal(size=(3, 8))) for _ in range(3)]
    found = probabilities(texts, described, decided)
    assert np.isfinite(found).all()
    assert ((found > 0) & (found < 1)).all()
    assert np.array_equal(found, probabilities(texts, described, dict(reversed(decided.items()))))


def test_the_queues(world: tuple[Vectors, list[Vectors], NDArray[np.int64]]) -> None:
    texts, described, truth = world
    decided = {i: {k: bool(truth[i] == k) for k in range(3)} for i in range(10)}
    probable = probabilities(texts, described, decided)
    asked = to_learn(probable, texts, decided, 20)
    assert len(set(asked)) == 20
    assert not set(asked) & set(decided)
    assert len(to_learn(probable, texts, decided, 1000)) == 50
    sure = surest(probable, decided, 0.5)
    assert [p for _, _, p in sure] == sorted((p for _, _, p in sure), reverse=True)
    assert not {row for row, _, _ in sure} & set(decided)
    assert np.mean([truth[row] == code for row, code, _ in sure]) > 0.8


def test_pieces() -> None:
    assert pieces("Name", "One thing. Another thing.", "", "Name") == ["Name", "One thing.", "Another thing."]


@given(st.integers(0, 10**6), st.integers(1, 12), st.integers(1, 9))
def test_the_queue_is_the_greedy_one(seed: int, most: int, pool: int) -> None:
    """Looking at the first few alone chooses what looking at all of them would."""
    chance = np.random.default_rng(seed)
    texts = unit(chance.normal(size=(40, 6)))
    probable = chance.uniform(0.01, 0.99, size=(40, 3))
    decided = {int(row): {0: True} for row in chance.choice(40, 5, replace=False)}
    p = np.clip(probable, 1e-6, 1 - 1e-6)
    doubt = -(p * np.log(p) + (1 - p) * np.log(1 - p)).sum(axis=1)
    doubt *= np.sqrt(np.maximum(0.0, texts @ texts.mean(axis=0)))
    asked, wanted = list(decided), []
    for _ in range(most):
        worth = doubt * (1 - np.maximum(0, texts @ texts[asked].T).max(axis=1))
        worth = np.round(worth, 9)
        worth[asked] = -1
        wanted.append(int(worth.argmax()))
        asked.append(wanted[-1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(machine, "_POOL", pool)
        assert to_learn(probable, texts, decided, most) == wanted
