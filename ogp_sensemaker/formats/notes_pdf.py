"""Cuts the text of a PDF into blocks; a scan without text is refused."""

import logging
from io import BytesIO

from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats.blocks import Block
from ogp_sensemaker.formats.encodings import lines_of
from ogp_sensemaker.formats.notes_text import Line, read_lines

MAX_PAGES = 2_000


def read_pdf(data: bytes, name: str) -> list[Block]:
    """The blocks of a PDF; raises ImportProblem where it is damaged, protected or a scan.

    Locators are `page 2 L12`: the twelfth line of text on the second page.
    """
    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it would repeat words of the file
    try:
        reader = pypdf.PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ImportProblem("is protected by a password; save it without one", name)
        if len(reader.pages) > MAX_PAGES:
            raise ImportProblem(f"has more than {MAX_PAGES:,} pages; split it", name)
        pages = [page.extract_text() for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise ImportProblem("is a damaged PDF; open it and export it again", name) from error
    if not any(page.strip() for page in pages):
        raise ImportProblem("holds pictures of pages and no text; run text recognition (OCR) on it first", name)
    lines: list[Line] = []
    for number, page in enumerate(pages, start=1):
        place = f"page {number} L"
        lines.extend(Line(t.expandtabs(4).rstrip(), place, n) for n, t in enumerate(lines_of(page), start=1))
    return read_lines(lines, wrapped=True)
