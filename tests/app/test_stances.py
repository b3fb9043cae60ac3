"""The machine's stances: derived, marked, left out unless asked, void when words change, accepted and refused."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from ogp_sensemaker.app import coding, history, issues, process, stances, translating
from ogp_sensemaker.app.findings import findings
from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.errors import SensemakerError
from ogp_sensemaker.nlp import stance as machine
from ogp_sensemaker.store import codebook, codings
from ogp_sensemaker.store import issues as store
from ogp_sensemaker.store.project import Project
from tests.app.consultations import said


class Model:
    """A stand-in: "not" opposes, "perhaps" is mixed, all else supports. It counts what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.taught: list[tuple[str, str, Stance]] = []

    def probabilities(self, pairs: Sequence[tuple[str, str]], learned: Any = None) -> np.ndarray:
        self.asked += pairs
        place = [1 if "not" in text else 2 if "perhaps" in text else 0 for _, text in pairs]
        return np.where(np.eye(4)[place] == 1, 0.85, 0.05)

    def learn(self, decided: Sequence[tuple[str, str, Stance]]) -> None:
        self.taught = list(decided)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Model:
    made = Model()
    monkeypatch.setattr(machine, "probabilities", made.probabilities)
    monkeypatch.setattr(machine, "learn", made.learn)
    monkeypatch.setattr(machine, "version", lambda: "stand-in/1")
    return made


@pytest.fixture
def coded(project: Project, model: Model) -> Project:
    """An issue with seven remarks: one with a person's stance, one in another language without English."""
    said(
        project,
        ("Sanction them.", "Ana", "Civil Society"),
        ("Do not sanction them.", "Ben", "Academia"),
        ("It works perhaps.", "Cem", "Academia"),
        ("We want sanctions as soon as possible.", "Dua", "Civil Society"),
        ("There have to be sanctions for this.", "Eli", "Civil Society"),
        ("نطلب توفير منح صغيرة للجمعيات المحلية حتى تستطيع متابعة عمل البلديات.", "Fay", "Academia"),
        ("Sanctions, not words.", "Eli", "Civil Society"),
    )
    list(process.tell_languages(project))
    issues.write_issue(project, "Sanctions", statement="Members should be sanctioned")
    issues.attach(project, 1, [2, 3, 4, 5, 6, 7], None)
    issues.attach(project, 1, [1], Stance.SUPPORT)
    list(stances.suggest_stances(project))
    return project


def test_only_what_no_person_gave_and_what_can_be_read(coded: Project, model: Model) -> None:
    made = store.machine_stances(coded)
    assert {s: m.stance for (s, _), m in made.items()} == {
        2: "oppose", 3: "mixed", 4: "support", 5: "support", 7: "oppose"
    }  # fmt: skip
    assert made[2, 1].value == -0.8
    assert made[2, 1].version == "stand-in/1+0"
    assert set(model.asked) >= {("Members should be sanctioned", "Do not sanction them.")}
    assert model.taught == [("Members should be sanctioned", "Sanction them.", Stance.SUPPORT)]


def test_they_count_only_when_asked_and_each_case_once(coded: Project) -> None:
    (without,) = findings(coded).issues
    assert (without.contest.n, without.machine) == (1, None)
    found = findings(coded, machine=True)
    (issue,) = found.issues
    assert found.machine
    assert issue.machine == {"support": 1, "oppose": 1, "mixed": 2}  # Eli says both
    assert issue.contest.n == 5
    assert "4 stances suggested by the machine" in issue.contest.why
    assert [(q.segment_id, q.by_machine, q.probability) for q in issue.supporting] == [
        (1, False, None),
        (4, True, 0.85),
    ]


def test_they_are_left_out_of_the_sides_unless_asked(coded: Project) -> None:
    assert not issues.sides(coded, 1).opposing
    assert [q.segment_id for q in issues.sides(coded, 1, machine=True).opposing] == [2, 7]


def test_another_statement_makes_them_void_until_made_again(coded: Project, model: Model) -> None:
    issues.describe_issue(coded, 1, statement="Members should be helped")
    assert findings(coded, machine=True).issues[0].machine == {}
    model.asked.clear()
    list(stances.suggest_stances_again(coded))
    assert {target for target, _ in model.asked} == {"Members should be helped"}
    assert findings(coded, machine=True).issues[0].machine


def test_another_english_makes_one_void_and_only_that_is_made_again(coded: Project, model: Model) -> None:
    translating.edit(coded, 6, "We do not ask for sanctions")
    model.asked.clear()
    list(stances.suggest_stances_again(coded))
    assert model.asked == [("Members should be sanctioned", "We do not ask for sanctions")]
    model.asked.clear()
    list(stances.suggest_stances_again(coded))
    assert not model.asked


def test_a_persons_stance_ends_the_machines(coded: Project) -> None:
    coding.set_stance(coded, [4], 1, Stance.OPPOSE)
    assert findings(coded, machine=True).issues[0].machine == {"oppose": 1, "mixed": 2}
    list(stances.suggest_stances_again(coded))
    assert (4, 1) not in store.machine_stances(coded)


def test_accepting_is_a_coding_of_ones_own(coded: Project) -> None:
    stances.accept_stances(coded, [(2, 1), (4, 1)])
    made = {s: [c.stance for c in row] for s, row in codings.of_segments(coded, [2, 4]).items()}
    assert made == {2: ["oppose"], 4: ["support"]}
    history.undo(coded)
    assert codings.of_segments(coded, [2])[2][0].stance is None
    with pytest.raises(SensemakerError, match="#6"):
        stances.accept_stances(coded, [(6, 1)])


def test_what_was_refused_counts_nowhere_and_is_in_the_history(coded: Project) -> None:
    changes = stances.reject_stances(coded, [(4, 1)])
    assert changes.tables == {"stance_rejection"}
    assert findings(coded, machine=True).issues[0].machine == {"oppose": 1, "mixed": 2}
    assert "rejection of the machine's stance towards “Sanctions”" in history.story(coded, 4)[-1].what
    history.undo(coded)
    assert findings(coded, machine=True).issues[0].machine["support"] == 1


def test_process_makes_none_before_somebody_asked(project: Project, model: Model) -> None:
    said(project, ("There have to be sanctions for this.", "Ana", "Civil Society"))
    issues.write_issue(project, "Sanctions")
    issues.attach(project, 1, [1], None)
    list(stances.suggest_stances_again(project))
    assert not store.machine_stances(project)
    assert not stances.are_made(project)


def test_a_proposals_own_words_are_nobodys_stance(project: Project, model: Model) -> None:
    from ogp_sensemaker.app import ingest
    from tests.conftest import SAMPLE

    list(ingest.import_files(project, [SAMPLE / "considerit"]))
    list(stances.suggest_stances(project))
    own = {c.segment_id for c in codebook.codes(project).values()}
    assert not own & {s for s, _ in store.machine_stances(project)}


def test_what_words_voice_is_kept_until_they_change(coded: Project) -> None:
    list(stances.read_cues(coded))
    found = store.cues(coded)
    assert not any(c.concern for c in found.values())
    assert not list(stances.read_cues(coded))
    translating.edit(coded, 6, "I am concerned. Please publish the list.")
    list(stances.read_cues(coded))
    assert (store.cues(coded)[6].concern, store.cues(coded)[6].suggestion) == (True, True)
    issue = findings(coded).issues[0]
    assert [(q.segment_id, q.by_machine) for q in issue.concerns] == [(6, True)]
    assert not issue.suggestions  # shown once
    translating.edit(coded, 6, "Please publish the list.")
    assert not findings(coded).issues[0].concerns  # its words read otherwise now
    list(stances.read_cues(coded))
    assert [q.segment_id for q in findings(coded).issues[0].suggestions] == [6]


@pytest.mark.models
def test_the_real_model_tells_plain_sides_apart(project: Project) -> None:
    said(
        project,
        ("More parks make the city healthier and cleaner for everyone.", "Ana", "Civil Society"),
        ("More parks are a waste of money that the city does not have.", "Ben", "Academia"),
    )
    list(process.tell_languages(project))
    issues.write_issue(project, "Parks", statement="The city should build more parks")
    issues.attach(project, 1, [1, 2], None)
    list(stances.suggest_stances(project))
    made = store.machine_stances(project)
    assert (made[1, 1].stance, made[2, 1].stance) == (Stance.SUPPORT, Stance.OPPOSE)
    assert made[1, 1].value > 0 > made[2, 1].value
    assert made[1, 1].version == f"{machine.version()}+0"


def test_what_the_machine_alone_reads_orders_issues_and_is_said(coded: Project) -> None:
    """Where a person's stance is known there is no reading; where there is none, its share against is the measure."""
    (found,) = findings(coded, machine=True).issues
    assert found.reading is None
    assert found.divides == found.contest.index.value
    history.undo(coded)  # the person's stance
    list(stances.suggest_stances(coded))
    (found,) = findings(coded, machine=True).issues
    assert (found.contest.n, found.reading, found.divides) == (4, None, None)  # too few to say
    with coded.writing():
        coded.set_meta("too_few", "4")
    (found,) = findings(coded, machine=True).issues
    assert found.reading is not None
    assert found.reading.cases == 4
    assert found.divides == found.reading.against
    assert found.reading.against == pytest.approx((1.425 + 0.45) / (2.85 + 1.5), abs=1e-4)  # Eli says both
    assert "the machine reads 43% of what takes a side as against" in found.contest.why
    (without,) = findings(coded).issues
    assert without.reading is None
    assert "the machine" not in without.contest.why
