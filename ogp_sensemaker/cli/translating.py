"""Commands for people's work on translations: translation, memory, glossary."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from ogp_sensemaker.app import memory as remembered
from ogp_sensemaker.app import terms, translating
from ogp_sensemaker.cli import screen
from ogp_sensemaker.domain.intake import Finding
from ogp_sensemaker.domain.translation import Term
from ogp_sensemaker.errors import SensemakerError
from ogp_sensemaker.store import memory as kept
from ogp_sensemaker.store import segments, translations
from ogp_sensemaker.store.journal import Changes
from ogp_sensemaker.store.project import Project, open_for_reading, open_for_writing

SHOWN = 20  # of a queue or list, unless --limit says otherwise

Command = Callable[[argparse.Namespace], int]
Adder = Callable[..., argparse.ArgumentParser]


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", command: Adder) -> None:
    """Add the three commands; `command` makes one with the project and the coder as arguments."""
    one = command(
        commands, "translation", translation,
        "Show what waits for review; show, write, approve or unapprove the English of a segment.",
        'translation phase2.ogps --segment 12 --edit "NGOs ask for grants."',
    )  # fmt: skip
    one.add_argument("--segment", type=int, action="append", metavar="ID", help="without it, the queue is listed")
    what = one.add_mutually_exclusive_group()
    what.add_argument("--edit", metavar="TEXT", help="your English for the segment and all that read the same")
    what.add_argument("--approve", action="store_true", help="the English is right as it stands")
    what.add_argument("--unapprove", action="store_true", help="take an approval back")
    one.add_argument("--language", metavar="L", help="only what waits in this language")
    one.add_argument("--limit", type=int, default=SHOWN, metavar="N", help="at most so many (default: %(default)s)")
    one.add_argument("--json", action="store_true", help="for other programs")
    tmx = command(
        commands, "memory", memory, "The translation memory: list it, bring in or write a TMX file.",
        "memory phase2.ogps export memory.tmx",
    )  # fmt: skip
    _in_and_out(tmx, "a TMX file")
    words = command(
        commands, "glossary", glossary, "The glossary: list it, add or remove a term, bring in or write CSV or TBX.",
        'glossary phase2.ogps add --language az --term QHT --english "NGO|CSO" --name',
    )  # fmt: skip
    _in_and_out(words, "a CSV or TBX file", ("add", "remove"))
    words.add_argument("--language", default=None, metavar="L", help="of the term, or of those to list")
    words.add_argument("--term", default="", metavar="WORDS", help="the term in its language")
    words.add_argument("--english", default="", metavar="WORDS", help="its English; further forms after |")
    words.add_argument("--name", action="store_true", help="a name: put in before the model sees the text")
    words.add_argument("--note", default="", metavar="TEXT")


def _in_and_out(command: argparse.ArgumentParser, file: str, more: Sequence[str] = ()) -> None:
    command.add_argument("step", choices=("list", "import", "export", *more))
    command.add_argument("file", type=Path, nargs="?", metavar="FILE", help=file)
    command.add_argument("--json", action="store_true", help="for other programs")


def translation(args: argparse.Namespace) -> int:
    """Show the queue or a segment's translation; write, approve or unapprove one."""
    if not args.segment:
        if args.edit is not None or args.approve or args.unapprove:
            raise SensemakerError("Say which segment with --segment ID; its number is the first column of an export.")
        return _queue(args)
    if args.edit is None and not (args.approve or args.unapprove):
        return _one(args)
    with open_for_writing(args.project, args.coder) as project:
        if args.approve:
            return _done(translating.approve(project, args.segment))
        if args.unapprove:
            return _done(translating.unapprove(project, args.segment))
        if len(args.segment) > 1:
            raise SensemakerError("Write the English of one segment at a time; those that read the same get it too.")
        return _done(translating.edit(project, args.segment[0], args.edit))


def _queue(args: argparse.Namespace) -> int:
    with open_for_reading(args.project) as project:
        counts = [c for c in translating.counts(project) if args.language in (None, c.language)]
        waiting = translating.queue(project, args.language)
        shown = segments.page(project, waiting[: args.limit])
        flags = translations.machine(project, [s.id for s in shown])
    if args.json:
        rows = [
            {
                "segment": s.id, "language": s.language, "original": s.text, "english": s.english,
                "flags": flags[s.id].flags,
            }
            for s in shown
        ]  # fmt: skip
        screen.as_json({"languages": counts, "waiting": len(waiting), "queue": rows})
        return 0
    heading = ("language", "waiting", "of these flagged", "edited", "approved", "no English")
    screen.table(heading, [(c.language, c.machine, c.flagged, c.edited, c.approved, c.none) for c in counts])
    if shown:
        lines = [
            (f"#{s.id}", s.language, screen.shortened(s.text, 50), screen.shortened(s.english, 50), flags[s.id].flags)
            for s in shown
        ]
        screen.table(("segment", "language", "original", "English", "flags"), lines)
    else:
        screen.say("No machine translation waits for review.")
    return 0


def _one(args: argparse.Namespace) -> int:
    with open_for_reading(args.project) as project:
        found = [_shown(project, id_) for id_ in args.segment]
    if args.json:
        screen.as_json(found)
        return 0
    for shown in found:
        for name, value in shown.items():
            if isinstance(value, list):
                screen.say(f"{name}:" + ("" if value else " none"))
                for line in value:
                    screen.say("  " + ", ".join(f"{part}" for part in line.values() if part != ""))
            else:
                screen.say(f"{name}: {value}")
    return 0


def _shown(project: Project, segment_id: int) -> dict[str, object]:
    segment = segments.get(project, segment_id)
    offers = translating.offers(project, segment_id)
    human = translations.human(project, [segment_id]).get(segment_id)
    machine = translations.machine(project, [segment_id]).get(segment_id)
    state = human.state if human else "machine" if machine else "no English yet"
    by = f"{human.coder}, {human.created}" if human else machine.version if machine else ""
    return {
        "segment": segment.id,
        "language": segment.language,
        "original": segment.text,
        "english": segment.english,
        "state": state,
        "by": by,
        "approved": f"{human.approver}, {human.approved}" if human and human.approved else "",
        "flags": machine.flags if machine and not human else "",
        "memory": [{"score": f"{m.score:.2f}", "english": m.english, "original": m.original} for m in offers.matches],
        "glossary": [{"term": f.term.term, "english": " or ".join(f.term.forms)} for f in offers.terms],
        "not in the English": [{"term": t.term, "english": t.preferred} for t in offers.missing],
        "elsewhere": [{"segment": f"#{e.segment_id}", "sentence": e.sentence} for e in offers.elsewhere],
    }


def memory(args: argparse.Namespace) -> int:
    """List the memory, bring in a TMX file or write one."""
    if args.step == "list":
        with open_for_reading(args.project) as project:
            units = list(kept.units(project).values())
        if args.json:
            screen.as_json(units)
        else:
            rows = [
                (u.language, screen.shortened(u.original, 50), screen.shortened(u.english, 50), u.coder) for u in units
            ]
            screen.table(("language", "original", "English", "by"), rows)
        return 0
    file = _file(args)
    with open_for_writing(args.project, args.coder) as project:
        if args.step == "export":
            screen.say(f"{file}: {remembered.export_memory(project, file):,} pairs")
            return 0
        return _brought_in(*remembered.import_memory(project, file))


def glossary(args: argparse.Namespace) -> int:
    """List the glossary, add or remove a term, bring in a file or write one."""
    if args.step == "list":
        with open_for_reading(args.project) as project:
            found = terms.terms(project, args.language)
        if args.json:
            screen.as_json(found)
        else:
            rows = [(t.language, t.term, " or ".join(t.forms), "name" if t.name else "", t.note) for t in found]
            screen.table(("language", "term", "English", "", "note"), rows)
        return 0
    if args.step in ("add", "remove"):
        return _one_term(args)
    file = _file(args)
    with open_for_writing(args.project, args.coder) as project:
        if args.step == "export":
            screen.say(f"{file}: {terms.export_glossary(project, file):,} terms")
            return 0
        return _brought_in(*terms.import_glossary(project, file))


def _one_term(args: argparse.Namespace) -> int:
    if not args.language or not args.term or (args.step == "add" and not args.english):
        raise SensemakerError("Name the term with --language, --term and, to add it, --english.")
    with open_for_writing(args.project, args.coder) as project:
        if args.step == "remove":
            return _done(terms.remove_term(project, args.language, args.term))
        return _done(terms.set_term(project, Term(args.language, args.term, args.english, args.name, args.note)))


def _file(args: argparse.Namespace) -> Path:
    if args.file is None:
        raise SensemakerError(f"Name the file to {args.step} after the word “{args.step}”.")
    return Path(args.file)


def _brought_in(changes: Changes, findings: Sequence[Finding]) -> int:
    for finding in findings[:SHOWN]:
        screen.warn(str(finding))
    if len(findings) > SHOWN:
        screen.warn(f"… and {len(findings) - SHOWN:,} more")
    return _done(changes)


def _done(changes: Changes) -> int:
    screen.say(changes.summary if changes.rows else f"{changes.summary}: it was so already.")
    return 0
