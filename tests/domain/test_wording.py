"""The scale from a number to words."""

import pytest

from ogp_sensemaker.domain.wording import wording


@pytest.mark.parametrize(
    ("mean", "words"),
    [
        (0.94, "very strong support"),
        (0.80, "very strong support"),
        (0.7978, "very strong support"),
        (0.7949, "strong support"),
        (0.60, "strong support"),
        (0.1 + 0.5, "strong support"),
        (0.5967, "strong support"),
        (0.5949, "significant support"),
        (0.46, "significant support"),
        (0.4549, "support"),
        (0.45, "support"),
        (0.01, "support"),
        (0.004, "no net support"),
        (0.0, "no net support"),
        (-0.2, "net opposition"),
        (None, ""),
    ],
)
def test_words_for_a_mean(mean: float | None, words: str) -> None:
    assert wording(mean) == words


def test_a_project_may_hold_its_own_scale() -> None:
    assert wording(0.3, ((0.25, "clear support"), (0.0, "support"))) == "clear support"
