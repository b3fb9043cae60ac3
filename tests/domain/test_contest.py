"""Whether people take sides, between whom, and why: worked examples, and rules that must hold for any numbers."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogp_sensemaker.domain import contest as contest_module
from ogp_sensemaker.domain.contest import (
    agreement_strength,
    balance_of,
    contest,
    contradictions,
    only_supported_by,
    polarisation_of,
)
from ogp_sensemaker.domain.evidence import Evidence, Kind, merge, values
from ogp_sensemaker.domain.opinion import by_group, figure

# An idea with a mean of +0.48 on which one sector stands against the rest.
POSITIONS = dict(enumerate([0.86, 0.87, 0.89, 0.93, 0.95, 0.95, 0.97, 1.0, 0.85, 1.0, -0.78, -0.7, -0.58, -0.48]))
SECTORS = dict(enumerate(["civil society"] * 8 + ["academic", "other"] + ["national government"] * 4))
CASES = st.dictionaries(st.integers(0, 999), st.floats(-1, 1).map(lambda v: round(v, 2)), max_size=16)


def camps(rng: random.Random, n: int, apart: float, mean: float, noise: float = 0.1) -> dict[int, float]:
    """Two equal camps around a mean."""
    return {i: max(-1.0, min(1.0, mean + (apart if i % 2 else -apart) / 2 + rng.gauss(0, noise))) for i in range(n)}


def test_a_divided_idea_with_a_good_mean_is_contested_and_says_between_whom() -> None:
    found = contest(POSITIONS, {"sector": SECTORS}, reasons_for=6, reasons_against=5)
    assert found.suggested == "contested"
    assert found.divergence_by == "sector"
    assert found.why == (
        "14 opinions, mean 0.48; 10 strongly for, 3 strongly against; "
        "civil society +0.93, national government −0.64; 5 reasons against, 6 for"
    )
    assert (found.supporting, found.opposing, found.neutral) == (10, 4, 0)


def test_fewer_than_five_are_too_few_to_say() -> None:
    found = contest({1: 1.0, 2: -1.0, 3: 1.0, 4: -1.0}, {"sector": {1: "a", 2: "b", 3: "a", 4: "b"}})
    assert found.too_few
    assert found.suggested == "too few to say"
    assert found.index.value is None
    assert found.why == "4 opinions, mean 0.00; too few to say"
    assert len(found.groups) == 2


def test_nobody() -> None:
    assert contest({}).why == "nobody took a position; too few to say"


def test_one_opinion_is_singular_and_a_negative_mean_has_a_minus_sign() -> None:
    assert contest({1: -0.5}, reasons_against=1).why == (
        "1 opinion, mean −0.50; too few to say; 1 reason against, none for"
    )


def test_everyone_in_favour_is_agreed() -> None:
    found = contest({i: 0.6 + 0.03 * i for i in range(12)}, reasons_for=2)
    assert found.suggested == "agreed"
    assert found.balance.value == 0
    assert found.why.endswith("none strongly against; no reasons against, 2 for")


def test_a_channel_against_another_shows_though_each_is_united() -> None:
    positions = dict.fromkeys(range(15), -0.6) | dict.fromkeys(range(15, 20), 0.8)
    channels = {i: "Community" if i < 15 else "Steering Committee" for i in range(20)}
    found = contest(positions, {"channel": channels})
    assert found.suggested == "contested"
    assert found.divergence_by == "channel"
    assert "Steering Committee +0.80, Community −0.60" in found.why


def test_groups_that_differ_only_in_how_much_they_like_it_are_no_contest() -> None:
    positions = {i: 0.95 if i < 8 else 0.3 for i in range(16)}
    found = contest(positions, {"region": {i: "north" if i < 8 else "south" for i in range(16)}})
    assert found.divergence.value > 0.1
    assert found.suggested == "agreed"


def test_two_camps_need_no_groups_to_be_seen() -> None:
    assert contest(camps(random.Random(1), 20, 1.6, 0.0)).suggested == "contested"


def test_groups_that_are_too_small_decide_nothing() -> None:
    found = contest(POSITIONS, {"name": {i: f"person {i}" for i in POSITIONS}})
    assert found.divergence.value is None
    assert found.divergence_by == ""


@settings(max_examples=25, deadline=None)
@given(CASES, st.randoms())
def test_renaming_cases_and_groups_changes_nothing_but_names(positions: dict[int, float], rng: random.Random) -> None:
    sector = {c: rng.choice("abc") for c in positions}
    new_id = dict(zip(positions, rng.sample(range(1000, 3000), len(positions)), strict=True))
    new_name = dict(zip("abc", "zyx", strict=True))
    cases = list(positions)
    rng.shuffle(cases)
    found = contest(positions, {"sector": sector})
    renamed = contest(
        {new_id[c]: positions[c] for c in cases}, {"sector": {new_id[c]: new_name[sector[c]] for c in cases}}
    )
    for name in ("index", "polarisation", "balance", "divergence", "suggested", "n"):
        assert getattr(renamed, name) == getattr(found, name)


@settings(max_examples=25, deadline=None)
@given(CASES)
def test_measures_lie_within_their_bounds(positions: dict[int, float]) -> None:
    found = contest(positions, {"half": {c: "odd" if c % 2 else "even" for c in positions}})
    for measure in (found.index, found.polarisation, found.balance, found.divergence):
        if measure.value is not None:
            assert 0 <= measure.low <= measure.value <= measure.high <= 1


@settings(max_examples=25, deadline=None)
@given(CASES)
def test_turning_every_position_round_leaves_the_index(positions: dict[int, float]) -> None:
    turned = contest({c: -v for c, v in positions.items()})
    found = contest(positions)
    assert turned.index.value == pytest.approx(found.index.value, abs=2e-6)
    assert (turned.supporting, turned.opposing) == (found.opposing, found.supporting)


def test_ten_times_as_many_people_of_the_same_mind_narrow_the_interval_and_leave_the_value() -> None:
    more = {10 * c + k: v for c, v in POSITIONS.items() for k in range(10)}
    one, ten = contest(POSITIONS), contest(more)
    assert ten.index.value == pytest.approx(one.index.value, abs=1e-6)
    assert ten.index.high - ten.index.low < one.index.high - one.index.low


def test_the_index_rises_with_the_distance_of_two_camps() -> None:
    found = [contest(camps(random.Random(7), 30, apart, 0.0)).index.value for apart in (0, 0.4, 0.8, 1.2, 1.6, 1.9)]
    assert found == sorted(found)
    assert found[-1] > 0.7
    assert found[0] < 0.1


def test_the_index_does_not_rise_with_the_mean() -> None:
    found = [
        contest({i: m + s for i, s in enumerate([-0.2, -0.1, 0.0, 0.1, 0.2] * 3)}).index.value
        for m in (0.0, 0.2, 0.4, 0.6, 0.8)
    ]
    assert max(found) == found[0] < 0.15


def test_chance_seldom_makes_an_undivided_issue_contested(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contest_module, "DRAWS", 10)  # only the intervals, which decide nothing
    rng = random.Random(11)
    wrong = 0
    for _ in range(120):
        mean, n = rng.uniform(-0.6, 0.8), rng.randint(10, 30)
        positions = {i: max(-1.0, min(1.0, rng.gauss(mean, 0.4))) for i in range(n)}
        groups = {a: {i: rng.choice(values) for i in range(n)} for a, values in (("sector", "abcd"), ("region", "ab"))}
        wrong += contest(positions, groups).suggested == "contested"
    assert wrong < 0.05 * 120


def test_parts_at_their_ends() -> None:
    assert polarisation_of([1, -1, 1, -1]) == 1
    assert polarisation_of([0.3, 0.3]) == 0
    assert balance_of([1, -1]) == 1
    assert balance_of([1, 0.2]) == 0


def test_agreement_is_as_strong_as_the_weaker_end_of_its_interval() -> None:
    strong, weak, against = figure([0.9] * 30), figure([0.9] * 5), figure([-0.9] * 30)
    assert agreement_strength(strong) > agreement_strength(weak)
    assert agreement_strength(against) == pytest.approx(agreement_strength(strong))
    assert agreement_strength(figure([1, -1, 1, -1])) == 0
    assert agreement_strength(figure([])) == 0


def test_what_only_one_group_supports() -> None:
    groups = by_group(POSITIONS, "sector", SECTORS)
    assert only_supported_by(groups).value == "civil society"
    assert only_supported_by(by_group(POSITIONS, "all", dict.fromkeys(POSITIONS, "x"))) is None


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 9), st.sampled_from([-1.0, 0.0, 1.0]), st.integers(1, 30)), min_size=1),
    st.randoms(),
)
def test_repeating_a_cases_comments_changes_nothing(said: list[tuple[int, float, int]], rng: random.Random) -> None:
    once = [Evidence(case, Kind.STANCE, value, key) for case, value, key in dict.fromkeys(said)]
    again = once + rng.choices(once, k=20)
    rng.shuffle(again)
    keys = {(e.case_id, e.key): e for e in once}
    if len(keys) == len(once):  # the same words by the same case with one stance
        assert contest(values(merge(again))) == contest(values(merge(once)))


def test_thousands_of_positions_are_measured_and_are_the_same_each_time() -> None:
    rng = random.Random(5)
    positions = {i: max(-1.0, min(1.0, rng.gauss(0.2, 0.5))) for i in range(5000)}
    groups = {a: {i: rng.choice(v) for i in range(5000)} for a, v in (("sector", "abcdef"), ("region", "xyz"))}
    found = contest(positions, groups, seed=3)
    assert found.suggested == "leaning"
    assert found.index.low < found.index.value < found.index.high
    assert contest(dict(sorted(positions.items(), reverse=True)), groups, seed=3) == found


def test_many_and_few_cases_of_the_same_mind_have_the_same_values() -> None:
    many = {100 * c + k: v for c, v in POSITIONS.items() for k in range(20)}
    sectors = {100 * c + k: s for c, s in SECTORS.items() for k in range(20)}
    few, found = contest(POSITIONS, {"sector": SECTORS}), contest(many, {"sector": sectors})
    assert found.polarisation.value == pytest.approx(few.polarisation.value, abs=1e-6)
    assert found.balance.value == pytest.approx(few.balance.value, abs=1e-6)
    assert found.suggested == "contested"
    assert found.divergence.low > 0.5


def test_the_exact_test_of_a_minority_holds_for_any_number() -> None:
    from scipy.stats import binom

    for k, n in ((1, 5), (4, 14), (30, 200), (600, 5000), (0, 7)):
        assert contest_module._tail(k, n, 0.1) == pytest.approx(float(binom.sf(k - 1, n, 0.1)), rel=1e-9)


def test_groups_of_one_mind_that_contradict_each_other_are_named() -> None:
    positions = dict.fromkeys(range(15), -0.6) | dict.fromkeys(range(15, 20), 0.8) | {20: 0.0, 21: 0.1}
    channel = {i: "Community" if i < 15 else "Committee" if i < 20 else "Donors" for i in range(22)}
    groups = by_group(positions, "channel", channel) + by_group(positions, "half", {i: "ab"[i % 2] for i in positions})
    assert contradictions(groups) == ("By channel: Committee (5, mean +0.80) for, Community (15, mean −0.60) against.",)
    assert not contradictions(by_group({1: 1.0, 2: -1.0}, "channel", {1: "a", 2: "b"}))  # one person is no group
