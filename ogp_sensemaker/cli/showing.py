"""Commands that show: codebook, clusters, contested, findings, search, history, check."""

import argparse
from collections.abc import Sequence

from ogp_sensemaker.app import findings as figures
from ogp_sensemaker.app import history as trail
from ogp_sensemaker.app import searching
from ogp_sensemaker.app.checking import check as check_project
from ogp_sensemaker.cli import screen
from ogp_sensemaker.cli.issues import need_machine, quoted
from ogp_sensemaker.domain.cluster import Cluster
from ogp_sensemaker.domain.findings import DirectionFinding, Findings, IssueFinding, PollFinding, StatementFinding
from ogp_sensemaker.domain.source import Segment
from ogp_sensemaker.store import clusters as groups
from ogp_sensemaker.store import codebook as codes
from ogp_sensemaker.store.project import open_for_reading


def codebook(args: argparse.Namespace) -> int:
    """List the codes as a tree."""
    with open_for_reading(args.project) as project:
        found, paths, counts = codes.codes(project), codes.paths(project), codes.segment_counts(project)
    if args.json:
        screen.as_json(
            [
                {"id": c.id, "path": paths[c.id], "kind": c.kind, "number": c.number, "segments": counts.get(c.id, 0),
                 "description": c.description}
                for c in found.values()
            ]
        )  # fmt: skip
        return 0
    rows = [
        (c.number, "  " * paths[c.id].count(" > ") + screen.shortened(c.name), c.kind, counts.get(c.id, 0))
        for c in found.values()
    ]
    screen.table(("Number", "Code", "Kind", "Segments"), rows)
    return 0


def clusters(args: argparse.Namespace) -> int:
    """List the clusters of the last run."""
    with open_for_reading(args.project) as project:
        found = groups.clusters(project)
    if args.json:
        screen.as_json(found)
        return 0
    rows = [
        (
            c.number, c.size, "" if c.stability is None else f"{c.stability:.2f}", _called(c), ", ".join(c.words),
        )
        for c in found
    ]  # fmt: skip
    screen.table(("Cluster", "Segments", "Stability", "Name", "Telling words"), rows)
    return 0


def _called(cluster: Cluster) -> str:
    return f"{cluster.name} (dismissed)".lstrip() if cluster.dismissed else cluster.name


def contested(args: argparse.Namespace) -> int:
    """Issues by how strongly they divide people."""
    with open_for_reading(args.project) as project:
        need_machine(project, args.machine)
        found = figures.findings(project, machine=args.machine)
    if args.json:
        screen.as_json({"machine": found.machine, "issues": found.issues, "agreed": found.agreed})
        return 0
    if found.machine:
        screen.say("Stances that the machine suggests are counted where nothing else is known of a person.\n")
    for issue in found.issues:
        read = issue.reading is not None and issue.reading.perhaps_divided
        if read or issue.contest.suggested == "contested" or issue.mark or issue.origin == "issue":
            _show_issue(issue)
    screen.say("Agreed on most surely:")
    for issue in found.agreed[:10]:
        screen.say(f"  {issue.name}: {issue.contest.why}")
    return 0


def _show_issue(issue: IssueFinding) -> None:
    index = issue.contest.index
    interval = f" ({index.low:.2f} to {index.high:.2f})" if index.low is not None and index.high is not None else ""
    number = f"index {index.value:.2f}{interval}" if index.value is not None else "too few to say"
    if issue.reading is not None:
        number = f"read by the machine alone: {issue.reading.against:.2f} against, of {issue.reading.cases} who spoke"
    mark = f"; marked {issue.mark}: {issue.mark_reason}" if issue.mark else ""
    screen.say(f"{issue.english or issue.name} ({issue.origin})\n  {number}; {issue.contest.suggested}{mark}")
    screen.say(f"  {issue.contest.why}")
    for sentence in (*issue.contradictions, *issue.repeated):
        screen.say(f"  {sentence}")
    for title, words in (
        ("Statement", issue.statement), ("For", issue.side_for), ("Against", issue.side_against),
        ("Views", issue.views), ("Ways forward", issue.ways),
    ):  # fmt: skip
        if words:
            screen.say(f"  {title}: {words}")
    for title, quotes in (("for", issue.supporting[:2]), ("against", issue.opposing[:2])):
        for q in quotes:
            screen.say(f"    {title}: {quoted(q)}")
    screen.say()


def findings(args: argparse.Namespace) -> int:
    """The figures of the report."""
    with open_for_reading(args.project) as project:
        need_machine(project, args.machine)
        found = figures.findings(project, machine=args.machine)
    if args.json:
        screen.as_json(found)
    else:
        show_findings(found)
    return 0


def show_findings(found: Findings) -> None:
    """The figures as tables."""
    t = found.totals
    screen.say(
        f"{t['segments']:,} segments from {t['sources']} sources; {t['people']} people who can be told apart; "
        f"{t['opinions']:,} opinions; {t['coded']:,} of {t['voices']:,} remarks coded "
        f"({t['duplicates']} of them repeat another)."
    )
    rows = [(c.channel, c.people, c.reported, c.segments, c.opinions, " ".join(c.limits)) for c in found.channels]
    screen.table(("Channel", "People", "Reported", "Remarks", "Opinions", "What is not known"), rows)
    for poll in found.polls:
        _show_poll(poll)
    if found.statements:
        _show_statements(found.statements)
    for direction in found.directions:
        _show_direction(direction)


def _show_statements(found: Sequence[StatementFinding]) -> None:
    screen.say(f"{len(found)} statements were voted on; those that divide most:")
    rows = [
        (
            f"#{s.quotation.segment_id}", screen.shortened(s.quotation.text), s.figure.n, f"{s.figure.mean or 0:+.2f}",
            f"{s.figure.supporting}/{s.figure.neutral}/{s.figure.opposing}", _divided(s),
            "; ".join(f"{g.value}: {g.figure.mean or 0:+.2f}" for g in s.groups),
        )
        for s in found[:15]
    ]  # fmt: skip
    screen.table(("", "Statement", "Votes", "Mean", "+/0/−", "Divided (95 %)", "By opinion group"), rows)


def _divided(found: StatementFinding) -> str:
    if found.divided is None:
        return "too few"
    interval = f" ({found.divided_low:.2f} to {found.divided_high:.2f})" if found.divided_low is not None else ""
    return f"{found.divided:.2f}{interval}"


def _show_poll(poll: PollFinding) -> None:
    screen.say(f"{poll.question} ({poll.respondents} answered)")
    screen.table(("Option", "Count", "Share"), [(c.option, c.count, f"{c.share:.0%}") for c in poll.counts])


def _show_direction(direction: DirectionFinding) -> None:
    figure = direction.figure
    mean = (
        f"mean {figure.mean:+.2f} of {figure.n} people, {direction.wording}"
        if figure.mean is not None
        else "no opinions"
    )
    screen.say(f"{direction.number} {direction.name}: {mean}; {direction.segments} segments coded")
    rows = [
        (
            p.number, screen.shortened(p.english or p.title, 70), p.submitted_by, p.figure.n,
            "" if p.figure.mean is None else f"{p.figure.mean:.2f}",
            "" if p.figure.low is None else f"{p.figure.low:.2f} to {p.figure.high:.2f}",
            f"{p.figure.supporting}/{p.figure.neutral}/{p.figure.opposing}",
            p.wording + (" (fewer than five)" if p.too_few and p.figure.n else ""),
        )
        for p in direction.proposals
    ]  # fmt: skip
    screen.table(("", "Proposal", "By", "n", "Mean", "95 % interval", "+/0/−", "In words"), rows)


def search(args: argparse.Namespace) -> int:
    """Find segments."""
    words = " ".join(args.words)
    with open_for_reading(args.project) as project:
        if args.similar:
            found: list[tuple[Segment, float | None]] = [*searching.by_meaning(project, words, args.limit)]
        else:
            found = [(segment, None) for segment in searching.by_words(project, words, args.limit)]
    if args.json:
        screen.as_json([{"similarity": near, **_as_dict(segment)} for segment, near in found])
        return 0
    if not found:
        screen.say("Nothing found; try other words, or --similar.")
    for segment, near in found:
        screen.say(f"#{segment.id}  {segment.source} {segment.locator}" + (f"  {near:.2f}" if near is not None else ""))
        screen.say(f"    {screen.shortened(segment.text, 150)}")
        if segment.english:
            screen.say(f"    [{segment.english}]")
    return 0


def _as_dict(segment: Segment) -> dict[str, object]:
    found = screen.plain(segment)
    return dict(found) if isinstance(found, dict) else {}


def history(args: argparse.Namespace) -> int:
    """What was done, to the project or to one segment."""
    with open_for_reading(args.project) as project:
        if args.segment is not None:
            steps = trail.story(project, args.segment)
            if args.json:
                screen.as_json(steps)
                return 0
            for step in steps:
                screen.say(f"{step.made or '':<20} {step.who:<28} {step.what}{' (undone)' if step.undone else ''}")
            return 0
        entries = trail.trail(project)
    if args.json:
        screen.as_json(entries)
        return 0
    for entry in entries:
        undone = f" (undone by {entry.undone_by})" if entry.undone_by else ""
        screen.say(f"{entry.action_id:>5}  {entry.made}  {entry.coder:<16} {entry.summary}{undone}")
    return 0


def check(args: argparse.Namespace) -> int:
    """Whether the file is sound; 1 if it is not."""
    with open_for_reading(args.project) as project:
        found = check_project(project)
    if args.json:
        screen.as_json({"sound": not any(i.wrong for i in found), "issues": found})
    elif not found:
        screen.say("The file is sound, and nothing needs a look.")
    else:
        if not any(issue.wrong for issue in found):
            screen.say("The file is sound. Before reporting, look at:")
        for issue in found:
            ids = ", ".join(f"#{id_}" for id_ in issue.segments[:10]) + (" …" if len(issue.segments) > 10 else "")
            screen.say(f"- {issue.message} {ids}".rstrip())
    return int(any(issue.wrong for issue in found))
