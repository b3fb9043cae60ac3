"""The commands: what each takes, and the operation that it runs."""

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from ogp_sensemaker import __version__
from ogp_sensemaker.cli import deciding, grouping, issues, lines, making, models, screen, showing, translating
from ogp_sensemaker.errors import SensemakerError

Command = Callable[[argparse.Namespace], int]


def main(argv: Sequence[str]) -> int:
    """Run a command: 0 done, 1 a problem that a sentence on stderr explains, 2 a command that was not understood."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    args = parser().parse_args(argv)
    try:
        return int(args.run(args))
    except SensemakerError as error:
        screen.warn(f"ogp-sensemaker: {error}")
        return 1
    except KeyboardInterrupt:
        screen.warn("Stopped. What had been saved is kept; run the same command again to go on.")
        return 1
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def default_coder() -> str:
    """The name under which decisions are recorded unless --coder says otherwise."""
    return os.environ.get("OGP_SENSEMAKER_CODER") or getpass.getuser()


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="ogp-sensemaker",
        description="Makes sense of what people said in a consultation. Without a command, the window opens.",
        epilog="Example: ogp-sensemaker demo",
    )
    top.add_argument("--version", action="version", version=f"ogp-sensemaker {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_making(commands)
    _add_deciding(commands)
    _add_showing(commands)
    grouping.add(commands)
    issues.add(commands)
    translating.add(commands, _command)
    lines.add(commands, _command)
    models.add(commands, _command)
    return top


_Sub = "argparse._SubParsersAction[argparse.ArgumentParser]"
_MACHINE = "count the stances that the machine suggests too, marked as such"


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Command,
    does: str,
    example: str,
    project: bool = True,
) -> argparse.ArgumentParser:
    made = commands.add_parser(
        name, help=does, description=does, epilog=f"Example: ogp-sensemaker {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    made.set_defaults(run=run)
    if project:
        made.add_argument("project", type=Path, metavar="P.ogps", help="the project file")
        made.add_argument(
            "--coder", default=default_coder(), help="the name under which decisions are recorded (now: %(default)s)"
        )
    return made


def _add_making(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    new = _command(commands, "new", making.new, "Make a new project.", "new phase2.ogps --languages en,az,ar")
    new.add_argument(
        "--codebook", type=Path, metavar="F", help="a codebook (CSV or YAML) instead of the seven directions"
    )
    new.add_argument(
        "--name", default="", metavar="TITLE", help="what reports are headed with (default: the file's name)"
    )
    new.add_argument(
        "--languages", metavar="L,L", help="languages to expect, such as en,az,ar (default: eight of them)"
    )
    new.add_argument(
        "--host", action="append", metavar="NAME", help="who runs the consultation: its proposals are no participant's"
    )
    bring = _command(
        commands, "import", making.import_, "Bring in files, folders or zips; what is there already is left alone.",
        "import phase2.ogps samples/phase2 --dry-run",
    )  # fmt: skip
    bring.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    bring.add_argument("--as", dest="kind", metavar="KIND", help="how to read it, where the program guesses wrong")
    bring.add_argument("--channel", metavar="NAME", help="the channel it came through")
    bring.add_argument("--map", nargs="+", default=[], metavar="FIELD=COLUMN", help="which column holds what")
    bring.add_argument(
        "--dry-run", action="store_true", help="only show what would be imported, and what is wrong in it"
    )
    _command(
        commands, "process", making.process, "Languages, translations, duplicates and vectors: only what is missing.",
        "process phase2.ogps",
    )  # fmt: skip
    cluster = _command(commands, "cluster", making.cluster, "Group what people said.", "cluster phase2.ogps --detail 3")
    cluster.add_argument(
        "--detail", type=int, choices=range(1, 8), metavar="N", help="1 few broad to 7 many narrow groups"
    )
    _command(commands, "suggest", making.suggest, "Suggest directions for every segment.", "suggest phase2.ogps")
    export = _command(
        commands, "export", making.export, "Write the coded dataset (csv, xlsx) or the report (html, docx).",
        "export phase2.ogps coded.xlsx",
    )  # fmt: skip
    export.add_argument(
        "out", type=Path, metavar="OUT", nargs="+", help="file whose ending says how: csv, xlsx, html, docx"
    )
    export.add_argument("--machine", action="store_true", help=_MACHINE)
    demo = _command(
        commands,
        "demo",
        making.demo,
        "Run the whole job on the sample consultation.",
        "demo --into demo",
        project=False,
    )
    demo.add_argument(
        "--into", type=Path, default=Path("demo"), metavar="FOLDER", help="where the files go (default: demo)"
    )


def _add_deciding(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    code = _command(
        commands, "code", deciding.code, "Give a segment a code, or take it off.",
        'code phase2.ogps --segment 12 --code "Doubling down on OGP Local" --stance support',
    )  # fmt: skip
    code.add_argument("--segment", type=int, required=True, action="append", metavar="ID")
    code.add_argument("--code", required=True, metavar="PATH", help="path, name or number of a code")
    code.add_argument("--stance", choices=("support", "oppose", "mixed", "neutral"), metavar="S")
    code.add_argument("--concern", action="store_true", default=None, help="the segment voices a concern")
    code.add_argument("--remove", action="store_true")
    assign = _command(
        commands, "assign", deciding.assign, "Give every segment of a cluster a code, in one step.",
        "assign phase2.ogps --cluster 3 --code 7",
    )  # fmt: skip
    assign.add_argument("--cluster", type=int, required=True, metavar="ID", help="number of a cluster of the last run")
    assign.add_argument("--code", required=True, metavar="PATH")
    assign.add_argument("--stance", choices=("support", "oppose", "mixed", "neutral"), metavar="S")
    memo = _command(
        commands, "memo", deciding.memo, "Write a memo on a segment, a code or the project.",
        'memo phase2.ogps --segment 12 "Ask who this is"',
    )  # fmt: skip
    memo.add_argument("text", metavar="TEXT", help="an empty text takes the memo away")
    memo.add_argument("--segment", type=int, metavar="ID")
    memo.add_argument("--code", metavar="PATH")
    mark = _command(
        commands, "mark", deciding.mark, "Mark an issue as contested, not contested or to watch, with the reason.",
        'mark phase2.ogps --code 1.4 --as contested --reason "Sectors part on sanctions"',
    )  # fmt: skip
    mark.add_argument("--code", required=True, metavar="PATH")
    mark.add_argument("--as", dest="state", choices=("contested", "not contested", "to watch", "none"), required=True)
    mark.add_argument("--reason", default="", metavar="TEXT")
    _command(commands, "undo", deciding.undo, "Take back the last decision, whenever it was made.", "undo phase2.ogps")
    _command(commands, "redo", deciding.redo, "Take back the last undo.", "redo phase2.ogps")


def _add_showing(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    def json(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
        command.add_argument("--json", action="store_true", help="for other programs")
        return command

    json(_command(commands, "codebook", showing.codebook, "List the codes.", "codebook phase2.ogps"))
    json(_command(commands, "clusters", showing.clusters, "List the clusters of the last run.", "clusters phase2.ogps"))
    contested = json(
        _command(
            commands, "contested", showing.contested, "Issues by how strongly they divide people, and why.",
            "contested phase2.ogps --json",
        )
    )  # fmt: skip
    found = json(_command(commands, "findings", showing.findings, "The figures of the report.", "findings phase2.ogps"))
    for command in (contested, found):
        command.add_argument("--machine", action="store_true", help=_MACHINE)
    search = json(
        _command(
            commands, "search", showing.search, "Find segments by words or meaning.", "search phase2.ogps QHT qrant"
        )
    )
    search.add_argument("words", nargs="+", metavar="WORDS")
    search.add_argument("--similar", action="store_true", help="by meaning instead of by words")
    search.add_argument("--limit", type=int, default=20, metavar="N")
    history = json(
        _command(
            commands, "history", showing.history, "What was done, by whom, when.", "history phase2.ogps --segment 12"
        )
    )
    history.add_argument(
        "--segment", type=int, metavar="ID", help="the story of one segment, from its file to the last decision"
    )
    json(
        _command(
            commands, "check", showing.check, "Is the file sound, and what should be looked at before reporting?",
            "check phase2.ogps",
        )
    )  # fmt: skip
