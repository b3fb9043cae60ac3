"""Is a machine translation plausible? What speaks against it, found without any model or network."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

EMPTY = "empty"
LOOP = "repeats itself"
LENGTH = "too short or too long"
NUMBERS = "numbers differ"
NAMES = "names lost"
COPIED = "source copied"
FOREIGN = "not English"
JUNK = "boilerplate"
LOUD = "all in capitals"
UNSURE = "model unsure"
UNKNOWN = "words the model does not know"
DRAFT = "draft model"
SECOND = "second-best translation means something else"

# Words that nearly every English sentence of some length has one of.
_FUNCTION_WORDS = frozenset((
    "the", "of", "to", "and", "a", "in", "is", "it", "that", "for", "on", "was", "with", "as", "be", "by", "at",
    "from", "are", "this", "not", "have", "or", "which", "you", "we", "they", "an", "but", "his", "her", "their",
    "has", "were", "been", "will", "would", "can", "there", "if", "all", "who", "what", "when", "our", "i", "he",
    "she", "no", "more", "so", "do",
))  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NUMBER = re.compile(r"\d+(?:[.,\u066b\u066c\u00a0 ]\d{3})*(?:[.,\u066b]\d+)?")
_LINK = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+|[@#]\w+")  # what comes out as it went in
_CLOCK = re.compile(r"\b(\d{1,2}):(\d{2})\b")
_ACRONYM = re.compile(r"\b(?=\w*[A-Z]{2})[A-Z][A-Za-z0-9]{1,9}\b")
# What systems trained on web pages and subtitles say when they have nothing to say.
_BOILERPLATE = re.compile(
    r"allowed html tags|lines and paragraphs break|\((?:laughter|applause|music)\)|subtitles? by|all rights reserved"
    r"|^\W*(?:\([^)]*\)\W*)+$",
    re.IGNORECASE,
)
_LEAST_SCORE = 0.25  # mean probability per token of the weakest sentence
_MOST_UNKNOWN = 0.15  # share of the pieces of the source that the model has no number for
_LEAST_ALIKE = 0.5  # cosine of best and second-best translation: two good systems are below it on 1 sentence in 20
_OTHER_WORDS = 0.4  # share of words that two readings do not share, from which on their meaning is compared
# Where a number may be written out in part: 1.5 million, 1,500 thousand.
_SCALE = re.compile(
    r"\b(?:thousand|million|billion|trillion|mln|mlrd|bn|k|m|min|milyon\w*|milyard\w*|bin|mille|mil|mill[oó]n\w*|milliards?"
    r"|тыс\w*|млн|млрд|миллион\w*|миллиард\w*)\b|[أا]لف|آلاف|ملايين|مليون|مليار|میلیون|میلیارد|هزار",
    re.IGNORECASE,
)
# Characters of English for each character of the source: outside, something was left out or made up.
_SHORTEST, _LONGEST = {"ar": 0.75, "az": 0.55}, {"ar": 2.6, "az": 1.9}
_USUAL_SHORTEST, _USUAL_LONGEST = 0.5, 2.2


def flags(
    source: str,
    english: str,
    language: str,
    score: float | None = None,
    *,
    unknown: float = 0.0,
    alike: float | None = None,
) -> list[str]:
    """What speaks against `english` as a translation of `source` from `language`; none for a plausible one.

    `score` is the model's mean probability per token (0..1), `unknown` the share of pieces of the source that it does
    not know, `alike` the least cosine (-1..1) of the vectors of a sentence's best and second-best translation; None
    where it is not known.
    """
    if not english.strip():
        return [EMPTY] if _WORD.search(source) else []
    words = [w.casefold() for w in _WORD.findall(english)]
    checks = (
        (JUNK, bool(_BOILERPLATE.search(english)) and not _BOILERPLATE.search(source)),
        (LOUD, len(words) >= 5 and english.isupper() and not source.isupper()),
        (LOOP, loops(words) and not loops([w.casefold() for w in _WORD.findall(source)])),
        (LENGTH, _length_differs(source, english, language)),
        (NUMBERS, _numbers_differ(source, english)),
        (NAMES, _names_lost(source, english)),
        (COPIED, _copied(source, words, language)),
        (FOREIGN, _foreign(english, words)),
        (UNSURE, score is not None and score < _LEAST_SCORE),
        (UNKNOWN, unknown > _MOST_UNKNOWN),
        (SECOND, alike is not None and alike < _LEAST_ALIKE),
    )
    return [name for name, found in checks if found]


def loops(words: Sequence[str]) -> bool:
    """Whether a phrase comes again and again: three times in a row, or so often that it fills the text."""
    n = len(words)
    for size in range(1, 7):
        least = 4 if size == 1 else 3
        run = 1
        for start in range(size, n - size + 1):
            same = words[start : start + size] == words[start - size : start]
            run = run + 1 if same and (start % size == 0 or size == 1) else (1 if start % size == 0 else run)
            if run >= least:
                return True
    if n >= 6:
        threes = Counter(tuple(words[i : i + 3]) for i in range(n - 2))
        often = threes.most_common(1)[0][1]
        if often >= 3 and often * 3 >= 0.35 * n:
            return True
    return n >= 12 and len(set(words)) / n < 0.4


def _length_differs(source: str, english: str, language: str) -> bool:
    a, b = len(source.strip()), len(english.strip())
    if a < 15 and b < 40:
        return False
    low = _SHORTEST.get(language, _USUAL_SHORTEST)
    high = _LONGEST.get(language, _USUAL_LONGEST)
    # Short texts vary more; the bounds close in with length.
    slack = 1.0 + 12.0 / max(a, 12)
    return not low / slack <= b / max(a, 1) <= high * slack


def reads_otherwise(english: str, second: str) -> bool:
    """Whether a second-best translation has so many other words that its meaning is worth comparing."""
    a, b = (Counter(w.casefold() for w in _WORD.findall(text)) for text in (english, second))
    most = max(a.total(), b.total())
    return most >= 3 and (most - (a & b).total()) / most >= _OTHER_WORDS


def _numbers(text: str) -> Counter[str]:
    """The numbers of a text as digits alone, whatever digits and separators it uses; 2.50 as 25."""
    plain = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)
    return Counter(_digits(found) for found in _NUMBER.findall(_CLOCK.sub(r"\1.\2", plain)))


def _digits(written: str) -> str:
    digits = re.sub(r"\D", "", written)
    if re.search(r"[.,\u066b]\d{1,2}$", written):
        digits = digits.rstrip("0")
    return digits.lstrip("0") or "0"


def _numbers_differ(source: str, english: str) -> bool:
    """Whether a number of two digits or more was lost or made up; small ones are often written as words."""
    return any(_other_numbers(source, english))


def _other_numbers(source: str, english: str) -> tuple[list[str], list[str]]:
    """Numbers of the source that are not in the English, and numbers of the English that are not in the source."""
    a, b = _numbers(source), _numbers(english)
    if "".join(sorted(a.elements())) == "".join(sorted(b.elements())):
        return [], []
    scaled = bool(_SCALE.search(source) or _SCALE.search(english))
    lost = [n for n in a - b if len(n) > 1 and not _explained(n, b, scaled)]
    made = [n for n in b - a if len(n) > 1 and not _explained(n, a, scaled)]
    return lost, made


def evidence(source: str, english: str) -> dict[str, tuple[str, ...]]:
    """What some flags are about: numbers lost (−40) and made up (+400), names that are gone."""
    lost, made = _other_numbers(source, english)
    gone = sorted(name for name in set(_ACRONYM.findall(source)) if name.casefold() not in english.casefold())
    return {NUMBERS: (*(f"−{n}" for n in lost), *(f"+{n}" for n in made)), NAMES: tuple(gone)}


def _explained(number: str, others: Counter[str], scaled: bool) -> bool:
    """Whether a number is on the other side in another way of writing it.

    1.5 million is 1,500,000; 2022/23 is 2022 and 2023; 40-50 may be one number or two.
    """
    for other in others:
        if scaled and number.rstrip("0") == other.rstrip("0"):
            return True
        short, long = sorted((number, other), key=len)
        if len(short) == 2 and len(long) == 4 and long[:2] in ("19", "20") and long.endswith(short):
            return True
        if len(short) > 1 and len(long) >= len(short) + 2 and short in long and long.strip("0") != short.strip("0"):
            return True
    return False


def _names_lost(source: str, english: str) -> bool:
    """Whether acronyms in Latin letters, such as OGP or IRM, are gone. A single one may have been written out."""
    names = set(_ACRONYM.findall(source))
    kept = english.casefold()
    lost = [name for name in names if name.casefold() not in kept]
    return len(lost) >= 2 and len(lost) == len(names)


def _copied(source: str, words: Sequence[str], language: str) -> bool:
    """Whether much of the source stands in the translation as it was. Names may; function words and verbs may not."""
    if language == "en" or len(words) < 3:
        return False
    told = _WORD.findall(_LINK.sub(" ", source))
    own = [w for w in told if len(w) >= 4 and w[0].islower()]
    if len(own) < 2:
        own = [w for w in told if len(w) >= 4]
    have = set(words)
    same = sum(w.casefold() in have for w in own)
    return bool(own) and same >= 2 and same / len(own) >= 0.4


def _foreign(english: str, words: Sequence[str]) -> bool:
    """Whether it is in other letters than English, or long without any of the words that English cannot do without."""
    letters = [c for c in english if c.isalpha()]
    latin = sum("LATIN" in unicodedata.name(c, "") for c in letters)
    if letters and latin / len(letters) < 0.8:
        return True
    signed = sum(not c.isascii() for c in letters)
    if letters and signed / len(letters) > 0.08 and len(words) >= 4:
        return True
    return len(words) >= 8 and not _FUNCTION_WORDS & set(words)
