"""Reads comments from any CSV or XLSX table, by a column map that is guessed, shown and can be given."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ogp_sensemaker.domain.intake import Finding, Intake, NewCase, NewProposal, NewSegment
from ogp_sensemaker.domain.source import CaseKind, SegmentKind
from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats import columns
from ogp_sensemaker.formats.columns import ColumnMap
from ogp_sensemaker.formats.dates import is_day_first, moment
from ogp_sensemaker.formats.encodings import garbled
from ogp_sensemaker.formats.markup import split_translation, words_of
from ogp_sensemaker.formats.sheaf import Document, Keys, Options, Table, as_shown, digest, tables_of

CHANNELS = {"decidim": "Decidim", "discuto": "Comments on the draft", "talk to the city": "Talk to the City"}
_STANCES = {
    "1": "support", "-1": "oppose", "support": "support", "for": "support", "pro": "support", "agree": "support",
    "oppose": "oppose", "against": "oppose", "con": "oppose", "disagree": "oppose", "in favor": "support",
    "in favour": "support",
}  # fmt: skip
_NOBODY = {"anonymous", "anonym", "anonyme", "anónimo", "anonim", "аноним", "n/a", "-", "none", "unknown", "مجهول"}
_NO_ATTRIBUTE = re.compile(r"url|link|video|image|\bip\b|status|\bstate\b|phone|address|\bid\b|_id$", re.I)
MAX_VALUES = 40  # of a column that describes authors


@dataclass(slots=True)
class _Reading:
    """One table while it is read."""

    document: Document
    table: Table
    map: ColumnMap
    options: Options
    paragraphs: Mapping[str, str]  # id of a draft's paragraph -> its heading
    proposals_known: frozenset[str] = frozenset()
    day_first: bool = True
    attributes: tuple[int, ...] = ()
    cases: dict[str, NewCase] = field(default_factory=dict)
    segments: list[NewSegment] = field(default_factory=list)
    proposals: list[NewProposal] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    keys: Keys = field(default_factory=Keys)
    people: Keys = field(default_factory=Keys)

    def note(self, number: int | None, message: str, column: str = "") -> None:
        self.findings.append(Finding(self.document.name, number, message, column))


def recognise(document: Document) -> float:
    if document.table is None:
        return 0.0
    found = columns.guess(document.table)
    if found.platform or is_draft(document.table, found):
        return 0.8
    if "text" not in found.places and not found.by_language:
        return 0.0
    people = {"author", "author_key", "parent"} & found.places.keys()
    return 0.8 if people and not found.guessed_text else 0.5


def is_draft(table: Table, found: ColumnMap) -> bool:
    """Whether a table holds the paragraphs people were asked about, and nobody's comments."""
    said_by = {"author", "author_key", "date", "parent", "stance"} & found.places.keys()
    return (
        not said_by
        and "text" in found.places
        and table.columns[found.places["text"]].casefold() != "comment"
        and (table.has("paragraph_id") or table.has("paragraph id"))
    )


def is_proposals(table: Table, found: ColumnMap) -> bool:
    """Whether a table is Decidim's list of proposals."""
    return found.platform == "decidim" and not table.has("commentable_id")


def read(documents: Sequence[Document], options: Options) -> list[Intake]:
    """One intake a table, drafts and proposals before the comments on them; raises ImportProblem."""
    maps = []
    for document, table in tables_of(documents):
        # Of several tables the map is for those that have its columns.
        meant = len(documents) == 1 or table.has(*options.columns.values())
        given = options.columns if meant else {}
        found = columns.with_given(given, table, columns.guess(table), document.name)
        if "text" not in found.places and "body" not in found.by_language:
            raise ImportProblem(
                "has no column that looks like comments; name it with --map text=COLUMN. "
                f"It has {', '.join(filter(None, table.columns))}",
                document.name,
            )
        maps.append((document, table, found))
    maps.sort(key=lambda item: not (is_draft(item[1], item[2]) or is_proposals(item[1], item[2])))
    paragraphs: dict[str, str] = {}
    known: set[str] = set()
    intakes = []
    for document, table, found in maps:
        reading = _Reading(document, table, found, options, paragraphs, frozenset(known))
        intake = _read(reading)
        intakes.append(intake)
        known.update(proposal.key for proposal in intake.proposals)
        if is_draft(table, found):
            paragraphs.update({s.key.removeprefix("paragraph:"): s.heading for s in intake.segments})
    return intakes


def _read(reading: _Reading) -> Intake:
    table, found = reading.table, reading.map
    reading.findings.extend(table.findings)
    _look_at_dates(reading)
    reading.attributes = _attributes(reading)
    draft = is_draft(table, found)
    for number, cells in table.rows:
        if draft:
            _paragraph(reading, number, cells)
        else:
            _row(reading, number, cells)
    if not draft:
        _check_parents(reading)
    channel = CHANNELS.get(found.platform, "Draft text" if draft else "Comments")
    unused = [c for at, c in enumerate(table.columns) if at not in found.used() and at not in reading.attributes and c]
    return Intake(
        kind="table",
        name=reading.document.name,
        channel=reading.options.channel or _given_channel(reading) or channel,
        sha256=digest([reading.document]),
        encoding=reading.document.encoding,
        columns=found.shown(table),
        unused_columns=tuple(unused),
        cases=tuple(reading.cases.values()),
        segments=tuple(reading.segments),
        proposals=tuple(reading.proposals),
        findings=tuple(reading.findings),
        options={**table.options, **({"platform": found.platform} if found.platform else {})},
    )


def _cell(reading: _Reading, cells: Sequence[str], name: str) -> str:
    place = reading.map.places.get(name)
    return cells[place].strip() if place is not None else ""


def _given_channel(reading: _Reading) -> str:
    """The table's own channel, where all rows agree on it."""
    place = reading.map.places.get("channel")
    if place is None:
        return ""
    names = {cells[place].strip() for _, cells in reading.table.rows}
    if len(names) == 1:
        return names.pop()
    reading.note(None, "names several channels; give each its own file, or --channel", reading.table.columns[place])
    return ""


def _look_at_dates(reading: _Reading) -> None:
    place = reading.map.places.get("date")
    if place is None:
        return
    found = is_day_first(cells[place] for _, cells in reading.table.rows)
    reading.day_first = found is not False
    if found is None and any("/" in cells[place] for _, cells in reading.table.rows[: columns.SAMPLE]):
        iso = all(cells[place].strip()[:4].isdigit() for _, cells in reading.table.rows[: columns.SAMPLE])
        if not iso:
            reading.note(None, "dates such as 03/04/2022 are read as day/month", reading.table.columns[place])


def _attributes(reading: _Reading) -> tuple[int, ...]:
    """Columns that describe authors: few different values, and the same in all rows of an author."""
    table, places = reading.table, reading.map.places
    who = places.get("author_key", places.get("author"))
    rows = table.rows
    found = []
    for place, heading in enumerate(table.columns):
        if not heading or place in reading.map.used() or not _may_describe(reading.map.platform, heading):
            continue
        values = [cells[place].strip() for _, cells in rows]
        different = {value for value in values if value}
        few = 0 < len(different) <= min(MAX_VALUES, max(2, len(rows) // 2)) and max(map(len, different)) <= 80
        if not few or _is_count(heading, different):
            continue
        if who is not None:
            authors = {(cells[who].strip(), value) for (_, cells), value in zip(rows, values, strict=True)}
            if len(authors) > len({author for author, _ in authors}):
                continue
        found.append(place)
    return tuple(found)


def _may_describe(platform: str, heading: str) -> bool:
    """Whether a column could tell something about the author rather than about the comment or the platform."""
    if platform == "decidim":
        return heading.strip().casefold() == "user_group/name"
    return not _NO_ATTRIBUTE.search(heading)


def _is_count(heading: str, values: set[str]) -> bool:
    """Whether a column counts things (votes, likes, replies) or holds dates rather than describe people."""
    if all(moment(value) for value in values):
        return True
    folded = columns.fold(heading)
    counts = any(word in folded for word in ("vote", "like", "count", "score", "replies", "#", "number", "depth"))
    return counts and all(value.lstrip("-").replace(".", "", 1).isdigit() for value in values)


def _text(reading: _Reading, cells: Sequence[str]) -> tuple[str, str, str]:
    """The words of a row, their English where the row has it, and their language where it is declared."""
    found = reading.map
    language = _cell(reading, cells, "language").lower()
    if "body" in found.by_language:
        return _of_languages(reading, cells)
    text, english = split_translation(words_of(_cell(reading, cells, "text")))
    title = words_of(_cell(reading, cells, "title"))
    if title and title != text:
        text = f"{title}\n\n{text}" if text else title
        english = f"{title}\n\n{english}" if english else ""
    return text, words_of(_cell(reading, cells, "english")) or english, language


def _of_languages(reading: _Reading, cells: Sequence[str]) -> tuple[str, str, str]:
    """One column a language: what is not English is the original where both are filled."""
    parts: dict[str, list[str]] = {}
    for name in ("title", "body"):
        for language, place in reading.map.by_language.get(name, {}).items():
            words = words_of(cells[place])
            if words:
                parts.setdefault(language, []).append(words)
    if "title" not in reading.map.by_language and _cell(reading, cells, "title"):
        for words_in in parts.values():
            words_in.insert(0, words_of(_cell(reading, cells, "title")))
    if not parts:
        return "", "", ""
    full = max(len(words) for words in parts.values())
    language = next((name for name, words in parts.items() if name != "en" and len(words) == full), "")
    language = language or next(iter(parts))
    english = "\n\n".join(parts.get("en", ())) if language != "en" else ""
    return "\n\n".join(parts[language]), english, language


def _paragraph(reading: _Reading, number: int, cells: Sequence[str]) -> None:
    text = words_of(_cell(reading, cells, "text"))
    name = _cell(reading, cells, "section") or _cell(reading, cells, "id") or f"row {number}"
    if not text:
        reading.note(number, "the text is empty; left out", reading.table.columns[reading.map.places["text"]])
        return
    heading = _cell(reading, cells, "heading") or _cell(reading, cells, "title") or name
    key = reading.keys.unique(f"paragraph:{name}")
    reading.segments.append(NewSegment(key, text, f"row {number}", SegmentKind.DRAFT, voice=False, heading=heading))


def _row(reading: _Reading, number: int, cells: Sequence[str]) -> None:
    text, english, language = _text(reading, cells)
    if not text:
        reading.note(number, "the text is empty; left out", "text")
        return
    why = garbled(text)
    if why:
        reading.note(number, why, "text")
    case = _case(reading, number, cells)
    id_ = _cell(reading, cells, "id")
    key = reading.keys.unique(f"comment:{id_}") if id_ else reading.keys.make("comment", case, text)
    if id_ and key != f"comment:{id_}":
        reading.note(number, f"the id {id_[:40]} stands here a second time; both rows are kept", "id")
    parent, about = _answered(reading, cells)
    segment = NewSegment(
        key,
        text,
        f"row {number}",
        SegmentKind.COMMENT,
        voice=not case or reading.cases[case].kind is not CaseKind.HOST,
        heading=_heading(reading, cells),
        case=case,
        parent=parent,
        about=about,
        valence=_STANCES.get(_cell(reading, cells, "stance").casefold(), ""),
        occurred=_when(reading, number, cells),
        language=language,
        english=english,
    )
    reading.segments.append(_as_proposal(reading, cells, id_, segment) if id_ and _is_proposal(reading) else segment)


def _is_proposal(reading: _Reading) -> bool:
    return is_proposals(reading.table, reading.map)


def _as_proposal(reading: _Reading, cells: Sequence[str], id_: str, segment: NewSegment) -> NewSegment:
    """A row of Decidim's proposals: a segment of its own kind, and an idea that comments are about."""
    key = f"decidim:{id_}"
    category = next((at for at, c in enumerate(reading.table.columns) if c.startswith("category/name")), None)
    direction = cells[category].strip() if category is not None else ""
    case = reading.cases.get(segment.case)
    title, _, description = segment.text.partition("\n\n")
    by_host = case is not None and case.kind is CaseKind.HOST
    name = case.name if case is not None else ""
    reading.proposals.append(NewProposal(key, title, direction, description, name, by_host, segment.key))
    return replace(segment, kind=SegmentKind.PROPOSAL, about=key, heading=direction)


def _answered(reading: _Reading, cells: Sequence[str]) -> tuple[str, str]:
    """The keys of the comment a row answers, and of the proposal it is about."""
    parent = _cell(reading, cells, "parent")
    if reading.map.platform == "decidim":
        kind, on = reading.table.index("commentable_type"), reading.table.index("commentable_id")
        if kind is not None and on is not None:
            if cells[kind].endswith("Comment"):
                parent = cells[on].strip()
            elif f"decidim:{cells[on].strip()}" in reading.proposals_known:
                return "", f"decidim:{cells[on].strip()}"
    return (f"comment:{parent}" if parent else ""), ""


def _heading(reading: _Reading, cells: Sequence[str]) -> str:
    section = _cell(reading, cells, "section")
    return _cell(reading, cells, "heading") or reading.paragraphs.get(section, section)


def _when(reading: _Reading, number: int, cells: Sequence[str]) -> str:
    written = _cell(reading, cells, "date")
    found = moment(written, reading.day_first)
    if found is None:
        reading.note(number, f"{as_shown(written)} is no date; left empty", "date")
    return found or ""


def _case(reading: _Reading, number: int, cells: Sequence[str]) -> str:
    """The key of the row's author; where a table names nobody but describes them, each row is somebody."""
    name, id_ = _cell(reading, cells, "author"), _cell(reading, cells, "author_key")
    if not id_ and name.casefold() in _NOBODY:
        name = ""
    known = {reading.table.columns[at]: cells[at].strip() for at in reading.attributes if cells[at].strip()}
    if id_ and reading.map.platform:
        key = f"{reading.map.platform}:{id_}"
    elif id_ or name:
        key = f"{reading.document.name}:{id_ or name}"
    elif known and not {"author", "author_key"} & reading.map.places.keys():
        id_ = _cell(reading, cells, "id") or reading.people.make("row", *cells)
        key = f"{reading.document.name}:{id_}"
        name = f"row {number}"
    else:
        return ""
    if key not in reading.cases:
        kind = CaseKind.HOST if reading.options.is_host(name) else CaseKind.PARTICIPANT
        reading.cases[key] = NewCase(key, name or id_, kind, known)
    return key


def _check_parents(reading: _Reading) -> None:
    """Finds replies to comments that the table does not hold, and lets them stand alone."""
    keys = {segment.key for segment in reading.segments}
    lost = [segment for segment in reading.segments if segment.parent and segment.parent not in keys]
    if not lost:
        return
    reading.segments = [replace(s, parent="") if s.parent and s.parent not in keys else s for s in reading.segments]
    for segment in lost[:20]:
        number = int(segment.locator.removeprefix("row "))
        reading.note(number, f"answers {segment.parent.removeprefix('comment:')[:40]}, which is not in this table")
    if len(lost) > 20:
        reading.note(None, f"{len(lost)} rows in all answer comments that are not in this table")
