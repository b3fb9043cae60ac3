"""Glossaries as CSV and as TBX (ISO 30042), both ways, and the one that ships with the program."""

import csv
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from ogp_sensemaker.domain.intake import Finding
from ogp_sensemaker.domain.translation import OTHER_WORDS, Term
from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats.coded_table import protect, unprotect
from ogp_sensemaker.formats.documents import examine
from ogp_sensemaker.formats.sheaf import RawFile, Table
from ogp_sensemaker.formats.xml_parts import XML, elements, language_of, local, read_bytes
from ogp_sensemaker.formats.xml_text import without_control

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

COLUMNS = ("language", "term", "english", "name", "note")
_ALSO = {
    "language": ("language", "lang", "source language"),
    "term": ("term", "source", "source term", "original"),
    "english": ("english", "translation", "en", "target"),
    "name": ("name", "is name", "proper name"),
    "note": ("note", "notes", "comment", "definition"),
}
SUFFIXES = (".csv", ".tbx")
_YES = frozenset(("yes", "y", "true", "1", "x"))
_NAMESPACE = "urn:iso:std:iso:30042:ed-2"
MAX_TERM = 300  # characters; more is no term


@cache
def shipped() -> tuple[Term, ...]:
    """The open-government terms that come with the program."""
    text = resources.files("ogp_sensemaker").joinpath("data", "glossary.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(StringIO(text))
    return tuple(Term(r["language"], r["term"], r["english"], r["name"] == "yes", r["note"]) for r in rows)


def read_glossary(path: Path) -> tuple[list[Term], list[Finding]]:
    """The terms of a CSV, XLSX or TBX file, and what was left out. Raises ImportProblem where it is none of these."""
    data = read_bytes(path)
    if data.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<"):
        return _read_tbx(data, path.name)
    document = examine(RawFile(path.name, data))
    if document is None or document.table is None:
        raise ImportProblem("is no glossary; give a CSV or TBX file", path.name)
    return _read_table(document.table, path.name)


def write_glossary(terms: Iterable[Term], path: Path) -> int:
    """Write terms to a CSV file, or to TBX where its suffix is .tbx. Returns how many."""
    found = list(terms)
    (_write_tbx if path.suffix.lower() == ".tbx" else _write_csv)(found, path)
    return len(found)


def _read_table(table: Table, file: str) -> tuple[list[Term], list[Finding]]:
    places = {field: table.index(*names) for field, names in _ALSO.items()}
    lacking = [field for field in ("language", "term", "english") if places[field] is None]
    if lacking:
        raise ImportProblem(f"a glossary needs the column {lacking[0]}", file, table.heading_row)
    terms: list[Term] = []
    findings = list(table.findings)
    for number, cells in table.rows:
        row = {field: unprotect(cells[at].strip()) if at is not None else "" for field, at in places.items()}
        language = row["language"].replace("_", "-").partition("-")[0].lower()
        if not language.isalpha() or not row["term"] or len(row["term"]) > MAX_TERM:
            findings.append(Finding(file, number, "has no language or no term; left out"))
            continue
        terms.append(Term(language, row["term"], row["english"], row["name"].casefold() in _YES, row["note"]))
    return terms, findings


def _write_csv(terms: Iterable[Term], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file, lineterminator="\r\n")
        write.writerow(COLUMNS)
        for term in terms:
            cells = (term.language, term.term, term.english, "yes" if term.name else "", term.note)
            write.writerow([protect(cell) for cell in cells])


def _read_tbx(data: bytes, file: str) -> tuple[list[Term], list[Finding]]:
    """TBX of either edition: concepts are `conceptEntry` or `termEntry`, languages `langSec` or `langSet`."""
    terms: list[Term] = []
    findings: list[Finding] = []
    is_tbx = False
    for concept in elements(data, file, "conceptEntry", "termEntry", "tbxHeader", "martifHeader"):
        is_tbx = True
        if local(concept) in ("tbxHeader", "martifHeader"):
            continue
        sections = [(language_of(part), part) for part in concept if local(part) in ("langSec", "langSet")]
        forms = [t for language, part in sections if language == "en" for t in _words(part)]
        found = list(_terms(sections, OTHER_WORDS.join(dict.fromkeys(f for _, f in forms))))
        terms += found
        if not found:
            findings.append(Finding(file, None, "a concept without a term in another language; left out"))
    if not is_tbx:
        raise ImportProblem("is no glossary; give a CSV or TBX file", file)
    return terms, findings


def _terms(sections: Iterable[tuple[str, "Element"]], english: str) -> Iterator[Term]:
    for language, part in sections:
        if language in ("", "en"):
            continue
        for section, word in _words(part):
            if word and len(word) <= MAX_TERM:
                note = next((_all_text(n) for n in section.iter() if local(n) == "note"), "")
                yield Term(language, word, english, _is_name(section), note)


def _words(language: "Element") -> Iterator[tuple["Element", str]]:
    """Each term of a language with the element that says what there is to say of it."""
    for section in language.iter():
        if local(section) in ("termSec", "tig", "ntig"):
            word = next((_all_text(part) for part in section.iter() if local(part) == "term"), "")
            if word:
                yield section, word


def _is_name(section: "Element") -> bool:
    notes = [part for part in section.iter() if local(part) == "termNote" and part.get("type") == "partOfSpeech"]
    return any(_all_text(note) in ("properNoun", "proper noun") for note in notes)


def _all_text(element: "Element") -> str:
    return " ".join("".join(element.itertext()).split())


def _write_tbx(terms: Iterable[Term], path: Path) -> None:
    """TBX-Basic of ISO 30042:2019: a concept for all terms with the same English."""
    from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

    concepts: dict[str, dict[str, list[Term]]] = {}
    for term in terms:
        concepts.setdefault(term.english, {}).setdefault(term.language, []).append(term)
    root = Element("tbx", {"xmlns": _NAMESPACE, "type": "TBX-Basic", "style": "dca", XML + "lang": "en"})
    header = SubElement(SubElement(root, "tbxHeader"), "fileDesc")
    SubElement(SubElement(header, "sourceDesc"), "p").text = "Glossary written by ogp-sensemaker"
    body = SubElement(SubElement(root, "text"), "body")
    for number, (english, by_language) in enumerate(concepts.items(), start=1):
        concept = SubElement(body, "conceptEntry", id=f"c{number}")
        forms = [Term("en", form, "") for form in Term("", "", english).forms]
        for language, words in {"en": forms, **by_language}.items():
            if words:
                section = SubElement(concept, "langSec", {XML + "lang": language})
                for word in words:
                    _write_term(section, word)
    indent(root, " ")
    ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _write_term(section: "Element", word: Term) -> None:
    from xml.etree.ElementTree import SubElement

    made = SubElement(section, "termSec")
    SubElement(made, "term").text = without_control(word.term)
    if word.name:
        SubElement(made, "termNote", type="partOfSpeech").text = "properNoun"
    if word.note:
        SubElement(made, "note").text = without_control(word.note)
