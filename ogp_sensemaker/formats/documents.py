"""Tells by its content what form a file has, and reads tables and plain text."""

import re

from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats.encodings import decode, lines_of
from ogp_sensemaker.formats.gathering import ZIP_MAGIC
from ogp_sensemaker.formats.packages import open_package
from ogp_sensemaker.formats.sheaf import Document, RawFile
from ogp_sensemaker.formats.sheets import MAX_CELL, looks_like_table, read_csv, read_xlsx

_PACKAGES = {".docx": "docx", ".xlsx": "table", ".odt": "odt"}
_TABLE_SUFFIXES = {".csv", ".tsv", ".tab"}
_HTML = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|h[1-6]|p|div|ul|ol|table)\b", re.I | re.S
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,20})", re.I)
_MARKDOWN = re.compile(r"^(#{1,6} \S|\*\*[^*\n]+\*\*\s*$|> \S)", re.M)
_REFUSED = (
    (
        b"\xd0\xcf\x11\xe0",
        "is a file of an old office program (.doc, .xls) or protected by a password; save it as .docx or .xlsx",
    ),
    (b"{\\rtf", "is a rich text file (.rtf); save it as .docx"),
)


def examine(raw: RawFile) -> Document | None:
    """The file with its form and, where that is text or a table, its content; None for other things.

    Raises ImportProblem where a file is empty, damaged or not what its name says.
    """
    if not raw.data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise ImportProblem("is empty", raw.name)
    for magic, message in _REFUSED:
        if raw.data.startswith(magic):
            raise ImportProblem(message, raw.name)
    if raw.data.startswith(ZIP_MAGIC):
        return _package(raw)
    if raw.suffix in _PACKAGES:
        raise ImportProblem(f"is not a {raw.suffix} file, whatever its name says; open and save it again", raw.name)
    if raw.data.lstrip()[:5] == b"%PDF-":
        return Document(raw, "pdf")
    if raw.suffix == ".pdf":
        raise ImportProblem("is not a .pdf file, whatever its name says; export it again", raw.name)
    if _is_binary(raw.data):
        return None
    return _text(raw)


def _package(raw: RawFile) -> Document | None:
    with open_package(raw.data, raw.name, raw.suffix or "zip") as package:
        names = set(package.namelist())
    if "word/document.xml" in names:
        return Document(raw, "docx")
    if "xl/workbook.xml" in names:
        return Document(raw, "table", table=read_xlsx(raw.data, raw.name))
    if "content.xml" in names and "mimetype" in names:
        return Document(raw, "odt")
    if raw.suffix in _PACKAGES:
        raise ImportProblem(f"is a zip but not a {raw.suffix} file; open and save it again", raw.name)
    return None


def _is_binary(data: bytes) -> bool:
    """Pictures, sound and programs, by their first bytes; damaged text is left to the decoder."""
    magics = (
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"RIFF",
        b"ID3",
        b"\x7fELF",
        b"MZ\x90",
        b"SQLite format 3",
        b"\x1f\x8b",
        b"7z\xbc\xaf",
        b"Rar!",
        b"\0\0\0\x18ftyp",
        b"\0\0\0 ftyp",
    )
    return data.startswith(magics)


def _text(raw: RawFile) -> Document:
    declared = _CHARSET.search(raw.data[:4000])
    text, encoding = decode(raw.data, raw.name, declared.group(1).decode() if declared else "")
    text = text.removeprefix("\ufeff")
    if raw.suffix in _TABLE_SUFFIXES:
        return Document(raw, "table", encoding, table=read_csv(text, raw.name))
    if raw.suffix in {".html", ".htm", ".xhtml"} or _HTML.match(text):
        return Document(raw, "html", encoding, text)
    is_markdown = raw.suffix in {".md", ".markdown"}
    if not is_markdown and looks_like_table(text):
        return Document(raw, "table", encoding, table=read_csv(text, raw.name))
    long = next((n for n, line in enumerate(lines_of(text), start=1) if len(line) > MAX_CELL), None)
    if long is not None:
        raise ImportProblem(f"holds a line of more than {MAX_CELL:,} characters; is it text?", raw.name, long)
    return Document(raw, "markdown" if is_markdown or _MARKDOWN.search(text) else "text", encoding, text)
