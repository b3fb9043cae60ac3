"""Telling words, and quotations that stand for a group."""

import numpy as np
import pytest

from ogp_sensemaker.nlp.keywords import describe, quotations

COURSES = [
    "MK (CSO, Kenya): a short course for new points of contact",
    "crash courses with a certificate would help newcomers",
    "The course should be short, with a certificate from a university",
    "no more courses without a certificate",
    "certificate yes, compulsory courses no",
    "point of contact courses online",
]
CLIMATE = [
    "carbon footprint of the summit",
    "Publish the carbon footprint of every summit",
    "LM: the summit's carbon footprint again, nobody measures climate costs",
    "climate commitments need measures",
    "a climate assembly for the summit",
    "climate and energy",
]


def test_words_tell_groups_apart() -> None:
    courses, climate = describe([COURSES, CLIMATE])
    assert {"course", "courses"} & set(courses)
    assert "certificate" in courses
    assert "carbon footprint" in climate
    assert "climate" in climate
    assert not {"summit", "carbon"} & set(courses)
    assert len(set(courses)) == len(courses) <= 8


def test_speakers_stop_words_and_note_taking_are_left_out() -> None:
    found = {word.casefold() for words in describe([COURSES, CLIMATE]) for word in words}
    assert not found & {"mk", "cso", "kenya", "lm", "the", "with", "again", "nobody"}


def test_stop_words_of_the_projects_languages() -> None:
    groups = [
        ["yerli qrantlar üçün və daha çox dəstək", "qrantlar və dəstək üçün", "yerli qrantlar daha yaxşı"],
        ["les formations pour les agents", "des formations dans les communes", "les formations avec les agents"],
    ]
    words = {w for group in describe(groups, ["az", "fr"]) for w in group}
    assert any("qrant" in w for w in words)
    assert any("formation" in w for w in words)
    parts = {part for word in words for part in word.split()}
    assert not parts & {"və", "üçün", "daha", "les", "des", "pour", "avec", "dans"}


def test_a_campaign_counts_once() -> None:
    campaign = ["Support the local level now!"] * 50
    with_it, _ = describe([COURSES + campaign, CLIMATE])
    assert with_it[0] in {"course", "courses", "certificate"}


def test_the_same_every_time_and_nothing_from_nothing() -> None:
    assert describe([COURSES, CLIMATE]) == describe([COURSES[::-1], CLIMATE[::-1]])
    assert describe([]) == []
    assert describe([[], ["", "🌴"]]) == [(), ()]


@pytest.mark.parametrize("most", [1, 3])
def test_quotations_are_near_the_middle_and_differ(most: int) -> None:
    texts = [
        "Small grants for local groups are what we need most of all",
        "small grants for local groups are what we need most of all!",
        "Local groups should be given small grants in every country",
        "A fund for local groups, please, and quickly this year",
        "Something else entirely about elections and parliaments here",
        "yes",
    ]
    own = np.array([0.3, 0.3, 0.6, 0.6, 2.0, 0.2])  # how far each is from the middle, in a direction of its own
    vectors = np.hstack([np.ones((6, 1)), np.diag(own)]).astype(np.float32)
    vectors[1] = vectors[0]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    found = quotations(vectors, [0, 1, 2, 3, 4, 5], texts, most)
    assert len(found) == most
    assert len({0, 1} & set(found)) <= 1
    assert 5 not in found
    assert 4 not in found
    assert quotations(vectors, [], texts) == []
