"""The door to models: what is verified, and what is said when something is wrong."""

import os
from pathlib import Path

import pytest

from ogp_sensemaker import paths
from ogp_sensemaker.errors import ModelMissing
from ogp_sensemaker.nlp import bundle

MANIFEST = """
[[model]]
kind = "stance"
name = "toy"
version = "1"
licence = "CC0-1.0"
folder = "toy"
[model.files]
"weights.bin" = "{hash}"
"""
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "manifest.toml").write_text(MANIFEST.format(hash=EMPTY))
    monkeypatch.setattr(paths, "models_dir", lambda: tmp_path)
    return tmp_path


def test_the_embedding_model_is_the_published_one() -> None:
    folder = bundle.checked("all-MiniLM-L6-v2")
    published = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    assert bundle.sha256_of(folder / "model.safetensors") == published
    assert bundle.fingerprint("all-MiniLM-L6-v2") == "all-MiniLM-L6-v2@53aa5117"
    found = next(m for m in bundle.installed() if m.kind == "embedding")
    assert (found.state, found.licence, found.bundled) == ("ready", "Apache-2.0", True)


def test_a_model_that_is_not_there(box: Path) -> None:
    with pytest.raises(ModelMissing, match="toy is not on this computer"):
        bundle.checked("toy")
    assert [m.state for m in bundle.installed()] == ["missing"]
    with pytest.raises(ModelMissing, match="not part of this version"):
        bundle.checked("other")


def test_a_file_that_is_another(box: Path) -> None:
    (box / "toy").mkdir()
    (box / "toy" / "weights.bin").write_bytes(b"")
    assert bundle.checked("toy") == box / "toy"
    (box / "toy" / "weights.bin").write_bytes(b"changed")
    with pytest.raises(ModelMissing, match=r"weights\.bin.*not the one that was published"):
        bundle.checked("toy")
    assert [m.state for m in bundle.installed()] == ["damaged"]


def test_without_a_list_of_models(box: Path) -> None:
    (box / "manifest.toml").unlink()
    with pytest.raises(ModelMissing, match="install the program again"):
        bundle.installed()


def test_offline_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "ORT_DISABLE_TELEMETRY", "ARGOS_PACKAGES_DIR"):
        monkeypatch.setenv(name, "0")
    bundle.offline_environment()
    assert os.environ["HF_HUB_OFFLINE"] == os.environ["TRANSFORMERS_OFFLINE"] == "1"
    assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"
    assert Path(os.environ["ARGOS_PACKAGES_DIR"]).is_relative_to(paths.user_models_dir())


def test_everything_of_a_person_is_under_one_home() -> None:
    home = Path(os.environ[paths.HOME])
    for place in (paths.user_models_dir(), paths.config_dir(), paths.log_path()):
        assert place.is_relative_to(home)


def test_the_usual_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(paths.HOME)
    assert {p.name for p in (paths.config_dir(), paths.user_models_dir().parent)} == {paths.APP}
    assert paths.log_path().suffix == ".log"
    assert (paths.models_dir() / "manifest.toml").is_file()
