"""Issues on the command line: written, described, attached, listed on both sides; the machine's stances when asked."""

import json
from pathlib import Path

import pytest

from ogp_sensemaker.cli.commands import main
from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.domain.issue import MachineStance
from ogp_sensemaker.store import codebook, issues
from ogp_sensemaker.store.derived import words_hash
from ogp_sensemaker.store.project import open_for_reading, open_for_writing
from tests.app.consultations import said

QUESTION = "Members should be sanctioned"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with four remarks."""
    monkeypatch.setenv("OGP_SENSEMAKER_CODER", "Ana")
    made = tmp_path / "p.ogps"
    assert main(["new", str(made)]) == 0
    with open_for_writing(made, "Ana") as project:
        said(
            project,
            ("Sanctions are overdue, and everybody knows it.", "Ana", "Civil Society"),
            ("Sanctions drive members away, so please do not.", "Ben", "National Government"),
            ("Rules need teeth, or they are not rules at all.", "Cem", "Civil Society"),
            ("The minutes should be published every month.", "Dua", "Academia"),
        )
    return made


def run(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main([str(a) for a in args])
    out, err = capsys.readouterr()
    return code, out, err


def written(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    step = ("issue", path, "write", "Sanctions", "--statement", QUESTION, "--for", "Teeth", "--against", "Harm")
    assert run(capsys, *step, "--under", "1")[0] == 0
    assert run(capsys, "issue", path, "attach", "Sanctions", "--segment", 1, "--stance", "support")[0] == 0
    assert run(capsys, "issue", path, "attach", "Sanctions", "--segment", 2, "--stance", "oppose")[0] == 0
    assert run(capsys, "issue", path, "attach", "Sanctions", "--segment", 3, "--segment", 4)[0] == 0


def test_an_issue_from_its_wording_to_both_sides(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(path, capsys)
    assert run(capsys, "issue", path, "detach", "Sanctions", "--segment", 4)[1] == "Take “Sanctions” off #4\n"
    code, out, _ = run(capsys, "issue", path, "describe", "Sanctions", "--views", "Sectors part", "--ways", "A ladder")
    assert (code, out) == (0, "Write who holds which view on and ways forward for “Sanctions”\n")
    assert "it was so already" in run(capsys, "issue", path, "describe", "Sanctions", "--ways", "A ladder")[1]
    found = json.loads(run(capsys, "contested", path, "--json")[1])
    (issue,) = [i for i in found["issues"] if i["name"] == "Sanctions"]
    assert (issue["statement"], issue["side_for"], issue["views"]) == (QUESTION, "Teeth", "Sectors part")
    assert (issue["origin"], issue["values"], issue["machine"]) == ("issue", [-1.0, 1.0], None)
    out = run(capsys, "contested", path)[1]
    assert "Statement: Members should be sanctioned" in out
    assert "Ways forward: A ladder" in out
    sides = json.loads(run(capsys, "issue", path, "sides", "Sanctions", "--json")[1])
    assert [q["segment_id"] for q in sides["supporting"]] == [1]
    assert [q["segment_id"] for q in sides["opposing"]] == [2]
    out = run(capsys, "issue", path, "sides", "Sanctions", "--group", "sector=Civil Society")[1]
    assert "For: 1 of 1" in out
    assert "Against: 0 of 0" in out
    assert run(capsys, "undo", path)[1].startswith("Undo: Write who holds which view")


def test_the_machines_stances_are_asked_for_by_name(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(path, capsys)
    for command in ("contested", "findings", "export", "issue"):
        given = {"export": [path.with_name("r.html")], "issue": ["suggested"]}.get(command, [])
        code, _, err = run(capsys, command, path, *given, "--machine")
        assert code == 1
        assert "ogp-sensemaker stance --project p.ogps" in err
    with open_for_writing(path, "Ana") as project:
        code_id = codebook.find(project, "Sanctions")
        key = words_hash(f"{QUESTION}\nRules need teeth, or they are not rules at all.")
        with project.writing():
            issues.save_machine_stances(project, [MachineStance(3, code_id, Stance.SUPPORT, 0.9, 0.85, key, "m")])
            project.set_meta("stances_made", "m")
    found = json.loads(run(capsys, "contested", path, "--machine", "--json")[1])
    (issue,) = [i for i in found["issues"] if i["name"] == "Sanctions"]
    assert (found["machine"], issue["machine"], issue["contest"]["n"]) == (True, {"support": 1}, 3)
    assert run(capsys, "issue", path, "detach", "Sanctions", "--segment", 1)[0] == 0
    assert "[machine: support, 0.90]" in run(capsys, "issue", path, "sides", "Sanctions", "--machine")[1]
    assert run(capsys, "undo", path)[0] == 0
    report = path.with_name("r.html")
    assert run(capsys, "mark", path, "--code", "Sanctions", "--as", "contested", "--reason", "Sides")[0] == 0
    assert run(capsys, "export", path, report, "--machine")[0] == 0
    assert "Stances that a machine suggests are counted here" in report.read_text(encoding="utf-8")
    assert run(capsys, "export", path, report)[0] == 0
    assert "machine suggests are counted" not in report.read_text(encoding="utf-8")
    assert run(capsys, "issue", path, "reject", "Sanctions", "--segment", 3)[0] == 0
    assert run(capsys, "undo", path)[0] == 0
    assert run(capsys, "issue", path, "accept", "Sanctions", "--segment", 3)[0] == 0
    with open_for_reading(path) as project:
        assert project.connection.execute("SELECT stance FROM coding WHERE segment_id = 3").fetchall() == [("support",)]
    assert run(capsys, "check", path)[0] == 0


@pytest.mark.parametrize(
    ("step", "says"),
    [
        (["write", " "], "Give the code a name"),
        (["write", "Sanctions"], "choose another name"),
        (["describe", "Sanctions"], "Say what to write"),
        (["describe", "Nonsense", "--ways", "x"], "There is no code “Nonsense”"),
        (["attach", "Sanctions", "--segment", "99"], "There is no segment 99"),
        (["detach", "Sanctions", "--segment", "4"], "has not coded #4"),
        (["accept", "Sanctions", "--segment", "4"], "suggests no stance for #4"),
        (["sides", "Sanctions", "--group", "Academia"], "--group wants name=value"),
        (["make", "3", "New"], "no cluster"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    path: Path, capsys: pytest.CaptureFixture[str], step: list[str], says: str
) -> None:
    assert run(capsys, "issue", path, "write", "Sanctions")[0] == 0
    code, _, err = run(capsys, "issue", path, *step)
    assert code == 1
    assert says in err


def test_no_cluster_with_two_sides_is_said(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "In no cluster do people take both sides" in run(capsys, "issue", path, "suggested")[1]
    assert run(capsys, "issue", path, "suggested", "--json")[1] == "[]\n"


@pytest.mark.models
def test_stances_of_a_project(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(path, capsys)
    code, out, _ = run(capsys, "stance", "--project", path)
    assert (code, out[:17]) == (0, "Stances suggested")
    assert json.loads(run(capsys, "findings", path, "--machine", "--json")[1])["machine"] is True
