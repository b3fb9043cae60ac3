"""Reads CSV files and spreadsheets into tables of text, and says which row is wrong where one is."""

import csv
import datetime as dt
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO

from ogp_sensemaker.domain.intake import Finding
from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats.packages import MEGABYTE, check_xml_parts, open_package
from ogp_sensemaker.formats.sheaf import Table

MAX_COLUMNS = 5_000
MAX_CELL = MEGABYTE  # characters
_DELIMITERS = (",", ";", "\t", "|")
_SNIFFED = 60  # records that are looked at to find the delimiter

Row = tuple[int, list[str]]


def read_csv(text: str, name: str) -> Table:
    """The table in a CSV file; raises ImportProblem where it is empty, unreadable or far too wide."""
    if not text.strip():
        raise ImportProblem("is empty", name)
    delimiter = sniff(text)
    rows = list(_records(text, delimiter, name))
    words = {",": "comma", ";": "semicolon", "\t": "tab", "|": "|"}
    return _table(rows, name, {"delimiter": words[delimiter]}, ragged_matters=True)


def sniff(text: str) -> str:
    """The delimiter that splits the first records most evenly; a comma where none does."""
    return max(_DELIMITERS, key=lambda delimiter: (_evenness(text, delimiter), delimiter == ","))


def looks_like_table(text: str) -> bool:
    """Whether text of unknown kind is a table: at least two records, all of two or more equal cells."""
    return _evenness(text, sniff(text)) > 2 * 0.95


def _evenness(text: str, delimiter: str) -> float:
    """The number of cells in the first record times the share of records that have as many; 0 for one cell."""
    widths: list[int] = []
    sample = text[:200_000]
    try:
        for cells in csv.reader(StringIO(sample), delimiter=delimiter):
            if cells:
                widths.append(len(cells))
            if len(widths) == _SNIFFED:
                break
    except csv.Error:
        pass  # a cell that is too large: what was read so far tells enough
    if len(widths) < 2 or max(widths) < 2:
        return 0.0
    usual = max(set(widths), key=widths.count)
    return min(usual, 50) * widths.count(usual) / len(widths) if usual > 1 else 0.0


def _records(text: str, delimiter: str, name: str) -> Iterator[Row]:
    csv.field_size_limit(MAX_CELL)
    number = 0
    try:
        # newline="" keeps line breaks inside cells as they are.
        for cells in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True):
            number += 1
            _check_width(len(cells), name, number)
            yield number, cells
    except csv.Error as error:
        raise ImportProblem(_said_plainly(str(error)), name, number + 1) from error


def _said_plainly(message: str) -> str:
    if "larger than field limit" in message:
        return (
            f"holds a cell of more than {MAX_CELL // 1000:,},000 characters, which no comment has; shorten or remove it"
        )
    if "unexpected end" in message:
        return "a quotation mark that opens a cell is never closed; put the cell right"
    if "expected after" in message:
        return "a quotation mark inside a cell is not doubled; put the cell right"
    return "cannot be read as CSV; open it in a spreadsheet and save it again"


def _check_width(width: int, name: str, number: int) -> None:
    if width > MAX_COLUMNS:
        raise ImportProblem(
            f"has {width:,} columns; the limit is {MAX_COLUMNS:,}. Is it the right file and delimiter?", name, number
        )


def read_xlsx(data: bytes, name: str) -> Table:
    """The table on the first sheet that holds one; raises ImportProblem."""
    with open_package(data, name, ".xlsx") as package:
        if "xl/workbook.xml" not in package.namelist():
            raise ImportProblem("is not an .xlsx file; save it again from a spreadsheet program", name)
        check_xml_parts(package, name)
    sheets = _sheets(data, name)
    filled = [(title, rows) for title, rows in sheets if rows]
    if not filled:
        raise ImportProblem("is empty", name)
    title, rows = filled[0]
    table = _table(rows, name, {"sheet": title}, ragged_matters=False)
    if len(filled) == 1:
        return table
    others = ", ".join(f"“{other}”" for other, _ in filled[1:])
    note = Finding(name, None, f"only the first sheet, “{title}”, is read; left out: {others}")
    return Table(table.columns, table.rows, table.heading_row, table.options, (*table.findings, note))


def _sheets(data: bytes, name: str) -> list[tuple[str, list[Row]]]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
        return [(sheet.title, list(_sheet_rows(sheet.iter_rows(values_only=True), name))) for sheet in book.worksheets]
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, SyntaxError, zipfile.BadZipFile) as error:
        raise ImportProblem("is a damaged .xlsx file; open and save it again", name) from error


def _sheet_rows(rows: Iterable[Sequence[object]], name: str) -> Iterator[Row]:
    for number, values in enumerate(rows, start=1):
        cells = [_as_text(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        _check_width(len(cells), name, number)
        if any(len(cell) > MAX_CELL for cell in cells):
            raise ImportProblem(_said_plainly("larger than field limit"), name, number)
        if cells:
            yield number, cells


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time(0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    # Excel writes control characters of a cell as _x000D_.
    return re.sub(r"_x000[dD]_\n?", "\n", str(value))


def _table(rows: list[Row], name: str, options: dict[str, str], ragged_matters: bool) -> Table:
    filled = [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]
    if not filled:
        raise ImportProblem("is empty", name)
    at = _heading(filled)
    heading_row, heading = filled[at]
    columns = [cell.strip() for cell in heading]
    while columns and not columns[-1]:
        columns.pop()
    body = filled[at + 1 :]
    if not body:
        raise ImportProblem("has a heading and no rows below it", name, heading_row)
    findings: list[Finding] = []
    kept = []
    width = len(columns)
    for number, cells in body:
        if ragged_matters and len(cells) != width and (len(cells) < width or any(c.strip() for c in cells[width:])):
            message = f"has {len(cells)} cells where the heading has {width}; a comma or quotation mark is wrong"
            findings.append(Finding(name, number, message, fatal=True))
        else:
            # Cells to the right of the last heading stay only where a spreadsheet holds something there.
            padded = cells[:width] + [""] * (width - len(cells))
            kept.append((number, tuple(padded)))
    return Table(tuple(columns), tuple(kept), heading_row, options, tuple(findings))


def _heading(rows: Sequence[Row]) -> int:
    """The place of the heading: not the first row where that is a title or groups the columns below it."""
    for place, (_, cells) in enumerate(rows[:5]):
        if place + 1 >= len(rows):
            return 0
        here = sum(1 for cell in cells if cell.strip())
        below_cells = rows[place + 1][1]
        below = sum(1 for cell in below_cells if cell.strip())
        names = {cell.strip().casefold() for cell in below_cells if cell.strip()}
        if not (here * 2 < below or (here < below and _KNOWN & names)) or below < 3:
            return place
    return 0


# Columns that stand in the heading proper of an export that may have a second heading above it.
_KNOWN = frozenset({"proposal_slug", "comment-id", "comment_id", "email"})
