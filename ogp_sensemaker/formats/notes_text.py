"""Cuts plain text and Markdown notes into blocks, keeping the numbers of their lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ogp_sensemaker.formats.blocks import Block, cells_to_blocks
from ogp_sensemaker.formats.event import tells_about_event
from ogp_sensemaker.formats.speakers import looks_like_turn, names_speaker

_HASHES = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_FRAMED = re.compile(r"\s*([-=~])\1+\s*(\S.*?\S)\s*\1{2,}\s*$")
_RULE = re.compile(r"\s*([-=*_~])(?:\s*\1){2,}\s*$")
_BULLET = re.compile(r"(\s*)([-*+•●◦▪‣·–—o]|\(?(?:\d{1,2}|[a-z])[.)])(?:\s+|(?<=[•●◦▪‣·])\s*)(\S.*)$")
_NUMBER = re.compile(r"\(?\d{1,2}[.)]$|^[A-Z][.)]$")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2})*[.)]?|[A-Z][.)]|[IVX]{1,5}[.)])\s+(\S.*)$")
_QUOTE = re.compile(r"\s{0,3}>\s?(.*)$")
_SESSION = re.compile(
    r"(agenda item|item|session|part|section|block|breakout|day|topic|theme|round|question|q|panel|workshop|point|"
    r"séance|partie|thème|atelier|sesión|parte|tema|mesa|sitzung|teil|oturum|bölüm|sessiya|hissə|сессия|часть|тема|"
    r"جلسة|محور|الجلسة)\s*(\d{1,2}|[A-Z]|[IVX]{1,4})?\s*([-–—:.)]|$)",
    re.I,
)
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1:?$")
_ENDS_SENTENCE = re.compile(r"[.!?…؟。:;][\"'”»)\]*_]*$")
_WRAPS_FROM = 55  # characters: a shorter line ends where its writer ended it
_TABLE = re.compile(r"\s*\|.*\|\s*$")
_TABLE_RULE = re.compile(r"\s*\|(\s*:?-{2,}:?\s*\|)+\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with where it stands: `L12`, or `page 2 L12` of a PDF."""

    text: str
    place: str
    number: int


@dataclass(slots=True)
class _Open:
    """The block that further lines may still continue."""

    form: str
    lines: list[str]
    first: Line
    last: Line
    level: int = 0
    indent: int = 0


def numbered(lines: Sequence[str]) -> list[Line]:
    """Lines of a text file, counted from 1."""
    return [Line(line.expandtabs(4).rstrip(), "L", number) for number, line in enumerate(lines, start=1)]


def read_lines(lines: Sequence[Line], markdown: bool = False, wrapped: bool = False) -> list[Block]:
    """The blocks of notes. `wrapped` says that lines were broken by width, as in a PDF."""
    return _Reader(lines, markdown, wrapped or _is_wrapped(lines)).read()


def _is_wrapped(lines: Sequence[Line]) -> bool:
    """Whether an editor broke the lines of paragraphs by width: most long lines go on in small letters."""
    pairs = [
        (before.text, after.text.strip())
        for before, after in pairwise(lines)
        if len(before.text) >= _WRAPS_FROM and after.text.strip() and not _BULLET.match(after.text)
    ]
    going_on = sum(1 for before, after in pairs if after[0].islower() and not _ENDS_SENTENCE.search(before))
    return len(pairs) >= 4 and going_on > 0.5 * len(pairs) and max(len(line.text) for line in lines) <= 110


class _Reader:
    def __init__(self, lines: Sequence[Line], markdown: bool, wrapped: bool) -> None:
        self._lines, self._markdown, self._wrapped = lines, markdown, wrapped
        self._blocks: list[Block] = []
        self._open: _Open | None = None
        self._indents: list[int] = []  # of the bullets that enclose the next one
        self._tables = 0

    def read(self) -> list[Block]:
        place = 0
        while place < len(self._lines):
            place = self._step(place)
        self._close()
        return self._blocks

    def _step(self, place: int) -> int:
        """Reads the line at a place and says where the next one is."""
        line = self._lines[place]
        if not line.text.strip():
            self._close()
            return place + 1
        if _TABLE.match(line.text) and line.text.count("|") > 2:
            return self._table(place)
        heading = self._heading(place)
        if heading is not None:
            self._close()
            self._indents = []
            form, text, level, used = heading
            if text:
                self._blocks.append(Block(form, text, _locator(line, line), level))
            return place + used
        self._words(line)
        return place + 1

    def _words(self, line: Line) -> None:
        quote = _QUOTE.match(line.text)
        if quote:
            # Lines pasted from a chat are one message each.
            self._close()
            if quote[1].strip():
                self._blocks.append(Block("quote", quote[1].strip(), _locator(line, line)))
            return
        bullet = self._bullet(line)
        if bullet:
            indent, text = bullet
            self._close()
            while self._indents and self._indents[-1] >= indent:
                self._indents.pop()
            self._open = _Open("bullet", [text], line, line, len(self._indents), indent)
            self._indents.append(indent)
        elif self._open is not None and self._continues(self._open, line):
            self._open.lines.append(line.text.strip())
            self._open.last = line
        else:
            self._close()
            self._indents = []
            self._open = _Open("text", [line.text.strip()], line, line, 0, _indent(line.text))

    def _bullet(self, line: Line) -> tuple[int, str] | None:
        match = _BULLET.match(line.text)
        if not match or (match[2] == "o" and not self._indents):
            return None
        return len(match[1]), match[3].strip()

    def _continues(self, block: _Open, line: Line) -> bool:
        before, text = block.lines[-1], line.text.strip()
        if looks_like_turn(text):
            return False
        if block.form == "bullet":
            deeper = _indent(line.text) > block.indent
            going_on = len(before) >= _WRAPS_FROM or text[0].islower()
            return deeper or self._markdown or (self._wrapped and going_on and not _ENDS_SENTENCE.search(before))
        if not self._blocks or tells_about_event(text) or text[0] in "*_":
            return False  # the title stands alone, and so does each line about the event
        if self._wrapped or self._markdown:
            return len(before) >= _WRAPS_FROM
        return len(before) >= _WRAPS_FROM and text[0].islower() and not _ENDS_SENTENCE.search(before)

    def _close(self) -> None:
        block, self._open = self._open, None
        if block is not None:
            text = " ".join(block.lines)
            self._blocks.append(Block(block.form, text, _locator(block.first, block.last), block.level))

    def _heading(self, place: int) -> tuple[str, str, int, int] | None:
        """Form, text, level and number of lines of the heading at a place, if there is one; a rule has no text."""
        line = self._lines[place].text
        match = _HASHES.match(line)
        if match:
            return "heading", _plain(match[2]), len(match[1]), 1
        if _RULE.match(line):
            return "heading", "", 0, 1
        match = _FRAMED.match(line)
        if match and len(match[2].split()) <= 14:
            return "heading", _plain(match[2]), 2, 1
        below = self._lines[place + 1].text if place + 1 < len(self._lines) else ""
        if re.fullmatch(r"(=+|-+)", below) and len(below) >= 3 and self._starts(place) and not _BULLET.match(line):
            return "heading", _plain(line), 1 if below[0] == "=" else 2, 2
        match = _BOLD.fullmatch(line.strip())
        if match and match[1] not in match[2] and len(match[2].split()) <= 14:
            return ("name" if names_speaker(match[2]) else "heading"), match[2].strip(), 5, 1
        return self._plain_heading(place, line)

    def _plain_heading(self, place: int, line: str) -> tuple[str, str, int, int] | None:
        """A heading of plain text: capitals, a number, “Session 2: …”, or a short line above bullets."""
        text = line.strip()
        match = _NUMBERED.match(text)
        if _indent(line) > 1 or len(text.split()) > 16 or not (self._starts(place) or self._may_start(text, match)):
            return None
        bullet = _BULLET.match(line)
        if bullet and not (match and _NUMBER.search(bullet[2])):
            return None
        words = match[2] if match else text
        if _is_capitals(words):
            return "heading", text, 1 + (match[1].rstrip(".)").count(".") + 1 if match else 1), 1
        if looks_like_turn(text) or (_ENDS_SENTENCE.search(text) and not text.endswith(":")):
            return None
        if _SESSION.match(text) and not self._markdown:
            return "heading", text, 2, 1
        if match and self._blank_below(place) and not self._markdown and self._next_is_bullet(place):
            return "heading", text, 1 + match[1].rstrip(".)").count(".") + 1, 1
        if not match and len(text.split()) <= 8 and self._blocks and self._next_is_bullet(place):
            return "heading", text.rstrip(":"), 4, 1
        return None

    def _starts(self, place: int) -> bool:
        """Whether nothing stands directly above."""
        return place == 0 or not self._lines[place - 1].text.strip() or self._heading_above(place)

    def _may_start(self, text: str, match: re.Match[str] | None) -> bool:
        """In a PDF no blank lines are left: there capitals and “Session 2: …” are enough."""
        return self._wrapped and (_is_capitals(match[2] if match else text) or bool(_SESSION.match(text)))

    def _heading_above(self, place: int) -> bool:
        return self._open is None and bool(self._blocks) and self._blocks[-1].form == "heading"

    def _blank_below(self, place: int) -> bool:
        return place + 1 >= len(self._lines) or not self._lines[place + 1].text.strip()

    def _next_is_bullet(self, place: int) -> bool:
        for line in self._lines[place + 1 : place + 4]:
            if line.text.strip():
                return bool(_BULLET.match(line.text))
        return False

    def _table(self, place: int) -> int:
        self._close()
        rows: list[list[str]] = []
        while place < len(self._lines) and _TABLE.match(self._lines[place].text):
            line = self._lines[place].text.strip()
            if not _TABLE_RULE.match(line):
                rows.append([cell.strip() for cell in line.strip("|").split("|")])
            place += 1
        self._tables += 1
        self._blocks.extend(cells_to_blocks(self._tables, rows))
        return place


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _locator(first: Line, last: Line) -> str:
    if first.number == last.number and first.place == last.place:
        return f"{first.place}{first.number}"
    if first.place == last.place:
        return f"{first.place}{first.number}-{last.number}"
    return f"{first.place}{first.number} to {last.place}{last.number}"


def _plain(text: str) -> str:
    """A heading without marks of emphasis."""
    return re.sub(r"(\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|`)", "", text).strip()


def _is_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 3 and text.upper() == text and any(letter.islower() for letter in text.lower())
