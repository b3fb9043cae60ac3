"""Reads Consider.it's export: proposals, opinions, points, inclusions and users."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ogp_sensemaker.domain.intake import (
    Finding,
    Intake,
    NewCase,
    NewOpinion,
    NewProposal,
    NewSegment,
    NewVote,
)
from ogp_sensemaker.domain.source import CaseKind, SegmentKind
from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats.dates import moment
from ogp_sensemaker.formats.encodings import garbled
from ogp_sensemaker.formats.markup import split_translation, words_of
from ogp_sensemaker.formats.sheaf import Document, Keys, Options, Table, as_shown, digest, tables_of

_VALENCES = {"pro": "support", "con": "oppose"}
_SLUG = ("proposal_slug", "slug")
_TITLE = ("title", "name")
_CREATED = ("created_at", "created", "date")
_ANSWERS = ";;;"
# Of the users' columns, all that is no sign-up question.
_NO_ATTRIBUTE = {"email", "username", "name", "date joined", "date_joined", "created_at"}
_PARTS = ("proposals", "users", "opinions", "points", "inclusions")


def part_of(table: Table) -> str:
    """Which of the five files a table is, by its columns, or ""."""
    if table.index(*_SLUG) is not None:
        if table.has("point") and (table.has("is_author") or table.has("valence")):
            return "inclusions"
        if table.has("summary", "valence"):
            return "points"
        if table.has("opinion"):
            return "opinions"
        if table.index(*_TITLE) is not None and (table.has("category") or table.has("#opinions")):
            return "proposals"
    elif table.has("email", "username") and (table.has("date joined") or table.has("#_opinions_given")):
        return "users"
    return ""


def recognise(document: Document) -> float:
    return 1.0 if document.table is not None and part_of(document.table) else 0.0


@dataclass(slots=True)
class _Export:
    """What has been read of the export so far."""

    options: Options
    cases: dict[str, NewCase] = field(default_factory=dict)
    proposals: dict[str, NewProposal] = field(default_factory=dict)
    segments: list[NewSegment] = field(default_factory=list)
    opinions: dict[tuple[str, str], NewOpinion] = field(default_factory=dict)
    votes: list[NewVote] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    keys: Keys = field(default_factory=Keys)
    points: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)  # (slug, words) -> key, case


def read(documents: Sequence[Document], options: Options) -> list[Intake]:
    """One intake for the files of one export; raises ImportProblem where none of them is one."""
    parts: dict[str, tuple[Document, Table]] = {}
    export = _Export(options)
    for document, table in tables_of(documents):
        part = part_of(table)
        if not part:
            raise ImportProblem("has none of the headings of a Consider.it export", document.name)
        if part in parts:
            raise ImportProblem(f"is a second file of {part}, besides {parts[part][0].name}", document.name)
        parts[part] = (document, table)
        export.findings.extend(table.findings)
    for part in _PARTS:
        if part in parts:
            document, table = parts[part]
            _READERS[part](export, document.name, table)
        elif part != "inclusions":
            lacking = f"the export has no file of {part}; it is read without"
            export.findings.append(Finding(_name(documents), None, lacking))
    if "opinions" in parts and "proposals" in parts:
        _compare_counts(export, *parts["proposals"])
    return [
        Intake(
            kind="considerit",
            name=_name(documents),
            channel=options.channel or "Consider.it",
            sha256=digest(documents),
            encoding=next((d.encoding for d in documents if d.encoding), ""),
            cases=tuple(export.cases.values()),
            segments=tuple(export.segments),
            proposals=tuple(export.proposals.values()),
            opinions=tuple(export.opinions.values()),
            votes=tuple(export.votes),
            findings=tuple(export.findings),
            options={part: document.name for part, (document, _) in parts.items()},
        )
    ]


def _name(documents: Sequence[Document]) -> str:
    raw = documents[0].raw
    if raw.folder:
        return raw.folder
    return raw.top or (raw.name if len(documents) == 1 else "considerit")


class _Cells:
    """One row, read by any of the names that a column has had."""

    __slots__ = ("_cells", "_places", "number")

    def __init__(self, places: Mapping[str, int], number: int, cells: tuple[str, ...]) -> None:
        self._places, self.number, self._cells = places, number, cells

    def get(self, *names: str) -> str:
        for name in names:
            place = self._places.get(name)
            if place is not None:
                return self._cells[place].strip()
        return ""


def _rows(table: Table) -> Iterator[_Cells]:
    places: dict[str, int] = {}
    for place, column in enumerate(table.columns):
        places.setdefault(column.strip().casefold(), place)  # the first of equal names is the proposal's own
    for number, cells in table.rows:
        yield _Cells(places, number, cells)


def _case(export: _Export, row: _Cells) -> str:
    """The key of the row's participant, who is added if no file named them before."""
    email, username = row.get("email"), row.get("username")
    if not email and not username:
        return ""
    key = f"considerit:{email or username}"
    if key not in export.cases:
        kind = CaseKind.HOST if export.options.is_host(username) else CaseKind.PARTICIPANT
        export.cases[key] = NewCase(key, username or email, kind)
    return key


def _when(export: _Export, file: str, row: _Cells) -> str:
    written = row.get(*_CREATED)
    found = moment(written)
    if found is None:
        export.findings.append(Finding(file, row.number, f"{as_shown(written)} is no date; left empty", "created_at"))
    return found or ""


def _users(export: _Export, file: str, table: Table) -> None:
    questions = [
        (place, column)
        for place, column in enumerate(table.columns)
        if column and not column.startswith("#") and column.casefold() not in _NO_ATTRIBUTE
    ]
    for row, (_, cells) in zip(_rows(table), table.rows, strict=True):
        key = _case(export, row)
        if not key:
            export.findings.append(Finding(file, row.number, "names nobody (no email, no username); left out"))
            continue
        answers = {
            column: "; ".join(part.strip() for part in cells[place].split(_ANSWERS) if part.strip())
            for place, column in questions
            if cells[place].strip(" ;")
        }
        export.cases[key].attributes.update(answers)


def _proposals(export: _Export, file: str, table: Table) -> None:
    for row in _rows(table):
        slug = row.get(*_SLUG)
        title, english = split_translation(words_of(row.get(*_TITLE)))
        if not slug or not title:
            export.findings.append(Finding(file, row.number, "has no slug or no title", fatal=True))
            continue
        if slug in export.proposals:
            export.findings.append(Finding(file, row.number, f"{slug} stands here a second time; left out"))
            continue
        _add_proposal(export, file, row, slug, title, english)


def _add_proposal(export: _Export, file: str, row: _Cells, slug: str, title: str, english: str) -> None:
    description, described = split_translation(words_of(row.get("description")))
    _note_garbled(export, file, row.number, title + description)
    if english or described:
        english = "\n\n".join(part for part in (english or title, described or description) if part)
    case = _case(export, row)
    by_host = bool(case) and export.cases[case].kind is CaseKind.HOST
    key = f"proposal:{slug}"
    export.segments.append(
        NewSegment(
            key,
            "\n\n".join(part for part in (title, description) if part),
            f"row {row.number}",
            SegmentKind.PROPOSAL,
            voice=not by_host,
            heading=row.get("category"),
            case=case,
            about=slug,
            occurred=_when(export, file, row),
            english=english,
        )
    )
    export.proposals[slug] = NewProposal(
        slug, title, row.get("category"), description, row.get("username"), by_host, key
    )


def _known(export: _Export, file: str, row: _Cells) -> str:
    """The slug of the row's proposal, which is made from its name where the proposals' file lacks it."""
    slug = row.get(*_SLUG)
    if slug and slug not in export.proposals:
        title, english = split_translation(words_of(row.get("proposal_name")))
        export.findings.append(Finding(file, row.number, f"the proposals do not hold {slug}; taken from here"))
        text = title or slug
        key = f"proposal:{slug}"
        place = f"{file.rpartition('/')[2]} row {row.number}"
        export.segments.append(
            NewSegment(key, text, place, SegmentKind.PROPOSAL, voice=False, about=slug, english=english)
        )
        export.proposals[slug] = NewProposal(slug, text, "", segment=key)
    return slug


def _opinions(export: _Export, file: str, table: Table) -> None:
    for row in _rows(table):
        written = row.get("opinion")
        if written in {"", "-"}:
            continue
        value = _number(written)
        if value is None or not -1 <= value <= 1:
            problem = "is no number" if value is None else "does not lie between -1 and 1"
            export.findings.append(
                Finding(
                    file,
                    row.number,
                    f"{as_shown(written)} {problem}, which an opinion has to be",
                    "opinion",
                    fatal=True,
                )
            )
            continue
        slug, case = _known(export, file, row), _case(export, row)
        if not slug or not case:
            export.findings.append(Finding(file, row.number, "has no proposal or no participant", fatal=True))
            continue
        opinion = NewOpinion(slug, case, value, _when(export, file, row))
        earlier = export.opinions.get((slug, case))
        if earlier is not None:
            message = "is a second opinion of this participant on this proposal; the later one counts"
            export.findings.append(Finding(file, row.number, message))
        if earlier is None or opinion.occurred >= earlier.occurred:
            export.opinions[slug, case] = opinion


def _number(written: str) -> float | None:
    try:
        value = float(written.replace(",", "."))
    except ValueError:
        return None
    return value if value == value else None  # noqa: PLR0124 - not a number is not equal to itself


def _points(export: _Export, file: str, table: Table) -> None:
    answered: dict[str, str] = {}  # slug -> the point that comments below it answer
    for row in _rows(table):
        summary, details = words_of(row.get("summary")), words_of(row.get("details"))
        text, english = split_translation("\n\n".join(part for part in (summary, details) if part))
        if not text:
            export.findings.append(Finding(file, row.number, "has no words; left out", "summary"))
            continue
        _note_garbled(export, file, row.number, text)
        slug, case = _known(export, file, row), _case(export, row)
        is_comment = row.get("type").upper() == "COMMENT"
        kind = SegmentKind.COMMENT if is_comment else SegmentKind.POINT
        key = export.keys.make(kind.value, slug, case, text)
        export.segments.append(
            NewSegment(
                key,
                text,
                f"row {row.number}",
                kind,
                voice=not case or export.cases[case].kind is not CaseKind.HOST,
                heading=export.proposals[slug].title if slug else "",
                case=case,
                parent=answered.get(slug, "") if is_comment else "",
                about=slug,
                valence=_VALENCES.get(row.get("valence").casefold(), ""),
                occurred=_when(export, file, row),
                english=english,
            )
        )
        if not is_comment:
            answered[slug] = key
            for words in (summary, text, row.get("summary")):
                export.points.setdefault((slug, words), (key, case))


def _inclusions(export: _Export, file: str, table: Table) -> None:
    seen = set()
    missing: list[int] = []
    for row in _rows(table):
        if row.get("is_author").casefold() in {"true", "1", "yes"}:
            continue
        slug, case = row.get(*_SLUG), _case(export, row)
        point = export.points.get((slug, words_of(row.get("point")))) or export.points.get((slug, row.get("point")))
        if point is None:
            missing.append(row.number)
        elif case and case != point[1] and (point[0], case) not in seen:
            seen.add((point[0], case))
            export.votes.append(NewVote(point[0], case, 1))
    if missing:
        message = f"{len(missing)} inclusions are of points that the export does not hold; left out"
        export.findings.append(Finding(file, missing[0], message))


def _compare_counts(export: _Export, document: Document, table: Table) -> None:
    counts: dict[str, int] = {}
    for slug, _ in export.opinions:
        counts[slug] = counts.get(slug, 0) + 1
    for row in _rows(table):
        said, slug = row.get("#opinions"), row.get(*_SLUG)
        if said.isdigit() and int(said) != counts.get(slug, 0):
            message = f"says {said} opinions on {slug}; the opinions hold {counts.get(slug, 0)}"
            export.findings.append(Finding(document.name, row.number, message, "#opinions"))


def _note_garbled(export: _Export, file: str, number: int, text: str) -> None:
    why = garbled(text)
    if why:
        export.findings.append(Finding(file, number, why))


_READERS: dict[str, Callable[[_Export, str, Table], None]] = {
    "users": _users,
    "proposals": _proposals,
    "opinions": _opinions,
    "points": _points,
    "inclusions": _inclusions,
}
