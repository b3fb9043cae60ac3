"""Is a machine translation plausible? Signs of doubt that can be told without any model."""

import re
import tomllib
from collections import Counter
from functools import cache
from importlib import resources
from itertools import pairwise

from ogp_sensemaker.nlp.protect import numbers

LOW_SCORE = 0.35

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LATIN = re.compile(r"[A-Za-z]")
_NAME = re.compile(r"(?<![.!?…:]\s)(?<!^)\b[A-ZƏÇĞİÖŞÜ][\w’'-]*")
_ACRONYM = re.compile(r"\b[A-Z]{2,6}\b")
_STOCK = re.compile(
    r"allowed html tags|\((?:laughter|applause|music)\)|subtitles? by|all rights reserved|click here", re.IGNORECASE
)


@cache
def _function_words() -> frozenset[str]:
    with resources.files("ogp_sensemaker.data").joinpath("stop_words.toml").open("rb") as file:
        return frozenset(tomllib.load(file)["function_words"].split())


def flags(source: str, english: str, language: str = "", score: float | None = None) -> list[str]:
    """Reasons to doubt a translation into English, in words; none for one that looks sound.

    `language` is the source's code, `score` the model's mean probability per token.
    """
    if not english.strip():
        return ["empty"] if source.strip() else []
    found = [
        ("repeats itself", _repeats(english, source)),
        ("length", _odd_length(source, english, language)),
        ("numbers", _numbers_differ(source, english)),
        ("names", _names_lost(source, english)),
        ("copied", _copied(source, english, language)),
        ("not English", _not_english(english, language)),
        ("stock phrase", bool(_STOCK.search(english)) and not _STOCK.search(source)),
        ("low score", score is not None and score < LOW_SCORE),
    ]
    return [name for name, doubtful in found if doubtful]


def _repeats(english: str, source: str) -> bool:
    """A run of words again and again, more than the source does."""
    words = [w.casefold() for w in _WORD.findall(english)]
    if len(words) < 4:
        return False
    original = Counter(w.casefold() for w in _WORD.findall(source))
    most = max(original.values(), default=1)
    for size, times in ((1, 3), (2, 3), (3, 2), (4, 2)):
        if _longest_loop(words, size) >= times:
            return True
    grams = Counter(tuple(words[i : i + 3]) for i in range(len(words) - 2))
    return grams.most_common(1)[0][1] >= max(3, most + 1) or (len(words) >= 12 and len(set(words)) / len(words) < 0.4)


def _longest_loop(words: list[str], size: int) -> int:
    """How often a run of `size` words stands right after itself, at most."""
    best = 1
    for start in range(min(size, len(words))):
        pieces = [tuple(words[i : i + size]) for i in range(start, len(words) - size + 1, size)]
        row = 1
        for before, after in pairwise(pieces):
            row = row + 1 if before == after else 1
            best = max(best, row)
    return best


# English characters for each character of the source, as FLORES has it, roughly.
_RATIO = {"ar": 1.25, "fa": 1.15, "az": 1.0, "tr": 1.0, "ru": 0.95, "fr": 0.85, "es": 0.87, "pt": 0.9}


def _odd_length(source: str, english: str, language: str) -> bool:
    expected = len(source.strip()) * _RATIO.get(language, 1.0)
    length = len(english.strip())
    slack = 12
    return length > 1.9 * expected + slack or length < 0.5 * expected - slack


def _plain(text: str) -> Counter[str]:
    return Counter(re.sub(r"\D", "", n).lstrip("0") for n in numbers(text))


_SPELLED = {
    "1": "one",
    "2": "two",
    "3": "three",
    "4": "four",
    "5": "five",
    "6": "six",
    "7": "seven",
    "8": "eight",
    "9": "nine",
    "10": "ten",
    "11": "eleven",
    "12": "twelve",
}


def _numbers_differ(source: str, english: str) -> bool:
    wanted, got = _plain(source), _plain(english)
    low = english.casefold()
    lost = [n for n in wanted - got if n and not (n in _SPELLED and _SPELLED[n] in low)]
    joined = "".join(got)
    lost = [n for n in lost if n not in joined]
    made_up = [n for n in got - wanted if len(n) > 1 and n not in "".join(wanted)]
    return bool(lost or made_up)


def _names_lost(source: str, english: str) -> bool:
    """Acronyms in Latin letters that the translation has not kept."""
    low = english.casefold()
    lost = [a for a in set(_ACRONYM.findall(source)) if a.casefold() not in low]
    kept = len(set(_ACRONYM.findall(source))) - len(lost)
    return len(lost) > kept and not source.isupper()


def _copied(source: str, english: str, language: str) -> bool:
    """Much of it is the source's own words."""
    if language == "en":
        return False
    own = [w.casefold() for w in _WORD.findall(source) if len(w) > 3 and not w[0].isupper()]
    made = Counter(w.casefold() for w in _WORD.findall(english) if len(w) > 3)
    if not own:
        return source.strip().casefold() == english.strip().casefold() and len(_WORD.findall(source)) > 2
    same = sum(1 for w in own if w in made and w not in _function_words())
    return same >= 2 and same / len(own) > 0.34


def _not_english(english: str, language: str) -> bool:
    """Letters of another script, or hardly any of the small words that English sentences have."""
    letters = [c for c in english if c.isalpha()]
    if not letters:
        return False
    if sum(1 for c in letters if not c.isascii()) / len(letters) > 0.15:
        return True
    words = [w.casefold() for w in _WORD.findall(english)]
    return len(words) >= 8 and sum(w in _function_words() for w in words) / len(words) < 0.12
