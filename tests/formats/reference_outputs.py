"""The expected output of each exporter; `python -m tests.formats.reference_outputs` writes it anew."""

import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from ogp_sensemaker.formats.exporters import EXPORTERS
from tests.formats.dataset_fixture import dataset

FOLDER = Path(__file__).parents[1] / "reference"
PARTS = {".xlsx": "xl/worksheets/", ".docx": "word/document.xml"}


def outputs() -> dict[str, str]:
    """File name -> text; of Office files the parts that hold our content, one element a line."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for exporter in EXPORTERS:
            stem = "coded" if exporter.id in ("csv", "xlsx") else "report"
            path = Path(folder) / f"{stem}{exporter.suffixes[0]}"
            exporter.write(dataset(), path)
            if path.suffix in PARTS:
                found |= {f"{path.name}.{name.rsplit('/')[-1]}": text for name, text in _parts(path)}
            else:
                found[path.name] = path.read_bytes().decode("utf-8")
    return found


def _parts(path: Path):
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith(PARTS[path.suffix]) and name.endswith(".xml"):
                root = ElementTree.fromstring(archive.read(name))  # noqa: S314, our own file
                ElementTree.indent(root, " ")
                yield name, ElementTree.tostring(root, encoding="unicode") + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in outputs().items():
        (FOLDER / name).write_bytes(text.encode("utf-8"))
