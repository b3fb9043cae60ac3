"""Codebook files, and the default one."""

import csv
from pathlib import Path

import pytest

from ogp_sensemaker.domain.codebook import CodeKind
from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats.codebook import default_codebook, read_codebook

PROPOSALS = Path(__file__).parents[2] / "samples" / "phase2" / "considerit" / "proposals.csv"


def test_the_default_holds_the_seven_directions_as_the_platform_names_them() -> None:
    with PROPOSALS.open(encoding="utf-8", newline="") as stream:
        categories = dict.fromkeys(row["category"] for row in csv.DictReader(stream))
    codes = default_codebook()
    assert [code.path for code in codes] == [(name,) for name in categories]
    assert [code.number for code in codes] == list("1234567")
    assert len({code.color for code in codes}) == 7
    for code in codes:
        assert code.kind is CodeKind.DIRECTION
        assert 60 <= len(code.description.split()) <= 120
        assert code.use_when
        assert code.not_when
        assert len(code.examples) >= 3


def test_a_table_with_paths_or_parents(tmp_path: Path) -> None:
    (tmp_path / "paths.csv").write_text(
        "path,kind,description,examples,colour,key,number\n"
        "Water,direction,Rivers,wet | cold,#112233,w,1\nWater > Floods,issue,,,,,\n"
    )
    water, floods = read_codebook(tmp_path / "paths.csv")
    assert (water.color, water.key, water.number, water.examples) == ("#112233", "w", "1", ("wet", "cold"))
    assert (floods.path, floods.kind) == (("Water", "Floods"), CodeKind.ISSUE)
    (tmp_path / "parents.csv").write_text("name,parent,definition\nWater,,Rivers\nFloods,Water,Too much of it\n")
    water, floods = read_codebook(tmp_path / "parents.csv")
    assert (floods.path, floods.kind, floods.description) == (("Water", "Floods"), CodeKind.THEME, "Too much of it")


def test_a_tree_in_yaml(tmp_path: Path) -> None:
    path = tmp_path / "codes.yaml"
    path.write_text(
        "codes:\n- name: Water\n  kind: direction\n  description: >-\n    Rivers and\n    rain\n  children:\n"
        "  - name: Floods\n    examples: [too wet, too high]\n    children: [Dams]\n- Air\n"
    )
    assert [code.path for code in read_codebook(path)] == [
        ("Water",), ("Water", "Floods"), ("Water", "Floods", "Dams"), ("Air",),
    ]  # fmt: skip
    assert read_codebook(path)[0].description == "Rivers and rain"
    assert read_codebook(path)[1].examples == ("too wet", "too high")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.csv", "name,parent\nFloods,Water\n", "row 2: stands under “Water”"),
        ("a.csv", "name,kind\nWater,river\n", "row 2: the kind “river”"),
        ("a.csv", "name,color\nWater,blue\n", "row 2: the colour “blue”"),
        ("a.csv", "name,parent\nWater,\nWater,\n", "names “Water” twice"),
        ("a.csv", "path,kind\nWater > Floods,theme\n", "without “Water”"),
        ("a.csv", "name,key\nWater,w\nAir,w\n", "the key w"),
        ("a.csv", "what,why\nWater,x\n", "needs a column path or name"),
        ("a.yaml", "codes: [", "not valid YAML"),
        ("a.yaml", "codes:\n- kind: issue\n", "a code has no name"),
        ("a.yaml", "just words", "a list of codes"),
        ("a.yaml", "- name: A\n  children: B\n", "no list"),
        ("a.yaml", "!!python/object/apply:os.getcwd []", "not valid YAML"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, name: str, text: str, words: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(ImportProblem, match=words) as caught:
        read_codebook(tmp_path / name)
    assert str(caught.value).startswith(name)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ImportProblem, match="no such file"):
        read_codebook(tmp_path / "none.yaml")
