"""Bringing files in: everything the sample holds, nothing twice, and what changed is said."""

from dataclasses import replace
from pathlib import Path

import pytest

from ogp_sensemaker.app import codebook as codes
from ogp_sensemaker.app import coding, history, ingest
from ogp_sensemaker.app.checking import check
from ogp_sensemaker.domain.codebook import CodeKind
from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.domain.intake import Finding, NewCoding, NewOpinion, NewProposal, NewTranslation
from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.store import codebook, codings, opinions, segments, sources
from ogp_sensemaker.store.project import Project
from tests.conftest import SAMPLE, intake


def bring(project: Project, *paths: Path) -> list[ingest.Report]:
    reports: list[ingest.Report] = []
    list(ingest.import_files(project, list(paths), reports=reports))
    return reports


def test_the_whole_sample_in_one_go(project: Project) -> None:
    codes.load_codebook(project, codes.read())
    reports = {r.name: r for r in bring(project, SAMPLE)}
    assert reports["considerit"].counts["proposals"] == 52
    assert reports["considerit"].counts["opinions"] == 363
    assert reports["translations/published.csv"].counts["human translations"] == 9
    assert reports["codings/analyst-a.csv"].counts["codings"] == 214
    assert [line for r in reports.values() for line in r.unmatched + r.changed] == []
    assert not any(issue.wrong for issue in check(project))
    known = codebook.codes(project)
    assert [c.name for c in known.values() if c.parent_id is None] == [c.path[0] for c in codes.read()]
    proposal = known[codebook.find(project, "d1-04-ca8387")]
    assert (proposal.number, proposal.submitted_by) == ("1.4", "Participant 17")
    own = segments.get(project, proposal.segment_id or 0)
    assert own.voice
    assert own.text == proposal.name


def test_the_same_again_adds_nothing(project: Project) -> None:
    codes.load_codebook(project, codes.read())
    bring(project, SAMPLE)
    before = project.connection.execute("SELECT count(*), max(id) FROM segment").fetchone()
    counts = [
        project.connection.execute(f"SELECT count(*) FROM {t}").fetchone() for t in ("coding", "translation", "cases")
    ]
    again = bring(project, SAMPLE) + bring(project, SAMPLE / "discuto") + bring(project, SAMPLE / "notes")
    assert [r.counts for r in again] == [{}] * len(again)
    assert project.connection.execute("SELECT count(*), max(id) FROM segment").fetchone() == before
    assert counts == [
        project.connection.execute(f"SELECT count(*) FROM {t}").fetchone() for t in ("coding", "translation", "cases")
    ]


def test_a_changed_file_adds_what_is_new_and_says_what_changed(project: Project) -> None:
    ingest.save(project, intake("First remark here.", "Second remark here.", "Third remark here."))
    codes.add_code(project, "Theme", CodeKind.THEME)
    coding.code_segments(project, [2], 1)
    # The first line is gone, the third moved up, the second reads differently, a fourth came.
    report = ingest.save(
        project,
        intake(
            "Third remark here.", "Second remark, differently.", "Something else entirely new, from somebody.", sha="1"
        ),
    )
    assert report.counts == {"segments": 2}
    assert sorted(report.changed) == [
        "#1 is no longer in the file",
        "#2 (L2) reads differently now; its codings stay with the old words",
    ]
    now = {s.id: (s.locator, s.text) for s in segments.page(project, segments.ids(project))}
    assert now[3] == ("L1", "Third remark here.")
    assert set(now) == {3, 4, 5}
    assert codings.of_segments(project, [2])[2][0].code_id == 1
    assert any("no longer in their file" in issue.message for issue in check(project))
    assert segments.ids(project, SegmentFilter(superseded=True)) != segments.ids(project)
    again = ingest.save(
        project,
        intake(
            "Third remark here.", "Second remark, differently.", "Something else entirely new, from somebody.", sha="1"
        ),
    )
    assert again.known


def test_a_fatal_finding_stops_before_anything_is_written(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    good = intake("A remark.")
    bad = replace(
        good, name="notes/b.txt", findings=(Finding("b.txt", 7, "the opinion 3.5 is outside -1..1", fatal=True),)
    )
    monkeypatch.setattr(ingest, "read", lambda *_, **__: [good, bad])
    with pytest.raises(ImportProblem, match=r"b\.txt, row 7: the opinion 3\.5"):
        bring(project, Path("a"))
    assert sources.sources(project) == []


def test_a_translation_is_given_to_equal_words_that_come_later(project: Project) -> None:
    table = replace(
        intake(), kind="translations", segments=(), cases=(), name="published.csv",
        translations=(NewTranslation("Hər görüş əhəmiyyətlidir.", "Every meeting matters.", "az"),),
    )  # fmt: skip
    ingest.save(project, table)
    ingest.save(project, intake("Hər  görüş əhəmiyyətlidir.", "Something else."))
    found = segments.page(project, [1, 2])
    assert [s.english for s in found] == ["Every meeting matters.", ""]
    assert found[0].translation_by == "translation in published.csv"
    assert segments.search(project, "meeting matt") == [1]
    assert segments.search(project, "ehemiyyet") == [1]  # as it is typed without the right keys


def test_codings_by_their_words_with_what_matched_nothing(consultation: Project) -> None:
    table = replace(
        intake(), kind="codings", segments=(), cases=(), name="coded.csv",
        codings=(
            NewCoding("a.txt", "Courses should not be compulsory.", "Courses", "Ben", "oppose", True, 2),
            NewCoding("b.txt", "Courses should not be compulsory.", "Courses", "Ben", "oppose", True, 3),
            NewCoding("", "Small grants for local groups, please.", "Nonsense", "Ben", "", False, 4),
        ),
    )  # fmt: skip
    report = ingest.save(consultation, table)
    assert report.counts == {"codings": 1}
    assert report.unmatched == [
        "coded.csv, row 3: no segment of b.txt has these words",
        "coded.csv, row 4: the codebook has no code of the name in column “code”",
    ]
    (made,) = codings.everything(consultation)
    assert (made.segment_id, made.coder, made.stance, made.concern) == (2, "Ben", "oppose", True)
    assert ingest.save(consultation, table).counts == {}
    history.undo(consultation)
    assert codings.everything(consultation) == []


def test_opinions_that_changed_are_counted(project: Project) -> None:
    base = replace(intake("x"), kind="considerit", proposals=(NewProposal("p1", "An idea", "Direction"),))
    case = base.cases[0].key
    first = replace(base, opinions=(NewOpinion("p1", case, 0.5),))
    ingest.save(project, first)
    report = ingest.save(project, replace(first, sha256="2", opinions=(NewOpinion("p1", case, -0.5),)))
    assert report.counts == {"changed opinions": 1}
    assert [o.value for o in opinions.opinions(project)] == [-0.5]
    with pytest.raises(Exception, match="People gave opinions"):
        codes.delete_code(project, codebook.find(project, "Direction"))
