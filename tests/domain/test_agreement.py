"""Agreement between coders, against published examples and scikit-learn."""

from itertools import zip_longest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from ogp_sensemaker.domain.agreement import cohen_kappa, compare, krippendorff_alpha, on_code, pairwise

# Krippendorff (2011), part C: four observers, twelve units, some not seen by all.
OBSERVERS = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
LABELS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=40)


def test_alpha_of_the_published_example_with_missing_labels() -> None:
    units = [[label for label in unit if label != "."] for unit in zip_longest(*OBSERVERS, fillvalue=".")]
    assert krippendorff_alpha(units) == pytest.approx(0.743, abs=0.0005)


def test_alpha_of_the_published_example_with_two_observers() -> None:
    assert krippendorff_alpha(zip("0100000010", "1110010000", strict=True)) == pytest.approx(0.095, abs=0.0005)


@settings(deadline=None)
@given(LABELS)
def test_kappa_is_what_scikit_learn_gives(pairs: list[tuple[str, str]]) -> None:
    ours = cohen_kappa(pairs)
    if ours is None:
        assert len({label for pair in pairs for label in pair}) == 1
    else:
        assert ours == pytest.approx(cohen_kappa_score(*zip(*pairs, strict=True)))


@settings(deadline=None)
@given(LABELS)
def test_neither_order_nor_who_comes_first_matters(pairs: list[tuple[str, str]]) -> None:
    turned = [(b, a) for a, b in reversed(pairs)]
    for measure in (cohen_kappa, krippendorff_alpha):
        assert measure(turned) == pytest.approx(measure(pairs))


def test_only_units_that_both_have_labelled_count() -> None:
    found = compare(
        "Ana", "stance 1.0", {1: "support", 2: "oppose", 3: "mixed"}, {2: "oppose", 3: "support", 4: "mixed"}
    )
    assert (found.units, found.observed) == (2, 0.5)


def test_without_common_units_nothing_is_said() -> None:
    found = compare("Ana", "Ben", {1: "support"}, {2: "support"})
    assert (found.units, found.observed, found.kappa, found.alpha) == (0, None, None, None)


def test_one_label_throughout_says_nothing_beyond_the_share() -> None:
    found = compare("Ana", "Ben", {1: "x", 2: "x"}, {1: "x", 2: "x"})
    assert (found.observed, found.kappa, found.alpha) == (1.0, None, None)


def test_every_two_coders_are_compared() -> None:
    found = pairwise({"Ben": {1: "x", 2: "y"}, "Ana": {1: "x", 2: "y"}, "machine": {1: "y", 2: "x"}})
    assert [(a.first, a.second, a.observed) for a in found] == [
        ("Ana", "Ben", 1.0),
        ("Ana", "machine", 0.0),
        ("Ben", "machine", 0.0),
    ]
    assert found[0].kappa == 1.0


def test_a_code_that_was_not_given_is_a_label_too() -> None:
    found = on_code([1, 2, 3, 4], "Ana", "Ben", {"Ana": {1, 2}, "Ben": {1}})
    assert (found.units, found.observed) == (4, 0.75)
    assert found.kappa == pytest.approx(0.5)
