"""The report on who took part through each channel, and on what the polls say."""

from collections.abc import Iterator, Sequence

from ogp_sensemaker.domain.findings import ChannelFinding, Findings, PollFinding
from ogp_sensemaker.domain.opinion import PollCount
from ogp_sensemaker.formats.charts import Bar
from ogp_sensemaker.formats.report_blocks import (
    Block,
    Cell,
    Figure,
    Line,
    Paragraph,
    Section,
    Span,
    Table,
    cell,
    line,
    link,
    strong,
)
from ogp_sensemaker.formats.report_evidence import Evidence
from ogp_sensemaker.formats.report_votes import statements
from ogp_sensemaker.formats.report_words import capital, listed, percent, plural

_MOST = 12  # values of an attribute that a chart shows
_SHARES = 20  # people from whom on percentages are given and drawn: of fewer they say too much
_AGREE = {"strongly agree", "agree"}
_DISAGREE = {"strongly disagree", "disagree"}


def channel_anchor(number: int) -> str:
    """Where the ids of a channel's segments are listed."""
    return f"channel-{number}"


def participation(findings: Findings, evidence: Evidence, number: str) -> Section:
    """Who took part, per channel, with what is not known about them."""
    blocks: list[Block] = []
    if not findings.channels:
        return Section("people", 1, number, "Who took part", (Paragraph(line("Nothing has been brought in yet.")),))
    taking_part = [(i, channel) for i, channel in enumerate(findings.channels) if not _is_silent(channel)]
    silent = [channel.channel for channel in findings.channels if _is_silent(channel)]
    rows = tuple(
        (
            Cell((line(strong(channel.channel)), line(_material(channel)))),
            Cell(tuple(_profile(i, channel, evidence))),
            Cell(tuple(line(sentence) for sentence in _unknown(channel))),
        )
        for i, channel in taking_part
    )
    blocks += [
        Paragraph(line(_opening(findings))),
        Table(
            "Participation by channel",
            ("Channel", "Number and profile of participants", "What is not known"),
            rows,
            (0.24, 0.42, 0.34),
        ),
    ]
    if silent:
        said = f"Text that people were asked about, not counted as anybody's words: {listed(silent)}."
        blocks.append(Paragraph(line(said), "note"))
    proposals = [p for direction in findings.directions for p in direction.proposals]
    if proposals:
        opinions = sum(p.figure.n for p in proposals)
        few = sum(p.too_few for p in proposals)
        blocks.append(
            Paragraph(
                line(
                    f"On average each of the {plural(len(proposals), 'proposal')} has "
                    f"{opinions / len(proposals):.1f} opinions; {few:,} of them "
                    f"{'has' if few == 1 else 'have'} fewer than {findings.too_few}, and "
                    f"{'is' if few == 1 else 'are'} marked as such."
                )
            )
        )
    for channel in findings.channels:
        blocks += _profiles(channel)
    return Section("people", 1, number, "Who took part", tuple(blocks))


def _opening(findings: Findings) -> str:
    events = sum(channel.events for channel in findings.channels)
    heard = sum(not _is_silent(channel) for channel in findings.channels)
    held = f", with {plural(events, 'event')}" if events else ""
    return (
        f"Contributions came through {plural(heard, 'channel')}{held}. A person who used several channels cannot be "
        "recognised across them, so the numbers of people must not be added up."
    )


def _is_silent(channel: ChannelFinding) -> bool:
    """Whether nobody said anything through it: the draft that people were asked about, for instance."""
    return not (channel.people or channel.segments or channel.opinions or channel.reported)


def _material(channel: ChannelFinding) -> str:
    parts = [plural(channel.sources, "source")]
    if channel.events:
        parts.append(plural(channel.events, "event"))
    return listed(parts)


def _profile(number: int, channel: ChannelFinding, evidence: Evidence) -> Iterator[Line]:
    if channel.reported is not None:
        yield line(plural(channel.reported, "participant"), ", as the notes report them.")
    anchor = channel_anchor(number) if evidence.by_channel.get(channel.channel) else ""
    if channel.people:
        known = link(plural(channel.people, "person", "people"), anchor)
        yield line(known, " who can be told apart", "." if channel.reported is None else " by what they said.")
    if channel.segments:
        yield line(link(plural(channel.segments, "segment"), anchor), " of text.")
    if channel.opinions:
        yield line(link(plural(channel.opinions, "opinion"), "opinions" if evidence.opinions else ""), " on proposals.")
    for attribute, values in _telling(channel):
        known_people = sum(count for _, count in values)
        shares = known_people >= _SHARES
        shown = "; ".join(
            f"{value} {percent(count, known_people)} ({count:,})" if shares else f"{value} ({count:,})"
            for value, count in values[:_MOST]
        )
        rest = len(values) - _MOST
        yield line(strong(f"{capital(attribute)}: "), shown, f"; {plural(rest, 'other value')}" if rest > 0 else "")


def _telling(channel: ChannelFinding) -> list[tuple[str, tuple[tuple[str, int], ...]]]:
    """Attributes whose values group people, not one value for each."""
    return [
        (attribute, values)
        for attribute, values in channel.attributes.items()
        if values
        and not _is_detail(attribute, channel)
        and (len(values) <= _MOST or 2 * len(values) <= sum(count for _, count in values))
    ]


def _is_detail(attribute: str, channel: ChannelFinding) -> bool:
    """Whether an attribute says another one in more detail, as "sector as written" does."""
    return any(attribute.startswith(f"{other} ") for other in (*channel.attributes, *channel.unknown))


def _unknown(channel: ChannelFinding) -> Iterator[str]:
    told = bool(channel.limits)
    if channel.events and channel.reported is None and not told:
        yield "The notes do not say how many people took part."
    if not channel.people:
        yield "Nobody can be told apart: nothing says who spoke."
    elif not told and not any(channel.attributes.values()):
        yield "Nothing is known about who these people are: no attribute was recorded."
    for attribute, count in channel.unknown.items():
        if count and channel.people and any(channel.attributes.values()) and not _is_detail(attribute, channel):
            known = (
                "anybody" if count >= channel.people else f"{count:,} of {plural(channel.people, 'person', 'people')}"
            )
            yield f"{capital(attribute)}: not known for {known}."
    yield from channel.limits


def _profiles(channel: ChannelFinding) -> Iterator[Figure]:
    for attribute, values in _telling(channel):
        total = sum(count for _, count in values)
        unknown = channel.unknown.get(attribute, 0)
        bars = [Bar(value, count / total, f"{count:,} ({percent(count, total)})") for value, count in values[:_MOST]]
        if len(values) > 1 and total >= _SHARES:
            missing = f"; not known for {unknown:,} more" if unknown else ""
            yield Figure(
                f"{capital(attribute)} of participants: {channel.channel}",
                f"Share of the {plural(total, 'person', 'people')} for whom it is known{missing}.",
                tuple(bars),
            )


def polls(findings: Findings, evidence: Evidence, number: str) -> Section:
    """Each closed question as a table with bars."""
    blocks = [block for i, poll in enumerate(findings.polls) for block in _poll(poll, i, evidence)]
    blocks = blocks or [Paragraph(line("No poll has been brought in."))]
    title = "What polls and votes say" if findings.statements else "What the polls say"
    return Section("polls", 1, number, title, (*blocks, *statements(findings)))


def poll_anchor(number: int) -> str:
    """Where the answers to a poll are listed."""
    return f"answers-{number}"


def _poll(poll: PollFinding, number: int, evidence: Evidence) -> Iterator[Block]:
    yield Paragraph(line(_respondents(poll), _agreement(poll.counts)))
    rows = tuple(
        (
            cell(count.option),
            Cell((line(answers(poll, count, number, evidence)),)),
            cell(percent(count.count, count.respondents)),
        )
        for count in poll.counts
    )
    yield Table(
        poll.question,
        (poll.question, "Count", "Percentage"),
        rows,
        (0.46, 0.10, 0.14),
        numeric=(1, 2),
        pictures=tuple(
            Bar(count.option, count.share, f"{count.count} of {count.respondents}") for count in poll.counts
        ),
        picture_head="Share of respondents",
    )


def answers(poll: PollFinding, count: PollCount, number: int, evidence: Evidence) -> Span:
    """How many chose an option, leading to who did; `number` is the place of the poll among all."""
    return link(f"{count.count:,}", poll_anchor(number) if evidence.answers.get((poll.key, count.option)) else "")


def _respondents(poll: PollFinding) -> str:
    said = f"{plural(poll.respondents, 'respondent')} answered (source: {poll.source})."
    if poll.multiple:
        said += " Several choices were possible, so the percentages need not add up to 100."
    return said


def _agreement(counts: Sequence[PollCount]) -> str:
    """How many agree and disagree, where the options are that scale."""
    names = {count.option.strip().casefold() for count in counts}
    if not (names >= _AGREE and names >= _DISAGREE):
        return ""
    agree = sum(count.count for count in counts if count.option.strip().casefold() in _AGREE)
    disagree = sum(count.count for count in counts if count.option.strip().casefold() in _DISAGREE)
    whole = counts[0].respondents
    return (
        f" {agree:,} of {whole:,} ({percent(agree, whole)}) agreed or strongly agreed; "
        f"{disagree:,} ({percent(disagree, whole)}) disagreed or strongly disagreed."
    )
