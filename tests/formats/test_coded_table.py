"""The coded dataset as CSV and XLSX: columns, safety of cells, reading back, the same bytes."""

import csv
import dataclasses
import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogp_sensemaker.formats.coded_table import (
    COLUMNS,
    attribute_columns,
    join_values,
    protect,
    split_values,
    unprotect,
    write_csv,
)
from ogp_sensemaker.formats.coded_workbook import CELL_LIMIT, CUT, cell_text, write_xlsx
from ogp_sensemaker.formats.data_dictionary import data_dictionary
from ogp_sensemaker.formats.exporters import EXPORTERS, exporter_for
from tests.formats.dataset_fixture import PATHS, dataset

FORMULA_SIGNS = "=+-@\t\r\n＝＋－＠"


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "coded.xlsx"
    write_xlsx(dataset(), path)
    return openpyxl.load_workbook(path)


def rows_of(sheet) -> list[dict]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


@given(st.text())
def test_protected_text_is_no_formula_and_reads_back(text):
    cell = protect(text)
    assert not cell.startswith(tuple(FORMULA_SIGNS))
    assert unprotect(cell) == text


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "＝1", "'=1", "''+x", "-"])
def test_what_looks_like_a_formula_gets_one_apostrophe(text):
    assert protect(text) == "'" + text


@pytest.mark.parametrize("text", ["", "a=1", "it's", "'quoted'", " = no"])
def test_other_text_stays_as_it_is(text):
    assert protect(text) == text


@given(st.lists(st.text(alphabet=st.sampled_from("ab;\\ \n,")), min_size=1).filter(lambda v: v != [""]))
def test_values_of_a_cell_read_back(values):
    assert split_values(join_values(values)) == tuple(values)


def test_no_values_are_an_empty_cell():
    assert join_values(()) == ""
    assert split_values("") == ()


def test_attribute_that_is_called_like_a_column_is_prefixed():
    columns = attribute_columns(["case: memo", "memo", "sector"])
    assert columns == {"case: memo": "case: memo", "memo": "case: case: memo", "sector": "sector"}


def test_csv_has_the_columns_then_one_for_each_attribute(tmp_path):
    path = tmp_path / "coded.csv"
    write_csv(dataset(), path)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfsegment_id,source,")
    head = raw.decode("utf-8-sig").split("\r\n")[0]
    assert head == (
        "segment_id,source,locator,channel,case,language,original,english,translation_by,cluster,cluster_words,codes,"
        "stances,suggested,contested,duplicate_of,memo,country,case: memo,sector"
    )


def test_csv_reads_back_as_the_rows_of_the_dataset(tmp_path):
    path = tmp_path / "coded.csv"
    write_csv(dataset(), path)
    lines = read_csv(path)
    assert len(lines) == len(dataset().rows)
    for line, row in zip(lines, dataset().rows, strict=True):
        assert int(line["segment_id"]) == row.segment_id
        assert unprotect(line["original"]) == row.original
        assert unprotect(line["memo"]) == row.memo
        assert split_values(line["codes"]) == row.codes
        assert line["duplicate_of"] == ("" if row.duplicate_of is None else str(row.duplicate_of))
        assert line["sector"] == row.attributes.get("sector", "")
    assert lines[4]["stances"] == "none; support"
    assert split_values(lines[4]["codes"]) == (PATHS[1], PATHS[2])
    assert lines[7]["suggested"] == "Windows of opportunity (0.42); Doubling down on OGP Local (0.20)"
    assert lines[7]["original"].startswith("'=HYPERLINK(")
    assert lines[8]["original"] == "'+1, keep two years"


def test_no_cell_of_the_csv_begins_like_a_formula(tmp_path):
    path = tmp_path / "coded.csv"
    write_csv(dataset(), path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert not [c for row in csv.reader(file) for c in row if c.startswith(tuple(FORMULA_SIGNS))]


def test_workbook_has_its_sheets(workbook):
    assert workbook.sheetnames == [
        "Segments",
        "Codings",
        "Codebook",
        "Opinions",
        "Poll answers",
        "Data dictionary",
        "How it was made",
    ]
    segments = workbook["Segments"]
    assert segments.freeze_panes == "B2"
    assert segments.auto_filter.ref == "A1:T15"
    assert [cell.value for cell in segments[1]][:17] == list(COLUMNS)


def test_segments_of_workbook_and_csv_are_the_same(workbook, tmp_path):
    path = tmp_path / "coded.csv"
    write_csv(dataset(), path)
    cells = [{k: "" if v is None else str(v) for k, v in row.items()} for row in rows_of(workbook["Segments"])]
    assert cells == read_csv(path)


def test_workbook_holds_no_formula_and_no_error(workbook):
    kinds = {cell.data_type for sheet in workbook for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "inlineStr"}


def test_right_to_left_words_are_set_from_the_right(workbook):
    segments = workbook["Segments"]
    arabic, azerbaijani = segments["G8"], segments["G2"]
    assert (arabic.alignment.horizontal, arabic.alignment.readingOrder) == ("right", 2)
    assert azerbaijani.alignment.readingOrder == 0
    assert segments["H8"].alignment.readingOrder == 0


def test_codings_say_who_and_when(workbook):
    codings = rows_of(workbook["Codings"])
    assert len(codings) == len(dataset().codings)
    assert codings[0] == {
        "segment_id": 1,
        "code": PATHS[2],
        "coder": "Ana",
        "machine": "no",
        "stance": "support",
        "concern": "no",
        "via_cluster": 1,
        "created": "2026-11-23T14:01:00Z",
    }
    assert codings[-1]["machine"] == "yes"


def test_codebook_counts_segments(workbook):
    counts = {row["code"]: row["segments"] for row in rows_of(workbook["Codebook"])}
    assert counts[PATHS[2]] == 6
    assert counts[PATHS[8]] == 0


def test_opinions_and_answers_lead_figures_back_to_cases(workbook):
    opinions = rows_of(workbook["Opinions"])
    values = [row["opinion"] for row in opinions if row["proposal"] == PATHS[2]]
    assert len(values) == 14
    assert round(sum(values) / 14, 2) == 0.48
    assert rows_of(workbook["Poll answers"])[0]["option"] == "Disagree"


def test_dictionary_explains_every_column(workbook):
    explained = {(row["sheet"], row["column"]) for row in rows_of(workbook["Data dictionary"])}
    for sheet in ("Segments", "Codings", "Codebook", "Opinions", "Poll answers"):
        for cell in workbook[sheet][1]:
            assert (sheet, cell.value) in explained
    assert len(explained) == len(data_dictionary(dataset()))


def test_how_it_was_made_is_written_down(workbook):
    made = {row["what"]: row["value"] for row in rows_of(workbook["How it was made"])}
    assert made["last action included"] == "99"
    assert made["clusters"] == '{"detail": 3, "seed": 7}'


def test_errors_of_spreadsheets_stay_text(tmp_path):
    given_ = dataset()
    row = dataclasses.replace(given_.rows[0], original="#N/A", memo="#REF!")
    path = tmp_path / "coded.xlsx"
    write_xlsx(dataclasses.replace(given_, rows=(row,)), path)
    segments = openpyxl.load_workbook(path)["Segments"]
    assert (segments["G2"].value, segments["G2"].data_type) == ("#N/A", "s")


def test_cell_text_has_no_control_characters_and_one_kind_of_line_break():
    assert cell_text("a\x00b\x1fc\r\nd\re\ufffe") == "abc\nd\ne"
    assert cell_text("_x0041_") == "_x005F_x0041_"


@pytest.mark.parametrize("text", ["a" * 40_000, "😀" * 20_000, "é" * 32_768])
def test_long_text_is_cut_and_says_so(text):
    cut = cell_text(text)
    assert len(cut.encode("utf-16-le")) // 2 <= CELL_LIMIT
    assert cut.endswith(CUT)
    assert text.startswith(cut.removesuffix(CUT))


def test_text_that_just_fits_is_not_cut():
    assert cell_text("a" * CELL_LIMIT) == "a" * CELL_LIMIT
    assert cell_text("😀" * (CELL_LIMIT // 2)) == "😀" * (CELL_LIMIT // 2)


def test_csv_has_the_whole_of_a_long_text(tmp_path):
    given_ = dataset()
    row = dataclasses.replace(given_.rows[0], original="=" + "a" * 50_000)
    path = tmp_path / "coded.csv"
    write_csv(dataclasses.replace(given_, rows=(row,)), path)
    csv.field_size_limit(1_000_000)
    assert unprotect(read_csv(path)[0]["original"]) == row.original


def test_dates_in_office_files_are_those_of_the_dataset(tmp_path):
    for exporter in EXPORTERS:
        path = tmp_path / f"out{exporter.suffixes[0]}"
        exporter.write(dataset(), path)
        if not zipfile.is_zipfile(path):
            continue
        with zipfile.ZipFile(path) as archive:
            assert {info.date_time for info in archive.infolist()} == {(2026, 11, 23, 15, 4, 4)}
            core = archive.read("docProps/core.xml").decode()
        assert core.count("2026-11-23T15:04:05Z") == 2


def test_a_dataset_of_an_empty_project_dates_from_1980(tmp_path):
    path = tmp_path / "empty.xlsx"
    write_xlsx(dataclasses.replace(dataset(), made="", rows=(), codings=(), codes=()), path)
    with zipfile.ZipFile(path) as archive:
        assert archive.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


def test_another_process_writes_the_same_bytes(tmp_path):
    script = (
        "import sys, hashlib, pathlib\n"
        "from ogp_sensemaker.formats.exporters import EXPORTERS\n"
        "from tests.formats.dataset_fixture import dataset\n"
        "for e in EXPORTERS:\n"
        "    path = pathlib.Path(sys.argv[1]) / e.id\n"
        "    e.write(dataset(), path)\n"
        "    print(hashlib.sha256(path.read_bytes()).hexdigest())\n"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "12345", "TZ": "Asia/Baku"}
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", script, str(tmp_path)]
    run = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=True)
    here = []
    for exporter in EXPORTERS:
        path = tmp_path / f"{exporter.id}.here"
        exporter.write(dataset(), path)
        here.append(hashlib.sha256(path.read_bytes()).hexdigest())
    assert run.stdout.split() == here


def test_suffix_chooses_the_exporter():
    assert [exporter_for(Path(f"a{s}")).id for e in EXPORTERS for s in e.suffixes] == [
        "csv",
        "xlsx",
        "html",
        "html",
        "docx",
    ]
    assert exporter_for(Path("A.CSV")) is EXPORTERS[0]
    assert exporter_for(Path("a.pdf")) is None
