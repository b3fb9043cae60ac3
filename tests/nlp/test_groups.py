"""Opinion groups from votes whose truth is known."""

import random

import pytest

from ogp_sensemaker.domain.opinion import Vote
from ogp_sensemaker.nlp.groups import divisions, opinion_groups


def two_camps(voters: int = 60, comments: int = 20, missing: float = 0.4, seed: int = 1) -> list[Vote]:
    """Even comments divide odd cases from even ones, odd comments please everyone."""
    rng = random.Random(seed)
    votes = []
    for case in range(voters):
        for comment in range(comments):
            if rng.random() < missing:
                continue
            agrees = rng.random() < (0.9 if comment % 2 or case % 3 else 0.1)
            votes.append(Vote(segment_id=comment, case_id=case, value=1 if agrees else -1))
    return votes


def test_camps_are_found_again_and_the_bigger_is_called_a() -> None:
    found = opinion_groups(two_camps())
    camps = {name: {case for case, group in found.group_of.items() if group == name} for name in "AB"}
    assert set(found.group_of.values()) == {"A", "B"}
    assert sum(case % 3 == 0 for case in camps["B"]) >= 0.9 * len(camps["B"])
    assert sum(case % 3 != 0 for case in camps["A"]) >= 0.9 * len(camps["A"])
    assert found.silhouette > 0.3
    assert sum(found.explained) <= 1


def test_the_order_of_the_votes_does_not_matter() -> None:
    votes = two_camps()
    shuffled = list(votes)
    random.Random(5).shuffle(shuffled)
    assert opinion_groups(shuffled) == opinion_groups(votes)


def test_the_comments_that_divide_come_first_and_those_that_unite_have_consensus() -> None:
    votes = two_camps()
    found = divisions(votes, opinion_groups(votes).group_of)
    assert {d.segment_id % 2 for d in found[:10]} == {0}
    united = sorted(found, key=lambda d: -d.consensus)[:10]
    assert {d.segment_id % 2 for d in united} == {1}


def test_shares_are_smoothed_so_that_one_vote_is_no_certainty() -> None:
    votes = [Vote(1, 1, 1), Vote(1, 2, -1), Vote(2, 1, 1)]
    found = {d.segment_id: d for d in divisions(votes, {1: "A", 2: "B"})}
    assert found[1].agreement == pytest.approx({"A": 2 / 3, "B": 1 / 3})
    assert found[1].divisiveness == pytest.approx(1 / 3)
    assert found[2].agreement == pytest.approx({"A": 2 / 3, "B": 1 / 2})
    assert found[2].consensus == pytest.approx(1 / 3)
    assert found[1].votes == 2


@pytest.mark.parametrize(
    "votes",
    [
        [],
        [Vote(1, case, 1) for case in range(30)],
        [Vote(comment, case, 1) for case in range(30) for comment in range(10)],
        [Vote(comment, case, 1 if case else -1) for case in range(5) for comment in range(10)],
    ],
    ids=["nobody", "one comment", "everyone agrees", "too few voters"],
)
def test_where_there_is_nothing_to_part_there_are_no_groups(votes: list[Vote]) -> None:
    assert opinion_groups(votes).group_of == {}


def test_who_voted_on_little_belongs_to_no_group() -> None:
    found = opinion_groups([*two_camps(), Vote(1, 999, 1)])
    assert 999 not in found.group_of


def test_without_two_groups_nothing_divides() -> None:
    assert divisions([Vote(1, 1, 1)], {1: "A"}) == ()
