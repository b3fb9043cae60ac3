"""Regrouping on the command line: by numbers, in one sentence each."""

import argparse
import json
from pathlib import Path

import pytest

from ogp_sensemaker.app import coding, regrouping
from ogp_sensemaker.cli import grouping
from ogp_sensemaker.cli.commands import main
from ogp_sensemaker.domain.codebook import CodeKind
from ogp_sensemaker.errors import NotFound, SensemakerError
from ogp_sensemaker.store import clusters, codebook, codings, derived, journal
from ogp_sensemaker.store.project import create, open_for_reading, open_for_writing
from tests.app.test_clustering import bring, by_topic, run


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project with four clusters: 1 grants, 2 courses, 3 sanctions, 4 data."""
    with create(tmp_path / "p.ogps", "Ana") as project:
        bring(project, {"grants": 20, "courses": 16, "sanctions": 12, "data": 9})
        run(project)
        assert [by_topic(project, t).number for t in ("grants", "courses", "sanctions", "data")] == [1, 2, 3, 4]
    return tmp_path / "p.ogps"


def regroup(path: Path, *words: object) -> int:
    top = argparse.ArgumentParser()
    grouping.add(top.add_subparsers())
    args = top.parse_args(["regroup", str(path), "--coder", "Ana", *map(str, words)])
    return int(args.run(args))


@pytest.mark.parametrize(
    ("words", "says", "sizes"),
    [
        (("rename", 2, "Training"), "Rename cluster 2 to “Training”", {}),
        (("merge", 2, 3, 1), "Merge clusters 2, 3 into cluster 1", {1: 48, 2: 0, 3: 0}),
        (("split", 1, "--by", "ladder"), "Split cluster 1", {1: 13, 5: 7}),
        (("split", 1, "--into", 2), "into 2 parts", {1: 13, 5: 7}),
        (("move", "--segment", 1, "--segment", 2, "--to", 3), "Move 2 segments to cluster 3", {1: 18, 3: 14}),
        (("move", "--segment", 1, "--out"), "Move #1 out of their cluster", {1: 19}),
        (("pin", 3), "Pin 12 segments to cluster 3", {}),
        (("pin", 1, "--segment", 2), "Pin #2 to cluster 1", {}),
        (("dismiss", 1), "Dismiss cluster 1", {}),
    ],
)
def test_each_step_says_what_it_did(
    path: Path, capsys: pytest.CaptureFixture[str], words: tuple[object, ...], says: str, sizes: dict[int, int]
) -> None:
    assert regroup(path, *words) == 0
    assert says in capsys.readouterr().out
    with open_for_reading(path) as project:
        found = {c.number: c.size for c in clusters.clusters(project)}
        assert found == {n: size for n, size in ({1: 20, 2: 16, 3: 12, 4: 9} | sizes).items() if size}
        assert journal.history(project)[-1].coder == "Ana"
    if words[0] not in ("split", "merge"):
        regroup(path, *words)
        assert "so already" in capsys.readouterr().out


def test_taking_back(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    regroup(path, "pin", 3)
    regroup(path, "dismiss", 3)
    regroup(path, "dismiss", 3, "--back")
    regroup(path, "unpin", "--segment", 40)
    capsys.readouterr()
    with open_for_reading(path) as project:
        found = clusters.numbered(project, 3)
        assert (found.dismissed, found.pinned) == (False, 11)


def test_what_is_not_there(path: Path) -> None:
    with pytest.raises(NotFound, match="no cluster 9"):
        regroup(path, "rename", 9, "x")
    with pytest.raises(SensemakerError, match="at least two"):
        regroup(path, "merge", 1)
    with pytest.raises(SystemExit):
        regroup(path, "split", 1)


def test_what_a_run_changed_is_said(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_for_writing(path, "Ana") as project:
        grouping.say_changes(project)
        assert capsys.readouterr().out == ""
        regrouping.rename(project, by_topic(project, "data").id, "Data")
        bring(project, {"data": 9}, "notes/b.txt")
        run(project)
        grouping.say_changes(project)
    out = capsys.readouterr().out
    assert "3 of 4 clusters stayed the same" in out
    assert "“Data” grew from 9 to 18 segments." in out


# What to decide next -------------------------------------------------------------------------------


@pytest.fixture
def suggested(path: Path) -> Path:
    """The same with a code and suggestions, of which the machine is the surer the later the segment."""
    with open_for_writing(path, "Ana") as project:
        with project.action("Codebook", "import"):
            codebook.add(project, "Money", CodeKind.DIRECTION, number="1")
        with project.action("Suggestions", "machine"):
            machine = project.coder_named("test/1", machine=True)
            derived.save_suggestions(project, [(n, 1, 0.3 + n / 100) for n in range(1, 58)], machine)
            derived.save_judgement(project, [9, 4, 30], {9: [1], 4: []})
    return path


def test_the_queue_in_both_orders(suggested: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["queue", str(suggested), "--json"]) == 0
    assert [line["segment"] for line in json.loads(capsys.readouterr().out)] == [9, 4, 30]
    assert main(["queue", str(suggested), "--order", "sure", "--limit", "3", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(line["segment"], line["code"]) for line in found] == [(57, 1), (56, 1), (55, 1)]
    assert main(["queue", str(suggested), "--order", "sure"]) == 0
    assert "#57" in capsys.readouterr().out


def test_many_are_accepted_after_saying_how_many(suggested: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["accept", str(suggested), "--least", "0.8", "--dry-run"]) == 0
    assert "it would be 8 suggestions" in capsys.readouterr().out
    assert main(["accept", str(suggested), "--least", "0.8", "--coder", "Ana"]) == 0
    assert "Accept 8 suggestions of 80 % or surer, on 8 segments" in capsys.readouterr().out
    assert main(["accept", str(suggested), "--least", "0.8", "--coder", "Ana"]) == 1
    assert "choose a lower confidence" in capsys.readouterr().err
    assert main(["undo", str(suggested), "--coder", "Ana"]) == 0
    with open_for_reading(suggested) as project:
        assert codings.everything(project) == []


def test_agreement_with_people(suggested: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agreement", str(suggested)]) == 0
    assert "nothing to compare yet" in capsys.readouterr().out
    with open_for_writing(suggested, "Ana") as project:
        coding.code_segments(project, [9, 4], 1)
    assert main(["agreement", str(suggested), "--json"]) == 0
    (line,) = json.loads(capsys.readouterr().out)
    assert (line["code"], line["agreement"]["units"], line["agreement"]["observed"]) == (1, 2, 0.5)
    assert main(["agreement", str(suggested)]) == 0
    assert "0.50" in capsys.readouterr().out
