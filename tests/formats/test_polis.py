"""Polis's export, from a small made-up conversation."""

import shutil
from pathlib import Path

import pytest

from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats import read_paths

FOLDER = Path(__file__).parent / "data" / "polis"


def test_comments_votes_and_groups() -> None:
    (intake,) = read_paths([FOLDER])
    assert (intake.kind, intake.name, intake.channel) == ("polis", "polis", "Polis")
    assert [segment.key for segment in intake.segments] == ["comment:0", "comment:1", "comment:2"]
    assert intake.segments[0].occurred == "2022-11-08T09:33:20Z"
    assert intake.segments[1].text == "Two lines,\none comment."
    assert intake.segments[2].english == "Let the library be open on Sundays too."
    groups = {case.name: case.attributes.get("polis group") for case in intake.cases}
    assert groups == {"Participant 1": "0", "Participant 2": "0", "Participant 3": "1", "Participant 4": None}
    assert intake.options == {"topic": "Library hours", "url": "https://polis.example.org/abc"}


def test_the_last_vote_of_a_person_counts() -> None:
    (intake,) = read_paths([FOLDER])
    votes = {(vote.segment, vote.case.rpartition(":")[2]): vote.value for vote in intake.votes}
    assert votes == {
        ("comment:0", "1"): 1,
        ("comment:0", "2"): 1,
        ("comment:0", "3"): -1,
        ("comment:1", "3"): 0,
    }
    assert any("1 comments that are not in comments.csv" in finding.message for finding in intake.findings)


def test_a_rejected_comment_is_kept_with_a_note() -> None:
    (intake,) = read_paths([FOLDER])
    assert any(finding.row == 3 and "moderators" in finding.message for finding in intake.findings)


def test_votes_come_from_the_matrix_where_there_is_no_file_of_votes(tmp_path: Path) -> None:
    folder = tmp_path / "talk"
    shutil.copytree(FOLDER, folder)
    (folder / "votes.csv").unlink()
    (intake,) = read_paths([folder])
    assert sum(vote.value for vote in intake.votes if vote.segment == "comment:0") == 1
    assert len(intake.votes) == 4


def test_comments_alone_are_enough_and_votes_alone_are_not(tmp_path: Path) -> None:
    (intake,) = read_paths([FOLDER / "comments.csv"])
    assert len(intake.segments) == 3
    assert any("no votes" in finding.message for finding in intake.findings)
    with pytest.raises(ImportProblem, match=r"no comments\.csv"):
        read_paths([FOLDER / "votes.csv"])


def test_a_vote_that_is_none_stops_the_import(tmp_path: Path) -> None:
    folder = tmp_path / "talk"
    shutil.copytree(FOLDER, folder)
    with (folder / "votes.csv").open("a") as votes:
        votes.write("1667900700000,x,0,4,7\n")
    (intake,) = read_paths([folder])
    (fatal,) = (finding for finding in intake.findings if finding.fatal)
    assert (fatal.file, fatal.row, fatal.column) == ("votes.csv", 8, "vote")
