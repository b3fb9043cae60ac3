"""Splits text into sentences in any of the languages, without losing a character."""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, with the white space and list marker before it: `lead + text` of all, and the tail, give the text back."""

    lead: str
    text: str


# Abbreviations after which a full stop ends no sentence, in lower case and without that stop.
_TITLES = "mr mrs ms dr prof st jr sr hon gen col lt rev no nos vol fig art sec ch par pp pg approx vs cf ed eds al inc ltd co dept est min max tel e.g i.e"
_ABBREVIATIONS: dict[str, frozenset[str]] = {
    "en": frozenset(f"{_TITLES} etc a.m p.m u.s u.k u.n govt gov org w".split()),
    "az": frozenset(
        "ş d c k m s i prof dos dr akad müh ak red mod mes bax məs və.s h.ə b.e.ə e.ə r.s xüs haz tərt tərc nəş "
        "küç pr ev mən rəh şək cəd səh il yy əl tel mln mlrd min man qəp kv m.ə n.ə q.ə t.ə".split()
    ),
    "tr": frozenset(
        "dr prof doç yrd av müh arş gör öğr uzm sn hz alb yzb bkz vb vs örn yy mah cad sok apt no tel s ş i.ö m.ö "
        "m.s i.s a.ş ltd şti tic san çev der haz c".split()
    ),
    "ar": frozenset("د أ م ص ج ط هـ ه ق.م أ.د د.م ت ب س ر ش.م.م".split()),
    "fa": frozenset("د م ص ج ه ق ش ر.ک ق.م ه.ش".split()),
    "ru": frozenset(
        "г гг т тт д к с стр рис см ср им ул пр просп пл пер обл р н проф доц акад инж зам зав гл ред изд руб коп тыс "
        "млн млрд т.е т.к т.п т.д т.н и.о н.э д.н к.н др пр м гр св напр п пп ч ст тел".split()
    ),
    "fr": frozenset(
        "m mm mme mmes mlle mlles dr pr prof me mgr st ste av bd fig art chap p pp vol no nos ed éd cf ex env tél "
        "c.-à-d p.ex hab min max j.-c réf".split()
    ),
    "es": frozenset(
        "sr sra sres srta dr dra d dña prof profa lic ing arq ud uds vd vds av avda c ej p.ej pág págs núm art cap vol "
        "fig ed tel aprox depto dpto gral gob ee.uu a.c d.c s.a ss.mm vs".split()
    ),
    "pt": frozenset(
        "sr sra srs dr dra d prof profa eng av r ex p.ex pág núm art cap vol fig ed tel aprox depto v.exa".split()
    ),
    "de": frozenset("dr prof hr fr nr bzw ca evtl ggf z.b d.h u.a usw s str tel abs art bd vgl".split()),
}
_ANY = frozenset(_TITLES.split())

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
    if lowered in known or lowered.rpartition(".")[2] in known and "." in lowered:
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
    known = _ABBREVIATIONS.get(language.split("-")[0].lower(), frozenset()) | _ANY
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
