"""New ideas: what fits no direction, or none of its proposals, rare but distinct ones first."""

import numpy as np
import pytest

from ogp_sensemaker.app import codebook as codes
from ogp_sensemaker.app import coding, stances
from ogp_sensemaker.app.gathered import gather
from ogp_sensemaker.app.novelty import new_ideas
from ogp_sensemaker.domain.codebook import CodeKind
from ogp_sensemaker.domain.findings import NewIdea
from ogp_sensemaker.store import clusters, codebook, derived
from ogp_sensemaker.store.project import Project
from tests.app.consultations import said


@pytest.fixture
def heard(project: Project) -> Project:
    """A direction with one proposal (#7's words), suggestions for it, vectors on three axes."""
    said(
        project,
        ("Publish the minutes of every meeting.", "Ana", "Academia"),  # near the proposal
        ("Translate everything into Arabic.", "Ben", "Academia"),  # of the direction, far from the proposal
        ("Please protect those who speak up.", "Cem", "Academia"),  # of no direction
        ("Please protect those who speak up.", "Dua", "Academia"),  # the same words
        ("Lunch was good.", "Eli", "Academia"),  # of no direction, no suggestion
        ("The room was cold.", "Fay", "Academia"),  # of the direction, far, and no suggestion
        ("Publish all minutes", "Gil", "Academia"),  # the proposal
    )
    codes.add_code(project, "Openness", CodeKind.DIRECTION)
    codes.add_code(project, "Publish all minutes", CodeKind.PROPOSAL, 1, segment_id=7)
    coding.code_segments(project, [7], 2)
    vectors = np.eye(3, dtype=np.float32)[[0, 1, 2, 2, 1, 1, 0]]
    texts = [(s.id, s.reading) for s in gather(project).segments.values()]
    with project.action("Vectors", "machine"):
        derived.save_vectors(project, texts, vectors, "made/1")
        derived.save_suggestions(project, [(s, 1, 0.9) for s in (1, 2, 6)], project.coder_named("m", machine=True))
    list(stances.read_cues(project))
    return project


def ideas(project: Project) -> list[NewIdea]:
    return list(new_ideas(project, gather(project)))


def test_no_direction_first_then_no_proposal_and_suggestions_before_other_words(heard: Project) -> None:
    found = ideas(heard)
    assert [i.segment_ids for i in found] == [(3,), (4,), (5,), (2,)]
    assert [i.direction_id for i in found] == [None, None, None, 1]
    assert [i.suggests for i in found] == [1, 1, 0, 1]
    assert (found[3].nearest, found[3].proposal_id) == (0.0, 2)


def test_groups_are_clusters_and_their_words_stand_once(heard: Project) -> None:
    with heard.action("Clusters", "machine"):
        group = clusters.NewCluster(("protect",), (3, 4), None, ((3, 1.0), (4, 1.0)))
        clusters.save_run(heard, "test", {}, [group])
    first = ideas(heard)[0]
    assert (first.words, first.segments, first.people, first.segment_ids) == (("protect",), 2, 2, (3, 4))
    assert [(q.segment_id, q.repeats) for q in first.quotations] == [(3, 1)]


def test_a_refused_suggestion_leaves_no_direction(heard: Project) -> None:
    coding.reject_suggestions(heard, [(6, 1)])
    assert (6,) in [i.segment_ids for i in ideas(heard) if i.direction_id is None]


def test_what_was_coded_to_a_direction_alone_may_still_be_new(heard: Project) -> None:
    coding.code_segments(heard, [2, 3], 1)
    found = {i.segment_ids: i.direction_id for i in ideas(heard)}
    assert found[2,] == 1
    assert found[3,] == 1


def test_what_was_made_a_theme_or_given_a_proposal_is_no_longer_new(heard: Project) -> None:
    codes.add_code(heard, "Protection", CodeKind.THEME)
    theme = max(codebook.codes(heard))
    coding.code_segments(heard, [3, 4], theme)
    coding.code_segments(heard, [2], 2)
    assert [i.segment_ids for i in ideas(heard)] == [(5,)]


def test_nothing_is_called_new_before_suggestions_were_made(consultation: Project) -> None:
    assert not ideas(consultation)
