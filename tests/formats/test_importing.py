"""A whole consultation in one call; kinds by content; zips; what no importer knows."""

import shutil
import zipfile
from pathlib import Path

import pytest

from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats import IMPORTERS, read_paths

SAMPLE = Path(__file__).parents[2] / "samples" / "phase2"


def test_the_whole_sample_in_the_order_in_which_it_can_be_written() -> None:
    intakes = read_paths([SAMPLE])
    assert [intake.kind for intake in intakes] == [
        "considerit", *["table"] * 2, *["notes"] * 11, *["poll"] * 2, "translations", "codings",
    ]  # fmt: skip
    assert [finding for intake in intakes for finding in intake.findings] == []
    assert intakes[3].name == "notes/01_americas_regional_2022-09-28.docx"


def test_keys_are_unique_and_refer_to_what_is_there() -> None:
    for intake in read_paths([SAMPLE]):
        keys = [segment.key for segment in intake.segments]
        cases = {case.key for case in intake.cases}
        assert len(set(keys)) == len(keys)
        assert len(cases) == len(intake.cases)
        for segment in intake.segments:
            assert segment.case in cases | {""}
            assert segment.parent in {*keys, ""}
        assert {opinion.case for opinion in intake.opinions} <= cases
        assert {answer.case for answer in intake.answers} <= cases


def test_reading_twice_gives_the_same() -> None:
    assert read_paths([SAMPLE]) == read_paths([SAMPLE])


def test_a_zip_of_everything_is_read_like_the_folder(tmp_path: Path) -> None:
    archive = shutil.make_archive(str(tmp_path / "all"), "zip", SAMPLE.parent, SAMPLE.name)
    from_zip = read_paths([Path(archive)])
    assert [(i.name, i.sha256) for i in from_zip] == [(i.name, i.sha256) for i in read_paths([SAMPLE])]


def test_content_decides_and_not_the_name(tmp_path: Path) -> None:
    shutil.copy(SAMPLE / "polls" / "top3.csv", tmp_path / "notes.txt")
    shutil.copy(SAMPLE / "notes" / "10_irm_dialogue_2022-11-22.txt", tmp_path / "poll")
    poll, notes = read_paths([tmp_path / "notes.txt"]), read_paths([tmp_path / "poll"])
    assert (poll[0].kind, notes[0].kind) == ("poll", "notes")


def test_a_kind_can_be_forced(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("original,english\nBonjour à tous,Hello everybody\nMerci,Thank you\n")
    assert read_paths([tmp_path / "x.csv"])[0].kind == "translations"
    (forced,) = read_paths([tmp_path / "x.csv"], kind="table")
    assert forced.segments[0].english == "Hello everybody"
    with pytest.raises(ImportProblem, match="no kind “tables”; the kinds are considerit: "):
        read_paths([tmp_path / "x.csv"], kind="tables")
    with pytest.raises(ImportProblem, match=r"none of the headings of a Consider\.it export"):
        read_paths([tmp_path / "x.csv"], kind="considerit")
    with pytest.raises(ImportProblem, match="not a table"):
        read_paths([SAMPLE / "notes" / "09_donor_meeting_2022-11-09.md"], kind="poll")


def test_a_map_is_for_the_table_that_has_its_columns(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE / "polls", tmp_path / "polls")
    (tmp_path / "letters.csv").write_text("von,brief\nAnn,kurz\nBob,auch kurz\n")
    table, *polls = read_paths([tmp_path], columns={"text": "brief", "author": "von"})
    assert [segment.text for segment in table.segments] == ["kurz", "auch kurz"]
    assert [poll.kind for poll in polls] == ["poll", "poll"]


def test_the_channel_can_be_given_for_all() -> None:
    assert {intake.channel for intake in read_paths([SAMPLE / "notes"], channel="Autumn")} == {"Autumn"}


def test_an_unknown_file_stops_alone_and_is_left_out_in_a_folder(tmp_path: Path) -> None:
    picture = tmp_path / "logo.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    with pytest.raises(ImportProblem, match=r"logo\.png: is of no kind .* considerit: .* notes: "):
        read_paths([picture])
    with pytest.raises(ImportProblem, match="no file of a kind"):
        read_paths([tmp_path])
    shutil.copy(SAMPLE / "polls" / "agreement.csv", tmp_path)
    (intake,) = read_paths([tmp_path])
    assert [(f.file, f.fatal) for f in intake.findings] == [("logo.png", False)]


def test_a_codebook_is_sent_where_it_belongs(tmp_path: Path) -> None:
    (tmp_path / "codes.csv").write_text("path,kind,description\nWater,direction,All about water\nAir,direction,All\n")
    with pytest.raises(ImportProblem, match="is a codebook"):
        read_paths([tmp_path / "codes.csv"])


def test_what_systems_leave_in_folders_is_passed_over(tmp_path: Path) -> None:
    shutil.copy(SAMPLE / "polls" / "agreement.csv", tmp_path)
    (tmp_path / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    (tmp_path / "~$notes.docx").write_bytes(b"x")
    (tmp_path / "README.md").write_text("# About\n\n- these files\n")
    assert [intake.name for intake in read_paths([tmp_path])] == ["agreement.csv"]


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder, word in (("spring", "rain"), ("autumn", "wind")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "notes.md").write_text(f"# Meeting\n\n## Talk\n\n- about {word}\n")
    names = [intake.name for intake in read_paths([tmp_path / "spring", tmp_path / "autumn"])]
    assert names == ["spring/notes.md", "autumn/notes.md"]
    assert len(read_paths([tmp_path / "spring", tmp_path / "spring"])) == 1


def test_paths_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(ImportProblem, match="no such file"):
        read_paths([tmp_path / "nothing.csv"])
    with pytest.raises(ImportProblem, match="holds no files"):
        read_paths([tmp_path])


def test_importers_are_a_plain_tuple_of_different_ids() -> None:
    assert len({importer.id for importer in IMPORTERS}) == len(IMPORTERS)
    assert all(importer.label and importer.suffixes for importer in IMPORTERS)


def test_a_zip_within_a_folder(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as package:
        for file in (SAMPLE / "considerit").iterdir():
            package.write(file, f"considerit/{file.name}")
    shutil.copy(SAMPLE / "polls" / "agreement.csv", tmp_path)
    assert [intake.name for intake in read_paths([tmp_path])] == ["export", "agreement.csv"]
