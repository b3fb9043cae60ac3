"""Zip files that come out the same, byte for byte, from the same content."""

import datetime
import re
import shutil
import zipfile
from io import BytesIO
from pathlib import Path

EARLIEST = datetime.datetime(1980, 1, 1)  # a zip cannot hold an earlier time
CORE = "docProps/core.xml"
_DATED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def moment(made: str) -> datetime.datetime:
    """The UTC time in an ISO text, without a zone, in whole seconds; 1980-01-01 where the text is none."""
    try:
        time = datetime.datetime.fromisoformat(made)
    except ValueError:
        return EARLIEST
    if time.tzinfo is not None:
        time = time.astimezone(datetime.UTC).replace(tzinfo=None)
    return max(time.replace(microsecond=0), EARLIEST)


def part(name: str, made: str) -> zipfile.ZipInfo:
    """The entry of a part in a zip, dated `made` (an ISO time), the same on every system."""
    info = zipfile.ZipInfo(name, moment(made).timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info


def rewrite_office(packed: BytesIO, path: Path, made: str) -> None:
    """Write an Office file from memory to `path` with all its dates set to `made`.

    The libraries put the present time into the document's properties as they save.
    """
    date = moment(made).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(packed) as read, zipfile.ZipFile(path, "w") as write:
        for name in read.namelist():
            if name == CORE:
                write.writestr(part(name, made), _DATED.sub(rb"\g<1>" + date + rb"\g<3>", read.read(name)))
                continue
            with read.open(name) as source, write.open(part(name, made), "w") as target:
                shutil.copyfileobj(source, target, 1 << 20)
