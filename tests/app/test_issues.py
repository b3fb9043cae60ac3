"""Issues that analysts write: one action each, both sides in equal number, clusters that may be issues."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from ogp_sensemaker.app import codebook as codes
from ogp_sensemaker.app import coding, history, issues
from ogp_sensemaker.app.findings import findings
from ogp_sensemaker.app.gathered import gather
from ogp_sensemaker.app.siding import repeated
from ogp_sensemaker.domain.codebook import CodeKind
from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.domain.intake import Intake, NewCase, NewSegment
from ogp_sensemaker.domain.source import CaseKind, SegmentKind
from ogp_sensemaker.errors import NotFound, SensemakerError
from ogp_sensemaker.store import clusters, codebook, derived
from ogp_sensemaker.store import issues as store
from ogp_sensemaker.store.project import Project
from tests.app.consultations import said

SUPPORT, OPPOSE, MIXED = Stance.SUPPORT, Stance.OPPOSE, Stance.MIXED


@pytest.fixture
def sanctions(project: Project) -> Project:
    """Eight people, two from the committee; an issue (code 1) with words for and against."""
    said(
        project,
        ("Sanctions are overdue.", "Ana", "Civil Society"),
        ("Rules need teeth.", "Ben", "Civil Society"),
        ("Sanction them at last.", "Cem", "Civil Society"),
        ("Sanctions drive members away.", "Dua", "National Government"),
        ("Help members instead.", "Eli", "National Government"),
        ("It depends on the case.", "Fay", "Academia"),
        ("Sanctions are overdue.", "Gil", "Civil Society"),
        ("Sanctions are overdue.", "Hua", "Civil Society"),
    )
    issues.write_issue(project, "Sanctions", statement="Members that renege should be sanctioned")
    issues.attach(project, 1, [1, 2, 3, 7, 8], SUPPORT)
    issues.attach(project, 1, [4, 5], OPPOSE)
    issues.attach(project, 1, [6], MIXED)
    return project


def test_an_issue_and_its_wording_are_one_step(project: Project) -> None:
    made = issues.write_issue(
        project, " Sanctions  or help ", statement="Sanction them", side_for="a", side_against="b"
    )
    (code,) = codebook.codes(project).values()
    assert (code.name, code.kind) == ("Sanctions or help", CodeKind.ISSUE)
    assert store.texts(project)[code.id].statement == "Sanction them"
    assert made.tables == {"code", "issue_text"}
    history.undo(project)
    assert not codebook.codes(project)
    assert not store.texts(project)
    history.redo(project)
    assert store.texts(project)[code.id].side_against == "b"


def test_a_written_issue_is_listed_before_anybody_is_attached(project: Project) -> None:
    issues.write_issue(project, "Sanctions")
    (found,) = findings(project).issues
    assert (found.name, found.origin, found.contest.n, found.values) == ("Sanctions", "issue", 0, ())


@pytest.mark.parametrize("name", ["", "  ", "sanctions"])
def test_an_issue_needs_a_name_of_its_own(project: Project, name: str) -> None:
    issues.write_issue(project, "Sanctions")
    with pytest.raises(SensemakerError):
        issues.write_issue(project, name)


def test_describing_changes_what_is_given_and_keeps_the_rest(sanctions: Project) -> None:
    issues.describe_issue(sanctions, 1, views="Committee for, regions against", ways="A ladder")
    changed = issues.describe_issue(sanctions, 1, ways="")
    text = store.texts(sanctions)[1]
    assert (text.statement[:7], text.views[:9], text.ways) == ("Members", "Committee", "")
    assert changed.rows == 1
    assert issues.describe_issue(sanctions, 1, ways=" ").rows == 0
    issues.describe_issue(sanctions, 1, statement="", views="")
    assert not store.texts(sanctions)
    history.undo(sanctions)
    assert store.texts(sanctions)[1].views
    with pytest.raises(NotFound):
        issues.describe_issue(sanctions, 99, ways="x")
    with pytest.raises(ValueError, match="no such fields"):
        issues.describe_issue(sanctions, 1, colour="red")


def test_a_direction_can_be_described_too(consultation: Project) -> None:
    issues.describe_issue(consultation, 1, statement="Learning comes first")
    found = next(i for i in findings(consultation).issues if i.code_id == 1)
    assert (found.origin, found.statement) == ("direction", "Learning comes first")


def test_merging_codes_keeps_the_wording(sanctions: Project) -> None:
    codes.add_code(sanctions, "Sticks", CodeKind.ISSUE)
    codes.merge_codes(sanctions, 1, 2)
    assert store.texts(sanctions)[2].statement.startswith("Members")


def test_both_sides_in_equal_number_and_repeated_words_once(sanctions: Project) -> None:
    found = issues.sides(sanctions, 1)
    assert [q.segment_id for q in found.supporting] == [1, 2]
    assert [q.segment_id for q in found.opposing] == [4, 5]
    assert (found.supporting_total, found.opposing_total, found.mixed_total) == (3, 2, 1)
    assert [(q.segment_id, q.repeats) for q in found.supporting] == [(1, 2), (2, 0)]
    assert [q.segment_id for q in found.mixed] == [6]
    one = issues.sides(sanctions, 1, limit=1)
    assert (len(one.supporting), len(one.opposing)) == (1, 1)


def test_one_silent_side_leaves_the_other_whole(sanctions: Project) -> None:
    issues.detach(sanctions, 1, [4, 5])
    found = issues.sides(sanctions, 1)
    assert (len(found.supporting), len(found.opposing)) == (3, 0)


def test_sides_of_a_filter(sanctions: Project) -> None:
    only = SegmentFilter(attributes=(("sector", "National Government"),))
    found = issues.sides(sanctions, 1, only=only)
    assert [q.segment_id for q in found.opposing] == [4, 5]
    assert not found.supporting


def test_nearest_to_the_middle_of_their_side_first(sanctions: Project) -> None:
    import numpy as np

    vectors = np.zeros((3, 4), np.float32)
    vectors[0, 0], vectors[1, :2], vectors[2, 1] = 1, (0.6, 0.8), 1  # the second lies between the others
    with sanctions.writing():
        derived.save_vectors(sanctions, [(1, "a"), (2, "b"), (3, "c")], vectors, "made/1")
    assert [q.segment_id for q in issues.sides(sanctions, 1, limit=3).supporting] == [2, 3]


def test_the_words_of_a_campaign_are_named_and_each_person_counts_once(sanctions: Project) -> None:
    found = gather(sanctions)
    assert repeated(found, 1) == ("3 people sent nearly the same words (#1), all of them for; each counts once.",)
    assert findings(sanctions).issues[0].contest.n == 8


def test_sectors_of_one_mind_that_contradict_each_other_are_said(sanctions: Project) -> None:
    found = findings(sanctions).issues[0]
    assert found.contradictions == (
        "By sector: Civil Society (5, mean +1.00) for, National Government (2, mean −1.00) against. Few spoke.",
    )
    assert found.only_supported_by == "sector: Civil Society"
    assert found.values == (-1.0, -1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0)
    assert found.machine is None


def test_opposing_a_proposal_does_not_oppose_its_direction(consultation: Project) -> None:
    codes.add_code(consultation, "A course", CodeKind.PROPOSAL, 1)
    coding.code_segments(consultation, [1], 4, stance=OPPOSE)
    coding.code_segments(consultation, [2], 2, stance=SUPPORT)  # a theme of the direction
    found = {i.code_id: i.contest for i in findings(consultation).issues}
    assert (found[1].supporting, found[1].opposing) == (1, 0)
    assert found[4].opposing == 1


def _cluster(project: Project, members: Sequence[int]) -> int:
    with project.action("Clusters", "machine"):
        new = clusters.NewCluster(("sanctions",), tuple(members[:3]), None, tuple((m, 1.0) for m in members))
        clusters.save_run(project, "test", {}, [new])
    return clusters.clusters(project)[0].id


def test_a_cluster_whose_people_take_both_sides_may_be_an_issue(sanctions: Project) -> None:
    cluster = _cluster(sanctions, [1, 2, 4, 5, 6])
    (found,) = issues.suggested(sanctions)
    assert (found.cluster_id, found.supporting, found.opposing, found.mixed) == (cluster, 2, 2, 1)
    assert found.examples == (1, 4, 2, 5)
    assert "towards “Sanctions”" in found.why
    issues.detach(sanctions, 1, [4])
    assert not issues.suggested(sanctions)


def test_an_issue_made_of_a_cluster_keeps_the_stances(sanctions: Project) -> None:
    cluster = _cluster(sanctions, [1, 2, 4, 5, 6])
    said(sanctions, ("And another thing.", "Ida", "Academia"), name="notes/c.txt")
    changes = issues.from_cluster(sanctions, cluster, "Sticks", statement="Use sticks")
    code_id = max(codebook.codes(sanctions))
    found = findings(sanctions)
    issue = next(i for i in found.issues if i.code_id == code_id)
    assert (issue.statement, issue.contest.supporting, issue.contest.opposing) == ("Use sticks", 2, 2)
    assert changes.tables == {"code", "issue_text", "coding"}
    history.undo(sanctions)
    assert code_id not in codebook.codes(sanctions)


def test_words_of_nobody_in_particular_said_twice_in_one_source_count_once(project: Project) -> None:
    from ogp_sensemaker.app import ingest, process

    segments = tuple(
        NewSegment(f"L{n}", text, f"L{n}", SegmentKind.NOTE)
        for n, text in enumerate(("No to sanctions, whoever asks for them.", "Yes, and soon please, we waited.") * 2)
    )
    source = Intake("notes", "a.txt", "Event notes", "1", "utf-8", segments=segments)
    ingest.save(project, source)
    ingest.save(project, replace(source, name="b.txt", sha256="2"))
    list(process.find_duplicates(project))
    issues.write_issue(project, "Sanctions")
    issues.attach(project, 1, [1, 3, 5], OPPOSE)
    assert findings(project).issues[0].contest.n == 2  # two sources


def test_a_case_of_the_platform_counts_once_in_all_its_comments(project: Project) -> None:
    from ogp_sensemaker.app import ingest

    cases = tuple(NewCase(f"p{n}", f"P{n}", CaseKind.PARTICIPANT) for n in range(6))
    segments = tuple(
        NewSegment(f"c{n}", f"Remark {n} of mine.", f"row {n}", SegmentKind.COMMENT, case=f"p{n % 6}")
        for n in range(30)
    )
    ingest.save(project, Intake("table", "c.csv", "Platform", "1", "utf-8", cases=cases, segments=segments))
    issues.write_issue(project, "Sanctions")
    issues.attach(project, 1, list(range(1, 31)), SUPPORT)
    found = findings(project).issues[0].contest
    assert (found.n, found.why[:15]) == (6, "6 coded stances")
