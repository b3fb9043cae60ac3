"""What each column of the coded dataset means, of which type it is and which values it takes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ogp_sensemaker.domain.codebook import CodeKind
from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.domain.dataset import Dataset
from ogp_sensemaker.formats.coded_table import NO_STANCE, attribute_columns
from ogp_sensemaker.formats.languages import language_name

_MANY = 25  # values of a column that are listed one by one
LIST = "several values, joined by “; ”; within a value, ; is written \\; and \\ is written \\\\"
_STANCES = ", ".join(Stance)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the data dictionary."""

    sheet: str
    column: str
    meaning: str
    type: str
    values: str


def data_dictionary(dataset: Dataset) -> list[Entry]:
    """Every column of every sheet, then the rules that hold for all of them."""
    return [
        *_segments(dataset),
        *_attributes(dataset),
        *_codings(dataset),
        *_codebook(),
        *_numbers(dataset),
        *_rules(),
    ]


def _values(values: Iterable[str]) -> str:
    """The distinct values with their frequency, most frequent first, or how many there are."""
    counts = Counter(value for value in values if value)
    if not counts:
        return "no values in this project"
    if len(counts) > _MANY:
        return f"{len(counts):,} different values"
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return "; ".join(f"{value} ({count:,})" for value, count in ordered)


def _segments(dataset: Dataset) -> list[Entry]:
    rows = dataset.rows
    languages = "; ".join(
        f"{code} = {language_name(code)}" for code in sorted({row.language for row in rows if row.language})
    )
    lines = (
        ("segment_id", "Number of the segment in the project; #5023 in the report", "whole number", "unique"),
        ("source", "File or export the words came from", "text", _values(row.source for row in rows)),
        (
            "locator",
            "Place in the source: p12 is a paragraph, L12 a line, t1r2c3 a table cell, row 13 a row of a sheet",
            "text",
            "",
        ),
        ("channel", "How people were asked", "text", _values(row.channel for row in rows)),
        ("case", "Who said it: a participant, a speaker, an organisation or an event", "text", "empty: not known"),
        (
            "language",
            "Language of the original (ISO 639)",
            "code",
            f"{languages or 'no values in this project'}; empty: too short to tell",
        ),
        ("original", "The words as they were written or noted, in the original language", "text", ""),
        ("english", "The words in English: a translation, or the original", "text", "empty: not translated"),
        (
            "translation_by",
            "Who or what made the translation: a person's name, or a model with its version",
            "text",
            _values(row.translation_by for row in rows),
        ),
        ("cluster", "Number of the group that a machine proposed (last run)", "whole number", "empty: in none"),
        ("cluster_words", "The words that tell that group from the others", "text", ""),
        ("codes", "Codes that people gave the segment, as paths in the codebook", "list", LIST),
        (
            "stances",
            "Stance towards each of the codes, in the same order; several coders' stances are joined by /",
            "list",
            f"{_STANCES}; {NO_STANCE}: that code has no stance; empty: no code has one",
        ),
        (
            "suggested",
            "Codes that a machine suggests, with its confidence from 0 to 1; nobody has decided on them",
            "list",
            f"path (confidence); {LIST}",
        ),
        ("contested", "What analysts marked on its codes", "text", "contested; to watch; both; empty: neither"),
        (
            "duplicate_of",
            "The earlier segment whose words it repeats, exactly or nearly; it is kept and counted as one",
            "whole number",
            "a segment_id; empty: no duplicate",
        ),
        ("memo", "Analysts' own thoughts on the segment", "text", ""),
    )
    return [Entry("Segments", *line) for line in lines]


def _attributes(dataset: Dataset) -> list[Entry]:
    return [
        Entry(
            "Segments",
            heading,
            f"Attribute “{attribute}” of the case",
            "text",
            _values(row.attributes.get(attribute, "") for row in dataset.rows),
        )
        for attribute, heading in attribute_columns(dataset.attributes).items()
    ]


def _codings(dataset: Dataset) -> list[Entry]:
    lines = (
        ("segment_id", "The coded segment", "whole number", ""),
        ("code", "The code, as a path in the codebook", "text", ""),
        ("coder", "Who decided, or which machine suggested it", "text", _values(row.coder for row in dataset.codings)),
        ("machine", "Whether the coder is a machine", "text", "yes; no"),
        ("stance", "Stance towards the code", "text", f"{_STANCES}; empty: none given"),
        ("concern", "Whether a concern is voiced", "text", "yes; no"),
        ("via_cluster", "The cluster that was assigned as a whole", "whole number", "empty: coded one by one"),
        ("created", "When", "ISO 8601 time", ""),
    )
    return [Entry("Codings", *line) for line in lines]


def _codebook() -> list[Entry]:
    lines = (
        ("number", "How reports call the code", "text", ""),
        ("code", "Path in the codebook", "text", "names from the root, joined by “ > ”"),
        ("kind", "What the code stands for", "text", "; ".join(CodeKind)),
        ("segments", "Segments that people gave this very code", "whole number", ""),
        ("description", "What it means", "text", ""),
        ("use_when", "When to use it", "text", ""),
        ("not_when", "When not to use it", "text", ""),
        ("examples", "Examples, one a line", "text", ""),
        ("submitted_by", "Who put the proposal forward", "text", "empty: not a proposal, or not known"),
        ("external_key", "What the platform calls it", "text", ""),
    )
    return [Entry("Codebook", *line) for line in lines]


def _numbers(dataset: Dataset) -> list[Entry]:
    lines: list[tuple[str, str, str, str, str]] = []
    if dataset.opinions:
        lines += [
            ("Opinions", "proposal", "The proposal, as a path in the codebook", "text", ""),
            ("Opinions", "case_id", "Number of the participant in the project", "whole number", ""),
            ("Opinions", "case", "Name of the participant", "text", ""),
            ("Opinions", "opinion", "How strongly the participant is for it", "number", "-1 oppose … 1 support"),
        ]
    if dataset.answers:
        lines += [
            ("Poll answers", "poll", "The question", "text", ""),
            ("Poll answers", "option", "The option chosen", "text", "one row for each option chosen"),
            ("Poll answers", "case_id", "Number of the respondent in the project", "whole number", ""),
            ("Poll answers", "case", "Name of the respondent", "text", ""),
        ]
    return [Entry(*line) for line in lines]


def _rules() -> list[Entry]:
    lines = (
        (
            "apostrophe",
            "A text that a spreadsheet could take for a formula (it begins with = + - @, their full-width forms, a tab "
            "or a line break) has one apostrophe put before it. To read it back, take the first apostrophe off any "
            "cell that begins with apostrophes and then one of these signs.",
        ),
        (
            "long texts",
            "A cell of a workbook holds at most 32,767 characters. A longer text is cut, and ends with a note that "
            "says so; the CSV file has it whole.",
        ),
        (
            "control characters",
            "Characters that a workbook cannot hold are left out of it, and every line break is written as a line "
            "feed; the CSV file has the text as it was.",
        ),
        ("CSV file", "The same columns as the sheet Segments: UTF-8 with BOM, commas, CRLF between rows (RFC 4180)."),
    )
    return [Entry("All", name, meaning, "rule", "") for name, meaning in lines]
