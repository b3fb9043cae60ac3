"""Translation with a real package: CTranslate2 and SentencePiece, no network."""

from pathlib import Path

import pytest

from ogp_sensemaker.errors import ModelMissing
from ogp_sensemaker.nlp import bundle, packages, translate
from tests.nlp.conftest import pack

pytestmark = pytest.mark.models


@pytest.fixture(autouse=True)
def _nothing_in_the_box(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what a test installs is there, whatever comes with the program."""
    monkeypatch.setattr(packages, "bundled", lambda: ())


def one(text: str, **options: object) -> str:
    return translate.translate([text], "az", **options)[0].text  # type: ignore[arg-type]


def test_translates_and_says_with_what(package: Path) -> None:
    bundle.install_package(package)
    made = translate.translate(["Yerli icma üçün qrant.", "Yeni kurs."], "az")
    assert [m.text for m in made] == ["Local community for grant.", "New course."]
    assert all(0.5 < m.score <= 1 for m in made)
    assert made[0].model.startswith("translate-az_en-0_1 0.1 @")
    assert translate.versions("en") == {"az": made[0].model}
    assert translate.pairs() == [("az", "en")]


def test_line_breaks_bullets_and_space_survive(package: Path) -> None:
    bundle.install_package(package)
    text = "Yeni plan.\n\n- Yerli qrant\n- Açıq büdcə!\r\n  1) Kiçik kurs  \n"
    assert one(text) == "New plan.\n\n- Local grant\n- Open budget!\r\n  1) Small course  \n"


@pytest.mark.parametrize(
    "span", ["https://a.example.org/b_c?d=1", "ana_b@example.org", "@ana_b", "#openGov", "🌴", "👍🏽🎉"]
)
def test_spans_come_out_as_they_went_in(package: Path, span: str) -> None:
    bundle.install_package(package)
    for text in (f"Yeni {span} plan", f"{span} yerli qrant", f"Açıq büdcə {span}."):
        assert span in one(text)


def test_what_has_no_words_is_left_alone(package: Path) -> None:
    bundle.install_package(package)
    texts = ["", "   ", "12.5 %", "🌴🌴", "https://example.org", "—\n*"]
    assert [m.text for m in translate.translate(texts, "az")] == texts


def test_glossary_names(package: Path) -> None:
    bundle.install_package(package)
    assert "CSO (NGO)" in one("Yerli QHT üçün qrant", glossary={"QHT": "CSO (NGO)"})


def test_equal_sentences_are_translated_alike_in_any_company(package: Path) -> None:
    bundle.install_package(package)
    alone = one("Dövlət və gənclər.")
    among = translate.translate(["Böyük şəhər.", "Dövlət və gənclər.", "Yeni qanun üçün görüş."], "az")
    assert among[1].text == alone


def test_through_a_second_package(trained: Path, tmp_path: Path) -> None:
    bundle.install_package(pack(trained, tmp_path / "translate-az_tr-0_1.argosmodel", "az", "tr"))
    with pytest.raises(ModelMissing, match="Azerbaijani"):
        one("Yeni plan.")
    bundle.install_package(pack(trained, tmp_path / "translate-tr_en-0_1.argosmodel", "tr", "en"))
    made = translate.translate(["https://example.org Yeni plan."], "az")[0]
    assert "https://example.org" in made.text
    assert " + " in made.model


def test_a_language_without_a_package_is_named(package: Path) -> None:
    with pytest.raises(ModelMissing, match=r"Azerbaijani.*models install"):
        one("Yeni plan.")
    bundle.install_package(package)
    with pytest.raises(ModelMissing, match="Arabic"):
        translate.translate(["خطة"], "ar")


def test_of_several_packages_the_chosen_one(trained: Path, tmp_path: Path) -> None:
    for name in ("first-az_en", "second-az_en"):
        bundle.install_package(pack(trained, tmp_path / f"{name}.argosmodel"))
    assert translate.translate(["Yeni"], "az", package="second-az_en")[0].model.startswith("second")
    with pytest.raises(ModelMissing, match=r"first-az_en.*second-az_en"):
        translate.translate(["Yeni"], "az", package="third")


def test_a_package_with_a_splitter_of_its_own_needs_none(trained: Path, tmp_path: Path) -> None:
    bundle.install_package(
        pack(trained, tmp_path / "with-stanza.argosmodel", extra={"stanza/az/tokenize/x.pt": b"0", "README.md": b"#"})
    )
    assert one("Yeni plan. Yeni kurs.") == "New plan. New course."
