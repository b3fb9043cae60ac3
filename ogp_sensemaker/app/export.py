"""Take a snapshot out of the project: written to a temporary file first, then moved into place."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from ogp_sensemaker.app.snapshot import dataset
from ogp_sensemaker.domain.dataset import Dataset
from ogp_sensemaker.errors import SensemakerError
from ogp_sensemaker.store.project import Project


def export(project: Project, path: Path, snapshot: Dataset | None = None) -> Dataset:
    """Write a project to a file whose suffix says how; returns what it was made from, for further files.

    Raises SensemakerError for a suffix that is not known and a place that cannot be written; an earlier file of
    this name stays as it was until the new one is whole.
    """
    from ogp_sensemaker.formats.exporters import EXPORTERS

    exporter = next((e for e in EXPORTERS if path.suffix.lower() in e.suffixes), None)
    if exporter is None:
        known = ", ".join(suffix for e in EXPORTERS for suffix in e.suffixes)
        raise SensemakerError(f"{path.name}: choose one of these endings: {known}.")
    found = snapshot or dataset(project)
    write_whole(path, lambda temporary: exporter.write(found, temporary))
    if project.writable:
        with project.action(f"Export {path.name} (up to action {found.last_action})", "export"):
            pass
    return found


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a file beside `path`, then put it in its place: what was there stays until the new one is whole.

    Raises SensemakerError for a place that cannot be written.
    """
    if not path.parent.is_dir():
        raise SensemakerError(f"The folder {path.parent} does not exist; make it first or choose another.")
    try:
        _write_beside(path, write)
    except OSError as error:
        raise SensemakerError(f"{path} could not be written: {error.strerror}. Choose another place.") from error


def _write_beside(path: Path, write: Callable[[Path], object]) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix)
    os.close(handle)
    temporary = Path(name)
    try:
        write(temporary)
        # mkstemp makes files for the owner alone; an export is as open as any file the analyst saves.
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
