"""Reads event notes of any form: headings become sessions; a bullet, paragraph or speaker turn a segment."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ogp_sensemaker.domain.intake import Finding, Intake, NewCase, NewSegment
from ogp_sensemaker.domain.source import CaseKind, SegmentKind
from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats import speakers
from ogp_sensemaker.formats.blocks import Block
from ogp_sensemaker.formats.encodings import garbled, lines_of
from ogp_sensemaker.formats.event import Event, channel_of, read_event, tells_about_event
from ogp_sensemaker.formats.markup import split_translation
from ogp_sensemaker.formats.sheaf import Document, Keys, Options, digest

HEADING_SEPARATOR = " › "
_FORMS = ("text", "markdown", "html", "docx", "odt", "pdf")
_LONGEST_PREAMBLE = 8  # blocks
_LONG = 60  # words of a block that is no heading line


def recognise(document: Document) -> float:
    return 0.6 if document.form in _FORMS else 0.0


def read(documents: Sequence[Document], options: Options) -> list[Intake]:
    """One intake a document; raises ImportProblem where it cannot be read or holds no words."""
    return [_read(document, options) for document in documents]


def blocks_of(document: Document) -> list[Block]:
    """The blocks of a document, by its form."""
    if document.form == "docx":
        from ogp_sensemaker.formats.notes_docx import read_docx

        return read_docx(document.raw.data, document.name)
    if document.form == "odt":
        from ogp_sensemaker.formats.notes_odt import read_odt

        return read_odt(document.raw.data, document.name)
    if document.form == "pdf":
        from ogp_sensemaker.formats.notes_pdf import read_pdf

        return read_pdf(document.raw.data, document.name)
    if document.form == "html":
        from ogp_sensemaker.formats.notes_html import read_html

        return read_html(document.text)
    if document.form in {"text", "markdown"}:
        from ogp_sensemaker.formats.notes_text import numbered, read_lines

        return read_lines(numbered(lines_of(document.text)), markdown=document.form == "markdown")
    raise ImportProblem("is a table and no event notes", document.name)


@dataclass(slots=True)
class _Notes:
    """The notes of one event while they are read."""

    name: str
    options: Options
    event: Event
    known: dict[str, str]  # who was introduced -> role
    letters: dict[str, str]  # of coded names -> role
    cases: dict[str, NewCase] = field(default_factory=dict)
    segments: list[NewSegment] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    keys: Keys = field(default_factory=Keys)
    headings: list[tuple[int, str]] = field(default_factory=list)
    enclosing: list[tuple[int, str]] = field(default_factory=list)  # level and key of the bullets around
    below: str = ""  # key of the speaker whom a line of its own names


def _read(document: Document, options: Options) -> Intake:
    blocks = blocks_of(document)
    if not any(block.text.strip() for block in blocks):
        raise ImportProblem("holds no words to read", document.name)
    title, preamble, body = _split(blocks)
    event = read_event(title, [block.text for block in preamble], document.name)
    channel = options.channel or channel_of(title, [block.text for block in preamble], document.name)
    texts = [block.text for block in blocks]
    notes = _Notes(
        document.name, options, event, speakers.introductions(texts), speakers.legend(b.text for b in preamble)
    )
    notes.findings.extend(event.findings)
    for block in body:
        _take(notes, block)
    if not notes.segments:
        raise ImportProblem("holds headings and no notes below them", document.name)
    key = f"event:{document.name}"
    stands_for = NewCase(key, event.title, CaseKind.EVENT, dict(event.attributes))
    return Intake(
        kind="notes",
        name=document.name,
        channel=channel,
        sha256=digest([document]),
        encoding=document.encoding,
        event=key,
        cases=(stands_for, *notes.cases.values()),
        segments=tuple(notes.segments),
        findings=tuple(notes.findings),
        options={"form": document.form},
    )


def _split(blocks: list[Block]) -> tuple[str, list[Block], list[Block]]:
    """Title, lines about the event, and the notes themselves."""
    title, rest = _title(blocks)
    until = next((n for n, block in enumerate(rest) if not _is_plain(block)), None)
    structured = until is not None and rest[until].form in {"heading", "name", "bullet"}
    top = rest[:until] if structured else rest[:_LONGEST_PREAMBLE]
    lines_only = structured and len(top) <= _LONGEST_PREAMBLE and all(len(b.text.split()) <= _LONG for b in top)
    about = [block for block in top if lines_only or tells_about_event(block.text)]
    return title, about, [block for block in rest if block not in about]


def _is_plain(block: Block) -> bool:
    return block.form == "text" and not speakers.looks_like_turn(block.text)


def _title(blocks: list[Block]) -> tuple[str, list[Block]]:
    """The first line, unless it is part of the notes: a bullet, a turn, long, or a session like those below it."""
    first = next(block for block in blocks if block.text.strip())
    place = blocks.index(first)
    rest = blocks[place + 1 :]
    if first.form == "heading":
        others = [block.level for block in rest if block.form == "heading"]
        own = rest[: next((n for n, b in enumerate(rest) if b.form == "heading"), len(rest))]
        if not others or first.level < min(others) or all(_is_plain(block) for block in own):
            return first.text, rest
        return "", blocks[place:]
    if first.form == "text" and rest and len(first.text.split()) <= 25 and _is_plain(first):
        return first.text.strip("*_ "), rest
    return "", blocks[place:]


def _take(notes: _Notes, block: Block) -> None:
    if block.form in {"heading", "name"}:
        _take_heading(notes, block)
        return
    text, english = split_translation(block.text)
    why = garbled(text)
    if why:
        notes.findings.append(Finding(notes.name, None, f"{block.locator} {why}"))
    case = _speaker(notes, text) or (notes.below if block.form in {"bullet", "text"} else "")
    key = notes.keys.make("note", text)
    parent = _parent(notes, block, key)
    host = bool(case) and notes.cases[case].kind is CaseKind.HOST
    notes.segments.append(
        NewSegment(
            key,
            text,
            block.locator,
            SegmentKind.NOTE,
            voice=not host,
            heading=HEADING_SEPARATOR.join([*(words for _, words in notes.headings), *block.labels]),
            case=case,
            parent=parent,
            occurred=notes.event.date,
            english=english,
        )
    )
    _take_remarks(notes, block, key)


def _take_heading(notes: _Notes, block: Block) -> None:
    notes.enclosing = []
    notes.headings = [(level, words) for level, words in notes.headings if level < block.level]
    notes.headings.append((block.level, block.text.strip().rstrip(":").strip()))
    turn = speakers.speaker_in_heading(block.text)
    notes.below = _case(notes, turn) if turn is not None else ""
    _take_remarks(notes, block, "")


def _parent(notes: _Notes, block: Block, key: str) -> str:
    """The key of the bullet that encloses a bullet."""
    if block.form != "bullet":
        notes.enclosing = []
        return ""
    notes.enclosing = [(level, k) for level, k in notes.enclosing if level < block.level]
    parent = notes.enclosing[-1][1] if notes.enclosing else ""
    notes.enclosing.append((block.level, key))
    return parent


def _speaker(notes: _Notes, text: str) -> str:
    turn = speakers.turn_of(text, notes.known)
    return _case(notes, turn) if turn is not None else ""


def _case(notes: _Notes, turn: speakers.Turn) -> str:
    """The key of a speaker: the same name is the same person within one event."""
    key = f"{notes.name}:{turn.who}"
    if key in notes.cases:
        return key
    role = notes.known.get(turn.who) or turn.role or speakers.role_by_legend(turn.who, notes.letters)
    host = role.casefold() in speakers.HOSTS or notes.options.is_host(role) or notes.options.is_host(turn.who)
    kind = CaseKind.HOST if host else CaseKind.SPEAKER
    name = f"{turn.who} ({role})" if role else turn.who
    notes.cases[key] = NewCase(key, name, kind, speakers.attributes_of(role))
    return key


def _take_remarks(notes: _Notes, block: Block, parent: str) -> None:
    """Comments in the margin: what readers of the notes said about a passage."""
    for number, remark in enumerate(block.remarks, start=1):
        case = ""
        if remark.author:
            case = f"{notes.name}:{remark.author}"
            if case not in notes.cases:
                host = notes.options.is_host(remark.author)
                kind = CaseKind.HOST if host else CaseKind.SPEAKER
                notes.cases[case] = NewCase(case, remark.author, kind)
        text, english = split_translation(remark.text)
        notes.segments.append(
            NewSegment(
                notes.keys.make("remark", remark.author, text),
                text,
                f"{block.locator} comment {number}",
                SegmentKind.COMMENT,
                voice=not case or notes.cases[case].kind is not CaseKind.HOST,
                heading=HEADING_SEPARATOR.join(words for _, words in notes.headings),
                case=case,
                parent=parent,
                occurred=remark.date or notes.event.date,
                english=english,
            )
        )
