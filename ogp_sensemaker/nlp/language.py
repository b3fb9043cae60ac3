"""Which language a text is in, among the languages of the project."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

UNKNOWN = "und"
DEFAULT_LANGUAGES = ("en", "az", "ar", "fr", "es", "ru", "tr", "pt")

# "MK (CSO, Kenya): ", "- AR: ", "LH (Gov): counter:" say who spoke, not in which language.
_SPEAKER = re.compile(r"^[\s>*•–—-]*(?:[^\W\d_][\w.'’-]{0,30}\s?){1,4}(?:\([^)]{1,60}\))?\s*:\s+")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_QUOTED = re.compile(r"[\"“„][^\"”“]{3,}[\"”“]|«[^»]{3,}»")
_NO_WORDS = re.compile(r"<[^>]+>|https?://\S+|www\.\S+|\S+@\S+\.\S+|[@#]\w+|\d+")
_LETTERS = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{2,}")


@lru_cache(maxsize=8)
def _detector(codes: tuple[str, ...]) -> tuple[Any, dict[Any, str]]:
    from lingua import IsoCode639_1, Language, LanguageDetectorBuilder

    wanted = {}
    for code in codes:
        iso = getattr(IsoCode639_1, code.upper(), None)
        if iso is not None:
            wanted[Language.from_iso_code_639_1(iso)] = code
    if len(wanted) < 2:
        wanted |= {Language.ENGLISH: "en", Language.FRENCH: "fr"}
    return LanguageDetectorBuilder.from_languages(*wanted).build(), wanted


def _essence(text: str) -> str:
    """The words that tell the language: no speaker, link or number, nor a quotation where enough stands around it."""
    bare = _SPEAKER.sub("", _NO_WORDS.sub(" ", text), count=1)
    for pattern in (_ASIDE, _QUOTED):
        rest = pattern.sub(" ", bare)
        if len(_WORD.findall(rest)) >= 4:
            bare = rest
    if not _WORD.search(bare):
        bare = _NO_WORDS.sub(" ", text)
    # Capitals throughout ("LE PLAN D'ACTION") read as initials to a detector trained on running text.
    return " ".join((bare.lower() if bare.isupper() else bare).split())


def _verdict(confidences: Sequence[tuple[str, float]], letters: int, words: int) -> tuple[str, float]:
    best, confidence = max(confidences, key=lambda pair: pair[1])
    # A word or two say little unless its script or letters leave no doubt.
    needed = 0.9 if words <= 1 else 0.6 if words == 2 else 0.4 if words == 3 else 0.0
    if letters < 3 or confidence < needed:
        return UNKNOWN, round(confidence, 4)
    return best, round(confidence, 4)


def detect(texts: Sequence[str], languages: Sequence[str] = DEFAULT_LANGUAGES) -> list[tuple[str, float]]:
    """The ISO 639-1 code of each text among `languages`, with a confidence in 0..1; `und` where it is too short."""
    if not texts:
        return []
    detector, names = _detector(tuple(dict.fromkeys(languages)))
    essences = [_essence(text) for text in texts]
    unique = list(dict.fromkeys(essences))
    values = detector.compute_language_confidence_values_in_parallel(unique)
    found: dict[str, tuple[str, float]] = {}
    for essence, value in zip(unique, values, strict=True):
        letters, words = len(_LETTERS.findall(essence)), len(_WORD.findall(essence))
        # Scripts without spaces make one long word of a sentence.
        words = max(words, letters // 12)
        found[essence] = _verdict([(names[v.language], v.value) for v in value], letters, words)
    return [found[essence] for essence in essences]
