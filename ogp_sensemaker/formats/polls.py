"""Reads a poll tool's table: one row per respondent, with closed questions and what they wrote besides."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ogp_sensemaker.domain.intake import Finding, Intake, NewCase, NewPoll, NewPollAnswer, NewSegment
from ogp_sensemaker.domain.source import CaseKind, SegmentKind
from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats.dates import moment
from ogp_sensemaker.formats.encodings import garbled
from ogp_sensemaker.formats.markup import split_translation, words_of
from ogp_sensemaker.formats.sheaf import Document, Keys, Options, Table, content_key, digest, tables_of

FIELDS = ("question", "id")
SEPARATORS = ("; ", ";", " | ", "|", "\n", ", ", ",")
MAX_OPTIONS = 30
_ID_HEADINGS = re.compile(
    r"(response|respondent|participant|submission|record|entry|answer|user)[ _-]?(id|number|no|#)|id|#|token|uuid",
    re.I,
)
_PEOPLE = re.compile(r"name|e-?mail|username|phone|ip( address)?|url|link", re.I)
_SEVERAL = re.compile(
    r"choose|select (all|up)|up to \d|top (three|two|five|\d)|tick all|multiple|several|plusieurs", re.I
)
# Options that have an order of their own, from most to least.
_SCALES = (
    ("strongly agree", "agree", "somewhat agree", "neither agree nor disagree", "neutral", "somewhat disagree",
     "disagree", "strongly disagree", "don't know"),
    ("strongly support", "support", "neutral", "oppose", "strongly oppose"),
    ("very satisfied", "satisfied", "neutral", "dissatisfied", "very dissatisfied"),
    ("very important", "important", "somewhat important", "not important"),
    ("very high", "high", "medium", "low", "very low"),
    ("always", "often", "sometimes", "rarely", "never"),
    ("yes", "partly", "maybe", "no", "don't know", "not sure"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answers:
    """How a question's cells split into options; `separator` is "" where each cell is one choice."""

    separator: str
    options: tuple[str, ...]  # by first appearance


def recognise(document: Document) -> float:
    table = document.table
    if table is None or len(table.rows) < 3:
        return 0.0
    closed = _closed_questions(table)
    if any(_is_question(table.columns[at]) for at in closed):
        return 0.7
    return 0.3 if closed and len(table.rows) >= 5 else 0.0


def read(documents: Sequence[Document], options: Options) -> list[Intake]:
    """One intake a table, with a poll for each closed question; raises ImportProblem where there is none."""
    return [_read(document, table, options) for document, table in tables_of(documents)]


def split_answers(cells: Sequence[str], heading: str = "") -> Answers:
    """How the cells of a question are to be split: as gives the fewest different options.

    Choices may themselves contain commas, so a separator is taken only where it makes the options fewer
    (or as few, where the heading asks for several), never by its mere presence.
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    best = Answers("", tuple(dict.fromkeys(filled)))
    asks_for_several = bool(_SEVERAL.search(heading))
    for separator in SEPARATORS:
        if not any(separator in cell for cell in filled):
            continue
        parts = tuple(dict.fromkeys(part for cell in filled for part in _parts(cell, separator)))
        fewer = len(parts) < len(best.options)
        if fewer or (not best.separator and asks_for_several and len(parts) == len(best.options)):
            best = Answers(separator, parts)
    return best


def _parts(cell: str, separator: str) -> list[str]:
    if not separator:
        return [cell.strip()]
    return list(dict.fromkeys(part.strip() for part in cell.split(separator) if part.strip()))


def _cells(table: Table, place: int) -> list[str]:
    return [cells[place].strip() for _, cells in table.rows]


def _is_question(heading: str) -> bool:
    return "?" in heading or "؟" in heading or len(heading.split()) >= 6


def _closed_questions(table: Table) -> list[int]:
    """The columns whose values repeat as those of a closed question do."""
    return [
        place
        for place, heading in enumerate(table.columns)
        if heading and not _ID_HEADINGS.fullmatch(heading.strip()) and _is_closed(_cells(table, place), heading)
    ]


def _is_closed(cells: Sequence[str], heading: str) -> bool:
    filled = [cell for cell in cells if cell]
    if len(filled) < 3 or sum(1 for cell in filled[:50] if moment(cell)) > 0.8 * min(50, len(filled)):
        return False
    answers = split_answers(filled, heading)
    count = len(answers.options)
    given = sum(len(_parts(cell, answers.separator)) for cell in filled)
    return (1 < count <= MAX_OPTIONS and count <= max(3, given / 3)) or (count == 1 and _is_question(heading))


def _is_open(cells: Sequence[str]) -> bool:
    """Whether people wrote freely: long cells that hardly repeat."""
    filled = [cell for cell in cells if cell]
    words = sum(len(cell.split()) for cell in filled)
    return bool(filled) and words >= 5 * len(filled) and len(set(filled)) > 0.7 * len(filled)


def _question_places(document: Document, table: Table, options: Options) -> list[int]:
    for name in options.columns:
        if name not in FIELDS:
            raise ImportProblem(f"there is no field “{name}” here; the fields are {', '.join(FIELDS)}", document.name)
    if "question" in options.columns:
        return [_place(document, table, options.columns["question"])]
    closed = _closed_questions(table)
    found = [place for place in closed if _is_question(table.columns[place])]
    if not found:
        found = closed[-1:]
    if not found:
        raise ImportProblem(
            "has no column whose answers repeat, as those of a closed question do; name it with --map question=COLUMN",
            document.name,
        )
    return found


def _place(document: Document, table: Table, column: str) -> int:
    place = table.index(column)
    if place is None:
        raise ImportProblem(f"has no column “{column}”; it has {', '.join(table.columns)}", document.name)
    return place


def _id_place(document: Document, table: Table, options: Options) -> int | None:
    if "id" in options.columns:
        return _place(document, table, options.columns["id"])
    for place, heading in enumerate(table.columns):
        values = _cells(table, place)
        if _ID_HEADINGS.fullmatch(heading.strip()) and len(set(values)) == len(values):
            return place
    return None


def _read(document: Document, table: Table, options: Options) -> Intake:
    questions = _question_places(document, table, options)
    ids = _id_place(document, table, options)
    free = [
        place
        for place, heading in enumerate(table.columns)
        if place not in questions and place != ids and _is_question(heading) and _is_open(_cells(table, place))
    ]
    attributes = [
        place
        for place, heading in enumerate(table.columns)
        if place not in (*questions, *free) and place != ids and not _PEOPLE.fullmatch(heading.strip())
        if _is_closed(_cells(table, place), "")
    ]
    cases = _cases(document, table, ids, attributes)
    polls, answers = [], []
    for place in questions:
        poll, chosen = _poll(document, table, place, cases)
        polls.append(poll)
        answers.extend(chosen)
    findings = list(table.findings)
    segments = [s for place in free for s in _written(document, table, place, cases, findings)]
    used = {*questions, *free, *attributes} | ({ids} if ids is not None else set())
    return Intake(
        kind="poll",
        name=document.name,
        channel=options.channel or "Polls",
        sha256=digest([document]),
        encoding=document.encoding,
        columns=_columns(table, questions, ids),
        unused_columns=tuple(c for place, c in enumerate(table.columns) if place not in used and c),
        cases=tuple(cases),
        segments=tuple(segments),
        polls=tuple(polls),
        answers=tuple(answers),
        findings=tuple(findings),
        options=dict(table.options),
    )


def _columns(table: Table, questions: Sequence[int], ids: int | None) -> dict[str, str]:
    columns = {f"question {n}" if n > 1 else "question": table.columns[at] for n, at in enumerate(questions, start=1)}
    if ids is not None:
        columns["id"] = table.columns[ids]
    return columns


def _cases(document: Document, table: Table, ids: int | None, attributes: Sequence[int]) -> list[NewCase]:
    """A respondent for each row, in the order of the rows."""
    cases = []
    keys = Keys()
    for number, cells in table.rows:
        id_ = cells[ids].strip() if ids is not None else ""
        key = keys.unique(f"poll:{document.name}:{id_}") if id_ else keys.make(f"poll:{document.name}:row", *cells)
        known = {table.columns[place]: cells[place].strip() for place in attributes if cells[place].strip()}
        cases.append(NewCase(key, id_ or f"row {number}", CaseKind.RESPONDENT, known))
    return cases


def _poll(
    document: Document, table: Table, place: int, cases: Sequence[NewCase]
) -> tuple[NewPoll, list[NewPollAnswer]]:
    question = table.columns[place]
    cells = _cells(table, place)
    split = split_answers(cells, question)
    key = content_key(f"poll:{document.name}", question)
    answers = [
        NewPollAnswer(key, case.key, option)
        for cell, case in zip(cells, cases, strict=True)
        if cell
        for option in _parts(cell, split.separator)
    ]
    return NewPoll(key, question, bool(split.separator), in_order(split.options)), answers


def in_order(options: Sequence[str]) -> tuple[str, ...]:
    """Options along their scale where they are one (agree … disagree, 1 … 5), otherwise by first appearance."""
    folded = [option.casefold().replace("’", "'") for option in options]
    for scale in _SCALES:
        if all(option in scale for option in folded):
            return tuple(sorted(options, key=lambda o: scale.index(o.casefold().replace("’", "'"))))
    if all(re.fullmatch(r"-?\d+(\.\d+)?", option) for option in options):
        return tuple(sorted(options, key=float))
    return tuple(options)


def _written(
    document: Document, table: Table, place: int, cases: Sequence[NewCase], findings: list[Finding]
) -> list[NewSegment]:
    """What respondents wrote to an open question of the same table."""
    heading = table.columns[place]
    segments = []
    for (number, cells), case in zip(table.rows, cases, strict=True):
        text, english = split_translation(words_of(cells[place]))
        if not text:
            continue
        why = garbled(text)
        if why:
            findings.append(Finding(document.name, number, why, heading))
        key = content_key("answer", heading, case.key)
        locator = f"row {number} column {place + 1}"
        segments.append(
            NewSegment(key, text, locator, SegmentKind.COMMENT, heading=heading, case=case.key, english=english)
        )
    return segments
