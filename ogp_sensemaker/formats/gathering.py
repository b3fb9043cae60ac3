"""Finds the files in the paths an analyst gave: files, folders and zips of folders."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats.packages import MEGABYTE, open_package, read_entry
from ogp_sensemaker.formats.sheaf import RawFile

MAX_FILE = 400 * MEGABYTE
ZIP_MAGIC = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_DOCUMENT_PARTS = ("[Content_Types].xml", "mimetype", "word/document.xml", "xl/workbook.xml", "content.xml")
# What systems leave in folders, and what a folder says about itself.
_NO_INPUT = ("thumbs.db", "desktop.ini", "readme", "readme.md", "readme.txt", "license", "licence", "license.txt")


def gather(paths: Sequence[Path]) -> list[RawFile]:
    """Every file in the paths, in a fixed order.

    A file in a folder (or zip) is called by its path from there; two of the same name get the name of their
    folder in front. Raises ImportProblem for a path that is not there, cannot be read or is empty.
    """
    found: list[RawFile] = []
    for path in paths:
        found.extend(_in_path(Path(path)))
    return _with_different_names(found)


def _in_path(path: Path) -> list[RawFile]:
    try:
        if path.is_dir():
            files = sorted(_files_below(path), key=lambda file: file.relative_to(path).as_posix())
            top = path.resolve().name
            raws = []
            for file in files:
                name = file.relative_to(path).as_posix()
                raws.extend(_opened(RawFile(name, _bytes(file, name), top), in_folder=True))
            if not raws:
                raise ImportProblem("holds no files to import", path.name or str(path))
            return raws
        return _opened(RawFile(path.name, _bytes(path, path.name)), in_folder=False)
    except FileNotFoundError as error:
        raise ImportProblem("there is no such file or folder", str(path)) from error
    except OSError as error:
        raise ImportProblem(f"cannot be read ({error.strerror or 'input error'})", str(path)) from error


def _files_below(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink() and _is_input(PurePosixPath(path.relative_to(folder).as_posix())):
            yield path


def _is_input(path: PurePosixPath) -> bool:
    hidden = any(part.startswith((".", "~$", "__MACOSX")) for part in path.parts)
    return not hidden and path.name.casefold() not in _NO_INPUT


def _bytes(path: Path, name: str) -> bytes:
    if path.stat().st_size > MAX_FILE:
        raise ImportProblem(f"is larger than {MAX_FILE // MEGABYTE} MB; split it", name)
    return path.read_bytes()


def _opened(raw: RawFile, in_folder: bool) -> list[RawFile]:
    """The file itself, or the files of a zip that is not a document."""
    if not raw.data.startswith((ZIP_MAGIC, _EMPTY_ZIP)):
        return [raw]
    if raw.suffix in {".docx", ".xlsx", ".odt"}:
        return [raw]
    package = open_package(raw.data, raw.name)
    names = package.namelist()
    if any(part in names for part in _DOCUMENT_PARTS):
        return [raw]
    entries = sorted(n for n in names if not n.endswith("/") and _is_input(PurePosixPath(n.replace("\\", "/"))))
    if not entries:
        raise ImportProblem("is a zip that holds no files to import", raw.name)
    stem = PurePosixPath(raw.name).stem
    common = _common_top(entries)
    prefix = f"{raw.folder + '/' if raw.folder else ''}{stem}/" if in_folder else ""
    return [
        RawFile(
            prefix + entry.replace("\\", "/").removeprefix(common),
            read_entry(package, entry, f"{raw.name}/{entry}"),
            raw.top or stem,
        )
        for entry in entries
    ]


def _common_top(entries: Sequence[str]) -> str:
    tops = {entry.replace("\\", "/").partition("/")[0] for entry in entries}
    return f"{tops.pop()}/" if len(tops) == 1 and "/" in entries[0] else ""


def _with_different_names(raws: list[RawFile]) -> list[RawFile]:
    counts = Counter(raw.name for raw in raws)
    named = [replace(raw, name=f"{raw.top}/{raw.name}") if counts[raw.name] > 1 and raw.top else raw for raw in raws]
    seen: dict[str, RawFile] = {}
    for raw in named:
        if raw.name not in seen:
            seen[raw.name] = raw
        elif seen[raw.name].data != raw.data:
            raise ImportProblem("is the name of two different files; rename one of them", raw.name)
    return list(seen.values())
