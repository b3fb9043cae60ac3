"""Exact and near duplicates."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogp_sensemaker.nlp.duplicates import find, normalise

SAMPLE = Path(__file__).parents[2] / "samples" / "phase2" / "discuto" / "comments.csv"


def test_the_campaign_of_the_sample_is_one_group() -> None:
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [row["comment_id"] for row in rows]
    found = {names[d.index]: (names[d.of], d.kind) for d in find([row["comment"] for row in rows])}
    assert found == {
        "c12": ("c11", "exact"), "c13": ("c11", "near"), "c14": ("c11", "near"), "c15": ("c11", "near"),
        "c16": ("c11", "near"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I fully agree", "I FULLY AGREE!!! 👍"),
        ("<p>Four&nbsp;years</p>", "four  years."),
        ("café", "cafe\u0301"),
    ],
)
def test_equal_but_for_the_looks(one: str, other: str) -> None:
    assert [(d.index, d.of, d.kind, d.score) for d in find([one, other])] == [(1, 0, "exact", 1.0)]


def test_short_texts_are_never_near() -> None:
    assert find(["I fully agree with this", "I fully agree with that", "We fully agree with this"]) == []


def test_an_opposite_is_no_duplicate_of_another_topic() -> None:
    texts = [
        "The new plan should run for four years so that ministries can work",
        "Courses for new points of contact should come with a certificate from a university",
    ]
    assert find(texts) == []


def test_no_words_no_duplicate() -> None:
    assert find(["", "", "!!!", "👍", "👍"]) == []


def test_every_reference_leads_to_a_first_text() -> None:
    base = "please set aside small grants for local organisations in every member country of the partnership"
    texts = [base, base + " now", base.upper() + " now", "dear team " + base, base]
    found = find(texts)
    assert {d.index for d in found} == {1, 2, 3, 4}
    assert {d.of for d in found} == {0}


@given(st.lists(st.text(alphabet="ab .!", max_size=40), max_size=12))
def test_a_duplicate_comes_after_what_it_repeats(texts: list[str]) -> None:
    found = find(texts)
    repeated = {d.index for d in found}
    assert all(d.of < d.index and d.of not in repeated for d in found)
    exact = [d for d in found if d.kind == "exact"]
    assert all(normalise(texts[d.index]) == normalise(texts[d.of]) for d in exact)
