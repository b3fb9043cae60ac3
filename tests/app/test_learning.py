"""Suggestions learn from each decision at once, and come out as if they had been made anew."""

import numpy as np
import pytest

from ogp_sensemaker.app import coding, history, learning, queue, suggesting
from ogp_sensemaker.domain.codebook import CodeKind
from ogp_sensemaker.domain.filter import SegmentFilter, Sort
from ogp_sensemaker.nlp import embed
from ogp_sensemaker.store import codebook, derived, journal, segments
from ogp_sensemaker.store.project import Project
from tests.app.test_clustering import DIMENSIONS, TOPICS, bring, vector

SAME = learning.MOVED + 0.002  # the basis is kept in half precision


def made(texts: list[str]) -> np.ndarray:
    return np.array([vector(text) for text in texts], np.float32).reshape(len(texts), DIMENSIONS)


@pytest.fixture
def taught(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Two directions that are described, one whose description says nothing, and suggestions for all segments."""
    monkeypatch.setattr(embed, "embed", made)
    with project.action("Codebook", "import"):
        for topic in ("grants", "courses"):
            codebook.add(project, TOPICS[topic], CodeKind.DIRECTION, description=f"{TOPICS[topic]} and more.")
        codebook.add(project, "Late countries", CodeKind.DIRECTION)
    bring(project, {"grants": 20, "courses": 16, "sanctions": 12, "data": 9})
    list(suggesting.suggest(project))
    monkeypatch.setattr(embed, "embed", _must_not)
    return project


def _must_not(texts: list[str]) -> np.ndarray:
    raise AssertionError("learning must not need the model of vectors")


def table(project: Project) -> dict[tuple[int, int], float]:
    return {(segment, code): p for segment, code, p in derived.every_suggestion(project)}


def differ(a: dict[tuple[int, int], float], b: dict[tuple[int, int], float]) -> set[tuple[int, int]]:
    """Where two tables are not the same but for what is too little to be written."""
    near_the_edge = learning.THRESHOLD + SAME
    return {
        key
        for key in a.keys() | b.keys()
        if abs(a.get(key, 0.0) - b.get(key, 0.0)) > SAME and max(a.get(key, 0.0), b.get(key, 0.0)) > near_the_edge
    }


def of(project: Project, topic: str) -> list[int]:
    return [s.id for s in segments.page(project, segments.ids(project)) if s.text.startswith(TOPICS[topic])]


def test_a_decision_teaches_at_once(taught: Project) -> None:
    late, before = of(taught, "sanctions"), table(taught)
    coding.code_segments(taught, late[:6], 3)
    changes = learning.learn(taught)
    assert changes.tables == {"suggestion"}
    after = table(taught)
    assert all(after[id_, 3] > before.get((id_, 3), 0.0) + 0.1 for id_ in late[6:])
    coding.reject_suggestions(taught, [(late[6], 3), (late[7], 3)])
    learning.learn(taught)
    assert all(table(taught).get((id_, 3), 0.0) < after[id_, 3] for id_ in late[8:])


def test_as_if_made_anew(taught: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(5)
    found = learning.basis(taught)
    assert found is not None
    sitting = learning.Sitting(found)
    topics = {1: of(taught, "grants"), 2: of(taught, "courses"), 3: of(taught, "sanctions")}
    for _ in range(12):
        code = int(chance.integers(1, 4))
        coding.code_segments(taught, [int(chance.choice(topics[code]))], code)
        learning.keep(taught, sitting.learn(taught))
    learned, first = table(taught), derived.to_learn(taught)
    monkeypatch.setattr(embed, "embed", made)
    list(suggesting.suggest(taught))
    assert not differ(learned, table(taught))
    assert first[:5] == derived.to_learn(taught)[:5]


def test_undo_is_learned_too(taught: Project) -> None:
    before, first = table(taught), derived.to_learn(taught)
    found = learning.basis(taught)
    assert found is not None
    sitting = learning.Sitting(found)
    coding.code_segments(taught, of(taught, "sanctions")[:3], 3)
    learning.keep(taught, sitting.learn(taught))
    assert differ(before, table(taught))
    history.undo(taught)
    learning.keep(taught, sitting.learn(taught))
    assert not differ(before, table(taught))
    assert derived.to_learn(taught) == first


def test_the_history_holds_decisions_alone(taught: Project) -> None:
    before = len(journal.history(taught))
    coding.code_segments(taught, of(taught, "sanctions")[:3], 3)
    learning.learn(taught)
    assert len(journal.history(taught)) == before + 1
    assert not learning.learn(taught).tables  # nothing new: nothing is written


def test_the_order_is_of_now(taught: Project) -> None:
    asked = queue.to_learn(taught, 1)
    coding.code_segments(taught, asked, 1)
    learning.learn(taught)
    assert asked[0] not in derived.to_learn(taught)
    ids = segments.ids(taught, SegmentFilter(coded=False), Sort.LEARN)
    assert ids[:10] == derived.to_learn(taught)[:10]


def test_what_was_made_anew_meanwhile_stands(taught: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    found = learning.basis(taught)
    assert found is not None
    coding.code_segments(taught, of(taught, "sanctions")[:3], 3)
    late = learning.Sitting(found).learn(taught)
    monkeypatch.setattr(embed, "embed", made)
    list(suggesting.suggest(taught))
    before = table(taught)
    assert not learning.keep(taught, late).tables
    assert table(taught) == before


def test_a_code_that_went_and_a_source_that_went(taught: Project) -> None:
    with taught.action("Delete the second direction"):
        codebook.delete(taught, 2)
    coding.code_segments(taught, of(taught, "sanctions")[:3], 3)
    learning.learn(taught)
    assert {code for _, code in table(taught)} <= {1, 3}
    found = learning.basis(taught)
    assert found is not None
    assert found.codes == (1, 3)


@pytest.mark.parametrize("data", [b"", b"something else", b"PK\x03\x04 torn"])
def test_a_basis_that_cannot_be_read(taught: Project, data: bytes) -> None:
    before = table(taught)
    with taught.action("Torn", "machine"):
        derived.save_basis(taught, data)
    coding.code_segments(taught, of(taught, "sanctions")[:3], 3)
    assert not learning.learn(taught).tables
    assert table(taught) == before


def test_before_anything_was_suggested(project: Project) -> None:
    bring(project, {"grants": 3})
    assert learning.basis(project) is None
    assert not learning.learn(project).tables
