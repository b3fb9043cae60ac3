"""Commands for trained models: list, install, fetch, choose, try side by side, remove."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from ogp_sensemaker.app import fetching
from ogp_sensemaker.app import models as operations
from ogp_sensemaker.cli import screen
from ogp_sensemaker.cli.lines import read_lines
from ogp_sensemaker.errors import SensemakerError

Adder = Callable[..., argparse.ArgumentParser]


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", command: Adder) -> None:
    """Add the command with its steps; `command` makes one of them."""
    does = "List, install, fetch, choose, try or remove trained models."
    models = commands.add_parser(
        "models", help=does, description=does,
        epilog="Example: ogp-sensemaker models install translate-fr_en.argosmodel",
    )  # fmt: skip
    steps = models.add_subparsers(metavar="STEP", required=True)
    listed = command(steps, "list", list_, "Which models are here.", "models list", project=False)
    listed.add_argument("--json", action="store_true", help="for other programs")
    one = command(
        steps, "install", install,
        "Install a translation package, or a folder converted with CTranslate2; it is checked first.",
        "models install translate-fr_en.argosmodel", project=False,
    )  # fmt: skip
    one.add_argument("file", type=Path, metavar="FILE", help="an .argosmodel, or a folder such as opus-mt-az-en")
    got = command(
        steps, "fetch", fetch,
        "Download a translation package and install it. This is the only command that opens a connection, and it asks "
        "first.",
        "models fetch az en", project=False,
    )  # fmt: skip
    _pair(got)
    got.add_argument(
        "--from", dest="address", default="", metavar="URL", help="a package, or another list of packages (.json)"
    )
    got.add_argument("--yes", action="store_true", help="do not ask")
    use = command(
        steps, "use", use_, "Choose which package serves its languages.", "models use opus-mt-az-en", project=False
    )
    use.add_argument("name", metavar="NAME")
    side = command(
        steps, "try", try_, "Translate lines from standard input with several packages, side by side.",
        "models try az en --with translate-az_en --with opus-mt-az-en < lines.txt", project=False,
    )  # fmt: skip
    _pair(side)
    side.add_argument(
        "--with", dest="names", action="append", default=[], metavar="NAME", help="a package; without it, all there are"
    )
    side.add_argument("--json", action="store_true", help="a JSON object a line")
    gone = command(
        steps, "remove", remove, "Remove an installed model.", "models remove translate-fr_en", project=False
    )
    gone.add_argument("name", metavar="NAME")


def _pair(command: argparse.ArgumentParser) -> None:
    command.add_argument("source", metavar="FROM", help="the language of the texts, such as az")
    command.add_argument("target", metavar="TO", nargs="?", default="en", help="the language wanted (default: en)")


def list_(args: argparse.Namespace) -> int:
    """Which models are here."""
    from ogp_sensemaker.nlp import bundle

    found = bundle.installed()
    if args.json:
        screen.as_json([{k: str(v) for k, v in dict(screen.plain(m)).items()} for m in found])  # type: ignore[call-overload]
        return 0
    serves = {t.name for t in operations.translators() if t.serves}
    rows = [
        (
            m.kind, m.name, m.languages, m.version, m.licence, m.state, "came along" if m.bundled else "added",
            "in use" if m.name in serves or m.kind != "translation" else "",
        )
        for m in found
    ]  # fmt: skip
    screen.table(("Kind", "Name", "Languages", "Version", "Licence", "State", "", ""), rows)
    return 0


def install(args: argparse.Namespace) -> int:
    """Check and install a translation package."""
    installed: list[str] = []
    screen.follow(operations.install(args.file, installed))
    _tell(installed[0])
    return 0


def _tell(name: str) -> None:
    made = next(t for t in operations.translators() if t.name == name)
    screen.say(f"Installed {made.name} ({made.source} → {made.target}).")
    if made.serves:
        screen.say("Run “process” again to translate with it.")
    else:
        screen.say(f"Another package serves this pair; “models use {made.name}” puts this one in its place.")


def fetch(args: argparse.Namespace) -> int:
    """Say what would be contacted, ask, download, check, install; 1 where the answer is no."""
    where = args.address or fetching.list_address()
    screen.say(
        f"To find a package from “{args.source}” to “{args.target}”, this computer would connect to "
        f"{fetching.server_of(where)} ({where}), and to the server that the package is on, to ask how large it is. "
        f"Nothing is sent but the request."
    )
    if not _agreed(args, "Connect?"):
        return 1
    offer = fetching.find(args.source, args.target, args.address)
    size = f"{offer.size / fetching.MEGABYTE:.0f} MB" if offer.size is not None else "of a size that it does not tell"
    version = f" {offer.version}" if offer.version else ""
    screen.say(f"Found: {offer.file}{version}, {size}, from {offer.server} ({offer.address}).")
    if not _agreed(args, "Download, check and install it?"):
        return 1
    installed: list[str] = []
    screen.follow(fetching.fetch(offer, installed))
    _tell(installed[0])
    return 0


def _agreed(args: argparse.Namespace, question: str) -> bool:
    if args.yes:
        return True
    if not sys.stdin.isatty():
        raise SensemakerError("Nobody is there to answer; run it in a terminal, or give --yes. Nothing was contacted.")
    print(f"{question} [y/N] ", end="", flush=True)
    if sys.stdin.readline().strip().lower() in ("y", "yes"):
        return True
    screen.say("Nothing was downloaded.")
    return False


def use_(args: argparse.Namespace) -> int:
    """Choose which package serves its languages."""
    made = operations.choose(args.name)
    screen.say(
        f"{made.source} → {made.target} is translated with {made.name} now. “process” makes anew what another model "
        f"made; what people wrote or approved stays."
    )
    return 0


def try_(args: argparse.Namespace) -> int:
    """Translate lines with several packages."""
    names = args.names or [
        t.name for t in operations.translators() if (t.source, t.target) == (args.source, args.target)
    ]
    if not names:
        from ogp_sensemaker.nlp import translate

        raise SensemakerError(translate.no_model(args.source, target=args.target))
    texts = read_lines()
    attempts: list[list[operations.Attempt]] = []
    screen.follow(operations.try_out(texts, args.source, names, attempts, args.target))
    for text, row in zip(texts, attempts, strict=True):
        if args.json:
            screen.as_json_line({"original": text, "translations": row})
            continue
        screen.say(text)
        for attempt in row:
            flags = f"  [{', '.join(attempt.flags)}]" if attempt.flags else ""
            screen.say(f"    {attempt.model}: {attempt.english}{flags}")
    return 0


def remove(args: argparse.Namespace) -> int:
    """Remove an installed model."""
    operations.remove(args.name)
    screen.say(f"Removed {args.name}. Translations that it made stay until “process” finds a better model.")
    return 0
