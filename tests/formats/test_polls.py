"""Poll tables: the published counts, separators found by content, and open answers besides."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogp_sensemaker.domain.source import CaseKind
from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats import read_paths
from ogp_sensemaker.formats.polls import in_order, split_answers

POLLS = Path(__file__).parents[2] / "samples" / "phase2" / "polls"


def test_agreement_counts_as_published() -> None:
    (intake,) = read_paths([POLLS / "agreement.csv"])
    (poll,) = intake.polls
    counts = Counter(answer.option for answer in intake.answers)
    assert not poll.multiple
    assert [(option, counts[option]) for option in poll.options] == [
        ("Strongly Agree", 12),
        ("Agree", 60),
        ("Neither agree nor disagree", 5),
        ("Disagree", 1),
        ("Strongly disagree", 3),
    ]
    assert len({answer.case for answer in intake.answers}) == len(intake.cases) == 81


def test_top_three_counts_as_published_although_choices_hold_commas() -> None:
    (intake,) = read_paths([POLLS / "top3.csv"])
    (poll,) = intake.polls
    assert poll.multiple
    assert sorted(Counter(answer.option for answer in intake.answers).values(), reverse=True) == [
        50, 45, 37, 36, 29, 26, 21,
    ]  # fmt: skip
    assert len({answer.case for answer in intake.answers}) == 85
    assert intake.cases[0].kind is CaseKind.RESPONDENT
    assert intake.cases[0].attributes == {"session": "CC1"}
    assert intake.unused_columns == ("submitted_at",)


def test_several_questions_and_an_open_one(tmp_path: Path) -> None:
    rows = [
        "Timestamp,E-mail,Which themes matter? (select all that apply),How content are you?,Anything else to tell us?"
    ]
    for number in range(12):
        themes = ("Health, Education", "Education", "Health, Roads, Education")[number % 3]
        content = ("Satisfied", "Very satisfied")[number % 2]
        rows.append(
            f'5/{number + 1}/2022,p{number}@x.org,"{themes}",{content},"Please keep asking us things, {number}"'
        )
    (tmp_path / "form.csv").write_text("\n".join(rows))
    (intake,) = read_paths([tmp_path / "form.csv"])
    first, second = intake.polls
    assert (set(first.options), first.multiple) == ({"Health", "Education", "Roads"}, True)
    assert (second.options, second.multiple) == (("Very satisfied", "Satisfied"), False)
    assert len(intake.segments) == 12
    assert intake.segments[3].heading == "Anything else to tell us?"
    assert intake.segments[3].case == intake.cases[3].key
    assert "p3@x.org" not in intake.cases[3].key


def test_a_question_without_question_mark_is_found_or_named(tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    path.write_text("nr;choice;session\n" + "".join(f"{n};{'yes' if n % 3 else 'no'};S{n % 2}\n" for n in range(12)))
    (named,) = read_paths([path], columns={"question": "choice"})
    assert [poll.question for poll in named.polls] == ["choice"]
    assert {case.attributes["session"] for case in named.cases} == {"S0", "S1"}
    with pytest.raises(ImportProblem, match="no column “colour”; it has nr, choice, session"):
        read_paths([path], columns={"question": "colour"})


def test_likert_options_stand_in_their_order_and_others_as_they_came() -> None:
    assert in_order(["Disagree", "Agree", "Strongly agree"]) == ("Strongly agree", "Agree", "Disagree")
    assert in_order(["10", "9", "1"]) == ("1", "9", "10")
    assert in_order(["B", "A"]) == ("B", "A")


def test_a_single_choice_with_commas_is_not_split() -> None:
    cells = ["Yes, fully", "Yes, partly", "No", "No, never", "Yes, fully"]
    assert split_answers(cells).separator == ""


OPTIONS = ("Roads, bridges", "Schools", "Clinics, by the sea", "Water")


@given(st.lists(st.sets(st.sampled_from(OPTIONS), min_size=1), min_size=25))
def test_joined_choices_come_apart_again(chosen: list[set[str]]) -> None:
    everything = [{"Roads, bridges", "Schools"}, {"Schools", "Water"}, {"Clinics, by the sea", "Water", "Schools"}]
    cells = ["; ".join(sorted(choices)) for choices in (*everything, *chosen)]
    answers = split_answers(cells, "Which of these? (choose up to 3)")
    assert set(answers.options) == set(OPTIONS)
