"""Commands that decide: code, assign, memo, mark, undo, redo."""

import argparse

from ogp_sensemaker.app import coding, learning
from ogp_sensemaker.app import history as trail
from ogp_sensemaker.cli import screen
from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.store import clusters, codebook
from ogp_sensemaker.store.journal import Changes
from ogp_sensemaker.store.project import Project, open_for_writing


def code(args: argparse.Namespace) -> int:
    """Give segments a code, or take it off."""
    with open_for_writing(args.project, args.coder) as project:
        code_id = codebook.find(project, args.code)
        if args.remove:
            return done(project, coding.uncode_segments(project, args.segment, code_id))
        stance = Stance(args.stance) if args.stance else None
        return done(project, coding.code_segments(project, args.segment, code_id, stance=stance, concern=args.concern))


def assign(args: argparse.Namespace) -> int:
    """Code a whole cluster."""
    with open_for_writing(args.project, args.coder) as project:
        cluster = clusters.numbered(project, args.cluster)
        stance = Stance(args.stance) if args.stance else None
        return done(
            project, coding.assign_cluster(project, cluster.id, codebook.find(project, args.code), stance=stance)
        )


def memo(args: argparse.Namespace) -> int:
    """Write a memo."""
    with open_for_writing(args.project, args.coder) as project:
        code_id = codebook.find(project, args.code) if args.code else None
        return done(project, coding.write_memo(project, args.text, segment_id=args.segment, code_id=code_id))


def mark(args: argparse.Namespace) -> int:
    """Decide whether an issue is contested."""
    with open_for_writing(args.project, args.coder) as project:
        state = "" if args.state == "none" else args.state
        return done(project, coding.mark_contested(project, codebook.find(project, args.code), state, args.reason))


def undo(args: argparse.Namespace) -> int:
    """Take back the last decision."""
    with open_for_writing(args.project, args.coder) as project:
        return done(project, trail.undo(project))


def redo(args: argparse.Namespace) -> int:
    """Take back the last undo."""
    with open_for_writing(args.project, args.coder) as project:
        return done(project, trail.redo(project))


def done(project: Project, changes: Changes) -> int:
    """Say what was done, and let the machine learn from it."""
    screen.say(changes.summary if changes.rows else f"{changes.summary}: it was so already.")
    if changes.tables & learning.TABLES:
        learning.learn(project)
    return 0
