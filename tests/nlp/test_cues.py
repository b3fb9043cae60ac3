"""Cues in texts as people write them in consultations."""

import pytest

from ogp_sensemaker.nlp.cues import cues


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("I support this, but I am concerned about the workload.", {"support", "hedge", "concern"}),
        ("We do not support a compulsory course.", {"oppose"}),
        ("Sanctions should not be used.", {"oppose", "suggestion"}),
        ("There is a risk of capture.", {"concern"}),
        ("Why not start with two countries?", {"suggestion"}),
        ("However, it depends on the region.", {"hedge"}),
        ("The meeting took place on Tuesday.", set()),
        ("", set()),
    ],
)
def test_what_the_words_show(text: str, kinds: set[str]) -> None:
    found = cues([text])[0]
    assert {k for k in ("support", "oppose", "concern", "hedge", "suggestion") if getattr(found, k)} == kinds


def test_a_reservation_is_mixed_and_says_by_which_words() -> None:
    found = cues(["I support this, but I am concerned about the workload."])[0]
    assert found.mixed
    assert found.words == ("support", "but", "concerned")


def test_plain_support_is_not_mixed() -> None:
    assert not cues(["I fully support this."])[0].mixed


def test_support_within_a_refusal_is_not_support() -> None:
    assert not cues(["I don't support it, and I worry about costs, but let us talk."])[0].mixed


def test_texts_come_back_in_their_order() -> None:
    assert [c.concern for c in cues(["a risk", "fine", "a risk"])] == [True, False, True]
