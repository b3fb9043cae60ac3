"""Translation memories as TMX 1.4 (Localization Industry Standards Association, 2005), both ways."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ogp_sensemaker import __version__
from ogp_sensemaker.domain.intake import Finding
from ogp_sensemaker.domain.translation import Unit
from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats.xml_parts import XML, elements, language_of, local, read_bytes
from ogp_sensemaker.formats.xml_text import without_control

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SUFFIX = ".tmx"
MAX_TEXT = 100_000  # characters of a segment; more is no sentence or paragraph
_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z")
_DASHED = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z")
# Elements within a segment whose content is the other program's own code, not text.
_CODE = frozenset(("bpt", "ept", "it", "ph", "ut"))


def read_tmx(path: Path) -> tuple[list[Unit], list[Finding]]:
    """The pairs of another language and English in a TMX file, and what was left out.

    A unit with several languages gives a pair for each. Raises ImportProblem where the file is no TMX.
    """
    data = read_bytes(path)
    units: list[Unit] = []
    findings: list[Finding] = []
    is_tmx = False
    for element in elements(data, path.name, "header", "tu"):
        is_tmx = True
        if local(element) == "tu":
            pairs = list(_pairs(element))
            units += pairs
            if not pairs:
                findings.append(Finding(path.name, None, "a unit without English, or only English; left out"))
    if not is_tmx:
        raise ImportProblem("is no translation memory; give a TMX file", path.name)
    return units, findings


def _pairs(unit: "Element") -> Iterator[Unit]:
    variants = [(language_of(tuv), _segment(tuv), tuv) for tuv in unit if local(tuv) == "tuv"]
    english = next((text for language, text, _ in variants if language == "en" and text), "")
    for language, text, variant in variants:
        if not english or language == "en" or not text or max(len(text), len(english)) > MAX_TEXT:
            continue
        who = _said(variant, unit, "changeid") or _said(variant, unit, "creationid")
        when = _said(variant, unit, "changedate") or _said(variant, unit, "creationdate")
        yield Unit(text, english, language, who.strip()[:200], _iso(when))


def _said(variant: "Element", unit: "Element", name: str) -> str:
    return variant.get(name) or unit.get(name) or ""


def _segment(variant: "Element") -> str:
    found = next((part for part in variant if local(part) == "seg"), None)
    return "" if found is None else "".join(_text(found)).strip()


def _text(element: "Element") -> Iterator[str]:
    yield element.text or ""
    for part in element:
        if local(part) not in _CODE:
            yield from _text(part)
        yield part.tail or ""


def write_tmx(units: Iterable[Unit], path: Path) -> int:
    """Write a memory to a TMX 1.4 file; the same memory gives the same bytes. Returns how many units."""
    from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

    root = Element("tmx", version="1.4")
    SubElement(
        root, "header", {
            "creationtool": "ogp-sensemaker", "creationtoolversion": __version__, "segtype": "paragraph",
            "o-tmf": "ogps", "adminlang": "en", "srclang": "*all*", "datatype": "plaintext",
        },
    )  # fmt: skip
    body = SubElement(root, "body")
    number = 0
    for unit in units:
        number += 1
        who = {"creationdate": _tmx_time(unit.created), "creationid": without_control(unit.coder)}
        made = SubElement(body, "tu", {name: value for name, value in who.items() if value})
        for language, text in ((unit.language or "und", unit.original), ("en", unit.english)):
            variant = SubElement(made, "tuv", {XML + "lang": language})
            SubElement(variant, "seg").text = without_control(text)
    indent(body, " ", level=1)
    ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
    return number


def _iso(time: str) -> str:
    return _TIME.sub(r"\1-\2-\3T\4:\5:\6Z", time) if _TIME.fullmatch(time) else ""


def _tmx_time(iso: str) -> str:
    return _DASHED.sub(r"\1\2\3T\4\5\6Z", iso) if _DASHED.fullmatch(iso) else ""
