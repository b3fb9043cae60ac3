"""Commands on issues: write, describe, attach segments, list both sides, suggest some; the machine's stances."""

import argparse
import getpass
import os
from pathlib import Path
from typing import TYPE_CHECKING

from ogp_sensemaker.app import issues, stances
from ogp_sensemaker.cli import screen
from ogp_sensemaker.cli.steps import Step, add_step
from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.domain.findings import Quotation, Sides
from ogp_sensemaker.errors import SensemakerError
from ogp_sensemaker.store import clusters, codebook
from ogp_sensemaker.store.journal import Changes
from ogp_sensemaker.store.project import Project, open_for_reading, open_for_writing

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

# The options that word an issue, with the field that each fills.
_WORDING = {
    "--statement": ("statement", "what one can be for or against, in one sentence"),
    "--for": ("side_for", "how those for it would put it"),
    "--against": ("side_against", "how those against it would put it"),
}
_MORE = {"--views": ("views", "who holds which view"), "--ways": ("ways", "possible ways forward")}


def add(commands: "Commands") -> None:
    """The command `issue` with its steps; codes are given as in `code`, clusters by their numbers."""
    about = "Write issues, attach segments for and against, read both sides, find new ones."
    issue = commands.add_parser(
        "issue", help=about, description=about,
        epilog='Example: ogp-sensemaker issue phase2.ogps write "Sanctions" --statement "Members should be sanctioned"',
    )  # fmt: skip
    issue.add_argument("project", type=Path, metavar="P.ogps", help="the project file")
    issue.add_argument(
        "--coder", default=os.environ.get("OGP_SENSEMAKER_CODER") or getpass.getuser(), metavar="NAME",
        help="whose decision it is (default: $OGP_SENSEMAKER_CODER, or your login)",
    )  # fmt: skip
    steps = issue.add_subparsers(metavar="STEP", required=True)
    _add_writing(steps)
    _add_deciding(steps)
    _add_reading(steps)


def _add_writing(steps: "Commands") -> None:
    write = _step(
        steps, "write", _write, "Write a new issue.",
        'write "Sanctions" --statement "Members that renege should be sanctioned"',
    )  # fmt: skip
    write.add_argument("name", metavar="NAME")
    _words(write, _WORDING)
    write.add_argument("--under", metavar="PATH", help="the code under which it stands")
    describe = _step(
        steps, "describe", _describe, "Word an issue, a proposal, a direction or a theme; an empty text takes it away.",
        'describe 1.4 --views "Civil society for, governments against" --ways "A ladder that starts with help"',
    )  # fmt: skip
    describe.add_argument("code", metavar="PATH", help="path, name or number of a code")
    _words(describe, _WORDING | _MORE)
    make = _step(
        steps, "make", _make, "Make an issue of a cluster; what has a stance keeps it.", 'make 5 "Sanctions or help"'
    )
    make.add_argument("cluster", type=int, metavar="N", help="number of a cluster of the last run")
    make.add_argument("name", metavar="NAME")
    _words(make, _WORDING)
    make.add_argument("--under", metavar="PATH", help="the code under which it stands")


def _add_deciding(steps: "Commands") -> None:
    attach = _step(
        steps, "attach", _attach, "Attach segments to an issue.", 'attach "Sanctions" --segment 12 --stance support'
    )
    attach.add_argument("code", metavar="PATH", help="path, name or number of a code")
    _segments(attach)
    attach.add_argument("--stance", choices=[str(s) for s in Stance], metavar="S", help="where they stand towards it")
    for name, step, about in (
        ("detach", _detach, "Take segments off an issue."),
        ("accept", _accept, "Take over the machine's stance of segments."),
        ("reject", _reject, "Say that the machine's stance of segments is wrong."),
    ):
        made = _step(steps, name, step, about, f'{name} "Sanctions" --segment 12')
        made.add_argument("code", metavar="PATH", help="path, name or number of a code")
        _segments(made)


def _add_reading(steps: "Commands") -> None:
    about = "List clusters whose people take both sides."
    listed = steps.add_parser("suggested", help=about, description=about)
    listed.set_defaults(run=suggested)
    about = "Both sides of an issue, as many quotations of each."
    both = steps.add_parser("sides", help=about, description=about)
    both.set_defaults(run=sides)
    both.add_argument("code", metavar="PATH", help="path, name or number of a code")
    both.add_argument("--limit", type=int, default=issues.LIMIT, metavar="N", help="of each side (now: %(default)s)")
    both.add_argument("--channel", action="append", default=[], metavar="NAME", help="only through this channel")
    both.add_argument("--language", action="append", default=[], metavar="L", help="only in this language, such as az")
    both.add_argument("--group", action="append", default=[], metavar="NAME=VALUE", help="only of sector=Academia …")
    for command in (listed, both):
        command.add_argument("--machine", action="store_true", help="also by the stances that the machine suggests")
        command.add_argument("--json", action="store_true", help="for other programs")


def _step(made: "Commands", name: str, step: Step, about: str, example: str) -> argparse.ArgumentParser:
    return add_step(made, name, step, about, f"issue phase2.ogps {example}")


def _words(parser: argparse.ArgumentParser, options: dict[str, tuple[str, str]]) -> None:
    for option, (field, about) in options.items():
        parser.add_argument(option, dest=field, metavar="TEXT", help=about)


def _segments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--segment", type=int, action="append", required=True, metavar="ID")


def _given(args: argparse.Namespace, options: dict[str, tuple[str, str]]) -> dict[str, str]:
    return {field: getattr(args, field) for field, _ in options.values() if getattr(args, field) is not None}


def _under(project: Project, args: argparse.Namespace) -> int | None:
    return codebook.find(project, args.under) if args.under else None


def _write(project: Project, args: argparse.Namespace) -> Changes:
    return issues.write_issue(project, args.name, parent_id=_under(project, args), **_given(args, _WORDING))


def _describe(project: Project, args: argparse.Namespace) -> Changes:
    fields = _given(args, _WORDING | _MORE)
    if not fields:
        raise SensemakerError(f"Say what to write: {', '.join(_WORDING | _MORE)}.")
    return issues.describe_issue(project, codebook.find(project, args.code), **fields)


def _make(project: Project, args: argparse.Namespace) -> Changes:
    cluster = clusters.numbered(project, args.cluster)
    return issues.from_cluster(
        project, cluster.id, args.name, parent_id=_under(project, args), **_given(args, _WORDING)
    )


def _attach(project: Project, args: argparse.Namespace) -> Changes:
    stance = Stance(args.stance) if args.stance else None
    return issues.attach(project, codebook.find(project, args.code), args.segment, stance)


def _detach(project: Project, args: argparse.Namespace) -> Changes:
    return issues.detach(project, codebook.find(project, args.code), args.segment)


def _accept(project: Project, args: argparse.Namespace) -> Changes:
    code_id = codebook.find(project, args.code)
    return stances.accept_stances(project, [(segment, code_id) for segment in args.segment])


def _reject(project: Project, args: argparse.Namespace) -> Changes:
    code_id = codebook.find(project, args.code)
    return stances.reject_stances(project, [(segment, code_id) for segment in args.segment])


def suggested(args: argparse.Namespace) -> int:
    """Clusters that may be issues."""
    with open_for_reading(args.project) as project:
        need_machine(project, args.machine)
        found = issues.suggested(project, machine=args.machine)
    if args.json:
        screen.as_json(found)
        return 0
    if not found:
        screen.say("In no cluster do people take both sides; code some segments with a stance first, or try --machine.")
        return 0
    rows = [
        (s.number, ", ".join(s.words[:4]), s.supporting, s.opposing, s.mixed, " ".join(f"#{i}" for i in s.examples))
        for s in found
    ]
    screen.table(("Cluster", "Words", "For", "Against", "Mixed", "For example"), rows)
    return 0


def sides(args: argparse.Namespace) -> int:
    """Both sides of an issue."""
    pairs = [tuple(pair.split("=", 1)) for pair in args.group if "=" in pair]
    if len(pairs) < len(args.group):
        raise SensemakerError("--group wants name=value, such as sector=Academia.")
    only = SegmentFilter(
        channels=tuple(args.channel), languages=tuple(args.language), attributes=tuple((n, v) for n, v in pairs)
    )
    with open_for_reading(args.project) as project:
        need_machine(project, args.machine)
        code_id = codebook.find(project, args.code)
        found = issues.sides(project, code_id, only=only, machine=args.machine, limit=args.limit)
        name = codebook.codes(project)[code_id].name
    if args.json:
        screen.as_json(found)
        return 0
    screen.say(name)
    _show(found)
    return 0


def _show(found: Sides) -> None:
    for title, quotes, total in (
        ("For", found.supporting, found.supporting_total),
        ("Against", found.opposing, found.opposing_total),
        ("Mixed", found.mixed, found.mixed_total),
        ("Concerns", found.concerns, len(found.concerns)),
        ("Suggestions", found.suggestions, len(found.suggestions)),
    ):
        screen.say(f"\n{title}: {len(quotes)} of {total}")
        for q in quotes:
            screen.say(f"  {quoted(q)}")


def quoted(q: Quotation) -> str:
    """A quotation on one line: words, id, who, and what a machine has to do with it."""
    who = ", ".join(filter(None, (q.who, q.channel)))
    machine = ""
    if q.by_machine:
        machine = " [by its words]" if q.probability is None else f" [machine: {q.stance}, {q.probability:.2f}]"
    more = f" [and {q.repeats} more alike]" if q.repeats else ""
    return f"“{screen.shortened(q.english or q.text, 110)}” #{q.segment_id} {who}{more}{machine}"


def suggest_stances(path: Path, coder: str) -> int:
    """The machine's stances in a project, all anew; `stance --project`."""
    with open_for_writing(path, coder) as project:
        screen.follow(stances.suggest_stances(project))
        screen.say("Stances suggested. They count only with --machine, and are marked as the machine's everywhere.")
    return 0


def need_machine(project: Project, asked: bool) -> None:
    """Raises SensemakerError where the machine's stances are asked for and none was ever made."""
    if asked and not stances.are_made(project):
        raise SensemakerError(
            "The machine has suggested no stances in this project yet; run “ogp-sensemaker stance --project "
            f"{project.path.name}” first."
        )
