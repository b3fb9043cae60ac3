"""Known bad outputs of translation models are caught; plausible translations are not flagged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogp_sensemaker.nlp import quality

SOURCE = "Vətəndaş cəmiyyəti təşkilatları hökumətdən 2022-ci ildə daha çox məlumat tələb edir."
BAD = [
    ("", quality.EMPTY),
    ("   \n", quality.EMPTY),
    ("The Department of the Department of the Department of the Department of the Department of 2022", quality.LOOP),
    ("We want more more more more more information from the government in 2022.", quality.LOOP),
    ("Allowed HTML tags: <a> <em> <strong> in 2022 and more of it", quality.JUNK),
    ("(Laughter)(Applause)", quality.JUNK),
    ("(Applause)", quality.JUNK),
    ("Change", quality.LENGTH),
    ("Civil society organisations demand more information from the government in 2032.", quality.NUMBERS),
    ("Civil society organisations demand more information from the government.", quality.NUMBERS),
    (SOURCE, quality.COPIED),
    ("Vətəndaş cəmiyyəti of the təşkilatları hökumətdən in 2022 more məlumat tələb edir.", quality.COPIED),
    ("Civil society organisations demand " + "and want to know much more about it all, " * 6 + "2022", quality.LOOP),
    ("Организации гражданского общества требуют от правительства больше информации в 2022 году.", quality.FOREIGN),
    ("Sivil toplum örgütleri hükümetten 2022 yılında daha çok bilgi talep ediyor şimdi.", quality.FOREIGN),
]


@pytest.mark.parametrize(("english", "flag"), BAD)
def test_known_bad_outputs_are_caught(english: str, flag: str) -> None:
    assert flag in quality.flags(SOURCE, english, "az", 0.8)


GOOD = [
    ("az", SOURCE, "Civil society organisations demand more information from the government in 2022."),
    ("az", "Bəli.", "Yes."),
    ("az", "Keçən il 1.500.000 manat ayrıldı.", "Last year 1,500,000 manats were set aside."),
    ("ar", "نطلب توفير ٢٥ منحة صغيرة للجمعيات المحلية.", "We ask for 25 small grants for local associations."),
    ("fr", "L’OGP doit agir, agir et encore agir.", "OGP must act, act and act again."),
    ("ru", "Опубликуйте 3 отчёта.", "Publish three reports."),
    ("az", "Salam, dostlar!", "Hello, friends!"),
]


@pytest.mark.parametrize(("language", "source", "english"), GOOD)
def test_plausible_translations_are_not_flagged(language: str, source: str, english: str) -> None:
    assert quality.flags(source, english, language, 0.7) == []


def test_a_model_that_is_unsure_says_so() -> None:
    good = GOOD[0][2]
    assert quality.flags(SOURCE, good, "az", 0.05) == [quality.UNSURE]
    assert quality.flags(SOURCE, good, "az", None) == []


def test_acronyms_that_vanish_are_noticed() -> None:
    source = "OGP və IRM hesabatı oxumalıdır."
    assert quality.NAMES in quality.flags(source, "The partnership and its evaluators should read the report.", "az")
    assert quality.flags(source, "OGP and the IRM should read the report.", "az") == []


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_gets_an_answer(source: str, english: str) -> None:
    found = quality.flags(source, english, "az", 0.5)
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("source", "english"),
    [
        ("2023-cü ildə 40 şəhər qoşuldu.", "In 2023, 400 cities joined."),
        ("2023-cü ildə 40 şəhər qoşuldu.", "In 2023, 4000 cities joined."),
        ("Büdcənin 15 faizi yerli layihələrə ayrılsın.", "1500 percent of the budget should go to local projects."),
        ("انضمت ٤٠ مدينة إلى الشراكة", "400 cities joined the partnership"),
    ],
)
def test_another_power_of_ten_is_another_number(source: str, english: str) -> None:
    assert quality.NUMBERS in quality.flags(source, english, "az")
    told = quality.evidence(source, english)[quality.NUMBERS]
    assert told[0].startswith("−")
    assert told[-1].startswith("+")


@pytest.mark.parametrize(
    ("source", "english"),
    [
        ("1,5 milyon manat ayrıldı.", "1,500,000 manats were set aside."),
        ("1 500 000 manat ayrıldı.", "1.5 million manats were set aside."),
        ("2022-2023-cü illərdə davam etdi.", "It went on in 2022/23."),
        ("Qiymət 2.50 manatdır.", "The price is 2.5 manats."),
        ("15:30-da başlayır, 15:30-da.", "It begins at 15.30, at 15.30."),
    ],
)
def test_another_way_of_writing_a_number_is_none(source: str, english: str) -> None:
    assert quality.NUMBERS not in quality.flags(source, english, "az")


def test_what_the_model_does_not_know_and_what_it_would_say_instead() -> None:
    good = GOOD[0][2]
    assert quality.flags(SOURCE, good, "az", 0.7, unknown=0.4) == [quality.UNKNOWN]
    assert quality.flags(SOURCE, good, "az", 0.7, alike=0.2) == [quality.SECOND]
    assert quality.flags(SOURCE, good, "az", 0.7, unknown=0.05, alike=0.9) == []


def test_only_readings_in_other_words_are_compared() -> None:
    assert not quality.reads_otherwise("The law alone is not enough.", "The law is not enough alone.")
    assert quality.reads_otherwise("The law alone is not enough.", "Nobody reads what we have written here.")
    assert not quality.reads_otherwise("Yes.", "No.")


def test_links_and_handles_are_not_copied_words() -> None:
    assert quality.flags("https://ogp.org 2030 @forum", "https://ogp.org 2030 @forum", "ar") == []
    assert quality.COPIED in quality.flags("şəffaflıq hesabat vacib", "şəffaflıq hesabat vacib", "az")


def test_capitals_that_the_original_lacks() -> None:
    loud = "THE CONVERGENT PATTERNS OF THE PROVIDED PROBLEMS"
    assert quality.LOUD in quality.flags("أنماط التفكير التجميعي هي أساليب لحل المشاكل", loud, "ar")
    shouted = quality.flags("BİZ DAHA ÇOX MƏLUMAT TƏLƏB EDİRİK", "WE DEMAND MUCH MORE INFORMATION", "az")
    assert quality.LOUD not in shouted
