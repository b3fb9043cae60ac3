"""Cuts OpenDocument texts into blocks: headings, lists, paragraphs, tables and comments."""

import re
import zipfile
from io import BytesIO
from typing import Any

from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats.blocks import Block, Remark, cells_to_blocks
from ogp_sensemaker.formats.packages import check_xml_parts, open_package
from ogp_sensemaker.formats.speakers import names_speaker

_DASH = re.compile(r"[-–—*•●◦▪·]\s+(?=\S)")
_UNSEEN = {"annotation", "annotation-end", "tracked-changes", "note", "bookmark", "sequence-decls", "frame"}


def read_odt(data: bytes, name: str) -> list[Block]:
    """The blocks of an .odt file; raises ImportProblem where it is none or could do harm.

    Locators are `p12`, headings, list items and empty paragraphs counted but not those in tables, and `t1r2c3`.
    """
    from odf import opendocument

    with open_package(data, name, ".odt") as package:
        if "content.xml" not in package.namelist():
            raise ImportProblem("is not an .odt file; save it again as one", name)
        check_xml_parts(package, name)
    try:
        document = opendocument.load(BytesIO(data))
    except (KeyError, ValueError, AttributeError, TypeError, zipfile.BadZipFile) as error:
        raise ImportProblem("is a damaged .odt file; open and save it again", name) from error
    reader = _Reader()
    reader.visit(document.text)
    return reader.blocks


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._paragraphs = 0
        self._tables = 0

    def visit(self, parent: Any, depth: int = -1) -> None:
        for node in parent.childNodes:
            kind = _kind(node)
            if kind in {"h", "p"}:
                self._paragraphs += 1
                self._paragraph(node, depth)
            elif kind == "list":
                self.visit(node, depth + 1)
            elif kind == "table":
                self._tables += 1
                self.blocks.extend(cells_to_blocks(self._tables, _rows(node)))
            elif kind not in _UNSEEN and kind != "#text":
                self.visit(node, depth)

    def _paragraph(self, node: Any, depth: int) -> None:
        text = _words(node).strip()
        if not text:
            return
        locator = f"p{self._paragraphs}"
        remarks = tuple(_remarks(node))
        style = (node.getAttribute("stylename") or "").replace("_20_", " ")
        if _kind(node) == "h":
            level = int(node.getAttribute("outlinelevel") or 1)
            self.blocks.append(Block("heading", text, locator, level, remarks=remarks))
        elif style == "Title":
            self.blocks.append(Block("heading", text, locator, 1, remarks=remarks))
        elif depth >= 0:
            self.blocks.append(Block("bullet", _DASH.sub("", text, count=1), locator, depth, remarks=remarks))
        elif _DASH.match(text):
            self.blocks.append(Block("bullet", _DASH.sub("", text, count=1), locator, 0, remarks=remarks))
        elif names_speaker(text):
            self.blocks.append(Block("name", text, locator, 9, remarks=remarks))
        else:
            self.blocks.append(Block("text", text, locator, remarks=remarks))


def _kind(node: Any) -> str:
    """The local name of an element, or #text."""
    name = getattr(node, "qname", None)
    return str(name[1]) if name else "#text"


def _words(node: Any) -> str:
    parts = []
    for child in node.childNodes:
        kind = _kind(child)
        if kind == "#text":
            parts.append(str(child))
        elif kind == "s":
            parts.append(" " * int(child.getAttribute("c") or 1))
        elif kind == "tab":
            parts.append("\t")
        elif kind == "line-break":
            parts.append("\n")
        elif kind not in _UNSEEN:
            parts.append(_words(child))
    return "".join(parts)


def _rows(table: Any) -> list[list[str]]:
    rows = []
    for row in _below(table, "table-row"):
        cells = []
        for cell in row.childNodes:
            if _kind(cell) == "table-cell":
                cells.append("\n".join(words for p in _below(cell, "p") if (words := _words(p).strip())))
            elif _kind(cell) == "covered-table-cell":
                cells.append("")
        rows.append(cells)
    return rows


def _below(node: Any, kind: str) -> list[Any]:
    found = []
    for child in node.childNodes:
        if _kind(child) == kind:
            found.append(child)
        elif _kind(child) != "#text":
            found.extend(_below(child, kind))
    return found


def _remarks(node: Any) -> list[Remark]:
    found = []
    for annotation in _below(node, "annotation"):
        author = "".join(_words(creator) for creator in _below(annotation, "creator")).strip()
        date = "".join(_words(when) for when in _below(annotation, "date")).strip()[:19]
        text = "\n".join(words for p in _below(annotation, "p") if (words := _words(p).strip()))
        if text:
            found.append(Remark(author, text, date))
    return found
