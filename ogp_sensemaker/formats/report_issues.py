"""The report on what is contested and between whom, what everybody agrees on, and what is new."""

from collections.abc import Iterator

from ogp_sensemaker.domain.findings import Contest, Findings, IssueFinding, Measure, NewIdea, Quotation
from ogp_sensemaker.formats.charts import Interval, Split
from ogp_sensemaker.formats.report_blocks import (
    Block,
    Bullets,
    Cell,
    Figure,
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
from ogp_sensemaker.formats.report_words import NONE, capital, listed, plural, ranges

_MACHINE = (
    "Stances that a machine suggests are counted here, for people of whom nothing else is known. They are marked where "
    "they are quoted, and the counts name them."
)
_ONE_SIDED = 2  # quotations of one side where the other has none
_FEW_AGREED = 2
_AGREED_LINES = 6  # in the summary
_AGREED_QUOTED = 10  # of the questions on which everybody agrees
_BESIDE = 5  # quotations of a direction's ideas that answer no proposal
_GROUPS = 12  # groups of one attribute that a chart shows, biggest first


def issue_anchor(code_id: int) -> str:
    """Where an issue's section begins."""
    return f"issue-{code_id}"


def is_contested(issue: IssueFinding) -> bool:
    """Whether analysts marked it, or the figures suggest it and no analyst said no."""
    return issue.mark in ("contested", "to watch") or (not issue.mark and issue.contest.suggested == "contested")


def contested(findings: Findings, evidence: Evidence, number: str) -> Iterator[Section]:
    """A section on what is contested, then one for each such issue."""
    shown = [issue for issue in findings.issues if is_contested(issue)]
    known = {issue.code_id for issue in (*shown, *findings.agreed)}
    others = [issue for issue in findings.issues if issue.code_id not in known]
    blocks: list[Block] = [Paragraph(line(_opening(shown)))]
    if findings.machine:
        blocks.append(Paragraph(line(_MACHINE), "warning"))
    if others:
        blocks.append(_others(others, translations(findings)))
    yield Section("contested", 1, number, "What is contested, and between whom", tuple(blocks))
    translated = translations(findings)
    for i, issue in enumerate(shown, 1):
        blocks = list(_issue(issue, evidence))
        if english := translated.get(issue.code_id):
            blocks.insert(0, Paragraph(line(f"[TRANSLATION: {english}]")))
        yield Section(issue_anchor(issue.code_id), 2, f"{number}.{i}", issue.name, tuple(blocks))


def translations(findings: Findings) -> dict[int, str]:
    """Code id -> English title of the proposals that were written in another language."""
    return {p.code_id: p.english for d in findings.directions for p in d.proposals if p.english}


def named(issue: IssueFinding, translated: dict[int, str]) -> str:
    """An issue's name, with its translation where it has one."""
    english = translated.get(issue.code_id)
    return f"{issue.name} [TRANSLATION: {english}]" if english else issue.name


def _opening(shown: list[IssueFinding]) -> str:
    if not shown:
        return "No question is marked as contested, and the figures suggest none."
    marked = sum(issue.mark == "contested" for issue in shown)
    watched = sum(issue.mark == "to watch" for issue in shown)
    suggested = len(shown) - marked - watched
    parts = []
    if marked:
        parts.append(f"{plural(marked, 'question')} marked as contested by analysts")
    if watched:
        parts.append(f"{plural(watched, 'question')} to watch")
    if suggested:
        parts.append(
            f"{plural(suggested, 'question')} that the figures suggest to be contested and nobody has decided on"
        )
    return (
        f"{capital(listed(parts))}, most contested first. Evidence is counted by person, never by comment. "
        "Where both sides can be quoted, they are quoted in equal number."
    )


def _issue(issue: IssueFinding, evidence: Evidence) -> Iterator[Block]:
    yield Paragraph(status(issue), "lead")
    if issue.statement:
        yield Paragraph(line(strong("The question: "), issue.statement))
    if issue.contest.why:
        yield Paragraph(line(strong("Why: "), issue.contest.why), "why")
    if said := (*issue.contradictions, *issue.repeated):
        yield Bullets(tuple(line(sentence) for sentence in said))
    if behind := _behind(issue, evidence):
        yield Paragraph(behind, "note")
    if issue.contest.n:
        yield Figure("Positions of people", "Each person counted once.", (_split(issue.contest, "All"),))
    yield from _groups(issue.contest)
    yield _measures(issue.contest)
    yield from _wording(issue)
    yield from _sides(issue, evidence)
    if issue.concerns:
        yield Heading("Concerns and conditions")
        yield quotes(issue.concerns, evidence)
    if issue.suggestions:
        yield Heading("Suggestions")
        yield quotes(issue.suggestions, evidence)
    if issue.ways:
        yield Heading("Possible ways forward")
        yield from _paragraphs(issue.ways)


def _wording(issue: IssueFinding) -> Iterator[Block]:
    """What analysts wrote about who stands where."""
    if issue.side_for or issue.side_against:
        yield Heading("Both sides, as analysts put them")
        pairs = (("For: ", issue.side_for), ("Against: ", issue.side_against))
        yield Bullets(tuple(line(strong(title), words) for title, words in pairs if words))
    if issue.views:
        yield Heading("Who holds which view")
        yield from _paragraphs(issue.views)


def _paragraphs(text: str) -> Iterator[Block]:
    yield from (Paragraph(line(part.strip())) for part in text.split("\n") if part.strip())


def _behind(issue: IssueFinding, evidence: Evidence) -> Line:
    """Where the ids behind an issue's figures are listed; empty where there are none."""
    opinions = len(evidence.opinions.get(issue.code_id, ()))
    segments = len(evidence.by_code.get(issue.code_id, ()))
    parts: list[str | Span] = []
    if opinions:
        parts.append(link(plural(opinions, "opinion"), evidence.opinions_anchor(issue.code_id)))
    if segments:
        parts += [
            " and " if parts else "",
            link(plural(segments, "coded segment"), evidence.code_anchor(issue.code_id)),
        ]
    return line("Behind these figures: ", *parts, ".") if parts else ()


def status(issue: IssueFinding) -> Line:
    """Who says that an issue is contested: analysts, or only the figures."""
    if issue.mark == "contested":
        return line(strong("Contested, as marked by analysts"), f": {issue.mark_reason}" if issue.mark_reason else ".")
    if issue.mark == "to watch":
        return line(strong("To watch, as marked by analysts"), f": {issue.mark_reason}" if issue.mark_reason else ".")
    return line(strong("Suggested by the figures."), " No analyst has decided on it yet.")


def _split(contest: Contest, label: str) -> Split:
    return Split(label, contest.supporting, contest.neutral, contest.opposing)


def _groups(contest: Contest) -> Iterator[Block]:
    attributes = list(dict.fromkeys(group.attribute for group in contest.groups))
    attributes.sort(key=lambda attribute: attribute != contest.divergence_by)
    for attribute in attributes:
        groups = [group for group in contest.groups if group.attribute == attribute]
        groups.sort(key=lambda group: -group.figure.n)
        rest = f" {plural(len(groups) - _GROUPS, 'smaller group')} not shown." if len(groups) > _GROUPS else ""
        rows = tuple(
            Interval(group.value, group.figure.n, group.figure.mean, group.figure.low, group.figure.high)
            for group in groups[:_GROUPS]
        )
        most = " The groups differ most by this." if attribute == contest.divergence_by else ""
        yield Figure(f"Mean by {attribute}", f"Each person once, with the interval of the mean.{most}{rest}", rows)


def _measures(contest: Contest) -> Table:
    lines = (
        ("Contested index", contest.index, "from 0, nobody is divided, to 1"),
        ("Polarisation", contest.polarisation, "how far opinions lie apart"),
        ("Balance", contest.balance, "1: both sides equally strong"),
        (
            "Divergence",
            contest.divergence,
            f"how far groups differ, by {contest.divergence_by}" if contest.divergence_by else "how far groups differ",
        ),
    )
    return Table(
        "How contested it is",
        ("Measure", "What it says", "Value", "Interval"),
        tuple(
            (cell(name), cell(said), cell(_value(measure)), cell(_between(measure))) for name, measure, said in lines
        ),
        (0.22, 0.42, 0.18, 0.18),
        numeric=(2, 3),
        small=True,
    )


def _value(measure: Measure) -> str:
    return "too few to say" if measure.value is None else f"{measure.value:.2f}"


def _between(measure: Measure) -> str:
    return NONE if measure.low is None or measure.high is None else f"{measure.low:.2f} to {measure.high:.2f}"


def _sides(issue: IssueFinding, evidence: Evidence) -> Iterator[Block]:
    number = min(len(issue.supporting), len(issue.opposing))
    if not (issue.supporting or issue.opposing):
        yield Paragraph(line("Nobody's words on this question are coded with a stance, so none can be quoted."))
        return
    if not number:
        silent = "against it" if issue.supporting else "in support of it"
        yield Paragraph(line(f"Only one side can be quoted: no words {silent} are at hand with a stance."), "note")
        number = _ONE_SIDED
    yield Sides(
        _side("For", "support", issue.supporting[:number], issue, evidence),
        _side("Against", "oppose", issue.opposing[:number], issue, evidence),
    )


def _side(title: str, stance: str, said: tuple[Quotation, ...], issue: IssueFinding, evidence: Evidence) -> Side:
    """Quotations by the group that parts people most where it is known, otherwise by channel."""
    groups: dict[str, list[Quotation]] = {}
    for quotation in said:
        row = evidence.rows.get(quotation.segment_id)
        group = row.attributes.get(issue.contest.divergence_by, "") if row else ""
        groups.setdefault(group or quotation.channel, []).append(quotation)
    return Side(
        title,
        stance,
        tuple((group, tuple(quote(q, evidence) for q in groups[group])) for group in sorted(groups)),
    )


def _others(issues: list[IssueFinding], translated: dict[int, str]) -> Table:
    return Table(
        "Other questions looked at",
        ("Question", "People", "For, neutral, against", "What the figures suggest"),
        tuple(
            (
                cell(named(issue, translated)),
                cell(f"{issue.contest.n:,}"),
                cell(f"{issue.contest.supporting:,}, {issue.contest.neutral:,}, {issue.contest.opposing:,}"),
                Cell((line(capital(issue.contest.suggested)), *_said_no(issue))),
            )
            for issue in issues
        ),
        (0.52, 0.10, 0.16, 0.22),
        numeric=(1,),
        small=True,
    )


def _said_no(issue: IssueFinding) -> tuple[Line, ...]:
    return (
        (line(f"Analysts: {issue.mark}", f" ({issue.mark_reason})" if issue.mark_reason else ""),) if issue.mark else ()
    )


def agreed(findings: Findings, evidence: Evidence, number: str) -> Section:
    """What everybody agrees on, with words that say it."""
    if not findings.agreed:
        said = "On no question do enough people take the same side for the figures to call it agreed."
        return Section("agreed", 1, number, "What everybody agrees on", (Paragraph(line(said)),))
    blocks: list[Block] = [
        Paragraph(
            line(f"{plural(len(findings.agreed), 'question')} on which the figures show agreement, strongest first.")
        )
    ]
    translated = translations(findings)
    blocks.append(_agreed_table(findings, evidence))
    for issue in findings.agreed[:_AGREED_QUOTED]:
        words = (issue.supporting or issue.opposing)[:_FEW_AGREED]
        if words:
            blocks.append(Heading(named(issue, translated)))
            blocks.append(quotes(words, evidence))
    return Section("agreed", 1, number, "What everybody agrees on", tuple(blocks))


def _agreed_table(findings: Findings, evidence: Evidence) -> Table:
    translated = translations(findings)
    return Table(
        "Questions on which the figures show agreement",
        ("Question", "What the figures say"),
        tuple(
            (
                Cell((line(named(issue, translated)), _behind(issue, evidence))),
                cell(issue.contest.why or f"{plural(issue.contest.n, 'person', 'people')} took a position."),
            )
            for issue in findings.agreed
        ),
        (0.44, 0.32),
        pictures=tuple(_split(issue.contest, issue.name) for issue in findings.agreed),
        picture_head="For, neutral, against",
    )


def new_ideas(findings: Findings, evidence: Evidence, number: str) -> Section:
    """Groups of segments that fit no direction, then those that fit a direction and none of its proposals."""
    if not findings.new_ideas:
        said = "No group of segments was found that fits no direction and no proposal put to participants."
        return Section("new", 1, number, "New ideas", (Paragraph(line(said)),))
    fresh = [idea for idea in findings.new_ideas if idea.direction_id is None]
    blocks: list[Block] = [
        Paragraph(
            line(
                f"{plural(len(fresh), 'group')} of segments that fit no direction and no proposal put to "
                "participants. A machine grouped them; the words in the headings are those that tell a group from "
                "the others, not a summary."
            )
        )
    ]
    for idea in fresh:
        blocks.append(Heading(", ".join(idea.words) or "On its own"))
        blocks.append(Paragraph(line(_came_from([idea]), "."), "note"))
        blocks.append(quotes(idea.quotations, evidence))
    return Section("new", 1, number, "New ideas", (*blocks, *_unproposed(findings, evidence)))


def _came_from(ideas: list[NewIdea]) -> str:
    channels = listed(list(dict.fromkeys(channel for idea in ideas for channel in idea.channels)))
    said = f"{plural(sum(i.segments for i in ideas), 'segment')} from "
    said += plural(sum(i.people for i in ideas), "person", "people")
    ids = ranges(sorted(id_ for idea in ideas for id_ in idea.segment_ids))
    return said + (f", through {channels}" if channels else "") + (f" ({listing(ids)})" if ids else "")


def _unproposed(findings: Findings, evidence: Evidence) -> Iterator[Block]:
    """What fits a direction and none of its proposals, a few words for each direction."""
    for direction in findings.directions:
        ideas = [idea for idea in findings.new_ideas if idea.direction_id == direction.code_id]
        if ideas:
            yield Heading(
                f"In direction {direction.number or direction.name}, beside the proposals put to participants"
            )
            yield Paragraph(line(_came_from(ideas), ", by their words suggestions that answer no proposal."), "note")
            yield quotes([idea.quotations[0] for idea in ideas[:_BESIDE]], evidence)


def contested_lines(findings: Findings) -> Iterator[Line]:
    """A line for each contested issue, for the summary."""
    translated = translations(findings)
    for issue in findings.issues:
        if is_contested(issue):
            why = f": {issue.contest.why}" if issue.contest.why else ""
            who = "" if issue.mark else " (suggested by the figures)"
            yield line(link(named(issue, translated), issue_anchor(issue.code_id)), who, why)


def agreed_lines(findings: Findings) -> Iterator[Line]:
    """A line for each question on which everybody agrees, for the summary."""
    translated = translations(findings)
    for issue in findings.agreed[:_AGREED_LINES]:
        yield line(link(named(issue, translated), "agreed"), f": {issue.contest.why}" if issue.contest.why else "")
    rest = len(findings.agreed) - _AGREED_LINES
    if rest > 0:
        yield line(link(f"{rest:,} more", "agreed"), ".")
