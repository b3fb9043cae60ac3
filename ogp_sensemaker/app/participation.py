"""Who took part through each channel, what is not known about them, and what they answered in polls."""

from collections import Counter

from ogp_sensemaker.app.gathered import Gathered
from ogp_sensemaker.domain.findings import ChannelFinding, PollFinding
from ogp_sensemaker.domain.opinion import poll_counts
from ogp_sensemaker.domain.source import Case, CaseKind
from ogp_sensemaker.store import opinions
from ogp_sensemaker.store.project import Project

_PEOPLE = (CaseKind.PARTICIPANT, CaseKind.SPEAKER)
# What tells people apart instead of describing them, or describes an event.
_MOST_VALUES = 12


def polls(project: Project) -> tuple[PollFinding, ...]:
    """The closed questions; options as offered where that is a scale, otherwise in order of count."""
    answers = opinions.poll_answers(project)
    found = []
    for poll in opinions.polls(project):
        given = answers.get(poll.id, [])
        counts = poll_counts(poll.options, given)
        if poll.multiple:
            counts = tuple(sorted(counts, key=lambda c: -c.count))
        respondents = len({case for case, _ in given})
        found.append(PollFinding(poll.key, poll.question, poll.source, poll.multiple, respondents, counts))
    return tuple(found)


def channels(found: Gathered) -> tuple[ChannelFinding, ...]:
    """One line for each channel through which somebody said something, in the order of import."""
    spoken = {s.channel for s in found.segments.values() if s.voice}
    names = [c for c in dict.fromkeys(s.channel for s in found.sources) if c in spoken]
    return tuple(_channel(found, name) for name in names)


def _channel(found: Gathered, name: str) -> ChannelFinding:
    sources = [s for s in found.sources if s.channel == name]
    voices = [s for s in found.segments.values() if s.channel == name and s.voice]
    people = [c for c in found.cases.values() if c.channel == name and c.kind in _PEOPLE]
    events = [found.cases[s.event] for s in sources if s.event is not None]
    told = [int(e.attributes["participants"]) for e in events if e.attributes.get("participants", "").isdigit()]
    attributes = _attributes(people)
    ids = {c.id for c in people}
    return ChannelFinding(
        channel=name,
        sources=len(sources),
        events=len(events),
        people=len(people),
        reported=sum(told) if told else None,
        segments=len(voices),
        opinions=sum(o.case_id in ids for row in found.opinions.values() for o in row),
        attributes={a: tuple(Counter(v).most_common()) for a, v in attributes.items()},
        unknown={a: len(people) - len(v) for a, v in attributes.items() if len(v) < len(people)},
        limits=tuple(_limits(found, name, people, events, told)),
    )


def _attributes(people: list[Case]) -> dict[str, list[str]]:
    """The values, sorted, of each attribute that describes people instead of naming them."""
    values: dict[str, list[str]] = {}
    for case in people:
        for attribute, value in case.attributes.items():
            values.setdefault(attribute, []).append(value)
    return {a: sorted(v) for a, v in sorted(values.items()) if len(set(v)) <= _MOST_VALUES and len(set(v)) < len(v)}


def _limits(found: Gathered, name: str, people: list[Case], events: list[Case], told: list[int]) -> list[str]:
    limits = []
    if events and len(told) < len(events):
        silent = len(events) - len(told)
        limits.append(f"{silent} of {len(events)} notes {'does' if silent == 1 else 'do'} not say how many took part.")
    if told and sum(told) > len(people):
        limits.append(f"The notes speak of {sum(told):,} participants; {len(people):,} speakers can be told apart.")
    anonymous = sum(
        s.channel == name and s.voice and (s.case_id is None or found.cases[s.case_id].kind not in _PEOPLE)
        for s in found.segments.values()
    )
    if anonymous:
        limits.append(f"{anonymous:,} remark{' is' if anonymous == 1 else 's are'} of nobody in particular.")
    if not any(c.attributes for c in people):
        limits.append("Nothing is known about the participants but their names.")
    return limits
