"""The files that belong together, as importers receive them, and what an importer is."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ogp_sensemaker.domain.intake import Finding, Intake
from ogp_sensemaker.errors import ImportProblem

DEFAULT_HOSTS = ("OGP Support Unit",)


@dataclass(frozen=True, slots=True)
class RawFile:
    """The bytes of one file. `name` is how the project will call it: a path with `/`."""

    name: str
    data: bytes
    top: str = ""  # name of the folder or zip that was given, "" where the file itself was

    @property
    def folder(self) -> str:
        return self.name.rpartition("/")[0]

    @property
    def suffix(self) -> str:
        last = self.name.rpartition("/")[2]
        return "." + last.rpartition(".")[2].lower() if "." in last else ""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a CSV file or of one sheet, as text.

    `rows` pairs each row that holds anything with its number as a spreadsheet counts it.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    heading_row: int
    options: Mapping[str, str] = field(default_factory=dict)  # delimiter, sheet
    findings: tuple[Finding, ...] = ()

    def index(self, *names: str) -> int | None:
        """The place of the first column that has one of the names, in the order of the names."""
        folded = [column.strip().casefold() for column in self.columns]
        for name in names:
            if name.casefold() in folded:
                return folded.index(name.casefold())
        return None

    def has(self, *names: str) -> bool:
        """Whether each of the names is a column."""
        return all(self.index(name) is not None for name in names)


@dataclass(frozen=True, slots=True)
class Document:
    """A file whose form is known. `form` is table, text, markdown, html, docx, odt or pdf."""

    raw: RawFile
    form: str
    encoding: str = ""
    text: str = ""  # of text, markdown and html
    table: Table | None = None  # of table

    @property
    def name(self) -> str:
        return self.raw.name


@dataclass(frozen=True, slots=True)
class Options:
    """What the analyst said about the files."""

    channel: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)  # our field -> the file's column
    hosts: tuple[str, ...] = DEFAULT_HOSTS

    def is_host(self, name: str) -> bool:
        return name.strip().casefold() in {host.casefold() for host in self.hosts}


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of input.

    `recognise` says from 0 to 1 how surely a document is of this kind. `read` gets the documents that were
    recognised: those of one folder where `together`, otherwise one; it raises ImportProblem.
    """

    id: str
    label: str
    suffixes: tuple[str, ...]
    recognise: Callable[[Document], float]
    read: Callable[[Sequence[Document], Options], list[Intake]]
    together: bool = False
    order: int = 0  # what others refer to comes first
    maps_columns: bool = False


def tables_of(documents: Sequence[Document]) -> list[tuple[Document, Table]]:
    """The documents with their tables; raises ImportProblem for one that has none."""
    found = []
    for document in documents:
        if document.table is None:
            raise ImportProblem("this is not a table; give a CSV or XLSX file", document.name)
        found.append((document, document.table))
    return found


def digest(documents: Iterable[Document]) -> str:
    """The sha256 of one file, or one for several files that does not depend on their order."""
    hashes = sorted(document.raw.sha256 for document in documents)
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("\n".join(hashes).encode()).hexdigest()


def content_key(kind: str, *parts: str) -> str:
    """A key that stays the same for as long as the words do, wherever in the file they stand."""
    words = "\x1f".join(parts).encode()
    return f"{kind}:{hashlib.blake2s(words, digest_size=8).hexdigest()}"


def as_shown(cell: str) -> str:
    """A cell as messages may quote it: numbers and the like; words might be a participant's and are not repeated."""
    cell = cell.strip()
    return f"“{cell}”" if len(cell) <= 25 and not any(letter.isalpha() for letter in cell) else "what stands here"


class Keys:
    """Makes content keys unique within a source: the second of two equal texts gets `~2`."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def make(self, kind: str, *parts: str) -> str:
        return self.unique(content_key(kind, *parts))

    def unique(self, key: str) -> str:
        count = self._seen[key] = self._seen.get(key, 0) + 1
        return key if count == 1 else f"{key}~{count}"
