"""The translators that come with the program: unpacked by themselves, marked as drafts, about what they should be."""

import io
import json

import pytest

from ogp_sensemaker.app import doubting, models
from ogp_sensemaker.cli.commands import main
from ogp_sensemaker.nlp import bundle, packages, quality, translate

pytestmark = [pytest.mark.models, pytest.mark.box]


def test_azerbaijani_is_translated_with_nothing_installed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "Müəllimlərin maaşı nə vaxt artırılacaq?\nhttps://ogp.org 2030\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(words.encode())))
    assert main(["translate", "--from", "az", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.strip()]
    assert len(lines) == 2
    assert lines[1]["text"] == "https://ogp.org 2030"  # what is no language comes out as it went in
    assert [line["flags"][-1:] for line in lines] == [["draft model"], []]
    assert any(word in lines[0]["text"].lower() for word in ("teacher", "salar", "rais", "increas"))


def test_arabic_is_translated_with_nothing_installed() -> None:
    words = "متى سترفع رواتب المعلمين؟\nhttps://ogp.org 2030"
    (made,) = translate.translate([words], "ar")
    assert made.text.splitlines()[1] == "https://ogp.org 2030"
    assert any(word in made.text.lower() for word in ("teacher", "salar", "rais", "increas"))
    assert quality.DRAFT in doubting.doubts([words], [made], "ar", None)[0]


def test_they_are_drafts_everywhere() -> None:
    listed = [m for m in bundle.installed() if m.kind == "translation"]
    assert [(m.languages, m.state, m.bundled) for m in listed] == [
        ("ar → en", "draft", True), ("az → en", "draft", True)
    ]  # fmt: skip
    assert [(t.source, t.serves, t.bundled, t.draft) for t in models.translators()] == [
        ("ar", True, True, True), ("az", True, True, True)
    ]  # fmt: skip
    assert [p.draft for p in packages.available()] == [True, True]
    made = translate.translate(["Vətəndaş cəmiyyəti üçün kiçik qrantlar lazımdır."], "az")
    assert quality.DRAFT in doubting.doubts(["Vətəndaş cəmiyyəti üçün kiçik qrantlar lazımdır."], made, "az", None)[0]


def test_they_come_with_cards_and_are_small() -> None:
    for archive in packages.bundled():
        assert archive.stat().st_size < 60_000_000
        card = archive.with_suffix(".md").read_text(encoding="utf-8")
        for words in ("Draft", "FLORES dev", "Argos", "### Good", "### Bad", "## Not for", "Licence"):
            assert words in card
        (package,) = [p for p in packages.available() if p.name == archive.stem]
        assert (package.folder / "README.md").read_text(encoding="utf-8") == card
