"""Figures made of numbers that people gave."""

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogp_sensemaker.domain.opinion import PollCount, by_group, figure, interval, poll_counts, student_t

NUMBERS = st.lists(st.floats(-1, 1), max_size=40)


@settings(deadline=None)
@given(NUMBERS, st.randoms())
def test_a_figure_does_not_depend_on_the_order(values: list[float], rng: random.Random) -> None:
    shuffled = list(values)
    rng.shuffle(shuffled)
    assert figure(shuffled) == figure(values)


@settings(deadline=None)
@given(NUMBERS)
def test_sides_add_up_and_the_interval_holds_the_mean_within_the_scale(values: list[float]) -> None:
    found = figure(values)
    assert found.supporting + found.opposing + found.neutral == found.n == len(values)
    if found.n > 1:
        assert -1 <= found.low <= found.mean <= found.high <= 1


@settings(deadline=None)
@given(NUMBERS)
def test_turning_every_number_round_turns_the_figure_round(values: list[float]) -> None:
    found, turned = figure(values), figure([-v for v in values])
    assert (turned.supporting, turned.opposing) == (found.opposing, found.supporting)
    if found.n > 1:
        assert (turned.mean, turned.low, turned.high) == pytest.approx((-found.mean, -found.high, -found.low))


def test_nobody_and_one_have_no_interval() -> None:
    assert figure([]).mean is None
    assert (figure([0.4]).mean, figure([0.4]).low, figure([0.4]).high) == (0.4, None, None)


def test_five_equal_answers_are_not_called_certain() -> None:
    low, high = interval([1.0] * 5)
    assert low < 0.6
    assert high == 1.0


def test_the_interval_narrows_as_more_people_say_the_same() -> None:
    widths = [high - low for low, high in (interval([-0.5, 0.2, 0.6, 0.9] * k) for k in (1, 2, 5, 20, 100))]
    assert widths == sorted(widths, reverse=True)


def test_the_interval_covers_the_truth_about_nineteen_times_in_twenty() -> None:
    rng = random.Random(3)
    truth, hits = 0.85 * 2 - 1, 0
    for _ in range(400):
        low, high = interval([1.0 if rng.random() < 0.85 else -1.0 for _ in range(8)])
        hits += low <= truth <= high
    assert hits >= 0.93 * 400


def test_student_t_matches_the_tables() -> None:
    assert student_t(1) == 12.7062
    assert student_t(30) == pytest.approx(2.0423)
    assert student_t(40) == pytest.approx(2.0211, abs=2e-4)
    assert student_t(120) == pytest.approx(1.9799, abs=2e-4)
    assert math.isclose(student_t(10**9), 1.959964, abs_tol=1e-6)


def test_a_slider_left_near_the_middle_is_neutral() -> None:
    found = figure([0.05, -0.05, 0.0, 0.06, -0.06])
    assert (found.supporting, found.opposing, found.neutral) == (1, 1, 3)


def test_groups_leave_out_whose_value_is_not_known() -> None:
    found = by_group({1: 0.5, 2: -0.5, 3: 1.0, 4: 1.0}, "sector", {1: "CSO", 2: "Government", 3: "", 9: "CSO"})
    assert [(g.value, g.figure.n, g.figure.mean) for g in found] == [("CSO", 1, 0.5), ("Government", 1, -0.5)]


def test_poll_counts_are_by_respondent() -> None:
    answers = [(1, "Yes"), (1, "Maybe"), (1, "Yes"), (2, "Yes"), (3, "Other: no idea")]
    assert poll_counts(["Yes", "No", "Maybe"], answers) == (
        PollCount("Yes", 2, 3),
        PollCount("No", 0, 3),
        PollCount("Maybe", 1, 3),
        PollCount("Other: no idea", 1, 3),
    )
    assert poll_counts(["Yes"], []) == (PollCount("Yes", 0, 0),)
    assert PollCount("Yes", 0, 0).share == 0.0
