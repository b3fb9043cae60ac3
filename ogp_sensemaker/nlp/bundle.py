"""The only door to models: sets the offline environment, finds them and verifies them before anything is loaded."""

import hashlib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import util
from pathlib import Path

from ogp_sensemaker import paths
from ogp_sensemaker.errors import ModelMissing
from ogp_sensemaker.nlp import packages

_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_DATASETS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "ORT_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "ARGOS_DEVICE_TYPE": "cpu",
    "ARGOS_DEBUG": "0",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A model as `models/manifest.toml` describes it; `files` maps a file's name to its sha256."""

    kind: str
    name: str
    version: str
    licence: str
    languages: str = ""
    wheel: str = ""
    folder: str = ""
    archive: str = ""
    draft: bool = False
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Model:
    """A model on this computer, as `models list` shows it."""

    kind: str  # embedding, stance, translation
    name: str
    version: str
    licence: str
    languages: str  # "en", "az → en"
    state: str  # "ready", "missing", "damaged" or "draft"
    bundled: bool
    path: Path | None


def offline_environment() -> None:
    """Tell every library that comes later to stay off the network. Call before any heavy import."""
    os.environ.update(_OFFLINE)
    os.environ["ARGOS_PACKAGES_DIR"] = str(packages.folder())


@lru_cache(maxsize=8)
def _read_manifest(path: Path, _changed: int) -> tuple[Entry, ...]:
    with path.open("rb") as file:
        tables = tomllib.load(file).get("model", [])
    known = set(Entry.__dataclass_fields__)
    return tuple(Entry(**{k: v for k, v in table.items() if k in known}) for table in tables)


def manifest() -> tuple[Entry, ...]:
    """The models that should be here. Raises ModelMissing where the list itself is not."""
    path = paths.models_dir() / "manifest.toml"
    if not path.is_file():
        raise ModelMissing(
            f"The list of models ({path}) is not there; please install the program again from its package or source."
        )
    return _read_manifest(path, path.stat().st_mtime_ns)


def sha256_of(path: Path) -> str:
    """The sha256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _folder_of(entry: Entry) -> Path | None:
    if not entry.wheel:
        return paths.models_dir() / entry.folder
    spec = util.find_spec(entry.wheel)
    # Not the wheel's own get_model_path(): importing it pulls in sentence-transformers.
    return Path(spec.origin).parent / "model" if spec and spec.origin else None


@lru_cache(maxsize=32)
def _verify(folder: Path, files: tuple[tuple[str, str], ...], _changed: tuple[int, ...]) -> str:
    """The first file that is not what it should be, or ""."""
    return next((name for name, expected in files if sha256_of(folder / name) != expected), "")


def _wrong_file(entry: Entry, folder: Path) -> str:
    files = tuple(sorted(entry.files.items()))
    absent = next((name for name, _ in files if not (folder / name).is_file()), "")
    if absent:
        return absent
    return _verify(folder, files, tuple((folder / name).stat().st_mtime_ns for name, _ in files))


def checked(name: str) -> Path:
    """The folder of a bundled model whose files are the ones the manifest lists.

    Raises ModelMissing, with what to do, where the model is absent or one of its files differs.
    """
    entry = next((e for e in manifest() if e.name == name), None)
    if entry is None:
        raise ModelMissing(f"The model {name} is not part of this version of the program.")
    folder = _folder_of(entry)
    again = f"pip install --force-reinstall {entry.version.replace(' ', '==')}" if entry.wheel else "installing again"
    if folder is None or not folder.is_dir():
        raise ModelMissing(f"The model {name} is not on this computer; {again} brings it back.")
    wrong = _wrong_file(entry, folder)
    if wrong:
        raise ModelMissing(
            f"The file {wrong} of the model {name} in {folder} is missing or is not the one that was published, "
            f"so it was not loaded; {again} repairs it."
        )
    return folder


def fingerprint(name: str) -> str:
    """A model's name with the first eight digits of the hash of its weights, to tell versions apart."""
    entry = next((e for e in manifest() if e.name == name), None)
    if entry is None:
        raise ModelMissing(f"The model {name} is not part of this version of the program.")
    digest = hashlib.sha256("".join(entry.files[k] for k in sorted(entry.files)).encode()).hexdigest()
    weights = next((v for k, v in sorted(entry.files.items()) if k.endswith((".safetensors", ".bin", ".npz"))), digest)
    return f"{name}@{weights[:8]}"


def archive_entry(archive: Path) -> Entry | None:
    """What the manifest says about a bundled translation package."""
    return next((e for e in manifest() if e.archive == archive.name), None)


def _direction(metadata: Mapping[str, str]) -> str:
    return f"{metadata.get('from_code', '?')} → {metadata.get('to_code', '?')}"


def _state(entry: Entry) -> str:
    folder = _folder_of(entry)
    if folder is None or not folder.is_dir():
        return "missing"
    if _wrong_file(entry, folder):
        return "damaged"
    return "draft" if entry.draft else "ready"


def _bundled_packages() -> list[Model]:
    found = []
    for archive in packages.bundled():
        metadata, entry = packages.archive_metadata(archive), archive_entry(archive)
        state = "ready" if metadata else "damaged"
        if entry and entry.files and entry.files.get(archive.name, "") != sha256_of(archive):
            state = "damaged"
        if state == "ready" and entry and entry.draft:
            state = "draft"
        licence = entry.licence if entry else metadata.get("licence", "")
        version = metadata.get("package_version", "")
        found.append(Model("translation", archive.stem, version, licence, _direction(metadata), state, True, archive))
    return found


def _installed_packages(bundled: set[str]) -> list[Model]:
    folder = packages.folder()
    found = []
    for place in sorted(folder.iterdir()) if folder.is_dir() else []:
        if place.name in bundled or place.name.startswith(".") or not place.is_dir():
            continue
        metadata = packages.metadata(place)
        state = "ready" if metadata and (place / "model" / "model.bin").is_file() else "damaged"
        version, licence = metadata.get("package_version", ""), metadata.get("licence", "")
        found.append(Model("translation", place.name, version, licence, _direction(metadata), state, False, place))
    return found


def installed() -> list[Model]:
    """Every model that is here or should be: the bundled ones first, then those a person installed."""
    found = [
        Model(e.kind, e.name, e.version, e.licence, e.languages, _state(e), True, _folder_of(e))
        for e in manifest()
        if not e.archive
    ]
    boxed = _bundled_packages()
    return found + boxed + _installed_packages({m.name for m in boxed})


def install_package(path: Path) -> Model:
    """Check and install a translation package file. Raises SensemakerError with the reason where it is refused."""
    made = packages.install(Path(path))
    return next(m for m in installed() if m.name == made.name)


def remove(name: str) -> None:
    """Remove a package that a person installed. Raises SensemakerError for one that is not there or came along."""
    packages.remove(name)
