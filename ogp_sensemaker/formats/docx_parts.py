"""The pieces of a Word document that python-docx has no words for: cells, bars, links, directions, fields."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from ogp_sensemaker.formats.charts import AGAINST, FOR, NEUTRAL, Bar, Interval, Picture, Split
from ogp_sensemaker.formats.languages import is_right_to_left
from ogp_sensemaker.formats.report_blocks import Span
from ogp_sensemaker.formats.xml_text import without_control

TWIPS = 9_638  # width of the text: A4 less 2 cm on either side
INK, QUIET, RULE, SOFT, BAND, HEAD = "1C2530", "56606B", "C9CED6", "EEF1F4", "AEBBC9", "1F4E79"
STANCE_COLOURS = {"support": FOR, "oppose": AGAINST, "mixed": "8E5EA2", "neutral": NEUTRAL}
_LATIN = re.compile(
    r"([A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'’.&-]*(?: [A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'’.&-]*)*)"
)
_NOT_NAME = re.compile(r"\W")

Element = Any  # an lxml element; python-docx brings no types for it


def element(tag: str, *children: Element, **attributes: str | int) -> Element:
    """`w:tag` with `w:` attributes and children."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    for child in children:
        if child is not None:
            made.append(child)
    return made


def qualified(tag: str) -> str:
    """The full name of `w:tag`."""
    from docx.oxml.ns import qn

    return str(qn(f"w:{tag}"))


def text_run(text: str, *looks: Element) -> Element:
    """A run; line feeds become line breaks."""
    run = element("r", element("rPr", *looks)) if looks else element("r")
    for i, part in enumerate(without_control(text).split("\n")):
        if i:
            run.append(element("br"))
        run.append(words(part))
    return run


def words(text: str, tag: str = "t") -> Element:
    """A text element that keeps its spaces."""
    made = element(tag)
    made.text = text
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def runs(span: Span, size: int = 0) -> list[Element]:
    """The runs of a span, in the direction of its language; `size` in half points, 0 for the style's own."""

    def looks(right_to_left: bool) -> list[Element]:
        # The order of these elements is fixed by the format.
        found = []
        if span.strong:
            found += [element("b"), element("bCs")]
        if span.target:
            found.append(element("color", val="0B5394"))
        elif span.muted:
            found.append(element("color", val=QUIET))
        if size:
            found += [element("sz", val=size), element("szCs", val=size)]
        if right_to_left:
            found.append(element("rtl"))
        if span.lang and span.lang != "und":
            found.append(element("lang", bidi=span.lang) if right_to_left else element("lang", val=span.lang))
        return found

    if not is_right_to_left(span.lang, span.text):
        made = [text_run(span.text, *looks(False))]
    else:
        made = [text_run(part, *looks(not i % 2)) for i, part in enumerate(_LATIN.split(span.text)) if part]
    if span.target:
        return [element("hyperlink", *made, anchor=bookmark_name(span.target), history=1)]
    return made


def bookmark_name(anchor: str) -> str:
    """An anchor as Word allows it: letters, digits, underscores, at most 40."""
    return ("a_" + _NOT_NAME.sub("_", anchor))[:40]


def paragraph(
    spans: Iterable[Span], style: str = "", size: int = 0, keep: bool = False, looks: Sequence[Element] = ()
) -> Element:
    """A paragraph; its direction is that of its first span. `looks` stand after the style, in the format's order."""
    spans = tuple(spans)
    properties = element("pPr")
    if style:
        properties.append(element("pStyle", val=style))
    if keep:
        properties.append(element("keepNext"))
    for look in looks:
        properties.append(look)
    if spans and is_right_to_left(spans[0].lang, spans[0].text):
        properties.insert_element_before(element("bidi"), "w:adjustRightInd", "w:spacing", "w:ind", "w:jc", "w:rPr")
    made = element("p", properties)
    for span in spans:
        made.extend(runs(span, size))
    return made


def bookmark(target: Element, anchor: str, number: int) -> None:
    """Put a bookmark around what a paragraph holds."""
    start = element("bookmarkStart", id=number, name=bookmark_name(anchor))
    properties = target.find(qualified("pPr"))
    target.insert(0 if properties is None else 1, start)
    target.append(element("bookmarkEnd", id=number))


def cell(width: int, *content: Element, fill: str = "", border: str = "") -> Element:
    """A cell of a table; `border` is the colour of a thick line on top."""
    properties = element("tcPr", element("tcW", w=width, type="dxa"))
    if border:
        properties.append(element("tcBorders", element("top", val="single", sz=18, color=border)))
    if fill:
        properties.append(element("shd", val="clear", color="auto", fill=fill))
    return element("tc", properties, *(content or (element("p"),)))


def row(cells: Iterable[Element], heading: bool = False, whole: bool = True) -> Element:
    """A row; a heading row is repeated on each page, a `whole` one never divided between pages."""
    properties = element("trPr")
    if whole:
        properties.append(element("cantSplit"))
    if heading:
        properties.append(element("tblHeader"))
    return element("tr", properties, *cells)


def table(widths: Sequence[int], rows: Iterable[Element], caption: str = "", rules: bool = True) -> Element:
    """A table of fixed widths in twips, with thin lines between its rows."""
    lines = (element(side, val="single", sz=4, color=RULE) for side in ("bottom", "insideH"))
    borders = element("tblBorders", *lines) if rules else None
    margins = element(
        "tblCellMar",
        *(
            element(side, w=width, type="dxa")
            for side, width in (("top", 50), ("left", 80), ("bottom", 50), ("right", 80))
        ),
    )
    properties = element(
        "tblPr",
        element("tblW", w=sum(widths), type="dxa"),
        borders,
        element("tblLayout", type="fixed"),
        margins,
        element("tblLook", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
        element("tblCaption", val=without_control(caption)) if caption else None,
    )
    grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
    return element("tbl", properties, grid, *rows)


def drawing(picture: Picture, width: int) -> list[Element]:
    """A picture as a strip of shaded cells, with a tiny paragraph after it, as a cell must end in one."""
    pieces = [(piece, fill) for piece, fill in strip(picture, width) if piece > 0]
    properties = element(
        "tblPr",
        element("tblW", w=width, type="dxa"),
        element("tblLayout", type="fixed"),
        element("tblCellMar", element("left", w=0, type="dxa"), element("right", w=0, type="dxa")),
        element("tblCaption", val=without_control(f"{picture.label}: {picture.text}")),
    )
    cells = [cell(piece, _tiny(), fill=fill) for piece, fill in pieces]
    height = element("trPr", element("trHeight", val=170, hRule="exact"))
    grid = element("tblGrid", *(element("gridCol", w=piece) for piece, _ in pieces))
    return [element("tbl", properties, grid, element("tr", height, *cells)), _tiny()]


def _tiny() -> Element:
    spacing = element("spacing", before=0, after=0, line=40, lineRule="exact")
    return element("p", element("pPr", spacing, element("rPr", element("sz", val=2))))


def strip(picture: Picture, width: int) -> list[tuple[int, str]]:
    """Widths in twips, adding up to `width`, each with its colour."""
    if isinstance(picture, Bar):
        filled = round(width * min(max(picture.value, 0.0), 1.0))
        return [(filled, FOR), (width - filled, SOFT)]
    if isinstance(picture, Split):
        return _split_strip(picture, width)
    return _interval_strip(picture, width)


def _split_strip(picture: Split, width: int) -> list[tuple[int, str]]:
    colours = {"for": FOR, "neutral": NEUTRAL, "against": AGAINST}
    total = sum(count for _, count in picture.parts)
    if not total:
        return [(width, SOFT)]
    ends = [0]
    for _, count in picture.parts:
        ends.append(ends[-1] + count)
    places = [round(width * end / total) for end in ends]
    return [(b - a, colours[kind]) for (a, b), (kind, _) in zip(pairwise(places), picture.parts, strict=True)]


def _interval_strip(picture: Interval, width: int) -> list[tuple[int, str]]:
    """The axis from -1 to 1 with a mark at 0, the interval as a band, the mean as a dark mark."""

    def place(value: float) -> int:
        return round(width * (min(max(value, -1.0), 1.0) + 1) / 2)

    marks = [(place(0) - 6, place(0) + 6, NEUTRAL)]
    if picture.low is not None and picture.high is not None:
        marks.append((place(picture.low), place(picture.high), BAND))
    if picture.mean is not None:
        middle = min(max(place(picture.mean), 35), width - 35)
        marks.append((middle - 35, middle + 35, INK))
    edges = sorted({0, width, *(edge for start, end, _ in marks for edge in (start, end))})
    pieces = []
    for start, end in pairwise(edges):
        over = [colour for left, right, colour in marks if left <= start and end <= right]
        pieces.append((end - start, over[-1] if over else SOFT))
    return pieces


def field(code: str, *shown: Element) -> list[Element]:
    """Runs of a field that Word computes; `shown` is what stands there until it does."""
    return [
        element("r", element("fldChar", fldCharType="begin")),
        element("r", words(f" {code} ", "instrText")),
        element("r", element("fldChar", fldCharType="separate")),
        *shown,
        element("r", element("fldChar", fldCharType="end")),
    ]
