"""Reads tables about segments that are there already: human translations, and codings made elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.domain.intake import Finding, Intake, NewCoding, NewTranslation
from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats.encodings import garbled
from ogp_sensemaker.formats.sheaf import Document, Options, Table, digest, tables_of

TRANSLATION_FIELDS: Mapping[str, tuple[str, ...]] = {
    "original": ("original", "source text", "original text", "text"),
    "english": ("english", "translation", "english text", "target text", "text in english"),
    "language": ("language", "lang", "language of original", "source language"),
}
CODING_FIELDS: Mapping[str, tuple[str, ...]] = {
    "source": ("source", "file", "document"),
    "text": ("text", "original", "segment", "quotation", "comment"),
    "code": ("code", "direction", "theme", "strategic direction", "codes"),
    "stance": ("stance", "position"),
    "concern": ("concern",),
    "coder": ("coder", "coded by", "analyst", "coded_by"),
}
_STANCES = {
    "support": Stance.SUPPORT, "for": Stance.SUPPORT, "pro": Stance.SUPPORT, "agree": Stance.SUPPORT,
    "oppose": Stance.OPPOSE, "against": Stance.OPPOSE, "con": Stance.OPPOSE, "disagree": Stance.OPPOSE,
    "mixed": Stance.MIXED, "unclear": Stance.MIXED, "both": Stance.MIXED,
    "neutral": Stance.NEUTRAL, "none": Stance.NEUTRAL, "question": Stance.NEUTRAL,
}  # fmt: skip
_YES = {"yes", "y", "true", "1", "x", "oui", "sí"}
_MARKS_OF_OTHERS = ("comment_id", "author", "author_name", "segment_id", "email")


def recognise_translations(document: Document) -> float:
    table = document.table
    if table is None or any(table.has(mark) for mark in _MARKS_OF_OTHERS) or len(table.columns) > 6:
        return 0.0
    if _is_coded(table):
        return 0.0
    return 0.9 if table.has("original") and table.index(*TRANSLATION_FIELDS["english"]) is not None else 0.0


def recognise_codings(document: Document) -> float:
    table = document.table
    if table is None or any(table.has(mark) for mark in _MARKS_OF_OTHERS):
        return 0.0
    return 0.9 if _is_coded(table) else 0.0


def _is_coded(table: Table) -> bool:
    found = {name for name, columns in CODING_FIELDS.items() if table.index(*columns) is not None}
    return {"text", "code"} <= found and bool(found & {"coder", "stance", "source"})


def _places(
    document: Document, table: Table, fields: Mapping[str, tuple[str, ...]], options: Options
) -> dict[str, int]:
    """Where the table keeps each field; raises ImportProblem for a field or column that there is not."""
    places: dict[str, int] = {}
    for name, columns in fields.items():
        place = table.index(*columns)
        if place is not None and place not in places.values():
            places[name] = place
    for name, column in options.columns.items():
        if name not in fields:
            raise ImportProblem(f"there is no field “{name}” here; the fields are {', '.join(fields)}", document.name)
        place = table.index(column)
        if place is None:
            raise ImportProblem(f"has no column “{column}”; it has {', '.join(table.columns)}", document.name)
        places[name] = place
    return places


def _intake(
    kind: str, document: Document, table: Table, places: dict[str, int], findings: list[Finding], options: Options
) -> Intake:
    return Intake(
        kind=kind,
        name=document.name,
        channel=options.channel or "",
        sha256=digest([document]),
        encoding=document.encoding,
        columns={name: table.columns[place] for name, place in places.items()},
        unused_columns=tuple(c for at, c in enumerate(table.columns) if at not in places.values() and c),
        findings=(*table.findings, *findings),
        options=dict(table.options),
    )


def read_translations(documents: Sequence[Document], options: Options) -> list[Intake]:
    """One intake a table; raises ImportProblem where it has no originals or no English."""
    intakes = []
    for document, table in tables_of(documents):
        places = _places(document, table, TRANSLATION_FIELDS, options)
        if "original" not in places or "english" not in places:
            raise ImportProblem("a table of translations needs the columns original and english", document.name)
        findings: list[Finding] = []
        found = []
        for number, cells in table.rows:
            row = {name: cells[place].strip() for name, place in places.items()}
            if not row["original"] or not row["english"]:
                empty = "original" if not row["original"] else "english"
                findings.append(Finding(document.name, number, f"the {empty} is empty; left out", empty))
                continue
            why = garbled(row["original"] + row["english"])
            if why:
                findings.append(Finding(document.name, number, why))
            found.append(NewTranslation(row["original"], row["english"], row.get("language", "").lower(), number))
        intake = _intake("translations", document, table, places, findings, options)
        intakes.append(replace(intake, translations=tuple(found)))
    return intakes


def read_codings(documents: Sequence[Document], options: Options) -> list[Intake]:
    """One intake a table; raises ImportProblem where it has no texts or no codes."""
    intakes = []
    for document, table in tables_of(documents):
        places = _places(document, table, CODING_FIELDS, options)
        if "text" not in places or "code" not in places:
            raise ImportProblem("a table of codings needs the columns text and code", document.name)
        findings: list[Finding] = []
        found = []
        for number, cells in table.rows:
            row = {name: cells[place].strip() for name, place in places.items()}
            if not row["text"] or not row["code"]:
                empty = "text" if not row["text"] else "code"
                findings.append(Finding(document.name, number, f"the {empty} is empty; left out", empty))
                continue
            found.append(_coding(document.name, number, row, findings))
        intake = _intake("codings", document, table, places, findings, options)
        intakes.append(replace(intake, codings=tuple(found)))
    return intakes


def _coding(file: str, number: int, row: Mapping[str, str], findings: list[Finding]) -> NewCoding:
    written = row.get("stance", "").casefold()
    stance = _STANCES.get(written)
    if written and stance is None:
        message = "the stance is none of support, oppose, mixed, neutral; left empty"
        findings.append(Finding(file, number, message, "stance"))
    return NewCoding(
        source=row.get("source", ""),
        text=row["text"],
        code=row["code"],
        coder=row.get("coder", "") or "unnamed coder",
        stance=stance.value if stance else "",
        concern=row.get("concern", "").casefold() in _YES,
        row=number,
    )
