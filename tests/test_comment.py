"""One comment, from its file to the report: the whole promise of the program, through the command line."""

import csv
import json
import re
from html import unescape
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ogp_sensemaker.cli.commands import main
from tests.conftest import SAMPLE

pytestmark = pytest.mark.models

# Typed by a participant of community conversation 3 into the chat.
WORDS = "OGP yerli QHT-lər üçün kiçik qrantlar ayırmalıdır, əks halda müstəqil təşkilat qalmayacaq."
ENGLISH = "OGP should set aside small grants for local NGOs, otherwise no independent organisation will be left."


def command(*args: object) -> None:
    assert main([*map(str, args), "--coder", "Ana"]) == 0


@pytest.mark.usefixtures("_no_network")
def test_from_file_to_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "p.ogps"
    table = tmp_path / "translated.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["language", "original", "english"], ["az", WORDS, ENGLISH]])
    command("new", path)
    command("import", path, SAMPLE)
    command("import", path, table)
    command("process", path)
    command("cluster", path)
    command("suggest", path)
    capsys.readouterr()
    command("search", path, "kicik qrantlar", "--json")
    (found,) = [row for row in json.loads(capsys.readouterr().out) if row["text"] == WORDS]
    id_ = found["id"]
    assert (found["language"], found["english"]) == ("az", ENGLISH)
    assert found["source"] == "notes/06_community_conversation_3_2022-11-15.txt"
    command("code", path, "--segment", id_, "--code", "7", "--stance", "support")
    command("memo", path, "--segment", id_, "Said again by others.")
    command("mark", path, "--code", "7.4", "--as", "contested", "--reason", "Governments fear a donor role.")
    capsys.readouterr()
    command("history", path, "--segment", id_)
    story = capsys.readouterr().out
    for step in (
        "Import notes/06_community",
        "language: az",
        "in cluster",
        "Import translations",
        "support made",
        "memo",
    ):
        assert step in story, step
    outputs = [tmp_path / name for name in ("coded.csv", "coded.xlsx", "report.html", "report.docx")]
    command("export", path, *outputs)
    with outputs[0].open(encoding="utf-8-sig", newline="") as file:
        (row,) = [r for r in csv.DictReader(file) if r["segment_id"] == str(id_)]
    assert row["original"] == WORDS
    assert row["english"] == ENGLISH
    assert "Doubling down on OGP Local" in row["codes"]
    assert row["stances"] == "support"
    assert row["memo"] == "Said again by others."
    assert row["cluster"]
    sheet = load_workbook(outputs[1])["Codings"]
    assert any(cells[0] == id_ and "Ana" in cells for cells in sheet.iter_rows(values_only=True))
    html = unescape(outputs[2].read_text(encoding="utf-8"))
    assert WORDS in html
    assert f"#{id_}" in html
    assert not re.search(r'(src|href)="(https?:)?//', html)
    # A second pass over an unchanged project finds nothing to do and makes the same dataset.
    before = outputs[0].read_bytes()
    command("process", path)
    command("export", path, outputs[0])
    assert outputs[0].read_bytes() == before
