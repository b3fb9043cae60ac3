"""The order in which to decide, accepting many, and how far the machine agrees with people."""

import numpy as np
import pytest

from ogp_sensemaker.app import coding, history, queue, suggesting
from ogp_sensemaker.domain.codebook import CodeKind
from ogp_sensemaker.domain.filter import SegmentFilter, Sort
from ogp_sensemaker.errors import SensemakerError
from ogp_sensemaker.nlp import embed
from ogp_sensemaker.store import codebook, codings, derived, segments
from ogp_sensemaker.store.project import Project
from tests.app.test_clustering import DIMENSIONS, TOPICS, bring, vector


@pytest.fixture
def described(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A direction for each of three topics, suggested by vectors made of the words alone; a topic without one."""

    def made(texts: list[str]) -> np.ndarray:
        return np.array([vector(text) for text in texts], np.float32).reshape(len(texts), DIMENSIONS)

    monkeypatch.setattr(embed, "embed", made)
    with project.action("Codebook", "import"):
        for topic in ("grants", "courses", "sanctions"):
            codebook.add(project, TOPICS[topic], CodeKind.DIRECTION, description=f"{TOPICS[topic]} and more.")
    bring(project, {"grants": 20, "courses": 16, "sanctions": 12, "data": 9})
    list(suggesting.suggest(project))
    return project


def test_before_anything_was_suggested(project: Project) -> None:
    bring(project, {"grants": 5})
    with pytest.raises(SensemakerError, match="let the machine suggest first"):
        queue.to_learn(project)
    assert queue.agreements(project) == {}
    assert queue.levels(project)[0].suggestions == 0


def test_learn_first_leaves_out_what_is_coded_meanwhile(described: Project) -> None:
    first = queue.to_learn(described)
    assert sorted(first) == list(range(1, 58))  # everything, as there is so little
    assert first[:10] != sorted(first)[:10]
    coding.code_segments(described, first[:2], 1)
    assert queue.to_learn(described, 5) == first[2:7]
    where = SegmentFilter(coded=False)
    assert segments.ids(described, where, Sort.LEARN) == first[2:]


def test_the_surest_and_what_is_left_of_them(described: Project) -> None:
    found = queue.surest(described, 0.5)
    assert [p for _, _, p in found] == sorted((p for _, _, p in found), reverse=True)
    segment, code, _ = found[0]
    coding.reject_suggestions(described, [(segment, code)])
    assert segment not in {s for s, c, _ in queue.surest(described, 0.5) if c == code}
    other = found[1][0]
    coding.code_segments(described, [other], 3)
    assert other not in {s for s, _, _ in queue.surest(described, 0.5)}
    in_order = segments.ids(described, SegmentFilter(coded=False), Sort.SURE, descending=True)
    best: dict[int, float] = {}
    for s, _, p in derived.sure(described, 0.0):
        best[s] = max(best.get(s, 0.0), p)
    assert in_order[: len(best)] == sorted(best, key=lambda s: (-best[s], s))


def test_accepting_many_is_one_step(described: Project) -> None:
    level = next(found for found in queue.levels(described) if found.suggestions)
    wanted = queue.surest(described, level.least)
    assert len(wanted) == level.suggestions
    changes = queue.accept_surest(described, level.least)
    assert changes.rows == level.suggestions
    assert f"Accept {level.suggestions}" in changes.summary
    made = {(c.segment_id, c.code_id) for c in codings.everything(described)}
    assert made == {(s, c) for s, c, _ in wanted}
    history.undo(described)
    assert codings.everything(described) == []
    with pytest.raises(SensemakerError, match="choose a lower confidence"):
        queue.accept_surest(described, 1.1)


def test_only_within_a_filter(described: Project) -> None:
    some = queue.surest(described, 0.3)[::2]
    where = SegmentFilter(ids=tuple({s for s, _, _ in some}))
    assert {s for s, _, _ in queue.surest(described, 0.3, where)} == {s for s, _, _ in some}


def test_the_machine_is_judged_on_what_it_was_not_told(described: Project) -> None:
    right = [s.id for s in segments.page(described, segments.ids(described)) if s.text.startswith(TOPICS["grants"])]
    wrong = [s.id for s in segments.page(described, segments.ids(described)) if s.text.startswith(TOPICS["courses"])]
    coding.code_segments(described, right, 1)
    coding.code_segments(described, wrong[:1], 3)  # one that nobody could foretell
    list(suggesting.suggest(described))
    found = queue.agreements(described)
    assert set(found) == {1, 2, 3}
    assert found[1].units == len(right) + 1
    assert found[1].observed == 1.0
    assert found[3].observed is not None
    assert found[3].observed < 1.0
    assert queue.sentence(found[1]).startswith("Machine and people agree on 100 % of 21 decided comments")
