"""The coded dataset as a workbook: segments, codings, codebook, data dictionary and how it was made."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from ogp_sensemaker.domain.dataset import Dataset
from ogp_sensemaker.formats import zipped
from ogp_sensemaker.formats.coded_table import COLUMNS, Value, attribute_columns, protect, table
from ogp_sensemaker.formats.data_dictionary import data_dictionary
from ogp_sensemaker.formats.languages import is_right_to_left
from ogp_sensemaker.formats.xml_text import without_control

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.styles import Alignment

CELL_LIMIT = 32_767  # UTF-16 code units, Excel's own limit
CUT = " […] (cut here: a cell holds no more; the CSV file has the whole text)"
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ as A
_WIDTHS = {
    "segment_id": 11,
    "source": 26,
    "original": 60,
    "english": 60,
    "cluster": 9,
    "cluster_words": 24,
    "codes": 44,
    "suggested": 36,
    "memo": 36,
    "language": 10,
}
_LANGUAGE, _ORIGINAL = COLUMNS.index("language"), COLUMNS.index("original")


def cell_text(text: str) -> str:
    """A text as a workbook can hold it: protected, without control characters, not too long."""
    text = protect(without_control(text))
    text = _ESCAPE.sub("_x005F_", text)
    if len(text) <= CELL_LIMIT // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * CELL_LIMIT:
        return text
    return units[: 2 * (CELL_LIMIT - len(CUT))].decode("utf-16-le", "ignore") + CUT


def write_xlsx(dataset: Dataset, path: Path) -> None:
    """Write the workbook; the same Dataset gives the same bytes."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.title = f"{dataset.project}: coded dataset"
    book.properties.creator = "ogp-sensemaker"
    _segments(book, dataset)
    _codings(book, dataset)
    _codebook(book, dataset)
    _numbers(book, dataset)
    _dictionary(book, dataset)
    _method(book, dataset)
    packed = BytesIO()
    book.save(packed)
    zipped.rewrite_office(packed, path, dataset.made)


class _Sheet:
    """A sheet with a frozen heading and filters. Cells are used again in every row, as appending allows."""

    def __init__(
        self, book: "Workbook", title: str, headings: Sequence[str], widths: Sequence[float], rows: int
    ) -> None:
        from openpyxl.styles import Alignment, Font, PatternFill
        from openpyxl.utils import get_column_letter

        self._sheet = book.create_sheet(title)
        self._top = Alignment(vertical="top", wrap_text=True)
        self._right_to_left = Alignment(vertical="top", wrap_text=True, horizontal="right", readingOrder=2)
        self._cells: dict[tuple[int, bool], Cell] = {}
        last = get_column_letter(len(headings))
        for number, width in enumerate(widths, 1):
            self._sheet.column_dimensions[get_column_letter(number)].width = width
        self._sheet.freeze_panes = "B2" if title == "Segments" else "A2"
        self._sheet.auto_filter.ref = f"A1:{last}{rows + 1}"
        self._sheet.print_title_rows = "1:1"
        self._sheet.page_setup.orientation = "landscape"
        self._sheet.page_setup.fitToHeight = 0
        self._sheet.sheet_properties.pageSetUpPr.fitToPage = True
        bold, fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1F4E79")
        heads = [self._new(self._top, heading) for heading in headings]
        for head in heads:
            head.font, head.fill = bold, fill
        self._sheet.append(heads)

    def _new(self, alignment: "Alignment", text: str = "") -> "Cell":
        from openpyxl.cell import WriteOnlyCell

        cell: Cell = WriteOnlyCell(self._sheet, cell_text(text))
        cell.data_type = "s"
        cell.alignment = alignment
        return cell

    def add(self, values: Iterable[Value], right_to_left: frozenset[int] = frozenset()) -> None:
        """Append a row; texts stay texts, whatever they look like."""
        self._sheet.append([self._cell(i, value, i in right_to_left) for i, value in enumerate(values)])

    def _cell(self, column: int, value: Value, right_to_left: bool) -> "Cell | None":
        if value is None or value == "":
            return None
        cell = self._cells.get((column, right_to_left))
        if cell is None:
            cell = self._new(self._right_to_left if right_to_left else self._top)
            self._cells[column, right_to_left] = cell
        if isinstance(value, str):
            cell.value = cell_text(value)
            cell.data_type = "s"  # openpyxl would take "#N/A" for an error
        else:
            cell.value = value
        return cell


def _segments(book: "Workbook", dataset: Dataset) -> None:
    headings = [*COLUMNS, *attribute_columns(dataset.attributes).values()]
    sheet = _Sheet(book, "Segments", headings, [_WIDTHS.get(name, 16) for name in headings], len(dataset.rows))
    original = frozenset({_ORIGINAL})
    for row in table(dataset):
        sheet.add(row, original if is_right_to_left(str(row[_LANGUAGE] or ""), str(row[_ORIGINAL])) else frozenset())


def _codings(book: "Workbook", dataset: Dataset) -> None:
    headings = ("segment_id", "code", "coder", "machine", "stance", "concern", "via_cluster", "created")
    sheet = _Sheet(book, "Codings", headings, (11, 70, 26, 10, 12, 10, 12, 24), len(dataset.codings))
    for row in dataset.codings:
        sheet.add(
            (
                row.segment_id,
                row.code,
                row.coder,
                _yes(row.machine),
                row.stance,
                _yes(row.concern),
                row.via_cluster,
                row.created,
            )
        )


def _codebook(book: "Workbook", dataset: Dataset) -> None:
    headings = (
        "number",
        "code",
        "kind",
        "segments",
        "description",
        "use_when",
        "not_when",
        "examples",
        "submitted_by",
        "external_key",
    )
    sheet = _Sheet(book, "Codebook", headings, (10, 60, 12, 10, 60, 36, 36, 36, 16, 18), len(dataset.codes))
    counts = Counter(path for row in dataset.rows for path in row.codes)
    for code in dataset.codes:
        path = dataset.paths[code.id]
        sheet.add(
            (
                code.number,
                path,
                code.kind.value,
                counts[path],
                code.description,
                code.use_when,
                code.not_when,
                code.examples,
                code.submitted_by,
                code.external_key,
            )
        )


def _numbers(book: "Workbook", dataset: Dataset) -> None:
    if dataset.opinions:
        headings: tuple[str, ...] = ("proposal", "case_id", "case", "opinion")
        sheet = _Sheet(book, "Opinions", headings, (80, 10, 30, 10), len(dataset.opinions))
        for opinion in dataset.opinions:
            sheet.add((dataset.paths[opinion.code_id], opinion.case_id, opinion.case, opinion.value))
    if dataset.answers:
        questions = {poll.key: poll.question for poll in dataset.findings.polls}
        headings = ("poll", "option", "case_id", "case")
        sheet = _Sheet(book, "Poll answers", headings, (60, 60, 10, 30), len(dataset.answers))
        for answer in dataset.answers:
            sheet.add((questions.get(answer.poll, answer.poll), answer.option, answer.case_id, answer.case))


def _dictionary(book: "Workbook", dataset: Dataset) -> None:
    entries = data_dictionary(dataset)
    headings = ("sheet", "column", "meaning", "type", "values")
    sheet = _Sheet(book, "Data dictionary", headings, (14, 20, 70, 16, 70), len(entries))
    for entry in entries:
        sheet.add(astuple(entry))


def how_it_was_made(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """What the dataset is a picture of, then the versions, hashes, parameters and seeds."""
    yield "project", dataset.project
    yield "made from the state of", dataset.made
    yield "last action included", str(dataset.last_action)
    yield "segments", str(len(dataset.rows))
    yield "codings", str(len(dataset.codings))
    yield from dataset.method


def _method(book: "Workbook", dataset: Dataset) -> None:
    lines = list(how_it_was_made(dataset))
    sheet = _Sheet(book, "How it was made", ("what", "value"), (40, 110), len(lines))
    for line in lines:
        sheet.add(line)


def _yes(value: bool) -> str:
    return "yes" if value else "no"
