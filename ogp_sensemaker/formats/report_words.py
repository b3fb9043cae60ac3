"""Figures in plain words: every sentence of the report that rests on numbers says only what they say."""

from collections.abc import Iterable, Mapping, Sequence

from ogp_sensemaker.domain.findings import Figure, Measure
from ogp_sensemaker.domain.wording import DEFAULT_SCALE, wording

MINUS = "−"
NONE = "—"
STANCES = {"support": "Supports", "oppose": "Opposes", "mixed": "Mixed views", "neutral": "Neutral or asks"}
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_STANCES = (
    ("support", "support", "supports"),
    ("oppose", "oppose", "opposes"),
    ("mixed", "have mixed views", "has mixed views"),
    ("neutral", "are neutral or ask", "is neutral or asks"),
)


def plural(n: int, one: str, many: str = "") -> str:
    """`1 person`, `1,204 people`."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def small(n: int) -> str:
    """A number in words up to ten, in figures above."""
    return _SMALL[n] if 0 <= n < len(_SMALL) else f"{n:,}"


def signed(value: float | None) -> str:
    """A number in -1..1 with its sign and two decimals, or a dash for none."""
    if value is None:
        return NONE
    text = f"{abs(value):.2f}"
    if text == "0.00":
        return text
    return (MINUS if value < 0 else "+") + text


def percent(part: int, whole: int) -> str:
    """A whole percentage, halves rounded up; a dash where there is no whole."""
    return f"{(200 * part + whole) // (2 * whole)}%" if whole else NONE


def listed(items: Sequence[str]) -> str:
    """`a, b and c`."""
    return ", ".join(items[:-1]) + " and " + items[-1] if len(items) > 1 else "".join(items)


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def interval(figure: Figure | Measure) -> str:
    """`between +0.44 and +0.63`, or "" where there is no interval."""
    if figure.low is None or figure.high is None:
        return ""
    return f"between {signed(figure.low)} and {signed(figure.high)}"


def mean_words(figure: Figure) -> str:
    """`a mean of +0.54 (interval between +0.44 and +0.63)`; "" where nobody gave a number."""
    if figure.mean is None:
        return ""
    between = interval(figure)
    return f"a mean of {signed(figure.mean)}" + (f" (interval {between})" if between else "")


def split_words(figure: Figure) -> str:
    """`28 for, 4 against and 2 neutral`."""
    parts = [f"{figure.supporting:,} for", f"{figure.opposing:,} against" if figure.opposing else "none against"]
    if figure.neutral:
        parts.append(f"{figure.neutral:,} neutral")
    return listed(parts)


def stance_words(stances: Mapping[str, int]) -> str:
    """`12 support, 6 oppose and 2 have mixed views`; "" where there is no stance."""
    return listed(
        [
            f"{stances[key]:,} {singular if stances[key] == 1 else several}"
            for key, several, singular in _STANCES
            if stances.get(key)
        ]
    )


def sign_words(means: Iterable[float | None]) -> str:
    """How many proposals are above and below zero: `All eight have a mean above 0.`"""
    values = list(means)
    above = sum(value is not None and value > 0 for value in values)
    below = sum(value is not None and value < 0 for value in values)
    zero = sum(value is not None and value == 0 for value in values)
    silent = sum(value is None for value in values)
    if above == len(values):
        return "It has a mean above 0." if above == 1 else f"All {small(above)} have a mean above 0."
    parts = [
        f"{small(n)} {'has' if n == 1 else 'have'} a mean {where} 0"
        for n, where in ((above, "above"), (zero, "of"), (below, "below"))
        if n
    ]
    if silent:
        parts.append(f"{small(silent)} got no opinions")
    return capital(listed(parts)) + "."


def scale_rows(scale: Sequence[tuple[float, str]]) -> list[tuple[str, str]]:
    """From which mean on each wording is used, with what stands below the scale."""
    rows = [
        (f"above {_exact(threshold)}" if threshold == 0 else f"{_exact(threshold)} or more", words)
        for threshold, words in scale or DEFAULT_SCALE
    ]
    return [
        *rows,
        ("0.00", wording(0.0, scale or DEFAULT_SCALE)),
        ("below 0.00", wording(-1.0, scale or DEFAULT_SCALE)),
    ]


def _exact(threshold: float) -> str:
    """A threshold with all its decimals, two at least: a rounded one would be another one."""
    text = f"{abs(threshold):.6f}".rstrip("0")
    whole, _, decimals = text.partition(".")
    return ("" if threshold == 0 else MINUS if threshold < 0 else "+") + f"{whole}.{decimals:0<2}"


def ordinal(n: int) -> str:
    """`1st`, `2nd`, `11th`."""
    suffix = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{suffix}"


def ranges(ids: Iterable[int]) -> list[str]:
    """Ids in order, runs of three or more shortened: `#4`, `#7–#12`."""
    runs: list[list[int]] = []
    for number in sorted(set(ids)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    found: list[str] = []
    for run in runs:
        found += [f"#{run[0]}–#{run[-1]}"] if len(run) > 2 else [f"#{number}" for number in run]
    return found
