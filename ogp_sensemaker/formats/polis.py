"""Reads Polis's export: comments, votes, participants and the summary of one conversation."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ogp_sensemaker.domain.intake import Finding, Intake, NewCase, NewSegment, NewVote
from ogp_sensemaker.domain.source import CaseKind, SegmentKind
from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats.dates import moment
from ogp_sensemaker.formats.encodings import garbled
from ogp_sensemaker.formats.markup import split_translation, words_of
from ogp_sensemaker.formats.sheaf import Document, Options, Table, as_shown, digest, tables_of

_SUMMARY_KEYS = {"topic", "url", "views", "voters", "voters-in-conv", "commenters", "comments", "groups"}
GROUP = "polis group"


def part_of(document: Document) -> str:
    """Which of the four files a table is, by its columns, or ""."""
    table = document.table
    if table is None:
        return ""
    if table.has("comment-id", "comment-body"):
        return "comments"
    if table.has("comment-id", "voter-id", "vote"):
        return "votes"
    if table.has("participant") and (table.has("group-id") or table.has("n-votes")):
        return "participants"
    # The summary has no heading: its first row became one.
    first = {table.columns[0].casefold()} | {cells[0].strip().casefold() for _, cells in table.rows if cells}
    return "summary" if len(table.columns) <= 2 and len(first & _SUMMARY_KEYS) >= 3 else ""


def recognise(document: Document) -> float:
    return 1.0 if part_of(document) else 0.0


@dataclass(slots=True)
class _Conversation:
    name: str
    cases: dict[str, NewCase] = field(default_factory=dict)
    segments: dict[str, NewSegment] = field(default_factory=dict)
    votes: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)  # comment, voter -> time, vote
    findings: list[Finding] = field(default_factory=list)

    def case(self, participant: str) -> str:
        key = f"polis:{self.name}:{participant}"
        if key not in self.cases:
            self.cases[key] = NewCase(key, f"Participant {participant}", CaseKind.PARTICIPANT)
        return key


def read(documents: Sequence[Document], options: Options) -> list[Intake]:
    """One intake for the files of one conversation; raises ImportProblem where there are no comments."""
    parts: dict[str, tuple[Document, Table]] = {}
    for document, table in tables_of(documents):
        part = part_of(document)
        if not part:
            raise ImportProblem("has none of the headings of a Polis export", document.name)
        if part in parts:
            raise ImportProblem(f"is a second file of {part}, besides {parts[part][0].name}", document.name)
        parts[part] = (document, table)
    raw = documents[0].raw
    name = raw.folder or raw.top or ("polis" if len(documents) > 1 else raw.name)
    if "comments" not in parts:
        raise ImportProblem("this Polis export has no comments.csv, without which votes mean nothing", name)
    talk = _Conversation(name)
    for part, (_, table) in parts.items():
        if part != "summary":
            talk.findings.extend(table.findings)
    _comments(talk, *parts["comments"])
    _participants_and_votes(talk, parts)
    return [
        Intake(
            kind="polis",
            name=name,
            channel=options.channel or "Polis",
            sha256=digest(documents),
            encoding=parts["comments"][0].encoding,
            cases=tuple(talk.cases.values()),
            segments=tuple(talk.segments.values()),
            votes=tuple(
                NewVote(f"comment:{comment}", talk.case(voter), vote)
                for (comment, voter), (_, vote) in talk.votes.items()
            ),
            findings=tuple(talk.findings),
            options=_summary(parts["summary"][1]) if "summary" in parts else {},
        )
    ]


def _participants_and_votes(talk: _Conversation, parts: dict[str, tuple[Document, Table]]) -> None:
    if "participants" in parts:
        _participants(talk, *parts["participants"])
    if "votes" in parts:
        _votes(talk, *parts["votes"])
    elif "participants" in parts:
        _votes_of_matrix(talk, *parts["participants"])
    if not talk.votes:
        talk.findings.append(Finding(talk.name, None, "the export holds no votes; only the comments are read"))
    gone = sorted({comment for comment, _ in talk.votes if f"comment:{comment}" not in talk.segments})
    if gone:
        message = f"votes on {len(gone)} comments that are not in comments.csv are left out"
        talk.findings.append(Finding(talk.name, None, message))
        talk.votes = {key: vote for key, vote in talk.votes.items() if f"comment:{key[0]}" in talk.segments}
    for _, voter in talk.votes:
        talk.case(voter)


def _summary(table: Table) -> dict[str, str]:
    rows = [table.columns, *(cells for _, cells in table.rows)]
    return {row[0]: row[1] for row in rows if len(row) > 1 and row[0] in {"topic", "url"} and row[1]}


def _comments(talk: _Conversation, document: Document, table: Table) -> None:
    file = document.name
    place = {column: table.index(column) for column in ("comment-id", "comment-body", "author-id", "moderated")}
    times = table.index("timestamp")
    for number, cells in table.rows:
        get = {column: cells[at].strip() if at is not None else "" for column, at in place.items()}
        text, english = split_translation(words_of(get["comment-body"]))
        key = f"comment:{get['comment-id']}"
        if not text or key in talk.segments:
            why = f"comment {get['comment-id']} stands here a second time" if text else "has no words"
            talk.findings.append(Finding(file, number, f"{why}; left out"))
            continue
        if get["moderated"] == "-1":
            talk.findings.append(Finding(file, number, "was rejected by the moderators of the conversation; kept"))
        why = garbled(text)
        if why:
            talk.findings.append(Finding(file, number, why))
        written = cells[times] if times is not None else ""
        when = moment(written)
        if when is None:
            talk.findings.append(Finding(file, number, f"{as_shown(written)} is no date; left empty", "timestamp"))
        talk.segments[key] = NewSegment(
            key,
            text,
            f"row {number}",
            SegmentKind.COMMENT,
            case=talk.case(get["author-id"]) if get["author-id"] else "",
            occurred=when or "",
            english=english,
        )


def _participants(talk: _Conversation, document: Document, table: Table) -> None:
    who, group = table.index("participant"), table.index("group-id")
    for _, cells in table.rows:
        if who is not None and cells[who].strip():
            key = talk.case(cells[who].strip())
            if group is not None and cells[group].strip():
                talk.cases[key].attributes[GROUP] = cells[group].strip()


def _vote(talk: _Conversation, file: str, number: int, written: str) -> int | None:
    if written in {"1", "-1", "0", "1.0", "-1.0", "0.0"}:
        return int(float(written))
    talk.findings.append(Finding(file, number, f"{as_shown(written)} is no vote: 1, 0 or -1", "vote", fatal=True))
    return None


def _votes(talk: _Conversation, document: Document, table: Table) -> None:
    comment, voter, value = (table.index(name) or 0 for name in ("comment-id", "voter-id", "vote"))
    times = table.index("timestamp")
    for number, cells in table.rows:
        vote = _vote(talk, document.name, number, cells[value].strip())
        if vote is None:
            continue
        written = cells[times].strip() if times is not None else ""
        time = int(written) if written.isdigit() else number
        key = (cells[comment].strip(), cells[voter].strip())
        # People may change their mind: the last vote counts.
        if key not in talk.votes or time >= talk.votes[key][0]:
            talk.votes[key] = (time, vote)


def _votes_of_matrix(talk: _Conversation, document: Document, table: Table) -> None:
    who = table.index("participant") or 0
    comments = [(place, column) for place, column in enumerate(table.columns) if column.isdigit()]
    for number, cells in table.rows:
        for place, comment in comments:
            written = cells[place].strip()
            vote = _vote(talk, document.name, number, written) if written else None
            if vote is not None:
                talk.votes[comment, cells[who].strip()] = (0, vote)
