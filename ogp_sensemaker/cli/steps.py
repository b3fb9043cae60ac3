"""Commands that consist of steps, each of them one action on a project: `regroup`, `issue`."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from ogp_sensemaker.cli.deciding import done
from ogp_sensemaker.store.journal import Changes
from ogp_sensemaker.store.project import Project, open_for_writing

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

Step = Callable[[Project, argparse.Namespace], Changes]


def add_step(steps: "Commands", name: str, step: Step, about: str, example: str) -> argparse.ArgumentParser:
    """One step; `example` is a whole command line after the program's name."""
    made = steps.add_parser(name, help=about, description=about, epilog=f"Example: ogp-sensemaker {example}")
    made.set_defaults(run=_run, step=step)
    return made


def _run(args: argparse.Namespace) -> int:
    with open_for_writing(args.project, args.coder) as project:
        return done(project, args.step(project, args))
