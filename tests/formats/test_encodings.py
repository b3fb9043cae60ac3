"""The encoding of a file, from its bytes alone."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats.encodings import decode, garbled, lines_of

TEXTS = {
    "French": ("Nous voulons que l’État écoute « les citoyens »… où est l’argent ? Ça coûte 2 000 €", "cp1252"),
    "Spanish": ("¿Por qué pocos temas? Cada país tiene sus prioridades. Años después", "cp1252"),
    "German": ("Größere Städte müssen früher gefragt werden – sonst hört niemand zu", "cp1252"),
    "Icelandic": ("Það er þörf á meiri þátttöku íbúa og sveitarfélaga í ákvörðunum", "cp1252"),
    "English": ("We’d like “real” participation – not slides…", "cp1252"),
    "Turkish": ("Halkın katılımı sağlanmalı; şeffaflık için belediyeler çağrı yapsın", "cp1254"),
    "Azerbaijani": ("Vetandaş cemiyyeti şeffaflıq isteyir, çünki söz verilib", "cp1254"),
    "Arabic": ("نرى أن الشباب في منطقتنا لا يعرفون شراكة الحكومة المنفتحة، ولذلك نقترح حملة", "cp1256"),
    "mixed": ("GK (Multilateral): نرى أن الشباب في منطقتنا", "cp1256"),
    "Russian": ("Добавьте журналистов и местные радио: без них люди так и не узнают", "cp1251"),
}


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("times", [1, 40])
def test_windows_code_pages(language: str, times: int) -> None:
    text, encoding = TEXTS[language]
    assert decode(text.encode(encoding) * times, "f") == (text * times, encoding)


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_with_and_without_mark(language: str, encoding: str) -> None:
    text = "id,comment\n" + TEXTS[language][0]
    decoded, _ = decode(text.encode(encoding), "f")
    assert decoded == text


def test_an_ellipsis_of_windows_breaks_no_line() -> None:
    text, encoding = decode(b"non\x85 envoy\xe9es\r\nde nouveau", "f")
    assert encoding == "cp1252"
    assert lines_of(text) == ["non… envoyées", "de nouveau"]
    assert lines_of("a\x85b\u2028c\x0bd\n") == ["a\x85b\u2028c\x0bd", ""]


@pytest.mark.parametrize("text", ["crÃ¨me brÃ»lÃ©e", "itâ€™s", "los niÃ±os", "lost � letter"])
def test_garbled_words_are_noticed(text: str) -> None:
    assert garbled(text)


@pytest.mark.parametrize("text", ["Ângela e São João", "ÇA VA", "Â", "naïve café", "Vətəndaş", "10 €"])
def test_good_words_are_not(text: str) -> None:
    assert not garbled(text)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode(), "f")[0] == text.removeprefix("\ufeff")


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_sentence(data: bytes) -> None:
    with suppress(ImportProblem):
        assert "\0" not in decode(data, "f")[0]
