"""The command line as a user meets it: what it prints, what it returns, and nothing changed when it refuses."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ogp_sensemaker.cli.commands import main, parser
from tests.conftest import SAMPLE

Run = tuple[int, str, str]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project with the default codebook and Consider.it's export."""
    made = tmp_path / "p.ogps"
    assert main(["new", str(made), "--coder", "Ana"]) == 0
    assert main(["import", str(made), str(SAMPLE / "considerit"), "--coder", "Ana"]) == 0
    return made


def run(capsys: pytest.CaptureFixture[str], *args: object) -> Run:
    capsys.readouterr()
    code = main([str(a) for a in args])
    out, err = capsys.readouterr()
    return code, out, err


def test_every_command_has_help_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    commands = parser()._subparsers._group_actions[0].choices  # type: ignore[union-attr]
    assert {"new", "import", "process", "cluster", "suggest", "code", "assign", "contested", "findings", "search",
            "history", "undo", "redo", "export", "check", "models", "demo"} <= set(commands)  # fmt: skip
    for name, command in commands.items():
        assert f"Example: ogp-sensemaker {name}" in command.format_help()
    with pytest.raises(SystemExit) as stopped:
        main(["nonsense"])
    assert stopped.value.code == 2
    with pytest.raises(SystemExit) as done:
        main(["--help"])
    assert done.value.code == 0


def test_a_day_of_decisions(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "code", path, "--segment", 60, "--code", "1.4", "--stance", "support")[0] == 0
    assert run(capsys, "code", path, "--segment", 61, "--code", "Doubling down on OGP Local")[0] == 0
    assert run(capsys, "mark", path, "--code", "d1-04-ca8387", "--as", "contested", "--reason", "Sides part")[0] == 0
    out = run(capsys, "contested", path, "--json")[1]
    marked = [i for i in json.loads(out)["issues"] if i["mark"] == "contested"]
    assert [i["mark_reason"] for i in marked] == ["Sides part"]
    assert run(capsys, "undo", path)[1].startswith("Undo: Mark “Develop an escalating series")
    assert run(capsys, "redo", path)[1].startswith("Redo: Mark")
    assert run(capsys, "code", path, "--segment", 61, "--code", "7", "--remove")[0] == 0
    out = run(capsys, "history", path, "--json")[1]
    kinds = [entry["kind"] for entry in json.loads(out)]
    assert kinds == ["import", "import", "decision", "decision", "decision", "undo", "undo", "decision"]
    _code, out, _ = run(capsys, "history", path, "--segment", 60)
    assert "Import considerit" in out
    assert "support made" in out
    assert run(capsys, "check", path)[0] == 0


def test_findings_as_json(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "findings", path, "--json")
    found = json.loads(out)
    assert code == 0
    assert len(found["directions"]) == 7
    assert found["totals"]["opinions"] == 363
    assert run(capsys, "findings", path)[1].count("strong support") > 5


def test_search_by_words(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "search", path, "vetendas", "cemiyyet", "--json")
    texts = [row["text"] for row in json.loads(out)]
    assert code == 0
    assert texts
    assert all("ətənda" in text for text in texts)
    assert "Nothing found" in run(capsys, "search", path, "zzzz")[1]


def test_export_of_a_dataset_and_its_cells(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "coded.csv"
    assert run(capsys, "import", path, SAMPLE / "discuto")[0] == 0
    assert run(capsys, "export", path, out)[0] == 0
    data = out.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert list(rows[0])[:17] == [
        "segment_id", "source", "locator", "channel", "case", "language", "original", "english", "translation_by",
        "cluster", "cluster_words", "codes", "stances", "suggested", "contested", "duplicate_of", "memo",
    ]  # fmt: skip
    assert {"region", "sector"} <= set(list(rows[0])[17:])
    risky = [r["original"] for r in rows if "HYPERLINK" in r["original"]]
    assert [text[0] for text in risky] == ["'"]
    before = data
    assert run(capsys, "export", path, out)[0] == 0
    assert out.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_refusals_are_one_sentence(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for args, words in (
        (("new", path), "is there already"),
        (("new", tmp_path / "p.db"), "ends in .ogps"),
        (("code", path, "--segment", 99999, "--code", "1"), "There is no segment 99999"),
        (("code", path, "--segment", 1, "--code", "Nonsense"), "There is no code “Nonsense”"),
        (("assign", path, "--cluster", 3, "--code", "1"), "has no cluster 3"),
        (("mark", path, "--code", "1", "--as", "contested"), "needs a reason"),
        (("undo", path), "nothing to undo"),
        (("cluster", path), "run “process” first"),
        (("suggest", path), "run “process” first"),
        (("export", path, tmp_path / "a.pdf"), "choose one of these endings"),
        (("export", path, tmp_path / "no" / "a.csv"), "does not exist"),
        (("import", path, tmp_path / "nothing.csv"), "nothing.csv"),
        (("import", path, SAMPLE, "--map", "text"), "field=column"),
        (("models", "install", tmp_path / "no.argosmodel"), "no.argosmodel"),
        (("models", "remove", "nonsense"), "nonsense"),
    ):
        before = path.read_bytes()
        code, _out, err = run(capsys, *args)
        assert code == 1, args
        assert words in err, args
        assert err.count("\n") == 1, args
        assert "Traceback" not in err
        assert path.read_bytes() == before


def bad_files(folder: Path) -> dict[str, bytes]:
    """What people send, and how each is refused."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 400_000_000)
        archive.writestr("[Content_Types].xml", b"<Types/>")
    entities = io.BytesIO()
    with zipfile.ZipFile(entities, "w") as archive:
        archive.writestr("[Content_Types].xml", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><Types>&a;</Types>')
        archive.writestr("word/document.xml", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    header = "proposal_slug,proposal_name,created_at,username,email,opinion,#points\n"
    return {
        "empty.csv": b"",
        "header.csv": b"id,author,comment\n",
        "nul.csv": b"id,comment\n1,a\x00b\n",
        "huge.csv": b"id,comment\n1," + b"x" * 50_000_000 + b"\n",
        "wide.csv": (",".join(f"c{n}" for n in range(10_000)) + "\n" + ",".join("x" * 10_000) + "\n").encode(),
        "notzip.docx": b"Dear all, these are the notes of the meeting.\n",
        "bomb.docx": bomb.getvalue(),
        "entities.docx": entities.getvalue(),
        "opinions.csv": (header + "p1,An idea,2022-01-01,A,a@x,0.5,0\np1,An idea,2022-01-01,B,b@x,1.5,0\n").encode(),
    }


@pytest.mark.parametrize(
    "name",
    [
        "empty.csv",
        "header.csv",
        "nul.csv",
        "huge.csv",
        "wide.csv",
        "notzip.docx",
        "bomb.docx",
        "entities.docx",
        "opinions.csv",
    ],
)
def test_bad_input_is_refused_and_changes_nothing(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    file = tmp_path / name
    file.write_bytes(bad_files(tmp_path)[name])
    before = path.read_bytes()
    code, _, err = run(capsys, "import", path, file)
    assert code == 1
    assert err.startswith(f"ogp-sensemaker: {name}") or name in err
    assert "Traceback" not in err
    assert err.strip().count("\n") == 0
    assert path.read_bytes() == before
    if name == "opinions.csv":
        assert "row 3" in err


def test_a_dry_run_writes_nothing(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = path.read_bytes()
    code, out, _ = run(capsys, "import", path, SAMPLE, "--dry-run")
    assert code == 0
    assert "notes/02_europe_regional_2022-10-12.docx: read as notes (Regional meetings" in out
    assert "Nothing was written." in out
    assert path.read_bytes() == before


@pytest.mark.parametrize("command", [["--help"], ["findings", "P"], ["history", "P"], ["models", "list"]])
def test_light_commands_import_no_heavy_library(path: Path, command: list[str]) -> None:
    args = [str(path) if a == "P" else a for a in command]
    script = (
        "import sys\nsys.argv = ['ogp-sensemaker', *sys.argv[1:]]\n"
        "from ogp_sensemaker.__main__ import main\n"
        "try: code = main()\nexcept SystemExit as stop: code = stop.code\n"
        "heavy = {'torch', 'spacy', 'sklearn', 'sentence_transformers', 'lingua', 'PySide6'} & set(sys.modules)\n"
        "print(code, sorted(heavy), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script, *args], capture_output=True, text=True, check=True)
    assert done.stderr.strip().splitlines()[-1] == "0 []"
