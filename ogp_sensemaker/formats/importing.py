"""Brings paths, files, and importers together: from what an analyst dropped to intakes in the order to write them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ogp_sensemaker.domain.intake import Finding, Intake
from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats import codebook, considerit, notes, polis, polls, tables, tabular
from ogp_sensemaker.formats.columns import FIELDS as COMMENT_FIELDS
from ogp_sensemaker.formats.documents import examine
from ogp_sensemaker.formats.gathering import gather
from ogp_sensemaker.formats.sheaf import DEFAULT_HOSTS, Document, Importer, Options, RawFile

_TABLES = (".csv", ".tsv", ".xlsx")

IMPORTERS: tuple[Importer, ...] = (
    Importer(
        "considerit",
        "Consider.it export (folder or zip of five CSV files)",
        (".csv", ".zip"),
        considerit.recognise,
        considerit.read,
        together=True,
        order=0,
    ),
    Importer(
        "polis",
        "Polis export (folder or zip of CSV files)",
        (".csv", ".zip"),
        polis.recognise,
        polis.read,
        together=True,
        order=1,
    ),
    Importer(
        "table",
        "Comments in a CSV or XLSX table (Decidim, Discuto, Talk to the City and others)",
        _TABLES,
        tabular.recognise,
        tabular.read,
        together=True,
        order=2,
        maps_columns=True,
    ),
    Importer(
        "notes",
        "Event notes (Word, OpenDocument, PDF, Markdown, text, HTML)",
        (".docx", ".odt", ".pdf", ".md", ".txt", ".html", ".htm"),
        notes.recognise,
        notes.read,
        order=3,
    ),
    Importer(
        "poll",
        "Poll or survey table, one row per respondent",
        _TABLES,
        polls.recognise,
        polls.read,
        order=4,
        maps_columns=True,
    ),
    Importer(
        "translations",
        "Human translations (table of language, original, english)",
        _TABLES,
        tables.recognise_translations,
        tables.read_translations,
        order=5,
        maps_columns=True,
    ),
    Importer(
        "codings",
        "Codings made elsewhere (table of source, text, code, stance, coder)",
        _TABLES,
        tables.recognise_codings,
        tables.read_codings,
        order=6,
        maps_columns=True,
    ),
)
_BY_ID = {importer.id: importer for importer in IMPORTERS}
_KINDS = "; ".join(f"{importer.id}: {importer.label}" for importer in IMPORTERS)


def read_paths(
    paths: Sequence[Path],
    *,
    kind: str | None = None,
    channel: str | None = None,
    columns: Mapping[str, str] | None = None,
    hosts: Sequence[str] = DEFAULT_HOSTS,
) -> list[Intake]:
    """Everything in files, folders and zips, as intakes in the order in which they can be written.

    `kind` forces the id of an importer, `channel` names the channel of all, `columns` maps our fields to the
    columns of a table, `hosts` names those who run the consultation. Raises ImportProblem where a file cannot
    be read at all; what is wrong with single rows stands in the findings of an intake, of which fatal ones
    must stop the import. A file of no known kind stops it where it was given by itself; in a folder it is
    left out, with a finding.
    """
    if kind is not None and kind not in _BY_ID:
        raise ImportProblem(f"there is no kind “{kind}”; the kinds are {_KINDS}")
    options = Options(channel, dict(columns or {}), tuple(hosts))
    raws = gather([Path(path) for path in paths])
    chosen, left_out = _recognised(raws, kind, options)
    if not chosen:
        raise ImportProblem(f"no file of a kind that can be imported; the kinds are {_KINDS}", raws[0].name)
    if options.columns:
        _check_columns(options.columns, [document for importer, document in chosen if importer.maps_columns])
    ranked: list[tuple[int, Intake]] = []
    for importer, documents in _sheaves(chosen):
        meant = importer.maps_columns and any(_has(document, options.columns) for document in documents)
        given = options if meant else replace(options, columns={})
        ranked.extend((importer.order, intake) for intake in importer.read(documents, given))
    intakes = [intake for _, intake in sorted(ranked, key=lambda item: item[0])]
    if left_out:
        intakes[0] = replace(intakes[0], findings=(*intakes[0].findings, *left_out))
    return intakes


def _check_columns(columns: Mapping[str, str], documents: Sequence[Document]) -> None:
    """Raises ImportProblem for a field that no kind has, and for columns that no table has."""
    fields = {*COMMENT_FIELDS, *polls.FIELDS, *tables.TRANSLATION_FIELDS, *tables.CODING_FIELDS}
    unknown = next((name for name in columns if name not in fields), None)
    if unknown is not None:
        raise ImportProblem(f"there is no field “{unknown}”; the fields are {', '.join(sorted(fields))}")
    if not documents:
        raise ImportProblem("columns can be given for tables only, and there is none of a kind that takes them")
    if any(_has(document, columns) for document in documents):
        return
    table = documents[0].table
    headings = table.columns if table is not None else ()
    lacking = next(column for column in columns.values() if table is None or not table.has(column))
    raise ImportProblem(f"has no column “{lacking}”; it has {', '.join(filter(None, headings))}", documents[0].name)


def _has(document: Document, columns: Mapping[str, str]) -> bool:
    return document.table is not None and document.table.has(*columns.values())


def _recognised(
    raws: Sequence[RawFile], kind: str | None, options: Options
) -> tuple[list[tuple[Importer, Document]], list[Finding]]:
    """Each file with the importer that knows it best, and findings about those that none knows."""
    chosen: list[tuple[Importer, Document]] = []
    left_out: list[Finding] = []
    for raw in raws:
        document = examine(raw)
        importer = None if document is None else _importer(document, kind, options)
        if document is not None and importer is not None:
            chosen.append((importer, document))
            continue
        if document is not None and codebook.recognise(document):
            message = "is a codebook, which is given when a project is made: new PROJECT --codebook FILE"
        else:
            message = f"is of no kind that can be imported; the kinds are {_KINDS}"
        if not raw.top:
            raise ImportProblem(message, raw.name)
        left_out.append(Finding(raw.name, None, f"left out: {message}"))
    return chosen, left_out


def _importer(document: Document, kind: str | None, options: Options) -> Importer | None:
    if kind is not None:
        return _BY_ID[kind]
    if codebook.recognise(document):
        return None
    scores = [(importer.recognise(document), -importer.order, importer) for importer in IMPORTERS]
    score, _, best = max(scores, key=lambda item: item[:2])
    if score < 1 and options.columns and _has(document, options.columns):
        return _by_fields(options.columns) or best
    return best if score > 0 else None


def _by_fields(columns: Mapping[str, str]) -> Importer | None:
    """The importer that the given fields belong to, where they tell."""
    if "question" in columns:
        return _BY_ID["poll"]
    if "original" in columns:
        return _BY_ID["translations"]
    if "code" in columns:
        return _BY_ID["codings"]
    return _BY_ID["table"] if "text" in columns else None


def _sheaves(chosen: Sequence[tuple[Importer, Document]]) -> list[tuple[Importer, list[Document]]]:
    """Documents that are read together: those of one kind in one folder, where the kind has several files."""
    sheaves: dict[tuple[str, str, str], tuple[Importer, list[Document]]] = {}
    for importer, document in chosen:
        raw = document.raw
        alone = "" if importer.together else raw.name
        key = (importer.id, f"{raw.top}/{raw.folder}", alone)
        sheaves.setdefault(key, (importer, []))[1].append(document)
    return list(sheaves.values())
