"""What the command line shows: progress, tables, JSON, and text in two directions."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, is_dataclass

from ogp_sensemaker.app.progress import Progress


def follow(job: Iterator[Progress], quiet: bool = False) -> None:
    """Run a job to its end with a progress bar on stderr; its notes are printed, each once."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True, quiet=quiet)
    notes: list[str] = []
    columns = (TextColumn("{task.description:<24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as bars:
        tasks: dict[str, object] = {}
        for step in job:
            if step.note and step.note not in notes and not step.label:
                notes.append(step.note)
            if not step.label:
                continue
            if step.label not in tasks:
                tasks[step.label] = bars.add_task(step.label, total=step.total or None)
            bars.update(tasks[step.label], completed=step.done, total=step.total or None)  # type: ignore[arg-type]
    for note in notes:
        warn(note)


def say(text: str = "") -> None:
    """A line on stdout."""
    print(text)


def warn(text: str) -> None:
    """A line on stderr."""
    print(text, file=sys.stderr)


def as_json(value: object) -> None:
    """A record, or a list or mapping of them, on stdout."""
    print(json.dumps(plain(value), ensure_ascii=False, indent=2))


def as_json_line(value: object) -> None:
    """A record on one line of stdout."""
    print(json.dumps(plain(value), ensure_ascii=False))


def plain(value: object) -> object:
    """Records as dictionaries, tuples as lists, however deep."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return value


def table(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Columns under a heading; text is wrapped to the width of the terminal, numbers stand to the right."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    found = [["" if cell is None else str(cell) for cell in row] for row in rows]
    shown = Table(*heading, box=box.SIMPLE_HEAD, pad_edge=False)
    for place, column in enumerate(shown.columns):
        cells = [row[place] for row in found if row[place]]
        if cells and all(cell.replace(",", "").lstrip("+-−").replace(".", "", 1).isdigit() for cell in cells):
            column.justify = "right"
    for row in found:
        shown.add_row(*(cell.replace("[", r"\[") for cell in row))
    Console(highlight=False, soft_wrap=False, width=None if sys.stdout.isatty() else 140).print(shown)


def shortened(text: str, width: int = 90) -> str:
    """One line of a text."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"
