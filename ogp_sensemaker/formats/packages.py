"""Opens zips and the documents that are zips, after checking that they are what they say and do no harm."""

import zipfile
import zlib
from io import BytesIO

from ogp_sensemaker.errors import ImportProblem

MEGABYTE = 1_000_000
MAX_UNPACKED = 400 * MEGABYTE
MAX_RATIO = 150  # real documents stay below 60
RATIO_MATTERS_FROM = 4 * MEGABYTE
MAX_ENTRIES = 20_000


def open_package(data: bytes, name: str, what: str = "zip") -> zipfile.ZipFile:
    """A zip whose directory has been checked; raises ImportProblem where it is none or could do harm."""
    try:
        package = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as error:
        raise ImportProblem(f"is not a {what} file, or is damaged; open and save it again", name) from error
    entries = package.infolist()
    if len(entries) > MAX_ENTRIES:
        raise ImportProblem(f"holds {len(entries):,} files; the limit is {MAX_ENTRIES:,}", name)
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise ImportProblem(
            f"would unpack to more than {MAX_UNPACKED // MEGABYTE} MB, so it is not opened (a zip bomb?)", name
        )
    for entry in entries:
        _check_entry(entry, name)
    return package


def read_entry(package: zipfile.ZipFile, entry: str, name: str) -> bytes:
    """The bytes of one entry, never more than its directory announced."""
    try:
        info = package.getinfo(entry)
        with package.open(info) as stream:
            data = stream.read(info.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError) as error:
        raise ImportProblem("is damaged inside; open and save it again", name) from error
    if len(data) > info.file_size:
        raise ImportProblem("unpacks to more than it announces, so it is not opened (a zip bomb?)", name)
    return data


def check_xml_parts(package: zipfile.ZipFile, name: str) -> None:
    """Refuses a document of which a part declares entities or a document type, as office programs never do."""
    for entry in package.namelist():
        if entry.lower().endswith((".xml", ".rels", ".vml")):
            check_xml(read_entry(package, entry, name), name)


def check_xml(data: bytes, name: str) -> None:
    """Reads XML up to its first element, where every declaration has passed; raises ImportProblem."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    try:
        for _ in iterparse(BytesIO(data), events=("start",), forbid_dtd=True):
            return
    except DefusedXmlException as error:
        raise ImportProblem("declares XML entities, so it is not opened; save it again", name) from error
    except (ParseError, ValueError, LookupError) as error:
        raise ImportProblem("holds XML that cannot be read; open and save it again", name) from error


def _check_entry(entry: zipfile.ZipInfo, name: str) -> None:
    path = entry.filename.replace("\\", "/")
    if path.startswith("/") or ".." in path.split("/") or ":" in path.split("/")[0]:
        raise ImportProblem("holds a path that leaves the zip, so it is not opened", name)
    if entry.flag_bits & 0x1:
        raise ImportProblem("is protected by a password; save it without one", name)
    if entry.file_size > RATIO_MATTERS_FROM and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
        raise ImportProblem("is packed far more tightly than a real document, so it is not opened (a zip bomb?)", name)
