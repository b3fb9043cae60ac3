"""Machine stages: each for what is missing only, stopped and resumed at will."""

import subprocess
import sys
from dataclasses import replace
from itertools import islice

import pytest

from ogp_sensemaker.app import ingest, process, suggesting
from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.store import derived, journal, segments
from ogp_sensemaker.store.project import Project
from tests import fakes
from tests.conftest import intake


@pytest.fixture(autouse=True)
def _fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.use(monkeypatch)


def notes(project: Project) -> list[str]:
    return [step.note for step in process.process(project) if step.note and not step.label]


def test_every_stage_runs_and_the_second_time_finds_nothing(consultation: Project) -> None:
    said = notes(consultation)
    assert derived.language_counts(consultation) == {"en": 4, "ar": 1, "az": 1}
    assert any("az" in note or "Azerbaijani" in note for note in said)
    assert any("ar" in note or "Arabic" in note for note in said)
    ids, vectors = derived.vectors(consultation)
    assert (ids, vectors.shape) == ([1, 2, 3, 4, 5, 6], (6, 384))
    machine = [e.summary for e in journal.history(consultation) if e.kind == "machine"]
    assert [m.split()[0] for m in machine[:3]] == ["Language", "Duplicates", "Vectors"]
    list(process.process(consultation))
    assert [e.summary for e in journal.history(consultation) if e.kind == "machine"] == machine


def test_stopped_half_way_it_goes_on(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest.save(project, intake(*(f"Remark number {n} about courses." for n in range(30))))
    monkeypatch.setattr(process, "VECTOR_BATCH", 10)
    job = process.embed_missing(project)
    list(islice(job, 2))
    job.close()
    assert len(derived.vectors(project)[0]) == 10
    list(process.embed_missing(project))
    assert len(derived.vectors(project)[0]) == 30
    assert [e.summary for e in journal.history(project)][-2:] == [
        "Vectors of 10 segments (fake/1)",
        "Vectors of 20 segments (fake/1)",
    ]


def test_a_declared_language_goes_before_the_one_detected(project: Project) -> None:
    source = intake("Courses, courses, courses.", "Salam dostlar.")
    declared = replace(source.segments[0], language="az")
    ingest.save(project, replace(source, segments=(declared, replace(source.segments[1], language="en"))))
    list(process.tell_languages(project))
    assert derived.without_english(project, {}) == {"az": [(1, "Courses, courses, courses.")]}
    assert derived.language_counts(project) == {"az": 1, "en": 1}


def test_other_words_or_another_model_make_a_vector_missing(consultation: Project) -> None:
    list(process.process(consultation))
    assert derived.without_vector(consultation, "fake/1") == []
    assert len(derived.without_vector(consultation, "fake/2")) == 6
    from ogp_sensemaker.store import translations

    with consultation.action("Translate"):
        translations.save_human(consultation, [(3, "Civil society wants grants for NGOs.")])
    assert derived.without_vector(consultation, "fake/1") == [(3, "Civil society wants grants for NGOs.")]


def test_suggestions_are_made_again_when_words_come(consultation: Project) -> None:
    list(process.process(consultation))
    assert not derived.suggestions_stale(consultation)  # there are none
    list(suggesting.suggest(consultation))
    list(process.process(consultation))
    runs = [e.summary for e in journal.history(consultation) if e.summary.startswith("Suggestions")]
    assert len(runs) == 1
    ingest.save(consultation, intake("Grants for local groups would help a lot.", name="notes/b.txt", sha="b"))
    list(process.process(consultation))
    runs = [e.summary for e in journal.history(consultation) if e.summary.startswith("Suggestions")]
    assert len(runs) == 2


def test_duplicates_are_flagged_and_never_dropped(project: Project) -> None:
    text = "Local groups are the eyes of the people; without money they have to close."
    ingest.save(project, intake(text, text.upper() + "!!!", "Something else altogether, said once."))
    list(process.process(project))
    assert segments.ids(project, SegmentFilter(duplicate=True)) == [2]
    assert segments.get(project, 2).duplicate_of == 1
    assert segments.count(project) == 3


@pytest.mark.models
@pytest.mark.box  # the second one is another process, and has what comes with the program
def test_a_second_process_loads_no_model(consultation: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from ogp_sensemaker.nlp import embed

    real = real_version()
    monkeypatch.setattr(embed, "version", lambda: real)
    list(process.process(consultation))
    consultation.close()
    script = (
        "import sys\nfrom ogp_sensemaker.cli.commands import main\n"
        "code = main(['process', sys.argv[1]])\n"
        "print(code, sorted({'torch', 'lingua', 'sentence_transformers', 'sklearn', 'spacy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(consultation.path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip().splitlines()[-1] == "0 []"


def real_version() -> str:
    """What the real model calls itself."""
    script = "from ogp_sensemaker.nlp import embed; print(embed.version())"
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip()
