"""Markup in cells, and translations inside texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogp_sensemaker.formats.markup import split_translation, words_of


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("say that it is <b>compulsory</b> now", "say that it is compulsory now"),
        ("<p>One.</p><p>Two &amp; three</p>", "One.\n\nTwo & three"),
        ("one<br><br/>two", "one\n\ntwo"),
        ("R&amp;D is 3 &lt; 4", "R&D is 3 < 4"),
        ("if a < b and c > d", "if a < b and c > d"),
        ("<3 this", "<3 this"),
        ("AT&T; and Q&A", "AT&T; and Q&A"),
        ("a\r\nb", "a\nb"),
        ("<script>x()</script>words", "words"),
        ("=SUM(A1)", "=SUM(A1)"),
    ],
)
def test_words_of_a_cell(cell: str, words: str) -> None:
    assert words_of(cell) == words


@given(st.text(alphabet="ab <>&;/\n.é🌴"))
def test_text_without_tags_stays(text: str) -> None:
    if "<a" not in text and "<b" not in text and "</a" not in text and "</b" not in text and "&" not in text:
        assert words_of(text) == text.strip()


@pytest.mark.parametrize(
    ("text", "original", "english"),
    [
        ("Salam [TRANSLATION: Hello]", "Salam", "Hello"),
        ("Salam.\n[translation:\nHello]", "Salam.", "Hello"),
        ("Salam [TRANSLATION: Hello] Sağ ol [TRANSLATION: Thanks]", "Salam Sağ ol", "Hello Thanks"),
        ("Salam [TRANSLATION: Hello] (chat)", "Salam (chat)", "Hello (chat)"),
        ("[TRANSLATION: Hello]", "Hello", ""),
        ("no translation [here]", "no translation [here]", ""),
        ("Salam [TRANSLATION: never closed", "Salam [TRANSLATION: never closed", ""),
    ],
)
def test_inline_translations(text: str, original: str, english: str) -> None:
    assert split_translation(text) == (original, english)
