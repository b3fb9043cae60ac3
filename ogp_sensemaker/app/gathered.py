"""Everything that the figures rest on, read from the project once."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from ogp_sensemaker.domain.codebook import Code, CodeKind, ancestors, direction_of
from ogp_sensemaker.domain.coding import Coding, Mark, Stance
from ogp_sensemaker.domain.evidence import VALUE_OF_STANCE, Evidence, Kind, Position, merge
from ogp_sensemaker.domain.findings import Quotation
from ogp_sensemaker.domain.issue import Cue, IssueText, MachineStance
from ogp_sensemaker.domain.opinion import Opinion
from ogp_sensemaker.domain.source import Case, CaseKind, Segment, Source
from ogp_sensemaker.store import codebook, codings, derived, issues, opinions, segments, sources
from ogp_sensemaker.store.project import Project

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PEOPLE = (CaseKind.PARTICIPANT, CaseKind.SPEAKER)
# An attribute with more values than this tells people apart instead of grouping them.
_MOST_GROUPS = 12
OPINION_GROUP = "polis group"  # the attribute in which Polis's export says to which group a participant belongs
_UNREAD = ("en", "und", "")  # languages in which a segment without English is read as it is


@dataclass
class Gathered:
    """One reading of the project. Nothing in it changes; what is derived from it is computed once."""

    segments: dict[int, Segment]
    codes: dict[int, Code]
    codings: dict[int, list[Coding]]  # by people, by segment
    opinions: dict[int, list[Opinion]]  # by proposal
    cases: dict[int, Case]
    sources: list[Source]
    marks: dict[int, Mark]
    suggestions: dict[int, list[tuple[int, float]]]
    rejected: set[tuple[int, int]]
    texts: dict[int, IssueText]
    cues: dict[int, Cue]
    counts_machine: bool = False
    opinion_groups: dict[int, str] = field(default_factory=dict)  # by case, as found from votes
    suggested_stances: dict[tuple[int, int], MachineStance] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)  # row of `vectors` by segment
    vectors: "NDArray[np.float32] | None" = None  # (n, d), of the segments that a code or proposal speaks of
    merged: dict[int, dict[int, Position]] = field(default_factory=dict, init=False)  # by code, as asked for

    @cached_property
    def coded(self) -> dict[int, list[Coding]]:
        """The codings by code, each also under every code above its own."""
        found: dict[int, list[Coding]] = {id_: [] for id_ in self.codes}
        for made in self.codings.values():
            for coding in made:
                for code_id in (coding.code_id, *ancestors(coding.code_id, self.codes)):
                    found[code_id].append(coding)
        return found

    @cached_property
    def toward(self) -> dict[int, list[Coding]]:
        """The codings whose stance is towards a code: its own, and those of the themes below it.

        A proposal or issue is a question of its own: who opposes it need not oppose the direction it stands under.
        """
        found: dict[int, list[Coding]] = {id_: [] for id_ in self.codes}
        for made in self.codings.values():
            for coding in made:
                code: Code | None = self.codes[coding.code_id]
                while code is not None:
                    found[code.id].append(coding)
                    above = code.parent_id if code.kind is CodeKind.THEME else None
                    code = None if above is None else self.codes[above]
        return found

    @cached_property
    def under(self) -> dict[int, list[Segment]]:
        """The segments that were written under each proposal."""
        found: dict[int, list[Segment]] = {}
        for segment in self.segments.values():
            if segment.about is not None:
                found.setdefault(segment.about, []).append(segment)
        return found

    @cached_property
    def machine(self) -> dict[int, list[MachineStance]]:
        """What the machine suggests, by code: of these words, not refused, and where no person gave a stance."""
        found: dict[int, list[MachineStance]] = {}
        for (segment_id, code_id), made in self.suggested_stances.items():
            segment = self.segments.get(segment_id)
            if segment is None or code_id not in self.codes or segment_id in self.stated(code_id):
                continue
            if made.words == derived.words_hash(f"{self.target(code_id)}\n{segment.reading}"):
                found.setdefault(code_id, []).append(made)
        return found

    def stated(self, code_id: int) -> set[int]:
        """The segments whose stance towards a code is known from a person: a coder, or the author."""
        coded = {c.segment_id for c in self.toward[code_id] if c.stance is not None}
        return coded | {s.id for s in self.under.get(code_id, ()) if s.valence}

    def target(self, code_id: int) -> str:
        """What one can be for or against: the analyst's statement, else the proposal's English, else the name."""
        text, code = self.texts.get(code_id), self.codes[code_id]
        own = self.segments.get(code.segment_id or 0)
        return (text.statement if text else "") or (own.reading if own else "") or code.name

    def spoken(self, code_id: int) -> list[Segment]:
        """The participants' words that are coded to an issue or written under it, but for a proposal's own; by id."""
        wanted = {c.segment_id: self.segments[c.segment_id] for c in self.toward[code_id]}
        wanted |= {s.id: s for s in self.under.get(code_id, ())}
        own = self.codes[code_id].segment_id
        return [segment for id_, segment in sorted(wanted.items()) if segment.voice and id_ != own]

    def unstated(self, code_id: int) -> list[Segment]:
        """What is said on an issue, in English, with no person's stance towards it; by id."""
        known = self.stated(code_id)
        return [s for s in self.spoken(code_id) if s.id not in known and (s.english or s.language in _UNREAD)]

    @cached_property
    def groups(self) -> dict[str, dict[int, str]]:
        """For each attribute that groups people, its value by case; `channel` among them."""
        found: dict[str, dict[int, str]] = {"channel": {}}
        for case in self.cases.values():
            if case.kind not in _PEOPLE:
                continue
            if case.channel:
                found["channel"][case.id] = case.channel
            for name, value in case.attributes.items():
                found.setdefault(name, {})[case.id] = value
        if OPINION_GROUP not in found and self.opinion_groups:
            found["opinion group"] = self.opinion_groups
        # Words of nobody in particular stand for themselves, and are still of a channel.
        for segment in self.segments.values():
            if (case_id := self.speaker(segment)) < 0:
                found["channel"].setdefault(case_id, segment.channel)
        return {name: of for name, of in found.items() if 1 < len(set(of.values())) <= _MOST_GROUPS}

    def speaker(self, segment: Segment) -> int:
        """The case whose words a segment is; what nobody in particular said stands for itself.

        The same words of nobody in particular twice in one source are taken for one person's.
        """
        if segment.case_id is not None and self.cases[segment.case_id].kind in _PEOPLE:
            return segment.case_id
        first = self.segments.get(segment.duplicate_of or 0)
        return -(first.id if first is not None and first.source_id == segment.source_id else segment.id)

    def words_of(self, segment: Segment) -> int:
        """What tells words apart: the segment, or the one that it repeats."""
        return segment.duplicate_of or segment.id

    def positions(self, code_id: int) -> dict[int, Position]:
        """Where each case stands on a code; put together once."""
        if code_id not in self.merged:
            self.merged[code_id] = merge(self.evidence(code_id), machine=self.counts_machine)
        return self.merged[code_id]

    def evidence(self, code_id: int) -> list[Evidence]:
        """What cases have said on a code: numbers, coded stances, reasons for and against, machine's stances."""
        found = [Evidence(o.case_id, Kind.OPINION, o.value) for o in self.opinions.get(code_id, ())]

        def add(segment: Segment, kind: Kind, value: float) -> None:
            found.append(Evidence(self.speaker(segment), kind, value, self.words_of(segment)))

        for coding in self.toward[code_id]:
            if coding.stance is not None:
                add(self.segments[coding.segment_id], Kind.STANCE, VALUE_OF_STANCE[coding.stance])
        for segment in self.under.get(code_id, ()):
            if segment.valence:
                add(segment, Kind.POINT, VALUE_OF_STANCE[Stance(segment.valence)])
        for made in self.machine.get(code_id, ()):
            add(self.segments[made.segment_id], Kind.MACHINE, made.value)
        return found

    def reasons(self, code_id: int) -> tuple[int, int]:
        """How many reasons were given for and against, on the platform or as coded by people; duplicates once."""
        sides: dict[str, set[int]] = {"support": set(), "oppose": set()}
        for segment in self.under.get(code_id, ()):
            if segment.valence:
                sides[segment.valence].add(self.words_of(segment))
        for coding in self.toward[code_id]:
            if coding.stance in ("support", "oppose"):
                sides[coding.stance].add(self.words_of(self.segments[coding.segment_id]))
        return len(sides["support"]), len(sides["oppose"])

    def voices(self, segment: Segment, what: str) -> bool:
        """Whether a segment's words, as they are now, voice a "concern" or make a "suggestion"."""
        cue = self.cues.get(segment.id)
        return cue is not None and bool(getattr(cue, what)) and cue.words == derived.words_hash(segment.reading)

    def below(self, code_id: int, kind: CodeKind) -> list[Code]:
        """The codes of a kind under a direction."""
        return [c for c in self.codes.values() if c.kind is kind and direction_of(c.id, self.codes) == code_id]

    def quotation(self, segment: Segment, stance: str = "", concern: bool = False) -> Quotation:
        """A segment as the report prints it."""
        return Quotation(
            segment_id=segment.id, text=segment.text, english=segment.english, language=segment.language,
            translation_by=segment.translation_by, who=segment.case, channel=segment.channel, source=segment.source,
            locator=segment.locator, stance=stance, concern=concern, case_id=segment.case_id,
        )  # fmt: skip

    @cached_property
    def closeness(self) -> dict[int, float]:
        """How near each coded segment lies to the middle of what was said on its direction (cosine)."""
        near: dict[int, float] = {}
        for code in self.codes.values():
            if code.kind is CodeKind.DIRECTION:
                for id_, value in self.central({c.segment_id for c in self.coded[code.id]}).items():
                    near[id_] = max(near.get(id_, -1.0), value)
        return near

    def central(self, wanted: set[int]) -> dict[int, float]:
        """How near each of some segments lies to their common middle (cosine, five decimals); without vector none."""
        import numpy as np

        members = sorted(id_ for id_ in wanted if id_ in self.rows)
        if not members or self.vectors is None:
            return {}
        own = self.vectors[[self.rows[id_] for id_ in members]]
        middle = own.mean(axis=0)
        middle /= float(np.linalg.norm(middle)) or 1.0
        return {id_: round(value, 5) for id_, value in zip(members, (own @ middle).tolist(), strict=True)}

    def choose(self, codings_: list[Coding], most: int) -> tuple[Quotation, ...]:
        """The most telling of coded segments: the sides in turn, nearest to the middle first, no duplicates."""
        by_stance: dict[str, list[Coding]] = {}
        seen: set[int] = set()
        for coding in sorted(codings_, key=lambda c: (-self.closeness.get(c.segment_id, 0.0), c.segment_id, c.id)):
            words = self.words_of(self.segments[coding.segment_id])
            if words not in seen:
                seen.add(words)
                by_stance.setdefault(coding.stance or "", []).append(coding)
        order = [by_stance.get(s, []) for s in ("support", "oppose", "mixed", "neutral", "")]
        turns = [row[n] for n in range(max(map(len, order), default=0)) for row in order if n < len(row)]
        return tuple(self.quotation(self.segments[c.segment_id], c.stance or "", c.concern) for c in turns[:most])


def gather(project: Project, *, machine: bool = False) -> Gathered:
    """Read what the figures rest on; the stances that a machine suggests only when asked for."""
    every = segments.page(project, segments.ids(project))
    by_segment: dict[int, list[Coding]] = {}
    machines = {id_ for id_, coder in codings.coders(project).items() if coder.machine}
    for coding in codings.everything(project):
        if coding.coder_id not in machines:
            by_segment.setdefault(coding.segment_id, []).append(coding)
    numbers: dict[int, list[Opinion]] = {}
    for opinion in opinions.opinions(project):
        numbers.setdefault(opinion.code_id, []).append(opinion)
    spoken = sorted({*by_segment, *(s.id for s in every if s.about is not None)})
    ids, vectors = derived.vectors(project, spoken)
    return Gathered(
        segments={s.id: s for s in every},
        codes=codebook.codes(project),
        codings=by_segment,
        opinions=numbers,
        cases={case.id: case for case in sources.cases(project)},
        sources=sources.sources(project),
        marks=codings.marks(project),
        suggestions=derived.suggestions(project),
        rejected=set(codings.rejections(project)),
        texts=issues.texts(project),
        cues=issues.cues(project),
        counts_machine=machine,
        opinion_groups=opinions.opinion_groups(project),
        suggested_stances=_standing(project) if machine else {},
        rows={id_: row for row, id_ in enumerate(ids)},
        vectors=vectors,
    )


def _standing(project: Project) -> dict[tuple[int, int], MachineStance]:
    """The machine's stances without those that people refused."""
    refused = issues.rejected(project)
    return {pair: made for pair, made in issues.machine_stances(project).items() if (*pair, made.stance) not in refused}
