"""Terms are found whatever their endings, and not found where another word begins alike."""

import pytest

from ogp_sensemaker.domain.translation import Term
from ogp_sensemaker.formats.glossary import shipped
from ogp_sensemaker.nlp.glossary import find_in, find_terms, missing, prepare, written

TERMS = shipped()


def found(text: str, language: str) -> list[tuple[str, str]]:
    """What stands in the text, and the English for it."""
    return [(text[f.start : f.end], f.term.preferred) for f in find_terms(text, language, TERMS)]


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("az", "QHT-lərin iştirakı", [("QHT-lərin", "NGO")]),
        ("az", "qht lazımdır", [("qht", "NGO")]),
        ("az", "Vətəndaş Cəmiyyətləri sıxışdırılır", [("Vətəndaş Cəmiyyətləri", "civil society")]),
        ("az", "vetendas cemiyyetinin rolu", [("vetendas cemiyyetinin", "civil society")]),
        ("az", "VƏTƏNDAŞ CƏMİYYƏTİ TƏŞKİLATI", [("VƏTƏNDAŞ CƏMİYYƏTİ TƏŞKİLATI", "civil society organisation")]),
        ("az", "Açıq Hökumət Tərəfdaşlığına", [("Açıq Hökumət Tərəfdaşlığına", "Open Government Partnership")]),
        ("az", "hesabatlılığın", [("hesabatlılığın", "accountability")]),
        ("az", "öhdəliklərimizi", [("öhdəliklərimizi", "commitment")]),
        ("tr", "STK’ların", [("STK’ların", "CSO")]),
        ("tr", "şeffaflığın", [("şeffaflığın", "transparency")]),
        ("tr", "hesap verebilirliği", [("hesap verebilirliği", "accountability")]),
        ("tr", "INSAN HAKLARINI", [("INSAN HAKLARINI", "human rights")]),
        ("ar", "وبالشفافية", [("وبالشفافية", "transparency")]),
        ("ar", "للمجتمع المدني", [("للمجتمع المدني", "civil society")]),
        ("ar", "الحُكُومَة المفتوحه", [("الحُكُومَة المفتوحه", "open government")]),
        ("ar", "بالتزاماتها", [("بالتزاماتها", "commitment")]),
        ("ru", "гражданского общества", [("гражданского общества", "civil society")]),
        ("ru", "людей с инвалидностью", [("людей с инвалидностью", "persons with disabilities")]),
        ("ru", "подотчетностью", [("подотчетностью", "accountability")]),
        (
            "ru",
            "в Партнёрстве «Открытое правительство».",
            [("Партнёрстве «Открытое правительство»", "Open Government Partnership")],
        ),
        ("fr", "l’État de droit", [("État de droit", "rule of law")]),
        ("fr", "des collectivités locales", [("collectivités locales", "local authority")]),
        ("es", "presupuestos participativos", [("presupuestos participativos", "participatory budget")]),
        ("es", "rendicion de cuentas", [("rendicion de cuentas", "accountability")]),
    ],
)  # fmt: skip
def test_endings(language: str, text: str, wanted: list[tuple[str, str]]) -> None:
    assert found(text, language) == wanted


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("tr", "bu konu hakkında"),
        ("tr", "insan. Hakları"),  # not across sentences
        ("az", "qrafik cədvəl"),
        ("az", "donuz və reforma"),
        ("ar", "شابة تعمل"),
        ("ru", "общественный транспорт"),
        ("ru", "участник встречи"),
        ("fr", "engager la commission"),
        ("es", "compro muchas cosas"),
        ("en", "QHT"),
        ("az", ""),
    ],
)
def test_other_words(language: str, text: str) -> None:
    assert found(text, language) == []


def test_the_longest_term_wins_and_places_are_right() -> None:
    text = "Bizim vətəndaş cəmiyyəti təşkilatları və vətəndaş cəmiyyəti üçün."
    hits = find_terms(text, "az", TERMS)
    assert [f.term.preferred for f in hits] == ["civil society organisation", "civil society"]
    assert text[hits[0].start : hits[0].end] == "vətəndaş cəmiyyəti təşkilatları"


def test_a_chain_of_letters_takes_no_time() -> None:
    assert find_terms("qrant" + "nana" * 5000, "az", TERMS) == []


def test_short_abbreviations_need_their_capitals() -> None:
    terms = [Term("tr", "AB", "EU", True)]
    assert len(find_terms("AB'ye ve ab", "tr", terms)) == 1


def test_terms_without_english_are_not_used() -> None:
    assert find_terms("QHT", "az", [Term("az", "QHT", "")]) == []


def test_names_as_written() -> None:
    known = prepare("az", TERMS)
    assert written(["QHT-lərin işi", "AHT və QHT; qrant"], known) == {"QHT-lərin": "NGOs", "AHT": "OGP", "QHT": "NGO"}
    arabic = prepare("ar", TERMS)
    text = "نشكر شراكة الحكومة المنفتحة والأمم المتحدة وللاتحاد الأوروبي"
    assert written([text], arabic) == {
        "شراكة الحكومة المنفتحة": "Open Government Partnership",
        "والأمم المتحدة": "and United Nations",
    }
    assert [f.before for f in find_in(text, arabic)] == ["", "و", "ول"]


@pytest.mark.parametrize(
    ("english", "wanted"),
    [
        ("NGOs and civil society organizations made commitments.", []),
        ("CSOs of the civil society organisation committed.", []),
        ("Agents of society promised.", ["QHT", "vətəndaş cəmiyyəti təşkilatı", "öhdəlik"]),
        ("", ["QHT", "vətəndaş cəmiyyəti təşkilatı", "öhdəlik"]),
    ],
)
def test_missing(english: str, wanted: list[str]) -> None:
    hits = find_terms("QHT-lər, vətəndaş cəmiyyəti təşkilatlarının öhdəliyi, QHT", "az", TERMS)
    assert [t.term for t in missing(english, hits)] == wanted
