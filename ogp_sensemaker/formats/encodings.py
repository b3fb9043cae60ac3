"""Turns bytes into text: finds the encoding, and refuses what would come out garbled."""

import codecs
import re
import unicodedata
from itertools import pairwise

from ogp_sensemaker.errors import ImportProblem

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# In the order in which a tie is settled: Western European is by far the commonest.
_CODE_PAGES = ("cp1252", "cp1254", "cp1256", "cp1251")
_SAMPLE = 200_000  # bytes that are looked at to tell code pages apart
# The same bytes (D0 DD DE F0 FD FE) are letters of Turkish in one code page and of Icelandic in the other.
_TURKISH_OR_ICELANDIC = set("ÐÝÞðýþ")
_ICELANDIC = set("áíúÁÍÚæÆ")
_WORD = re.compile(r"[^\W\d_]+")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
# What UTF-8 looks like after somebody read it as Windows-1252 and saved it again.
_GARBLED = re.compile(r"Ã[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ]|â€[™œ\x9d“”¦˜]|Â[ «»°]|É™[a-zçğışöüə]")


def decode(data: bytes, name: str, declared: str = "") -> tuple[str, str]:
    """The text of a file and the name of its encoding.

    A byte order mark decides; then UTF-8 if every byte fits; then UTF-16 by where its zeros are; then the
    declared encoding (of an HTML page); then the likeliest of the Windows code pages. Raises ImportProblem
    where zeros, broken UTF-8 or none of these make the words unreadable.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data, encoding, name), encoding.removesuffix("-sig")
    wide = _utf_16_without_mark(data)
    if wide:
        return _strictly(data, wide, name), wide
    zero = data.find(b"\0")
    if zero >= 0:
        raise ImportProblem(
            "holds zero bytes, so it is damaged or no text; export it again as UTF-8", name, _row(data, zero)
        )
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if _is_mostly_utf_8(data):
            raise ImportProblem(
                "is UTF-8 with bytes that do not belong there; export it again as UTF-8",
                name,
                _row(data, error.start),
            ) from error
    return _by_code_page(data, name, declared)


def lines_of(text: str) -> list[str]:
    """Lines as an editor counts them.

    `str.splitlines` also breaks at U+0085 and other characters that stand inside lines of real notes.
    """
    return _LINE_BREAK.split(text)


def garbled(text: str) -> str:
    """Why the words of a cell look damaged, or ""."""
    if "�" in text:
        return "holds the sign for a letter that was lost (�)"
    if ("Ã" in text or "â€" in text or "Â" in text or "É™" in text) and _GARBLED.search(text):
        return "looks like UTF-8 that was once read as another encoding"
    return ""


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeError as error:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        row = data[:start].count(b"\n") + 1
        raise ImportProblem(
            f"begins as {encoding.removesuffix('-sig').upper()} and holds bytes that are not; export it again",
            name,
            row,
        ) from error
    zero = text.find("\0")
    if zero >= 0:
        raise ImportProblem(
            "holds zero characters, so it is damaged or no text; export it again as UTF-8",
            name,
            text.count("\n", 0, zero) + 1,
        )
    return text


def _utf_16_without_mark(data: bytes) -> str:
    """UTF-16 shows in zeros at every other place, and few different values there: a script has one or two."""
    sample = data[:4000]
    if len(sample) < 4 or len(data) % 2 or b"\0" not in sample:
        return ""
    for encoding, high, low in (("utf-16-le", sample[1::2], sample[0::2]), ("utf-16-be", sample[0::2], sample[1::2])):
        if not low.count(0) and high.count(0) > 0.05 * len(high) and len(set(high)) <= 8:
            return encoding
    return ""


def _row(data: bytes, position: int) -> int:
    return data.count(b"\n", 0, position) + 1


def _is_mostly_utf_8(data: bytes) -> bool:
    """Whether there are far more whole UTF-8 letters than bytes that break it."""
    text = data[:_SAMPLE].decode("utf-8", errors="replace")
    broken = text.count("�")
    whole = sum(1 for character in text if ord(character) > 127) - broken
    return whole >= 2 * broken


def _by_code_page(data: bytes, name: str, declared: str) -> tuple[str, str]:
    sample = data[:_SAMPLE]
    best, best_doubt = "", 1.0
    for encoding in dict.fromkeys((*_declared(declared), *_CODE_PAGES)):
        text = _decoded(sample, encoding)
        doubt = 1.0 if text is None else _doubt(text, encoding)
        if doubt < best_doubt - 1e-9:
            best, best_doubt = encoding, doubt
    if best_doubt > 0.25:
        best = _guess_of_charset_normalizer(sample)
    text = _decoded(data, best) if best else None
    if text is None:
        raise ImportProblem(
            "its encoding cannot be told (tried UTF-8, UTF-16, Windows-1252, 1254, 1256 and 1251); "
            "save it as UTF-8 and import it again",
            name,
            1,
        )
    return text, best


def _declared(name: str) -> tuple[str, ...]:
    try:
        return (codecs.lookup(name).name,) if name else ()
    except LookupError:
        return ()


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _doubt(text: str, encoding: str) -> float:
    """How odd the words with letters beyond ASCII look: 0 none does, 1 all do, or there are controls."""
    if any(unicodedata.category(c) == "Cc" and c not in "\t\r\n\f\v" for c in text):
        return 1.0
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    if not words:
        # Only signs such as quotes and dashes are beyond ASCII: the same in all these code pages.
        return 0.0 if encoding == "cp1252" else 0.1
    odd = sum(1 for word in words if _is_odd(word))
    doubt = odd / len(words)
    letters = set("".join(words))
    if encoding == "cp1252" and letters & _TURKISH_OR_ICELANDIC and not letters & _ICELANDIC:
        doubt += 0.05
    if encoding == "cp1254" and not letters & set("ĞİŞğış"):
        doubt += 0.02
    return min(doubt, 1.0)


def _is_odd(word: str) -> bool:
    """Two scripts in one word, more accents than plain letters, or an accented capital after a small letter."""
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in word}
    if len(scripts) > 1:
        return True
    accented = sum(1 for letter in word if not letter.isascii()) if scripts == {"LATIN"} else 0
    if accented > 1 and accented > 0.6 * len(word):
        return True
    return any(a.islower() and b.isupper() and not b.isascii() for a, b in pairwise(word))


def _guess_of_charset_normalizer(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=list(_CODE_PAGES)).best()
    return best.encoding if best is not None and best.chaos < 0.1 and best.coherence > 0.3 else ""
