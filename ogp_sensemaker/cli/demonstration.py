"""The whole job on the sample consultation: what `make demo` runs."""

import os
import shutil
import time
from pathlib import Path

from ogp_sensemaker import paths
from ogp_sensemaker.app import clustering, coding, ingest, process, suggesting
from ogp_sensemaker.app import codebook as codes
from ogp_sensemaker.app.export import export
from ogp_sensemaker.cli import screen
from ogp_sensemaker.domain.findings import Findings
from ogp_sensemaker.errors import SensemakerError
from ogp_sensemaker.store import clusters, codebook, segments
from ogp_sensemaker.store.project import Project, create

# The sample's last day. The clock stands there, so that the demonstration makes the same files every time.
_CLOCK = "1673481600"
_OUTPUTS = ("coded.xlsx", "coded.csv", "report.html", "report.docx")


def run(folder: Path) -> int:
    """Import, process, group, suggest, decide, and write the dataset and the report into `folder`."""
    sample = paths.sample_dir()
    if not sample.is_dir():
        raise SensemakerError("The sample consultation is not here; run the demo from a copy of the source.")
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "phase2.ogps"
    if target.exists():
        # Only what the demo itself made is made anew; an analyst's project is never overwritten.
        shutil.move(target, folder / "phase2.previous.ogps")
    os.environ.setdefault("SOURCE_DATE_EPOCH", _CLOCK)
    began = time.monotonic()
    with create(target, "Demo analyst", name="OGP strategy consultation, phase 2 (sample)") as project:
        codes.load_codebook(project, codes.read())
        reports: list[ingest.Report] = []
        screen.follow(ingest.import_files(project, [sample], reports=reports))
        for report in reports:
            screen.say(report.sentence)
            for line in report.unmatched:
                screen.say(f"  - {line}")
        screen.follow(process.process(project))
        screen.follow(clustering.run(project))
        screen.follow(suggesting.suggest(project))
        _decide(project)
        # What people decided teaches the machine.
        screen.follow(suggesting.suggest(project))
        screen.say(suggesting.summary(project))
        snapshot = None
        for name in _OUTPUTS:
            snapshot = export(project, folder / name, snapshot)
        assert snapshot is not None
        _tell(snapshot.findings)
    screen.say()
    for name in ("phase2.ogps", *_OUTPUTS):
        screen.say(str(folder / name))
    screen.say(f"Done in {time.monotonic() - began:.0f} s.")
    return 0


def _decide(project: Project) -> None:
    """A few decisions such as an analyst makes, each by the same operation that the window uses."""
    groups = clusters.clusters(project)
    suggested = coding.undecided(project)
    # The cluster of five or more whose members are most surely of one direction is assigned as a whole.
    best = max(groups, key=lambda c: (_agreement(project, c.id, suggested)[0], -c.number))
    share, code_id = _agreement(project, best.id, suggested)
    if share > 0:
        screen.say(coding.assign_cluster(project, best.id, code_id, only_uncoded=True).summary)
    sure = [(s, row[0][0]) for s, row in sorted(suggested.items()) if row[0][1] >= 0.9][:20]
    if sure:
        screen.say(coding.accept_suggestions(project, sure).summary)
    sanctions = codebook.find(project, "d1-04-ca8387")
    found = segments.search(project, "sanctions")
    if found:
        coding.code_segments(project, found[:1], sanctions)
        coding.write_memo(project, "Look at this one together with the yellow card idea.", segment_id=found[0])
    reason = "The mean is positive, but sectors stand on different sides, and so do the event notes."
    screen.say(coding.mark_contested(project, sanctions, "contested", reason).summary)


def _agreement(project: Project, cluster_id: int, suggested: dict[int, list[tuple[int, float]]]) -> tuple[float, int]:
    """The share of a cluster's members, five at least, whose first suggestion is the commonest; and that code."""
    firsts = [suggested[s][0][0] for s in clusters.members(project, cluster_id) if s in suggested]
    if len(firsts) < 5:
        return 0.0, 0
    commonest = max(sorted(set(firsts)), key=firsts.count)
    return firsts.count(commonest) / len(firsts), commonest


def _tell(found: Findings) -> None:
    """The key findings, a line each."""
    screen.say()
    for poll in found.polls:
        first = poll.counts[0] if poll.multiple else max(poll.counts, key=lambda c: c.count)
        screen.say(f"Poll: {screen.shortened(poll.question, 80)} {first.option}: {first.count} ({first.share:.0%})")
    for direction in found.directions:
        best = direction.proposals[0] if direction.proposals else None
        mean = (
            f"{direction.figure.mean:+.2f}, {direction.wording}" if direction.figure.mean is not None else "no opinions"
        )
        screen.say(f"{direction.number}. {screen.shortened(direction.name, 70)}: {mean}; {direction.segments} remarks")
        if best is not None and best.figure.mean is not None:
            screen.say(f"   most support: {screen.shortened(best.english or best.title, 60)} ({best.figure.mean:.2f})")
    for issue in found.issues:
        if issue.mark == "contested" or issue.contest.suggested == "contested":
            screen.say(f"Contested: {screen.shortened(issue.name, 70)}: {issue.contest.why}")
    if found.new_ideas:
        none = sum(idea.direction_id is None for idea in found.new_ideas)
        beside = len(found.new_ideas) - none
        screen.say(f"New ideas: {none} groups of remarks fit no direction, {beside} fit one and none of its proposals.")
