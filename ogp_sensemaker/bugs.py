"""Our own mistakes: where in the program they happened, in the log, without anybody's words."""

import platform
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType

from ogp_sensemaker import __version__, paths


def report(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Where in the program, and of what kind. Never the text of the error, which may quote somebody."""
    lines = [
        f"ogp-sensemaker {__version__}, Python {platform.python_version()}, {platform.system()} {platform.release()}",
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC  {kind.__module__}.{kind.__name__}",
    ]
    for frame in traceback.extract_tb(trace):
        name = frame.filename.replace("\\", "/").rpartition("ogp_sensemaker/")[2] or frame.filename
        lines.append(f"  {name}:{frame.lineno} in {frame.name}")
    return "\n".join(lines)


def log(text: str) -> None:
    """Put a report at the end of the log; a log that cannot be written is no reason to fail once more."""
    try:
        place = paths.log_path()
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("a", encoding="utf-8") as file:
            file.write(text + "\n\n")
    except OSError:
        return


def watch() -> None:
    """On the command line: what nobody caught goes into the log, and then to the screen as Python shows it."""
    before = sys.excepthook

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log(report(kind, trace))
        print(
            f"This is a mistake in ogp-sensemaker, not yours. The project is as it was before this command. "
            f"A report without anybody's words is in {paths.log_path()}; please send it with what you did.",
            file=sys.stderr,
        )
        before(kind, error, trace)

    sys.excepthook = caught
