"""The end of the report: how it was made, every quoted segment, and the ids behind the numbers."""

from collections.abc import Iterator

from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.domain.dataset import Dataset
from ogp_sensemaker.domain.findings import Quotation
from ogp_sensemaker.formats.coded_workbook import how_it_was_made
from ogp_sensemaker.formats.languages import language_name
from ogp_sensemaker.formats.report_blocks import (
    Block,
    Bullets,
    Cell,
    Heading,
    Paragraph,
    Section,
    Span,
    Table,
    cell,
    line,
    link,
    strong,
)
from ogp_sensemaker.formats.report_evidence import Evidence, listing, shorten
from ogp_sensemaker.formats.report_people import channel_anchor, poll_anchor
from ogp_sensemaker.formats.report_words import NONE, capital, ranges, scale_rows, signed

_TOTALS = {
    "sources": "Sources",
    "segments": "Segments (comments, points, paragraphs of notes)",
    "segments_unique": "Segments without duplicates",
    "voices": "Segments that are people's words",
    "voices_unique": "The same without duplicates",
    "duplicates": "Duplicates among them",
    "codings": "Codings by people",
    "people": "People who can be told apart, within each channel",
    "opinions": "Opinions on proposals",
    "coded": "Segments coded by people",
    "proposals": "Proposals",
    "translated": "Segments with an English translation",
}


def method(dataset: Dataset, number: str) -> Section:
    """What is counted and how, figures with and without duplicates, the scale, versions and parameters."""
    findings = dataset.findings
    totals = tuple(
        (cell(_TOTALS.get(key, capital(key.replace("_", " ")))), cell(f"{value:,}"))
        for key, value in findings.totals.items()
    )
    duplicates = tuple(
        (
            cell(f"{direction.number} {direction.name}".strip()),
            cell(f"{direction.segments:,}"),
            cell(f"{direction.segments_unique:,}"),
            cell(f"{direction.segments - direction.segments_unique:,}"),
        )
        for direction in findings.directions
    )
    blocks: list[Block] = [
        Heading("What is counted"),
        Bullets(
            (
                line("A segment is the smallest thing that is coded: a comment, a point, a paragraph of notes."),
                line("Numbers of people and of opinions count each person (case) once for each question."),
                line(
                    "Exact and near duplicates are flagged and kept; the figures below are given with and without them."
                ),
                line(
                    "Decisions (codes, stances, contested marks) are people's. What a machine suggests is in no figure."
                ),
                line("Quotations are verbatim. A translation stands below the original, with who or what made it."),
            )
        ),
        Heading("Totals"),
        Table("Totals", ("What", "Number"), totals, (0.75, 0.25), numeric=(1,), small=True),
        Heading("With and without duplicates"),
        Table(
            "Segments per direction with and without duplicates",
            ("Direction", "All segments", "Without duplicates", "Duplicates"),
            duplicates,
            (0.55, 0.15, 0.15, 0.15),
            numeric=(1, 2, 3),
            small=True,
        ),
        Heading("Words for levels of support"),
        Table(
            "Words for levels of support",
            ("Mean", "Words"),
            tuple((cell(mean), cell(words)) for mean, words in scale_rows(findings.scale)),
            (0.4, 0.6),
            small=True,
        ),
        Heading("Versions and parameters"),
        Table(
            "How the dataset was made",
            ("What", "Value"),
            tuple((cell(name), cell(value)) for name, value in how_it_was_made(dataset)),
            (0.35, 0.65),
            small=True,
        ),
    ]
    return Section("method", 1, number, "How this report was made", tuple(blocks))


def quoted_words(words: dict[int, Quotation], dataset: Dataset, number: str) -> Section:
    """A row for each quoted segment, by id; where its number leads to."""
    if not words:
        return Section("quoted", 1, number, "Quoted words", (Paragraph(line("Nobody is quoted.")),))
    coders: dict[int, dict[str, list[str]]] = {}
    for coding in dataset.codings:
        if not coding.machine:
            coders.setdefault(coding.segment_id, {}).setdefault(coding.code, []).append(coding.coder)
    ids = sorted(words)
    return Section(
        "quoted",
        1,
        number,
        "Quoted words: source, place and decisions",
        (
            Paragraph(line("Every quoted segment, where it comes from, and how people coded it.")),
            Table(
                "Quoted segments",
                ("Segment", "Source and place", "Channel and case", "Language", "Coded by people as"),
                tuple(_quoted_row(words[id_], coders.get(id_, {})) for id_ in ids),
                (0.10, 0.26, 0.20, 0.12, 0.32),
                anchors=tuple(f"s{id_}" for id_ in ids),
                small=True,
            ),
            *_whole(words, ids),
        ),
    )


def _quoted_row(said: Quotation, codes: dict[str, list[str]]) -> tuple[Cell, ...]:
    coded = tuple(
        line(path, Span(f" ({', '.join(dict.fromkeys(names))})", muted=True)) for path, names in codes.items()
    )
    translated = (line(Span(f"translated by {said.translation_by}", muted=True)),) if said.translation_by else ()
    return (
        cell(strong(f"#{said.segment_id}")),
        Cell((line(said.source), line(Span(said.locator, muted=True)))),
        Cell((line(said.channel), line(Span(said.who or "not known who", muted=True)))),
        Cell((line(language_name(said.language)), *translated)),
        Cell(coded or (line(Span(NONE, muted=True)),)),
    )


def _whole(words: dict[int, Quotation], ids: list[int]) -> Iterator[Block]:
    """The whole text of quotations that were cut."""
    cut = [words[id_] for id_ in ids if shorten(words[id_].text) != words[id_].text]
    if cut:
        yield Heading("Whole texts of quotations that were cut")
    for said in cut:
        yield Paragraph(
            line(link(f"#{said.segment_id}", f"s{said.segment_id}"), " ", Span(said.text, lang=said.language))
        )


def ids(dataset: Dataset, evidence: Evidence, number: str) -> Section:
    """The segments, opinions and poll answers that the report's numbers count."""
    findings = dataset.findings
    blocks: list[Block] = [
        Paragraph(
            line(
                "Segments (#) are in the coded dataset, sheet Segments; cases in its sheets Opinions and Poll answers."
            )
        )
    ]
    channels = [
        (channel_anchor(i), channel.channel, listing(ranges(evidence.by_channel[channel.channel])))
        for i, channel in enumerate(findings.channels)
        if evidence.by_channel.get(channel.channel)
    ]
    names = {d.code_id: d.name for d in findings.directions}
    names |= {issue.code_id: issue.name for issue in (*findings.issues, *findings.agreed)}
    coded = [
        (evidence.code_anchor(code_id), name, _by_stance(evidence.by_stance[code_id]))
        for code_id, name in names.items()
        if evidence.code_anchor(code_id)
    ]
    opinions = [
        (
            evidence.opinions_anchor(p.code_id),
            p.english or p.title,
            listing([f"case {case} {signed(value)}" for case, value in evidence.opinions[p.code_id]]),
        )
        for d in findings.directions
        for p in d.proposals
        if evidence.opinions_anchor(p.code_id)
    ]
    blocks += _listed("Segments of each channel", "Channel", channels)
    blocks += _listed("Segments that people coded, by stance", "Direction or question", coded)
    blocks += _listed("Opinions on each proposal", "Proposal", opinions, "opinions")
    for i, poll in enumerate(findings.polls):
        answers = [
            ("", count.option, listing([f"case {case}" for case in evidence.answers[poll.key, count.option]]))
            for count in poll.counts
            if evidence.answers.get((poll.key, count.option))
        ]
        blocks += _listed(f"Answers to “{poll.question}”", "Option", answers, poll_anchor(i))
    return Section("ids", 1, number, "The ids behind the numbers", tuple(blocks))


def _by_stance(stances: dict[str, list[int]]) -> str:
    order = (*Stance, "")
    return "; ".join(
        f"{stance or 'no stance'}: {listing(ranges(stances[stance]))}"
        for stance in sorted(stances, key=lambda stance: order.index(stance) if stance in order else len(order))
    )


def _listed(title: str, head: str, rows: list[tuple[str, str, str]], anchor: str = "") -> Iterator[Block]:
    if rows:
        yield Heading(title, anchor)
        lines: tuple[tuple[Cell, ...], ...] = tuple((cell(name), cell(listed)) for _, name, listed in rows)
        yield Table(title, (head, "Ids"), lines, (0.35, 0.65), anchors=tuple(a for a, _, _ in rows), small=True)
