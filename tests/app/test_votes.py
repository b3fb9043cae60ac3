"""Votes: every statement with its counts, the most dividing first, each voter once."""

from dataclasses import replace
from pathlib import Path

from ogp_sensemaker.app import ingest
from ogp_sensemaker.app.export import export
from ogp_sensemaker.app.findings import findings
from ogp_sensemaker.domain.intake import NewCase, NewVote
from ogp_sensemaker.domain.source import CaseKind
from ogp_sensemaker.store.project import Project
from tests.conftest import intake

CAMPS = {f"v{n}": "A" if n < 6 else "B" for n in range(12)}


def voted(project: Project) -> None:
    """Three statements: one that parts two camps, one on which all agree, one with two votes."""
    source = intake("Sanctions now.", "Publish the minutes.", "Move the office.", name="votes", channel="Polis")
    keys = [s.key for s in source.segments]
    votes = [NewVote(keys[0], v, 1 if camp == "A" else -1) for v, camp in CAMPS.items()]
    votes += [NewVote(keys[1], v, 1) for v in CAMPS]
    votes += [NewVote(keys[2], "v0", 1), NewVote(keys[2], "v7", 0)]
    cases = tuple(NewCase(v, v, CaseKind.PARTICIPANT, {"polis group": camp}) for v, camp in CAMPS.items())
    ingest.save(project, replace(source, kind="polis", cases=(*source.cases, *cases), votes=tuple(votes)))


def test_the_most_dividing_first(project: Project) -> None:
    voted(project)
    first, second, last = findings(project).statements
    assert (first.quotation.text, first.divided, first.figure.n) == ("Sanctions now.", 1.0, 12)
    assert [(g.value, g.figure.mean) for g in first.groups] == [("A", 1.0), ("B", -1.0)]
    assert (second.quotation.text, second.divided, second.figure.supporting) == ("Publish the minutes.", 0.0, 12)
    assert (last.divided, last.figure.n) == (None, 2)


def test_voting_again_replaces_the_vote(project: Project) -> None:
    voted(project)
    voted(project)
    assert [s.figure.n for s in findings(project).statements] == [12, 12, 2]


def test_the_report_has_both_ends(project: Project, tmp_path: Path) -> None:
    voted(project)
    export(project, tmp_path / "report.html")
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "What divides most" in html
    assert "What people agree on, whatever their group" in html
    assert "Publish the minutes." in html
    assert 'href="#s2"' in html
    assert 'id="s2"' in html  # the number leads to source and place
    export(project, tmp_path / "report.docx")
