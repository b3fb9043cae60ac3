"""The pieces that event notes are read into, whatever the file they come from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment that a reader of a document put beside its text."""

    author: str
    text: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, bullet, paragraph, quotation line or table cell, in reading order.

    `form` is heading, name (a bold line that may name who speaks in the bullets below it), bullet, text,
    quote or cell. `level` counts headings from 1, the highest, and bullets from 0, the outermost.
    """

    form: str
    text: str
    locator: str
    level: int = 0
    labels: tuple[str, ...] = ()  # of a cell: its row's and its column's
    remarks: tuple[Remark, ...] = ()


def cells_to_blocks(table: int, rows: list[list[str]]) -> list[Block]:
    """The cells of a table as blocks; its heading row and a first column of mere labels become labels.

    Locators are `t1r2c3`: table, row, cell, each from 1, the heading row being row 1. Empty cells count.
    """
    filled = [row for row in rows if any(row)]
    if not filled:
        return []
    headed = len(filled) > 1 and len(rows[0]) > 1 and _is_heading(rows)
    heads = rows[0] if headed else []
    body = rows[1:] if headed else rows
    labelled = headed and _is_label_column([row[0] for row in body if row], body)
    blocks = []
    for number, row in enumerate(rows, start=1):
        if headed and number == 1:
            continue
        for place, text in enumerate(row):
            if not text or (labelled and place == 0):
                continue
            labels = []
            if labelled and row[0]:
                labels.append(f"{heads[0]} {row[0]}" if heads[0] and len(row[0]) <= 3 else row[0])
            if place < len(heads) and heads[place]:
                labels.append(heads[place])
            blocks.append(Block("cell", text, f"t{table}r{number}c{place + 1}", labels=tuple(labels)))
    return blocks


def _words(text: str) -> int:
    return len(text.split())


def _is_heading(rows: list[list[str]]) -> bool:
    first = [cell for cell in rows[0] if cell]
    rest = [cell for row in rows[1:] for cell in row if cell]
    if len(first) < 2 or not rest or any(_words(cell) > 8 or cell.endswith((".", "!")) for cell in first):
        return False
    return sum(map(_words, first)) / len(first) <= sum(map(_words, rest)) / len(rest) + 1


def _is_label_column(labels: list[str], body: list[list[str]]) -> bool:
    others = [cell for row in body for cell in row[1:] if cell]
    if not others or any(_words(label) > 6 or label.endswith((".", "!")) for label in labels):
        return False
    filled = [label for label in labels if label]
    return bool(filled) and sum(map(_words, filled)) / len(filled) < sum(map(_words, others)) / len(others)
