"""Tables of human translations and of codings made elsewhere."""

from collections import Counter
from pathlib import Path

from ogp_sensemaker.formats import read_paths

SAMPLE = Path(__file__).parents[2] / "samples" / "phase2"


def test_published_translations() -> None:
    (intake,) = read_paths([SAMPLE / "translations"])
    assert intake.kind == "translations"
    assert Counter(t.language for t in intake.translations) == {"az": 8, "ar": 1}
    assert intake.translations[-1].english == "Allocate funding (grant) to support a local NGO."
    assert intake.translations[0].row == 2


def test_an_analysts_codings() -> None:
    (intake,) = read_paths([SAMPLE / "codings"])
    assert intake.kind == "codings"
    assert len(intake.codings) == 214
    assert {coding.coder for coding in intake.codings} == {"Analyst A"}
    third = intake.codings[2]
    assert (third.source, third.stance, third.concern, third.row) == ("considerit/points.csv", "mixed", True, 4)


def test_other_words_for_stance_and_what_is_not_understood(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text(
        "text,theme,position,coded by,source\n"
        "some words,Water,against,Bo,\nmore words,Water,perhaps,Bo,\n,Water,for,Bo,\n"
    )
    (intake,) = read_paths([tmp_path / "c.csv"])
    assert [(coding.stance, coding.coder) for coding in intake.codings] == [("oppose", "Bo"), ("", "Bo")]
    assert [finding.row for finding in intake.findings] == [3, 4]


def test_codings_name_sources_as_the_import_of_the_folder_does() -> None:
    intakes = read_paths([SAMPLE])
    names = {intake.name for intake in intakes}
    for source in {coding.source for intake in intakes for coding in intake.codings}:
        assert source in names or source.rpartition("/")[0] in names


def test_coded_texts_are_segments_word_for_word() -> None:
    intakes = read_paths([SAMPLE])
    texts = {segment.text for intake in intakes for segment in intake.segments}
    lost = [coding.row for intake in intakes for coding in intake.codings if coding.text not in texts]
    assert lost == []
    untranslated = [t.row for intake in intakes for t in intake.translations if t.original not in texts]
    assert untranslated == []
