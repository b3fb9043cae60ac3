"""The parts that a report is made of; each file format draws them in its own way."""

from dataclasses import dataclass

from ogp_sensemaker.domain.findings import Quotation
from ogp_sensemaker.formats.charts import Picture


@dataclass(frozen=True, slots=True)
class Span:
    """Some words of a line; `target` is the anchor of another place in the report."""

    text: str
    target: str = ""
    strong: bool = False
    muted: bool = False
    lang: str = ""  # ISO 639 code where the words are not English


Line = tuple[Span, ...]


def line(*parts: str | Span) -> Line:
    """A line from plain texts and spans; empty texts are left out."""
    spans = (Span(part) if isinstance(part, str) else part for part in parts)
    return tuple(span for span in spans if span.text)


def link(text: str, target: str) -> Span:
    """Words that lead to another place in the report, or plain ones where `target` is empty."""
    return Span(text, target)


def strong(text: str) -> Span:
    """Words that stand out."""
    return Span(text, strong=True)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `role`: lead, note, warning, why, or "" for plain text."""

    line: Line
    role: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without numbers."""

    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """A few numbers to see at once, each with what it counts."""

    items: tuple[tuple[Span, str], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a section that is not in the table of contents."""

    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: lines above each other."""

    lines: tuple[Line, ...]


def cell(*parts: str | Span) -> Cell:
    """A cell with one line."""
    return Cell((line(*parts),))


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a heading row. `pictures`, one a row, make a last column under `picture_head`."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]  # of the columns, in shares of the width; a picture takes what is left of 1
    numeric: tuple[int, ...] = ()  # columns that hold numbers
    pictures: tuple[Picture | None, ...] = ()
    picture_head: str = ""
    anchors: tuple[str, ...] = ()  # one a row, "" for none
    small: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart by itself, a row for each picture."""

    title: str
    description: str
    rows: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words as they are shown: a text too long to be quoted whole is cut."""

    quotation: Quotation
    text: str
    english: str = ""
    note: str = ""  # such as: repeated by 5 others


@dataclass(frozen=True, slots=True)
class Quotes:
    """Quotations below each other."""

    items: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a question: its title and its quotations, by group."""

    title: str
    stance: str
    groups: tuple[tuple[str, tuple[Quote, ...]], ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """Two sides of a question next to each other."""

    left: Side
    right: Side


Block = Paragraph | Bullets | KeyFigures | Heading | Table | Figure | Quotes | Sides


@dataclass(frozen=True, slots=True)
class Section:
    """A part with a heading; `level` counts from 1."""

    anchor: str
    level: int
    number: str
    title: str
    blocks: tuple[Block, ...] = ()

    @property
    def heading(self) -> str:
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report, in reading order."""

    title: str
    subtitle: str
    made: str  # ISO time
    sections: tuple[Section, ...]
