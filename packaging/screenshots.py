"""Renders every screen of the sample project at 1440×900 in light, dark and right to left, into docs/screens/."""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Into the folder that was named, or docs/screens/; from the project that was named, or a new one."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screens"
    project = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    # A home of its own: neither the settings of whoever runs this nor their recent projects belong in a picture.
    with tempfile.TemporaryDirectory() as home:
        os.environ["OGP_SENSEMAKER_HOME"] = home
        from ogp_sensemaker.qt.screens import render

        for picture in render(target, project):
            print(picture)


if __name__ == "__main__":
    main()
