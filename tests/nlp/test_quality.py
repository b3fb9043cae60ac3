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
