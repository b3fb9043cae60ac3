"""Stances by the real model."""

import numpy as np
import pytest

from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.errors import ModelMissing
from ogp_sensemaker.nlp import bundle, stance

PARKS = "The city should open the parks at night"
PAIRS = [
    (PARKS, "I strongly support this, parks belong to everybody at any hour."),
    (PARKS, "No, this is a bad idea: it is dangerous and the neighbours would not sleep."),
    ("Close the parks at night", "It is dangerous at night and the neighbours would not sleep."),
    ("Voting should be compulsory", "Forcing people to vote violates their freedom."),
    ("Voting should be compulsory", "Every citizen has a duty to take part in elections."),
]


@pytest.mark.models
def test_plain_stances_are_read() -> None:
    found = [label for label, _ in stance.stance(PAIRS)]
    assert found == [Stance.SUPPORT, Stance.OPPOSE, Stance.SUPPORT, Stance.OPPOSE, Stance.SUPPORT]


@pytest.mark.models
def test_a_stance_does_not_depend_on_what_it_is_read_with() -> None:
    alone = np.concatenate([stance.probabilities([pair]) for pair in PAIRS])
    together = stance.probabilities(PAIRS * 3)
    # Within one reading exactly; in batches of another size the last digits differ.
    assert np.array_equal(together[: len(PAIRS)], together[len(PAIRS) : 2 * len(PAIRS)])
    assert np.allclose(together[: len(PAIRS)], alone, atol=1e-5)


@pytest.mark.models
def test_probabilities_add_up_and_the_likeliest_is_told() -> None:
    shares = stance.probabilities(PAIRS)
    assert shares.shape == (len(PAIRS), 4)
    assert np.allclose(shares.sum(axis=1), 1, atol=1e-5)
    for (label, probability), row in zip(stance.stance(PAIRS), shares, strict=True):
        assert probability == pytest.approx(float(row[stance.LABELS.index(label)]))


@pytest.mark.models
@pytest.mark.parametrize(
    "text", ["", " ", "word " * 2000, "😀", "نعم"], ids=["empty", "blank", "long", "emoji", "arabic"]
)
def test_odd_texts_are_read_too(text: str) -> None:
    ((label, probability),) = stance.stance([(PARKS, text)])
    assert label in stance.LABELS
    assert 0 <= probability <= 1


def test_nothing_needs_no_model() -> None:
    assert stance.stance([]) == []
    assert stance.probabilities([]).shape == (0, 4)


def test_a_missing_model_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "manifest", tuple)
    stance._model.cache_clear()
    with pytest.raises(ModelMissing, match=stance.NAME):
        stance.stance([PAIRS[0]])
