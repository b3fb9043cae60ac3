"""Charts as SVG text: bars, shares for and against, means with intervals, distributions."""

import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

# Blue against vermilion can be told apart by the colour-blind and in grey print (Okabe and Ito, 2008).
# The page may set other shades for a dark background.
FOR, AGAINST, NEUTRAL = "0072B2", "D55E00", "8C8C8C"
_COLOURS = {
    "for": f"fill:var(--for,#{FOR})",
    "against": f"fill:var(--against,#{AGAINST})",
    "neutral": f"fill:var(--neutral,#{NEUTRAL})",
    "rule": "fill:var(--rule,#c9ced6)",
    "band": "fill:var(--band,#8496a9)",
    "soft": "fill:var(--soft,#e8ebef)",
    "ink": "fill:var(--ink,#1c2530)",
    "quiet": "fill:var(--quiet,#56606b)",
}
_SMALL = 200  # width of a picture in a table
_WIDE = 720  # width of a chart by itself
_LABEL = 250  # of which for labels
_NOTE = 120  # and for the numbers at the end of a row
_BINS = 10  # on each side of zero


@dataclass(frozen=True, slots=True)
class Bar:
    """A share from 0 to 1, with the words that say it."""

    label: str
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Split:
    """How many are for, neutral and against."""

    label: str
    supporting: int
    neutral: int
    opposing: int

    @property
    def text(self) -> str:
        return f"{self.supporting} for, {self.neutral} neutral, {self.opposing} against"

    @property
    def parts(self) -> tuple[tuple[str, int], ...]:
        return (("for", self.supporting), ("neutral", self.neutral), ("against", self.opposing))


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean in -1..1 with its interval and the single values, as far as each is known."""

    label: str
    n: int
    mean: float | None
    low: float | None = None
    high: float | None = None
    values: tuple[float, ...] = ()

    @property
    def text(self) -> str:
        if self.mean is None:
            return "no opinions"
        return f"{self.mean:+.2f} (n = {self.n})".replace("-", "−").replace("+0.00", "0.00").replace("−0.00", "0.00")


Picture = Bar | Split | Interval


def small(picture: Picture) -> str:
    """One row's picture, to stand in a table."""
    if isinstance(picture, Bar):
        body, height = _bar_body(picture, 0, 4, _SMALL, 12), 20
    elif isinstance(picture, Split):
        body, height = _split_body(picture, 0, 4, _SMALL, 14), 22
    else:
        body, height = _strip_body(picture, 6, 0, _SMALL - 12)
    return _svg(_SMALL, height, picture.label, picture.text, body, "small")


def chart(pictures: Sequence[Picture], title: str, description: str = "") -> str:
    """A chart by itself, a row for each picture, all of one kind. No rows give an empty chart."""
    if any(isinstance(picture, Interval) for picture in pictures):
        return intervals([p for p in pictures if isinstance(p, Interval)], title, description)
    if any(isinstance(picture, Split) for picture in pictures):
        return stacked([p for p in pictures if isinstance(p, Split)], title, description)
    return bars([p for p in pictures if isinstance(p, Bar)], title, description)


def bars(rows: Sequence[Bar], title: str, description: str = "") -> str:
    """Horizontal bars from 0 to 1."""
    width = _WIDE - _LABEL - _NOTE
    return _rows(rows, title, description, lambda row, y: (_bar_body(row, _LABEL, y + 4, width, 14), 22))


def stacked(rows: Sequence[Split], title: str, description: str = "") -> str:
    """Bars of one length, divided into for, neutral and against."""
    width = _WIDE - _LABEL - _NOTE
    key = _key((("for", "for"), ("neutral", "neutral"), ("against", "against")))
    return _rows(rows, title, description, lambda row, y: (_split_body(row, _LABEL, y + 3, width, 16), 22), key)


def intervals(rows: Sequence[Interval], title: str, description: str = "") -> str:
    """Means as dots with their intervals on an axis from -1 to 1, the single values above where known."""
    width = _WIDE - _LABEL - _NOTE
    axis = "".join(
        _text(_LABEL + width * place, 12, words, anchor, "quiet", 11)
        for place, words, anchor in ((0, "−1 oppose", "start"), (0.5, "0", "middle"), (1, "+1 support", "end"))
    )
    return _rows(rows, title, description, lambda row, y: _strip_body(row, _LABEL, y, width), axis)


def _rows(
    rows: Iterable[Picture],
    title: str,
    description: str,
    draw: Callable[..., tuple[str, int]],
    head: str = "",
) -> str:
    y = 20 if head else 2
    body = [head]
    for row in rows:
        label = textwrap.wrap(row.label, 38, max_lines=3, placeholder=" …") or [""]
        drawn, height = draw(row, y)
        tall = max(height, 15 * len(label) + 4)
        if tall > height:
            drawn, _ = draw(row, y + (tall - height) // 2)
        first = y + (tall - 15 * len(label)) / 2 + 12
        body += [_text(_LABEL - 10, first + 15 * i, words, "end", "ink", 13) for i, words in enumerate(label)]
        body += [drawn, _text(_WIDE - _NOTE + 10, y + tall / 2 + 4, row.text if len(row.text) < 20 else "", "start")]
        y += tall + 6
    return _svg(_WIDE, y, title, description, "".join(body), "wide")


def _bar_body(row: Bar, x: float, y: float, width: float, height: float) -> str:
    value = min(max(row.value, 0.0), 1.0)
    return _box(x, y, width, height, "soft") + _box(x, y, width * value, height, "for")


def _split_body(row: Split, x: float, y: float, width: float, height: float) -> str:
    total = row.supporting + row.neutral + row.opposing
    if not total:
        return _box(x, y, width, height, "soft")
    body = []
    for kind, count in row.parts:
        length = width * count / total
        if count:
            body.append(_box(x, y, max(length - 1, 1), height, kind))
            if length > 18:
                white = "fill:var(--on-mark,#fff)"
                body.append(_text(x + length / 2, y + height - 3.5, str(count), "middle", "", 10, white))
        x += length
    return "".join(body)


def _strip_body(row: Interval, x: float, y: float, width: float) -> tuple[str, int]:
    """The distribution above an axis, the mean with its interval below it, and the height of both."""

    def place(value: float) -> float:
        return x + width * (min(max(value, -1.0), 1.0) + 1) / 2

    body = []
    axis = y + (24 if row.values else 11)
    middle = axis + (8 if row.values else 0.5)
    if row.values:
        counts = Counter(round(value * _BINS) for value in row.values)
        step = width / (2 * _BINS)
        for number, count in sorted(counts.items()):
            tall = 20 * count / max(3, *counts.values())  # one opinion alone must not look like a crowd
            kind = "for" if number > 0 else "against" if number < 0 else "neutral"
            body.append(_box(place(number / _BINS) - step / 2 + 0.5, axis - tall, step - 1, tall, kind))
    body.append(_box(x, axis, width, 1, "rule"))
    body.append(_box(place(0) - 0.5, axis - (22 if row.values else 8), 1, 38 if row.values else 17, "rule"))
    if row.mean is not None:
        if row.low is not None and row.high is not None:
            body.append(_box(place(row.low), middle - 1.5, max(place(row.high) - place(row.low), 1), 3, "band"))
        body.append(f'<circle cx="{_n(place(row.mean))}" cy="{_n(middle)}" r="4" style="{_COLOURS["ink"]}"/>')
    return "".join(body), 40 if row.values else 22


def _key(items: Sequence[tuple[str, str]]) -> str:
    parts, x = [], float(_LABEL)
    for kind, words in items:
        parts += [_box(x, 3, 10, 10, kind), _text(x + 15, 12, words, "start", "quiet", 11)]
        x += 30 + 7 * len(words)
    return "".join(parts)


def _box(x: float, y: float, width: float, height: float, kind: str) -> str:
    return f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" style="{_COLOURS[kind]}"/>'


def _text(x: float, y: float, words: str, anchor: str, kind: str = "ink", size: int = 12, style: str = "") -> str:
    if not words:
        return ""
    colour = style or _COLOURS[kind]
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}" font-size="{size}" style="{colour}">'
        f"{escape(words)}</text>"
    )


def _svg(width: float, height: float, title: str, description: str, body: str, kind: str) -> str:
    said = escape(f"{title}: {description}" if description else title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{kind}" role="img" aria-label="{said}" '
        f'viewBox="0 0 {_n(width)} {_n(height)}" width="{_n(width)}" height="{_n(height)}" '
        f'font-family="inherit"><title>{escape(title)}</title><desc>{escape(description)}</desc>{body}</svg>'
    )


def _n(value: float) -> str:
    """A coordinate with at most one decimal: the same everywhere, and short."""
    return f"{value:.1f}".removesuffix(".0")
