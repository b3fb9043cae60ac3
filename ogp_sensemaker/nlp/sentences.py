"""Splits text into sentences in any of the languages, without losing a character."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, with the white space and list marker before it."""

    lead: str
    text: str


@cache
def _abbreviations(language: str) -> frozenset[str]:
    with resources.files("ogp_sensemaker.data").joinpath("abbreviations.toml").open("rb") as file:
        lists = tomllib.load(file)
    return frozenset(lists["any"].split()) | frozenset(lists.get(language, "").split())


# What is never cut, whatever it holds: links, addresses, handles, numbers with their points, file names.
_WHOLE = re.compile(
    r"https?://[^\s<>\"]+|www\.[^\s<>\"]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[@#][\w.]+\w|\d+(?:[.,:/٫٬]\d+)+"
    r"|\b[\w-]+\.(?:org|com|net|gov|int|info|edu|pdf|docx?|xlsx?|csv)\b(?:/\S*)?",
    re.IGNORECASE,
)
_ENDERS = ".!?…؟۔。！？。।"
_CLOSERS = "\"'”’»›)]}」』*_"
# A closing » may stand behind a space, as French sets it.
_END = re.compile(rf"[{re.escape(_ENDERS)}]+(?:[{re.escape(_CLOSERS)}]|[ \u00a0\u202f]»)*")
_FULL_WIDTH = frozenset("。！？।")
_LINE = re.compile(r"\r\n|\r|\n|\u2028|\u2029")
_MARKER = re.compile(r"[\s\u200e\u200f]*(?:(?:[-*•◦▪‣–—·>+]|\(?\d{1,3}[.)]|\(?[A-Za-z][)])(?=\s)[\s]*)*")
_OPENERS = "\"'“‘«‹([{「『¿¡*_-–—•"
_LAST_WORD = re.compile(r"(?:[^\W_]+(?:[.‑-][^\W_]+)*)$")


def _whole_spans(text: str) -> list[tuple[int, int]]:
    spans = []
    for match in _WHOLE.finditer(text):
        end = match.end()
        # A link at the end of a sentence does not own the full stop.
        while end > match.start() and text[end - 1] in ".,;:!?…؟)\"'”»":
            end -= 1
        spans.append((match.start(), end))
    return spans


def _is_abbreviation(before: str, known: frozenset[str], following: str) -> bool:
    found = _LAST_WORD.search(before)
    if not found:
        return False
    word = found.group()
    lowered = word.replace("İ", "i").lower()
    if lowered in known or ("." in lowered and lowered.rpartition(".")[2] in known):
        return True
    # A single capital is an initial ("T. Hendriks") unless a sentence could well end there ("vitamin C. The …").
    if len(word) == 1 and word.isalpha() and (word.isupper() or not word.isascii()):
        return word.isupper() or following[:1].isalpha()
    # "1." and "№ 5." before a small letter count something.
    return word.isdigit() and len(word) <= 3 and (not before[: found.start()].strip() or following[:1].islower())


def _ends_here(text: str, match: re.Match[str], known: frozenset[str], after_whole: bool) -> bool:
    signs, after = match.group(), text[match.end() :]
    if not after.strip():
        return False
    if signs[0] in _FULL_WIDTH:
        return True
    if not after[0].isspace():
        # "Sentence.Next" without a space: only between a small and a capital letter of two words.
        before = text[: match.start()]
        return (
            signs[0] in ".!?؟"
            and after[0].isupper()
            and before[-2:].islower()
            and len(before) > 2
            and before[-2:].isalpha()
        )
    following = after.lstrip().lstrip(_OPENERS).lstrip()
    if following[:1].islower() and (signs[0] in ".…" or any(c in _CLOSERS for c in signs)):
        return False
    if signs != "." or after_whole:
        return True
    return not _is_abbreviation(text[: match.start()], known, following)


def _cuts(line: str, known: frozenset[str]) -> Iterator[int]:
    spans = _whole_spans(line)
    for match in _END.finditer(line):
        if any(start < match.start() < end or start == match.start() < end for start, end in spans):
            continue
        if _ends_here(line, match, known, any(end == match.start() for _, end in spans)):
            yield match.end()


def split(text: str, language: str = "") -> tuple[list[Sentence], str]:
    """The sentences of a text, and the white space left at its end.

    A line break and a list marker always begin a new sentence. Joining every `lead + text`, then the tail,
    gives the text back exactly. A language without a list of its own is cut with the common abbreviations.
    """
    known = _abbreviations(language.partition("-")[0].lower())
    found: list[Sentence] = []
    pending = ""
    position = 0
    lines = []
    for match in _LINE.finditer(text):
        lines.append(text[position : match.end()])
        position = match.end()
    lines.append(text[position:])
    for line in lines:
        body = line.rstrip()
        marker = _MARKER.match(body)
        start = marker.end() if marker else 0
        pending += body[:start]
        for end in (*_cuts(body, known), len(body)):
            if end <= start:
                continue
            piece = body[start:end]
            stripped = piece.lstrip()
            if stripped:
                found.append(Sentence(pending + piece[: len(piece) - len(stripped)], stripped))
                pending = ""
            else:
                pending += piece
            start = end
        pending += line[len(body) :]
    return found, pending


def sentences(text: str, language: str = "") -> list[str]:
    """The sentences of a text, without the white space between them."""
    return [s.text for s in split(text, language)[0]]
