"""Renders every screen of the sample project at 1440×900 in light, dark and right to left, into docs/screens/."""

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    # A home of its own: neither the settings of whoever runs this nor their recent projects belong in a picture.
    _home = tempfile.TemporaryDirectory()
    os.environ["OGP_SENSEMAKER_HOME"] = _home.name

from ogp_sensemaker.qt.screens import render

if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screens"
    project = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    for picture in render(target, project):
        print(picture)
