"""Cuts HTML pages into blocks: headings, lists, paragraphs and tables."""

import re
from typing import Any

from ogp_sensemaker.formats.blocks import Block, cells_to_blocks
from ogp_sensemaker.formats.speakers import names_speaker

_UNSEEN = ["script", "style", "head", "nav", "noscript", "template", "svg", "button", "form", "footer"]
_BLOCKS = {
    "p", "li", "ul", "ol", "dl", "dd", "dt", "div", "section", "article", "main", "body", "blockquote", "table", "pre",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "aside", "figure", "figcaption", "details", "summary", "html",
}  # fmt: skip


def read_html(text: str) -> list[Block]:
    """The blocks of a page. Locators are `L12`, the line of the file where the element begins, and `t1r2c3`."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(text, "html.parser")
    for unseen in soup(_UNSEEN):
        unseen.decompose()
    reader = _Reader()
    reader.visit(soup, -1)
    return reader.blocks


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._tables = 0
        self._seen: dict[str, int] = {}

    def visit(self, element: Any, depth: int) -> None:
        """Reads an element; words that stand between its blocks become paragraphs."""
        loose: list[str] = []
        for child in element.children:
            name = getattr(child, "name", None)
            if name not in _BLOCKS:
                loose.append(_inline(child))
                continue
            self._paragraph("".join(loose), element, depth)
            loose = []
            self._block(child, name, depth)
        self._paragraph("".join(loose), element, depth)

    def _block(self, element: Any, name: str, depth: int) -> None:
        if re.fullmatch(r"h[1-6]", name):
            self._add("heading", _inline(element), element, int(name[1]))
        elif name in {"ul", "ol"}:
            self.visit(element, depth + 1)
        elif name == "table":
            self._tables += 1
            rows = [[_tidy(_inline(cell)) for cell in row(["td", "th"])] for row in element("tr")]
            self.blocks.extend(cells_to_blocks(self._tables, rows))
        else:
            self.visit(element, depth)

    def _paragraph(self, text: str, element: Any, depth: int) -> None:
        for line in text.split("\n\n"):
            words = _tidy(line)
            if words and names_speaker(words) and element.find(["b", "strong"]):
                self._add("name", words, element, 9)
            elif words:
                in_item = element.name == "li" or (depth >= 0 and element.find_parent("li") is not None)
                self._add("bullet" if in_item else "text", words, element, max(depth, 0) if in_item else 0)

    def _add(self, form: str, text: str, element: Any, level: int) -> None:
        words = _tidy(text)
        if not words:
            return
        place = f"L{element.sourceline or 1}"
        count = self._seen[place] = self._seen.get(place, 0) + 1
        # Several elements may stand on one line of the file.
        self.blocks.append(Block(form, words, place if count == 1 else f"{place} part {count}", level))


def _inline(node: Any) -> str:
    """The words of an element; `<br>` as a line break."""
    name = getattr(node, "name", None)
    if name is None:
        return "" if type(node).__name__ in {"Comment", "Doctype"} else re.sub(r"\s+", " ", str(node))
    if name == "br":
        return "\n"
    return "".join(_inline(child) for child in node.children)


def _tidy(text: str) -> str:
    return "\n".join(line for part in text.split("\n") if (line := re.sub(r"[ \t\xa0]+", " ", part).strip()))
