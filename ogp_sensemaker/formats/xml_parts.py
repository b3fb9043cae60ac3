"""Reads XML that strangers wrote: without entities, without anything from elsewhere, with the line of a mistake."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats.gathering import MAX_FILE

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

XML = "{http://www.w3.org/XML/1998/namespace}"


def read_bytes(path: Path) -> bytes:
    """What a file holds. Raises ImportProblem where it is not there, cannot be read, is empty or far too large."""
    try:
        if path.stat().st_size > MAX_FILE:
            raise ImportProblem("is far too large", path.name)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ImportProblem("there is no such file", str(path)) from error
    except OSError as error:
        raise ImportProblem(f"cannot be read ({error.strerror or 'input error'})", str(path)) from error
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise ImportProblem("is empty", path.name)
    return data


def elements(data: bytes, file: str, *names: str) -> Iterator["Element"]:
    """The elements of these names (without namespace) as they end, each emptied once the next is asked for.

    A document type may be declared, as TMX files do, but no entity. Raises ImportProblem with the line of a mistake.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    try:
        for _, element in iterparse(BytesIO(data), events=("end",), forbid_dtd=False):
            if local(element) in names:
                yield element
                element.clear()
    except DefusedXmlException as error:
        raise ImportProblem("declares XML entities, so it is not opened; save it again without", file) from error
    except ParseError as error:
        raise ImportProblem("is not valid XML; export it again", file, error.position[0]) from error
    except (LookupError, ValueError) as error:
        raise ImportProblem("names an encoding that it is not written in; save it as UTF-8", file) from error


def local(element: "Element") -> str:
    """The name of an element without its namespace; "" for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def language_of(element: "Element") -> str:
    """The two or three letters of an element's language: "az" for xml:lang="az-Latn-AZ"."""
    return (element.get(XML + "lang") or element.get("lang") or "").replace("_", "-").partition("-")[0].lower()
