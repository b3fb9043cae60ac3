"""Where models, settings and the log are, run from source or installed.

The environment variable OGP_SENSEMAKER_HOME puts everything that belongs to a person under one folder;
tests use it, and so may people who carry the program on a stick.
"""

import os
from pathlib import Path

import platformdirs

APP = "ogp-sensemaker"
HOME = "OGP_SENSEMAKER_HOME"


def _home() -> Path | None:
    named = os.environ.get(HOME, "").strip()
    return Path(named).expanduser() if named else None


def models_dir() -> Path:
    """The folder with `manifest.toml` and the models that come with the program; read-only."""
    package = Path(__file__).resolve().parent
    beside = package.parent / "models"
    return beside if (beside / "manifest.toml").is_file() else package / "models"


def user_models_dir() -> Path:
    """Where the models that a person installed are, and bundled ones once unpacked. It need not exist yet."""
    home = _home()
    return home / "models" if home else Path(platformdirs.user_data_dir(APP, appauthor=False)) / "models"


def config_dir() -> Path:
    """Where a person's settings are kept. It need not exist yet."""
    home = _home()
    return home / "config" if home else Path(platformdirs.user_config_dir(APP, appauthor=False))


def log_path() -> Path:
    """The log file. Its folder need not exist yet."""
    home = _home()
    folder = home / "log" if home else Path(platformdirs.user_log_dir(APP, appauthor=False))
    return folder / f"{APP}.log"


def sample_dir() -> Path:
    """The sample consultation, as raw files."""
    package = Path(__file__).resolve().parent
    beside = package.parent / "samples" / "phase2"
    return beside if beside.is_dir() else package / "samples" / "phase2"
