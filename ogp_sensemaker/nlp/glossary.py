"""Finds the terms of a glossary in a text whatever their endings, and tells which ones a translation lost."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ogp_sensemaker.domain.folding import fold
from ogp_sensemaker.domain.translation import Found, Term

MIN_STEM = 3  # letters of a word's stem that must be there before an ending may follow
MAX_REST = 18  # letters of a chain of endings; more are no word, and would take long to try


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of a term: `stem` must begin the text's word and `ending` match all that follows it."""

    stem: str
    ending: re.Pattern[str]
    whole: str
    written: str  # an abbreviation: with an ending, or of one or two letters, it stands in capitals; otherwise ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Terms of one language, made ready for many texts: by the first letters of their first word, longest first."""

    language: str
    by_start: Mapping[str, tuple[tuple[Term, tuple[_Word, ...]], ...]]


# A word with the vowel signs that Arabic may put between its letters.
_TOKEN = re.compile(r"[\w\u0300-\u036f\u064b-\u065f\u0670]+")
# Endings that Turkic words string together, folded (ı = i, ə = e, ü = u, ğ = g): plural, possessive, case, and those
# that make nouns and adjectives.
_TURKIC = re.compile(
    r"(?:l[ae]r|[iu]m[iu]z|[iu]n[iu]z|[iu]m|[iu]n|n[iu]n|s[iu]|[yn]?[aeiu]|[dt][ae]n?|nd[ae]n?|n[ae]n|"
    r"(?<![aeiu])l[ae]|yl[ae]|(?<![aeiu])l[iu][kgqy]?|s[iu]z|c[iu]|c[ae]|[dt][iu]r|d[ae]k[iu]|[mn])*"
)
_TURKIC_AFTER = re.compile(rf"[kqgy]?{_TURKIC.pattern}")
_TURKIC_PLURAL = re.compile(r"(?:[iu]|s[iu])?l[ae]r")
_TURKIC_POSSESSIVE = re.compile(r"(?<=[^\W_]{3})(?:s?[iu])$")
# Endings of Russian nouns and adjectives, folded (й = и).
_SLAVIC = re.compile(
    "(?:[аяоеиуюыь]|[ое]и|[ое]м|[ая]м|[ая]х|[ое]в|[ая]ми|[ое]го|[ое]му|[ыи][иехм]|[ыи]ми|ая|яя|ое|ее|ую|юю|"
    "и[яю]|ием|ия[мх]|иями|ью)?"
)
_SLAVIC_ENDING = re.compile(r"(?:ые|ие|ыи|ии|ая|яя|ое|ее|ия|[аоеиуыьюя])$")
_ARABIC_PREFIX = re.compile(r"(?:[وف]?(?:لل|[بكل]?ال|[بكل])|[وف])")
_ARABIC_ARTICLE = re.compile("ال$|(?<=ل)ل$")
_ARABIC = re.compile(r"(?:ه|ات|ون|ين|ان|ي|يه|ا|ت|نا|ها|هم|هن|ك|كم|(?:ت|ات|ي)(?:ه|ها|هم|هن|نا|ك|كم|ي))?")
_ROMANCE = re.compile(r"(?:s|es|x|e|a|o|as|os)?")
_LATIN = re.compile(r"(?:s|es)?")
_NONE = re.compile("")
_ENDINGS = {
    "az": _TURKIC, "tr": _TURKIC, "ar": _ARABIC, "ru": _SLAVIC, "fr": _ROMANCE, "es": _ROMANCE, "pt": _ROMANCE,
}  # fmt: skip
# A suffix set off from an abbreviation: QHT-lərin, STK'lar.
_SET_OFF = re.compile(r"[-‑'’](?P<suffix>[^\W\d_]{1,12})(?![\w])")


def prepare(language: str, terms: Iterable[Term]) -> Prepared:
    """The terms of one language that have an English, ready for `find_in`."""
    found: dict[str, list[tuple[Term, tuple[_Word, ...]]]] = {}
    for term in terms:
        words = tuple(_word(match.group(), language) for match in _TOKEN.finditer(term.term))
        if term.language == language and words and term.preferred:
            found.setdefault(words[0].stem[:MIN_STEM], []).append((term, words))
    order = {start: tuple(sorted(of, key=_longest_first)) for start, of in found.items()}
    return Prepared(language, order)


def _longest_first(entry: tuple[Term, tuple[_Word, ...]]) -> tuple[int, int]:
    return -len(entry[1]), -sum(len(word.whole) for word in entry[1])


def _word(written: str, language: str) -> _Word:
    whole = fold(written)
    if language == "ar":
        whole = _without_article(whole)
    if len(whole) < MIN_STEM:
        return _Word(whole, _NONE, whole, written if written.isupper() else "")
    if written.isupper():
        return _Word(whole, _TURKIC if language in ("az", "tr") else _LATIN, whole, written)
    stem = _STEMS.get(language, str)(whole)
    ending = _ENDINGS.get(language, _LATIN)
    return _Word(stem, _TURKIC_AFTER if ending is _TURKIC and stem != whole else ending, whole, "")


def _turkic_stem(whole: str) -> str:
    stem = _TURKIC_POSSESSIVE.sub("", whole)
    # The last consonant softens before a vowel: ortaklık, ortaklığı; qulluq, qulluğu.
    return stem[:-1] if stem[-1] in "kqg" and len(stem) > MIN_STEM + 1 else stem


def _slavic_stem(whole: str) -> str:
    cut = _SLAVIC_ENDING.sub("", whole)
    return cut if len(cut) >= MIN_STEM else whole


def _romance_stem(whole: str) -> str:
    cut = whole[:-1] if whole[-1] in "sxeao" else whole
    return cut if len(cut) > MIN_STEM else whole


def _arabic_stem(whole: str) -> str:
    return whole.removesuffix("ه") if len(whole) > MIN_STEM else whole


_STEMS: Mapping[str, Callable[[str], str]] = {
    "az": _turkic_stem, "tr": _turkic_stem, "ru": _slavic_stem, "fr": _romance_stem, "es": _romance_stem,
    "pt": _romance_stem, "ar": _arabic_stem,
}  # fmt: skip


def _without_article(folded: str) -> str:
    bare = folded.removeprefix("ال")
    return bare if len(bare) >= MIN_STEM else folded


def find_terms(text: str, language: str, terms: Iterable[Term]) -> list[Found]:
    """The terms in a text, in its order, the longest where they overlap; see `find_in` for many texts."""
    return find_in(text, prepare(language, terms))


def find_in(text: str, prepared: Prepared) -> list[Found]:
    """The terms in a text, in its order. Case, diacritics and the endings of the language make no difference.

    Azerbaijani and Turkish words may go on with any chain of suffixes, Russian, French and Spanish ones with an
    ending, Arabic ones have و ف ب ك ل ال before them. A term never spans two sentences.
    """
    tokens = [(m.start(), m.end(), _readings(m.group(), prepared.language)) for m in _TOKEN.finditer(text)]
    found: list[Found] = []
    at = 0
    while at < len(tokens):
        hit = _longest_at(text, tokens, at, prepared)
        if hit is None:
            at += 1
        else:
            found.append(hit[0])
            at += hit[1]
    return found


_Token = tuple[int, int, tuple[str, ...]]


def _readings(written: str, language: str) -> tuple[str, ...]:
    """The folded word; in Arabic also without what may be written onto its beginning."""
    folded = fold(written)
    if language != "ar":
        return (folded,)
    found = [folded]
    for length in range(1, 5):
        if _ARABIC_PREFIX.fullmatch(folded[:length]) and len(folded) - length >= MIN_STEM:
            found.append(folded[length:])
    return tuple(found)


def _longest_at(text: str, tokens: Sequence[_Token], at: int, prepared: Prepared) -> tuple[Found, int] | None:
    starts = dict.fromkeys(reading[:MIN_STEM] for reading in tokens[at][2])
    candidates = [entry for start in starts for entry in prepared.by_start.get(start, ())]
    for term, words in sorted(candidates, key=_longest_first):
        taken = tokens[at : at + len(words)]
        if len(taken) < len(words) or not _together(text, taken):
            continue
        readings = [_reading(text, token, word) for token, word in zip(taken, words, strict=True)]
        if all(reading is not None for reading in readings):
            last = readings[-1] or ""
            rest = "" if last == words[-1].whole else last[len(words[-1].stem) :]
            return _placed(text, term, taken, (readings[0] or "", rest), prepared.language), len(words)
    return None


def _together(text: str, taken: Sequence[_Token]) -> bool:
    between = (text[a[1] : b[0]] for a, b in pairwise(taken))
    return not any(mark in gap for gap in between for mark in ".!?؟;:\n،,")


def _reading(text: str, token: _Token, word: _Word) -> str | None:
    """The reading of a word of the text under which it is this word of a term; None where it is another word."""
    start, end, readings = token
    capital = not word.written or text[start:end].startswith(word.written)
    for reading in readings:
        if reading == word.whole and (capital or len(reading) >= MIN_STEM):
            return reading
        rest = len(reading) - len(word.stem)
        if not capital or rest > MAX_REST or not reading.startswith(word.stem):
            continue
        if word.ending.fullmatch(reading, len(word.stem)):
            return reading
    return None


def _placed(text: str, term: Term, taken: Sequence[_Token], matched: tuple[str, str], language: str) -> Found:
    """`matched` holds the reading of the first word and the ending of the last."""
    first, rest = matched
    start, end = taken[0][0], taken[-1][1]
    if language in ("az", "tr"):
        after = _SET_OFF.match(text, end)
        if after and _TURKIC.fullmatch(fold(after["suffix"])):
            end, rest = after.end(), rest + fold(after["suffix"])
        return Found(term, start, end, _TURKIC_PLURAL.match(rest) is not None)
    if language == "ar":
        prefix = taken[0][2][0].removesuffix(first)
        return Found(term, start, end, before=_ARABIC_ARTICLE.sub("", prefix))
    # The quotation mark that closes what was opened within the term belongs to it: «Открытое правительство».
    if end < len(text) and text[end] in '»”"' and any(mark in text[start:end] for mark in '«“"'):
        end += 1
    return Found(term, start, end)


def english_for(found: Found) -> str:
    """What to write for a term; an abbreviation gets its s where the original is in the plural."""
    english = found.term.preferred
    return english + "s" if found.plural and english.isupper() else english


def written(texts: Iterable[str], prepared: Prepared) -> dict[str, str]:
    """The names among the terms as these texts write them, endings included, and what they are called in English.

    This is the `glossary` that `nlp.translate.translate` keeps out of a model's reach. Behind an Arabic preposition
    a name is left to the model, which needs it for the sentence; behind و it comes with its “and”.
    """
    names: dict[str, str] = {}
    for text in texts:
        for found in find_in(text, prepared):
            if found.term.name and found.before in ("", "و"):
                and_ = "and " if found.before else ""
                names[text[found.start : found.end]] = and_ + english_for(found)
    return names


def missing(english: str, found: Iterable[Found]) -> list[Term]:
    """Terms of the original none of whose English forms is in a translation, each once.

    A form is there when each of its words is, in any order and with any ending: a reason to look, not a verdict.
    """
    words = [_plain(word) for word in _TOKEN.findall(english)]
    gone = [f.term for f in found if not any(_has(words, form) for form in f.term.forms)]
    return list(dict.fromkeys(gone))


_SMALL = frozenset(("a", "an", "and", "for", "in", "of", "on", "the", "to", "with", "s"))


def _has(words: Sequence[str], form: str) -> bool:
    wanted = [_plain(word) for word in _TOKEN.findall(form) if word.casefold() not in _SMALL]
    return all(any(_alike(word, want) for word in words) for want in wanted)


def _plain(word: str) -> str:
    """An English word without plural, in one spelling: organisations and organization come out equal."""
    plain = fold(word)
    if len(plain) > 3 and plain.endswith("ies"):
        plain = plain[:-3] + "y"
    elif len(plain) > 2 and plain.endswith("s") and not plain.endswith("ss"):
        plain = plain[:-1]
    return re.sub(r"is(?=ation|e|ing)", "iz", plain)


def _alike(word: str, want: str) -> bool:
    """Whether two words are one with different endings: three fifths shared, four letters at least."""
    if word == want:
        return True
    shared = 0
    for a, b in zip(word, want, strict=False):
        if a != b:
            break
        shared += 1
    return shared >= max(4, 0.6 * max(len(word), len(want)))
