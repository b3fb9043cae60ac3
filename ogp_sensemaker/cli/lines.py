"""Commands that read lines and answer each: translate, stance. For use by hand, and for measuring."""

import argparse
import getpass
import os
import sys
from collections.abc import Callable
from pathlib import Path

from ogp_sensemaker.app.doubting import doubts
from ogp_sensemaker.cli import screen
from ogp_sensemaker.cli.issues import suggest_stances
from ogp_sensemaker.errors import SensemakerError

Adder = Callable[..., argparse.ArgumentParser]


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", command: Adder) -> None:
    """Add the two commands to the parser."""
    one = command(
        commands, "translate", translate, "Translate lines from standard input into English, a line each.",
        "translate --from az < lines.txt", project=False,
    )  # fmt: skip
    one.add_argument("--from", dest="source", required=True, metavar="L", help="the language of the lines, such as az")
    one.add_argument("--with", dest="package", metavar="NAME", help="which model, where several serve the pair")
    one.add_argument("--json", action="store_true", help="with score, model and flags, a JSON object a line")
    two = command(
        commands, "stance", stance, "Tell the stance of lines of target<TAB>text from standard input, a line each.",
        "stance < lines.tsv", project=False,
    )  # fmt: skip
    two.add_argument("--json", action="store_true", help="a JSON object a line")
    two.add_argument(
        "--project", type=Path, metavar="P.ogps", help="suggest stances in a project instead, all of them anew"
    )
    two.add_argument("--coder", default=os.environ.get("OGP_SENSEMAKER_CODER") or getpass.getuser(), metavar="NAME")


def translate(args: argparse.Namespace) -> int:
    """Translate standard input."""
    from ogp_sensemaker.nlp import translate as engine

    texts = read_lines()
    made = engine.translate(texts, args.source, package=args.package)
    if not args.json:
        for found in made:
            screen.say(found.text)
        return 0
    for found, flags in zip(made, doubts(texts, made, args.source, None), strict=True):
        screen.as_json_line({"text": found.text, "score": found.score, "model": found.model, "flags": flags})
    return 0


def stance(args: argparse.Namespace) -> int:
    """Tell stances of standard input, or suggest them in a project."""
    if args.project is not None:
        return suggest_stances(args.project, args.coder)
    from ogp_sensemaker.nlp import stance as machine

    pairs = []
    for number, line in enumerate(read_lines(), 1):
        target, tab, text = line.partition("\t")
        if not tab:
            raise SensemakerError(f"Line {number} has no tab; give target and text with a tab between them.")
        pairs.append((target, text))
    for found, sure in machine.stance(pairs):
        if args.json:
            screen.as_json_line({"stance": found, "probability": round(sure, 4)})
        else:
            screen.say(f"{found}\t{sure:.2f}")
    return 0


def read_lines() -> list[str]:
    """The lines of standard input, in UTF-8."""
    # Not splitlines(): a line may hold characters that it takes for ends of lines.
    text = sys.stdin.buffer.read().decode("utf-8", errors="replace").replace("\r\n", "\n")
    return text.removesuffix("\n").split("\n") if text else []
