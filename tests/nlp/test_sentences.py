"""Sentences in the languages of consultations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogp_sensemaker.nlp.sentences import sentences, split

CASES = [
    ("az", "Görüş 2022-ci ildə ş. Bakıda oldu. Prof. Əliyev danışdı, dos. Məmmədova isə yox… Sonra nə?",
     ["Görüş 2022-ci ildə ş. Bakıda oldu.", "Prof. Əliyev danışdı, dos. Məmmədova isə yox…", "Sonra nə?"]),
    ("az", "Bax: https://a.org/b.c?d. Yaxşı. M.Ə. Rəsulzadə küç. 5.",
     ["Bax: https://a.org/b.c?d.", "Yaxşı.", "M.Ə. Rəsulzadə küç. 5."]),
    ("ar", "قال د. أحمد إن الشراكة مهمة. هل هذا صحيح؟ نعم! انظر www.ogp.org.",
     ["قال د. أحمد إن الشراكة مهمة.", "هل هذا صحيح؟", "نعم!", "انظر www.ogp.org."]),
    ("tr", "Prof. Dr. Yılmaz geldi. Bkz. s. 5. Av. Demir vb. kişiler konuştu. İyi mi? Evet.",
     ["Prof. Dr. Yılmaz geldi.", "Bkz. s. 5.", "Av. Demir vb. kişiler konuştu.", "İyi mi?", "Evet."]),
    ("fa", "سلام۔ چطوری؟ خوبم.", ["سلام۔", "چطوری؟", "خوبم."]),
    ("ru", "В 2022 г. прошла встреча. Проф. Иванов А. Б. сказал: «Да». Потом т.е. нет.",
     ["В 2022 г. прошла встреча.", "Проф. Иванов А. Б. сказал: «Да».", "Потом т.е. нет."]),
    ("fr", "M. Dupont a dit « oui. » Puis il est parti. C.-à-d. non… Et après ?",
     ["M. Dupont a dit « oui. »", "Puis il est parti.", "C.-à-d. non…", "Et après ?"]),
    ("es", "¿Por qué pocos temas? El Sr. Pérez lo dijo. ¡Vaya!",
     ["¿Por qué pocos temas?", "El Sr. Pérez lo dijo.", "¡Vaya!"]),
    ("en", 'He met Dr. T. Hendriks at 3.5 p.m. on Monday. "Really?" she asked. They left... and came back. E.g. one.',
     ["He met Dr. T. Hendriks at 3.5 p.m. on Monday.", '"Really?" she asked.', "They left... and came back.",
      "E.g. one."]),
    ("en", "- first item. Second.\n- second\n\n1. One\n2) Two", ["first item.", "Second.", "second", "One", "Two"]),
    ("en", "Write to a.b@c.org. @T.Hendriks said 1,250.50 is too much! See report.pdf now.",
     ["Write to a.b@c.org.", "@T.Hendriks said 1,250.50 is too much!", "See report.pdf now."]),
    ("", "这是。那是！Good.Next one.", ["这是。", "那是！", "Good.", "Next one."]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_sentences(language: str, text: str, expected: list[str]) -> None:
    assert sentences(text, language) == expected


SIGNS = st.sampled_from([*".!?…؟。\n\r\t -•*>1()\"«»'aZéşد😀", "https://a.b/c.", "ş. ", "Dr. ", "\u2028", "a@b.c"])


@given(st.one_of(st.text(), st.lists(SIGNS).map("".join)), st.sampled_from(["az", "ar", "en", "fr", "xx", ""]))
def test_nothing_is_lost(text: str, language: str) -> None:
    found, tail = split(text, language)
    assert "".join(s.lead + s.text for s in found) + tail == text
    assert all(s.text == s.text.strip() and s.text for s in found)
    assert not tail.strip() or not found or tail.strip()[0] in "-*•◦▪‣–—·>+(" or tail.strip()[0].isalnum()
