"""Telling languages: short texts, notes with speakers, quotations."""

import pytest

from ogp_sensemaker.nlp.language import UNKNOWN, detect


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Local NGOs are the eyes of the people.", "en"),
        ("Yerli QHT-na dəstək üçün maliyyə ayırın.", "az"),
        ("Vetendas cemiyyeti ucun dovlet desteyi lazimdir", "az"),
        ("إشراك مراكز بحوث الدكتوراة في شراكة الحكومة المنفتحة", "ar"),
        ("Belediyelere hibe verilmeli ve süreç açık olmalı", "tr"),
        ("Como sociedad civil necesitamos una evaluación general del país.", "es"),
        ("Très bien pour le matériel de passation.", "fr"),
        ("Добавьте журналистов и местные радио", "ru"),
        ("A participação deve começar nas escolas públicas", "pt"),
        ("MK (CSO, Kenya): the plan is good", "en"),
        ("DI (OSC, Burkina Faso): les exceptions sont normales", "fr"),
        ('several nodding - "lo que pasa fuera del plan cuenta" - strong applause here', "en"),
        ('"Formar liderazgos jóvenes fuera de la capital" (post-it, mesa 5)', "es"),
        ("see https://example.org/une-page-en-francais for the report", "en"),
        ("<p>Los gobiernos deben publicar sus datos</p>", "es"),
    ],
)
def test_language(text: str, code: str) -> None:
    assert detect([text])[0][0] == code


@pytest.mark.parametrize("text", ["", "  ", "+1", "ok", "👍", "2022", "https://example.org", "SU", "..."])
def test_too_short_to_tell(text: str) -> None:
    code, confidence = detect([text])[0]
    assert code == UNKNOWN
    assert 0 <= confidence <= 1


def test_only_the_languages_of_the_project() -> None:
    text = "Die Regierung muss ihre Daten offen legen und die Bürger fragen."
    assert detect([text], ["en", "de"])[0][0] == "de"
    assert detect([text], ["en", "az"])[0][0] in {"en", "az", UNKNOWN}


def test_in_order_and_one_for_each() -> None:
    texts = ["Good morning to all of you", "Bonjour à tous les participants", "Good morning to all of you"]
    assert [code for code, _ in detect(texts)] == ["en", "fr", "en"]
    assert detect([]) == []
