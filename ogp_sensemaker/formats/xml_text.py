"""Text as XML and HTML files can hold it."""

import re

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def without_control(text: str) -> str:
    """The text with line feeds for all line breaks, without characters that XML 1.0 has no place for."""
    return _NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
