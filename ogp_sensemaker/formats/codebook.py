"""Reads codebook files: a table with a row per code, or YAML with the tree as it is."""

import re
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from ogp_sensemaker.domain.codebook import PATH_SEPARATOR, CodeKind, NewCode
from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats.documents import examine
from ogp_sensemaker.formats.encodings import decode
from ogp_sensemaker.formats.gathering import MAX_FILE
from ogp_sensemaker.formats.sheaf import Document, RawFile, Table

FIELDS = ("description", "use_when", "not_when", "examples", "color", "key", "number")
_COLUMNS = {
    "path": ("path", "code path"),
    "name": ("name", "code", "title"),
    "parent": ("parent", "parent code", "under"),
    "kind": ("kind", "type"),
    "description": ("description", "definition", "desc"),
    "use_when": ("use_when", "use when", "when to use", "inclusion"),
    "not_when": ("not_when", "not when", "when not to use", "exclusion"),
    "examples": ("examples", "example"),
    "color": ("color", "colour"),
    "key": ("key", "shortcut"),
    "number": ("number", "no"),
}
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")


def default_codebook() -> list[NewCode]:
    """The seven strategic directions, with their descriptions."""
    text = resources.files("ogp_sensemaker").joinpath("data", "default_codebook.yaml").read_text(encoding="utf-8")
    return _from_yaml(text, "default_codebook.yaml")


def read_codebook(path: Path) -> list[NewCode]:
    """The codes of a CSV, XLSX or YAML file, each after the code it stands under; raises ImportProblem."""
    try:
        if path.stat().st_size > MAX_FILE:
            raise ImportProblem("is far too large for a codebook", path.name)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ImportProblem("there is no such file", str(path)) from error
    except OSError as error:
        raise ImportProblem(f"cannot be read ({error.strerror or 'input error'})", str(path)) from error
    if path.suffix.lower() in {".yaml", ".yml"}:
        return _from_yaml(decode(data, path.name)[0], path.name)
    document = examine(RawFile(path.name, data))
    if document is None or document.table is None:
        raise ImportProblem("is no codebook; give a CSV, XLSX or YAML file", path.name)
    return _from_table(document.table, path.name)


def recognise(document: Document) -> float:
    """Whether a document is a codebook, which `import` does not take."""
    table = document.table
    if table is None or table.has("proposal_slug"):
        return 0.0
    named = _place(table, "path") is not None or (_place(table, "name") is not None and table.has("parent"))
    kinds = _place(table, "kind")
    told = kinds is not None and any(cells[kinds].strip() in set(CodeKind) for _, cells in table.rows[:50])
    describes = sum(_place(table, name) is not None for name in ("description", "use_when", "not_when", "color"))
    return 1.0 if (named or _place(table, "name") is not None) and (told or describes > 1) else 0.0


def _place(table: Table, field: str) -> int | None:
    return table.index(*_COLUMNS[field])


def _from_table(table: Table, file: str) -> list[NewCode]:
    if _place(table, "path") is None and _place(table, "name") is None:
        raise ImportProblem("a codebook needs a column path or name", file, table.heading_row)
    fatal = next((finding for finding in table.findings if finding.fatal), None)
    if fatal is not None:
        raise ImportProblem(fatal.message, file, fatal.row)
    places = {name: _place(table, name) for name in _COLUMNS}
    paths: dict[str, tuple[str, ...]] = {}
    codes: list[NewCode] = []
    for number, cells in table.rows:
        row = {name: cells[place].strip() if place is not None else "" for name, place in places.items()}
        path = _path(row, paths, file, number)
        paths.setdefault(path[-1].casefold(), path)
        codes.append(_code(path, row, re.split(r"\s*\n\s*|\s*\|\s*", row["examples"]), file, number))
    return _checked(codes, file)


def _path(row: dict[str, str], paths: dict[str, tuple[str, ...]], file: str, number: int) -> tuple[str, ...]:
    if row["path"]:
        return tuple(part.strip() for part in row["path"].split(PATH_SEPARATOR.strip()) if part.strip())
    if not row["name"]:
        raise ImportProblem("names no code", file, number)
    if not row["parent"]:
        return (row["name"],)
    parent = paths.get(row["parent"].split(PATH_SEPARATOR.strip())[-1].strip().casefold())
    if parent is None:
        raise ImportProblem(f"stands under “{row['parent']}”, which no row above it names", file, number)
    return (*parent, row["name"])


def _code(
    path: tuple[str, ...], row: dict[str, str], examples: Sequence[str], file: str, number: int | None
) -> NewCode:
    kind = row.get("kind", "").casefold() or (CodeKind.DIRECTION if len(path) == 1 else CodeKind.THEME)
    if kind not in set(CodeKind):
        raise ImportProblem(f"the kind “{kind[:40]}” is none of {', '.join(CodeKind)}", file, number)
    color = row.get("color", "")
    if color and not _COLOR.fullmatch(color):
        raise ImportProblem(f"the colour “{color[:40]}” is not written like #1B9E77", file, number)
    words = {name: row.get(name, "") for name in FIELDS if name != "examples"}
    return NewCode(path=path, kind=CodeKind(kind), examples=tuple(e for e in examples if e), **words)


def _from_yaml(text: str, file: str) -> list[NewCode]:
    import yaml

    try:
        tree = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ImportProblem("is not valid YAML", file, mark.line + 1 if mark is not None else None) from error
    except RecursionError as error:
        raise ImportProblem("is nested too deeply to be a codebook", file) from error
    nodes = tree.get("codes") if isinstance(tree, dict) else tree
    if not isinstance(nodes, list) or not nodes:
        raise ImportProblem("a codebook in YAML is a list of codes, each with a name", file)
    return _checked(list(_nodes(nodes, (), file)), file)


def _nodes(nodes: Sequence[Any], above: tuple[str, ...], file: str) -> Iterator[NewCode]:
    if len(above) > 20:
        raise ImportProblem("is nested too deeply to be a codebook", file)
    for given_node in nodes:
        node = {"name": given_node} if isinstance(given_node, str) else given_node
        if not isinstance(node, dict) or not str(node.get("name") or "").strip():
            under = f" under “{above[-1]}”" if above else ""
            raise ImportProblem(f"a code{under} has no name", file)
        path = (*above, str(node["name"]).strip())
        row = {name: _one_line(node.get(name)) for name in ("kind", *FIELDS)}
        given = node.get("examples") or []
        examples = [str(example).strip() for example in (given if isinstance(given, list) else [given])]
        yield _code(path, row, examples, file, None)
        children = node.get("children") or []
        if not isinstance(children, list):
            raise ImportProblem(f"the children of “{path[-1]}” are no list", file)
        yield from _nodes(children, path, file)


def _one_line(value: object) -> str:
    return "" if value is None or isinstance(value, list | dict) else re.sub(r"\s+", " ", str(value)).strip()


def _checked(codes: list[NewCode], file: str) -> list[NewCode]:
    if not codes:
        raise ImportProblem("holds no codes", file)
    seen: set[tuple[str, ...]] = set()
    keys: dict[str, str] = {}
    for code in codes:
        name = PATH_SEPARATOR.join(code.path)
        if code.path in seen:
            raise ImportProblem(f"names “{name}” twice", file)
        if len(code.path) > 1 and code.path[:-1] not in seen:
            raise ImportProblem(f"“{name}” stands before or without “{PATH_SEPARATOR.join(code.path[:-1])}”", file)
        if code.key and code.key in keys:
            raise ImportProblem(f"gives the key {code.key} to both “{keys[code.key]}” and “{name}”", file)
        seen.add(code.path)
        keys[code.key] = name
    return codes
