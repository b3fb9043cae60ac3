"""Translation packages that must be refused, and what is left behind then: nothing."""

import io
import json
import shutil
import stat
import zipfile
from pathlib import Path

import pytest

from ogp_sensemaker.app import doubting
from ogp_sensemaker.errors import ModelMissing, SensemakerError
from ogp_sensemaker.nlp import bundle, packages, quality, translate
from tests.nlp.conftest import pack

ABOUT = json.dumps({"from_code": "az", "to_code": "en", "package_version": "1"})
WHOLE = {"p/metadata.json": ABOUT, "p/model/model.bin": "x", "p/sentencepiece.model": "x"}


def written(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return path


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of what comes with the program, empty."""
    made = tmp_path / "box"
    made.mkdir()
    (made / "manifest.toml").write_text("")
    monkeypatch.setattr("ogp_sensemaker.paths.models_dir", lambda: made)
    return made


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ({**WHOLE, "q/more.txt": "x"}, "2 folders at the top"),
        ({**WHOLE, "stray.txt": "x"}, "beside its folder"),
        ({**WHOLE, "p/../../evil": "x"}, "outside its own folder"),
        ({**WHOLE, "/etc/evil": "x"}, "outside its own folder"),
        ({**WHOLE, "p\\..\\..\\evil": "x"}, "outside its own folder"),
        ({".p/metadata.json": "x", ".p/model/model.bin": "x"}, "not usable as a folder's name"),
        ({k: v for k, v in WHOLE.items() if "model.bin" not in k}, r"no model/model\.bin"),
        ({k: v for k, v in WHOLE.items() if "metadata" not in k}, r"no metadata\.json"),
        ({k: v for k, v in WHOLE.items() if "sentencepiece" not in k}, "cannot read words"),
        ({**WHOLE, "p/metadata.json": "{}"}, "does not say from which language"),
        ({**WHOLE, "p/metadata.json": "["}, "does not say from which language"),
        (WHOLE, "cannot be loaded"),
        ({}, "0 files"),
        ({**WHOLE, "p/zeros": "0" * 50_000_000}, "made to fill a disk"),
    ],
)
def test_bad_packages_are_refused(tmp_path: Path, members: dict[str, str], why: str) -> None:
    path = written(tmp_path / "bad.argosmodel", members)
    with pytest.raises(SensemakerError, match=why) as refusal:
        bundle.install_package(path)
    assert str(refusal.value).startswith("bad.argosmodel was not installed: ")
    assert not packages.folder().is_dir() or not list(packages.folder().iterdir())
    assert not (tmp_path / "evil").exists()


def test_not_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "words.argosmodel"
    path.write_text("these are words")
    with pytest.raises(SensemakerError, match="not a zip file"):
        bundle.install_package(path)
    with pytest.raises(SensemakerError, match="There is no file"):
        bundle.install_package(tmp_path / "nowhere.argosmodel")


def test_ten_gigabytes_when_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "big.argosmodel", {**WHOLE, "p/more": "0123456789" * 1000})
    monkeypatch.setattr(packages, "LARGEST", 5000)
    with pytest.raises(SensemakerError, match="when unpacked; the limit"):
        bundle.install_package(path)


def test_a_header_that_lies_about_the_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "LARGEST", 5000)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in {**WHOLE, "p/more": "0123456789" * 1000}.items():
            package.writestr(name, content)
    raw = whole.getvalue().replace((10000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path = tmp_path / "liar.argosmodel"
    path.write_bytes(raw)
    with pytest.raises(SensemakerError, match="was not installed"):
        bundle.install_package(path)


def test_a_link_in_place_of_a_file(tmp_path: Path) -> None:
    path = written(tmp_path / "link.argosmodel", WHOLE)
    with zipfile.ZipFile(path, "a") as package:
        link = zipfile.ZipInfo("p/link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        package.writestr(link, "/etc/passwd")
    with pytest.raises(SensemakerError, match="holds a link"):
        bundle.install_package(path)


def test_a_damaged_archive(tmp_path: Path) -> None:
    path = written(tmp_path / "cut.argosmodel", {**WHOLE, "p/more": "".join(map(str, range(100_000)))})
    raw = bytearray(path.read_bytes())
    raw[2000:3000] = b"\0" * 1000
    path.write_bytes(raw)
    with pytest.raises(SensemakerError, match="was not installed"):
        bundle.install_package(path)


@pytest.mark.models
def test_installed_listed_and_removed(package: Path) -> None:
    made = bundle.install_package(package)
    assert (made.kind, made.name, made.languages, made.version) == (
        "translation", "translate-az_en-0_1", "az → en", "0.1",
    )  # fmt: skip
    assert (made.state, made.bundled) == ("ready", False)
    bundle.install_package(package)  # again: the same, once
    assert [m.name for m in bundle.installed() if m.kind == "translation"].count(made.name) == 1
    bundle.remove(made.name)
    assert made.name not in [m.name for m in bundle.installed()]
    with pytest.raises(SensemakerError, match="no installed package"):
        bundle.remove(made.name)
    with pytest.raises(SensemakerError, match="no installed package"):
        bundle.remove("../../home")


@pytest.mark.models
def test_a_package_in_the_box_is_unpacked_once_and_stays(trained: Path, box: Path) -> None:
    pack(trained, box / "translate-az_en-0_1.argosmodel")
    first = packages.available()
    assert [(p.name, p.source, p.target, p.bundled) for p in first] == [("translate-az_en-0_1", "az", "en", True)]
    before = (first[0].folder / ".installed.json").stat().st_mtime_ns
    assert packages.available() == first
    assert (first[0].folder / ".installed.json").stat().st_mtime_ns == before
    with pytest.raises(SensemakerError, match="came with the program"):
        bundle.remove("translate-az_en-0_1")


@pytest.mark.models
def test_a_persons_package_goes_before_one_of_the_same_name_in_the_box(trained: Path, package: Path, box: Path) -> None:
    with zipfile.ZipFile(package) as inside:
        name = inside.namelist()[0].split("/")[0]
    pack(trained, box / f"{name}.argosmodel")
    assert [p.bundled for p in packages.available()] == [True]
    packages.install(package)
    assert [(p.name, p.bundled) for p in packages.available()] == [(name, False)]
    packages.remove(name)
    assert [(p.name, p.bundled) for p in packages.available()] == [(name, True)]


@pytest.mark.models
def test_what_an_earlier_program_brought_is_cleared_away(trained: Path, package: Path, box: Path) -> None:
    pack(trained, box / "old.argosmodel")
    mine = packages.install(package)
    assert len(packages.available()) == 2
    (box / "old.argosmodel").unlink()
    assert [p.name for p in packages.available()] == [mine.name]


def test_a_package_in_the_box_that_was_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "manifest.toml").write_text(
        '[[model]]\nkind = "translation"\nname = "a"\nversion = "1"\nlicence = "CC0-1.0"\narchive = "a.argosmodel"\n'
        f'[model.files]\n"a.argosmodel" = "{"0" * 64}"\n'
    )
    written(tmp_path / "a.argosmodel", WHOLE)
    monkeypatch.setattr("ogp_sensemaker.paths.models_dir", lambda: tmp_path)
    with pytest.raises(ModelMissing, match=r"a\.argosmodel is not the one that was published"):
        packages.available()
    assert [m.state for m in bundle.installed()] == ["damaged"]


@pytest.mark.models
def test_a_draft_says_so(package: Path) -> None:
    made = packages.install(package)
    assert not made.draft
    known = json.loads((made.folder / "metadata.json").read_text())
    (made.folder / "metadata.json").write_text(json.dumps(known | {"draft": "yes"}))
    (found,) = packages.available()
    assert found.draft
    (english,) = translate.translate(["Salam, dünya."], "az")
    assert english.draft
    assert doubting.doubts(["Salam, dünya."], [english], "az", None)[0][-1] == quality.DRAFT


def test_a_stray_folder_does_no_harm() -> None:
    (packages.folder() / "stray").mkdir(parents=True)
    assert packages.read(packages.folder() / "stray") is None
    assert "stray" in [m.name for m in bundle.installed() if m.state == "damaged"]


def test_a_box_that_cannot_be_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    archive = written(tmp_path / "a.argosmodel", WHOLE)
    monkeypatch.setattr(packages, "bundled", lambda: (archive,))
    monkeypatch.setattr("ogp_sensemaker.paths.user_models_dir", lambda: blocked)
    with pytest.raises(ModelMissing, match="OGP_SENSEMAKER_HOME"):
        packages.available()


@pytest.mark.models
def test_a_converted_folder_with_its_pieces(trained: Path, tmp_path: Path) -> None:
    folder = tmp_path / "opus-mt-az-en"
    shutil.copytree(trained / "model", folder)
    shutil.copyfile(trained / "sentencepiece.model", folder / "source.spm")
    config = json.loads((folder / "config.json").read_text()) | {"add_source_eos": False}
    (folder / "config.json").write_text(json.dumps(config))
    made = bundle.install_package(folder)
    assert (made.name, made.languages) == ("opus-mt-az-en", "az → en")
    assert "New plan." in [t.text for t in translate.translate(["Yeni plan."], "az", package="opus-mt-az-en")]


@pytest.mark.parametrize(
    ("name", "files", "why"),
    [
        ("opus-mt-az-en", ["model.bin"], "SentencePiece"),
        ("opus-mt-az-en", ["source.spm"], r"model\.bin"),
        ("my model", ["model.bin", "source.spm"], "end in the two languages"),
        ("opus-mt-az-en", ["model.bin", "source.spm"], "cannot be loaded"),
    ],
)
def test_folders_that_are_refused(tmp_path: Path, name: str, files: list[str], why: str) -> None:
    (tmp_path / name).mkdir()
    for file in files:
        (tmp_path / name / file).write_text("x")
    with pytest.raises(SensemakerError, match=why):
        bundle.install_package(tmp_path / name)
    assert not list(packages.folder().iterdir())


def test_ten_gigabytes_by_its_own_word(tmp_path: Path) -> None:
    path = written(tmp_path / "huge.argosmodel", {**WHOLE, "p/zeros": "0" * 4321})
    raw = bytearray(path.read_bytes())
    at = raw.rindex((4321).to_bytes(4, "little"))  # in the directory at the end
    raw[at : at + 4] = (4_294_000_000).to_bytes(4, "little")
    path.write_bytes(raw)
    with pytest.raises(SensemakerError, match=r"it would take 4\.3 GB when unpacked; the limit is 2 GB"):
        bundle.install_package(path)
    assert not list(packages.folder().iterdir())


@pytest.mark.models
def test_a_converted_folder_that_names_its_languages_by_tokens(trained: Path, tmp_path: Path) -> None:
    """As NLLB does: a token for the source before the sentence, one for the target before the answer."""
    folder = tmp_path / "nllb-200-az-en"
    shutil.copytree(trained / "model", folder / "model")
    shutil.copyfile(trained / "sentencepiece.model", folder / "sentencepiece.bpe.model")
    file = folder / "model" / "shared_vocabulary.json"
    pieces = json.loads(file.read_text(encoding="utf-8"))
    pieces[-2:] = ["azj_Latn", "eng_Latn"]
    file.write_text(json.dumps(pieces), encoding="utf-8")
    made = bundle.install_package(folder)
    assert (made.name, made.languages) == ("nllb-200-az-en", "az → en")
    about = packages.metadata(packages.folder() / made.name)
    assert (about["source_prefix"], about["target_prefix"]) == ("azj_Latn", "eng_Latn")
    answer = translate.translate(["Yeni plan."], "az", package=made.name)[0].text
    assert "_Latn" not in answer


@pytest.mark.models
def test_a_package_that_cuts_words_by_bpe(trained: Path, tmp_path: Path) -> None:
    """Its tokenizer is Moses and a list of merges, as in the oldest packages."""
    file = pack(
        trained, tmp_path / "old-az_en.argosmodel", extra={"bpe.model": b"#version: 0.2\ny e\nye n\nyen i</w>\n"}
    )
    with zipfile.ZipFile(file) as whole:
        members = {n: whole.read(n) for n in whole.namelist() if not n.endswith("sentencepiece.model")}
    with zipfile.ZipFile(file, "w") as package:
        for name, content in members.items():
            package.writestr(name, content)
    assert bundle.install_package(file).state == "ready"
    made = translate.translate(["Yeni plan.", "yeni\n\n- yeni"], "az", package="old-az_en")
    assert made[1].text.count("\n") == 2
    assert made[0].unknown > 0.5  # its pieces are none of the model's


@pytest.mark.models
def test_the_choice_of_a_package_is_kept(trained: Path, tmp_path: Path) -> None:
    for name in ("first-az_en", "second-az_en"):
        bundle.install_package(pack(trained, tmp_path / f"{name}.argosmodel"))
    assert translate.versions()["az"].startswith("first")
    packages.choose("second-az_en")
    assert translate.versions()["az"].startswith("second")
    bundle.remove("second-az_en")
    assert translate.versions()["az"].startswith("first")
    with pytest.raises(SensemakerError, match="no installed package"):
        packages.choose("second-az_en")
