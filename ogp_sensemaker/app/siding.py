"""Who says what on an issue: both sides in equal number, nearest to the middle of their side first."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from ogp_sensemaker.app.gathered import Gathered
from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.domain.evidence import Kind
from ogp_sensemaker.domain.findings import Quotation, Sides
from ogp_sensemaker.domain.reading import Reading, reading
from ogp_sensemaker.domain.source import Segment

_CAMPAIGN = 3  # people who send the same words, from whom on that is worth a sentence


@dataclass(frozen=True, slots=True)
class _Said:
    """Words on an issue, with where they stand and who says so."""

    segment: Segment
    stance: str
    concern: bool = False
    probability: float | None = None  # None: a person says so


def both_sides(found: Gathered, code_id: int, limit: int, only: Collection[int] | None = None) -> Sides:
    """Both sides of an issue, `limit` quotations of each at most; `only` narrows to these segments.

    Where one side is silent the other is quoted up to the limit. Words that repeat others stand once, with how often.
    """
    said = [one for one in _said(found, code_id) if only is None or one.segment.id in only]
    by_stance = {s: _ordered(found, [one for one in said if one.stance == s]) for s in ("support", "oppose", "mixed")}
    pros, cons = by_stance["support"], by_stance["oppose"]
    number = min(len(pros), len(cons), limit) if pros and cons else limit
    here = [s for s in found.spoken(code_id) if only is None or s.id in only]
    near = found.central({s.id for s in here})
    here.sort(key=lambda s: (-near.get(s.id, -1.0), s.id))
    marked = {one.segment.id: one for one in said if one.concern}
    shown = {one.segment.id for one, _ in (*pros[:number], *cons[:number])}
    concerns = _voiced(found, here, marked, "concern", limit, shown)
    shown |= {quotation.segment_id for quotation in concerns}
    return Sides(
        code_id=code_id,
        supporting=_quotations(found, pros[:number]),
        opposing=_quotations(found, cons[:number]),
        mixed=_quotations(found, by_stance["mixed"][:limit]),
        concerns=concerns,
        suggestions=_voiced(found, here, {}, "suggestion", limit, shown),
        supporting_total=len(pros),
        opposing_total=len(cons),
        mixed_total=len(by_stance["mixed"]),
    )


def _said(found: Gathered, code_id: int) -> list[_Said]:
    """Everything with a stance on a code, a segment once: as its author marked it, as coded, as a machine suggests.

    What coders see differently is mixed.
    """
    made: dict[int, _Said] = {}
    for segment in found.under.get(code_id, ()):
        if segment.valence:
            made[segment.id] = _Said(segment, segment.valence)
    stances: dict[int, str] = {}
    concerns: set[int] = set()
    for coding in found.toward[code_id]:
        id_, stance = coding.segment_id, coding.stance
        if stance is not None:
            stances[id_] = stance if stances.get(id_, stance) == stance else Stance.MIXED
        if coding.concern:
            concerns.add(id_)
    for id_ in concerns & made.keys():
        made[id_] = replace(made[id_], concern=True)
    for id_ in sorted((stances.keys() | concerns) - made.keys()):
        made[id_] = _Said(found.segments[id_], stances.get(id_, ""), id_ in concerns)
    for one in found.machine.get(code_id, ()):
        if one.segment_id not in made or not made[one.segment_id].stance:
            concern = one.segment_id in made
            made[one.segment_id] = _Said(found.segments[one.segment_id], one.stance, concern, one.probability)
    return list(made.values())


def _ordered(found: Gathered, said: list[_Said]) -> list[tuple[_Said, int]]:
    """Words, nearest to the middle of their side first, what a person says before what a machine suggests.

    Words that repeat each other stand once, where the first of them stands, with how many others there are.
    """
    near = found.central({one.segment.id for one in said})
    times = Counter(found.words_of(one.segment) for one in said)
    said.sort(key=lambda one: (one.probability is not None, -near.get(one.segment.id, -1.0), one.segment.id))
    first: dict[int, _Said] = {}
    for one in said:
        words = found.words_of(one.segment)
        if words not in first or one.segment.id == words:
            first[words] = one
    return [(one, times[words] - 1) for words, one in first.items()]


def _quotations(found: Gathered, said: Iterable[tuple[_Said, int]]) -> tuple[Quotation, ...]:
    return tuple(_quotation(found, one, repeats) for one, repeats in said)


def _quotation(found: Gathered, one: _Said, repeats: int) -> Quotation:
    made = found.quotation(one.segment, one.stance, one.concern)
    sure = None if one.probability is None else round(one.probability, 4)
    return replace(made, repeats=repeats, by_machine=sure is not None, probability=sure)


def _voiced(
    found: Gathered, here: list[Segment], marked: dict[int, _Said], what: str, limit: int, shown: Collection[int]
) -> tuple[Quotation, ...]:
    """Concerns or suggestions: first those that people marked, then those whose words show it; words once.

    What is `shown` already, and is marked by nobody, is not shown again.
    """
    quotes: dict[int, Quotation] = {}
    for segment in here:
        if segment.id in marked and len(quotes) < limit:
            quotes.setdefault(found.words_of(segment), _quotation(found, marked[segment.id], 0))
    for segment in here:
        if len(quotes) >= limit:
            break
        if segment.id not in marked and segment.id not in shown and found.voices(segment, what):
            made = replace(found.quotation(segment, "", what == "concern"), by_machine=True)
            quotes.setdefault(found.words_of(segment), made)
    return tuple(quotes.values())


def repeated(found: Gathered, code_id: int) -> tuple[str, ...]:
    """A sentence for each text that several people sent, as far as it takes a side on an issue."""
    times = Counter(s.duplicate_of for s in found.spoken(code_id) if s.duplicate_of)
    if not times or max(times.values()) < _CAMPAIGN - 1:
        return ()
    senders: dict[int, set[int]] = {}
    stances: dict[int, Counter[str]] = {}
    for one in _said(found, code_id):
        words = found.words_of(one.segment)
        if one.stance and found.speaker(one.segment) not in senders.setdefault(words, set()):
            senders[words].add(found.speaker(one.segment))
            stances.setdefault(words, Counter())[one.stance] += 1
    return tuple(
        f"{len(people)} people sent nearly the same words (#{words}), {_sides_of(stances[words])}; each counts once."
        for words, people in sorted(senders.items())
        if len(people) >= _CAMPAIGN
    )


def _sides_of(stances: Counter[str]) -> str:
    names = {"support": "for", "oppose": "against", "mixed": "mixed", "neutral": "neutral"}
    if len(stances) == 1:
        return f"all of them {names[next(iter(stances))]}"
    return ", ".join(f"{n} {names[s]}" for s, n in stances.most_common())


def machine_counts(found: Gathered, code_id: int) -> dict[str, int]:
    """Cases by the stance that the machine suggests for their words; a case with several stances is mixed."""
    by_case: dict[int, set[str]] = {}
    for made in found.machine.get(code_id, ()):
        by_case.setdefault(found.speaker(found.segments[made.segment_id]), set()).add(made.stance)
    return _counted(by_case.values())


def machine_reading(found: Gathered, code_id: int) -> Reading | None:
    """How a machine reads an issue as a whole; None where it is not counted, or something else is known of people."""
    positions = found.positions(code_id)
    if not found.counts_machine or not positions or any(p.kind is not Kind.MACHINE for p in positions.values()):
        return None
    words: dict[tuple[int, int], tuple[float, float]] = {}
    for made in found.machine.get(code_id, ()):
        segment = found.segments[made.segment_id]
        words.setdefault((found.speaker(segment), found.words_of(segment)), made.sides)
    return reading((case, *sides) for (case, _), sides in words.items())


def _counted(stances: Iterable[set[str]]) -> dict[str, int]:
    counts = Counter(next(iter(s)) if len(s) == 1 else str(Stance.MIXED) for s in stances)
    return {str(stance): counts[str(stance)] for stance in Stance if counts[str(stance)]}
