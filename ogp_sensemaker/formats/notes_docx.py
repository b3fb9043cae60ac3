"""Cuts Word documents into blocks: headings, lists, paragraphs, tables, and comments in the margin."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats.blocks import Block, Remark, cells_to_blocks
from ogp_sensemaker.formats.packages import check_xml_parts, open_package
from ogp_sensemaker.formats.speakers import names_speaker

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DASH = re.compile(r"(\s*)[-–—*•●◦▪·]\s+(?=\S)")
_HEADING_STYLE = re.compile(r"(?:heading|titre|überschrift|título|başlık|заголовок|başlıq)\s*(\d)", re.I)


def read_docx(data: bytes, name: str) -> list[Block]:
    """The blocks of a .docx file; raises ImportProblem where it is none or could do harm.

    Locators are `p12`, the paragraph of the body with headings and empty ones counted, and `t1r2c3`.
    """
    import docx
    from docx.opc.exceptions import OpcError

    with open_package(data, name, ".docx") as package:
        if "word/document.xml" not in package.namelist():
            raise ImportProblem("is not a .docx file; save it again as one", name)
        check_xml_parts(package, name)
    try:
        document = docx.Document(BytesIO(data))
        body = document.element.body
    except (OpcError, KeyError, ValueError, AttributeError) as error:
        raise ImportProblem("is a damaged .docx file; open and save it again", name) from error
    remarks = _remarks(document)
    styles = _styles(document)
    blocks: list[Block] = []
    paragraphs = tables = 0
    for element in _content(body):
        if element.tag == f"{_W}p":
            direct = element.getparent() is body
            paragraphs += direct
            # A paragraph inside a content control is none of the body's own: it is counted from the one before.
            locator = f"p{paragraphs}" if direct else f"p{paragraphs} field"
            blocks.extend(_paragraph(element, locator, styles, remarks))
        else:
            tables += 1
            blocks.extend(_table(element, tables, remarks))
    return blocks


def _content(body: Any) -> Iterator[Any]:
    for element in body.iterchildren():
        if element.tag in {f"{_W}p", f"{_W}tbl"}:
            yield element
        elif element.tag == f"{_W}sdt":
            for content in element.iter(f"{_W}sdtContent"):
                yield from _content(content)
                break


def _styles(document: Any) -> dict[str, tuple[str, int, int]]:
    """Style id -> name, heading level (0: none), list depth (-1: no list), its base styles included."""
    found: dict[str, tuple[str, int, int]] = {}
    for style in document.styles:
        if getattr(style.type, "name", "") != "PARAGRAPH":
            continue
        level, depth, base = 0, -1, style
        seen: set[str] = set()
        while base is not None and base.style_id not in seen:
            seen.add(base.style_id)
            level = level or _heading_level(base)
            depth = max(depth, _list_depth(base.element.pPr), _depth_by_name(base.name or ""))
            base = base.base_style
        found[style.style_id] = (style.name or "", level, -1 if level else depth)
    return found


def _heading_level(style: Any) -> int:
    name = (style.name or "").strip()
    match = _HEADING_STYLE.match(name) or re.fullmatch(r"Heading(\d)", style.style_id or "")
    if match:
        return max(1, int(match[1]))
    if name.casefold() == "title":
        return 1
    outline = style.element.find(f"{_W}pPr/{_W}outlineLvl")
    value = int(outline.get(f"{_W}val", "9")) if outline is not None else 9
    return value + 1 if value < 6 else 0


def _depth_by_name(name: str) -> int:
    match = re.match(r"list (?:bullet|number|continue)(?: (\d))?$", name, re.I)
    return int(match[1] or 1) - 1 if match else -1


def _list_depth(properties: Any) -> int:
    numbering = properties.find(f"{_W}numPr") if properties is not None else None
    if numbering is None:
        return -1
    number, level = numbering.find(f"{_W}numId"), numbering.find(f"{_W}ilvl")
    if number is not None and number.get(f"{_W}val") == "0":
        return -1
    return int(level.get(f"{_W}val", "0")) if level is not None else 0


def _words(element: Any) -> str:
    """The text of a paragraph with inserted words and without deleted ones, field codes and text boxes."""
    parts: list[str] = []
    skipped = (f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent", f"{_W}instrText", f"{_W}delText")

    def visit(node: Any) -> None:
        for child in node.iterchildren():
            if child.tag in skipped or not isinstance(child.tag, str) or child.tag.endswith("}Fallback"):
                continue
            if child.tag == f"{_W}t":
                parts.append(child.text or "")
            elif child.tag in {f"{_W}br", f"{_W}cr"}:
                parts.append("\n")
            elif child.tag == f"{_W}tab":
                parts.append("\t")
            elif child.tag == f"{_W}noBreakHyphen":
                parts.append("-")
            elif child.tag != f"{_W}pPr":
                visit(child)

    visit(element)
    return "".join(parts).strip()


def _is_bold(element: Any) -> bool:
    """Whether all words of a paragraph are bold."""
    runs = [run for run in element.iter(f"{_W}r") if "".join(t.text or "" for t in run.iter(f"{_W}t")).strip()]
    if not runs:
        return False
    for run in runs:
        bold = run.find(f"{_W}rPr/{_W}b")
        if bold is None or bold.get(f"{_W}val") in {"0", "false", "off"}:
            return False
    return True


def _paragraph(
    element: Any, locator: str, styles: dict[str, tuple[str, int, int]], remarks: dict[str, Remark]
) -> list[Block]:
    text = _words(element)
    if not text:
        return []
    own = element.find(f"{_W}pPr/{_W}pStyle")
    name, level, depth = styles.get(own.get(f"{_W}val") if own is not None else "", ("", 0, -1))
    depth = max(depth, _list_depth(element.pPr))
    said = tuple(remarks[id_] for id_ in _remark_ids(element) if id_ in remarks)
    if level:
        return [Block("heading", text, locator, level, remarks=said)]
    if name.casefold() == "subtitle":
        return [Block("text", text, locator, remarks=said)]
    dash = _DASH.match(text)
    if dash:
        depth = max(depth, len(dash[1]) // 2)
        text = text[dash.end() :]
    elif depth < 0 and len(text.split()) <= 14 and "\n" not in text and _is_bold(element):
        bold_name = names_speaker(text)
        if bold_name or not text.endswith((".", "!", "…", ";")):
            return [Block("name" if bold_name else "heading", text, locator, 5, remarks=said)]
    if depth >= 0:
        return [Block("bullet", text, locator, depth, remarks=said)]
    return [Block("text", text, locator, remarks=said)]


def _table(element: Any, number: int, remarks: dict[str, Remark]) -> list[Block]:
    rows = []
    said: dict[str, tuple[Remark, ...]] = {}
    for row_number, row in enumerate(element.iterchildren(f"{_W}tr"), start=1):
        cells = []
        for place, cell in enumerate(row.iterchildren(f"{_W}tc"), start=1):
            words = [_words(paragraph) for paragraph in cell.iter(f"{_W}p")]
            merged = cell.find(f"{_W}tcPr/{_W}vMerge")
            continued = merged is not None and merged.get(f"{_W}val") != "restart"
            cells.append("" if continued else "\n".join(word for word in words if word))
            ids = [id_ for paragraph in cell.iter(f"{_W}p") for id_ in _remark_ids(paragraph)]
            said[f"t{number}r{row_number}c{place}"] = tuple(remarks[id_] for id_ in ids if id_ in remarks)
        rows.append(cells)
    return [
        Block(b.form, b.text, b.locator, b.level, b.labels, said.get(b.locator, ()))
        for b in cells_to_blocks(number, rows)
    ]


def _remark_ids(element: Any) -> list[str]:
    return [reference.get(f"{_W}id", "") for reference in element.iter(f"{_W}commentReference")]


def _remarks(document: Any) -> dict[str, Remark]:
    """The comments in the margin, by their id."""
    found = {}
    for comment in getattr(document, "comments", ()):
        text = "\n".join(words for paragraph in comment.paragraphs if (words := _words(paragraph._p)))
        if text:
            written = comment.timestamp
            date = written.strftime("%Y-%m-%dT%H:%M:%SZ") if written is not None else ""
            found[str(comment.comment_id)] = Remark(comment.author or "", text, date)
    return found
