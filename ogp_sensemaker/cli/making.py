"""Commands that make: new, import, process, cluster, suggest, export, demo."""

import argparse
from collections.abc import Mapping, Sequence

from ogp_sensemaker.app import clustering, ingest, suggesting
from ogp_sensemaker.app import codebook as codes
from ogp_sensemaker.app import process as stages
from ogp_sensemaker.app.export import export as write
from ogp_sensemaker.app.snapshot import dataset
from ogp_sensemaker.cli import grouping, screen, showing
from ogp_sensemaker.cli.issues import need_machine
from ogp_sensemaker.domain.intake import Intake
from ogp_sensemaker.errors import SensemakerError
from ogp_sensemaker.store.project import (
    DEFAULT_HOSTS,
    DEFAULT_LANGUAGES,
    SUFFIX,
    create,
    open_for_reading,
    open_for_writing,
)  # fmt: skip


def new(args: argparse.Namespace) -> int:
    """Make a project with a codebook."""
    if args.project.suffix != SUFFIX:
        raise SensemakerError(f"Give the project a name that ends in {SUFFIX}, such as {args.project.stem}{SUFFIX}.")
    languages = tuple(args.languages.replace(" ", "").split(",")) if args.languages else DEFAULT_LANGUAGES
    found = codes.read(args.codebook)
    hosts = tuple(args.host or DEFAULT_HOSTS)
    with create(args.project, args.coder, languages, hosts, args.name) as project:
        changes = codes.load_codebook(project, found, args.codebook.name if args.codebook else "")
    screen.say(f"Made {args.project}. {changes.summary}.")
    return 0


def import_(args: argparse.Namespace) -> int:
    """Bring files in, or only show what is in them."""
    columns = _columns(args.map)
    if args.dry_run:
        with open_for_reading(args.project) as project:
            found = ingest.read(project, args.paths, kind=args.kind, channel=args.channel, columns=columns)
        return _show_intakes(found)
    with open_for_writing(args.project, args.coder) as project:
        reports: list[ingest.Report] = []
        job = ingest.import_files(
            project, args.paths, kind=args.kind, channel=args.channel, columns=columns, reports=reports
        )
        screen.follow(job)
    for report in reports:
        screen.say(report.sentence)
        _list("  ", report.changed + report.unmatched + report.findings)
    return 0


def _columns(pairs: Sequence[str]) -> Mapping[str, str] | None:
    wrong = [pair for pair in pairs if "=" not in pair]
    if wrong:
        raise SensemakerError(f"--map wants field=column, such as text=Comment, not “{wrong[0]}”.")
    return dict(pair.split("=", 1) for pair in pairs) or None


def _show_intakes(found: Sequence[Intake]) -> int:
    for intake in found:
        counts = {
            "segments": len(intake.segments), "participants": len(intake.cases), "proposals": len(intake.proposals),
            "opinions": len(intake.opinions), "votes": len(intake.votes), "polls": len(intake.polls),
            "poll answers": len(intake.answers), "translations": len(intake.translations),
            "codings": len(intake.codings),
        }  # fmt: skip
        held = ", ".join(f"{n:,} {what}" for what, n in counts.items() if n) or "nothing"
        about = ", ".join(filter(None, (intake.channel, intake.encoding, *intake.options.values())))
        screen.say(f"{intake.name}: read as {intake.kind} ({about}): {held}")
        if intake.columns:
            screen.table(("Field", "Column"), list(intake.columns.items()))
        if intake.unused_columns:
            screen.say(f"  columns not used: {', '.join(intake.unused_columns)}")
        for segment in intake.segments[:10]:
            who = f"{segment.case}  " if segment.case else ""
            screen.say(f"    {segment.locator:<8} {who}{screen.shortened(segment.text, 100)}")
        _list("  ", [str(finding) for finding in intake.findings])
    stopping = sum(finding.fatal for intake in found for finding in intake.findings)
    screen.say(f"Nothing was written. {'It cannot be imported before that is put right.' if stopping else ''}".rstrip())
    return int(bool(stopping))


def _list(indent: str, sentences: Sequence[str], most: int = 20) -> None:
    for sentence in sentences[:most]:
        screen.say(f"{indent}- {sentence}")
    if len(sentences) > most:
        screen.say(f"{indent}- and {len(sentences) - most:,} more like these")


def process(args: argparse.Namespace) -> int:
    """Run the machine stages for what is missing."""
    with open_for_writing(args.project, args.coder) as project:
        screen.follow(stages.process(project))
    screen.say("Languages, translations, duplicates and vectors are up to date, as far as there are models for them.")
    return 0


def cluster(args: argparse.Namespace) -> int:
    """Group what people said."""
    with open_for_writing(args.project, args.coder) as project:
        screen.follow(clustering.run(project, args.detail))
        args.json = False
        showing.clusters(args)
        grouping.say_changes(project)
    return 0


def suggest(args: argparse.Namespace) -> int:
    """Suggest directions."""
    with open_for_writing(args.project, args.coder) as project:
        screen.follow(suggesting.suggest(project))
        screen.say(suggesting.summary(project))
    return 0


def export(args: argparse.Namespace) -> int:
    """Write files from one snapshot."""
    with open_for_writing(args.project, args.coder) as project:
        need_machine(project, args.machine)
        snapshot = dataset(project, machine=args.machine)
        for out in args.out:
            snapshot = write(project, out, snapshot)
            screen.say(str(out))
    return 0


def demo(args: argparse.Namespace) -> int:
    """The whole job on the sample consultation."""
    from ogp_sensemaker.cli.demonstration import run

    return run(args.into)
