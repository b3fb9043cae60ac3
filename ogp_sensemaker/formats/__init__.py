"""Other people's files: what can be read and what can be written."""

from ogp_sensemaker.formats.importing import IMPORTERS, read_paths
from ogp_sensemaker.formats.sheaf import Importer

__all__ = ["IMPORTERS", "Importer", "read_paths"]
