"""The files that a project can be written to, as one plain tuple."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ogp_sensemaker.domain.dataset import Dataset
from ogp_sensemaker.formats import coded_table, coded_workbook, report_docx, report_html


@dataclass(frozen=True, slots=True)
class Exporter:
    """A kind of file. `write` puts the whole file at the path; who calls it makes that atomic."""

    id: str
    label: str
    suffixes: tuple[str, ...]
    write: Callable[[Dataset, Path], None]


EXPORTERS = (
    Exporter("csv", "Coded dataset (CSV)", (".csv",), coded_table.write_csv),
    Exporter("xlsx", "Coded dataset (Excel workbook)", (".xlsx",), coded_workbook.write_xlsx),
    Exporter("html", "Report (web page)", (".html", ".htm"), report_html.write_html),
    Exporter("docx", "Report (Word document)", (".docx",), report_docx.write_docx),
)


def exporter_for(path: Path) -> Exporter | None:
    """The exporter that a file's suffix asks for, None where there is none."""
    suffix = path.suffix.lower()
    return next((exporter for exporter in EXPORTERS if suffix in exporter.suffixes), None)
