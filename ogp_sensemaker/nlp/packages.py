"""Translation packages (.argosmodel): checked before they are unpacked, installed, listed and removed."""

import hashlib
import json
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ogp_sensemaker import paths
from ogp_sensemaker.errors import ModelMissing, SensemakerError

LARGEST = 2_000_000_000  # bytes when unpacked
_MOST_FILES = 2000
_RATIO = 200  # more than weights or word lists ever shrink
_PIECES = ("sentencepiece.model", "source.spm", "sentencepiece.bpe.model", "spm.model")
_VOCABULARIES = ("shared_vocabulary.json", "shared_vocabulary.txt")
_WEIGHTS = {
    "model.bin", "config.json", *_VOCABULARIES, "source_vocabulary.json", "source_vocabulary.txt",
    "target_vocabulary.json", "target_vocabulary.txt",
}  # fmt: skip
_PAIR = re.compile(r"(?:^|[-_.])([a-z]{2,3})[-_]([a-z]{2,3})$")
# What NLLB calls the languages.
_TOKENS = {
    "ar": "arb_Arab", "az": "azj_Latn", "de": "deu_Latn", "en": "eng_Latn", "es": "spa_Latn", "fa": "pes_Arab",
    "fr": "fra_Latn", "ka": "kat_Geor", "pt": "por_Latn", "ru": "rus_Cyrl", "tr": "tur_Latn", "uk": "ukr_Cyrl",
}  # fmt: skip
_TOKENIZERS = ("sentencepiece.model", "bpe.model")
_NAME = re.compile(r"[\w.+-]{1,100}")
_CHOICE = ".chosen.json"


@dataclass(frozen=True, slots=True)
class Package:
    """An unpacked translation package."""

    name: str
    source: str
    target: str
    version: str
    folder: Path
    bundled: bool
    digest: str  # the first eight digits of the sha256 of its model
    draft: bool = False  # its makers say themselves that it is not to be relied on

    @property
    def label(self) -> str:
        """How translations made by it are signed."""
        return f"{self.name} {self.version} @{self.digest}".replace("  ", " ")


def folder() -> Path:
    """Where translation packages are unpacked. It need not exist yet."""
    return paths.user_models_dir() / "translation"


def _refuse(path: Path, why: str) -> SensemakerError:
    return SensemakerError(f"{path.name} was not installed: {why}.")


def _top_folder(path: Path, package: zipfile.ZipFile) -> str:
    """The one folder that holds everything. Raises SensemakerError for anything that is not as it should be."""
    members = package.infolist()
    if not members or len(members) > _MOST_FILES:
        raise _refuse(path, f"it holds {len(members)} files, a package has between 3 and {_MOST_FILES:,}")
    tops = set()
    for member in members:
        parts = PurePosixPath(member.filename.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts or ":" in member.filename:
            raise _refuse(path, "a file in it would be written outside its own folder")
        if (member.external_attr >> 28) == 0xA:
            raise _refuse(path, "it holds a link in place of a file")
        if len(parts.parts) == 1 and not member.is_dir():
            raise _refuse(path, "it has files beside its folder; a package holds one folder with everything in it")
        tops.add(parts.parts[0])
    if len(tops) != 1:
        raise _refuse(path, f"it holds {len(tops)} folders at the top; a package holds exactly one")
    top = tops.pop()
    if not _NAME.fullmatch(top) or top.startswith("."):
        raise _refuse(path, "the name of the folder in it is not usable as a folder's name")
    unpacked = sum(member.file_size for member in members)
    packed = max(sum(member.compress_size for member in members), 1)
    if unpacked > LARGEST:
        raise _refuse(path, f"it would take {unpacked / 1e9:.1f} GB when unpacked; the limit is {LARGEST / 1e9:.0f} GB")
    if unpacked / packed > _RATIO and unpacked > 10_000_000:
        raise _refuse(path, "it grows more than any model when unpacked, as files made to fill a disk do")
    return top


def _unpack(path: Path, into: Path) -> Path:
    """Unpack a checked package under `into`; returns its folder. Raises SensemakerError."""
    try:
        with zipfile.ZipFile(path) as package:
            top = _top_folder(path, package)
            names = {n.split("/", 1)[1] for n in package.namelist() if "/" in n}
            for needed in ("metadata.json", "model/model.bin"):
                if needed not in names:
                    raise _refuse(path, f"there is no {needed} in it, so it is not a translation package")
            if not names & set(_TOKENIZERS):
                raise _refuse(path, "there is neither sentencepiece.model nor bpe.model in it, so it cannot read words")
            written = 0
            for member in package.infolist():
                if member.is_dir():
                    continue
                target = into / member.filename
                target.parent.mkdir(parents=True, exist_ok=True)
                # A header may lie about the size, so what comes out is counted.
                with package.open(member) as source, target.open("wb") as out:
                    while block := source.read(1 << 20):
                        written += len(block)
                        if written > LARGEST:
                            raise _refuse(path, f"it takes more than {LARGEST / 1e9:.0f} GB when unpacked")
                        out.write(block)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        # RuntimeError is zipfile's word for a password or a compression it does not know.
        raise _refuse(path, "it is damaged or locked; please fetch it again") from error
    return into / top


def _adopt(path: Path, into: Path) -> Path:
    """Copy a converted CTranslate2 folder (OPUS-MT, NLLB) with its SentencePiece into a package's layout.

    Which languages it translates comes from its metadata.json or the end of its name, such as opus-mt-az-en.
    Raises SensemakerError.
    """
    weights = path / "model" if (path / "model" / "model.bin").is_file() else path
    pieces = next((f for name in _PIECES for f in (path / name, weights / name) if f.is_file()), None)
    if not (weights / "model.bin").is_file() or pieces is None:
        raise _refuse(path, "a folder must hold model.bin and its SentencePiece (source.spm or sentencepiece.model)")
    known = metadata(path)
    pair = _PAIR.search(path.name)
    if not known and not pair:
        raise _refuse(path, "its name must end in the two languages, as in opus-mt-az-en")
    place = into / re.sub(r"[^\w.+-]", "-", path.name)
    (place / "model").mkdir(parents=True)
    for file in sorted(weights.iterdir()):
        if file.name in _WEIGHTS:
            shutil.copyfile(file, place / "model" / file.name)
    shutil.copyfile(pieces, place / "sentencepiece.model")
    if known or pair is None:
        shutil.copyfile(path / "metadata.json", place / "metadata.json")
        return place
    about = {"from_code": pair[1], "to_code": pair[2], "package_version": "", "type": "translate"}
    vocabulary = next((place / "model" / name for name in _VOCABULARIES if (place / "model" / name).is_file()), None)
    if vocabulary and _TOKENS.get(pair[2], "-") in vocabulary.read_text(encoding="utf-8"):
        about |= {"source_prefix": _TOKENS.get(pair[1], ""), "target_prefix": _TOKENS[pair[2]]}
    (place / "metadata.json").write_text(json.dumps(about), encoding="utf-8")
    # These models want an end of sentence that a package's tokenizer never adds.
    config = place / "model" / "config.json"
    found = json.loads(config.read_text(encoding="utf-8")) if config.is_file() else {}
    config.write_text(json.dumps(found | {"add_source_eos": True}), encoding="utf-8")
    return place


def metadata(place: Path) -> dict[str, str]:
    """The metadata.json of an unpacked package, or {} where there is none that can be read."""
    try:
        found = json.loads((place / "metadata.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {k: v for k, v in found.items() if isinstance(v, str)} if isinstance(found, dict) else {}


def archive_metadata(archive: Path) -> dict[str, str]:
    """The metadata.json of an .argosmodel that is not unpacked, or {} where there is none that can be read."""
    try:
        with zipfile.ZipFile(archive) as package:
            name = next((n for n in package.namelist() if n.count("/") == 1 and n.endswith("/metadata.json")), None)
            if name is None or package.getinfo(name).file_size > 1_000_000:
                return {}
            found = json.loads(package.read(name))
    except (OSError, zipfile.BadZipFile, ValueError):
        return {}
    return {k: v for k, v in found.items() if isinstance(v, str)} if isinstance(found, dict) else {}


def _check_translates(path: Path, place: Path) -> None:
    """Load the model and translate a sentence with it. Raises SensemakerError."""
    from ogp_sensemaker.nlp import engine

    known = metadata(place)
    if not known.get("from_code") or not known.get("to_code"):
        raise _refuse(path, "its metadata.json does not say from which language to which it translates")
    try:
        made = engine.try_out(place)
    except (RuntimeError, ValueError, OSError) as error:
        raise _refuse(path, "the model in it cannot be loaded or does not translate") from error
    if not isinstance(made, str):
        raise _refuse(path, "the model in it does not translate")


def _digest(place: Path) -> str:
    with (place / "model" / "model.bin").open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def install(path: Path, *, mark: Mapping[str, object] | None = None) -> Package:
    """Check a package file, unpack it and try it out; only then does it appear among the installed ones.

    A folder with a converted CTranslate2 model and its SentencePiece is taken the same way.
    Raises SensemakerError with the reason where it is refused; then nothing is left behind.
    """
    path = Path(path)
    if not path.exists():
        raise SensemakerError(f"There is no file {path}; name an .argosmodel file.")
    if path.is_file() and not zipfile.is_zipfile(path):
        raise _refuse(path, "it is not a zip file, as an .argosmodel is")
    folder().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".unpacking-", dir=folder()) as work:
        place = _unpack(path, Path(work)) if path.is_file() else _adopt(path, Path(work))
        _check_translates(path, place)
        note = {"sha256": _digest(place), **(mark or {})}
        (place / ".installed.json").write_text(json.dumps(note), encoding="utf-8")
        target = folder() / place.name
        if target.exists():
            shutil.rmtree(target)
        place.rename(target)
    found = read(target)
    if found is None:
        raise _refuse(path, "its metadata.json cannot be read")
    return found


def read(place: Path) -> Package | None:
    """The package in a folder, or None where it is not a whole one."""
    known = metadata(place)
    if not known.get("from_code") or not known.get("to_code") or not (place / "model" / "model.bin").is_file():
        return None
    note = _note(place)
    digest = str(note.get("sha256") or "") or _digest(place)
    return Package(
        place.name,
        known["from_code"],
        known["to_code"],
        known.get("package_version", ""),
        place,
        "archive" in note,
        digest[:8],
        known.get("draft", "") == "yes",
    )


def _note(place: Path) -> dict[str, object]:
    try:
        found = json.loads((place / ".installed.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def bundled() -> tuple[Path, ...]:
    """The package files that come with the program, by name."""
    place = paths.models_dir()
    return tuple(sorted(place.glob("*.argosmodel"))) if place.is_dir() else ()


def _unpack_bundled() -> None:
    """Unpack the packages that came along and are not unpacked yet, or are another version now.

    What an earlier version of the program brought and this one does not is cleared away; a package that a person
    installed under the name of one in the box stays in its place.
    """
    have = {}
    here = [place for place in sorted(folder().iterdir()) if place.is_dir()] if folder().is_dir() else []
    brought = {archive.name for archive in bundled()}
    for place in here:
        note = _note(place)
        if "archive" in note and note["archive"] not in brought:
            shutil.rmtree(place)
        elif "archive" in note:
            have[note["archive"]] = note.get("state")
    persons = {place.name for place in here if place.exists() and "archive" not in _note(place)}
    for archive in bundled():
        state = [archive.stat().st_size, archive.stat().st_mtime_ns]
        if archive.stem not in persons and have.get(archive.name) != state:
            _check_published(archive)
            install(archive, mark={"archive": archive.name, "state": state})


def _check_published(archive: Path) -> None:
    """Raise ModelMissing where a package in the box is not the one that the manifest lists."""
    from ogp_sensemaker.nlp import bundle

    entry = bundle.archive_entry(archive)
    expected = entry.files.get(archive.name) if entry else None
    if expected and bundle.sha256_of(archive) != expected:
        raise ModelMissing(
            f"The translation package {archive.name} is not the one that was published, so it was not unpacked; "
            f"install the program again."
        )


def available() -> list[Package]:
    """Every package that can translate, by name; those in the box are unpacked on the first call.

    Raises ModelMissing where a package in the box cannot be unpacked.
    """
    try:
        _unpack_bundled()
    except OSError as error:
        raise ModelMissing(
            f"The translation packages that come with the program cannot be unpacked into {folder()} "
            f"({error.strerror}); make room there or set {paths.HOME} to a folder that can be written."
        ) from error
    if not folder().is_dir():
        return []
    found = (read(place) for place in sorted(folder().iterdir()) if not place.name.startswith("."))
    return [package for package in found if package]


def chosen() -> dict[tuple[str, str], str]:
    """Which package a person wants for a pair of languages, where several serve it; kept on this computer."""
    try:
        found = json.loads((folder() / _CHOICE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    pairs = found.items() if isinstance(found, dict) else ()
    return {(a, b): name for key, name in pairs for a, _, b in [key.partition("-")] if isinstance(name, str)}


def choose(name: str) -> Package:
    """Let a package serve its pair of languages before all others. Raises SensemakerError where it is not there."""
    package = next((p for p in available() if p.name == name), None)
    if package is None:
        raise SensemakerError(f"There is no installed package {name}; “models list” shows the names.")
    wanted = {**chosen(), (package.source, package.target): name}
    fresh = folder() / f"{_CHOICE}.new"
    fresh.write_text(json.dumps({f"{a}-{b}": wanted[a, b] for a, b in sorted(wanted)}), encoding="utf-8")
    fresh.replace(folder() / _CHOICE)
    return package


def remove(name: str) -> None:
    """Remove a package that a person installed. Raises SensemakerError for one that is not there or came along."""
    place = folder() / name
    persons = place.is_dir() and "archive" not in _note(place)
    if not persons and (place.is_dir() or any(archive.stem == name for archive in bundled())):
        raise SensemakerError(f"{name} came with the program and stays; only packages that were added can be removed.")
    if not _NAME.fullmatch(name) or not place.is_dir():
        raise SensemakerError(f"There is no installed package {name}; “models list” shows the names.")
    shutil.rmtree(place)
