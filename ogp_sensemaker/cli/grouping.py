"""Commands that change clusters by hand: rename, merge, split, move, pin, unpin, dismiss; and what a run changed."""

import argparse
import getpass
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ogp_sensemaker.app import clustering, regrouping
from ogp_sensemaker.cli import screen
from ogp_sensemaker.domain.cluster import ChangeKind
from ogp_sensemaker.errors import SensemakerError
from ogp_sensemaker.store import clusters
from ogp_sensemaker.store.journal import Changes
from ogp_sensemaker.store.project import Project, open_for_writing

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

Step = Callable[[Project, argparse.Namespace], Changes]


def add(commands: "Commands") -> None:
    """The command `regroup` with its steps; clusters are given by their numbers."""
    about = "Change clusters by hand; later runs keep it, and undo takes it back."
    regroup = commands.add_parser(
        "regroup", help=about, description=about,
        epilog='Example: ogp-sensemaker regroup phase2.ogps rename 3 "Small grants"',
    )  # fmt: skip
    regroup.add_argument("project", type=Path, metavar="P.ogps")
    regroup.add_argument(
        "--coder", default=os.environ.get("OGP_SENSEMAKER_CODER") or getpass.getuser(), metavar="NAME",
        help="whose decision it is (default: $OGP_SENSEMAKER_CODER, or your login)",
    )  # fmt: skip
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


def _step(steps: "Commands", name: str, step: Step, about: str, example: str) -> argparse.ArgumentParser:
    made = steps.add_parser(
        name, help=about, description=about, epilog=f"Example: ogp-sensemaker regroup phase2.ogps {example}"
    )
    made.set_defaults(run=_run, step=step)
    return made


def _segments(parser: argparse.ArgumentParser, required: bool) -> None:
    parser.add_argument("--segment", type=int, action="append", required=required, metavar="ID")


def _run(args: argparse.Namespace) -> int:
    with open_for_writing(args.project, args.coder) as project:
        changes = args.step(project, args)
    screen.say(changes.summary if changes.rows else f"{changes.summary}: it was so already.")
    return 0


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
