"""Votes: every statement with its counts, the most dividing first, each voter once."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

from ogp_sensemaker.app import ingest
from ogp_sensemaker.app.export import export
from ogp_sensemaker.app.findings import findings
from ogp_sensemaker.app.gathered import gather
from ogp_sensemaker.app.votes import find_opinion_groups
from ogp_sensemaker.domain.intake import NewCase, NewVote
from ogp_sensemaker.domain.source import CaseKind
from ogp_sensemaker.store import opinions
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


def camps_without_names(project: Project) -> None:
    """Twenty voters on eight statements, ten of whom vote the other way; the export tells no groups."""
    source = intake(*[f"Statement number {n} of all." for n in range(8)], name="votes", channel="Polis")
    voters = [f"v{n}" for n in range(20)]
    votes = [
        NewVote(s.key, v, (1 if i < 10 else -1) * (-1 if n % 2 else 1) if n < 7 else 1)
        for n, s in enumerate(source.segments)
        for i, v in enumerate(voters)
        if (i + n) % 9  # not everybody voted on everything
    ]
    cases = tuple(NewCase(v, v, CaseKind.PARTICIPANT) for v in voters)
    ingest.save(project, replace(source, kind="polis", cases=(*source.cases, *cases), votes=tuple(votes)))


def test_who_votes_alike_is_found_once_and_again_after_other_votes(project: Project) -> None:
    camps_without_names(project)
    assert list(find_opinion_groups(project))
    groups = opinions.opinion_groups(project)
    assert sorted(Counter(groups.values()).values()) == [10, 10]
    assert not list(find_opinion_groups(project))
    found = findings(project).statements
    assert {g.attribute for g in found[0].groups} == {"opinion group"}
    assert found[0].divided == 1
    assert found[-1].quotation.text == "Statement number 7 of all."
    assert found[-1].divided == 0
    with project.writing():
        project.connection.execute("DELETE FROM vote WHERE segment_id = 1")
    assert list(find_opinion_groups(project))


def test_groups_that_the_platform_tells_come_first(project: Project) -> None:
    voted(project)
    list(find_opinion_groups(project))
    assert {g.attribute for s in findings(project).statements for g in s.groups} == {"polis group"}


def test_how_far_groups_divide_has_an_interval(project: Project) -> None:
    source = intake("Sanctions now.", name="votes", channel="Polis")
    votes = [NewVote(source.segments[0].key, f"v{n}", 1 if n % 3 else -1) for n in range(40)]
    cases = tuple(NewCase(f"v{n}", f"v{n}", CaseKind.PARTICIPANT, {"polis group": "AB"[n < 20]}) for n in range(40))
    ingest.save(project, replace(source, kind="polis", cases=(*source.cases, *cases), votes=tuple(votes)))
    (first,) = findings(project).statements
    assert 0 <= first.divided_low <= first.divided <= first.divided_high <= 1
    assert first.divided_low < first.divided_high
    assert findings(project).statements == (first,)


def test_opinion_groups_divide_other_questions_too(project: Project) -> None:
    camps_without_names(project)
    list(find_opinion_groups(project))
    assert set(gather(project).groups["opinion group"].values()) == {"A", "B"}
