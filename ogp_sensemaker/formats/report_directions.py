"""The report on each strategic direction: figures, what each channel said, proposals, takeaways."""

from collections.abc import Iterator

from ogp_sensemaker.domain.findings import DirectionFinding, Findings, ProposalFinding, Quotation
from ogp_sensemaker.formats.charts import Interval
from ogp_sensemaker.formats.languages import language_name
from ogp_sensemaker.formats.report_blocks import (
    Block,
    Bullets,
    Cell,
    Heading,
    Line,
    Paragraph,
    Section,
    Side,
    Sides,
    Span,
    Table,
    cell,
    line,
    link,
    strong,
)
from ogp_sensemaker.formats.report_evidence import Evidence, listing, quote, quotes
from ogp_sensemaker.formats.report_people import answers
from ogp_sensemaker.formats.report_words import (
    NONE,
    capital,
    mean_words,
    ordinal,
    percent,
    plural,
    ranges,
    sign_words,
    signed,
    small,
    split_words,
    stance_words,
)

_AUTHORS = {"Community": "the community", "": "somebody not named"}


def direction_anchor(code_id: int) -> str:
    """Where a direction's section begins."""
    return f"direction-{code_id}"


def proposal_anchor(code_id: int) -> str:
    """Where a proposal stands in its table."""
    return f"proposal-{code_id}"


def directions(findings: Findings, evidence: Evidence, number: str) -> Iterator[Section]:
    """A section for all directions, then one for each."""
    opening = (
        "For each direction: the figures, what people said through each channel in their own words, the proposals in "
        "order of their average level of support, and the concerns raised."
        if findings.directions
        else "The codebook has no directions yet."
    )
    yield Section("directions", 1, number, "What was heard on each direction", (Paragraph(line(opening)),))
    for i, direction in enumerate(findings.directions, 1):
        yield Section(
            direction_anchor(direction.code_id),
            2,
            f"{number}.{i}",
            direction.name,
            tuple(_direction(direction, findings, evidence)),
        )


def _direction(direction: DirectionFinding, findings: Findings, evidence: Evidence) -> Iterator[Block]:
    yield Paragraph(overview(direction, findings), "lead")
    yield Bullets(tuple(_figures(direction, findings, evidence)))
    if not direction.channels:
        yield Paragraph(line("No words are quoted: nothing that people said is coded to this direction yet."))
    for channel, said in direction.channels.items():
        count = direction.channel_counts.get(channel, len(said))
        yield Heading(channel)
        if said:
            yield Paragraph(line(_shown(len(said), count)), "note")
            yield quotes(said, evidence)
        else:
            yield Paragraph(line(f"{plural(count, 'segment')}, none of them quoted here."), "note")
    yield Heading("Proposals")
    if direction.proposals:
        yield Paragraph(line(_proposals_in_words(direction)))
        yield _proposal_table(direction, findings, evidence)
        yield from _reasons(direction, evidence)
    else:
        yield Paragraph(line("No proposals were made under this direction."))
    yield Heading("Concerns")
    marked = len(evidence.concerns.get(direction.code_id, ()))
    if direction.concerns:
        count = max(marked, len(direction.concerns))
        yield Paragraph(line("Marked as a concern: ", _shown(len(direction.concerns), count)), "note")
        yield quotes(direction.concerns, evidence)
    else:
        yield Paragraph(line("No segment of this direction is marked as a concern."))
    yield Heading("Takeaways")
    yield Table(
        f"Takeaways: {direction.name}",
        ("Takeaway, as far as the figures go", "Response"),
        tuple(
            (Cell((takeaway,)), cell(Span("To be written.", muted=True)))
            for takeaway in takeaways(direction, findings, evidence)
        ),
        (0.58, 0.42),
    )


def overview(direction: DirectionFinding, findings: Findings) -> Line:
    """The one sentence on a direction: its level of support, or that it is not known."""
    figure = direction.figure
    if figure.mean is None:
        return line(
            strong("Level of support not known. "), "Nobody gave an opinion on a proposal under this direction."
        )
    if figure.n < findings.too_few:
        return line(
            strong("Too few to say. "),
            f"Only {plural(figure.n, 'person', 'people')} gave opinions on its proposals ({mean_words(figure)}); "
            f"the threshold is {findings.too_few}.",
        )
    return line(
        strong(f"{capital(direction.wording)}. "),
        f"{plural(figure.n, 'person', 'people')} gave opinions on its "
        f"{'proposal' if len(direction.proposals) == 1 else 'proposals'}. Counting each person once, they come to "
        f"{mean_words(figure)}: {split_words(figure)}.",
    )


def _figures(direction: DirectionFinding, findings: Findings, evidence: Evidence) -> Iterator[Line]:
    if direction.segments:
        unique = direction.segments_unique
        same = "none repeats another" if unique == direction.segments else f"{unique:,} without duplicates"
        yield line(
            "People coded ",
            link(plural(direction.segments, "segment"), evidence.code_anchor(direction.code_id)),
            f" to this direction ({same}), from {plural(direction.people, 'person', 'people')} who can be told apart.",
        )
    else:
        yield line("No segment is coded to this direction yet.")
    if stances := stance_words(direction.stances):
        yield line(f"Stances in what people said, each person once: {stances}.")
    yield from _chosen(direction, findings, evidence)
    if direction.suggested:
        one = direction.suggested == 1
        yield line(
            f"A machine suggests {plural(direction.suggested, 'more segment')} that nobody has decided on; "
            f"{'it is' if one else 'they are'} in no figure here.",
        )


def _chosen(direction: DirectionFinding, findings: Findings, evidence: Evidence) -> Iterator[Line]:
    """How many chose the direction in polls that offer the directions themselves."""
    name = direction.name.strip().casefold()
    for number, poll in enumerate(findings.polls):
        for count in poll.counts:
            if poll.multiple and count.option.strip().casefold() == name:
                place = 1 + sum(other.count > count.count for other in poll.counts)
                yield line(
                    answers(poll, count, number, evidence),
                    f" of {count.respondents:,} poll respondents ({percent(count.count, count.respondents)}) chose it: "
                    f"{ordinal(place)} of {len(poll.counts)} in “{poll.question}”.",
                )


def _shown(shown: int, count: int) -> str:
    if shown >= count:
        return f"{plural(count, 'segment')}, {'quoted' if count == 1 else 'all quoted'} here."
    return f"{shown} of {plural(count, 'segment')} quoted here."


def _proposals_in_words(direction: DirectionFinding) -> str:
    proposals = direction.proposals
    by: dict[str, int] = {}
    for proposal in proposals:
        by[proposal.submitted_by] = by.get(proposal.submitted_by, 0) + 1
    names = ", ".join(f"{small(n)} submitted by {_AUTHORS.get(name, name)}" for name, n in by.items())
    one = len(proposals) == 1
    return (
        f"{capital(small(len(proposals)))} {'proposal was' if one else 'proposals were'} made: {names}. "
        f"{sign_words(proposal.figure.mean for proposal in proposals)} "
        "The table is in order of the average level of support, highest first."
    )


def _proposal_table(direction: DirectionFinding, findings: Findings, evidence: Evidence) -> Table:
    return Table(
        f"Proposals: {direction.name}",
        (
            "Proposal",
            "Submitted by",
            "Number of opinions",
            "Average level of support (−1 oppose, 0 neutral, 1 support)",
        ),
        tuple(_proposal_row(proposal, findings, evidence) for proposal in direction.proposals),
        (0.40, 0.12, 0.10, 0.16),
        numeric=(2, 3),
        pictures=tuple(picture(proposal, evidence) for proposal in direction.proposals),
        picture_head="Opinions: mean and interval",
        anchors=tuple(proposal_anchor(proposal.code_id) for proposal in direction.proposals),
    )


def picture(proposal: ProposalFinding, evidence: Evidence) -> Interval | None:
    """The opinions on a proposal, to draw; None where there are none."""
    figure = proposal.figure
    if figure.mean is None:
        return None
    values = evidence.values(proposal.code_id)
    return Interval(proposal.english or proposal.title, figure.n, figure.mean, figure.low, figure.high, values)


def title_lines(proposal: ProposalFinding) -> tuple[Line, ...]:
    """A proposal's title in its own language, its translation below."""
    title = line(Span(proposal.title, lang=proposal.language if proposal.language != "en" else ""))
    if proposal.english:
        return (title, line(f"[TRANSLATION: {proposal.english}]"))
    if proposal.language and proposal.language != "en":
        return (title, line(Span(f"[{language_name(proposal.language)}, not translated]", muted=True)))
    return (title,)


def _proposal_row(proposal: ProposalFinding, findings: Findings, evidence: Evidence) -> tuple[Cell, ...]:
    marks: list[Line] = []
    if proposal.mark:
        reason = f": {proposal.mark_reason}" if proposal.mark_reason else ""
        marks.append(line(strong(f"{capital(proposal.mark)}, as marked by analysts"), reason))
    figure = proposal.figure
    few: list[Line] = []
    if proposal.too_few:
        few.append(line(Span(f"too few (under {findings.too_few})", muted=True)))
    if figure.mean is None:
        level = (line(NONE), line(Span("nobody gave an opinion", muted=True)))
    else:
        # Words for the mean of two or three people would say more than it does.
        words = "" if proposal.too_few else proposal.wording
        level = (line(signed(figure.mean)), line(Span(words, muted=True)))
    return (
        Cell((*title_lines(proposal), *marks)),
        cell(proposal.submitted_by or NONE),
        Cell((line(link(f"{figure.n:,}", evidence.opinions_anchor(proposal.code_id))), *few)),
        Cell(level),
    )


def _reasons(direction: DirectionFinding, evidence: Evidence) -> Iterator[Block]:
    given = [proposal for proposal in direction.proposals if proposal.quotations]
    if not given:
        yield Paragraph(line("No reasons for or against these proposals are quoted."))
        return
    yield Heading("Reasons given on the proposals")
    for proposal in given:
        name = proposal.english or proposal.title
        given_for = plural(proposal.pro, "reason") if proposal.pro else "no reason"
        counts = f" ({given_for} for, {proposal.con or 'none'} against)" if proposal.pro or proposal.con else ""
        yield Paragraph(line(strong(name), counts))
        pro = [q for q in proposal.quotations if q.stance == "support"]
        con = [q for q in proposal.quotations if q.stance == "oppose"]
        other = [q for q in proposal.quotations if q not in pro and q not in con]
        if pro or con:
            yield Sides(_side("For", "support", pro, evidence), _side("Against", "oppose", con, evidence))
        if other:
            yield quotes(other, evidence)


def _side(title: str, stance: str, said: list[Quotation], evidence: Evidence) -> Side:
    return Side(title, stance, (("", tuple(quote(q, evidence) for q in said)),) if said else ())


def takeaways(direction: DirectionFinding, findings: Findings, evidence: Evidence) -> Iterator[Line]:
    """What the figures allow to be said, a line for each takeaway; an analyst writes the responses."""
    figure = direction.figure
    if figure.mean is not None and figure.n >= findings.too_few:
        people = plural(figure.n, "person", "people")
        yield line(f"{capital(direction.wording)} for the direction as a whole ({signed(figure.mean)}, {people}).")
    few = 0
    for proposal in direction.proposals:
        if proposal.too_few:
            few += 1
        else:
            yield _takeaway(proposal, evidence)
    if few:
        yield line(
            f"No conclusion on {plural(few, 'proposal')} with fewer than {findings.too_few} opinions.",
        )
    if concerns := evidence.concerns.get(direction.code_id, ()):
        anchor = evidence.code_anchor(direction.code_id)
        said = link(plural(len(concerns), "segment"), anchor)
        yield line("Concerns were raised in ", said, f": {listing(ranges(concerns))}.")
    if figure.mean is None and not direction.proposals and not concerns:
        yield line("Nothing can be said from the figures.")


def _takeaway(proposal: ProposalFinding, evidence: Evidence) -> Line:
    name = proposal.english or proposal.title
    opinions = link(plural(proposal.figure.n, "opinion"), evidence.opinions_anchor(proposal.code_id))
    words = proposal.wording if proposal.mark == "contested" else capital(proposal.wording)
    opening = f"Divergent views on “{name}”: {words}" if proposal.mark == "contested" else f"{words} for “{name}”"
    divided = "; the figures suggest that people are divided, and no analyst has decided on it"
    reasons = f"; {plural(proposal.con, 'reason')} given against it" if proposal.con else ""
    suggested = divided if proposal.contest.suggested == "contested" and not proposal.mark else ""
    return line(f"{opening} ({signed(proposal.figure.mean)}, ", opinions, f"){reasons}{suggested}.")
