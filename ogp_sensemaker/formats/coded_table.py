"""The coded dataset, one row a segment, as CSV; its columns and how values are put into cells."""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ogp_sensemaker.domain.dataset import Dataset, DatasetRow

COLUMNS = (
    "segment_id",
    "source",
    "locator",
    "channel",
    "case",
    "language",
    "original",
    "english",
    "translation_by",
    "cluster",
    "cluster_words",
    "codes",
    "stances",
    "suggested",
    "contested",
    "duplicate_of",
    "memo",
)
NO_STANCE = "none"
# What spreadsheets take for the beginning of a formula, with the full-width forms that some fold into them.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_ADDED = re.compile("''*[=+\\-@\t\r\n＝＋－＠]")
_JOINED = re.compile(r"((?:\\.|[^\\;])*)(?:; |$)", re.DOTALL)

Value = str | int | float | None


def protect(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet could take it for a formula.

    Text that begins with apostrophes and then such a sign gets one more, so that `unprotect` gives
    back every text as it was.
    """
    return "'" + text if _FORMULA.match(text) else text


def unprotect(cell: str) -> str:
    """The text that `protect` was given."""
    return cell[1:] if _ADDED.match(cell) else cell


def join_values(values: Iterable[str]) -> str:
    r"""Several values in one cell: joined by `; `, with `\` and `;` within a value written as `\\` and `\;`."""
    return "; ".join(value.replace("\\", "\\\\").replace(";", "\\;") for value in values)


def split_values(cell: str) -> tuple[str, ...]:
    """The values that `join_values` was given; an empty cell holds none."""
    if not cell:
        return ()
    parts = [match.group(1) for match in _JOINED.finditer(cell + "; ")][:-1]
    return tuple(re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL) for part in parts)


def attribute_columns(attributes: Iterable[str]) -> dict[str, str]:
    """Attribute -> heading of its column: its name, or `case: name` where a column has that name already."""
    taken = set(COLUMNS)
    columns: dict[str, str] = {}
    for attribute in attributes:
        heading = attribute
        while heading in taken:
            heading = f"case: {heading}"
        taken.add(heading)
        columns[attribute] = heading
    return columns


def header(dataset: Dataset) -> list[str]:
    """The headings of the coded dataset, protected like any other cell."""
    return [*COLUMNS, *(protect(name) for name in attribute_columns(dataset.attributes).values())]


def table(dataset: Dataset) -> Iterator[list[Value]]:
    """The rows under `header`: whole numbers, texts (not yet protected) and None for an empty cell."""
    for row in dataset.rows:
        yield [*_fixed(row), *(row.attributes.get(name) for name in dataset.attributes)]


def _fixed(row: DatasetRow) -> list[Value]:
    stances = [stance or NO_STANCE for stance in row.stances]
    return [
        row.segment_id,
        row.source,
        row.locator,
        row.channel,
        row.case,
        row.language,
        row.original,
        row.english,
        row.translation_by,
        row.cluster,
        row.cluster_words,
        join_values(row.codes),
        join_values(stances) if any(row.stances) else "",
        join_values(f"{path} ({confidence:.2f})" for path, confidence in row.suggested),
        row.contested,
        row.duplicate_of,
        row.memo,
    ]


def write_csv(dataset: Dataset, path: Path) -> None:
    """Write the coded dataset as CSV: UTF-8 with BOM, CRLF between rows as in RFC 4180.

    Line breaks within a text stay as they are.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(header(dataset))
        for row in table(dataset):
            writer.writerow([protect(value) if isinstance(value, str) else value for value in row])
