"""The report as a Word document: styles, real tables, bars of shaded cells, text in its own direction."""

from collections.abc import Iterator
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ogp_sensemaker.domain.dataset import Dataset
from ogp_sensemaker.formats import docx_parts as parts
from ogp_sensemaker.formats import zipped
from ogp_sensemaker.formats.charts import Interval, Picture
from ogp_sensemaker.formats.docx_parts import TWIPS, Element
from ogp_sensemaker.formats.languages import language_name
from ogp_sensemaker.formats.report import build, contents, title_of
from ogp_sensemaker.formats.report_blocks import (
    Block,
    Bullets,
    Cell,
    Figure,
    Heading,
    KeyFigures,
    Paragraph,
    Quote,
    Quotes,
    Report,
    Section,
    Side,
    Sides,
    Span,
    Table,
)
from ogp_sensemaker.formats.report_words import STANCES, signed

if TYPE_CHECKING:
    from docx.document import Document

_SMALL, _TABLE = 16, 18  # half points
_TOGETHER = 1_000  # characters of a table that is kept on one page
_TALL = 2_000  # characters of a row that may be divided between pages
_ROLES = {"lead": "Lead", "note": "Note", "why": "Why"}


def write_docx(dataset: Dataset, path: Path) -> None:
    """Write the report; the same Dataset gives the same bytes."""
    report = build(dataset)
    document = _document(report)
    _Writer(document).write(report)
    packed = BytesIO()
    document.save(packed)
    zipped.rewrite_office(packed, path, dataset.made)


def _document(report: Report) -> "Document":
    """An empty document with page, styles and properties."""
    import docx
    from docx.shared import Cm

    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    _styles(document)
    properties = document.core_properties
    made = zipped.moment(report.made)
    properties.title, properties.subject = title_of(report), report.subtitle
    properties.author = properties.last_modified_by = "ogp-sensemaker"
    properties.created = properties.modified = made
    properties.revision, properties.comments, properties.language = 1, "", "en"
    foot = page.footer.paragraphs[0]._p
    foot.extend([parts.text_run(f"{report.title} · "), *parts.field("PAGE", parts.text_run("1"))])
    return document


def _styles(document: "Document") -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    def look(name: str, size: float, colour: str = "", before: float = 0, after: float = 4, bold: bool = False) -> Any:
        if name not in document.styles:
            document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold, style.font.italic = "Calibri", Pt(size), bold, False
        style.font.cs_italic = style.font.cs_bold = None if bold else False
        if colour:
            style.font.color.rgb = RGBColor.from_string(colour)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        for spaced in style.element.get_or_add_rPr().findall(parts.qualified("spacing")):
            style.element.rPr.remove(spaced)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for old in [name for name in fonts.attrib if name.endswith("Theme")]:
            del fonts.attrib[old]
        fonts.set(fonts.tag.replace("rFonts", "cs"), "Arial")
        return style

    look("Normal", 10.5, after=5)
    look("Title", 26, parts.HEAD, after=2, bold=True)
    look("Subtitle", 11, parts.QUIET, after=14)
    look("Heading 1", 18, parts.HEAD, before=22, after=8, bold=True)
    look("Heading 2", 14, parts.HEAD, before=18, after=6, bold=True)
    look("Heading 3", 11.5, parts.INK, before=12, after=4, bold=True)
    look("List Bullet", 10.5, after=2)
    look("Lead", 12, after=6)
    look("Note", 9.5, parts.QUIET)
    look("Why", 10.5, before=4, after=6)
    look("Caption", 9.5, parts.QUIET, before=8, after=3)
    look("Quote", 10.5, parts.INK, before=3, after=0)
    look("Quote Source", 8.5, parts.QUIET, after=7)
    look("Contents", 10, after=1)


class _Writer:
    """Puts the blocks of a report into a document, and numbers its bookmarks."""

    def __init__(self, document: "Document") -> None:
        self._body = document.element.body
        self._bookmarks = 0

    def write(self, report: Report) -> None:
        self._add(parts.paragraph((Span(report.title),), "Title"))
        self._add(parts.paragraph((Span(report.subtitle),), "Subtitle"))
        self._contents(contents(report))
        for section in report.sections:
            heading = parts.paragraph((Span(section.heading),), f"Heading{section.level}")
            self._mark(heading, section.anchor)
            self._add(heading)
            for block, following in zip_longest(section.blocks, section.blocks[1:]):
                self._add(*self._draw(block, isinstance(following, Table | Sides | Quotes)))

    def _add(self, *elements: Element) -> None:
        for made in elements:
            self._body.insert(len(self._body) - 1, made)  # the last child holds the page's properties

    def _mark(self, target: Element, anchor: str) -> None:
        if anchor:
            self._bookmarks += 1
            parts.bookmark(target, anchor, self._bookmarks)

    def _contents(self, sections: list[Section]) -> None:
        """A table of contents that Word can bring up to date, filled in for everybody else."""
        self._add(parts.paragraph((Span("Contents", strong=True),), "Lead"))
        lines = []
        for section in sections:
            indent = parts.element("ind", left=360 * (section.level - 1))
            lines.append(parts.paragraph((Span(section.heading, section.anchor),), "Contents", looks=(indent,)))
        begin, code, separate, end = parts.field('TOC \\o "1-2" \\h \\z \\u')
        for i, made in enumerate((begin, code, separate)):
            lines[0].insert(1 + i, made)
        lines[-1].append(end)
        self._add(*lines)

    def _draw(self, block: Block, keep: bool) -> Iterator[Element]:
        match block:
            case Paragraph():
                yield parts.paragraph(block.line, _ROLES.get(block.role, ""), keep=keep, looks=_box(block.role))
            case Heading():
                heading = parts.paragraph((Span(block.text),), "Heading3", keep=True)
                self._mark(heading, block.anchor)
                yield heading
            case Bullets():
                yield from (parts.paragraph(item, "ListBullet") for item in block.items)
            case KeyFigures():
                yield from self._key_figures(block)
            case Table():
                yield from (self._table(block), _gap())
            case Figure():
                yield from self._figure(block)
            case Quotes():
                for quote in block.items:
                    yield from _quote(quote)
            case Sides():
                yield from (self._sides(block), _gap())

    def _key_figures(self, block: KeyFigures) -> Iterator[Element]:
        width = TWIPS // max(len(block.items), 1)
        cells = [
            parts.cell(
                width,
                parts.paragraph((number,), size=36),
                parts.paragraph((Span(said, muted=True),), size=_TABLE),
                fill=parts.SOFT,
            )
            for number, said in block.items
        ]
        yield parts.table([width] * len(cells), [parts.row(cells)], "Key figures", rules=False)
        yield _gap()

    def _table(self, block: Table) -> Element:
        size = _SMALL if block.small else _TABLE
        widths = [round(TWIPS * share) for share in block.widths]
        heads = list(block.head)
        if block.pictures:
            widths.append(TWIPS - sum(widths))
            heads.append(block.picture_head)
        rows = [
            parts.row(
                (_head(w, said, i in block.numeric) for i, (w, said) in enumerate(zip(widths, heads, strict=True))),
                heading=True,
            )
        ]
        together = sum(map(_characters, block.rows)) <= _TOGETHER
        for i, line in enumerate(block.rows):
            keep = together and i < len(block.rows) - 1
            cells = [self._cell(widths[j], found, size, j in block.numeric, keep) for j, found in enumerate(line)]
            if block.pictures:
                cells.append(_picture(block.pictures[i], widths[-1]))
            if block.anchors:
                self._mark(cells[0].findall(cells[0].tag.replace("}tc", "}p"))[0], block.anchors[i])
            rows.append(parts.row(cells, whole=_characters(line) <= _TALL))
        return parts.table(widths, rows, block.caption)

    def _cell(self, width: int, found: Cell, size: int, numeric: bool, keep: bool) -> Element:
        made = []
        for spans in found.lines:
            looks = [parts.element("spacing", after=20)] + ([parts.element("jc", val="right")] if numeric else [])
            if spans:
                made.append(parts.paragraph(spans, size=size, keep=keep, looks=looks))
        return parts.cell(width, *made)

    def _figure(self, block: Figure) -> Iterator[Element]:
        yield parts.paragraph((Span(block.title, strong=True), Span(f" {block.description}")), "Caption", keep=True)
        widths = [round(TWIPS * 0.34), round(TWIPS * 0.42), TWIPS - round(TWIPS * 0.34) - round(TWIPS * 0.42)]
        rows = [
            parts.row(
                (
                    parts.cell(widths[0], _plain(picture.label, keep=i < len(block.rows) - 1)),
                    _picture(picture, widths[1], said=False),
                    parts.cell(widths[2], _plain(picture.text)),
                )
            )
            for i, picture in enumerate(block.rows)
        ]
        yield parts.table(widths, rows, block.title, rules=False)
        yield _gap()

    def _sides(self, block: Sides) -> Element:
        half = TWIPS // 2
        cells = [
            parts.cell(half, *_side(side), border=parts.STANCE_COLOURS[side.stance])
            for side in (block.left, block.right)
        ]
        return parts.table([half, half], [parts.row(cells, whole=False)], "Both sides", rules=False)


def _characters(row: tuple[Cell, ...]) -> int:
    return sum(len(span.text) for found in row for spans in found.lines for span in spans)


def _plain(said: str, keep: bool = False) -> Element:
    return parts.paragraph((Span(said),), size=_TABLE, keep=keep, looks=(parts.element("spacing", after=0),))


def _head(width: int, said: str, numeric: bool) -> Element:
    look = parts.element("color", val="FFFFFF"), parts.element("sz", val=_TABLE), parts.element("szCs", val=_TABLE)
    made = parts.paragraph(
        (),
        keep=True,
        looks=(parts.element("spacing", after=20), parts.element("jc", val="right" if numeric else "left")),
    )
    made.append(parts.text_run(said, parts.element("b"), parts.element("bCs"), *look))
    return parts.cell(width, made, fill=parts.HEAD)


def _picture(picture: Picture | None, width: int, said: bool = True) -> Element:
    if picture is None:
        return parts.cell(width)
    content = parts.drawing(picture, width - 180)
    if said and isinstance(picture, Interval) and picture.low is not None and picture.high is not None:
        between = Span(f"{signed(picture.low)} to {signed(picture.high)}", muted=True)
        content.append(parts.paragraph((between,), size=_SMALL))
    return parts.cell(width, *content)


def _box(role: str) -> tuple[Element, ...]:
    if role != "why":
        return ()
    edges = (
        parts.element(side, val="single", sz=4, space=4, color=parts.RULE)
        for side in ("top", "left", "bottom", "right")
    )
    return (
        parts.element("pBdr", *edges),
        parts.element("shd", val="clear", color="auto", fill="F6F8FA"),
        parts.element("ind", left=113, right=113),
    )


def _quote(quote: Quote) -> Iterator[Element]:
    said = quote.quotation

    def looks() -> tuple[Element, ...]:
        colour = parts.STANCE_COLOURS.get(said.stance, parts.RULE)
        border = parts.element("pBdr", parts.element("left", val="single", sz=18, space=8, color=colour))
        return (border, parts.element("ind", left=227, right=227))

    language = said.language if said.language != "en" else ""
    yield parts.paragraph((Span(quote.text, lang=language),), "Quote", keep=True, looks=looks())
    if quote.english:
        english = (Span("English: ", muted=True), Span(quote.english))
        yield parts.paragraph(english, "Quote", keep=True, looks=looks())
    yield parts.paragraph(tuple(_source(quote)), "QuoteSource", looks=looks())


def _source(quote: Quote) -> Iterator[Span]:
    said = quote.quotation
    yield Span(f"#{said.segment_id}", f"s{said.segment_id}")
    facts = [
        STANCES.get(said.stance, said.stance),
        "Concern" if said.concern else "",
        said.who or "not known who",
        said.channel,
    ]
    if said.language and said.language != "en":
        how = (
            f", translated by {said.translation_by}"
            if said.translation_by
            else ""
            if quote.english
            else ", not translated"
        )
        facts.append(language_name(said.language) + how)
    facts.append(quote.note)
    yield Span(" · " + " · ".join(fact for fact in facts if fact))


def _side(side: Side) -> Iterator[Element]:
    yield parts.paragraph((Span(side.title, strong=True),), keep=True)
    if not side.groups:
        yield parts.paragraph((Span("Nothing to quote.", muted=True),))
    for group, quotes in side.groups:
        if group:
            yield parts.paragraph((Span(group, strong=True),), size=_TABLE, keep=True)
        for quote in quotes:
            yield from _quote(quote)


def _gap() -> Element:
    return parts.paragraph((), looks=(parts.element("spacing", before=0, after=80),))
