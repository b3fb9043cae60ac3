"""Turns the markup in participants' texts into words, and takes inline translations out of them."""

import html
import re

_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|<!--.*?-->", re.S)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31}\d{0,2});")
_TRANSLATION = re.compile(r"\[\s*TRANSLATION\s*:([^\]]*)\]", re.I)
_BLOCKS = ("p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "pre")


def words_of(cell: str) -> str:
    """A cell as its author saw it: tags away, `<br>` and `<p>` as line breaks, entities as their signs.

    Text without markup comes out as it went in, but for spaces around it and the kind of its line breaks.
    """
    text = cell.replace("\r\n", "\n").replace("\r", "\n")
    if "<" in text and _TAG.search(text):
        text = _without_tags(text)
    elif "&" in text and _ENTITY.search(text):
        text = html.unescape(text).replace("\xa0", " ")
    return text.strip()


def _without_tags(text: str) -> str:
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(text, "html.parser")
    for unseen in soup(["script", "style"]):
        unseen.decompose()
    for line_break in soup("br"):
        line_break.replace_with("\n")
    for block in soup(_BLOCKS):
        block.insert_before("\n")
        block.insert_after("\n")
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in soup.get_text().replace("\xa0", " ").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def split_translation(text: str) -> tuple[str, str]:
    """The words without their `[TRANSLATION: …]`, and the English of all of them ("" where there is none).

    What stands outside foreign words and their translations is English already, and is kept in both.
    """
    if "]" not in text or not _TRANSLATION.search(text):
        return text, ""
    parts = _TRANSLATION.split(text)  # words, translation, words, translation, …, words
    words = [part.strip() for part in parts[0::2]]
    translations = [part.strip() for part in parts[1::2]]
    english = " ".join(part for part in (*translations, words[-1]) if part)
    original = " ".join(part for part in words if part)
    return (original, english) if original else (english, "")
