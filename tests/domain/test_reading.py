"""What a machine's stances say of an issue: by case, of what takes a side, and little of few."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.domain.issue import MachineStance
from ogp_sensemaker.domain.reading import USUAL, reading

SHARES = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda p: (p[0] * (1 - p[1]), p[1] * (1 - p[0] / 2) / 2))
SAID = st.lists(st.tuples(st.integers(1, 9), SHARES), min_size=1, max_size=30)


def read(said: list[tuple[int, tuple[float, float]]]) -> float:
    found = reading((case, *shares) for case, shares in said)
    assert found is not None
    return found.against


def test_nothing_read() -> None:
    assert reading([]) is None


def test_the_share_against_of_what_takes_a_side() -> None:
    many = [(case, (1.0, 0.0) if case % 4 else (0.0, 1.0)) for case in range(400)]
    assert read(many) == pytest.approx(0.25, abs=0.001)
    assert read(many + [(case, (0.0, 0.0)) for case in range(400, 800)]) == read(many)  # mixed: no side


def test_few_remarks_say_little() -> None:
    assert read([(1, (0.0, 1.0))]) == pytest.approx((1 + 1.5 * USUAL) / 2.5)
    assert read([(1, (1.0, 0.0))]) == pytest.approx(1.5 * USUAL / 2.5)


@given(SAID, st.randoms())
def test_order_and_names_of_the_cases_do_not_matter(said, chance) -> None:
    mixed = list(said)
    chance.shuffle(mixed)
    assert read(mixed) == pytest.approx(read(said), abs=1e-5)
    assert read([(case + 100, shares) for case, shares in said]) == pytest.approx(read(said), abs=1e-5)


@given(SAID)
def test_whoever_says_it_twice_counts_once(said) -> None:
    assert read([*said, *said]) == pytest.approx(read(said), abs=1e-5)


@given(SAID, st.floats(0.1, 1))
def test_one_more_against_is_more_against(said, how) -> None:
    assert read([*said, (99, (0.0, how))]) >= read(said) - 1e-5
    assert read([*said, (99, (how, 0.0))]) <= read(said) + 1e-5


@pytest.mark.parametrize(
    ("stance", "sure", "value", "sides"),
    [
        (Stance.SUPPORT, 0.7, 0.5, (0.7, 0.2)),
        (Stance.OPPOSE, 0.6, -0.5, (0.1, 0.6)),
        (Stance.MIXED, 0.6, -0.2, (0.1, 0.3)),
        (Stance.NEUTRAL, 0.9, 0.1, (0.1, 0.0)),
    ],
)
def test_the_sides_of_a_stance(stance: Stance, sure: float, value: float, sides: tuple[float, float]) -> None:
    assert MachineStance(1, 1, stance, sure, value, "").sides == pytest.approx(sides)
