"""Commands for clusters and suggestions: regroup by hand, what to decide next, accept many, agreement with people."""

import argparse
import getpass
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ogp_sensemaker.app import clustering, queue, regrouping
from ogp_sensemaker.cli import screen
from ogp_sensemaker.cli.deciding import done
from ogp_sensemaker.cli.steps import Step, add_step
from ogp_sensemaker.domain.cluster import ChangeKind
from ogp_sensemaker.errors import SensemakerError
from ogp_sensemaker.store import clusters, segments
from ogp_sensemaker.store import codebook as codes
from ogp_sensemaker.store.journal import Changes
from ogp_sensemaker.store.project import Project, open_for_reading, open_for_writing

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add(commands: "Commands") -> None:
    """The command `regroup` with its steps (clusters are given by their numbers), `queue`, `accept` and `agreement`."""
    _add_queue(commands)
    about = "Change clusters by hand; later runs keep it, and undo takes it back."
    regroup = commands.add_parser(
        "regroup", help=about, description=about,
        epilog='Example: ogp-sensemaker regroup phase2.ogps rename 3 "Small grants"',
    )  # fmt: skip
    regroup.add_argument("project", type=Path, metavar="P.ogps")
    _coder(regroup)
    steps = regroup.add_subparsers(metavar="STEP", required=True)
    rename = _step(steps, "rename", _rename, "Give a cluster a name.", 'rename 3 "Small grants"')
    rename.add_argument("cluster", type=int, metavar="N")
    rename.add_argument("name", metavar="NAME", help="an empty name takes it away")
    merge = _step(steps, "merge", _merge, "Make clusters part of the last one named.", "merge 5 7 3")
    merge.add_argument("clusters", type=int, nargs="+", metavar="N", help="the last of them takes in the others")
    split = _step(steps, "split", _split, "Divide a cluster.", 'split 3 --by "small grant"')
    split.add_argument("cluster", type=int, metavar="N")
    how = split.add_mutually_exclusive_group(required=True)
    how.add_argument("--into", type=int, metavar="K", help="so many parts, by what the segments say")
    how.add_argument("--by", metavar="PHRASE", help="those that hold the phrase, and the others")
    move = _step(steps, "move", _move, "Put segments into another cluster.", "move --segment 12 --segment 40 --to 3")
    _segments(move, required=True)
    where = move.add_mutually_exclusive_group(required=True)
    where.add_argument("--to", type=int, metavar="N")
    where.add_argument("--out", action="store_true", help="into no cluster: onto the worklist")
    pin = _step(steps, "pin", _pin, "Keep segments in their cluster, whatever later runs find.", "pin 3")
    pin.add_argument("cluster", type=int, metavar="N")
    _segments(pin, required=False)
    unpin = _step(steps, "unpin", _unpin, "Let segments go where the machine puts them.", "unpin --segment 12")
    _segments(unpin, required=True)
    dismiss = _step(steps, "dismiss", _dismiss, "Say that a cluster is of no interest.", "dismiss 9")
    dismiss.add_argument("cluster", type=int, metavar="N")
    dismiss.add_argument("--back", action="store_true", help="it is of interest after all")


def _coder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--coder", default=os.environ.get("OGP_SENSEMAKER_CODER") or getpass.getuser(), metavar="NAME",
        help="whose decision it is (default: $OGP_SENSEMAKER_CODER, or your login)",
    )  # fmt: skip


def _add_queue(commands: "Commands") -> None:
    def command(
        name: str, run: Callable[[argparse.Namespace], int], about: str, example: str
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(
            name, help=about, description=about, epilog=f"Example: ogp-sensemaker {name} phase2.ogps {example}".rstrip()
        )
        made.add_argument("project", type=Path, metavar="P.ogps")
        made.set_defaults(run=run)
        return made

    line = command("queue", _queue, "What to decide next.", "--order learn --limit 20")
    line.add_argument(
        "--order", choices=("learn", "sure"), default="learn",
        help="what the machine would learn most from first, or what it is surest of (now: %(default)s)",
    )  # fmt: skip
    line.add_argument("--limit", type=int, default=20, metavar="N")
    line.add_argument("--json", action="store_true", help="for other programs")
    many = command("accept", _accept, "Accept every suggestion from a confidence on, in one step.", "--least 0.9")
    many.add_argument("--least", type=float, required=True, metavar="P", help="between 0 and 1")
    many.add_argument("--dry-run", action="store_true", help="only say how many there are at each confidence")
    _coder(many)
    agree = command("agreement", _agreement, "How far the machine agrees with people on each direction.", "--json")
    agree.add_argument("--json", action="store_true", help="for other programs")


def _queue(args: argparse.Namespace) -> int:
    with open_for_reading(args.project) as project:
        known = codes.codes(project)
        sure = queue.surest(project, 0.0)
        if args.order == "learn":
            wanted = queue.to_learn(project, args.limit)
        else:
            wanted = list(dict.fromkeys(segment for segment, _, _ in sure))[: args.limit]
        best: dict[int, tuple[int, float]] = {}
        for segment, code, confidence in sure:
            best.setdefault(segment, (code, confidence))
        shown = [(s, *best.get(s.id, (None, None))) for s in segments.page(project, wanted)]
    if args.json:
        screen.as_json([{"segment": s.id, "code": code, "confidence": p, "text": s.reading} for s, code, p in shown])
        return 0
    rows = [
        (f"#{s.id}", "" if code is None else known[code].number or known[code].name, "" if p is None else f"{p:.2f}",
         screen.shortened(s.reading, 100))
        for s, code, p in shown
    ]  # fmt: skip
    screen.table(("Segment", "Suggested", "Sure", "Text"), rows)
    return 0


def _accept(args: argparse.Namespace) -> int:
    if args.dry_run:
        with open_for_reading(args.project) as project:
            rows = [(f"{level.least:.2f}", level.suggestions, level.segments) for level in queue.levels(project)]
            here = queue.surest(project, args.least)
        screen.table(("From", "Suggestions", "Segments"), rows)
        screen.say(f"Nothing was written. From {args.least:.2f} on it would be {len(here):,} suggestions.")
        return 0
    with open_for_writing(args.project, args.coder) as project:
        return done(project, queue.accept_surest(project, args.least))


def _agreement(args: argparse.Namespace) -> int:
    with open_for_reading(args.project) as project:
        found, known = queue.agreements(project), codes.codes(project)
    if args.json:
        screen.as_json([{"code": id_, "name": known[id_].name, "agreement": a} for id_, a in found.items()])
        return 0
    if not found:
        screen.say("There is nothing to compare yet: code some segments, then run “suggest”.")
        return 0
    rows = [
        (known[id_].number, screen.shortened(known[id_].name, 60), a.units, _figure(a.observed), _figure(a.kappa),
         _figure(a.alpha))
        for id_, a in found.items()
    ]  # fmt: skip
    screen.table(("Number", "Code", "Segments", "Agree", "Kappa", "Alpha"), rows)
    screen.say(
        "Each segment was judged by a machine that had not been told the decision on it. Where people accepted what it "
        "suggested, the two agree of course: decisions made without looking at suggestions tell more."
    )
    return 0


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _step(made: "Commands", name: str, step: Step, about: str, example: str) -> argparse.ArgumentParser:
    return add_step(made, name, step, about, f"regroup phase2.ogps {example}")


def _segments(parser: argparse.ArgumentParser, required: bool) -> None:
    parser.add_argument("--segment", type=int, action="append", required=required, metavar="ID")


def _id(project: Project, number: int) -> int:
    return clusters.numbered(project, number).id


def _rename(project: Project, args: argparse.Namespace) -> Changes:
    return regrouping.rename(project, _id(project, args.cluster), args.name)


def _merge(project: Project, args: argparse.Namespace) -> Changes:
    if len(args.clusters) < 2:
        raise SensemakerError("Name at least two clusters; the last takes in the others.")
    *parts, into = (_id(project, number) for number in args.clusters)
    return regrouping.merge(project, parts, into)


def _split(project: Project, args: argparse.Namespace) -> Changes:
    cluster_id = _id(project, args.cluster)
    if args.by is not None:
        return regrouping.split_by(project, cluster_id, args.by)
    return regrouping.split(project, cluster_id, args.into)


def _move(project: Project, args: argparse.Namespace) -> Changes:
    return regrouping.move(project, args.segment, None if args.out else _id(project, args.to))


def _pin(project: Project, args: argparse.Namespace) -> Changes:
    return regrouping.pin(project, _id(project, args.cluster), args.segment)


def _unpin(project: Project, args: argparse.Namespace) -> Changes:
    return regrouping.unpin(project, args.segment)


def _dismiss(project: Project, args: argparse.Namespace) -> Changes:
    return regrouping.dismiss(project, _id(project, args.cluster), not args.back)


def say_changes(project: Project) -> None:
    """What the last run changed against the one before; clusters that stayed the same are only counted."""
    found = clustering.changes_since(project)
    same = sum(change.kind is ChangeKind.SAME for change in found)
    if not found:
        return
    screen.say(f"Since the last run {same} of {len(found)} clusters stayed the same.")
    for change in found:
        if change.kind is not ChangeKind.SAME:
            screen.say(f"  {change.sentence}.")
