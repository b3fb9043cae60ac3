"""Files that are broken, hostile or not what they say: one sentence with file and row each."""

import random
import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ogp_sensemaker.domain.intake import Intake
from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats import read_paths
from ogp_sensemaker.formats.documents import examine
from ogp_sensemaker.formats.packages import read_entry
from ogp_sensemaker.formats.sheaf import RawFile

NOTES = Path(__file__).parents[2] / "samples" / "phase2" / "notes" / "01_americas_regional_2022-09-28.docx"
UTF_8_ROWS = "id,comment\n" + "".join(f"{n},açıq dövlət üçün şərh\n" for n in range(20))
TEXTS = {
    "empty.csv": (b"", "is empty", None),
    "blank.csv": (b" \n\r\n\t", "is empty", None),
    "mark.csv": (b"\xef\xbb\xbf", "is empty", None),
    "header.csv": (b"id,author,comment\n", "heading and no rows", 1),
    "zeros.csv": (b"id,comment\n1,hello\n2,wo\0rld again\n", "zero bytes", 3),
    "broken.csv": (UTF_8_ROWS.encode() + b"21,bad \xff\xfe byte\n", "UTF-8", 22),
    "bom.csv": (b"\xff\xfe" + "id,comment\n1,a\n".encode("utf-16-le") + b"\x00\xd8", "UTF-16", 3),
    "wide.csv": ((",".join(map(str, range(10_000))) + "\n").encode() * 2, "10,000 columns", 1),
    "open.csv": (b'id,comment\n1,fine\n2,"never closed\n3,abc\n', "quotation mark", 3),
    "inside.csv": (b'id,comment\n1,"so "called" help"\n2,x\n', "not doubled", 2),
    "noise.txt": (random.Random(3).randbytes(400).replace(b"\0", b"x"), "encoding", 1),
    "fake.docx": (b"no zip at all", "is not a .docx file", None),
    "fake.xlsx": (b"no zip at all", "is not a .xlsx file", None),
    "fake.odt": (b"no zip at all", "is not a .odt file", None),
    "fake.pdf": (b"no pdf at all", "is not a .pdf file", None),
    "broken.pdf": (b"%PDF-1.7 and nothing more", "damaged PDF", None),
    "cut.docx": (NOTES.read_bytes()[:9000], "is not a .docx file, or is damaged", None),
    "old.doc": (b"\xd0\xcf\x11\xe0" + bytes(600), "old office program", None),
    "text.rtf": (b"{\\rtf1 hello}", "rich text", None),
    "void.zip": (b"PK\x05\x06" + bytes(18), "no files", None),
    "line.txt": (b"Title\n\n" + b"x " * 600_000, "a line of more than", 3),
    "headings.md": (b"# One\n\n## Two\n\n## Three\n", "no notes below", None),
}


def _problem(path: Path) -> ImportProblem:
    with pytest.raises(ImportProblem) as caught:
        read_paths([path])
    assert path.name in str(caught.value)
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("name", TEXTS)
def test_a_sentence_with_file_and_row(tmp_path: Path, name: str) -> None:
    data, words, row = TEXTS[name]
    (tmp_path / name).write_bytes(data)
    problem = _problem(tmp_path / name)
    assert words in str(problem)
    assert problem.row == row


def test_a_cell_of_fifty_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "cell.csv"
    path.write_bytes(b"id,comment\n1,short\n2," + b"word " * 10_000_000 + b"\n")
    problem = _problem(path)
    assert problem.row == 3
    assert "1,000,000 characters" in str(problem)
    assert "word word" not in str(problem)


def _zip(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in entries.items():
            package.writestr(name, data)
    return path


def _docx_with(path: Path, change: bytes) -> Path:
    with zipfile.ZipFile(NOTES) as source:
        entries = {name: source.read(name) for name in source.namelist()}
    return _zip(path, {**entries, "word/document.xml": change})


def test_zip_bombs(tmp_path: Path) -> None:
    assert "zip bomb" in str(_problem(_zip(tmp_path / "bomb.zip", {"a.csv": bytes(60_000_000)})))
    bomb = {"[Content_Types].xml": b"<a/>", "word/document.xml": b" " * 60_000_000}
    assert "zip bomb" in str(_problem(_zip(tmp_path / "bomb.docx", bomb)))
    many = {f"{n}.csv": b"" for n in range(20_001)}
    assert "20,001 files" in str(_problem(_zip(tmp_path / "many.zip", many)))


def test_an_entry_may_not_be_longer_than_announced() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("a.csv", b"id,comment\n1,abc\n")
    with zipfile.ZipFile(stream) as package:
        package.getinfo("a.csv").file_size = 3
        with pytest.raises(ImportProblem):
            read_entry(package, "a.csv", "lie.zip")


@pytest.mark.parametrize("name", ["../out.csv", "/etc/out.csv", "a/../../out.csv", "..\\out.csv", "C:\\out.csv"])
def test_zip_paths_that_leave(tmp_path: Path, name: str) -> None:
    path = _zip(tmp_path / "slip.zip", {name: b"id,comment\n1,abc def\n2,ghi jkl\n"})
    assert "leaves the zip" in str(_problem(path))


def test_a_zip_that_is_no_document(tmp_path: Path) -> None:
    assert "not a .docx file" in str(_problem(_zip(tmp_path / "x.docx", {"a.txt": b"x"})))
    assert "damaged .xlsx" in str(_problem(_zip(tmp_path / "x.xlsx", {"xl/workbook.xml": b"<x/>"})))
    odt = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}
    assert "damaged .odt" in str(_problem(_zip(tmp_path / "x.odt", odt)))


ENTITIES = '<?xml version="1.0"{}?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    "data", [ENTITIES.format("").encode(), ENTITIES.format(' encoding="UTF-16"').encode("utf-16")], ids=["8", "16"]
)
def test_xml_with_entities(tmp_path: Path, data: bytes) -> None:
    assert "XML entities" in str(_problem(_docx_with(tmp_path / "entities.docx", data)))
    workbook = {"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": data}
    assert "XML entities" in str(_problem(_zip(tmp_path / "entities.xlsx", workbook)))
    odt = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": data}
    assert "XML entities" in str(_problem(_zip(tmp_path / "entities.odt", odt)))


@pytest.mark.parametrize("data", [b"<w:document", b'<?xml version="1.0"?><x/>', b""])
def test_a_word_file_with_broken_insides(tmp_path: Path, data: bytes) -> None:
    assert "open and save it again" in str(_problem(_docx_with(tmp_path / "broken.docx", data)))


def test_dates_that_are_none_do_not_stop_the_import(tmp_path: Path) -> None:
    path = tmp_path / "dates.csv"
    path.write_text(
        "id,author,date,comment\n1,Ann,2022-02-30,hello to all of you\n2,Bob,2022-03-01,and good bye to all\n"
    )
    (intake,) = read_paths([path])
    assert [segment.occurred for segment in intake.segments] == ["", "2022-03-01"]
    assert [(finding.row, finding.fatal) for finding in intake.findings] == [(2, False)]


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.txt", "a.md", "a.html", "a", "a.pdf", "a.zip", "a.docx"]))
def test_no_bytes_give_anything_but_a_document_or_a_sentence(data: bytes, name: str) -> None:
    with suppress(ImportProblem):
        document = examine(RawFile(name, data))
        assert document is None or document.form


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from('ab ,;\t"\n\r|=<>&é?1:()-#*'), max_size=200))
def test_no_text_gives_anything_but_intakes_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    for name in ("a.csv", "a.txt", "a.md", "a.html"):
        path = tmp_path_factory.getbasetemp() / name
        path.write_text(text, encoding="utf-8", newline="")
        with suppress(ImportProblem):
            assert all(isinstance(intake, Intake) for intake in read_paths([path]))
