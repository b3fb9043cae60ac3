"""Letters made equal for searching and matching: case, diacritics, `ə` = `e`, forms of hamza."""

import re
import unicodedata

# What NFKD leaves alone: letters of their own that people type without their sign.
_SAME = str.maketrans(
    {
        "ə": "e",
        "ı": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ى": "ي",
        "ة": "ه",
        "ٱ": "ا",
        "ـ": "",
    }
)
_SPACE = re.compile(r"\s+")


def fold(text: str) -> str:
    """`text` in small letters without diacritics; `QHT` and `qht`, `Vətəndaş` and `vetendas` come out equal."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_SAME)


def same_words(text: str) -> str:
    """A key under which two texts are the same words: folded, with spaces and typographic quotes evened out."""
    plain = text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x00AB: '"', 0x00BB: '"', 0x00A0: " "})
    return _SPACE.sub(" ", fold(plain)).strip()


def search_words(query: str) -> list[str]:
    """The folded words of a query."""
    return re.findall(r"\w+", fold(query))
